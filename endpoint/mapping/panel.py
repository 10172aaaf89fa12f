"""The panel that says why a pair of goals is mapped, and what milestone targets and indicators add."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from endpoint.mapping.matrix import WHOLE, Cell, Link
from endpoint.mapping.reasons import Reason
from endpoint.mapping.selection import Selection
from endpoint.mapping.stock import Stock
from endpoint.site import Site
from ontology import iri


@dataclass(frozen=True, slots=True)
class Panel:
    """A chosen pair, its cell (None where nothing is registered) and why each of its links is there.

    Reasons that say why come before those that do not. `further` are the links of milestone targets and indicators
    that concern the objective, to the same goal.
    """

    whole: URIRef
    goal: URIRef
    cell: Cell | None
    reasons: tuple[Reason, ...]
    further: tuple[Link, ...]


def thing_of(row: str) -> URIRef:
    """The thing of a row of the matrix, on the canonical base."""
    return iri.mint("generational-goal" if row == WHOLE else "objective", row)


def tell(site: Site, stock: Stock, selection: Selection) -> Panel | None:
    """The panel of the chosen pair, None where none is chosen."""
    if selection.objective is None or selection.goal is None:
        return None
    whole, goal = site.local(thing_of(selection.objective)), iri.mint("sdg-goal", selection.goal)
    own = tuple(link for link in stock.in_matrix if selection.keeps(link))
    concerning = {mapping for mapping, of, only in stock.further if _concerns(site, of, whole) and only in {None, goal}}
    return Panel(
        whole,
        goal,
        Cell(selection.objective, selection.goal, own) if own else None,
        tuple(sorted((stock.reasons[link.mapping] for link in own), key=lambda reason: not reason.justifications)),
        tuple(
            link
            for link in stock.links
            if link.mapping in concerning and link.goal == selection.goal and selection.counts(link)
        ),
    )


def _concerns(site: Site, thing: URIRef, whole: URIRef) -> bool:
    """True for the row itself, and for a strand of the generational goal."""
    key = site.key_of(thing)
    return thing == whole or (key is not None and key.kind == "strand" and str(whole).endswith(WHOLE))
