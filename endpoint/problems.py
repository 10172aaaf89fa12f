"""Errors as part of the interface: RFC 9457 problem details, or a page, in the reader's language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from endpoint.formats import HTML, Format
from endpoint.headers import EVERY_ANSWER
from endpoint.negotiation import choose_format, choose_language
from endpoint.pool import QueryFailed
from endpoint.rendering import render
from endpoint.syntax import SyntaxFault
from ontology.text import Text

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


def respond(request: Request, problem: Problem) -> Response:
    """The problem as the client wants it: a page for a browser, else problem details."""
    language = choose_language(request.headers)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language, "Cache-Control": "no-store"}
    headers |= EVERY_ANSWER | problem.headers
    chosen = choose_format(request.headers, (_PROBLEM, HTML))
    if chosen is HTML:
        page = render("problem.html", language=language, site=request.app.state.site, problem=problem)
        return Response(page, problem.status, headers, media_type="text/html")
    body = {
        "type": f"about:blank#{problem.kind}",
        "title": problem.title.in_(language),
        "status": problem.status,
        "detail": problem.detail.in_(language),
        **problem.members,
    }
    content = json.dumps(body, ensure_ascii=False).encode("utf-8")
    return Response(content, problem.status, headers, media_type="application/problem+json")


def not_found(what: str) -> Problem:
    """Nothing of that name is in the release."""
    return Problem(
        404,
        "not-found",
        Text("Finns inte", "Not found"),
        Text(f"Den här utgåvan säger inget om {what}.", f"This release says nothing about {what}."),
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
    shown = {"message": failure.message, "seconds": f"{failure.seconds:.1f}"}
    headers = {"Retry-After": "5"} if failure.reason == "busy" else {}
    return Problem(
        status,
        f"query-{failure.reason}",
        title,
        fault.text if fault else Text(detail.sv.format(**shown), detail.en.format(**shown)),
        headers=headers,
        members={
            "elapsed": round(failure.seconds, 3),
            **({"line": fault.line, "column": fault.column} if fault else {}),
        },
    )


_LESS = Text(
    "Begränsa frågan, lägg till LIMIT, eller ladda ner utgåvan. Med partial=1 kommer det som ryms, märkt som kapat.",
    "Narrow the query, add LIMIT, or take the dump of the release. With partial=1 comes what fits, marked as cut.",
)

_QUERY: dict[str, tuple[int, Text, Text]] = {
    "syntax": (
        400,
        Text("Frågan är inte giltig SPARQL", "The query is not valid SPARQL"),
        Text("{message}", "{message}"),
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
    "update": (
        403,
        Text("Den här tjänsten kan bara läsas", "This service can only be read"),
        Text("Uppdateringar tas inte emot.", "Updates are not accepted."),
    ),
    "deadline": (
        503,
        Text("Frågan tog för lång tid", "The query took too long"),
        Text(
            "Den avbröts efter {seconds} s. Begränsa den, eller ladda ner hela utgåvan och fråga den själv.",
            "It was stopped after {seconds} s. Narrow it, or take the dump of the release and query that yourself.",
        ),
    ),
    "busy": (
        503,
        Text("Alla frågeplatser är upptagna", "All places for queries are taken"),
        Text("Frågan väntade i {seconds} s. Försök igen om en stund.", "It waited {seconds} s. Try again shortly."),
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
            "Sortera eller gruppera mindre på en gång, eller ladda ner utgåvan.",
            "Sort or group less at once, or take the dump of the release.",
        ),
    ),
    "too-many-bytes": (503, Text("Svaret blev för långt", "The answer is too long"), _LESS),
    "too-many-rows": (503, Text("Svaret har för många rader", "The answer has too many rows"), _LESS),
}
