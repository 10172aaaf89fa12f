"""What changed between two releases, exactly: a release has no blank nodes, so its statements can be compared as lines.

Bases are left out of account: IRIs are compared on the canonical base.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from loaders.content import Content
from loaders.files import ALL, NQUADS
from loaders.previous import Previous
from loaders.release import Release
from ontology import iri
from ontology.base import CANONICAL
from ontology.kinds import KINDS
from ontology.namespaces import DCTERMS, MG, RDFS, SKOS, prefixes

FILE = "changes/since-previous.json"
"""Where a release keeps what changed since the one that was current before it."""

MOST_LISTED = 1000
"""Things of a kind that are listed as added, removed or changed; all are counted."""

_NAMING = tuple(f"<{name}>" for name in (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title))
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_STATED_IN = f"<{MG.statedIn}>"
_LINE = f"<{MG.line}>"
_ROWS = f"<{CANONICAL}id/row/"
_TERMS = (f"<{CANONICAL}spec/", f"<{CANONICAL}def/")

Quads = Callable[[], Iterator[str]]
"""Gives the statements of a release anew each time: N-Quads lines on the canonical base, graph by graph."""


class Statement(NamedTuple):
    """One statement as the dump writes it, its graph left out."""

    subject: str
    predicate: str
    object: str


@dataclass(slots=True)
class ChangedThing:
    """A thing that both releases have, and what is said of it in one of them alone."""

    thing: str
    before: list[Statement] = field(default_factory=list)
    after: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """What two releases do not share. Things are grouped by kind; `terms` is the vocabulary, `other` all else."""

    before: str
    after: str
    added: int = 0
    removed: int = 0
    moved: int = 0  # statements that another source states now
    rows: Counter[str] = field(default_factory=Counter)  # of tables: added, removed, changed, shifted to another line
    added_things: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    removed_things: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    changed_things: dict[str, list[ChangedThing]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, dict[str, str]] = field(default_factory=dict)  # of the things above, by language

    @property
    def kinds(self) -> list[str]:
        """The kinds that have changed, in the order of the contents; terms and all else last."""
        found = {*self.added_things, *self.removed_things, *self.changed_things}
        return [name for name in (*KINDS, "terms", "other") if name in found]

    @property
    def paths_of_changed(self) -> frozenset[str]:
        """The things that both releases have and that say something else, as paths after the base or as IRIs."""
        changed = (thing.thing[1:-1] for of in self.changed_things.values() for thing in of)
        return frozenset(name.removeprefix(CANONICAL) for name in changed)


def statements_of(release: Release) -> Quads:
    """The statements of a release, read from its dump."""
    base = f"<{release.base.iri}"

    def read() -> Iterator[str]:
        with gzip.open(release.path / NQUADS.folder / ALL, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield line.replace(base, f"<{CANONICAL}")

    return read


def patch(before: Quads, after: Quads) -> Iterator[tuple[bool, str]]:
    """The lines that are in one of two releases alone, graph by graph: True where a line came, False where it went.

    No more than one graph of each is held at once.
    """
    old, new = _by_graph(before()), _by_graph(after())
    left, right = next(old, None), next(new, None)
    while left or right:
        graph = min(head[0] for head in (left, right) if head)
        went, came = (head[1] if head and head[0] == graph else set() for head in (left, right))
        yield from ((False, line) for line in sorted(went - came))
        yield from ((True, line) for line in sorted(came - went))
        left = next(old, None) if left and left[0] == graph else left
        right = next(new, None) if right and right[0] == graph else right


def compare(before: str, after: str, old: Quads, new: Quads) -> Changes:
    """What changed from one release to another, by their ids and their statements. Reads each of them twice."""
    return _changes(before, after, patch(old, new), old, new)


def changes_since(previous: Previous, content: Content) -> Changes:
    """What changed from a previous release to a content, as `compare` finds it.

    Of graphs that are the same, only what is said of things that have changed elsewhere is looked at.
    """
    base, differences = f"<{content.base.iri}", previous.differences or {}

    def canonical(line: str, graph: str) -> str:
        return f"{line} <{graph}> .\n".replace(base, f"<{CANONICAL}")

    def statements(said: Mapping[str, Iterable[str]]) -> Iterator[str]:
        for graph in sorted(said):
            yield from (canonical(line, graph) for line in said[graph])

    difference = (
        (is_new, canonical(line, graph))
        for graph, one in differences.items()
        for is_new, lines in ((False, one.went), (True, one.came))
        for line in lines
    )
    return _changes(
        previous.release.id,
        content.release_id,
        difference,
        lambda: statements(previous.said_before()),
        lambda: statements(previous.said),
    )


def _changes(before: str, after: str, difference: Iterable[tuple[bool, str]], old: Quads, new: Quads) -> Changes:
    changes = Changes(before, after)
    went: set[Statement] = set()
    came: set[Statement] = set()
    for is_new, line in difference:
        (came if is_new else went).add(_statement(line))
    touched = {statement.subject for statement in went | came}
    was, is_there = _Seen(touched, came), _Seen(touched, went)
    was.look_through(old)
    is_there.look_through(new)
    moved = was.known | is_there.known  # what another source states too, or now
    changes.added, changes.removed, changes.moved = len(came - moved), len(went - moved), len(moved)
    things = {subject: ChangedThing(subject) for subject in sorted(touched)}
    for statement in sorted(went - moved):
        things[statement.subject].before.append(statement)
    for statement in sorted(came - moved):
        things[statement.subject].after.append(statement)
    for subject, thing in things.items():
        _sort(changes, thing, subject in was.subjects, subject in is_there.subjects)
    listed = {subject for kind in changes.kinds for subject in _listed(changes, kind)}
    changes.labels = {
        subject: is_there.labels.get(subject) or was.labels[subject]
        for subject in sorted(listed)
        if subject in is_there.labels or subject in was.labels
    }
    return changes


class _Seen:
    """What a release says of some things: whether it has them, what they are called, and which statements it has."""

    def __init__(self, subjects: set[str], statements: set[Statement]) -> None:
        self._asked, self._statements = subjects, statements
        self.subjects: set[str] = set()
        self.known: set[Statement] = set()
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)

    def look_through(self, quads: Quads) -> None:
        for line in quads():
            if _subject(line) in self._asked:
                statement = _statement(line)
                self.subjects.add(statement.subject)
                if statement in self._statements:
                    self.known.add(statement)
                if statement.predicate in _NAMING:
                    text, language = _text(statement.object)
                    self.labels[statement.subject].setdefault(language, text)


def _sort(changes: Changes, thing: ChangedThing, was: bool, is_there: bool) -> None:
    """Put a thing among those that came, went or changed; what only its rows say of where it stands is no change."""
    if not (thing.before or thing.after):
        return
    fate = "changed" if was and is_there else "added" if is_there else "removed"
    if thing.thing.startswith(_ROWS):
        is_shifted = {statement.predicate for statement in (*thing.before, *thing.after)} == {_LINE}
        changes.rows["shifted" if is_shifted and fate == "changed" else fate] += 1
        return
    kind = _kind(thing.thing)
    if fate == "added":
        changes.added_things[kind].append(thing.thing)
    elif fate == "removed":
        changes.removed_things[kind].append(thing.thing)
    elif {statement.predicate for statement in (*thing.before, *thing.after)} != {_STATED_IN}:
        changes.changed_things[kind].append(thing)


def _kind(subject: str) -> str:
    if subject.startswith(_TERMS):
        return "terms"
    key = iri.parse(subject[1:-1])
    return key.kind if key else "other"


def _listed(changes: Changes, kind: str) -> Iterator[str]:
    """The things of a kind that are listed by name."""
    yield from changes.added_things[kind][:MOST_LISTED]
    yield from changes.removed_things[kind][:MOST_LISTED]
    yield from (thing.thing for thing in changes.changed_things[kind][:MOST_LISTED])


def as_json(changes: Changes) -> dict[str, Any]:
    """The changes for programs and pages: every number, and the first things of each kind. IRIs are canonical."""

    def named(subject: str) -> dict[str, Any]:
        return {"thing": subject[1:-1], "label": changes.labels.get(subject, {})}

    def told(thing: ChangedThing) -> dict[str, Any]:
        said: dict[str, dict[str, list[str]]] = {}
        for side in ("before", "after"):
            for statement in getattr(thing, side):
                if statement.predicate != _STATED_IN:
                    both = said.setdefault(statement.predicate[1:-1], {"before": [], "after": []})
                    both[side].append(statement.object)
        return named(thing.thing) | {"properties": [{"property": name, **values} for name, values in said.items()]}

    return {
        "before": changes.before,
        "after": changes.after,
        "statements": {"added": changes.added, "removed": changes.removed, "moved": changes.moved},
        "rows": {fate: changes.rows[fate] for fate in ("added", "removed", "changed", "shifted")},
        "kinds": [
            {
                "kind": kind,
                "numbers": {
                    "added": len(changes.added_things[kind]),
                    "removed": len(changes.removed_things[kind]),
                    "changed": len(changes.changed_things[kind]),
                },
                "added": [named(subject) for subject in changes.added_things[kind][:MOST_LISTED]],
                "removed": [named(subject) for subject in changes.removed_things[kind][:MOST_LISTED]],
                "changed": [told(thing) for thing in changes.changed_things[kind][:MOST_LISTED]],
            }
            for kind in changes.kinds
        ],
    }


def in_words(changes: Changes) -> Iterator[str]:
    """The changes for a terminal: by kind, the things by name, and what is said of those that changed."""
    numbers = f"{changes.added:,} came, {changes.removed:,} went, {changes.moved:,} are stated elsewhere"
    yield f"From {changes.before} to {changes.after}: of the statements, {numbers}."
    rows = [f"{changes.rows[fate]:,} {fate}" for fate in ("added", "removed", "changed") if changes.rows[fate]]
    if rows:
        yield f"Rows of tables: {', '.join(rows)}."
    if changes.rows["shifted"]:
        yield f"Rows that say the same on another line: {changes.rows['shifted']:,}."
    if not changes.kinds:
        yield "No thing has changed."
    for kind in changes.kinds:
        added, removed, changed = changes.added_things[kind], changes.removed_things[kind], changes.changed_things[kind]
        heading = _NAMES.get(kind) or KINDS[kind].many.en
        yield f"\n{heading}: {len(added)} added, {len(removed)} removed, {len(changed)} changed"
        yield from (f"  + {_called(changes, subject)}" for subject in added[:MOST_LISTED])
        yield from (f"  - {_called(changes, subject)}" for subject in removed[:MOST_LISTED])
        for thing in changed[:MOST_LISTED]:
            yield f"  * {_called(changes, thing.thing)}"
            yield from (f"      - {said}" for said in _said(thing.before))
            yield from (f"      + {said}" for said in _said(thing.after))


def _said(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        if statement.predicate != _STATED_IN:
            yield f"{_short(statement.predicate)} {_short(statement.object)}"


_NAMES = {"terms": "Terms and concepts", "other": "Other things"}


def _called(changes: Changes, subject: str) -> str:
    label = changes.labels.get(subject, {})
    name = label.get("en") or label.get("sv") or next(iter(label.values()), "")
    return f"{_short(subject)}  {name}".rstrip()


def _short(term: str) -> str:
    """A term in short: with a prefix, or without the canonical base; a literal as it is."""
    if not term.startswith("<"):
        return term
    iri = term[1:-1]
    for prefix, space in prefixes().items():
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri.removeprefix(CANONICAL)


def _by_graph(lines: Iterable[str]) -> Iterator[tuple[str, set[str]]]:
    """The graphs of a dump in its order, each with its lines."""
    for graph, of_it in groupby(lines, key=lambda line: line.rsplit(" ", 2)[-2]):
        yield graph, set(of_it)


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _statement(line: str) -> Statement:
    """A statement from a line of N-Quads."""
    subject, predicate, rest = line.split(" ", 2)
    return Statement(subject, predicate, rest.rsplit(" ", 2)[0])


def _text(literal: str) -> tuple[str, str]:
    """The text and the language of a literal as N-Triples writes it."""
    text, _, end = literal.rpartition('"')
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text[1:]), end.removeprefix("@")
