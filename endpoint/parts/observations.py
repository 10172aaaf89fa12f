"""The pages of data sets, series and observations, and the series on the pages of areas and sectors."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from rdflib import URIRef

from endpoint.aside import MUCH, aside
from endpoint.comparison import MOST_AREAS, areas_of, by_sector, sectors_of
from endpoint.dataset import Row, Term
from endpoint.documents.document import Document
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.parts.part import Part, Shown, sources_of
from endpoint.series import Series, Several, read_series
from endpoint.site import Site
from endpoint.value_tables import series_of
from loaders.countries import NATION
from ontology import iri
from ontology.namespaces import DCAT, DCTERMS, MG, QB, SKOS, SDMXDimension


async def _dataset(site: Site, document: Document) -> Shown:
    """What a data set is, what it lacks, and its series. Three queries, four where some of very many are drawn.

    Of a release without tables, one more.
    """
    values, named, concerned = await asyncio.gather(
        _values_of(site, document),
        site.select("pages/series-names", of=document.thing),
        document.select("pages/concerned", "dataset", MG.concernsObjective),
    )
    is_long = max(values.number, len(named)) > MUCH
    return await aside(lambda: _of_dataset(site, document, values, named, concerned), is_long=is_long)


class _Values(NamedTuple):
    """Series with their values, and the sources that state these."""

    series: Sequence[Series]
    sources: frozenset[URIRef]

    @property
    def number(self) -> int:
        """How many values they have."""
        return sum(len(each.values) for each in self.series)


def _of_dataset(site: Site, document: Document, values: _Values, named: list[Row], concerned: list[Row]) -> Shown:
    """The same of what was found: the values of its series, their names, and what it concerns."""
    several, further = _divided(site, values.series)
    key = document.key
    series = (*several.series, *further.series)
    context = {
        "most_compared": MOST_AREAS,
        "compared_as": key.key if key and by_sector(site, series) else None,
        "publisher": document.word(MG.publisherName),
        "actor": document.one(DCTERMS.publisher),
        "origin": document.word(MG.dataOrigin),
        "version": document.word(DCAT.version),
        "issued": document.word(MG.issuedMonth) or document.word(MG.issuedYear),
        "licence": document.word(DCTERMS.license),
        "attribution": document.word(MG.attribution),
        "notes": document.texts(DCTERMS.rights),
        "known": sorted(document.texts(SKOS.note)),
        "descriptions": document.texts(DCTERMS.description),
        "several": several,
        "further": further,
        "publication": (document.word(MG.publicationDay), document.word(MG.publicationPeriod)),
        "preliminary": document.word(MG.preliminaryPublicationDay),
        "is_emissions": several.is_of_emissions or further.is_of_emissions,
        "names": Names(read_labels(named) | read_labels(concerned, "objective", "objectiveLabel")),
        "objectives": _concerned(site, concerned, "objective"),
        "indicators": document.things(MG.valuesOf),
    }
    return Shown(context, values.sources | sources_of(concerned), is_long=values.number > MUCH)


async def _values_of(site: Site, document: Document) -> _Values:
    """The series of a data set, with all values; with the last of each where they are very many and none is drawn."""
    if len(document.things(QB.slice)) > _MOST_WHOLE:
        tell_their_years = (QB.Slice, site.local(MG.lastYear)) in site.having
        latest = "pages/latest-of-series" if tell_their_years else "pages/latest-of-earlier-series"
        rows = await site.select(latest, dataset=document.thing)
        series = await aside(lambda: read_series(rows), is_long=True)
        drawn, _ = _divided(site, series)
        if not drawn.series:
            return _Values(series, _stating(site, rows))
    stating, series = await asyncio.gather(
        site.select("pages/graphs-of-values", dataset=document.thing), series_of(site, document.thing)
    )
    return _Values(series, _stating(site, stating))


async def _slice(site: Site, document: Document) -> Shown:
    """A series with its chart and its values. Two queries; the first time of a data set one more."""
    rows, belongs = await asyncio.gather(
        site.select("pages/series", of=document.thing), site.select("pages/data-set-of", member=document.thing)
    )
    series = read_series(rows)
    context = {
        "series": series[0] if series else None,
        "comparable": await _is_comparable(site, series[0]) if series else False,
        "most_compared": MOST_AREAS,
        "belongs": _first(belongs),
        "names": Names(_of(belongs)),
        "missing": _missing(document),
    }
    return Shown(context, _stating(site, rows))


async def _observation(site: Site, document: Document) -> Shown:
    """A value among the others of its series. One query; two more for a series, one for a data set, that are new."""
    belongs = await site.select("pages/data-set-of", member=document.thing)
    of = next((row["series"] for row in belongs if "series" in row), None)
    around = await site.keep_lately(("around", of), lambda: _read_around(site, of)) if of else _Around()
    series = around.series
    context = {
        "value": next((each for each in series.values if each.observation == document.thing), None) if series else None,
        "series": series,
        "comparable": await _is_comparable(site, series) if series else False,
        "most_compared": MOST_AREAS,
        "belongs": _first(belongs),
        "names": Names(_of(belongs) | around.names),
    }
    return Shown(context, around.sources.get(document.thing, frozenset()))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around an observation: its series, what that is called, and the sources of each value."""

    series: Series | None = None
    names: Labels = field(default_factory=dict)
    sources: Mapping[URIRef, frozenset[URIRef]] = field(default_factory=dict)


async def _read_around(site: Site, of: Term) -> _Around:
    """A series for the pages of its observations. Two queries."""
    rows, named = await asyncio.gather(*(site.select(name, of=of) for name in ("pages/series", "pages/series-names")))
    by_member: dict[URIRef, list[Row]] = {}
    for row in rows:
        by_member.setdefault(URIRef(row["member"]), []).append(row)
    sources = {member: _stating(site, stated) for member, stated in by_member.items()}
    return _Around(next(iter(read_series(rows)), None), read_labels(named), sources)


async def _of_area(site: Site, document: Document) -> Shown:
    """The series of an area, each before that of the nation, and where it is compared with others. Three queries.

    The first time one more.
    """
    is_nation = document.thing == site.local(iri.mint("country", NATION))
    areas = [document.thing] if document.is_tied(*_AREA) else []
    nation = {} if is_nation else await site.once(_read_nation)
    shown, comparable = await asyncio.gather(_by_dataset(site, *areas, nation=nation), _beside_others(site, areas))
    return replace(shown, context={**shown.context, "comparable": comparable})


async def _beside_others(site: Site, areas: Iterable[URIRef]) -> set[tuple[URIRef, URIRef | None]]:
    """The data sets, and their sectors, that have values of areas and of others. One query for each area."""
    return {
        (URIRef(row["dataset"]), URIRef(row["sector"]) if "sector" in row else None)
        for area in areas
        for row in await site.select("pages/data-sets-beside-others", area=area)
    }


async def _is_comparable(site: Site, series: Series) -> bool:
    """Whether the area of a series can be compared with others. One query for each data set, asked only once."""
    return series.sector in (await sectors_of(site, series.dataset)).compared


async def _read_nation(site: Site) -> dict[URIRef, Series]:
    """The series of the nation by their data sets, those of both sexes together; none where it has several."""
    rows = await site.select("pages/series", of=site.local(iri.mint("country", NATION)))
    by_dataset: dict[URIRef, list[Series]] = {}
    for series in await aside(lambda: read_series(rows), is_long=len(rows) > MUCH):
        by_dataset.setdefault(series.dataset, []).append(series)
    return {dataset: found[NATION] for dataset, series in by_dataset.items() if (found := areas_of(site, series))}


async def _of_sector(site: Site, document: Document) -> Shown:
    """The series of a sector, by data set. Two queries."""
    return await _by_dataset(site, document.thing)


async def _of_indicator(site: Site, document: Document) -> Shown:
    """The series of the data sets of an indicator, the last of many only named. One query, and two for each."""
    rows = await document.select("pages/members-of", "whole", MG.valuesOf, property=site.local(MG.valuesOf))
    datasets = sorted({URIRef(row["member"]) for row in rows}, key=natural)
    shown = await _by_dataset(site, *datasets[:_MOST_DATA_SETS])
    rest = {"rest": datasets[_MOST_DATA_SETS:], "rest_names": Names(read_labels(rows, "member"))}
    return replace(shown, context={**shown.context, **rest})


async def _by_dataset(site: Site, *things: URIRef, nation: Mapping[URIRef, Series] | None = None) -> Shown:
    """The series of data sets, areas or sectors, those of a data set together. Two queries for each."""
    asked = [site.select(name, of=thing) for thing in things for name in ("pages/series", "pages/series-names")]
    answers = await asyncio.gather(*asked)
    rows, named = list(chain(*answers[::2])), list(chain(*answers[1::2]))
    return await aside(lambda: _grouped(site, rows, named, nation), is_long=max(len(rows), len(named)) > MUCH)


def _grouped(site: Site, rows: list[Row], named: list[Row], nation: Mapping[URIRef, Series] | None) -> Shown:
    """The same of the values of series and of what these are called."""
    by_dataset: dict[URIRef, list[Series]] = {}
    for series in read_series(rows):
        by_dataset.setdefault(series.dataset, []).append(series)
    groups = [(dataset, *_divided(site, series)) for dataset, series in by_dataset.items()]
    if nation:
        groups = [(dataset, _before(nation.get(dataset), drawn), rest) for dataset, drawn, rest in groups]
    is_long = len(groups) > _MOST_DATA_SETS
    context = {
        "groups": groups,
        "nation": nation,
        "comparable": set(),
        "compared": {dataset for dataset, series in by_dataset.items() if by_sector(site, series)},
        "most_compared": MOST_AREAS,
        "is_long": is_long,
        "is_emissions": any(some.is_of_emissions for _, *both in groups for some in both),
        "names": Names(read_labels(named)),
        "rest": [],
    }
    return Shown(context, _stating(site, rows), is_long=len(rows) > MUCH)


async def _of_objective(site: Site, document: Document) -> Shown:
    """The data sets that concern an objective, ours and those of others. One query."""
    rows = await document.select("pages/concerned", "objective", MG.concernsObjective)
    concerned = _concerned(site, rows, "dataset")
    publishers = {str(row["dataset"]): str(row["publisher"]) for row in rows}
    ours: list[tuple[URIRef, str, bool]] = []
    others: list[tuple[URIRef, str, bool]] = []
    for dataset, by_editors in concerned:
        key = site.key_of(dataset)
        (ours if key and key.kind == "dataset" else others).append((dataset, publishers[str(dataset)], by_editors))
    return Shown({"ours": ours, "others": others, "names": Names(read_labels(rows, "dataset"))}, sources_of(rows))


async def _external(site: Site, document: Document) -> Shown:
    """Where a dataset of others is, and what it concerns. One query."""
    rows = await document.select("pages/concerned", "dataset", MG.concernsObjective)

    context = {
        "publisher": document.word(MG.publisherName),
        "actor": document.one(DCTERMS.publisher),
        "format": document.word(MG.dataFormat),
        "page": document.word(DCAT.landingPage),
        "api": document.word(MG.apiAddress),
        "licence": document.word(DCTERMS.license),
        "names": Names(read_labels(rows, "objective", "objectiveLabel")),
        "objectives": _concerned(site, rows, "objective"),
    }
    return Shown(context, sources_of(rows))


def _divided(site: Site, series: Sequence[Series]) -> tuple[Several, Several]:
    """The series to draw; and, where they are very many, those of municipalities, which stand in a table alone."""
    if len(series) <= _MOST_DRAWN:
        return Several(tuple(series)), Several(())
    drawn: list[Series] = []
    further: list[Series] = []
    for each in series:
        key = site.key_of(each.area)
        (further if key and key.kind == "municipality" else drawn).append(each)
    return Several(tuple(drawn)), Several(tuple(further))


def _before(nation: Series | None, drawn: Several) -> Several:
    """A series alone before that of the nation, where that is of the same sex; several stand by themselves."""
    is_like = nation is not None and len(drawn.series) == 1 and drawn.series[0].sex == nation.sex
    return Several(drawn.series, behind=nation) if is_like else drawn


def _stating(site: Site, rows: Iterable[Row]) -> frozenset[URIRef]:
    """The sources that state the values of series, by the graphs that these stand in."""
    graphs = {str(row["graph"]) for row in rows}
    return frozenset(source for graph in graphs if (source := site.graphs[graph].source) is not None)


def _missing(document: Document) -> list[tuple[str, str]]:
    """The years for which the source gives a series no value, each with its word for that, if any."""
    words = dict(said.split(" ", 1) for said in map(str, document.texts(MG.statusInSource)))
    return [(year, words.get(year, "")) for year in sorted(str(when)[:4] for when in document.texts(MG.missingIn))]


def _concerned(site: Site, rows: Iterable[Row], variable: str) -> list[tuple[URIRef, bool]]:
    """The things that a variable names, each with whether only the editors state the link."""
    stated: dict[URIRef, set[str]] = {}
    for row in rows:
        stated.setdefault(URIRef(row[variable]), set()).add(str(row["source"]))
    editors = {str(site.editors)}
    return [(thing, stated[thing] == editors) for thing in sorted(stated, key=natural)]


def _of(belongs: list[Row]) -> Labels:
    return read_labels(belongs, "dataset")


def _first(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None


_MOST_DRAWN = 60
_MOST_WHOLE = 1000
_MOST_DATA_SETS = 12

_AREA = (SDMXDimension.refArea,)

DATASET = Part("dataset", ("dataset",), _dataset, told=(QB.dataSet,))
SLICE = Part("series", ("slice",), _slice)
OBSERVATION = Part("observation", ("observation",), _observation, told=(QB.observation,))
OF_AREA = Part("series-of", ("country", "county", "municipality"), _of_area, told=_AREA, is_of_values=True)
OF_SECTOR = Part("series-of", ("sector",), _of_sector, told=(MG.sector,))
OF_INDICATOR = Part("series-of", ("indicator",), _of_indicator, told=(MG.valuesOf,))
OF_OBJECTIVE = Part("data-on", ("objective",), _of_objective, told=(MG.concernsObjective,))
EXTERNAL = Part("external-dataset", ("external-dataset",), _external)
