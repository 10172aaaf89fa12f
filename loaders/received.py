"""What others have delivered as files: kept in the data folder as it came, and read by each build anew.

What lies in the folder of a delivery, `data/received/{id}/`::

    delivery.json   which template it fills, who delivered it on what terms, how it is to be read
    {sha256}        the file as it came
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import PrivateAttr, TypeAdapter, ValidationError

from loaders import assessment_files, disk, measure_files, programme_files
from loaders.cells import words
from loaders.doubled import Lines
from loaders.filled import Entry, Fault, How, Table, entries, open_table
from loaders.live_rows import NoLiveSource
from loaders.named import Named
from loaders.row import Row
from loaders.sheet_cells import Cell
from loaders.sources import Source
from loaders.templates import ASSESSMENTS, MEASURES, PROGRAMMES, Template
from loaders.told import Told, counted, told_of_fault
from loaders.unreadable import Unreadable
from ontology.schemes import SourceKind
from ontology.text import LANGUAGES, Text

_MOST_TOLD = 20

_STRUCK = Text(
    "hela raden är överstruken; ta bort den om den inte gäller längre, och annars överstrykningen",
    "the whole line is struck through; remove it if it no longer holds, and otherwise the strikethrough",
)


class BadDelivery(Told, NoLiveSource):
    """A delivery cannot be read as it is; the text says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a template is read: the key of a line and its rows, and how the identifiers begin that it can give."""

    template: Template
    key_column: str
    read: Callable[[Entry, Named, str], tuple[str, list[Row]]]
    given: Callable[[Iterable[Row], str], set[str]]


FORMS: Mapping[str, Form] = {
    PROGRAMMES.name: Form(PROGRAMMES, programme_files.KEY_COLUMN, programme_files.read, programme_files.given),
    MEASURES.name: Form(MEASURES, measure_files.KEY_COLUMN, measure_files.read, measure_files.given),
    ASSESSMENTS.name: Form(ASSESSMENTS, assessment_files.KEY_COLUMN, assessment_files.read, assessment_files.given),
}
"""The templates that can be delivered, in the order in which deliveries are read: measures name programmes."""


class ReceivedSource(Source):
    """A delivery as a source."""

    table = "received_sources"

    _given: tuple[str, ...] = PrivateAttr(default=())

    @property
    def given(self) -> tuple[str, ...]:
        """How the identifiers begin that this delivery, or an earlier one of the same id, has given."""
        return self._given


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that others have delivered, and what is to be known of it."""

    id: str
    template: str
    file: str  # as it was called
    sha256: str
    source: dict[str, str]  # title, title_lang, publisher, retrieved; url, licence, attribution where they are known
    how: How = field(default_factory=How)
    left_out: tuple[int, ...] = ()  # the lines with faults that whoever received it has accepted to leave out
    given: tuple[str, ...] = ()


_RECORD = TypeAdapter(Delivery)


@dataclass(frozen=True, slots=True)
class Read:
    """What a delivery gives: rows and faults, lines with and without faults, headings that are not read, and a copy.

    `meant` counts what was read as something that is not written so: by the heading, what is written, and what that is.
    `own` counts the words that name nothing here and are kept as they are, by the heading. `decimals` are the lines
    whose designation is a number that may have had a zero at its end, and `unseen` those with words that are not shown.
    """

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    good: int
    bad: int
    unread: tuple[str, ...]
    copy: bytes
    meant: Mapping[tuple[str, str, str], int]
    own: Mapping[tuple[str, str], int]
    hidden_lines: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    decimals: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What a release says of a delivery."""

    source: str
    template: str
    file: str
    sha256: str
    retrieved: str
    lines: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Received:
    """What all deliveries give a release."""

    rows: tuple[Row, ...] = ()
    told: tuple[Account, ...] = ()
    copies: Mapping[str, bytes] = field(default_factory=dict)


def read_file(file: Path, delivery: Delivery, named: Named) -> Read:
    """Read a delivered file. Raises Unreadable where it is no filled template, OSError."""
    form = FORMS[delivery.template]
    rows: dict[tuple[str, str], Row] = {}  # several lines may cite the same report, which is made once
    faults: list[Fault] = []
    meant, own = Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    good = bad = 0
    delivered = delivery.source.get("retrieved", "")
    with open_table(file, form.template, delivery.how, delivery.file, delivered) as table:
        copy = _Copy(table)
        lines = Lines()
        hidden: list[int] = []
        decimals: list[int] = []
        unseen: list[int] = []
        for entry in entries(table):
            hidden += [entry.line.number] if entry.line.is_hidden else []
            decimals += [entry.line.number] if _is_decimal(entry.cell(form.key_column)) else []
            unseen += [entry.line.number] if any(entry.cell(each).is_unseen for each in table.places) else []
            copy.add(entry)
            found = _rows_of(entry, form, lines, named, delivery.id)
            faults += entry.faults
            meant.update(entry.meant)
            own.update(entry.own)
            good, bad = good + (not entry.faults), bad + bool(entry.faults)
            for row in found:
                row._line, row._delivered = entry.line.number, table.file
                row._file = f"{delivery.id}: {table.file}"
                rows.setdefault((row.table, row.key), row)
        return Read(
            tuple(rows.values()),
            tuple(faults),
            good,
            bad,
            table.unread,
            copy.content(),
            meant,
            own,
            hidden_lines=tuple(hidden),
            hidden_columns=table.hidden,
            decimals=tuple(decimals),
            unseen=tuple(unseen),
        )


def _is_decimal(cell: Cell) -> bool:
    """True for a number with decimals whose format does not say how many: 1.10 has become 1.1."""
    return cell.is_number and "." in cell.text and not cell.shown


def _rows_of(entry: Entry, form: Form, lines: Lines, named: Named, source: str) -> list[Row]:
    """The rows of a line; none where it has a fault."""
    if entry.is_struck:
        entry.fault(form.key_column, *_STRUCK)
        return []
    key, found = form.read(entry, named, source)
    if key:
        lines.refuse_doubled(entry, key, form.key_column)
    return [] if entry.faults else found


class _Copy:
    """What is read of a table as CSV, each line on the line where it stands; columns that are not read stay out."""

    def __init__(self, table: Table) -> None:
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, lineterminator="\n")
        self._columns = sorted(table.places, key=lambda name: table.places[name])
        self._next = 2
        self._writer.writerow(self._columns)

    def add(self, entry: Entry) -> None:
        while self._next < entry.line.number:
            self._text.write("\n")
            self._next += 1
        self._writer.writerow(words(entry.cell(column)) for column in self._columns)
        self._next += 1

    def content(self) -> bytes:
        return self._text.getvalue().encode("utf-8")


def keep(data: Path, delivery: Delivery, file: Path, read: Read) -> None:
    """Keep a delivery in a data folder, in place of an earlier one of the same id. Raises OSError."""
    folder = data / "received" / delivery.id
    folder.mkdir(parents=True, exist_ok=True)
    before = delivery_of(data, delivery.id)
    given = set(before.given if before else ()) | FORMS[delivery.template].given(read.rows, delivery.id)
    disk.replace(folder / delivery.sha256, file.read_bytes())
    record = asdict(delivery) | {"given": sorted(given)}
    disk.replace(folder / "delivery.json", json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"))
    for old in folder.iterdir():
        if old.name not in {"delivery.json", delivery.sha256}:
            old.unlink()


def deliveries(data: Path) -> Iterator[Delivery]:
    """The deliveries in a data folder, in the order of their templates and ids. Raises BadDelivery, OSError."""
    folder = data / "received"
    found = [delivery for place in (folder.iterdir() if folder.is_dir() else ()) if (delivery := _deliver(place))]
    order = list(FORMS)
    yield from sorted(found, key=lambda delivery: (order.index(delivery.template), delivery.id))


def delivery_of(data: Path, source: str) -> Delivery | None:
    """The delivery of an id in a data folder; None where there is none, or none whose record can be used."""
    try:
        return _deliver(data / "received" / source)
    except BadDelivery:
        return None


def _deliver(folder: Path) -> Delivery | None:
    record = folder / "delivery.json"
    if not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir()):
        return None
    try:
        found = _RECORD.validate_json(record.read_bytes(), strict=True)
    except (OSError, ValueError) as error:
        raise BadDelivery(_unusable(record)) from error
    if found.template not in FORMS:
        raise BadDelivery(_unusable(record))
    if found.id != folder.name:
        raise BadDelivery(
            Text(
                f"{folder} är en kopia av leveransen {found.id}; ta bort den mappen, eller lägg den utanför received",
                f"{folder} is a copy of the delivery {found.id}; remove that folder, or keep it outside of received",
            )
        )
    _source_of(found)
    return found


def _unusable(record: Path) -> Text:
    return Text(
        f"{record} går inte att använda; `miljograf receive` skriver den på nytt",
        f"{record} cannot be used; `miljograf receive` writes it anew",
    )


def read_received(data: Path, rows: Iterable[Row], but: str = "") -> Received:
    """What the deliveries in a data folder give, all but one, joined to the rows of the tables.

    Raises BadDelivery, OSError.
    """
    rows = list(rows)
    taken = {row.key for row in rows if isinstance(row, Source)}
    named: Named | None = None
    found: list[Row] = []
    told: list[Account] = []
    copies: dict[str, bytes] = {}
    for line, delivery in enumerate((each for each in deliveries(data) if each.id != but), 2):
        named = named or Named(rows)
        file = data / "received" / delivery.id / delivery.sha256
        if delivery.id in taken:
            raise BadDelivery(
                Text(
                    f"{delivery.id}: en källa i tabellerna eller i källfilen heter också så; ge den ett annat namn, "
                    "eller ta emot leveransen på nytt med ett annat --id",
                    f"{delivery.id}: a source of the tables or of a sources file is called so too; call that one "
                    "otherwise, or receive the delivery anew with another --id",
                )
            )
        try:
            if disk.checksum(file) != delivery.sha256:
                raise BadDelivery(
                    Text(
                        f"{file} är inte som när den togs emot; ta emot den på nytt",
                        f"{file} has other bytes than when it was received; receive it anew",
                    )
                )
            read = read_file(file, delivery, named)
        except Unreadable as error:
            raise BadDelivery(Text(*(f"{delivery.id}: {why}" for why in error.told))) from error
        if any(fault.line not in delivery.left_out for fault in read.faults):
            why = _in_words(read)
            raise BadDelivery(
                Text(
                    f"{delivery.id}: {why.sv}; rätta filen och ta emot den på nytt",
                    f"{delivery.id}: {why.en}; mend the file and receive it anew",
                )
            )
        source = _source_of(delivery)
        source._line, source._given = line, delivery.given
        found += [source, *read.rows]
        named.add(read.rows)
        retrieved = source.retrieved
        lines = read.good + read.bad
        told.append(Account(delivery.id, delivery.template, delivery.file, delivery.sha256, retrieved, lines, read.bad))
        copies[delivery.id] = read.copy
    return Received(tuple(found), tuple(told), copies)


def _source_of(delivery: Delivery) -> ReceivedSource:
    """A delivery as a source. Raises BadDelivery where its record says of it what cannot be said."""
    try:
        return ReceivedSource(id=delivery.id, kind=SourceKind.DATASET, **delivery.source)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where, why = f"received/{delivery.id}, {fault['loc'][0] if fault['loc'] else 'id'}", told_of_fault(fault)
        raise BadDelivery(
            Text(
                f"{where}: {why.sv}; ta emot leveransen på nytt, och ta bort mappen där den ligger",
                f"{where}: {why.en}; receive the delivery anew, and remove the folder where it lies",
            )
        ) from error


def _in_words(read: Read) -> Text:
    """How many lines have faults, and the first of these."""
    bad, lines, more = (counted(number) for number in (read.bad, read.good + read.bad, len(read.faults) - _MOST_TOLD))
    shown = Text(*("\n  ".join(fault.in_(language) for fault in read.faults[:_MOST_TOLD]) for language in LANGUAGES))
    told = Text(
        f"{bad.sv} av {lines.sv} rader har fel:\n  {shown.sv}",
        f"{bad.en} of {lines.en} lines have faults:\n  {shown.en}",
    )
    if len(read.faults) <= _MOST_TOLD:
        return told
    return Text(f"{told.sv}\n  och {more.sv} till", f"{told.en}\n  and {more.en} more")


def write_copies(received: Received, folder: Path) -> None:
    """Write what was read of each delivery as a table, so that the line of every row is one that can be looked up."""
    for name, content in received.copies.items():
        disk.write(folder / "received" / f"{name}.csv", content)
