"""The report of the gate for its readers: Turtle for tools of SHACL, JSON for other programs, a page for people."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

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
    graph = Graph(bind_namespaces="none")
    graph.bind("sh", SH)
    node = BNode("report")
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not report.findings, datatype=XSD.boolean)))
    for number, finding in enumerate(report.findings):
        result = BNode(f"result{number}")
        graph.add((node, SH.result, result))
        for predicate, value in _result(finding):
            graph.add((result, predicate, value))
    return graph.serialize(format="turtle", encoding="utf-8")


def _result(finding: Finding) -> list[tuple[URIRef, Node]]:
    where = "; ".join(map(str, finding.places))
    said: list[tuple[URIRef, Node]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH[finding.severity.value]),
        (SH.focusNode, URIRef(finding.focus)),
        (SH.resultMessage, Literal(finding.message.sv, lang="sv")),
        (SH.resultMessage, Literal(finding.message.en, lang="en")),
    ]
    if where:
        said.append((SH.resultMessage, Literal(where)))
    if finding.component == BY_RULE:
        said.append((SH.sourceConstraintComponent, SH.SPARQLConstraintComponent))
    else:
        said.append((SH.sourceConstraintComponent, SH[f"{finding.component}ConstraintComponent"]))
        said.append((SH.sourceShape, URIRef(finding.cause)))
    if finding.path:
        said.append((SH.resultPath, URIRef(finding.path)))
    if finding.value is not None:
        said.append((SH.value, Literal(finding.value)))
    return said


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
