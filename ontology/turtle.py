"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

_DECLARED = re.compile(rb"^@prefix ([^:]*): <([^>]*)> \.\n", re.MULTILINE)
_PREFIXES = re.compile(rb"(?<![\w-])([A-Za-z][\w-]*):")


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
