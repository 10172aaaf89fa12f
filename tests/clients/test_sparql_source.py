"""SPARQL services as sources: what is asked, what becomes of the answer, and what is refused, with the reason.

The statements are made up, but for those that our own server gives.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.client import Patience
from loaders.composing import compose
from loaders.counties import CountyWikidata
from loaders.curated import read_all
from loaders.endings import ended_by_sources
from loaders.fetch import How, fetch
from loaders.identifiers import identifiers_of
from loaders.lifecycle import History
from loaders.live import BadSourcesFile, read_live_sources
from loaders.live_rows import NoLiveSource, read_catch, read_live
from loaders.publisher import EDITORS
from loaders.release import Releases
from loaders.sparql_source import SparqlStatements
from ontology.base import Base
from tests.builds import write_few_tables
from tests.expected import rows as lines
from tests.services import misbehaviour as ways
from tests.services.service import Rate
from tests.services.sparql import Sparql
from tests.serving import serving

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = read_live_sources(DOCS / "sparql-example.toml")["example-wikidata"]
BASE = Base("http://localhost:8000/")
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
PREFIXES = """@base <https://w3id.org/miljograf/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix mg: <https://w3id.org/miljograf/spec/> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = "<county/12> skos:closeMatch wd:Q103659 ."


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sparql")
    write_few_tables(folder / "tables")
    return folder / "tables"


@pytest.fixture(scope="module")
def rows(few):
    return read_all(few).rows


def source_at(address, query=ALL, **changes):
    """The example as a source at another address with another query."""
    asked = EXAMPLE.query.model_copy(update={"text": query, "least": 1, "most": 1000, **changes})
    return EXAMPLE.model_copy(
        update={"address": address, "is_private": True, "calls_per_second": 1000.0, "query": asked}
    )


def fetched(folder, source, rows):
    """What became of the source, and the rows that it gives."""
    how = How(patience=Patience(attempts=1), check=lambda source, cache, catch: read_catch(source, cache, catch, rows))
    (done,) = fetch(folder, [(source, None)], how)
    live = read_live(folder, {source.id: source}, rows).rows if done.why is None else ()
    return done, [row for row in live if isinstance(row, SparqlStatements)]


def said(folder, data, rows, **changes):
    """The same of a service with some data."""
    with Sparql(data=PREFIXES + data) as service:
        found = fetched(folder, source_at(service.address, **changes), rows)
        assert service.breaches == []
    return found


def test_our_own_server_can_be_asked_for_what_it_says_of_municipalities(tmp_path, release):
    here = BASE.iri
    query = EXAMPLE.query.text.replace(
        "?item wdt:P525 ?code .", "?own a mg:Municipality ; skos:notation ?code ; skos:closeMatch ?item ."
    )
    query = f"PREFIX mg: <{here}spec/>\n{query}"
    with serving(create_app(release, Settings(release.path.parent.parent, workers=1))) as (host, port):
        done, found = fetched(tmp_path, source_at(f"http://{host}:{port}/", query, least=290), read_all().rows)
    assert done.why is None
    expected = {row["municipality"]: row["wikidata"] for row in lines("municipality_wikidata")}
    assert {row.thing: str(row.said[0].term).rpartition("/")[2] for row in found} == expected
    assert {row.key.rpartition("/")[0] for row in found} == {"example-wikidata/municipality"}


def test_statements_stand_in_a_graph_of_the_source_and_a_row_that_is_given_no_more_ends(tmp_path, few, rows):
    one, other, *_ = (row for row in rows if isinstance(row, CountyWikidata))
    data = [f"<county/{row.county}> skos:closeMatch wd:{row.wikidata} ." for row in (one, other)]
    with Sparql(data=PREFIXES + "\n".join(data)) as service:
        source = source_at(service.address)
        assert fetched(tmp_path, source, rows)[0].why is None
        assert [request.headers["user-agent"][:12] for request in service.requests] == ["Miljografen/"]
        build(tmp_path, BASE, few, sources={source.id: source})
        service.data = PREFIXES + data[0]
        (done,) = fetch(tmp_path, [(source, None)], How(is_anew=True))
        assert (done.why, service.breaches) == (None, [])
    store = ox.Store.read_only(str(Releases(tmp_path).current().store))
    graph = ox.NamedNode(f"{BASE.iri}id/graph/example-wikidata")
    county = ox.NamedNode(f"{BASE.iri}id/county/{one.county}")
    about = {quad.predicate.value.rpartition("/")[2] for quad in store.quads_for_pattern(county, None, None, graph)}
    assert about == {"core#closeMatch", "statedIn"}
    terms = {quad.object.value for quad in store.quads_for_pattern(graph, None, None, graph)}
    assert {EXAMPLE.licence, f"{BASE.iri}id/source/example-wikidata"} <= terms
    curated = read_all(few).with_live(read_live(tmp_path, {source.id: source}, rows).rows)
    named, _ = identifiers_of(BASE, compose(curated, BASE, EDITORS).graphs)
    ended = [row.identifier for row in ended_by_sources(curated, named, "2030-01-01", History(Releases(tmp_path)))]
    assert ended == [f"id/row/sparql_statements/example-wikidata/county/{other.county}"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("<http://example.org/a> skos:closeMatch wd:Q1 .", "its subject is no thing of ours"),
        ("[] skos:closeMatch wd:Q1 .", "its subject is no thing of ours"),
        ("<county/11> skos:closeMatch wd:Q1 .", "there is no county 11 in the tables"),
        ('<county/12> mg:longName "Skåne"@sv .', "a county has no such property"),
        ("<county/12> a mg:Municipality .", "a county has no such property"),
        ("<county/12> mg:statedIn <row/counties/12> .", "a county has no such property"),
        ('<county/12> skos:prefLabel "Sk\ufffdne"@sv .', "stands where a letter was lost"),
        ('<county/12> skos:prefLabel "Sk\\u0007ne"@sv .', "character 3 is U+0007, which no text can have"),
        ("<county/12> skos:closeMatch [] .", "its value has no IRI"),
        ("<county/12> mg:countyBoard <actor/nobody> .", "its value is the actor nobody, which is not in the tables"),
    ],
)
def test_what_the_shapes_do_not_allow_is_told_and_nothing_is_taken(tmp_path, rows, data, why):
    done, found = said(tmp_path, f"{GOOD}\n{data}", rows)
    assert why in done.why
    assert "1 of the statements cannot be taken" in done.why
    assert (done.kept, found) == (None, [])


def test_of_many_faults_the_first_are_told_and_the_others_counted(tmp_path, rows):
    done, _ = said(tmp_path, "\n".join(f"<county/12> mg:n{n} {n} ." for n in range(9)), rows)
    assert done.why.count("a county has no such property") == 5
    assert done.why.endswith("; and 4 more")


def test_too_few_and_too_many_statements_are_refused(tmp_path, rows):
    assert "1 statements, and 2 are expected" in said(tmp_path / "a", GOOD, rows, least=2)[0].why
    assert (
        "more than 1 statements"
        in said(tmp_path / "b", GOOD + "<county/03> skos:closeMatch wd:Q1 .", rows, most=1)[0].why
    )


@pytest.mark.parametrize(
    ("way", "why"),
    [
        (ways.failing(), "status 500"),
        (ways.web_page(), "this is a web page"),
        (ways.broken(), "the Turtle is cut off"),
        (ways.cut(), "the connection failed"),
        (ways.silent(), "the connection failed"),
        (ways.redirecting("http://10.0.0.1/sparql"), "10.0.0.1"),
        (ways.instead({"results": []}), "this is not Turtle"),
    ],
)
def test_a_service_that_misbehaves_changes_nothing_of_what_was_got_before(tmp_path, rows, way, why):
    with Sparql(data=PREFIXES + GOOD) as service:
        source = source_at(service.address)
        assert len(fetched(tmp_path, source, rows)[1]) == 1
        service.misbehave(way, times=None)
        how = How(is_anew=True, patience=Patience(attempts=1))
        (done,) = fetch(tmp_path, [(source, None)], how)
    assert why in done.why
    live = read_live(tmp_path, {source.id: source}, rows)
    assert [row.thing for row in live.rows if isinstance(row, SparqlStatements)] == ["12"]
    assert live.freshness[0].stale_since is not None


def test_a_private_address_is_asked_only_where_the_operator_says_so(tmp_path, rows):
    with Sparql(data=PREFIXES + GOOD) as service:
        source = source_at(service.address).model_copy(update={"is_private": False})
        done, _ = fetched(tmp_path, source, rows)
        assert service.requests == []
    assert "it was not asked" in done.why


def test_a_query_that_has_changed_is_asked_anew(tmp_path, rows):
    with Sparql(data=PREFIXES + GOOD, rate=Rate(5, 1.0)) as service:
        source = source_at(service.address)
        fetched(tmp_path, source, rows)
        changed = source_at(service.address, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER (isIRI(?o)) }")
        with pytest.raises(NoLiveSource, match=r"was not asked the query of sparql-example\.rq as it is now"):
            read_live(tmp_path, {source.id: changed}, rows)
        assert fetched(tmp_path, changed, rows)[0].why is None


@pytest.mark.parametrize(
    ("query", "lines", "why"),
    [
        ("SELECT * { ?s ?p ?o }", 'file = "q.rq"', "write a CONSTRUCT"),
        ("CONSTRUCT { ?s ?p", 'file = "q.rq"', "this is no SPARQL query: error at 1:18"),
        (ALL, 'file = "other.rq"', "cannot be read"),
        (ALL, 'file = "q.rq"\ntext = "CONSTRUCT WHERE { ?s ?p ?o }"', "a query stands in a file of its own"),
        (ALL, 'file = "q.rq"\nservice = "../sparql"', "at a path below the address"),
        (ALL, 'file = "q.rq"\nleast = 0', "example.query.least"),
    ],
)
def test_a_sources_file_with_a_query_that_cannot_be_asked_is_refused(tmp_path, query, lines, why):
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    own = EXAMPLE.model_dump(exclude={"id", "query", "table", "releases", "actor", "note"}, exclude_none=True)
    told = [f"{line} = {json.dumps(value, ensure_ascii=False)}" for line, value in own.items()]
    notes = ['note.sv = "Ett."', 'note.en = "One."']
    file = tmp_path / "sources.toml"
    file.write_text("\n".join(["[example]", *told, *notes, "[example.query]", lines]), encoding="utf-8")
    with pytest.raises(BadSourcesFile, match=why):
        read_live_sources(file)
