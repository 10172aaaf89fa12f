"""The test suites of the W3C for SPARQL 1.0, 1.1 and 1.2, read from their manifests; and how results are compared."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

SHARED = Path(__file__).parents[2].parent / "shared" / "conformance"
SUITES = SHARED / "w3c-rdf-tests" / "sparql"
KNOWN = SHARED / "pyoxigraph-0.5.13.known-failures.txt"
ADDRESS = "https://w3c.github.io/rdf-tests/sparql/"
"""Where the suites are published: every file of theirs is named by its place there."""

ELSEWHERE = {"sparql11/entailment", "sparql11/service", "sparql11/syntax-fed"}
"""What is not about a query service without entailment and without federation."""

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

SYNTAX = {"PositiveSyntaxTest": True, "PositiveSyntaxTest11": True}
SYNTAX |= {"NegativeSyntaxTest": False, "NegativeSyntaxTest11": False}
EVALUATION = {"QueryEvaluationTest", "CSVResultFormatTest"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Graph = dict[Term, list[tuple[str, Term]]]
"""What is said of each subject of a small graph."""

Row = tuple[tuple[str, Term], ...]
"""One solution: its bound variables in order, and their terms."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a suite."""

    name: str
    kind: str
    query: Path
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: Path | None = None
    is_lax: bool = False  # the expected rows may come less often, though at least once

    __test__ = False  # for pytest: no class of tests

    @property
    def address(self) -> str:
        return address_of(self.query)

    @property
    def named(self) -> list[str]:
        """The named graphs of its dataset."""
        return [*self.graphs, *(name for file in self.files for name in graphs_in(file))]

    @property
    def files(self) -> list[Path]:
        """The files of its default graph."""
        return [_file(ox.NamedNode(graph)) for graph in self.data]


@cache
def graphs_in(file: Path) -> list[str]:
    """The names of the graphs that a file makes itself."""
    if file.suffix != ".trig":
        return []
    names = {quad.graph_name for quad in ox.parse(path=str(file), format=ox.RdfFormat.TRIG, base_iri=address_of(file))}
    return sorted(name.value for name in names if isinstance(name, ox.NamedNode))


def address_of(file: Path) -> str:
    """Where a file of the suites is published."""
    return ADDRESS + file.relative_to(SUITES).as_posix()


def read_tests() -> list[Test]:
    """The tests of all suites about queries, in the order of their names."""
    tests = []
    for manifest in sorted(SUITES.rglob("manifest.ttl")):
        folder = manifest.parent.relative_to(SUITES).as_posix()
        if folder not in ELSEWHERE:
            tests += _tests_of(manifest, folder)
    return tests


def _tests_of(manifest: Path, folder: str) -> Iterator[Test]:
    said = read_graph(manifest, ox.RdfFormat.TURTLE)
    for entry in (entry for list_ in _all(said, f"{MF}entries") for entry in _items(said, list_)):
        kinds = {kind.value.removeprefix(MF) for kind in _of(said, entry, f"{RDF}type")}
        kind = next((kind for kind in kinds if kind in SYNTAX or kind in EVALUATION), None)
        if kind is None:
            continue
        (action,) = _of(said, entry, f"{MF}action")
        named = _of(said, action, f"{QT}query") or [action]
        result = next(iter(_of(said, entry, f"{MF}result")), None)
        yield Test(
            f"{folder}/{entry.value.rpartition('#')[2]}",
            kind,
            _file(named[0]),
            tuple(graph.value for graph in _of(said, action, f"{QT}data")),
            tuple(graph.value for graph in _of(said, action, f"{QT}graphData")),
            _file(result) if result else None,
            ox.NamedNode(f"{MF}LaxCardinality") in _of(said, entry, f"{MF}resultCardinality"),
        )


def read_graph(path: Path, format_: ox.RdfFormat) -> Graph:
    """A graph of the suites, its IRIs as where it is published."""
    said: Graph = defaultdict(list)
    for quad in ox.parse(path=str(path), format=format_, base_iri=address_of(path)):
        said[quad.subject].append((quad.predicate.value, quad.object))
    return said


def _of(said: Graph, subject: Term, predicate: str) -> list[Term]:
    return [value for property_, value in said.get(subject, ()) if property_ == predicate]


def _all(said: Graph, predicate: str) -> list[Term]:
    return [value for pairs in list(said.values()) for property_, value in pairs if property_ == predicate]


def _items(said: Graph, list_: Term) -> Iterator[Term]:
    while _of(said, list_, f"{RDF}first"):
        yield _of(said, list_, f"{RDF}first")[0]
        list_ = _of(said, list_, f"{RDF}rest")[0]


def _file(address: Term) -> Path:
    return SUITES / address.value.removeprefix(ADDRESS)


# --- results ---


@dataclass(frozen=True, slots=True)
class Result:
    """What a test expects or a server has answered: one of these."""

    rows: tuple[Row, ...] | None = None
    boolean: bool | None = None
    graph: tuple[Row, ...] | None = None
    is_ordered: bool = False

    def equals(self, other: Result, is_lax: bool = False) -> bool:
        """True where the other says the same, whatever its blank nodes are called."""
        if self.graph is not None and other.graph is not None:
            return _is_same_bag(self.graph, other.graph)
        if self.rows is None or other.rows is None:
            return self.boolean is not None and self.boolean == other.boolean
        if is_lax:
            return set(self.rows) == set(other.rows) and not Counter(other.rows) - Counter(self.rows)
        if self.is_ordered:
            return len(self.rows) == len(other.rows) and _match([*zip(self.rows, other.rows, strict=True)])
        return _is_same_bag(self.rows, other.rows)


RESULT_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


def read_expected(path: Path) -> Result:
    """What the result file of a test says."""
    if path.suffix in RESULT_FORMATS:
        return read_table(path.read_bytes(), RESULT_FORMATS[path.suffix])
    said = read_graph(path, GRAPH_FORMATS[path.suffix])
    tables = [subject for subject, pairs in said.items() if (f"{RDF}type", ox.NamedNode(f"{RS}ResultSet")) in pairs]
    if not tables:
        return graph_of(ox.parse(path=str(path), format=GRAPH_FORMATS[path.suffix], base_iri=address_of(path)))
    boolean = _of(said, tables[0], f"{RS}boolean")
    if boolean:
        return Result(boolean=boolean[0].value == "true")
    solutions = _of(said, tables[0], f"{RS}solution")
    indexed = [(int(index.value), one) for one in solutions for index in _of(said, one, f"{RS}index")]
    ordered = [one for _, one in sorted(indexed, key=lambda pair: pair[0])] or solutions
    return Result(rows=tuple(valued(_row_of(said, one)) for one in ordered), is_ordered=bool(indexed))


def _row_of(said: Graph, solution: Term) -> Row:
    bindings = _of(said, solution, f"{RS}binding")
    pairs = ((_of(said, one, f"{RS}variable")[0].value, _of(said, one, f"{RS}value")[0]) for one in bindings)
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def read_table(content: bytes, format_: ox.QueryResultsFormat) -> Result:
    """A table, or a yes or no, as it is written in a format for results."""
    found = ox.parse_query_results(content, format=format_)
    if isinstance(found, ox.QueryBoolean):
        return Result(boolean=bool(found))
    names = sorted(variable.value for variable in found.variables)
    rows = (tuple((name, row[name]) for name in names if row[name] is not None) for row in found)
    return Result(rows=tuple(map(valued, rows)))


_VALUES = ox.Store()
_ANY = ox.NamedNode("any:any")


def valued(row: Row) -> Row:
    """A row with its terms as the engine keeps them: it keeps values, not digits, so that `1.0` is given as `1`."""
    return tuple((name, value_of(term)) for name, term in row)


def value_of(term: Term) -> Term:
    """A term as the engine keeps it."""
    if not isinstance(term, ox.Literal | ox.Triple):
        return term
    _VALUES.clear()
    _VALUES.add(ox.Quad(_ANY, _ANY, term))
    return next(iter(_VALUES)).object


def read_csv(content: bytes) -> Counter[tuple[tuple[str, str | float], ...]]:
    """The rows of a table as CSV, blank nodes by their mark alone; `SELECT *` leaves the order of the columns open."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return Counter(tuple(sorted((name, _cell(cell)) for name, cell in row.items())) for row in rows)


def _cell(text: str) -> str | float:
    """What stands in a cell; CSV does not tell a number from a text, and the engine keeps the value of one."""
    if text.startswith("_:"):
        return "_:"
    try:
        return float(text)
    except ValueError:
        return text


def graph_of(quads: Iterable[ox.Quad]) -> Result:
    """A graph, its statements as rows of three."""
    triples = dict.fromkeys((quad.subject, quad.predicate, value_of(quad.object)) for quad in quads)
    return Result(graph=tuple(tuple(zip("spo", triple, strict=True)) for triple in triples))


def _is_same_bag(ours: tuple[Row, ...], theirs: tuple[Row, ...]) -> bool:
    """True where the rows can be paired so that blank nodes stand for each other one to one."""
    if Counter(map(_without_names, ours)) != Counter(map(_without_names, theirs)):
        return False
    return _pair(list(ours), list(theirs), {})


def _pair(ours: list[Row], theirs: list[Row], names: dict[str, str]) -> bool:
    if not ours:
        return True
    first, *rest = ours
    for place, candidate in enumerate(theirs):
        found = _named(first, candidate, names)
        if found is not None and _pair(rest, theirs[:place] + theirs[place + 1 :], found):
            return True
    return False


def _match(pairs: list[tuple[Row, Row]]) -> bool:
    """True where each row is its pair, blank nodes standing for each other one to one."""
    names: dict[str, str] | None = {}
    for ours, theirs in pairs:
        names = _named(ours, theirs, names)
        if names is None:
            return False
    return True


def _named(ours: Row, theirs: Row, names: dict[str, str]) -> dict[str, str] | None:
    """The names of blank nodes, with those of a pair of rows; None where the rows are not the same."""
    if _without_names(ours) != _without_names(theirs):
        return None
    found = dict(names)
    for (_, one), (_, other) in zip(ours, theirs, strict=True):
        for mine, yours in zip(_blanks(one), _blanks(other), strict=True):
            if found.setdefault(mine, yours) != yours:
                return None
    return found if len(set(found.values())) == len(found) else None


def _without_names(row: Row) -> Row:
    return tuple((name, _nameless(term)) for name, term in row)


_BLANK = ox.BlankNode("any")


def _nameless(term: Term) -> Term:
    if isinstance(term, ox.BlankNode):
        return _BLANK
    if isinstance(term, ox.Triple):
        return ox.Triple(_nameless(term.subject), term.predicate, _nameless(term.object))
    return term


def _blanks(term: Term) -> list[str]:
    if isinstance(term, ox.BlankNode):
        return [term.value]
    return [name for part in term for name in _blanks(part)] if isinstance(term, ox.Triple) else []


# --- requests of the suite on the protocol ---

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
DATA = "http://kasei.us/2009/09/sparql/data/"
"""What the graphs of the protocol tests are called; each is a file of the suite."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The first request of a protocol test, and what is expected of its answer."""

    name: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    format: str | None
    boolean: bool | None

    @property
    def is_update(self) -> bool:
        """True where it asks for a change."""
        return self.name.startswith("update_")


def read_exchanges() -> list[Exchange]:
    """The tests of the SPARQL 1.1 Protocol, on the address `/sparql`."""
    said = read_graph(SUITES / "sparql11/protocol/manifest.ttl", ox.RdfFormat.TURTLE)
    entries = (entry for list_ in _all(said, f"{MF}entries") for entry in _items(said, list_))
    return [_exchange(said, entry) for entry in entries]


def _exchange(said: Graph, entry: Term) -> Exchange:
    def one(subject: Term, predicate: str) -> Term | None:
        return next(iter(_of(said, subject, predicate)), None)

    def text(subject: Term | None, predicate: str) -> str | None:
        found = one(subject, predicate) if subject is not None else None
        return found.value if found is not None else None

    action = one(entry, f"{MF}action")
    request = next(_items(said, one(action, f"{HT}requests")))
    body, headers, response = (one(request, f"{HT}{name}") for name in ("body", "headers", "resp"))
    chars, boolean = text(body, f"{CNT}chars"), text(response, f"{MF}expectedBoolean")
    return Exchange(
        entry.value.rpartition("#")[2],
        text(request, f"{HT}methodName") or "",
        (text(request, f"{HT}absolutePath") or "").replace("/sparql/", "/sparql"),
        tuple(
            (text(header, f"{HT}fieldName") or "", text(header, f"{HT}fieldValue") or "")
            for header in (_items(said, headers) if headers is not None else ())
        ),
        None if chars is None else chars.encode(text(body, f"{CNT}characterEncoding") or "utf-8"),
        frozenset(status.value.rpartition("#")[2] for status in _of(said, response, f"{MF}expectedStatus")),
        text(response, f"{MF}expectedFormat"),
        None if boolean is None else boolean == "true",
    )
