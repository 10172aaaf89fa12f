"""The values of a comparison as an Excel workbook: what its CSV has, in words."""

from __future__ import annotations

from rdflib import URIRef

from endpoint import sheets
from endpoint.comparison import Comparison
from endpoint.sheets import Column, Table
from endpoint.site import Site
from endpoint.words.observations import WORDS
from endpoint.words.worksheets import ABOUT, SHEETS, VALUES
from ontology.text import Language

_WIDTHS = {"name": 30, "sector": 30, "unit": 40, "observation": 60}
_WIDTH = 12


def as_workbook(site: Site, found: Comparison, address: str, language: Language) -> bytes:
    """A row for each value that is compared, and what the values are, whose, and on what terms."""

    def name(thing: URIRef | None) -> str:
        label = (found.names(thing, language) or site.label(thing, language)) if thing else None
        return label.text if label else str(thing or "")

    sector = name(found.sectors[found.sector]) if found.sector else ""
    rows = [
        (
            code,
            name(series.area),
            sector,
            value.year,
            value.value,
            name(series.unit),
            str(value.observation),
            value.status,
        )
        for code, series, value in found.compared.table
    ]
    terms, shown = found.terms, {value.year for _, _, value in found.compared.table}
    not_over = sorted(site.not_over.get(str(found.dataset), set()) & shown)
    told_of = WORDS["years-not-over"].in_(language)
    about = {
        "dataset": name(found.dataset),
        "publisher": str(terms.get("publisher", "")),
        "version": str(terms.get("version", "")),
        "rights": str(terms.get("licence", ABOUT["not-stated"].in_(language))),
        "attribution": str(terms.get("attribution", "")),
        "rows": str(len(rows)),
        "missing": ABOUT["missing-text"].in_(language),
        "not-over": told_of.format(years=", ".join(map(str, not_over))) if not_over else "",
        "release": site.release.id,
        "date": str(site.release.record["referenceDate"]),
        "address": address,
    }
    columns = [Column(heading.in_(language), _WIDTHS.get(key, _WIDTH)) for key, heading in VALUES.items()]
    told = [(ABOUT[key].in_(language), value) for key, value in about.items() if value]
    return sheets.as_workbook(Table(SHEETS["values"].in_(language), columns, rows, fixed=2), told, language)
