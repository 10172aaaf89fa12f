"""The patterns of the keys of things, as they stand in identifiers."""

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
