"""The bytes of a document in any of its formats, and how many they are."""

from __future__ import annotations

import asyncio

from endpoint.aside import aside
from endpoint.documents.document import Document
from endpoint.documents.forms import Form
from endpoint.documents.tables import table_of, write_table
from endpoint.documents.writing import serialise, sizes_of
from endpoint.formats import CSV, DOCUMENTS, GEOJSON, HTML, UNDIVIDED, Format
from endpoint.geojson import is_on_a_map, write_features
from ontology.schemes import Profile

_MOST_WEIGHED = 1500
"""Statements and things pointing here, of a document that is written in all its formats to tell how large they are."""


def offers(document: Document) -> tuple[Format, ...]:
    """What a document can be had in, the most usual first."""
    has_table = document.view.is_whole and table_of(document) is not None
    has_map = document.view.is_whole and is_on_a_map(document)
    return (*DOCUMENTS, *((CSV,) if has_table else ()), *((GEOJSON,) if has_map else ()), HTML)


async def write(document: Document, format_: Format, profile: Profile, form: Form | None = None) -> bytes:
    """The document in a format and a profile. A query for a table or a map, else none."""
    table = table_of(document) if format_ is CSV else None
    if table is not None:
        return await write_table(document, table)
    if format_ is GEOJSON:
        return await write_features(document)
    return await aside(lambda: serialise(document, format_, profile, form), is_long=document.is_long)


async def weigh(document: Document) -> dict[str, int]:
    """The bytes in each format by its name; none of a large document, which nobody should wait for.

    A query for a table, one for a map.
    """
    if len(document.statements) + sum(relation.count for relation in document.incoming) > _MOST_WEIGHED:
        return {}
    asked = [format_ for format_ in offers(document) if format_ in UNDIVIDED]
    written = await asyncio.gather(*(write(document, format_, Profile.DOCUMENT) for format_ in asked))
    return sizes_of(document) | {format_.name: len(body) for format_, body in zip(asked, written, strict=True)}
