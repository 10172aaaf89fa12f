"""What the tables say of action programmes and measures, computed from the CSV files alone."""

from __future__ import annotations

from tests.expected import rows


def programmes_on(objective: str) -> set[str]:
    """The codes of the action programmes that a source says concern an objective."""
    return {row["programme"] for row in rows("programme_objectives") if row["objective"] == objective}


def programmes_of(county: str) -> list[tuple[str, str, str, str]]:
    """Code, first and last year and system of the programmes of a county, as far as they are known."""
    periods = {row["programme"]: (row["start_year"], row["end_year"]) for row in rows("programme_periods")}
    systems = {row["programme"]: row["system"] for row in rows("programme_systems")}
    found = [row["code"] for row in rows("action_programmes") if row["place"] == county]
    return [(code, *periods.get(code, ("", "")), systems[code]) for code in found]


def programmes_with_measures() -> dict[str, tuple[str, str, str]]:
    """How many measures each programme has in all, where that is known, how many are recorded, how many have a cost."""
    in_all = {row["programme"]: row["measures"] for row in rows("programme_sizes")}
    costs = {row["measure"] for row in rows("measure_costs")}
    found = {}
    for programme in (row["code"] for row in rows("action_programmes")):
        recorded = {row["code"] for row in rows("measures") if row["programme"] == programme}
        found[programme] = in_all.get(programme, ""), str(len(recorded)), str(len(recorded & costs))
    return found


def named(table: str) -> dict[str, set[str]]:
    """Those who take part by a table, by measure: the names of known actors, or the words of the source."""
    names = {row["actor"]: row["name_sv"] for row in rows("actor_names")}
    found: dict[str, set[str]] = {}
    for row in rows(table):
        found.setdefault(row["measure"], set()).add(names[row["actor"]] if row["actor"] else row["name_sv"])
    return found


def objectives_of_measures() -> dict[str, set[tuple[str, str]]]:
    """The objectives of each measure, each with its basis."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows("measure_links"):
        if row["goal_kind"] == "objective":
            found.setdefault(row["measure"], set()).add((row["goal"], row["basis"]))
    return found


def measures_of(county: str) -> set[tuple[str, str, str, str]]:
    """Code, lead, objective and basis of the measures of a county: a row for each lead and objective."""
    leads, objectives = named("measure_leads"), objectives_of_measures()
    return {
        (row["code"], lead, objective, basis)
        for row in rows("measures")
        if row["place"] == county
        for lead in leads.get(row["code"], {""})
        for objective, basis in objectives.get(row["code"], {("", "")})
    }


def measures_concerning(objective: str) -> set[tuple[str, str]]:
    """Basis and code of the measures that are linked to an objective."""
    return {
        (row["basis"], row["measure"])
        for row in rows("measure_links")
        if (row["goal_kind"], row["goal"]) == ("objective", objective)
    }


def measures_without_a_stated_objective() -> dict[str, tuple[str, str]]:
    """By programme, how many measures have no objective that a source states, and how many of them a proposed one."""
    objectives = objectives_of_measures()
    found: dict[str, tuple[int, int]] = {}
    for row in rows("measures"):
        bases = {basis for _, basis in objectives.get(row["code"], set())}
        if "stated" not in bases:
            measures, proposed = found.get(row["programme"], (0, 0))
            found[row["programme"]] = measures + 1, proposed + bool(bases)
    return {programme: (str(measures), str(proposed)) for programme, (measures, proposed) in found.items()}
