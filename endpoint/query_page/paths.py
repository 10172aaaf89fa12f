"""The predicates that a path needs, read from its tokens: without a statement with one of them it leads nowhere.

Of steps one after another each is needed, of alternatives only where none of them leads on; what may be left out (`?`,
`*`) or must not be there (`!`) never is. A path is read as SPARQL 1.1 has it (section 9.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from endpoint.places import Token
from endpoint.query_page.patterns import Path

_MAY_BE_LEFT_OUT = frozenset("?*")
_REPEATED = "+"
_DEEPEST = 20  # parentheses in one another


@dataclass(frozen=True, slots=True)
class Step:
    """One predicate of a path, by its place among the tokens."""

    place: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives of a path."""

    branches: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts of a path one after another; none where nothing of them is needed."""

    parts: tuple[Part, ...]


Part = Step | AnyOf | AllOf


def read_path(read: Sequence[Token], path: Path) -> Part:
    """What a path needs. Nothing of one whose parentheses are too deep to read."""
    part, end = _alternatives(read, path.first, path.last, _DEEPEST)
    return part if end == path.last + 1 else AllOf(())


def steps(part: Part) -> Iterator[int]:
    """The places of all predicates that a part may need, in order."""
    match part:
        case Step(place):
            yield place
        case AnyOf(inner) | AllOf(inner):
            for one in inner:
                yield from steps(one)


def lacking(part: Part, is_there: Callable[[int], bool]) -> list[int]:
    """The places of the predicates for which a part leads nowhere; none where it may lead on."""
    match part:
        case Step(place):
            return [] if is_there(place) else [place]
        case AllOf(parts):
            return [place for one in parts for place in lacking(one, is_there)]
        case AnyOf(branches):
            found = [lacking(one, is_there) for one in branches]
            return [place for places in found for place in places] if all(found) else []


def _alternatives(read: Sequence[Token], at: int, last: int, deep: int) -> tuple[Part, int]:
    branches: list[Part] = []
    while True:
        part, at = _sequence(read, at, last, deep)
        branches.append(part)
        if at > last or read[at].text != "|":
            return (branches[0] if len(branches) == 1 else AnyOf(tuple(branches))), at
        at += 1


def _sequence(read: Sequence[Token], at: int, last: int, deep: int) -> tuple[Part, int]:
    parts: list[Part] = []
    while True:
        part, at = _element(read, at, last, deep)
        parts.append(part)
        if at > last or read[at].text != "/":
            return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))), at
        at += 1


def _element(read: Sequence[Token], at: int, last: int, deep: int) -> tuple[Part, int]:
    is_needed = True
    while at <= last and read[at].text in {"^", "!"}:
        is_needed = is_needed and read[at].text == "^"
        at += 1
    if at > last or not deep:
        return AllOf(()), at
    part: Part = Step(at)
    if read[at].text == "(":
        part, at = _alternatives(read, at + 1, last, deep - 1)
    at += 1
    if at <= last and read[at].text in _MAY_BE_LEFT_OUT:
        return AllOf(()), at + 1
    at += at <= last and read[at].text == _REPEATED
    return (part if is_needed else AllOf(())), at
