"""What JSON-LD is read with: the context at `/context.jsonld`, and frames of kinds at `/frames/{kind}.jsonld`."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from endpoint.documents.jsonld import ADDRESS, context_on, frame_of
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.problems import leading, not_found
from endpoint.site import Site
from ontology.iri import JSONLD_CONTEXT, JSONLD_FRAME
from ontology.kinds import KINDS
from ontology.text import Text

router = APIRouter(include_in_schema=False)


@router.api_route(f"/{ADDRESS}", methods=READ)
async def context(request: Request) -> Response:
    """The context that every document in JSON-LD names. No query."""
    site: Site = request.state.site
    return _jsonld(context_on(site.base.iri), JSONLD_CONTEXT)


@router.api_route("/frames/{kind}.jsonld", methods=READ)
async def frame(kind: str, request: Request) -> Response:
    """The frame that makes the tree of a thing of a kind, which the profile `framed` gives made. No query."""
    site: Site = request.state.site
    if kind not in KINDS:
        kinds = f"{site.address}{choose_language(request.headers)}/kinds"
        raise leading(not_found(request.url.path), Text("Slagen räknas upp på", "The kinds are listed at"), kinds)
    return _jsonld(frame_of(kind, site.base.iri), JSONLD_FRAME)


def _jsonld(content: dict[str, object], profile: str) -> Response:
    body = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
    return Response(body, headers={"Content-Type": f'application/ld+json; profile="{profile}"'})
