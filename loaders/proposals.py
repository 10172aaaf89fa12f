"""Proposed mappings to Agenda 2030: checked field by field, and as an SSSOM file that travels to the editors.

A proposal is nobody's statement but its author's: it is in no table and no release until editors have decided on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from itertools import islice

from loaders import sssom
from loaders.choices import nearest, question
from loaders.mappings import Relation
from loaders.moments import is_day
from loaders.sssom import Fault, Line, MappingSet, read_short, short
from ontology import iri
from ontology.base import BadBase, Base
from ontology.kinds import MAPPED_KINDS
from ontology.schemes import JustificationConfidence, Standing, Strength
from ontology.text import Text

SUBJECT_KINDS = MAPPED_KINDS
OBJECT_KINDS = ("sdg-goal", "sdg-target")
BASIS_KINDS = ("specification", "milestone-target", "sdg-indicator")
"""The kinds that a proposal leads from and to, and those that its justification can rest on."""

MOST = 100
"""Proposals in one file or basket."""

MOST_BASIS = 50
"""Things that one justification can rest on."""

MOST_CHARACTERS = {"justification_sv": 2000, "justification_en": 2000, "page": 500, "comment": 1000, "author": 200}
"""How long each text may be."""

COLUMN = {
    "subject": "subject_id",
    "relation": "predicate_id",
    "object": "object_id",
    "author": "author_label",
    "page": "mapping_provider",
    "stated": "mapping_date",
    "rests_on": "see_also",
    "comment": "comment",
    "strength": "ext_strength",
    "confidence": "ext_justification_confidence",
    "justification_sv": "ext_justification_sv",
    "justification_en": "ext_justification_en",
}
"""The column of a file that each field stands in; those that SSSOM has no slot for are extensions."""

EXTENSIONS = {
    "ext_strength": "strength",
    "ext_standing": "standing",
    "ext_justification_confidence": "justificationConfidence",
    "ext_justification_sv": "justification",
    "ext_justification_en": "justification",
}
"""The extensions, each with the term of the vocabulary that it stands for."""

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_label",
    "mapping_provider", "mapping_date", "see_also", "comment", *EXTENSIONS,
)  # fmt: skip
"""The columns of a file of proposals."""

Choice = Relation | Strength | JustificationConfidence
"""What is chosen from a closed list."""

_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_A_CELL = "|"  # between several values in one cell
_FORMULA = tuple("=+-@")


@dataclass(frozen=True, slots=True)
class Written:
    """A proposal as somebody has written it, not yet looked at; things in short, such as `objective:7`."""

    subject: str = ""
    object: str = ""
    relation: str = ""
    strength: str = ""
    justification_sv: str = ""
    justification_en: str = ""
    confidence: str = ""
    rests_on: tuple[str, ...] = ()
    page: str = ""
    comment: str = ""
    author: str = ""
    stated: str = ""


BLANK = Written()
"""Nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed mapping that can be read and decided on."""

    subject: iri.Key
    object: iri.Key
    relation: Relation
    strength: Strength | None
    justification: Text
    confidence: JustificationConfidence | None
    rests_on: tuple[iri.Key, ...]
    page: str
    comment: str
    author: str
    stated: str

    @property
    def pair(self) -> tuple[iri.Key, iri.Key]:
        """What it ties together: there is one proposal for a pair."""
        return self.subject, self.object

    @property
    def written(self) -> Written:
        """The proposal as it is written."""
        return Written(
            short(self.subject), short(self.object), self.relation.value, self.strength or "",
            self.justification.sv, self.justification.en, self.confidence or "", tuple(map(short, self.rests_on)),
            self.page, self.comment, self.author, self.stated,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of proposals holds: each that is sound by its line, the faults of the others, and the file itself.

    `unchanged` rows say of a mapping what the release says of it.
    """

    proposals: dict[int, Proposal]
    faults: tuple[Fault, ...]
    file: MappingSet
    unchanged: int = 0


def by_code(choice: Choice) -> Text:
    """A choice by its code, as files have it."""
    return Text(choice.value, choice.value)


def check(
    written: Written, known: Container[iri.Key], say: Callable[[Choice], Text] = by_code
) -> tuple[Proposal | None, list[tuple[str, Text]]]:
    """The proposal, or what is wrong with its fields; `known` are the things that there are.

    What can be chosen is called what `say` calls it: a file has codes, a form has labels.
    """
    faults = [*_faults(written, known, say)]
    if faults:
        return None, faults
    confidence = JustificationConfidence(written.confidence) if written.confidence else None
    return Proposal(
        _thing(written.subject),
        _thing(written.object),
        Relation(written.relation),
        Strength(written.strength) if written.strength else None,
        Text(written.justification_sv, written.justification_en),
        confidence,
        tuple(dict.fromkeys(map(_thing, written.rests_on))),
        written.page,
        written.comment,
        written.author,
        written.stated,
    ), []


def read(
    content: bytes,
    known: Container[iri.Key],
    stated: Mapping[iri.Key, Written] | None = None,
    most: int | None = MOST,
) -> Reading:
    """The proposals of a file, each fault with its line and column. Never raises for what the file holds.

    `stated` are the mappings of a release by their keys, for a file that was taken from it: a row that is as it was is
    no proposal, and one that somebody has changed is one, whatever standing the mapping has. A record of what was
    decided, file after file, may hold more than a file: of its proposals there is no `most`.
    """
    file = sssom.read(content, _NEEDED)
    faults = list(file.faults)
    proposals: dict[int, Proposal] = {}
    if not faults:
        try:
            _ = file.base
        except BadBase as error:
            faults.append(Fault(None, None, Text(_NO_BASE, str(error))))
    if faults:
        return Reading({}, tuple(faults), file)
    rows = ((line, *_proposed(line, file, stated or {})) for line in file.lines)
    changed = ((line, written, is_taken) for line, written, is_taken in rows if written is not None)
    left = list(changed if most is None else islice(changed, most + 1))
    if most is not None and len(left) > most:
        said = Text(
            f"filen har fler än {most} förslag; dela den", f"the file has more than {most} proposals; divide it"
        )
        return Reading({}, (Fault(left[most][0].number, None, said),), file)
    first: dict[tuple[iri.Key, iri.Key], int] = {}
    for line, written, is_taken in left:
        if not is_taken and _claims_more(line):
            faults.append(Fault(line.number, "ext_standing", _ONLY_PROPOSED))
        proposal, wrong = check(written, known)
        faults += (Fault(line.number, COLUMN[name], message) for name, message in wrong)
        if proposal is not None:
            earlier = first.setdefault(proposal.pair, line.number)
            if earlier != line.number:
                said = Text(f"samma par står på rad {earlier}", f"the same pair stands on line {earlier}")
                faults.append(Fault(line.number, "object_id", said))
            proposals[line.number] = proposal
    return Reading(proposals, tuple(faults), file, len(file.lines) - len(left))


def write(
    proposals: Iterable[Proposal], base: Base, release_id: str, address: str, name: Callable[[iri.Key], str]
) -> bytes:
    """The proposals as a file; `name` gives the English name of a thing, `address` is where proposals are made."""
    rows = [row(proposal, base, name) for proposal in proposals]
    kinds = {key.kind for one in rows for key in map(read_short, (one["subject_id"], one["object_id"])) if key}
    digest = sha256(repr(rows).encode()).hexdigest()[:16]
    about = sssom.head(
        base,
        kinds,
        mapping_set_id=f"{address}#{digest}",
        mapping_set_title="Proposed mappings of Sweden's environmental objectives to the 2030 Agenda",
        mapping_set_description=f"Proposals that await review, made on Miljögrafen's release {release_id}. Nobody has "
        "published them, and they are not those of the editors.",
        extension_definitions=[
            {"slot_name": slot, "property": f"mg:{term}", "type_hint": "xsd:string"}
            for slot, term in EXTENSIONS.items()
        ],
    )
    return sssom.write(about, COLUMNS, rows)


def row(proposal: Proposal, base: Base, name: Callable[[iri.Key], str]) -> dict[str, str]:
    """A proposal as a row of SSSOM; what it rests on by IRI."""
    written = proposal.written
    return {
        "subject_id": written.subject,
        "subject_label": name(proposal.subject),
        "predicate_id": f"mg:{proposal.relation.property().rpartition('/')[2]}",
        "object_id": written.object,
        "object_label": name(proposal.object),
        "mapping_justification": sssom.CURATED,
        "author_label": written.author,
        "mapping_provider": written.page,
        "mapping_date": written.stated,
        "see_also": _A_CELL.join(str(base.localise(iri.mint(*key))) for key in proposal.rests_on),
        "comment": written.comment,
        "ext_strength": written.strength,
        "ext_standing": Standing.PROPOSED.value,
        "ext_justification_confidence": written.confidence,
        "ext_justification_sv": written.justification_sv,
        "ext_justification_en": written.justification_en,
    }


def clean(written: Written) -> Written:
    """The same with white space as one space, and none around."""
    texts = {field.name: " ".join(getattr(written, field.name).split()) for field in fields(Written)
             if field.name != "rests_on"}  # fmt: skip
    return replace(written, **texts, rests_on=tuple(filter(None, map(str.strip, written.rests_on))))


def _written(line: Line, file: MappingSet) -> Written:
    """What a row says, field by field."""
    said = {name: line.cells.get(column, file.shared.get(column, "")) for name, column in COLUMN.items()}
    resting = tuple(_shortened(one, file) for one in said.pop("rests_on").split(_A_CELL, MOST_BASIS))
    ends = {name: _shortened(said[name], file) for name in ("subject", "object")}
    relation = file.expand(said["relation"])
    named = next((one.value for one in Relation if str(one.property()) == relation), said["relation"])
    return clean(Written(**{**said, **ends, "relation": named}, rests_on=resting))


def _shortened(written: str, file: MappingSet) -> str:
    key = iri.parse(file.expand(written.strip()))
    return short(key) if key else written


def _proposed(line: Line, file: MappingSet, stated: Mapping[iri.Key, Written]) -> tuple[Written | None, bool]:
    """What a row proposes, None where it is as the release has it; and whether it was taken from there.

    The author and the day of a mapping are not those of whoever changes it.
    """
    written, key = _written(line, file), iri.parse(file.expand(line.cells.get("record_id", "")))
    before = stated.get(key) if key else None
    if before is None:
        return written, False
    kept = {name: "" for name in ("author", "stated") if getattr(written, name) == getattr(before, name)}
    written = replace(written, **kept, rests_on=tuple(sorted(written.rests_on)))
    same = replace(before, author="", stated="", rests_on=tuple(sorted(before.rests_on)))
    return None if written == same else written, True


def _claims_more(line: Line) -> bool:
    """True for a row that gives itself another standing than that of a proposal."""
    return line.cells.get("ext_standing", "") not in {"", Standing.PROPOSED.value}


def _faults(written: Written, known: Container[iri.Key], say: Callable[[Choice], Text]) -> Iterator[tuple[str, Text]]:
    for name, kinds, wanted, example in (
        ("subject", SUBJECT_KINDS, Text("ett mål eller en indikator i miljömålssystemet",
                                        "a goal or an indicator of the system"), "objective:7"),
        ("object", OBJECT_KINDS, Text("ett globalt mål eller delmål",
                                      "a Sustainable Development Goal or target"), "sdg:14.1"),
    ):  # fmt: skip
        yield from ((name, said) for said in _of_thing(getattr(written, name), kinds, known, wanted, example))
    for name, choice, is_needed in (
        ("relation", Relation, True),
        ("strength", Strength, False),
        ("confidence", JustificationConfidence, False),
    ):
        named = {one.value: say(one) for one in choice}
        yield from ((name, said) for said in _of_choice(getattr(written, name), named, is_needed))
    if len(written.rests_on) > MOST_BASIS:
        said = f"{len(written.rests_on)}"
        yield "rests_on", Text(f"högst {MOST_BASIS} saker, och inte {said}", f"{MOST_BASIS} things at most, not {said}")
    for basis in written.rests_on[:MOST_BASIS]:
        yield from (("rests_on", said) for said in _of_thing(basis, BASIS_KINDS, known, _A_BASIS, "specification:7-1"))
    if not (written.justification_sv or written.justification_en):
        yield (
            "justification_sv",
            Text("skriv en motivering på minst ett språk", "write a justification in one language at least"),
        )
    for name, most in MOST_CHARACTERS.items():
        yield from ((name, said) for said in _of_text(getattr(written, name), most))
    if written.page and not re.fullmatch(r"https?://[^\s/?#\"<>|\\^`{}][^\s\"<>|\\^`{}]*", written.page):
        yield "page", Text("ange en webbadress som börjar med https://", "give a web address that begins with https://")
    if written.stated and not is_day(written.stated):
        yield "stated", Text("skriv dagen som ÅÅÅÅ-MM-DD", "write the day as YYYY-MM-DD")


def _of_thing(
    named: str, kinds: tuple[str, ...], known: Container[iri.Key], wanted: Text, example: str
) -> Iterator[Text]:
    key = read_short(named)
    if not named:
        yield Text(f"välj {wanted.sv}", f"choose {wanted.en}")
    elif key is None or key.kind not in kinds:
        yield Text(
            f"{_cut(named)} är inte {wanted.sv}, till exempel {example}",
            f"{_cut(named)} is not {wanted.en}, such as {example}",
        )
    elif key not in known:
        yield Text(f"{named} finns inte i utgåvan", f"there is no {named} in the release")


def _of_choice(given: str, named: dict[str, Text], is_needed: bool) -> Iterator[Text]:
    there = Text(", ".join(one.sv for one in named.values()), ", ".join(one.en for one in named.values()))
    if not given and is_needed:
        yield Text(f"välj ett av {there.sv}", f"choose one of {there.en}")
    elif given and given not in named:
        near = nearest(named, given)
        asked = question(None if near is None else named[near])
        yield Text(f"{_cut(given)} är inget av {there.sv}{asked.sv}", f"{_cut(given)} is none of {there.en}{asked.en}")


def _of_text(text: str, most: int) -> Iterator[Text]:
    if len(text) > most:
        yield Text(
            f"texten har {len(text)} tecken, och får ha {most}",
            f"the text has {len(text)} characters, and may have {most}",
        )
    if not text.isprintable():
        yield Text("texten har ett styrtecken", "the text has a control character")
    if text.startswith(_FORMULA):
        yield Text(
            f"texten börjar med {text[0]}, som ett kalkylprogram läser som en formel",
            f"the text begins with {text[0]}, which a spreadsheet program takes for a formula",
        )


def _thing(written: str) -> iri.Key:
    key = read_short(written)
    if key is None:
        raise ValueError(f"{written} is no thing in short")
    return key


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 80
_A_BASIS = Text(
    "en precisering, ett etappmål eller en listad indikator",
    "a specification, a milestone target or a listed indicator",
)
_ONLY_PROPOSED = Text(
    "skriv proposed: ett förslag kan inte vara mer, och bara redaktionen avgör det",
    "write proposed: a proposal can be no more, and the editors alone decide on that",
)
_NO_BASE = "curie_map: mg saknas eller duger inte; den ska ange vokabulären, och sluta på spec/"
