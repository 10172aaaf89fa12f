"""What looks one thing up is answered without a worker, as a worker would, documents too; all else is for workers."""

import asyncio
import gzip
import shutil
from itertools import count
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.sparql.parser import parseQuery

from endpoint.site import Site
from endpoint.workers import lookups
from endpoint.workers.lookups import Lookups, is_lookup
from endpoint.workers.member import CannotStart
from endpoint.workers.messages import About, Task
from endpoint.workers.pool import Pool
from endpoint.workers.said import statements
from endpoint.workers.spool import OverLimit
from endpoint.workers.worker import answer
from ontology.stores import opened

BASE = "http://localhost:8000/"
THING = f"{BASE}id/objective/8"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_NUMBERS = count(1)  # of variables: no query is one that was kept

LOOKUPS = {
    "all that is said": "SELECT ?p {v} {{ <{s}> ?p {v} }}",
    "a value": "SELECT {v} WHERE {{ <{s}> <{p}> {v} }}",
    "a prefixed name": "PREFIX s: <http://www.w3.org/2004/02/skos/core#>\nselect {v}{{<{s}> s:prefLabel {v}.}}",
    "everything in the pattern": "SELECT * WHERE {{ <{s}> ?p {v} . }}",
    "some rows": "SELECT $p {{ <{s}> ?p {v} }} LIMIT 2",
    "the classes": "SELECT {v} {{ <{s}> a {v} }}",
    "whether anything is said": "ASK {{ <{s}> ?p {v} }}",
    "whether there is a value": "ASK WHERE {{ <{s}> <{p}> {v} }}",
}
ASKED = {
    "what is not said": "ASK {{ <{s}> <{s}> {v} }}",
    "what is said of nothing": "ASK {{ <{s}/{v0}> ?p {v} }}",
    "a class that it has not": "ASK {{ <{s}> a <{s}/{v0}> }}",
    "no row that is wanted": "ASK {{ <{s}> ?p {v} }} LIMIT 0",
    "a statement with names": "PREFIX x: <{s}> ASK {{ x:y a x:z{v0} }}",
    "a relative name": "ASK {{ <id/objective/8> ?p {v} }}",
    "a statement": "ASK {{ <{s}> <{t}> <{c}> }}",
}
OTHERS = {
    "two patterns": "SELECT * {{ <{s}> ?p {v} ; ?q ?r }}",
    "a pattern after it": "SELECT * {{ <{s}> ?p {v} . {v} ?q ?r }}",
    "a variable about which": "SELECT * {{ {v} <{p}> ?o }}",
    "one variable twice": "SELECT * {{ <{s}> {v} {v} }}",
    "one variable in two ways": "SELECT * {{ <{s}> $a{v0} ?a{v0} }}",
    "what is not in the pattern": "SELECT ?other {{ <{s}> ?p {v} }}",
    "an expression": "SELECT (COUNT({v}) AS ?n) {{ <{s}> ?p {v} }}",
    "rows that differ": "SELECT DISTINCT ?p {{ <{s}> ?p {v} }}",
    "an order": "SELECT ?p {{ <{s}> ?p {v} }} ORDER BY ?p",
    "later rows": "SELECT ?p {{ <{s}> ?p {v} }} OFFSET 1",
    "a filter": "SELECT ?p {{ <{s}> ?p {v} FILTER(true) }}",
    "a path": "SELECT {v} {{ <{s}> <{p}>* {v} }}",
    "a named graph": "SELECT {v} {{ GRAPH ?g {{ <{s}> <{p}> {v} }} }}",
    "graphs of its own": "SELECT {v} FROM <{s}> {{ <{s}> <{p}> {v} }}",
    "values": "SELECT {v} {{ <{s}> <{p}> {v} }} VALUES {v} {{ 1 }}",
    "a comment": "SELECT {v} {{ <{s}> <{p}> {v} }} # {{",
    "a description": "DESCRIBE <{s}>",
    "a graph": "CONSTRUCT {{ <{s}> ?p {v} }} WHERE {{ <{s}> ?p {v} }}",
    "an anonymous thing": "SELECT {v} {{ [] <{p}> {v} }}",
    "very much of it": "SELECT {v} {{ <{s}> <{p}> {v} }}" + " " * 5000,
}


def written(query: str) -> str:
    """A query with a variable that no other one has."""
    number = next(_NUMBERS)
    return query.format(
        s=THING, p=LABEL, t=RDF.type, c=f"{BASE}spec/EnvironmentalQualityObjective", v=f"?v{number}", v0=number
    )


@pytest.fixture
def given_to_workers(monkeypatch):
    """The queries that workers are given."""
    queries = []

    async def ask(pool, task, *others):
        queries.append(task.query or str(task.parts))
        return await asked(pool, task, *others)

    asked = Pool.ask
    monkeypatch.setattr(Pool, "ask", ask)
    return queries


@pytest.fixture(scope="module")
def said(release):
    """What the dump of the release says of the thing: properties and values, each pair once."""
    lines = gzip.decompress((release.path / "dump" / "all.nq.gz").read_bytes()).decode().splitlines()
    about = (f"{line.rpartition(' <')[0]} ." for line in lines if line.startswith(f"<{THING}> "))
    return {(p, o) for _, p, o in Graph().parse(data="\n".join(about), format="nt")}


def ask(client, query, **parameters):
    accept = {"Accept": "application/sparql-results+json"}
    return client.get("/sparql", params={"query": query} | parameters, headers=accept)


@pytest.fixture(scope="module")
def things(release):
    """Some things of each kind, terms and rows among them, as the dump has them; each with what is told of it there.

    Beside these, the thing of the lookups, and that of which most is said.
    """
    lines = gzip.decompress((release.path / "dump" / "all.nq.gz").read_bytes()).decode().splitlines()
    of = {}
    for line in lines:
        of.setdefault(line.partition("> ")[0][1:], []).append(line)
    ours = [thing for thing in of if thing.startswith(BASE)]
    chosen = {}
    for thing in sorted(ours):
        chosen.setdefault(thing.removeprefix(BASE).rpartition("/")[0], []).append(thing)
    few = [thing for some in chosen.values() for thing in some[:3]]
    return {thing: of[thing] for thing in [*few, THING, max(ours, key=lambda thing: len(of[thing]))]}


@pytest.mark.parametrize("query", LOOKUPS.values(), ids=LOOKUPS)
def test_a_lookup_is_answered_without_a_worker(client, given_to_workers, query):
    text = written(query)
    assert is_lookup(text)
    answer = ask(client, text)
    assert answer.status_code == 200
    assert answer.json().get("boolean", True) is True
    assert answer.json().get("results", {"bindings": [1]})["bindings"]
    assert given_to_workers == []


@pytest.mark.parametrize("query", ASKED.values(), ids=ASKED)
def test_what_is_so_is_told_and_what_is_not(client, query):
    is_so = ask(client, written(query)).json()["boolean"]
    assert is_so == (query in {ASKED["a relative name"], ASKED["a statement"]})


@pytest.mark.parametrize("query", OTHERS.values(), ids=OTHERS)
def test_all_else_is_for_a_worker(client, given_to_workers, query):
    text = written(query)
    assert not is_lookup(text)
    client.get("/sparql", params={"query": text})
    assert text.strip() in [query.strip() for query in given_to_workers]


@pytest.mark.parametrize("parameters", [{"partial": "1"}, {"default-graph-uri": f"{BASE}id/graph/naturvardsverket"}])
def test_a_lookup_with_wishes_of_its_own_is_for_a_worker(client, given_to_workers, parameters):
    assert ask(client, written(LOOKUPS["a value"]), **parameters).status_code == 200
    assert given_to_workers


def test_a_lookup_gives_what_the_dump_says(client, said):
    rows = ask(client, written(LOOKUPS["everything in the pattern"])).json()["results"]["bindings"]
    assert len(rows) == len(said)
    assert {URIRef(row["p"]["value"]) for row in rows} == {p for p, _ in said}
    values = {next(each["value"] for name, each in row.items() if name != "p") for row in rows}
    assert values == {str(o) for _, o in said}


def test_what_is_long_is_answered_by_a_worker_and_is_whole(client, given_to_workers, said, monkeypatch):
    monkeypatch.setattr(lookups, "_MOST_BYTES", 200)
    rows = ask(client, written(LOOKUPS["all that is said"])).json()["results"]["bindings"]
    assert len(rows) == len(said)
    assert len(given_to_workers) == 1


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", [*LOOKUPS.values(), *ASKED.values()], ids=[*LOOKUPS, *ASKED])
def test_it_is_answered_with_the_bytes_of_a_worker(client, given_to_workers, monkeypatch, query, format_):
    text = written(query)
    here = client.get("/sparql", params={"query": text, "format": format_})
    assert here.status_code == 200
    assert given_to_workers == []
    monkeypatch.setattr(Lookups, "answer", lambda *_: None)
    there = client.get("/sparql", params={"query": f"{text} ", "format": format_})
    assert given_to_workers == [f"{text} "]
    assert there.content == here.content
    assert there.headers["content-type"] == here.headers["content-type"]


@pytest.mark.parametrize(
    ("query", "task"),
    {
        "more rows than may be": ("SELECT ?p ?o { <%s> ?p ?o }", {"max_rows": 1}),
        "no format that it has": ("SELECT ?p ?o { <%s> ?p ?o }", {"results": None}),
        "a number that is none": ("SELECT ?p { <%s> ?p ?o } LIMIT 99999999999999999999999", {}),
        "an IRI that is none": ("SELECT ?p { <http://[%s> ?p ?o }", {}),
        "a prefix that is not told": ("SELECT ?o { <%s> skos:prefLabel ?o }", {}),
    }.values(),
)
def test_what_is_wrong_is_told_by_a_worker(release, query, task):
    text = query % THING
    assert is_lookup(text)
    found = Lookups(ox.Store.read_only(str(release.store)))
    assert found.answer(Task(text, **({"results": "json"} | task))) is None
    assert found.answer(Task(f"ASK {{ <{THING}> ?p ?o }}", results="json")) is not None


def about(thing, towards=500):
    return Task(parts=(About(thing, rows=f"{BASE}spec/statedIn", towards=towards),), naming=(LABEL,))


def test_what_is_said_of_a_thing_is_looked_up_with_the_bytes_of_a_worker(release, things):
    store = ox.Store.read_only(str(release.store))
    found, long = Lookups(store), []
    for thing, said in things.items():
        here = found.about(about(thing))
        told, spool = answer(store, about(thing))
        with spool:
            assert told.failed is None
            assert here in {None, spool.content()}
            assert here is not None or spool.content().count(b" .\n") > lookups._MOST_STATEMENTS
        if here is None:
            long.append(thing)
        else:
            assert sum(line.startswith(f"<{thing}> ") for line in here.decode().splitlines()) == len(said)
    assert len(long) < len(things) / 10


def test_what_much_is_said_of_is_for_a_worker(release, things, monkeypatch):
    found = Lookups(ox.Store.read_only(str(release.store)))
    most = len(things[THING])
    assert most > 1
    monkeypatch.setattr(lookups, "_MOST_STATEMENTS", most - 1)
    assert found.about(about(THING, towards=0)) is None
    monkeypatch.setattr(lookups, "_MOST_STATEMENTS", 10_000)
    assert found.about(about(THING, towards=0)) is not None


def test_what_asks_beside_that_is_for_a_worker(release):
    found = Lookups(ox.Store.read_only(str(release.store)))
    (part,) = about(THING).parts
    assert found.about(Task(parts=(part, part))) is None
    assert found.about(Task(parts=("SELECT ?subject ?predicate ?object { ?subject ?predicate ?object }",))) is None
    assert found.about(Task(f"SELECT * {{ <{THING}> ?p ?o }}")) is None


def test_a_document_needs_no_worker_and_one_about_much_does(client, given_to_workers, monkeypatch):
    whole = client.get("/res/sdg/14.2.ttl", headers={"Cache-Control": "no-cache"})
    assert whole.status_code == 200
    assert given_to_workers == []
    monkeypatch.setattr(lookups, "_MOST_STATEMENTS", 2)
    assert client.get("/res/sdg/14.3.ttl").status_code == 200
    assert len(given_to_workers) == 1


def held_open(folder):
    """The files in a folder that this process has open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [where for link in links if (where := str(link.readlink())).startswith(str(folder))]


class Workers:
    """Workers of whom nothing is asked."""

    async def close(self):
        """There are none."""


def test_a_dataset_that_is_closed_holds_no_file_of_its_store(release, tmp_path):
    shutil.copytree(release.store, tmp_path / "store")

    async def run():
        site = Site.of(release, Workers(), Workers())
        site._lookups = Lookups(opened(tmp_path / "store"))
        assert site._lookups.about(about(THING)) is not None
        before = held_open(tmp_path)
        await site.close()
        return before

    assert asyncio.run(run())
    assert held_open(tmp_path) == []


def test_a_store_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(CannotStart, match=f"{tmp_path} cannot be opened: "):
        asyncio.run(Lookups.open(tmp_path))


def test_no_more_is_read_of_a_thing_than_tells_that_it_is_too_much():
    thing, read = ox.NamedNode("http://example.org/hub"), []
    store = ox.Store()
    store.extend(ox.Quad(thing, ox.NamedNode(f"http://example.org/p{n}"), ox.Literal("x")) for n in range(1000))

    class Watched:
        def quads_for_pattern(self, *pattern):
            for quad in store.quads_for_pattern(*pattern):
                read.append(quad)
                yield quad

    task = Task("", parts=(About(thing.value, rows="http://example.org/row"),), max_statements=20)
    with pytest.raises(OverLimit):
        statements(Watched(), task)
    assert len(read) == 21


BEGUN = "SELECT ?p ?o { <a> ?p ?o . } LIMIT 1", "ASK WHERE { <a> x:y ?o }", "PREFIX x: <b> SELECT * { <a> a ?o }"
WORDS = [
    *("SELECT", "ASK", "WHERE", "{", "}", "<a>", "<b>", "<c>", "?p", "?o", "$p", "*", ".", ";", ",", "a", "LIMIT", "1"),
    *(
        "OFFSET",
        "DISTINCT",
        "FILTER",
        "(",
        ")",
        "ORDER",
        "BY",
        "UNION",
        "OPTIONAL",
        "/",
        "|",
        "^",
        "!",
        "[",
        "]",
        "_:b",
    ),
    *("PREFIX", "x:", "x:y", ":z", "'t'", "3", "GRAPH", "MINUS", "VALUES", "#", "\n", "\\u0020", "FROM", "true"),
]


@given(
    st.sampled_from(BEGUN),
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 1), st.sampled_from(WORDS)), max_size=3),
)
def test_nothing_but_one_pattern_about_one_thing_is_a_lookup(query, changes):
    words = query.split(" ")
    for place, taken, word in changes:
        words[place : place + taken] = [word]
    text = " ".join(words)
    if is_lookup(text):
        try:
            _, parsed = parseQuery(text)
        except Exception:  # what is no query is refused by the engine, and then by a worker
            return
        assert parsed.name in {"SelectQuery", "AskQuery"}
        assert {*parsed} <= {"projection", "where", "limitoffset"}
        (block,) = parsed.where.part
        assert block.name == "TriplesBlock"
        ((subject, predicate, value),) = block.triples
        assert {subject.__class__.__name__, getattr(subject, "name", "")} & {"URIRef", "pname"}
        assert predicate != value
