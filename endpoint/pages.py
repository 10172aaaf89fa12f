"""`/sv/…` and `/en/…`: the pages that are not one thing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.assessments import list_assessments
from endpoint.formats import CSV, DOCUMENTS
from endpoint.guesses import page_guessed
from endpoint.identifiers import find
from endpoint.lists import Entry, Names, divide, read_entries, read_labels
from endpoint.mapping.matrix import COLUMNS, ROWS, Matrix, arrange, by_subject, counted, waiting
from endpoint.mapping.panel import thing_of
from endpoint.mapping.stock import read_stock
from endpoint.mcp.eras import REVISIONS
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.parts.actors import read_ends
from endpoint.parts.milestones import read_outcomes
from endpoint.problems import Problem, leading, not_found
from endpoint.reconciliation.likeness import MATCH
from endpoint.reconciliation.reconciling import asked
from endpoint.reconciliation.score_words import FEATURES, SCORES
from endpoint.rendering import page
from endpoint.reporting import letter
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.words import WORDS
from endpoint.words.accessibility import AUDITORS, REASONS, RESULTS
from ontology import iri
from ontology.kind import Area, Kind
from ontology.kinds import KINDS, LISTED
from ontology.schemes import Concept
from ontology.text import Language, Text

router = APIRouter(include_in_schema=False)

_OFFICIAL = iri.mint("information-system", "sverigesmiljomal")
"""The system whose page is the official site about the objectives."""

FOREMOST = (
    *("specification", "milestone-target", "indicator", "assessment", "action-programme", "measure"),
    *("actor", "county", "municipality", "sdg-target", "mapping", "source"),
)
"""The kinds that the first screen of the start page tells of, beside the objectives: those that people come for."""


@router.api_route("/", methods=READ)
async def root(request: Request) -> Response:
    """The start page in the reader's language. No query."""
    return RedirectResponse(f"/{choose_language(request.headers)}/", 303, headers={"Vary": "Accept-Language"})


@router.api_route("/{language:language}", methods=READ)
async def without_a_slash(language: Language) -> Response:
    """The start page has a slash at its end. No query."""
    return RedirectResponse(f"/{language}/", 308)


@router.api_route("/{language:language}/", methods=READ)
async def start(language: Language, request: Request) -> Response:
    """What this is and where to go. One query: the counties."""
    site: Site = request.state.site
    stock = await read_stock(site)
    links = stock.links
    table = arrange(link for link in links if link.in_matrix)
    held = _contents(site, len(counted(links)))
    return page(
        "start.html",
        language,
        request,
        names=stock.names,
        counties=await _entries(site, "county", language),
        contents=held,
        mapped=stock.mapped,
        foremost=[(kind, number) for _, kinds in held for kind, number in kinds if kind.name in FOREMOST],
        **_axes(site, table),
    )


@router.api_route("/{language:language}/kinds", methods=READ)
async def contents(language: Language, request: Request) -> Response:
    """All kinds of which there are things, by the part of the system they belong to. No query."""
    site: Site = request.state.site
    links = (await read_stock(site)).links
    return page("contents.html", language, request, contents=_contents(site, len(counted(links))))


@router.api_route("/{language:language}/kinds/{name}", methods=READ)
async def things(language: Language, name: str, request: Request) -> Response:
    """All things of a kind in order. One query, two where the list is divided or its things have names elsewhere.

    One more for milestone targets, of where they stand, and for actors, of which have ended.
    """
    site: Site = request.state.site
    kind = KINDS.get(name)
    if kind is None or not kind.is_listed:
        if guessed := page_guessed(name):
            return RedirectResponse(f"/{language}/{guessed}", 307)
        raise _no_such_list(site, language, name)
    if name == "mapping":
        return page("mappings.html", language, request, kind_=kind, **await _mappings(site))
    if name == "assessment":
        return page("assessments-by-report.html", language, request, kind_=kind, **await list_assessments(site))
    entries = await _entries(site, name, language)
    headings = await _headings(site, kind.grouped_by, language)
    outcomes = await read_outcomes(site) if name == "milestone-target" else {}
    ends = await read_ends(site) if name == "actor" else {}
    told = {"total": len(entries), "sections": divide(entries, headings), "outcomes": outcomes, "ends": ends}
    return page("list.html", language, request, kind_=kind, **told)


@router.api_route("/{language:language}/about", methods=READ)
async def about(language: Language, request: Request) -> Response:
    """What the data are, where they come from and how to cite them. Two queries: the sources, and the official site."""
    site: Site = request.state.site
    sources = {entry.key: entry for entry in await _entries(site, "source", language)}
    official = await site.pages_about(site.local(_OFFICIAL))
    return page("about.html", language, request, sources=sources, official=next(iter(official or ()), None))


@router.api_route("/{language:language}/accessibility", methods=READ)
async def accessibility(language: Language, request: Request) -> Response:
    """The accessibility statement, as whoever runs the service has filled it in. No query."""
    settings: Settings = request.app.state.settings
    statement = settings.accessibility
    subject = WORDS["accessibility"].in_(language)
    return page(
        "accessibility.html",
        language,
        request,
        statement=statement,
        letter=letter(statement.contact.email, subject) if statement else None,
        results=RESULTS,
        auditors=AUDITORS,
        reasons=REASONS,
    )


@router.api_route("/about/identifiers", methods=READ)
async def about_identifiers(request: Request) -> Response:
    """The rules for identifiers in the reader's language. No query."""
    address = f"/{choose_language(request.headers)}/about/identifiers"
    return RedirectResponse(address, 303, headers={"Vary": "Accept-Language"})


@router.api_route("/{language:language}/about/identifiers", methods=READ)
async def identifiers(language: Language, request: Request) -> Response:
    """DIGG's rules for identifiers with examples. A query for these, and what is asked for them."""
    findings = await find(request.app.state.endpoint, request.state.site)
    return page("about-identifiers.html", language, request, findings=findings)


def _contents(site: Site, mappings: int) -> list[tuple[Text, list[tuple[Kind, int]]]]:
    """The listed kinds of which there are things, by area, each with its number; of mappings, only those that count."""
    numbers = {**site.release.record["counts"], "mapping": mappings}
    listed = [kind for kind in LISTED if numbers.get(kind.name)]
    return [(area.value, [(kind, numbers[kind.name]) for kind in listed if kind.area is area]) for area in Area]


def _axes(site: Site, table: Matrix) -> dict[str, object]:
    """A matrix with the things of its rows and columns."""
    return {
        "matrix": table,
        "rows": [(key, site.local(thing_of(key))) for key in ROWS],
        "columns": [(number, site.local(iri.mint("sdg-goal", number))) for number in COLUMNS],
    }


def _no_such_list(site: Site, language: Language, name: str) -> Problem:
    """The problem that there is no such list, with where those are that there are; of a kind as a file, where that is.

    Goals and targets of Agenda 2030 have classes of others, and no such file.
    """
    problem = not_found(f"/{language}/kinds/{name}")
    stem, _, suffix = name.partition(".")
    document = iri.document(str(KINDS[stem].cls)) if stem in KINDS else None
    if document is None:
        lists = f"{site.address}{language}/kinds"
        if stem in KINDS and KINDS[stem].is_listed:
            return leading(problem, Text("Den listan är en sida, på", "That list is a page, at"), f"{lists}/{stem}")
        words = Text(
            "Den listan finns inte. De som finns står på", "There is no such list. Those that there are stand at"
        )
        return leading(problem, words, lists)
    words = Text("Allt av det slaget finns som data på", "As data, all of that kind is at")
    is_form = suffix in {format_.suffix for format_ in (*DOCUMENTS, CSV)}
    return leading(problem, words, f"{site.address}{document}{f'.{suffix}' if is_form else ''}")


async def _mappings(site: Site) -> dict[str, object]:
    """The mappings by their subjects, and the proposals apart. One query."""
    stock = await read_stock(site)
    links = stock.links
    proposals = await site.select("pages/proposed-indicators")
    subjects = by_subject(counted(links), site.canonical)
    kinds = [key.kind if (key := site.key_of(subject)) else "" for subject in subjects]
    labels = read_labels(proposals, "indicator") | read_labels(proposals, "goal", "goalLabel")
    return {
        "names": Names({**stock.names.labels, **labels}),
        "subjects": subjects,
        "first_of": {kind: kinds.index(kind) + 1 for kind in dict.fromkeys(kinds) if kind},
        "mapped": stock.mapped,
        "proposed": waiting(links),
        "indicators": list({row["mapping"]: row for row in proposals}.values()),
    }


async def _headings(site: Site, grouped_by: str | type[Concept] | None, language: Language) -> list[Entry]:
    """What divides a list: all things of a kind, or the concepts of a scheme in their order."""
    if grouped_by is None:
        return []
    if isinstance(grouped_by, str):
        return await _entries(site, grouped_by, language)
    concepts = [(member.value, site.local(iri.concept(member))) for member in grouped_by]
    return [Entry(concept, key, site.label(concept, language), "") for key, concept in concepts]


async def _entries(site: Site, kind: str, language: Language) -> list[Entry]:
    rows = await site.select("pages/things", **{"class": site.local(KINDS[kind].cls)})
    return read_entries(rows, kind, language, site.canonical)


@router.api_route("/{language:language}/reconciliation", methods=READ)
async def reconciliation(language: Language, request: Request) -> Response:
    """How names in a table are matched, and what the scores are made of. One query the first time."""
    about = await asked(request)
    settings: Settings = request.app.state.settings
    return page(
        "reconciliation.html",
        language,
        request,
        kinds=about.finder.entities.kinds,
        limit=settings.max_batch,
        match=MATCH,
        scores=SCORES,
        features=FEATURES,
    )


@router.api_route("/{language:language}/language-models", methods=READ)
async def language_models(language: Language, request: Request) -> Response:
    """How language models ask. No query."""
    settings: Settings = request.app.state.settings
    return page(
        "language-models.html",
        language,
        request,
        revisions=REVISIONS,
        rows=settings.max_tool_rows,
        bytes=settings.max_tool_bytes,
    )
