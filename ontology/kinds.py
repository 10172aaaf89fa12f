"""The kinds of thing in the graph: one row here, and its neighbours are found by name.

A kind called `objective` has a loader that defines its keys, the shape `shapes/objective.ttl`, its class in
the vocabulary and its place in the pages. A test walks this table and names what a kind is missing.
"""

from __future__ import annotations

from ontology.kind import Area, Kind
from ontology.namespaces import GEO, MG, QB, SDG, SDGO
from ontology.schemes import ActorKind, AreaOfWork, MilestoneTheme, ReportKind
from ontology.text import Text

_OBJECTIVE = r"(?:[1-9]|1[0-6])"
_GOAL = r"(?:[1-9]|1[0-7])"
_TARGET = rf"{_GOAL}\.(?:[1-9]|1[0-9]|[a-d])"
_MILESTONE = r"(?:KL|LU|FA|AV|MS|BM|HS)[1-9][0-9]?"
_ROW = r"[A-Za-z0-9_-]+(?:(?<=[0-9a-d])\.(?:[0-9]+|[a-d])(?:[-_][A-Za-z0-9_-]*)?)*"  # no row key ends in a file suffix
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DELIVERED = rf"{_SLUG}--[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"  # a delivery, and what it is called by who delivers it
_PROGRAMME = rf"(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*|{_DELIVERED})"
_MEASURE = rf"(?:ATG[0-9]{{3}}|{_DELIVERED})"
_ACTOR = rf"[0-9]{{6}}-[0-9]{{4}}|[a-z]{_SLUG}"
_INDICATOR = rf"kolada-[A-Z][0-9]{{5}}|[a-z]{_SLUG}"
_REPORT = r"[A-Z]+[0-9]{4}(?:-[a-z0-9]+)*"
_AREA = r"(?:SE|[0-9]{2}|[0-9]{4})"  # the country, a county or a municipality: what is observed is territory
_SERIES = rf"[a-z]{_SLUG}/{_AREA}"  # a data set and an area; a sector comes last, where there are sectors


_MAPPED = {
    "generational-goal": r"GEN",
    "strand": r"GEN-[1-7]",
    "objective": _OBJECTIVE,
    "milestone-target": _MILESTONE,
    "indicator": rf"(?:{_INDICATOR})",
}
"""The kinds that are mapped to Agenda 2030, and the pattern of their keys."""

MAPPED_KINDS = tuple(_MAPPED)
"""The kinds that are mapped to Agenda 2030."""

FOLLOWED_KINDS = ("generational-goal", "strand", "objective")
"""The kinds of goal that indicators follow up; an indicator that is only thought to do so is mapped to one of these."""


def _any(kinds: tuple[str, ...]) -> str:
    """The pattern of a mapped kind and a key of it, such as `objective-8`, for any of some kinds."""
    return "|".join(f"{kind}-{_MAPPED[kind]}" for kind in kinds)


_ALL = (
    Kind(
        "generational-goal",
        MG.GenerationalGoal,
        _MAPPED["generational-goal"],
        Text("Generationsmålet", "Generational goal"),
        Text("Generationsmålet", "Generational goal"),
        Area.GOALS,
    ),
    Kind(
        "strand",
        MG.Strand,
        _MAPPED["strand"],
        Text("Strecksats", "Strand"),
        Text("Strecksatser", "Strands"),
        Area.GOALS,
    ),
    Kind(
        "objective",
        MG.EnvironmentalQualityObjective,
        _OBJECTIVE,
        Text("Miljökvalitetsmål", "Environmental quality objective"),
        Text("Miljökvalitetsmål", "Environmental quality objectives"),
        Area.GOALS,
    ),
    Kind(
        "specification",
        MG.Specification,
        rf"{_OBJECTIVE}-[1-9][0-9]?",
        Text("Precisering", "Specification"),
        Text("Preciseringar", "Specifications"),
        Area.GOALS,
        grouped_by="objective",
    ),
    Kind(
        "milestone-target",
        MG.MilestoneTarget,
        _MILESTONE,
        Text("Etappmål", "Milestone target"),
        Text("Etappmål", "Milestone targets"),
        Area.GOALS,
        grouped_by=MilestoneTheme,
    ),
    Kind(
        "milestone-step",
        MG.MilestoneStep,
        rf"{_MILESTONE}-20[0-9]{{2}}",
        Text("Steg i ett etappmål", "Step of a milestone target"),
        Text("Steg i etappmål", "Steps of milestone targets"),
        Area.GOALS,
        is_listed=False,
    ),
    Kind(
        "action-programme",
        MG.ActionProgramme,
        _PROGRAMME,
        Text("Åtgärdsprogram", "Action programme"),
        Text("Åtgärdsprogram", "Action programmes"),
        Area.ACTION,
        grouped_by="county",
    ),
    Kind(
        "geometry",
        GEO.Geometry,
        r"[0-9]{2}|[0-9]{4}",
        Text("Geometri", "Geometry"),
        Text("Geometrier", "Geometries"),
        Area.TERRITORY,
        is_listed=False,
    ),
    Kind(
        "measure",
        MG.Measure,
        _MEASURE,
        Text("Åtgärd", "Measure"),
        Text("Åtgärder", "Measures"),
        Area.ACTION,
        grouped_by="action-programme",
    ),
    Kind(
        "measure-link",
        MG.MeasureLink,
        rf"{_MEASURE}--(?:objective-{_OBJECTIVE}|milestone-target-{_MILESTONE})",
        Text("Åtgärdens koppling till ett mål", "Link of a measure to a goal"),
        Text("Åtgärdernas kopplingar till mål", "Links of measures to goals"),
        Area.ACTION,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "report",
        MG.Report,
        _REPORT,
        Text("Rapport", "Report"),
        Text("Rapporter", "Reports"),
        Area.FOLLOW_UP,
        grouped_by=ReportKind,
    ),
    Kind(
        "assessment",
        MG.Assessment,
        rf"{_REPORT}-(?:SE|[0-9]{{2}})-{_OBJECTIVE}-(?:achievement|trend)",
        Text("Bedömning", "Assessment"),
        Text("Bedömningar", "Assessments"),
        Area.FOLLOW_UP,
    ),
    Kind(
        "assessment-count",
        MG.AssessmentCount,
        rf"{_REPORT}-(?:SE|[0-9]{{2}})-(?:achievement|trend)-[a-z]+",
        Text("Angivet antal", "Stated number"),
        Text("Angivna antal", "Stated numbers"),
        Area.FOLLOW_UP,
        has_codes=False,
    ),
    Kind(
        "regional-applicability",
        MG.RegionalApplicability,
        rf"{_OBJECTIVE}-20[0-9]{{2}}",
        Text("Regional tillämplighet", "Regional applicability"),
        Text("Regional tillämplighet", "Regional applicability"),
        Area.FOLLOW_UP,
    ),
    Kind(
        "sdg-goal",
        SDGO.Goal,
        _GOAL,
        Text("Globalt mål", "Sustainable Development Goal"),
        Text("Globala mål", "Sustainable Development Goals"),
        Area.AGENDA,
        namespace=str(SDG),
    ),
    Kind(
        "sdg-target",
        SDGO.Target,
        _TARGET,
        Text("Globalt delmål", "SDG target"),
        Text("Globala delmål", "SDG targets"),
        Area.AGENDA,
        namespace=str(SDG),
        grouped_by="sdg-goal",
    ),
    Kind(
        "sdg-indicator",
        MG.ListedIndicator,
        rf"20[0-9][0-9]-{_TARGET}\.[1-9]",
        Text("Listad global indikator", "Listed SDG indicator"),
        Text("Listade globala indikatorer", "Listed SDG indicators"),
        Area.AGENDA,
        grouped_by="sdg-goal",
    ),
    Kind(
        "un-indicator",
        SDGO.Indicator,
        r"C[0-9]{3}[0-9a-d][0-9]{2}",
        Text("FN:s indikator", "UN indicator"),
        Text("FN:s indikatorer", "UN indicators"),
        Area.AGENDA,
        namespace=str(SDG),
    ),
    Kind(
        "un-series",
        SDGO.Series,
        r"[A-Z]{2}(?:_[A-Za-z0-9]+)+",
        Text("FN:s serie", "UN series"),
        Text("FN:s serier", "UN series"),
        Area.AGENDA,
        namespace=str(SDG),
    ),
    Kind(
        "indicator",
        MG.Indicator,
        _INDICATOR,
        Text("Indikator", "Indicator"),
        Text("Indikatorer", "Indicators"),
        Area.FOLLOW_UP,
        grouped_by="information-system",
        has_codes=False,
    ),
    Kind(
        "information-system",
        MG.InformationSystem,
        rf"[a-z]{_SLUG}",
        Text("Informationssystem", "Information system"),
        Text("Informationssystem", "Information systems"),
        Area.FOLLOW_UP,
        has_codes=False,
    ),
    Kind("country", MG.Country, r"SE", Text("Land", "Country"), Text("Land", "Country"), Area.TERRITORY),
    Kind("county", MG.County, r"[0-9]{2}", Text("Län", "County"), Text("Län", "Counties"), Area.TERRITORY),
    Kind(
        "municipality",
        MG.Municipality,
        r"[0-9]{4}",
        Text("Kommun", "Municipality"),
        Text("Kommuner", "Municipalities"),
        Area.TERRITORY,
        grouped_by="county",
    ),
    Kind(
        "actor",
        MG.Actor,
        _ACTOR,
        Text("Aktör", "Actor"),
        Text("Aktörer", "Actors"),
        Area.ACTORS,
        grouped_by=ActorKind,
    ),
    Kind(
        "dated-name",
        MG.DatedName,
        rf"(?:{_ACTOR})--{_SLUG}",
        Text("Namn på en aktör under en tid", "Name of an actor with a period"),
        Text("Namn på aktörer", "Names of actors"),
        Area.ACTORS,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "duty",
        MG.Duty,
        rf"(?:{_ACTOR})--{_SLUG}",
        Text("Uppgift i miljömålssystemet", "Duty in the system"),
        Text("Uppgifter i miljömålssystemet", "Duties in the system"),
        Area.ACTORS,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "membership",
        MG.Membership,
        rf"(?:{_ACTOR})--(?:{_ACTOR})--20[0-9]{{2}}",
        Text("Ledamotskap", "Membership"),
        Text("Ledamotskap", "Memberships"),
        Area.ACTORS,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "collaboration",
        MG.Collaboration,
        r"C[0-9]{2}",
        Text("Samarbete", "Collaboration"),
        Text("Samarbeten", "Collaborations"),
        Area.ACTORS,
        grouped_by=AreaOfWork,
    ),
    Kind(
        "meeting-series",
        MG.MeetingSeries,
        _SLUG,
        Text("Mötesserie", "Series of meetings"),
        Text("Mötesserier", "Series of meetings"),
        Area.ACTORS,
        has_codes=False,
    ),
    Kind(
        "meeting",
        MG.Meeting,
        _SLUG,
        Text("Möte", "Meeting"),
        Text("Möten", "Meetings"),
        Area.ACTORS,
        grouped_by="meeting-series",
        has_codes=False,
    ),
    Kind(
        "mapping",
        MG.Mapping,
        rf"{_SLUG}--(?:{_any(MAPPED_KINDS)})--(?:{_TARGET}|{_GOAL}|{_any(FOLLOWED_KINDS)})",
        Text("Koppling", "Mapping"),
        Text("Kopplingar", "Mappings"),
        Area.AGENDA,
        has_codes=False,
    ),
    Kind(
        "dataset",
        QB.DataSet,
        rf"[a-z]{_SLUG}",
        Text("Datamängd", "Data set"),
        Text("Datamängder", "Data sets"),
        Area.FOLLOW_UP,
        has_codes=False,
    ),
    Kind(
        "slice",
        QB.Slice,
        rf"{_SERIES}(?:/{_SLUG})?",
        Text("Serie", "Series"),
        Text("Serier", "Series"),
        Area.FOLLOW_UP,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "observation",
        QB.Observation,
        rf"{_SERIES}/(?:19|20)[0-9]{{2}}(?:/{_SLUG})?",
        Text("Observation", "Observation"),
        Text("Observationer", "Observations"),
        Area.FOLLOW_UP,
        is_listed=False,
        has_codes=False,
    ),
    Kind(
        "sector",
        MG.Sector,
        _SLUG,
        Text("Sektor", "Sector"),
        Text("Sektorer", "Sectors"),
        Area.FOLLOW_UP,
        has_codes=False,
    ),
    Kind(
        "external-dataset",
        MG.ExternalDataset,
        rf"[a-z]{_SLUG}",
        Text("Datamängd hos andra", "External dataset"),
        Text("Datamängder hos andra", "External datasets"),
        Area.FOLLOW_UP,
        has_codes=False,
    ),
    Kind(
        "source",
        MG.Source,
        _SLUG,
        Text("Källa", "Source"),
        Text("Källor", "Sources"),
        Area.SOURCES,
        has_codes=False,
    ),
    Kind(
        "retirement",
        MG.Retirement,
        rf"(?:id|def|spec|shapes)(?:/{_ROW})+",
        Text("Upphörd identifierare", "Retired identifier"),
        Text("Upphörda identifierare", "Retired identifiers"),
        Area.SOURCES,
    ),
    Kind(
        "row",
        MG.Row,
        rf"[a-z_]+(?:/{_ROW})+",
        Text("Rad", "Row"),
        Text("Rader", "Rows"),
        Area.SOURCES,
        is_listed=False,
        has_codes=False,
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
