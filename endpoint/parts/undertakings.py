"""What the pages of action programmes and of measures share: lists and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.dataset import Row, Term
from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.matrix import natural
from endpoint.site import Site
from ontology import iri
from ontology.schemes import ProgrammeSystem


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure in a list: its status, where known, and its programme, where it has one."""

    measure: URIRef
    status: URIRef | None
    programme: URIRef | None
    link: URIRef | None = None  # the link to the goal whose page it is


def read_measures(rows: Iterable[Row]) -> list[Entry]:
    """The measures in rows of a query, each once, in the order of their codes."""
    found = {
        str(row["measure"]): Entry(
            URIRef(row["measure"]), _iri(row, "status"), _iri(row, "programme"), _iri(row, "link")
        )
        for row in rows
    }
    return sorted(found.values(), key=lambda entry: natural(str(entry.measure)))


def by_programme(entries: Iterable[Entry]) -> list[tuple[URIRef | None, list[Entry]]]:
    """The measures by their programmes; those without one come last."""
    found: dict[URIRef | None, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.programme, []).append(entry)
    return sorted(found.items(), key=lambda part: (part[0] is None, natural(str(part[0]))))


def _iri(row: Row, variable: str) -> URIRef | None:
    return URIRef(row[variable]) if variable in row else None


def names_in(rows: list[Row], *naming: tuple[str, str]) -> Names:
    """The labels in rows of queries, by pairs of the variable of a thing and that of its label."""
    labels: Labels = {}
    for variable, label in naming:
        labels |= read_labels((row for row in rows if variable in row), variable, label)
    return Names(labels)


OF_MEASURES = (("measure", "label"), ("programme", "programmeLabel"))
"""The variables of the things in a list of measures, and those of their labels."""


def neighbour(site: Site, system: Term | None) -> URIRef | None:
    """The system, where it is another than the environmental objectives system."""
    own = site.local(iri.concept(ProgrammeSystem.ENVIRONMENTAL_OBJECTIVES))
    return system if isinstance(system, URIRef) and system != own else None
