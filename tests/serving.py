"""An endpoint that listens on a port of its own, for tests that need a real connection."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn

from endpoint.layers.arrival import nothing
from endpoint.listening import listen
from endpoint.server import configure
from endpoint.settings import Settings

GIVEN_AWAY = Path("/proc/sys/net/ipv4/ip_local_port_range")
"""Between which ports the kernel chooses where somebody asks for any, as each client does."""


def free_port() -> int:
    """A port that nobody listens on, of those that nobody is given by chance before it is listened on."""
    lowest = int(GIVEN_AWAY.read_text(encoding="ascii").split()[0]) if GIVEN_AWAY.is_file() else 32_768
    while True:
        port = lowest - 1 - secrets.randbelow(lowest - 1024)
        with suppress(OSError), closing(socket.create_server(("127.0.0.1", port))):
            return port


@contextmanager
def serving(app: Any, settings: Settings | None = None) -> Iterator[tuple[str, int]]:
    """The address of an application that is served while the block runs."""
    with listen("127.0.0.1", 0) as sockets:
        config = configure(
            app, settings or Settings(), lambda: getattr(app, "root", "/"), getattr(app, "answer_at_once", nothing)
        )
        server = uvicorn.Server(config)
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
