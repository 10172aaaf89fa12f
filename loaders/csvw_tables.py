"""Tables that CSVW metadata says the meaning of: the statement of each cell, and each fault with its line.

The metadata is read, the cells are parsed and checked and the templates are filled in by the library csvw; a cell then
becomes a statement as "Generating RDF from Tabular Data on the Web" says of its minimal mode (section 4.2).
"""

from __future__ import annotations

import csv
import json
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
from csvw import Column, Table
from csvw.dsv import UnicodeReaderWithLineNumber
from csvw.jsonld import format_value
from csvw.metadata import Dialect

from loaders.csvw_values import guard
from loaders.json_answers import refuse_doubles
from loaders.lost import lost_letters
from loaders.statements import PlacedTriple, Spot
from loaders.told import shown
from ontology.namespaces import CSVW_CONTEXT, XSD

_MOST_TOLD = 20
_OTHERWISE = {"number": "double", "binary": "base64Binary", "datetime": "dateTime", "any": "anyAtomicType"}
"""Datatypes that CSVW calls otherwise than XML Schema."""

_NOT_TAKEN = frozenset({"json", "xml", "html"})
"""Datatypes whose values are documents."""

_BROKEN = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, AssertionError, re.error)
"""What the library raises of metadata that it cannot follow: seen by spoiling some at random."""

_BY_A_CELL = re.compile(r"\{\+?[\w%]")
"""How a template begins that leaves the beginning of the address to a cell (RFC 6570, 3.2.2 and 3.2.3)."""

_WHOLE = re.compile(r"https?://(?:(?!%20)[^/?#])+(?:[/?#]|$)", re.IGNORECASE)

Where = Callable[[int, int], Spot]
"""Says where a row stands, by its number and the number of its line."""


class Metadata:
    """What metadata says of one table. Raises ValueError where it says nothing that can be followed."""

    def __init__(self, text: str, base: str) -> None:
        told = _described(text)
        with warnings.catch_warnings(record=True) as noted:
            warnings.simplefilter("always")
            try:
                self._table = Table.fromvalue(told | {"@base": base})
            except _BROKEN as error:
                raise ValueError(f"the metadata cannot be followed: {error}") from error
        if noted:
            raise ValueError(f"the metadata cannot be followed: {'; '.join(str(each.message) for each in noted)}")
        self._columns: list[Column] = [each for each in self._table.tableSchema.columns if not each.suppressOutput]
        if not self._columns:
            raise ValueError("the metadata names no column that is not suppressed (tableSchema.columns)")
        for column in self._columns:
            _check(column)
        self._named = self._table.tableSchema.columndict
        for column in self._named.values():
            column.datatype = column.inherit("datatype")
            guard(column.datatype)

    @property
    def read_columns(self) -> list[str]:
        """What the columns that the table itself has are called there: by their titles, else by their names."""
        own = (column for column in self._table.tableSchema.columns if not column.virtual)
        return [(column.titles and column.titles.getfirst()) or str(column) for column in own]

    @property
    def has_dialect(self) -> bool:
        """True where it says how the table is written."""
        return self._table.dialect is not None

    def statements(self, body: bytes, most: int, where: Where) -> Iterator[PlacedTriple]:
        """Each statement of a table, and where it stands.

        `most` is how many there may be. Raises ValueError with every cell that the metadata does not allow.
        """
        number, faults = 0, list[str]()
        for row_number, line, row in self._rows(body, where, faults):
            filled = {name: _filled(value, self._named.get(name)) for name, value in row.items()}
            for column in self._columns:
                place = where(row_number, line)._replace(column=str(column))
                try:
                    for triple in self._said(column, row.get(str(column)), filled, row_number):
                        number += 1
                        if number > most:
                            raise OverflowError
                        yield triple, place
                except ValueError as error:
                    faults.append(f"{place}: {error}")
                except OverflowError as error:
                    raise ValueError(f"there are more than {most:,} statements (most)") from error
        if faults:
            more = f"; and {len(faults) - _MOST_TOLD:,} more" if len(faults) > _MOST_TOLD else ""
            raise ValueError("; ".join(faults[:_MOST_TOLD]) + more)

    def _rows(self, body: bytes, where: Where, faults: list[str]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        """The rows that the library reads; what it does not is told of."""
        log = logging.Logger("csvw")
        log.addHandler(_Noted(faults))
        with TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as noted:
            warnings.simplefilter("always")
            _refuse_other_encoding(body, (self._table.dialect or Dialect()).encoding)
            file = Path(folder) / "table.csv"
            file.write_bytes(body.removeprefix(b"\xef\xbb\xbf"))
            try:
                numbers = self._counted(file, where, faults)
                rows = self._table.iterdicts(log=log, with_metadata=True, fname=file)
                yield from ((numbers[line], line, row) for _, line, row in rows if numbers[line] > 0)
            except (csv.Error, *_BROKEN) as error:
                raise ValueError(f"the table cannot be read: {str(error).replace(str(file), 'it')}") from error
        at = re.compile(rf"{re.escape(str(file))}:(\d+):\d+ ")
        placed = [(numbers[int(found[1])] if (found := at.match(told)) else None, told) for told in faults]
        faults[:] = [
            at.sub(lambda found: f"{where(numbers[int(found[1])], int(found[1]))}, ", told) + self._allowed(told)
            for number, told in placed
            if number is None or number > 0  # no heading is wrong as a value
        ]
        faults += dict.fromkeys(str(each.message) for each in noted)

    def _allowed(self, told: str) -> str:
        """What the metadata says of the column that a fault is in, where it says more than that it is text."""
        own = [column for column in self._table.tableSchema.columns if not column.virtual]
        for called, column in zip(self.read_columns, own, strict=True):
            datatype = column.datatype
            if f" {called}: " in told and datatype and (datatype.format or datatype.base != "string"):
                written = f", format {datatype.format}" if datatype.format else ""
                return f" (the metadata says: {datatype.base}{written})"
        return ""

    def _counted(self, file: Path, where: Where, faults: list[str]) -> dict[int, int]:
        """The numbers of the rows by their lines, 0 and less for the headings; what is wrong with any is told of."""
        columns, numbers, dialect = len(self.read_columns), dict[int, int](), self._table.dialect or Dialect()
        headings = dialect.headerRowCount if dialect.header else 0
        with UnicodeReaderWithLineNumber(file, dialect=dialect) as reader:
            try:
                for number, (line, row) in enumerate(reader, 1 - headings):
                    numbers[line] = number
                    place = str(where(number, line)) if number > 0 else "the headings"
                    if len(row) != columns:
                        faults.append(f"{place}: there are {len(row)} cells, and the metadata has {columns} columns")
                    if number == 1 - headings and headings:
                        faults += (
                            f"{place}: {shown(name)} is a column that stands there already" for name in self._twice(row)
                        )
            except csv.Error as error:
                last = max(numbers, default=0)
                raise ValueError(f"after line {last}: {error}; check the quotation marks") from error
        return numbers

    def _twice(self, headings: Iterable[str]) -> Iterator[str]:
        """The headings of columns that an earlier one is a heading of too: the library would keep the last alone."""
        seen = set[str]()
        for heading in headings:
            column = self._table.tableSchema.get_column(heading)
            called = heading if column is None else str(column)
            if called in seen:
                yield heading
            seen.add(called)

    def _said(self, column: Column, value: Any, row: Mapping[str, Any], number: int) -> Iterator[ox.Triple]:
        """What a cell says; nothing where it is empty."""
        if not column.virtual and (value is None or (isinstance(value, str | list) and not value)):
            return
        expand = partial(self._expand, column=column, row=row, number=number)
        template = column.inherit("valueUrl")
        if template is not None:
            address = expand("valueUrl")
            objects: list[ox.NamedNode | ox.Literal] = [] if address is None else [ox.NamedNode(address)]
        else:
            objects = [
                self._literal(column, each)
                for each in (value if isinstance(value, list) else [value])
                if each is not None
            ]
        if not objects:
            return
        about, predicate = (expand(name) or "" for name in ("aboutUrl", "propertyUrl"))
        for each in objects:
            yield ox.Triple(ox.NamedNode(about), ox.NamedNode(predicate), each)

    def _expand(self, name: str, column: Column, row: Mapping[str, Any], number: int) -> str | None:
        """The address that a template of a column gives; None where a cell is to begin it, and is empty.

        What the author of the metadata writes may be relative. A cell that begins an address is to have it whole, for
        any words are an address once they are read as relative. Raises ValueError for one that has not.
        """
        template = column.inherit(name)
        if _BY_A_CELL.match(template.uri):
            begun = template.expand(**row, _row=number, _name=str(column))
            if not begun:
                return None
            if _WHOLE.match(begun) is None:
                as_it_is = "" if template.uri.startswith("{+") else "; {+name} takes a cell as it is, {name} escapes it"
                raise ValueError(
                    f"{unquote(begun)!r} is no whole web address. Write it in the table with https://, or let the "
                    f"{name} of the metadata begin it{as_it_is}"
                )
            for cell in (row.get(each) for each in template.variable_names):
                if isinstance(cell, str):
                    _refuse_no_address(unquote(cell))  # the library has escaped it where it is an xsd:anyURI
        return str(self._table.expand(template, row=row, _row=number, _name=str(column)))

    def _literal(self, column: Column, value: Any) -> ox.Literal:
        """A value with its language, or the datatype that it was checked against."""
        datatype, schema = column.datatype, self._table.tableSchema
        languages = (each.lang for each in (column, schema, self._table) if each.lang != "und")
        language = next(languages, None)
        own = datatype.at_props.get("id") if datatype is not None else None
        name = "string" if datatype is None else datatype.base
        if name == "string" and own is None and language:
            return ox.Literal(value, language=language)
        return ox.Literal(_lexical(value, column), datatype=ox.NamedNode(own or f"{XSD}{_OTHERWISE.get(name, name)}"))


def _refuse_no_address(cell: str) -> None:
    """Raise ValueError for a cell that would become an address, and has what none has."""
    if not cell.isprintable() or lost_letters(cell) is not None:
        raise ValueError(f"{shown(cell)} has a character that no web address has; write it anew")


def _refuse_other_encoding(body: bytes, encoding: str) -> None:
    """Raise ValueError with the line at which a table is not what its metadata says, or what is meant otherwise."""
    try:
        body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"line {line} is not {encoding.upper()}; save the file so, or say in the metadata which encoding it has "
            "(dialect.encoding)"
        ) from error


class _Noted(logging.Handler):
    """Puts what a library tells of among the faults."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__()
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        """One fault."""
        self._faults.append(record.getMessage())


def _described(text: str) -> dict[str, Any]:
    """The only table of metadata, with nothing in it that would be fetched.

    The language of the context is that of what the metadata says itself, and of no cell (Metadata Vocabulary, 5.2).
    """
    try:
        told = json.loads(text, object_pairs_hook=refuse_doubles)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"the metadata is not JSON: {error}") from error
    except ValueError as error:  # it says two things of one name, or a number that nobody can read
        raise ValueError(f"the metadata cannot be followed: {error}") from error
    context = told.get("@context") if isinstance(told, dict) else None
    if (context[0] if isinstance(context, list) and context else context) != CSVW_CONTEXT:
        raise ValueError(f'this is no CSVW metadata: its @context is to be "{CSVW_CONTEXT}"')
    tables = told.pop("tables", [told])
    if not isinstance(tables, list) or len(tables) != 1 or not isinstance(tables[0], dict):
        raise ValueError("the metadata is to describe one table")
    table = {"url": "table.csv"} | {name: value for name, value in (told | tables[0]).items() if name != "@context"}
    for name in ("tableSchema", "dialect"):
        if not isinstance(table.get(name, {}), dict):
            raise ValueError(f"{name} stands in another file; write it in the metadata itself")
    if table.get("dialect", {}).get("headerRowCount") == 0:  # which the library does not take for no headings
        table["dialect"] = table["dialect"] | {"header": False}
    return table


def _check(column: Column) -> None:
    """Raise ValueError for a column that makes no statement, or one that cannot be made."""
    if column.inherit("propertyUrl") is None:
        raise ValueError(f"the column {column} has no propertyUrl; give it one, or suppress it (suppressOutput)")
    if column.inherit("aboutUrl") is None:
        raise ValueError(f"the column {column} has no aboutUrl: what is it about?")
    if column.virtual and column.inherit("valueUrl") is None:
        raise ValueError(f"the virtual column {column} has no valueUrl")
    datatype = column.inherit("datatype")
    if datatype is not None and datatype.base in _NOT_TAKEN:
        raise ValueError(f"the column {column} holds {datatype.base}, which is no value here")
    if column.inherit("ordered"):
        raise ValueError(f"the column {column} is ordered, and a list is no value here")


def _filled(value: Any, column: Column | None) -> Any:
    """A value as it is put into a template."""
    if isinstance(value, list):
        return [_filled(each, column) for each in value if each is not None]
    return None if value is None else _lexical(value, column)


def _lexical(value: Any, column: Column | None) -> str:
    """A value as XML Schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(format_value(value, column))
