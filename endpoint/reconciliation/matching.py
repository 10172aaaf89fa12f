"""A batch of queries answered: candidates by name, weighed by what else is known of what is meant."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from endpoint.reconciliation.batches import Query
from endpoint.reconciliation.candidates import Candidate, likeliest, meant
from endpoint.reconciliation.likeness import Likeness
from endpoint.reconciliation.manifest import type_of
from endpoint.reconciliation.reconciling import Asked, apart_of, kind_named
from endpoint.reconciliation.traits import agreement, checked, read_values, things_with

_WEIGHED = 30  # candidates that the evidence of a query is looked up for
_OF_NAME, _OF_EVIDENCE = 0.7, 30
"""What the name counts and what the properties do, where properties are given."""

_OTHER_TYPE = 0.9  # what is left of the score of a thing of another type, where the type need not be
_TOGETHER = 10  # queries whose evidence is looked up at once


async def candidates(about: Asked, queries: Mapping[str, Query]) -> dict[str, Any]:
    """The results of a batch by its keys. Between queries, whoever else waits comes in."""
    found: dict[str, list[Candidate]] = {}
    prepared = {key: _prepare(about, key, query) for key, query in queries.items()}
    for key, query in queries.items():
        found[key] = await _find(about, query, prepared[key])
        await asyncio.sleep(0)
    weighed = [key for key, one in prepared.items() if one.evidence]
    for start in range(0, len(weighed), _TOGETHER):
        keys = weighed[start : start + _TOGETHER]
        things = dict.fromkeys(one.entity.iri for key in keys for one in found[key])
        properties = dict.fromkeys(property_ for key in keys for property_, _ in prepared[key].evidence)
        values = await read_values(about.site, things, properties)
        for key in keys:
            found[key] = [_weigh(about, prepared[key], one, values.get(one.entity.iri, {})) for one in found[key]]
            await asyncio.sleep(0)
    told = {key: sorted(found[key], key=likeliest)[: query.most] for key, query in queries.items()}
    apart = await apart_of(about, {one.entity.iri: one.entity for of in told.values() for one in of}.values())
    return {key: {"result": _told(about, found[key], told[key], apart)} for key in queries}


class _Prepared(NamedTuple):
    """A query whose types and properties are known."""

    kinds: tuple[str, ...]
    liked: tuple[str, ...]  # the kinds that it had better be of
    evidence: list[tuple[str, Any]]
    has_name: bool


def _prepare(about: Asked, key: str, query: Query) -> _Prepared:
    """Raises Problem where a query names what there is not."""
    named = tuple(kind_named(about, type_, "queries", key).name for type_ in query.types)
    evidence = checked(about.site, about.traits, query.evidence, key)
    has_name = bool(query.text)
    match query.type_strict:
        case "should":
            return _Prepared((), named, evidence, has_name)
        case "all" if len(set(named)) > 1:
            return _Prepared(("",), (), evidence, has_name)  # nothing is of two kinds
        case _:
            return _Prepared(named, (), evidence, has_name)


async def _find(about: Asked, query: Query, prepared: _Prepared) -> list[Candidate]:
    """The candidates by name, or where none is written, by the first property that is known."""
    is_weighed = prepared.evidence or prepared.liked
    if prepared.has_name:
        found = about.finder.find(query.text, prepared.kinds, max(query.most, _WEIGHED if is_weighed else 0))
        return [_of_type(one, prepared) for one in found]
    if not prepared.evidence:
        return []
    property_, values = prepared.evidence[0]
    things = await things_with(about.site, about.finder, property_, values)
    there = [about.finder.entities.by_iri[thing] for thing in things if thing in about.finder.entities.by_iri]
    return [Candidate(one, Likeness(0)) for one in there if not prepared.kinds or one.kind.name in prepared.kinds]


def _of_type(found: Candidate, prepared: _Prepared) -> Candidate:
    if not prepared.liked or found.entity.kind.name in prepared.liked:
        return found
    return Candidate(found.entity, Likeness(round(found.score * _OTHER_TYPE, 1), found.likeness.features))


def _weigh(about: Asked, prepared: _Prepared, found: Candidate, values: dict[str, Any]) -> Candidate:
    """A candidate with what is known of it: a name is good, and better where the rest agrees."""
    agrees = agreement(about.site, about.finder, prepared.evidence, values)
    score = found.score * _OF_NAME + _OF_EVIDENCE * agrees if prepared.has_name else 100 * agrees
    features = {**found.likeness.features, "properties": round(agrees, 3)}
    return Candidate(found.entity, Likeness(round(score, 1), features))


def _told(
    about: Asked, found: list[Candidate], told: list[Candidate], apart: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Those of the candidates that are told, the best first, as the protocol has them."""
    best = meant(sorted(found, key=likeliest))
    return [_result(about, one, apart.get(one.entity.iri, ""), is_match=one is best) for one in told]


def _result(about: Asked, found: Candidate, apart: str, *, is_match: bool) -> dict[str, Any]:
    entity = found.entity
    return {
        "id": entity.iri,
        "name": entity.called(about.language),
        "description": entity.described(about.language, apart),
        "type": [type_of(about.site, entity.kind, about.language)],
        "score": found.score,
        "features": [{"id": name, "value": value} for name, value in found.likeness.features.items()],
        "match": is_match,
    }
