"""What a request to the reconciliation service is answered from, in which language, and what ids it may name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from fastapi import Request
from starlette.responses import JSONResponse, Response

from endpoint.parameters import bad_parameter
from endpoint.problems import Problem, adding, language_of_programs, not_found
from endpoint.reconciliation.batches import wrong
from endpoint.reconciliation.candidates import Finder
from endpoint.reconciliation.entities import Entity, read_entities
from endpoint.reconciliation.traits import Trait, read_traits
from endpoint.search.apart import Named, tell_apart
from endpoint.site import Site
from loaders.index import PLACE
from ontology.kind import Kind
from ontology.text import LANGUAGES, Language, Text


class Asked(NamedTuple):
    """What a request is answered from, and in which language."""

    site: Site
    language: Language
    finder: Finder
    traits: dict[str, Trait]


async def asked(request: Request) -> Asked:
    """What a request is answered from. Raises Problem where it asks for JSONP, or the release has no index."""
    site: Site = request.state.site
    if not (site.release.path / PLACE).is_file():
        raise not_found(request.url.path)
    for name in ("callback", "jsonp"):
        if name in request.query_params:
            raise bad_parameter(name, _NO_JSONP)
    return Asked(site, _language(request), await site.once(read_finder), await site.once(read_traits))


async def read_finder(site: Site) -> Finder:
    """What looks for things by their names."""
    entities = await read_entities(site)
    return await asyncio.to_thread(Finder, entities)


async def apart_of(about: Asked, entities: Iterable[Entity]) -> dict[str, str]:
    """What tells those of some things apart that are called the same, by their IRIs. One query at most."""
    named = (Named(one.kind.name, one.called(about.language), one.iri) for one in entities)
    return await tell_apart(about.site, named, about.language)


def answered(request: Request, body: object) -> Response:
    """An answer in JSON, in the language of the address or the one that the client likes."""
    varying = {} if language_of_address(request) else {"Vary": "Accept-Language"}
    return JSONResponse(body, headers={"Content-Language": _language(request), **varying})


def language_of_address(request: Request) -> Language | None:
    """The language of the address, where it has one."""
    first = request.scope["path"].split("/", 2)[1]
    return next((language for language in LANGUAGES if language == first), None)


def kind_named(about: Asked, type_: str, parameter: str, where: str = "") -> Kind:
    """The kind that a type names: by its class, or by its own name. Raises Problem with the kinds that there are."""
    cls = about.site.canonical(type_)
    for kind in about.finder.entities.kinds:
        if type_ == kind.name or cls == str(kind.cls):
            return kind
    names = ", ".join(kind.name for kind in about.finder.entities.kinds)
    raise wrong(parameter, where, Text(
        f"det finns ingen typ ”{type_[:80]}”. Det här finns: {names}.",
        f"there is no type “{type_[:80]}”. There are: {names}.",
    ))  # fmt: skip


def entity_named(about: Asked, request: Request) -> Entity:
    """The thing whose id is in the address. Raises Problem where there is none."""
    id_ = request.query_params.get("id", "")
    entity = about.finder.entities.by_iri.get(id_)
    if entity is None:
        raise no_such_id(about, id_)
    return entity


def no_such_id(about: Asked, id_: str) -> Problem:
    """The problem that nothing has an id, with how one looks."""
    example = next(iter(about.finder.entities.by_iri), about.site.address)
    words = Text(
        f"Parametern id är hela adressen till en sak, som avstämningen ger den. En sådan är {example}.",
        f"The parameter id is the whole address of a thing, as reconciliation gives it. One of them is {example}.",
    )
    return adding(not_found(f"id={id_}"), words)


def _language(request: Request) -> Language:
    return language_of_address(request) or language_of_programs(request)


_NO_JSONP = Text(
    "JSONP finns inte här: alla svar får läsas av skript från andra webbplatser (CORS). Fråga utan callback.",
    "There is no JSONP here: scripts of other sites may read all answers (CORS). Ask without callback.",
)
