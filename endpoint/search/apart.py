"""What tells things of one kind and one name apart, in words: when they were, and what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.lists import Names, alphabetical, read_labels
from endpoint.search.index import Result
from endpoint.site import Site
from endpoint.words import WORDS
from endpoint.workers.pool import QueryFailed
from loaders.index import TERM
from ontology import iri
from ontology.text import Language

_ENDED = ("actor",)
"""The kinds whose things have ended after their last moment; of others it is the end of a period."""


class Told(NamedTuple):
    """What is known of a thing that can tell it from its namesakes: its times, and what it belongs to."""

    start: str
    end: str
    of: tuple[str, ...]


class Named(NamedTuple):
    """A thing as an answer has it: its kind, what it is called there, and its IRI."""

    kind: str
    name: str
    thing: str

    @classmethod
    def of(cls, site: Site, result: Result) -> Named:
        """The same of what search found."""
        thing = site.local(URIRef(iri.documented(result.document) or ""))
        return cls(result.kind, result.label.text, str(thing))


async def tell_apart(site: Site, things: Iterable[Named], language: Language) -> dict[str, str]:
    """What tells those of some things apart that are called the same, by their IRIs.

    One query at most, where there are such; nothing where it could not be answered in time, or they do not differ.
    """
    groups = namesakes(things)
    asked = [URIRef(thing) for kind, group in groups if kind != TERM for thing in group]
    try:
        known = await read_told(site, asked, language) if asked else {}
    except QueryFailed:  # what was found is worth more than what tells it apart
        known = {}
    told: dict[str, str] = {}
    for kind, group in groups:
        if kind == TERM:
            told |= {thing: thing.removeprefix(site.base.iri) for thing in group}
        else:
            told |= dict(zip(group, in_words(kind, [known.get(one, _NOTHING) for one in group], language), strict=True))
    return {thing: words for thing, words in told.items() if words}


def namesakes(things: Iterable[Named]) -> list[tuple[str, list[str]]]:
    """The things that share their kind and their name with another, together, with the kind."""
    groups: dict[tuple[str, str], dict[str, None]] = {}
    for one in things:
        groups.setdefault((one.kind, one.name.casefold()), {})[one.thing] = None
    return [(kind, list(group)) for (kind, _), group in groups.items() if len(group) > 1]


async def read_told(site: Site, things: Sequence[URIRef], language: Language) -> dict[str, Told]:
    """What can tell some things apart. One query. Raises QueryFailed."""
    rows: dict[str, list[Row]] = {}
    for row in await site.select_among("pages/telling-apart", thing=things):
        rows.setdefault(str(row["thing"]), []).append(row)
    return {thing: _read(of, language) for thing, of in rows.items()}


def in_words(kind: str, told: Sequence[Told], language: Language) -> list[str]:
    """What tells each of some things of one name from the others, in words; what is the same of all tells nothing."""
    times = [_when(kind, one, language) for one in told]
    owners = [", ".join(one.of) for one in told]
    parts = [each for each in (owners, times) if len(set(each)) > 1]
    return [" · ".join(filter(None, of_one)) for of_one in zip(*parts, strict=True)] if parts else [""] * len(told)


def _read(rows: Sequence[Row], language: Language) -> Told:
    first: Mapping[str, object] = rows[0]
    names = Names(read_labels(rows, "of"))
    labels = [names(str(thing), language) for thing in dict.fromkeys(row["of"] for row in rows if "of" in row)]
    return Told(
        str(first.get("fromDate") or first.get("fromYear") or ""),
        str(first.get("untilDate") or first.get("untilYear") or ""),
        tuple(sorted((label.text for label in labels if label), key=alphabetical)),
    )


def _when(kind: str, one: Told, language: Language) -> str:
    if one.end and kind in _ENDED:
        word = "actor-short-ended"
    elif one.start and one.end:
        word = "from-until"
    elif one.start:
        word = "from-moment"
    elif one.end:
        word = "until-moment"
    else:
        return ""
    return WORDS[word].in_(language).format(start=one.start, end=one.end)


_NOTHING = Told("", "", ())
