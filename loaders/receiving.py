"""The commands `receive` and `template`: what others have filled comes into the data folder, an empty one goes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from loaders import disk
from loaders.cache import cache_of
from loaders.choices import listed
from loaders.curated import read_all
from loaders.filled import How
from loaders.live import BadSourcesFile, read_live_sources
from loaders.lost import refuse_mistyped
from loaders.moments import is_day, is_to_come
from loaders.named import Named
from loaders.options import DATA, SOURCES, TABLES
from loaders.received import (
    BadDelivery,
    Delivery,
    ReceivedSource,
    delivery_of,
    keep,
    read_file,
    read_received,
)
from loaders.row import Row
from loaders.sources import clock_fault
from loaders.spreadsheet import refuse_unread
from loaders.table import TableProblems
from loaders.telling import Outcome, faults_as_csv, tell
from loaders.template_files import Codes, as_csv, as_workbook
from loaders.templates import SCHEMES, TEMPLATES, Template
from loaders.told import spoken, told_of, told_of_fault
from loaders.toml_files import read_toml
from loaders.unreadable import Unreadable
from ontology.schemes import SourceKind
from ontology.text import LANGUAGES, Language, Text

_FORM = click.argument("form", metavar=f"[{'|'.join(TEMPLATES)}]", type=click.Choice(list(TEMPLATES)))


def _encoding(context: click.Context, _: click.Parameter, name: str) -> str:
    """A name of an encoding of text that there is."""
    try:
        "a".encode(name)
    except (LookupError, UnicodeError) as error:
        told = Text(
            f"ingen teckenkodning heter {name!r}; pröva cp1252", f"no encoding of text is called {name!r}; try cp1252"
        )
        raise click.BadParameter(told.in_(context.params["language"])) from error
    return name


@click.command("receive")
@_FORM
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=lambda: spoken(os.environ),
    is_eager=True,
    help="The language in which faults are told; that of the terminal if not given, Swedish if it says none.",
)
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
    callback=_encoding,
    help="What a CSV file is written in.",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says what other headings and words than the template's mean; see docs/deliver.md.",
)
@click.option("--accept-partial", is_flag=True, help="Take the lines without faults, and leave the others out.")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Tell what is wrong, and keep nothing; --title and --publisher are not needed then.",
)
@click.option(
    "--faults",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every fault to a CSV file, with its line and column.",
)
@DATA
@SOURCES
@TABLES
def receive_command(  # noqa: PLR0913, PLR0917 - as many arguments as the command has options
    form: str,
    file: Path,
    language: Language,
    source: str,
    sheet: str | None,
    encoding: str,
    columns: Path | None,
    accept_partial: bool,
    only_check: bool,
    faults: Path | None,
    data: Path,
    sources_files: tuple[Path, ...],
    tables: Path | None,
    **told: str | None,
) -> None:
    """Receive FILE, a template that others have filled, so that the next build reads it.

    FILE is an Excel workbook (.xlsx) or CSV. Every fault is told with its line and column, and nothing is kept then,
    unless --accept-partial says so. A delivery with the id of an earlier one takes its place, and what is not told of
    the source is as it was. See docs/deliver.md for the templates.
    """
    _refuse_to_overwrite(faults, (file, columns), language)
    try:
        before = delivery_of(data, source)
        if before is not None and before.template != form:
            told_of = Text(
                f"{source} är en leverans av {before.template}; välj ett annat id för {form}",
                f"{source} is a delivery of {before.template}; choose another id for {form}",
            )
            raise click.BadParameter(told_of.in_(language), param_hint="--id")
        how = How(sheet, encoding, *_columns(columns, TEMPLATES[form], language))
        if columns is None and before is not None:
            how = replace(how, headings=before.how.headings, words=before.how.words)
        refuse_unread(file)
        unsaid = {"title": file.name, "publisher": source} if only_check else {}  # nothing of it is kept
        described = _described(source, told, before.source if before else unsaid, language)
        delivery = Delivery(source, form, file.name, disk.checksum(file), described, how)
        rows = read_all(tables).rows
        if not only_check and (clock := clock_fault(rows)):
            click.echo(clock.in_(language), err=True)
        if where := _taken(source, data, sources_files, rows):
            taken = Text(
                f"en källa heter redan {source} ({where.sv}); välj ett annat id",
                f"there is a source {source} already ({where.en}); choose another id",
            )
            raise click.BadParameter(taken.in_(language), param_hint="--id")
        read = read_file(file, delivery, Named([*rows, *_others(data, rows, source, language)]))
        if faults is not None:
            disk.replace(faults, faults_as_csv(read.faults, language))
        kept = not only_check and read.good > 0 and (accept_partial or not read.faults)
        if kept:
            left_out = sorted({fault.line for fault in read.faults})
            keep(data, replace(delivery, left_out=tuple(left_out)), file, read)
    except TableProblems as error:
        why = Text(
            "tabellerna, som säger vad en leverans får nämna, går inte att läsa",
            "the tables say what a delivery may name, and cannot be read",
        )
        raise click.ClickException(f"{why.in_(language)}:\n{error}") from error
    except BadSourcesFile as error:
        raise click.BadParameter(str(error), param_hint="--sources") from error
    except (Unreadable, BadDelivery) as error:
        raise click.ClickException(f"{file.name}: {error.told.in_(language)}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror or error}") from error
    outcome = Outcome.KEPT if kept else Outcome.CHECKED if only_check else Outcome.REFUSED
    tell(read, delivery, outcome, language, names_all=faults)
    sys.exit(0 if kept or (only_check and not read.faults and read.good) else 1)


def _refuse_to_overwrite(faults: Path | None, read: Iterable[Path | None], language: Language) -> None:
    """Raise BadParameter where the faults would take the place of a file that is read."""
    for file in read:
        if faults is not None and file is not None and faults.exists() and faults.samefile(file):
            told = Text(
                f"felen skulle skrivas över {file}, som läses; ge en annan fil",
                f"the faults would be written over {file}, which is read; give another file",
            )
            raise click.BadParameter(told.in_(language), param_hint="--faults")


def _taken(source: str, data: Path, sources_files: tuple[Path, ...], rows: Iterable[Row]) -> Text | None:
    """Where a source is already that is called so, None where there is none. Raises BadSourcesFile."""
    if any(row.defines == "source" and row.key == source for row in rows):
        return Text("i tabellerna", "in the tables")
    if source in read_live_sources():
        return Text("i produktens källfil", "in the sources file of the product")
    for file in sources_files:
        if source in read_live_sources(file):
            return Text(f"i {file}", f"in {file}")
    if cache_of(data, source).folder.exists():
        return Text("hämtad till datamappen", "fetched into the data folder")
    return None


def _others(data: Path, rows: tuple[Row, ...], source: str, language: Language) -> tuple[Row, ...]:
    """What other deliveries give; nothing where one of them cannot be read, which is told."""
    try:
        return read_received(data, rows, but=source).rows
    except BadDelivery as error:
        told = Text(
            "Filen jämförs inte med andra leveranser, för en av dem går inte att läsa nu.",
            "This is not held against other deliveries, for one cannot be read now.",
        )
        click.echo(f"{told.in_(language)} {error.told.in_(language)}\n", err=True)
        return ()


def _described(
    source: str, told: Mapping[str, str | None], before: Mapping[str, str], language: Language
) -> dict[str, str]:
    """What is to be known of a delivery as a source. Raises UsageError where it is not enough."""
    today = datetime.now(UTC).date().isoformat()
    described = {"title_lang": "sv", **before} | {"retrieved": told["retrieved"] or today}
    described |= {name: value for name, value in told.items() if value}
    missing = [f"--{name}" for name in ("title", "publisher") if name not in described]
    if missing:
        needs = Text(
            f"den första leveransen av {source} behöver {' och '.join(missing)}",
            f"the first delivery of {source} needs {' and '.join(missing)}",
        )
        raise click.UsageError(needs.in_(language))
    day = described["retrieved"]
    if not is_day(day):
        no_day = Text(f"{day} är ingen dag; skriv den som {today}", f"{day} is no day; write it like {today}")
        raise click.BadParameter(no_day.in_(language), param_hint="--retrieved")
    if is_to_come(day):
        to_come = Text(
            f"{day} har inte kommit än; skriv dagen då filen levererades",
            f"{day} is to come; write the day on which the file was delivered",
        )
        raise click.BadParameter(to_come.in_(language), param_hint="--retrieved")
    for name in ("title", "publisher", "attribution"):
        try:
            refuse_mistyped(told.get(name) or name)
        except ValueError as error:
            raise click.BadParameter(told_of(error).in_(language), param_hint=f"--{name}") from error
    try:
        ReceivedSource(id=source, kind=SourceKind.DATASET, **described)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = str(fault["loc"][0] if fault["loc"] else "id")
        option = "--" + name.replace("_", "-")
        raise click.BadParameter(told_of_fault(fault).in_(language), param_hint=option) from error
    return described


_UNDER = Text(
    "vad rubriker betyder står under [columns], och vad ord betyder under [words.status]",
    "what headings mean stands under [columns], and what words mean under [words.status]",
)


def _columns(
    file: Path | None, template: Template, language: Language
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What a file says that headings and words mean. Raises BadParameter."""
    if file is None:
        return {}, {}
    names = [column.name for column in template.columns]
    try:
        told = dict(read_toml(file).says)
        headings = {str(theirs): str(ours) for theirs, ours in told.pop("columns", {}).items()}
        words = {
            str(column): {str(theirs).casefold(): str(ours) for theirs, ours in meanings.items()}
            for column, meanings in told.pop("words", {}).items()
        }
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--columns") from error
    except AttributeError as error:  # a value stands where a table is to stand
        raise click.BadParameter(f"{file}: {_UNDER.in_(language)}", param_hint="--columns") from error
    if told:
        raise click.BadParameter(f"{file}, {', '.join(told)}: {_UNDER.in_(language)}", param_hint="--columns")
    wrong = sorted({*headings.values(), *words} - set(names))
    if wrong:
        given, known = ", ".join(wrong), listed(names, wrong[0])
        none = Text(
            f"{file}: {given} är ingen av kolumnerna: {known.sv}", f"{file}: {given} is none of the columns: {known.en}"
        )
        raise click.BadParameter(none.in_(language), param_hint="--columns")
    return headings, words


@click.command("template")
@_FORM
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", type=click.Choice(LANGUAGES), default="sv", show_default=True, help="The language.")
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
        if file.exists() and file.read_bytes() != content:
            raise click.ClickException(f"{file} is there already, and may be filled; give another name, or remove it")
        disk.replace(file, content)
    except TableProblems as error:
        raise click.ClickException(f"the tables have the codes, and cannot be read:\n{error}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror or error}") from error


def codes_of(template: Template, named: Named, language: Language) -> Codes:
    """The codes that a template lists, of the kinds and schemes that its columns hold."""
    wanted = dict.fromkeys(column.codes for column in template.columns if column.codes)
    return {
        name: named.labels(SCHEMES[name], language) if name in SCHEMES else list(named.codes(name)) for name in wanted
    }
