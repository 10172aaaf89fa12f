"""Each dataset of a release in short, for pages and search engines: what it is, on what terms, in which files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import URIRef

from loaders.catalogue_words import VOCABULARY_DESCRIPTION, VOCABULARY_TITLE, about_source
from loaders.content import Content
from loaders.files import File
from loaders.holdings import DataSetHolding, Holdings, SourceHolding
from loaders.release import Release
from loaders.void import WHOLE_DESCRIPTION, WHOLE_TITLE
from ontology import addresses, description, iri
from ontology.text import LANGUAGES, Text

Card = dict[str, Any]

CARDS = "datasets.json"
"""The file in `about/` that holds them."""


def write_cards(content: Content, holdings: Holdings, files: Iterable[File], graphs: Mapping[str, int]) -> list[Card]:
    """The whole, the vocabulary, the data sets of observations and the sources, in this order.

    `graphs` counts the statements of each graph.
    """
    of: dict[URIRef, list[File]] = defaultdict(list)
    for file in files:
        of[file.dataset].append(file)
    base = content.base

    def card(sort: str, dataset: URIRef, title: Text, about: Text, **more: object) -> Card:
        return {
            "sort": sort,
            "iri": str(base.localise(dataset)),
            "title": title._asdict(),
            "description": about._asdict(),
            **{name: value for name, value in more.items() if value},
            "files": [_file(file) for file in of[dataset]],
        }

    def cards() -> Iterator[Card]:
        vocabulary = str(base.localise(iri.VOCABULARY_GRAPH))
        number = sum(graphs.values())
        yield card("whole", addresses.WHOLE, WHOLE_TITLE, WHOLE_DESCRIPTION, triples=number, languages=LANGUAGES)
        yield card(
            "vocabulary",
            iri.VOCABULARY_GRAPH,
            VOCABULARY_TITLE,
            VOCABULARY_DESCRIPTION,
            licence=str(description.CC0),
            languages=LANGUAGES,
            triples=graphs[vocabulary],
        )
        for data_set in holdings.data_sets:
            about = Text(f"Utgivare: {data_set.publisher}.", f"Publisher: {data_set.publisher}.")
            dataset = iri.mint("dataset", data_set.key)
            yield card("data-set", dataset, data_set.title, about, values=data_set.values, **_terms(data_set))
        for source in holdings.sources:
            title = Text(source.title, source.title)
            about = about_source(source)
            yield card("source", iri.graph(source.key), title, about, triples=source.triples, **_terms(source))

    return list(cards())


def read_cards(release: Release) -> list[Card]:
    """The datasets of a release; none of one that was made before releases told them."""
    file = release.path / "about" / CARDS
    return list(json.loads(file.read_bytes())) if file.is_file() else []


def _terms(held: SourceHolding | DataSetHolding) -> dict[str, object]:
    return {
        "publisher": held.publisher,
        "licence": str(description.licence(held.licence)) if held.licence else None,
        "attribution": held.attribution,
        "years": held.years,
        "places": [str(place) for place in held.places],
        "modified": held.retrieved if isinstance(held, SourceHolding) else held.modified,
        "version": held.version if isinstance(held, DataSetHolding) else None,
        "languages": held.languages if isinstance(held, SourceHolding) else LANGUAGES,
    }


def _file(file: File) -> Card:
    return {
        "name": file.name,
        "format": file.syntax.title,
        "mediaType": "application/gzip" if file.syntax.is_compressed else file.syntax.media_type,
        "bytes": file.bytes,
        "sha256": file.sha256,
        **({"language": file.syntax.language} if file.syntax.language else {}),
    }
