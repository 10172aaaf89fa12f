"""Answers on this machine, without a server: one query, or what is known about one thing."""

from __future__ import annotations

import asyncio

from rdflib import URIRef

from endpoint.documents.gathering import gather
from endpoint.documents.writing import serialise
from endpoint.formats import DOCUMENTS
from endpoint.guard import inspect
from endpoint.problems import query_failed
from endpoint.site import Site
from endpoint.syntax import read_fault
from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed
from loaders.release import Release
from ontology import iri, namespaces

_PATIENT = 3600.0
"""Seconds a query may run on its asker's own machine."""


class Unknown(Exception):
    """The release says nothing of what was asked for."""


class NotAnswered(Exception):
    """A query was not answered; the message says why, where, and what to do instead."""


def run_query(release: Release, query: str, results: str = "tsv", graph: str = "turtle") -> bytes:
    """The answer of a query on a release, in a format for results or for graphs.

    IRIs on the canonical base are taken to mean those of the release. Raises NotAnswered.
    """
    base = release.base
    prefixes = {name: str(base.localise(URIRef(namespace))) for name, namespace in namespaces.prefixes().items()}
    text = base.localise_text(query)

    async def ask() -> bytes:
        chosen = inspect(text).chooses_graphs
        task = Task(text, results=results, graph=graph, is_union=not chosen, prefixes=prefixes)
        pool = Pool(Launcher(release.store), size=1, deadline=_PATIENT)
        await pool.open()
        try:
            return (await pool.ask(task)).content
        finally:
            await pool.close()

    try:
        return asyncio.run(ask())
    except QueryFailed as failure:
        fault = read_fault(failure.message, text, prefixes) if failure.reason == "syntax" else None
        problem = query_failed(failure, fault=fault)
        raise NotAnswered(f"{problem.title.en}: {problem.detail.en}") from failure


def describe_thing(release: Release, name: str, format_name: str = "turtle") -> bytes:
    """What is known about a thing: by its IRI on the release's base, on the canonical base, or as `objective/8`.

    Raises Unknown where the release says nothing of it.
    """
    format_ = next(format_ for format_ in DOCUMENTS if format_.name == format_name)

    async def ask() -> bytes:
        pool = Pool(Launcher(release.store), size=1)
        site = Site.of(release, pool, pool)
        await pool.open()
        try:
            await site.prepare()
            document = await gather(site, _thing(site, name))
            if document is None:
                raise Unknown(f"the release {release.id} says nothing of {name}; try for example objective/8")
            return serialise(document, format_)
        finally:
            await site.close()

    return asyncio.run(ask())


def _thing(site: Site, name: str) -> URIRef:
    """The IRI that a name stands for: as it is where it is absolute, else a path after `id/`."""
    thing = name if "://" in name else iri.documented(f"res/{name.removeprefix('/').removeprefix('id/')}")
    if thing is None or iri.document(site.canonical(thing)) is None:
        raise Unknown(f"{name} is the IRI of nothing of ours; try for example objective/8")
    return site.local(URIRef(thing))
