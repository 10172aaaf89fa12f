"""The report of the gate: findings, each with its place in a table, grouped by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ontology.text import Text

BY_RULE = "Rule"
"""The component of what a rule has found."""


class Place(NamedTuple):
    """Where something stands: a file, a line from 1 and a column by its name, as far as known."""

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """`objectives.csv:9, column name_sv`."""
        at = self.file if self.line is None else f"{self.file}:{self.line}"
        return at if self.column is None else f"{at}, column {self.column}"


class Severity(StrEnum):
    """A Violation stops the release; Warnings are counted; Info is listed."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the gate found: which constraint, about which node, with what value, stated where."""

    severity: Severity
    cause: str  # IRI of the shape or name of the rule
    component: str  # local name of the SHACL constraint component, or BY_RULE
    message: Text
    focus: str
    path: str | None = None
    value: str | None = None
    term: str | None = None  # the value as N-Triples writes it; none of a blank node
    places: tuple[Place, ...] = ()
    called: str = ""  # the focus by its kind, key and name


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one cause."""

    severity: Severity
    cause: str
    message: Text
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate found, in a stable order."""

    findings: tuple[Finding, ...] = ()

    @property
    def stops(self) -> bool:
        """True where the release must not be published."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """The number of findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}

    def groups(self) -> list[Group]:
        """The findings by cause, the gravest first, then the most frequent."""
        by_cause: dict[tuple[Severity, str, Text], list[Finding]] = {}
        for finding in self.findings:
            by_cause.setdefault((finding.severity, finding.cause, finding.message), []).append(finding)
        grave = list(Severity)
        keys = sorted(by_cause, key=lambda key: (grave.index(key[0]), -len(by_cause[key]), key[1], key[2]))
        return [Group(*key, tuple(by_cause[key])) for key in keys]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of their cause, focus, path and value, so that reports compare."""
    return tuple(
        sorted(findings, key=lambda f: (f.severity, f.cause, f.component, f.focus, f.path or "", f.value or ""))
    )
