"""What pages tell search engines of datasets: schema.org, as JSON-LD in a script element that nothing runs."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from loaders.cards import Card
from loaders.release import Release
from ontology import addresses
from ontology.description import SCHEMA
from ontology.text import Language


def script(said: dict[str, Any]) -> Markup:
    """The script element. A browser takes it for data, whatever the policy says of scripts; no text can end it."""
    text = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - escaped above


def dataset(card: Card, release: Release, language: Language) -> dict[str, Any]:
    """One dataset of a release."""
    base = release.base.iri
    first, last = card.get("years") or (None, None)
    whole = base + addresses.WHOLE_PATH
    publisher = release.record.get("publisher", {})
    said = {
        "@context": str(SCHEMA),
        "@type": "Dataset",
        "@id": card["iri"],
        "name": card["title"][language],
        "description": card["description"][language],
        "url": card["iri"],
        "inLanguage": card.get("languages"),  # which releases of before did not tell
        "isAccessibleForFree": True,
        "license": card.get("licence"),
        "creditText": card.get("attribution"),
        "version": card.get("version") or (release.id if card["sort"] == "whole" else None),
        "dateModified": card.get("modified") or release.record["referenceDate"],
        "temporalCoverage": f"{first}/{last}" if first else None,
        "spatialCoverage": [{"@type": "Place", "@id": place} for place in card.get("places", [])] or None,
        "creator": {"@type": "Organization", "name": card["publisher"]} if card.get("publisher") else None,
        "publisher": {"@type": "Organization", "name": publisher.get("name", {}).get(language, "Miljögrafen")},
        "isPartOf": None if card["iri"] == whole else {"@type": "Dataset", "@id": whole},
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": base + addresses.CATALOG},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["format"],
                "contentUrl": str(release.base.localise(addresses.file_of_release(release.id, file["name"]))),
                "encodingFormat": file["mediaType"],
                "contentSize": f"{file['bytes']} B",
                "sha256": file["sha256"],
                **({"inLanguage": file["language"]} if "language" in file else {}),
            }
            for file in card["files"]
        ],
    }
    return {name: value for name, value in said.items() if value is not None}
