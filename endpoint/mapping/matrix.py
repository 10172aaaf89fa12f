"""The mapping of the objectives to the goals of Agenda 2030, as a table to read.

Rows are the generational goal (its strands counted with it) and the 16 objectives, columns the 17 goals. All
here are pure functions from rows of `pages/mappings` to what the pages show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import Literal, URIRef

from loaders.mappings import Relation
from ontology import iri
from ontology.kinds import MAPPED_KINDS
from ontology.schemes import Confidence, Standing, Strength

WHOLE = "GEN"
"""The key of the generational goal, the first row."""

ROWS: tuple[str, ...] = (WHOLE, *(str(number) for number in range(1, 17)))
COLUMNS: tuple[int, ...] = tuple(range(1, 18))

COUNTED = frozenset({Standing.PUBLISHED, Standing.EDITORIAL})
"""What counts unless a reader asks for something else; proposals wait for review."""

MARKS: dict[Strength | None, int] = {Strength.DIRECT: 2, Strength.INDIRECT: 1, None: 0}
"""Dots of a strength; none where it is not stated."""


@dataclass(frozen=True, slots=True)
class Link:
    """One mapping, as little of it as the table needs; IRIs as they stand in the release."""

    mapping: URIRef
    subject: URIRef
    relation: URIRef
    object: URIRef
    row: str
    goal: int
    standing: Standing
    strength: Strength | None
    confidence: Confidence | None = None  # how sure the reading of its source is
    author: str = ""  # who stands behind it

    @property
    def is_firm(self) -> bool:
        """True for what a named publisher states for certain: the source was read, and says so."""
        return self.standing is Standing.PUBLISHED and self.confidence is Confidence.CERTAIN

    @property
    def tie(self) -> Relation:
        """The relation as the tables name it."""
        return _RELATIONS[iri.local_name(self.relation)]

    @property
    def in_matrix(self) -> bool:
        """True where the matrix has a row for it; the links of milestone targets are further evidence, not rows."""
        return self.row in ROWS


@dataclass(frozen=True)
class Cell:
    """The links between one row and one goal; at least one."""

    row: str
    goal: int
    links: tuple[Link, ...]

    @property
    def count(self) -> int:
        """How many links."""
        return len(self.links)

    @cached_property
    def strength(self) -> Strength | None:
        """The strongest strength that is stated, None where none is."""
        return max((link.strength for link in self.links), key=lambda strength: MARKS[strength])

    @property
    def marks(self) -> int:
        """The dots of the strongest strength."""
        return MARKS[self.strength]

    @property
    def direct(self) -> int:
        """How many of the links are direct."""
        return sum(link.strength is Strength.DIRECT for link in self.links)

    def of_standing(self, standing: Standing) -> int:
        """How many of the links have a standing."""
        return sum(link.standing is standing for link in self.links)

    @property
    def published(self) -> int:
        """How many of the links somebody has published."""
        return self.of_standing(Standing.PUBLISHED)

    @property
    def likely(self) -> int:
        """How many of the published links were not read for certain in their source."""
        return self.published - sum(link.is_firm for link in self.links)

    @property
    def is_likely(self) -> bool:
        """True where none of the published links was read for certain."""
        return self.likely > 0 and self.likely == self.published

    @property
    def is_proposed(self) -> bool:
        """True where all that there is awaits review."""
        return self.of_standing(Standing.PROPOSED) == self.count


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells that have links, by row and goal."""

    cells: Mapping[tuple[str, int], Cell]

    def at(self, row: str, goal: int) -> Cell | None:
        """The cell of a pair, None where no link is registered."""
        return self.cells.get((row, goal))

    def of_row(self, row: str) -> list[Cell]:
        """The cells of a row, in the order of the goals."""
        return [cell for goal in COLUMNS if (cell := self.at(row, goal)) is not None]

    @property
    def links(self) -> int:
        """How many links there are in all."""
        return sum(cell.count for cell in self.cells.values())


def read_links(rows: Iterable[Mapping[str, URIRef | Literal]], canonical: Callable[[str], str]) -> list[Link]:
    """The links in rows of `pages/mappings`, in the order of the table and of the targets.

    `canonical` takes an IRI of the release to the canonical base.
    """
    found = []
    for row in rows:
        strength, confidence = row.get("strength"), row.get("confidence")
        found.append(
            Link(
                mapping=URIRef(row["mapping"]),
                subject=URIRef(row["subject"]),
                relation=URIRef(row["relation"]),
                object=URIRef(row["object"]),
                row=key_of(row["whole"], canonical),
                goal=int(key_of(row["goal"], canonical)),
                standing=Standing(iri.local_name(row["standing"])),
                strength=Strength(iri.local_name(strength)) if strength is not None else None,
                confidence=Confidence(iri.local_name(confidence)) if confidence is not None else None,
                author=str(row.get("author", "")),
            )
        )
    return sorted(found, key=lambda link: _order(link, canonical))


def key_of(thing: str, canonical: Callable[[str], str]) -> str:
    """The key of a thing of ours by its IRI in the release. Raises ValueError where it is none."""
    key = iri.parse(canonical(thing))
    if key is None:
        raise ValueError(f"{thing} is the IRI of no thing of ours")
    return key.key


def arrange(links: Iterable[Link]) -> Matrix:
    """The table of the links that count."""
    cells: dict[tuple[str, int], list[Link]] = {}
    for link in counted(links):
        cells.setdefault((link.row, link.goal), []).append(link)
    return Matrix({(row, goal): Cell(row, goal, tuple(found)) for (row, goal), found in cells.items()})


def arrange_by(links: Iterable[Link], by_target: bool, canonical: Callable[[str], str]) -> dict[tuple[str, str], Cell]:
    """The cells by row and code: of the goals, or of the single targets, where a link to a whole goal has its code."""
    cells: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        code = key_of(link.object, canonical) if by_target else str(link.goal)
        cells.setdefault((link.row, code), []).append(link)
    return {(row, code): Cell(row, found[0].goal, tuple(found)) for (row, code), found in cells.items()}


def strongest(cells: Iterable[Cell], most: int) -> list[Cell]:
    """The cells with the most direct links, of equals those with the most links, in the order of the matrix."""
    found = [cell for cell in cells if cell.direct]
    return sorted(found, key=lambda cell: (-cell.direct, -cell.count, ROWS.index(cell.row), cell.goal))[:most]


def counted(links: Iterable[Link]) -> list[Link]:
    """The links that count: what pages show and count unless a reader asks for something else."""
    return [link for link in links if link.standing in COUNTED]


def waiting(links: Iterable[Link]) -> list[Link]:
    """The links that await review; pages show them apart, and count them apart."""
    return [link for link in links if link.standing not in COUNTED]


def by_kind(links: Iterable[Link], canonical: Callable[[str], str]) -> list[tuple[str, int]]:
    """How many of the links that count lead from each kind of thing, those that have any."""
    found = Counter(key.kind for link in counted(links) if (key := iri.parse(canonical(link.subject))))
    return [(kind, found[kind]) for kind in MAPPED_KINDS if found[kind]]


def by_subject(links: Iterable[Link], canonical: Callable[[str], str]) -> dict[URIRef, list[Link]]:
    """The links under their subjects: the generational goal, its strands, the objectives, the milestone targets."""
    found: dict[URIRef, list[Link]] = {}
    for link in links:
        found.setdefault(link.subject, []).append(link)

    def place(subject: URIRef) -> tuple[object, ...]:
        return _place(found[subject][0].row), natural(key_of(subject, canonical))

    return {subject: found[subject] for subject in sorted(found, key=place)}


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """What sorts keys as people do: 2 before 14, 14.7 before 14.a, KL2 before KL10."""
    parts = re.findall(r"[0-9]+|[^\W0-9_]+", key)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def targets_of(
    links: Iterable[Link], targets: Iterable[URIRef], goal: int, canonical: Callable[[str], str]
) -> list[URIRef]:
    """The columns of one goal: its targets in order, the goal as a whole first where a link says no more."""
    ends = {link.object for link in links if link.goal == goal}
    own = {key_of(target, canonical): target for target in targets}
    found = [own[code] for code in sorted(own, key=natural) if code.partition(".")[0] == str(goal)]
    return [end for end in sorted(ends) if key_of(end, canonical) == str(goal)] + found


def _order(link: Link, canonical: Callable[[str], str]) -> tuple[object, ...]:
    subject, towards = key_of(link.subject, canonical), key_of(link.object, canonical)
    return _place(link.row), link.goal, natural(subject), natural(towards), str(link.mapping)


def _place(row: str) -> int:
    """The place of a row of the matrix; after them all, what has none."""
    return ROWS.index(row) if row in ROWS else len(ROWS)


_RELATIONS = {iri.local_name(relation.property()): relation for relation in Relation}
