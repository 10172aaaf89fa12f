"""The mappings as files: SSSOM for tools that map, CSV for tables, Turtle and JSON-LD for graphs.

All are pure functions from what is said of the chosen mappings to bytes; each file names its release and licence.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from endpoint.documents.jsonld import writer_on
from endpoint.formats import CSV, DOCUMENTS, WORKBOOK, Format
from endpoint.lists import Names
from endpoint.mapping.matrix import Link
from endpoint.mapping.reasons import Reason
from endpoint.site import Site
from loaders import sssom
from ontology import iri
from ontology.description import CC0
from ontology.namespaces import DCAT, DCTERMS, MG, RDFS, SKOS
from ontology.text import LANGUAGES, Language
from ontology.turtle import write_turtle

SSSOM = Format("sssom", "SSSOM", ("text/tab-separated-values",), "sssom.tsv", is_text=True)

WORKBOOKS: dict[Language, Format] = {
    language: replace(WORKBOOK, name=f"xlsx-{language}", suffix=f"{language}.{WORKBOOK.suffix}")
    for language in LANGUAGES
}
"""The workbook in each language; `worksheets` writes it."""

_TABLES_AND_GRAPHS = (CSV, SSSOM, *(format_ for format_ in DOCUMENTS if format_.name in {"turtle", "jsonld"}))
FILES: tuple[Format, ...] = (*WORKBOOKS.values(), *_TABLES_AND_GRAPHS)
"""What the mappings can be had in."""

CSV_COLUMNS = (
    "mapping", "subject_kind", "subject_key", "subject_sv", "subject_en", "object", "object_sv", "object_en", "goal",
    "relation", "strength", "standing", "justification_confidence", "justification_sv", "justification_en", "rests_on",
    "author", "stated", "sources", "confidence", "release", "licence",
)  # fmt: skip
"""The columns of the CSV; those that the curated table has are called the same."""

EXTENSIONS = {
    "ext_strength": MG.strength,
    "ext_standing": MG.standing,
    "ext_justification_confidence": MG.justificationConfidence,
    "ext_reading_confidence": MG.confidence,
    "ext_justification_sv": MG.justification,
    "ext_justification_en": MG.justification,
}
"""What SSSOM has no slot for. Its `confidence` is a number, and ours are words: none is made up."""

SSSOM_COLUMNS = (
    "record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "author_label", "mapping_source", "mapping_date", "see_also", *EXTENSIONS,
)  # fmt: skip
"""The slots of a mapping in canonical order, then the extensions."""

_RIGHTS = (
    "The mappings that the editors state are under CC0 1.0, as is this selection. A published mapping is a statement "
    "of its source (mapping_source), whose terms apply."
)


_HELD = "The mappings of the generational goal, its strands and the objectives that were chosen."
_NOT_HELD = "Mappings of milestone targets and indicators are not here. They are, with these:"
_ALL_HELD = "The mappings that were chosen, those of milestone targets and indicators among them."


class Extent(StrEnum):
    """Which mappings a file holds: those that the matrix has rows for, or all, of milestone targets and indicators too.

    The parameter `of` names it; the first is meant where it is left out.
    """

    OBJECTIVES = "objectives"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Told:
    """One mapping with all that is said of it."""

    link: Link
    reason: Reason


@dataclass(frozen=True, slots=True)
class Export:
    """The chosen mappings, in the order of the matrix, with the names of their ends, and the address of the file.

    `wider` is the address of the file that has those of milestone targets and indicators too; None where this does.
    """

    site: Site
    rows: tuple[Told, ...]
    names: Names
    graph: Graph
    address: str
    wider: str | None

    @property
    def coverage(self) -> str:
        """What the file holds, and where there is more of it."""
        return f"{_HELD} {_NOT_HELD} {self.wider}" if self.wider else _ALL_HELD

    def name(self, thing: URIRef, language: str) -> str:
        """The name of an end in a language; empty where it has none in it."""
        label = self.names(thing, language)
        return label.text if label and label.language == language else ""

    def write(self, format_: Format) -> bytes:
        """The file in a format that is no workbook."""
        return _WRITERS[format_.name](self)


def files_for(language: Language) -> tuple[Format, ...]:
    """What a reader of a language is offered."""
    return (WORKBOOKS[language], *_TABLES_AND_GRAPHS)


def file_name(site: Site, format_: Format) -> str:
    """What the file is called where it is kept: by its release."""
    return f"miljografen-mappings-{site.release.id}.{format_.suffix}"


def csv_rows(export: Export) -> list[dict[str, str]]:
    """The rows of the CSV."""
    site = export.site
    found = []
    for told in export.rows:
        link, reason = told.link, told.reason
        subject = _key(site, link.subject)
        found.append(
            {
                "mapping": str(link.mapping),
                "subject_kind": subject.kind,
                "subject_key": subject.key,
                **{f"subject_{language}": export.name(link.subject, language) for language in LANGUAGES},
                "object": _key(site, link.object).key,
                **{f"object_{language}": export.name(link.object, language) for language in LANGUAGES},
                "goal": str(link.goal),
                "relation": link.tie.value,
                "strength": link.strength.value if link.strength else "",
                "standing": link.standing.value,
                "justification_confidence": iri.local_name(reason.confidence or ""),
                **{f"justification_{language}": _justification(reason, language) for language in LANGUAGES},
                "rests_on": " ".join(reason.rests_on),
                "author": reason.author,
                "stated": reason.stated,
                "sources": " ".join(reason.sources),
                "confidence": link.confidence.value if link.confidence else "",
                "release": site.release.id,
                "licence": str(CC0) if set(reason.sources) == {site.editors} else "",
            }
        )
    return found


def _csv(export: Export) -> bytes:
    file = io.StringIO()
    table = csv.DictWriter(file, CSV_COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(csv_rows(export))
    return file.getvalue().encode("utf-8")


def sssom_row(site: Site, link: Link, reason: Reason, subject_label: str, object_label: str) -> dict[str, str]:
    """A mapping as a row of SSSOM."""
    return {
        "record_id": curie(site, link.mapping),
        "subject_id": curie(site, link.subject),
        "subject_label": subject_label,
        "predicate_id": f"mg:{iri.local_name(link.relation)}",
        "object_id": curie(site, link.object),
        "object_label": object_label,
        "mapping_justification": sssom.CURATED,
        "author_label": reason.author,
        "mapping_source": "|".join(curie(site, source) for source in reason.sources),
        "mapping_date": reason.stated if len(reason.stated) == _A_DAY else "",  # a year alone is no date
        "see_also": "|".join(reason.rests_on),
        "ext_strength": link.strength.value if link.strength else "",
        "ext_standing": link.standing.value,
        "ext_justification_confidence": iri.local_name(reason.confidence or ""),
        "ext_reading_confidence": link.confidence.value if link.confidence else "",
        **{f"ext_justification_{language}": _justification(reason, language) for language in LANGUAGES},
    }


def sssom_head(site: Site, address: str, kinds: Iterable[str], title: str, about: str) -> dict[str, object]:
    """The head of a set of mappings: what its prefixes are, what it is, and on what terms it may be used."""
    return sssom.head(
        site.base,
        kinds,
        mapping_set_id=address,
        mapping_set_version=site.release.id,
        mapping_set_title=title,
        mapping_set_description=about,
        extension_definitions=[
            {"slot_name": name, "property": f"mg:{iri.local_name(term)}", "type_hint": "xsd:string"}
            for name, term in EXTENSIONS.items()
        ],
    )


def _sssom(export: Export) -> bytes:
    site = export.site
    named = {end for told in export.rows for end in (told.link.mapping, told.link.subject, *told.reason.sources)}
    head = sssom_head(
        site,
        export.address,
        {_key(site, thing).kind for thing in named} | {"mapping"},
        "Mappings of Sweden's environmental objectives to the 2030 Agenda",
        f"Miljögrafen, release {site.release.id}. {export.coverage} {_RIGHTS}",
    )
    return sssom.write(
        head,
        SSSOM_COLUMNS,
        (
            sssom_row(
                site, told.link, told.reason, export.name(told.link.subject, "en"), export.name(told.link.object, "en")
            )
            for told in export.rows
        ),
    )


def graph_of_export(export: Export) -> Graph:
    """The triples of the chosen mappings, of the rows that state them, and the names of their ends."""
    site = export.site
    found = Graph(bind_namespaces="none")
    about = URIRef(export.address)
    found.add((about, DCTERMS.isPartOf, site.local(iri.mint("dataset", "miljograf"))))
    found.add((about, DCTERMS.description, Literal(export.coverage, lang="en")))
    if export.wider:
        found.add((about, RDFS.seeAlso, URIRef(export.wider)))
    found.add((about, DCAT.version, Literal(site.release.id)))
    found.add((about, DCTERMS.license, CC0))
    found.add((about, DCTERMS.rights, Literal(_RIGHTS.replace("mapping_source", "dcterms:source"), lang="en")))
    for told in export.rows:
        for triple in export.graph.triples((told.link.mapping, None, None)):
            found.add(triple)
        for row in export.graph.objects(told.link.mapping, site.local(MG.statedIn)):
            for triple in export.graph.triples((row, None, None)):
                found.add(triple)
        for end in (told.link.subject, told.link.object):
            is_ours = str(end).startswith(site.base.iri)
            naming = SKOS.prefLabel if is_ours else site.local(MG.shortTitle)
            for label in export.names.labels.get(str(end), []):
                found.add((end, naming, Literal(label.text, lang=label.language or None)))
    return found


def _triples(export: Export) -> list[ox.Triple]:
    """The triples in a stable order, those of the file first."""
    nt = graph_of_export(export).serialize(format="nt", encoding="utf-8")
    triples = (quad.triple for quad in ox.parse(nt, format=ox.RdfFormat.N_TRIPLES))
    return sorted(triples, key=lambda triple: (str(triple.subject) != f"<{export.address}>", str(triple)))


def _turtle(export: Export) -> bytes:
    site = export.site
    head = f"# Miljögrafen, release {site.release.id}: {len(export.rows)} mappings, <{export.address}>\n# {_RIGHTS}\n"
    return head.encode() + write_turtle(_triples(export), site.prefixes)


def _jsonld(export: Export) -> bytes:
    written = writer_on(export.site.base.iri).graph(_triples(export))
    return json.dumps(written, ensure_ascii=False, indent=1).encode("utf-8")


def curie(site: Site, thing: URIRef) -> str:
    """A thing in short, by its kind: `objective:7`, `sdg:14.1`."""
    return sssom.short(_key(site, thing))


def _key(site: Site, thing: URIRef) -> iri.Key:
    key = site.key_of(thing)
    if key is None:
        raise ValueError(f"{thing} is the IRI of no thing of ours")
    return key


def _justification(reason: Reason, language: str) -> str:
    return next((label.text for label in reason.justifications if label.language == language), "")


_A_DAY = len("2026-11-23")
_WRITERS = {"sssom": _sssom, "csv": _csv, "turtle": _turtle, "jsonld": _jsonld}
