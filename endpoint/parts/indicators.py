"""What the pages tell of indicators: which goals they follow up, how fresh they are, and where they are kept.

That an indicator is overdue is derived, never stated: from how often its source says that it is updated, the day of
its latest update, and the date of the release. Where a source says neither, nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.evidence import through
from endpoint.lists import Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.mapping.stock import read_stock
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from ontology import iri
from ontology.kinds import FOLLOWED_KINDS
from ontology.namespaces import FOAF, MG
from ontology.schemes import IndicatorStatus, Resolution

_OF_GOALS = ("indicator_objectives", "nv_indicator_objectives")
"""The tables whose rows tie an indicator to goals."""

_FOLLOWING = (MG.indicatorOf, MG.mappingObject, MG.strandOf)
"""What leads to a goal from its indicators, from those proposed for it, and from its strands, which have their own."""


class Freshness(StrEnum):
    """How an indicator stands to its own cadence on the date of a release."""

    ENDED = "ended"
    NO_CADENCE = "no-cadence"
    NO_UPDATE = "no-update"
    OVERDUE = "overdue"
    ON_TIME = "on-time"


def freshness(has_ended: bool, cadence: int | None, updated: str | None, reference_date: str) -> Freshness:
    """Whether an update is due by a date: more months than the cadence have gone since the latest one."""
    if has_ended:
        return Freshness.ENDED
    if cadence is None:
        return Freshness.NO_CADENCE
    if updated is None:
        return Freshness.NO_UPDATE
    months = 12 * (int(reference_date[:4]) - int(updated[:4])) + int(reference_date[5:7]) - int(updated[5:7])
    is_over = months > cadence or (months == cadence and reference_date[8:10] > updated[8:10])
    return Freshness.OVERDUE if is_over else Freshness.ON_TIME


@dataclass(frozen=True, slots=True)
class Listed:
    """One indicator in a list, with what tells a reader whether it is the one to open."""

    indicator: URIRef
    system: URIRef | None
    resolutions: tuple[URIRef, ...]
    towards: URIRef | None = None  # the goal, where the list is of a goal and its strands
    mapping: URIRef | None = None  # where the indicator is only proposed
    is_by_editors: bool = False  # no source but the editors says that it belongs in the list


def read_indicators(rows: Iterable[Row], site: Site) -> list[Listed]:
    """The indicators in rows, one for each goal or proposal, in the order of their keys."""
    order = [site.local(iri.concept(member)) for member in Resolution]
    editors = str(site.editors)
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if "indicator" in row:
            found.setdefault((str(row["indicator"]), str(row.get("towards", ""))), []).append(row)

    def named(row: Row, variable: str) -> URIRef | None:
        return URIRef(row[variable]) if variable in row else None

    listed = [
        Listed(
            URIRef(same[0]["indicator"]),
            named(same[0], "system"),
            tuple(sorted({URIRef(row["resolution"]) for row in same if "resolution" in row}, key=order.index)),
            named(same[0], "towards"),
            named(same[0], "mapping"),
            {str(row["source"]) for row in same if "source" in row} == {editors},
        )
        for same in found.values()
    ]
    return sorted(listed, key=lambda one: (natural(str(one.indicator)), str(one.towards)))


async def _indicator(site: Site, document: Document) -> Shown:
    """The goals of an indicator, stated and proposed, and how fresh it is. One query."""
    rows = await document.select("pages/proposed-goals", "indicator", MG.mappingSubject)

    cadence, updated = document.word(MG.cadenceMonths), document.word(MG.updated)
    ended = str(site.local(iri.concept(IndicatorStatus.ENDED)))
    actors, suppliers = document.things(MG.supplier), document.texts(MG.supplierName)
    context = {
        "goals": sorted(document.things(MG.indicatorOf), key=natural),
        "main": document.one(MG.mainObjective),
        "is_by_editors": _is_by_editors(site, document),
        "proposed": {URIRef(row["goal"]): URIRef(row["mapping"]) for row in rows},
        "names": Names(read_labels(rows, "goal")),
        "freshness": freshness(
            document.word(MG.indicatorStatus) == ended, int(cadence) if cadence else None, updated, _reference(site)
        ),
        "cadence": cadence,
        "updated": updated,
        "newest": document.word(MG.newestPeriod),
        "system": document.one(MG.sourceSystem),
        "page": document.word(FOAF.page),
        "responsible": sorted(map(str, document.texts(MG.responsibleName))),
        "official": document.word(MG.isOfficialStatistics),
        "suppliers": suppliers,
        "supplier": actors[0] if len(actors) == len(suppliers) == 1 else None,
    }
    return Shown(context, sources_of(rows))


async def _indicators_of(site: Site, document: Document) -> Shown:
    """The indicators of a goal, and those that are only proposed for it. One query."""
    rows = await document.select("pages/indicators-of", "goal", *_FOLLOWING)
    listed = read_indicators(rows, site)
    context = {
        "indicators": [one for one in listed if one.mapping is None],
        "proposed": [one for one in listed if one.mapping is not None],
        "names": Names(read_labels(rows, "indicator") | read_labels(rows, "system", "systemLabel")),
    }
    return Shown(context, sources_of(rows))


async def _indicators_in(site: Site, document: Document) -> Shown:
    """The indicators that an information system keeps. One query."""
    rows = await document.select("pages/indicators-in", "system", MG.sourceSystem)
    return Shown(
        {"indicators": read_indicators(rows, site), "names": Names(read_labels(rows, "indicator"))}, sources_of(rows)
    )


async def _indicators_from(site: Site, document: Document) -> Shown:
    """The indicators that an actor supplies data for, and the systems that it operates. One query."""
    rows = await document.select("pages/indicators-from", "actor", MG.supplier, MG.operator)
    labels = read_labels([row for row in rows if "indicator" in row], "indicator")
    labels |= read_labels([row for row in rows if "system" in row], "system", "systemLabel")
    labels |= read_labels([row for row in rows if "operated" in row], "operated", "operatedLabel")
    context = {
        "indicators": read_indicators(rows, site),
        "systems": sorted({URIRef(row["operated"]) for row in rows if "operated" in row}),
        "names": Names(labels),
    }
    return Shown(context, sources_of(rows))


async def _evidence(site: Site, document: Document) -> Shown:
    """The links of the goals of an indicator to Agenda 2030. No query but the first time."""
    stock = await read_stock(site)
    goals = document.things(MG.indicatorOf)
    links = through(site, stock, goals)
    reasons = [stock.reasons[link.mapping] for _, found in links for link in found]
    sources = frozenset(source for reason in reasons for source in reason.sources)
    return Shown({"links": links, "names": stock.names, "are_several": len(goals) > 1}, sources)


def _is_by_editors(site: Site, document: Document) -> bool:
    """True where no source but the editors ties an indicator to its goals."""
    sources = {claim.source for claim in document.claims if claim.table in _OF_GOALS}
    return sources == {site.editors}


def _reference(site: Site) -> str:
    return str(site.release.record["referenceDate"])


INDICATOR = Part("indicator", ("indicator",), _indicator)
EVIDENCE = Part("evidence", ("indicator",), _evidence)
INDICATORS_OF = Part(
    "indicators-of", FOLLOWED_KINDS, _indicators_of, told=(MG.indicatorOf, MG.mainObjective, MG.mappingObject)
)
INDICATORS_IN = Part("indicators-in", ("information-system",), _indicators_in, told=(MG.sourceSystem,))
INDICATORS_FROM = Part("indicators-from", ("actor",), _indicators_from, told=(MG.supplier, MG.operator))
