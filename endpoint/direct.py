"""Addresses that are answered without the routing of the framework, which costs more than they do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.pool import QueryFailed
from endpoint.problems import Problem, query_failed, respond

Handler = Callable[[Request], Awaitable[Response]]


class Direct:
    """A layer that hands requests for some addresses, by some methods, straight to what answers them.

    The same handlers are routes of the application, which answers for all other methods.
    """

    def __init__(
        self,
        app: ASGIApp,
        handlers: dict[str, Handler],
        methods: frozenset[str],
        on_fault: Callable[[Request, Exception], Response],
    ) -> None:
        self.app = app
        self.handlers = handlers
        self.methods = methods
        self.on_fault = on_fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        handler = self.handlers.get(scope["path"])
        if handler is None or scope["method"] not in self.methods:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await handler(request)
        except Problem as problem:
            response = respond(request, problem)
        except QueryFailed as failure:
            response = respond(request, query_failed(failure))
        except Exception as fault:
            response = self.on_fault(request, fault)
        await response(scope, receive, send)
