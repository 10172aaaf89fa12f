"""An endpoint that listens on a port of its own, for tests that need a real connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from endpoint.listening import listen
from endpoint.server import configure
from endpoint.settings import Settings


@contextmanager
def serving(app: Any, settings: Settings | None = None) -> Iterator[tuple[str, int]]:
    """The address of an application that is served while the block runs."""
    with listen("127.0.0.1", 0) as sockets:
        server = uvicorn.Server(configure(app, settings or Settings()))
        thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield sockets[0].getsockname()
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            assert not thread.is_alive()
