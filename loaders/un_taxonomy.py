"""What the UN's taxonomy adds: wordings of goals and targets, indicators, series, and where its codes are others.

It is joined to the tables by code. A code that only one of the two has, or that stands for something else in each, is
said to be so; a goal or target that only one has stops the reading, since these are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache

from rdflib import URIRef

from loaders.live import LiveSource
from loaders.live_series import on_lines
from loaders.row import Claim, Day, Fact, Match, Name, Reference, Row, day, plain, text
from loaders.sdg_goals import AboutGoal, Goal
from loaders.sdg_indicators import IndicatorIri, ListedIndicator
from loaders.sdg_targets import AboutTarget, Target
from loaders.sources import EDITORS
from loaders.un_taxonomy_files import Described, Taxonomy, Wording, read_taxonomy
from ontology import iri
from ontology.namespaces import DCAT, DCTERMS, MG, RDF, SDG, SDGO, SKOS
from ontology.schemes import Confidence, UnTier

_SHARED = ("names", "in_doubt", "matches", "subjects", "source_id", "confidence")


class _Said(Claim):
    """What the taxonomy says of anything: names, and links to data of others."""

    names: tuple[Wording, ...]
    in_doubt: tuple[Wording, ...]
    matches: tuple[str, ...]
    subjects: tuple[str, ...]

    @classmethod
    @cache
    def columns(cls) -> tuple[str, ...]:
        """The columns of the table; what is said of anything comes after what it is."""
        columns = super().columns()
        return (*(name for name in columns if name not in _SHARED), *(name for name in columns if name in _SHARED))

    def said(self, naming: URIRef) -> Iterator[Fact]:
        """The names, by the property that names such a thing, and the links."""
        for wording in self.names:
            yield self.says(naming, text(wording.text, wording.language), "names")
        for wording in self.in_doubt:
            yield self.says(MG.labelAmongSeveral, text(wording.text, wording.language), "in_doubt")
        for match in self.matches:
            yield self.says(SKOS.exactMatch, URIRef(match), "matches")
        for subject in self.subjects:
            yield self.says(DCTERMS.subject, URIRef(subject), "subjects")


class UnGoal(_Said, AboutGoal):
    """What the taxonomy says of a goal."""

    table = "un_goals"
    key_column = "goal"

    others: tuple[Wording, ...]

    def facts(self) -> Iterator[Fact]:
        """Its wording, its shorter names and its links."""
        yield from self.said(MG.officialLabel)
        for wording in self.others:
            yield self.says(SKOS.altLabel, text(wording.text, wording.language), "others")


class UnTarget(_Said, AboutTarget):
    """What the taxonomy says of a target."""

    table = "un_targets"
    key_column = "target"

    def facts(self) -> Iterator[Fact]:
        """Its wording and its links."""
        yield from self.said(MG.officialLabel)


class _Own(_Said):
    """A thing that the taxonomy alone has."""

    key_column = "code"

    code: Name
    taxonomy: Day

    @property
    def key(self) -> str:
        """The code that stays: `C200303` of an indicator, `SI_POV_DAY1` of a series."""
        return self.code

    def own(self, cls: URIRef) -> Iterator[Fact]:
        """What it is, its code, the day of the taxonomy, its names and links."""
        yield self.says(RDF.type, cls, "code")
        yield self.says(SKOS.notation, plain(self.code), "code")
        yield self.says(MG.inTaxonomyOf, day(self.taxonomy), "taxonomy")
        yield from self.said(SKOS.prefLabel)


class UnIndicator(_Own):
    """An indicator of the UN."""

    table = "un_indicators"
    defines = "un-indicator"

    targets: tuple[str, ...]
    codes: tuple[str, ...]
    tiers: tuple[UnTier, ...]
    agencies: tuple[str, ...]

    def references(self) -> Iterator[Reference]:
        """The source and the targets."""
        yield from super().references()
        yield from (Reference("targets", "sdg-target", target) for target in self.targets)

    def facts(self) -> Iterator[Fact]:
        """What it is, its codes, its targets, its names, its tiers and custodians."""
        yield from self.own(SDGO.Indicator)
        for target in self.targets:
            yield self.says(SDGO.isIndicatorOf, iri.mint("sdg-target", target), "targets")
        for code in self.codes:
            yield self.says(MG.taxonomyCode, plain(code), "codes")
        for tier in self.tiers:
            yield self.says(MG.tier, iri.concept(tier), "tiers")
        for agency in self.agencies:
            yield self.says(SDGO.custodianAgency, plain(agency), "agencies")


class UnSeries(_Own):
    """A series of the UN's database."""

    table = "un_series"
    defines = "un-series"

    indicators: tuple[str, ...]
    editions: tuple[str, ...]

    def references(self) -> Iterator[Reference]:
        """The source and the indicators."""
        yield from super().references()
        yield from (Reference("indicators", "un-indicator", indicator) for indicator in self.indicators)

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, its indicators, its name, and the edition of the database."""
        yield from self.own(SDGO.Series)
        for indicator in self.indicators:
            yield self.says(SDGO.isSeriesOf, iri.mint("un-indicator", indicator), "indicators")
        for edition in self.editions:
            yield self.says(DCAT.version, plain(edition), "editions")


class Difference(StrEnum):
    """How a code stands in the taxonomy and in the framework."""

    ONLY_IN_TAXONOMY = "only in the taxonomy"
    ONLY_IN_FRAMEWORK = "only in the framework"
    SOMETHING_ELSE = "something else in each"


class UnCode(Claim):
    """A code that is not the same in the taxonomy and in a version of the framework, as we have compared them."""

    table = "un_code_differences"
    key_column = "code"

    code: Name
    framework: str | None
    indicator: str | None
    difference: Difference
    taxonomy: Day

    @property
    def key(self) -> str:
        """`2020-13.2.1`: the version and the code; the code alone where no version lists it."""
        return "-".join(filter(None, (self.framework, self.code)))

    @property
    def subject(self) -> URIRef:
        """The listed indicator; where no version lists the code, the UN's."""
        if self.framework is None:
            return iri.mint("un-indicator", self.indicator or "")
        return iri.mint("sdg-indicator", self.key)

    def references(self) -> Iterator[Reference]:
        """The source, the listed indicator and the UN's."""
        yield from super().references()
        if self.framework:
            yield Reference("code", "sdg-indicator", self.key)
        if self.indicator:
            yield Reference("indicator", "un-indicator", self.indicator)

    def facts(self) -> Iterator[Fact]:
        """How they differ."""
        match self.difference:
            case Difference.ONLY_IN_TAXONOMY:
                yield self.says(MG.codeOnlyInTaxonomy, plain(self.code), "code")
            case Difference.ONLY_IN_FRAMEWORK:
                yield self.says(MG.notInTaxonomyOf, day(self.taxonomy), "taxonomy")
            case Difference.SOMETHING_ELSE:
                other = iri.mint("un-indicator", self.indicator or "")
                yield self.says(MG.sameCodeInTaxonomy, other, "indicator")


TABLES: tuple[type[Row], ...] = (UnGoal, UnTarget, UnIndicator, UnSeries, UnCode)
"""The rows that the taxonomy gives."""


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """The rows that the files of the taxonomy give, joined to the goals, targets and indicators of some rows.

    Raises ValueError with the address and the first fault.
    """
    taxonomy, tables = read_taxonomy(source, answers), list(rows)
    _compare("sdg-goal", "sdg_goals", taxonomy.goals, {row.key for row in tables if isinstance(row, Goal)})
    targets = {row.key: row.goal for row in tables if isinstance(row, Target)}
    _compare("sdg-target", "sdg_targets", taxonomy.targets, targets.keys())
    for key, target in taxonomy.targets.items():
        if target.above != (targets[key],):
            raise ValueError(f"the target {key} belongs to {' and '.join(target.above)}, and to {targets[key]} here")
    return [
        *on_lines(_goal(source, one) for one in taxonomy.goals.values()),
        *on_lines(_target(source, one) for one in taxonomy.targets.values()),
        *on_lines(_indicator(source, one, taxonomy) for one in taxonomy.indicators.values()),
        *on_lines(_series(source, one, taxonomy) for one in taxonomy.series.values()),
        *on_lines(_differences(taxonomy, tables)),
    ]


def _compare(kind: str, table: str, there: Mapping[str, Described], here: Iterable[str]) -> None:
    """Raise ValueError where the taxonomy and the tables have not the same goals, or targets."""
    for key in sorted(there.keys() - set(here)):
        raise ValueError(f"<{SDG}{key}> is no {kind} of {table}.csv; add it there first, with its titles")
    for key in sorted(set(here) - there.keys()):
        raise ValueError(f"the {kind} {key} of {table}.csv is not in the taxonomy: is the file whole?")


def _differences(taxonomy: Taxonomy, tables: Iterable[Row]) -> Iterator[UnCode]:
    """A row for each code that is not the same in the taxonomy and in a version of the framework."""
    known = {code: key for key, one in taxonomy.indicators.items() for code in one.codes}
    listed = {row.key: row for row in tables if isinstance(row, ListedIndicator)}
    compared = {row.indicator: row for row in tables if isinstance(row, IndicatorIri)}

    def row(code: str, framework: str | None, difference: Difference) -> UnCode:
        return UnCode(
            code=code,
            framework=framework,
            indicator=known.get(code),
            difference=difference,
            taxonomy=taxonomy.changed,
            source_id=EDITORS,
            confidence=Confidence.LIKELY,
        )

    for code in sorted(known.keys() - {one.code for one in listed.values()}):
        yield row(code, None, Difference.ONLY_IN_TAXONOMY)
    for key, one in sorted(listed.items()):
        if one.code not in known:
            yield row(one.code, one.framework, Difference.ONLY_IN_FRAMEWORK)
        elif key in compared and _is_something_else(compared[key], known[one.code]):
            yield row(one.code, one.framework, Difference.SOMETHING_ELSE)


def _is_something_else(compared: IndicatorIri, indicator: str) -> bool:
    """True where the editors found no match for a listed indicator, or another than the UN's of the same code."""
    return compared.match is Match.NONE or compared.un_iri != str(iri.mint("un-indicator", indicator))


def _goal(source: LiveSource, one: Described) -> UnGoal:
    return UnGoal(goal=one.key, others=one.others, **_common(source, one))


def _target(source: LiveSource, one: Described) -> UnTarget:
    return UnTarget(target=one.key, **_common(source, one))


def _indicator(source: LiveSource, one: Described, taxonomy: Taxonomy) -> UnIndicator:
    return UnIndicator(
        code=one.key,
        targets=one.above,
        codes=one.codes,
        tiers=one.tiers,
        agencies=one.agencies,
        taxonomy=taxonomy.changed,
        **_common(source, one),
    )


def _series(source: LiveSource, one: Described, taxonomy: Taxonomy) -> UnSeries:
    return UnSeries(
        code=one.key,
        indicators=one.above,
        editions=one.editions,
        taxonomy=taxonomy.changed,
        **_common(source, one),
    )


def _common(source: LiveSource, one: Described) -> dict[str, object]:
    return {
        "names": one.names,
        "in_doubt": one.in_doubt,
        "matches": one.matches,
        "subjects": one.subjects,
        "source_id": source.id,
        "confidence": Confidence.CERTAIN,
    }
