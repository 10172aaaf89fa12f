"""`/id/…`, `/def/…`, `/spec/…` to `/res/…`: what is known about one thing, in every format."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import Graph, URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.documents import Document, gather
from endpoint.formats import DOCUMENTS, HTML, TURTLE, Format
from endpoint.negotiation import choose_format, choose_language
from endpoint.portrait import portray
from endpoint.problems import not_acceptable, not_found
from endpoint.rendering import render
from endpoint.retired import Retired
from endpoint.site import Site
from ontology import files as vocabulary_files
from ontology import iri
from ontology.schemes import Fate
from ontology.text import LANGUAGES, Language
from ontology.turtle import write_turtle

router = APIRouter()

_OFFERS = (HTML, *DOCUMENTS)
_POLICY = '</about/identifiers>; rel="sunset"'
"""Where it is told what becomes of identifiers (RFC 8594)."""

_OX = {
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@router.api_route("/id/{path:path}", methods=["GET", "HEAD"])
@router.api_route("/def/{path:path}", methods=["GET", "HEAD"])
@router.api_route("/spec/{path:path}", methods=["GET", "HEAD"])
async def look_up(request: Request) -> Response:
    """A thing cannot be sent over the wire: see its description (DIGG UM-7)."""
    site: Site = request.state.site
    thing = URIRef(site.base.iri + request.scope["path"][1:])
    if (retired := site.retired.get(thing)) is not None:
        return await _ended(request, retired, Variant("", None, None))
    document = iri.document(site.canonical(thing))
    pages = await site.pages_about(thing) if document else None
    if pages is None:
        raise not_found(f"<{thing}>")
    descriptions = [f"{site.base.iri}{document}", *pages]  # ours, then what we know of (DIGG UM-8)
    links = ", ".join(f'<{description}>; rel="describedby"' for description in descriptions)
    return RedirectResponse(f"/{document}", 303, headers={"Link": links})


@router.api_route("/res/{path:path}", methods=["GET", "HEAD"])
async def describe(path: str, request: Request) -> Response:
    """The document about a thing: by suffix, else as `Accept` and `Accept-Language` like it best."""
    site: Site = request.state.site
    variant = _by_suffix(path)
    thing = iri.documented(f"res/{variant.stem}")
    if thing and (retired := site.retired.get(site.local(URIRef(thing)))) is not None:
        return await _ended(request, retired, variant)
    document = await gather(site, site.local(URIRef(thing))) if thing else None
    if document is None:
        raise not_found(f"{site.base.iri}res/{variant.stem}")
    chosen = variant.settled(request)
    if chosen is None:
        raise not_acceptable(_OFFERS)
    return await _represent(site, document, chosen)


async def _ended(request: Request, retired: Retired, variant: Variant) -> Response:
    """What an identifier answers that has ended, and the document about it (DIGG UM-10 to UM-12)."""
    site: Site = request.state.site
    if retired.fate is Fate.REPLACED:
        (successor,) = retired.successors
        place = iri.document(site.canonical(successor)) if variant.stem else site.base.path_of(successor)
        return RedirectResponse(f"/{place}{variant.suffix}", 308, headers={"Link": _successors(retired)})
    document = await gather(site, retired.retirement)
    if document is None:
        raise not_found(f"<{retired.retirement}>")
    stem = (iri.document(site.canonical(retired.retirement)) or "").removeprefix("res/")
    chosen = Variant(stem, variant.format, variant.language).settled(request) or Variant(stem, TURTLE, None)
    answer = await _represent(site, document, chosen)
    answer.status_code = 410 if retired.fate is Fate.WITHDRAWN else 300
    answer.headers["Sunset"] = retired.sunset
    answer.headers["Link"] = ", ".join([answer.headers["Link"], _POLICY, *filter(None, [_successors(retired)])])
    return answer


def _successors(retired: Retired) -> str:
    return ", ".join(f'<{successor}>; rel="successor-version"' for successor in retired.successors)


async def _represent(site: Site, document: Document, variant: Variant) -> Response:
    """A document in a format, a page in a language."""
    headers = {"Vary": "Accept, Accept-Language", "Link": _links(site, document, variant.stem)}
    headers["Content-Location"] = f"/res/{variant.stem}{variant.suffix}"
    if variant.language is not None:
        headers["Content-Language"] = variant.language
        page = await _page(site, document, variant.stem, variant.language)
        return Response(page, headers=headers, media_type="text/html")
    headers["Content-Type"] = variant.format.content_type if variant.format else ""
    return Response(serialise(document, variant.format or TURTLE), headers=headers)


def serialise(document: Document, format_: Format) -> bytes:
    """The graph of a document in a format, its statements in a stable order."""
    if format_.name == "jsonld":
        return _jsonld(document)
    triples = ox.parse(document.graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    thing = f"<{document.thing}>"
    ordered = sorted((quad.triple for quad in triples), key=lambda triple: (str(triple.subject) != thing, str(triple)))
    if format_.name == "turtle":
        return write_turtle(ordered, document.site.prefixes)
    return ox.serialize(ordered, format=_OX[format_.name], prefixes=document.site.prefixes) or b""


def _jsonld(document: Document) -> bytes:
    """The graph compacted with the context of the product, which is sent along."""
    context = json.loads(document.site.base.localise_quoted(vocabulary_files.read_text("context.jsonld")))
    plain = Graph(bind_namespaces="none") + document.graph
    text = plain.serialize(format="json-ld", context=context["@context"], auto_compact=True, sort_keys=True)
    return text.encode("utf-8")


async def _page(site: Site, document: Document, stem: str, language: Language) -> str:
    key = iri.parse(site.canonical(document.thing))
    names = [f"{key.kind}.html"] if key else []
    return render(
        [*names, "thing.html"],
        language=language,
        site=site,
        path_in_other_language=f"/res/{stem}.{_other(language)}.html",
        formats=[(format_, f"/res/{stem}.{format_.suffix}") for format_ in DOCUMENTS],
        **await portray(document, language),
    )


def _other(language: Language) -> Language:
    return "en" if language == "sv" else "sv"


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a document: the path after `/res/` without its suffix, and what the suffix fixes."""

    stem: str
    format: Format | None
    language: Language | None

    def settled(self, request: Request) -> Variant | None:
        """The form that the client likes best among those that the suffix leaves; None where it accepts none."""
        format_ = self.format or choose_format(request.headers, (*DOCUMENTS, HTML))
        if format_ is None:
            return None
        language = self.language or choose_language(request.headers) if format_ is HTML else None
        return Variant(self.stem, format_, language)

    @property
    def suffix(self) -> str:
        """What the path ends with for this form: `.ttl`, `.sv.html`; nothing where the form is open."""
        if self.language is not None:
            return f".{self.language}.html"
        return f".{self.format.suffix}" if self.format else ""


def _by_suffix(path: str) -> Variant:
    """The form that a path fixes.

    Only a listed suffix at the very end counts: `14.c` is a key, `14.c.ttl` is its Turtle.
    """
    for language in LANGUAGES:
        if path.endswith(f".{language}.html"):
            return Variant(path.removesuffix(f".{language}.html"), HTML, language)
    for format_ in (HTML, *DOCUMENTS):
        if path.endswith(f".{format_.suffix}"):
            return Variant(path.removesuffix(f".{format_.suffix}"), format_, None)
    return Variant(path, None, None)


def _links(site: Site, document: Document, stem: str) -> str:
    """The `Link` header: what the document is about, and its other forms."""
    address = f"{site.base.iri}res/{stem}"
    links = [f'<{document.thing}>; rel="describes"', f'<{address}>; rel="canonical"']
    links += [f'<{address}.{f.suffix}>; rel="alternate"; type="{f.media_types[0]}"' for f in DOCUMENTS]
    links += [f'<{address}.{lang}.html>; rel="alternate"; type="text/html"; hreflang="{lang}"' for lang in LANGUAGES]
    return ", ".join(links)
