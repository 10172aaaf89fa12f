"""One class as `schema` tells it: its properties, what they lead to, how many things have each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from rdflib import URIRef

from endpoint.classes import ClassInUse, Use
from endpoint.documents.views import short
from endpoint.parameters import wrong_value
from endpoint.site import Site
from endpoint.vocabulary import Vocabulary
from ontology.text import Language, Text

_MOST_CONCEPTS = 30


class Property(msgspec.Struct, frozen=True, omit_defaults=True):
    """A property of the things of a class: `things` of them have it.

    `values` are the classes or datatypes of its values, or the values that it can have; `languages` those of its texts;
    `most` is how many values a thing has at most.
    """

    property: str
    label: str
    things: int
    definition: str | None = None
    values: Sequence[str] = ()
    languages: Sequence[str] = ()
    most: int | None = None


class Class(msgspec.Struct, frozen=True, omit_defaults=True, rename={"class_": "class"}):
    """A class: how many things it has, its properties, and all that is said of one of its things as Turtle.

    Where a long text of the example is cut short (…), `longest_cut` has the characters of the longest.
    """

    class_: str
    label: str
    things: int
    definition: str | None = None
    properties: Sequence[Property] = ()
    example: str | None = None
    longest_cut: int | None = None


def class_named(vocabulary: Vocabulary, named: str, language: Language) -> Class:
    """The class that is named by its IRI, short or whole, by its local name or by its kind. Raises Problem."""
    names = {name.casefold(): term for term in _terms(vocabulary) for name in _names(vocabulary, term)}
    term = names.get(named.strip("<> ").casefold())
    if term is None:
        there = sorted(in_short(vocabulary.site, one) for one in _terms(vocabulary))
        listed = ", ".join(there)
        raise wrong_value("class", named, Text(listed, listed), there)
    in_use = _in_use(vocabulary, term)
    definition, example = vocabulary.definition(term, language), vocabulary.examples.get(term)
    return Class(
        class_=in_short(vocabulary.site, term),
        label=label_of(vocabulary, term, language),
        things=vocabulary.uses.things.get(term, 0),
        definition=definition.text if definition else None,
        properties=list(_properties(vocabulary, term, in_use.uses if in_use else (), language)),
        example=example.text if example else None,
        longest_cut=example.longest or None if example else None,
    )


def in_short(site: Site, term: URIRef) -> str:
    """A term with a prefix of the service, else its IRI."""
    canonical = site.canonical(term)
    shortened = short(canonical)
    return str(term) if shortened == canonical else shortened


def label_of(vocabulary: Vocabulary, term: URIRef, language: Language) -> str:
    """What a term is called; the local part of its IRI where it is not called anything."""
    label = vocabulary.site.label(term, language)
    return label.text if label else _local(term)


def _terms(vocabulary: Vocabulary) -> list[URIRef]:
    return list(dict.fromkeys([*(one.term for one in vocabulary.classes), *vocabulary.uses.things]))


def _names(vocabulary: Vocabulary, term: URIRef) -> Iterator[str]:
    """What a class may be called; of names that several have, the last counts."""
    in_use = _in_use(vocabulary, term)
    yield from (_local(term), str(term), in_short(vocabulary.site, term))
    if in_use:
        yield in_use.kind.name


def _in_use(vocabulary: Vocabulary, term: URIRef) -> ClassInUse | None:
    return next((one for one in vocabulary.classes if one.term == term), None)


def _properties(vocabulary: Vocabulary, cls: URIRef, uses: Sequence[Use], language: Language) -> Iterator[Property]:
    """Those that its shape speaks of, in the order of the shape; then what else its things have, the most first."""
    having = {term: things for (of, term), things in vocabulary.uses.having.items() if of == cls}
    for use in uses:
        yield _property(vocabulary, use.term, having.pop(use.term, 0), language, use)
    for term, things in sorted(having.items(), key=lambda pair: (-pair[1], pair[0])):
        yield _property(vocabulary, term, things, language)


def _property(
    vocabulary: Vocabulary, term: URIRef, things: int, language: Language, use: Use | None = None
) -> Property:
    definition = vocabulary.definition(term, language)
    return Property(
        property=in_short(vocabulary.site, term),
        label=label_of(vocabulary, term, language),
        things=things,
        definition=definition.text if definition else None,
        values=[in_short(vocabulary.site, value) for value in _values(vocabulary, term, use)],
        languages=use.languages if use else (),
        most=use.most if use else None,
    )


def _values(vocabulary: Vocabulary, term: URIRef, use: Use | None) -> Sequence[URIRef]:
    """What the values of a property can be: the concepts of its scheme, else what its shape wants, else its range."""
    schemes = vocabulary.scheme_for(term)
    concepts = [concept for scheme, members in vocabulary.schemes if scheme in schemes for concept in members]
    if concepts and len(concepts) <= _MOST_CONCEPTS:
        return concepts
    return (use.wants if use else ()) or vocabulary.ends(term)[1]


def _local(term: URIRef) -> str:
    return term.replace("#", "/").rpartition("/")[2]
