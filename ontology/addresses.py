"""Where a release answers for itself, beside its things: paths on its base, and IRIs on the canonical base."""

from __future__ import annotations

from rdflib import URIRef

from ontology.base import CANONICAL

API = "api/"
API_CATALOG = ".well-known/api-catalog"
CATALOG = "catalog"
CHANGES = "changes"
ALL_CHANGES = "changes/all/"
DATA = "data/"
EXAMPLES = ".well-known/sparql-examples"
OPENAPI = "openapi.json"
PROBLEMS = "problems"
QUESTIONS = "api/q"
RELEASES = "releases/"
SPARQL = "sparql"
TIMEGATE = "timegate/"
TIMEMAP = "timemap/"
VOCABULARY = "vocabulary"
VOID = ".well-known/void"

WHOLE_KEY = "miljograf"
"""The key of the dataset that is all of a release; no data set of observations can have it."""

WHOLE_PATH = f"id/dataset/{WHOLE_KEY}"

WHOLE = URIRef(CANONICAL + WHOLE_PATH)
"""The dataset that is all of it, whatever the release."""

STREAM = URIRef(f"{CANONICAL}{CHANGES}#stream")
"""The stream of all changes; what is at its address is the root of it."""


def address(path: str) -> URIRef:
    """What stands at a path."""
    return URIRef(CANONICAL + path)


def part(document: str, name: str) -> URIRef:
    """A part of a document that describes a release. It is looked up with its document, so it is a fragment."""
    return URIRef(f"{CANONICAL}{document}#{name}")


def file(name: str) -> URIRef:
    """A file of the newest release, by its name."""
    return URIRef(f"{CANONICAL}{DATA}{name}")


def file_of_release(release_id: str, name: str) -> URIRef:
    """The same file of one release, which never changes."""
    return URIRef(f"{CANONICAL}{RELEASES}{release_id}/{DATA}{name}")
