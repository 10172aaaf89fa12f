"""The structures that data sets can have; `structures.ttl` says what each consists of, as the Data Cube defines it."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from rdflib import URIRef

from ontology.base import CANONICAL


class Structure(StrEnum):
    """What the observations of a data set are identified by."""

    AREA_YEAR = "area-year"
    AREA_YEAR_SECTOR = "area-year-sector"
    AREA_YEAR_SEX = "area-year-sex"

    @cached_property
    def iri(self) -> URIRef:
        """The structure definition."""
        return URIRef(f"{CANONICAL}def/structure/{self.value}")


class SliceKey(StrEnum):
    """What the observations of a series have in common."""

    AREA = "area"
    AREA_SECTOR = "area-sector"
    AREA_SEX = "area-sex"

    @cached_property
    def iri(self) -> URIRef:
        """The slice key."""
        return URIRef(f"{CANONICAL}def/slice-key/{self.value}")
