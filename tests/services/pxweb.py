"""PxWebApi v2 and v1 as their descriptions say, on this machine.

Written from the OpenAPI description of v2 (github.com/PxTools/PxApiSpecs), what it says of itself at `/config`, and the
description of v1 by Statistics Sweden with what its users tell of it. Limits are those of Statistics Sweden: 150,000
cells an answer, 30 calls in 10 seconds; another installation is told by its own figures. Chosen where the descriptions
are silent: codes that hold a comma cannot be selected; only JSON-stat 2 is answered, other formats are refused.

v2 is below `/api/v2/`, v1 below `/v1/sv/ssd/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from math import ceil
from urllib.parse import urlencode

from tests.services.jsonstat import Selection, Table, Variable, dataset, size
from tests.services.service import Answer, Rate, Request, Service, as_json, parts, problem, read_json

V2, V1 = "/api/v2/", "/v1/sv/ssd/"
FORMAT = "json-stat2"
TABLE_PARAMETERS = {"lang", "query", "pastDays", "includeDiscontinued", "pageNumber", "pageSize"}
NOW = datetime(2026, 11, 26, tzinfo=UTC)
"""When `pastDays` counts back from: the services have no clock."""

EMISSIONS = Table(
    "TAB4698",
    "Påhittade utsläpp av växthusgaser efter län, växthusgas och sektor. År 2015-2024",
    (
        Variable("Region", "region", {"00": "Riket", "01": "Stockholms län", "12": "Skåne län"}, "geo", "00"),
        Variable("Vaxthusgas", "växthusgas", {"CO2": "koldioxid", "CH4": "metan"}, elimination=True),
        Variable("Sektor", "sektor", {"1": "industri", "2": "transporter", "3": "jordbruk"}),
        Variable(
            "ContentsCode", "tabellinnehåll", {"000001AB": "Utsläpp"}, "metric", units={"000001AB": ("kiloton", 2)}
        ),
        Variable("Tid", "år", {str(year): str(year) for year in range(2015, 2025)}, "time"),
    ),
    name="TotaltUtslapp",
)
"""Made by hand; the identifier is one that Statistics Sweden has."""


@dataclass
class PxWeb(Service):
    """An installation with its tables and its limits."""

    rate: Rate | None = field(default_factory=lambda: Rate(30, 10.0))
    tables: Sequence[Table] = (EMISSIONS,)
    most_cells: int = 150_000
    most_values: int = 110_000
    """Of v1: selected values in all variables together."""

    def too_many(self) -> Answer:
        """429 as v2 describes it."""
        told = problem(429, "Too many requests", "You have reached the threshold for request limiting.")
        return replace(told, headers=(("Retry-After", "1"),))

    def answer(self, request: Request) -> Answer:
        """The interface that the path names."""
        if (path := parts(request.path, V2)) is not None:
            return self._v2(request, path)
        language = V1.removesuffix("ssd/")
        if request.path.startswith(language):
            return self._v1(request, parts(request.path, language) or [])
        return self._not_there(request)

    # v2

    def _v2(self, request: Request, path: list[str]) -> Answer:
        match request.method, path:
            case "GET", ["config"]:
                return as_json(self._config())
            case "GET", ["tables"]:
                return self._tables(request)
            case _, ["tables", identifier, *rest]:
                table = next((one for one in self.tables if one.id.casefold() == identifier.casefold()), None)
                return problem(404, "Non-existent table") if table is None else self._table(request, table, rest)
        return self._not_there(request)

    def _table(self, request: Request, table: Table, rest: list[str]) -> Answer:
        match request.method, rest:
            case "GET", []:
                return as_json({"language": "sv", **self._described(table)})
            case "GET", ["metadata"]:
                whole = {variable.code: list(variable.values) for variable in table.variables}
                return as_json(dataset(table, whole, has_values=False))
            case "GET" | "POST", ["data"]:
                return self._data(request, table)
        return self._not_there(request)

    def _not_there(self, request: Request) -> Answer:
        self.breach(request, "path", f"{request.method} {request.path}")
        return problem(404, "Not Found")

    def _config(self) -> dict[str, object]:
        return {
            "apiVersion": "2.0.0",
            "appVersion": "påhittad",
            "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.most_cells,
            "maxCallsPerTimeWindow": self.rate.calls if self.rate else 0,
            "timeWindow": int(self.rate.seconds) if self.rate else 0,
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "sourceReferences": [{"language": "sv", "text": "Källa: Påhittad myndighet"}],
            "defaultDataFormat": FORMAT,
            "dataFormats": [FORMAT, "csv", "px"],
            "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
        }

    def _tables(self, request: Request) -> Answer:
        asked = request.parameters
        for name in asked.keys() - TABLE_PARAMETERS:
            self.breach(request, "parameter", name)
        try:
            number, length = int(asked.get("pageNumber", "1")), int(asked.get("pageSize", "20"))
            days = int(asked["pastDays"]) if "pastDays" in asked else None
        except ValueError:
            return problem(400, "Parameter error")
        if number < 1 or length < 1 or (days is not None and days < 1):
            return problem(400, "Parameter error")
        since = "" if days is None else f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        words = asked.get("query", "").casefold().split()
        found = [
            table
            for table in self.tables
            if (not table.discontinued or asked.get("includeDiscontinued", "").casefold() == "true")
            and table.updated >= since
            and all(word in f"{table.id} {table.label}".casefold() for word in words)
        ]
        pages = max(ceil(len(found) / length), 1)
        if number > pages:
            return problem(404, "Out of range")
        near = {"self": number, "first": 1, "last": pages, "next": number + 1, "prev": number - 1}
        links = [
            {"rel": rel, "href": f"{self._base}/tables?{urlencode({**asked, 'pageNumber': page})}"}
            for rel, page in near.items()
            if 1 <= page <= pages
        ]
        return as_json(
            {
                "language": "sv",
                "tables": [self._described(table) for table in found[(number - 1) * length : number * length]],
                "page": {
                    "pageNumber": number,
                    "pageSize": length,
                    "totalElements": len(found),
                    "totalPages": pages,
                },
                "links": links,
            }
        )

    @property
    def _base(self) -> str:
        return f"{self.address.rstrip('/')}{V2.rstrip('/')}"

    def _described(self, table: Table) -> dict[str, object]:
        periods = next(list(one.values) for one in table.variables if one.role == "time")
        own = f"{self._base}/tables/{table.id}"
        return {
            "type": "Table",
            "id": table.id,
            "label": table.label,
            "description": table.label,
            "sortCode": table.id,
            "updated": table.updated,
            "firstPeriod": periods[0],
            "lastPeriod": periods[-1],
            "category": "public",
            "variableNames": [variable.label for variable in table.variables],
            "discontinued": table.discontinued,
            "source": table.source,
            "timeUnit": "Annual",
            "links": [
                {"rel": "self", "hreflang": "sv", "href": own},
                {"rel": "metadata", "hreflang": "sv", "href": f"{own}/metadata"},
                {"rel": "data", "hreflang": "sv", "href": f"{own}/data"},
            ],
        }

    def _data(self, request: Request, table: Table) -> Answer:
        asked = request.parameters
        known = {"lang", "outputFormat"} | {name for name in asked if name.startswith("valueCodes[")}
        for name in asked.keys() - known:
            self.breach(request, "parameter", name)
        if asked.get("outputFormat", FORMAT) != FORMAT:
            return problem(400, "Unsupported output format")
        wanted = _posted(request) if request.method == "POST" else _queried(asked)
        if wanted is None:
            return problem(400, "Parameter error")
        selection: dict[str, Sequence[str]] = {}
        for name, expressions in wanted.items():
            variable = table.variable(name)
            if variable is None:
                return problem(400, "Non-existent variable", name)
            codes = _selected(variable, expressions)
            if not codes:
                return problem(400, "Non-existent value", name)
            selection[variable.code] = codes
        for variable in table.variables:
            if variable.code not in selection:
                if wanted and not variable.elimination:
                    return problem(400, "Missing selection for mandantory variable", variable.code)
                if not wanted:  # nothing selected: what the installation shows first
                    selection[variable.code] = list(variable.values)[-1:]
        return self._cells(request, table, selection) or as_json(dataset(table, selection))

    def _cells(self, request: Request, table: Table, selection: Selection) -> Answer | None:
        if size(selection) <= self.most_cells:
            return None
        self.breach(request, "cells per call", size(selection))
        return problem(403, "Too many cells selected", f"{table.id}: {size(selection)} of {self.most_cells}")

    # v1

    def _v1(self, request: Request, path: list[str]) -> Answer:
        if path in ([], [""]):
            if "config" in request.parameters:
                calls, seconds = (self.rate.calls, int(self.rate.seconds)) if self.rate else (0, 0)
                limits = {"maxValues": self.most_values, "maxCells": self.most_cells, "maxCalls": calls}
                return as_json({**limits, "timeWindow": seconds, "CORS": True})
            return as_json([{"dbid": "ssd", "text": "Påhittad databas"}])
        database, *below = path
        tables = {(*table.folder, table.name or table.id): table for table in self.tables}
        if database == "ssd" and (table := tables.get(tuple(below))) is not None:
            return as_json(_metadata(table)) if request.method == "GET" else self._posted_v1(request, table)
        if request.method == "GET" and database == "ssd" and (nodes := _nodes(tables, tuple(filter(None, below)))):
            return as_json(nodes)
        self.breach(request, "path", f"{request.method} {request.path}")
        return Answer(404, b"Not Found", "text/plain")

    def _posted_v1(self, request: Request, table: Table) -> Answer:
        query = read_json(request.body)
        refused = Answer(400, b"Bad Request", "text/plain")
        if request.method != "POST" or not isinstance(query, dict) or not isinstance(query.get("query"), list):
            return refused
        if query.get("response", {}).get("format") != FORMAT:
            self.breach(request, "format", query.get("response"))
            return refused
        selection: dict[str, Sequence[str]] = {}
        for one in query["query"]:
            variable = next((known for known in table.variables if known.code == one.get("code")), None)
            codes = variable and _filtered(variable, one.get("selection", {}))
            if not variable or not codes:
                return refused
            selection[variable.code] = codes
        for variable in table.variables:
            if variable.code not in selection and not variable.elimination:
                selection[variable.code] = list(variable.values)
        values = sum(len(codes) for codes in selection.values())
        if values > self.most_values or size(selection) > self.most_cells:
            self.breach(request, "cells per call", max(values, size(selection)))
            return replace(as_json({"error": "Too many values selected"}), status=403)
        return as_json(dataset(table, selection))


def _queried(parameters: Mapping[str, str]) -> dict[str, list[str]] | None:
    """`valueCodes[Region]=00,01` by variable; commas within square brackets part nothing."""
    wanted = {}
    for name, value in parameters.items():
        if name.startswith("valueCodes["):
            if not name.endswith("]"):
                return None
            codes = re.findall(r"\[[^\]]*\]|[^,\[\]]+", value)
            wanted[name[len("valueCodes[") : -1]] = [code.strip().strip("[]") for code in codes]
    return wanted


def _posted(request: Request) -> dict[str, list[str]] | None:
    """The selection in a body: `{"selection": [{"variableCode": …, "valueCodes": […]}]}`."""
    body = read_json(request.body)
    try:
        return {one["variableCode"]: list(map(str, one["valueCodes"])) for one in body["selection"]}
    except (KeyError, TypeError):
        return None


def _selected(variable: Variable, expressions: Sequence[str]) -> list[str]:
    """The codes that expressions of v2 select, in the order of the table; nothing where one of them selects nothing."""
    codes, chosen = list(variable.values), set()
    latest_first = codes[::-1] if variable.role == "time" else codes
    for expression in expressions:
        call = re.fullmatch(r"(top|bottom|from|to|range)\(([^()]*)\)", expression, re.IGNORECASE)
        if call is None:
            found = {code for code in codes if _matches(code, expression)}
        else:
            kind, arguments = call[1].lower(), [one.strip() for one in call[2].split(",")]
            try:
                if kind in {"top", "bottom"}:
                    number, offset = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
                    ordered = latest_first if kind == "top" else latest_first[::-1]
                    found = set(ordered[offset : offset + number])
                else:
                    first = 0 if kind == "to" else codes.index(arguments[0])
                    last = len(codes) - 1 if kind == "from" else codes.index(arguments[-1])
                    found = set(codes[first : last + 1])
            except ValueError:
                return []
        if not found:
            return []
        chosen |= found
    return [code for code in codes if code in chosen]


def _matches(code: str, pattern: str) -> bool:
    """`*` stands for any characters, `?` for one, nothing else for anything but itself."""
    return fnmatchcase(code.casefold(), pattern.casefold().replace("[", "[[]"))


def _filtered(variable: Variable, selection: Mapping[str, object]) -> list[str]:
    """The codes that a filter of v1 selects; nothing where one of them is not there."""
    values, codes = selection.get("values"), list(variable.values)
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return []
    match selection.get("filter"):
        case "item":
            return [code for code in codes if code in values] if set(values) <= set(codes) else []
        case "all":
            return [code for code in codes if any("?" not in one and _matches(code, one) for one in values)]
        case "top" if len(values) == 1 and values[0].isdigit() and int(values[0]):
            number = int(values[0])
            return codes[-number:] if variable.role == "time" else codes[:number]
    return []


def _metadata(table: Table) -> dict[str, object]:
    """A table as v1 describes it: no roles and no units; what is false is left unsaid."""
    return {
        "title": table.label,
        "variables": [
            {
                "code": variable.code,
                "text": variable.label,
                "values": list(variable.values),
                "valueTexts": list(variable.values.values()),
                **({"elimination": True} if variable.elimination else {}),
                **({"time": True} if variable.role == "time" else {}),
            }
            for variable in table.variables
        ],
    }


def _nodes(tables: Mapping[tuple[str, ...], Table], below: tuple[str, ...]) -> list[dict[str, object]]:
    """What is at a level of v1: further levels, and tables."""
    nodes: dict[str, dict[str, object]] = {}
    for path, table in tables.items():
        if path[: len(below)] == below and len(path) > len(below):
            name = path[len(below)]
            is_table = len(path) == len(below) + 1
            nodes[name] = (
                {"id": name, "type": "t", "text": table.label, "updated": table.updated.removesuffix("Z")}
                if is_table
                else {"id": name, "type": "l", "text": f"Påhittad nivå {name}"}
            )
    return list(nodes.values())
