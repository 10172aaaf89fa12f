"""What a query asks of one thing in two statements, each of which finds something, and no thing has both.

The values of `sdmx-dimension:refArea` are counties here, and it is municipalities that have `mg:inCounty`: a query
that asks for both finds nothing, though each of its terms is in the data. Of the statements about a variable, the one
that allows the fewest things is gone through, and each of these is looked up in an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rdflib import URIRef

from endpoint.dataset import Dataset, Term
from endpoint.places import Token
from endpoint.query_page.patterns import paths, statements
from endpoint.query_page.unmatched import Reader, as_written, read_property
from ontology.namespaces import RDF
from ontology.text import Text

_MOST_THINGS = 1000
_MOST_VARIABLES = 3
_MOST_STATEMENTS = 8
_BESIDE = frozenset({"UNION", "OPTIONAL", "MINUS", "EXISTS", "SERVICE"})
"""Words before what need not be found: what stands before the first is read, and nothing where there is UNION."""


@dataclass(slots=True)
class _About:
    """What a query asks of a variable: what it has and what it is a value of, each by how that is written."""

    has: dict[tuple[URIRef, Term | None], str] = field(default_factory=dict)
    is_value_of: dict[URIRef, str] = field(default_factory=dict)


async def apart(site: Dataset, read: Sequence[Token], means: Reader) -> list[Text]:
    """What nothing in the data is or has at once. Two queries for each of three variables. Raises QueryFailed."""
    told: list[Text] = []
    for about in list(_about(read, means).values())[:_MOST_VARIABLES]:
        counted = {asked: number for asked in about.has if (number := _number(site, *asked))}
        fewest = min(counted, key=counted.__getitem__, default=None)
        if fewest is not None and counted[fewest] <= _MOST_THINGS:
            told += await _of(site, about, fewest)
    return told


async def _of(site: Dataset, about: _About, fewest: tuple[URIRef, Term | None]) -> list[Text]:
    """What none of the things has that one of the statements about a variable allows."""
    property_, value = fewest
    among: dict[str, list[Term]] = {"allowing": [property_], **({} if value is None else {"allowed": [value]})}
    these = _these(property_, about.has[fewest])
    told: list[Text] = []
    if about.is_value_of:
        found = await site.select_among("about/values-that-have", **among, property=about.is_value_of)
        stated = {str(row["property"]) for row in found}
        told += [
            Text(f"{these.sv} är värde för {written}.", f"{these.en} is a value of {written}.")
            for name, written in about.is_value_of.items()
            if str(name) not in stated
        ]
    held = {asked: written for asked, written in about.has.items() if asked[1] is not None and asked[0] != RDF.type}
    held.pop(fewest, None)
    if held:
        names, values = zip(*held, strict=True)
        found = await site.select_among("about/things-that-have", **among, property=set(names), value=set(values))
        pairs = {(row["property"], row["value"]) for row in found}
        told += [
            Text(f"{these.sv} har {written}.", f"{these.en} has {written}.")
            for asked, written in held.items()
            if asked not in pairs
        ]
    return told


def _these(property_: URIRef, written: str) -> Text:
    if property_ == RDF.type:
        return Text(f"Inget av klassen {written}", f"Nothing of the class {written}")
    return Text(f"Inget som har {written}", f"Nothing that has {written}")


def _about(read: Sequence[Token], means: Reader) -> dict[str, _About]:
    """What is asked of each variable that two statements speak of, by what it is called."""
    words = [token.text.upper() for token in read]
    end = min((words.index(word) for word in _BESIDE if word in words), default=len(read))
    about: dict[str, _About] = {}
    for property_, object_, subject in list(statements(read))[:_MOST_STATEMENTS] if "UNION" not in words else ():
        name = read_property(read, property_, means)
        if object_ >= end or not isinstance(name, URIRef):
            continue
        written, value = read[property_].text, means(read, object_)
        is_variable = read[object_].kind == "variable"
        if is_variable:
            about.setdefault(read[object_].text[1:], _About()).is_value_of.setdefault(name, written)
        if subject >= 0 and read[subject].kind == "variable" and (is_variable or value is not None):
            said = f"{written} {as_written(read, object_)}" if value is not None else written
            said = read[object_].text if name == RDF.type else said
            about.setdefault(read[subject].text[1:], _About()).has.setdefault((name, value), said)
    for last in _last_steps(read) if "UNION" not in words else ():
        name = read_property(read, last, means)
        if last + 1 < end and isinstance(name, URIRef) and read[last + 1].kind == "variable":
            of_path = about.setdefault(read[last + 1].text[1:], _About())
            of_path.is_value_of.setdefault(name, read[last].text)
    return {name: one for name, one in about.items() if len(one.has) + len(one.is_value_of) > 1}


def _last_steps(read: Sequence[Token]) -> Iterator[int]:
    """Where the last predicates stand of paths that are steps one after another, and nothing else."""
    for first, last in list(paths(read))[:_MOST_STATEMENTS]:
        if all(read[at].text == "/" for at in range(first + 1, last, 2)) and (last - first) % 2 == 0:
            yield last


def _number(site: Dataset, name: URIRef, value: Term | None) -> int | None:
    """How many things there are of a class, or at most with a property, as the release has counted."""
    if name == RDF.type:
        return site.having.get((value, RDF.type)) if isinstance(value, URIRef) else None
    return sum(number for (_, one), number in site.having.items() if one == name)
