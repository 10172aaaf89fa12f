"""Errors as part of the interface: RFC 9457 problem details, or a page, in the reader's language."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from endpoint.dataset import Dataset
from endpoint.documents.leads import called, path_on
from endpoint.formats import HTML, Format
from endpoint.layers.accounts import tell_problem
from endpoint.negotiation import accepted_by, best_of, choose_language, names_format
from endpoint.problem_type import address_of, figure
from endpoint.problem_types import TYPES
from endpoint.rendering import render
from endpoint.syntax import SyntaxFault
from endpoint.workers.pool import QueryFailed
from ontology.text import LANGUAGES, Language, Text

log = logging.getLogger("miljograf")

_LONGEST_NAME = 200  # characters: what was asked for is said again, but not all of what can be sent

_IN_ADDRESS = re.compile(r"/(?P<page>sv|en)(?:/|$)|\.(?P<document>sv|en)\.html$")

_PROBLEM = Format("problem", "Problem details", ("application/problem+json", "application/json"), "json")


@dataclass
class Problem(Exception):
    """A refusal: what rule, what limit, what to do next."""

    kind: str  # of those in TYPES
    detail: Text
    headers: dict[str, str] = field(default_factory=dict)
    members: dict[str, object] = field(default_factory=dict)
    without: tuple[str, ...] = ()  # parameters; the same address without them can be answered
    status: int = 0  # where it is not that of the type

    def __post_init__(self) -> None:
        self.status = self.status or TYPES[self.kind].status

    @property
    def title(self) -> Text:
        """What it is called."""
        return TYPES[self.kind].title

    @property
    def leads_to_all(self) -> bool:
        """Whether taking all of the data is a way out."""
        return TYPES[self.kind].leads_to_all


def respond(request: Request, problem: Problem) -> Response:
    """The problem as the client wants it: a page for a browser, else problem details."""
    tell_problem(request.scope, problem.kind)
    accept = accepted_by(request.headers)
    is_page = names_format(accept, HTML) and best_of(accept, (_PROBLEM, HTML)) is HTML
    language = _language_of(request, choose_language(request.headers) if is_page else language_of_programs(request))
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language, "Cache-Control": "no-store"}
    headers |= problem.headers
    if is_page:
        site, instead = request.state.site, str(problem.members.get("instead", ""))
        page = render(
            "problem.html",
            language=language,
            site=site,
            problem=problem,
            instead=instead,
            lead=called(site, instead, language),
            place=path_on(site, instead),
            sought=_sought(request) if problem.status in _NOT_THERE else "",
            again=_again(request, problem.without),
        )
        return Response(page, problem.status, headers, media_type="text/html")
    text = json.dumps(details(problem, language, request.state.site), ensure_ascii=False)
    content = text.replace("<", "\\u003c").encode("utf-8")  # no client, however careless, takes it for markup
    return Response(content, problem.status, headers, media_type="application/problem+json")


def details(problem: Problem, language: Language, site: Dataset) -> dict[str, object]:
    """The problem details of a service (RFC 9457, section 3), with the address of all of its data where that helps."""
    return {
        "type": address_of(problem.kind, site.root),
        "title": problem.title.in_(language),
        "status": problem.status,
        "detail": problem.detail.in_(language),
        **problem.members,
        **({"dump": site.whole} if problem.leads_to_all and site.whole else {}),
    }


def _language_of(request: Request, other: Language) -> Language:
    """The language of the address, where it is of one; else the other."""
    found = _IN_ADDRESS.search(request.scope["path"])
    named = found and (found["page"] or found["document"])
    return next((language for language in LANGUAGES if language == named), other)


def language_of_programs(request: Request) -> Language:
    """The language that a client likes best; English where it says nothing, as programs from anywhere do."""
    return choose_language(request.headers) if "accept-language" in request.headers else "en"


def _sought(request: Request) -> str:
    """What a reader may have been after: the end of the address in words, where the address leads nowhere."""
    end = request.scope["path"].rstrip("/").rpartition("/")[2]
    for suffix in (".html", ".sv", ".en"):
        end = end.removesuffix(suffix)
    return " ".join(end.replace("-", " ").replace("_", " ").split())[:_SOUGHT]


def _again(request: Request, without: tuple[str, ...]) -> str:
    """The address of a request without some of its parameters; nothing where it has none of them."""
    asked = request.query_params.multi_items()
    kept = [(name, value) for name, value in asked if name not in without]
    if len(kept) == len(asked):
        return ""
    return quote(request.scope["path"]) + (f"?{urlencode(kept)}" if kept else "")


_NOT_THERE = {404, 410}
_SOUGHT = 60  # characters of an address that are offered to search


def not_found(what: str) -> Problem:
    """Nothing of that name is in the release."""
    named = what if len(what) <= _LONGEST_NAME else f"{what[:_LONGEST_NAME]}…"
    return Problem("not-found", TYPES["not-found"].detail(named=named))


def leading(problem: Problem, words: Text, place: str) -> Problem:
    """The same with the address to go to instead, in words and for programs."""
    problem.members["instead"] = place
    return adding(problem, Text(f"{words.sv} {place}.", f"{words.en} {place}."))


def adding(problem: Problem, words: Text) -> Problem:
    """The same with another sentence."""
    problem.detail = Text(f"{problem.detail.sv} {words.sv}", f"{problem.detail.en} {words.en}")
    return problem


def in_forms(problem: Problem, place: str, forms: Sequence[str]) -> Problem:
    """The same with the suffixes of the forms that a place has, and where it is to be had without one."""
    named = ", ".join(forms)
    problem.members["available"] = [*forms]
    words = Text(f"Tilläggen är {named}. Utan tillägg finns", f"The suffixes are {named}. Without a suffix there is")
    return leading(problem, words, place)


def without_form(place: str, suffix: str | None, formats: Iterable[Format]) -> Problem:
    """A place has no form of a suffix, but forms in some formats."""
    return in_forms(not_found(f"{place}.{suffix}"), place, [f".{format_.suffix}" for format_ in formats])


def not_acceptable(offers: tuple[Format, ...]) -> Problem:
    """The client accepts none of the formats there are."""
    named = ", ".join(offer.media_types[0] for offer in offers)
    return Problem(
        "not-acceptable",
        TYPES["not-acceptable"].detail(named=named),
        members={"available": [offer.media_types[0] for offer in offers]},
    )


def query_failed(
    failure: QueryFailed, what_is_read: tuple[Format, ...] = (), fault: SyntaxFault | None = None
) -> Problem:
    """Why a query was not answered, which limit it met and what to do instead."""
    if failure.reason == "not-acceptable":
        return not_acceptable(what_is_read)
    type_ = TYPES[f"query-{failure.reason}"]
    if failure.reason == "no-room":
        log.error("an answer cannot be written: %s", failure.message)
    line, column = (fault.line, fault.column) if fault else failure.place or (None, None)
    shown = {
        "message": failure.message,
        "seconds": f"{failure.seconds:.1f}",
        "limit": figure(failure.limit or 0),
        "line": line,
        "column": column,
    }
    members = {
        "elapsed": round(failure.seconds, 3),
        "limit": failure.limit,
        "setting": failure.setting or type_.setting or None,
        "line": line,
        "column": column,
    }
    return Problem(
        type_.kind,
        fault.text if fault else type_.detail(**shown),
        headers={"Retry-After": _RETRY} if type_.is_for_later else {},
        members={name: value for name, value in members.items() if value is not None},
    )


_RETRY = "5"


def statuses_of_queries(*, may_federate: bool) -> tuple[int, ...]:
    """The statuses of problems that a query can end in; one of them only where services of others may be asked."""
    types = (one for one in TYPES.values() if one.kind.startswith("query-"))
    return tuple(sorted({one.status for one in types if may_federate or one.kind != "query-service"}))
