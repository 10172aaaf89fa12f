"""Made-up answers of twenty tables of PxWeb, each a source of about the same size, and a later edition of one of them.

The same size gives the same bytes. Areas and the form of the answers are real. The later edition has what editions
have: a year more in every series, and one value of twenty revised.
"""

from __future__ import annotations

import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

from loaders.cache import Answer, Catch, cache_of, checksums
from loaders.counties import County
from loaders.curated import read_all
from loaders.live import LiveSource, LiveSources
from loaders.municipalities import Municipality
from loaders.pxweb_api import Addresses

NUMBER = 20
CHANGED = "table-7"
"""The source of which there is a later edition."""

_FIRST, _NEWEST = 2008, 2023
_DAYS = ("2026-11-26", "2026-11-27")
_EACH_VALUE, _EACH_SERIES = 8.3, 14.5
_SEXES = {"1": "men", "2": "women", "1+2": "total"}


def sources() -> LiveSources:
    """The twenty sources; half of the tables are divided by sex."""
    return {source.id: source for source in map(_source, range(NUMBER))}


def write_caches(data: Path, statements: int) -> None:
    """Write answers that come to about as many statements into a data folder."""
    for number, source in enumerate(sources().values()):
        _write(data, source, _areas(statements, number), edition=0)


def change_one(data: Path, statements: int) -> None:
    """Write the later edition of one source into it."""
    number, source = next((n, s) for n, s in enumerate(sources().values()) if s.id == CHANGED)
    _write(data, source, _areas(statements, number), edition=1)


def _source(number: int) -> LiveSource:
    divided = {"sex": "Kon", "sexes": _SEXES} if number % 2 else {}
    table = {
        "interface": "pxweb-1",
        "id": f"T{number}",
        "title_en": f"Table {number}, made up for a benchmark",
        "unit": "percent",
        "area": "Region",
        "year": "Tid",
        **divided,
    }
    return LiveSource.model_validate(
        {
            "id": f"table-{number}",
            "title": f"Tabell {number}",
            "title_lang": "sv",
            "publisher": "Statistiska centralbyrån",
            "address": "https://example.org/api/v1/",
            "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
            "attribution": "Made up for a benchmark",
            "note": {"sv": "Påhittade värden för en mätning.", "en": "Values made up for a benchmark."},
            "cadence_days": 365,
            "required": False,
            "calls_per_second": 1,
            "at_once": 1,
            "most_bytes": 100_000_000,
            "table": table,
        }
    )


def _areas(statements: int, number: int) -> list[str]:
    """As many areas as it takes for one source of about the size that is its part."""
    areas = [row.code for row in read_all().rows if isinstance(row, County | Municipality)]
    series = statements / NUMBER / (_EACH_SERIES + _EACH_VALUE * (_NEWEST + 1 - _FIRST))
    return areas[: max(1, round(series / (len(_SEXES) if number % 2 else 1)))]


def _write(data: Path, source: LiveSource, areas: list[str], edition: int) -> None:
    years = [str(year) for year in range(_FIRST, _NEWEST + 1 + edition)]
    sexes = list(_SEXES) if source.table and source.table.sex else []
    dimensions = {"Region": areas, **({"Kon": sexes} if sexes else {}), "Tid": years}
    about = {
        "title": f"{source.title} efter region och år",
        "variables": [{"code": c, "text": c, "values": v, "valueTexts": v} for c, v in dimensions.items()],
    }
    values = [
        _value(source.id, area, sex, year, edition) for area in areas for sex in (sexes or [""]) for year in years
    ]
    stat = {
        "version": "2.0",
        "class": "dataset",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {code: {"category": {"index": codes}} for code, codes in dimensions.items()},
        "value": values,
    }
    addresses, cache = Addresses.of(source), cache_of(data, source.id)
    answers = [
        _answer(addresses.limits, {"maxCells": 1_000_000, "maxCalls": 10, "timeWindow": 10}),
        _answer(addresses.table, about),
        _answer(f"{addresses.values}#all", stat),
    ]
    for answer in answers:
        cache.keep(answer)
    cache.end(Catch({}, _DAYS[edition], checksums(answers)))


def _answer(url: str, said: dict[str, Any]) -> Answer:
    body = json.dumps(said, ensure_ascii=False).encode()
    return Answer(url, sha256(body).hexdigest(), f"{_DAYS[0]}T00:00:00+00:00", body=body)


def _value(source: str, area: str, sex: str, year: str, edition: int) -> float | None:
    """A level of the source and the area, and noise; in a later edition some are others."""
    chance = random.Random(f"{source}{area}{sex}{year}")
    level = random.Random(f"{source}{area}").uniform(1, 90)
    fate, value = chance.random(), round(level * chance.uniform(0.95, 1.05), 1)
    if fate < 0.03:
        return None
    return round(value + 0.3, 1) if edition and fate > 0.95 else value
