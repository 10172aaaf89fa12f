"""Answers on this machine, without a server: one query, or what is known about one thing."""

from __future__ import annotations

import asyncio

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.documents import gather
from endpoint.formats import DOCUMENTS
from endpoint.guard import refuse_federation
from endpoint.pool import Pool, QueryFailed
from endpoint.site import Site
from endpoint.things import serialise
from endpoint.worker import Task, answer
from loaders.release import Release
from ontology import iri, namespaces


class Unknown(Exception):
    """The release says nothing of what was asked for."""


def run_query(release: Release, query: str, results: str = "tsv", graph: str = "turtle") -> bytes:
    """The answer of a query on a release, in a format for results or for graphs.

    IRIs on the canonical base are taken to mean those of the release. Raises QueryFailed.
    """
    refuse_federation(query)
    base = release.base
    prefixes = {name: str(base.localise(URIRef(namespace))) for name, namespace in namespaces.prefixes().items()}
    task = Task(base.localise_text(query), results=results, graph=graph, prefixes=prefixes)
    outcome, body = answer(ox.Store.read_only(str(release.store)), task)
    if "failed" in outcome:
        raise QueryFailed(outcome["failed"], outcome.get("message", ""))
    return body


def describe_thing(release: Release, name: str, format_name: str = "turtle") -> bytes:
    """What is known about a thing: by its IRI on the release's base, on the canonical base, or as `objective/8`.

    Raises Unknown where the release says nothing of it.
    """
    format_ = next(format_ for format_ in DOCUMENTS if format_.name == format_name)

    async def ask() -> bytes:
        pool = Pool(release.store, size=1)
        site = Site(release, pool)
        await pool.open()
        try:
            document = await gather(site, _thing(site, name))
            if document is None:
                raise Unknown(f"the release {release.id} says nothing of {name}; try for example objective/8")
            return serialise(document, format_)
        finally:
            await pool.close()

    return asyncio.run(ask())


def _thing(site: Site, name: str) -> URIRef:
    """The IRI that a name stands for: as it is where it is absolute, else a path after `id/`."""
    if "://" in name:
        return site.local(URIRef(name))
    thing = iri.documented(f"res/{name.removeprefix('/').removeprefix('id/')}")
    return site.local(URIRef(thing or name))
