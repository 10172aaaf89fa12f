"""Which indicators of Naturvårdsverket's API are ones that other tables define, as the editors have compared them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator

from loaders.indicators import AboutIndicator
from loaders.row import Fact, Match, plain
from loaders.spelling import Spelt
from ontology.namespaces import MG


class NvMatch(AboutIndicator):
    """An indicator, a key of the API, and whether the two are the same; `none` where they only have the same name."""

    table = "nv_indicator_matches"
    key_column = "api_key"

    api_key: Annotated[
        str,
        Spelt(r"0|[1-9][0-9]*", "skriv indikatorns nummer i siffror", "write the number of the indicator in digits"),
    ]
    match: Match

    @property
    def key(self) -> str:
        """The indicator and the key of the API."""
        return f"{self.indicator}--{self.api_key}"

    @model_validator(mode="after")
    def _is_the_same_or_not(self) -> Self:
        if self.match is Match.CLOSE:
            raise ValueError("an indicator of the API is the same (exact) or not (none): a near one is none")
        return self

    def facts(self) -> Iterator[Fact]:
        """The key, as that of the same or of another indicator."""
        told = MG.apiKey if self.match is Match.EXACT else MG.apiKeyOfAnother
        yield self.says(told, plain(self.api_key), "api_key")
