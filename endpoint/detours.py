"""Where an address leads that is nearly that of a page: cut short, without its language, or with a slash too many."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse

from endpoint.methods import allowed
from endpoint.negotiation import choose_language
from ontology.text import LANGUAGES

_ALL_OF_THEM = {"id": "kinds", "res": "kinds", "spec": "vocabulary", "def": "vocabulary", "shapes": "vocabulary"}
"""The page of all that a part of our identifiers is the beginning of."""


def detour(request: Request) -> RedirectResponse | None:
    """A redirect to the page that the address of a request means; None where there is no such page."""
    path: str = request.scope["path"]
    bare = path.rstrip("/")
    first, _, rest = bare[1:].partition("/")
    if request.method not in {"GET", "HEAD"} or not first:
        return None
    if bare != path and (found := _to(request, bare, 308)):
        return found
    if first in LANGUAGES:
        return None
    name = bare if rest else f"/{_ALL_OF_THEM.get(first, first)}"
    found = _to(request, f"/{choose_language(request.headers)}{name}", 303)
    if found is not None:
        found.headers["Vary"] = "Accept-Language"
    return found


def _to(request: Request, page: str, status: int) -> RedirectResponse | None:
    if not allowed(request, page):
        return None
    return RedirectResponse(f"{page}?{request.url.query}" if request.url.query else page, status)
