"""What the tables say of actors, computed from the CSV files alone: nothing here imports the product."""

from __future__ import annotations

from tests.expected import rows
from tests.expected_assessments import counties_that_assess


def kinds_of_actors() -> dict[str, str]:
    """The kind of every actor, whichever table defines it."""
    kinds = {row["organisation_number"]: row["kind"] for row in rows("actors")}
    kinds |= {row["slug"]: row["kind"] for row in rows("bodies")}
    kinds |= {f"region-{row['kolada_id'][2:]}": "region" for row in rows("regions")}
    kinds |= {row["organisation_number"]: "municipal-organisation" for row in rows("municipal_organisations")}
    return kinds


def actors_by_kind() -> list[tuple[str, str, str, str]]:
    """Kind, key, Swedish name and last year of every actor."""
    names = {row["actor"]: row["name_sv"] for row in rows("actor_names")}
    ends = {row["actor"]: row["end"][:4] for row in rows("actor_ends")}
    return sorted((kind, key, names[key], ends.get(key, "")) for key, kind in kinds_of_actors().items())


def who_names(actor: str) -> dict[tuple[str, str], tuple[str, str]]:
    """By a name that an actor has now and the source that says it: the line of that, and how sure it is."""
    found = {}
    for table in ("actor_names", "actor_translations"):
        for line, row in enumerate(rows(table), 2):
            if row["actor"] == actor:
                for column in {"name_sv", "name_en"} & {column for column, cell in row.items() if cell}:
                    found[row[column], row["source_id"]] = f"{table}:{line}", row["confidence"]
    return found


def names_of(actor: str) -> list[tuple[str, str, str]]:
    """The names of an actor with their first and last moments, in order of time."""
    starts = {row["name"]: row["start"] for row in rows("dated_name_starts")}
    ends = {row["name"]: row["end"] for row in rows("dated_name_ends")}
    keys = {f"{row['actor']}--{row['slug']}": row["name_sv"] for row in rows("dated_names") if row["actor"] == actor}
    found = [(name, starts.get(key, ""), ends.get(key, "")) for key, name in keys.items()]
    return sorted(found, key=lambda each: each[1])


def predecessors_of(actor: str) -> set[str]:
    """The actors that an actor succeeds."""
    return {row["predecessor"] for row in rows("actor_successions") if row["successor"] == actor}


def actors_of_a_county(county: str) -> tuple[str, str]:
    """The county administrative board and the region of a county."""
    (board,) = (row["actor"] for row in rows("county_boards") if row["county"] == county)
    (region,) = (row["actor"] for row in rows("county_regions") if row["county"] == county)
    return board, region


def parts_in_a_county(county: str) -> dict[str, dict[str, int]]:
    """Who has a part in a county, by the kind of part and how many times, where a source points an actor out."""
    measures = {row["code"] for row in rows("measures") if row["place"] == county}
    programmes = {row["code"] for row in rows("action_programmes") if row["place"] == county}
    board, _ = actors_of_a_county(county)
    found: dict[str, dict[str, set[str]]] = {}

    def note(actor: str, part: str, what: str) -> None:
        if actor:
            found.setdefault(actor, {}).setdefault(part, set()).add(what)

    for row in rows("programme_publishers"):
        if row["programme"] in programmes:
            note(row["actor"], "publishes", row["programme"])
    for part, table in {"leads": "leads", "partner": "partners", "adopted": "adopters"}.items():
        for row in rows(f"measure_{table}"):
            if row["measure"] in measures:
                note(row["actor"], part, row["measure"])
    by = {row["code"]: row["actor"] for row in rows("collaborations")}
    for row in rows("collaboration_groups"):
        if row["group"] == "county-administrative-boards":
            note(by[row["collaboration"]], "works-with-boards", row["collaboration"])
    for row in rows("collaboration_counterparts"):
        if row["actor"] == board:
            note(by[row["collaboration"]], "works-with-boards", row["collaboration"])
    for row in rows("regional_assessors"):
        objective, _, _ = row["applicability"].partition("-")
        if county in counties_that_assess(objective):
            note(row["actor"], "assesses", objective)
    return {actor: {part: len(what) for part, what in parts.items()} for actor, parts in found.items()}


def duties_by_legal_basis() -> set[tuple[str, str, str, str, str, str]]:
    """Role, actor, ordinance, paragraph, who is reported to, and confidence of every duty."""
    bases = {row["duty"]: row for row in rows("legal_bases")}
    found = set()
    for duty in rows("duties"):
        basis = bases.get(f"{duty['actor']}--{duty['role']}", {})
        said = (basis.get("ordinance", ""), basis.get("paragraph", ""), basis.get("reports_to", ""))
        found.add((duty["role"], duty["actor"], *said, basis.get("confidence", duty["confidence"])))
    return found


def collaborations_of(actor: str) -> set[tuple[str, str, str, str, str]]:
    """Code, area, counterpart (an actor or a group), role and first year of the collaborations of an actor."""
    since = {row["collaboration"]: row["since"] for row in rows("collaboration_starts")}
    with_whom = [(row["collaboration"], row["actor"]) for row in rows("collaboration_counterparts")]
    with_whom += [(row["collaboration"], row["group"]) for row in rows("collaboration_groups")]
    return {
        (row["code"], row["area"], other, row["role_sv"], since.get(row["code"], ""))
        for row in rows("collaborations")
        for code, other in with_whom
        if row["actor"] == actor and code == row["code"]
    }


def meetings_of(series: str) -> list[tuple[str, ...]]:
    """Year, key, first and last day, place, status and the numbers of organisers and partners of the meetings."""
    parties = rows("meeting_parties")

    def count(meeting: str, table: str, part: str) -> str:
        actors = sum(row["meeting"] == meeting for row in rows(table))
        return str(actors + sum(row["meeting"] == meeting and row["part"] == part for row in parties))

    found = [
        (
            *(row["year"], row["slug"], row["start"], row["end"], row["place"], row["status"]),
            count(row["slug"], "meeting_organisers", "organiser"),
            count(row["slug"], "meeting_partners", "partner"),
        )
        for row in rows("meetings")
        if row["series"] == series
    ]
    return sorted(found, key=lambda each: (each[0], each[2], each[1]))


def members_of(council: str) -> set[tuple[str, str, str]]:
    """Year, member and the group that it represents."""
    return {(row["year"], row["actor"], row["represents"]) for row in rows("memberships") if row["council"] == council}
