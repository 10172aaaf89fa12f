"""Values of things for the columns of a table: data extension (Reconciliation Service API 0.2, section 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
from rdflib import Literal, URIRef

from endpoint.dataset import Term
from endpoint.problem_types import TYPES
from endpoint.problems import Problem
from endpoint.reconciliation.batches import read_json, wrong
from endpoint.reconciliation.manifest import type_of
from endpoint.reconciliation.reconciling import Asked
from endpoint.reconciliation.traits import Trait, named, no_such_property, read_values
from ontology.namespaces import XSD
from ontology.text import Label, Language, Text, best_label

MOST_PROPERTIES = 30
"""Properties that are fetched at once."""

_DIGITS = 9  # of a number that is no limit to anything

_WHOLE = frozenset(map(str, (XSD.integer, XSD.gYear)))


class Content(StrEnum):
    """What of a thing stands in a cell that holds one: the thing, to go on from, its name, or its IRI."""

    THING = "thing"
    NAME = "name"
    IRI = "iri"


class Settings(msgspec.Struct, frozen=True):
    """How the values of a property are wanted; no limit where it is 0. Clients send numbers also as text."""

    limit: int | str = 0
    content: Content = Content.THING


class Column(msgspec.Struct, frozen=True):
    """A property whose values are wanted."""

    id: str
    settings: Settings = Settings()

    @property
    def most(self) -> int | None:
        """How many values at most; None where all are wanted, which a number of more digits stands for too."""
        said = str(self.settings.limit)
        return int(said) or None if len(said) <= _DIGITS else None


class Extension(msgspec.Struct, frozen=True):
    """The things and the properties that are asked for."""

    ids: list[str]
    properties: list[Column]


def read_extension(about: Asked, text: str, most: int) -> Extension:
    """What the parameter `extend` asks for. Raises Problem that names what is wrong in it."""
    wanted = read_json("extend", text, Extension)
    if len(wanted.ids) > most:
        type_ = TYPES["batch-too-large"]
        members: dict[str, object] = {"parameter": "extend", "limit": most, "setting": type_.setting}
        raise Problem(type_.kind, type_.detail(limit=most), members=members)
    if len(wanted.properties) > MOST_PROPERTIES:
        raise wrong(
            "extend", "", Text(f"högst {MOST_PROPERTIES} egenskaper.", f"{MOST_PROPERTIES} properties at most.")
        )
    twice = [id_ for id_, times in Counter(column.id for column in wanted.properties).items() if times > 1]
    if twice:
        raise wrong("extend", twice[0], Text("egenskapen står två gånger.", "the property stands twice."))
    for column in wanted.properties:
        if named(about.site, about.traits, column.id) is None:
            raise wrong("extend", "", no_such_property(about.site, column.id))
        if not (str(column.settings.limit).isascii() and str(column.settings.limit).isdigit()):
            raise wrong("extend", column.id, Text("”limit” är ett heltal från 0.", "“limit” is a whole number from 0."))
    return wanted


async def extend(about: Asked, wanted: Extension) -> dict[str, Any]:
    """The values, thing by thing and property by property; none of things that there are not. One query."""
    full = {column.id: named(about.site, about.traits, column.id) or "" for column in wanted.properties}
    known = [id_ for id_ in dict.fromkeys(wanted.ids) if id_ in about.finder.entities.by_iri]
    values = await read_values(about.site, known, full.values())
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for id_ in wanted.ids:
        of = values.get(id_, {})
        told = {one.id: cells(about, of.get(full[one.id], []), one.settings.content) for one in wanted.properties}
        rows[id_] = {one.id: told[one.id][: one.most] for one in wanted.properties}
    return {"meta": [_meta(about, one, about.traits[full[one.id]]) for one in wanted.properties], "rows": rows}


def cells(about: Asked, values: Sequence[Term], content: Content) -> list[dict[str, Any]]:
    """Values as the protocol has them: of texts those in the reader's language, where there are any."""
    texts = [value for value in values if isinstance(value, Literal) and value.language]
    others = [value for value in values if value not in texts]
    told = [_cell(about, value, content) for value in others] + [
        {"str": text} for text in _in_language(texts, about.language)
    ]
    return sorted(told, key=lambda cell: [str(part) for part in cell.values()][::-1])


def settings_of(language: Language) -> list[dict[str, Any]]:
    """What can be chosen for a property, as the manifest tells it."""
    return [
        {
            "name": "limit",
            "label": _LIMIT.in_(language),
            "type": "number",
            "default": 0,
            "help_text": _LIMIT_HELP.in_(language),
        },
        {
            "name": "content",
            "label": _CONTENT.in_(language),
            "type": "select",
            "default": Content.THING.value,
            "help_text": _CONTENT_HELP.in_(language),
            "choices": [{"value": one.value, "name": _CONTENTS[one].in_(language)} for one in Content],
        },
    ]


def _meta(about: Asked, column: Column, trait: Trait) -> dict[str, Any]:
    told: dict[str, Any] = {"id": column.id, "name": trait.called(about.site, about.language)}
    kinds = [kind for kind in about.finder.entities.kinds if about.site.local(kind.cls) in trait.use.wants]
    if kinds and column.settings.content is Content.THING:
        told["type"] = type_of(about.site, kinds[0], about.language)
    return told


def _cell(about: Asked, value: Term, content: Content) -> dict[str, Any]:
    """A value that is no text in a language."""
    if isinstance(value, Literal):
        return _of_literal(value)
    entity = about.finder.entities.by_iri.get(str(value))
    if content is Content.IRI:
        return {"str": str(value)}
    if entity is not None:
        name = entity.called(about.language)
        return {"id": entity.iri, "name": name} if content is Content.THING else {"str": name}
    label = about.site.label(URIRef(str(value)), about.language)
    return {"str": label.text if label else str(value)}


def _of_literal(value: Literal) -> dict[str, Any]:
    text, datatype = str(value), str(value.datatype or "")
    if datatype in _WHOLE and text.lstrip("-").isdigit():
        return {"int": int(text)}
    if datatype == str(XSD.decimal) and isinstance(value.value, Decimal):
        return {"float": float(value.value)}
    if datatype == str(XSD.date) and len(text) == len("2026-01-01"):
        return {"date": f"{text}T00:00:00"}
    return {"str": text}


def _in_language(texts: Sequence[Literal], language: Language) -> list[str]:
    """The texts in a language; where there are none, those in the language that takes its place."""
    best = best_label([Label(str(text), text.language or "") for text in texts], language)
    return [str(text) for text in texts if best is not None and text.language == best.language]


_LIMIT = Text("Värden per rad", "Values in a row")
_LIMIT_HELP = Text("Högst så många; 0 är alla.", "So many at most; 0 is all.")
_CONTENT = Text("Innehåll", "Content")
_CONTENT_HELP = Text("Vad som står i cellen när värdet är en sak.", "What stands in the cell where a value is a thing.")
_CONTENTS = {
    Content.THING: Text("Saken, att gå vidare från", "The thing, to go on from"),
    Content.NAME: Text("Namnet", "Its name"),
    Content.IRI: Text("Adressen (IRI)", "Its address (IRI)"),
}
