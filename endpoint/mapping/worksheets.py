"""The chosen mappings as an Excel workbook, in the words of one language. Each cell is text: 14.1 is no number."""

from __future__ import annotations

from rdflib import URIRef

from endpoint import sheets
from endpoint.mapping.exports import Export, Told
from endpoint.mapping.matrix import key_of
from endpoint.sheets import Column, Table
from endpoint.words import WORDS
from endpoint.words.worksheets import ABOUT, COLUMNS, SHEETS
from ontology import iri
from ontology.kinds import KINDS
from ontology.schemes import Standing
from ontology.text import Language

_WIDTHS = {"subject": 34, "object": 38, "justification": 80, "rests-on": 50, "sources": 40, "mapping": 60}
"""How many characters fit into a column that is wider than others."""

_WIDTH = 14


def as_workbook(export: Export, language: Language) -> bytes:
    """A sheet with a row for each mapping, and one that says what the file is; the same bytes each time."""
    columns = [Column(heading.in_(language), _WIDTHS.get(name, _WIDTH)) for name, heading in COLUMNS.items()]
    rows = (_row(export, told, language) for told in export.rows)
    return sheets.as_workbook(
        Table(SHEETS["mappings"].in_(language), columns, rows, fixed=2), _about(export, language), language
    )


def _row(export: Export, told: Told, language: Language) -> tuple[str, ...]:
    """What is said of a mapping, in the order of the columns."""
    site, link, reason = export.site, told.link, told.reason

    def concept(term: URIRef | None, instead: str = "") -> str:
        label = site.label(term, language) if term else None
        return label.text if label else instead

    is_by_editors = reason.sources == (site.editors,)
    justification = reason.justification(language)
    return (
        key_of(link.subject, site.canonical),
        _name(export, link.subject, language),
        str(link.goal),
        key_of(link.object, site.canonical),
        _name(export, link.object, language),
        concept(link.relation),
        concept(reason.strength, WORDS["strength-not-stated"].in_(language)),
        concept(site.local(iri.concept(link.standing))),
        concept(reason.confidence),
        justification.text if justification else "",
        "; ".join(_basis(export, basis, language) for basis in reason.rests_on),
        _name(export, site.editors, language) if is_by_editors else reason.author,
        reason.stated,
        "; ".join(_name(export, source, language) for source in reason.sources),
        concept(reason.reading) if reason.standing is Standing.PUBLISHED else "",
        str(link.mapping),
    )


def _basis(export: Export, thing: URIRef, language: Language) -> str:
    key = export.site.key_of(thing)
    name = _name(export, thing, language)
    return f"{KINDS[key.kind].one.in_(language)} {key.key}: {name}" if key else name


def _name(export: Export, thing: URIRef, language: Language) -> str:
    """What a thing is called; its IRI where it has no name."""
    label = export.names(thing, language)
    return label.text if label else str(thing)


def _about(export: Export, language: Language) -> list[tuple[str, str]]:
    """What the file is, in two columns."""
    values = {
        "release": export.site.release.id,
        "date": str(export.site.release.record["referenceDate"]),
        "number": str(len(export.rows)),
        "address": export.address,
        "held": ABOUT["held-text" if export.wider else "all-held-text"].in_(language),
        **({"all": export.wider} if export.wider else {}),
        "rights": ABOUT["rights-text"].in_(language),
        "standing": WORDS["how-to-read-standings"].in_(language),
    }
    return [(ABOUT[name].in_(language), value) for name, value in values.items()]
