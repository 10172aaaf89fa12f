"""The links of a document in its `Link` header (RFC 8288): what it is about, its other forms, what it belongs to.

The relations are those of signposting and of DIGG's rules UM-4, UM-5 and UM-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from rdflib import URIRef

from endpoint.documents.document import Document
from endpoint.documents.profiles import iri_of
from endpoint.documents.selfdescription import graphs_in, licences
from endpoint.documents.variants import Variant
from endpoint.documents.views import SHOWN
from endpoint.formats import DOCUMENTS, HTML, JSONLD, TURTLE, UNDIVIDED, Format
from ontology import addresses, iri
from ontology.base import Base
from ontology.namespaces import QB, RDF, RDFS, SKOS
from ontology.schemes import Profile
from ontology.text import LANGUAGES

_BELONGING = (QB.dataSet, SKOS.inScheme, RDFS.isDefinedBy, RDF.type)
"""The properties through which a thing belongs to a collection, the narrowest first: some clients take one."""

MOST_ITEMS = SHOWN
"""How many members of a collection are linked to: headers have an end."""

_PATH = "{path}"
"""What stands for the address of a document, without a suffix, in links that are alike for all of them."""

_IN_PROFILES = ((TURTLE, Profile.STATEMENTS), (JSONLD, Profile.FRAMED))
"""The profiles beside the usual one, each in the format it is most asked for in."""


def link_header(document: Document, variant: Variant, offers: Iterable[Format], path: str) -> str:
    """The value of the header for a form of a document, at the path where it was asked for."""
    return ", ".join([*_links(document, variant, tuple(offers)), *document.site.through_time(path)])


def links_of(base: Base, variant: Variant, thing: URIRef, terms: Iterable[URIRef]) -> list[str]:
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
    return links


def links_beside_a_page(base: Base, path: str, page: str, thing: URIRef, terms: Iterable[URIRef]) -> list[str]:
    """The same of a document whose page has an address of its own, after its language."""
    address = f"{base.iri}{path}"
    links = [f'<{thing}>; rel="describes"', f'<{thing}>; rel="cite-as"', f'<{address}>; rel="canonical"']
    links += [f'<{licence}>; rel="license"' for licence in terms]
    for format_ in DOCUMENTS:
        links.append(f'<{address}.{format_.suffix}>; rel="alternate describedby"; type="{format_.media_types[0]}"')
    for language in LANGUAGES:
        links.append(f'<{base.iri}{language}/{page}>; rel="alternate"; type="text/html"; hreflang="{language}"')
    return links


def _links(document: Document, variant: Variant, offers: tuple[Format, ...]) -> Iterator[str]:
    base = document.site.base.iri.removesuffix("/")

    canonical = base + Variant(variant.stem, view=variant.view).address
    yield _link(document.thing, "describes")
    yield _link(document.thing, "cite-as")
    yield _link(canonical, "canonical")
    for cls in document.types:
        yield _link(cls, "type")
    terms = licences(document.site, graphs_in(document, variant.profile or Profile.DOCUMENT))
    if len(terms) == 1:  # clients take the first of several for all of it
        yield _link(terms[0], "license")
    path, query, asked = iri.as_uri(canonical).partition("?")
    yield _forms(offers, variant.view.is_whole, query + asked).replace(_PATH, path)
    if variant.profile is not None and variant.format in {None, *DOCUMENTS}:  # a table follows none of them
        yield _link(iri_of(variant.profile, document.site.base), "profile")
    if variant.view.is_whole:
        yield _profiled(document.site.base).replace(_PATH, path)
        for file in document.site.cards.get(str(document.thing), {}).get("files", ()):
            spoken = {"hreflang": file["language"]} if "language" in file else {}
            yield _link(f"{base}/{addresses.DATA}{file['name']}", "item", type=file["mediaType"], **spoken)
    yield _link(f"{base}/{addresses.API_CATALOG}", "api-catalog")
    yield from (_link(f"{base}/{address}", "collection") for address in _collections(document))
    yield from (_link(f"{base}/{address}", "item") for address in _items(document))
    if variant.format not in UNDIVIDED:
        yield from (_link(base + replace(variant, view=view).address, rel) for rel, view in document.pages_around())


def _link(target: str, rel: str, **parameters: str) -> str:
    return f"<{iri.as_uri(target)}>{_said(rel, **parameters)}"


def _said(rel: str, **parameters: str) -> str:
    """What a link says after its target."""
    return f'; rel="{rel}"' + "".join(f'; {name}="{value}"' for name, value in parameters.items())


@lru_cache
def _forms(offers: tuple[Format, ...], is_whole: bool, asked: str) -> str:
    """The links to the forms of a document, with what is asked of each: alike for all that offer the same."""
    found = []
    for format_ in offers:
        if format_ in DOCUMENTS:
            found.append((f".{format_.suffix}", _said("alternate describedby", type=format_.media_types[0])))
        elif format_ in UNDIVIDED and is_whole:
            found.append((f".{format_.suffix}", _said("alternate", type=format_.media_types[0])))
    pages = [(Variant("", HTML, language).suffix, language) for language in LANGUAGES]
    found += [(suffix, _said("alternate", type=HTML.media_types[0], hreflang=spoken)) for suffix, spoken in pages]
    return ", ".join(f"<{_PATH}{suffix}{asked}>{said}" for suffix, said in found)


@lru_cache
def _profiled(base: Base) -> str:
    """The same of the forms in other profiles than the usual one.

    The relation is a token here and no quoted text, which RFC 8288 holds for the same. For rdflib it is not: asked to
    read JSON-LD, it goes on by itself to a quoted alternate of that type, and would have the tree for the document.
    """
    found = []
    for format_, profile in _IN_PROFILES:
        suffix = Variant("", format_, None, profile).address.removeprefix("/res/")
        said = f'; rel=alternate; type="{format_.media_types[0]}"; profile="{iri_of(profile, base)}"'
        found.append(f"<{_PATH}{suffix}>{said}")
    return ", ".join(found)


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
