"""An account of each request: one line of JSON in the access log, and what the counters of `metrics` add up.

It says what was done and how long it took, never who asked: no address, and of a query only its hash and its form.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from endpoint.layers.access_log import access
from endpoint.layers.presence import ClientGone
from endpoint.metrics import count

GONE = 499
"""What the log tells as the status of a request whose client went away before it had an answer."""

_LONGEST_PATH = 200
_STOPPING = {"query-deadline": "deadline", "query-crashed": "crash", "query-no-long-place": "place"}
"""The problems whose query was stopped with its worker, and what for."""

Account = dict[str, Any]
"""What is told of one request, by the names of the fields in the log, which has of a query the hash alone."""


def account(scope: Scope) -> Account:
    """The account of a request, for whoever knows more of it to add to."""
    return scope.setdefault("state", {}).setdefault("account", {})  # type: ignore[no-any-return]


def tell_problem(scope: Scope, kind: str) -> None:
    """Tell of a request what kept it from an answer, and whether its query was stopped."""
    kept = account(scope)
    kept["problem"] = kind
    if kind in _STOPPING:
        kept["stopped"] = _STOPPING[kind]


def fingerprint(query: str) -> str:
    """The hash by which a query is told from others in the log."""
    return blake2b(query.encode("utf-8"), digest_size=8).hexdigest()


class Accounts:
    """The layer that keeps the accounts of all that lies within it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request. One whose client has gone away ends here in silence."""
        kept = account(scope)
        kept |= {"status": 0, "bytes": 0, "whole": False}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept["status"] = message["status"]
            elif message["type"] == "http.response.body":
                kept["bytes"] += len(message.get("body", b""))
                kept["whole"] = not message.get("more_body", False)
            await send(message)

        begun = time.perf_counter()
        try:
            await self.app(scope, receive, send_on)
        except ClientGone:
            kept |= {"status": GONE, "stopped": "gone"}
        finally:
            seconds = time.perf_counter() - begun
            kept["cache"] = scope["state"].get("cache", "none")
            tell(scope, kept, seconds)


def tell(scope: Scope, kept: Account, seconds: float) -> None:
    """Add an account that is complete to the counters and to the log."""
    count(scope["path"], kept, seconds)
    if not access.disabled:
        access.info(_line(scope, kept, seconds))


def _line(scope: Scope, kept: Account, seconds: float) -> str:
    """The line of the log for a request."""
    told = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": scope["method"],
        "path": scope["path"][:_LONGEST_PATH],
        "ms": round(seconds * 1000, 1),
    }
    query = {"query": fingerprint(kept["query"])} if "query" in kept else {}
    return json.dumps(told | kept | query, ensure_ascii=False)
