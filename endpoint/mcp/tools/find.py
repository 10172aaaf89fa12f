"""The tool `find`: from words to the things that they may mean, through the index that search asks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from rdflib import URIRef

from endpoint.mcp.tools.arguments import Arguments
from endpoint.mcp.tools.sources import Source, Statement, read_stated
from endpoint.mcp.tools.tool import Answer, Context, Tool
from endpoint.parameters import check_among
from endpoint.problems import not_found
from endpoint.search.apart import Named, tell_apart
from endpoint.search.index import MOST_CHARACTERS, Result, Wanted, find_aside
from endpoint.vocabulary import Vocabulary, read_vocabulary
from endpoint.words import WORDS
from loaders.index import PLACE, TERM
from ontology.kinds import KINDS
from ontology.text import Language

_MOST_THINGS, _USUAL_THINGS = 25, 10
_KINDS = (*KINDS, TERM)


class FindArguments(Arguments, frozen=True, kw_only=True):
    """Words to find things by."""

    text: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=MOST_CHARACTERS,
            description="A name, part of one, or a code, in Swedish or English: Malmö, Clean Air, 12.3, 1280, KL2.",
        ),
    ]
    kind: Annotated[
        str | None,
        Meta(
            description="Only things of this kind; term stands for classes, properties and concepts.",
            extra_json_schema={"examples": list(_KINDS)},
        ),
    ] = None
    limit: Annotated[int, Meta(ge=1, le=_MOST_THINGS, description="How many things at most.")] = _USUAL_THINGS


class Thing(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A thing: its IRI, what it is called, its kind in a word and in words, and who states something of it.

    `matched` is another name of it that was found, `page` where a reader sees all that is known of it.
    """

    iri: str
    label: str
    language: str
    kind: str
    description: str
    page: str
    matched: str | None = None
    stated: list[Statement] = msgspec.field(default_factory=list)


class FindAnswer(Answer, frozen=True, kw_only=True):
    """What was found, the best first; `total` is how many things fit, `kinds` how many of each kind.

    `readAs` are words that stand for those that were written where nothing begins so; `isPartial` is true where nothing
    has all the words and these have some. Without `sources`, who states it could not be read in time.
    """

    found: Sequence[Thing]
    total: int
    kinds: dict[str, int]
    read_as: dict[str, Sequence[str]] = msgspec.field(default_factory=dict)
    is_partial: bool = False
    sources: Sequence[Source] | None = None


async def find(context: Context, asked: FindArguments) -> FindAnswer:
    """What fits. Two queries: who states it, and what tells namesakes apart. Raises Problem for no such kind."""
    site = context.site
    if asked.kind is not None:
        check_among("kind", asked.kind, _KINDS)
    wanted = Wanted((asked.kind,) if asked.kind else (), most=asked.limit, are_counted=True)
    found_aside = await find_aside(site.index, asked.text, asked.language, wanted)
    if found_aside is None:
        raise not_found(PLACE)
    findings, results = found_aside
    named = [Named.of(site, one) for one in results]
    things = [one.thing for one in named]
    vocabulary, stated, apart = await asyncio.gather(
        site.once(read_vocabulary), read_stated(site, things), tell_apart(site, named, asked.language)
    )
    found = [
        Thing(
            iri=thing,
            label=one.label.text,
            language=one.label.language,
            kind=one.kind,
            description=" · ".join(
                filter(None, (_described(vocabulary, thing, one, asked.language), apart.get(thing)))
            ),
            page=f"{site.address}{one.document}.{asked.language}.html",
            matched=one.matched.text if one.matched else None,
            stated=stated.of.get(thing, []) if stated else [],
        )
        for thing, one in zip(things, results, strict=True)
    ]
    return FindAnswer(
        release=context.release,
        found=found,
        total=findings.of(asked.kind or ""),
        kinds=findings.kinds,
        read_as={word: list(terms) for word, terms in findings.read_as.items()},
        is_partial=findings.is_partial,
        sources=stated.sources if stated else None,
    )


def _described(vocabulary: Vocabulary, thing: str, result: Result, language: Language) -> str:
    """What a thing is in a few words: its kind, and its code or, of a term, what it means."""
    kind = KINDS.get(result.kind)
    named = kind.one.in_(language) if kind else WORDS["search-term"].in_(language)
    meaning = vocabulary.definition(URIRef(thing), language)
    if meaning:
        return f"{named}: {meaning.text}"
    return f"{named} {result.key}" if kind and kind.shows(result.key) else named


TOOL = Tool(
    name="find",
    title="Find things by name or code",
    description=(
        "Finds the things of Sweden's environmental objectives system by name or code, typing errors forgiven: "
        "objectives, specifications, milestone targets, indicators, data sets, measures, programmes, actors, counties, "
        "municipalities, goals and targets of the 2030 Agenda; and the terms of the vocabulary. Gives the IRI of each, "
        "to be used in a query and to be cited. It finds names, not facts: ask for facts with query."
    ),
    arguments=FindArguments,
    answer=FindAnswer,
    run=find,
)
