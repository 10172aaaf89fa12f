"""Refuses a query that would leave this machine or nests too deep, before it runs; tells whether it chooses its graphs.

The guard fails closed: strings, comments and IRIs are taken away, unless the engine might read them as something else
(`queries/bare.py`), and whatever is left must not hold the word SERVICE, not even glued to a number. Only variables,
language tags and the local part of prefixed names may. Behind the guard stands a wall: workers have no network (see
`walls`).

How long the engine plans grows with the cube of what is nested or stands in a row: a hundred lists in one another take
it a second, three hundred a minute.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from endpoint.places import place_of
from endpoint.workers.pool import QueryFailed
from endpoint.workers.worker import relay_address
from queries.bare import NeitherIriNorComparison, laid_bare

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VARIABLE = re.compile(r"[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_PREFIXED = re.compile(r"(?<![\w.:-])((?:[^\W\d_][\w.-]*)?):(?:[\w:%][\w:%-]*(?:\.+[\w:%-]+)?)?")
"""A prefixed name, no longer than the engine takes it: full stops do not begin what follows the colon, nor end it, and
stand there in one place."""

_CALL = re.compile(r"(SERVICE\s+(?:SILENT\s+)?)<([^<>\s]*)>", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_BRACKET_OR_FROM = re.compile(r"[(){}]|(?<![A-Za-z])FROM(?![A-Za-z])", re.IGNORECASE)
_OPENING, _CLOSING, _STEP, _END_OF_PATH = ("{", "(", "[", "<<"), ("}", ")", "]", ">>"), "/", (".", ";", ",")
_STRUCTURE = re.compile(r"<<|>>|[{}()\[\]/.;,]")
_UPDATE = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
TABLES = {"SELECT", "ASK"}
"""The forms of query that are answered with a table, or with a yes or no; the others are with a graph."""

_QUERY_FORMS = {*TABLES, "CONSTRUCT", "DESCRIBE"}
_PASSING = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}  # functions whose value is another each time
_VERSION = re.compile(r"\bVERSION\s*[\"'](1\.1|1\.2|1\.2-basic)[\"']", re.IGNORECASE)
_NEW_TERM = re.compile(r"<<|\{\||~|--(?:ltr|rtl)\b|\b(?:TRIPLE|STRLANGDIR)\b", re.IGNORECASE)
_OF_1_2 = ("<<", "TRIPLE", "STRLANGDIR", "--LTR", "--RTL", "VERSION")
_MATTERS = re.compile("|".join(map(re.escape, ("\\", "SERVICE", "FROM", *_OF_1_2, *sorted(_PASSING)))))
"""Where none of these stands in a query in capitals, its first word tells all."""


class Reading(NamedTuple):
    """What a query is, as far as it must be known before it runs."""

    form: str | None  # SELECT, ASK, CONSTRUCT or DESCRIBE; None where no such word is there, for the parser to refuse
    chooses_graphs: bool  # it has FROM or FROM NAMED
    is_lasting: bool  # asked again, it is answered with the same; not so where it has NOW, RAND or its kin
    makes_new_terms: bool = False  # its answer may hold terms of RDF 1.2, whatever the data hold
    version: str | None = None  # the version of SPARQL that it says to be of
    relayed: str | None = None  # the query as it asks the services of others through the relay, where it does


LOOKUPS = {form: Reading(name, False, True) for form, name in (("boolean", "ASK"), ("bindings", "SELECT"))}
"""What a query is that looks one thing up (`lookups`), by the form of its answer: nothing that matters stands in it."""


def inspect(query: str, most_nested: int | None = None, services: tuple[str, ...] = ()) -> Reading:
    """Read a query. Raises QueryFailed where it asks a service that is not listed, is an update, or nests too deep."""
    plain = _plain(query, most_nested)
    if plain is not None:
        return plain
    bare = _bare(query)
    if most_nested is not None:
        _measure(query, bare, most_nested)
    form = next((word for word in _words(bare) if word in _QUERY_FORMS | _UPDATE), None)
    if form in _UPDATE:
        raise QueryFailed("update")
    relayed = _relayed(query, bare, services) if "SERVICE" in bare.upper() else None
    words = _words(bare)
    head = _words(bare.partition("{")[0])
    said = _VERSION.search(query) if "VERSION" in head else None
    return Reading(
        form,
        _has_from(bare),
        _PASSING.isdisjoint(words) and relayed is None,
        makes_new_terms=_NEW_TERM.search(bare) is not None,
        version=said[1] if said else None,
        relayed=relayed,
    )


def _relayed(query: str, bare: str, services: tuple[str, ...]) -> str:
    """The query with each service replaced by its place at the relay. Raises QueryFailed for one that is not listed.

    Only the plain form is taken: the word, its address in full, nothing but blanks between. What else the engine would
    take for a service finds nothing at the other end but the relay.
    """
    written, end = [], 0
    for word in re.finditer("SERVICE", bare, re.IGNORECASE):
        call = _CALL.match(query, word.start())
        if not services or call is None or call[2] not in services or len(bare) != len(query):
            raise QueryFailed("federation-not-listed" if services else "federation", " ".join(services) or "SERVICE")
        there = f"{call[1]}<{relay_address(services.index(call[2]))}>"
        written += [query[end : call.start()], there.ljust(len(call[0]))]  # so that columns stay as they are
        end = call.end()
    return "".join([*written, query[end:]])


def _plain(query: str, most_nested: int | None) -> Reading | None:
    """What nearly all queries are, seen at a glance: no word that matters stands anywhere, and few brackets."""
    capitals = query.upper()
    if _MATTERS.search(capitals):
        return None
    if most_nested is not None and max(sum(map(query.count, _OPENING)), query.count(_STEP)) > most_nested:
        return None
    form = next((form for form in ("SELECT", "ASK") if capitals.lstrip().startswith(form)), None)
    return Reading(form, chooses_graphs=False, is_lasting=True) if form else None


def _bare(query: str) -> str:
    """The query with its code point escapes decoded, and blanks where something stands that may hold any word."""
    try:
        decoded = _ESCAPE.sub(_character, laid_bare(query))
    except NeitherIriNorComparison as error:
        line, column = place_of(query, error.start)
        raise QueryFailed("syntax", f"error at {line}:{column}: {error}") from error
    return _PREFIXED.sub(_blank_name, _VARIABLE.sub(_blank, decoded))


def _measure(query: str, bare: str, most: int) -> None:
    """Raise QueryFailed at the first bracket, or the first step of a path, that is one too many."""
    if sum(map(bare.count, _OPENING)) <= most and bare.count(_STEP) <= most:
        return
    depth = steps = 0
    for token in _STRUCTURE.finditer(bare):
        if token[0] == _STEP:
            steps += 1
        else:
            depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
            steps = 0 if token[0] in _END_OF_PATH or token[0] in "{}" else steps
        if max(depth, steps) > most:
            raise QueryFailed("too-deep", limit=most, place=place_of(query, token.start()))


def _has_from(bare: str) -> bool:
    """True where the word stands outside of all brackets. Columns, and what a CONSTRUCT makes, may stand before it."""
    depth = 0
    for token in _BRACKET_OR_FROM.finditer(bare):
        if token[0] in "({":
            depth += 1
        elif token[0] in ")}":
            depth -= 1
        elif depth == 0:
            return True
    return False


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _blank_name(found: re.Match[str]) -> str:
    """Blanks for a prefixed name, unless its prefix holds the word; a pattern that looks for it takes seconds to."""
    return found[0] if "SERVICE" in found[1].upper() else _blank(found)


def _words(bare: str) -> list[str]:
    return [word.upper() for word in _WORD.findall(bare)]


def _character(escape: re.Match[str]) -> str:
    """The character that a code point escape stands for; an impossible one stays as it is, for the parser to refuse."""
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else escape[0]
