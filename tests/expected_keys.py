"""The keys that the tables give each kind of thing, computed from the CSV files alone."""

from __future__ import annotations

from tests.expected import rows

KEYS: dict[str, dict[str, str]] = {
    "generational-goal": {"generational_goal": "{code}"},
    "strand": {"strands": "{code}"},
    "objective": {"objectives": "{number}"},
    "specification": {"specifications": "{objective}-{ordinal}"},
    "milestone-target": {"milestone_targets": "{code}"},
    "milestone-step": {"milestone_steps": "{target}-{step_year}"},
    "action-programme": {"action_programmes": "{code}"},
    "measure": {"measures": "{code}"},
    "measure-link": {"measure_links": "{measure}--{goal_kind}-{goal}"},
    "report": {"reports": "{code}"},
    "assessment": {"assessments": "{report}-{place}-{objective}-{aspect}"},
    "assessment-count": {"assessment_counts": "{report}-{place}-{aspect}-{verdict}"},
    "regional-applicability": {"regional_applicability": "{objective}-{valid_from}"},
    "sdg-goal": {"sdg_goals": "{code}"},
    "sdg-target": {"sdg_targets": "{code}"},
    "sdg-indicator": {"sdg_indicators": "{framework}-{code}"},
    "indicator": {"indicators": "{id}"},
    "information-system": {"information_systems": "{id}"},
    "county": {"counties": "{code}"},
    "municipality": {"municipalities": "{code}"},
    "geometry": {"boundaries": "{area}"},
    "actor": {
        "actors": "{organisation_number}",
        "bodies": "{slug}",
        "municipal_organisations": "{organisation_number}",
        "regions": "region-{kolada_id[2]}{kolada_id[3]}",
    },
    "dated-name": {"dated_names": "{actor}--{slug}"},
    "duty": {"duties": "{actor}--{role}"},
    "membership": {"memberships": "{council}--{actor}--{year}"},
    "collaboration": {"collaborations": "{code}"},
    "meeting-series": {"meeting_series": "{slug}"},
    "meeting": {"meetings": "{slug}"},
    "mapping": {
        "mappings": "{source_id}--{subject_kind}-{subject_key}--{object}",
        "indicator_proposals": "{source_id}--indicator-{indicator}--{goal_kind}-{goal}",
    },
    "country": {"countries": "{code}"},
    "dataset": {"datasets": "{id}"},
    "slice": {"slices": "{dataset}/{area}/{sector}"},
    "observation": {"observations": "{dataset}/{area}/{period}/{sector}"},
    "sector": {"sectors": "{slug}"},
    "external-dataset": {"external_datasets": "{id}"},
    "source": {"sources": "{id}"},
    "retirement": {"retirements": "{identifier}"},
}
"""For each kind the tables whose rows define its things, and how cells make the key; the last cell may be empty."""


def keys_of(kind: str) -> set[str]:
    """The keys of the things of a kind that may be published; a key is ASCII, so RÅU2023 is `RAU2023`."""
    made = (key.format(**row) for table, key in KEYS[kind].items() for row in rows(table))
    return {key.replace("Å", "A").rstrip("/") for key in made}
