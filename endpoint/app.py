"""The application: one release, its workers, the routers, and errors that help."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from endpoint import (
    assets,
    comparing,
    delivering,
    descriptions,
    discovery,
    downloads,
    enumerating,
    graphs,
    operations,
    pages,
    public,
    refusals,
    shapes,
    sparql,
    validation,
    vocabulary,
)
from endpoint.agreement import Agreement
from endpoint.dataset import Dataset
from endpoint.detours import detour, methods_of
from endpoint.documents import contexts, things
from endpoint.files import of_files
from endpoint.folders import folder_of_its_own
from endpoint.interface import openapi
from endpoint.layers.access_log import open_log
from endpoint.layers.accounts import Accounts
from endpoint.layers.at_once import AtOnce
from endpoint.layers.caching import Caching
from endpoint.layers.direct import Direct, Way
from endpoint.layers.enclosed import Enclosed
from endpoint.layers.headers import EveryAnswer
from endpoint.layers.networks import Networks
from endpoint.layers.paths import PlainPaths
from endpoint.layers.tracking import Untracked
from endpoint.mapping import mappings, proposing
from endpoint.mcp import service as mcp
from endpoint.methods import READ
from endpoint.metrics import write_on
from endpoint.parameters import only_what_is_taken, strict
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, query_failed, respond
from endpoint.query_page import querying
from endpoint.reconciliation import service as reconciliation
from endpoint.reconciliation import suggesting
from endpoint.reload import Following, OneDataset, Served, check_up
from endpoint.search import searching
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.through_time import feed, releases, stream, timegate
from endpoint.through_time.archive import Archive, Shelf
from endpoint.warming import keep_warm
from endpoint.workers.launching import Launcher
from endpoint.workers.pool import Pool, QueryFailed
from endpoint.workers.relay import Relay
from loaders.collection import Collection
from loaders.release import DamagedRelease, Release, Releases
from ontology.base import Base
from ontology.stores import HeldStores
from ontology.text import Text

log = logging.getLogger("miljograf")

_ROUTERS = (
    sparql.router,
    graphs.router,
    descriptions.router,
    shapes.router,
    things.router,
    contexts.router,
    downloads.router,
    delivering.router,
    discovery.router,
    releases.router,
    feed.router,
    stream.router,
    timegate.router,
    querying.router,
    public.router,
    enumerating.router,
    mappings.router,
    proposing.router,
    searching.router,
    reconciliation.router,
    suggesting.router,
    mcp.router,
    validation.router,
    openapi.router,
    refusals.router,
    vocabulary.router,
    pages.router,
    comparing.router,
)

_PROTOCOLS = (operations.router, sparql.router, reconciliation.router, suggesting.router, mcp.router)
"""The routers whose addresses pass over parameters that they do not know: those of protocols, and what monitors ask."""

_LENIENT = (*_PROTOCOLS, public.router)
"""These, and the questions, which refuse them by themselves: each has parameters of its own."""

_DIRECT = {
    "/sparql": (sparql.router, Way(sparql.sparql, frozenset(sparql.METHODS))),
    "/res/shapes/": (shapes.router, Way(things.describe)),
    "/res/": (things.router, Way(strict(things.describe), frozenset(READ))),
}
"""The addresses that are asked for most, so that the framework need not look for them; each with its router."""

_OF_PAGES = {"deadline": "page_deadline"}
_OF_FEDERATION = {"deadline": "federated_deadline", "network-busy": "federated_workers"}
"""The settings of the limits that such queries meet, by why they fail."""

_OF_A_PAGE = 12
"""Queries that a page asks at once, at most: so many of our own may wait for each that a reader may have wait."""


def create_app(release: Release, settings: Settings) -> Endpoint:
    """An application that serves a release, and whichever its folder calls current from then on."""

    def make(release: Release) -> Site:
        site = Site.of(release, *pools(release.store, settings, release.dump))
        site.report_to = settings.report_to
        federate(site, settings)
        return site

    def make_earlier(release: Release) -> Site:
        launcher, patience = Launcher(release.store, settings.megabytes), settings.patience
        own = Pool(launcher, 1, settings.page_deadline, patience, settings.queue * _OF_A_PAGE, named=_OF_PAGES)
        site = Site.of(release, own, Pool(launcher, 1, settings.deadline, patience, settings.queue))
        site.report_to = settings.report_to
        return site

    kept = Releases(release.path.parent.parent)
    shelf = Shelf(kept, make_earlier, settings.earlier_releases, settings.patience)
    following = Following(kept, make, settings.watch, before=kept.current_id())
    return application(make(release), settings, _ROUTERS, following, shelf)


def create_app_of_files(collection: Collection, base: Base, settings: Settings, *, is_union: bool = True) -> Endpoint:
    """An application that serves any RDF files: the SPARQL service and its pages, and no others."""
    dataset = of_files(collection, base, *pools(collection.store, settings, collection.dump), is_union=is_union)
    federate(dataset, settings)
    routers = (sparql.router, graphs.router, refusals.router, openapi.router, querying.router, querying.front)
    return application(dataset, settings, routers)


def pools(store: Path, settings: Settings, dump: Path | None = None) -> tuple[Pool, Pool]:
    """The workers of one front process: those that answer for the product's own pages, and those for its readers.

    Where a dump is given, it says the same as the store, and is read faster.
    """
    settings = settings.of_one_front()
    launcher = Launcher(store, settings.megabytes, HeldStores(settings.held_bytes, dump))
    return (
        Pool(
            launcher,
            settings.page_workers,
            settings.page_deadline,
            settings.patience,
            settings.queue * _OF_A_PAGE,
            named=_OF_PAGES,
        ),
        Pool(
            launcher,
            settings.workers,
            settings.deadline,
            settings.patience,
            settings.queue,
            settings.per_network,
            settings.long_queries,
            quick=settings.quick,
            at_once=settings.at_once,
            spares=settings.workers // 4,
        ),
    )


def federate(site: Dataset, settings: Settings) -> None:
    """Give what is served workers for queries to the services of others, where some may be asked."""
    if not settings.allowed_services:
        return
    one = settings.of_one_front()
    relay = Relay(settings.allowed_services, settings.federated_deadline, settings.max_answer_bytes)
    limits = (settings.federated_deadline, settings.patience, one.queue, max(1, one.federated_workers - 1))
    launcher, size = site.readers.launcher, one.federated_workers
    site.federated = Pool(launcher, size, *limits, relay=relay, named=_OF_FEDERATION)


def application(
    site: Dataset,
    settings: Settings,
    routers: Sequence[APIRouter],
    following: Following | None = None,
    shelf: Shelf | None = None,
) -> Endpoint:
    """The application that answers for a dataset by some routers; what follows may put another in its place."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        open_log(settings.access_log)
        with folder_of_its_own("miljograf-answers-", settings.spool) as spool:
            if shelf is not None:
                shelf.spool = spool
            figures = app.state.figures
            agreement = None if figures is None else Agreement(figures, settings.fronts)
            served = Served(app.state, spool, settings.drain, agreement)
            await served.begin(following.current if following is not None else None)
            beside = [check_up(served, settings.checkup)]
            if following is not None:
                beside.append(following.follow(served))
            if figures is not None:
                beside.append(write_on(figures, lambda: served.site))
            if app.state.is_kept_warm:
                beside.append(keep_warm(app.state.endpoint.answering, served))
            tasks = [asyncio.create_task(one) for one in beside]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                if shelf is not None:
                    await shelf.close()
                await served.end()

    app = FastAPI(title="Miljögrafen", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.site, app.state.settings = site, settings
    app.state.shelf = shelf  # the earlier releases, where there can be any
    app.state.figures = None  # the folder for those of all front processes, where there are several
    app.state.is_kept_warm = False  # the server says so, where readers come
    app.state.networks = Networks(settings.ipv4_network, settings.ipv6_network, settings.trusted_proxies)
    app.mount("/static", assets.Assets())
    all_routers = (operations.router, assets.router, *routers)
    app.state.routes = [*app.routes, *chain.from_iterable(router.routes for router in all_routers)]
    for router in all_routers:
        app.include_router(router, dependencies=[] if router in _LENIENT else [Depends(only_what_is_taken)])
    app.exception_handler(Problem)(respond)
    app.exception_handler(QueryFailed)(_on_query_failed)
    app.exception_handler(DamagedRelease)(_on_damage)
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(Exception)(_on_fault)
    ways = {path: way for path, (router, way) in _DIRECT.items() if router in routers}
    return Endpoint(app, settings, ways, shelf)


class Endpoint:
    """The application within its layers: lookups, accounts, earlier releases, headers, cache, what needs no routing.

    They stand around the framework, not in it: what it does for each request costs more than many an answer.
    """

    def __init__(self, app: FastAPI, settings: Settings, ways: Mapping[str, Way], shelf: Shelf | None = None) -> None:
        self.app = app
        self.state = app.state
        app.state.endpoint = self
        direct = Direct(app, ways, _on_fault)
        caching = Caching(PlainPaths(direct), settings)
        self.answering = EveryAnswer(Enclosed(Untracked(caching)))
        accounts = Accounts(Archive(self.answering, shelf) if shelf else self.answering)
        self._layers = AtOnce(OneDataset(accounts, app.state), app.state, caching, settings)
        self.answer_at_once = self._layers.answer

    @property
    def root(self) -> str:
        """The address of what stands at the root now, for requests that come to nothing before a dataset is theirs."""
        return str(self.app.state.site.root)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run through the life of the application."""
        scope["app"] = self.app
        if scope["type"] == "http":
            await self._layers(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _on_query_failed(request: Request, error: QueryFailed) -> Response:
    return respond(request, query_failed(error))


def _on_damage(request: Request, error: DamagedRelease) -> Response:
    log.error("%s", error)
    return respond(request, Problem("release-damaged", TYPES["release-damaged"].says))


def _on_http_exception(request: Request, error: HTTPException) -> Response:
    status, methods = error.status_code, methods_of(request)
    if status == _NOWHERE and (elsewhere := detour(request)):
        return elsewhere
    if status == _NOWHERE and methods and request.method not in methods:
        status = _NOT_HERE  # an address that leads on, for other methods
    method = "GET" if request.method == "HEAD" else request.method  # of both, the answer has the same length
    asked = f"{method} {request.scope['path']}"
    told = Text(asked, asked)
    if status == _NOWHERE:
        told = TYPES["no-such-page"].detail(path=request.scope["path"])
    elif status == _NOT_HERE and methods:
        others = ", ".join(methods)
        told = Text(f"{asked} går inte. Det här går: {others}.", f"{asked} is not taken. There are: {others}.")
    headers = dict(error.headers or {}) | ({"Allow": ", ".join(methods)} if status == _NOT_HERE else {})
    return respond(request, Problem(_KINDS.get(status, "http"), told, headers, status=status))


def _on_fault(request: Request, error: Exception) -> Response:
    """We are broken: the log has everything under an id, the client gets the id."""
    number = secrets.token_hex(4)
    log.error("fault %s at %s %s", number, request.method, request.scope["path"], exc_info=error)
    return respond(request, Problem("fault", TYPES["fault"].detail(number=number)))


_NOWHERE, _NOT_HERE = 404, 405

_KINDS = {_NOWHERE: "no-such-page", _NOT_HERE: "method-not-allowed"}
