"""The curated tables together: every table read, every reference resolved, what cannot be published left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

from loaders import (
    action_programmes,
    actor_history,
    actors,
    assessment_counts,
    assessments,
    boundaries,
    collaborations,
    counties,
    countries,
    datasets,
    disk,
    duties,
    external_datasets,
    generational_goal,
    indicator_proposals,
    indicator_updates,
    indicators,
    information_systems,
    mappings,
    measures,
    meetings,
    memberships,
    milestone_targets,
    municipalities,
    nv_indicator_matches,
    objectives,
    observations,
    regional_applicability,
    reports,
    retirements,
    sdg_goals,
    sdg_indicators,
    sdg_targets,
    self_government,
    sources,
    specifications,
    strands,
)
from loaders.row import Reference, Row, things_of
from loaders.table import Problem, TableProblems, read
from ontology.schemes import Confidence
from shapes.report import Place

TABLES: tuple[type[Row], ...] = (
    sources.Source,
    generational_goal.GenerationalGoal,
    generational_goal.GenerationalGoalTranslation,
    strands.Strand,
    objectives.Objective,
    objectives.ObjectivePage,
    objectives.ObjectiveTranslation,
    objectives.Responsibility,
    specifications.Specification,
    specifications.SpecificationTranslation,
    specifications.SpecificationDecision,
    milestone_targets.MilestoneTarget,
    milestone_targets.MilestoneTargetTranslation,
    milestone_targets.MilestoneDecision,
    milestone_targets.MilestoneYear,
    milestone_targets.MilestoneLevel,
    milestone_targets.MilestoneStep,
    milestone_targets.MilestoneVerdictRow,
    milestone_targets.MilestoneObjective,
    milestone_targets.MilestoneProposal,
    action_programmes.ActionProgramme,
    action_programmes.ProgrammeTranslation,
    action_programmes.ProgrammePeriod,
    action_programmes.ProgrammePublisher,
    action_programmes.ProgrammeLead,
    action_programmes.ProgrammePage,
    action_programmes.ProgrammeDecision,
    action_programmes.ProgrammeSystemRow,
    action_programmes.ProgrammeObjective,
    action_programmes.ProgrammeSize,
    action_programmes.ProgrammeMention,
    measures.Measure,
    measures.MeasureTranslation,
    measures.MeasurePeriod,
    measures.MeasureDesignation,
    measures.MeasureOrdinance,
    measures.MeasureLead,
    measures.MeasurePartner,
    measures.MeasureAdopter,
    measures.MeasureStatusRow,
    measures.MeasureMunicipality,
    measures.MeasureCost,
    measures.MeasureLink,
    reports.Report,
    reports.ReportPart,
    reports.CompleteYear,
    assessments.Assessment,
    assessments.AssessmentYear,
    assessment_counts.AssessmentCount,
    regional_applicability.RegionalApplicability,
    regional_applicability.RegionalAssessor,
    sdg_goals.Goal,
    sdg_goals.GoalTitle,
    sdg_goals.GoalLink,
    sdg_targets.Target,
    sdg_targets.TargetSort,
    sdg_targets.TargetTitle,
    sdg_indicators.ListedIndicator,
    sdg_indicators.IndicatorTitle,
    sdg_indicators.IndicatorIri,
    information_systems.InformationSystem,
    information_systems.InformationSystemTranslation,
    information_systems.InformationSystemPage,
    information_systems.InformationSystemOperator,
    indicators.Indicator,
    indicators.IndicatorTranslation,
    indicators.IndicatorObjective,
    indicators.IndicatorDpsir,
    indicators.IndicatorUnit,
    indicators.IndicatorResolution,
    indicators.IndicatorSupplier,
    indicators.IndicatorPage,
    indicator_updates.IndicatorState,
    indicator_updates.IndicatorCadence,
    indicator_updates.IndicatorUpdate,
    indicator_proposals.IndicatorProposal,
    nv_indicator_matches.NvMatch,
    countries.Country,
    counties.County,
    counties.CountyTranslation,
    counties.CountyLetter,
    counties.CountyIso,
    counties.CountyNuts,
    counties.CountyWikidata,
    counties.CountyBoard,
    counties.CountyLandscape,
    municipalities.Municipality,
    municipalities.MunicipalityName,
    municipalities.MunicipalityWikidata,
    boundaries.Boundary,
    actors.Actor,
    actors.Body,
    self_government.Region,
    self_government.CountyRegion,
    self_government.MunicipalOrganisation,
    actors.ActorName,
    actors.ActorTranslation,
    actors.ActorWikidata,
    actors.ActorDataportal,
    actors.ActorHomepage,
    actor_history.DatedName,
    actor_history.DatedNameStart,
    actor_history.DatedNameEnd,
    actor_history.ActorStart,
    actor_history.ActorEnd,
    actor_history.ActorSuccession,
    duties.Duty,
    duties.LegalBasis,
    memberships.Membership,
    collaborations.Collaboration,
    collaborations.CollaborationCounterpart,
    collaborations.CollaborationGroup,
    collaborations.CollaborationStart,
    meetings.MeetingSeries,
    meetings.Meeting,
    meetings.MeetingOrganiser,
    meetings.MeetingPartner,
    meetings.MeetingParty,
    mappings.Mapping,
    mappings.MappingBasis,
    datasets.Dataset,
    datasets.DatasetTitle,
    datasets.DatasetTranslation,
    datasets.DatasetPublisher,
    datasets.DatasetVersion,
    datasets.DatasetLicence,
    datasets.DatasetNote,
    datasets.DatasetObjective,
    datasets.DatasetIndicator,
    observations.Sector,
    observations.SectorTranslation,
    observations.Slice,
    observations.SliceTitle,
    observations.SliceNote,
    observations.Observation,
    external_datasets.ExternalDataset,
    external_datasets.ExternalDatasetTitle,
    external_datasets.ExternalDatasetPage,
    external_datasets.ExternalDatasetApi,
    external_datasets.ExternalDatasetLicence,
    external_datasets.ExternalDatasetObjective,
    retirements.Retirement,
    retirements.RetirementSuccessor,
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that stays in its table and out of the release, and why."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Curated:
    """What the curated tables give a release: the rows to publish and those left out."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    checksums: dict[str, str]  # file -> sha256 of its bytes

    def with_live(self, rows: tuple[Row, ...], left_out: tuple[LeftOut, ...] = ()) -> Curated:
        """The same, and rows that live sources give, those left out apart."""
        return replace(self, rows=self.rows + rows, left_out=self.left_out + left_out)


def read_all(directory: Path | None = None) -> Curated:
    """Read all tables of a directory, by default those of the package.

    Raises TableProblems with every fault of every table, so that all can be mended at once.
    """
    if directory is None:
        with as_file(files("loaders").joinpath("tables")) as own:
            return read_all(own)
    tables = [read(directory, model) for model in TABLES]
    problems = [problem for table in tables for problem in table.problems]
    rows: list[Row] = [row for table in tables for row in table.rows]
    problems += _strangers(directory)
    if not any(isinstance(row, sources.Source) for row in rows) and not problems:
        problems.append(Problem(Place("sources.csv"), "there is no source; a release needs at least one"))
    whole = {table.model.defines for table in tables if not table.problems}
    problems += _dangling(rows, {kind for kind in whole if kind})
    if problems:
        raise TableProblems(problems)
    kept, left_out = _leave_out(rows)
    checksums = {f"{model.table}.csv": disk.checksum(directory / f"{model.table}.csv") for model in TABLES}
    return Curated(tuple(_settle(kept)), tuple(left_out), checksums)


def _strangers(directory: Path) -> Iterator[Problem]:
    """A problem for every CSV file that no row class reads."""
    known = {f"{model.table}.csv" for model in TABLES}
    for file in sorted(directory.glob("*.csv")) if directory.is_dir() else []:
        if file.name not in known:
            yield Problem(Place(file.name), "no loader reads this table; is the name right?")


def _dangling(rows: list[Row], whole: set[str]) -> Iterator[Problem]:
    """A problem for every cell that names a thing which its (faultless) table does not define."""
    defined = things_of(rows)
    for row in rows:
        for column, kind, key in row.references():
            if kind in whole and (kind, key) not in defined:
                message = f"there is no {kind} {key!r} in {_tables_of(kind)}"
                yield Problem(Place(f"{row.table}.csv", row.line, column), message)


def _tables_of(kind: str) -> str:
    """The files whose rows define the things of a kind: the other place to look where one is missing."""
    return " or ".join(f"{model.table}.csv" for model in TABLES if model.defines == kind)


def _leave_out(rows: list[Row]) -> tuple[list[Row], list[LeftOut]]:
    """The rows to publish, and those left out: unsure, of a data set without licence, or speaking of what is out."""
    left_out = [LeftOut(row, "the confidence is unsure") for row in rows if row.sureness is Confidence.UNSURE]
    kept = [row for row in rows if row.sureness is not Confidence.UNSURE]
    unlicensed = observations.without_licence(kept)
    left_out += [LeftOut(row, observations.NO_LICENCE) for row in unlicensed]
    withheld = {id(row) for row in unlicensed}
    kept = [row for row in kept if id(row) not in withheld]
    while True:
        defined = things_of(kept)
        lost = {id(row): missing for row in kept if (missing := _missing(row, defined)) is not None}
        if not lost:
            return kept, left_out
        for row in kept:
            if id(row) in lost:
                _, kind, key = lost[id(row)]
                left_out.append(LeftOut(row, f"it speaks of the {kind} {key}, which is left out"))
        kept = [row for row in kept if id(row) not in lost]


def _missing(row: Row, defined: set[tuple[str, str]]) -> Reference | None:
    return next((ref for ref in row.references() if (ref.kind, ref.key) not in defined), None)


def _settle(rows: list[Row]) -> Iterator[Row]:
    """The rows, with what depends on all that are kept: a mapping that lost its basis becomes a proposal."""
    observations.find_ends(rows)
    all_mappings = [row for row in rows if isinstance(row, mappings.Mapping)]
    basis = [row for row in rows if isinstance(row, mappings.MappingBasis)]
    yield from (row for row in rows if not isinstance(row, mappings.Mapping))
    yield from mappings.propose_the_unsupported(all_mappings, basis)
