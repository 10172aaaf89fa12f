"""The application: one release, its workers, the routers, and errors that help."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from endpoint import pages, sparql, things
from endpoint.headers import EVERY_ANSWER
from endpoint.methods import allowed, options
from endpoint.pool import Pool, QueryFailed
from endpoint.problems import Problem, query_failed, respond
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.worker import Task
from loaders.release import Release
from ontology.text import Text

log = logging.getLogger("miljograf")


def create_app(release: Release, settings: Settings) -> FastAPI:
    """An application that serves one release; its workers live as long as it runs."""
    limits = (settings.patience, settings.megabytes, settings.queue)
    pages_pool = Pool(release.store, settings.page_workers, settings.page_deadline, *limits)
    readers_pool = Pool(release.store, settings.workers, settings.deadline, *limits)
    site = Site(release, pages_pool, readers_pool)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with TemporaryDirectory(prefix="miljograf-", dir=settings.spool) as spool:
            readers_pool.spool = Path(spool)
            try:
                await pages_pool.open()
                await readers_pool.open()
                await site.prepare()
                yield
            finally:
                await pages_pool.close()
                await readers_pool.close()

    app = FastAPI(title="Miljögrafen", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.site, app.state.settings = site, settings
    app.middleware("http")(_with_headers)
    app.add_api_route("/health", health, methods=["GET", "HEAD"])
    app.mount("/static", StaticFiles(directory=str(files("endpoint").joinpath("static"))))
    routers = [module.router for module in (sparql, things, pages)]
    app.state.routes = [*app.routes, *chain.from_iterable(router.routes for router in routers)]
    for router in routers:
        app.include_router(router)
    app.exception_handler(Problem)(respond)
    app.exception_handler(QueryFailed)(_on_query_failed)
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(RequestValidationError)(_on_bad_request)
    app.exception_handler(Exception)(_on_fault)
    return app


async def health(request: Request) -> Response:
    """Whether a worker answers: 200 with the release, or the problem that keeps it from answering."""
    site: Site = request.app.state.site
    await site.pool.ask(Task("ASK {}", results="json"))
    body = {
        "status": "ok",
        "release": site.release.id,
        "workers": len(site.readers.process_ids),
        "isolated": site.pool.is_isolated and site.readers.is_isolated,
    }
    return Response(json.dumps(body), headers={"Cache-Control": "no-store"}, media_type="application/json")


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """The headers that every answer has, errors included; and the methods of an address, which each tells."""
    methods = allowed(request) if request.method == "OPTIONS" else []
    response = options(methods) if methods else await call_next(request)
    for name, value in EVERY_ANSWER.items():
        response.headers.setdefault(name, value)
    return response


def _on_query_failed(request: Request, error: QueryFailed) -> Response:
    return respond(request, query_failed(error))


def _on_http_exception(request: Request, error: HTTPException) -> Response:
    title = _TITLES.get(error.status_code, Text("Begäran kan inte besvaras", "The request cannot be answered"))
    detail = Text(f"{request.method} {request.url.path}", f"{request.method} {request.url.path}")
    headers = dict(error.headers or {}) | (
        {"Allow": ", ".join(allowed(request))} if error.status_code == _NOT_HERE else {}
    )
    return respond(request, Problem(error.status_code, "http", title, detail, headers=headers))


def _on_bad_request(request: Request, error: RequestValidationError) -> Response:
    named = "; ".join(f"{'.'.join(map(str, fault['loc'][1:]))}: {fault['msg']}" for fault in error.errors())
    title = Text("Begäran kan inte förstås", "The request cannot be understood")
    return respond(request, Problem(400, "bad-parameter", title, Text(named, named)))


def _on_fault(request: Request, error: Exception) -> Response:
    """We are broken: the log has everything under an id, the client gets the id."""
    number = secrets.token_hex(4)
    log.error("fault %s at %s %s", number, request.method, request.url.path, exc_info=error)
    title = Text("Något gick fel hos oss", "Something went wrong on our side")
    detail = Text(f"Felet har nummer {number} i loggen.", f"The fault has number {number} in the log.")
    return respond(request, Problem(500, "fault", title, detail))


_NOT_HERE = 405

_TITLES = {
    404: Text("Sidan finns inte", "There is no such page"),
    405: Text("Metoden går inte här", "This method is not for this address"),
}
