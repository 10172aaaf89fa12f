"""What the pattern of a query asks for, read from its tokens: statements whose property is one term, and comparisons.

Of a path, where it stands; of lists, triple terms and what is computed, nothing: what is said of a pattern has to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from endpoint.places import COMPARISONS, TERMS, Token

SUBJECT, PROPERTY, OBJECT, WHOLE = range(4)
"""What the next term of a statement is; of one that is whole there is none."""

_NEXT = {"{": SUBJECT, "}": SUBJECT, ".": SUBJECT, ";": PROPERTY, ",": OBJECT, "GRAPH": WHOLE, "SELECT": WHOLE}
_BARE = frozenset({"A", "TRUE", "FALSE"})
_COMPUTED = {"FILTER": "()", "BIND": "()", "HAVING": "()", "VALUES": "{}"}
"""What stands for no statement, by the word before it, and the brackets around it."""

_BEFORE_STEPS = frozenset({"^", "!", "("})
_ARITHMETIC = frozenset("+-*/")


class Statement(NamedTuple):
    """Where the parts of a statement stand among the tokens; -1 for a subject in brackets."""

    property: int
    object: int
    subject: int


class Path(NamedTuple):
    """Where the first and the last token of a path stand, which is more than one term."""

    first: int
    last: int


class Comparison(NamedTuple):
    """Where a variable and the value that it is compared with stand among the tokens."""

    variable: int
    value: int


def start_of_pattern(read: Sequence[Token]) -> int:
    """The token at which the pattern begins: the template of a CONSTRUCT may have new terms."""
    words = [token.text.upper() for token in read]
    start = words.index("{") if "{" in words else len(words)
    if "CONSTRUCT" in words[:start] and words[start - 1] == "CONSTRUCT":
        return words.index("}", start) if "}" in words[start:] else len(words)
    return start


def statements(read: Sequence[Token]) -> Iterator[Statement]:
    """The statements that a pattern asks for, in its order."""
    return (one for one in _parts(read) if isinstance(one, Statement))


def paths(read: Sequence[Token]) -> Iterator[Path]:
    """The paths that a pattern asks for, in its order."""
    return (one for one in _parts(read) if isinstance(one, Path))


def _parts(read: Sequence[Token]) -> Iterator[Statement | Path]:
    at, awaited, named, subject = start_of_pattern(read), WHOLE, -1, -1
    around: list[tuple[int, int, int]] = []
    while at < len(read):
        word = read[at].text.upper()
        if word == "<<":
            return
        if word in _COMPUTED and not _is_exists(read, at + 1):
            at = _end(read, at, *_COMPUTED[word])
        elif word in _NEXT:
            awaited = _NEXT[word]
            subject = -1 if awaited == SUBJECT else subject
        elif awaited == PROPERTY and (_is_term(read, at) or word in _BEFORE_STEPS):
            end = _end_of_path(read, at)
            is_one_term = end == at and read[at].kind not in {"variable", "mark"}
            if end > at:
                yield Path(at, end)
            named, awaited, at = (at if is_one_term else -1), OBJECT, end
        elif word == "[":
            around.append((min(awaited + 1, WHOLE), named, subject))
            awaited, subject = PROPERTY, -1
        elif word == "]" and around:
            awaited, named, subject = around.pop()
        elif word == "(":
            at, awaited = _end(read, at, "(", ")"), min(awaited + 1, WHOLE)
        elif word == "^^":
            at += 1
        elif _is_term(read, at):
            if awaited == OBJECT and named >= 0:
                yield Statement(named, at, subject)
            subject = at if awaited == SUBJECT else subject
            awaited = min(awaited + 1, WHOLE)
        at += 1


def comparisons(read: Sequence[Token]) -> Iterator[Comparison]:
    """The variables that a pattern compares with a number, or with a text without a language, by themselves."""
    for at in range(start_of_pattern(read) + 1, len(read) - 2):
        if read[at + 1].text not in COMPARISONS or read[at - 1].text in _ARITHMETIC:
            continue
        after = read[at + 3].text if at + 3 < len(read) else ""
        if after in _ARITHMETIC or after == "^^" or after.startswith("@"):
            continue
        kinds = read[at].kind, read[at + 2].kind
        if kinds in {("variable", "number"), ("variable", "text")}:
            yield Comparison(at, at + 2)
        elif kinds in {("number", "variable"), ("text", "variable")} and read[at - 1].text != "^^":
            yield Comparison(at + 2, at)


def _is_term(read: Sequence[Token], at: int) -> bool:
    return read[at].kind in TERMS or read[at].text.upper() in _BARE


def _is_exists(read: Sequence[Token], at: int) -> bool:
    return any(token.text.upper() == "EXISTS" for token in read[at : at + 2])


def _end(read: Sequence[Token], at: int, opening: str, closing: str) -> int:
    """Where the bracket closes that opens first from a token on; the last token where none does."""
    depth = 0
    for place in range(at, len(read)):
        depth += (read[place].text == opening) - (read[place].text == closing)
        if depth == 0 and read[place].text == closing:
            return place
    return len(read) - 1


def _end_of_path(read: Sequence[Token], at: int) -> int:
    """Where a path ends that begins at a token."""
    while True:
        while at + 1 < len(read) and read[at].text in {"^", "!"}:
            at += 1
        at = _end(read, at, "(", ")") if read[at].text == "(" else at
        while at + 1 < len(read) and read[at + 1].text in {"*", "+", "?"}:
            at += 1
        if at + 2 >= len(read) or read[at + 1].text not in {"/", "|"}:
            return at
        at += 2
