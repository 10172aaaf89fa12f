"""The methods of an address: told to whoever asks with OPTIONS, and in the `Allow` of a 405."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

READ = ["GET", "HEAD"]
"""The methods of an address that is only read."""

ALL = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
"""The methods of the server, in the order in which they are told."""

_UNDERSTOOD = (
    *("Accept", "Accept-Datetime", "Accept-Language", "Accept-Profile", "Cache-Control", "Content-Type"),
    *("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"),
    *("If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range"),
)
"""The headers that a script of another site may send: those that answers depend on, and what clients send with them."""


def allowed(request: Request, path: str | None = None) -> list[str]:
    """The methods that the address of a request takes, or another path; none where there is no such address."""
    of = path or request.scope["path"]
    scope = {**request.scope, "root_path": "", "path": of}  # a fault in a mounted application has that one's root
    found: set[str] = set()
    for route in request.app.state.routes:
        match, _ = route.matches(scope)
        if match is not Match.NONE:
            found |= route.methods if isinstance(route, Route) and route.methods else set(READ)
    return [method for method in ALL if method in found | {"OPTIONS"}] if found else []


def options(methods: Sequence[str]) -> Response:
    """What may be done at an address, also for scripts of other sites that ask first (CORS preflight)."""
    named = ", ".join(methods)
    headers = {
        "Allow": named,
        "Access-Control-Allow-Methods": named,
        "Access-Control-Allow-Headers": ", ".join(_UNDERSTOOD),
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=headers)
