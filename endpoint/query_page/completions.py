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
    """The prefixes, and the terms with their names in a language, for JSON. A query, the first time.

    Three, where nobody has counted the data before. Raises QueryFailed where they are too many to be counted in time.
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
    terms = tuple(_Term(str(term), sort, number) for sort, of in (await _counted(site)).items() for term, number in of)
    return _Terms(terms, await names_of(site, (term.iri for term in terms)))


async def _counted(site: Dataset) -> dict[str, list[tuple[URIRef, int]]]:
    """The terms of each sort in order, with how often each is used."""
    if site.uses:
        return {"class": sorted(site.uses.things.items()), "property": sorted(site.uses.statements.items())}
    found = await asyncio.gather(*(site.select(query) for query, _ in _SORTS.values()))
    return {
        sort: [(term, int(str(row[uses]))) for row in rows if isinstance(term := row.get(sort), URIRef)]
        for (sort, (_, uses)), rows in zip(_SORTS.items(), found, strict=True)
    }
