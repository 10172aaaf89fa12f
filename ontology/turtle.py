"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

_DECLARED = re.compile(rb"^@prefix ([^:]*): <([^>]*)> \.\n", re.MULTILINE)
_PREFIXES = re.compile(rb"(?<![\w-])([A-Za-z][\w-]*):")
_BYTES_AT_ONCE = 1 << 20


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """The triples in the order given, as Turtle with the prefixes that occur in them."""
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"")


def tidy(turtle: bytes) -> bytes:
    """Turtle as the engine writes it, its unused prefixes dropped and the others in order."""
    heads = sorted((match[0], match[1]) for match in _DECLARED.finditer(turtle))
    body = turtle[sum(len(head) for head, _ in heads) :]
    written = set(_PREFIXES.findall(body))
    used = [head for head, prefix in heads if prefix in written]
    return b"".join(used) + (b"\n" if used else b"") + body


def tidy_file(path: Path) -> Iterator[str]:
    """The lines of a Turtle file as `tidy` gives them. The file is read twice, and never held as a whole."""
    with path.open("rb") as lines:
        heads: dict[bytes, bytes] = {}
        while declared := _DECLARED.match(lines.readline()):
            heads[declared[1]] = declared[0]
        lines.seek(sum(map(len, heads.values())))
        unused = set(heads)
        while unused and (some := b"".join(lines.readlines(_BYTES_AT_ONCE))):
            possible = [prefix for prefix in unused if prefix + b":" in some]  # quick, and most prefixes end here
            unused -= {prefix for prefix in possible if re.search(rb"(?<![\w-])" + prefix + b":", some)}
        yield from sorted(head.decode() for prefix, head in heads.items() if prefix not in unused)
        if len(unused) < len(heads):
            yield "\n"
        lines.seek(sum(map(len, heads.values())))
        yield from (line.decode("utf-8") for line in lines)
