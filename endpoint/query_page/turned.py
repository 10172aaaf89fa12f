"""Statements of a query that nothing in the data makes, and that the data make the other way round.

`mg:indicatorOf` leads from an indicator to a goal: a query that asks an objective for its `mg:indicatorOf` finds
nothing, though each of its terms is in the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.dataset import Asked, Dataset
from endpoint.places import Token
from endpoint.query_page.patterns import statements
from endpoint.query_page.unmatched import Reader, read_property
from ontology.namespaces import RDF
from ontology.text import Text

_MOST = 5
_MOST_THINGS = 1000


class _Asked(NamedTuple):
    """A statement that is asked for: its terms as they are written, its property, and what its ends are."""

    written: tuple[str, str, str]
    property: URIRef
    subject: URIRef | None
    subjects: frozenset[URIRef]
    objects: frozenset[URIRef]


async def turned(site: Dataset, read: Sequence[Token], means: Reader) -> list[Text]:
    """Which statements of a query to turn round, in its order. At most a query for each of five. Raises QueryFailed."""
    told: list[Text] = []
    for asked in [one for one in _statements(read, means) if _may_be_turned(site, one)][:_MOST]:
        if await _is_turned(site, asked):
            subject, property_, object_ = asked.written
            told.append(
                Text(
                    f"{property_} går åt andra hållet: skriv {object_} {property_} {subject}.",
                    f"{property_} goes the other way: write {object_} {property_} {subject}.",
                )
            )
    return list(dict.fromkeys(told))


def _statements(read: Sequence[Token], means: Reader) -> list[_Asked]:
    """The statements with a constant property and a variable for an object, whose subject has a place of its own."""
    found, classes = [], dict[str, set[URIRef]]()
    for property_, object_, subject in statements(read):
        name, value = read_property(read, property_, means), means(read, object_)
        if name == RDF.type and isinstance(value, URIRef) and subject >= 0:
            classes.setdefault(_variable(read[subject]), set()).add(value)
        elif isinstance(name, URIRef) and name != RDF.type and subject >= 0 and read[object_].kind == "variable":
            found.append((name, property_, object_, subject))
    return [
        _Asked(
            (read[subject].text, read[property_].text, read[object_].text),
            name,
            constant if isinstance(constant := means(read, subject), URIRef) else None,
            frozenset(classes.get(_variable(read[subject]), ())),
            frozenset(classes.get(_variable(read[object_]), ())),
        )
        for name, property_, object_, subject in found
    ]


def _variable(token: Token) -> str:
    """What a variable is called; a term as it is written."""
    return token.text[1:] if token.kind == "variable" else token.text


def _may_be_turned(site: Dataset, asked: _Asked) -> bool:
    """Whether a statement may be made the other way round alone, as far as the release has counted what has what."""
    has = _having(site, asked.property)
    if asked.objects and not asked.objects & has:
        return False
    return bool(has) and (asked.subject is not None or bool(asked.objects) or bool(asked.subjects - has))


async def _is_turned(site: Dataset, asked: _Asked) -> bool:
    if asked.subject is not None:
        stated = await site.statements(
            Asked("about/stated", {"predicate": asked.property, "object": asked.subject}, take=1),
            Asked("about/stated", {"predicate": asked.property, "subject": asked.subject}, take=1),
        )
        subject, name = ox.NamedNode(str(asked.subject)), str(asked.property)
        ends = [(quad.subject, quad.object) for quad in stated if quad.predicate.value == name]
        return any(end == subject for _, end in ends) and all(of != subject for of, _ in ends)
    if asked.subjects:
        has = _having(site, asked.property)
        return not asked.subjects & has and await _is_value(site, asked.subjects, asked.property) is True
    return await _is_value(site, asked.objects, asked.property) is False


def _having(site: Dataset, name: URIRef) -> set[URIRef]:
    """The classes whose things have a property, as the release has counted."""
    return {of for of, counted in site.having if counted == name}


async def _is_value(site: Dataset, classes: frozenset[URIRef], name: URIRef) -> bool | None:
    """Whether anything of some classes is a value of a property; None where that is too much to go through."""
    if sum(site.having.get((one, RDF.type), 0) for one in classes) > _MOST_THINGS:
        return None
    found = await site.select_among("about/values-that-have", allowing=[RDF.type], allowed=classes, property=[name])
    return bool(found)
