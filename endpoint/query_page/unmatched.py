"""What a query asks for that nothing in the data has, though each of its terms stands there; and how it is written.

A property without a statement, a class without a thing, a number where the data have a year: SPARQL finds nothing, and
says no more. What is told is looked up in the indexes of the store, one statement for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Literal, URIRef

from endpoint.dataset import Asked, Dataset, Term
from endpoint.places import Token
from endpoint.query_page.paths import lacking, read_path, steps
from endpoint.query_page.patterns import comparisons, paths, statements
from ontology.namespaces import RDF, RDFS, XSD
from ontology.text import Text

_NAMES = ("prefLabel", "title", "shortTitle", "name")
"""Properties by which things are called here, the most usual first."""

_OF_NAMES = frozenset({"label", *_NAMES})
_NEAR = 0.6
_MOST = 30
_LONGEST = 60
_NARROWER = frozenset({str(RDFS.subClassOf), str(RDFS.subPropertyOf)})
_PLAIN = frozenset({XSD.integer, XSD.decimal, XSD.boolean})
_LEXICAL = {
    XSD.integer: r"[+-]?\d+",
    XSD.decimal: r"[+-]?\d+(?:\.\d+)?",
    XSD.boolean: r"true|false",
    XSD.gYear: r"\d{4}",
    XSD.gYearMonth: r"\d{4}-\d\d",
    XSD.date: r"\d{4}-\d\d-\d\d",
}
"""How values of a datatype may be written; of what is not listed, whatever is asked for is taken to be none."""

Reader = Callable[[Sequence[Token], int], Term | None]
"""What the token at a place means; None for what is no constant."""


class _Pair(NamedTuple):
    """A property and one of its values that are asked for together; `value` is None where that is a variable."""

    property: URIRef
    value: Term | None


class Unmatched(NamedTuple):
    """A term that nothing in the data has as it is asked for: its place among the tokens, and what is to be told.

    `is_surer` where that is more than that a text stands nowhere: how the values of its property are written.
    """

    place: int
    term: Term
    told: Text
    is_surer: bool = False


class Data:
    """What was looked up: of each property a value, which pairs are stated, and what is narrower than a term."""

    def __init__(self, quads: Sequence[ox.Quad]) -> None:
        self._narrower = {
            quad.object.value: f"<{quad.subject.value}>"
            for quad in quads
            if quad.predicate.value in _NARROWER
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
        }
        self._some = {quad.predicate.value: _term(quad.object) for quad in quads}
        self._stated = {(quad.predicate.value, _term(quad.object)) for quad in quads}

    def some(self, name: URIRef) -> Term | None:
        """Some value of a property; None where it has none."""
        return self._some.get(str(name))

    def instead_of(self, term: Term) -> Text:
        """That what is narrower than a class or a property is not counted in, and how it is called."""
        narrower = self._narrower.get(str(term))
        if narrower is None:
            return Text("", "")
        return Text(f" Här sluts ingenting: fråga efter {narrower}.", f" Nothing is inferred here: ask for {narrower}.")

    def has(self, pair: _Pair) -> bool:
        """Whether anything has a property with a value."""
        return (str(pair.property), pair.value) in self._stated


async def unmatched(site: Dataset, read: Sequence[Token], means: Reader) -> list[Unmatched]:
    """What nothing in the data has, in the order of the query. One query. Raises QueryFailed."""
    pairs = list(_pairs(read, means))[:_MOST]
    ways = [read_path(read, path) for path in paths(read)][:_MOST]
    stepped = {
        at: name for way in ways for at in steps(way) if isinstance(name := read_property(read, at, means), URIRef)
    }
    if not (pairs or stepped):
        return []
    of_classes = list(_of_classes(site, read, means))
    properties = list(dict.fromkeys([*(pair.property for _, _, pair in pairs), *stepped.values()]))[: 2 * _MOST]
    asked = [Asked("about/stated", {"predicate": name}, take=1) for name in properties]
    asked += [
        Asked("about/stated", {"predicate": pair.property, "object": pair.value}, take=1)
        for pair in dict.fromkeys(pair for _, _, pair in pairs)
        if pair.value is not None
    ]
    classes = dict.fromkeys(pair.value for _, _, pair in pairs if pair.property == RDF.type and pair.value is not None)
    asked += [Asked("about/stated", {"predicate": RDFS.subPropertyOf, "object": name}, take=1) for name in properties]
    asked += [Asked("about/stated", {"predicate": RDFS.subClassOf, "object": name}, take=1) for name in classes]
    data = Data(await site.statements(*asked))
    known = {at: name for at, name in stepped.items() if name in properties}
    lacked = [at for way in ways for at in lacking(way, lambda at: at not in known or data.some(known[at]) is not None)]
    of_paths = [_of_property(at, read[at].text, known[at], data) for at in lacked]
    found = [*_of_statements(read, pairs, data), *of_paths, *of_classes, *_of_comparisons(read, pairs, data)]
    return sorted(found, key=lambda one: one.place)


def _pairs(read: Sequence[Token], means: Reader) -> Iterator[tuple[int, int, _Pair]]:
    """The statements that are asked for, and the terms of each; its object has none where it is a variable."""
    for property_, object_, _ in statements(read):
        name = read_property(read, property_, means)
        value = means(read, object_)
        if isinstance(name, URIRef) and (value is not None or read[object_].kind == "variable"):
            yield property_, object_, _Pair(name, value)


def read_property(read: Sequence[Token], at: int, means: Reader) -> Term | None:
    """What the property at a place means; None for what is no constant."""
    return RDF.type if read[at].text.lower() == "a" else means(read, at)


def _of_classes(site: Dataset, read: Sequence[Token], means: Reader) -> Iterator[Unmatched]:
    """Properties of a variable that nothing has of any class that the query says it is of."""
    classes: dict[str, dict[URIRef, str]] = {}
    asked: list[tuple[int, str, URIRef]] = []
    for property_, object_, subject in statements(read):
        name, value = read_property(read, property_, means), means(read, object_)
        if subject < 0 or read[subject].kind != "variable" or not isinstance(name, URIRef):
            continue
        variable = read[subject].text[1:]
        if name != RDF.type:
            asked.append((property_, variable, name))
        elif isinstance(value, URIRef):
            classes.setdefault(variable, {})[value] = read[object_].text
    if not (classes and asked):
        return
    counted, used = {of for of, _ in site.having}, {name for _, name in site.having}
    for place, variable, name in asked:
        of = classes.get(variable, {})
        if of and name in used and counted.issuperset(of) and not any((one, name) in site.having for one in of):
            written, meant = read[place].text, _meant(site, name, of)
            asked_sv, asked_en = (f" Menas {meant}?", f" Is {meant} meant?") if meant else ("", "")
            yield Unmatched(place, name, Text(
                f"Inget av klassen {' eller '.join(of.values())} har {written}.{asked_sv}",
                f"Nothing of the class {' or '.join(of.values())} has {written}.{asked_en}",
            ))  # fmt: skip


def _meant(site: Dataset, name: URIRef, classes: Collection[URIRef]) -> str | None:
    """The property of things of these classes that is most likely meant by another; None where none is near."""
    theirs = {re.split("[/#]", property_)[-1]: property_ for one, property_ in site.having if one in classes}
    local = re.split("[/#]", name)[-1]
    names = [one for one in _NAMES if one in theirs] if local in _OF_NAMES else []
    near = [*names, *get_close_matches(local, theirs, 1, _NEAR)]
    if not near:
        return None
    property_ = str(theirs[near[0]])
    prefix = next((one for one, namespace in site.prefixes.items() if property_ == namespace + near[0]), None)
    return f"<{property_}>" if prefix is None else f"{prefix}:{near[0]}"


def _of_statements(read: Sequence[Token], pairs: Sequence[tuple[int, int, _Pair]], data: Data) -> Iterator[Unmatched]:
    for property_, object_, pair in pairs:
        name, value, some = read[property_].text, as_written(read, object_), data.some(pair.property)
        if some is None:
            yield _of_property(property_, name, pair.property, data)
        elif pair.value is None or data.has(pair):
            continue
        elif pair.property == RDF.type:
            way = data.instead_of(pair.value)
            told = Text(
                f"Inget i data är av klassen {value}.{way.sv}", f"Nothing in the data is of the class {value}.{way.en}"
            )
            yield Unmatched(object_, pair.value, told)
        else:
            way = _way(pair.value, some)
            way = way if way.en else data.instead_of(pair.property)
            told = Text(f"Inget i data har {name} {value}.{way.sv}", f"Nothing in the data has {name} {value}.{way.en}")
            is_surer = (_is_plain(pair.value) and not _has_language(some)) or (_is_number(pair.value) and bool(way.en))
            yield Unmatched(object_, pair.value, told, is_surer)


def _of_property(place: int, written: str, name: URIRef, data: Data) -> Unmatched:
    way = data.instead_of(name)
    return Unmatched(
        place, name, Text(f"Inget i data har {written}.{way.sv}", f"Nothing in the data has {written}.{way.en}")
    )


def _of_comparisons(read: Sequence[Token], pairs: Sequence[tuple[int, int, _Pair]], data: Data) -> Iterator[Unmatched]:
    """Variables that are compared with what none of their values can be compared with."""
    values: dict[str, list[Term]] = {}
    for _, object_, pair in pairs:
        some = data.some(pair.property)
        if pair.value is None and some is not None:
            values.setdefault(read[object_].text, []).append(some)
    for variable, at in comparisons(read):
        name, written = read[variable].text, read[at].text
        of_variable, is_number = values.get(name, []), read[at].kind == "number"
        if of_variable and not any(_is_comparable(is_number, some) for some in of_variable):
            value = Literal(written if is_number else written[1:-1])
            form = _in_the_form_of(value, of_variable[0])
            told = Text(
                f"{name} jämförs med {written}, men dess värden skrivs så här: {form}.",
                f"{name} is compared with {written}, but its values are written like this: {form}.",
            )
            yield Unmatched(variable, value, told, is_surer=True)


def _is_comparable(is_number: bool, some: Term) -> bool:
    if not isinstance(some, Literal):
        return False
    if is_number:
        return isinstance(some.value, int | float | Decimal)
    return some.language is None and some.datatype in {None, XSD.string}


def _is_plain(value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype is None and value.language is None


def _is_number(value: Term) -> bool:
    return isinstance(value, Literal) and isinstance(value.value, int | Decimal)


def _has_language(value: Term) -> bool:
    return isinstance(value, Literal) and value.language is not None


def _way(value: Term, some: Term) -> Text:
    """How values of a property are written, where the one that is asked for is of another sort, or a text."""
    is_alike = _sort(value) == _sort(some)
    if is_alike and not _is_plain(value):
        return Text("", "")
    form = _in_the_form_of(some if is_alike else value, some)
    return Text(f" Dess värden skrivs så här: {form}.", f" Its values are written like this: {form}.")


def _sort(term: Term) -> tuple[bool, str | None, bool]:
    return isinstance(term, Literal), term.datatype if isinstance(term, Literal) else None, _has_language(term)


def _in_the_form_of(value: Term, some: Term) -> str:
    """A value as those of a property are written; where it cannot be one of them, one of them."""
    if not isinstance(some, Literal):
        return f"<{some}>"
    lexical = _LEXICAL.get(some.datatype, "(?!)") if some.datatype else ".*"
    text = str(value) if isinstance(value, Literal) and re.fullmatch(lexical, str(value)) else str(some)
    if some.datatype in _PLAIN:
        return text
    quoted = f'"{text}"' if len(text) <= _LONGEST and not set(text) & set('"\\\n') else '"…"'
    return quoted + (f"@{some.language}" if some.language else f"^^<{some.datatype}>" if some.datatype else "")


def as_written(read: Sequence[Token], at: int) -> str:
    """A term as the query has it, with its language."""
    tag = read[at + 1].text if at + 1 < len(read) and read[at + 1].kind == "tag" else ""
    return read[at].text + tag


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term | None:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if not isinstance(term, ox.Literal):
        return None
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(XSD.string)
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
