"""`/reconcile/suggest/…` and `/reconcile/properties`: things, types and properties for who is still typing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from rdflib import URIRef
from starlette.responses import Response

from endpoint.methods import READ
from endpoint.parameters import wrong_value
from endpoint.reconciliation.entities import Entity
from endpoint.reconciliation.manifest import type_of
from endpoint.reconciliation.reconciling import Asked, answered, apart_of, asked, kind_named
from endpoint.reconciliation.traits import Trait
from endpoint.search.index import MOST_CHARACTERS, Hit, Index, Wanted, ask_index
from loaders.index import plain
from ontology import iri
from ontology.kind import Kind
from ontology.text import Text

router = APIRouter(include_in_schema=False)

_ENTITIES = 10
"""Things that are suggested at once."""

_OTHERS = 200
"""Types or properties: mostly all that there are."""

_LARGEST = 10_000


@router.api_route("/reconcile/suggest/entity", methods=READ)
@router.api_route("/{language:language}/reconcile/suggest/entity", methods=READ)
async def suggest_entity(request: Request) -> Response:
    """Things whose names or codes begin so, as search suggests them. One query at most, where several have one name."""
    about = await asked(request)
    prefix, kind, first = _prefix(request), _kind(about, request), _number(request, "cursor", 0)
    found = await _entities(about, prefix, kind, first)
    apart = await apart_of(about, found)
    return answered(request, {"result": [_of_entity(about, one, apart.get(one.iri, "")) for one in found]})


@router.api_route("/reconcile/suggest/type", methods=READ)
@router.api_route("/{language:language}/reconcile/suggest/type", methods=READ)
async def suggest_type(request: Request) -> Response:
    """Kinds of things whose name has a word that begins so; without a prefix all. No query."""
    about = await asked(request)
    prefix, first = _prefix(request), _number(request, "cursor", 0)
    kinds = [kind for kind in about.finder.entities.kinds if _fits(prefix, _names_of_kind(about, kind))]
    shown = kinds[first : first + _OTHERS]
    told = [type_of(about.site, one, about.language) | {"description": one.many.in_(about.language)} for one in shown]
    return answered(request, {"result": told})


@router.api_route("/reconcile/suggest/property", methods=READ)
@router.api_route("/{language:language}/reconcile/suggest/property", methods=READ)
async def suggest_property(request: Request) -> Response:
    """Properties whose name has a word that begins so; without a prefix all. No query."""
    about = await asked(request)
    prefix, kind, first = _prefix(request), _kind(about, request), _number(request, "cursor", 0)
    traits = [one for one in _traits(about, kind) if _fits(prefix, _names_of_trait(about, one))]
    return answered(request, {"result": [_of_trait(about, one) for one in traits[first : first + _OTHERS]]})


@router.api_route("/reconcile/properties", methods=READ)
@router.api_route("/{language:language}/reconcile/properties", methods=READ)
async def propose_properties(request: Request) -> Response:
    """The properties that the things of a type can have, in the order of its shape. No query."""
    about = await asked(request)
    kind, limit = _kind(about, request), _number(request, "limit", _OTHERS)
    told = [{"id": one["id"], "name": one["name"]} for one in (_of_trait(about, one) for one in _traits(about, kind))]
    type_ = {"type": request.query_params["type"]} if kind else {}
    return answered(request, {"properties": told[: limit or _OTHERS], **type_, "limit": limit})


async def _entities(about: Asked, prefix: str, kind: Kind | None, first: int) -> list[Entity]:
    """Some that fit, the best first, from one on: the one with that IRI, or what the index of the release finds.

    It is asked for no more than these, and in a thread: a common word has tens of thousands, of which the best are to
    be told, while others are answered.
    """
    entities = about.finder.entities
    if prefix in entities.by_iri:
        meant = entities.by_iri[prefix]
        return [meant] if first == 0 and kind in {None, meant.kind} else []
    if about.site.index is None or not prefix:
        return []
    kinds = entities.kinds if kind is None else [kind]
    wanted = Wanted(tuple(one.name for one in kinds), first, _ENTITIES)

    def ask(index: Index) -> Sequence[Hit]:
        return index.find(prefix, about.language, wanted).hits

    hits = await asyncio.to_thread(ask_index, about.site.index.file, ask) or ()
    things = [str(about.site.local(URIRef(iri.documented(hit.document) or ""))) for hit in hits]
    return [entities.by_iri[thing] for thing in things if thing in entities.by_iri]


def _traits(about: Asked, kind: Kind | None) -> list[Trait]:
    return [one for one in about.traits.values() if kind is None or kind.name in one.kinds]


def _of_entity(about: Asked, entity: Entity, apart: str) -> dict[str, Any]:
    return {
        "id": entity.iri,
        "name": entity.called(about.language),
        "description": entity.described(about.language, apart),
        "notable": [type_of(about.site, entity.kind, about.language)],
    }


def _of_trait(about: Asked, trait: Trait) -> dict[str, str]:
    names = [kind.one.in_(about.language) for kind in about.finder.entities.kinds if kind.name in trait.kinds]
    return {"id": str(trait.iri), "name": trait.called(about.site, about.language), "description": ", ".join(names)}


def _names_of_kind(about: Asked, kind: Kind) -> Sequence[str]:
    return (str(about.site.local(kind.cls)), kind.name, kind.one.sv, kind.one.en, kind.many.sv, kind.many.en)


def _names_of_trait(about: Asked, trait: Trait) -> Sequence[str]:
    iri_ = str(trait.iri)
    local = iri_.replace("#", "/").rpartition("/")[2]
    short = next((f"{name}:{local}" for name, full in about.site.prefixes.items() if full + local == iri_), local)
    said = (trait.called(about.site, "sv"), trait.called(about.site, "en"), trait.use.name.sv, trait.use.name.en)
    return (iri_, short, local, *said)


def _fits(prefix: str, names: Iterable[str]) -> bool:
    """True where a name, or a word in one, begins so."""
    begins = plain(prefix)
    return any(f" {plain(name)}".find(f" {begins}") >= 0 for name in names)


def _prefix(request: Request) -> str:
    prefix = " ".join(request.query_params.get("prefix", "").split())
    if len(prefix) > MOST_CHARACTERS:
        most = Text(f"högst {MOST_CHARACTERS} tecken", f"{MOST_CHARACTERS} characters at most")
        raise wrong_value("prefix", prefix, most)
    return prefix


def _kind(about: Asked, request: Request) -> Kind | None:
    """The kind that is asked for; none where it is only preferred."""
    type_ = request.query_params.get("type", "")
    is_only_liked = request.query_params.get("type_strict") == "should"
    return kind_named(about, type_, "type") if type_ and not is_only_liked else None


def _number(request: Request, name: str, usual: int) -> int:
    given = request.query_params.get(name, "") or str(usual)
    number = int(given) if given.isascii() and given.isdigit() and len(given) < len(str(_LARGEST)) else -1
    if number < 0:
        raise wrong_value(name, given, Text(f"ett heltal, 0–{_LARGEST - 1}", f"a whole number, 0–{_LARGEST - 1}"))
    return number
