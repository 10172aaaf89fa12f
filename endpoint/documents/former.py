"""What something was called that has ended: by the name that the latest of the earlier releases has of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rdflib import URIRef

from endpoint.search.index import ask_index
from endpoint.site import Site
from loaders.index import PLACE
from loaders.release import Release, Releases
from ontology import iri
from ontology.text import Label, Language

_MOST_RELEASES = 100
"""Earlier releases that are looked into, the latest first."""


async def former_name(site: Site, thing: URIRef, language: Language) -> Label | None:
    """The name for a reader of a language; None where no earlier release that is kept has one."""
    document = iri.document(site.canonical(thing))
    return await asyncio.to_thread(_latest, site.release, document, language) if document else None


def _latest(release: Release, document: str, language: Language) -> Label | None:
    folder = release.path.parent
    earlier = _earlier(folder, folder.stat().st_mtime_ns, release.id, release.record["made"])
    return next(filter(None, (_name(path, document, language) for path in earlier)), None)


@lru_cache(4)
def _earlier(folder: Path, stamp: int, release_id: str, made: str) -> Sequence[Path]:
    """The releases that were made before one, the latest first; the stamp of their folder changes with them."""
    there = [one for one in Releases(folder.parent).readable() if one.record["made"] <= made and one.id != release_id]
    found = sorted(there, key=lambda one: (one.record["made"], one.id), reverse=True)
    return [one.path for one in found[:_MOST_RELEASES]]


@lru_cache(1024)
def _name(release: Path, document: str, language: Language) -> Label | None:
    """What a release calls a thing, which never changes; None where it has no such thing, no index, or has gone."""
    return ask_index(release / PLACE, lambda index: index.called(document, language))
