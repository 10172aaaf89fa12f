"""Paths that can be addresses of ours: a path that hides a part of itself, or leads out of itself, is none."""

from __future__ import annotations

import re

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.problems import adding, not_found, respond
from ontology.text import Text

LONGEST = 2048
"""Characters of the longest path. No address of ours comes near; what is longer is not looked up."""

_HIDDEN = re.compile(rb"%(?:2[fF]|5[cC]|0[0-9a-fA-F]|1[0-9a-fA-F]|7[fF])|(?:^|/)\.{1,2}(?:/|$)")
"""An encoded slash or backslash, a control character, or a segment of dots: a proxy may read such a path in another way
than we do, and no address of ours is written so."""

_SLASH = re.compile(rb"%2[fF]")
_UNENCODED = Text(
    "Ett snedstreck i en adress här skrivs som det är, inte %2F.",
    "A slash in an address is written as it is here, and not %2F.",
)

_DOTS = re.compile(rb"(?:^|/)\.{1,2}(?:/|$)")

_TWICE = re.compile(rb"%25")
"""An encoded percent sign, for the same reason."""

_OF_FILES = b"/graphs/"
"""How the addresses of graphs begin. These are named by their files, of which some have a percent sign in their name:
what is below is compared with the names of graphs, and leads nowhere else."""


class BelowConvertor(PathConvertor):
    """One or more segments of a path: the address that they lie below is another."""

    regex = ".+"


register_url_convertor("below", BelowConvertor())

BELOW = "{path:below}"
"""What lies below an address, in the path of a route that begins with it."""


def spelt(scope: Scope) -> bytes:
    """The path of a request as its client has spelt it; as it is read, where a server does not tell that."""
    raw: bytes | None = scope.get("raw_path")
    return raw or str(scope["path"]).encode()


class PlainPaths:
    """A layer that answers 404 for paths that no address of ours can have, before anything looks at them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        raw = spelt(scope)
        if len(raw) <= LONGEST and not _hides(raw, scope["path"].encode()):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        problem = not_found(raw.decode("ascii", "replace"))
        if len(raw) <= LONGEST and _SLASH.search(raw):
            problem = adding(problem, _UNENCODED)
        await respond(request, problem)(scope, receive, send)


def _hides(raw: bytes, read: bytes) -> bool:
    """True where a path hides a part of itself, as it is spelt or as it is read."""
    if raw.startswith(_OF_FILES):
        return _HIDDEN.search(raw) is not None or _DOTS.search(read) is not None
    return _TWICE.search(raw) is not None or any(map(_HIDDEN.search, (raw, read)))
