"""`/{sv|en}/validation`: what came of checking a release, by shape and rule; and `/validation.…`: the whole report."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import Response

from endpoint.formats import DOCUMENTS, PLAIN_JSON, TURTLE
from endpoint.mapping.stock import read_stock
from endpoint.methods import READ
from endpoint.problems import not_found, without_form
from endpoint.query_page.naming import names_of
from endpoint.rendering import page
from endpoint.shapes import ShapeFile, shapes_of
from endpoint.site import Site
from endpoint.words.validation import REASONS
from ontology.text import Language, Text
from shapes.report import Severity

router = APIRouter(include_in_schema=False)

PATH = "validation"
SHOWN = 10
"""Findings of each cause on the page; the files have all of them."""

FILES = (TURTLE, PLAIN_JSON)
"""What the whole report can be had in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape or rule finds fault with: the value at fault, where there is one, and the rows to mend."""

    focus: URIRef
    value: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A demand of a shape, or a rule, with what it found; `file` is that of the shape, None for a rule."""

    name: str
    severity: Severity
    message: Text
    file: str | None
    number: int
    shown: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a release. `left_out` counts rows of tables that are not in it, by reason and table."""

    causes: tuple[Cause, ...]
    left_out: Mapping[str, Counter[str]]
    files: tuple[ShapeFile, ...]
    by_thing: Mapping[str, tuple[Cause, ...]]

    def found(self, severity: Severity, file: str | None = None) -> int:
        """How many findings of a severity, of all or of the shapes of one file."""
        return sum(one.number for one in self.causes if one.severity == severity and file in {None, one.file})

    def found_by_rules(self, severity: Severity) -> int:
        """How many of them rules found, which look at several things at once."""
        return sum(one.number for one in self.causes if one.severity == severity and one.file is None)

    def of(self, thing: str) -> tuple[Cause, ...]:
        """What was found of one thing."""
        return self.by_thing.get(str(thing), ())


@router.api_route(f"/{{language:language}}/{PATH}", methods=READ)
async def validation(language: Language, request: Request) -> Response:
    """The verdict, each cause with the first of what it found, and what was left out. A query; more the first time."""
    site: Site = request.state.site
    checked = await read_checked(site)
    if checked is None:
        raise not_found(f"/{language}/{PATH}")
    stock = await read_stock(site)
    things = [str(finding.focus) for cause in checked.causes for finding in cause.shown]
    return page(
        "validation.html",
        language,
        request,
        checked=checked,
        severities=list(Severity),
        names=await names_of(site, things),
        named_after=lambda thing: stock.named_after(site, thing, language),
        reasons=REASONS,
        files=FILES,
        path=PATH,
        shape_formats=DOCUMENTS,
    )


@router.api_route(f"/{PATH}.{{suffix}}", methods=READ)
async def whole(suffix: str, request: Request) -> Response:
    """The whole report: as SHACL has it in Turtle, or as JSON. No query."""
    site: Site = request.state.site
    format_ = next((format_ for format_ in FILES if format_.suffix == suffix), None)
    file = site.release.path / "report" / f"{PATH}.{suffix}"
    if format_ is None:
        raise without_form(f"{site.address}{PATH}", suffix, FILES)
    if not file.is_file():
        raise not_found(f"/{PATH}.{suffix}")
    headers = {"Content-Type": format_.content_type, "Link": ", ".join(site.through_time(file.name))}
    return Response(await asyncio.to_thread(file.read_bytes), headers=headers)


async def read_checked(site: Site) -> Checked | None:
    """What came of checking the release of a site, read once; None where its report is not there."""
    return await site.once(_read)


async def _read(site: Site) -> Checked | None:
    return await asyncio.to_thread(_read_files, site)


def _read_files(site: Site) -> Checked | None:
    folder = site.release.path / "report"
    if not (folder / "validation.json").is_file():
        return None
    files = shapes_of(site.release.path, site.base.iri)
    told = json.loads((folder / "validation.json").read_bytes())["causes"]
    causes = tuple(_cause(one, files, f"{site.base.iri}shapes/") for one in told)
    by_thing: dict[str, tuple[Cause, ...]] = {}
    for one, cause in zip(told, causes, strict=True):
        for focus in dict.fromkeys(finding["focus"] for finding in one["findings"]):
            by_thing[focus] = (*by_thing.get(focus, ()), cause)
    left_out: dict[str, Counter[str]] = {}
    for row in json.loads((folder / "build.json").read_bytes())["leftOut"]:
        left_out.setdefault(row["reason"], Counter())[row["table"]] += 1
    return Checked(causes, left_out, tuple(files.values()), by_thing)


def _cause(told: dict[str, Any], files: Mapping[str, ShapeFile], namespace: str) -> Cause:
    name = told["cause"].removeprefix(namespace)
    return Cause(
        name,
        Severity(told["severity"]),
        Text(told["message"]["sv"], told["message"]["en"]),
        next((file.name for file in files.values() if name in file.names), None),
        len(told["findings"]),
        tuple(map(_finding, told["findings"][:SHOWN])),
    )


def _finding(told: dict[str, Any]) -> Finding:
    places = tuple(f"{place['file']}:{place['line']}" if place["line"] else place["file"] for place in told["places"])
    return Finding(URIRef(told["focus"]), str(told["value"] or ""), tuple(dict.fromkeys(places)))
