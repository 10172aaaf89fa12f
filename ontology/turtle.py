"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)*")
_DECLARED = re.compile(rb"@prefix ([^:]*): [^\n]*\n")
_NAMED = re.compile(rb'[\n\t (^]([^\n\t (^:<"]*):')
"""A name with a prefix, where the engine may put one. Words of texts may look like some: no harm is done."""

_BYTES_AT_ONCE = 1 << 20


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """The triples in the order given, as Turtle with the prefixes that occur in them."""
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"")


def tidy(turtle: bytes) -> bytes:
    """Turtle as the engine writes it, its unused prefixes dropped and the others in order."""
    head = _HEAD.match(turtle)
    end = head.end() if head else 0
    return b"".join(_used(turtle[:end], _named(turtle[end:]))) + turtle[end:]


def tidy_file(path: Path) -> Iterator[bytes]:
    """A Turtle file as `tidy` gives it, many lines at a time. It is read twice, and never held as a whole."""
    with path.open("rb") as lines:
        head = b"".join(takewhile(_DECLARED.match, lines))
        lines.seek(len(head))
        named, declared = set[bytes](), _declared(head).keys()
        while not named >= declared and (some := b"".join(lines.readlines(_BYTES_AT_ONCE))):
            named |= _named(some)
        yield b"".join(_used(head, named))
        lines.seek(len(head))
        while some := lines.read(_BYTES_AT_ONCE):
            yield some


def _named(turtle: bytes) -> set[bytes]:
    """The prefixes of names in Turtle without a head. Each word is looked at once, and IRIs are passed over."""
    words = [word for word in set(turtle.split()) if not word.startswith(b"<") or word.startswith(b"<<")]
    return set(_NAMED.findall(b"\n".join([b"", *words])))


def _used(head: bytes, named: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a head that declare what is named, and an empty line after them."""
    declared = _declared(head)
    used = sorted(declared[prefix] for prefix in declared.keys() & named)
    yield from used
    if used:
        yield b"\n"


@lru_cache
def _declared(head: bytes) -> dict[bytes, bytes]:
    """The lines of a head by the prefixes that they declare. The engine writes the same head time and again."""
    return {declared[1]: declared[0] for declared in _DECLARED.finditer(head)}
