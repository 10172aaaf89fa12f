"""`/sv/mapping` and `/en/mapping`: the mapping to Agenda 2030 in its views, and the same selection as files."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from rdflib import Literal, URIRef
from starlette.responses import Response

from endpoint.formats import Format
from endpoint.mapping.embedding import LOOKS, Look, read_look
from endpoint.mapping.exports import FILES, WORKBOOKS, Export, Extent, Told, file_name, files_for
from endpoint.mapping.flow import draw
from endpoint.mapping.framing import Contents, height_of, shows_all_targets
from endpoint.mapping.matrix import COLUMNS, ROWS, Link, arrange_by, counted, key_of, strongest, targets_of
from endpoint.mapping.panel import tell, thing_of
from endpoint.mapping.selection import ALLOWED, Level, Selection, View, facets, read_selection
from endpoint.mapping.sorting import headings, turn_to
from endpoint.mapping.stock import Stock, read_stock
from endpoint.mapping.worksheets import as_workbook
from endpoint.methods import READ
from endpoint.parameters import check_among, takes
from endpoint.problems import Problem
from endpoint.rendering import page
from endpoint.site import Site
from endpoint.words.mapping import CHOICES
from ontology import iri
from ontology.description import CC0
from ontology.text import Language, Text
from queries.catalogue import query, without_header

router = APIRouter(include_in_schema=False)

_SHOWN_FIRST = 3
"""Pairs that are shown to begin with, where none is chosen."""


@router.api_route("/{language:language}/mapping", methods=READ)
@takes(*ALLOWED, *LOOKS)
async def mapping(language: Language, request: Request) -> Response:
    """The mapping as a matrix, list, table or flow. No query but the first time."""
    site: Site = request.state.site
    selection, look = read_selection(request.query_params), read_look(request.query_params)
    shown = show(site, await read_stock(site), selection, language, look)
    is_look_asked = not LOOKS.keys().isdisjoint(request.query_params)
    return page("matrix.html", language, request, **shown, looks=LOOKS, is_look_asked=is_look_asked)


@router.api_route("/{language:language}/mapping/embed", methods=READ)
@takes(*ALLOWED, *LOOKS)
async def embed(language: Language, request: Request) -> Response:
    """The same selection by itself, which pages of others may frame. No query but the first time."""
    site: Site = request.state.site
    selection, look = read_selection(request.query_params), read_look(request.query_params)
    shown = show(site, await read_stock(site), selection, language, look)
    own = {"whole_page": f"/{language}/mapping", "has_legend": look.has_legend}
    return page("embed.html", language, request, **shown | own)


@router.api_route("/mappings.{suffix}", methods=READ)
@takes(*ALLOWED, "of")
async def export(suffix: str, request: Request) -> Response:
    """The same selection as a file, with `of=all` of every mapping to the 2030 Agenda. No query but the first time."""
    site: Site = request.state.site
    format_ = next((format_ for format_ in FILES if format_.suffix == suffix), None)
    if format_ is None:
        raise _no_such_file(suffix)
    selection, extent = read_selection(request.query_params), request.query_params.get("of") or Extent.OBJECTIVES
    check_among("of", extent, Extent)
    chosen = await gather(site, selection, format_, Extent(extent))
    headers = {
        "Content-Type": format_.content_type,
        "Content-Disposition": f'attachment; filename="{file_name(site, format_)}"',
        "Link": f'<{CC0}>; rel="license", '
        f'<{site.base.iri}sv/mapping{selection.query}>; rel="alternate"; type="text/html"; hreflang="sv", '
        f'<{_address(site, format_, Selection(), Extent.ALL)}>; rel="collection"; '
        'title="All mappings to the 2030 Agenda"',
    }
    spoken = next((language for language, workbook in WORKBOOKS.items() if workbook is format_), None)
    write = partial(as_workbook, chosen, spoken) if spoken else partial(chosen.write, format_)
    content = await asyncio.to_thread(write)  # to write all of them takes some tenths of a second
    return Response(content, headers=headers)


async def gather(site: Site, selection: Selection, format_: Format, extent: Extent) -> Export:
    """The chosen mappings with all that is said of them."""
    stock = await read_stock(site)
    links = stock.links if extent is Extent.ALL else stock.in_matrix
    told = (Told(link, stock.reasons[link.mapping]) for link in links if selection.keeps(link))
    address, wider = (_address(site, format_, selection.taken, each) for each in (extent, Extent.ALL))
    return Export(site, tuple(told), stock.names, stock.graph, address, None if wider == address else wider)


def _address(site: Site, format_: Format, taken: Selection, extent: Extent) -> str:
    """The address of the file of a selection."""
    said = taken.said | ({"of": str(extent)} if extent is Extent.ALL else {})
    return f"{site.address}mappings.{format_.suffix}{f'?{urlencode(said)}' if said else ''}"


def show(site: Site, stock: Stock, selection: Selection, language: Language, look: Look) -> dict[str, Any]:
    """What the page shows of a selection, and how that is to look elsewhere."""
    address = f"{site.address}{language}/mapping"
    around = selection.around
    shown = [link for link in stock.in_matrix if around.keeps(link)]
    columns = _columns(site, stock, shown, around)
    cells = arrange_by(shown, around.level is Level.TARGET, site.canonical)
    linked = {code for _, code in cells}
    inside = {goal: [column for column in columns if column[0].partition(".")[0] == str(goal)] for goal in COLUMNS}
    rows = [row for row in ROWS if around.objective in {None, row}]
    groups = [(goal, found) for goal, found in inside.items() if found]
    panel = tell(site, stock, selection)
    own = _view(site, stock, shown, around)
    listed = len(own["page"].rows) if around.view is View.TABLE else 0
    contents = Contents(rows, cells, groups, listed, own.get("flow"), panel)
    return {
        "selection": selection,
        "around": around,
        "facets": facets(stock.in_matrix, selection),
        "rows": [(row, site.local(thing_of(row))) for row in rows],
        "columns": columns,
        "cells": cells,
        "linked": linked,
        "linked_goals": Counter(int(code.partition(".")[0]) for code in linked if "." in code),
        "groups": groups,
        "goal_things": {goal: site.local(iri.mint("sdg-goal", goal)) for goal in COLUMNS},
        "total": len(shown),
        "without_row": stock.without_row,
        "is_narrowed": len(shown) < len(counted(stock.in_matrix)),
        "choices": CHOICES,
        "exports": files_for(language),
        "in_sparql": urlencode({"query": in_sparql(site, around)}),
        "in_sparql_of_pair": urlencode({"query": in_sparql(site, selection)}),
        "panel": panel,
        "strongest": [] if panel else strongest(arrange_by(shown, False, site.canonical).values(), _SHOWN_FIRST),
        "whole_page": "",  # links stay on the page that they stand on
        "whole_address": f"{address}{selection.query}",
        "look": look,
        "has_legend": True,
        "embedded": f"{address}/embed{look.said_with(selection)}",
        "names": stock.names,
        "shows_all_targets": shows_all_targets(around),
        "embedded_height": height_of(selection, contents, language, has_title=look.has_title),
        **own,
    }


def _view(site: Site, stock: Stock, shown: list[Link], around: Selection) -> dict[str, Any]:
    """What only one of the views shows."""
    if around.view is View.TABLE:
        told = [Told(link, stock.reasons[link.mapping]) for link in shown]
        return {"page": turn_to(told, around), "headings": headings}
    is_drawn = around.view is View.FLOW and (around.objective or around.goal)
    ends = {code: link.object for link in shown if "." in (code := key_of(link.object, site.canonical))}
    goals = {str(goal): site.local(iri.mint("sdg-goal", goal)) for goal in COLUMNS}
    return {"flow": draw(shown, around, site.canonical) if is_drawn else None, "ends": ends | goals}


def _columns(site: Site, stock: Stock, shown: list[Link], around: Selection) -> list[tuple[str, URIRef]]:
    """The codes and things of the columns: the goals, the one that is chosen, or the targets of that one."""
    goals = [goal for goal in COLUMNS if around.goal in {None, goal}]
    if around.level is Level.GOAL:
        return [(str(goal), site.local(iri.mint("sdg-goal", goal))) for goal in goals]
    ends = [end for goal in goals for end in targets_of(shown, stock.targets, goal, site.canonical)]
    return [(key_of(end, site.canonical), end) for end in ends]


def in_sparql(site: Site, selection: Selection) -> str:
    """The query that gives the rows of a selection: a filter for each thing that is chosen."""
    standings = sorted(standing.value for standing in selection.standings)
    chosen: dict[str, list[URIRef | Literal]] = {"standing": [Literal(standing) for standing in standings]}
    if selection.relation:
        chosen["relation"] = [site.local(selection.relation.property())]
    if selection.strength:
        chosen["strength"] = [Literal(selection.strength.value)]
    if selection.objective:
        chosen["whole"] = [site.local(thing_of(selection.objective))]
    if selection.goal:
        chosen["goal"] = [site.local(iri.mint("sdg-goal", selection.goal))]
    return without_header(query("pages/selected-mappings").asking(site.base, chosen))


def _no_such_file(suffix: str) -> Problem:
    there = ", ".join(f"/mappings.{format_.suffix}" for format_ in FILES)
    return Problem(
        "not-found",
        Text(
            f"Det finns ingen /mappings.{suffix[:40]}. Det här finns: {there}.",
            f"There is no /mappings.{suffix[:40]}. There are: {there}.",
        ),
    )
