"""The UN's taxonomy in a release: what its files become, what is wrong with a file, and what its pages show.

The files are real where they are at hand, and counted here by another library; what is hand-made stands in this module.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SKOS
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders import un_taxonomy_files
from loaders.build import build
from loaders.cache import cache_of
from loaders.client import Patience
from loaders.curated import read_all
from loaders.fetch import Fetched, How, fetch
from loaders.live import LiveSource, read_live_sources
from loaders.row import statements
from loaders.un_taxonomy import UnCode, read
from loaders.un_taxonomy_files import DESCRIPTION, TAXONOMY, read_taxonomy
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.services.static_files import StaticFiles

SOURCE = read_live_sources()["un-sdg"]
REAL = Path(__file__).parents[2] / "shared" / "sources" / "un-sdg-lod4stats"
UN, UNO = rdflib.Namespace("http://metadata.un.org/sdg/"), rdflib.Namespace("http://metadata.un.org/sdg/ontology#")
TABLES = files("loaders").joinpath("tables")

needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the UN's files are not at hand in {REAL}")


@pytest.fixture(scope="module")
def graph():
    return rdflib.Graph().parse(REAL / TAXONOMY)


@pytest.fixture(scope="module")
def real_rows():
    return read(SOURCE, [(SOURCE.address + name, (REAL / name).read_bytes()) for name in _NAMES], read_all().rows)


_NAMES = (DESCRIPTION, TAXONOMY)
TURTLE = {"Accept": "text/turtle"}


# --- what the real files become


@needs_real
def test_everything_that_is_taken_from_the_files_is_as_often_there_as_in_them(graph, real_rows):
    stated = Counter(str(fact.predicate).rpartition("/")[2] for row in real_rows for fact in row.facts())
    of_goals = {thing for cls in (UNO.Goal, UNO.Target) for thing in graph.subjects(RDF.type, cls)}
    further = {thing for cls in (UNO.Indicator, UNO.Series) for thing in graph.subjects(RDF.type, cls)}

    def once_named(things):
        names = {
            (thing, name.language): {
                str(other).strip() for other in graph.objects(thing, SKOS.prefLabel) if other.language == name.language
            }
            for thing in things
            for name in graph.objects(thing, SKOS.prefLabel)
        }
        return sum(len(texts) == 1 for texts in names.values()), sum(len(t) for t in names.values() if len(t) > 1)

    (official, doubt_above), (named, doubt_below) = once_named(of_goals), once_named(further)
    assert stated["officialLabel"] == official == 3 * 186 - 3
    assert stated["core#prefLabel"] == named
    assert stated["labelAmongSeveral"] == doubt_above + doubt_below == 10
    for predicate, name in (
        (UNO.isIndicatorOf, "ontology#isIndicatorOf"),
        (UNO.isSeriesOf, "ontology#isSeriesOf"),
        (UNO.custodianAgency, "ontology#custodianAgency"),
        (UNO.tier, "tier"),
        (SKOS.exactMatch, "core#exactMatch"),
        (SKOS.altLabel, "core#altLabel"),
        (DCTERMS.subject, "subject"),
    ):
        assert stated[name] == len(list(graph.subject_objects(predicate))) > 0
    assert stated["22-rdf-syntax-ns#type"] == len(further) == 232 + 394
    assert not [fact for row in real_rows for fact in row.facts() if getattr(fact.value, "language", None) == "sv"]


@needs_real
def test_codes_that_only_one_has_or_that_mean_something_else_are_told_and_no_others(graph, real_rows):
    there = {
        str(code): str(thing).removeprefix(UN)
        for thing in graph.subjects(RDF.type, UNO.Indicator)
        for code in graph.objects(thing, SKOS.notation)
        if code.datatype == UNO.SDGCodeCompact
    }
    with TABLES.joinpath("sdg_indicator_iris.csv").open(encoding="utf-8") as file:
        here = {row["indicator"].removeprefix("2020-"): row for row in csv.DictReader(file)}
    other = {code for code, row in here.items() if code in there and row["un_iri"].removeprefix(UN) != there[code]}
    found = {row.key: row.indicator for row in real_rows if isinstance(row, UnCode)}
    assert found == (
        {code: there[code] for code in there.keys() - here.keys()}
        | {f"2020-{code}": None for code in here.keys() - there.keys()}
        | {f"2020-{code}": there[code] for code in other}
    )
    assert (len(there.keys() - here.keys()), len(here.keys() - there.keys()), len(other)) == (5, 8, 8)


@needs_real
def test_where_the_source_gives_several_wordings_none_is_chosen(real_rows):
    said = [fact for row in real_rows for fact in statements(row) if fact.subject == UN["12.3"]]
    doubted = {str(fact.value) for fact in said if str(fact.predicate).endswith("labelAmongSeveral")}
    assert "By 2030,d" in doubted
    assert len(doubted) == 6
    assert not [fact for fact in said if str(fact.predicate).endswith("officialLabel")]


# --- what is wrong with a file

FEW = """
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
sdg:6 a sdgo:Goal ; skos:prefLabel "Water"@en ; sdgo:hasTarget sdg:6.6 .
sdg:6.6 a sdgo:Target ; skos:prefLabel " Ecosystems "@en ; sdgo:isTargetOf sdg:6 ; sdgo:hasIndicator sdg:C060601 .
sdg:C060601 a sdgo:Indicator ; skos:notation "6.6.1"^^sdgo:SDGCodeCompact ;
  sdgo:isIndicatorOf sdg:6.6 ; sdgo:tier sdgo:tier_I .
sdg:EN_WBE a sdgo:Series ; sdgo:isSeriesOf sdg:C060601 .
"""
ABOUT = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<http://metadata.un.org/sdg/void.ttl#SDG> a void:Dataset ; dct:modified "2020-05-01" ;
  dct:license "Free of charge, with the citation: {SOURCE.attribution}" ; void:classPartition _:concepts .
_:concepts void:class <http://www.w3.org/2004/02/skos/core#Concept> ; void:entities 4 .
"""


def reading(taxonomy: str | bytes = FEW, about: str | bytes = ABOUT):
    """What is read from two files."""
    bodies = [body.encode() if isinstance(body, str) else body for body in (about, taxonomy)]
    return read_taxonomy(SOURCE, [(SOURCE.address + name, body) for name, body in zip(_NAMES, bodies, strict=True)])


def test_a_small_taxonomy_is_read():
    read_ = reading()
    assert read_.changed == "2020-05-01"
    assert read_.targets["6.6"].names == (("en", "Ecosystems"),)
    assert read_.indicators["C060601"].codes == ("6.6.1",)
    assert read_.series["EN_WBE"].above == ("C060601",)


@pytest.mark.parametrize(
    ("taxonomy", "fault"),
    [
        ("", "the answer is empty"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "this is a web page"),
        ('{"goals": []}', "this is not Turtle: line 1, column 1"),
        (FEW[: FEW.index("sdgo:isSeriesOf")], "the Turtle is cut off in line 9"),
        (FEW[: FEW.index("sdg:EN_WBE a")], "there are 3 concepts, and the description tells of 4"),
        (FEW.encode("utf-16"), "this is not Turtle"),
        (FEW.replace("ontology#", "onto#"), "there is no goal in it"),
        (FEW.replace("<http://metadata.un.org/sdg/>", "<http://example.org/sdg/>"), "is no IRI of the UN's taxonomy"),
        (FEW.replace("sdg:6.6 a sdgo:Target", "sdg:6.6.6 a sdgo:Target"), "6.6.6> is said to be a"),
        (FEW.replace("isIndicatorOf sdg:6.6", "isIndicatorOf sdg:6.7"), "belongs to <http://metadata.un.org/sdg/6.7>"),
        (FEW.replace("sdgo:isSeriesOf", "skos:related"), "belongs to nothing"),
        (FEW.replace("hasTarget sdg:6.6", "hasTarget sdg:6.6, sdg:6.7"), "has <http://metadata.un.org/sdg/6.7>"),
        (FEW.replace('"Water"@en', '"Vatten"@sv'), "no text in a language of the UN"),
        (FEW.replace('"Water"@en', '"Water"'), "no text in a language of the UN"),
        (FEW.replace("tier_I", "tier_IV"), "none of the UN's"),
        (FEW + "sdg:6 skos:exactMatch <http://example.org/6> .", "leads to <http://example.org/6>"),
        (FEW.replace('"6.6.1"', '"6.6"'), "has the code '6.6', which no indicator can have"),
        (FEW.replace("SDGCodeCompact", "SDGCode"), "has no code"),
        (FEW.replace('"Water"@en', '" "@en'), "has an empty name"),
    ],
)
def test_a_file_that_is_not_the_taxonomy_is_refused_with_its_address_and_its_fault(taxonomy, fault):
    with pytest.raises(ValueError, match=re.escape(fault)) as refused:
        reading(taxonomy)
    assert str(refused.value).startswith(SOURCE.address + TAXONOMY)


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        (ABOUT.replace("Joshi", "Doe"), "the terms of use are not those of the sources file"),
        (ABOUT.replace("dct:license", "dct:title"), "tells no terms of use"),
        (ABOUT.replace("2020-05-01", "2020-02-31"), "tells no day"),
        (ABOUT.replace("void:entities 4", "void:entities []"), "does not tell how many concepts"),
    ],
)
def test_a_description_that_does_not_tell_what_is_needed_is_refused(about, fault):
    with pytest.raises(ValueError, match=re.escape(fault)) as refused:
        reading(about=about)
    assert str(refused.value).startswith(SOURCE.address + DESCRIPTION)


def test_no_more_statements_are_read_than_there_may_be(monkeypatch):
    monkeypatch.setitem(un_taxonomy_files._MOST, TAXONOMY, 10)
    with pytest.raises(ValueError, match="there are more than 10 statements"):
        reading()


def test_a_target_that_the_tables_do_not_have_is_named_with_what_to_do():
    bodies = zip(_NAMES, (ABOUT, FEW.replace("6.6 ", "6.9 ")), strict=True)
    answers = [(SOURCE.address + name, body.encode()) for name, body in bodies]
    tables = [row for row in read_all().rows if row.key == "6" or row.table != "sdg_goals"]
    with pytest.raises(ValueError, match=r"sdg/6.9> is no sdg-target of sdg_targets.csv; add it there first"):
        read(SOURCE, answers, tables)


# --- fetching


def source_at(service: StaticFiles) -> LiveSource:
    """The source, where a server of files has it."""
    return SOURCE.model_copy(update={"address": service.address, "is_private": True, "calls_per_second": 100})


def fetched_from(source: LiveSource, data: Path) -> Fetched:
    """What became of the source."""
    (fetched,) = fetch(data, [(source, None)], How(patience=Patience(attempts=1)))
    return fetched


def test_the_two_files_are_fetched_and_not_sent_again_where_nothing_has_changed(tmp_path):
    (tmp_path / DESCRIPTION).write_text(ABOUT, encoding="utf-8")
    (tmp_path / TAXONOMY).write_text(FEW, encoding="utf-8")
    with StaticFiles(folder=tmp_path) as service:
        assert [fetched_from(source_at(service), tmp_path / "data").why for _ in range(2)] == [None, None]
    assert [request.path.rpartition("/")[2] for request in service.requests] == [*_NAMES, *_NAMES]
    assert {request.headers["accept"] for request in service.requests} == {"text/turtle"}
    assert (service.unchanged, service.breaches) == (2, [])
    assert len(cache_of(tmp_path / "data", SOURCE.id).catch().answers) == 2


@pytest.mark.parametrize(
    ("body", "most", "fault"),
    [("<html>", 1000, "a web page"), (FEW[:-5], 1000, "cut off"), (FEW + "# longer", 100, "longer than 100 bytes")],
)
def test_a_file_that_cannot_be_used_leaves_what_was_fetched_before(tmp_path, body, most, fault):
    (tmp_path / DESCRIPTION).write_text("<http://a> <http://b> <http://c> .", encoding="utf-8")
    (tmp_path / TAXONOMY).write_text(FEW, encoding="utf-8")
    with StaticFiles(folder=tmp_path) as service:
        source = source_at(service)
        assert fetched_from(source, tmp_path / "data").why is None
        before = cache_of(tmp_path / "data", SOURCE.id).catch()
        (tmp_path / TAXONOMY).write_text(body, encoding="utf-8")
        failed = fetched_from(source.model_copy(update={"most_bytes": most}), tmp_path / "data")
    assert fault in failed.why
    assert cache_of(tmp_path / "data", SOURCE.id).catch() == before


# --- in a release


def about_goal_6(graph: rdflib.Graph) -> rdflib.Graph:
    """The part of the real taxonomy that few tables know: the goals, and all that is beneath goal 6."""
    known = set(graph.subjects(RDF.type, UNO.Goal))
    known |= set(graph.objects(UN["6"], UNO.hasTarget))
    for down in (UNO.hasIndicator, UNO.hasSeries):
        known |= {below for above in list(known) for below in graph.objects(above, down)}
    classed = set(graph.subjects(RDF.type, SKOS.Concept))
    part = rdflib.Graph()
    for triple in graph:
        if triple[0] in known and not (triple[2] in classed and triple[2] not in known):
            part.add(triple)
    return part


@pytest.fixture(scope="module")
def with_taxonomy(graph, tmp_path_factory):
    """A client of a release with few tables, for which the part about goal 6 was fetched."""
    folder = tmp_path_factory.mktemp("un")
    part = about_goal_6(graph)
    concepts = len(set(part.subjects(RDF.type, SKOS.Concept)))
    (folder / "files").mkdir()
    part.serialize(folder / "files" / TAXONOMY, "turtle")
    about = (REAL / DESCRIPTION).read_text(encoding="utf-8").replace("entities 812", f"entities {concepts}")
    (folder / "files" / DESCRIPTION).write_text(about, encoding="utf-8")
    write_few_tables(folder / "few")
    with StaticFiles(folder=folder / "files") as service:
        source = source_at(service)
        assert fetched_from(source, folder / "data").why is None
    made = build(folder / "data", BASE, folder / "few", sources={source.id: source}).release
    app = create_app(made, Settings(folder / "data", workers=1))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


def shown(client: TestClient, path: str) -> str:
    """The main part of a page, its white space in short."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    return " ".join(answer.text.partition("<main")[2].split())


@needs_real
@pytest.mark.parametrize(("language", "heading"), [("sv", "FN:s formulering"), ("en", "Wording of the UN")])
def test_a_target_shows_the_wording_of_the_un_its_indicators_and_where_else_it_is_known(
    with_taxonomy, graph, language, heading
):
    page = shown(with_taxonomy, f"/res/sdg/6.6.{language}.html")
    assert f'<h2 id="un-wording">{heading}</h2>' in page
    assert '<blockquote lang="en"><p>By 2020, protect and restore water-related ecosystems' in page
    assert 'lang="fr">D’ici à 2020, protéger et restaurer' in page
    assert f'href="{graph.value(UN["6.6"], SKOS.exactMatch)}"' in page
    assert f'href="/res/sdg/C060601.{language}.html"' in page
    assert "Water-related ecosystems" in page, "the short title still names the page"


@needs_real
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_indicators_and_series_lead_to_one_another(with_taxonomy, language):
    listed = shown(with_taxonomy, f"/res/sdg-indicator/2020-6.6.1.{language}.html")
    indicator = shown(with_taxonomy, f"/res/sdg/C060601.{language}.html")
    series = shown(with_taxonomy, f"/res/sdg/EN_WBE_NDETOT.{language}.html")
    assert 'id="un-series-C060601"' in listed
    assert "Ramsar, UNEP" in listed
    assert f'href="/res/sdg-indicator/2020-6.6.1.{language}.html"' in indicator
    for page in (listed, indicator):
        assert f'href="/res/sdg/EN_WBE_NDETOT.{language}.html"' in page
    assert f'href="/res/sdg/C060601.{language}.html"' in series
    for page in (indicator, series):
        heading = page.partition("<h1>")[2].partition("</h1>")[0]
        told = (heading.startswith('<span lang="en">'), "(på engelska)" in heading)
        assert told == ((True, True) if language == "sv" else (False, False)), heading
    assert "2020-05-01" in indicator
    assert "2020-05-01" in series


@needs_real
def test_links_are_linksets_and_the_source_is_a_dataset_with_its_own_terms(with_taxonomy):
    void = rdflib.Graph().parse(data=with_taxonomy.get("/.well-known/void", headers=TURTLE).text, format="turtle")
    ns = rdflib.Namespace("http://rdfs.org/ns/void#")
    sets = {
        (str(void.value(void.value(node, ns.objectsTarget), ns.uriSpace)), str(void.value(node, ns.linkPredicate)))
        for node in void.subjects(RDF.type, ns.Linkset)
    }
    assert {
        ("http://eurovoc.europa.eu/", str(DCTERMS.subject)),
        ("http://metadata.un.org/thesaurus/", str(DCTERMS.subject)),
        ("http://purl.unep.org/sdg/", str(SKOS.exactMatch)),
        ("http://www.wikidata.org/entity/", str(SKOS.exactMatch)),
    } <= sets
    assert not [target for target, predicate in sets if predicate == str(DCTERMS.license)], "terms are no links"
    catalogue = rdflib.Graph().parse(data=with_taxonomy.get("/catalog", headers=TURTLE).text, format="turtle")
    terms = rdflib.URIRef(SOURCE.licence)
    assert (None, DCTERMS.license, terms) in catalogue
    assert SOURCE.attribution in with_taxonomy.get("/catalog", headers=TURTLE).text


def test_without_the_taxonomy_a_page_leads_to_the_un_and_to_no_page_of_ours(client):
    page = shown(client, "/res/sdg-indicator/2020-6.6.1.sv.html")
    assert 'href="http://metadata.un.org/sdg/C060601"' in page
    assert "/res/sdg/C060601" not in page
    assert client.get("/res/sdg/C060601.sv.html").status_code == 404
    assert "un-wording" not in shown(client, "/res/sdg/6.6.sv.html")
