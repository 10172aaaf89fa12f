"""The mapping in all its views, and its files: each equals the tables, for whatever is chosen."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html import escape, unescape
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef
from starlette.testclient import TestClient

from loaders.release import Release
from ontology.text import LANGUAGES
from tests import expected
from tests.conftest import BASE
from tests.test_pages import Page

SPEC = f"{BASE.iri}spec/"
FILES = {
    "sssom.tsv": "text/tab-separated-values; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
}
CHOICES = {
    "objective": ["", "GEN", *map(str, range(1, 17))],
    "goal": ["", *map(str, range(1, 18))],
    "basis": ["", "published", "editorial", "proposed"],
    "relation": ["", "contributes-to", "depends-on", "measured-together"],
    "strength": ["", "direct", "indirect", "not-stated"],
}

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

filters = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})
many = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def address(chosen: dict[str, str], **more: str) -> str:
    return urlencode({name: value for name, value in (chosen | more).items() if value})


def taken(client: TestClient, chosen: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/mappings.csv?{address(chosen)}").text)))


def read(client: TestClient, path: str) -> Graph:
    """A file as a graph; the context of JSON-LD is fetched from where the file says it is."""
    text = client.get(path).text
    if "/mappings.ttl" in path:
        return Graph().parse(data=text, format="turtle")
    said = json.loads(text)
    said["@context"] = client.get(said["@context"].removeprefix(BASE.iri.rstrip("/"))).json()["@context"]
    return Graph().parse(data=json.dumps(said), format="json-ld")


def key(row: dict[str, str]) -> str:
    return f"{row['source_id']}--{row['subject_kind']}-{row['subject_key']}--{row['object']}"


def cells(html: str, by_target: bool = False) -> Counter[tuple[str, str]]:
    """The numbers of the cells by row and column, from what a screen reader says."""
    found: Counter[tuple[str, str]] = Counter()
    for href, label in re.findall(r'<td><a class="[^"]*" href="([^"]*)" aria-label="([^"]*)"', html):
        parts = urlsplit(unescape(href))
        fields = parse_qs(parts.query)
        column = parts.fragment.removeprefix("why-") if by_target else fields["goal"][0]
        number = re.search(r": (\d+) (?:mappings?)\b", unescape(label))
        assert number, label
        found[fields["objective"][0], column] = int(number[1])
    return found


# what is chosen


@many
@given(chosen=filters)
def test_cells_and_csv_equal_the_tables_for_whatever_is_chosen(client: TestClient, chosen: dict[str, str]) -> None:
    rows = taken(client, chosen)
    wanted = expected.mappings_in_matrix(**chosen)
    assert sorted(row["mapping"].rpartition("/")[2] for row in rows) == sorted(key(row) for _, _, row in wanted)
    shown = cells(client.get(f"/en/mapping?{address(chosen, view='matrix')}").text)
    is_pair = chosen["objective"] and chosen["goal"]
    around = expected.mappings_in_matrix(**(chosen | ({"objective": "", "goal": ""} if is_pair else {})))
    assert shown == Counter((line, goal) for line, goal, _ in around)
    if is_pair:
        assert shown[chosen["objective"], chosen["goal"]] == len(rows)


@many
@given(chosen=filters, goal=st.sampled_from(CHOICES["goal"][1:]))
def test_the_targets_of_a_goal_equal_the_tables(client: TestClient, chosen: dict[str, str], goal: str) -> None:
    chosen = chosen | {"objective": "", "goal": goal}
    html = client.get(f"/en/mapping?{address(chosen, level='target')}").text
    wanted = expected.mappings_in_matrix(**chosen)
    assert cells(html, by_target=True) == Counter((line, row["object"]) for line, _, row in wanted)
    codes = [row["code"] for row in expected.rows("sdg_targets") if row["goal"] == goal]
    has_whole = any(row["object"] == goal for _, _, row in wanted)
    assert html.count('<th scope="col"') == len(codes) + has_whole
    assert html.count('<th scope="row"') == 17


@many
@given(chosen=filters)
def test_the_query_of_a_selection_gives_its_rows(client: TestClient, chosen: dict[str, str]) -> None:
    html = client.get(f"/en/mapping?{address(chosen, view='table')}").text
    (query,) = {unescape(found) for found in re.findall(r'href="/en/query\?(query=[^"]*)"', html)}
    answer = client.get(f"/sparql?{query}", headers={"Accept": "application/sparql-results+json"})
    asked = [row["mapping"]["value"] for row in answer.json()["results"]["bindings"]]
    assert sorted(asked) == sorted(row["mapping"] for row in taken(client, chosen))


def test_every_cell_of_the_csv_is_that_of_the_table(client: TestClient, release: Release) -> None:
    rows = {row["mapping"].rpartition("/")[2]: row for row in taken(client, {})}
    basis: dict[str, set[str]] = {}
    for row in expected.rows("mapping_basis"):
        basis.setdefault(row["mapping"], set()).add(f"{BASE.iri}id/{row['basis_kind']}/{row['basis']}")
    for _, goal, row in expected.mappings_in_matrix():
        shown = rows[key(row)]
        same = {
            "subject_kind", "subject_key", "object", "relation", "strength", "standing", "justification_confidence",
            "justification_sv", "justification_en", "author", "stated", "confidence",
        }  # fmt: skip
        assert {name: shown[name] for name in same} == {name: row[name] for name in same}
        assert (shown["goal"], shown["release"]) == (goal, release.id)
        assert set(shown["rests_on"].split()) == basis.get(key(row), set())
        assert bool(shown["licence"]) == (row["source_id"] == "editors")


# files


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_has_its_type_its_licence_and_its_release_in_its_name(
    client: TestClient, release: Release, suffix: str
) -> None:
    answer = client.get(f"/mappings.{suffix}?basis=published")
    assert answer.headers["content-type"] == FILES[suffix]
    assert release.id in answer.headers["content-disposition"]
    assert "publicdomain/zero" in answer.headers["link"]
    assert release.id in answer.text
    assert client.head(f"/mappings.{suffix}").status_code == 200


def sssom(text: str) -> tuple[dict, list[dict[str, str]]]:
    lines = text.splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    return yaml.safe_load("\n".join(head)), list(csv.DictReader(lines[len(head) :], dialect="excel-tab"))


SLOTS = {
    "record_id": r"mapping:[A-Za-z0-9._-]+",
    "subject_id": r"(objective|strand|generational-goal):[A-Z0-9-]+",
    "predicate_id": r"mg:(contributesTo|dependsOn|measuredTogether)",
    "object_id": r"sdg:[0-9]+(\.[0-9a-z]+)?",
    "mapping_justification": r"semapv:[A-Za-z]+",
    "mapping_date": r"([0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "mapping_source": r"source:[a-z0-9-]+(\|source:[a-z0-9-]+)*",
    "see_also": r"(https?://[^|]+(\|https?://[^|]+)*)?",
    "ext_standing": r"published|editorial|proposed",
    "ext_strength": r"(direct|indirect)?",
}
"""What the specification of SSSOM 1.0 asks of the slots that we fill, and what our extensions hold."""


def test_the_sssom_file_holds_what_its_specification_requires(client: TestClient, release: Release) -> None:
    head, rows = sssom(client.get("/mappings.sssom.tsv?goal=14").text)
    assert {"curie_map", "mapping_set_id", "license"} <= set(head)  # required, and what its CURIEs need
    assert head["mapping_set_id"] == f"{BASE.iri}mappings.sssom.tsv?goal=14"
    assert head["mapping_set_version"] == release.id
    assert {one["slot_name"] for one in head["extension_definitions"]} == {c for c in rows[0] if c.startswith("ext_")}
    for row in rows:
        for slot, form in SLOTS.items():
            assert re.fullmatch(form, row[slot]), (slot, row[slot])
        for slot in ("record_id", "subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source"):
            assert row[slot].partition(":")[0] in head["curie_map"]
    stated = {(f"{row['subject_kind']}:{row['subject_key']}", f"sdg:{row['object']}") for _, _, row in
              expected.mappings_in_matrix(goal="14")}  # fmt: skip
    assert {(row["subject_id"], row["object_id"]) for row in rows} == stated
    assert {"confidence"} & set(rows[0]) == set()  # ours is a word, and SSSOM's a number


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_the_graphs_hold_the_same_mappings_as_the_release(client: TestClient, suffix: str) -> None:
    graph = read(client, f"/mappings.{suffix}?objective=4")
    found = {str(one).rpartition("/")[2] for one in graph.subjects(RDF.type, URIRef(f"{SPEC}Mapping"))}
    assert found == {key(row) for _, _, row in expected.mappings_in_matrix(objective="4")}
    (about,) = set(graph.subjects(URIRef("http://purl.org/dc/terms/license")))
    assert str(about) == f"{BASE.iri}mappings.{suffix}?objective=4"
    one = URIRef(f"{BASE.iri}id/mapping/editors--objective-4--12.4")
    whole = Graph().parse(data=client.get("/res/mapping/editors--objective-4--12.4.ttl").text)
    assert set(graph.predicate_objects(one)) == set(whole.predicate_objects(one))


@pytest.mark.parametrize("file", ["csv", "sssom.tsv", "ttl", "jsonld", "sv.xlsx"])
def test_a_file_of_mappings_leads_to_those_that_it_has_not(client: TestClient, file: str) -> None:
    link = client.get(f"/mappings.{file}").headers["link"]
    (to,) = re.findall(r'<([^>]+)>; rel="collection"', link)
    listed = csv.DictReader(io.StringIO(client.get(f"{to.replace(BASE.iri, '/')}.csv").text))
    loaded = {key(row) for row in expected.rows("mappings") if row["confidence"] != "unsure"}
    proposed = {row["member"].rpartition("/")[2] for row in listed} - loaded
    assert all("indicator" in one for one in proposed)  # an indicator that is thought to follow up a goal
    assert len(loaded) > len(expected.mappings_in_matrix())
    if file in {"sssom.tsv", "ttl", "jsonld"}:
        assert to in client.get(f"/mappings.{file}").text


def test_every_mapping_to_the_agenda_that_counts_is_in_one_file(client: TestClient) -> None:
    wanted = [row for row in expected.rows("mappings") if row["standing"] != "proposed"]
    found = taken(client, {"of": "all"})
    assert sorted(row["mapping"].rpartition("/")[2] for row in found) == sorted(map(key, wanted))
    assert {"indicator", "milestone-target"} <= {row["subject_kind"] for row in found}
    assert all(row["subject_sv"] and row["object_sv"] for row in found)
    (link,) = re.findall(r'<([^>]*)>; rel="collection"', client.get("/mappings.csv").headers["link"])
    assert link == f"{BASE.iri}mappings.csv?of=all"
    assert link.removeprefix(BASE.iri.rstrip("/")) in client.get("/en/data").text


@pytest.mark.parametrize("suffix", ["sssom.tsv", "ttl", "jsonld"])
def test_a_file_without_milestone_targets_and_indicators_names_the_one_with_them(
    client: TestClient, suffix: str
) -> None:
    wider = f"mappings.{suffix}?goal=13&of=all"
    assert wider in client.get(f"/mappings.{suffix}?goal=13").text
    assert "are not here" not in client.get(f"/{wider}").text


def test_turtle_and_json_ld_are_the_same_graph(client: TestClient) -> None:
    one, other = (read(client, f"/mappings.{suffix}?goal=2") for suffix in ("ttl", "jsonld"))
    assert {triple for triple in one if "/mappings." not in triple[0]} == {
        triple for triple in other if "/mappings." not in triple[0]
    }


def test_a_file_that_does_not_exist_is_a_404_that_names_those_that_do(client: TestClient) -> None:
    answer = client.get("/mappings.xlsx")
    assert answer.status_code == 404
    assert "/mappings.csv" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/en/mapping", "/mappings.csv", "/mappings.sssom.tsv"])
@pytest.mark.parametrize("query", ["goal=18", "standing=published", "basis=a&basis=b", "page=0", "sort=name"])
def test_pages_and_files_refuse_alike(client: TestClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    told = answer.json()
    assert told["parameter"] == query.partition("=")[0]
    assert told["parameter"] in told["detail"]


# views


def test_all_169_targets_are_listed_by_goal_and_those_without_links_say_so(client: TestClient) -> None:
    html = client.get("/en/mapping?level=target").text
    assert html.count('<details class="goal') == 17
    linked = {row["object"] for _, _, row in expected.mappings_in_matrix() if "." in row["object"]}
    codes = {row["code"] for row in expected.rows("sdg_targets")}
    for code in codes:
        assert html.count(f'href="/res/sdg/{code}.en.html"') == 1
    assert html.count("no mapping registered") == len(codes - linked)


def test_the_table_has_each_link_once_over_its_pages_in_the_order_that_is_asked_for(client: TestClient) -> None:
    seen: list[str] = []
    wanted = len(expected.mappings_in_matrix())
    for page in range(1, -(-wanted // 50) + 1):
        html = client.get(f"/en/mapping?view=table&sort=-evidence&page={page}").text
        seen += re.findall(r'href="/res/mapping/([^"]+)\.en\.html"', html)
        assert 'aria-sort="descending"' in html
    basis = Counter(row["mapping"] for row in expected.rows("mapping_basis"))
    assert len(seen) == len(set(seen)) == wanted
    assert [basis[one] for one in seen] == sorted(basis[one] for one in seen)
    assert client.get(f"/en/mapping?view=table&page={page + 1}").status_code == 400


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("view=table", ["GEN", "GEN", "GEN-1", "GEN-1", "GEN-2"]),
        ("view=table&sort=-objective", ["16"] * 5),
        ("view=table&sort=target&goal=6", ["6", "6.1", "6.1", "6.3", "6.3"]),
    ],
)
def test_goals_and_targets_are_sorted_as_readers_count(client: TestClient, query: str, first: list[str]) -> None:
    html = client.get(f"/en/mapping?{query}").text
    pairs = re.findall(r'href="/res/mapping/\w[\w-]*?--[a-z-]+-((?:GEN)?[\w-]*?)--([\w.]+)\.en\.html"', html)
    shown = [towards if "target" in query else subject for subject, towards in pairs]
    keys = [tuple(int(part) if part.isdigit() else 0 for part in re.split("[.-]", one)) for one in shown]
    assert shown[:2] == first[:2]
    assert keys == sorted(keys, reverse="-objective" in query)


@pytest.mark.parametrize("chosen", [{"objective": "4"}, {"goal": "15"}, {"objective": "7", "goal": "14"}])
def test_the_flow_has_a_band_for_each_pair_and_the_same_as_a_list(client: TestClient, chosen: dict[str, str]) -> None:
    html = client.get(f"/en/mapping?{address(chosen, view='flow')}").text
    wanted = expected.mappings_in_matrix(**chosen)
    ends = {(line, row["object"] if len(chosen) == 2 else goal) for line, goal, row in wanted}
    looks = {
        (line, row["object"] if len(chosen) == 2 else goal, row["strength"], row["standing"])
        for line, goal, row in wanted
    }
    fills = {"direct": 2, "indirect": 1, "": 0}
    drawn = Counter(re.findall(r'<path class="band fill-(\d)( is-published)?', html))
    assert drawn == Counter((str(fills[look[2]]), " is-published" if look[3] == "published" else "") for look in looks)
    assert len(re.findall(r"<li><a href=[^>]*><span class=.swatch", html)) == len(ends)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_in_the_flow_have_room_beside_the_columns(client: TestClient, language: str) -> None:
    for goal in range(1, 18):
        html = client.get(f"/{language}/mapping?view=flow&goal={goal}").text
        names = re.findall(r'<text class="from"[^>]*>([^<]*)</text>', html)
        assert all(len(unescape(name)) <= 44 + len("10  (10)") for name in names), names


@pytest.mark.parametrize(("objective", "goal"), [("3", "11"), ("1", "13"), ("8", "6"), ("15", "12"), ("4", "12")])
def test_the_panel_has_the_further_evidence_of_the_tables(client: TestClient, objective: str, goal: str) -> None:
    html = client.get(f"/en/mapping?objective={objective}&goal={goal}").text
    panel = html[html.index('id="why"') :]
    _, _, further = panel.partition('id="further"')
    assert set(re.findall(r'href="/res/mapping/([^"]+)\.en\.html"', further)) == expected.further_evidence(
        objective, goal
    )


def test_further_evidence_is_shown_somewhere() -> None:
    assert expected.further_evidence("15", "12")


@pytest.mark.parametrize("query", ["view=table&basis=published", "level=target&goal=14", "view=flow&objective=7"])
def test_the_language_switch_and_the_files_keep_what_is_chosen(client: TestClient, query: str) -> None:
    html = unescape(client.get(f"/sv/mapping?{query}").text)
    assert f'href="/en/mapping?{query}"' in html
    kept = "&".join(part for part in query.split("&") if not part.startswith(("view", "level")))
    assert f'href="/mappings.csv?{kept}"' in html


@many
@given(chosen=filters)
def test_what_is_embedded_is_what_is_shown(client: TestClient, chosen: dict[str, str]) -> None:
    asked = address(chosen, view="matrix")
    whole = client.get(f"/en/mapping?{asked}").text
    (code,) = re.findall(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', whole)
    source = re.search(r'<iframe src="([^"]*)" title="[^"]+" width="100%" height="[0-9]+"', unescape(code))
    assert source
    embedded = client.get(unescape(source[1]).removeprefix(BASE.iri.rstrip("/"))).text
    Page(embedded)
    assert cells(embedded) == cells(whole)
    told = r'<article class="reason".*?</article>'
    assert re.findall(told, embedded, re.DOTALL) == re.findall(told, whole, re.DOTALL)
    assert "<script" not in embedded
    assert not re.search(r'href="[?#]', embedded)  # a link that stays in the frame


def test_who_has_chosen_no_pair_is_shown_those_with_the_most_direct_links(client: TestClient) -> None:
    def shown(query: str) -> list[tuple[str, str, int, int]]:
        page = unescape(client.get(f"/en/mapping{query}").text).partition('id="begin-here"')[2].partition("</ul>")[0]
        found = re.findall(r"objective=(\w+)&goal=(\d+)[^#]*#why.*?(\d+) mappings?, (\d+) of them direct", page)
        return [(row, goal, int(links), int(direct)) for row, goal, links, direct in found]

    for query, chosen in (("", {}), ("?basis=editorial", {"basis": "editorial"})):
        counted: Counter[tuple[str, str]] = Counter()
        direct: Counter[tuple[str, str]] = Counter()
        for link in taken(client, chosen):
            row = link["subject_key"] if link["subject_kind"] == "objective" else "GEN"
            counted[row, link["goal"]] += 1
            direct[row, link["goal"]] += link["strength"] == "direct"
        found = shown(query)
        assert [number for *_, number in found] == sorted(direct.values(), reverse=True)[:3]
        assert all((counted[row, goal], direct[row, goal]) == (links, number) for row, goal, links, number in found)
    assert shown("?objective=7&goal=14") == []
    assert shown("?basis=published") == []


def test_each_reason_leads_to_a_proposal_of_a_change_and_to_where_its_source_was_read(client: TestClient) -> None:
    html = (
        unescape(client.get("/en/mapping?objective=4&goal=12").text).partition('id="why"')[2].partition("</aside>")[0]
    )
    reasons = html.split('<article class="reason"')[1:]
    assert len(reasons) > 1
    for reason in reasons:
        ends = r"subject=objective:4&object=sdg:12[.a-z0-9]*&from=[\w.-]+"
        address, *_ = re.findall(f'href="(/en/mapping/propose\\?{ends})"', reason)
        assert client.get(address).status_code == 200
        assert ("read 20" in reason) == ("tag-published" in reason)


def test_reasons_that_say_why_come_first_and_begin_with_the_relation(client: TestClient) -> None:
    html = client.get("/sv/mapping?objective=4&goal=12").text.partition('id="why"')[2].partition("</aside>")[0]
    reasons = html.split('<article class="reason"')[1:]
    says_why = ['class="justification"' in reason for reason in reasons]
    assert set(says_why) == {True, False}
    assert says_why == sorted(says_why, reverse=True)
    for reason in reasons:
        assert re.findall(r"<dt>([^<]*)</dt>", reason)[:3] == ["Samband", "Styrka", "Ställning"]
        assert ("Säkerhet i läsningen" in reason) == ("tag-published" in reason)
    assert "farligt avfall</a>" in html
    assert "(på engelska)" not in html


def test_the_frame_to_paste_is_higher_the_more_it_shows(client: TestClient) -> None:
    def height(query: str) -> int:
        (found,) = re.findall(r'width="100%" height="([0-9]+)"', unescape(client.get(f"/en/mapping{query}").text))
        return int(found)

    assert height("?objective=7") < height("") < height("?objective=7&goal=14") < height("?objective=GEN&goal=12")
    assert height("?view=table&goal=5") < height("?view=table&goal=14") < height("?view=table")
    assert height("?view=flow&goal=5") < height("?view=flow&goal=14")
    assert height("?objective=7&goal=14&basis=proposed") < height("?objective=7&goal=14")


@pytest.mark.parametrize(
    ("query", "told"),
    [("", "none chosen"), ("?basis=editorial", "1 chosen"), ("?basis=editorial&strength=direct", "2 chosen")],
)
def test_the_filters_that_are_folded_tell_how_many_are_chosen(client: TestClient, query: str, told: str) -> None:
    folded = client.get(f"/en/mapping{query}").text.partition('<details class="fold facets">')[2]
    assert re.search(rf'^\s*<summary>Filters <span class="count">{told}</span></summary>', folded)
    assert folded.partition("</details>")[0].count('aria-current="true"') == 3  # one for each


@pytest.mark.parametrize("query", ["view=table&sort=-date&page=2", "view=flow&goal=14", "level=target", "view=list"])
def test_every_view_can_be_embedded_and_its_links_lead_to_the_whole_page(client: TestClient, query: str) -> None:
    whole, embedded = (client.get(f"/sv/mapping{path}?{query}").text for path in ("", "/embed"))
    whole = whole.partition('<div class="shown">')[2]
    for shown in (r'<th scope="row">.*?</th>', r'<path class="band[^>]*>', r'<details class="goal', "<summary>.*?</su"):
        assert len(re.findall(shown, embedded, re.DOTALL)) == len(
            re.findall(shown, whole.partition('<details class="embed"')[0], re.DOTALL)
        )
    assert not re.search(r'href="[?#]', embedded)
    assert f'rel="canonical" href="{BASE.iri}sv/mapping?' in embedded


def test_how_an_embedded_view_looks_is_chosen_and_the_code_follows(client: TestClient) -> None:
    def code(query: str) -> str:
        (found,) = re.findall(
            r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', client.get(f"/sv/mapping{query}").text
        )
        return unescape(found)

    chosen = "?objective=7&goal=14&title=1&legend=0&theme=dark"
    assert f"/sv/mapping/embed{escape(chosen)}" in code(chosen)
    assert '/sv/mapping/embed"' in code("?title=0&legend=1&theme=auto")
    seen, usual = (client.get(f"/sv/mapping/embed{query}").text for query in (chosen, ""))
    assert ('<html lang="sv" data-theme="dark">' in seen, 'class="legend"' in seen, "<h1>" in seen) == (
        True,
        False,
        True,
    )
    assert ('<html lang="sv">' in usual, 'class="legend"' in usual, '<h1 class="unseen">' in usual) == (True,) * 3
    assert 'href="/static/dark.css" media="screen"' in seen
    assert "/static/dark.css" not in client.get("/sv/mapping/embed?theme=light").text
    assert '<details class="embed" id="embed" open>' in client.get(f"/sv/mapping{chosen}").text


@pytest.mark.parametrize("address", ["/sv/mapping", "/en/mapping/embed"])
@pytest.mark.parametrize(("name", "there"), [("title", ["0", "1"]), ("theme", ["auto", "light", "dark"])])
def test_a_look_that_there_is_not_is_refused_with_what_there_is(client: TestClient, address, name, there) -> None:
    answer = client.get(f"{address}?{name}=2", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["parameter"], answer.json()["allowed"]) == (400, name, there)


def test_the_embedded_view_alone_may_be_framed_and_the_reason_why_there_is_none(client: TestClient) -> None:
    def ancestors(path: str) -> str:
        return client.get(path, headers={"Accept": "text/html"}).headers["content-security-policy"].rpartition(" ")[2]

    assert ancestors("/en/mapping/embed?objective=7&goal=14") == "*"
    assert "default-src 'self'; base-uri 'none'" in client.get("/sv/mapping/embed").headers["content-security-policy"]
    assert ancestors("/en/mapping/embed?goal=18") == ancestors("/en/mapping/embed?colour=red") == "*"
    others = ["/en/mapping", "/en/mapping/propose", "/mappings.csv", "/en/", "/sparql", "/en/mapping?goal=18"]
    assert {ancestors(path) for path in others} == {"'none'"}


def test_the_files_are_linked_for_a_pair_and_for_all_around_it(client: TestClient) -> None:
    html = unescape(client.get("/en/mapping?objective=7&goal=14&basis=editorial").text)
    for suffix in FILES:
        assert f'href="/mappings.{suffix}?basis=editorial"' in html
        assert f'href="/mappings.{suffix}?objective=7&goal=14&basis=editorial"' in html


def test_filters_have_the_values_that_are_there_with_how_many_links_they_leave(client: TestClient) -> None:
    html = client.get("/en/mapping").text
    _, _, bases = html.partition('aria-label="Who stands behind"')
    found = re.findall(r"Only (\w+) \((\d+)\)", bases.partition("</nav>")[0])
    counted = Counter(row["standing"] for _, _, row in expected.mappings_in_matrix())
    assert {name: int(number) for name, number in found} == dict(counted)


def test_an_empty_selection_says_so_and_offers_to_let_go_of_its_last_filter(client: TestClient) -> None:
    html = unescape(client.get("/en/mapping?relation=depends-on&strength=not-stated").text)
    assert "No mappings fit the selection." in html
    assert '<a href="?relation=depends-on">Show every strength</a>' in html


def test_the_json_ld_is_plain_json(client: TestClient) -> None:
    assert "@context" in json.loads(client.get("/mappings.jsonld?basis=proposed").text)


@pytest.mark.parametrize(
    ("thing", "chosen"),
    [
        ("objective/7", {"objective": "7"}),
        ("generational-goal/GEN", {"objective": "GEN"}),
        ("sdg/14", {"goal": "14"}),
        ("sdg/14.1", {"goal": "14"}),
    ],
)
def test_the_page_of_a_goal_leads_to_its_part_of_the_mapping(client: TestClient, thing: str, chosen: dict) -> None:
    html = unescape(client.get(f"/res/{thing}.en.html").text)
    found = re.findall(r'href="((?:/en/mapping|/mappings\.[a-z.]+)\?[^"]*)"', html)
    asked = [(urlsplit(link).path, dict(parse_qsl(urlsplit(link).query))) for link in found]
    views = [(path, query) for path, query in asked if "objective" not in query or "goal" not in query]
    assert len(views) == 7
    assert all(chosen.items() <= query.items() for _, query in views)
    assert {query.get("view", query.get("level")) for _, query in views} >= {None, "flow", "table"}
    assert all(client.get(link).status_code == 200 for link in found)
    reasons = [query["goal"] for _, query in asked if "objective" in query and "goal" in query]
    linked = {row["goal"] for row in taken(client, chosen)}
    assert reasons == (sorted(linked, key=int) if "objective" in chosen else [])


@pytest.mark.parametrize("chosen", ["objective=7&goal=14", "basis=published", "objective=GEN&goal=12"])
def test_the_page_of_a_mapping_has_the_row_that_the_file_has(client: TestClient, chosen: str) -> None:
    file = client.get(f"/mappings.sssom.tsv?{chosen}").text
    table = [line for line in file.splitlines() if not line.startswith("#")]
    first = next(csv.DictReader(table, delimiter="\t"))
    thing = first["record_id"].rpartition(":")[2].removeprefix("mapping/")
    html = client.get(f"/res/mapping/{thing}.sv.html").text.partition("SSSOM</summary>")[2].partition("</details>")[0]
    shown = re.findall(r'<th scope="row"><code>(.*?)</code></th><td(?: lang="en")?>(.*?)</td>', html, re.DOTALL)
    assert {slot: unescape(value) for slot, value in shown} == {slot: value for slot, value in first.items() if value}
