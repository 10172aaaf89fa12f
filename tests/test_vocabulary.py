"""The vocabulary on one page for each language, as data, and its change log."""

from __future__ import annotations

import gzip
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from html import unescape

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.formats import DOCUMENTS
from endpoint.settings import Settings
from loaders.release import Release
from ontology import iri
from ontology.base import CANONICAL
from ontology.files import vocabulary
from ontology.kinds import KINDS
from ontology.log import Change, Entry, authored_log, read_log
from ontology.namespaces import MG, OWN_TERMS, QB, SCHEMA, prefixes
from ontology.text import LANGUAGES
from tests.conftest import BASE
from tests.expected_shapes import graph_of, properties_in_order, property_shapes
from tests.test_documents import load, triples  # noqa: F401 - a fixture
from tests.test_identifiers import related
from tests.test_pages import Page

HERE = "http://localhost:8000"
GRAPH = f"{HERE}/id/graph/vocabulary"

# rdflib's own JSON-LD and TriG parsers still use the class it deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def pages(client) -> dict[str, str]:
    """The page in each language."""
    found = {language: client.get(f"/{language}/vocabulary") for language in LANGUAGES}
    assert {answer.status_code for answer in found.values()} == {200}
    return {language: answer.text for language, answer in found.items()}


@pytest.fixture(scope="module")
def whole() -> Graph:
    return vocabulary()


def section(page: str, anchor: str) -> str:
    """The part of the page about a class, from its heading to the next."""
    begun = page.partition(f'<h3 id="{anchor}">')[2]
    assert begun, anchor
    return re.split(r"<h[23] ", begun)[0]


def anchor_of(cls: URIRef) -> str:
    if cls in MG:
        return cls.removeprefix(str(MG))
    return next(f"{p}-{cls.removeprefix(space)}" for p, space in prefixes().items() if cls.startswith(space))


def rows(page: str, anchor: str) -> list[list[str]]:
    """The cells of the table of a class, as text."""
    table = section(page, anchor).partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in row] for row in cells]


def curie(term: str) -> str:
    return next(f"{p}:{term.removeprefix(space)}" for p, space in prefixes().items() if term.startswith(space))


# what stands on the page


STRUCTURES = ("DataStructureDefinition", "SliceKey", "ComponentSpecification")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_scheme_and_concept_has_a_place_of_its_own(pages, whole, language):
    ids = Counter(attributes["id"] for _, attributes in Page(pages[language]).elements if "id" in attributes)
    assert [name for name, number in ids.items() if number > 1] == []
    schemes = {*whole.subjects(RDF.type, SKOS.ConceptScheme), *whole.subjects(RDF.type, SKOS.Concept)}
    structures = {part for type_ in STRUCTURES for part in whole.subjects(RDF.type, QB[type_])}
    assert len(structures) > 10
    schemes |= structures
    wanted = {*OWN_TERMS, *(scheme.removeprefix(CANONICAL).replace("/", "-") for scheme in schemes)}
    assert wanted - ids.keys() == set()
    borrowed = {s for s in whole.subjects() if not s.startswith(CANONICAL)}
    assert {anchor_of(term) for term in borrowed} - ids.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_within_the_page_leads_somewhere(pages, language):
    page = Page(pages[language])
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    within = {str(a["href"])[1:] for a in page.of("a") if str(a.get("href")).startswith("#")}
    assert len(within) > 200
    assert within - ids == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_properties_of_a_class_stand_in_the_order_of_its_shape(pages, kind):
    expected = [curie(path) for path in properties_in_order(kind)]
    assert expected
    for page in pages.values():
        assert [row[0].rpartition(" ")[2] for row in rows(page, anchor_of(KINDS[kind].cls))] == expected


@pytest.mark.parametrize(
    ("cls", "property_", "in_swedish", "in_english"),
    [
        ("MilestoneTarget", "skos:notation", "exakt 1", "exactly 1"),
        ("MilestoneTarget", "mg:targetYear", "högst 1", "at most 1"),
        ("MilestoneTarget", "mg:decidedBy", "högst 1, bör finnas", "at most 1, should be there"),
        ("MilestoneTarget", "mg:relatedObjective", "hur många som helst", "any number"),
        ("MilestoneTarget", "mg:statedIn", "minst 1", "at least 1"),
        (
            "MilestoneTarget",
            "skos:prefLabel",
            "minst 1, högst 1 per språk, bör finnas på båda språken",
            "at least 1, at most 1 in each language, should be there in both languages",
        ),
        ("Retirement", "mg:retirementReason", "exakt 1 per språk", "exactly 1 in each language"),
    ],
)
def test_how_many_values_there_are_is_said_in_words(pages, cls, property_, in_swedish, in_english):
    for language, words in (("sv", in_swedish), ("en", in_english)):
        (row,) = [row for row in rows(pages[language], cls) if row[0].endswith(property_)]
        assert row[1] == words


@pytest.mark.parametrize(
    ("cls", "property_", "values"),
    [
        ("MilestoneTarget", "mg:decidedBy", "Actor"),
        ("MilestoneTarget", "mg:theme", "a concept of Theme of milestone targets"),
        ("MilestoneTarget", "mg:targetYear", "xsd:gYear"),
        ("MilestoneTarget", "mg:targetLevel", "text in Swedish or English"),
        ("Objective", "foaf:page", "an IRI"),
        ("qb-Observation", "sdmx-dimension:refArea", "Country, County, Municipality"),
        ("Mapping", "mg:mappingRelation", "contributes to, depends on, measured together with, is an indicator of"),
    ],
)
def test_the_values_that_a_property_can_have_are_said_in_words(pages, cls, property_, values):
    anchor = "EnvironmentalQualityObjective" if cls == "Objective" else cls
    (row,) = [row for row in rows(pages["en"], anchor) if row[0].endswith(property_)]
    assert row[2] == values


def test_the_numbers_of_uses_are_those_of_the_store(pages, release):
    store = ox.Store.read_only(str(release.store))
    uses: dict[str, set[tuple[str, str]]] = {}
    for quad in store.quads_for_pattern(None, None, None, None):
        uses.setdefault(quad.predicate.value, set()).add((str(quad.subject), str(quad.object)))
    for kind in KINDS.values():
        things = {s for s, o in uses[str(RDF.type)] if o == f"<{BASE.localise(kind.cls)}>"}
        said = section(pages["en"], anchor_of(kind.cls))
        assert re.search(r"([\d,]+) things? in the release", said)[1].replace(",", "") == str(len(things))
    for name in ("followedUpBy", "number", "measureStatus", "maxSeconds"):
        entry = pages["en"].partition(f'<div id="{name}">')[2].partition("</div>")[0]
        said = re.search(r"([\d,]+) statements? in the release", entry)[1].replace(",", "")
        assert int(said) == len(uses.get(f"{HERE}/spec/{name}", ())), name


def test_what_a_release_says_of_things_agrees_with_the_domains_and_ranges(whole, release):
    store = ox.Store.read_only(str(release.store))
    types: dict[object, set[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None, None):
        types.setdefault(quad.subject, set()).add(quad.object.value)

    def classes(term: URIRef, *predicates: URIRef) -> set[str]:
        return {str(BASE.localise(cls)) for predicate in predicates for cls in whole.objects(term, predicate)}

    wrong = set()
    for term in (MG[name] for name in OWN_TERMS):
        domain = classes(term, RDFS.domain, SCHEMA.domainIncludes)
        reach = classes(term, RDFS.range, SCHEMA.rangeIncludes)
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(BASE.localise(term))), None, None):
            for node, expected in ((quad.subject, domain), (quad.object, reach)):
                known = types.get(node)
                if known and expected and known.isdisjoint({*expected, str(OWL.Thing)}):
                    wrong.add((str(term), *sorted(known)))
    assert wrong == set()


def test_an_example_that_says_what_no_release_of_the_tables_does_tells_why(whole, release):
    store = ox.Store.read_only(str(release.store))
    declared = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
    unsaid = set()
    for term, text in whole.subject_objects(MG.example):
        example = f"{declared}{text}".replace(CANONICAL, str(BASE.iri))
        for quad in ox.parse(example.encode(), format=ox.RdfFormat.TURTLE):
            is_of_a_thing = iri.parse(quad.subject.value.replace(str(BASE.iri), CANONICAL)) is not None
            is_stated = any(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None))
            if is_of_a_thing and not is_stated and not text.startswith("# "):
                unsaid.add((str(term), str(quad)))
    assert unsaid == set()


@pytest.mark.parametrize("kind", ["milestone-target", "measure", "observation", "row", "retirement"])
def test_it_is_told_how_many_things_have_each_property(pages, release, kind):
    store = ox.Store.read_only(str(release.store))
    cls = ox.NamedNode(str(BASE.localise(KINDS[kind].cls)))
    things = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), cls, None)}
    expected = [
        len(things & {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(str(path)), None, None)})
        for path in map(BASE.localise, properties_in_order(kind))
    ]
    shown = rows(pages["en"], anchor_of(KINDS[kind].cls))
    assert [int(row[3].replace(",", "")) for row in shown] == expected
    assert any(expected) == (kind != "retirement")


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_class_is_a_thing_of_the_release_as_it_is_there(pages, release, kind):
    cls = BASE.localise(KINDS[kind].cls)
    said = section(pages["sv"], anchor_of(KINDS[kind].cls))
    found = re.search(r"<pre[^>]*><code>(.*?)</code>", said, re.DOTALL)
    if not release.record["counts"][kind]:
        assert found is None
        assert "Inget exempel" in said
        return
    heads = "".join(f"@prefix {p}: <{BASE.localise(URIRef(space))}> .\n" for p, space in prefixes().items())
    example = Graph().parse(data=heads + Page(f"<pre>{found[1]}</pre>").texts[0], format="turtle")
    (thing,) = set(example.subjects())
    assert (thing, RDF.type, cls) in example
    store = ox.Store.read_only(str(release.store))
    there = {
        (quad.predicate.value, str(quad.object))
        for quad in store.quads_for_pattern(ox.NamedNode(thing), None, None, None)
    }
    assert len(example) == len(there)
    assert {predicate.toPython() for predicate in example.predicates()} == {predicate for predicate, _ in there}


def test_an_example_has_the_beginning_of_a_very_long_text_and_says_so(pages, release):
    store = ox.Store.read_only(str(release.store))
    wkt = ox.NamedNode("http://www.opengis.net/ont/geosparql#asWKT")
    shown = section(pages["en"], anchor_of(KINDS["geometry"].cls))
    (beginning,) = re.findall(r"geo:asWKT &#34;(.*?)…&#34;\^\^geo:wktLiteral", shown)
    (whole,) = (
        quad.object.value
        for quad in store.quads_for_pattern(None, wkt, None, None)
        if quad.object.value.startswith(unescape(beginning))
    )
    assert f"the longest has {len(whole):,} characters" in shown
    assert len(beginning) < 200
    assert "cut short" not in section(pages["en"], anchor_of(KINDS["objective"].cls))


def leading(kind: str) -> set[tuple[str, str, str]]:
    """Which kinds the shape of a kind lets its things lead to, and through what."""
    shapes = graph_of(kind)
    kinds = {other.cls: other.name for other in KINDS.values()}

    def classes(shape):
        yield from shapes.objects(shape, SH["class"])
        for listed in shapes.objects(shape, SH["or"]):
            for other in Collection(shapes, listed):
                yield from classes(other)

    return {
        (kind, str(shapes.value(shape, SH.path)), kinds[cls])
        for shape in property_shapes(kind)
        for cls in classes(shape)
        if cls in kinds
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_and_its_list_show_how_the_shapes_let_classes_lead_to_one_another(pages, language):
    page = pages[language]
    expected = set.union(*map(leading, KINDS))
    listed = re.findall(r"<li>(.*?)</li>", page.partition('<details class="relations">')[2].partition("</ul>")[0])
    found = set()
    for entry in listed:
        ends = re.findall(r'href="#([^"]+)"', entry)
        found |= {(ends[0], through, ends[-1]) for through in ends[1:-1]}
    anchors = {name: anchor_of(kind.cls) for name, kind in KINDS.items()}
    assert found == {(anchors[a], anchor_of(URIRef(p)), anchors[b]) for a, p, b in expected}
    drawn = page.partition('<svg class="diagram"')[2].partition("</svg>")[0]
    beside = {"row", "source", "retirement"}
    ways = {(a, b) for a, _, b in expected if a != b and beside.isdisjoint({a, b})}
    assert drawn.count('<path class="line"') == len(ways)
    boxes = re.findall(r'<a href="#([^"]+)" aria-label="([^"]+)"', drawn)
    assert {anchor for anchor, _ in boxes} == {anchors[name] for way in ways for name in way}


# as data


def test_the_whole_vocabulary_is_the_graph_of_the_dump_and_says_what_it_is(client, release):
    graph = Graph().parse(data=client.get("/vocabulary.ttl").content, format="turtle")
    dump = gzip.decompress((release.path / "dump" / "vocabulary.ttl.gz").read_bytes())
    dumped = Graph().parse(data=dump, format="turtle")
    own = {triple for triple in graph if triple[0] == URIRef(f"{HERE}/vocabulary")}
    assert set(graph) - own == set(dumped)
    assert URIRef(f"{HERE}/spec/") in {value for _, _, value in own}
    assert URIRef(f"{HERE}/releases/{release.id}") in {value for _, _, value in own}


@pytest.mark.parametrize("format_", DOCUMENTS, ids=lambda format_: format_.name)
def test_every_format_of_the_vocabulary_says_the_same(client, load, format_):  # noqa: F811
    named = client.get(f"/vocabulary.{format_.suffix}")
    asked = client.get("/vocabulary", headers={"Accept": format_.media_types[0]})
    assert named.status_code == asked.status_code == 200
    assert named.content == asked.content
    assert asked.headers["content-type"] == format_.content_type
    assert asked.headers["content-location"] == f"/vocabulary.{format_.suffix}"
    assert triples(named, load) == triples(client.get("/vocabulary.nt"), load)


def test_the_vocabulary_in_json_ld_is_compact_with_the_published_context(client, load):  # noqa: F811
    said = client.get("/vocabulary.jsonld").json()
    assert said["@context"] == f"{HERE}/context.jsonld"
    compacted = jsonld.compact(said, f"{HERE}/context.jsonld", {"documentLoader": load, "graph": True})
    by_id = {node["id"]: node for node in compacted["@graph"]}
    assert {node["id"]: node for node in said["@graph"]} == by_id


def test_each_statement_of_the_vocabulary_stands_in_its_graph(client):
    found = list(ox.parse(client.get("/vocabulary.nq").content, format=ox.RdfFormat.N_QUADS))
    outside = {quad.subject.value for quad in found if quad.graph_name != ox.NamedNode(GRAPH)}
    assert outside == {f"{HERE}/vocabulary"}


def test_a_browser_is_led_to_the_page_in_its_language(client):
    for language in LANGUAGES:
        headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": language}
        answer = client.get("/vocabulary", headers=headers)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/vocabulary")
        assert "Accept" in answer.headers["vary"]


def test_the_vocabulary_has_the_links_of_a_document(client):
    answer = client.head("/vocabulary")
    assert related(answer, "describes") == [f"{HERE}/spec/"]
    assert related(answer, "license") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    for target in related(answer, "alternate"):
        assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/vocabulary.csv", "*/*", 404),
        ("/vocabulary.<script>", "*/*", 404),
        ("/fi/vocabulary", "*/*", 404),
        ("/vocabulary", "image/png", 406),
    ],
)
def test_what_the_vocabulary_cannot_be_had_in_is_told(client, path, accept, status):
    answer = client.get(path, headers={"Accept": f"{accept}, application/problem+json;q=0.1"})
    assert answer.status_code == status
    assert "<script>" not in answer.text
    assert client.post("/vocabulary").status_code == 405


# where it is found


def test_it_is_found_from_every_page_the_sitemap_and_each_term(client):
    for language in LANGUAGES:
        address = f"/{language}/vocabulary"
        assert f'href="{address}"' in client.get(f"/{language}/").text.partition("<footer")[2]
        assert f'href="{address}"' in client.get(f"/{language}/query").text.partition("<main")[2]
        assert f"<loc>{HERE}{address}</loc>" in client.get("/sitemap.xml").text
        for path, anchor in (
            ("spec/MilestoneTarget", "#MilestoneTarget"),
            ("spec/followedUpBy", "#followedUpBy"),
            ("def/trend", "#def-trend"),
            ("def/trend/neutral", "#def-trend-neutral"),
            ("spec/", ""),
        ):
            main = client.get(f"/res/{path}.{language}.html").text.partition("<main")[2]
            assert f'href="{address}{anchor}"' in main, path


def test_the_ontology_leads_to_all_of_it(client):
    graph = Graph().parse(data=client.get("/res/spec/.ttl").content, format="turtle")
    (target,) = graph.objects(URIRef(f"{HERE}/spec/"), RDFS.seeAlso)
    assert client.get(str(target)).status_code == 200


def test_an_earlier_release_answers_for_its_own_vocabulary(release, tmp_path):
    """One that was made before there was a log, descriptions or shapes in a release has a page with what it knows."""
    earlier = tmp_path / "releases" / release.id
    shutil.copytree(release.path, earlier)
    (tmp_path / "current").write_text(f"{release.id}\n", encoding="ascii")
    for folder in ("vocabulary", "about", "shapes"):
        shutil.rmtree(earlier / folder)
    app = create_app(Release.open(earlier), Settings(tmp_path, workers=1))
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        for language in LANGUAGES:
            answer = client.get(f"/{language}/vocabulary")
            assert answer.status_code == 200
            assert 'id="MilestoneTarget"' in answer.text
            assert "vocabulary-changes" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", ["spec/Assessment", "spec/achievement", "def/standing/editorial", "def/trend"])
def test_the_page_of_a_term_begins_with_what_it_means_and_says_it_once(client, whole, term, language):
    meanings = {one.language: str(one) for one in whole.objects(URIRef(CANONICAL + term), SKOS.definition)}
    text = unescape(re.sub(r"</?code>", "", client.get(f"/res/{term}.{language}.html").text))
    first, _, rest = text.partition('<h2 id="properties">')
    assert meanings[language] in first.partition("<article>")[2]
    assert meanings[language] not in rest
    assert all(meaning in rest for other, meaning in meanings.items() if other != language)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("spec/Assessment.sv", ["Klass", "typ", "står på", "definieras av"]),
        ("spec/Assessment.en", ["Class", "type", "domain", "is defined by"]),
        ("spec/achievement.en", ["Property that leads to a thing", "domain", "range", "see also"]),
        ("spec/.en", ["Ontology", "version"]),
    ],
)
def test_the_page_of_a_term_calls_what_every_vocabulary_is_built_of_by_words(client, term, words):
    main = client.get(f"/res/{term}.html").text.partition("<article>")[2].partition("</article>")[0]
    said = [unescape(re.sub(r"<[^>]*>", "", one)).strip() for one in re.findall(r'class="word">(.*?)</span>', main)]
    said += [unescape(re.sub(r"<[^>]*>", "", one)).strip() for one in re.findall(r'class="kind">(.*?)</p>', main)]
    assert [word for word in words if word not in said] == []
    assert not re.search(r"<(?:h3|dt)>\s*<code>", main)


# the change log


def terms_after(entries: Iterable[Entry]) -> set[str]:
    """The terms that exist after some changes, as paths on the base.

    Raises ValueError where one is added twice, or changed or removed without being there.
    """
    found: set[str] = set()
    for entry in entries:
        for term in entry.terms:
            if (term in found) is (entry.change is Change.ADDED):
                raise ValueError(f"{entry.date}: {term} cannot be {entry.change}, as the log stands")
            if entry.change is Change.ADDED:
                found.add(term)
            elif entry.change is Change.REMOVED:
                found.remove(term)
    return found


def test_the_log_says_exactly_which_terms_there_are(whole):
    """A term that comes or goes asks for a row of `ontology/changes.csv`."""
    ours = {
        subject.removeprefix(CANONICAL)
        for subject in whole.subjects()
        if re.match(r"(spec|def)/.", subject.removeprefix(CANONICAL))
        and not {OWL.Class, *KINDS_OF_TERM}.isdisjoint(whole.objects(subject, RDF.type))
    }
    logged = terms_after(read_log(authored_log()))
    assert ours - logged == set(), "add these to ontology/changes.csv"
    assert logged - ours == set(), "ontology/changes.csv says that these exist"
    assert {f"spec/{name}" for name in OWN_TERMS} <= logged


KINDS_OF_TERM = (
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.ConceptScheme,
    SKOS.Concept,
)


def test_the_log_is_in_order_and_says_why_in_both_languages():
    entries = read_log(authored_log())
    assert [entry.date for entry in entries] == sorted(entry.date for entry in entries)
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.date)
        assert entry.terms
        assert entry.text.sv.strip()
        assert entry.text.en.strip()


@pytest.mark.parametrize(
    "rows_",
    [
        "2026-01-01,added,spec/A spec/A,x,x",
        "2026-01-01,changed,spec/A,x,x",
        "2026-01-01,removed,spec/A,x,x",
        "2026-01-01,added,spec/A,x,x\n2026-01-02,removed,spec/A,x,x\n2026-01-03,deprecated,spec/A,x,x",
        "2026-01-01,renamed,spec/A,x,x",
    ],
)
def test_a_log_that_contradicts_itself_is_refused(rows_):
    with pytest.raises(ValueError, match=r"spec/A|renamed"):
        terms_after(read_log(f"date,change,terms,sv,en\n{rows_}\n"))


def test_a_removed_term_is_gone_and_a_deprecated_one_is_not():
    table = "date,change,terms,sv,en\n2026-01-01,added,spec/A spec/B,x,x\n2026-01-02,removed,spec/A,x,x\n"
    assert terms_after(read_log(f"{table}2026-01-03,deprecated,spec/B,x,x\n")) == {"spec/B"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_of_the_release_is_shown_the_latest_first(pages, release, language):
    entries = read_log((release.path / "vocabulary" / "changes.csv").read_text(encoding="utf-8"))
    shown = pages[language].partition('id="vocabulary-changes"')[2]
    assert re.findall(r'<time datetime="([^"]+)"', shown) == [entry.date for entry in reversed(entries)]
    table = shown.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    texts = Page(f"<div>{table}</div>").texts
    for entry in entries:
        assert entry.text.in_(language) in texts
    assert Change.ADDED in {entry.change for entry in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prefixes_of_the_page_begin_a_query_that_uses_every_term_on_it(client, pages, language):
    block = re.search(r"<code>((?:PREFIX [^\n]*\n)+)</code>", pages[language])
    lines = unescape(block[1])
    written = set(re.findall(r"<code>(\w[\w-]*:\w[\w-]*)</code>", pages[language]))
    assert {"sdmx-dimension:refArea", "mg:statedIn", "sdgo:Goal"} <= written
    query = f"{lines}SELECT ?term {{ VALUES ?term {{ {' '.join(sorted(written))} }} }}"
    found = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(found) == len(written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_says_of_sparql_holds(client, pages, language):
    said = unescape(pages[language].partition('id="vocabulary-sparql"')[2].partition("<details>")[0])
    assert "^mg:indicatorOf" in said
    of_a_graph = re.search(r"GRAPH .*? \?graph dcterms:source \?source", said)[0]
    lines = unescape(re.search(r"<code>((?:PREFIX [^\n]*\n)+)</code>", pages[language])[1])
    query = f"{lines}SELECT DISTINCT ?source {{ {of_a_graph} . ?source a mg:Source }}"
    found = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(found) > 1
