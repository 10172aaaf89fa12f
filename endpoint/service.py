"""What the service says of itself: SPARQL 1.1 Service Description, true to the release and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pyoxigraph as ox
from rdflib import Literal, URIRef

from endpoint.dataset import Dataset
from endpoint.formats import Format
from endpoint.settings import Settings
from endpoint.workers.worker import GRAPH_FORMATS
from ontology.files import read_text
from ontology.namespaces import MG, RDFS
from ontology.text import Label, Language, best_label
from ontology.turtle import write_turtle

LIMITS = {
    "deadline": MG.maxSeconds,
    "patience": MG.maxWaitSeconds,
    "workers": MG.maxParallelQueries,
    "per_network": MG.maxParallelQueriesOfNetwork,
    "long_queries": MG.maxLongQueries,
    "quick": MG.longAfterSeconds,
    "queue": MG.maxQueuedQueries,
    "megabytes": MG.maxWorkerMegabytes,
    "max_query_bytes": MG.maxQueryBytes,
    "max_body_bytes": MG.maxBodyBytes,
    "max_nesting": MG.maxNesting,
    "max_answer_bytes": MG.maxAnswerBytes,
    "max_answer_rows": MG.maxAnswerRows,
    "arrival": MG.maxArrivalSeconds,
    "connections": MG.maxConnections,
    "fronts": MG.frontProcesses,
}
"""The settings that limit a reader's query, and the property that the description states each with; of a body, what
follows from that of a query."""

OF_FEDERATION = {
    "federated_deadline": MG.maxFederatedSeconds,
    "federated_workers": MG.maxParallelFederatedQueries,
}
"""The same for a query that asks a service of others, where some may be asked."""


def limits(settings: Settings) -> Iterator[tuple[URIRef, Literal]]:
    """Each limit that a reader's query may meet, with the figure of one front process, which is what errors tell.

    How many front processes there are is told too.
    """
    met = replace(settings.of_one_front(), fronts=settings.fronts)
    for name, term in (LIMITS | (OF_FEDERATION if settings.allowed_services else {})).items():
        figure = getattr(met, name)
        yield term, Literal(Decimal(str(figure)) if isinstance(figure, float) else figure)


@cache
def labels() -> dict[str, list[Label]]:
    """The labels of the properties of limits, by their canonical IRIs."""
    said: dict[str, list[Label]] = {}
    for quad in ox.parse(read_text("vocabulary/service.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == str(RDFS.label) and isinstance(quad.object, ox.Literal):
            subject = str(quad.subject).strip("<>")
            said.setdefault(subject, []).append(Label(quad.object.value, quad.object.language or ""))
    return said


def shown_limits(settings: Settings, language: Language) -> list[tuple[Label, float]]:
    """Each limit as a reader of a language sees it."""
    known = labels()
    return [
        (best_label(known[str(term)], language) or Label(str(term), ""), _plain(float(str(figure))))
        for term, figure in limits(settings)
    ]


def _plain(figure: float) -> float:
    """A figure without the decimals that it does not need."""
    return int(figure) if figure.is_integer() else figure


async def description(dataset: Dataset, settings: Settings, format_: Format) -> bytes:
    """The description in an RDF format. One query, the first time."""
    service = URIRef(dataset.service)
    said = await dataset.construct_once("about/service", service=service)
    if dataset.federated is not None:
        said += await dataset.construct_once("about/federation", service=service)
    stated = (f"{service.n3()} {dataset.local(term).n3()} {value.n3()} .\n" for term, value in limits(settings))
    seen = (f"{service.n3()} {RDFS.seeAlso.n3()} {other.n3()} .\n" for other in dataset.described_in)
    quads = ox.parse(said + "".join([*stated, *seen]).encode("utf-8"), format=ox.RdfFormat.N_TRIPLES)
    triples = sorted((quad.triple for quad in quads), key=str)
    if format_.name == "turtle":
        return write_turtle(triples, dataset.prefixes)
    return ox.serialize(triples, format=GRAPH_FORMATS[format_.name], prefixes=dataset.prefixes) or b""
