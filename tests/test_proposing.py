"""Proposing a mapping on the pages: the server keeps nothing, and shows a proposal as no more than one."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders import proposals, sssom
from loaders.proposals import COLUMNS
from loaders.release import Release
from tests import expected
from tests.test_pages import Page

PATH = "/en/mapping/propose"
INDICATOR = "kolada-N00510"
FIRST = {
    "subject": "objective:7",
    "object": "sdg:14.1",
    "relation": "depends-on",
    "justification_sv": "Mindre kväve\r\nbehövs <b>.",
    "rests_on": ["specification:7-1", "sdg-indicator:2020-14.1.1"],
}
SECOND = {
    "subject": "strand:GEN-3",
    "object": "sdg:3",
    "relation": "contributes-to",
    "justification_en": "Cleaner air, “better” health.",
    "author": "Nån AB",
}


def post(client: TestClient, fields: dict, path: str = PATH, status: int = 200, **more: str) -> str:
    answer = client.post(path, data=fields | more, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text[:300]
    if answer.headers["content-type"].startswith("text/html"):
        Page(answer.text)
    return answer.text


def basket(html: str) -> str:
    (found,) = set(re.findall(r'<input type="hidden" name="basket" value="([^"]*)">', html))
    return unescape(found)


def pairs(html: str) -> list[tuple[str, str]]:
    reading = sssom.read(basket(html).encode(), ())
    return [(line.cells["subject_id"], line.cells["object_id"]) for line in reading.lines]


def faults(html: str) -> list[str]:
    return re.findall(r'<li><a href="#(\w+)">', html.partition('id="faults"')[2].partition("</div>")[0])


def test_the_goals_can_be_chosen_and_the_choice_has_an_address(client: TestClient) -> None:
    html = client.get(PATH).text
    indicators = len(expected.rows("indicators"))
    assert html.count("<option") == 2 + (1 + 7 + 16 + 42 + indicators) + (17 + 169)
    html = client.get(f"{PATH}?subject=objective:7&object=sdg:14.1").text
    assert 'name="relation" value="contributes-to"' in html
    assert 'href="/res/mapping/editors--objective-7--14.1.en.html"' in html  # it is mapped already


def test_what_a_reason_can_rest_on_is_what_belongs_to_the_goals(client: TestClient) -> None:
    html = client.get(f"{PATH}?subject=objective:7&object=sdg:14.1").text
    offered = set(re.findall(r'name="rests_on" value="([^"]+)"', html))
    assert {one for one in offered if one.startswith("specification")} == {f"specification:7-{n}" for n in (1, 2, 3, 4)}
    assert {one for one in offered if one.startswith("sdg-")} == {"sdg-indicator:2020-14.1.1"}
    html = client.get(f"{PATH}?subject=strand:GEN-3&object=sdg:14").text
    offered = re.findall(r'name="rests_on" value="([^"]+)"', html)
    assert sum(one.startswith("specification") for one in offered) == 115
    assert sum(one.startswith("sdg-indicator") for one in offered) == 10


def test_an_indicator_can_be_proposed_and_rests_on_what_belongs_to_what_it_follows_up(client: TestClient) -> None:
    (followed,) = {row["goal"] for row in expected.rows("indicator_objectives") if row["indicator"] == INDICATOR}
    (page,) = re.findall(r'href="(/en/mapping/propose[^"]*)"', client.get(f"/res/indicator/{INDICATOR}.en.html").text)
    html = client.get(f"{page}&object=sdg:13.2").text
    offered = set(re.findall(r'name="rests_on" value="specification:([^"]+)"', html))
    assert offered == {
        f"{row['objective']}-{row['ordinal']}"
        for row in expected.rows("specifications")
        if row["objective"] == followed
    }
    written = FIRST | {"subject": f"indicator:{INDICATOR}", "object": "sdg:13.2", "rests_on": []}
    assert pairs(post(client, written, action="add")) == [(f"indicator:{INDICATOR}", "sdg:13.2")]


def test_a_preview_is_the_row_of_the_file(client: TestClient) -> None:
    html = post(client, FIRST, action="preview")
    shown = html.partition('id="preview"')[2].partition("</table>")[0]
    assert re.findall(r"<code>(\w+)</code>", shown) == list(COLUMNS)
    assert "Mindre kväve behövs &lt;b&gt;." in shown
    assert basket(html) == ""
    reading = sssom.read(basket(post(client, FIRST, action="add")).encode(), ())
    for value in reading.lines[0].cells.values():
        assert value in unescape(shown)


def test_the_basket_travels_in_the_form_and_becomes_a_file(client: TestClient, release: Release) -> None:
    html = post(client, FIRST, action="add")
    html = post(client, SECOND, action="add", basket=basket(html))
    assert pairs(html) == [("objective:7", "sdg:14.1"), ("strand:GEN-3", "sdg:3")]
    answer = client.post(PATH, data={"basket": basket(html), "action": "download"})
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="miljografen-proposals-{release.id}.sssom.tsv"'
    )
    assert answer.text == basket(html)
    assert answer.headers["cache-control"] == "no-store"
    taken = client.post(PATH, data={"action": "upload"}, files={"file": ("a.tsv", answer.content)})
    assert basket(taken.text) == basket(html)


def test_a_proposal_can_be_changed_and_taken_out(client: TestClient) -> None:
    html = post(client, FIRST, action="add")
    html = post(client, {"basket": basket(html)}, action="change objective:7 sdg:14.1")
    assert "Mindre kväve behövs &lt;b&gt;." in html
    assert html.count(" checked>") == 1 + 1 + 2 + 1  # the relation, no strength, two that it rests on, no confidence
    html = post(client, FIRST | {"relation": "contributes-to"}, action="add", basket=basket(html))
    assert pairs(html) == [("objective:7", "sdg:14.1")]
    assert "mg:contributesTo" in basket(html)
    html = post(client, {"basket": basket(html)}, action="remove objective:7 sdg:14.1")
    assert basket(html) == ""


def test_the_other_language_keeps_the_basket_and_what_is_typed(client: TestClient) -> None:
    html = post(client, FIRST, action="add")
    html = post(client, SECOND, path="/sv/mapping/propose", action="show", basket=basket(html))
    assert '<html lang="sv">' in html
    assert pairs(html) == [("objective:7", "sdg:14.1")]
    assert "Cleaner air, “better” health." in html


def test_the_language_in_the_head_takes_the_form_along_once_there_is_something_in_it(client: TestClient) -> None:
    def languages(html: str) -> tuple[list[str], list[str]]:
        head = html.partition("<header")[2].partition("</header>")[0]
        return re.findall(r'<a class="language" href="([^"]*)"', head), re.findall(r'formaction="([^"]*)"', head)

    assert languages(client.get(PATH).text) == (["/sv/mapping/propose"], [])
    added = post(client, FIRST, action="add")
    for html in (
        added,
        client.get(f"{PATH}?subject=objective:7&object=sdg:14.1").text,
        post(client, FIRST, action="preview"),
    ):
        assert languages(html) == ([], ["/sv/mapping/propose"])
        assert html.count('id="written"') == 1
        first, second = re.findall(r'<button [^>]*form="written"[^>]* value="(\w+)"', html)
        assert (first in {"preview", "choose", "add"}, second) == (True, "show")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"relation": ""}, ["relation"]),
        ({"relation": "helps"}, ["relation"]),
        ({"justification_sv": " \n "}, ["justification_sv"]),
        ({"justification_sv": "x" * 2001}, ["justification_sv"]),
        ({"page": "javascript:alert(1)"}, ["page"]),
        ({"rests_on": ["objective:7"]}, ["rests_on"]),
        ({"strength": "strong", "confidence": "sure"}, ["strength", "confidence"]),
    ],
)
@pytest.mark.parametrize("action", ["preview", "add"])
def test_what_is_wrong_is_listed_and_linked_to_its_field(
    client: TestClient, changed: dict, named: list[str], action: str
) -> None:
    html = post(client, FIRST | changed, status=400, action=action)
    assert faults(html) == named
    for name in named:
        assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*fault-{name}[^"]*"[^>]* aria-invalid="true"', html)
        assert html.count(f'id="fault-{name}"') == 1
    assert basket(html) == ""


def test_what_is_missing_and_what_is_in_the_basket_are_said_in_the_words_of_the_page(client: TestClient) -> None:
    path = "/sv/mapping/propose"
    html = post(client, FIRST | {"relation": "", "strength": "strong"}, path, 400, action="add")
    assert re.findall(r'id="fault-\w+">([^<]*)<', html) == [
        "välj ett av ”bidrar till”, ”är beroende av”, ”mäts tillsammans med”",
        "strong är inget av ”direkt”, ”indirekt”",
    ]
    html = post(client, FIRST, path, action="add")
    named = "7 Ingen övergödning – 14.1 Föroreningar i havet"
    html_of_misspelt = post(client, FIRST | {"strength": "directly"}, path, 400, action="add")
    assert "directly är inget av ”direkt”, ”indirekt”; menas ”direkt”?" in html_of_misspelt
    assert f'class="told">Ligger i korgen: {named}</p>' in html
    assert re.findall(r'<span class="unseen"> ([^<]*)</span></button>', html) == [named, named]
    html = post(client, {"basket": basket(html)}, path, action="remove objective:7 sdg:14.1")
    assert f'class="told">Borta ur korgen: {named}</p>' in html


def test_a_pair_that_is_not_chosen_is_asked_for(client: TestClient) -> None:
    html = post(client, {"basket": ""}, status=400, action="choose")
    assert html.count('class="fault"') == 2


def test_a_faulty_file_is_told_by_line_and_column_and_none_of_it_is_taken(client: TestClient) -> None:
    content = basket(post(client, FIRST, action="add")).replace("sdg:14.1", "sdg:99.9")
    line = len(content.splitlines())
    for path, said in ((PATH, f"line {line}, column object_id: "), ("/sv/mapping/propose", f"rad {line}, kolumn obj")):
        answer = client.post(path, data={"action": "upload"}, files={"file": ("a.tsv", content.encode())})
        assert answer.status_code == 400
        assert said in answer.text
        assert basket(answer.text) == ""


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"PK\x03\x04", b"<script>alert(1)</script>"])
def test_any_other_file_is_refused_in_words(client: TestClient, content: bytes) -> None:
    answer = client.post(PATH, data={"action": "upload"}, files={"file": ("<b>.tsv", content)})
    assert answer.status_code == 400
    assert "The file cannot be taken in" in answer.text
    assert "<script>alert" not in answer.text


def upload(client: TestClient, content: str) -> httpx.Response:
    sent = {"file": ("a.tsv", content.encode(), "text/tab-separated-values")}
    return client.post(PATH, data={"action": "upload"}, files=sent, headers={"Accept": "text/html"})


@pytest.mark.parametrize("is_from_a_spreadsheet", [False, True])
def test_of_the_mappings_as_a_file_those_become_proposals_that_were_changed(
    client: TestClient, is_from_a_spreadsheet: bool
) -> None:
    file = client.get("/mappings.sssom.tsv", params={"objective": "4"}).text
    first, *others = [line for line in file.splitlines() if line.startswith("mapping:editors")]
    cells = first.split("\t")
    relation = cells[3]
    changed = "\t".join([*cells[:3], "mg:measuredTogether", *cells[4:]])
    edited = file.replace(first, changed)
    if is_from_a_spreadsheet:
        lines = edited.splitlines()
        padded = [f'"{line}"' + "\t" * 16 if line.startswith("#  ") else line for line in lines]
        edited = "\r\n".join(f"{line}\t\t" if line.startswith("#m") else line for line in padded)
    assert relation != "mg:measuredTogether"
    answer = upload(client, edited)
    published = file.count("\tpublished\t")
    told = f"basket: 1. Rows that are as in the release, and became none: {len(others) + published}."
    assert answer.status_code == 200, answer.text[:300]
    assert published
    assert told in answer.text
    (row,) = sssom.read(basket(answer.text).encode(), ()).lines
    assert (row.cells["predicate_id"], row.cells["ext_standing"]) == ("mg:measuredTogether", "proposed")
    assert (row.cells["author_label"], row.cells["mapping_date"]) == ("", "")


def test_the_mappings_as_they_are_hold_nothing_to_propose(client: TestClient) -> None:
    file = client.get("/mappings.sssom.tsv").text
    count = sum(line.startswith("mapping:") for line in file.splitlines())
    answer = upload(client, file)
    assert f"basket: 0. Rows that are as in the release, and became none: {count}." in answer.text
    assert basket(answer.text) == ""
    assert count > 100  # more than a file of proposals may have


def test_a_file_and_a_basket_are_read_beside_the_loop_that_answers(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = basket(post(client, FIRST, action="add"))
    read, on_the_loop = proposals.read, []

    def noted(*given: object) -> proposals.Reading:
        try:
            asyncio.get_running_loop()
            on_the_loop.append(True)
        except RuntimeError:
            on_the_loop.append(False)
        return read(*given)

    monkeypatch.setattr(proposals, "read", noted)
    files = {"file": ("a.tsv", filled.encode())}
    assert client.post(PATH, data={"action": "upload", "basket": filled}, files=files).status_code == 200
    assert on_the_loop == [False, False]


def test_a_file_of_nothing_but_faults_is_told_of_fifty(client: TestClient) -> None:
    told = upload(client, "#curie_map: {}\nsubject_id\tobject_id\n" + "x\n" * 1000).text
    told = told.partition("The file cannot be taken in")[2].partition("</ul>")[0]
    assert told.count("<li>") == 50
    assert "the rest is not read" in told


def test_a_workbook_is_told_what_to_be_in_one_language(client: TestClient) -> None:
    workbook = client.get("/mappings.sv.xlsx").content
    sent = {"file": ("a.xlsx", workbook)}
    answer = client.post("/sv/mapping/propose", data={"action": "upload"}, files=sent, headers={"Accept": "text/html"})
    told = answer.text.partition("Filen kan inte läsas in")[2].partition("</ul>")[0]
    assert answer.status_code == 400
    assert "filen är en arbetsbok" in told
    assert "is not there" not in told


def test_a_basket_that_was_tampered_with_says_why_and_keeps_what_is_sound(client: TestClient) -> None:
    whole = basket(post(client, SECOND, action="add", basket=basket(post(client, FIRST, action="add"))))
    spoilt = whole.replace("\nobjective:7", "\nobjective:99")
    html = post(client, {"basket": spoilt}, status=400, action="download")
    assert "column subject_id: objective:99 is not" in html
    assert pairs(html) == [("strand:GEN-3", "sdg:3")]


def test_a_proposal_is_never_shown_as_more_than_one(client: TestClient) -> None:
    html = post(client, SECOND, action="add")
    main = html.partition("<main")[2]
    assert "tag-proposed" in main
    assert "tag-editorial" not in main
    assert "tag-published" not in main
    claimed = basket(html).replace("\tproposed\t", "\tpublished\t")
    answer = client.post(PATH, data={"action": "upload"}, files={"file": ("a.tsv", claimed.encode())})
    assert "column ext_standing: " in answer.text
    assert basket(answer.text) == ""
    assert "Cleaner air" not in client.get("/mappings.csv").text


@pytest.mark.parametrize(
    "query", ["subject=objective:99", "object=sdg:18", "subject=a", "goal=7", "object=objective:7"]
)
def test_an_address_that_cannot_be_is_refused_by_name(client: TestClient, query: str) -> None:
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("", b"", 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=a", b"--a\r\nnothing", 400),
        ("application/x-www-form-urlencoded", b"action=%ff", 400),
        ("application/x-www-form-urlencoded", b"action=steal", 400),
        ("application/x-www-form-urlencoded", b"", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 600), 400),
    ],
)
def test_what_is_no_form_of_ours_is_refused(client: TestClient, content_type: str, body: bytes, status: int) -> None:
    answer = client.post(PATH, content=body, headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert re.fullmatch(r".+[^.]\.", answer.json()["detail"])


def test_a_form_that_is_too_long_is_refused_with_its_limit(release: Release) -> None:
    settings = Settings(release.path.parent.parent, workers=2, max_form_bytes=2000)
    with TestClient(create_app(release, settings), base_url="http://localhost:8000") as client:
        answer = client.post(PATH, data={"action": "show", "comment": "x" * 3000})
        assert answer.status_code == 413
        assert (answer.json()["limit"], answer.json()["setting"]) == (2000, "max_form_bytes")


def test_a_change_of_a_mapping_begins_with_what_it_says(client: TestClient) -> None:
    row = next(row for row in expected.rows("mappings") if (row["subject_key"], row["object"]) == ("8", "6.4"))
    page = client.get("/res/mapping/editors--objective-8--6.4.en.html").text
    (address,) = re.findall(r'href="(/en/mapping/propose\?[^"]*from=[^"]*)"', page)
    html = client.get(unescape(address)).text
    form = html.partition('id="written"')[2]
    assert f'name="relation" value="{row["relation"]}" checked' in form
    assert f'name="strength" value="{row["strength"]}" checked' in form
    assert unescape(form).count(row["justification_sv"]) == unescape(form).count(row["justification_en"]) == 1
    assert 'value="specification:8-5" checked' in form
    assert "Miljögrafens redaktion" not in form
    assert f'href="{address}">Begin with what it says</a>' in html


def test_a_change_of_a_mapping_keeps_all_that_it_rests_on(client: TestClient) -> None:
    resting: dict[str, set[str]] = {}
    for row in expected.rows("mapping_basis"):
        resting.setdefault(row["mapping"], set()).add(f"{row['basis_kind']}:{row['basis']}")
    for mapping, subject, towards in (
        ("editors--objective-15--11.7", "objective:15", "sdg:11.7"),  # milestone targets of no objective in particular
        ("editors--objective-13--3.9", "objective:13", "sdg:3.9"),  # a specification of another objective
    ):
        html = client.get(f"{PATH}?subject={subject}&object={towards}&from={mapping}").text
        assert set(re.findall(r'name="rests_on" value="([^"]+)" checked', html)) == resting[mapping]
        fields = FIRST | {"subject": subject, "object": towards, "rests_on": sorted(resting[mapping])}
        assert pairs(post(client, fields | {"action": "add"}))
        shown = post(client, fields | {"action": "preview"})
        listed = shown.partition("Rests on:")[2].partition("</ul>")[0]
        assert listed.count("<li>") == len(resting[mapping])


def test_what_a_reason_rests_on_is_seen_however_much_it_could_rest_on(client: TestClient) -> None:
    html = client.get(f"{PATH}?subject=strand:GEN-1&object=sdg:14.2&from=editors--strand-GEN-1--14.2").text
    before, _, groups = html.partition('id="hint-rests_on"')[2].partition("<details")
    (chosen,) = re.findall(r'name="rests_on" value="([^"]+)" checked', before)
    assert groups.partition("</fieldset>")[0].count(" checked") == 0
    assert html.count(f'value="{chosen}"') == 1


@pytest.mark.parametrize("mapping", ["editors--objective-8--6.3", "nothing"])
def test_a_change_begins_with_no_mapping_of_another_pair(client: TestClient, mapping: str) -> None:
    answer = client.get(f"{PATH}?subject=objective:8&object=sdg:6.4&from={mapping}")
    assert answer.status_code == 400
    assert "from: give the key of a mapping between the two" in answer.json()["detail"]


def test_a_pair_of_the_matrix_leads_to_a_proposal_of_it(client: TestClient) -> None:
    html = client.get("/en/mapping?objective=GEN&goal=1").text
    (address,) = re.findall(r'href="(/en/mapping/propose\?[^"]*)"', html)
    assert client.get(unescape(address)).status_code == 200
    assert unescape(address).endswith("?subject=generational-goal:GEN&object=sdg:1")
