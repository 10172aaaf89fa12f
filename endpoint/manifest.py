"""What the reconciliation service says of itself (Reconciliation Service API 0.2, section 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from endpoint.site import Site
from endpoint.software import build
from ontology.kind import Kind
from ontology.text import Language

VERSIONS = ("0.2",)
"""Of the protocol."""


def manifest(site: Site, kinds: Iterable[Kind], language: Language, most: int) -> dict[str, Any]:
    """The manifest, its addresses in a language; `most` queries may be in a batch."""
    here = f"{site.address}{language}/reconcile"
    return {
        "versions": list(VERSIONS),
        "name": "Miljögrafen",
        "identifierSpace": f"{site.base.iri}id/",
        "schemaSpace": f"{site.base.iri}spec/",
        "serviceVersion": build(),
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "defaultTypes": [type_of(site, kind, language) for kind in kinds],
        "batchSize": most,
    }


def type_of(site: Site, kind: Kind, language: Language) -> dict[str, str]:
    """A kind of things as a type of the protocol."""
    return {"id": str(site.local(kind.cls)), "name": kind.one.in_(language)}
