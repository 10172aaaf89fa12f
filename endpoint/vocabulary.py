"""`/sv/vocabulary` and `/en/vocabulary`: all terms and concepts on one page; `/vocabulary`: the same as RDF."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import Graph, Literal, URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.classes import ClassInUse, Relation, read_classes, relations
from endpoint.diagram import TALL, WIDE, Diagram, draw
from endpoint.documents.jsonld import writer_on
from endpoint.documents.selfdescription import about_release, licences_of_vocabulary
from endpoint.documents.signposts import links_beside_a_page
from endpoint.documents.variants import format_beside_a_page
from endpoint.formats import DOCUMENTS, HTML, Format
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.rendering import page
from endpoint.site import Site
from endpoint.uses import Uses, read_uses
from endpoint.workers.messages import About
from endpoint.workers.worker import GRAPH_FORMATS
from loaders.frozen import read_log
from ontology import iri
from ontology.addresses import VOCABULARY
from ontology.base import CANONICAL
from ontology.kind import Area
from ontology.log import Entry
from ontology.namespaces import DCTERMS, MG, OWL, OWN_TERMS, QB, RDF, RDFS, SCHEMA, SKOS, VS, prefixes
from ontology.schemes import SCHEMES
from ontology.text import Label, Language, best_label
from ontology.turtle import tidy, write_turtle

router = APIRouter(include_in_schema=False)

_OWN = str(MG)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_LINE = 24  # as many characters as a line of a box has room for
_ORDER = {str(MG[name]): place for place, name in enumerate(OWN_TERMS)}


_LONG = 500
"""Characters of the longest text that an example shows whole."""

_SHOWN = 100
"""Characters that it shows of a longer one."""


@dataclass(frozen=True, slots=True)
class Example:
    """A thing as Turtle without prefix lines; `longest` has the characters of the longest text cut in it, 0 if none."""

    text: str
    longest: int


@dataclass(frozen=True)
class Vocabulary:
    """All that a release says of its terms and concepts, and how it uses them."""

    site: Site
    graph: Graph
    classes: tuple[ClassInUse, ...]
    uses: Uses
    examples: Mapping[URIRef, Example]
    log: tuple[Entry, ...]

    @property
    def ontology(self) -> URIRef:
        """What the vocabulary is called."""
        return self.site.local(URIRef(_OWN))

    @cached_property
    def by_area(self) -> list[tuple[Area, list[ClassInUse]]]:
        """The classes of the kinds, by the part of the system they belong to."""
        return [(area, [one for one in self.classes if one.kind.area is area]) for area in Area]

    @cached_property
    def properties(self) -> list[URIRef]:
        """Our own properties, in the order of the vocabulary."""
        return [term for term in self._typed(_PROPERTIES) if self._is_own(term)]

    @cached_property
    def borrowed(self) -> list[URIRef]:
        """The terms of others, but for the classes that stand among ours."""
        ours = {one.term for one in self.classes}
        found = [term for term in self._typed((OWL.Class, *_PROPERTIES)) if not self._is_own(term)]
        return sorted(term for term in found if term not in ours)

    @cached_property
    def schemes(self) -> list[tuple[URIRef, list[URIRef]]]:
        """The concept schemes with their concepts, in the order in which readers meet them."""
        order = {str(iri.scheme(scheme)): place for place, scheme in enumerate(SCHEMES)}
        concepts = {str(iri.concept(one)): place for scheme in SCHEMES for place, one in enumerate(scheme)}
        schemes = sorted(self._typed((SKOS.ConceptScheme,)), key=lambda scheme: self._place(scheme, order))
        return [
            (scheme, sorted(self._things(SKOS.inScheme, scheme), key=lambda one: self._place(one, concepts)))
            for scheme in schemes
        ]

    @cached_property
    def structures(self) -> list[URIRef]:
        """The structures of data sets, their keys of series, and the parts that they consist of in their order."""
        cubes = self._typed((QB.DataStructureDefinition,)) + self._typed((QB.SliceKey,))
        parts = self._typed((QB.ComponentSpecification,))
        return cubes + sorted(parts, key=lambda part: int(str(self.graph.value(part, QB.order) or 0)))

    def consists_of(self, structure: URIRef) -> list[URIRef]:
        """The parts of a structure, or the property of a part, or the properties of a key, in their order."""
        found = [*self._values(structure, QB.component), *self._values(structure, QB.componentProperty)]
        return sorted(found, key=lambda one: int(str(self.graph.value(one, QB.order) or 0)))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Which kinds lead to which."""
        return relations(self.classes)

    @cached_property
    def diagram(self) -> Diagram:
        """The kinds and how they lead to one another."""
        drawn = [(one.start.name, one.end.name) for one in self.relations if one.is_drawn]
        named = {name for way in drawn for name in way}
        return draw([one.kind.name for one in self.classes if one.kind.name in named], drawn)

    @cached_property
    def anchors(self) -> dict[URIRef, str]:
        """The place on the page of each term, scheme and concept."""
        shown = [one.term for one in self.classes] + self.properties + self.borrowed
        found = {term: self.anchor(term) for term in shown}
        for scheme, concepts in self.schemes:
            found |= {one: self.anchor(one) for one in (scheme, *concepts)}
        found |= {one: self.anchor(one) for one in self.structures}
        return found

    def anchor(self, term: URIRef) -> str:
        """The id of a term on the page: its own name, `def-trend-neutral`, or `skos-notation`."""
        return anchor(self.site.canonical(term))

    def used_by(self, term: URIRef) -> list[ClassInUse]:
        """The classes whose shapes speak of a property."""
        return [one for one in self.classes if any(use.term == term for use in one.uses)]

    def scheme_of(self, concept: URIRef) -> URIRef | None:
        """The scheme of a concept; None for what is none."""
        found = self.graph.value(concept, SKOS.inScheme)
        return found if isinstance(found, URIRef) else None

    def ends(self, term: URIRef) -> tuple[list[URIRef], list[URIRef]]:
        """The classes that a property leads from, and the classes or datatypes that it leads to."""
        return (
            sorted([*self._values(term, RDFS.domain), *self._values(term, SCHEMA.domainIncludes)], key=self._place),
            sorted([*self._values(term, RDFS.range), *self._values(term, SCHEMA.rangeIncludes)], key=self._place),
        )

    def scheme_for(self, term: URIRef) -> list[URIRef]:
        """The schemes that a property takes its values from."""
        schemes = {scheme for scheme, _ in self.schemes}
        return [value for value in self._values(term, RDFS.seeAlso) if value in schemes]

    def definition(self, term: URIRef, language: Language) -> Label | None:
        """What a term means, for a reader of a language."""
        return self.text(term, SKOS.definition, language) or self.text(term, RDFS.comment, language)

    def text(self, term: URIRef, predicate: URIRef, language: Language) -> Label | None:
        """What is said of a term in words, for a reader of a language."""
        said = (value for value in self.graph.objects(term, predicate) if isinstance(value, Literal))
        return best_label([Label(str(value), value.language or "") for value in said], language)

    def notation(self, concept: URIRef) -> str:
        """The code of a concept."""
        return str(self.graph.value(concept, SKOS.notation) or "")

    @property
    def terms(self) -> dict[str, URIRef]:
        """The classes by the names of their kinds."""
        return {one.kind.name: one.term for one in self.classes}

    def above(self, term: URIRef) -> list[URIRef]:
        """The classes that a class is a part of."""
        return self._values(term, RDFS.subClassOf)

    def status(self, term: URIRef) -> str:
        """How settled a term is: `stable` or `testing`; nothing for what does not say."""
        return str(self.graph.value(term, VS.term_status) or "")

    def title(self, language: Language) -> Label | None:
        """What the vocabulary is called, for a reader of a language."""
        return self.text(self.ontology, DCTERMS.title, language)

    def description(self, language: Language) -> Label | None:
        """What it is for."""
        return self.text(self.ontology, DCTERMS.description, language)

    @property
    def version(self) -> str:
        """The version of the vocabulary."""
        return str(self.graph.value(self.ontology, OWL.versionInfo) or "")

    def changed(self, entry: Entry) -> list[URIRef]:
        """The terms of an entry of the log that are terms, or schemes, and not the concepts within these."""
        terms = [self.site.local(URIRef(CANONICAL + term)) for term in entry.terms]
        return [term for term in terms if self.scheme_of(term) not in terms]

    def boxes(self, language: Language) -> dict[str, list[str]]:
        """The names of the kinds, in lines that fit into their boxes."""
        return {one.kind.name: wrap(one.kind.one.in_(language), _LINE)[:2] for one in self.classes}

    def _is_own(self, term: URIRef) -> bool:
        return self.site.canonical(term).startswith(_OWN)

    def _place(self, term: URIRef, order: Mapping[str, int] = _ORDER) -> tuple[int, str]:
        canonical = self.site.canonical(term)
        return order.get(canonical, len(order)), canonical

    def _typed(self, types: Iterable[URIRef]) -> list[URIRef]:
        found = {term for type_ in types for term in self.graph.subjects(RDF.type, type_) if isinstance(term, URIRef)}
        return sorted(found, key=self._place)

    def _things(self, predicate: URIRef, value: URIRef) -> list[URIRef]:
        return [one for one in self.graph.subjects(predicate, value) if isinstance(one, URIRef)]

    def _values(self, term: URIRef, predicate: URIRef) -> list[URIRef]:
        return [value for value in self.graph.objects(term, predicate) if isinstance(value, URIRef)]


def anchor(canonical: str) -> str:
    """The id on the page of a term by its canonical IRI."""
    canonical = str(canonical)  # a URIRef equals no string
    path = canonical.removeprefix(CANONICAL)
    if path.startswith("spec/"):
        return path.removeprefix("spec/")
    if path != canonical:
        return path.replace("/", "-")
    for prefix, namespace in prefixes().items():
        if canonical.startswith(namespace):
            return f"{prefix}-{canonical.removeprefix(namespace)}"
    return re.sub(r"\W+", "-", canonical)


async def read_vocabulary(site: Site) -> Vocabulary:
    """The vocabulary of a release. A query for what it says, and one for the examples."""
    triples = await site.construct_once("pages/vocabulary")
    graph = await asyncio.to_thread(lambda: Graph(bind_namespaces="none").parse(data=triples, format="nt"))
    classes, uses = read_classes(site), read_uses(site.release.path)
    examples = {one.term: uses.examples[one.term] for one in classes if one.term in uses.examples}
    asked = [About(str(thing), rows=str(site.local(MG.statedIn))) for thing in examples.values()]
    said = await site.statements(*asked) if asked else []
    stated: dict[str, set[ox.Triple]] = {}
    for quad in said:
        stated.setdefault(getattr(quad.subject, "value", ""), set()).add(quad.triple)
    written = {
        one.term: _example(site, one, stated.get(str(examples[one.term]), set()))
        for one in classes
        if one.term in examples
    }
    return Vocabulary(site, graph, classes, uses, written, read_log(site.release.path))


def _example(site: Site, one: ClassInUse, triples: Iterable[ox.Triple]) -> Example:
    """What is said of a thing, in the order of its shape; of a very long text, the beginning."""
    order = {str(use.term): place for place, use in enumerate(one.uses)}

    def place(triple: ox.Triple) -> tuple[bool, int, str]:
        name = triple.predicate.value
        return name != str(RDF.type), order.get(name, len(order)), str(triple)

    said = sorted(triples, key=place)
    lengths = [len(triple.object.value) for triple in said if isinstance(triple.object, ox.Literal)]
    text = write_turtle(map(_in_short, said), site.prefixes).decode("utf-8")
    return Example(
        re.sub(r"^@prefix .*\n", "", text, flags=re.MULTILINE).strip(),
        max((length for length in lengths if length > _LONG), default=0),
    )


def _in_short(triple: ox.Triple) -> ox.Triple:
    """A statement, of whose value the beginning is left where it is a very long text."""
    value = triple.object
    if not isinstance(value, ox.Literal) or len(value.value) <= _LONG:
        return triple
    beginning = f"{value.value[:_SHOWN]}…"
    if value.language:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(beginning, language=value.language))
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(beginning, datatype=value.datatype))


@router.api_route(f"/{{language:language}}/{VOCABULARY}", methods=READ)
async def vocabulary(language: Language, request: Request) -> Response:
    """All terms and concepts with what they mean and how they are used. Two queries the first time, then none."""
    site: Site = request.state.site
    found = await site.once(read_vocabulary)
    return page(
        "vocabulary.html",
        language,
        request,
        vocabulary=found,
        lines=found.boxes(language),
        box=(WIDE, TALL),
        formats=[(format_, f"/{VOCABULARY}.{format_.suffix}") for format_ in DOCUMENTS],
    )


@router.api_route(f"/{VOCABULARY}", methods=READ)
@router.api_route(f"/{VOCABULARY}.{{suffix}}", methods=READ)
async def whole(request: Request, suffix: str | None = None) -> Response:
    """The whole vocabulary by suffix, else as the headers like it; to a browser, the page. One query the first time."""
    site: Site = request.state.site
    format_ = format_beside_a_page(request.headers, f"{site.address}{VOCABULARY}", suffix)
    if format_ is HTML:
        address = f"/{choose_language(request.headers)}/{VOCABULARY}"
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    said = await site.construct_once("pages/vocabulary")
    headers = {
        "Vary": "Accept, Accept-Language",
        "Content-Type": format_.content_type,
        "Content-Location": f"/{VOCABULARY}.{format_.suffix}",
        "Link": ", ".join(_links(site) + site.through_time(request.scope["path"][1:])),
    }
    return Response(await asyncio.to_thread(serialise, site, said, format_), headers=headers)


def serialise(site: Site, said: bytes, format_: Format) -> bytes:
    """What the vocabulary says, given as N-Triples, in a format, with what the document says of itself."""
    triples = sorted((quad.triple for quad in ox.parse(said, format=ox.RdfFormat.N_TRIPLES)), key=str)
    own = list(about_release(site, _document(site), site.local(URIRef(_OWN)), licences_of_vocabulary(site)))
    if format_.name == "jsonld":
        written = writer_on(site.base.iri).graph([*own, *triples])
        return json.dumps(written, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    graph = ox.NamedNode(site.local(iri.VOCABULARY_GRAPH))
    is_named = format_.name in {"trig", "nquads"}
    statements: list[ox.Triple] | list[ox.Quad] = [*own, *triples]
    if is_named:
        quads = [ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples]
        statements = [*(ox.Quad(one.subject, one.predicate, one.object) for one in own), *quads]
    content = ox.serialize(statements, format=GRAPH_FORMATS[format_.name], prefixes=site.prefixes) or b""
    return tidy(content) if format_.name in {"turtle", "trig"} else content


def _document(site: Site) -> URIRef:
    return URIRef(f"{site.base.iri}{VOCABULARY}")


def _links(site: Site) -> list[str]:
    """The links of the header: what it is about, its licence, its other forms, and the page."""
    return links_beside_a_page(
        site.base, VOCABULARY, VOCABULARY, site.local(URIRef(_OWN)), licences_of_vocabulary(site)
    )
