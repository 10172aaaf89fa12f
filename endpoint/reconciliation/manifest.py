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

WIDTH, HEIGHT = 430, 360
"""Pixels of the frame that a preview stands in."""


def manifest(
    site: Site, kinds: Iterable[Kind], language: Language, most: int, settings: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """The manifest, its addresses in a language; `most` queries may be in a batch, properties have some settings."""
    here, told = (f"{site.address}{language}/{name}" for name in ("reconcile", "reconciliation"))
    return {
        "versions": list(VERSIONS),
        "name": "Miljögrafen",
        "identifierSpace": f"{site.base.iri}id/",
        "schemaSpace": f"{site.base.iri}spec/",
        "serviceVersion": build(),
        "documentation": told,
        "logo": f"{site.root}static/favicon.svg",
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{told}#{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": list(settings),
        },
        "defaultTypes": [type_of(site, kind, language) for kind in kinds],
        "batchSize": most,
    }


def type_of(site: Site, kind: Kind, language: Language) -> dict[str, str]:
    """A kind of things as a type of the protocol."""
    return {"id": str(site.local(kind.cls)), "name": kind.one.in_(language)}
