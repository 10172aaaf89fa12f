"""A document says the same facts in every format, says what it is itself, and shows what points to its thing."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import OrderedDict

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import DCTERMS, FOAF, RDF, Dataset, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import XSD

from endpoint.documents.jsonld import frame_of
from endpoint.documents.views import read_view, short
from endpoint.formats import DOCUMENTS, GRAPHS
from endpoint.workers import worker
from endpoint.workers.messages import About, Task
from loaders.release import Release
from ontology import iri
from ontology.kinds import KINDS
from ontology.namespaces import MG, VOID
from ontology.schemes import Profile
from tests import expected
from tests.conftest import BASE, NOT_IN_THE_TABLES
from tests.expected_shapes import properties_in_order
from tests.test_identifiers import links, related

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HERE = "http://localhost:8000"
OBJECTIVE = URIRef(f"{HERE}/id/objective/8")
DOCUMENT = URIRef(f"{HERE}/res/objective/8")
CODES = sorted(row["code"] for row in expected.rows("municipalities"))
PROFILE = f"{HERE}/def/profile/"

EACH_SORT = [
    "objective/8",
    "sdg/14.1",
    "row/objectives/8",
    "mapping/editors--objective-8--6.6",
    "slice/forest-birds-2024/SE",
    "dataset/forest-birds-2024",
    "source/regeringen-43485",
    "graph/regeringen-43485",
    "graph/vocabulary",
    "def/standing",
    "def/standing/editorial",
    "def/structure/area-year",
    "spec/EnvironmentalQualityObjective",
    "spec/followedUpBy",
    "spec/",
]
"""One document of each sort."""

# rdflib's own JSON-LD and TriG parsers still use the class it deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def load(client):
    """Loads the documents that JSON-LD names, from the endpoint alone."""

    def loader(url: str, _: object) -> dict[str, object]:
        assert url.startswith(f"{HERE}/"), url
        found = client.get(url)
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": found.json()}

    return loader


def triples(answer, load) -> set[tuple[str, str, str]]:
    """The statements of an answer as lines of N-Triples, read by a parser that is not ours."""
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type == "application/ld+json":
        quads = jsonld.to_rdf(answer.json(), {"documentLoader": load, "format": "application/n-quads"})
        graph = Graph().parse(data=quads, format="nt")
    elif media_type in {"application/trig", "application/n-quads"}:
        dataset = Dataset().parse(data=answer.content, format=media_type.replace("application/n-quads", "nquads"))
        graph = Graph()
        for subject, predicate, value, _ in dataset.quads():
            graph.add((subject, predicate, value))
    else:
        graph = Graph().parse(data=answer.content, format=media_type)
    return {tuple(term.n3() for term in triple) for triple in graph}


def turtle(client, path: str, **headers: str) -> Graph:
    answer = client.get(path, headers={"Accept": "text/turtle", **headers})
    assert answer.status_code == 200, answer.text
    return Graph().parse(data=answer.content, format="turtle")


# the formats


def test_a_document_can_be_had_in_all_formats_of_rdf():
    assert [f.name for f in DOCUMENTS] == ["turtle", "jsonld", "ntriples", "rdfxml", "trig", "nquads"]
    assert DOCUMENTS == GRAPHS


@pytest.mark.parametrize("path", EACH_SORT)
def test_every_format_says_the_same_facts(client, load, path):
    lines = client.get(f"/res/{path}.nt")
    assert lines.status_code == 200, lines.text
    facts = triples(lines, load)
    assert len(facts) > 7
    for format_ in DOCUMENTS:
        assert triples(client.get(f"/res/{path}.{format_.suffix}"), load) == facts, format_.name


@pytest.mark.parametrize("format_", DOCUMENTS, ids=lambda f: f.name)
def test_suffix_and_header_give_the_same_bytes(client, format_):
    negotiated = client.get("/res/objective/8", headers={"Accept": format_.media_types[0]})
    suffixed = client.get(f"/res/objective/8.{format_.suffix}", headers={"Accept": BROWSER})
    assert negotiated.content == suffixed.content
    for answer in (negotiated, suffixed):
        assert answer.headers["content-type"] == format_.content_type
        assert answer.headers["content-location"] == f"/res/objective/8.{format_.suffix}"
        varying = set(answer.headers["vary"].replace(" ", "").split(","))
        assert varying == {"Accept", "Accept-Language", "Accept-Profile", "Accept-Encoding"}


def test_statements_stand_in_the_graphs_of_their_sources(client, release: Release):
    store = ox.Store.read_only(str(release.store))
    dump = {str(quad) for quad in store}
    quads = [str(quad) for quad in ox.parse(client.get("/res/objective/8.trig").content, format=ox.RdfFormat.TRIG)]
    own = [quad for quad in quads if not re.search(r" <[^ ]*/id/graph/[a-z0-9-]+>$", quad)]
    assert {quad.partition(" ")[0].partition("?")[0].strip("<>") for quad in own} == {str(DOCUMENT)}
    assert set(quads) - set(own) <= dump
    assert len(quads) - len(own) > 100


def test_the_same_document_is_the_same_text_every_time_the_thing_first(client):
    first = client.get("/res/objective/8.ttl").text
    assert first == client.get("/res/objective/8.ttl", headers={"Cache-Control": "no-cache"}).text
    body = first.partition("\n\n")[2]
    assert body.startswith(f"<{OBJECTIVE}> ")
    assert body.partition(f"\n<{DOCUMENT}> ")[1]
    assert not re.search(r"\bns\d+:", first)


# what a document says of itself


@pytest.mark.parametrize("path", EACH_SORT)
def test_what_is_looked_up_about_a_thing_is_what_queries_find(release: Release, path):
    store = ox.Store.read_only(str(release.store))
    thing = str(release.base.localise(URIRef(iri.documented(f"res/{path}") or "")))
    rows = str(release.base.localise(MG.statedIn))
    told, spool = worker.answer(store, Task(parts=(About(thing, rows=rows, towards=10),)))
    with spool:
        found = set(ox.parse(spool.content(), format=ox.RdfFormat.N_QUADS))
    of_all = f"{{ BIND (<{thing}> AS ?s) }} UNION {{ <{thing}> <{rows}> ?s }}"
    said = store.query(f"SELECT ?g ?s ?p ?o {{ {of_all} GRAPH ?g {{ ?s ?p ?o }} }}")
    assert told.form == "graph"
    assert {ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in said} <= found
    pointing = {quad for quad in found if quad.object == ox.NamedNode(thing) and quad.subject != quad.object}
    there = set(store.quads_for_pattern(None, None, ox.NamedNode(thing)))
    assert pointing <= there
    assert len(pointing) == min(len(there), 10)


@pytest.mark.parametrize("path", EACH_SORT)
def test_a_document_says_what_it_is_about_its_release_and_its_date(client, release, path):
    graph = turtle(client, f"/res/{path}")
    (document,) = graph.subjects(RDF.type, FOAF.Document)
    assert str(document) == f"{HERE}/res/{path}"
    said = dict(graph.predicate_objects(document))
    before = {"sdg": "http://metadata.un.org/", "def": f"{HERE}/", "spec": f"{HERE}/"}
    assert said[FOAF.primaryTopic] == URIRef(before.get(path.split("/")[0], f"{HERE}/id/") + path)
    assert said[DCTERMS.isPartOf] == URIRef(f"{HERE}/releases/{release.id}")
    assert said[VOID.inDataset] == URIRef(f"{HERE}/id/dataset/miljograf")
    assert said[URIRef("http://www.w3.org/ns/dcat#version")] == Literal(release.id)
    assert said[DCTERMS.modified] == Literal(release.record["referenceDate"], datatype=XSD.date)


def test_a_document_names_all_the_sources_of_what_it_says(client):
    graph = turtle(client, "/res/objective/8")
    quads = ox.parse(client.get("/res/objective/8.nq").content, format=ox.RdfFormat.N_QUADS)
    graphs = {quad.graph_name.value.rpartition("/")[2] for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    named = {str(source).rpartition("/")[2] for source in graph.objects(DOCUMENT, DCTERMS.source)}
    assert named == graphs - {"vocabulary"}
    assert len(named) > 5


def test_a_document_has_a_licence_where_all_its_sources_state_one(client, release):
    stated = {source["id"]: source["licence"] for source in release.record["sources"]}
    cc0 = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert stated["editors"] == cc0
    assert stated["regeringen-43485"] is None
    for path, licences in {"def/standing": [cc0], "source/editors": [cc0], "objective/8": []}.items():
        answer = client.get(f"/res/{path}.ttl?profile=statements")
        graph = Graph().parse(data=answer.content, format="turtle")
        assert list(map(str, graph.objects(URIRef(f"{HERE}/res/{path}"), DCTERMS.license))) == licences
        assert related(answer, "license") == licences


# JSON-LD


def test_the_context_has_an_address_of_its_own(client):
    answer = client.get("/context.jsonld")
    assert answer.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/json-ld#context"'
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["@context"]["mg"] == f"{HERE}/spec/"


def test_json_ld_is_compact_and_names_its_context(client):
    said = client.get("/res/objective/8.jsonld").json()
    assert said["@context"] == f"{HERE}/context.jsonld"
    objective = said["@graph"][0]
    assert objective["id"] == str(OBJECTIVE)
    assert objective["type"] == "EnvironmentalQualityObjective"
    assert objective["number"] == 8
    assert objective["prefLabel"] == {"en": "Flourishing Lakes and Streams", "sv": "Levande sjöar och vattendrag"}
    assert objective["followedUpBy"] == f"{HERE}/id/actor/202100-6420"
    text = json.dumps(said["@graph"])
    assert '"@id"' not in text
    assert "http://www.w3.org" not in text


EACH_KIND = [name for name in KINDS if name not in NOT_IN_THE_TABLES]
"""The kinds that the release holds things of."""


def path_of(thing: str) -> str:
    """The path of the document about a thing."""
    return f"/{iri.document(BASE.canonical(thing))}"


def in_order(node: object) -> object:
    """JSON whose lists are sorted: the order of the values of a property says nothing in RDF."""
    if isinstance(node, dict):
        return {name: in_order(value) for name, value in node.items()}
    return sorted(map(in_order, node), key=_written) if isinstance(node, list) else node


def _written(node: object) -> str:
    return json.dumps(node, sort_keys=True)


@pytest.mark.parametrize("kind", EACH_KIND)
@pytest.mark.parametrize("profile", ["document", "statements"])
def test_json_ld_is_exactly_what_another_processor_makes_compact(client, load, one_of_each, kind, profile):
    """Expanding and compacting with the published context gives the same JSON, whatever the kind."""
    said = client.get(f"{path_of(one_of_each[kind])}.jsonld?profile={profile}").json()
    assert said["@context"] == f"{HERE}/context.jsonld"
    options = {"documentLoader": load, "graph": True}
    compacted = jsonld.compact(said, f"{HERE}/context.jsonld", options)
    assert in_order(compacted["@graph"]) == in_order(said["@graph"])
    expanded = jsonld.expand(said, {"documentLoader": load})
    assert one_of_each[kind] in {node["@id"] for node in expanded}


@pytest.mark.parametrize("kind", EACH_KIND)
def test_the_framed_profile_is_what_the_frame_of_the_kind_makes(client, load, one_of_each, kind):
    path = f"{path_of(one_of_each[kind])}.jsonld"
    framed = client.get(f"{path}?profile=framed")
    assert framed.headers["content-profile"] == f"<{PROFILE}framed>"
    frame = client.get(f"/frames/{kind}.jsonld")
    assert frame.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/json-ld#frame"'
    ours = framed.json()
    (root,) = jsonld.expand(ours, {"documentLoader": load})
    assert root["@id"] == one_of_each[kind]

    def made_of(said: object) -> set[str]:
        tree = jsonld.frame(said, frame.json(), {"documentLoader": load, "omitGraph": True})
        return set(jsonld.to_rdf(tree, {"documentLoader": load, "format": "application/n-quads"}).splitlines())

    lines = set(jsonld.to_rdf(ours, {"documentLoader": load, "format": "application/n-quads"}).splitlines())
    assert made_of(ours) == lines
    thing = {line for line in lines if line.startswith(f"<{one_of_each[kind]}>")}
    whole = made_of(client.get(path).json())
    assert thing == {line for line in whole if line.startswith(f"<{one_of_each[kind]}>")}
    assert len(thing) > 2


@pytest.mark.parametrize("kind", EACH_KIND)
def test_a_tree_has_the_properties_of_its_kind_in_the_order_of_the_shape(client, load, one_of_each, kind):
    tree = client.get(f"{path_of(one_of_each[kind])}.jsonld?profile=framed").json()
    names = [name for name in tree if name not in {"@context", "id", "type", "isPrimaryTopicOf"}]
    found = [meant(tree, name, load) for name in names]
    order = [str(BASE.localise(path)) for path in properties_in_order(kind)]
    assert set(found) <= set(order)
    assert found == [name for name in order if name in found]


def meant(tree: dict[str, object], name: str, load) -> str:
    """The property that a name of a tree means."""
    said = {"@context": tree["@context"], "id": tree["id"], name: tree[name]}
    (node,) = jsonld.expand(said, {"documentLoader": load})
    (property_,) = [key for key in node if key != "@id"]
    return property_


def test_a_tree_has_its_properties_in_the_order_of_the_shape_and_rows_and_names_inside(client):
    tree = client.get("/res/objective/8.jsonld?profile=framed").json()
    assert [name for name in tree if name not in {"@context", "id", "type"}] == [
        "notation",
        "number",
        "prefLabel",
        "page",
        "followedUpBy",
        "statedIn",
        "isPrimaryTopicOf",
    ]
    assert tree["followedUpBy"]["prefLabel"]["sv"] == "Havs- och vattenmyndigheten"
    (row,) = [row for row in tree["statedIn"] if row["table"] == "objectives"]
    assert row["source"]["id"] == f"{HERE}/id/source/regeringen-43485"
    assert "title" in row["source"]
    assert tree["isPrimaryTopicOf"]["id"] == str(DOCUMENT)
    assert "specification" not in json.dumps(tree)


@pytest.mark.parametrize("kind", EACH_KIND)
def test_the_expanded_form_is_what_another_processor_expands(client, load, one_of_each, kind):
    path = f"{path_of(one_of_each[kind])}.jsonld"
    compacted, expanded = client.get(path).json(), client.get(f"{path}?form=expanded").json()
    assert in_order(expanded) == in_order(jsonld.expand(compacted, {"documentLoader": load}))
    flattened = jsonld.flatten(compacted, None, {"documentLoader": load})
    assert in_order(expanded) == in_order([node for node in flattened if node.keys() != {"@id"}])


W3C = "http://www.w3.org/ns/json-ld#"
COMPACTED, EXPANDED = f"{W3C}compacted {W3C}flattened", f"{W3C}expanded {W3C}flattened"
FRAMED = f"{W3C}compacted {W3C}framed"


def ld(*named: str, more: str = "") -> str:
    """A media range that names JSON-LD in some profiles."""
    return f'application/ld+json;profile="{" ".join(named)}"{more}'


FORMS = [
    (ld(f"{W3C}compacted"), "", f"{COMPACTED} {PROFILE}document"),
    (ld(f"{W3C}flattened"), "", f"{COMPACTED} {PROFILE}document"),
    (ld(f"{W3C}expanded"), "?form=expanded", f"{EXPANDED} {PROFILE}document"),
    (ld(f"{W3C}flattened", f"{W3C}expanded"), "?form=expanded", f"{EXPANDED} {PROFILE}document"),
    (ld(f"{W3C}framed"), "?profile=framed", f"{FRAMED} {PROFILE}framed"),
    (ld(f"{W3C}framed", f"{W3C}compacted"), "?profile=framed", f"{FRAMED} {PROFILE}framed"),
    (ld(f"{PROFILE}statements"), "?profile=statements", f"{COMPACTED} {PROFILE}statements"),
    (ld("https://w3id.org/miljograf/def/profile/framed"), "?profile=framed", f"{FRAMED} {PROFILE}framed"),
    (
        ld(f"{PROFILE}statements", f"{W3C}expanded"),
        "?profile=statements&form=expanded",
        f"{EXPANDED} {PROFILE}statements",
    ),
    (ld(f"{W3C}expanded", "http://a.example/b"), "?form=expanded", f"{EXPANDED} {PROFILE}document"),
    (ld("http://a.example/b"), "", None),
    (ld(f"{W3C}frame"), "", None),
    (ld(""), "", None),
    ("application/ld+json", "", None),
    (f"{ld(f'{W3C}framed', more=';q=0.5')}, application/ld+json", "", None),
    (f"application/ld+json;q=0.5, {ld(f'{W3C}framed')}", "?profile=framed", f"{FRAMED} {PROFILE}framed"),
    (f"application/ld+json, {ld(f'{W3C}framed')}", "?profile=framed", f"{FRAMED} {PROFILE}framed"),
    (f"{ld(f'{W3C}framed', more=';q=0')}, application/ld+json", "", None),
    (f"{ld('http://a.example/b')}, {ld(f'{W3C}expanded', more=';q=0.1')}", "?form=expanded",
     f"{EXPANDED} {PROFILE}document"),
    (f"{ld(f'{W3C}framed', more=';q=0.5')}, {ld(f'{W3C}expanded', more=';q=0.6')}", "?form=expanded",
     f"{EXPANDED} {PROFILE}document"),
    (f"TEXT/html;q=0.1, {ld(f'{W3C}expanded')}", "?form=expanded", f"{EXPANDED} {PROFILE}document"),
]  # fmt: skip
"""What is accepted, the parameters of what is sent, and the profiles that its media type tells."""


@pytest.mark.parametrize(("accepted", "parameters", "told"), FORMS)
def test_the_profile_of_the_media_type_chooses_a_form_and_the_answer_tells_it(client, accepted, parameters, told):
    answer = client.get("/res/objective/8", headers={"Accept": accepted})
    assert answer.status_code == 200
    assert answer.headers["content-location"] == f"/res/objective/8.jsonld{parameters}"
    assert answer.headers["content-type"] == "application/ld+json" + (f'; profile="{told}"' if told else "")
    assert "Accept" in answer.headers["vary"].split(", ")
    assert answer.content == client.get(answer.headers["content-location"]).content


def test_what_the_address_says_rules_over_the_profile_of_the_media_type(client):
    framed = client.get("/res/objective/8?profile=framed", headers={"Accept": ld(f"{W3C}expanded")})
    assert framed.headers["content-type"] == f'application/ld+json; profile="{FRAMED} {PROFILE}framed"'
    both = client.get("/res/objective/8?profile=statements", headers={"Accept": ld(f"{W3C}expanded")})
    assert both.headers["content-location"] == "/res/objective/8.jsonld?profile=statements&form=expanded"


def test_every_kind_has_a_frame(client):
    for kind in KINDS:
        assert client.get(f"/frames/{kind}.jsonld").json() == frame_of(kind, f"{HERE}/")
    answer = client.get("/frames/unicorn.jsonld")
    assert (answer.status_code, answer.json()["instead"].endswith("/kinds")) == (404, True)


# profiles


@pytest.mark.parametrize(
    ("accepted", "profile"),
    [
        (None, "document"),
        ("<{}statements>", "statements"),
        ("<https://w3id.org/miljograf/def/profile/statements>", "statements"),
        ("<{}statements>;q=0.5, <{}document>;q=0.9", "document"),
        ("<{}document>; q=0.1 , <{}statements>; q=0.8", "statements"),
        ("<https://example.org/other>", "document"),
        ("<{}framed>", "document"),  # which Turtle cannot be
        ("nonsense", "document"),
        ("<{}statements>;q=0", "document"),
        ("<{}statements>;q=x", "statements"),
    ],
)
def test_um_5_accept_profile_chooses_a_profile_and_content_profile_says_which(client, accepted, profile):
    headers = {"Accept": "text/turtle"} | ({"Accept-Profile": accepted.replace("{}", PROFILE)} if accepted else {})
    answer = client.get("/res/objective/8", headers=headers)
    assert answer.headers["content-profile"] == f"<{PROFILE}{profile}>"
    assert related(answer, "profile") == [f"{PROFILE}{profile}"]
    graph = Graph().parse(data=answer.content, format="turtle")
    assert graph.value(DOCUMENT, URIRef(f"{HERE}/spec/profile")) == URIRef(f"{PROFILE}{profile}")
    said_of = {subject for subject in graph.subjects() if subject not in {OBJECTIVE, DOCUMENT}}
    assert bool(said_of) == (profile == "document")


def test_a_client_that_wants_a_tree_gets_json_ld(client):
    answer = client.get("/res/objective/8", headers={"Accept-Profile": f"<{PROFILE}framed>"})
    assert answer.headers["content-location"] == "/res/objective/8.jsonld?profile=framed"
    assert answer.content == client.get("/res/objective/8.jsonld?profile=framed").content
    browser = client.get("/res/objective/8", headers={"Accept": BROWSER, "Accept-Profile": f"<{PROFILE}framed>"})
    assert browser.headers["content-type"] == "text/html; charset=utf-8"


def test_the_other_profiles_are_linked_with_the_formats_they_are_in(client):
    others = [parameters for _, parameters in links(client.head("/res/objective/8")) if "profile" in parameters]
    assert [(other["type"], other["profile"]) for other in others] == [
        ("text/turtle", f"{PROFILE}statements"),
        ("application/ld+json", f"{PROFILE}framed"),
    ]


# tables


def rows(client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_table_of_an_objective_is_its_links(client):
    found = rows(client, "/res/objective/8.csv")
    graph = turtle(client, "/res/objective/8")
    subject = URIRef(f"{HERE}/spec/mappingSubject")
    assert {row["mapping"] for row in found} == {str(mapping) for mapping in graph.subjects(subject, OBJECTIVE)}
    (row,) = [row for row in found if row["mapping"].endswith("editors--objective-8--6.6")]
    assert (row["notation"], row["relation"], row["standing"]) == (
        "6.6",
        f"{HERE}/spec/contributesTo",
        f"{HERE}/def/standing/editorial",
    )


def test_the_table_of_a_goal_is_the_links_to_it(client):
    assert f"{HERE}/id/objective/8" in {row["subject"] for row in rows(client, "/res/sdg/6.6.csv")}


def test_the_tables_of_a_series_and_its_data_set_have_its_values(client):
    series = rows(client, "/res/slice/forest-birds-2024/SE.csv")
    assert [row["period"] for row in series] == [str(year) for year in range(2002, 2025)]
    assert series[0]["value"] == "100"
    whole = rows(client, "/res/dataset/forest-birds-2024.csv")
    assert [row | {"thing": ""} for row in series] == [row | {"thing": ""} for row in whole]


def test_the_table_of_a_class_is_the_list_of_its_things(client, release):
    found = rows(client, "/res/spec/Municipality.csv")
    assert len(found) == release.record["counts"]["municipality"] == 290
    (row,) = [row for row in found if row["notation"] == "1280"]
    assert row["sv"] == "Malmö"


def test_the_table_of_a_scheme_is_its_concepts(client):
    assert {row["notation"] for row in rows(client, "/res/def/standing.csv")} == {"published", "editorial", "proposed"}


def test_where_a_table_would_say_nothing_there_is_none(client):
    assert client.get("/res/row/objectives/8.csv").status_code == 404
    answer = client.get("/res/row/objectives/8", headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert "text/csv" not in answer.json()["available"]
    assert "text/csv" in client.get("/res/objective/8", headers={"Accept": "image/png"}).json()["available"]


# links


def test_a_document_has_the_links_of_signposting(client, release):
    answer = client.head("/res/def/standing/editorial")
    document = f"{HERE}/res/def/standing/editorial"
    assert related(answer, "cite-as") == related(answer, "describes") == [f"{HERE}/def/standing/editorial"]
    assert related(answer, "canonical") == [document]
    assert related(answer, "type") == ["http://www.w3.org/2004/02/skos/core#Concept"]
    assert related(answer, "license") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert related(answer, "collection") == [f"{HERE}/res/def/standing"]
    assert set(related(answer, "describedby")) == {f"{document}.{format_.suffix}" for format_ in DOCUMENTS}
    assert {f"{document}.sv.html", f"{document}.en.html"} <= set(related(answer, "alternate"))
    members = {f"{HERE}/res/def/standing/{name}" for name in ("published", "editorial", "proposed")}
    assert set(related(client.head("/res/def/standing"), "item")) == members


@pytest.mark.parametrize("path", EACH_SORT)
def test_every_link_to_another_form_answers_in_its_type_and_language(client, path):
    answer = client.get(f"/res/{path}")
    assert sum(map(len, answer.headers.raw[0])) < 8000
    for target, parameters in links(answer):
        if "type" in parameters:
            other = client.get(target)
            assert other.status_code == 200, target
            assert other.headers["content-type"].partition(";")[0] == parameters["type"]
            assert other.headers.get("content-language") == parameters.get("hreflang")


def test_the_links_of_a_page_are_those_of_its_data(client):
    page, data = client.head("/res/objective/8.sv.html"), client.head("/res/objective/8.ttl")
    for relation in ("describes", "cite-as", "canonical", "alternate", "collection"):
        assert related(page, relation) == related(data, relation)


# what points to a thing, page by page


def pointing(client, path: str, through: str, thing: str) -> tuple[list[str], list[str]]:
    """What a page shows of a relation, and where the next one is."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    graph = Graph().parse(data=answer.content, format="turtle")
    return sorted(map(str, graph.subjects(URIRef(through), URIRef(thing)))), related(answer, "next")


@pytest.mark.parametrize(
    ("path", "through", "thing"),
    [
        ("/res/objective/8.ttl", f"{HERE}/spec/assessedObjective", str(OBJECTIVE)),  # sorted and cut here
        ("/res/spec/Municipality.ttl", str(RDF.type), f"{HERE}/spec/Municipality"),  # in the index of the release
    ],
)
def test_the_pages_of_a_document_have_all_that_points_to_its_thing_each_once_in_order(
    client, release, path, through, thing
):
    store = ox.Store.read_only(str(release.store))
    expected = {
        quad.subject.value for quad in store.quads_for_pattern(None, ox.NamedNode(through), ox.NamedNode(thing), None)
    }
    assert len(expected) > 50
    found, address = [], [path]
    while address:
        shown, following = pointing(client, address[0], through, thing)
        assert len(shown) <= 25
        found += shown
        address = [target.removeprefix(HERE) for target in following]
    assert found == sorted(expected)


def test_what_too_much_points_to_for_an_order_comes_in_pages_too(client, monkeypatch):
    monkeypatch.setattr("endpoint.dataset.MOST_IN_ORDER", 100)
    monkeypatch.setattr(client.app.state.site, "recent", OrderedDict())
    found, address = [], ["/res/spec/Municipality.nt"]  # which no other test asks for: answers are kept
    while address:
        shown, following = pointing(client, address[0], str(RDF.type), f"{HERE}/spec/Municipality")
        found += shown
        address = [target.removeprefix(HERE) for target in following]
    assert found != sorted(found) == [f"{HERE}/id/municipality/{code}" for code in CODES]


def test_what_is_not_all_shown_is_counted_in_the_data(client):
    graph = turtle(client, "/res/spec/Municipality")
    part = URIRef(f"{HERE}/res/spec/Municipality?through=rdf:type")
    assert (URIRef(f"{HERE}/res/spec/Municipality"), URIRef("http://rdfs.org/ns/void#propertyPartition"), part) in graph
    assert graph.value(part, URIRef("http://rdfs.org/ns/void#triples")) == Literal(290)
    assert graph.value(part, URIRef("http://rdfs.org/ns/void#property")) == RDF.type


def test_a_page_is_about_one_relation_where_that_is_asked_for(client):
    answer = client.get("/res/spec/Municipality.ttl?through=rdf:type&page=12")
    assert related(answer, "prev") == [f"{HERE}/res/spec/Municipality.ttl?through=rdf:type&page=11"]
    assert related(answer, "next") == []
    assert related(answer, "canonical") == [f"{HERE}/res/spec/Municipality?through=rdf:type&page=12"]
    graph = Graph().parse(data=answer.content, format="turtle")
    assert len(set(graph.subjects(RDF.type, URIRef(f"{HERE}/spec/Municipality")))) == 290 - 11 * 25
    predicates = set(graph.predicates(None, URIRef(f"{HERE}/spec/Municipality")))
    assert predicates == {RDF.type, FOAF.primaryTopic}


def test_a_page_for_people_leads_on_and_back(client):
    first = client.get("/res/spec/Municipality.en.html").text
    (following,) = re.findall(r'href="(/res/spec/Municipality\.en\.html\?through=rdf:type&amp;page=2)#incoming"', first)
    second = client.get(following.replace("&amp;", "&")).text
    assert "and 240 more" in second
    shown = [re.findall(r'href="/res/municipality/(\d{4})\.en\.html"', html) for html in (first, second)]
    assert [CODES[:25], CODES[25:50]] == [list(dict.fromkeys(found)) for found in shown]
    assert "previous page" in second
    assert 'href="/res/spec/Municipality.sv.html?through=rdf:type&amp;page=2"' in second


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld", ".sv.html"])
@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ("page=0", 400, "page"),
        ("page=-1", 400, "page"),
        ("page=x", 400, "page"),
        ("page=1.5", 400, "page"),
        ("page=", 400, "page"),
        ("page=١", 400, "page"),
        ("page=99999999", 400, "page"),
        ("page=1&page=2", 400, "page"),
        ("page=4", 404, "page"),
        ("through=nonsense", 400, "through"),
        ("through=mg:<script>", 400, "through"),
        ("through=xx:name", 400, "through"),
        ("through=http://[", 400, "through"),
        ("through=http://example.org/%25zz", 400, "through"),
        ("through=http://example.org/{x}", 400, "through"),
        ("through=mg:strandOf", 404, "through"),
        ("through=rdfs:seeAlso&page=3", 404, "through"),
        ("profile=nonsense", 400, "profile"),
        ("form=nonsense", 400, "form"),
        ("profile=framed&form=expanded", 400, "form"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named_with_what_can(client, suffix, asked, status, parameter):
    answer = client.get(f"/res/objective/8{suffix}?{asked}", headers={"Accept": "application/problem+json, */*;q=0.1"})
    assert answer.status_code == status, answer.text
    assert answer.json()["parameter"] == parameter
    assert parameter in answer.json()["detail"]
    assert "<script>" not in client.get(f"/res/objective/8{suffix}?{asked}", headers={"Accept": BROWSER}).text


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/res/dataset/ghg-county-2026-08.csv", "*/*"),
        ("/res/dataset/ghg-county-2026-08", "text/csv"),
        ("/res/county/12.geojson", "*/*"),
        ("/res/county/12", "application/geo+json"),
    ],
)
def test_a_table_and_a_map_are_whole_and_lead_to_no_page(client, path, media_type):
    answer = client.get(path, headers={"Accept": media_type})
    assert (answer.status_code, related(answer, "next"), related(answer, "last")) == (200, [], [])
    assert related(client.get(path.partition(".")[0]), "next")
    if "." in path:
        for asked in ("page=2", "through=mg:county"):
            part = client.get(f"{path}?{asked}")
            assert (part.status_code, part.json()["parameter"]) == (400, asked.partition("=")[0])
            assert "which is whole. Leave it out." in part.json()["detail"]


def test_a_tree_in_another_format_than_json_ld_is_refused(client):
    for asked in ("profile=framed", "form=expanded"):
        answer = client.get(f"/res/objective/8.ttl?{asked}")
        assert answer.status_code == 400
        assert ".jsonld" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/res/county/12.geojson", "/res/objective/8.csv", "/res/objective/8.html", "/res/objective/8.en.html"]
)
@pytest.mark.parametrize("profile", list(Profile))
def test_a_profile_in_a_format_that_has_none_is_refused(client, path, profile):
    answer = client.get(f"{path}?profile={profile}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "profile")
    assert f"There is no profile={profile} of .{path.rpartition('.')[2]}. Take ." in answer.json()["detail"]
    assert client.get(path, headers={"Accept-Profile": f"<{PROFILE}{profile}>"}).status_code == 200


@pytest.mark.parametrize("profile", list(Profile))
def test_a_browser_that_asks_for_a_profile_gets_it_and_who_takes_pages_alone_is_told(client, profile):
    answer = client.get(f"/res/objective/8?profile={profile}", headers={"Accept": BROWSER})
    assert answer.headers["content-profile"] == f"<{PROFILE}{profile}>"
    refused = client.get(f"/res/objective/8?profile={profile}", headers={"Accept": "application/geo+json"})
    assert refused.status_code == 406
    assert "application/geo+json" not in refused.json()["available"]


def test_a_parameter_of_others_is_let_be(client):
    assert client.get("/res/objective/8.ttl?utm_source=x").content == client.get("/res/objective/8.ttl").content


def test_a_property_is_written_and_read_in_short():
    for property_ in (MG.specificationOf, RDF.type, URIRef("http://example.org/p#q")):
        assert read_view({"through": short(property_)}).through == property_
    assert short(MG.specificationOf) == "mg:specificationOf"


def test_isomorphic_graphs_are_told_apart_by_this_test_of_facts(client, load):
    """The comparison above is no weaker than that of rdflib: there are no blank nodes to be taken for one another."""
    graph = turtle(client, "/res/objective/8")
    assert not any("_:" in term.n3()[:2] for triple in graph for term in triple)
    assert len(to_isomorphic(graph)) == len(triples(client.get("/res/objective/8.ttl"), load))
