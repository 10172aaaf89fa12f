"""Turtle for readers: only the prefixes that are used, in order, so that the same graph is the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import pyoxigraph as ox

_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)*")
_DECLARED = re.compile(rb"@prefix ([^:]*): [^\n]*\n")
_NAMED = re.compile(rb'[\n\t (^]([^\n\t (^:<"]*):')
"""A name with a prefix, where the engine may put one. Words of texts may look like some: no harm is done."""


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """The triples in the order given, as Turtle with the prefixes that occur in them."""
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"")


def tidy(turtle: bytes) -> bytes:
    """Turtle as the engine writes it, its unused prefixes dropped and the others in order."""
    head, body = parted(turtle)
    return tidy_head(head, names_in(body)) + body


def parted(turtle: bytes) -> tuple[bytes, bytes]:
    """The head of Turtle as the engine writes it, which declares prefixes, and the rest."""
    head = _HEAD.match(turtle)
    end = head.end() if head else 0
    return turtle[:end], turtle[end:]


def names_in(body: bytes) -> set[bytes]:
    """The prefixes of names in Turtle without a head. Each word is looked at once, and IRIs are passed over."""
    words = [word for word in set(body.split()) if not word.startswith(b"<") or word.startswith(b"<<")]
    return set(_NAMED.findall(b"\n".join([b"", *words])))


def tidy_head(head: bytes, named: Iterable[bytes]) -> bytes:
    """The lines of a head that declare what is named, and an empty line after them."""
    declared = _declared(head)
    used = sorted(declared[prefix] for prefix in declared.keys() & named)
    return b"".join([*used, b"\n"] if used else [])


@lru_cache
def _declared(head: bytes) -> dict[bytes, bytes]:
    """The lines of a head by the prefixes that they declare. The engine writes the same head time and again."""
    return {declared[1]: declared[0] for declared in _DECLARED.finditer(head)}
