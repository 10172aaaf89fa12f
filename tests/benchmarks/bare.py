"""Servers to compare with: `python bare.py hello PORT` says the same to all; `inline PORT STORE` isolates no query.

The store is held in memory where the product would hold it, or where it has no more than the bytes that are told last.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

from endpoint import sparql
from endpoint.app import application
from endpoint.dataset import Dataset
from endpoint.settings import Settings
from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Answer, Pool, QueryFailed
from endpoint.workers.worker import answer
from ontology.base import Base
from ontology.stores import HeldStores, opened


class Inline(Pool):
    """A pool without workers: queries run in the front process, and nothing stops them."""

    async def open(self) -> None:
        self.opened = self.launcher.held.of(self.launcher.store) or opened(self.launcher.store)

    async def close(self) -> None:
        pass

    async def ask(self, task: Task, deadline: float | None = None, network: str | None = None) -> Answer:
        told, spool = answer(self.opened, task)
        with spool:
            if told.failed:
                raise QueryFailed(told.failed)
            content = spool.content()
        return Answer(told.form, content, None, len(content))


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that does nothing."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})


def main(kind: str, port: str, store: str = "", held: str = "") -> None:
    app = hello
    if kind == "inline":
        most = int(held) if held else Settings().held_bytes
        inline = Inline(Launcher(Path(store), held=HeldStores(most)))
        dataset = Dataset(id="inline", base=Base(f"http://localhost:{port}/"), pool=inline, readers=inline)
        app = application(dataset, Settings(cache_bytes=0), (sparql.router,))
    uvicorn.run(app, port=int(port), log_level="error", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
