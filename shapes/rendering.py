"""The report of the gate for its readers: Turtle for tools of SHACL, JSON for other programs, a page for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, starmap
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import SH, URIRef
from rdflib.namespace import RDF

from ontology.engine import read_term
from ontology.text import Text
from shapes.report import BY_RULE, Finding, Group, Report, Severity

_PAGE = """<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Granskning av {release} – Miljögrafen</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .6rem; border-top: 1px solid #999; }}
td {{ overflow-wrap: anywhere; }}
</style>
</head>
<body>
<h1>Granskning av {release}</h1>
<p>{verdict}</p>
<p lang="en">{verdict_en}</p>
{groups}
</body>
</html>
"""


def write_report(report: Report, folder: Path, release_id: str) -> None:
    """Write `validation.ttl`, `validation.json` and `validation.html` into a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "validation.ttl").write_bytes(as_turtle(report))
    (folder / "validation.json").write_text(
        json.dumps(as_json(report, release_id), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (folder / "validation.html").write_text(as_page(report, release_id), encoding="utf-8")


def as_turtle(report: Report) -> bytes:
    """The report in the terms of SHACL; the places of a result stand in a message without language."""
    results = [(ox.BlankNode(f"result{number}"), finding) for number, finding in enumerate(report.findings)]
    stated = chain(_of_all(report, [result for result, _ in results]), *starmap(_of_one, results))
    return ox.serialize(stated, format=ox.RdfFormat.TURTLE, prefixes={"sh": str(SH)}) or b""


def _of_all(report: Report, results: Iterable[ox.BlankNode]) -> Iterator[ox.Triple]:
    """What is said of the report itself."""
    node = ox.BlankNode("report")
    yield ox.Triple(node, ox.NamedNode(RDF.type), ox.NamedNode(SH.ValidationReport))
    yield ox.Triple(node, ox.NamedNode(SH.conforms), ox.Literal(not report.findings))
    for result in results:
        yield ox.Triple(node, ox.NamedNode(SH.result), result)


def _of_one(result: ox.BlankNode, finding: Finding) -> Iterator[ox.Triple]:
    """What is said of one result."""
    is_of_rule = finding.component == BY_RULE
    component = "SPARQL" if is_of_rule else finding.component
    said: list[tuple[URIRef, ox.NamedNode | ox.Literal | None]] = [
        (RDF.type, ox.NamedNode(SH.ValidationResult)),
        (SH.resultSeverity, ox.NamedNode(SH[finding.severity.value])),
        (SH.focusNode, _node(finding.focus)),
        (SH.resultPath, _node(finding.path) if finding.path else None),
        (SH.value, _value(finding)),
        (SH.resultMessage, ox.Literal(finding.message.sv, language="sv")),
        (SH.resultMessage, ox.Literal(finding.message.en, language="en")),
        (SH.resultMessage, ox.Literal("; ".join(map(str, finding.places))) if finding.places else None),
        (SH.sourceConstraintComponent, ox.NamedNode(SH[f"{component}ConstraintComponent"])),
        (SH.sourceShape, None if is_of_rule else _node(finding.cause)),
    ]
    for predicate, value in said:
        if value is not None:
            yield ox.Triple(result, ox.NamedNode(predicate), value)


def _node(name: str) -> ox.NamedNode | ox.Literal:
    """What a name stands for: a thing, or a literal, which shapes may look at too."""
    try:
        return ox.NamedNode(name)
    except ValueError:
        return ox.Literal(name)


def _value(finding: Finding) -> ox.NamedNode | ox.Literal | None:
    """The value as the statements have it; of a blank node, what the report calls it."""
    if finding.term is not None:
        return read_term(finding.term)
    return None if finding.value is None else ox.Literal(finding.value)


def as_json(report: Report, release_id: str) -> dict[str, Any]:
    """The report grouped by cause, for programs."""
    return {
        "release": release_id,
        "published": not report.stops,
        "counts": report.counts(),
        "causes": [
            {
                "severity": group.severity.value,
                "cause": group.cause,
                "message": {"sv": group.message.sv, "en": group.message.en},
                "findings": [
                    {
                        "focus": finding.focus,
                        "called": finding.called,
                        "path": finding.path,
                        "value": finding.value,
                        "term": finding.term,
                        "component": finding.component,
                        "places": [place._asdict() for place in finding.places],
                    }
                    for finding in group.findings
                ],
            }
            for group in report.groups()
        ],
    }


def read_findings(folder: Path) -> tuple[Finding, ...]:
    """The findings of a report that was written into a folder, without their places. Raises OSError, ValueError."""
    report = json.loads((folder / "validation.json").read_bytes())
    return tuple(
        Finding(
            severity=Severity(group["severity"]),
            cause=group["cause"],
            component=found["component"],
            message=Text(group["message"]["sv"], group["message"]["en"]),
            focus=found["focus"],
            path=found["path"],
            value=found["value"],
            term=found.get("term"),
        )
        for group in report["causes"]
        for found in group["findings"]
    )


def as_page(report: Report, release_id: str) -> str:
    """The report as a plain page that needs nothing else."""
    counts = report.counts()
    numbers = f"{counts['Violation']} fel, {counts['Warning']} varningar, {counts['Info']} upplysningar"
    numbers_en = f"{counts['Violation']} violations, {counts['Warning']} warnings, {counts['Info']} remarks"
    return _PAGE.format(
        release=escape(release_id),
        verdict=f"Utgåvan är {'stoppad' if report.stops else 'godkänd'}: {numbers}.",
        verdict_en=f"The release is {'refused' if report.stops else 'accepted'}: {numbers_en}.",
        groups="\n".join(map(_section, report.groups())),
    )


_SEVERITY_SV = {Severity.VIOLATION: "Fel", Severity.WARNING: "Varning", Severity.INFO: "Upplysning"}


def _what(finding: Finding) -> str:
    return f"{finding.called}: {finding.focus}" if finding.called else finding.focus


def _section(group: Group) -> str:
    rows = "\n".join(
        "<tr>" + "".join(map(_cell, ("; ".join(map(str, f.places)), _what(f), f.path, f.value))) + "</tr>"
        for f in group.findings
    )
    return (
        f"<h2>{_SEVERITY_SV[group.severity]} ({len(group.findings)}): {escape(group.message.sv)}</h2>\n"
        f'<p lang="en">{escape(group.message.en)}</p>\n<p><code>{escape(group.cause)}</code></p>\n'
        "<table><thead><tr><th>Var i tabellerna</th><th>Vad</th><th>Egenskap</th><th>Värde</th></tr></thead>\n"
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(text: str | None) -> str:
    return f"<td>{escape(text or '–')}</td>"
