"""Made-up answers of Kolada of any size, as a fetch leaves them in a data folder. Nothing of them is ever released.

The same size gives the same bytes. Key figures, areas and the form of the answers are real, as is how they vary: key
figures begin in different years, some are divided by sex, values are missing, come with a status or with eight
decimals. The values follow a rule: a level of the key figure, another of the area, a trend and noise.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from loaders.cache import Answer, cache_of, checksums
from loaders.counties import County
from loaders.curated import read_all
from loaders.indicators import Indicator
from loaders.kolada_api import IDS_A_CALL, PER_PAGE
from loaders.live import read_live_sources
from loaders.municipalities import Municipality

NEWEST = 2024
DAY = "2026-11-26"
EACH_VALUE, EACH_SERIES = 8.3, 14.5
"""How many statements a value and a series come to."""

Item = dict[str, Any]


class KeyFigure(NamedTuple):
    """A key figure: whether it is divided by sex, its first year, its level, how many decimals its values have."""

    code: str
    title: str
    is_divided: bool
    first: int
    level: float
    decimals: int

    @property
    def sexes(self) -> str:
        return "TKM" if self.is_divided else "T"


def write_cache(data: Path, statements: int) -> int:
    """Write answers that come to about as many statements into a data folder; the number of their values."""
    source = read_live_sources()["kolada"]
    rows = read_all().rows
    places = [
        {"id": "0000", "title": "Riket", "type": "L"},
        *(
            {"id": f"00{row.code}", "title": f"Region {row.name_sv}", "type": "L"}
            for row in rows
            if type(row) is County
        ),
        *({"id": row.code, "title": row.name_sv, "type": "K"} for row in rows if type(row) is Municipality),
    ]
    indicators = (row for row in rows if isinstance(row, Indicator) and row.system == "kolada")
    listed = [(row.code, row.name_sv) for row in indicators if row.code]
    chosen = list(_chosen(_key_figures(listed), len(places), statements))
    number, answers = (
        0,
        [
            *_pages(f"{source.address}kpi?per_page={PER_PAGE}", [_as_item(figure) for figure in chosen]),
            *_pages(f"{source.address}municipality?per_page={PER_PAGE}", places),
        ],
    )
    cache = cache_of(data, "kolada")
    for some in _by(chosen, IDS_A_CALL):
        for there in _by(places, IDS_A_CALL):
            items = [item for figure in some for place in there for item in _values(figure, place["id"])]
            number += sum(one["value"] is not None for item in items for one in item["values"])
            ids = ",".join(figure.code for figure in some), ",".join(place["id"] for place in there)
            question = f"{source.address}data/kpi/{ids[0]}/municipality/{ids[1]}?per_page={PER_PAGE}"
            for answer in _pages(question, items):
                cache.keep(answer)
                answers.append(Answer(answer.url, answer.sha256, answer.retrieved))  # its body is on disk
    for answer in answers[:2]:
        cache.keep(answer)
    asked = {"kpis": sorted(figure.code for figure in chosen)}
    (cache.folder / "whole.json").write_text(
        json.dumps({"asked": asked, "retrieved": DAY, "answers": checksums(answers)}), encoding="utf-8"
    )
    return number


def _key_figures(listed: list[tuple[str, str]]) -> Iterator[KeyFigure]:
    """The key figures of the indicator table, and then others."""
    chance = random.Random(20261126)
    others = ((f"N{number}", f"Nyckeltal {number}, andel (%)") for number in range(80000, 99000))
    for code, title in (*listed, *others):
        is_divided = chance.random() < 0.15
        yield KeyFigure(
            code,
            title,
            is_divided,
            chance.randint(1998, 2018),
            10 ** chance.uniform(-1, 4),
            chance.choice([0, 1, 2, 8]),
        )


def _chosen(figures: Iterator[KeyFigure], places: int, statements: int) -> Iterator[KeyFigure]:
    """As many key figures as it takes, and no more."""
    made = 0.0
    while made < statements:
        figure = next(figures)
        series = places * len(figure.sexes)
        made += series * (EACH_SERIES + EACH_VALUE * (NEWEST + 1 - figure.first))
        yield figure


def _as_item(figure: KeyFigure) -> Item:
    return {
        "id": figure.code,
        "title": figure.title,
        "description": "Made up for a benchmark.",
        "is_divided_by_gender": figure.is_divided,
        "municipality_type": "A",
        "prel_publication_date": None,
        "publication_date": "2027-06-09",
        "publ_period": str(NEWEST + 1),
    }


def _values(figure: KeyFigure, place: str) -> Iterator[Item]:
    """All values of a key figure in an area, each year by itself."""
    chance = random.Random(f"{figure.code}{place}")
    level, trend = figure.level * chance.uniform(0.5, 1.5), chance.uniform(-0.03, 0.03)
    for year in range(figure.first, NEWEST + 1):
        values = []
        for sex in figure.sexes:
            fate = chance.random()
            number = round(level * (1 + trend * (year - figure.first)) * chance.uniform(0.95, 1.05), figure.decimals)
            given = None if fate < 0.03 else number if figure.decimals else int(number)
            status = "Private" if fate < 0.01 else "Missing" if fate < 0.03 else "Preliminary" if fate > 0.98 else ""
            values.append({"gender": sex, "value": given, "count": 1, "status": status})
        yield {"kpi": figure.code, "municipality": place, "period": year, "values": values}


def _pages(url: str, items: list[Item]) -> Iterator[Answer]:
    """The answers that a question has, page by page."""
    for number, some in enumerate(_by(items, PER_PAGE), 1):
        here = url if number == 1 else f"{url}&page={number}"
        following = f"{url}&page={number + 1}" if number * PER_PAGE < len(items) else None
        body = json.dumps({"values": some, "next_url": following, "count": len(some)}, ensure_ascii=False).encode()
        yield Answer(here, sha256(body).hexdigest(), f"{DAY}T00:00:00+00:00", body=body)


def _by(items: list[Any], size: int) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
