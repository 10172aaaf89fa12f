"""What the tables say, computed from the CSV files alone: nothing here imports the product."""

from __future__ import annotations

import csv
from pathlib import Path

TABLES = Path(__file__).parents[1] / "loaders" / "tables"


LICENSED_ONLY = {"slices", "observations"}
"""The tables of values: only those of data sets with a stated licence may be published."""


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table that may be published."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row.get("confidence") != "unsure"]
    licensed = {row["dataset"] for row in rows("dataset_licences")} if table in LICENSED_ONLY else set()
    return [row for row in found if table not in LICENSED_ONLY or row["dataset"] in licensed]


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


def mappings_side_by_side() -> dict[tuple[str, str], tuple[int, int, set[str]]]:
    """For each Swedish goal or indicator and each global goal: published and editorial mappings, and who publishes."""
    goal_of = {row["code"]: row["goal"] for row in rows("sdg_targets")}
    found: dict[tuple[str, str], tuple[int, int, set[str]]] = {}
    for row in rows("mappings"):
        if row["standing"] != "proposed":
            key = f"{row['subject_kind']}/{row['subject_key']}", goal_of.get(row["object"], row["object"])
            published, editorial, authors = found.get(key, (0, 0, set()))
            is_published = row["standing"] == "published"
            by = authors | {row["author"]} if is_published else authors
            found[key] = published + is_published, editorial + (not is_published), by
    return found


def recorded_of_objectives() -> dict[str, tuple[int, ...]]:
    """By objective: indicators, data sets, assessments by nation and county, milestone targets, measures, mappings."""

    def count(table: str, column: str, **wanted: str) -> dict[str, int]:
        found = [row[column] for row in rows(table) if all(row[name] == value for name, value in wanted.items())]
        return {number: found.count(number) for number in found}

    places = [(row["objective"], row["place"] == "SE") for row in rows("assessments")]
    counts = [
        count("indicator_objectives", "goal", goal_kind="objective"),
        count("dataset_objectives", "objective"),
        {number: places.count((number, True)) for number, _ in places},
        {number: places.count((number, False)) for number, _ in places},
        count("milestone_objectives", "objective"),
        count("measure_links", "goal", goal_kind="objective", basis="stated"),
        count("mappings", "subject_key", subject_kind="objective", standing="published"),
        count("mappings", "subject_key", subject_kind="objective", standing="editorial"),
    ]
    return {row["number"]: tuple(each.get(row["number"], 0) for each in counts) for row in rows("objectives")}


def wikidata_of_municipalities() -> list[tuple[str, str]]:
    """Code and Wikidata item of every municipality."""
    return sorted((row["municipality"], row["wikidata"]) for row in rows("municipality_wikidata"))


def milestones_of_theme(theme: str) -> list[tuple[str, str, str]]:
    """Code, decision and target year of the milestone targets of a theme."""
    decided = {row["target"]: row["decided"] for row in rows("milestone_decisions")}
    years = {row["target"]: row["target_year"] for row in rows("milestone_years")}
    codes = sorted(row["code"] for row in rows("milestone_targets") if row["theme"] == theme)
    return [(code, decided[code], years[code]) for code in codes]


def milestones_decided_on(day: str) -> list[str]:
    """The codes of the milestone targets decided on a day."""
    return sorted(row["target"] for row in rows("milestone_decisions") if row["decided"] == day)


def where_milestones_stand() -> dict[str, str]:
    """What a reader may say of each milestone target on the day of the newest source."""
    reference = max(row["retrieved"] for row in rows("sources"))[:4]
    verdicts = {row["target"]: row["verdict"] for row in rows("milestone_verdicts")}
    years = {row["target"]: row["target_year"] for row in rows("milestone_years")}
    found = {}
    for row in rows("milestone_targets"):
        year = years[row["code"]]
        by_year = "no-target-year" if year == "none" else "passed" if year < reference else "in-force"
        found[row["code"]] = verdicts.get(row["code"], by_year)
    return found


def milestones_mapped_to(target: str) -> set[tuple[str, str, str]]:
    """Code, standing and objective (empty where none) of the milestone targets mapped to an SDG target."""
    mapped = [row for row in rows("mappings") if row["object"] == target]
    codes = [(row["subject_key"], row["standing"]) for row in mapped if row["subject_kind"] == "milestone-target"]
    objectives = {(row["target"], row["objective"]) for row in rows("milestone_objectives")}
    for row in rows("mapping_basis"):
        _, subject, towards = row["mapping"].split("--")
        if row["basis_kind"] == "milestone-target" and towards == target and subject.startswith("objective-"):
            objectives.add((row["basis"], subject.removeprefix("objective-")))
    found = set()
    for code, standing in codes:
        of_code = {objective for milestone, objective in objectives if milestone == code}
        found |= {(code, standing, objective) for objective in of_code or {""}}
    return found


def goals_with_their_targets() -> list[tuple[str, int, int, int]]:
    """Each SDG goal with how many targets it has, how many of these are mapped to, and how many mappings lead there."""
    goal_of = {row["code"]: row["goal"] for row in rows("sdg_targets")}
    towards = [row["object"] for row in rows("mappings") if row["standing"] != "proposed"]
    return [
        (
            goal,
            sum(1 for of in goal_of.values() if of == goal),
            len({one for one in towards if goal_of.get(one) == goal}),
            sum(1 for one in towards if goal_of.get(one, one) == goal),
        )
        for goal in sorted({row["code"] for row in rows("sdg_goals")}, key=int)
    ]


def steps_of_milestones() -> list[tuple[str, str, str]]:
    """Milestone target, year and percent of every step."""
    return sorted((row["target"], row["step_year"], row["percent"]) for row in rows("milestone_steps"))


def strands() -> list[tuple[str, str]]:
    """Number and Swedish name of the strands of the generational goal."""
    return [(row["ordinal"], row["name_sv"]) for row in sorted(rows("strands"), key=lambda row: int(row["ordinal"]))]


def specifications_per_objective() -> list[tuple[str, int]]:
    """How many specifications each objective has."""
    of = [row["objective"] for row in rows("specifications")]
    return [(number, of.count(number)) for number, _, _ in objectives_in_order()]


def counties_with_board() -> list[tuple[str, str, str]]:
    """Code, NUTS code and organisation number of the board of every county."""
    nuts = {row["county"]: row["nuts3"] for row in rows("county_nuts")}
    return sorted((row["county"], nuts.get(row["county"], ""), row["actor"]) for row in rows("county_boards"))


def indicators_under_several_targets() -> dict[frozenset[str], tuple[int, bool]]:
    """The codes that share a short title, with how many UN IRIs they match and whether all match one."""
    titles: dict[str, set[str]] = {}
    for row in rows("sdg_indicator_titles"):
        titles.setdefault(row["title_en"], set()).add(row["indicator"])
    iris = {row["indicator"]: row["un_iri"] for row in rows("sdg_indicator_iris") if row["un_iri"]}
    found = {}
    for indicators in (same for same in titles.values() if len(same) > 1):
        matched = [iris[one] for one in indicators if one in iris]
        is_one = len(matched) == len(indicators) and len(set(matched)) == 1
        found[frozenset(one.partition("-")[2] for one in indicators)] = (len(set(matched)), is_one)
    return found


def mappings_in_matrix(
    objective: str = "", goal: str = "", basis: str = "", relation: str = "", strength: str = ""
) -> list[tuple[str, str, dict[str, str]]]:
    """The row, the goal and the line of each mapping that a selection keeps; an empty value keeps all."""
    found = []
    for row in rows("mappings"):
        if row["subject_kind"] in {"milestone-target", "indicator"}:
            continue
        line, column = row["subject_key"].split("-")[0], row["object"].split(".")[0]
        if objective not in {"", line} or goal not in {"", column}:
            continue
        if relation not in {"", row["relation"]} or strength not in {"", row["strength"] or "not-stated"}:
            continue
        if row["standing"] != basis if basis else row["standing"] == "proposed":
            continue
        found.append((line, column, row))
    return found


def further_evidence(objective: str, goal: str) -> set[str]:
    """The keys of the mappings of milestone targets and indicators that concern an objective, to a goal."""
    stated = (row["target"] for row in rows("milestone_objectives") if row["objective"] == objective)
    concerning = {("milestone-target", target) for target in stated}
    for row in rows("mapping_basis"):
        _, subject, towards = row["mapping"].split("--")
        if subject == f"objective-{objective}" and towards.split(".")[0] == goal:
            concerning.add((row["basis_kind"], row["basis"]))
    for name in ("indicator_objectives", "indicator_proposals"):
        for row in rows(name):
            if (row["goal_kind"], row["goal"]) == ("objective", objective):
                concerning.add(("indicator", row["indicator"]))
    return {
        f"{row['source_id']}--{row['subject_kind']}-{row['subject_key']}--{row['object']}"
        for row in rows("mappings")
        if (row["subject_kind"], row["subject_key"]) in concerning and row["object"].split(".")[0] == goal
    }
