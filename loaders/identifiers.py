"""The identifiers of a release: what each names, and how they keep the rules on their form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from loaders import disk
from loaders.packed import find_line, read_piece, whole, write_pieces
from ontology.base import Base
from ontology.form import count_broken
from ontology.namespaces import RDF
from shapes.stretches import stretches

FILE = Path("index") / "identifiers.tsv.gz"
"""Where a release lists its identifiers in order: the path after the base, and the classes of what it names."""

PLACES = Path("index") / "identifiers.json"
"""Where each piece of that list begins and ends."""

_IN_A_PIECE = 500

Identifiers = Mapping[str, tuple[str, ...]]
"""The path of each identifier after the base, with the classes of what it names, on the canonical base."""

_TYPE = f"<{RDF.type}> <"


def identifiers_of(base: Base, graphs: Mapping[str, Iterable[str]]) -> tuple[Identifiers, frozenset[str]]:
    """The identifiers on a base that graphs describe, and the IRIs elsewhere.

    The graphs are given as N-Triples lines; those of a thing follow one another.
    """
    found: dict[str, tuple[str, ...]] = {}
    elsewhere: set[str] = set()
    classes_of = cache(partial(_classes, base))  # many things are of the same classes, and share how these are written
    ours = f"<{base.iri}"
    for stretch in chain.from_iterable(map(stretches, graphs.values())):
        for member in stretch.members:
            classes = classes_of(tuple([tail for tail in member.tails if tail.startswith(_TYPE)]))
            for name in member.names:
                if name.startswith(ours):
                    path = name[len(ours) : -1]
                    before = found.get(path)
                    found[path] = tuple(sorted({*before, *classes})) if before else classes
                else:
                    elsewhere.add(name[1:-1])
    return dict(sorted(found.items())), frozenset(elsewhere)


def _classes(base: Base, tails: Iterable[str]) -> tuple[str, ...]:
    """The classes that tails tell, on the canonical base."""
    return tuple(sorted({base.canonical(tail[len(_TYPE) : -1]) for tail in tails}))


def list_identifiers(named: Identifiers, base: Base, directory: Path) -> dict[str, Any]:
    """Write the identifiers into a staged release; how many there are, and how many break each rule on the form."""
    lines = (f"{path}\t{' '.join(classes)}\n" for path, classes in named.items())
    pieces = iter(lambda: tuple(islice(lines, _IN_A_PIECE)), ())
    places = write_pieces(directory / FILE, ((disk.encoded(piece), None) for piece in pieces))
    disk.write(directory / PLACES, json.dumps([(place.start, place.end) for place in places]).encode("ascii"))
    return {"identifiers": {"number": len(named), "broken": count_broken(base.iri, named)}}


def is_listed(path: str, directory: Path) -> bool:
    """True where a release lists an identifier, given as the path after its base; few pieces of the list are read.

    All of it is, in those made before it came in pieces. Raises OSError, ValueError, zlib.error where it is damaged.
    """
    file, index = directory / FILE, directory / PLACES
    places = json.loads(index.read_bytes()) if index.is_file() else [whole(file)]
    return find_line(partial(read_piece, file), places, path) is not None
