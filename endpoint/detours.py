"""Where an address leads that is nearly that of a page: cut short, guessed, without language, with a slash too many."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse

from endpoint.guesses import description_guessed, document_guessed, page_guessed
from endpoint.methods import READ, allowed
from endpoint.negotiation import choose_language
from ontology.addresses import VOCABULARY
from ontology.text import LANGUAGES

_ALL_OF_THEM = {"id": "kinds", "res": "kinds"}
"""The page of all that a part of our identifiers is the beginning of."""

_TERMS = ("spec", "def")
"""The parts that terms and concepts begin with: all of these are data too, whose format is chosen where they are."""

_FOR_GOOD, _BY_LANGUAGE, _FOR_NOW = 308, 303, 307


class _Page(NamedTuple):
    """The path of a page, and the status with which an address leads there."""

    path: str
    status: int


def detour(request: Request) -> RedirectResponse | None:
    """A redirect to the page that the address of a request means; None where there is no such page."""
    page = _meant(request)
    if page is None or request.method not in READ:
        return None
    asked = f"?{request.url.query}" if request.url.query else ""
    headers = {"Vary": "Accept-Language"} if page.status == _BY_LANGUAGE else {}
    return RedirectResponse(f"{page.path}{asked}", page.status, headers)


def methods_of(request: Request) -> list[str]:
    """The methods of the address of a request, be it one that only leads on; none where there is no such address."""
    return allowed(request) or ([*READ, "OPTIONS"] if _meant(request) else [])


def _meant(request: Request) -> _Page | None:
    """The page that the address of a request means, without being its own."""
    path: str = request.scope["path"]
    bare = path.rstrip("/")
    first, _, rest = bare[1:].partition("/")
    if not first:
        return None
    slashed = f"{bare}/" if path.endswith("//") else bare  # an address of ours may end in one slash
    for fewer in (slashed, bare):
        if fewer != path and allowed(request, fewer):
            return _Page(fewer, _FOR_GOOD)
    described = description_guessed(bare[1:]) or document_guessed(bare[1:])
    if described is not None and allowed(request, f"/{described}"):
        return _Page(f"/{described}", _FOR_NOW)
    if first in LANGUAGES:
        guessed = _guessed(request, first, rest)
        return _Page(guessed, _FOR_NOW) if guessed else None
    if not rest and first in _TERMS and allowed(request, f"/{VOCABULARY}"):
        return _Page(f"/{VOCABULARY}", _FOR_NOW)
    language = choose_language(request.headers)
    name = bare if rest else f"/{_ALL_OF_THEM.get(first, first)}"
    page = f"/{language}{name}"
    found = page if allowed(request, page) else _guessed(request, language, bare[1:])
    return _Page(found, _BY_LANGUAGE) if found else None


def _guessed(request: Request, language: str, name: str) -> str | None:
    """The page of a language that a guessed name means; None where there is no such page."""
    guessed, about = page_guessed(name), document_guessed(name)
    page = f"/{about}.{language}.html" if about else f"/{language}/{guessed}"
    return page if (about or guessed) and allowed(request, page) else None
