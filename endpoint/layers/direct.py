"""Addresses that are answered without the routing of the framework, which costs more than they do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.problems import Problem, query_failed, respond
from endpoint.workers.pool import QueryFailed

Handler = Callable[[Request], Awaitable[Response]]


class Way(NamedTuple):
    """What answers for an address, by which methods; without any, the application does."""

    handler: Handler
    methods: frozenset[str] = frozenset()


class Direct:
    """A layer that hands requests for some addresses, by some methods, straight to what answers them.

    The same handlers are routes of the application, which answers for all other methods. An address that ends with a
    slash stands for all below it, not for itself; the first counts that fits.
    """

    def __init__(
        self, app: ASGIApp, ways: Mapping[str, Way], on_fault: Callable[[Request, Exception], Response]
    ) -> None:
        self.app = app
        self.at = {path: way for path, way in ways.items() if not path.endswith("/")}
        self.below = [(path, way) for path, way in ways.items() if path.endswith("/")]
        self.on_fault = on_fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = scope["path"]
        way = self.at.get(path) or self._way_below(path)
        if way is None or scope["method"] not in way.methods:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await way.handler(request)
        except Problem as problem:
            response = respond(request, problem)
        except QueryFailed as failure:
            response = respond(request, query_failed(failure))
        except Exception as fault:
            response = self.on_fault(request, fault)
        await response(scope, receive, send)

    def _way_below(self, path: str) -> Way | None:
        return next((way for above, way in self.below if path.startswith(above) and path != above), None)
