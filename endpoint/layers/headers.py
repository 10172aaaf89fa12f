"""Headers as servers and applications hand them to each other, and those that every answer has, errors included."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from endpoint.detours import methods_of
from endpoint.methods import ALL, options

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors"

_FRAMED = "/mapping/embed", "/reconcile/preview"
"""How the paths end of views that are made to be framed by pages of others."""

_FRAMEABLE = (b"content-security-policy", f"{_POLICY} *".encode("latin-1"))
"""The policy of what is answered there: who frames a view that is refused reads why, where the view would be."""

EVERY_ANSWER = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Post, Accept-Query, Accept-Ranges, Allow, Content-Disposition, Content-Location, Content-Profile, "
        "Content-Range, Data-Release, ETag, Link, Location, Memento-Datetime, Partial-Result, Query-Remarks, "
        "Retry-After, Sunset, Vary"
    ),
    "Content-Security-Policy": f"{_POLICY} 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Anyone may read what is here, and no page runs or loads what is not."""

RawHeaders = list[tuple[bytes, bytes]]
"""Names in small letters, and values."""

_RAW: RawHeaders = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in EVERY_ANSWER.items()]

_NAMES = {name for name, _ in _RAW}


def fields(headers: RawHeaders) -> dict[bytes, bytes]:
    """Each name with its value; with all of them, as in one list, where it stands several times."""
    found = dict(headers)
    if len(found) < len(headers):
        found.clear()
        for name, value in headers:
            found[name] = found[name] + b", " + value if name in found else value
    return found


def with_those_of_every_answer(headers: RawHeaders, release: str) -> RawHeaders:
    """The headers of an answer with those that every one has, as far as it has none of its own."""
    own = [name for name, _ in headers if name in _NAMES]
    rest = [pair for pair in _RAW if pair[0] not in own] if own else _RAW
    return [*headers, (b"data-release", release.encode("latin-1")), *rest]


class EveryAnswer:
    """A layer that gives every answer these headers, and tells whoever asks with OPTIONS the methods of an address.

    `Data-Release` is the release that answers, so that what was taken can be cited, whatever its format has room for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        own = [_FRAMEABLE] if scope["path"].endswith(_FRAMED) else []

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *own] if own else message["headers"]
                message["headers"] = with_those_of_every_answer(headers, scope["state"]["site"].id)
            await send(message)

        answer = self.app
        if scope["method"] == "OPTIONS" and (methods := ALL if scope["path"] == "*" else methods_of(Request(scope))):
            answer = options(methods)
        await answer(scope, receive, send_on)
