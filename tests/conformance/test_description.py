"""What a release says of itself: VoID, the catalogue, the data package and the example queries, against its dumps."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from builds import write_few_tables
from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.composing import compose
from loaders.curated import read_all
from loaders.describe import describe_listing, take_stock
from loaders.holdings import ask, hold
from loaders.publisher import EDITORS, BadPublisher, read_publisher
from loaders.release import Release, Releases
from loaders.value_tables import COLUMNS
from loaders.workshop import Refused
from ontology.base import CANONICAL, Base
from ontology.description import NEIGHBOURS
from ontology.kinds import KINDS
from ontology.log import authored_log, read_log
from queries.catalogue import questions
from shapes.engines import engine
from shapes.files import description_shapes, description_texts
from shapes.gate import check_description
from shapes.reference import check_graph
from tests.conftest import BASE
from tests.test_curated import change

VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ODRS = Namespace("http://schema.theodi.org/odrs#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
WHOLE = URIRef(f"{BASE.iri}id/dataset/miljograf")
EU = "http://publications.europa.eu/resource/authority/"
TERM = re.compile(r"<([^>]*)>")

PAGES = {"foaf/0.1/page", "foaf/0.1/homepage", "terms/license", "spec/apiAddress"}
"""How the properties end that lead to web pages and licences, and not to things of other datasets."""


@dataclass(frozen=True)
class Quad:
    """One line of the dump."""

    subject: str
    predicate: str
    object: str
    graph: str


def quads(release: Release) -> list[Quad]:
    """The dump of everything, read without any of the product's code."""
    with gzip.open(release.path / "dump" / "all.nq.gz", "rt", encoding="utf-8") as lines:
        return [Quad(*re.fullmatch(r"(<[^>]*>) (<[^>]*>) (.*) (<[^>]*>) \.\n", line).groups()) for line in lines]


def said(release: Release, name: str) -> Graph:
    return Graph(bind_namespaces="none").parse(release.path / "about" / f"{name}.ttl", format="turtle")


@pytest.fixture(scope="module")
def void(release) -> Graph:
    return said(release, "void")


@pytest.fixture(scope="module")
def catalogue(release) -> Graph:
    return said(release, "catalogue")


@pytest.fixture(scope="module")
def package(release) -> dict:
    return json.loads((release.path / "about" / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def all_quads(release) -> list[Quad]:
    return quads(release)


def number(graph: Graph, subject, predicate) -> int:
    return int(str(graph.value(subject, predicate, any=False)))


def iris(found) -> set[str]:
    return {str(term) for term in found}


# --- VoID ---


def test_void_counts_the_statements_of_the_dump(void, all_quads):
    triples = {(q.subject, q.predicate, q.object) for q in all_quads}
    assert number(void, WHOLE, VOID.triples) == len(triples)
    assert number(void, WHOLE, VOID.distinctSubjects) == len({s for s, _, _ in triples})
    assert number(void, WHOLE, VOID.classes) == len(set(void.objects(WHOLE, VOID.classPartition)))
    assert number(void, WHOLE, VOID.properties) == len({p for _, p, _ in triples})


def test_void_counts_the_statements_of_each_graph(void, all_quads):
    counted = Counter(q.graph for q in all_quads)
    parts = set(void.objects(WHOLE, VOID.subset)) - set(void.subjects(RDF.type, VOID.Linkset))
    assert {f"<{part}>": number(void, part, VOID.triples) for part in parts} == counted


def test_void_counts_the_things_of_each_class(void, all_quads):
    things = defaultdict(set)
    for q in all_quads:
        if q.predicate == f"<{RDF.type}>":
            things[q.object].add(q.subject)
    found = {
        f"<{void.value(part, VOID['class'])}>": number(void, part, VOID.entities)
        for part in void.objects(WHOLE, VOID.classPartition)
    }
    assert found == {cls: len(of_it) for cls, of_it in things.items()}
    for part in void.objects(WHOLE, VOID.classPartition):
        assert f"<{void.value(part, VOID.exampleResource)}>" in things[f"<{void.value(part, VOID['class'])}>"]


def test_void_counts_the_uses_of_each_property(void, all_quads):
    uses = defaultdict(set)
    for q in all_quads:
        uses[q.predicate].add((q.subject, q.object))
    for part in void.objects(WHOLE, VOID.propertyPartition):
        of_it = uses.pop(f"<{void.value(part, VOID.property)}>")
        assert number(void, part, VOID.triples) == len(of_it)
        assert number(void, part, VOID.distinctSubjects) == len({s for s, _ in of_it})
    assert uses == {}


def test_void_counts_what_the_things_of_each_class_say(void, all_quads):
    classes, said = defaultdict(set), defaultdict(set)
    for q in all_quads:
        said[q.subject].add((q.predicate, q.object))
        if q.predicate == f"<{RDF.type}>":
            classes[q.object].add(q.subject)
    expected = {}
    for cls, things in classes.items():
        uses = {(thing, *pair) for thing in things for pair in said[thing]}
        for predicate in {predicate for _, predicate, _ in uses}:
            of_it = [(thing, value) for thing, name, value in uses if name == predicate]
            ends = [len(set(end)) for end in zip(*of_it, strict=True)]
            expected[cls, predicate] = (len(of_it), *ends)
    found = {
        (f"<{void.value(of_class, VOID['class'])}>", f"<{void.value(part, VOID.property)}>"): tuple(
            number(void, part, count) for count in (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        )
        for of_class in void.objects(WHOLE, VOID.classPartition)
        for part in void.objects(of_class, VOID.propertyPartition)
    }
    assert len(found) > 300
    assert found == expected


def links_of(all_quads: list[Quad]) -> Counter[tuple[str, str, str]]:
    """From what to what the links lead that cross the border of a dataset: (start of IRIs, property, start of IRIs)."""
    starts = [BASE.iri, *(neighbour.space for neighbour in NEIGHBOURS)]
    found = set()
    for q in all_quads:
        if q.object.startswith("<") and "#" not in q.object:
            ends = [next((start for start in starts if t[1:].startswith(start)), None) for t in (q.subject, q.object)]
            if None not in ends and ends[0] != ends[1] and ends[1] != BASE.iri:
                found.add((ends[0], q.predicate[1:-1], ends[1], q.subject, q.object))
    return Counter(link[:3] for link in found)


def test_void_counts_the_links_to_each_dataset_of_others(void, all_quads):
    spaces = {node: str(space) for node, space in void.subject_objects(VOID.uriSpace)}
    found = {
        (
            spaces[void.value(links, VOID.subjectsTarget)],
            str(void.value(links, VOID.linkPredicate)),
            spaces[void.value(links, VOID.objectsTarget)],
        ): number(void, links, VOID.triples)
        for links in void.subjects(RDF.type, VOID.Linkset)
    }
    assert found == links_of(all_quads)
    assert {"http://metadata.un.org/sdg/", "http://www.wikidata.org/entity/"} < {target for _, _, target in found}


def test_every_link_to_a_thing_of_others_is_to_a_dataset_that_void_names(all_quads):
    strangers = {
        (q.predicate[1:-1], q.object)
        for q in all_quads
        if q.subject.startswith(f"<{BASE.iri}id/")
        and q.object.startswith("<")
        and "#" not in q.object
        and not q.object[1:].startswith((BASE.iri, *(neighbour.space for neighbour in NEIGHBOURS)))
        and not q.predicate[1:-1].endswith(tuple(PAGES))
        and q.predicate != f"<{RDF.type}>"
    }
    assert strangers == set()


def test_every_neighbour_is_one_that_void_describes_or_that_nothing_links_to(void, all_quads):
    described = iris(void.objects(None, VOID.uriSpace)) - {BASE.iri}
    assert described == {space for ends in links_of(all_quads) for space in (ends[0], ends[2])} - {BASE.iri}


def test_void_shows_an_example_of_each_kind_that_is_listed(void, release):
    shown = iris(void.objects(WHOLE, VOID.exampleResource))
    kinds = [kind for kind in KINDS.values() if kind.is_listed and release.record["counts"][kind.name]]
    assert len(shown) == len(kinds)


def test_void_names_every_dump(void, release):
    dumps = {str(dump).rpartition("/")[2] for dump in void.objects(None, VOID.dataDump)}
    assert dumps == {path.name for path in (release.path / "dump").glob("*.gz")}


def test_void_names_each_vocabulary_that_the_data_use(void, all_quads):
    terms = {q.predicate for q in all_quads} | {q.object for q in all_quads if q.predicate == f"<{RDF.type}>"}
    used = {re.sub(r"[^/#]*$", "", term[1:-1]) for term in terms}
    assert iris(void.objects(WHOLE, VOID.vocabulary)) == used


# --- the catalogue ---


def test_the_catalogue_lists_the_whole_the_vocabulary_each_source_and_each_data_set_with_values(catalogue, release):
    graphs = {source["id"] for source in release.record["sources"]} | {"vocabulary"}
    with open_csv(release) as tables:
        data_sets = set(tables)
    expected = {f"id/graph/{key}" for key in graphs} | {f"id/dataset/{key}" for key in data_sets | {"miljograf"}}
    listed = iris(catalogue.objects(URIRef(f"{BASE.iri}catalog"), DCAT.dataset))
    assert listed == {BASE.iri + path for path in expected}


class open_csv(dict):  # noqa: N801 - reads like what it opens
    """The tables of a release by the keys of their data sets: lists of rows."""

    def __init__(self, release: Release) -> None:
        for path in (release.path / "tables").glob("*.csv"):
            self[path.stem] = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_nothing_in_the_catalogue_is_a_blank_node_and_every_iri_is_absolute(catalogue):
    for term in {term for triple in catalogue for term in triple}:
        assert not isinstance(term, BNode)
        assert not isinstance(term, URIRef) or re.match(r"(https?://|mailto:)[^ ]+$", term)


def test_every_file_is_a_distribution_with_its_size_and_checksum(catalogue, release):
    found = {}
    for distribution, address in catalogue.subject_objects(DCAT.downloadURL):
        checksum = catalogue.value(distribution, SPDX.checksum)
        assert catalogue.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        name = str(address).removeprefix(f"{BASE.iri}releases/{release.id}/data/")  # the file of this very release
        assert str(catalogue.value(distribution, DCAT.accessURL)) == f"{BASE.iri}data/{name}"  # that of the newest
        found[name] = (
            number(catalogue, distribution, DCAT.byteSize),
            str(catalogue.value(checksum, SPDX.checksumValue)),
        )
    files = [*(release.path / "dump").glob("*.gz"), *(release.path / "tables").iterdir()]
    expected = {file.name: (file.stat().st_size, sha256(file.read_bytes()).hexdigest()) for file in files}
    assert found == expected


def test_a_licence_is_that_of_the_source_in_the_exact_form_of_the_profile(catalogue, release):
    for source in release.record["sources"]:
        dataset = URIRef(f"{BASE.iri}id/graph/{source['id']}")
        stated = {str(catalogue.value(d, DCT.license)) for d in catalogue.objects(dataset, DCAT.distribution)}
        expected = (source["licence"] or "None").replace("https://creativecommons", "http://creativecommons")
        assert stated == {expected}, source["id"]
        if source["attribution"]:
            rights = {catalogue.value(d, DCT.rights) for d in catalogue.objects(dataset, DCAT.distribution)}
            assert {str(catalogue.value(node, ODRS.attributionText)) for node in rights} == {source["attribution"]}


def test_a_source_without_a_licence_says_so_and_is_given_none(catalogue, release):
    without = [source["id"] for source in release.record["sources"] if not source["licence"]]
    assert without
    for key in without:
        for distribution in catalogue.objects(URIRef(f"{BASE.iri}id/graph/{key}"), DCAT.distribution):
            rights = catalogue.value(distribution, DCT.rights)
            assert any("licence" in str(label) for label in catalogue.objects(rights, RDFS.label)), key


def test_the_period_of_a_data_set_is_that_of_its_values(catalogue, release):
    with open_csv(release) as tables:
        for key, rows in tables.items():
            period = catalogue.value(URIRef(f"{BASE.iri}id/dataset/{key}"), DCT.temporal)
            years = [row["year"] for row in rows]
            assert str(catalogue.value(period, DCAT.startDate)) == f"{min(years)}-01-01"
            assert str(catalogue.value(period, DCAT.endDate)) == f"{max(years)}-12-31"


def test_every_dataset_is_identified_by_its_iri(catalogue):
    for dataset in catalogue.objects(None, DCAT.dataset):
        assert set(catalogue.objects(dataset, DCT.identifier)) == {Literal(str(dataset))}


def test_a_data_set_was_changed_when_its_sources_were_read(catalogue, release):
    read = {source["id"]: source["retrieved"] for source in release.record["sources"]}
    for key, source in {"forest-birds-2024": "sverigesmiljomal-forest-birds", **GREENHOUSE_GASES}.items():
        changed = catalogue.value(URIRef(f"{BASE.iri}id/dataset/{key}"), DCT.modified)
        assert changed == Literal(read[source], datatype=XSD.date)
        cube = json.loads((release.path / "tables" / f"{key}.en.json").read_bytes())
        assert cube["updated"] == read[source]


GREENHOUSE_GASES = dict.fromkeys(("ghg-county-2026-08", "ghg-sector-2026-08"), "klimatbyran-garbo")


def test_a_data_set_was_changed_when_the_last_of_its_sources_was_read(release):
    store = ox.Store()
    with gzip.open(release.path / "dump" / "all.nq.gz") as lines:
        store.bulk_load(lines, ox.RdfFormat.N_QUADS)
    of, birds = ox.NamedNode("http://purl.org/linked-data/cube#dataSet"), f"{BASE.iri}id/dataset/forest-birds-2024"
    observed = next(store.quads_for_pattern(None, of, ox.NamedNode(birds), None)).subject
    assert days_of_change(store)["forest-birds-2024"] == "2026-11-23"
    other = ox.NamedNode(f"{BASE.iri}id/graph/sfs-2008-1300")
    store.extend(ox.Quad(*said.triple, other) for said in list(store.quads_for_pattern(observed, None, None)))
    assert days_of_change(store)["forest-birds-2024"] == "2026-11-24"


def days_of_change(store: ox.Store) -> dict[str, str]:
    held = hold(ask(store, BASE, {}), BASE, Counter())
    return {data_set.key: data_set.modified for data_set in held.data_sets}


def test_a_data_set_says_when_its_version_was_issued_and_where_its_values_come_from(catalogue):
    gases, birds = (URIRef(f"{BASE.iri}id/dataset/{key}") for key in ("ghg-county-2026-08", "forest-birds-2024"))
    assert catalogue.value(gases, DCT.issued) == Literal("2026", datatype=XSD.gYear)
    told = catalogue.objects(catalogue.value(gases, DCT.provenance), RDFS.label)
    emissions = "Nationella emissionsdatabasen (SMHI, Naturvårdsverket)"
    assert {str(label) for label in told} == {
        f"Värdena kommer från: {emissions}.",
        f"The values come from: {emissions}.",
    }
    assert [*catalogue.objects(birds, DCT.issued), *catalogue.objects(birds, DCT.provenance)] == []


def test_the_objectives_of_a_data_set_are_among_its_keywords(catalogue):
    keywords = set(catalogue.objects(URIRef(f"{BASE.iri}id/dataset/forest-birds-2024"), DCAT.keyword))
    assert {Literal("levande skogar", lang="sv"), Literal("sustainable forests", lang="en")} <= keywords


def test_the_vocabulary_was_changed_when_its_log_says(catalogue):
    entries = read_log(authored_log())
    said = [catalogue.value(URIRef(f"{BASE.iri}id/graph/vocabulary"), when) for when in (DCT.issued, DCT.modified)]
    assert [str(day) for day in said] == [entries[0].date, entries[-1].date]


@pytest.mark.parametrize("predicate", [DCAT.landingPage, DCT.conformsTo, FOAF.page, DCAT.endpointDescription])
def test_what_the_catalogue_leads_to_is_there(catalogue, client, predicate):
    ours = sorted(str(to) for to in set(catalogue.objects(None, predicate)) if str(to).startswith(BASE.iri))
    assert ours
    for address in {*ours[:4], *ours[-4:]}:
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address


def places(catalogue: Graph, path: str) -> set[str]:
    return {str(place).rpartition("/")[2] for place in catalogue.objects(URIRef(BASE.iri + path), DCT.spatial)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id/dataset/ghg-county-2026-08", {"SWE"}),  # all 21 counties
        ("id/graph/kolada-municipalities", {"SWE"}),
        ("id/graph/habo-hallbarhetsloften", {"SE121"}),
        ("id/graph/miljomal-regionala", {"SE121", "SE213", "SE214", "SE232"}),
        ("id/graph/lst-skane-2012-7", {"SE224"}),
    ],
)
def test_a_dataset_covers_the_country_or_the_counties_that_it_speaks_of(catalogue, path, expected):
    assert places(catalogue, path) == expected


def test_the_creator_of_a_dataset_is_the_organisation_that_dataportal_knows(catalogue):
    creator = catalogue.value(URIRef(f"{BASE.iri}id/graph/boverket-se"), DCT.creator)
    assert creator == URIRef("http://dataportal.se/organisation/SE2021003989")
    assert Literal("Boverket", lang="sv") in set(catalogue.objects(creator, FOAF.name))


@pytest.mark.parametrize(
    "dataset", ["id/graph/klimatbyran-garbo", "id/dataset/ghg-county-2026-08", "id/dataset/ghg-sector-2026-08"]
)
def test_the_creator_of_the_emission_data_is_the_association_of_their_licence(catalogue, dataset):
    creator = catalogue.value(URIRef(f"{BASE.iri}{dataset}"), DCT.creator)
    (name,) = (name for name in catalogue.objects(creator, FOAF.name) if name.language == "sv")
    assert str(name) == "Klimatbyrån Ideell Förening"


def test_how_a_source_asks_to_be_named_is_said_to_be_in_no_language(catalogue):
    asked = list(catalogue.subject_objects(ODRS.attributionText))
    assert {words.language for _, words in asked} == {None}
    assert any("Copyright (c) 2024" in words for _, words in asked)
    for rights, words in asked:
        labels = set(catalogue.objects(rights, RDFS.label))
        assert {label.language for label in labels} == {"sv", "en"}
        assert len(set(map(str, labels))) == 2, words


def test_what_a_source_states_is_in_the_languages_that_its_graph_has_texts_in(release, catalogue):
    codes = {"sv": f"{EU}language/SWE", "en": f"{EU}language/ENG"}
    spoken: dict[str, set[str]] = {}
    for quad in quads(release):
        tag = quad.object.rpartition('"')[2]
        spoken.setdefault(quad.graph[1:-1], set()).update([codes[tag[1:]]] if tag.startswith("@") else [])
    told = {graph: set(map(str, catalogue.objects(URIRef(graph), DCT.language))) for graph in spoken}
    assert told == spoken
    assert {frozenset(languages) for languages in told.values()} > {frozenset(codes.values()), frozenset([codes["sv"]])}


def test_the_whole_the_vocabulary_and_the_data_sets_are_in_both_languages(catalogue):
    datasets = set(catalogue.subjects(RDF.type, DCAT.Dataset))
    for dataset in datasets:
        if "/id/graph/" not in dataset or dataset.endswith("/vocabulary"):
            assert len(set(catalogue.objects(dataset, DCT.language))) == 2, dataset
    assert len(datasets) > 200


def test_a_name_that_two_actors_have_names_no_creator(catalogue):
    assert catalogue.value(URIRef(f"{BASE.iri}id/graph/statskontoret-sammanslagning"), DCT.creator) is None


def test_the_service_serves_the_whole(catalogue):
    service = URIRef(f"{BASE.iri}sparql")
    assert catalogue.value(service, DCAT.endpointURL) == service
    assert set(catalogue.objects(service, DCAT.servesDataset)) == {WHOLE}
    ways = {catalogue.value(d, DCAT.accessService) for d in catalogue.objects(WHOLE, DCAT.distribution)}
    assert service in ways


# --- tables, data package, examples ---


def test_a_table_has_the_values_of_its_data_set_with_the_digits_of_the_source(release, all_quads):
    value_of = {
        q.subject[1:-1]: re.match(r'"([^"]*)"', q.object)[1] for q in all_quads if q.predicate.endswith("#obsValue>")
    }
    with open_csv(release) as tables:
        rows = [row for table in tables.values() for row in table]
    assert list(rows[0]) == list(COLUMNS)
    assert {row["observation"]: row["value"] for row in rows} == value_of


def test_the_data_package_describes_every_file(package, release):
    files = [*(release.path / "dump").glob("*.gz"), *(release.path / "tables").iterdir()]
    expected = {file.name: (file.stat().st_size, f"sha256:{sha256(file.read_bytes()).hexdigest()}") for file in files}
    assert {r["path"]: (r["bytes"], r["hash"]) for r in package["resources"]} == expected
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    assert package["version"] == release.id


def test_the_data_package_describes_the_columns_of_a_table(package):
    tables = [resource for resource in package["resources"] if resource["profile"] == "tabular-data-resource"]
    assert tables
    for table in tables:
        assert [field["name"] for field in table["schema"]["fields"]] == list(COLUMNS)


def test_every_question_is_an_example_for_other_tools(release):
    examples = said(release, "examples")
    names = {str(node).rpartition("#")[2] for node in examples.subjects(RDF.type, SH.SPARQLExecutable)}
    assert names == set(questions())
    (declaring,) = examples.subjects(RDF.type, OWL.Ontology)
    declared = {
        str(examples.value(node, SH.prefix)): str(examples.value(node, SH.namespace))
        for node in examples.objects(declaring, SH.declare)
    }
    assert declared["mg"] == f"{BASE.iri}spec/"
    assert set(examples.objects(None, SH.prefixes)) == {declaring}


# --- one statement more ---


@pytest.fixture(scope="module")
def before_and_after(few_built, once) -> tuple[Release, Release]:
    """Two releases of few tables; the second has one cell more, which states one triple."""

    def fill(folder: Path) -> None:
        tables = shutil.copytree(few_built / "tables", folder / "tables")
        change(tables, "sources", {"id": "regeringen-43485"}, attribution="Källa: Regeringen")
        build(folder / "data", BASE, tables)

    return Releases(few_built / "data").current(), Releases(once("one-cell-more", fill) / "data").current()


def test_one_statement_more_is_counted_in_void(before_and_after):
    (before, after) = (said(release, "void") for release in before_and_after)
    assert number(after, WHOLE, VOID.triples) == number(before, WHOLE, VOID.triples) + 1
    graph = URIRef(f"{BASE.iri}id/graph/regeringen-43485")
    assert number(after, graph, VOID.triples) == number(before, graph, VOID.triples) + 1
    part = URIRef(f"{BASE.iri}.well-known/void#property-mg-attribution")
    assert number(after, part, VOID.triples) == number(before, part, VOID.triples) + 1


def test_one_statement_more_is_counted_in_the_catalogue(before_and_after):
    (before, after) = (said(release, "catalogue") for release in before_and_after)
    assert number(after, WHOLE, VOID.triples) == number(before, WHOLE, VOID.triples) + 1
    for name in ("all.nq.gz", "regeringen-43485.nt.gz", "regeringen-43485.ttl.gz"):
        checksum = URIRef(f"{BASE.iri}catalog#checksum-{name}")
        assert before.value(checksum, SPDX.checksumValue) != after.value(checksum, SPDX.checksumValue)
    rights = after.value(URIRef(f"{BASE.iri}catalog#distribution-regeringen-43485.nt.gz"), DCT.rights)
    assert str(after.value(rights, ODRS.attributionText)) == "Källa: Regeringen"


def test_what_one_statement_does_not_touch_stays_as_it_was(before_and_after):
    (before, after) = (said(release, "catalogue") for release in before_and_after)
    for graph in (before, after):
        graph.remove((None, DCAT.downloadURL, None))  # the address of a file names its release
    changed = {str(s).removeprefix(BASE.iri) for graph in (before - after, after - before) for s in graph.subjects()}
    files = ("all.nq.gz", "regeringen-43485.nt.gz", "regeringen-43485.ttl.gz")
    assert changed <= {
        "id/dataset/miljograf",
        "id/graph/regeringen-43485",
        "catalog#rights-source--regeringen-43485",
        *(f"catalog#{part}-{name}" for part in ("distribution", "checksum") for name in files),
    }


def test_one_statement_more_is_counted_in_the_description_of_the_service(before_and_after):
    before, after = map(service_counts, before_and_after)
    graph = f"{BASE.iri}id/graph/regeringen-43485"
    assert {named for named in after if after[named] != before[named]} == {graph, UNION}
    assert (after[graph], after[UNION]) == (before[graph] + 1, before[UNION] + 1)


# --- one row more ---

UNION = f"{BASE.iri}sparql#default-graph"
ROW_MORE = "kolada-N00401,2026-01-15,2024,editors,likely"
ITS_GRAPH = f"{BASE.iri}id/graph/editors"


def stated_by_the_row() -> set[tuple[str, str, str]]:
    """What the row of `indicator_updates.csv` must come to say, written out by hand."""
    indicator, row = f"<{BASE.iri}id/indicator/kolada-N00401>", f"<{BASE.iri}id/row/indicator_updates/kolada-N00401>"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    mg = f"<{BASE.iri}spec/"
    return {
        (indicator, f"{mg}updated>", f'"2026-01-15"^^<{xsd}date>'),
        (indicator, f"{mg}newestPeriod>", f'"2024"^^<{xsd}gYear>'),
        (indicator, f"{mg}statedIn>", row),
        (row, f"<{RDF.type}>", f"{mg}Row>"),
        (row, f"{mg}table>", '"indicator_updates"'),
        (row, f"{mg}line>", f'"2"^^<{xsd}integer>'),
        (row, f"<{DCT.source}>", f"<{BASE.iri}id/source/editors>"),
        (row, f"{mg}confidence>", f"<{BASE.iri}def/confidence/likely>"),
    }


def service_counts(release: Release) -> dict[str, int]:
    """How many statements the service says that it holds, graph by graph, asked of a server of the release."""
    app = create_app(release, Settings(release.path.parent.parent, workers=1))
    with TestClient(app, base_url=BASE.iri) as client:
        answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    described = Graph().parse(data=answer.content, format="nt")
    return {str(graph): int(str(triples)) for graph, triples in described.subject_objects(VOID.triples)}


@pytest.fixture(scope="module")
def with_a_row_more(few_built, once) -> tuple[Release, Release]:
    """Two releases of few tables; a table of the second has one row more, the first that it ever had."""

    def fill(folder: Path) -> None:
        tables = Path(shutil.copytree(few_built / "tables", folder / "tables"))
        table = tables / "indicator_updates.csv"
        assert table.read_text(encoding="utf-8").count("\n") == 1
        with table.open("a", encoding="utf-8") as opened:
            opened.write(f"{ROW_MORE}\n")
        build(folder / "data", BASE, tables)

    return Releases(few_built / "data").current(), Releases(once("one-row-more", fill) / "data").current()


def test_one_row_more_is_in_the_dump_what_it_states_and_no_more(with_a_row_more):
    before, after = (set(quads(release)) for release in with_a_row_more)
    assert before - after == set()
    assert {(q.subject, q.predicate, q.object) for q in after - before} == stated_by_the_row()
    assert {q.graph for q in after - before} == {f"<{ITS_GRAPH}>"}


def test_one_row_more_is_counted_in_void(with_a_row_more):
    before, after = (said(release, "void") for release in with_a_row_more)
    more = stated_by_the_row()
    known = [(q.subject, q.predicate, q.object) for q in quads(with_a_row_more[0])]
    for predicate, place in ((VOID.triples, None), (VOID.distinctSubjects, 0), (VOID.distinctObjects, 2)):
        had = set(known) if place is None else {triple[place] for triple in known}
        new = more if place is None else {triple[place] for triple in more}
        assert number(before, WHOLE, predicate) == len(had)
        assert number(after, WHOLE, predicate) == len(had | new)
    properties = {triple[1] for triple in known}
    assert number(after, WHOLE, VOID.properties) == len(properties | {triple[1] for triple in more})
    assert number(after, WHOLE, VOID.properties) == number(before, WHOLE, VOID.properties) + 2
    assert number(after, URIRef(ITS_GRAPH), VOID.triples) == number(before, URIRef(ITS_GRAPH), VOID.triples) + 8
    rows = URIRef(f"{BASE.iri}.well-known/void#class-mg-Row")
    assert number(after, rows, VOID.entities) == number(before, rows, VOID.entities) + 1
    used = Counter(triple[1] for triple in set(known))
    for predicate, times in Counter(triple[1] for triple in more).items():
        of_whole = set(after.objects(WHOLE, VOID.propertyPartition))
        (part,) = of_whole & set(after.subjects(VOID.property, URIRef(predicate[1:-1])))
        assert number(after, part, VOID.triples) == used[predicate] + times
    newly = URIRef(f"{BASE.iri}.well-known/void#class-mg-Indicator-property-mg-updated")
    assert number(after, newly, VOID.triples) == 1
    assert (newly, None, None) not in before


def test_one_row_more_is_counted_in_the_catalogue(with_a_row_more):
    before, after = (said(release, "catalogue") for release in with_a_row_more)
    assert number(after, WHOLE, VOID.triples) == number(before, WHOLE, VOID.triples) + len(stated_by_the_row())
    for name in ("all.nq.gz", "editors.nt.gz", "editors.ttl.gz"):
        distribution, checksum = (URIRef(f"{BASE.iri}catalog#{part}-{name}") for part in ("distribution", "checksum"))
        for release, catalogue in zip(with_a_row_more, (before, after), strict=True):
            file = (release.path / "dump" / name).read_bytes()
            assert number(catalogue, distribution, DCAT.byteSize) == len(file)
            assert str(catalogue.value(checksum, SPDX.checksumValue)) == sha256(file).hexdigest()
        assert before.value(checksum, SPDX.checksumValue) != after.value(checksum, SPDX.checksumValue)


def test_one_row_more_is_counted_in_the_description_of_the_service(with_a_row_more):
    before, after = map(service_counts, with_a_row_more)
    assert before.keys() == after.keys()
    assert {named for named in after if after[named] != before[named]} == {ITS_GRAPH, UNION}
    counted = [Counter(q.graph[1:-1] for q in quads(release)) for release in with_a_row_more]
    assert (before[ITS_GRAPH], after[ITS_GRAPH]) == (counted[0][ITS_GRAPH], counted[1][ITS_GRAPH])
    assert after[ITS_GRAPH] == before[ITS_GRAPH] + len(stated_by_the_row())
    assert after[UNION] == len({(q.subject, q.predicate, q.object) for q in quads(with_a_row_more[1])})


# --- the shapes of the description ---


shapes_of = cache(description_shapes)


def demands() -> list[tuple[str, URIRef]]:
    """Every property that a shape demands at least once, by document and property shape."""
    return sorted(
        (name, shape)
        for name in description_texts()
        for shape in shapes_of(name).subjects(SH.minCount, None)
        if isinstance(shape, URIRef)
    )


@cache
def findings_without(
    release_path: Path, name: str, only: URIRef | None
) -> tuple[dict[URIRef, str], set[tuple[str, str]]]:
    """Where each demand of the shapes of a document was disappointed, and what the gate found, as (focus, shape).

    All at once, to be quick; but what other shapes find their nodes by is taken away alone, demand by demand.
    """
    release = Release.open(release_path)
    graph, shapes = said(release, name), release.base.localise_graph(shapes_of(name))
    focus_of = {}
    for shape in [URIRef(release.base.localise(shape)) for of, shape in demands() if of == name]:
        path, node = shapes.value(shape, SH.path), shapes.value(None, SH.property, shape)
        if shape == only if only else path not in finding(shapes):
            focus_of[shape] = (min(targets(graph, shapes, node)), path)
    for focus, path in focus_of.values():
        graph.remove((focus, path, None))
    found = {(fault.focus, fault.cause) for fault in check_graph(graph, shapes)}
    return {shape: str(focus) for shape, (focus, _) in focus_of.items()}, found


def finding(shapes: Graph) -> set:
    """The properties by which shapes find their nodes."""
    return set(shapes.objects(None, SH.targetObjectsOf)) | set(shapes.objects(None, SH.targetSubjectsOf))


@pytest.mark.parametrize(("name", "shape"), demands(), ids=lambda value: str(value).rpartition("/")[2])
def test_the_gate_notices_what_a_description_lacks(by_an_agency, name, shape):
    local = URIRef(by_an_agency.base.localise(shape))
    shapes = shapes_of(name)
    is_alone = shapes.value(shape, SH.path) in finding(shapes)
    focus_of, found = findings_without(by_an_agency.path, name, local if is_alone else None)
    assert (focus_of[local], str(local)) in found


def targets(graph: Graph, shapes: Graph, node) -> set:
    found = set()
    for cls in shapes.objects(node, SH.targetClass):
        found |= set(graph.subjects(RDF.type, cls))
    for predicate in shapes.objects(node, SH.targetSubjectsOf):
        found |= set(graph.subjects(predicate, None))
    for predicate in shapes.objects(node, SH.targetObjectsOf):
        found |= set(graph.objects(None, predicate))
    return found


@pytest.mark.parametrize("name", description_texts())
def test_the_shapes_of_a_description_say_what_they_want_in_both_languages(name):
    graph = shapes_of(name)
    for shape in {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef)}:
        assert sorted(m.language for m in graph.objects(shape, SH.message)) == ["en", "sv"], shape
        assert graph.value(shape, SH.severity) == SH.Violation, shape
        assert str(shape).startswith(f"{CANONICAL}shapes/")


TOO_MUCH = [
    ("catalogue", "catalog", DCT.title, Literal("Tredje titeln", lang="sv")),
    ("catalogue", "id/dataset/miljograf", DCT.publisher, URIRef("https://example.org/nobody")),
    ("catalogue", "catalog#distribution-all.nq.gz", DCT.license, URIRef("https://creativecommons.org/licenses/by/4.0/")),
    ("void", "id/dataset/miljograf", VOID.triples, Literal(1)),
    ("void", ".well-known/void#class-mg-County", VOID.entities, Literal("21")),
]  # fmt: skip


def test_the_gate_notices_what_a_description_has_too_much_of(before_and_after):
    documents = {name: said(before_and_after[1], name) for name in ("catalogue", "void")}
    for name, subject, predicate, value in TOO_MUCH:
        documents[name].add((URIRef(BASE.iri + subject), predicate, value))
    found = {(finding.focus, finding.component) for finding in check_description(documents, BASE, engine()).findings}
    assert found == {
        (f"{BASE.iri}catalog", "MaxCount"),
        (f"{BASE.iri}catalog", "UniqueLang"),
        (f"{BASE.iri}id/dataset/miljograf", "MaxCount"),
        (f"{BASE.iri}id/dataset/miljograf", "Class"),
        ("https://creativecommons.org/licenses/by/4.0/", "Not"),
        (f"{BASE.iri}.well-known/void#class-mg-County", "MaxCount"),
        (f"{BASE.iri}.well-known/void#class-mg-County", "Datatype"),
        (f"{BASE.iri}.well-known/void#class-mg-County", "MinInclusive"),
    }


def test_a_description_that_the_gate_refuses_stops_the_release(tmp_path, monkeypatch):
    write_few_tables(tmp_path / "tables")
    monkeypatch.setattr("loaders.void._TITLE", None)
    with pytest.raises(Refused) as refused:
        build(tmp_path / "data", BASE, tmp_path / "tables")
    assert "The document must have a title" in str(refused.value.report.groups()[0].message.en)
    assert (refused.value.folder / "validation.html").is_file()
    assert list((tmp_path / "data").glob("releases/*")) == []


def without(folder: Path, dataset: str, table: str) -> Path:
    """Few tables, of which one says nothing of a data set."""
    write_few_tables(folder / "tables")
    file = folder / "tables" / f"{table}.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if dataset not in line]
    assert len(kept) < len(lines)
    file.write_text("".join(kept), "utf-8")
    return folder / "tables"


def test_a_data_set_without_an_english_title_is_published_with_its_swedish_one_told_as_such(tmp_path):
    release = build(tmp_path / "data", BASE, without(tmp_path, "forest-birds-2024", "dataset_translations")).release
    titles = said(release, "catalogue").objects(URIRef(f"{BASE.iri}id/dataset/forest-birds-2024"), DCT.title)
    swedish, english = sorted(titles, key=lambda title: title.language == "en")
    assert english == Literal(f"Data set: {swedish}", lang="en")


@pytest.mark.parametrize(
    ("table", "what"), [("dataset_titles", "title in Swedish"), ("dataset_publishers", "publisher")]
)
def test_what_a_data_set_is_to_have_and_lacks_is_told_by_the_gate(tmp_path, table, what):
    with pytest.raises(Refused) as refused:
        build(tmp_path / "data", BASE, without(tmp_path, "forest-birds-2024", table))
    assert [group.message.en for group in refused.value.report.groups() if f"exactly one {what}" in group.message.en]


# --- the publisher ---

AGENCY = """
name = {sv = "Naturvårdsverket", en = "Swedish Environmental Protection Agency"}
type = "NationalAuthority"
organisation_number = "202100-1975"
homepage = "https://www.naturvardsverket.se/"
contact = {sv = "Öppna data", en = "Open data", email = "data@example.org"}

[high_value]
forest-birds-2024 = ["c_b7f6a4f3"]
"""


def publisher_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "publisher.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def by_an_agency(tmp_path_factory) -> Release:
    folder = tmp_path_factory.mktemp("agency")
    write_few_tables(folder / "tables")
    publisher = read_publisher(publisher_file(folder, AGENCY))
    return build(folder / "data", Base("https://data.example.org/"), folder / "tables", publisher=publisher).release


def test_the_editors_publish_where_nobody_else_says_that_they_do(catalogue):
    publisher = URIRef(f"{BASE.iri}catalog#publisher")
    assert set(catalogue.objects(None, DCT.publisher)) == {publisher}
    assert set(catalogue.objects(publisher, FOAF.name)) == {
        Literal("Miljögrafens redaktion", lang="sv"),
        Literal("The editors of Miljögrafen", lang="en"),
    }
    assert set(catalogue.objects(None, DCAT.contactPoint)) == set()


def test_an_agency_publishes_under_its_organisation_number(by_an_agency):
    catalogue = said(by_an_agency, "catalogue")
    agency = URIRef("http://dataportal.se/organisation/SE2021001975")
    assert set(catalogue.objects(None, DCT.publisher)) == {agency}
    assert set(catalogue.objects(agency, DCT.identifier)) == {Literal("202100-1975")}
    contact = URIRef("https://data.example.org/catalog#contact")
    assert set(catalogue.objects(None, DCAT.contactPoint)) == {contact}


def test_a_high_value_dataset_is_marked_with_one_of_its_distributions_and_the_service(by_an_agency):
    catalogue = said(by_an_agency, "catalogue")
    dataset = URIRef("https://data.example.org/id/dataset/forest-birds-2024")
    regulation = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
    assert set(catalogue.subjects(DCATAP.hvdCategory)) == {dataset, URIRef("https://data.example.org/sparql")}
    marked = set(catalogue.subjects(DCATAP.applicableLegislation, regulation))
    assert marked & set(catalogue.objects(dataset, DCAT.distribution))


def test_another_publisher_is_another_release(few_built):
    curated = read_all(few_built / "tables")
    agency = EDITORS.model_copy(update={"organisation_number": "202100-1975"})
    assert compose(curated, BASE).release_id != compose(curated, BASE, agency).release_id


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('type = "NationalAuthority"', "", 'publisher.toml, type: it is missing; write it, such as type = "'),
        ("name = {", 'name = "The Agency" # {', "name: it is to be a table: {key = value}"),
        ('"NationalAuthority"', '"Authority"', "type: it is to be 'Academia"),
        ('"NationalAuthority"', '"NationalAuthorities"', "; is NationalAuthority meant?"),
        ("202100-1975", "202100-1976", "its check digit is wrong"),
        ("202100-1975", "2021001975", "organisation_number: write it like 202100-1975"),
        ("https://www", "javascript:www", "homepage"),
        ("data@example.org", "data at example.org", "contact.email"),
        ("contact = {", "contacts = {", "contacts: there is no such line; is contact meant?"),
        ('en = "Open data", ', "", "contact.en: it is missing; write it, such as en = "),
        ("[high_value]", "[high_value", "this is not TOML"),
        ('en = "Open data"', 'en = "Open\\u0000data"', "contact.en: the text has a control character or a line break"),
        ('sv = "Öppna data"', 'sv = "�ppna data"', "contact.sv: the text has �, which stands where a letter was lost"),
        ('en = "Open data"', 'en = " "', "contact.en: there is nothing but white space"),
    ],
)
def test_a_publisher_that_cannot_be_is_refused_with_the_reason(tmp_path, was, becomes, told):
    assert was in AGENCY
    with pytest.raises(BadPublisher, match=re.escape(told)) as refused:
        read_publisher(publisher_file(tmp_path, AGENCY.replace(was, becomes)))
    assert "publisher.toml" in str(refused.value)


def test_high_value_datasets_need_a_contact(tmp_path):
    text = "\n".join(line for line in AGENCY.splitlines() if not line.startswith("contact"))
    with pytest.raises(BadPublisher, match="need a contact"):
        read_publisher(publisher_file(tmp_path, text))


def test_a_high_value_dataset_that_is_not_there_is_refused(tmp_path, release):
    publisher = read_publisher(publisher_file(tmp_path, AGENCY.replace("forest-birds-2024", "no-such-set")))
    content = compose(read_all(), BASE, publisher)
    stock = take_stock(ox.Store.read_only(str(release.store)), content, release.path)
    with pytest.raises(BadPublisher, match="no-such-set"):
        describe_listing(content, stock.listing)
