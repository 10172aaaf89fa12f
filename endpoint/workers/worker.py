"""One process that runs queries on a read-only store, one at a time, and serialises where it runs them.

A copy of the launcher: tasks come and answers go over a socket, as `messages` writes them. Nothing heavy is imported
here, since all of it stands in the memory of the launcher.
"""

from __future__ import annotations

import errno
import math
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from typing import IO, cast

import pyoxigraph as ox
from msgspec.structs import replace

from endpoint.blanks import readable
from endpoint.markup import MARKUP, Markup, NotInMarkup
from endpoint.places import pinpoint
from endpoint.terms import NEWEST, NewTerm, check
from endpoint.workers.columns import named_in_order
from endpoint.workers.messages import LATE, Task, Told, line, read_task
from endpoint.workers.said import labelled, named, statements
from endpoint.workers.share import Share
from endpoint.workers.spool import LAYOUTS, OverLimit, Spool
from endpoint.workers.stretches import hang_the_bell, short_stretches
from endpoint.workers.walls import (
    be_the_first_to_go,
    die_with_the_parent,
    forbid_sockets,
    leave_the_network,
    limit_memory,
    limit_time,
    listen_in_a_network_of_its_own,
    stand_back,
)
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

RELAY = ("127.0.0.1", 8000)
"""Where the relay to services of others listens, in the network of a worker that has one."""


def relay_address(place: int) -> str:
    """The address at which a worker asks the service at a place in the list."""
    host, port = RELAY
    return f"http://{host}:{port}/{place}"


STACK_MEGABYTES = 256
"""The engine recurses with the nesting of a query: the usual 8 MiB end in a crash at 3,000 groups. No query that is
short enough to be read fills these, and only the pages that it touches take memory."""

_LIMITED_ANEW = 0.2
"""Seconds after which the time that a worker may compute is limited anew: three calls of the kernel, for a tiny query
as for any."""

Functions = dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]
"""Functions by their IRIs."""

_Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What the engine finds."""

_UNKNOWN_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")


class _NotAcceptable(Exception):
    """The query is of a form whose formats the client does not accept."""


class _NoGraph(Exception):
    """There is no such graph."""


_REASONS: dict[type[Exception], str] = {
    SyntaxError: "syntax",
    MemoryError: "memory",
    _NotAcceptable: "not-acceptable",
    _NoGraph: "no-graph",
    NewTerm: "new-term",
    NotInMarkup: "not-in-markup",
}

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
"""What the system says where a file cannot grow."""

_FAILURES: tuple[type[Exception], ...] = (*_REASONS, ValueError, OSError, RuntimeError, OverLimit)


def answer(store: ox.Store, task: Task) -> tuple[Told, Spool]:
    """Run a task: what came of it, and the answer, which the caller closes."""
    spool = Spool(task.max_bytes, task.spool, task.in_memory)
    lacks: Functions = {}
    try:
        form = _run(store, task, spool, lacks)
    except _FAILURES as error:
        limit = _limit_met(error)
        if limit and task.is_partial and spool.cut(limit):
            return Told("bindings", cut=limit), spool
        spool.discard()
        reason = f"too-many-{limit}" if limit else _reason(error, task.is_relayed)
        message = "" if limit else _message_of(error)
        told = pinpoint(readable(task.query), message, _complaint) if reason == "syntax" and task.query else message
        return Told(failed=reason, message=told), Spool(0)
    return Told(form, rows=spool.about_rows, lacks=tuple(name.value for name in lacks)), spool


def _limit_met(error: BaseException) -> str | None:
    """The limit that the answer met, if that is what stopped it; the engine may wrap what the spool raised."""
    causes = (error, error.__cause__, error.__context__)
    return next((cause.limit for cause in causes if isinstance(cause, OverLimit)), None)


def _message_of(error: BaseException) -> str:
    """What the engine says of an error; of an answer from the relay, only what that says."""
    return str(error).rpartition(" with payload:\n")[2]


def _complaint(query: str) -> str | None:
    """What the engine says of a query that it cannot read."""
    store = ox.Store()
    try:
        store.query(query)
    except _FAILURES as error:
        return str(error) if isinstance(error, SyntaxError) else None
    return None


def _reason(error: BaseException, is_relayed: bool) -> str:
    """Why a query failed, as `problems.query_failed` knows it; the engine may wrap what the buffer raised."""
    if isinstance(error, OSError | RuntimeError) and "Corruption" in str(error):
        return "damaged"
    if isinstance(error, OSError | RuntimeError) and is_relayed:
        return "service"
    for cause in (error, error.__cause__, error.__context__):
        if isinstance(cause, OSError) and cause.errno in _NO_ROOM:
            return "no-room"
        for kind, reason in _REASONS.items():
            if isinstance(cause, kind):
                return reason
    return "evaluation"


def _run(store: ox.Store, task: Task, spool: Spool, lacks: Functions) -> str:
    """Write the answer into the spool; the form of the query. The functions that there are not are put to `lacks`."""
    if task.dumped is not None:
        return _write_graph(_graph(store, task.dumped), task, spool)
    if task.named:
        quads = chain.from_iterable(named(store, ox.NamedNode(name), task.naming) for name in task.named)
        return _write_graph(dict.fromkeys(quad.triple for quad in quads), task, spool)
    if task.parts:
        ox.serialize(statements(store, task), output=_output(spool, "nquads"), format=ox.RdfFormat.N_QUADS)
        return "graph"
    found = _evaluate(store, task, lacks)
    if isinstance(found, ox.QueryTriples):
        is_whole = task.is_union and not task.chooses_graphs
        return _write_graph(labelled(store, found, task.naming) if task.naming and is_whole else found, task, spool)
    if task.results is None:
        raise _NotAcceptable
    if isinstance(found, ox.QuerySolutions):
        if task.version != NEWEST:  # the engine gives rows to look at or to write, not both
            check(chain.from_iterable(cast("ox.QuerySolutions", _evaluate(store, task, lacks))), task.version)
        if task.max_rows or task.is_partial:
            spool.count(LAYOUTS[task.results], task.max_rows or sys.maxsize)
    found.serialize(output=_output(spool, task.results), format=RESULT_FORMATS[task.results])
    return "boolean" if isinstance(found, ox.QueryBoolean) else "bindings"


def _evaluate(store: ox.Store, task: Task, unknown: Functions) -> _Found:
    """What the engine finds. A function that it does not know is an error of its expression (SPARQL 1.1 Query, 17.6).

    The engine would refuse the query.
    """
    while True:
        try:
            return _query(store, task, unknown)
        except RuntimeError as error:
            named = _UNKNOWN_FUNCTION.search(str(error))
            if named is None or ox.NamedNode(named[1]) in unknown:
                raise
            unknown[ox.NamedNode(named[1])] = lambda *_: None


def _query(store: ox.Store, task: Task, functions: Functions) -> _Found:
    try:
        return _ask(store, task, task.query, functions)
    except SyntaxError:
        query = readable(task.query)
        if query == task.query:
            raise
    return _ask(store, task, query, functions)


def _ask(store: ox.Store, task: Task, query: str, functions: Functions) -> _Found:
    return store.query(
        query if task.is_relayed else named_in_order(query, task.base, functions),
        base_iri=task.base,
        custom_functions=functions,
        use_default_graph_as_union=task.is_union and not task.chooses_graphs,
        default_graph=[ox.NamedNode(graph) for graph in task.default_graphs] if task.chooses_graphs else None,
        named_graphs=[ox.NamedNode(graph) for graph in task.named_graphs] if task.chooses_graphs else None,
    )


def _write_graph(triples: Iterable[ox.Triple], task: Task, spool: Spool) -> str:
    """Write statements; Turtle without the prefixes that it does not use, unless it is too long to look through."""
    if task.graph is None:
        raise _NotAcceptable
    known = triples if task.version == NEWEST else _known(triples, task.version)
    output = _output(spool, task.graph)
    ox.serialize(known, output=output, format=GRAPH_FORMATS[task.graph], prefixes=task.prefixes)
    if task.graph == "turtle" and spool.path is None:
        spool.replace(tidy(spool.content()))
    return "graph"


def _graph(store: ox.Store, name: str) -> Iterator[ox.Triple]:
    """The statements of a named graph. Raises _NoGraph where there is none of that name."""
    graph = ox.NamedNode(name)
    if not store.contains_named_graph(graph):
        raise _NoGraph
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _output(spool: Spool, name: str) -> IO[bytes]:
    """Where an answer in a format is written."""
    return cast("IO[bytes]", Markup(cast("IO[bytes]", spool)) if name in MARKUP else spool)


def _known(triples: Iterable[ox.Triple], version: str) -> Iterator[ox.Triple]:
    """The triples, as long as their terms are of a version."""
    for triple in triples:
        check(triple, version)
        yield triple


def serve(descriptor: int, share: Share, is_isolated: bool) -> None:
    """Answer tasks until the pool closes the socket."""
    with socket.socket(fileno=descriptor) as pool, pool.makefile("rb") as tasks:
        try:
            share.store_for("")
        except (OSError, RuntimeError) as error:
            pool.sendall(line(Told(failed=str(error))))
            return
        limit_memory(share.megabytes + share.beside + STACK_MEGABYTES)
        pool.sendall(line(Told(is_isolated=is_isolated, thread=threading.get_native_id())))
        limited = -math.inf
        for task in map(read_task, tasks):
            now = time.monotonic()
            if 0 < task.until < now:
                pool.sendall(line(Told(failed=LATE)))
                continue
            if now - limited > _LIMITED_ANEW:
                limit_time(share.seconds)
                limited = now
            begun = time.thread_time()
            store = share.store_for(task.query, task.is_in_the_order_of_the_disk)
            with nullcontext() if task.is_relayed else short_stretches():  # a bell would end a wait for another service
                told, spool = answer(store, task)
            with spool:
                pool.sendall(_message(told, spool, time.thread_time() - begun))


def _message(told: Told, spool: Spool, took: float) -> bytes:
    """What goes over the socket: what came of it, and the answer unless that waits in a file."""
    if spool.path is not None:
        spool.flush()
        return line(replace(told, took=took, size=spool.size, path=str(spool.path)))
    content = spool.content()
    return line(replace(told, took=took, here=len(content))) + content


def main(descriptor: int, share: Share) -> None:
    """Serve in a thread whose stack holds the deepest query that the longest text can nest."""
    die_with_the_parent()
    be_the_first_to_go()
    stand_back()
    hang_the_bell()
    is_isolated = _offer_a_network(descriptor) if share.is_relayed else any([leave_the_network(), forbid_sockets()])
    threading.stack_size(STACK_MEGABYTES * 1024 * 1024)
    thread = threading.Thread(target=serve, args=(descriptor, share, is_isolated))
    thread.start()
    thread.join()


def _offer_a_network(descriptor: int) -> bool:
    """Have the relay listen where this process can reach it and nothing else; end where the kernel refuses that."""
    listening = listen_in_a_network_of_its_own(RELAY)
    if listening is None:
        sys.exit("the kernel refuses a network of its own")
    with listening, socket.socket(fileno=os.dup(descriptor)) as pool:
        socket.send_fds(pool, [b"\n"], [listening.fileno()])
    return True
