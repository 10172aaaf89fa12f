"""Mints and parses IRIs: `/id/{kind}/{key}` for things, `/res/…` for documents about them.

All IRIs here are on the canonical base. `parse` undoes `mint` for every key of every kind.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from rdflib import URIRef

from ontology.base import CANONICAL
from ontology.keys import EXAMPLES
from ontology.kinds import KINDS
from ontology.namespaces import SDG
from ontology.schemes import Concept

_PLAIN = re.compile(r"[\w./-]+")  # all that our IRIs, and those of the UN, are made of; å, ä and ö would do too
_ID = CANONICAL + "id/"

JSONLD_PROFILES = "http://www.w3.org/ns/json-ld#"
"""How the profiles begin that the media type of JSON-LD tells forms of documents by."""

JSONLD_CONTEXT = f"{JSONLD_PROFILES}context"
JSONLD_FRAME = f"{JSONLD_PROFILES}frame"
"""What the media type of JSON-LD calls a document that is a context, or a frame."""


class BadKey(ValueError):
    """A key that no thing of that kind can have."""


class Key(NamedTuple):
    """The kind of a thing and its key within the kind."""

    kind: str
    key: str


_MOST_REMEMBERED = 20_000
"""How many IRIs are remembered as they are minted: what is said of a thing names it many times, one after another."""

_MINTED_BY_OTHERS = tuple(kind for kind in KINDS.values() if kind.namespace is not None)


@lru_cache(_MOST_REMEMBERED)
def mint(kind: str, key: str | int) -> URIRef:
    """The IRI of the thing of that kind with that key.

    Raises BadKey where the key does not match the pattern of the kind, KeyError for an unknown kind.
    """
    described = KINDS[kind]
    if not described.accepts(str(key)):
        raise BadKey(f"{key!r} cannot be the key of a {kind}: one is like {EXAMPLES[kind]}")
    return URIRef((described.namespace or f"{_ID}{kind}/") + str(key))


def parse(iri: str) -> Key | None:
    """The kind and key that an IRI was minted from, None where it names no thing of ours."""
    if iri.startswith(_ID):
        name, _, key = iri[len(_ID) :].partition("/")
        kind = KINDS.get(name)
        return Key(name, key) if kind and kind.namespace is None and kind.accepts(key) else None
    for kind in _MINTED_BY_OTHERS:
        key = iri.removeprefix(str(kind.namespace))
        if key != iri and kind.accepts(key):
            return Key(kind.name, key)
    return None


@lru_cache(None, typed=True)  # members of several schemes are equal, as their values are
def concept(member: Concept) -> URIRef:
    """The IRI of a concept: `/def/{scheme}/{concept}`."""
    return URIRef(f"{CANONICAL}def/{member.scheme()}/{member.value}")


def scheme(members: type[Concept]) -> URIRef:
    """The IRI of a concept scheme: `/def/{scheme}`."""
    return URIRef(f"{CANONICAL}def/{members.scheme()}")


def graph(source_id: str) -> URIRef:
    """The IRI of the named graph that holds what one source states."""
    return URIRef(f"{CANONICAL}id/graph/{source_id}")


VOCABULARY_GRAPH = graph("vocabulary")
"""The named graph of the vocabulary, the concept schemes and the declared foreign terms."""


def local_name(term: str) -> str:
    """What stands after the last slash of an IRI, on any base: the value of a concept, the name of a term of ours."""
    return term.rpartition("/")[2]


def as_uri(iri: str) -> str:
    """An IRI as a header or an address can hold it: what is not ASCII is percent-encoded (RFC 3987, section 3.1)."""
    return iri if iri.isascii() else quote(iri, safe="!#$%&'()*+,/:;=?@[]~")


def document(iri: str) -> str | None:
    """The path of the document about an IRI, relative to the base; None where we have none.

    `/id/K/X` has `/res/K/X`; a concept `/def/S/C` has `/res/def/S/C`, a term `/spec/T` has `/res/spec/T`;
    a thing of the United Nations has `/res/sdg/{local name}`.
    """
    if not _PLAIN.fullmatch(iri.partition("://")[2]):
        return None
    if iri.startswith(_ID):
        return "res/" + iri[len(_ID) :]
    if any(iri.startswith(CANONICAL + place) for place in ("def/", "spec/")):  # a URIRef takes no tuple of prefixes
        return "res/" + iri[len(CANONICAL) :]
    if iri.startswith(str(SDG)) and parse(iri):
        return "res/sdg/" + iri[len(SDG) :]
    return None


def documented(path: str) -> str | None:
    """The IRI that the document at a path (relative to the base) is about: undoes `document`, None elsewhere."""
    if not path.startswith("res/"):
        return None
    rest = path[len("res/") :]
    if rest.startswith("sdg/"):
        thing = str(SDG) + rest[len("sdg/") :]
    elif rest.startswith(("def/", "spec/")):
        thing = CANONICAL + rest
    else:
        thing = _ID + rest
    return thing if document(thing) == path else None
