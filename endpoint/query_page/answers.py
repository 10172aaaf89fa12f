"""The answer of a query as a page shows it: a table, a yes or no, or a graph as Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from endpoint.workers.pool import Answer, QueryFailed
from ontology.namespaces import XSD

ROWS_SHOWN = 1000
"""How many rows a page shows; all of them can be had from `/sparql`."""

_MOST_LEVELS = 100  # of a triple term, with those that stand in it: an engine makes thousands, and no reader reads them
_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}


@dataclass(frozen=True, slots=True)
class Value:
    """One term of an answer: an IRI, a blank node or a literal with its language."""

    text: str
    is_iri: bool = False
    is_number: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT that a page shows, in the order of its columns, and how many were read.

    `is_open` says that there are more than were read.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    total: int
    is_open: bool = False

    @property
    def is_cut(self) -> bool:
        """True where there are more rows than are shown."""
        return self.is_open or self.total > len(self.rows)

    def fits(self, cells: int) -> bool:
        """True where all rows were read, and have a cell and no more than these."""
        return bool(self.columns) and not self.is_open and self.total * len(self.columns) <= cells

    def is_numeric(self, column: int) -> bool:
        """True where a column holds nothing but numbers."""
        values = [row[column] for row in self.rows if row[column] is not None]
        return bool(values) and all(value.is_number for value in values if value)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: one of the three is there."""

    table: Table | None = None
    boolean: bool | None = None
    turtle: str | None = None

    def iris(self) -> Iterator[str]:
        """The IRIs in the rows that are shown."""
        rows = self.table.rows if self.table else ()
        return (value.text for row in rows for value in row if value is not None and value.is_iri)


def read_answer(answer: Answer, most: int = ROWS_SHOWN) -> Shown:
    """What is shown of an answer in SPARQL JSON or Turtle: of a table, `most` rows.

    Raises QueryFailed for a triple term that nests too deep.
    """
    if answer.form == "graph":
        return Shown(turtle=answer.content.decode("utf-8"))
    try:
        said = json.loads(answer.content)
    except RecursionError as error:
        raise _too_deep() from error
    if answer.form == "boolean":
        return Shown(boolean=said["boolean"])
    columns, bindings = tuple(said["head"]["vars"]), said["results"]["bindings"]
    rows = tuple(
        tuple(_value(binding[column]) if column in binding else None for column in columns)
        for binding in bindings[:most]
    )
    return Shown(table=Table(columns, rows, len(bindings), is_open=answer.cut is not None))


def _value(term: dict[str, Any], level: int = 0) -> Value:
    if term["type"] == "uri":
        return Value(term["value"], is_iri=True)
    if term["type"] == "bnode":
        return Value(f"_:{term['value']}")
    if term["type"] == "triple":
        if level == _MOST_LEVELS:
            raise _too_deep()
        parts = (_value(term["value"][part], level + 1) for part in ("subject", "predicate", "object"))
        return Value(f"<<( {' '.join(f'<{part.text}>' if part.is_iri else part.text for part in parts)} )>>")
    return Value(term["value"], is_number=term.get("datatype") in _NUMBERS, language=term.get("xml:lang", ""))


def _too_deep() -> QueryFailed:
    return QueryFailed("deep-term", limit=_MOST_LEVELS)
