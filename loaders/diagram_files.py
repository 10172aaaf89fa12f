"""The values of a diagram export: a column of years, a column for each series, and each fault with sheet and cell.

Highcharts, which draws the diagrams, gives such a table: its first line has the title of the axis (`Category` or
`DateTime` where it has none) and the names of the series, and each other line has a category and a value or nothing of
each. See https://api.highcharts.com/highcharts/exporting.csv.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from loaders.diagram_mapping import Diagram
from loaders.not_over import WAY_OUT
from loaders.sheet_cells import Cell
from loaders.sheet_lines import Line, Sheet
from loaders.spreadsheet import sheets_in
from loaders.unreadable import STRUCK, Unreadable
from ontology.schemes import Unit

Values = dict[tuple[str, str], dict[str, tuple[str, str]]]
"""Digits, and the sign of the file where there are none, by area and part, and then by year."""

_WHERE_HEADINGS_ARE = 30
"""Lines among which the headings are looked for: above them there may be a title."""

LATEST = "2099"
"""The last year that there is in cells."""

_MOST_TOLD = 20
_MOST_DIGITS = 40
_HIDDEN = 'let the workbook show it, or the sources file say hidden = "read" or hidden = "left-out"'
_BLANK = r"[ \u00a0\u2009\u202f]"
_NUMBER = re.compile(rf"[-+\u2212]?(?:[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}})+|[0-9]+)(?:([.,])[0-9]+)?")
_UNCLEAR = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_DAY = re.compile(r"((?:19|20)[0-9]{2})(-[0-9]{2}-[0-9]{2})?(?:[ T]00:00(?::00)?)?")


@dataclass(slots=True)
class _Reading:
    """The values found so far, where each stood, and what is wrong."""

    diagram: Diagram
    sheet: str
    latest: str
    values: Values = field(default_factory=dict)
    places: dict[tuple[str, str, str], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, cell: Cell, why: str) -> None:
        """Note what is wrong with a cell."""
        where = f"{self.sheet}!{cell.place}" if self.sheet else cell.place
        self.faults.append(f"{where}: {f'{cell.text!r}: ' if cell.text else ''}{why}")

    def put(self, heading: str, year: str, cell: Cell, read: tuple[str, str]) -> None:
        """A value of a series in a year; one that the year has already must be the same."""
        part = self.diagram.series[heading]
        series = self.diagram.area_of(part), part.key
        years = self.values.setdefault(series, {})
        if years.setdefault(year, read) != read:
            before, place = years[year][0] or "nothing", self.places[*series, year]
            self.fault(cell, f"{heading} has {before} for {year} in {place}: only one can hold")
        self.places.setdefault((*series, year), cell.place)


def read_values(diagram: Diagram, body: bytes, latest: str = LATEST) -> Values:
    """The values of every series that the mapping names.

    `latest` is the last year that values can be of. Raises ValueError with the faults, each with its sheet and cell.
    """
    tried: list[Sheet] = []
    try:
        with sheets_in(body) as there_are:
            for sheet in there_are:
                tried.append(sheet)
                if sheet.name != diagram.sheet if diagram.sheet is not None else sheet.is_hidden:
                    continue
                for line in islice(sheet.lines, _WHERE_HEADINGS_ARE):
                    if any(_heading(cell) == diagram.year for cell in line.cells):
                        return _read(_Reading(diagram, sheet.name, latest), line, sheet)
    except Unreadable as error:
        raise ValueError(str(error)) from error
    there = ", ".join(sheet.called("en") for sheet in tried if sheet.name)
    if diagram.sheet is not None and diagram.sheet not in {sheet.name for sheet in tried}:
        raise ValueError(f"there is no sheet called {diagram.sheet!r}; there are: {there or 'none'}")
    raise ValueError(
        f"no line among the first {_WHERE_HEADINGS_ARE} has the heading {diagram.year!r} (year)"
        f"{f' in {there}' if there else ''}; say what the column of the years is called"
        f"{', or name a hidden sheet that is to be read (sheet)' if any(sheet.is_hidden for sheet in tried) else ''}"
    )


def _read(reading: _Reading, headings: Line, sheet: Sheet) -> Values:
    passed = sheet.hidden if reading.diagram.hidden == "left-out" else frozenset[int]()
    columns = _columns(reading, headings, sheet.hidden)
    if not reading.faults:
        for line in sheet.lines:
            if not (line.is_hidden and reading.diagram.hidden == "left-out"):
                _read_line(reading, columns, line, passed)
    if not reading.faults and not any(digits for years in reading.values.values() for digits, _ in years.values()):
        reading.faults.append("there is no value in it")
    if reading.faults:
        more = len(reading.faults) - _MOST_TOLD
        told = "; ".join(reading.faults[:_MOST_TOLD]) + (f"; and {more:,} more" if more > 0 else "")
        raise ValueError(told)
    return {series: dict(_between(years)) for series, years in reading.values.items()}


def _heading(cell: Cell) -> str:
    return " ".join(cell.text.split())


def _columns(reading: _Reading, headings: Line, hidden: Container[int]) -> Mapping[int, str]:
    """Which column each heading stands over. What is neither years, a series nor left out is a fault.

    So is a hidden column of values, where the sources file does not say what is done with such.
    """
    diagram, columns, seen, passed = reading.diagram, dict[int, str](), dict[str, str](), set[str]()
    for place, cell in enumerate(headings.cells):
        name, is_hidden = _heading(cell), place + 1 in hidden
        if is_hidden and diagram.hidden == "left-out" and name != diagram.year:
            passed.add(name)
            continue
        if is_hidden and diagram.hidden is None and name in diagram.series:
            reading.fault(cell, f"the column is hidden; {_HIDDEN}, or the column under left_out")
        elif cell.fault:
            reading.fault(cell, cell.fault.en)
        elif name in seen:
            reading.fault(cell, f"the column {seen[name]} is called so too; give each a name of its own")
        elif name and name not in {diagram.year, *diagram.series, *diagram.left_out}:
            reading.fault(cell, "the sources file does not say what this column is (series, left_out)")
        if name:
            columns[place] = name
            seen.setdefault(name, cell.place)
    for name in (*diagram.series, *diagram.left_out):
        if name not in seen and not (name in passed and name in diagram.left_out):
            shown = " that is shown" if diagram.hidden == "left-out" else ""
            reading.faults.append(f"there is no column{shown} called {name!r}; there are: {', '.join(seen)}")
    return columns


def _read_line(reading: _Reading, columns: Mapping[int, str], line: Line, passed: Container[int]) -> None:
    """The values of a line; one without any is passed over, as a note below the table and some columns are."""
    diagram = reading.diagram
    cells = {columns[place]: cell for place, cell in enumerate(line.cells) if place in columns}
    for place, cell in enumerate(line.cells):
        if place not in columns and cell.text and place + 1 not in passed:
            reading.fault(cell, "it stands under no heading")
    empty = Cell(f"line {line.number}")
    held = any(cells.get(heading, empty).text or cells.get(heading, empty).fault for heading in diagram.series)
    when = cells.get(diagram.year, empty)
    if line.is_hidden and held and diagram.hidden is None:
        reading.fault(when, f"the line is hidden or filtered away; {_HIDDEN}")
        return
    try:
        year = _year(when, reading.latest)
    except ValueError as error:
        if held:
            reading.fault(when, str(error))
        return
    for heading in diagram.series:
        cell = cells.get(heading, empty)
        if cell.is_unseen and diagram.hidden == "left-out":
            continue
        if cell.is_unseen and diagram.hidden is None:
            reading.fault(
                cell, f"its letters have the colour of what is behind them, or no format shows them; {_HIDDEN}"
            )
            continue
        try:
            reading.put(heading, year, cell, _value(cell, diagram))
        except ValueError as error:
            reading.fault(cell, str(error))


def _year(cell: Cell, latest: str) -> str:
    """The year of a line; Highcharts writes the day on which it begins where the axis is one of time."""
    if cell.fault:
        raise ValueError(cell.fault.en)
    found = _DAY.fullmatch(" ".join(cell.text.split()))
    if found is None:
        raise ValueError("this is no year between 1900 and 2099")
    if found[2] not in {None, "-01-01"}:
        raise ValueError("this is a day within a year, and only values of whole years are read")
    if found[1] > latest:
        raise ValueError(f"values of {found[1]} cannot have been measured in {latest}; {WAY_OUT}")
    return found[1]


def _value(cell: Cell, diagram: Diagram) -> tuple[str, str]:
    """The digits of a value, or none with the sign that stands in their place."""
    if cell.fault:
        raise ValueError(cell.fault.en)
    if cell.is_struck:
        raise ValueError(STRUCK.en)
    text = " ".join(cell.text.split("\n"))
    if not text or text in diagram.no_value:
        return "", text
    if cell.is_number:
        number = Decimal(cell.text)
        if cell.is_share and diagram.unit is not Unit.PERCENT:
            raise ValueError("it is shown as a percentage, and the sources file says another unit (unit)")
        return _written((number * 100).normalize() if cell.is_share else number), ""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError("this is no number; signs for no value are named in the sources file (no_value)")
    if diagram.decimal_mark is None and _UNCLEAR.fullmatch(text):
        raise ValueError(f"{found[1]} can part thousands or decimals; the sources file is to say which (decimal_mark)")
    if found[1] not in {None, diagram.decimal_mark or found[1]}:
        raise ValueError(f"the sources file says that decimals are written with {diagram.decimal_mark} (decimal_mark)")
    return _written(Decimal(re.sub(_BLANK, "", text).replace("\u2212", "-").replace(",", "."))), ""


def _written(number: Decimal) -> str:
    """A number in digits alone."""
    digits = format(number, "f")
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"this number has more than {_MOST_DIGITS} digits")
    return digits


def _between(years: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The years from the first value of a series to its last; where it has not begun or has ended, nothing lacks."""
    told = sorted(year for year, (digits, sign) in years.items() if digits or sign)
    if told:
        yield from ((year, read) for year, read in years.items() if told[0] <= year <= told[-1])
