"""The identifiers of a release: what each names, and how they keep the rules on their form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from loaders import disk
from ontology.base import Base
from ontology.form import FORM, broken_rules
from ontology.namespaces import RDF

FILE = Path("index") / "identifiers.tsv.gz"
"""Where a release lists its identifiers: the path after the base, and the classes of what it names."""


Identifiers = Mapping[str, tuple[str, ...]]
"""The path of each identifier after the base, with the classes of what it names, on the canonical base."""

_TYPE = f"<{RDF.type}>"


def identifiers_of(base: Base, graphs: Mapping[str, Iterable[str]]) -> Identifiers:
    """The identifiers on a base that graphs describe, given as N-Triples lines."""
    found: dict[str, set[str]] = {}
    for line in chain.from_iterable(graphs.values()):
        subject, predicate, value = line.split(" ", 2)
        if subject.startswith(f"<{base.iri}"):
            classes = found.setdefault(base.path_of(subject[1:-1]), set())
            if predicate == _TYPE:
                classes.add(base.canonical(value[1:-1]))
    return {path: tuple(sorted(classes)) for path, classes in sorted(found.items())}


def list_identifiers(named: Identifiers, base: Base, directory: Path) -> dict[str, Any]:
    """Write the identifiers into a staged release; how many there are, and how many break each rule on the form."""
    disk.write_gzip(directory / FILE, (f"{path}\t{' '.join(classes)}\n" for path, classes in named.items()))
    broken = Counter(number for path in named for number in broken_rules(base.iri + path))
    return {"identifiers": {"number": len(named), "broken": {number: broken[number] for number in FORM}}}
