"""`/api/{kind}`: all things of a kind, for programs, some at a time."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from endpoint.formats import CSV, HTML, PLAIN_JSON
from endpoint.interface.replies import ThingsTold, ThingTold, written
from endpoint.lists import read_entries, read_labels
from endpoint.methods import READ
from endpoint.negotiation import choose_format, choose_language
from endpoint.parameters import takes
from endpoint.portions import PAGE, SIZE, no_such_portion, read_portion
from endpoint.problems import Problem, adding, leading, not_acceptable, not_found
from endpoint.site import Site
from loaders.choices import nearest
from ontology import addresses, iri
from ontology.kinds import KINDS, LISTED
from ontology.namespaces import DCAT, FOAF, RDFS
from ontology.text import LANGUAGES, Label, Text, best_label

router = APIRouter(include_in_schema=False)

_OFFERS = (PLAIN_JSON, HTML)
_SUFFIX = f".{PLAIN_JSON.suffix}"

_Named = tuple[str, str, Sequence[Label | None]]
"""A thing, its key, and what it is called for a reader of each language."""

_CONTEXT = {
    "items": "@included",
    "release": str(DCAT.version),
    "label": {"@id": str(RDFS.label), "@container": "@language"},
    "document": {"@reverse": str(FOAF.primaryTopic), "@type": "@id"},
    **dict.fromkeys(("key", "kind", "next")),
}


@router.api_route(f"/{addresses.API}{{name}}", methods=READ)
@takes(PAGE, SIZE)
async def list_things(name: str, request: Request) -> Response:
    """The things of a listed kind in their order; a browser is led to the page of them. One query the first time."""
    site: Site = request.state.site
    address = f"{site.address}{addresses.API}{name}"
    is_fixed = name.endswith(_SUFFIX)
    name = name.removesuffix(_SUFFIX)
    if name not in KINDS or not KINDS[name].is_listed:
        raise _no_such_list(site, name)
    chosen = PLAIN_JSON if is_fixed else choose_format(request.headers, _OFFERS)
    if chosen is None:
        raise not_acceptable(_OFFERS)
    if chosen is HTML:
        page = f"/{choose_language(request.headers)}/kinds/{name}"
        return RedirectResponse(page, 303, headers={"Vary": "Accept, Accept-Language"})
    portion, things = read_portion(request.query_params), await site.once(_read, name)
    shown = [_told(site, *one) for one in things[portion.skipped : portion.skipped + portion.size]]
    if not shown and portion.page > 1:
        raise no_such_portion(portion)
    is_last = portion.skipped + portion.size >= len(things)
    around = {rel: one.address(address, {}) for rel, one in portion.around(is_last=is_last).items()}
    told = ThingsTold(
        context=_CONTEXT,
        id=portion.address(address, {}),
        release=site.id,
        kind=name,
        items=shown,
        next=around.get("next"),
    )
    links = [*_table(site, name), *(f'<{there}>; rel="{rel}"' for rel, there in around.items())]
    headers = {"Content-Type": PLAIN_JSON.content_type, "Link": ", ".join(links)}
    return Response(written(told), headers=headers if is_fixed else headers | {"Vary": "Accept"})


def _no_such_list(site: Site, name: str) -> Problem:
    """The problem that there is no list of a name, with all that there are, and the one that is most likely meant."""
    place = f"{site.address}{addresses.API}"
    stem, _, suffix = name.partition(".")
    listed = [kind.name for kind in LISTED]
    table = iri.document(str(KINDS[stem].cls)) if stem in listed else None
    if table is not None and suffix == CSV.suffix:
        return leading(
            not_found(f"{place}{name}"), Text("Tabellen är", "The table is"), f"{site.address}{table}.{suffix}"
        )
    problem = not_found(f"{place}{name}")
    problem.members["available"] = listed
    kinds = ", ".join(listed)
    adding(problem, Text(f"De slag som har en lista är {kinds}.", f"The kinds that have a list are {kinds}."))
    near = nearest(listed, stem)
    if near is None:
        return problem
    return leading(problem, Text("Kanske menas", "What is meant may be"), f"{place}{near}")


async def _read(site: Site, name: str) -> list[_Named]:
    rows = await site.select("pages/things", **{"class": site.local(KINDS[name].cls)})
    labels = read_labels(rows)
    return [
        (
            str(entry.thing),
            entry.key,
            [best_label(labels.get(str(entry.thing), ()), language) for language in LANGUAGES],
        )
        for entry in read_entries(rows, name, "sv", site.canonical)
    ]


def _told(site: Site, thing: str, key: str, labels: Sequence[Label | None]) -> ThingTold:
    named = {label.language or "@none": label.text for label in labels if label}
    return ThingTold(thing, key, named, f"{site.address}{iri.document(site.canonical(thing))}")


def _table(site: Site, name: str) -> list[str]:
    """The same as a table, where the class is ours: a link."""
    document = iri.document(str(KINDS[name].cls))
    if document is None:
        return []
    return [f'<{site.address}{document}.{CSV.suffix}>; rel="alternate"; type="{CSV.media_types[0]}"']
