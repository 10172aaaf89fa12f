"""The files of a release as a Frictionless data package: https://specs.frictionlessdata.io/data-package/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import URIRef

from loaders.content import Content
from loaders.files import ALL, CSV, File
from loaders.holdings import DataSetHolding, Holdings, SourceHolding
from loaders.void import WHOLE_DESCRIPTION, WHOLE_TITLE
from ontology import addresses, iri
from ontology.description import CC0, licence

_TYPES = {"year": "year", "value": "number", "observation": "string", "area_iri": "string"}
_URIS = {"observation", "area_iri"}


def describe_files(content: Content, holdings: Holdings, files: Iterable[File], triples: int) -> dict[str, Any]:
    """The descriptor; its paths are relative to `/data/datapackage.json`."""
    held: dict[URIRef, SourceHolding | DataSetHolding] = {
        **{iri.graph(source.key): source for source in holdings.sources},
        **{iri.mint("dataset", data_set.key): data_set for data_set in holdings.data_sets},
    }
    return {
        "profile": "data-package",
        "name": addresses.WHOLE_KEY,
        "id": f"{content.base.iri}{addresses.RELEASES}{content.release_id}/",
        "version": content.release_id,
        "title": WHOLE_TITLE.en,
        "description": WHOLE_DESCRIPTION.en,
        "homepage": content.base.iri,
        "contributors": [{"title": content.publisher.name.en, "role": "publisher"}],
        "triples": triples,
        "resources": [_resource(file, held.get(file.dataset)) for file in files],
    }


def _resource(file: File, held: SourceHolding | DataSetHolding | None) -> dict[str, Any]:
    return {
        "name": file.name.lower(),
        "path": file.name,
        "title": _title(file, held),
        **({"description": held.known.en} if isinstance(held, DataSetHolding) and held.known.en else {}),
        "format": file.syntax.format,
        "mediatype": file.syntax.media_type,
        **({"compression": "gz"} if file.syntax.is_compressed else {}),
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        **_terms(file, held),
        **(_as_table(file) if file.syntax == CSV else {"profile": "data-resource"}),
    }


def _title(file: File, held: SourceHolding | DataSetHolding | None) -> str:
    match held:
        case SourceHolding():
            return held.title
        case DataSetHolding():
            return held.title.en
        case _:
            return WHOLE_TITLE.en if file.name == ALL else "The vocabulary of Miljögrafen"


def _terms(file: File, held: SourceHolding | DataSetHolding | None) -> dict[str, Any]:
    """The licence where one is stated, and the source; everything together has no licence of its own."""
    if held is None:
        return {} if file.name == ALL else {"licenses": [{"path": str(CC0)}]}
    page = held.page if isinstance(held, SourceHolding) else None
    return {
        **({"licenses": [{"path": str(licence(held.licence))}]} if held.licence else {}),
        "sources": [{"title": held.publisher, **({"path": page} if page else {})}],
        **({"attribution": held.attribution} if held.attribution else {}),
    }


def _as_table(file: File) -> dict[str, Any]:
    fields = [
        {"name": name, "type": _TYPES.get(name, "string"), **({"format": "uri"} if name in _URIS else {})}
        for name in file.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": {"fields": fields, "primaryKey": "observation", "missingValues": [""]},
    }
