"""Identifiers that have ended: what became of each, and what holds instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from rdflib import Literal, URIRef

from ontology import iri
from ontology.schemes import Fate


@dataclass(frozen=True, slots=True)
class Retired:
    """One identifier that has ended; `retirement` is the thing that says so."""

    retirement: URIRef
    fate: Fate
    since: str
    successors: tuple[URIRef, ...]

    @property
    def sunset(self) -> str:
        """The moment from which the identifier no longer holds, as the header `Sunset` writes it (RFC 8594)."""
        return format_datetime(datetime.combine(date.fromisoformat(self.since), time(), UTC), usegmt=True)


def read_retired(rows: Iterable[Mapping[str, URIRef | Literal]]) -> dict[URIRef, Retired]:
    """The identifiers in rows of `documents/retirements`, each with what became of it."""
    found: dict[URIRef, Retired] = {}
    for row in rows:
        thing, before = URIRef(row["thing"]), found.get(URIRef(row["thing"]))
        successor = (URIRef(row["successor"]),) if "successor" in row else ()
        found[thing] = Retired(
            URIRef(row["retirement"]),
            Fate(iri.local_name(row["fate"])),
            str(row["since"]),
            (*(before.successors if before else ()), *successor),
        )
    return found
