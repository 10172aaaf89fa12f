"""The links between our goals and those of Agenda 2030, on the pages of both; proposals stand apart."""

from __future__ import annotations

from endpoint.documents.document import Document
from endpoint.mapping.exports import sssom_row
from endpoint.mapping.matrix import WHOLE, Link, arrange, counted, waiting
from endpoint.mapping.panel import thing_of
from endpoint.mapping.reasons import Reason, read_reason
from endpoint.mapping.stock import Stock, read_stock
from endpoint.parts.part import Part, Shown
from endpoint.site import Site
from loaders.proposals import OBJECT_KINDS, SUBJECT_KINDS
from ontology import iri
from ontology.kinds import MAPPED_KINDS
from ontology.namespaces import MG


async def _links_to_goals(site: Site, document: Document) -> Shown:
    """The links of a goal of ours, and of its strands, by the goals of Agenda 2030 they lead to.

    No query but the first time.
    """
    stock = await read_stock(site)
    is_whole = document.thing == site.local(thing_of(WHOLE))
    links = stock.of_whole if is_whole else stock.from_subject.get(document.thing, [])
    context = {
        "goals": [(iri.mint("sdg-goal", cell.goal), cell) for cell in arrange(links).cells.values()],
        "proposed": waiting(links),
        "names": stock.names,
    }
    return Shown(context, stock.stating(links))


async def _links_to_ours(site: Site, document: Document) -> Shown:
    """The links to a goal or target of Agenda 2030 from what the matrix has rows for, and from others.

    Those to the goal that a target belongs to, as a whole, stand apart. No query but the first time.
    """
    stock = await read_stock(site)
    key = document.key
    is_goal = key is not None and key.kind == "sdg-goal"
    links = stock.to_goal.get(int(key.key), []) if key and is_goal else stock.to_object.get(document.thing, [])
    above = iri.mint("sdg-goal", key.key.partition(".")[0]) if key and not is_goal else None
    whole = [link for link in counted(stock.to_object.get(above, [])) if link.in_matrix] if above else []
    context = {
        "links": [link for link in counted(links) if link.in_matrix],
        "whole": whole,
        "further": _by_kind([link for link in counted(links) if not link.in_matrix], site),
        "proposed": waiting(links),
        "names": stock.names,
    }
    return Shown(context, stock.stating([*links, *whole]))


async def _resting(site: Site, document: Document) -> Shown:
    """The mappings whose justification rests on the thing. No query but the first time."""
    stock = await read_stock(site)
    links = stock.resting.get(document.thing, [])
    return Shown({"links": links, "names": stock.names}, stock.stating(links))


def _by_kind(links: list[Link], site: Site) -> dict[str, list[Link]]:
    """The links from what the matrix has no rows for, by kind in the order of the kinds."""
    found: dict[str, list[Link]] = {}
    for link in links:
        key = site.key_of(link.subject)
        found.setdefault(key.kind if key else "", []).append(link)
    return {kind: found[kind] for kind in MAPPED_KINDS if kind in found}


async def _reason(site: Site, document: Document) -> Shown:
    """A mapping with its justification and what it rests on, and as a row of SSSOM. No query but the first time."""
    stock = await read_stock(site)
    reason = stock.reasons.get(document.thing) or read_reason(site, document.graph, document.thing)
    is_within = reason is not None and reason.relation == site.local(MG.indicatorOf)
    context = {
        "reason": reason,
        "is_within": is_within,
        "can_be_changed": reason is not None and _can_be_proposed(site, reason),
        "row": _as_row(site, stock, reason) if reason else None,
    }
    return Shown(context)


def _as_row(site: Site, stock: Stock, reason: Reason) -> dict[str, str] | None:
    """What the SSSOM of the mapping has in the row of one; None for what is not in it."""
    link = stock.of_mapping.get(reason.mapping)
    if link is None or not link.in_matrix:
        return None
    names = (stock.names(end, "en") for end in (link.subject, link.object))
    subject, towards = (label.text if label and label.language == "en" else "" for label in names)
    return sssom_row(site, link, reason, subject, towards)


def _can_be_proposed(site: Site, reason: Reason) -> bool:
    """True where a reader can propose something else of the same two."""
    subject, towards = (site.key_of(end) for end in (reason.subject, reason.object))
    return bool(subject and towards and subject.kind in SUBJECT_KINDS and towards.kind in OBJECT_KINDS)


_TELLING_FIRST = ("generational-goal", "objective")
"""Kinds of things whose pages tell what these are mapped to before how they are followed up."""

GOALS_OF_OBJECTIVES = Part("links-to-goals", _TELLING_FIRST, _links_to_goals, told=(MG.mappingSubject,))
LINKS_TO_GOALS = Part(
    "links-to-goals",
    tuple(kind for kind in MAPPED_KINDS if kind not in _TELLING_FIRST),
    _links_to_goals,
    told=(MG.mappingSubject,),
)
LINKS_TO_OURS = Part(
    "links-to-ours",
    ("sdg-goal", "sdg-target"),
    _links_to_ours,
    told=(MG.mappingObject, MG.contributesTo, MG.dependsOn, MG.measuredTogether),
)
RESTING = Part("resting", ("specification", "milestone-target", "sdg-indicator"), _resting, told=(MG.restsOn,))
REASON = Part("reason", ("mapping",), _reason)
