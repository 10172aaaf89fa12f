"""What the tables say, computed from the CSV files alone: nothing here imports the product."""

from __future__ import annotations

import csv
from pathlib import Path

TABLES = Path(__file__).parents[1] / "loaders" / "tables"


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table that may be published."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("confidence") != "unsure"]


def objectives_in_order() -> list[tuple[str, str, str]]:
    """Number, Swedish and English name of every objective."""
    english = {row["objective"]: row["name_en"] for row in rows("objective_translations")}
    named = [(row["number"], row["name_sv"], english[row["number"]]) for row in rows("objectives")]
    return sorted(named, key=lambda each: int(each[0]))


def who_follows_up(objective: str) -> list[tuple[str, str]]:
    """Organisation number and Swedish name of the actors responsible for an objective."""
    names = {row["actor"]: row["name_sv"] for row in rows("actor_names")}
    return [(row["actor"], names[row["actor"]]) for row in rows("responsibilities") if row["objective"] == objective]


def objectives_of(actor: str) -> list[str]:
    """The numbers of the objectives that an actor follows up."""
    numbers = (row["objective"] for row in rows("responsibilities") if row["actor"] == actor)
    return sorted(numbers, key=int)


def municipalities_of(county: str) -> list[tuple[str, str]]:
    """Code and name of the municipalities of a county."""
    return sorted((row["code"], row["name_sv"]) for row in rows("municipalities") if row["county"] == county)


def mappings_of(objective: str) -> set[tuple[str, str, str, str]]:
    """Standing, code, strength and Swedish justification of the mappings of an objective."""
    return {
        (row["standing"], row["object"], row["strength"], row["justification_sv"])
        for row in rows("mappings")
        if row["subject_kind"] == "objective" and row["subject_key"] == objective
    }


def rows_resting_on_editors() -> int:
    """The number of rows whose only source is the editors."""
    tables = sorted(path.stem for path in TABLES.glob("*.csv") if path.stem != "sources")
    return sum(row["source_id"] == "editors" for table in tables for row in rows(table))


def mappings_by_standing() -> dict[tuple[str, str], int]:
    """How many mappings there are of each standing and strength."""
    found: dict[tuple[str, str], int] = {}
    for row in rows("mappings"):
        key = row["standing"], row["strength"]
        found[key] = found.get(key, 0) + 1
    return found


def wikidata_of_municipalities() -> list[tuple[str, str]]:
    """Code and Wikidata item of every municipality."""
    return sorted((row["municipality"], row["wikidata"]) for row in rows("municipality_wikidata"))
