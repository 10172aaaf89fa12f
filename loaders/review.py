"""What editors decide on proposed mappings: rows of the tables that the build accepts, and a record of the reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Literal

from loaders import disk, proposals, sssom
from loaders.choices import listed
from loaders.curated import Curated, read_all
from loaders.mappings import Mapping, MappingBasis
from loaders.proposals import BASIS_KINDS, COLUMN, OBJECT_KINDS, SUBJECT_KINDS, Proposal, Written
from loaders.row import Row
from loaders.sources import EDITORS, Source
from loaders.sssom import Fault, short
from loaders.table import read
from ontology import iri
from ontology.namespaces import MG, SKOS
from ontology.schemes import Confidence, Standing
from ontology.text import Label, Text, best_label

AUTHOR = "Miljögrafens redaktion"
"""The author of what editors have accepted: they state it, whoever proposed it."""

DECIDED = ("reviewer_label", "ext_decision", "ext_reason")
"""The columns of a record beside those of the proposals."""

_LABELS = ("subject_label", "object_label")
"""The columns with what things are called: the tables do not know of all of them any more."""

_RECORD = ".reviewed.sssom.tsv"


class Decision(StrEnum):
    """What editors can do with a proposal."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal with the decision on it, the reason for this, and who has decided."""

    proposal: Proposal
    decision: Decision
    reason: str
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision that stands in a record, and the cells of its line there."""

    decided: Decided
    cells: Mapped[str, str]


Pair = tuple[iri.Key, iri.Key]
"""What a proposal ties together."""


class _Whatever:
    """Holds all things: a record keeps what was decided on one that the tables have no more."""

    def __contains__(self, _: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Standings:
    """What the tables hold that proposals can speak of: the things and their English names, the mappings of editors.

    `stated` are all mappings, each as a file of them has it: a row of such a file that says the same proposes nothing.
    """

    known: frozenset[iri.Key]
    names: Mapped[iri.Key, str]
    rows: Mapped[str, Mapping]
    stated: Mapped[iri.Key, Written]

    def name(self, key: iri.Key) -> str:
        """The English name of a thing, else the Swedish one."""
        return self.names.get(key, "")

    def row_of(self, proposal: Proposal) -> Mapping | None:
        """The row of the same pair that the editors state already."""
        return self.rows.get(key_of(proposal))


@dataclass(slots=True)
class Outcome:
    """What was written: how many rows came, how many were mended, and which proposals gave none."""

    added: int = 0
    replaced: int = 0
    without_row: list[Decided] = field(default_factory=list)


def read_standings(tables: Path) -> Standings:
    """What the tables of a folder hold. Raises TableProblems."""
    curated = read_all(tables)
    kinds = {*SUBJECT_KINDS, *OBJECT_KINDS, *BASIS_KINDS}
    known = frozenset(iri.Key(row.defines, row.key) for row in curated.rows if row.defines in kinds)
    rows = {row.key: row for row in read(tables, Mapping).rows if row.source_id == EDITORS}
    return Standings(known, _names(curated, known), rows, _stated(curated.rows))


def lacking(proposal: Proposal) -> Iterator[tuple[str, Text]]:
    """What a proposal lacks to be accepted: the shapes ask it of every mapping that the editors state."""
    if not proposal.justification.sv:
        yield "justification_sv", Text("motiveringen på svenska saknas", "it lacks a justification in Swedish")
    if not proposal.justification.en:
        yield "justification_en", Text("motiveringen på engelska saknas", "it lacks a justification in English")
    if not proposal.rests_on:
        yield (
            "rests_on",
            Text(
                "den vilar inte på något i utgåvan",
                "it rests on nothing; name a specification, milestone target or listed indicator",
            ),
        )
    if proposal.confidence is None:
        yield "confidence", Text("tilltron saknas", "it lacks the confidence in its justification: high, medium or low")


def read_decisions(reading: proposals.Reading) -> tuple[dict[int, Decided], list[Fault]]:
    """The decisions that stand in a file, by line; a row without one is undecided."""
    found: dict[int, Decided] = {}
    faults: list[Fault] = []
    for line in reading.file.lines:
        said = {name: " ".join(line.cells.get(name, "").split()) for name in DECIDED}
        if not said["ext_decision"] or line.number not in reading.proposals:
            continue
        if said["ext_decision"] not in {one.value for one in Decision}:
            given, there = said["ext_decision"], listed(Decision, said["ext_decision"])
            wrong = Text(f"{given} är inget av {there.sv}", f"{given} is none of {there.en}")
            faults.append(Fault(line.number, "ext_decision", wrong))
            continue
        decision = Decision(said["ext_decision"])
        found[line.number] = Decided(
            reading.proposals[line.number], decision, said["ext_reason"], said["reviewer_label"]
        )
    return found, faults


def read_record(content: bytes) -> tuple[dict[Pair, Recorded], list[Fault]]:
    """The decisions of earlier reviews by the pairs that they are on, and the faults of the record that holds them.

    Where there is a fault, not all decisions were read: the record is not to be written anew before it is mended.
    """
    if not content:
        return {}, []
    reading = proposals.read(content, _Whatever(), most=None)
    decided, wrong = read_decisions(reading)
    faults = [*reading.faults, *wrong]
    file, missing = reading.file, Text("kolumnen saknas", "this column is missing")
    faults += [Fault(None, name, missing) for name in DECIDED if file.lines and name not in file.columns]
    undecided = Text("beslutet saknas, och skälet står kvar", "the decision is missing, and its reason stands there")
    for line in reading.file.lines:
        if line.cells.get("ext_reason") and not line.cells.get("ext_decision"):
            faults.append(Fault(line.number, "ext_decision", undecided))
    lines = {line.number: line.cells for line in reading.file.lines}
    return {one.proposal.pair: Recorded(one, lines[number]) for number, one in decided.items()}, faults


def faults_of(decisions: Mapped[int, Decided]) -> list[Fault]:
    """What is wrong with decisions: one has no reason, or accepts what is not complete."""
    found = []
    for line, decided in decisions.items():
        if not decided.reason:
            found.append(Fault(line, "ext_reason", Text("skälet saknas", "the decision has no reason")))
        if decided.decision is Decision.ACCEPT:
            found += [Fault(line, COLUMN[name], said) for name, said in lacking(decided.proposal)]
    return found


def key_of(proposal: Proposal) -> str:
    """The key of the mapping that a proposal becomes."""
    kind, key = proposal.subject
    return f"{EDITORS}--{kind}-{key}--{proposal.object.key}"


def rows_of(decided: Decided, day: str) -> tuple[Mapping, list[MappingBasis]]:
    """The rows of a decision: editorial where it is accepted, else kept in the table and out of every release."""
    proposal = decided.proposal
    is_accepted = decided.decision is Decision.ACCEPT
    kind, key = proposal.subject
    mapping = Mapping(
        subject_kind=kind,
        subject_key=key,
        object=proposal.object.key,
        relation=proposal.relation,
        strength=proposal.strength,
        standing=Standing.EDITORIAL if is_accepted else Standing.PROPOSED,
        justification_confidence=proposal.confidence,
        justification_sv=proposal.justification.sv or None,
        justification_en=proposal.justification.en or None,
        author=AUTHOR,
        stated=day,
        source_id=EDITORS,
        confidence=Confidence.LIKELY if is_accepted else Confidence.UNSURE,
    )
    basis = [
        MappingBasis.model_validate(
            {"mapping": mapping.key, "basis_kind": one.kind, "basis": one.key, "source_id": EDITORS,
             "confidence": mapping.confidence}
        )
        for one in proposal.rests_on
    ]  # fmt: skip
    return mapping, basis


def write_rows(tables: Path, decisions: Iterable[Decided], day: str) -> Outcome:
    """Put the rows of decisions into the tables, each accepted one in the place of an earlier row of the same pair.

    A row comes last: the lines of others, which releases tell, stay. What an accepted mapping rested on before stays
    too, and the editors are a source of that day. Nothing is written where the tables could not be read after it:
    raises TableProblems.
    """
    outcome = Outcome()
    mappings, basis, editors = (_Text.of(tables, model) for model in (Mapping, MappingBasis, Source))
    for decided in decisions:
        mapping, resting = rows_of(decided, day)
        is_there = mapping.key in mappings.line_of
        if decided.decision is Decision.REJECT or (decided.decision is Decision.UNSURE and is_there):
            outcome.without_row.append(decided)
            continue
        mappings.put(mapping)
        for row in resting:
            basis.put(row)
        outcome.added += not is_there
        outcome.replaced += is_there
    if outcome.added or outcome.replaced:
        for source in read(tables, Source).rows:
            if source.key == EDITORS and source.retrieved < day:  # no statement is younger than its source
                editors.put(source.model_copy(update={"retrieved": day}))
    fresh = {f"{text.model.table}.csv": text.content for text in (mappings, basis, editors)}
    _try_out(tables, fresh)
    for name, content in fresh.items():
        if content != (tables / name).read_bytes():
            disk.replace(tables / name, content)
    return outcome


def record_of(file: Path) -> Path:
    """Where the record of the decisions on a file stands: beside it; a record that is reviewed on is its own."""
    name = file.name.removesuffix(_RECORD).removesuffix(".tsv").removesuffix(".sssom")
    return file.with_name(f"{name}{_RECORD}")


def write_record(
    path: Path,
    reading: proposals.Reading,
    decisions: Mapped[int, Decided],
    standings: Standings,
    recorded: Mapped[Pair, Recorded] | None = None,
) -> None:
    """Write the proposals of a file with the decisions on them, as SSSOM; those that are undecided have none.

    `recorded` is what the record held before: decisions on what the file no longer proposes stay, before the others,
    and so does what somebody has written in columns of their own.
    """
    before = recorded or {}
    proposed = {proposal.pair for proposal in reading.proposals.values()}
    found: list[tuple[Proposal, Decided | None]] = [
        (one.decided.proposal, one.decided) for pair, one in before.items() if pair not in proposed
    ]
    found += [(proposal, decisions.get(line)) for line, proposal in reading.proposals.items()]
    columns = [*proposals.COLUMNS, *DECIDED]
    columns += dict.fromkeys(name for one in before.values() for name in one.cells if name not in columns)
    rows = []
    for proposal, decided in found:
        shown = decided.proposal if decided else proposal
        said = (decided.reviewer, decided.decision.value, decided.reason) if decided else ("", "", "")
        cells = proposals.row(shown, reading.file.base, standings.name) | dict(zip(DECIDED, said, strict=True))
        held = before[proposal.pair].cells if proposal.pair in before else {}
        kept = {name: cell for name, cell in held.items() if name not in cells or (name in _LABELS and not cells[name])}
        rows.append(cells | kept)
    kinds = {proposal.subject.kind for proposal, _ in found}
    head = sssom.head(
        reading.file.base,
        kinds,
        mapping_set_id=reading.file.shared.get("mapping_set_id", f"{reading.file.base.iri}en/mapping/propose"),
        mapping_set_title="Proposed mappings with the decisions of the editors",
        extension_definitions=[{"slot_name": name} for name in columns if name.startswith("ext_")],
    )
    disk.replace(path, sssom.write(head, columns, rows))


@dataclass(slots=True)
class _Text:
    """The text of a table, line by line with the ends that it has, and where the row of each key stands."""

    model: type[Row]
    lines: list[str]
    line_of: dict[str, int]

    @classmethod
    def of(cls, tables: Path, model: type[Row]) -> _Text:
        with (tables / f"{model.table}.csv").open(encoding="utf-8", newline="") as text:
            return cls(model, text.readlines(), {row.key: row.line for row in read(tables, model).rows})

    @property
    def content(self) -> bytes:
        return "".join(self.lines).encode("utf-8")

    def put(self, row: Row) -> None:
        """Put a row in the place of the one with its key, else last."""
        end = "\r\n" if self.lines[0].endswith("\r\n") else "\n"
        written = _written(row, end)
        line = self.line_of.get(row.key)
        if line is not None:
            self.lines[line - 1] = written
            return
        if not self.lines[-1].endswith("\n"):
            self.lines[-1] += end
        self.lines.append(written)
        self.line_of[row.key] = len(self.lines)


def _written(row: Row, end: str) -> str:
    """A row as a line of its table, with the end that lines have there."""
    file = io.StringIO()
    said = row.model_dump(mode="json")
    cells: Sequence[str] = ["" if said[name] is None else str(said[name]) for name in row.columns()]
    csv.writer(file, lineterminator=end).writerow(cells)
    return file.getvalue()


def _try_out(tables: Path, fresh: Mapped[str, bytes]) -> None:
    """Read the tables as they would be. Raises TableProblems."""
    with TemporaryDirectory(prefix="miljograf-review-") as folder:
        for table in tables.glob("*.csv"):
            (Path(folder) / table.name).write_bytes(fresh.get(table.name) or table.read_bytes())
        read_all(Path(folder))


def _stated(rows: Iterable[Row]) -> dict[iri.Key, Written]:
    """The mappings of the tables by their keys, as they are written."""
    found: list[Mapping] = []
    resting: dict[str, list[str]] = {}
    for row in rows:
        if isinstance(row, Mapping):
            found.append(row)
        elif isinstance(row, MappingBasis):
            resting.setdefault(row.mapping, []).append(short(iri.Key(row.basis_kind, row.basis)))
    return {iri.Key(row.defines, row.key): proposals.clean(Written(
        short(iri.Key(row.subject_kind, row.subject_key)), short(iri.Key(row.object_kind, row.object)), row.relation,
        row.strength or "", row.justification_sv or "", row.justification_en or "", row.justification_confidence or "",
        tuple(resting.get(row.key, ())), author=row.author, stated=row.stated or "",
    )) for row in found}  # fmt: skip


def _names(curated: Curated, known: frozenset[iri.Key]) -> dict[iri.Key, str]:
    labels: dict[iri.Key, list[Label]] = {}
    for row in curated.rows:
        for fact in row.facts():
            if fact.predicate in {SKOS.prefLabel, MG.shortTitle} and isinstance(fact.value, Literal):
                key = iri.parse(fact.subject)
                if key in known and key is not None:
                    labels.setdefault(key, []).append(Label(str(fact.value), fact.value.language or ""))
    best = {key: best_label(found, "en") for key, found in labels.items()}
    return {key: label.text for key, label in best.items() if label}
