"""The rows that Naturvårdsverket's environmental indicators API gives, and those of what is left out of a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import Literal

from loaders.datasets import DatasetTranslation
from loaders.indicator_updates import IndicatorUpdate
from loaders.indicators import (
    AboutIndicator,
    Indicator,
    IndicatorObjective,
    IndicatorResolution,
    IndicatorSupplier,
)
from loaders.live_series import LiveDataset, LiveSeries
from loaders.moments import Year
from loaders.row import Claim, Fact, Name, Refers, plain, text, year
from ontology import iri
from ontology.namespaces import DCTERMS, MG, SKOS, XSD
from ontology.schemes import Dpsir


class NvIndicatorRow(Indicator):
    """An indicator that the API alone has."""

    table = "nv_indicators"


class NvMark(AboutIndicator):
    """Its key, who is responsible for it, and whether it is official statistics."""

    table = "nv_indicator_marks"

    api_key: str | None
    responsible: Name | None
    is_official: bool | None

    def facts(self) -> Iterator[Fact]:
        """What the API says of each."""
        if self.api_key:
            yield self.says(MG.apiKey, plain(self.api_key), "api_key")
        if self.responsible:
            yield self.says(MG.responsibleName, plain(self.responsible), "responsible")
        if self.is_official is not None:
            official = Literal(str(self.is_official).lower(), datatype=XSD.boolean)
            yield self.says(MG.isOfficialStatistics, official, "is_official")


class NvObjective(IndicatorObjective):
    """A goal that it follows up, the main one or another."""

    table = "nv_indicator_objectives"


class NvDpsir(AboutIndicator):
    """A place of it in the chain from cause to answer; the API can give several."""

    table = "nv_indicator_dpsir"
    key_column = "dpsir"

    dpsir: Dpsir

    @property
    def key(self) -> str:
        """The indicator and the place."""
        return f"{self.indicator}--{self.dpsir}"

    def facts(self) -> Iterator[Fact]:
        """The place."""
        yield self.says(MG.dpsir, iri.concept(self.dpsir), "dpsir")


class NvResolution(IndicatorResolution):
    """A sort of territory that it has values of."""

    table = "nv_indicator_resolutions"


class NvSupplier(IndicatorSupplier):
    """Who supplies its data, in the words of the API."""

    table = "nv_indicator_suppliers"


class NvUpdate(IndicatorUpdate):
    """When it was last changed, and the newest year that it then had values of."""

    table = "nv_indicator_updates"


class NvNewest(AboutIndicator):
    """The newest year that it has values of, where when it was last changed is not said of it here."""

    table = "nv_newest_periods"

    newest_period: Year

    def facts(self) -> Iterator[Fact]:
        """The year."""
        yield self.says(MG.newestPeriod, year(self.newest_period), "newest_period")


class NvDataset(LiveDataset):
    """A variable of a data set of an indicator."""

    table = "nv_datasets"

    title_sv: Name
    indicator: Annotated[str, Refers("indicator")]

    def facts(self) -> Iterator[Fact]:
        """What every data set says, its title, and the indicator that it has the values of."""
        yield from super().facts()
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        yield self.says(MG.valuesOf, iri.mint("indicator", self.indicator), "indicator")


class NvTranslation(DatasetTranslation):
    """What it is called in English: by its numbers, for the API has no English titles."""

    table = "nv_translations"


class NvSeries(LiveSeries):
    """The values of a variable in an area, year by year."""

    table = "nv_series"

    title_sv: Name

    def facts_of_series(self) -> Iterator[Fact]:
        """What every series says, and its title."""
        yield from super().facts_of_series()
        yield self.says(SKOS.prefLabel, text(self.title_sv, "sv"), "title_sv")


class NvLeftOut(Claim):
    """Something in the API that is not in the release, and why; it says nothing there."""

    table = "nv_left_out"
    key_column = "what"

    address: str
    what: Name
    reason: Name

    @property
    def key(self) -> str:
        """Where the indicator is to be looked up, and what of it is left out."""
        return f"{self.address}: {self.what}"

    def facts(self) -> Iterator[Fact]:
        """Nothing."""
        yield from ()


class NvMatchProposal(AboutIndicator):
    """An indicator of the API with the name of one of ours: the editors say whether they are the same."""

    table = "nv_match_proposals"
    key_column = "api_key"

    api_key: str
    name_sv: Name

    @property
    def key(self) -> str:
        """The indicator and the key of the API."""
        return f"{self.indicator}--{self.api_key}"

    def facts(self) -> Iterator[Fact]:
        """Nothing, until it is decided."""
        yield from ()


TABLES = (
    NvIndicatorRow,
    NvMark,
    NvObjective,
    NvDpsir,
    NvResolution,
    NvSupplier,
    NvUpdate,
    NvNewest,
    NvDataset,
    NvTranslation,
    NvSeries,
)
"""The rows that the API gives, in the order in which they are given."""
