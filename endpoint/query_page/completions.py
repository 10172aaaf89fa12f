"""The prefixes and terms of the data, for an editor of queries to complete."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from rdflib import URIRef

from endpoint.dataset import Dataset
from endpoint.lists import Names
from endpoint.query_page.naming import names_of
from ontology.text import Language

_SORTS = {"class": ("about/classes", "things"), "property": ("about/properties", "triples")}
"""The sorts of terms, the query that counts each, and its variable for how often one is used."""


class _Term(NamedTuple):
    """A class or a property that the data use, and how often."""

    iri: str
    sort: str
    uses: int


class _Terms(NamedTuple):
    """All of them, and their names."""

    terms: tuple[_Term, ...]
    names: Names


async def read_completions(site: Dataset, language: Language) -> dict[str, Any]:
    """The prefixes, and the terms with their names in a language, for JSON. Three queries, the first time.

    Raises QueryFailed where the data are too many to be counted in time.
    """
    known = await site.once(_read)
    return {
        "prefixes": site.prefixes,
        "terms": [
            {"iri": term.iri, "sort": term.sort, "uses": term.uses, "label": label.text if label else None}
            for term in known.terms
            for label in [known.names(term.iri, language)]
        ],
    }


async def _read(site: Dataset) -> _Terms:
    found = await asyncio.gather(*(site.select(query) for query, _ in _SORTS.values()))
    terms = tuple(
        _Term(str(row[sort]), sort, int(str(row[uses])))
        for (sort, (_, uses)), rows in zip(_SORTS.items(), found, strict=True)
        for row in rows
        if isinstance(row.get(sort), URIRef)
    )
    return _Terms(terms, await names_of(site, (term.iri for term in terms)))
