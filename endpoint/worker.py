"""One process that runs queries on a read-only store, one at a time, and serialises where it runs them.

Started by the pool as `python -m endpoint.worker FD STORE MEGABYTES`; tasks come and answers go over the
socket FD. Each message is a JSON object on one line; an answer is followed by as many bytes as it says. Nothing
heavy is imported here: a new worker must be ready in a fraction of a second.
"""

from __future__ import annotations

import io
import json
import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any

import pyoxigraph as ox

from endpoint.walls import die_with_the_parent, leave_the_network, limit_memory
from ontology.turtle import tidy

RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}

STACK_MEGABYTES = 256
"""The engine recurses with the nesting of a query: the usual 8 MiB end in a crash at 3,000 groups. No query that is
short enough to be read fills these, and only the pages that it touches take memory."""

MOST_NAMED = 1000
"""How many IRIs of a description are named at most."""


@dataclass(frozen=True, slots=True)
class Task:
    """One query to run, and what its answer may look like.

    `results` and `graph` name the format for SELECT and ASK, and for CONSTRUCT and DESCRIBE; None where the
    client accepts none of them. `substitutions` binds variables to terms written as N-Triples does.
    """

    query: str
    results: str | None = None
    graph: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    has_dataset_clause: bool = False  # the engine forgets FROM where it is told to take the union
    naming: tuple[str, ...] = ()  # add what these properties say of the IRIs in a graph, as for DESCRIBE
    substitutions: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    max_bytes: int = 64 * 1024 * 1024

    def encode(self) -> bytes:
        """The task as it goes over the socket."""
        return json.dumps(asdict(self)).encode("utf-8") + b"\n"


class _TooLong(Exception):
    """The answer is longer than its limit."""


class _NotAcceptable(Exception):
    """The query is of a form whose formats the client does not accept."""


class _Limited(io.BytesIO):
    """A buffer that refuses to grow past a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self.limit:
            raise _TooLong
        return super().write(data)


_REASONS: dict[type[BaseException], str] = {
    SyntaxError: "syntax",
    MemoryError: "memory",
    _TooLong: "too-long",
    _NotAcceptable: "not-acceptable",
}


def answer(store: ox.Store, task: Task) -> tuple[dict[str, Any], bytes]:
    """Run a task: what came of it, and the bytes of the answer."""
    buffer = _Limited(task.max_bytes)
    try:
        form = _run(store, task, buffer)
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError, _TooLong, _NotAcceptable) as error:
        return {"failed": _reason(error), "message": str(error)}, b""
    return {"form": form}, buffer.getvalue()


def _reason(error: BaseException) -> str:
    """Why a query failed, as `problems.query_failed` knows it; the engine may wrap what the buffer raised."""
    if isinstance(error, OSError | RuntimeError) and "Corruption" in str(error):
        return "damaged"
    for cause in (error, error.__cause__, error.__context__):
        for kind, reason in _REASONS.items():
            if isinstance(cause, kind):
                return reason
    return "evaluation"


def _run(store: ox.Store, task: Task, buffer: io.BytesIO) -> str:
    """Write the answer into the buffer; the form of the query."""
    chosen = bool(task.default_graphs or task.named_graphs)
    found = store.query(
        task.query,
        use_default_graph_as_union=not (chosen or task.has_dataset_clause),
        default_graph=[ox.NamedNode(graph) for graph in task.default_graphs] if chosen else None,
        named_graphs=[ox.NamedNode(graph) for graph in task.named_graphs] if chosen else None,
        substitutions={ox.Variable(name): _term(text) for name, text in task.substitutions.items()},
    )
    if isinstance(found, ox.QueryTriples):
        if task.graph is None:
            raise _NotAcceptable
        is_whole = not (chosen or task.has_dataset_clause)
        triples = _labelled(store, found, task.naming) if task.naming and is_whole else found
        ox.serialize(triples, output=buffer, format=GRAPH_FORMATS[task.graph], prefixes=task.prefixes)
        if task.graph == "turtle":
            tidied = tidy(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
            buffer.write(tidied)
        return "graph"
    if task.results is None:
        raise _NotAcceptable
    found.serialize(output=buffer, format=RESULT_FORMATS[task.results])
    return "boolean" if isinstance(found, ox.QueryBoolean) else "bindings"


def _labelled(store: ox.Store, found: Iterable[ox.Triple], naming: Iterable[str]) -> Iterator[ox.Triple]:
    """The triples, and after them what some properties say of the IRIs in the first of them."""
    properties = [ox.NamedNode(name) for name in naming]
    terms: dict[ox.NamedNode, None] = {}
    said: set[ox.Triple] = set()
    for triple in found:
        yield triple
        if len(terms) < MOST_NAMED:
            terms.update((term, None) for term in triple if isinstance(term, ox.NamedNode))
        if triple.predicate in properties:
            said.add(triple)
    for term, naming_property in product(terms, properties):
        for quad in store.quads_for_pattern(term, naming_property, None):
            if quad.triple not in said:
                said.add(quad.triple)
                yield quad.triple


def _term(text: str) -> ox.NamedNode | ox.Literal:
    """A term from the way N-Triples writes it."""
    (quad,) = ox.parse(f"<a:a> <a:a> {text} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    if not isinstance(quad.object, ox.NamedNode | ox.Literal):
        raise ValueError(f"{text} is neither an IRI nor a literal")
    return quad.object


def serve(descriptor: int, store_path: str, megabytes: int, is_isolated: bool) -> None:
    """Answer tasks until the pool closes the socket."""
    with socket.socket(fileno=descriptor) as pool, pool.makefile("rb") as tasks:
        try:
            store = ox.Store.read_only(store_path)
        except OSError as error:
            pool.sendall(json.dumps({"failed": str(error)}).encode() + b"\n")
            return
        limit_memory(megabytes + STACK_MEGABYTES)
        pool.sendall(json.dumps({"isolated": is_isolated}).encode() + b"\n")
        for line in tasks:
            said = json.loads(line)
            outcome, body = answer(store, Task(**said))
            outcome["bytes"] = len(body)
            pool.sendall(json.dumps(outcome).encode("utf-8") + b"\n")
            pool.sendall(body)


def main(descriptor: int, store_path: str, megabytes: int) -> None:
    """Serve in a thread whose stack holds the deepest query that the longest text can nest."""
    die_with_the_parent()
    is_isolated = leave_the_network()
    threading.stack_size(STACK_MEGABYTES * 1024 * 1024)
    thread = threading.Thread(target=serve, args=(descriptor, store_path, megabytes, is_isolated))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
