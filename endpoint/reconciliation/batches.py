"""A batch of reconciliation queries as a client sends it, read and checked (Reconciliation Service API 0.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from endpoint.json_faults import told
from endpoint.parameters import bad_parameter
from endpoint.problem_types import TYPES
from endpoint.problems import Problem
from ontology.text import Text

USUAL = 10
"""Candidates for a query that names no limit."""

MOST = 100
"""Candidates for a query at most, whatever limit it names."""

_MOST_OF_EVIDENCE = 10  # properties of one query, and values of one property

_LONGEST_PLACE = 100  # characters of a key or a property that are said again

T = TypeVar("T")


class Reference(msgspec.Struct, frozen=True):
    """A value that is a thing itself, matched before."""

    id: str
    name: str = ""


Value = str | int | float | bool | Reference


class Evidence(msgspec.Struct, frozen=True):
    """A property that the thing that is meant has, and the values that it may have."""

    pid: str
    v: Value | list[Value]

    @property
    def values(self) -> Sequence[Value]:
        """The values, be it one."""
        return self.v if isinstance(self.v, list) else [self.v]


class Query(msgspec.Struct, frozen=True):
    """One query: what is written, and what else is known of what is meant."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: float | None = None
    properties: list[Evidence] | None = None
    type_strict: Literal["any", "should", "all"] = "any"

    @property
    def types(self) -> list[str]:
        """The types that are named."""
        named = self.type if isinstance(self.type, list) else [self.type]
        return list(dict.fromkeys(one for one in named if one))

    @property
    def text(self) -> str:
        """What is written; nothing of a cell that is empty."""
        return (self.query or "").strip()

    @property
    def evidence(self) -> list[Evidence]:
        """What else is known of what is meant."""
        return self.properties or []

    @property
    def most(self) -> int:
        """How many candidates are wanted."""
        return USUAL if self.limit is None else min(MOST, int(self.limit))


def read_batch(text: str, most: int) -> dict[str, Query]:
    """The queries of a batch by their keys. Raises Problem that names the query and the field that is wrong."""
    raw = read_json("queries", text, dict[str, msgspec.Raw])
    if len(raw) > most:
        type_ = TYPES["batch-too-large"]
        raise Problem(
            type_.kind,
            type_.detail(limit=most),
            members={"parameter": "queries", "limit": most, "setting": type_.setting},
        )
    return {key: _checked(key, one) for key, one in raw.items()}


def read_single(text: str) -> Query:
    """The query of the parameter `query`: an object, or a text alone. Raises Problem."""
    if not text.lstrip().startswith("{"):
        return Query(text)
    return _check("query", read_json("query", text, Query))


def read_json(parameter: str, text: str, into: type[T], where: str = "") -> T:
    """What a parameter holds in JSON. Raises Problem that names the parameter and what is wrong with it."""
    try:
        return msgspec.json.decode(text.encode("utf-8"), type=into)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        why = told(error, into)
        raise wrong(parameter, where, Text(f"{why.sv}.", f"{why.en}.")) from error


def wrong(parameter: str, where: str, says: Text) -> Problem:
    """What is wrong with a parameter, or with a place within it."""
    said = where if len(where) <= _LONGEST_PLACE else f"{where[:_LONGEST_PLACE]}…"
    place = f"{parameter} ({said})" if where else parameter
    return bad_parameter(parameter, Text(f"{place}: {says.sv}", f"{place}: {says.en}"))


def _checked(key: str, raw: msgspec.Raw) -> Query:
    return _check("queries", read_json("queries", bytes(raw).decode("utf-8"), Query, key), key)


def _check(parameter: str, query: Query, where: str = "") -> Query:
    """The same query. Raises Problem where it asks for nothing, or for more than can be answered."""
    if query.query is None and not query.evidence:
        raise wrong(parameter, where, _NOTHING)
    if query.limit is not None and not (query.limit >= 1 and query.limit == int(query.limit)):
        raise wrong(parameter, where, _LIMIT)
    if max([len(query.evidence), *(len(one.values) for one in query.evidence)]) > _MOST_OF_EVIDENCE:
        raise wrong(parameter, where, _TOO_MUCH)
    return query


_NOTHING = Text(
    "skriv något i ”query”, eller ange egenskaper i ”properties”.",
    "write something in “query”, or give properties in “properties”.",
)
_LIMIT = Text("”limit” är ett heltal från 1.", "“limit” is a whole number from 1.")
_TOO_MUCH = Text(
    f"högst {_MOST_OF_EVIDENCE} egenskaper, med högst {_MOST_OF_EVIDENCE} värden var.",
    f"{_MOST_OF_EVIDENCE} properties at most, with {_MOST_OF_EVIDENCE} values each.",
)
