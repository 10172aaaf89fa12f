"""The areas that observations are about: always territory, named by a code that tells which sort it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from rdflib import URIRef

from loaders.counties import County
from loaders.countries import NATION
from loaders.municipalities import Municipality
from loaders.row import Reference, Row
from loaders.spelling import Spelt
from ontology import iri

Area = Annotated[
    str,
    Spelt(
        rf"{NATION}|[0-9]{{2}}|[0-9]{{4}}",
        "skriv SE, länets två siffror eller kommunens fyra",
        "write SE, the two digits of a county or the four of a municipality",
    ),
]
"""SE for the country, the two digits of a county, the four of a municipality."""

_KINDS = {NATION: "country", 2: "county", 4: "municipality"}


def _kind(area: str) -> str:
    return _KINDS.get(area) or _KINDS[len(area)]


def area_iri(area: str) -> URIRef:
    """The territory with that code."""
    return iri.mint(_kind(area), area)


def area_reference(area: str) -> Reference:
    """The territory that the cell `area` names by its code."""
    return Reference("area", _kind(area), area)


def names_of_territory(rows: Iterable[Row]) -> dict[str, str]:
    """What the nation, the counties and the municipalities that rows define are called, by their codes."""
    return {row.key: row.name_sv for row in rows if isinstance(row, County | Municipality)} | {NATION: "Sverige"}
