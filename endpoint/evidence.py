"""What indicators and data are evidence of: the goals that they follow up, and through their mappings Agenda 2030."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.lists import Names, read_labels
from endpoint.mapping.matrix import WHOLE, Link, counted, natural
from endpoint.mapping.panel import thing_of
from endpoint.mapping.stock import Stock
from endpoint.site import Site
from ontology import iri


@dataclass(frozen=True, slots=True)
class Evidence:
    """The indicators that values are of, the goals that are followed up, and the links of these by their SDG."""

    indicators: tuple[URIRef, ...]
    goals: tuple[tuple[URIRef, bool], ...]  # each with whether only the editors tie the data to it
    links: tuple[tuple[URIRef, list[Link]], ...]
    names: Names


def of_data(site: Site, stock: Stock, rows: Iterable[Row]) -> Evidence:
    """What a data set is evidence of, by rows of `pages/data-evidence`."""
    found = list(rows)
    stated: dict[URIRef, set[str]] = {}
    for row in found:
        if "goal" in row:
            stated.setdefault(URIRef(row["goal"]), set()).add(str(row.get("source", "")))
    labels = read_labels((row for row in found if "goal" in row), "goal", "goalLabel")
    labels |= read_labels((row for row in found if "indicator" in row), "indicator")
    indicators = {URIRef(row["indicator"]) for row in found if "indicator" in row}
    return Evidence(
        tuple(sorted(indicators, key=natural)),
        tuple((goal, stated[goal] == {str(site.editors)}) for goal in sorted(stated, key=natural)),
        through(site, stock, stated),
        Names({**stock.names.labels, **labels}),
    )


def through(site: Site, stock: Stock, goals: Iterable[URIRef]) -> tuple[tuple[URIRef, list[Link]], ...]:
    """The links that count of goals of ours, by the goal of Agenda 2030 that they lead to; strands with their whole."""
    ours = set(goals)
    whole = site.local(thing_of(WHOLE))
    by_goal: dict[int, list[Link]] = {}
    for link in counted(stock.links):
        if link.subject in ours or (link.row == WHOLE and whole in ours):
            by_goal.setdefault(link.goal, []).append(link)
    return tuple((site.local(iri.mint("sdg-goal", goal)), by_goal[goal]) for goal in sorted(by_goal))
