"""Errors as part of the interface: RFC 9457 problem details, or a page, in the reader's language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from endpoint.accounts import tell_problem
from endpoint.formats import HTML, Format
from endpoint.negotiation import accepted_by, best_of, choose_language, names_format
from endpoint.pool import QueryFailed
from endpoint.rendering import render
from endpoint.syntax import SyntaxFault
from ontology.text import LANGUAGES, Language, Text

_LONGEST_NAME = 200  # characters: what was asked for is said again, but not all of what can be sent

_IN_ADDRESS = re.compile(r"/(?P<page>sv|en)(?:/|$)|\.(?P<document>sv|en)\.html$")

_PROBLEM = Format("problem", "Problem details", ("application/problem+json", "application/json"), "json")


@dataclass
class Problem(Exception):
    """A refusal: what rule, what limit, what to do next."""

    status: int
    kind: str
    title: Text
    detail: Text
    headers: dict[str, str] = field(default_factory=dict)
    members: dict[str, object] = field(default_factory=dict)
    without: tuple[str, ...] = ()  # parameters; the same address without them can be answered


def respond(request: Request, problem: Problem) -> Response:
    """The problem as the client wants it: a page for a browser, else problem details."""
    tell_problem(request.scope, problem.kind)
    accept = accepted_by(request.headers)
    is_page = names_format(accept, HTML) and best_of(accept, (_PROBLEM, HTML)) is HTML
    language = _language_of(request, choose_language(request.headers) if is_page else language_of_programs(request))
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language, "Cache-Control": "no-store"}
    headers |= problem.headers
    if is_page:
        page = render(
            "problem.html",
            language=language,
            site=request.state.site,
            problem=problem,
            sought=_sought(request) if problem.status in _NOT_THERE else "",
            again=_again(request, problem.without),
        )
        return Response(page, problem.status, headers, media_type="text/html")
    body = {
        "type": f"about:blank#{problem.kind}",
        "title": problem.title.in_(language),
        "status": problem.status,
        "detail": problem.detail.in_(language),
        **problem.members,
    }
    text = json.dumps(body, ensure_ascii=False)
    content = text.replace("<", "\\u003c").encode("utf-8")  # no client, however careless, takes it for markup
    return Response(content, problem.status, headers, media_type="application/problem+json")


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
    return Problem(
        404,
        "not-found",
        Text("Finns inte", "Not found"),
        Text(f"Den här utgåvan säger inget om {named}.", f"This release says nothing about {named}."),
    )


def not_acceptable(offers: tuple[Format, ...]) -> Problem:
    """The client accepts none of the formats there are."""
    named = ", ".join(offer.media_types[0] for offer in offers)
    return Problem(
        406,
        "not-acceptable",
        Text("Inget av formaten passar", "None of the formats will do"),
        Text(f"Det går att få: {named}.", f"There is: {named}."),
        members={"available": [offer.media_types[0] for offer in offers]},
    )


def query_failed(
    failure: QueryFailed, what_is_read: tuple[Format, ...] = (), fault: SyntaxFault | None = None
) -> Problem:
    """Why a query was not answered, which limit it met and what to do instead."""
    if failure.reason == "not-acceptable":
        return not_acceptable(what_is_read)
    status, title, detail = _QUERY[failure.reason]
    line, column = (fault.line, fault.column) if fault else failure.place or (None, None)
    shown = {
        "message": failure.message,
        "seconds": f"{failure.seconds:.1f}",
        "limit": _figure(failure.limit or 0),
        "line": line,
        "column": column,
    }
    members = {
        "elapsed": round(failure.seconds, 3),
        "limit": failure.limit,
        "setting": _SETTINGS.get(failure.reason),
        "line": line,
        "column": column,
    }
    return Problem(
        status,
        f"query-{failure.reason}",
        title,
        fault.text if fault else Text(detail.sv.format(**shown), detail.en.format(**shown)),
        headers={"Retry-After": _RETRY} if failure.reason in _LATER else {},
        members={name: value for name, value in members.items() if value is not None},
    )


def _figure(limit: float) -> str:
    """A figure as a reader writes it."""
    return f"{limit:,.1f}".removesuffix(".0").replace(",", "\N{NO-BREAK SPACE}")


_RETRY = "5"
_LATER = {"busy", "queue-full", "network-busy", "no-long-place"}
"""What is answered when fewer ask."""


def statuses_of_queries(*, may_federate: bool) -> tuple[int, ...]:
    """The statuses of problems that a query can end in; one of them only where services of others may be asked."""
    found = {status for reason, (status, _, _) in _QUERY.items() if may_federate or reason != "service"}
    return tuple(sorted(found | {413}))


_SETTINGS = {
    "deadline": "deadline",
    "busy": "patience",
    "queue-full": "queue",
    "network-busy": "per_network",
    "no-long-place": "long_queries",
    "memory": "megabytes",
    "too-many-bytes": "max_answer_bytes",
    "too-many-rows": "max_answer_rows",
    "too-deep": "max_nesting",
}
"""The setting whose limit a query met, by the reason that it failed for."""

_LESS = (
    "Begränsa frågan, lägg till LIMIT, eller ladda ner utgåvan. Med partial=1 kommer det som ryms, märkt som kapat.",
    "Narrow the query, add LIMIT, or take the dump of the release. With partial=1 comes what fits, marked as cut.",
)

_QUERY: dict[str, tuple[int, Text, Text]] = {
    "new-term": (
        406,
        Text("Svaret har termer från RDF 1.2", "The answer has terms of RDF 1.2"),
        Text(
            "{message} känns inte igen av äldre program. Be om den med version=1.2, i adressen eller som parameter "
            "till mediatypen i Accept. JSON-LD har inga tripletermer.",
            "{message} is not known to older programs. Ask for it with version=1.2, in the address or as a parameter "
            "of the media type in Accept. JSON-LD has no triple terms.",
        ),
    ),
    "not-in-markup": (
        406,
        Text("Svaret går inte att skriva i XML", "The answer cannot be written in XML"),
        Text(
            "Det har ett tecken som XML förbjuder. Be om ett annat format, till exempel JSON eller Turtle.",
            "It has a character that XML forbids. Ask for another format, such as JSON or Turtle.",
        ),
    ),
    "syntax": (
        400,
        Text("Frågan är inte giltig SPARQL", "The query is not valid SPARQL"),
        Text("{message}", "{message}"),
    ),
    "too-deep": (
        400,
        Text("Frågan är för djupt nästlad", "The query nests too deep"),
        Text(
            "Rad {line}, kolumn {column}: mer än {limit} parenteser i varandra, eller steg i rad i en stig, tar för "
            "lång tid. Dela frågan, eller skriv den med VALUES.",
            "Line {line}, column {column}: more than {limit} brackets in one another, or steps in a row in a path, "
            "take too long. Divide the query, or write it with VALUES.",
        ),
    ),
    "evaluation": (
        400,
        Text("Frågan kan inte besvaras", "The query cannot be answered"),
        Text("{message}", "{message}"),
    ),
    "federation": (
        403,
        Text("Frågor till andra tjänster är inte tillåtna", "Queries to other services are not allowed"),
        Text(
            "Frågan innehåller {message}. Fråga den andra tjänsten för sig, eller låt den fråga den här.",
            "The query contains {message}. Ask the other service by itself, or let it ask this one.",
        ),
    ),
    "federation-not-listed": (
        403,
        Text("Den tjänsten får inte frågas", "That service may not be asked"),
        Text(
            "Frågor får ställas till: {message}. Skriv adressen i sin helhet: SERVICE <…>.",
            "What may be asked: {message}. Write the address in full: SERVICE <…>.",
        ),
    ),
    "service": (
        502,
        Text("En annan tjänst svarade inte", "Another service did not answer"),
        Text(
            "{message}. Försök igen, eller skriv SERVICE SILENT för att vara utan den.",
            "{message}. Try again, or write SERVICE SILENT to do without it.",
        ),
    ),
    "update": (
        403,
        Text("Den här tjänsten kan bara läsas", "This service can only be read"),
        Text("Uppdateringar tas inte emot.", "Updates are not accepted."),
    ),
    "deadline": (
        503,
        Text("Frågan tog för lång tid", "The query took too long"),
        Text(
            "Den avbröts efter {seconds} s; den fick räkna i {limit} s. Begränsa den, eller ladda ner hela utgåvan och "
            "fråga den själv.",
            "It was stopped after {seconds} s; it had {limit} s. Narrow it, or take the dump of the release and query "
            "that yourself.",
        ),
    ),
    "busy": (
        503,
        Text("Alla frågeplatser är upptagna", "All places for queries are taken"),
        Text(
            "Den väntade i {seconds} s, och får vänta i {limit} s. Försök igen om en stund, eller ladda ner utgåvan.",
            "It waited {seconds} s, and may wait {limit} s. Try again shortly, or take the dump of the release.",
        ),
    ),
    "queue-full": (
        503,
        Text("Kön är full", "The queue is full"),
        Text(
            "Högst {limit} frågor får vänta på sin tur. Försök igen om en stund, eller ladda ner utgåvan.",
            "At most {limit} queries may wait for their turn. Try again shortly, or take the dump of the release.",
        ),
    ),
    "network-busy": (
        429,
        Text("Ditt nät ställer för många frågor på en gång", "Your network asks too many queries at once"),
        Text(
            "Högst {limit} frågor från ett nät besvaras samtidigt. Frågan väntade i {seconds} s. Ställ färre åt "
            "gången, eller ladda ner utgåvan.",
            "At most {limit} queries of one network are answered at once. It waited {seconds} s. Ask fewer at a time, "
            "or take the dump of the release.",
        ),
    ),
    "no-long-place": (
        503,
        Text("Alla platser för långa frågor är upptagna", "All places for long queries are taken"),
        Text(
            "Den avbröts efter {seconds} s, eftersom högst {limit} frågor får ta lång tid samtidigt. Begränsa den, "
            "försök igen om en stund, eller ladda ner utgåvan.",
            "It was stopped after {seconds} s, since at most {limit} queries may take long at once. Narrow it, try "
            "again shortly, or take the dump of the release.",
        ),
    ),
    "crashed": (
        503,
        Text("Frågan fick frågemotorn att sluta", "The query made the query engine stop"),
        Text(
            "Oftast är nästlingen för djup eller mellanresultatet för stort. Skriv om frågan, eller ladda ner utgåvan.",
            "Most often it nests too deep or holds too much at once. Rewrite it, or take the dump of the release.",
        ),
    ),
    "damaged": (
        503,
        Text("Utgåvan kan inte läsas", "The release cannot be read"),
        Text(
            "Databasen är skadad. Den som driver tjänsten behöver bygga om utgåvan.",
            "The store is damaged. Whoever runs this service needs to build the release anew.",
        ),
    ),
    "memory": (
        503,
        Text("Frågan behövde för mycket minne", "The query needed too much memory"),
        Text(
            "Den får ta {limit} MB. Sortera eller gruppera mindre på en gång, eller ladda ner utgåvan.",
            "It may take {limit} MB. Sort or group less at once, or take the dump of the release.",
        ),
    ),
    "too-many-bytes": (
        503,
        Text("Svaret blev för långt", "The answer is too long"),
        Text(f"Det får ha {{limit}} byte. {_LESS[0]}", f"It may have {{limit}} bytes. {_LESS[1]}"),
    ),
    "too-many-rows": (
        503,
        Text("Svaret har för många rader", "The answer has too many rows"),
        Text(f"Det får ha {{limit}} rader. {_LESS[0]}", f"It may have {{limit}} rows. {_LESS[1]}"),
    ),
}
