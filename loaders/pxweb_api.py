"""How a table of PxWeb is asked for (PxWebApi 2 and 1): the limits first, then what the table has, then its values.

No call asks for more cells than the service says that it gives, and calls are no closer than it says that it takes.
See https://www.scb.se/api and https://github.com/PxTools/PxApiSpecs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any
from urllib.parse import quote

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.json_answers import Page, read_json
from loaders.json_stat import Dimension, read_dimensions
from loaders.live import LiveSource
from loaders.progress import Told
from loaders.pxweb_mapping import Table

FORMAT = "json-stat2"
_MOST_NAMED = 20
Selection = Mapping[str, Sequence[str]]
"""The codes that are asked for of each dimension."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service says that it gives and takes: cells an answer, selected values in all, calls in some seconds."""

    cells: int
    values: int | None
    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a service says its limits, what a table has, and its values."""

    limits: str
    table: str
    values: str

    @classmethod
    def of(cls, source: LiveSource) -> Addresses:
        """The addresses of the table of a source."""
        table = table_of(source)
        where = f"{source.address}{'tables/' if table.interface == 'pxweb-2' else ''}{quote(table.id, safe='/%')}"
        if table.interface == "pxweb-2":
            asked = f"lang={table.language}"
            return cls(
                f"{source.address}config", f"{where}/metadata?{asked}", f"{where}/data?{asked}&outputFormat={FORMAT}"
            )
        return cls(f"{source.address}?config", where, where)


def table_of(source: LiveSource) -> Table:
    """The table that a source names."""
    if source.table is None:
        raise ValueError(f"the source {source.id} names no table")
    return source.table


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The limits of the service, what the table has, and its values in as many calls as the limits ask for.

    Raises Unfetched.
    """
    table, addresses = table_of(client.source), Addresses.of(client.source)
    about = [client.get(addresses.limits, _checked(read_limits, table))]
    limits = read_limits(table, read_json(about[0].body))
    client.keep_to(limits.calls, limits.seconds)
    about.append(client.get(addresses.table, _checked(read_variables, table)))
    wanted = _checked(selection_of, table)(about[1])
    try:
        questions = [_question(table, part) for part in split(wanted, limits)]
    except ValueError as error:
        raise Unfetched(addresses.limits, str(error)) from error
    told(0, len(questions))
    answers = []
    for number, question in enumerate(questions, 1):
        answers.append(client.post(addresses.values, question, _checked(lambda _, page: read_dimensions(page), table)))
        told(number, len(questions))
    return [*about, *answers]


def read_limits(table: Table, page: Page) -> Limits:
    """The limits in what a service says of itself. Raises ValueError where it does not say them."""
    names = {
        "pxweb-2": ("maxDataCells", "maxCallsPerTimeWindow"),
        "pxweb-1": ("maxCells", "maxCalls"),
    }[table.interface]
    numbers = [page.get(name) for name in (*names, "timeWindow")]
    for name, number in zip((*names, "timeWindow"), numbers, strict=True):
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError(f"{name} is {number!r}, where the service should say its limit")
    values = page.get("maxValues") if table.interface == "pxweb-1" else None
    cells, calls, seconds = (int(number) for number in numbers if isinstance(number, int))
    return Limits(cells, values if isinstance(values, int) and values > 0 else None, calls, seconds)


def read_variables(table: Table, page: Page) -> dict[str, Dimension]:
    """The dimensions of a table by what a service says of it. Raises ValueError."""
    if table.interface == "pxweb-2":
        return read_dimensions(page)
    variables = page.get("variables")
    if not isinstance(variables, list):
        raise ValueError("there is no list called variables")
    found = {}
    for place, variable in enumerate(variables):
        codes = variable.get("values") if isinstance(variable, dict) else None
        texts = variable.get("valueTexts", codes) if isinstance(variable, dict) else None
        if not isinstance(codes, list) or not isinstance(texts, list) or len(codes) != len(texts):
            raise ValueError(f"variables[{place}] has not as many values as valueTexts")
        code, label = variable.get("code"), variable.get("text", variable.get("code"))
        if not all(isinstance(each, str) for each in (code, label, *codes, *texts)):
            raise ValueError(f"variables[{place}] has a code or a text that is no text")
        if len(set(codes)) != len(codes) or code in found:
            raise ValueError(f"variables[{place}]: the code {code}, or one of its values, comes twice")
        found[code] = Dimension(code, label, dict(zip(codes, texts, strict=True)), {})
    return found


def title_of(page: Page) -> str:
    """What a service calls a table: `label` in version 2, `title` in version 1."""
    title = page.get("label", page.get("title"))
    if not isinstance(title, str) or not title.strip():
        raise ValueError("the table has neither label nor title")
    return " ".join(title.split())


def selection_of(table: Table, page: Page) -> Selection:
    """What is asked for of a table. Raises ValueError where the mapping and the table do not fit."""
    variables = read_variables(table, page)
    named = {table.area, table.year, *filter(None, (table.divided_by,)), *table.values, *table.left_out}
    if unknown := sorted(named - variables.keys()):
        raise ValueError(f"there is no dimension {', '.join(unknown)}; the table has {', '.join(variables)}")
    if unsaid := sorted(variables.keys() - named):
        raise ValueError(
            f"the sources file does not say what the dimension {', '.join(unsaid)} is: "
            "choose a value of it (values), or leave it out (left_out)"
        )
    wanted: dict[str, Sequence[str]] = {
        code: list(variables[code].categories) for code in variables if code in {table.area, table.year}
    }
    wanted[table.area] = [code for code in wanted[table.area] if code not in table.without_areas]
    chosen = {code: [value] for code, value in table.values.items()}
    if table.divided_by:
        chosen[table.divided_by] = list(table.parts)
    for code, values in chosen.items():
        if strange := [value for value in values if value not in variables[code].categories]:
            there = [f"{value} ({label})" for value, label in variables[code].categories.items()]
            more = f" and {len(there) - _MOST_NAMED:,} more" if len(there) > _MOST_NAMED else ""
            raise ValueError(
                f"the dimension {code} has no value {', '.join(strange)}; it has {', '.join(there[:_MOST_NAMED])}{more}"
            )
    return {code: (wanted | chosen)[code] for code in variables if code in wanted or code in chosen}


def split(wanted: Selection, limits: Limits) -> Iterator[Selection]:
    """A selection in parts that keep the limits: the dimension with the most codes is halved until they do."""
    cells, values = prod(map(len, wanted.values())), sum(map(len, wanted.values()))
    if cells <= limits.cells and (limits.values is None or values <= limits.values):
        yield wanted
        return
    longest = max(wanted, key=lambda code: len(wanted[code]))
    codes = wanted[longest]
    if len(codes) < 2:
        raise ValueError(f"the service gives {limits.cells} cells and {limits.values} values a call: too few for one")
    for half in (codes[: len(codes) // 2], codes[len(codes) // 2 :]):
        yield from split({**wanted, longest: half}, limits)


def _question(table: Table, wanted: Selection) -> bytes:
    """A selection as the interface wants it written."""
    question: dict[str, Any]
    if table.interface == "pxweb-2":
        question = {"selection": [{"variableCode": code, "valueCodes": list(wanted[code])} for code in wanted]}
    else:
        query = [{"code": code, "selection": {"filter": "item", "values": list(wanted[code])}} for code in wanted]
        question = {"query": query, "response": {"format": FORMAT}}
    return json.dumps(question, ensure_ascii=False, separators=(",", ":")).encode()


def _checked(read: Any, table: Table) -> Any:
    """Reads an answer, and says with its address what is wrong with it."""

    def check(answer: Answer) -> Any:
        try:
            return read(table, read_json(answer.body))
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    return check
