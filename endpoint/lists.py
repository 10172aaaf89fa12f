"""Lists of all things of a kind: their order, and what they are divided by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef

from endpoint.dataset import Row
from endpoint.mapping.matrix import key_of, natural
from ontology.text import Label, Language, best_label

BY_NAME = frozenset({"actor", "dataset", "external-dataset", "information-system", "sector", "source"})
"""The kinds whose keys are no order to read in."""

Labels = dict[str, list[Label]]
"""The labels of things by their IRIs."""


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by thing, for a template."""

    labels: Mapping[str, list[Label]]

    def __call__(self, thing: str, language: str) -> Label | None:
        """The label of a thing for a reader of a language."""
        return best_label(self.labels.get(str(thing), []), language)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a list."""

    thing: URIRef
    key: str
    label: Label | None
    group: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list: what divides it, None for a list in one piece."""

    heading: Entry | None
    entries: tuple[Entry, ...]


def read_labels(rows: Iterable[Row], variable: str = "thing", naming: str = "label") -> Labels:
    """The labels in rows, by the thing that a variable names."""
    found: Labels = {}
    for row in rows:
        label = row.get(naming)
        if isinstance(label, Literal):
            found.setdefault(str(row[variable]), []).append(Label(str(label), label.language or ""))
    return found


def read_entries(rows: Iterable[Row], kind: str, language: Language, canonical: Callable[[str], str]) -> list[Entry]:
    """The things in rows of `pages/things`, each once, in the order in which they are read."""
    found = list(rows)
    labels = read_labels(found)
    groups = {str(row["thing"]): str(row["group"]) for row in found if "group" in row}
    things = dict.fromkeys(str(row["thing"]) for row in found)
    entries = [
        Entry(
            URIRef(thing), key_of(thing, canonical), best_label(labels.get(thing, []), language), groups.get(thing, "")
        )
        for thing in things
    ]
    return sorted(entries, key=_by_name if kind in BY_NAME else _by_key)


def divide(entries: Iterable[Entry], headings: Iterable[Entry]) -> list[Section]:
    """The list in the order of its headings; without headings, or for what none of them holds, in one piece."""
    rest = list(entries)
    sections = []
    for heading in headings:
        inside = tuple(entry for entry in rest if entry.group == str(heading.thing))
        rest = [entry for entry in rest if entry.group != str(heading.thing)]
        if inside:
            sections.append(Section(heading, inside))
    return [*sections, Section(None, tuple(rest))] if rest else sections


def alphabetical(text: str) -> str:
    """What sorts Swedish words as a Swedish dictionary does: å, ä and ö come last, in that order."""
    return text.casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}", ord("é"): "e"})


def _by_key(entry: Entry) -> tuple[object, ...]:
    return natural(entry.key)


def _by_name(entry: Entry) -> tuple[object, ...]:
    return alphabetical(entry.label.text if entry.label else entry.key), entry.key
