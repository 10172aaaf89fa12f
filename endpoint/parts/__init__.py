"""The parts that the pages of things are made of, one module for each theme.

part               what a part is: the kinds it belongs to, its query, its template, what it tells
summaries          what the page of a smaller thing says first: a step, a duty, a report, a source, a row
members            what a thing is made of, what an actor has decided, and what it has issued
goals              who follows an objective up, and its specifications
milestones         where a milestone target stands, its steps, and the milestone targets of an objective
assessments        the assessments on the pages of what they concern, and where objectives are assessed regionally
action_programmes  action programmes, on their own pages and on those of a county and of an actor
measures           measures, on their own pages and on those of what they are linked to
undertakings       what the pages of these two share
actors             names over time, duties, objectives followed up and councils of an actor; the actors of a county
collaborations     who works with whom, by area of work
meetings           the meetings of a series or an actor, and the page of one
indicators         how fresh an indicator is, and the indicators of goals, systems and suppliers
territory          where counties and municipalities lie, and which goals have indicators with values for them
observations       data sets, series and observations, and the series of areas, sectors, indicators and objectives
links              the links to Agenda 2030 on the pages of both sides, what they rest on, and why a mapping was made
united_nations     what the UN's taxonomy adds to the pages of Agenda 2030
retirements        what an identifier shows that has ended

A page shows its parts in the order of `PARTS`. A new theme adds a module, its templates in `templates/parts/`, and its
parts at their places here.
"""

from __future__ import annotations

from functools import cache

from endpoint.parts import (
    action_programmes,
    actors,
    assessments,
    collaborations,
    goals,
    indicators,
    links,
    measures,
    meetings,
    members,
    milestones,
    observations,
    retirements,
    summaries,
    territory,
    united_nations,
)
from endpoint.parts.part import Part

PARTS: tuple[Part, ...] = (
    *summaries.SUMMARIES,
    summaries.SOURCE,
    united_nations.WORDING,
    united_nations.INDICATOR,
    united_nations.SERIES,
    united_nations.OF_LISTED,
    goals.FOLLOWERS,
    goals.SPECIFICATIONS,
    milestones.MILESTONE,
    action_programmes.PROGRAMME,
    measures.MEASURE,
    milestones.MILESTONES,
    members.MEMBERS,
    links.GOALS_OF_OBJECTIVES,
    united_nations.INDICATORS_OF_TARGET,
    assessments.ASSESSMENT,
    assessments.ASSESSMENTS_OF_OBJECTIVE,
    assessments.ASSESSMENTS_OF_PLACE,
    assessments.ASSESSMENTS_OF_REPORT,
    assessments.NUMBERS,
    assessments.APPLICABILITY,
    actors.ACTOR_TIME,
    actors.ACTOR_PLACES,
    actors.ACTORS_OF_COUNTY,
    actors.ORGANISATION,
    actors.DUTIES,
    collaborations.COLLABORATION,
    collaborations.COLLABORATIONS,
    actors.COUNCILS,
    meetings.MEETING,
    meetings.MEETINGS,
    indicators.INDICATOR,
    indicators.INDICATORS_OF,
    indicators.INDICATORS_IN,
    indicators.INDICATORS_FROM,
    territory.MAP,
    territory.INDICATORS_FOR,
    observations.DATASET,
    observations.SLICE,
    observations.OBSERVATION,
    observations.OF_OBJECTIVE,
    observations.OF_AREA,
    observations.OF_INDICATOR,
    observations.OF_SECTOR,
    observations.EXTERNAL,
    action_programmes.PROGRAMMES,
    measures.MEASURES,
    actors.MUNICIPALITIES,
    members.PUBLISHED,
    links.LINKS_TO_GOALS,
    indicators.EVIDENCE,
    measures.MEASURES_TOWARDS,
    links.LINKS_TO_OURS,
    links.RESTING,
    links.REASON,
    retirements.RETIREMENT,
)


@cache
def parts_of(kind: str) -> tuple[Part, ...]:
    """The parts of the pages of a kind, in their order."""
    return tuple(part for part in PARTS if kind in part.of)
