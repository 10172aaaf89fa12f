"""The identifiers of a release: what each names, and how they keep the rules on their form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rdflib import URIRef

from loaders import disk
from loaders.content import Content
from ontology.form import FORM, broken_rules
from ontology.namespaces import RDF

FILE = Path("index") / "identifiers.tsv.gz"
"""Where a release lists its identifiers: the path after the base, and the classes of what it names."""


def identifiers_of(content: Content) -> dict[str, tuple[str, ...]]:
    """The path after the base of every identifier that a content describes, with the classes of what it names."""
    base, found = content.base, {}
    for subject in sorted(map(str, set(content.data.subjects()))):
        if subject.startswith(base.iri):
            classes = map(str, content.data.objects(URIRef(subject), RDF.type))
            found[base.path_of(subject)] = tuple(sorted(map(base.canonical, classes)))
    return found


def list_identifiers(content: Content, directory: Path) -> dict[str, Any]:
    """Write the identifiers into a staged release; how many there are, and how many break each rule on the form."""
    found = identifiers_of(content)
    disk.write_gzip(directory / FILE, (f"{path}\t{' '.join(classes)}\n" for path, classes in found.items()))
    broken = Counter(number for path in found for number in broken_rules(content.base.iri + path))
    return {"identifiers": {"number": len(found), "broken": {number: broken[number] for number in FORM}}}
