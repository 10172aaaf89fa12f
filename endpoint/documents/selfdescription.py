"""What a document says of itself: its topic, its sources and licence, its release and its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.documents.document import Document, graphs_of
from endpoint.documents.profiles import iri_of
from endpoint.documents.statements import Statement
from endpoint.documents.variants import Variant
from endpoint.documents.views import SHOWN, View
from endpoint.site import Site
from ontology import addresses, iri
from ontology.namespaces import DCAT, DCTERMS, FOAF, MG, RDF, VOID, XSD
from ontology.schemes import Profile


def selected(document: Document, profile: Profile) -> Sequence[Statement]:
    """The statements that a profile of the document holds."""
    thing = f"<{document.thing}>"
    match profile:
        case Profile.STATEMENTS:
            return [one for one in document.statements if one.subject == thing]
        case Profile.FRAMED:
            return [one for one in document.statements if one.object != thing]
        case _:
            return document.statements


def graphs_in(document: Document, profile: Profile) -> Sequence[str]:
    """The named graphs that these stand in."""
    statements = selected(document, profile)
    return document.graphs if statements is document.statements else graphs_of(statements)


def licences(site: Site, graphs: Iterable[str]) -> list[URIRef]:
    """The licences of what stands in some named graphs; none where that of any of them is not stated."""
    known = [site.graphs.get(graph) for graph in graphs]
    if any(graph is None or graph.licence is None for graph in known):
        return []
    return sorted({graph.licence for graph in known if graph and graph.licence})


def licences_of_vocabulary(site: Site) -> list[URIRef]:
    """The licence of the vocabulary, under which the shapes are too."""
    return licences(site, [str(site.local(iri.VOCABULARY_GRAPH))])


def described(document: Document, profile: Profile) -> Iterator[ox.Triple]:
    """The statements about the document itself."""
    site, found = document.site, graphs_in(document, profile)
    me = URIRef(f"{document.address}{_query(document.view)}")
    yield from about_release(site, me, document.thing, licences(site, found))
    yield _triple(me, site.local(MG.profile), URIRef(iri_of(profile, site.base)))
    for graph in found:
        known = site.graphs.get(graph)
        if known is not None and known.source is not None:
            yield _triple(me, DCTERMS.source, known.source)
    if not document.view.is_whole:
        yield _triple(me, DCTERMS.isPartOf, URIRef(document.address))
    if profile is Profile.DOCUMENT:
        yield from _counted(document)


def about_release(site: Site, me: URIRef, topic: URIRef, terms: Iterable[URIRef]) -> Iterator[ox.Triple]:
    """What every document says of itself: its topic, its licences, its release, and the date of that."""
    yield _triple(me, RDF.type, FOAF.Document)
    yield _triple(me, FOAF.primaryTopic, topic)
    for licence in terms:
        yield _triple(me, DCTERMS.license, licence)
    node, release = ox.NamedNode(me), site.release
    for predicate, value in _of_all(site.base.iri, release.id, release.record["referenceDate"]):
        yield ox.Triple(node, predicate, value)


@lru_cache
def _of_all(base: str, release: str, date: str) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """What is said alike of every document of a release. The dataset leads on to VoID and the catalogue."""
    return [
        (_node(VOID.inDataset), _node(f"{base}{addresses.WHOLE_PATH}")),
        (_node(DCTERMS.isPartOf), _node(f"{base}{addresses.RELEASES}{release}")),
        (_node(DCAT.version), ox.Literal(release)),
        (_node(DCTERMS.modified), ox.Literal(date, datatype=_node(XSD.date))),
    ]


def _counted(document: Document) -> Iterator[ox.Triple]:
    """How much points to the thing through each property of which the document does not show all."""
    for relation in document.incoming:
        if relation.count > SHOWN:
            canonical = URIRef(document.site.canonical(relation.property))
            part = URIRef(f"{document.address}{_query(View(1, canonical))}")
            yield _triple(URIRef(document.address), VOID.propertyPartition, part)
            yield _triple(part, VOID.property, relation.property)
            yield _triple(part, VOID.triples, ox.Literal(relation.count))


def _query(view: View) -> str:
    return Variant("", view=view).address.removeprefix("/res/")


def _triple(subject: URIRef, predicate: URIRef, value: URIRef | ox.Literal) -> ox.Triple:
    return ox.Triple(_node(subject), _node(predicate), value if isinstance(value, ox.Literal) else _node(value))


_node = lru_cache(1024)(ox.NamedNode)
