"""`/shapes`, `/shapes/{name}` and `/res/shapes/{file}`: what is allowed, as the release was checked against it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from starlette.responses import RedirectResponse, Response

from endpoint.documents.selfdescription import about_release, licences_of_vocabulary
from endpoint.documents.signposts import links_beside_a_page, links_of
from endpoint.documents.variants import Variant, format_beside_a_page, read_variant
from endpoint.formats import DOCUMENTS, HTML, TURTLE, Format
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.problems import Problem, leading, not_found
from endpoint.rendering import render
from endpoint.site import Site
from endpoint.words.validation import OTHER_SHAPES
from endpoint.workers.worker import GRAPH_FORMATS
from loaders.frozen import read_shapes
from ontology.kinds import KINDS
from ontology.text import Language, Text, other_than
from ontology.turtle import tidy

router = APIRouter()

PATH = "shapes"
"""Where all of them are, as one document; each is below it."""

_PAGE = "validation"
_TRUE = Literal(True)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one shape demands of one property, in words and numbers."""

    name: str
    property: URIRef
    label: Text
    message: Text
    severity: str
    least: int
    most: int | None
    wants: tuple[URIRef, ...]  # classes, datatypes or values
    languages: tuple[str, ...] = ()  # of the texts, where they must be in one of some
    once_in_each: bool = False  # True where there is at most one text in a language
    is_iri: bool = False  # True where the values are IRIs of whatever
    is_of_target: bool = True  # False where it belongs to something beside the things of the class


@dataclass(frozen=True, slots=True)
class ShapeFile:
    """One file of shapes: its text, the names of its shapes, the class they are for, and their demands in order."""

    name: str
    text: str
    names: frozenset[str]
    target: URIRef | None
    message: Text | None
    demands: tuple[Demand, ...]

    @property
    def called(self) -> Text:
        """What it is about: the things of a kind, or something that a release has besides."""
        return KINDS[self.name].one if self.name in KINDS else OTHER_SHAPES.get(self.name, Text(self.name, self.name))


@lru_cache(4)
def shapes_of(directory: Path, base: str) -> dict[str, ShapeFile]:
    """The files of shapes of a release, by their names."""
    return {name: _read(name, text, f"{base}shapes/") for name, text in read_shapes(directory).items()}


def _read(name: str, text: str, namespace: str) -> ShapeFile:
    graph = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    node = URIRef(namespace + name)
    target = graph.value(node, SH.targetClass)
    shapes = {shape for shape in graph.subjects() if isinstance(shape, URIRef)}
    demands = sorted(_demands(graph, node, shapes, namespace), key=lambda demand: demand[0])
    return ShapeFile(
        name,
        text,
        frozenset(shape.removeprefix(namespace) for shape in shapes),
        target if isinstance(target, URIRef) else None,
        _text(graph, node, SH.message),
        tuple(demand for _, demand in demands),
    )


def _demands(
    graph: Graph, node: URIRef, shapes: set[URIRef], namespace: str
) -> Iterator[tuple[tuple[int, str], Demand]]:
    target = graph.value(node, SH.targetClass)
    for shape in shapes:
        path = graph.value(shape, SH.path)
        label, message = _text(graph, shape, SH.name), _text(graph, shape, SH.message)
        if not isinstance(path, URIRef) or message is None:
            continue
        most = graph.value(shape, SH.maxCount)
        least = graph.value(shape, SH.minCount) or graph.value(shape, SH.qualifiedMinCount)
        name = shape.removeprefix(namespace)
        demand = Demand(
            name,
            path,
            label or Text(name, name),
            message,
            str(graph.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH)),
            int(str(least)) if least is not None else 0,
            int(str(most)) if most is not None else None,
            tuple(dict.fromkeys(_wanted(graph, shape))),
            tuple(str(language) for language in _listed(graph, shape, SH.languageIn)),
            (shape, SH.uniqueLang, _TRUE) in graph,
            (shape, SH.nodeKind, SH.IRI) in graph,
            (node, SH.property, shape) in graph or (shape, SH.targetClass, target) in graph,
        )
        yield (int(str(graph.value(shape, SH.order) or 0)), name), demand


def _wanted(graph: Graph, shape: Node) -> Iterator[URIRef]:
    """The classes, datatypes or values that a shape allows, those of its alternatives included."""
    for predicate in (SH["class"], SH.datatype):
        yield from (value for value in graph.objects(shape, predicate) if isinstance(value, URIRef))
    yield from (value for value in _listed(graph, shape, SH["in"]) if isinstance(value, URIRef))
    for alternative in _listed(graph, shape, SH["or"]):
        yield from _wanted(graph, alternative)


def _listed(graph: Graph, shape: Node, predicate: URIRef) -> Iterator[Node]:
    """The members of the lists that a shape has as values of a property."""
    for listed in graph.objects(shape, predicate):
        yield from Collection(graph, listed)


def _text(graph: Graph, shape: URIRef, predicate: URIRef) -> Text | None:
    said = {value.language: str(value) for value in graph.objects(shape, predicate) if isinstance(value, Literal)}
    return Text(said["sv"], said["en"]) if {"sv", "en"} <= said.keys() else None


def _no_shapes(site: Site, request: Request, what: str) -> Problem:
    """The problem that there is no such shape or file of shapes, with the page where all files of them are listed."""
    words = Text("Alla filer med former räknas upp på", "All files of shapes are listed at")
    return leading(not_found(what), words, f"{site.address}{choose_language(request.headers)}/{_PAGE}")


@router.api_route(f"/{PATH}", methods=READ)
@router.api_route(f"/{PATH}.{{suffix}}", methods=READ)
async def whole(request: Request, suffix: str | None = None) -> Response:
    """All shapes by suffix, else as the headers like it; to a browser, the page that lists their files. No query."""
    site: Site = request.state.site
    format_ = format_beside_a_page(request.headers, f"{site.address}{PATH}", suffix)
    if format_ is HTML:
        address = f"/{choose_language(request.headers)}/{_PAGE}"
        return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
    topic = URIRef(f"{site.base.iri}{PATH}/")
    links = links_beside_a_page(site.base, PATH, _PAGE, topic, licences_of_vocabulary(site))
    headers = {
        "Vary": "Accept, Accept-Language",
        "Content-Type": format_.content_type,
        "Content-Location": f"/{PATH}.{format_.suffix}",
        "Link": ", ".join(links + site.through_time(request.scope["path"][1:])),
    }
    return Response(await asyncio.to_thread(_serialise_all, site, topic, format_), headers=headers)


@router.api_route("/shapes/{name}", methods=READ)
async def look_up(name: str, request: Request) -> Response:
    """A shape is described by the file that it stands in (DIGG UM-7)."""
    site: Site = request.state.site
    for file in shapes_of(site.release.path, site.base.iri).values():
        if name in file.names:
            link = f'<{site.base.iri}res/shapes/{file.name}>; rel="describedby"'
            fragment = "" if name == file.name else f"#{name}"
            return RedirectResponse(f"/res/shapes/{file.name}{fragment}", 303, headers={"Link": link})
    raise _no_shapes(site, request, f"<{site.base.iri}shapes/{name}>")


@router.api_route("/res/shapes/{path}", methods=READ)
async def describe(path: str, request: Request) -> Response:
    """A file of shapes: in Turtle as it was written, with its comments; in other formats, and as a page. No query."""
    site: Site = request.state.site
    asked = read_variant(f"shapes/{path}", request.query_params)
    file = shapes_of(site.release.path, site.base.iri).get(asked.stem.removeprefix("shapes/"))
    if file is None or asked.format not in {None, HTML, *DOCUMENTS}:
        raise _no_shapes(site, request, f"{site.base.iri}res/shapes/{path}")
    liked = asked.settled(request.headers, (*DOCUMENTS, HTML), site.base)
    variant = liked.in_(liked.format or TURTLE, liked.language)  # the file has one profile
    links = links_of(
        site.base, Variant(variant.stem), URIRef(f"{site.base.iri}shapes/{file.name}"), licences_of_vocabulary(site)
    )
    links += site.through_time(asked.address[1:])
    headers = {"Vary": "Accept, Accept-Language", "Link": ", ".join(links), "Content-Location": variant.address}
    if variant.language is not None:
        headers["Content-Language"] = variant.language
        return Response(_page(site, file, variant, variant.language), headers=headers, media_type="text/html")
    format_ = variant.format or TURTLE
    return Response(serialise(site, file, format_.name), headers=headers | {"Content-Type": format_.content_type})


def serialise(site: Site, file: ShapeFile, format_name: str) -> bytes:
    """The bytes of a file of shapes in a format, with what the document says of itself."""
    thing, document = f"{site.base.iri}{PATH}/{file.name}", f"{site.base.iri}res/{PATH}/{file.name}"
    return _written(file.text, _said_of(site, URIRef(document), URIRef(thing)), site, format_name)


def _serialise_all(site: Site, topic: URIRef, format_: Format) -> bytes:
    texts = [file.text.strip() for file in shapes_of(site.release.path, site.base.iri).values()]
    said = _said_of(site, URIRef(f"{site.base.iri}{PATH}"), topic)
    return _written("\n\n".join(texts), said, site, format_.name)


def _said_of(site: Site, document: URIRef, topic: URIRef) -> str:
    """What a document of shapes says of itself, as lines of Turtle."""
    own = about_release(site, document, topic, licences_of_vocabulary(site))
    return "".join(f"{triple} .\n" for triple in own)


def _written(text: str, said: str, site: Site, format_name: str) -> bytes:
    """Shapes, and what is said of the document, in a format: in Turtle with the comments that the shapes have."""
    text = f"{text.rstrip()}\n\n# This document.\n\n{said}"
    if format_name == "turtle":
        return text.encode("utf-8")
    triples = list(_numbered(ox.parse(text, format=ox.RdfFormat.TURTLE)))
    content = ox.serialize(triples, format=GRAPH_FORMATS[format_name], prefixes=site.prefixes) or b""
    return tidy(content) if format_name == "trig" else content


def _numbered(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """The triples, the nodes of their lists named in the order in which they come, so that the bytes are the same."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Any:
        return names.setdefault(node, ox.BlankNode(f"l{len(names)}")) if isinstance(node, ox.BlankNode) else node

    for quad in quads:
        yield ox.Triple(named(quad.subject), quad.predicate, named(quad.object))


def _page(site: Site, file: ShapeFile, variant: Variant, language: Language) -> str:
    return render(
        "shapes.html",
        language=language,
        site=site,
        path_in_other_language=variant.in_(HTML, other_than(language)).address,
        file=file,
        formats=[(format_, variant.in_(format_).address) for format_ in DOCUMENTS],
    )
