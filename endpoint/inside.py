"""A request that the service makes of itself, without a network in between."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message

from endpoint.dataset import Dataset


class Head(NamedTuple):
    """What came of such a request: its status, and its headers by their names in small letters."""

    status: int
    headers: dict[str, str]


async def ask(app: ASGIApp, site: Dataset, method: str, path: str, headers: Mapping[str, str]) -> Head:
    """The head of the answer of an application to a request about a site, after all of the answer has come."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()],
        "client": None,
        "server": None,
        "state": {"site": site},
    }
    body: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]
    heads: list[Message] = []

    async def receive() -> Message:
        return body.pop() if body else await asyncio.Future()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            heads.append(message)

    await app(scope, receive, send)
    (head,) = heads
    said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in head["headers"]}
    return Head(head["status"], said)
