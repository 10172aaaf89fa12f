"""The links of a document in its `Link` header (RFC 8288): what it is about, its other forms, what it belongs to.

The relations are those of signposting and of DIGG's rules UM-4, UM-5 and UM-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rdflib import URIRef

from endpoint.documents import Document
from endpoint.formats import CSV, DOCUMENTS, GEOJSON, HTML, JSONLD, TURTLE, Format
from endpoint.profiles import iri_of
from endpoint.selfdescription import graphs_of, licences, selected
from endpoint.variants import Variant
from endpoint.views import SHOWN
from ontology import addresses, iri
from ontology.base import Base
from ontology.namespaces import QB, RDF, RDFS, SKOS
from ontology.schemes import Profile
from ontology.text import LANGUAGES

_BELONGING = (QB.dataSet, SKOS.inScheme, RDFS.isDefinedBy, RDF.type)
"""The properties through which a thing belongs to a collection, the narrowest first: some clients take one."""

MOST_ITEMS = SHOWN
"""How many members of a collection are linked to: headers have an end."""

_IN_PROFILES = ((TURTLE, Profile.STATEMENTS), (JSONLD, Profile.FRAMED))
"""The profiles beside the usual one, each in the format it is most asked for in."""


def link_header(document: Document, variant: Variant, offers: Iterable[Format]) -> str:
    """The value of the header for a form of a document."""
    return ", ".join(_links(document, variant, tuple(offers)))


def links_of(base: Base, variant: Variant, thing: URIRef, terms: Iterable[URIRef]) -> str:
    """The links of a document that is the same for every thing: what it is about, its licence, its other forms."""
    root = base.iri.removesuffix("/")
    links = [f'<{thing}>; rel="describes"', f'<{thing}>; rel="cite-as"', f'<{root}{variant.address}>; rel="canonical"']
    links += [f'<{licence}>; rel="license"' for licence in terms]
    for format_ in DOCUMENTS:
        address = f"{root}{variant.in_(format_).address}"
        links.append(f'<{address}>; rel="alternate describedby"; type="{format_.media_types[0]}"')
    for language in LANGUAGES:
        address = f"{root}{variant.in_(HTML, language).address}"
        links.append(f'<{address}>; rel="alternate"; type="text/html"; hreflang="{language}"')
    return ", ".join(links)


def _links(document: Document, variant: Variant, offers: tuple[Format, ...]) -> Iterator[str]:
    base = document.site.base.iri.removesuffix("/")

    def link(target: str, rel: str, **parameters: str) -> str:
        return f"<{iri.as_uri(target)}>" + "".join(
            f'; {name}="{value}"' for name, value in {"rel": rel, **parameters}.items()
        )

    open_ = Variant(variant.stem, view=variant.view)
    yield link(document.thing, "describes")
    yield link(document.thing, "cite-as")
    yield link(base + open_.address, "canonical")
    for cls in document.types:
        yield link(cls, "type")
    terms = licences(document, graphs_of(selected(document, variant.profile or Profile.DOCUMENT)))
    if len(terms) == 1:  # clients take the first of several for all of it
        yield link(terms[0], "license")
    for format_ in offers:
        if format_ in DOCUMENTS:
            yield link(base + open_.in_(format_).address, "alternate describedby", type=format_.media_types[0])
        elif format_ in {CSV, GEOJSON} and variant.view.is_whole:
            yield link(base + open_.in_(format_).address, "alternate", type=format_.media_types[0])
    for language in LANGUAGES:
        page = open_.in_(HTML, language)
        yield link(base + page.address, "alternate", type=HTML.media_types[0], hreflang=language)
    if variant.profile is not None:
        yield link(iri_of(variant.profile, document.site.base), "profile")
    if variant.view.is_whole:
        for format_, profile in _IN_PROFILES:
            other = Variant(variant.stem, format_, None, profile)
            named = iri_of(profile, document.site.base)
            yield link(base + other.address, "alternate", type=format_.media_types[0], profile=named)
        for file in document.site.cards.get(str(document.thing), {}).get("files", ()):
            spoken = {"hreflang": file["language"]} if "language" in file else {}
            yield link(f"{base}/{addresses.DATA}{file['name']}", "item", type=file["mediaType"], **spoken)
    yield from (link(f"{base}/{address}", "collection") for address in _collections(document))
    yield from (link(f"{base}/{address}", "item") for address in _items(document))
    yield from (link(base + replace(variant, view=view).address, rel) for rel, view in document.pages_around())


def _collections(document: Document) -> list[str]:
    """The documents of what the thing belongs to."""
    return _documents(document, (thing for name in _BELONGING for thing in document.things(name)))


def _items(document: Document) -> list[str]:
    """The documents of what belongs to the thing, as far as this one shows them."""
    shown = (other for relation in document.incoming if relation.property in _BELONGING for other in relation.shown)
    return _documents(document, shown)[:MOST_ITEMS]


def _documents(document: Document, things: Iterable[URIRef]) -> list[str]:
    found = (iri.document(document.site.canonical(thing)) for thing in things)
    return list(dict.fromkeys(address for address in found if address is not None))
