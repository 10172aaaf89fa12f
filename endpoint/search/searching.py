"""`/sv/search`, `/en/search` and `/suggest`: what fits the words of a reader.

Things are found in the index of the release; pages of the site and questions to begin with stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from msgspec import UNSET
from starlette.responses import Response

from endpoint.interface.replies import Suggestion, Suggestions, written
from endpoint.methods import READ
from endpoint.parameters import bad_parameter, check_among, takes, wrong_value
from endpoint.problems import not_found
from endpoint.rendering import page
from endpoint.search.apart import Named, tell_apart
from endpoint.search.guides import Guide, find_guides, guides_called
from endpoint.search.index import MOST_CHARACTERS, Findings, Result, Wanted, find_aside
from endpoint.site import Site
from endpoint.words import WORDS
from loaders.index import TERM
from ontology.kinds import KINDS
from ontology.text import LANGUAGES, Language, Text

router = APIRouter(include_in_schema=False)

SHOWN = 25
"""Hits on one page."""

SUGGESTED = 8
"""Suggestions at most."""

_KINDS = 4  # to narrow to, that a phone has room for before the hits
_PAGES = 10  # that a reader may turn without being told how to have fewer
_GUIDES = 6  # on the page of a search
_GUIDES_SUGGESTED = 2  # beside things that fit
_GUIDES_FIRST = 4  # before things that fit only nearly


@router.api_route("/{language:language}/search", methods=READ)
@takes("q", "type", "page")
async def search(language: Language, request: Request) -> Response:
    """What fits, the best first, a page at a time. One query at most, where several have one name."""
    typed, kind = _typed(request.query_params), _kind(request.query_params)
    turned_to = _page(request.query_params)
    first = max(0, turned_to - 1) * SHOWN
    wanted = Wanted((kind,) if kind else (), first, SHOWN, are_counted=True)
    findings, results = await _find(request, typed, language, wanted)
    total = findings.of(kind or "")
    pages = max(1, -(-total // SHOWN))
    if not 1 <= turned_to <= pages:
        raise wrong_value("page", request.query_params["page"], Text(f"1–{pages}", f"1–{pages}"))
    called = guides_called(request.state.site, typed) if kind is None and turned_to == 1 else []
    guides = find_guides(request.state.site, typed) if kind is None and turned_to == 1 else []
    guides = [guide for guide in guides if guide not in called]
    return page(
        "search.html",
        language,
        request,
        typed=typed,
        kind_=kind,
        findings=findings,
        total=total,
        results=results,
        apart=await _apart(request.state.site, results, language),
        first=first + 1,
        called=called,
        guides=guides[:_GUIDES],
        all_guides=len(guides),
        turned_to=turned_to,
        pages=pages,
        most_kinds=_KINDS,
        most_pages=_PAGES,
    )


@router.api_route("/suggest", methods=READ)
@takes("q", "lang")
async def suggest(request: Request) -> Response:
    """The few that fit best, as JSON, for who is still typing. One query at most, as above."""
    typed, language = _typed(request.query_params), _language(request.query_params)
    site: Site = request.state.site
    findings, results = await _find(request, typed, language, Wanted(most=SUGGESTED))
    called = guides_called(site, typed)[:_GUIDES_SUGGESTED]
    others = [guide for guide in find_guides(site, typed) if guide not in called]
    others = others[: (_GUIDES_SUGGESTED if findings.are_exact else _GUIDES_FIRST) - len(called)]
    results = results[: SUGGESTED - len(called) - len(others)]
    apart = await _apart(site, results, language)
    things = [_suggestion(site, result, language, apart.get(result.document)) for result in results]
    first, beside = ([_suggested_guide(site, guide, language) for guide in some] for some in (called, others))
    suggestions = first + (things + beside if findings.are_exact else beside + things)
    return Response(written(Suggestions(typed, suggestions)), media_type="application/json")


def _suggestion(site: Site, result: Result, language: Language, apart: str | None) -> Suggestion:
    kind = KINDS.get(result.kind)
    return Suggestion(
        label=result.label.text,
        language=result.label.language,
        kind=result.kind,
        type=(kind.one if kind else WORDS["search-term"]).in_(language),
        href=f"{site.prefix}/{result.document}.{language}.html",
        code=result.key if kind and kind.shows(result.key) else UNSET,
        matched=result.matched.text if result.matched else UNSET,
        matched_language=result.matched.language if result.matched else UNSET,
        apart=apart or UNSET,
    )


def _suggested_guide(site: Site, guide: Guide, language: Language) -> Suggestion:
    return Suggestion(
        label=guide.title.in_(language),
        language=language,
        kind=guide.kind,
        type=guide.type.in_(language),
        href=f"{site.prefix}{guide.path(site, language)}",
    )


async def _find(request: Request, typed: str, language: Language, wanted: Wanted) -> tuple[Findings, Sequence[Result]]:
    found = await find_aside(request.state.site.index, typed, language, wanted)
    if found is None:
        raise not_found(request.url.path)
    return found


async def _apart(site: Site, results: Sequence[Result], language: Language) -> dict[str, str]:
    """What tells results of one name apart, by the stems of their documents."""
    named = {result.document: Named.of(site, result) for result in results}
    told = await tell_apart(site, named.values(), language)
    return {document: told[one.thing] for document, one in named.items() if one.thing in told}


def _typed(parameters: Mapping[str, str]) -> str:
    typed = " ".join(parameters.get("q", "").split())
    if len(typed) > MOST_CHARACTERS:
        raise bad_parameter("q", Text(
            f"q har {len(typed)} tecken, och får ha {MOST_CHARACTERS}. Sök på färre ord.",
            f"q has {len(typed)} characters, and may have {MOST_CHARACTERS}. Search for fewer words.",
        ))  # fmt: skip
    return typed


def _kind(parameters: Mapping[str, str]) -> str | None:
    kind = parameters.get("type") or None
    if kind is not None:
        check_among("type", kind, (*KINDS, TERM))
    return kind


def _page(parameters: Mapping[str, str]) -> int:
    """The page that is asked for, 0 where that is no number."""
    given = parameters.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < len(str(10**6)) else 0


def _language(parameters: Mapping[str, str]) -> Language:
    given = parameters.get("lang", LANGUAGES[0])
    if given not in LANGUAGES:
        raise wrong_value("lang", given, Text(", ".join(LANGUAGES), ", ".join(LANGUAGES)), LANGUAGES)
    return given
