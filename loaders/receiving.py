"""The commands `receive` and `template`: what others have filled comes into the data folder, an empty one goes out."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import ValidationError

from loaders import disk
from loaders.cells import labels
from loaders.cli import DATA, TABLES, counted
from loaders.curated import read_all
from loaders.filled import How
from loaders.live import read_live_sources
from loaders.named import Named
from loaders.received import (
    FORMS,
    BadDelivery,
    Delivery,
    Read,
    ReceivedSource,
    deliveries,
    keep,
    read_file,
    read_received,
)
from loaders.row import Row
from loaders.spreadsheet import Unreadable
from loaders.table import Problem, TableProblems
from loaders.template_files import Codes, as_csv, as_workbook
from loaders.templates import SCHEMES, TEMPLATES, Template
from loaders.toml_files import read_toml
from ontology.schemes import SourceKind
from ontology.text import LANGUAGES, Language

_MOST_TOLD = 200
_ADDRESS = "write the whole address, with https:// first"
_WANTED = {
    "id": "write small letters a–z, digits and hyphens between them, such as lst-skane-atgarder",
    "url": _ADDRESS,
    "licence": _ADDRESS,
}
"""How options are written that have a form."""
_FORM = click.argument("form", metavar=f"[{'|'.join(TEMPLATES)}]", type=click.Choice(list(TEMPLATES)))


def _encoding(name: str) -> str:
    """A name of an encoding of text that there is."""
    try:
        "a".encode(name)
    except (LookupError, UnicodeError) as error:
        raise click.BadParameter(f"no encoding of text is called {name!r}; try cp1252") from error
    return name


@click.command("receive")
@_FORM
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--id", "source", required=True, help="The id of the delivery as a source, such as lst-skane-atgarder.")
@click.option("--title", help="What the source is called.")
@click.option("--title-lang", type=click.Choice(LANGUAGES), help="The language of the title; sv if not given.")
@click.option("--publisher", help="Who delivers it.")
@click.option("--url", help="A page about it.")
@click.option("--licence", help="The address of the licence it comes under.")
@click.option("--attribution", help="How the source wants to be named.")
@click.option("--retrieved", metavar="DAY", help="The day it was delivered, YYYY-MM-DD; today if not given.")
@click.option("--sheet", help="The sheet to read; the first with the headings of the template if not given.")
@click.option(
    "--encoding",
    default="utf-8-sig",
    show_default=True,
    callback=lambda *words: _encoding(words[-1]),
    help="What a CSV file is written in.",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says what other headings and words than the template's mean; see docs/deliver.md.",
)
@click.option("--accept-partial", is_flag=True, help="Take the lines without faults, and leave the others out.")
@click.option("--check", "only_check", is_flag=True, help="Tell what is wrong, and keep nothing.")
@click.option(
    "--faults",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every fault to a CSV file, with its line and column.",
)
@DATA
@TABLES
def receive_command(  # noqa: PLR0913, PLR0917 - as many arguments as the command has options
    form: str,
    file: Path,
    source: str,
    sheet: str | None,
    encoding: str,
    columns: Path | None,
    accept_partial: bool,
    only_check: bool,
    faults: Path | None,
    data: Path,
    tables: Path | None,
    **told: str | None,
) -> None:
    """Receive FILE, a template that others have filled, so that the next build reads it.

    FILE is an Excel workbook (.xlsx) or CSV. Every fault is told with its line and column, and nothing is kept then,
    unless --accept-partial says so. A delivery with the id of an earlier one takes its place, and what is not told of
    the source is as it was. See docs/deliver.md for the templates.
    """
    try:
        before = next((one for one in deliveries(data) if one.id == source), None)
        if before is not None and before.template != form:
            message = f"{source} is a delivery of {before.template}; choose another id for {form}"
            raise click.BadParameter(message, param_hint="--id")
        how = How(sheet, encoding, *_columns(columns, TEMPLATES[form]))
        if columns is None and before is not None:
            how = replace(how, headings=before.how.headings, words=before.how.words)
        described = _described(source, told, before)
        delivery = Delivery(source, form, file.name, disk.checksum(file), described, how)
        rows = read_all(tables).rows
        if source in read_live_sources() or any(row.defines == "source" and row.key == source for row in rows):
            raise click.BadParameter(f"there is a source {source} already; choose another id", param_hint="--id")
        read = read_file(file, delivery, Named([*rows, *_others(data, rows, source)]))
        if faults is not None:
            disk.replace(faults, _as_csv(read.faults))
        kept = not only_check and read.good > 0 and (accept_partial or not read.faults)
        if kept:
            left_out = sorted({fault.place.line for fault in read.faults if fault.place.line is not None})
            keep(data, replace(delivery, left_out=tuple(left_out)), file, read)
    except TableProblems as error:
        raise click.ClickException(f"the tables say what a delivery may name, and cannot be read:\n{error}") from error
    except (Unreadable, BadDelivery) as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror or error}") from error
    _tell(read, delivery, kept=kept, only_check=only_check, names_all=faults)
    sys.exit(0 if kept or (only_check and not read.faults and read.good) else 1)


def _others(data: Path, rows: tuple[Row, ...], source: str) -> tuple[Row, ...]:
    """What other deliveries give; nothing where one of them cannot be read, which is told."""
    try:
        return read_received(data, rows, but=source).rows
    except BadDelivery as error:
        click.echo(f"This is not held against other deliveries, for one cannot be read now. {error}\n", err=True)
        return ()


def _described(source: str, told: dict[str, str | None], before: Delivery | None) -> dict[str, str]:
    """What is to be known of a delivery as a source. Raises UsageError where it is not enough."""
    today = datetime.now(UTC).date().isoformat()
    described = {"title_lang": "sv"} | (before.source if before else {}) | {"retrieved": told["retrieved"] or today}
    described |= {name: value for name, value in told.items() if value}
    missing = [f"--{name}" for name in ("title", "publisher") if name not in described]
    if missing:
        raise click.UsageError(f"the first delivery of {source} needs {' and '.join(missing)}")
    try:
        ReceivedSource(id=source, kind=SourceKind.DATASET, **described)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = str(fault["loc"][0] if fault["loc"] else "id")
        wanted = _WANTED.get(name) if fault["type"] == "string_pattern_mismatch" else None
        option = "--" + name.replace("_", "-")
        raise click.BadParameter(wanted or fault["msg"].removeprefix("Value error, "), param_hint=option) from error
    return described


def _columns(file: Path | None, template: Template) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What a file says that headings and words mean. Raises BadParameter."""
    if file is None:
        return {}, {}
    names = [column.name for column in template.columns]
    try:
        told: dict[str, Any] = read_toml(file)
        headings = {str(theirs): str(ours) for theirs, ours in told.pop("columns", {}).items()}
        words = {
            str(column): {str(theirs).casefold(): str(ours) for theirs, ours in meanings.items()}
            for column, meanings in told.pop("words", {}).items()
        }
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--columns") from error
    except AttributeError as error:
        message = f"{file}: what headings mean stands under [columns], and what words mean under [words.status]"
        raise click.BadParameter(message, param_hint="--columns") from error
    wrong = [*told, *({*headings.values(), *words} - set(names))]
    if wrong:
        message = f"{file}: {', '.join(map(str, wrong))} is none of the columns: {', '.join(names)}"
        raise click.BadParameter(message, param_hint="--columns")
    return headings, words


def _tell(read: Read, delivery: Delivery, *, kept: bool, only_check: bool, names_all: Path | None) -> None:
    for fault in read.faults[:_MOST_TOLD]:
        click.echo(str(fault), err=True)
    if len(read.faults) > _MOST_TOLD:
        where = f"all are in {names_all}" if names_all else "--faults FILE writes all to a file"
        click.echo(f"… and {len(read.faults) - _MOST_TOLD:,} more; {where}", err=True)
    if read.unread:
        click.echo(f"Columns that are not read: {', '.join(read.unread)}", err=True)
    if read.good + read.bad == 0:
        click.echo("There is no line below the headings; fill in the table.", err=True)
    things = len({row.key for row in read.rows if row.defines == FORMS[delivery.template].template.defines})
    click.echo(
        f"{delivery.id}: {counted(read.good + read.bad, 'line')}, {read.bad:,} with faults; "
        f"{things:,} {delivery.template}"
    )
    if kept:
        left_out = f", and {counted(read.bad, 'line')} left out" if read.bad else ""
        click.echo(f"Received{left_out}. The next `miljograf build` reads it.")
    elif only_check:
        click.echo("Nothing was kept: this was a check.")
    elif read.good + read.bad == 0:
        click.echo("Nothing was kept: there is nothing to keep.", err=True)
    elif read.good == 0:
        click.echo("Nothing was kept: no line is without faults.", err=True)
    else:
        click.echo("Nothing was kept: mend the faults, or take the other lines with --accept-partial.", err=True)


def _as_csv(faults: tuple[Problem, ...]) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("file", "line", "column", "fault"))
    lines.writerows((*fault.place, fault.message) for fault in faults)
    return text.getvalue().encode("utf-8")


@click.command("template")
@_FORM
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", type=click.Choice(get_args(Language)), default="sv", show_default=True, help="The language.")
@TABLES
def template_command(form: str, file: Path, lang: Language, tables: Path | None) -> None:
    """Write an empty template to FILE: a workbook with the codes of the tables (.xlsx), or its headings (.csv)."""
    if file.suffix not in {".xlsx", ".csv"}:
        raise click.BadParameter("its name ends in .xlsx or .csv", param_hint="FILE")
    try:
        template = TEMPLATES[form]
        if file.suffix == ".csv":
            content = as_csv(template, lang)
        else:
            content = as_workbook(template, lang, codes_of(template, Named(read_all(tables).rows), lang))
        disk.replace(file, content)
    except TableProblems as error:
        raise click.ClickException(f"the tables have the codes, and cannot be read:\n{error}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror or error}") from error


def codes_of(template: Template, named: Named, language: Language) -> Codes:
    """The codes that a template lists, of the kinds and schemes that its columns hold."""
    wanted = dict.fromkeys(column.codes for column in template.columns if column.codes)
    return {name: labels(SCHEMES[name], language) if name in SCHEMES else list(named.codes(name)) for name in wanted}
