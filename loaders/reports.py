"""The reports: follow-ups, evaluations and what else is published about the objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator
from rdflib import Literal, URIRef

from loaders.moments import Year
from loaders.row import About, Claim, Fact, Name, Refers, Url, plain, text, year
from loaders.spelling import Spelt
from ontology import iri
from ontology.namespaces import DCTERMS, FOAF, MG, RDF, SCHEMA
from ontology.schemes import ReportKind

ReportKey = Annotated[str, Refers("report")]


def _isbn(value: str) -> str:
    """Only what ends in the check digit that its other digits give is an ISBN."""
    digits = [int(digit) for digit in value if digit != "-"]
    if len(digits) != 13 or sum(digits[0::2] + [3 * digit for digit in digits[1::2]]) % 10:
        raise ValueError("this is no ISBN: its digits and its check digit do not agree")
    return value


Isbn = Annotated[
    str,
    Spelt(
        r"97[89](-[0-9]+){3}-[0-9]",
        "skriv med bindestreck som 978-91-620-7088-5",
        "write it with its hyphens like 978-91-620-7088-5",
    ),
    AfterValidator(_isbn),
]


def year_of(key: str) -> str:
    """The year in the key of a report, 2023 for `RAU2023` and for `FU2023-02`: that of the follow-up it belongs to."""
    found = re.search(r"[0-9]{4}", key)
    if found is None:
        raise ValueError(f"there is no year in the key {key}")
    return found[0]


def code_of(key: str) -> str:
    """The code that a report goes by: keys are ASCII, so `RAU2023` is RÅU2023 and `AU2023` ÅU2023."""
    return re.sub(r"^(R?)AU(?=[0-9])", r"\1ÅU", key)


class Report(Claim):
    """One report by its code; what is not known of it is left empty."""

    table = "reports"
    defines = "report"

    code: Name
    kind: ReportKind
    year: Year
    title_sv: Name
    publisher: Annotated[str | None, Refers("actor")] = None
    isbn: Isbn | None = None
    number: Name | None = None
    page: Url | None = None

    @property
    def key(self) -> str:
        """The code without the ring on the A: `RAU2023` for RÅU2023."""
        return self.code.replace("Å", "A")

    def facts(self) -> Iterator[Fact]:
        """What it is, its code, sort, year and title; publisher, ISBN, number and page where known."""
        yield self.says(RDF.type, MG.Report, "code")
        yield self.says(MG.reportCode, plain(self.code), "code")
        yield self.says(MG.reportKind, iri.concept(self.kind), "kind")
        yield self.says(MG.reportYear, year(self.year), "year")
        yield self.says(DCTERMS.title, text(self.title_sv, "sv"), "title_sv")
        if self.publisher:
            yield self.says(DCTERMS.publisher, iri.mint("actor", self.publisher), "publisher")
        if self.isbn:
            yield self.says(SCHEMA.isbn, plain(self.isbn), "isbn")
        if self.number:
            yield self.says(MG.reportNumber, plain(self.number), "number")
        if self.page:
            yield self.says(FOAF.page, URIRef(self.page), "page")


class AboutReport(About):
    """A claim about a report that another table defines."""

    about = "report"

    report: ReportKey


class ReportPart(AboutReport):
    """The report that a background report belongs to, and the objective it is about where it is about one."""

    table = "report_parts"

    part_of: ReportKey
    objective: Annotated[str | None, Refers("objective")] = None

    def facts(self) -> Iterator[Fact]:
        """What it is part of, and what it is about."""
        yield self.says(DCTERMS.isPartOf, iri.mint("report", self.part_of), "part_of")
        if self.objective:
            yield self.says(MG.reportOn, iri.mint("objective", self.objective), "objective")


class CompleteYear(AboutReport):
    """A regional follow-up of which every assessment is recorded; only then is their number checked."""

    table = "complete_years"

    def facts(self) -> Iterator[Fact]:
        """That it is complete."""
        yield self.says(MG.isComplete, Literal(True), "report")
