"""VoID: what a release holds, by class, property, graph and link, as its store counts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from rdflib import Graph, URIRef

from loaders.content import Content
from loaders.counts import Counts, Links, OfProperty
from loaders.files import File
from loaders.saying import Account, day
from ontology import addresses, namespaces
from ontology.base import CANONICAL, Base
from ontology.description import (
    DCAT,
    DCTERMS,
    FOAF,
    FORMATS_OF_DOCUMENTS,
    NEIGHBOURS,
    VOID,
    VOID_CLASS,
    Neighbour,
)
from ontology.kinds import LISTED
from ontology.namespaces import RDF
from ontology.text import Text

WHOLE_TITLE = Text("Miljögrafen: Sveriges miljömålssystem", "Miljögrafen: Sweden's environmental objectives system")
WHOLE_DESCRIPTION = Text(
    "Sveriges miljömålssystem som länkade öppna data: generationsmålet, miljökvalitetsmålen och deras preciseringar, "
    "etappmålen, indikatorer och observationer, bedömningar, åtgärder och program, aktörer och territorium, och "
    "kopplingarna till Agenda 2030. Varje uppgift har en källa och en säkerhet.",
    "Sweden's environmental objectives system as linked open data: the generational goal, the environmental quality "
    "objectives and their specifications, the milestone targets, indicators and observations, assessments, measures "
    "and programmes, actors and territory, and the mappings to the 2030 Agenda. Every statement has a source and a "
    "confidence.",
)
_TITLE = Text("Vad Miljögrafen rymmer, i VoID", "What Miljögrafen holds, in VoID")

_KNOWN = {neighbour.space: neighbour for neighbour in NEIGHBOURS}
_PREFIXES = namespaces.prefixes()


def describe_in_void(content: Content, counts: Counts, files: Iterable[File]) -> Graph:
    """What a release holds, as a graph on its base."""
    void = Account(content.base)
    void.say(
        addresses.address(addresses.VOID),
        (RDF.type, VOID.DatasetDescription),
        (DCTERMS.title, _TITLE),
        (DCTERMS.publisher, content.publisher.iri),
        (FOAF.primaryTopic, addresses.WHOLE),
    )
    _whole(void, content, counts)
    for file in files:
        if file.syntax.holds_triples:
            void.say(file.dataset, (VOID.dataDump, addresses.file(file.name)))
    for named, triples in counts.graphs.items():
        void.say(URIRef(named), (RDF.type, VOID.Dataset), (VOID.triples, triples))
        void.say(addresses.WHOLE, (VOID.subset, URIRef(named)))
    for links in linksets(counts, content.base):
        _linkset(void, *links)
    return void.graph


def linksets(counts: Counts, base: Base) -> Iterator[tuple[Links, Neighbour | None, Neighbour]]:
    """The links that lead to a dataset we know, with the datasets they come from (None: ours) and lead to."""
    for links in counts.links:
        if links.target in _KNOWN and (links.origin == base.iri or links.origin in _KNOWN):
            yield links, _KNOWN.get(links.origin), _KNOWN[links.target]


def _whole(void: Account, content: Content, counts: Counts) -> None:
    """All of it, with its partitions by class and property, and those of each class by property."""
    base = void.base
    terms = [*(of.term for of in counts.classes), *(of.term for of in counts.properties)]
    spaces = sorted(set(_spaces(terms, base)))
    of_kinds = {str(base.localise(kind.cls)) for kind in LISTED}
    void.say(
        addresses.WHOLE,
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, WHOLE_TITLE),
        (DCTERMS.description, WHOLE_DESCRIPTION),
        (DCTERMS.modified, day(content.reference_date)),
        (DCAT.version, content.release_id),
        (FOAF.homepage, URIRef(CANONICAL)),
        (VOID.uriSpace, base.iri),
        (VOID.sparqlEndpoint, addresses.address(addresses.SPARQL)),
        (DCTERMS.relation, addresses.address(addresses.CHANGES)),
        (VOID.triples, counts.triples),
        (VOID.distinctSubjects, counts.subjects),
        (VOID.distinctObjects, counts.objects),
        (VOID.classes, len(counts.classes)),
        (VOID.properties, len(counts.properties)),
        *((VOID.feature, format_) for format_ in FORMATS_OF_DOCUMENTS),
        *((VOID.vocabulary, URIRef(space)) for space in spaces),
        *((VOID.exampleResource, URIRef(of.example)) for of in counts.classes if of.term in of_kinds),
    )
    for of_class in counts.classes:
        partition = addresses.part(addresses.VOID, _part("class", of_class.term, base))
        void.say(addresses.WHOLE, (VOID.classPartition, partition))
        void.say(
            partition,
            (RDF.type, VOID.Dataset),
            (VOID_CLASS, URIRef(of_class.term)),
            (VOID.entities, of_class.things),
            (VOID.exampleResource, URIRef(of_class.example)),
        )
        for of_property in of_class.properties:
            _uses(void, partition, of_property, f"{_part('class', of_class.term, base)}-")
    for of_property in counts.properties:
        _uses(void, addresses.WHOLE, of_property)


def _uses(void: Account, whole: URIRef, uses: OfProperty, within: str = "") -> None:
    """The uses of a property, in all of it or among the things of a class, as a part of the description."""
    partition = addresses.part(addresses.VOID, f"{within}{_part('property', uses.term, void.base)}")
    void.say(whole, (VOID.propertyPartition, partition))
    void.say(
        partition,
        (RDF.type, VOID.Dataset),
        (VOID.property, URIRef(uses.term)),
        (VOID.triples, uses.triples),
        (VOID.distinctSubjects, uses.subjects),
        (VOID.distinctObjects, uses.objects),
    )


def _linkset(void: Account, links: Links, origin: Neighbour | None, target: Neighbour) -> None:
    """Links through one property, and the datasets at their ends."""
    ends = [addresses.WHOLE if end is None else _neighbour(void, end) for end in (origin, target)]
    name = "-".join(["links", *([origin.key] if origin else []), target.key, _name(void.base.canonical(links.term))])
    node = addresses.part(addresses.VOID, name)
    void.say(addresses.WHOLE, (VOID.subset, node))
    void.say(
        node,
        (RDF.type, VOID.Linkset),
        (VOID.subjectsTarget, ends[0]),
        (VOID.objectsTarget, ends[1]),
        (VOID.linkPredicate, URIRef(links.term)),
        (VOID.triples, links.number),
    )


def _neighbour(void: Account, neighbour: Neighbour) -> URIRef:
    """A dataset of others."""
    return void.say(
        addresses.part(addresses.VOID, neighbour.key),
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, neighbour.title),
        (FOAF.homepage, neighbour.homepage),
        (VOID.uriSpace, neighbour.space),
    )


def _part(sort: str, term: str, base: Base) -> str:
    """What the part is called that is about the things of a class, or the uses of a property."""
    return f"{sort}-{_name(base.canonical(term))}"


def _name(term: str) -> str:
    """A term as the name of a part: `mg-Objective`; a term under no prefix of ours by a digest."""
    for prefix, space in _PREFIXES.items():
        if term.startswith(space) and re.fullmatch(r"[\w-]+", term[len(space) :], re.ASCII):
            return f"{prefix}-{term[len(space) :]}"
    return f"other-{sha256(term.encode('utf-8')).hexdigest()[:12]}"


def _spaces(terms: Iterable[str], base: Base) -> Iterator[str]:
    """The namespaces of terms: all that stands before the last # or slash."""
    for term in terms:
        yield re.sub(r"[^/#]*$", "", base.canonical(term))
