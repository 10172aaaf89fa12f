"""`/api/q/…`: the public questions, each at an address of its own, answered in JSON, in CSV and as a page."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import RedirectResponse, Response

from endpoint.formats import CSV, HTML, PLAIN_JSON, Format
from endpoint.interface.replies import written
from endpoint.layers.accounts import account
from endpoint.layers.presence import WhilePresent
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.parameters import Taken, bad_parameter, wrong_value
from endpoint.portions import PAGE, SIZE, read_portion
from endpoint.problems import Problem, leading, not_acceptable, not_found, without_form
from endpoint.public_answers import Asked, links_of, list_of, reply_of
from endpoint.sending import send_answer
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.workers.messages import Task
from endpoint.workers.pool import Answer
from loaders.choices import nearest
from ontology import addresses, iri
from ontology.kinds import KINDS
from ontology.text import Text
from queries.catalogue import questions
from queries.header import Parameter

router = APIRouter(include_in_schema=False)

_OFFERS = (PLAIN_JSON, CSV, HTML)
_SUFFIXES = {format_.suffix: format_ for format_ in (PLAIN_JSON, CSV)}
_BY_ACCEPT = {"Vary": "Accept"}
_PAGED = Text("CSV ges hel, inte i sidor.", "CSV is given whole, and not in pages.")


@router.api_route(f"/{addresses.QUESTIONS}", methods=READ)
async def list_questions(request: Request) -> Response:
    """The public questions with what may be asked of each. No query."""
    Taken().check(request.query_params.multi_items())
    offers = (PLAIN_JSON, HTML)
    chosen = choose_format(request.headers, offers)
    if chosen is None:
        raise not_acceptable(offers)
    return _to_page(request, "query") if chosen is HTML else _in_json(written(list_of(request.state.site)), _BY_ACCEPT)


@router.api_route(f"/{addresses.QUESTIONS}/{{name}}", methods=READ)
async def answer_question(name: str, request: Request) -> Response:
    """The answer of a public question: in JSON some rows at a time, in CSV all. One query, as of a reader.

    With a thing as its parameter a second one: whether there is such a thing.
    """
    asked, chosen = await _read(request, name)
    account(request.scope).update(query=asked.text, form="SELECT")
    headers = {} if asked.suffix else _BY_ACCEPT
    if chosen is HTML:
        return _to_page(request, f"query?{urlencode({'query': asked.text})}")
    if chosen is CSV:
        if paged := next((name for name in (PAGE, SIZE) if name in request.query_params), None):
            raise bad_parameter(paged, _PAGED)
        answer = await _ask(request, asked.text, CSV.name)
        return send_answer(answer, {"Content-Type": CSV.content_type, "Link": links_of(asked), **headers})
    portion = read_portion(request.query_params)
    answer = await _ask(request, f"{asked.text}LIMIT {portion.size + 1} OFFSET {portion.skipped}\n", "json")
    reply, links = reply_of(asked, portion, answer.content)
    return _in_json(written(reply), {"Link": links, **headers})


def _no_such_question(site: Site, name: str, stem: str) -> Problem:
    """The problem that there is no question of a name, with the one that is most likely meant, else with all."""
    place, near = f"{site.address}{addresses.QUESTIONS}", nearest(questions(), stem)
    if near is not None:
        return leading(not_found(f"{place}/{name}"), Text("Kanske menas", "What is meant may be"), f"{place}/{near}")
    return leading(not_found(f"{place}/{name}"), Text("Alla frågor finns på", "All questions are at"), place)


async def _read(request: Request, name: str) -> tuple[Asked, Format]:
    """What is asked, and the format to answer in. Raises Problem."""
    site: Site = request.state.site
    stem, dot, suffix = name.partition(".")
    question = questions().get(stem)
    if question is None:
        raise _no_such_question(site, name, stem)
    if dot and suffix not in _SUFFIXES:
        raise without_form(f"{site.address}{addresses.QUESTIONS}/{stem}", suffix, _SUFFIXES.values())
    known = question.header.parameters
    Taken((*known, PAGE, SIZE)).check(request.query_params.multi_items())
    chosen = _SUFFIXES.get(suffix) or choose_format(request.headers, _OFFERS)
    if chosen is None:
        raise not_acceptable(_OFFERS)
    given = {key: value for key, value in request.query_params.items() if key in known}
    if lacking := next((key for key, one in known.items() if one.required and key not in given), None):
        raise bad_parameter(lacking, _needed(lacking, known[lacking].example))
    held = {key: await _thing(site, known[key], key, value) for key, value in given.items()}
    return Asked(site, question, given, held, suffix), chosen


async def _thing(site: Site, parameter: Parameter, name: str, value: str) -> URIRef:
    """The thing that a parameter names, by its key or its IRI. Raises Problem where there is none of that kind."""
    kind = str(parameter.kind)
    key = site.key_of(value) or iri.Key(kind, value)
    try:
        thing = site.local(iri.mint(*key))
    except iri.BadKey:
        thing = None
    if thing is None or key.kind != kind or await site.pages_about(thing) is None:
        raise wrong_value(name, value, _wanted(site, kind, parameter.example))
    return thing


def _needed(name: str, example: str) -> Text:
    """A parameter has to be given."""
    return Text(
        f"Frågan behöver {name}, till exempel {name}={example}: om allt på en gång är svaret för stort.",
        f"The question needs {name}, such as {name}={example}: about everything at once the answer is too large.",
    )


def _wanted(site: Site, kind: str, example: str) -> Text:
    """What a parameter can be, with where all of it is, if that is listed."""
    place = f"{site.address}{addresses.API}{kind}"
    swedish, english = ("; alla står på ", "; all are at ") if KINDS[kind].is_listed else ("", "")
    return Text(
        f"nyckeln eller IRI:n för något av slaget {kind}, till exempel {example}{swedish}{place if swedish else ''}",
        f"the key or the IRI of a thing of the kind {kind}, such as {example}{english}{place if english else ''}",
    )


async def _ask(request: Request, text: str, results: str) -> Answer:
    """What the workers of readers answer, within the limits of a query."""
    site: Site = request.state.site
    settings: Settings = request.app.state.settings
    task = Task(
        text,
        results=results,
        is_union=site.is_union,
        base=site.service,
        max_bytes=settings.max_answer_bytes,
        max_rows=settings.max_answer_rows,
        spool=str(site.readers.spool) if site.readers.spool and results == CSV.name else None,  # JSON is read here
        in_memory=settings.memory_bytes,
    )
    async with WhilePresent(request.receive):
        answer = await site.readers.ask(task)
    account(request.scope)["rows"] = answer.rows
    return answer


def _in_json(content: bytes, headers: dict[str, str]) -> Response:
    return Response(content, headers={"Content-Type": PLAIN_JSON.content_type, **headers})


def _to_page(request: Request, page: str) -> Response:
    """Leads to a page in the reader's language."""
    address = f"/{choose_language(request.headers)}/{page}"
    return RedirectResponse(address, 303, headers={"Vary": "Accept, Accept-Language"})
