"""What the cells of a delivery may name, by codes and by names: the things of the tables, and concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from rdflib import Literal
from rdflib.term import Node

from loaders.action_programmes import ActionProgramme
from loaders.actors import ActorName
from loaders.choices import listed
from loaders.counties import County, without_lan
from loaders.milestone_targets import MilestoneTarget, MilestoneTargetTranslation
from loaders.municipalities import Municipality, MunicipalityName
from loaders.objectives import Objective, ObjectiveTranslation
from loaders.reports import Report
from loaders.row import About, Row
from loaders.told import Wrong
from ontology import files, iri
from ontology.kinds import KINDS
from ontology.namespaces import SKOS
from ontology.schemes import Concept
from ontology.text import LANGUAGES, Language, Text

R = TypeVar("R", bound=Row)

_NAMES: Mapping[type[Row], tuple[str, ...]] = {
    Objective: ("name_sv",),
    ObjectiveTranslation: ("name_en",),
    MilestoneTarget: ("name_sv",),
    MilestoneTargetTranslation: ("name_en",),
    ActionProgramme: ("title_sv",),
    County: ("name_sv",),
    Municipality: ("name_sv",),
    MunicipalityName: ("long_name_sv",),
    ActorName: ("name_sv", "name_en"),
    Report: ("code", "title_sv"),
}
"""The tables that name things, and the columns with the names."""

_OR_ELSE = {
    "action-programme": Text(", eller leverera programmet före dess åtgärder", ", or deliver it before its measures")
}
"""What else can be done where a thing of a kind is not here."""

_MOST_MEANT = 3


class Named:
    """The things that can be named, by kind; and the rows that define them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._defined: dict[tuple[str, str], Row] = {}
        self._keys: dict[str, dict[str, set[str]]] = {}
        self._of: dict[type[Row], list[Row]] = {}
        self._first: dict[tuple[str, str], str] = {}
        self._concepts: dict[type[Concept], dict[str, Concept]] = {}
        self._near: dict[tuple[str, str, float], str] = {}  # the same words stand on many lines
        self._about: dict[type[Row], dict[str, Row]] = {}
        self.add(rows)

    def add(self, rows: Iterable[Row]) -> None:
        """Let more rows be known: those of another delivery."""
        self._near.clear()
        self._about.clear()
        for row in rows:
            self._of.setdefault(type(row), []).append(row)
            if isinstance(row, ActionProgramme) and "--" in row.code:  # a delivery, and what it is called there
                self._call("action-programme", row.key, row.code.rpartition("--")[2])
            if row.defines is not None:
                self._defined[row.defines, row.key] = row
                self._call(row.defines, row.key, row.key)
            for column in _NAMES.get(type(row), ()):
                kind, key = (row.about, row.thing) if isinstance(row, About) else (row.defines or "", row.key)
                if name := getattr(row, column):
                    self._call(kind, key, name)
                    self._first.setdefault((kind, key), name)

    def _call(self, kind: str, key: str, name: str) -> None:
        self._keys.setdefault(kind, {}).setdefault(name.casefold(), set()).add(key)

    def of(self, model: type[R]) -> list[R]:
        """The rows of a class, in order."""
        return [row for row in self._of.get(model, []) if isinstance(row, model)]

    def row(self, kind: str, key: str) -> Row | None:
        """The row that defines a thing."""
        return self._defined.get((kind, key))

    def about(self, model: type[R], key: str) -> R | None:
        """The row of a class with a key, such as what a table adds to a thing that another one defines."""
        if model not in self._about:
            self._about[model] = {row.key: row for row in self.of(model)}
        row = self._about[model].get(key)
        return row if isinstance(row, model) else None

    def find(self, kind: str, name: str) -> str:
        """The key of the thing of a kind with that code or name. Raises ValueError that says what may be meant."""
        called = Text(*(name.lower() for name in KINDS[kind].one))
        keys = self.keys(kind, name)
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            codes = ", ".join(sorted(keys))
            raise Wrong(
                Text(
                    f"flera heter {name!r}; skriv koden för en av dem: {codes}",
                    f"{name!r} is the name of several; write the code of one of them: {codes}",
                )
            )
        if meant := self._whole_words(kind, name) or self.near(kind, name):
            raise Wrong(
                Text(
                    f"{called.sv} {name!r} finns inte här; menas något av detta: {meant}?",
                    f"there is no {called.en} {name!r}; is one of these meant: {meant}?",
                )
            )
        or_else = _OR_ELSE.get(kind, Text("", ""))
        raise Wrong(
            Text(
                f"{called.sv} {name!r} finns inte här; skriv koden eller hela namnet på något som finns{or_else.sv}",
                f"there is no {called.en} {name!r}; write the code or the whole name of one that is here{or_else.en}",
            )
        )

    def _whole_words(self, kind: str, words: str) -> str:
        """The things of a kind whose names begin with what is written and go on; empty where they are many."""
        begun = f"{words.casefold()} "
        keys = {key for one, of in self._keys.get(kind, {}).items() if one.startswith(begun) for key in of}
        return ", ".join(self.told(kind, key) for key in sorted(keys)) if len(keys) <= _MOST_MEANT else ""

    def near(self, kind: str, name: str, nearness: float = 0.7) -> str:
        """The things of a kind whose codes or names are near to what is written; empty where there are none."""
        asked = kind, name.casefold(), nearness
        if asked not in self._near:
            near = get_close_matches(asked[1], self._keys.get(kind, {}), _MOST_MEANT, nearness)
            keys = sorted({key for one in near for key in self._keys[kind][one]})
            self._near[asked] = ", ".join(self.told(kind, key) for key in keys)
        return self._near[asked]

    def county_called(self, name: str) -> str | None:
        """The county that is called so without “län”, and without the s before it; None where none or several are."""
        if self.keys("county", name):
            return None
        found = [county.code for county in self.of(County) if without_lan(county.name_sv) == name.casefold()]
        return found[0] if len(found) == 1 else None

    def told(self, kind: str, key: str) -> str:
        """A thing by its code and its Swedish name: `12 (Skåne län)`."""
        name = _swedish_name(self._defined.get((kind, key))) or self._first.get((kind, key))
        return f"{key} ({name})" if name and name != key else key

    def keys(self, kind: str, name: str) -> set[str]:
        """The keys of all things of a kind with that code or name."""
        return self._keys.get(kind, {}).get(name.casefold(), set())

    def codes(self, kind: str) -> Iterator[tuple[str, str]]:
        """The codes of the things of a kind, each with its Swedish name, in the order of the tables."""
        for (of, key), row in self._defined.items():
            if of == kind:
                yield key, _swedish_name(row)

    def labels(self, scheme: type[Concept], language: Language) -> list[tuple[str, str]]:
        """The codes of the concepts of a scheme in order, each with its label in a language."""
        called = ((member.value, self._labels.get((iri.concept(member), language))) for member in scheme)
        return [(str(code), label) for code, label in called if label is not None]

    def concept(self, scheme: type[Concept], name: str) -> Concept:
        """The concept of a scheme with that code, or that label in either language. Raises Wrong."""
        if scheme not in self._concepts:
            self._concepts[scheme] = {member.value: member for member in scheme} | {
                label.casefold(): scheme(code) for each in LANGUAGES for code, label in self.labels(scheme, each)
            }
        found = self._concepts[scheme].get(name.casefold())
        if found is None:
            known = listed((label for _, label in self.labels(scheme, "sv")), name, self._concepts[scheme])
            raise Wrong(Text(f"det är inget av: {known.sv}", f"this is none of: {known.en}"))
        return found

    @cached_property
    def _labels(self) -> Mapping[tuple[Node, str | None], str]:
        """What each concept of the vocabulary is called, by language."""
        called = files.vocabulary().subject_objects(SKOS.prefLabel)
        return {(thing, label.language): str(label) for thing, label in called if isinstance(label, Literal)}


def _swedish_name(row: Row | None) -> str:
    return str(getattr(row, "name_sv", None) or getattr(row, "title_sv", ""))
