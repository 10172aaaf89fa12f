"""Where the objectives are to be assessed regionally: the rules, the reports they are for, the counties they name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import Applicability, ReportKind


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its code, sort and year."""

    report: URIRef
    code: str
    kind: ReportKind
    year: str

    @property
    def order(self) -> tuple[str, str]:
        """What sorts reports from the first to the last."""
        return self.year, self.code


@dataclass(frozen=True, slots=True)
class Rule:
    """Where an objective is to be assessed regionally, from a year and until one where that has ended."""

    rule: URIRef
    objective: URIRef
    where: Applicability
    first: str
    last: str | None
    assessor: URIRef | None  # who assesses in place of the county administrative boards

    def holds_in(self, year: str) -> bool:
        """True where the rule is for the reports of a year."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(slots=True)
class Regional:
    """The objectives, the counties and the nation, the reports, and the rules for what is due."""

    reports: dict[URIRef, Report] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    labels: Labels = field(default_factory=dict)
    objectives: list[URIRef] = field(default_factory=list)
    counties: list[URIRef] = field(default_factory=list)
    nations: list[URIRef] = field(default_factory=list)
    nature: dict[tuple[URIRef, Applicability], bool] = field(default_factory=dict)
    _due: dict[tuple[URIRef, URIRef, URIRef], bool | None] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """What the objectives and the places are called."""
        return Names(self.labels)

    def is_due(self, objective: URIRef, place: URIRef, report: Report) -> bool | None:
        """Whether a county is to assess an objective in a report; None where no rule or no fact tells."""
        asked = objective, place, report.report
        try:
            return self._due[asked]  # a table asks for each of its cells, and tables are many
        except KeyError:
            found = self._due[asked] = self._is_due(objective, place, report)
        return found

    def _is_due(self, objective: URIRef, place: URIRef, report: Report) -> bool | None:
        if report.kind is not ReportKind.REGIONAL_FOLLOW_UP or place not in self.counties:
            return None
        rule = next((rule for rule in self.rules if rule.objective == objective and rule.holds_in(report.year)), None)
        return self.applies(rule, place) if rule else None

    def applies(self, rule: Rule, county: URIRef) -> bool | None:
        """Whether a rule is for a county; None where it is unknown whether it has a coast or mountains."""
        if rule.where in {Applicability.ALL, Applicability.NONE}:
            return rule.where is Applicability.ALL
        return self.nature.get((county, rule.where))

    def counties_of(self, rule: Rule) -> list[URIRef]:
        """The counties that a rule is for."""
        return [county for county in self.counties if self.applies(rule, county)]


async def read_regional(site: Site) -> Regional:
    """What a release says of all this. Three queries."""
    reports, rules, things = await asyncio.gather(
        site.select("pages/reports"), site.select("pages/regional-rules"), site.select("pages/assessed-things")
    )
    read = Regional(
        reports={URIRef(row["report"]): _report(row) for row in reports},
        rules=sorted({_rule(row) for row in rules}, key=lambda rule: natural(rule.rule)),
        labels=read_labels(things) | read_labels(rules, "assessor", "assessorLabel"),
    )
    _add_things(read, things, site)
    return read


def _add_things(read: Regional, rows: Iterable[Row], site: Site) -> None:
    lists = {
        site.local(MG.EnvironmentalQualityObjective): read.objectives,
        site.local(MG.County): read.counties,
        site.local(MG.Country): read.nations,
    }
    for row in rows:
        thing, things = URIRef(row["thing"]), lists[URIRef(row["class"])]
        if thing not in things:
            things.append(thing)
        for where, column in ((Applicability.COASTAL, "coastal"), (Applicability.MOUNTAIN, "mountain")):
            if column in row:
                read.nature[thing, where] = str(row[column]) == "true"
    for things in lists.values():
        things.sort(key=natural)


def _report(row: Row) -> Report:
    return Report(URIRef(row["report"]), str(row["code"]), ReportKind(iri.local_name(row["kind"])), str(row["year"]))


def _rule(row: Row) -> Rule:
    last = str(row["until"]) if "until" in row else None
    where = Applicability(iri.local_name(row["where"]))
    assessor = URIRef(row["assessor"]) if "assessor" in row else None
    return Rule(URIRef(row["rule"]), URIRef(row["objective"]), where, str(row["from"]), last, assessor)
