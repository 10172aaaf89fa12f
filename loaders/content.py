"""The content of a release: its triples on its base in canonical order, graph by graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from loaders import disk
from loaders.publisher import Publisher
from loaders.runs import Lines
from ontology.base import CANONICAL, Base


@dataclass(frozen=True, slots=True)
class Content:
    """What a release says, graph by graph, on its base.

    `graphs` maps the IRI of each named graph to its triples as N-Triples lines without the final full stop,
    sorted by code point, in memory or on disk; nothing in it depends on when, where or by whom it was made.
    `digests` maps it to the SHA-256 of these lines, and `rows` to that of the rows that say them.
    """

    base: Base
    graphs: dict[str, Lines]
    digests: dict[str, str]
    release_id: str
    reference_date: str
    publisher: Publisher
    rows: Mapping[str, str] = field(default_factory=dict)

    @property
    def triples(self) -> int:
        """The number of statements, each counted once per graph."""
        return sum(len(lines) for lines in self.graphs.values())

    def nquads(self) -> Iterator[str]:
        """All statements as N-Quads lines, in canonical order."""
        for graph in sorted(self.graphs):
            yield from (f"{line} <{graph}> .\n" for line in self.graphs[graph])

    def canonical_nquads(self) -> Iterator[str]:
        """The same, with the IRIs on the canonical base."""
        base = f"<{self.base.iri}"
        yield from (line.replace(base, f"<{CANONICAL}") for line in self.nquads())


class Stated(NamedTuple):
    """What the rows of a graph state: its sorted lines, and the SHA-256 of these."""

    lines: Lines
    digest: str


def digest_of(parts: Iterable[str]) -> str:
    """The SHA-256 of lines."""
    digest = sha256()
    for some in disk.encoded(parts, "\n"):
        digest.update(some)
    return digest.hexdigest()
