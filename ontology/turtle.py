"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

_DECLARED = re.compile(rb"^@prefix ([^:]*): <([^>]*)> \.\n", re.MULTILINE)
_OF_NAMES = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_BYTES_AT_ONCE = 1 << 20


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """The triples in the order given, as Turtle with the prefixes that occur in them."""
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"")


def tidy(turtle: bytes) -> bytes:
    """Turtle as the engine writes it, its unused prefixes dropped and the others in order."""
    heads: dict[bytes, bytes] = {}
    begin = 0
    while declared := _DECLARED.match(turtle, begin):
        heads[declared[1]] = declared[0]
        begin = declared.end()
    body = turtle[begin:]
    used = sorted(head for prefix, head in heads.items() if _is_used(prefix, body))
    return b"".join(used) + (b"\n" if used else b"") + body


def _is_used(prefix: bytes, text: bytes) -> bool:
    """True where a text has a name with a prefix, and not only with a longer one that ends so."""
    name = prefix + b":"
    place = text.find(name)
    while place > 0 and text[place - 1] in _OF_NAMES:
        place = text.find(name, place + 1)
    return place >= 0


def tidy_file(path: Path) -> Iterator[str]:
    """The lines of a Turtle file as `tidy` gives them. The file is read twice, and never held as a whole."""
    with path.open("rb") as lines:
        heads: dict[bytes, bytes] = {}
        while declared := _DECLARED.match(lines.readline()):
            heads[declared[1]] = declared[0]
        lines.seek(sum(map(len, heads.values())))
        unused = set(heads)
        while unused and (some := b"".join(lines.readlines(_BYTES_AT_ONCE))):
            unused -= {prefix for prefix in unused if _is_used(prefix, some)}
        yield from sorted(head.decode() for prefix, head in heads.items() if prefix not in unused)
        if len(unused) < len(heads):
            yield "\n"
        lines.seek(sum(map(len, heads.values())))
        yield from (line.decode("utf-8") for line in lines)
