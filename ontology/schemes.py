"""The closed lists of the concept schemes; `schemes.ttl` gives each concept its labels and definition.

A test holds the two together.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Concept(StrEnum):
    """A concept of a scheme; the class is the scheme, the value the local name."""

    @classmethod
    def scheme(cls) -> str:
        """The local name of the scheme: `JustificationConfidence` is `justification-confidence`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class Confidence(Concept):
    """How sure it is that a source states what a row says."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Standing(Concept):
    """Who stands behind a mapping."""

    PUBLISHED = "published"
    EDITORIAL = "editorial"
    PROPOSED = "proposed"


class Strength(Concept):
    """How closely two goals are tied, as the author of the mapping states it."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class JustificationConfidence(Concept):
    """How far the author trusts the justification of a mapping."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class MilestoneTheme(Concept):
    """What a milestone target is about, in the order in which the themes are read."""

    CLIMATE = "climate"
    AIR_POLLUTION = "air-pollution"
    HAZARDOUS_SUBSTANCES = "hazardous-substances"
    WASTE = "waste"
    FOOD_WASTE = "food-waste"
    BIODIVERSITY = "biodiversity"
    SUSTAINABLE_CITIES = "sustainable-cities"


class MilestoneVerdict(Concept):
    """Whether a milestone target has been reached, as a follow-up states it."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"


class ProgrammeSystem(Concept):
    """Which system an action programme belongs to."""

    ENVIRONMENTAL_OBJECTIVES = "environmental-objectives"
    CLIMATE_INITIATIVE = "climate-initiative"
    WATER_MANAGEMENT = "water-management"
    MARINE_MANAGEMENT = "marine-management"


class ProgrammeStanding(Concept):
    """Whether an action programme is decided or a draft."""

    DECIDED = "decided"
    DRAFT = "draft"


class MeasureStatus(Concept):
    """How far a measure has come, as the source states it, from a thought to something done."""

    DRAFT = "draft"
    NEEDED = "needed"
    IN_PROGRAMME = "in-programme"
    COMMITTED = "committed"
    CONTINUOUS = "continuous"
    ONGOING = "ongoing"
    CARRIED_OUT = "carried-out"
    ENDED = "ended"
    PERIOD_OVER = "period-over"
    REGULATED = "regulated"


class LinkBasis(Concept):
    """On what basis a measure is linked to a goal."""

    STATED = "stated"
    PROPOSED = "proposed"


class ReportKind(Concept):
    """What sort of report a report is."""

    IN_DEPTH_EVALUATION = "in-depth-evaluation"
    BACKGROUND_REPORT = "background-report"
    YEARLY_FOLLOW_UP = "yearly-follow-up"
    REGIONAL_FOLLOW_UP = "regional-follow-up"
    GUIDANCE = "guidance"
    PUBLICATION = "publication"


class Achievement(Concept):
    """Whether an objective is reached, on the scale of the follow-ups; the codes are theirs."""

    YES = "ja"
    PARTLY = "delvis"
    NO = "nej"


class Trend(Concept):
    """Which way the state of the environment is going, on the scale of the follow-ups; the codes are theirs."""

    POSITIVE = "positiv"
    NEUTRAL = "neutral"
    NEGATIVE = "negativ"
    UNCLEAR = "oklar"


class Applicability(Concept):
    """The counties in which an objective is to be assessed."""

    ALL = "all"
    COASTAL = "coastal"
    MOUNTAIN = "mountain"
    NONE = "none"


class ActorKind(Concept):
    """What sort of body an actor is, in the order in which the sorts are read."""

    STATE_AGENCY = "state-agency"
    COUNTY_ADMINISTRATIVE_BOARD = "county-administrative-board"
    REGION = "region"
    MUNICIPAL_ORGANISATION = "municipal-organisation"
    JOINT_BODY = "joint-body"
    COUNCIL_OR_COMMITTEE = "council-or-committee"
    PARLIAMENT = "parliament"
    GOVERNMENT = "government"
    ASSOCIATION = "association"
    RESEARCH_BODY = "research-body"


class DutyRole(Concept):
    """What an actor is to do in the environmental objectives system."""

    WORKS_FOR_OBJECTIVES = "works-for-objectives"
    FOLLOWS_UP_OBJECTIVES = "follows-up-objectives"
    COORDINATES_FOLLOW_UP = "coordinates-follow-up"
    SUPPORTS_FOLLOW_UP = "supports-follow-up"
    REGIONAL_FOLLOW_UP = "regional-follow-up"


class AreaOfWork(Concept):
    """What a collaboration is about, in the order in which the areas are read."""

    ALL_AREAS = "all-areas"
    OBJECTIVES_WORK = "objectives-work"
    OBJECTIVES_COUNCIL = "objectives-council"
    AGENDA_2030 = "agenda-2030"
    ACTION_PROGRAMMES = "action-programmes"
    ATGARDSWEBBEN = "atgardswebben"
    REGIONAL_ANNUAL_FOLLOW_UP = "regional-annual-follow-up"
    INDICATOR_UPDATES = "indicator-updates"
    IN_DEPTH_EVALUATION = "in-depth-evaluation"
    ENVIRONMENTAL_INFORMATION = "environmental-information"
    MEETING_PLACES = "meeting-places"


class ActorGroup(Concept):
    """A group of actors that a source speaks of as one; it is no actor."""

    COUNTY_ADMINISTRATIVE_BOARDS = "county-administrative-boards"
    ONE_COUNTY_ADMINISTRATIVE_BOARD = "one-county-administrative-board"
    OTHER_NATIONAL_AUTHORITIES = "other-national-authorities"
    BUSINESS_ORGANISATIONS = "business-organisations"
    ENVIRONMENTAL_ORGANISATIONS = "environmental-organisations"
    RESEARCH = "research"
    REGIONAL_ORGANISERS = "regional-organisers"


class MeetingStatus(Concept):
    """What the source says of whether a meeting took place."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Unit(Concept):
    """The units that observations are given in."""

    TONNE_CO2E = "tonne-co2e"
    INDEX_2002 = "index-2002"
    KILOGRAM = "kilogram"
    KILOGRAM_PER_INHABITANT = "kilogram-per-inhabitant"
    GRAM_PER_MEAL = "gram-per-meal"
    TONNE_NMVOC = "tonne-nmvoc"
    TONNE_NMVOC_PER_INHABITANT = "tonne-nmvoc-per-inhabitant"
    TONNE_CO2E_PER_INHABITANT = "tonne-co2e-per-inhabitant"
    PERCENT = "percent"
    HECTARE = "hectare"
    KILOMETRE = "kilometre"
    METRE_PER_INHABITANT = "metre-per-inhabitant"
    TEN_KILOMETRES_PER_INHABITANT = "ten-kilometres-per-inhabitant"
    MEGAWATT = "megawatt"
    MEGAWATT_HOUR = "megawatt-hour"
    MEGAWATT_HOUR_PER_INHABITANT = "megawatt-hour-per-inhabitant"
    NUMBER_PER_THOUSAND_INHABITANTS = "number-per-thousand-inhabitants"
    VEHICLES_PER_CHARGING_POINT = "vehicles-per-charging-point"
    YES_IS_1 = "yes-is-1"
    AS_NAMED = "as-named"

    @property
    def is_amount(self) -> bool:
        """True where zero means nothing at all, so that a chart must show it."""
        return self not in {Unit.INDEX_2002, Unit.AS_NAMED}


class Sex(Concept):
    """The sexes by which values are divided."""

    TOTAL = "total"
    WOMEN = "women"
    MEN = "men"


class TargetKind(Concept):
    """The two sorts of SDG targets."""

    OUTCOME = "outcome"
    MEANS_OF_IMPLEMENTATION = "means-of-implementation"


class UnTier(Concept):
    """How far the method and the data of a UN indicator have come, as the UN has classed it."""

    TIER_I = "tier-i"
    TIER_II = "tier-ii"
    TIER_III = "tier-iii"


class Dpsir(Concept):
    """The place of an indicator in the chain from cause to answer."""

    DRIVING_FORCE = "driving-force"
    PRESSURE = "pressure"
    STATE = "state"
    IMPACT = "impact"
    RESPONSE = "response"


class Resolution(Concept):
    """The territory that an indicator has values for."""

    NATIONAL = "national"
    COUNTY_OR_REGION = "county-or-region"
    MUNICIPAL = "municipal"


class IndicatorStatus(Concept):
    """Whether an indicator is still in use."""

    IN_USE = "in-use"
    ENDED = "ended"


class SourceKind(Concept):
    """What sort of thing a source is."""

    WEB_PAGE = "web-page"
    REPORT = "report"
    LAW = "law"
    DATASET = "dataset"
    SOFTWARE_PACKAGE = "software-package"
    EDITORIAL = "editorial"


class Fate(Concept):
    """What has become of that which a retired identifier stood for."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    DIVIDED = "divided"
    MERGED = "merged"


class Profile(Concept):
    """How much a document about a thing says, and in what order; said of documents, which are not in a release."""

    DOCUMENT = "document"
    STATEMENTS = "statements"
    FRAMED = "framed"


SCHEMES: tuple[type[Concept], ...] = (
    Confidence,
    Standing,
    Strength,
    JustificationConfidence,
    MilestoneTheme,
    MilestoneVerdict,
    ProgrammeSystem,
    ProgrammeStanding,
    MeasureStatus,
    LinkBasis,
    ReportKind,
    Achievement,
    Trend,
    Applicability,
    ActorKind,
    DutyRole,
    AreaOfWork,
    ActorGroup,
    MeetingStatus,
    TargetKind,
    UnTier,
    Dpsir,
    Resolution,
    IndicatorStatus,
    SourceKind,
    Unit,
    Sex,
    Fate,
    Profile,
)

EMISSION_SECTORS = "emission-sector"
"""The scheme of the sectors of emissions: its concepts are things that a table gives, in the words of their source."""
