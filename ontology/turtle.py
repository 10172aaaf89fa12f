"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

_DECLARED = re.compile(rb"^@prefix ([^:]*): <([^>]*)> \.\n", re.MULTILINE)


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """The triples in the order given, as Turtle with the prefixes that occur in them."""
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"")


def tidy(turtle: bytes) -> bytes:
    """Turtle as the engine writes it, its unused prefixes dropped and the others in order."""
    heads = sorted(match[0] for match in _DECLARED.finditer(turtle))
    body = turtle[sum(map(len, heads)) :]
    used = [head for head in heads if _occurs(head, body)]
    return b"".join(used) + (b"\n" if used else b"") + body


def _occurs(head: bytes, body: bytes) -> bool:
    match = _DECLARED.match(head)
    return match is not None and re.search(rb"(?<![\w-])" + re.escape(match[1]) + rb":", body) is not None
