"""Where the engine stops reading a query, which it tells up to 14 characters and some lines too far.

Its parser takes as many characters as a word has before it compares them, so that the furthest place that it got to is
where the longest word that it tried would have ended. Read again with every token far from the next one, that place
lies in the room behind the token that is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_ROOM = " " * 20
"""More than the longest word of SPARQL, `ENCODE_FOR_URI`."""

MOST_READ_TWICE = 20_000
"""Characters of a query whose tokens are looked at."""

_TOKEN = re.compile(
    r"""
      (?P<blank> [\ \t\r\n]+ | \#[^\n\r]* )
    | (?P<text> \"{3} (?:[^"\\]|\\.|\"(?!\"\"))* \"{3} | '{3} (?:[^'\\]|\\.|'(?!''))* '{3}
        | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<tag> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<number> \d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
    | (?P<name> _?(?:[^\W\d_][\w.-]{0,99})?:(?:[\w:%-]|\\.|\.(?=[\w:%-]))* )
    | (?P<word> \w+ )
    | (?P<mark> \^\^ | && | \|\| | [!<>]= | <<|>> | \\[^\n\r] | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_APART = frozenset("{}(),;")

GLUED = frozenset({"BNODE", "COALESCE", "CONCAT"})
"""Functions whose parenthesis the engine reads only where it follows at once."""

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_IN_WORDS = re.compile(r"[a-z]{2,} [a-z]")
"""What tells that the engine says what is wrong, such as `Prefix not found`, and at which place it has seen that."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query that stands for itself: its kind, its text, and where it begins, from 0."""

    kind: str
    text: str
    start: int


TERMS = frozenset({"variable", "iri", "name", "text", "number"})
"""The kinds of token that are a term."""

COMPARISONS = frozenset({"=", "!=", "<", ">", "<=", ">="})
"""The signs that compare two values."""


def tokens(query: str) -> list[Token]:
    """The tokens of a query, without blanks and comments; whatever is none is told by its characters."""
    return [
        Token(found.lastgroup or "mark", found[0], found.start())
        for found in _TOKEN.finditer(query)
        if found.lastgroup != "blank"
    ]


def pinpoint(query: str, message: str, complaint: Callable[[str], str | None]) -> str:
    """What the engine says of a query that it cannot read, with the place of the token that is wrong.

    `complaint` gives what the engine says of another query. What could stand there instead is left of what it says only
    where it is all that could. A message of another kind stays as it is, and so does that of a long query.
    """
    told = _PLACE.search(message)
    if len(query) > MOST_READ_TWICE or told is None or _IN_WORDS.search(told[3]):
        return message
    read = tokens(query)
    wide, starts = _widened(query, read)
    found = _PLACE.search(complaint(wide) or "")
    if found is None:
        return message
    place = offset_of(wide, int(found[1]), int(found[2]))
    number = bisect_right(starts, place) - 1
    is_at_end = place >= len(wide) or number < 0
    start = len(query) if is_at_end else read[number].start
    is_in_words = _IN_WORDS.search(found[3]) is not None
    if is_in_words and not is_at_end:  # its place is where the token ends
        start += min(place - starts[number], len(read[number].text))
    line, column = place_of(query, start)
    is_sure = is_at_end or is_in_words or place == starts[number]
    return f"error at {line}:{column}: expected {found[3] if is_sure else 'something else'}"


def place_of(query: str, offset: int) -> tuple[int, int]:
    """The line and the column of a place in a query, from 1."""
    before = query[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def offset_of(query: str, line: int, column: int) -> int:
    """The place in a query that has a line and a column, from 1."""
    return sum(len(before) + 1 for before in query.split("\n")[: line - 1]) + column - 1


def _widened(query: str, read: list[Token]) -> tuple[str, list[int]]:
    """The query with room between its tokens, and where each begins then. What is written together stays so."""
    written: list[str] = []
    starts: list[int] = []
    length = 0
    for piece in _spaced(read):
        starts.append(length + len(piece) - len(piece.lstrip(" ")))
        written.append(piece)
        length += len(piece)
    return "".join([*written, _ROOM]), starts


def _spaced(read: list[Token]) -> Iterator[str]:
    """Each token, after room where it stands apart from the one before or is a bracket, a comma or a semicolon."""
    before: Token | None = None
    for token in read:
        is_apart = before is None or before.start + len(before.text) < token.start
        has_room = is_apart or token.text in _APART or (before is not None and before.text in _APART)
        if before is not None and before.text.upper() in GLUED and token.text == "(" and not is_apart:
            has_room = False
        yield (_ROOM if has_room else "") + token.text
        before = token
