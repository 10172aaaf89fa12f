"""What the tables say of indicators, computed from the CSV files alone: nothing here imports the product."""

from __future__ import annotations

from collections import Counter

from tests.expected import rows


def _indicators() -> dict[str, dict[str, str]]:
    """The rows of the indicators that may be published, by key."""
    return {row["id"]: row for row in rows("indicators")}


def _systems() -> dict[str, str]:
    """The Swedish names of the information systems."""
    return {row["id"]: row["name_sv"] for row in rows("information_systems")}


def indicators_of(kind: str, goal: str) -> list[str]:
    """The keys of the indicators that a source, or the editors, say follow a goal up."""
    known = _indicators()
    linked = (row for row in rows("indicator_objectives") if (row["goal_kind"], row["goal"]) == (kind, goal))
    return sorted(row["indicator"] for row in linked if row["indicator"] in known)


def suppliers_and_systems(objective: str) -> set[tuple[str, str, str, str]]:
    """Key, supplier (empty where unknown), source system and rank of the indicators of an objective."""
    known, systems = _indicators(), _systems()
    suppliers: dict[str, set[str]] = {}
    for row in rows("indicator_suppliers"):
        suppliers.setdefault(row["indicator"], set()).add(row["supplier"])
    return {
        (key, supplier, systems[known[key]["system"]], "unstated")
        for key in indicators_of("objective", objective)
        for supplier in suppliers.get(key, {""})
    }


def with_values(kind: str, goal: str, resolution: str) -> list[tuple[str, str]]:
    """Key and Swedish name of the indicators of a goal that have values for a sort of territory."""
    known = _indicators()
    there = {row["indicator"] for row in rows("indicator_resolutions") if row["resolution"] == resolution}
    return [(key, known[key]["name_sv"]) for key in indicators_of(kind, goal) if key in there]


def proposed() -> set[tuple[str, str]]:
    """The indicators that are only proposed for a goal, with the goal."""
    return {(row["indicator"], f"{row['goal_kind']}/{row['goal']}") for row in rows("indicator_proposals")}


def systems() -> set[tuple[str, str, int]]:
    """Name, operator (empty where unknown) and number of indicators of each information system."""
    operators = {row["system"]: row["operator"] for row in rows("information_system_operators")}
    counted = Counter(row["system"] for row in _indicators().values())
    return {(name, operators.get(key, ""), counted[key]) for key, name in _systems().items()}


def from_a_target(target: str) -> set[tuple[str, str, str]]:
    """The steps of the path from an SDG target: milestone target, goal, indicator; empty where the path ends."""
    trusted = [row for row in rows("mappings") if row["object"] == target and row["standing"] != "proposed"]
    subjects = {f"{row['subject_kind']}-{row['subject_key']}": row for row in trusted}
    codes = {row["subject_key"] for row in trusted if row["subject_kind"] == "milestone-target"}
    goals = {(row["target"], "objective", row["objective"]) for row in rows("milestone_objectives")}
    for row in rows("mapping_basis"):
        _, subject, towards = row["mapping"].split("--")
        if row["basis_kind"] == "milestone-target" and towards == target and subject in subjects:
            mapped = subjects[subject]
            if mapped["subject_kind"] in {"objective", "strand", "generational-goal"}:
                goals.add((row["basis"], mapped["subject_kind"], mapped["subject_key"]))
    found = set()
    for code in codes:
        for kind, goal in {(kind, goal) for of, kind, goal in goals if of == code} or {("", "")}:
            found |= {(code, goal, one) for one in indicators_of(kind, goal) or [""]}
    return found
