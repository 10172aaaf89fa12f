"""Naturvårdsverket's environmental indicators API v1 as its OpenAPI description says, on this machine.

The description has two paths: the list of all indicators, with little of their data sets and with their presentations
only if asked for; and one indicator by its `Key`, with its data sets whole and without presentations. It has no pages,
and no rate. Chosen where it is silent: a key that no indicator has is answered with 400, as a key that is no number
(404 is not among its answers); with little of a data set means without `Locations`; XML names its elements as the
properties are named, and repeats an element for each of a list.

Every indicator is made by hand and every value made up by a rule: no answer of the real service could be had.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from tests.services.service import Answer, Request, Service, as_json, made_up, parts

Record = dict[str, object]

PLACES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Country": (("SE", "Sverige"),),
    "County": (("01", "Stockholms län"), ("12", "Skåne län"), ("25", "Norrbottens län")),
}
"""Made by hand: how the service writes the identifiers of places is not said in its description."""
MOST_INT32 = 2**31 - 1


def data_set(
    number: int, name: str, unit: str, level: str = "Country", years: Sequence[int] = range(2015, 2025)
) -> Record:
    """A data set made by hand, with two variables and values made up by a rule."""
    return {
        "Id": number,
        "ExternalId": 10_000 + number,
        "Name": name,
        "Unit": unit,
        "LocationType": level,
        "LocationTypeDisplayName": {"Country": "Land", "County": "Län"}[level],
        "LocationId": PLACES[level][0][0],
        "Responsible": "Påhittad Person",
        "ResponsibleEmail": "person@example.org",
        "Locations": [
            {
                "Name": place,
                "Id": code,
                "PresentationVariables": [
                    {
                        "Id": 100 * number + variable,
                        "Name": f"Påhittad variabel {variable}",
                        "ViewInVis": True,
                        "ExternalId": 1000 * number + variable,
                        "DataSeries": [
                            {"Label": str(year), "Value": made_up("nv", number, code, variable, year) % 10_000 / 100}
                            for year in years
                        ],
                    }
                    for variable in (1, 2)
                ],
            }
            for code, place in PLACES[level]
        ],
        "VisualizationTypes": [{"Type": "Line"}],
    }


def indicator(
    key: int, name: str, main: tuple[int, str], secondary: Sequence[tuple[int, str]] = (), **others: object
) -> Record:
    """An indicator made by hand, with every property of the description."""
    return {
        "Id": 500 + key,
        "Key": key,
        "Name": name,
        "ShortName": name[:30],
        "IngressText": "Påhittad för ett prov.",
        "IsOfficialStatistics": False,
        "Status": "Published",
        "DataSupplier": "Påhittad leverantör",
        "DataSupplierUrl": "https://example.org/",
        "Contact": "Påhittad Person",
        "ContactEmail": "person@example.org",
        "Responsible": "Påhittad Person",
        "ResponsibleOrganizationId": "1",
        "ResponsibleOrganizationName": "Naturvårdsverket",
        "ResponsibleOrganizationUrl": "https://www.naturvardsverket.se/",
        "LastChanged": "2026-04-01T08:30:00Z",
        "MainObjective": _objective(*main),
        "SecondaryObjectives": [_objective(*one) for one in secondary],
        "DPSIR": ["P"],
        "Presentations": [presentation(code, name, level, [key]) for level, code, name in _LEVELS],
        "DataSets": [data_set(key, f"{name}, riket", "ton"), data_set(key + 1, f"{name}, län", "ton", "County")],
        **others,
    }


def presentation(code: str, place: str, level: int, data_sets: Sequence[int]) -> Record:
    """A presentation made by hand."""
    return {
        "Name": f"Påhittad presentation, {place}",
        "Responsible": "Påhittad Person",
        "ResponsibleEmail": "person@example.org",
        "Location": place,
        "LocationId": code,
        "Level": level,
        "IndicatorText": "Påhittad text.",
        "ImmersiveText": "Påhittad längre text.",
        "MethodText": "Påhittad metod.",
        "LocalizedTexts": [
            {
                "Location": place,
                "LocationId": code,
                "IaCode": "1",
                "IndicatorText": "Påhittad text.",
                "ImmersiveText": "Påhittad längre text.",
                "MethodText": "Påhittad metod.",
            }
        ],
        "DataSetIds": list(data_sets),
    }


_LEVELS = ((1, "SE", "Sverige"), (2, "12", "Skåne län"))


def _objective(number: int, name: str) -> Record:
    return {"Name": name, "Id": number, "Type": "Miljökvalitetsmål"}


INDICATORS: tuple[Record, ...] = (
    indicator(50, "Påhittad indikator om luft", (2, "Frisk luft"), [(1, "Begränsad klimatpåverkan")], DPSIR=["S", "I"]),
    indicator(60, "Påhittad indikator om skog", (12, "Levande skogar"), IsOfficialStatistics=True),
)


@dataclass
class EnvironmentalIndicators(Service):
    """The service, with the indicators it has."""

    indicators: Sequence[Record] = field(default_factory=lambda: list(INDICATORS))

    def answer(self, request: Request) -> Answer:
        """The two paths of the description; anything else is outside it."""
        if request.method not in {"GET", "HEAD"}:
            self.breach(request, "method", request.method)
            return Answer(405, b"")
        match parts(request.path, "/api/v1/"):
            case ["indicators"]:
                return self._list(request)
            case ["indicators", key]:
                for name in request.parameters:
                    self.breach(request, "parameter", name)
                return self._one(request, key)
        self.breach(request, "path", request.path)
        return Answer(404, b"")

    def _list(self, request: Request) -> Answer:
        asked = request.parameters.get("includePresentations", "false").casefold()
        for name in request.parameters.keys() - {"includePresentations"}:
            self.breach(request, "parameter", name)
        if asked not in {"true", "false"}:
            self.breach(request, "parameter", f"includePresentations={asked}")
            return Answer(500, b"")  # the list has no 400 among its answers
        left_out = set() if asked == "true" else {"Presentations"}
        few = [
            {
                name: _short(value) if name == "DataSets" else value
                for name, value in one.items()
                if name not in left_out
            }
            for one in self.indicators
        ]
        return _in_format(request, few)

    def _one(self, request: Request, key: str) -> Answer:
        if not key.isascii() or not key.isdigit() or int(key) > MOST_INT32:
            self.breach(request, "path", f"{key!r} is no int32")
            return Answer(400, b"")
        found = next((one for one in self.indicators if one["Key"] == int(key)), None)
        if found is None:
            return Answer(400, b"")
        return _in_format(request, {name: value for name, value in found.items() if name != "Presentations"})


def _short(data_sets: object) -> list[Record]:
    assert isinstance(data_sets, list)
    return [{name: value for name, value in one.items() if name != "Locations"} for one in data_sets]


def _in_format(request: Request, value: object) -> Answer:
    """JSON, or XML where the reader asks for XML alone."""
    accepted = request.headers.get("accept", "*/*")
    if "xml" in accepted and "json" not in accepted and "*/*" not in accepted:
        root = ET.Element("ArrayOfIndicator" if isinstance(value, list) else "Indicator")
        _element(root, {"Indicator": value} if isinstance(value, list) else value)
        return Answer(200, ET.tostring(root, "utf-8", xml_declaration=True), "application/xml; charset=utf-8")
    return as_json(value)


def _element(parent: ET.Element, value: object) -> None:
    if isinstance(value, dict):
        for name, of in value.items():
            for one in of if isinstance(of, list) else [of]:
                _element(ET.SubElement(parent, name), one)
    elif value is not None:
        parent.text = value if isinstance(value, str) else json.dumps(value)
