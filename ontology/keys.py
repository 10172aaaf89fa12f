"""The patterns of the keys of things, as they stand in identifiers, and a key of each kind."""

from __future__ import annotations

OBJECTIVE = r"(?:[1-9]|1[0-6])"
GOAL = r"(?:[1-9]|1[0-7])"
TARGET = rf"{GOAL}\.(?:[1-9]|1[0-9]|[a-d])"
MILESTONE = r"(?:KL|LU|FA|AV|MS|BM|HS)[1-9][0-9]?"
ROW = r"[A-Za-z0-9_-]+(?:(?<=[0-9a-d])\.(?:[0-9]+|[a-d])(?:[-_][A-Za-z0-9_-]*)?)*"  # no row key ends in a file suffix
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
DELIVERED = rf"{SLUG}--[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"  # a delivery, and what it is called by who delivers it
PROGRAMME = rf"(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*|{DELIVERED})"
MEASURE = rf"(?:ATG[0-9]{{3}}|{DELIVERED})"
BODY = rf"[a-z]{SLUG}"  # an actor by a word of ours, since no organisation number of it is known
ACTOR = rf"[0-9]{{6}}-[0-9]{{4}}|{BODY}"
INDICATOR = rf"kolada-[A-Z][0-9]{{5}}|[a-z]{SLUG}"
REPORT = r"[A-Z]+[0-9]{4}(?:-[a-z0-9]+)*"
AREA = r"(?:SE|[0-9]{2}|[0-9]{4})"  # the country, a county or a municipality: what is observed is territory
SERIES = rf"[a-z]{SLUG}/{AREA}"  # a data set and an area; a sector comes last, where there are sectors

EXAMPLES = {
    "generational-goal": "GEN",
    "strand": "GEN-1",
    "objective": "8",
    "specification": "8-1",
    "milestone-target": "KL1",
    "milestone-step": "AV3-2030",
    "action-programme": "SKANE-2022",
    "geometry": "1280",
    "measure": "ATG001",
    "measure-link": "ATG020--objective-7",
    "report": "RAU2023",
    "assessment": "AU2023-SE-8-trend",
    "assessment-count": "AU2022-SE-trend-neutral",
    "regional-applicability": "8-2022",
    "sdg-goal": "13",
    "sdg-target": "14.1",
    "sdg-indicator": "2020-14.1.1",
    "un-indicator": "C140101",
    "un-series": "EN_ATM_CO2",
    "indicator": "kolada-N00401",
    "information-system": "atgardswebben",
    "country": "SE",
    "county": "12",
    "municipality": "1280",
    "actor": "202100-1975",
    "dated-name": "rus--regionalt-uppfoljningssystem",
    "duty": "202100-1975--works-for-objectives",
    "membership": "miljomalsradet--202100-1975--2016",
    "collaboration": "C01",
    "meeting-series": "nobelmotet",
    "meeting": "nobelmotet-2011",
    "mapping": "editors--objective-1--7.2",
    "dataset": "ghg-county-2026-08",
    "slice": "ghg-county-2026-08/12",
    "observation": "ghg-county-2026-08/12/2023",
    "sector": "jordbruk",
    "external-dataset": "scb-mi0603d",
    "source": "rka-se",
    "retirement": "id/report/RAU2023",
    "row": "objectives/8",
}
"""A key of each kind of thing, for whoever has written one that none can have."""
