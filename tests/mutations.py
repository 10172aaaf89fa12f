"""Queries with one thing taken away: each triple, condition, row and branch once. For the tests of the rules.

Only the SPARQL that the rules are written in is read: triples with `;` and `,`, FILTER, BIND, MINUS, OPTIONAL, UNION,
GRAPH, VALUES and nested SELECT. What is read is written back with the same meaning; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"""\#[^\n]*|"(?:[^"\\]|\\.)*"(?:@[a-z]+|\^\^\S+)?|<[^<>\s]*>|[?$]\w+|&&|\|\||<=|>=|!=
    |[\w-]*:[\w.-]*[\w-]|[\w-]+|[^\s\w]""",
    re.VERBOSE,
)
_CLOSES = {"{": "}", "(": ")", "[": "]"}

Tokens = tuple[str, ...]


def tokens(text: str) -> Tokens:
    """The tokens of a query without its comments and the declarations of its prefixes."""
    found = [token for token in _TOKEN.findall(text) if not token.startswith("#")]
    first = next(place for place, token in enumerate(found) if token == "SELECT")
    return tuple(found[first:])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a group: what stands before its inner parts, these, and what stands after them.

    `can_go` where the part can be taken away as a whole; its inner parts can be in any case.
    """

    before: Tokens
    inner: tuple[Part, ...] = ()
    after: Tokens = ()
    joint: str = ""  # what joins the inner parts
    can_go: bool = True

    def text(self) -> str:
        """The part as SPARQL."""
        between = f" {self.joint} "
        text = " ".join([*self.before, between.join(part.text() for part in self.inner), *self.after])
        return re.sub(r"\b(CONCAT|COALESCE) \(", r"\1(", text)  # the engine takes no space there

    def mutants(self) -> Iterator[tuple[str, Part]]:
        """The part with one thing in it taken away, and what that was."""
        for place, part in enumerate(self.inner):
            rest = self.inner[:place], self.inner[place + 1 :]
            if part.can_go and (not self.joint or len(self.inner) > 1):
                yield part.text().strip(), replace(self, inner=(*rest[0], *rest[1]))
            for taken, smaller in part.mutants():
                yield taken, replace(self, inner=(*rest[0], smaller, *rest[1]))


class Reader:
    """Reads tokens into parts, from left to right."""

    def __init__(self, found: Tokens) -> None:
        self.found = found
        self.place = 0

    @property
    def next(self) -> str:
        """The token to come; nothing at the end."""
        return self.found[self.place] if self.place < len(self.found) else ""

    def take(self, *wanted: str) -> str:
        """The next token, which must be one of those wanted."""
        token = self.next
        assert not wanted or token in wanted, f"{token!r} where one of {wanted} should be"
        self.place += 1
        return token

    def balanced(self) -> Tokens:
        """A token, or what stands between a bracket and the one that closes it, both included."""
        first = self.take()
        found = [first]
        while first in _CLOSES and self.next != _CLOSES[first]:
            found.extend(self.balanced())
        return (*found, self.take(_CLOSES[first])) if first in _CLOSES else tuple(found)

    def select(self) -> Part:
        """A SELECT query, nested or not."""
        head = [self.take("SELECT")]
        while self.next not in {"WHERE", "{"}:
            head.extend(self.balanced())
        if self.next == "WHERE":
            head.append(self.take())
        group = self.group()
        tail: list[str] = []
        while self.next and self.next not in {"}", "HAVING"}:
            tail.extend(self.balanced())
        having = (self.condition("HAVING"),) if self.next == "HAVING" else ()
        return Part(tuple(head), (replace(group, can_go=False), Part(tuple(tail), can_go=False), *having), can_go=False)

    def group(self) -> Part:
        """What stands in curly brackets."""
        self.take("{")
        inner: tuple[Part, ...] = (self.select(),) if self.next == "SELECT" else tuple(self.parts())
        self.take("}")
        return Part(("{",), inner, ("}",))

    def parts(self) -> Iterator[Part]:
        """The parts of a group."""
        while self.next != "}":
            if self.next == "{":
                yield self.union()
            elif self.next in {"MINUS", "OPTIONAL"}:
                yield Part((self.take(),), (replace(self.group(), can_go=False),))
            elif self.next == "GRAPH":
                yield self.graph()
            elif self.next == "FILTER":
                yield self.condition("FILTER")
            elif self.next == "BIND":
                yield Part((self.take(), *self.balanced()))
            elif self.next == "VALUES":
                yield self.values()
            elif self.next == ".":
                self.take()
            else:
                yield from self.triples()

    def union(self) -> Part:
        """One group, or several joined by UNION."""
        branches = [self.group()]
        while self.next == "UNION":
            self.take()
            branches.append(self.group())
        return Part((), tuple(branches), joint="UNION", can_go=False)

    def graph(self) -> Part:
        """A group in a named graph."""
        self.take("GRAPH")
        name = self.balanced()
        return Part(("GRAPH", *name), (replace(self.group(), can_go=False),))

    def values(self) -> Part:
        """VALUES: each row can go."""
        self.take("VALUES")
        variables = self.balanced()
        self.take("{")
        rows = []
        while self.next != "}":
            rows.append(Part(self.balanced()))
        self.take("}")
        return Part(("VALUES", *variables, "{"), tuple(rows), ("}",), can_go=False)

    def condition(self, word: str) -> Part:
        """FILTER or HAVING: it can go, and where it joins several conditions, each of them."""
        self.take(word)
        whole = self.balanced()
        if whole[0] != "(":
            return Part((word, *whole, *self.balanced()))
        return Part((word,), (operands(whole),))

    def triples(self) -> Iterator[Part]:
        """Triples of one subject, each written out."""
        subject = self.balanced()
        while True:
            predicate = self.predicate()
            while True:
                yield Part((*subject, *predicate, *self.balanced(), "."))
                if self.next != ",":
                    break
                self.take()
            if self.next != ";":
                break
            self.take()
            if self.next in {".", "}"}:
                break
        if self.next == ".":
            self.take()

    def predicate(self) -> Tokens:
        """A property, or a path of them."""
        found = [*self.step()]
        while self.next in {"/", "|"}:
            found += [self.take(), *self.step()]
        return tuple(found)

    def step(self) -> Tokens:
        """One step of a path."""
        found = [self.take()] if self.next == "^" else []
        found += self.balanced()
        if self.next in {"+", "*", "?"}:
            found.append(self.take())
        return tuple(found)


def operands(whole: Tokens) -> Part:
    """A condition in brackets, with the conditions that `&&` or `||` join in it; each of these can go."""
    inside = whole[1:-1]
    for joint in ("||", "&&"):
        split = _split(inside, joint)
        if len(split) > 1:
            inner = tuple(_operand(part) for part in split)
            return Part(("(",), inner, (")",), joint=joint, can_go=False)
    return Part(whole, can_go=False)


def _operand(part: Tokens) -> Part:
    is_in_brackets = part[0] == "(" and len(_split(part, "")) == 1 and part[-1] == ")"
    if is_in_brackets:
        return replace(operands(part), can_go=True)
    for joint in ("||", "&&"):
        split = _split(part, joint)
        if len(split) > 1:
            return Part((), tuple(_operand(piece) for piece in split), joint=joint)
    return Part(part)


def _split(found: Tokens, joint: str) -> list[Tokens]:
    """Tokens divided at a joint outside brackets."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in found:
        depth += (token in _CLOSES) - (token in _CLOSES.values())
        if depth == 0 and token == joint:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]


def read(text: str) -> tuple[str, Part]:
    """The declarations of the prefixes of a query, and the query as a part."""
    prefixes = "\n".join(re.findall(r"^PREFIX .*$", text, re.MULTILINE))
    reader = Reader(tokens(text))
    part = reader.select()
    assert not reader.next, f"nothing reads {reader.next!r}"
    return prefixes, part


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """What was taken away from a query, and the query without it."""
    prefixes, whole = read(text)
    for taken, smaller in whole.mutants():
        yield taken, f"{prefixes}\n{smaller.text()}"
