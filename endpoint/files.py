"""Any RDF files as a dataset: what the service calls things where nothing is known of the data."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from endpoint.dataset import Dataset
from endpoint.workers.pool import Pool
from loaders.collection import Collection
from ontology import namespaces
from ontology.base import Base
from ontology.namespaces import DCTERMS, RDFS, SKOS

_NAMING = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files an operator wants to serve, and under which names.

    `graphs` names the graphs of the first of the files and folders. `base` is where the service is said to be, and
    what the names of the other graphs begin with; the address of the server where it is not given.
    """

    paths: tuple[Path, ...]
    graphs: tuple[str, ...] = ()
    base: Base | None = None
    is_union: bool = True


def of_files(collection: Collection, base: Base, pool: Pool, readers: Pool, *, is_union: bool) -> Dataset:
    """The dataset of a collection that is served on a base."""
    return Dataset(
        id=sha256(f"{collection.id} {base.iri} {is_union}".encode()).hexdigest()[:12],
        base=base,
        pool=pool,
        readers=readers,
        prefixes=namespaces.prefixes(),
        naming=tuple(map(str, _NAMING)),
        is_union=is_union,
        holds_new_terms=collection.holds_new_terms,
    )
