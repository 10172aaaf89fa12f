"""What the tables say of assessments, computed from the CSV files alone: nothing here imports the product."""

from __future__ import annotations

from tests.expected import rows

ALL_OBJECTIVES = [str(number) for number in range(1, 17)]


def national_of_report(report: str) -> set[tuple[str, str, str, str]]:
    """Objective, aspect, verdict and publication of the assessments of the nation in a report."""
    parts = {row["objective"]: row["report"] for row in rows("report_parts") if row["part_of"] == report}
    return {
        (row["objective"], row["aspect"], row["verdict"], parts.get(row["objective"], report))
        for row in rows("assessments")
        if row["report"] == report and row["place"] == "SE"
    }


def national_of_objective(objective: str) -> set[tuple[str, str, str]]:
    """Report, achievement and trend (one of them empty) of the assessments of an objective in the nation."""
    return {
        (row["report"], *((row["verdict"], "") if row["aspect"] == "achievement" else ("", row["verdict"])))
        for row in rows("assessments")
        if row["objective"] == objective and row["place"] == "SE"
    }


def of_county(county: str) -> list[tuple[str, str, str, str, str, str]]:
    """Objective, year, report, year of the assessment where known, achievement and trend, of which one is empty.

    A report has its year in its code.
    """
    assessed = {row["assessment"]: row["assessed_in"] for row in rows("assessment_years")}
    found = []
    for row in rows("assessments"):
        report, objective, aspect = row["report"], row["objective"], row["aspect"]
        if row["place"] == county:
            made = assessed.get(f"{report}-{county}-{objective}-{aspect}", "")
            verdicts = (row["verdict"], "") if aspect == "achievement" else ("", row["verdict"])
            found.append((objective, report[-4:], report, made, *verdicts))
    return sorted(found)


def counties_that_assess(objective: str) -> list[str]:
    """The counties in which an objective is to be assessed."""
    (where,) = [row["applies"] for row in rows("regional_applicability") if row["objective"] == objective]
    nature = {row["county"]: row for row in rows("county_landscape")}
    chosen = {
        "all": lambda county: True,
        "none": lambda county: False,
        "coastal": lambda county: nature[county]["is_coastal"] == "true",
        "mountain": lambda county: nature[county]["is_mountain"] == "true",
    }[where]
    return sorted(row["code"] for row in rows("counties") if chosen(row["code"]))


def not_assessed_regionally() -> list[str]:
    """The objectives that no county is to assess."""
    return [objective for objective in ALL_OBJECTIVES if not counties_that_assess(objective)]


def recorded_and_due(report: str) -> dict[str, tuple[int, int, int]]:
    """For each county how many assessments are due, and how many of achievement and trend are recorded."""
    assessed = [row for row in rows("assessments") if row["report"] == report]
    found = {}
    for county in (row["code"] for row in rows("counties")):
        aspects = [row["aspect"] for row in assessed if row["place"] == county]
        due = sum(county in counties_that_assess(objective) for objective in ALL_OBJECTIVES)
        found[county] = (due, aspects.count("achievement"), aspects.count("trend"))
    return found


def trail(assessment: str) -> tuple[str, ...]:
    """Verdict, report, title, source, its title and publisher, and the confidence, of one assessment."""
    (row,) = [
        row
        for row in rows("assessments")
        if f"{row['report']}-{row['place']}-{row['objective']}-{row['aspect']}" == assessment
    ]
    (report,) = [other for other in rows("reports") if other["code"].replace("Å", "A") == row["report"]]
    (source,) = [other for other in rows("sources") if other["id"] == row["source_id"]]
    return (
        row["verdict"],
        report["code"],
        report["title_sv"],
        row["source_id"],
        source["title"],
        source["publisher"],
        row["confidence"],
    )


def assessments_by(source: str) -> dict[str, str]:
    """The verdicts that a source gives, by the keys of their assessments."""
    return {
        f"{row['report']}-{row['place']}-{row['objective']}-{row['aspect']}": row["verdict"]
        for row in rows("assessments")
        if row["source_id"] == source
    }


def stated_numbers() -> set[tuple[str, ...]]:
    """Report, place, aspect, verdict, number, out of how many, and how many of them are recorded one by one."""
    recorded = [(row["report"], row["place"], row["aspect"], row["verdict"]) for row in rows("assessments")]
    return {
        (*what, row["objectives"], row["out_of"], str(recorded.count(what)))
        for row in rows("assessment_counts")
        for what in [(row["report"], row["place"], row["aspect"], row["verdict"])]
    }
