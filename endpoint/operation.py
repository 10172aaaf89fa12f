"""One operation of the SPARQL 1.1 Protocol, read from a request: by address, by form or by direct body."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote_to_bytes

import msgspec
import pyoxigraph as ox
from fastapi import Request
from msgspec.structs import replace
from werkzeug.http import parse_options_header

from endpoint.dataset import Dataset
from endpoint.formats import Format
from endpoint.guard import TABLES, Reading
from endpoint.layers.accounts import account
from endpoint.negotiation import Values, accepted_by
from endpoint.parameters import bad_parameter, there_is_no
from endpoint.posting import read_body
from endpoint.problem_type import figure
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, query_failed
from endpoint.settings import Settings
from endpoint.syntax import SyntaxFault, read_fault
from endpoint.terms import NEWEST, OLDEST, VERSIONS, older
from endpoint.workers.messages import Task
from endpoint.workers.pool import QueryFailed
from loaders.choices import nearest
from ontology.text import Text

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"

_TAKEN = ("query", "default-graph-uri", "named-graph-uri", "format", "timeout", "partial", "version")
_OF_FORMATS = {"output", "results"}
"""What other services call `format`: clients that do not know whom they ask send all three."""

_MOST_REMARKED = 3
_MOST_FIELDS = 1000
_TOO_MANY = Text(
    f"Det är fler parametrar än {_MOST_FIELDS}. Fråga av färre grafer, eller välj dem i frågan med FROM.",
    f"There are more parameters than {_MOST_FIELDS}. Ask of fewer graphs, or choose them in the query by FROM.",
)


class Operation(msgspec.Struct, frozen=True):
    """One query operation of the protocol, as the request states it."""

    query: str | None
    accept: Values  # what the answer may be written in
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    timeout: float | None = None  # seconds that the client is willing to wait for the query to run
    is_partial: bool = False  # what fits is wanted where not all does
    version: str | None = None  # of RDF, whose terms the client knows
    most_nested: int | None = None  # how deep it may nest
    services: tuple[str, ...] = ()  # of others that it may ask
    passed_over: tuple[str, ...] = ()  # parameters of the request that there are not here

    @property
    def remarks(self) -> list[Text]:
        """What is to be remarked of its parameters."""
        return [there_is_no(name, _TAKEN).detail for name in self.passed_over[:_MOST_REMARKED]]

    @property
    def graphs(self) -> list[tuple[str, str]]:
        """The graphs that the request names, as parameters of the protocol."""
        named = {"default-graph-uri": self.default_graphs, "named-graph-uri": self.named_graphs}
        return [(name, graph) for name, graphs in named.items() for graph in graphs]


async def read_operation(request: Request) -> Operation:
    """The operation that a request states. Raises Problem for what the protocol does not allow."""
    settings: Settings = request.app.state.settings
    fields = read_fields(request)
    if request.method in {"POST", "QUERY"}:
        media_type, version = _media_type(request)
        body = await read_body(request, settings.max_body_bytes, too_long(settings.max_query_bytes))
        if media_type == FORM:
            fields = _merge(fields, _decode(body))
        elif media_type == QUERY:
            if "query" in fields:
                twice = Text("Frågan står både i adressen och i kroppen.", "The query is in the address and the body.")
                raise bad_parameter("query", twice)
            fields = {**fields, "query": [_utf8(body)]} | ({"version": [version]} if version else {})
        elif media_type == _UPDATE:
            raise query_failed(QueryFailed("update"))
        else:
            raise _unsupported(
                Text(f"Skicka frågan som {FORM} eller {QUERY}.", f"Send the query as {FORM} or {QUERY}.")
            )
    if "update" in fields:
        raise query_failed(QueryFailed("update"))
    query = single(fields, "query")
    if query is not None and len(query.encode("utf-8")) > settings.max_query_bytes:
        raise too_long(settings.max_query_bytes)
    if query is not None:
        account(request.scope)["query"] = query
    asked = Operation(
        query,
        accepted_by(request.headers),
        most_nested=settings.max_nesting,
        services=settings.allowed_services,
    )
    if fields.keys() == {"query"}:
        return asked
    return replace(
        asked,
        default_graphs=_graphs(fields, "default-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri"),
        formats=tuple(fields.get("format", ())),
        timeout=_seconds(fields),
        is_partial=_is_yes(fields, "partial"),
        version=version_in(fields),
        passed_over=_passed_over(fields),
    )


def _passed_over(fields: dict[str, list[str]]) -> tuple[str, ...]:
    """The fields that there are not here. Raises Problem where one of them is likely to be meant as the query."""
    unknown = [name for name in fields if name not in _TAKEN and not ("format" in fields and name in _OF_FORMATS)]
    if "query" not in fields:
        for name in unknown:
            if nearest(("query",), name):
                raise there_is_no(name, _TAKEN)
    return tuple(unknown)


class Serialisation(NamedTuple):
    """The format for a table, the format for a graph, and the version of RDF that the client asks for."""

    results: Format | None
    graph: Format | None
    version: str | None = None


class Limits(NamedTuple):
    """How much an answer may be: bytes, rows, and bytes in memory; what is longer stands in a file."""

    bytes: int
    rows: int
    in_memory: int

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those of readers."""
        return cls(settings.max_answer_bytes, settings.max_answer_rows, settings.memory_bytes)


def lookup_for(dataset: Dataset, query: str, results: Format | None, limits: Limits) -> Task:
    """What is looked up for a query with no parameters beside it, if it is a lookup.

    What a query is need not be known for that: one that is a lookup is answered as it is.
    """
    return Task(
        query,
        results=results.name if results else None,
        is_union=dataset.is_union,
        base=dataset.service,
        max_bytes=limits.bytes,
        max_rows=limits.rows,
    )


def task_for(
    dataset: Dataset,
    operation: Operation,
    reading: Reading,
    serialisation: Serialisation,
    limits: Limits,
) -> Task:
    """What a worker runs for an operation with a query, as the guard has read it.

    The terms of the answer are looked at only where new ones can be among them.
    """
    results, graph, _ = serialisation
    return Task(
        reading.relayed or operation.query or "",
        results=results.name if results else None,
        graph=graph.name if graph else None,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        is_union=dataset.is_union and not reading.chooses_graphs,
        is_relayed=reading.relayed is not None,
        base=dataset.service,
        naming=dataset.naming if reading.form == "DESCRIBE" else (),
        prefixes={} if reading.form in TABLES else dataset.prefixes,
        max_bytes=limits.bytes,
        max_rows=limits.rows,
        is_partial=operation.is_partial,
        spool=str(dataset.readers.spool) if dataset.readers.spool else None,
        in_memory=limits.in_memory,
        version=_known(dataset, reading, serialisation),
    )


def _known(dataset: Dataset, reading: Reading, serialisation: Serialisation) -> str:
    """The version of RDF whose terms the answer may hold. Where there are no new ones, nothing need be looked at."""
    if not (dataset.holds_new_terms or reading.makes_new_terms):
        return NEWEST
    asked = serialisation.version or OLDEST
    return asked if serialisation.graph is None or reading.form in TABLES else older(asked, serialisation.graph.newest)


def _seconds(fields: dict[str, list[str]]) -> float | None:
    """The seconds of `timeout`."""
    asked = single(fields, "timeout")
    if asked is None:
        return None
    try:
        seconds = float(asked)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise bad_parameter("timeout", Text("timeout är ett antal sekunder.", "timeout is a number of seconds."))
    return seconds


def _is_yes(fields: dict[str, list[str]], name: str) -> bool:
    """True where a field is `1` or `true`, False where it is `0`, `false` or not there."""
    asked = single(fields, name) or "0"
    if asked not in {"0", "1", "false", "true"}:
        raise bad_parameter(name, Text(f"{name} är 1 eller 0.", f"{name} is 1 or 0."))
    return asked in {"1", "true"}


def fault_of(failure: QueryFailed, dataset: Dataset, operation: Operation) -> SyntaxFault | None:
    """Where the query of an operation stops being one, if that is why it failed."""
    if failure.reason != "syntax" or operation.query is None:
        return None
    return read_fault(failure.message, operation.query, dataset.prefixes)


def _graphs(fields: dict[str, list[str]], name: str) -> tuple[str, ...]:
    """The graphs that a field names."""
    found = tuple(fields.get(name, ()))
    for graph in found:
        try:
            ox.NamedNode(graph)
        except ValueError as error:
            wrong = Text(f"{name} är ingen IRI: {graph!r}.", f"{name} is no IRI: {graph!r}.")
            raise bad_parameter(name, wrong) from error
    return found


def version_in(fields: dict[str, list[str]]) -> str | None:
    """The version of RDF, as the address, the form or the media type of the query names it."""
    asked = single(fields, "version")
    if asked is not None and asked not in VERSIONS:
        named = ", ".join(VERSIONS)
        raise bad_parameter("version", Text(f"version är en av {named}.", f"version is one of {named}."))
    return asked


def no_such_format(there_are: Iterable[Format]) -> Problem:
    """A format that `format` names, where it is none of those that there are."""
    names = ", ".join(format_.name for format_ in there_are)
    wrong = Text(f"Formatet finns inte; välj bland {names}.", f"There is no such format; choose among {names}.")
    return bad_parameter("format", wrong)


def _media_type(request: Request) -> tuple[str, str | None]:
    """The media type of the body and its version. Raises Problem for a charset or coding that we do not read."""
    media_type, options = parse_options_header(request.headers.get("content-type", "").lower())
    if options.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise _unsupported(Text("Skicka frågan som UTF-8.", "Send the query as UTF-8."))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise _unsupported(Text("Skicka frågan okomprimerad.", "Send the query without compression."))
    return media_type, options.get("version")


def too_long(limit: int) -> Problem:
    """A query that is longer than it may be."""
    type_ = TYPES["query-too-long"]
    return Problem(
        type_.kind,
        type_.detail(limit=figure(limit)),
        members={"elapsed": 0.0, "limit": limit, "setting": type_.setting},
    )


def read_fields(request: Request) -> dict[str, list[str]]:
    """The fields of the address. Raises Problem where they are not UTF-8."""
    return _decode(request.scope["query_string"])


def _decode(encoded: bytes) -> dict[str, list[str]]:
    """The fields of a query string or form, decoded once."""
    try:
        query = plain_query(encoded)
        if query is not None:  # as nearly all ask, in a quarter of the time
            return {"query": [query]}
        return parse_qs(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise bad_parameter("query", Text("Parametrarna är inte UTF-8.", "The parameters are not UTF-8.")) from error
    except ValueError as error:  # the parser has counted them
        raise Problem("bad-parameter", _TOO_MANY) from error


@lru_cache(1)
def plain_query(encoded: bytes) -> str | None:
    """The query in a query string or form that has no other field; None where it has. Raises UnicodeDecodeError.

    It is asked for twice in a row.
    """
    name, _, value = encoded.partition(b"=")
    if name != b"query" or b"&" in value:
        return None
    return _unquoted(value.replace(b"+", b" ")).decode("utf-8")


def _unquoted(encoded: bytes) -> bytes:
    """Bytes without their percent-encoding: read as escapes of Python, in a quarter of the library's time."""
    escaped = encoded.replace(b"\\", rb"\\").replace(b"%", rb"\x")
    try:
        return escaped.decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:  # a percent sign that stands for itself
        return unquote_to_bytes(encoded)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad_parameter("query", Text("Frågan är inte UTF-8.", "The query is not UTF-8.")) from error


def _merge(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: first.get(name, []) + second.get(name, []) for name in {**first, **second}}


def single(fields: dict[str, list[str]], name: str) -> str | None:
    """The value of a field that may stand once at most."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise bad_parameter(name, Text(f"{name} får bara stå en gång.", f"{name} may stand only once."))
    return values[0] if values else None


def _unsupported(detail: Text) -> Problem:
    return Problem(
        "unsupported-media-type",
        detail,
        headers={"Accept-Post": f"{FORM}, {QUERY}", "Accept-Query": f"{FORM}, {QUERY}", "Accept-Encoding": "identity"},
    )
