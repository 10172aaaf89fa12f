"""What is amiss in a release that is built, looked for in the graphs that have changed.

The outlines of its graphs (`shapes.outlines`) are kept in it, for the build that comes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from loaders import disk
from loaders.previous import Previous
from ontology import iri
from ontology.base import Base
from shapes.outlines import Outline, outlined
from shapes.screens import Amiss

PLACE = Path("index") / "outlines.json"
"""Where a release keeps them, by the IRI of each graph."""

_OUTLINES = msgspec.json.Decoder(dict[str, Outline])


def find_amiss(
    graphs: Mapping[str, Iterable[str]], base: Base, staged: Path, before: Path | None, same: Iterable[str]
) -> frozenset[Amiss]:
    """What is amiss in named graphs of sorted lines. Their outlines are written into a staged release.

    Those of the `same` graphs are read from the release before, in a folder, if that has any.
    """
    found, outlines = outlined(graphs, base, _known(before / PLACE, frozenset(same), base) if before else {})
    disk.write(staged / PLACE, msgspec.json.encode(dict(sorted(outlines.items()))))
    return found


def known_from(previous: Previous | None) -> tuple[Path | None, frozenset[str]]:
    """The folder of a release before, and the graphs that are the same in it."""
    return (previous.release.path, frozenset(previous.same)) if previous else (None, frozenset())


def _known(file: Path, same: frozenset[str], base: Base) -> dict[str, Outline]:
    """The outlines of graphs that are the same; none beside another vocabulary, which says what counts."""
    if str(base.localise(iri.VOCABULARY_GRAPH)) not in same or not file.is_file():
        return {}
    return {graph: outline for graph, outline in _OUTLINES.decode(file.read_bytes()).items() if graph in same}
