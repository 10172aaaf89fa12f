"""What `miljograf receive` tells of a file: its faults, what was read as something else, and whether it is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from pathlib import Path

import click

from loaders.assessments import AssessmentYear
from loaders.filled import Fault
from loaders.received import FORMS, Delivery, Read
from loaders.told import counted
from ontology.text import LANGUAGES, Language, Text

_MOST_TOLD = 200
_MOST_LINES = 20


class Outcome(Enum):
    """What became of a file."""

    KEPT = auto()
    CHECKED = auto()
    REFUSED = auto()


_CALLED = {
    "programmes": (Text("program", "programme"), Text("program", "programmes")),
    "measures": (Text("åtgärd", "measure"), Text("åtgärder", "measures")),
    "assessments": (Text("bedömning", "assessment"), Text("bedömningar", "assessments")),
}
"""What the lines of a template are called, one of them and several."""

_EMPTY = Text(
    "Det finns ingen rad under rubrikerna; fyll i tabellen.", "There is no line below the headings; fill in the table."
)
_CHECKED = Text("Inget sparades: det här var en kontroll.", "Nothing was kept: this was a check.")
_NOTHING = Text("Inget sparades: det finns inget att spara.", "Nothing was kept: there is nothing to keep.")
_NO_GOOD_LINE = Text("Inget sparades: ingen rad är utan fel.", "Nothing was kept: no line is without faults.")
_MEND = Text(
    "Inget sparades: rätta felen, eller ta de andra raderna med --accept-partial.",
    "Nothing was kept: mend the faults, or take the other lines with --accept-partial.",
)


def tell(read: Read, delivery: Delivery, outcome: Outcome, language: Language, names_all: Path | None) -> None:
    """Tell of a file that was read: first what is to be looked at, then what it holds and what became of it."""

    def say(sv: str, en: str, *, err: bool = False) -> None:
        click.echo(Text(sv, en).in_(language), err=err)

    for fault in read.faults[:_MOST_TOLD]:
        click.echo(fault.in_(language), err=True)
    if len(read.faults) > _MOST_TOLD:
        more = counted(len(read.faults) - _MOST_TOLD)
        where = (
            Text(f"alla står i {names_all}", f"all are in {names_all}")
            if names_all
            else Text("--faults FIL skriver alla till en fil", "--faults FILE writes all to a file")
        )
        say(f"… och {more.sv} till; {where.sv}", f"… and {more.en} more; {where.en}", err=True)
    for (heading, written, meant), number in sorted(read.meant.items()):
        lines = _lines(number)
        say(
            f"{heading}: {written!r} lästes som {meant}, {lines.sv}",
            f"{heading}: {written!r} was read as {meant}, {lines.en}",
            err=True,
        )
    for heading in dict.fromkeys(heading for heading, _ in sorted(read.own)):
        of = {name: number for (column, name), number in sorted(read.own.items()) if column == heading}
        named = Text(*(_with_lines(of, language) for language in LANGUAGES))
        kept, names = counted(len(of)), "name" if len(of) == 1 else "names"
        say(
            f"{heading}: {kept.sv} namn som inte är bland aktörerna här, och behålls med era ord: {named.sv}",
            f"{heading}: {kept.en} {names} not among the actors here, and kept in your words: {named.en}",
            err=True,
        )
    if read.unread:
        unread = ", ".join(read.unread)
        say(f"Kolumner som inte läses: {unread}", f"Columns that are not read: {unread}", err=True)
    if read.hidden_columns:
        hidden = ", ".join(read.hidden_columns)
        say(
            f"Kolumner som är dolda, och läses ändå: {hidden}", f"Columns that are hidden, and read: {hidden}", err=True
        )
    if read.hidden_lines:
        lines, places = _lines(len(read.hidden_lines)), _numbers(read.hidden_lines)
        say(
            f"Dolda eller bortfiltrerade, och läses ändå: {lines.sv} ({places}); ta bort dem som inte ska med",
            f"Hidden or filtered away, and read: {lines.en} ({places}); remove those that are not meant",
            err=True,
        )
    if read.unseen:
        lines, places = _lines(len(read.unseen)), _numbers(read.unseen)
        say(
            f"Har ord som inte syns, i samma färg som det som är bakom dem eller med formatet ;;;, och läses ändå: "
            f"{lines.sv} ({places}); ta bort det som inte ska med",
            f"Have words that are not seen, in the colour of what is behind them or with the format ;;;, and read: "
            f"{lines.en} ({places}); remove what is not meant",
            err=True,
        )
    if read.decimals:
        lines, places = _lines(len(read.decimals)), _numbers(read.decimals)
        say(
            f"Beteckningar som Excel har gjort decimaltal av: {lines.sv} ({places}); där 1.1 skulle ha varit "
            "1.10, formatera kolumnen som text och skriv beteckningen på nytt",
            f"Designations that Excel has made decimals of: {lines.en} ({places}); where 1.1 was to be 1.10, format "
            "the column as text and write the designation anew",
            err=True,
        )
    if read.good + read.bad == 0:
        say(*_EMPTY, err=True)
    _sum_up(read, delivery, outcome, language)


def _sum_up(read: Read, delivery: Delivery, outcome: Outcome, language: Language) -> None:
    found = {row.key for row in read.rows if row.defines == FORMS[delivery.template].template.defines}
    things, called = counted(len(found)), _CALLED[delivery.template][len(found) != 1]
    lines, bad = _lines(read.good + read.bad), counted(read.bad)
    years = {row.key for row in read.rows if isinstance(row, AssessmentYear)} - found
    known = counted(len(years))
    of_known = Text(
        f", året för {known.sv} som redan finns här",
        f", the year of {known.en} that {'is' if len(years) == 1 else 'are'} here already",
    )
    summary = Text(
        f"{delivery.id}: {lines.sv}, {bad.sv} med fel; {things.sv} {called.sv}{of_known.sv if years else ''}",
        f"{delivery.id}: {lines.en}, {bad.en} with faults; {things.en} {called.en}{of_known.en if years else ''}",
    )
    click.echo(summary.in_(language))
    left_out = _lines(read.bad)
    kept = Text(
        f"Mottaget{f', och {left_out.sv} utelämnades' if read.bad else ''}. Nästa `miljograf build` läser det.",
        f"Received{f', and {left_out.en} left out' if read.bad else ''}. The next `miljograf build` reads it.",
    )
    refused = _NOTHING if read.good + read.bad == 0 else _NO_GOOD_LINE if read.good == 0 else _MEND
    said = {Outcome.KEPT: kept, Outcome.CHECKED: _CHECKED, Outcome.REFUSED: refused}[outcome]
    click.echo(said.in_(language), err=outcome is Outcome.REFUSED)


def _with_lines(names: Mapping[str, int], language: Language) -> str:
    """Names, each with the number of lines on which it stands; the first of them, where there are very many."""
    told = [f"{name!r} ({_lines(number).in_(language)})" for name, number in names.items()]
    more = counted(len(told) - _MOST_TOLD)
    rest = [Text(f"och {more.sv} till", f"and {more.en} more").in_(language)] if len(told) > _MOST_TOLD else []
    return ", ".join([*told[:_MOST_TOLD], *rest])


def _numbers(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")


def _lines(number: int) -> Text:
    grouped = counted(number)
    return Text(f"{grouped.sv} {'rad' if number == 1 else 'rader'}", f"{grouped.en} line{'' if number == 1 else 's'}")


def faults_as_csv(faults: Iterable[Fault], language: Language) -> bytes:
    """Faults as a table, each with its line and column."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("file", "line", "column", "fault"))
    lines.writerows((one.file, one.line, one.column(language), one.told.in_(language)) for one in faults)
    return text.getvalue().encode("utf-8")
