"""What the UN's taxonomy adds to the pages of Agenda 2030: wordings, indicators, series, links, differing codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Literal, URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.site import Site
from endpoint.words.united_nations import LANGUAGES
from ontology.description import NEIGHBOURS, Neighbour
from ontology.namespaces import DCAT, DCTERMS, MG, SDGO, SKOS

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A thing of others: the data that it is in, where these are known, and its name there."""

    iri: URIRef
    neighbour: Neighbour | None
    name: str


@dataclass(frozen=True, slots=True)
class UnIndicator:
    """An indicator of the UN in a list."""

    indicator: URIRef
    codes: tuple[str, ...]
    only_in_taxonomy: tuple[str, ...]
    tiers: tuple[URIRef, ...]
    agencies: tuple[str, ...]
    series: tuple[URIRef, ...]
    relations: tuple[URIRef, ...]


def elsewhere(things: Iterable[URIRef]) -> list[Elsewhere]:
    """Things of others by what they are called there, those of one dataset together."""
    found = []
    for thing in things:
        neighbour = next((one for one in NEIGHBOURS if thing.startswith(one.space)), None)
        found.append(Elsewhere(thing, neighbour, thing.removeprefix(neighbour.space) if neighbour else str(thing)))
    return sorted(found, key=lambda one: (one.neighbour.key if one.neighbour else "", natural(one.name)))


def read_un_indicators(rows: Iterable[Row]) -> list[UnIndicator]:
    """The indicators in rows, in the order of their codes."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["indicator"]), []).append(row)
    listed = [
        UnIndicator(
            URIRef(indicator),
            _texts(same, "code"),
            _texts(same, "only"),
            _things(same, "tier"),
            _texts(same, "agency"),
            _things(same, "series"),
            _things(same, "relation"),
        )
        for indicator, same in found.items()
    ]
    return sorted(listed, key=lambda one: natural(one.codes[0] if one.codes else str(one.indicator)))


def _texts(rows: Iterable[Row], variable: str) -> tuple[str, ...]:
    return tuple(sorted({str(row[variable]) for row in rows if variable in row}, key=natural))


def _things(rows: Iterable[Row], variable: str) -> tuple[URIRef, ...]:
    return tuple(sorted({URIRef(row[variable]) for row in rows if variable in row}, key=natural))


def _in_english_first(texts: Iterable[Literal]) -> list[Literal]:
    return sorted(texts, key=lambda text: (text.language != _ENGLISH, text.language or "", str(text)))


def _links(document: Document) -> dict[str, object]:
    return {
        "matches": elsewhere(document.things(SKOS.exactMatch)),
        "subjects": elsewhere(document.things(DCTERMS.subject)),
        "languages": LANGUAGES,
    }


async def _wording(site: Site, document: Document) -> Shown:
    """How the UN words a goal or target, and where else it and its subjects are found. No query."""
    context = {
        "wordings": _in_english_first(document.texts(MG.officialLabel)),
        "in_doubt": _in_english_first(document.texts(MG.labelAmongSeveral)),
        **_links(document),
    }
    return Shown(context)


async def _indicators_of_target(site: Site, document: Document) -> Shown:
    """The UN's indicators of a target, with how many series each has. One query."""
    rows = await document.select("pages/un-indicators-of", "target", SDGO.isIndicatorOf)
    context = {"indicators": read_un_indicators(rows), "names": Names(read_labels(rows, "indicator"))}
    return Shown(context, sources_of(rows))


async def _of_listed(site: Site, document: Document) -> Shown:
    """The UN's indicators that a listed indicator is compared with, and their series. One query."""
    is_described = site.holds("un-indicator")  # else what it is compared with is in the taxonomy alone
    rows = await document.select("pages/un-indicators-of-listed", "listed", *_COMPARED) if is_described else []
    found = read_un_indicators(rows)
    other = site.local(MG.sameCodeInTaxonomy)
    context = {
        "matched": [one for one in found if other not in one.relations],
        "others": [one for one in found if other in one.relations],
        "missing": document.word(MG.notInTaxonomyOf),
        "notation": SKOS.notation,
        "names": Names(_names(rows)),
    }
    return Shown(context, sources_of(rows))


async def _indicator(site: Site, document: Document) -> Shown:
    """What the taxonomy says of an indicator, its series, and where the framework lists it. One query."""
    rows = await document.select("pages/un-indicator", "indicator", SDGO.isSeriesOf, *_COMPARED)
    listed: dict[URIRef, URIRef] = {URIRef(row["listed"]): URIRef(row["relation"]) for row in rows if "listed" in row}
    context = {
        "targets": sorted(document.things(SDGO.isIndicatorOf), key=natural),
        "codes": sorted(map(str, document.texts(MG.taxonomyCode)), key=natural),
        "only": sorted(map(str, document.texts(MG.codeOnlyInTaxonomy)), key=natural),
        "day": document.word(MG.inTaxonomyOf),
        "tiers": document.things(MG.tier),
        "agencies": sorted(map(str, document.texts(SDGO.custodianAgency)), key=natural),
        "in_doubt": _in_english_first(document.texts(MG.labelAmongSeveral)),
        "other_languages": [text for text in document.texts(SKOS.prefLabel) if text.language != _ENGLISH],
        "series": _things(rows, "series"),
        "listed": sorted(listed.items(), key=lambda pair: natural(str(pair[0]))),
        "same": site.local(SKOS.exactMatch),
        "close": site.local(SKOS.closeMatch),
        "names": Names(_names(rows) | read_labels((row for row in rows if "listed" in row), "listed", "listedLabel")),
        **_links(document),
    }
    return Shown(context, sources_of(rows))


async def _series(site: Site, document: Document) -> Shown:
    """What the taxonomy says of a series. No query."""
    context = {
        "indicators": document.things(SDGO.isSeriesOf),
        "editions": sorted(map(str, document.texts(DCAT.version))),
        "day": document.word(MG.inTaxonomyOf),
        **_links(document),
    }
    return Shown(context)


def _names(rows: Iterable[Row]) -> Labels:
    """The names of the indicators and of the series in rows."""
    found = list(rows)
    of_series = read_labels((row for row in found if "series" in row), "series", "seriesLabel")
    return read_labels((row for row in found if "indicator" in row), "indicator") | of_series


_COMPARED = (SKOS.exactMatch, SKOS.closeMatch, MG.sameCodeInTaxonomy)
"""What leads from a listed indicator to one of the taxonomy: how near the two are."""

WORDING = Part("un-wording", ("sdg-goal", "sdg-target"), _wording)
INDICATORS_OF_TARGET = Part("un-indicators-of", ("sdg-target",), _indicators_of_target, told=(SDGO.isIndicatorOf,))
OF_LISTED = Part("un-indicators-of-listed", ("sdg-indicator",), _of_listed)
INDICATOR = Part(
    "un-indicator",
    ("un-indicator",),
    _indicator,
    told=(SDGO.isSeriesOf, *_COMPARED),
)
SERIES = Part("un-series", ("un-series",), _series)
