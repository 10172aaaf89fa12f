"""Kolada's API v3 as its description says, on this machine.

Written from RKA's description of the interface (github.com/Hypergene/kolada), the shape of an answer of v3, real
answers of `/kpi` and `/municipality` of April 2026, and the limits that its users tell of: 5,000 a page, 25 identifiers
in a list of the path, about 5 calls a second. Chosen where those are silent: a list that is too long and a page that is
too large are answered with 400, an identifier that is unknown is left out of the answer.

Every value is made up by a rule of what it is of; the key figures, groups and units below are made by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from urllib.parse import urlencode

from tests.services.service import Answer, Rate, Request, Service, as_json, made_up, parts

MOST_IN_LIST = 25
MOST_ON_PAGE = 5000
PARAMETERS = {"page", "per_page", "title", "municipality", "from_date"}

Record = dict[str, object]

NATION: Record = {"id": "0000", "title": "Riket", "type": "L"}
AREAS: tuple[Record, ...] = (
    NATION,
    {"id": "0001", "title": "Region Stockholm", "type": "L"},
    {"id": "0009", "title": "Region Gotland", "type": "L"},
    {"id": "0180", "title": "Stockholm", "type": "K"},
    {"id": "0980", "title": "Gotland", "type": "K"},
    {"id": "1480", "title": "Göteborg", "type": "K"},
)
"""Some of the areas of the real answer."""

GROUPS: tuple[Record, ...] = (
    {"id": "G900001", "title": "Två kommuner (påhittad grupp)", "members": [{"id": "0180", "title": "Stockholm"}]},
)
"""Made by hand. Values of groups are mixed into every answer that is not asked of named areas."""


def key_figure(identifier: str, **others: object) -> Record:
    """A key figure made by hand, with the fields of the real ones."""
    return {
        "id": identifier,
        "title": f"Påhittat nyckeltal {identifier}, andel (%)",
        "description": "Påhittat för ett prov. Källa: ingen.",
        "is_divided_by_gender": False,
        "municipality_type": "K",
        "auspice": None,
        "operating_area": "Miljö",
        "perspective": "Kvalitet och resultat",
        "prel_publication_date": None,
        "publication_date": "2027-03-31",
        "publ_period": "2026",
        "has_ou_data": False,
        **others,
    }


def real(file: Path) -> list[Record]:
    """The records of a real answer that was saved."""
    return list(json.loads(file.read_text(encoding="utf-8"))["values"])


@dataclass
class Kolada(Service):
    """The service; `given` are values made by hand, by key figure, area, year and sex, in place of the rule's."""

    rate: Rate | None = field(default_factory=lambda: Rate(5, 1.0))
    key_figures: Sequence[Record] = field(default_factory=lambda: [key_figure("N00401")])
    areas: Sequence[Record] = AREAS
    groups: Sequence[Record] = GROUPS
    years: Sequence[int] = (2021, 2022, 2023, 2024)
    given: Mapping[tuple[str, str, int, str], tuple[object, object]] = field(default_factory=dict)
    page_size: int = MOST_ON_PAGE
    """Smaller than it is in truth where a test wants more than one page of few rows."""

    def __post_init__(self) -> None:
        self.root = "/v3/"

    def answer(self, request: Request) -> Answer:
        """GET alone; the forms of path that the description lists."""
        if request.method not in {"GET", "HEAD"}:
            self.breach(request, "method", request.method)
            return as_json({"detail": "Method Not Allowed"}, 405)
        for name in request.parameters.keys() - PARAMETERS:
            self.breach(request, "parameter", name)
        path = parts(request.path, self.root)
        rows = None if path is None else self._rows(request, path)
        if rows is None:
            self.breach(request, "path", request.path)
            return as_json({"detail": "Not Found"}, 404)
        if any(len(ids.split(",")) > MOST_IN_LIST for ids in path or ()):
            self.breach(request, "ids per call", max(len(ids.split(",")) for ids in path or ()))
            return as_json({"detail": f"At most {MOST_IN_LIST} ids."}, 400)
        return self._page(request, rows)

    def _rows(self, request: Request, path: list[str]) -> Iterator[Record] | None:
        match path:
            case ["data", *asked] if (by := _pairs(asked)) and set(by) in _FORMS:
                return self._data(by)
            case ["oudata", *asked] if (by := _pairs(asked)) and set(by) in _UNIT_FORMS:
                return iter(())  # no key figure here has values of units
            case [entity] if entity in self._entities:
                return _titled(self._entities[entity], request.parameters.get("title"))
            case [entity, ids] if entity in self._entities:
                wanted = set(ids.split(","))
                return (record for record in self._entities[entity] if record["id"] in wanted)
        return None

    @property
    def _entities(self) -> dict[str, Sequence[Record]]:
        return {
            "kpi": self.key_figures,
            "kpi_groups": [],
            "municipality": self.areas,
            "municipality_groups": self.groups,
            "ou": [],
        }

    def _page(self, request: Request, rows: Iterator[Record]) -> Answer:
        try:
            number = int(request.parameters.get("page", "1"))
            asked = int(request.parameters.get("per_page", MOST_ON_PAGE))
        except ValueError:
            return as_json({"detail": "page and per_page are whole numbers"}, 400)
        if number < 1 or not 1 <= asked <= MOST_ON_PAGE:
            self.breach(request, "page size", f"page {number} of {asked}")
            return as_json({"detail": f"per_page is 1 to {MOST_ON_PAGE}, page 1 or more"}, 400)
        size = min(asked, self.page_size)
        page = list(islice(rows, (number - 1) * size, number * size + 1))
        following = None
        if len(page) > size:
            query = urlencode({**request.parameters, "page": number + 1, "per_page": asked})
            following = f"{self.address.removesuffix('/v3/')}{request.path}?{query}"
        return as_json({"values": page[:size], "next_url": following, "count": len(page[:size])})

    def _data(self, by: Mapping[str, list[str]]) -> Iterator[Record]:
        figures = [one for one in self.key_figures if "kpi" not in by or one["id"] in by["kpi"]]
        all_areas = [*self.areas, *self.groups]
        areas = [one for one in all_areas if "municipality" not in by or one["id"] in by["municipality"]]
        years = [year for year in self.years if "year" not in by or str(year) in by["year"]]
        for figure, area, year in product(figures, areas, years):
            if area["id"] != "0000" and figure["municipality_type"] not in {"A", area.get("type", "K")}:
                continue
            sexes = "TKM" if figure["is_divided_by_gender"] else "T"
            values = [self.value(str(figure["id"]), str(area["id"]), year, sex) for sex in sexes]
            if any(values):
                known = [value for value in values if value]
                yield {"kpi": figure["id"], "municipality": area["id"], "period": year, "values": known}

    def value(self, figure: str, area: str, year: int, sex: str = "T") -> Record | None:
        """What there is of a key figure in an area, a year and a sex; nothing for some years."""
        if (key := (figure, area, year, sex)) in self.given:
            value, status = self.given[key]
        else:
            number = made_up("kolada", *key)
            if number % 29 == 0:
                return None
            status = {0: "Missing", 1: "Private"}.get(number % 31, "")
            value = None if status else round(number % 100_000 / 1000, 8)
        return {"gender": sex, "value": value, "count": 1, "status": status}


_FORMS: tuple[set[str], ...] = (
    {"kpi", "municipality", "year"},
    {"kpi", "year"},
    {"kpi", "municipality"},
    {"municipality", "year"},
)
_UNIT_FORMS: tuple[set[str], ...] = ({"kpi", "ou", "year"}, {"kpi", "year"}, {"kpi", "ou"}, {"ou", "year"})


def _pairs(path: list[str]) -> dict[str, list[str]]:
    """`kpi/A,B/year/2024` as what is asked by each name; nothing where a name lacks its list."""
    if len(path) % 2 or not all(path):
        return {}
    return {name: ids.split(",") for name, ids in zip(path[::2], path[1::2], strict=True)}


def _titled(records: Iterable[Record], title: str | None) -> Iterator[Record]:
    return (record for record in records if title is None or title.casefold() in str(record["title"]).casefold())
