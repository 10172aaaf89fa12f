"""Listening sockets: one for each front process, on one port, among which the kernel spreads connections.

On one socket that all share, a burst of connections may all go to the process that is woken first.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_BACKLOG = 128
"""Connections that may wait on a socket for its process."""

_IS_SPREAD = sys.platform == "linux"
"""True where the kernel spreads connections among sockets that share a port."""


class CannotListen(Exception):
    """There is no listening on a host and port; the message says why and what to do."""


@contextmanager
def listen(host: str, port: int, processes: int = 1) -> Iterator[list[socket.socket]]:
    """So many sockets that listen on a host and port, for as many processes; port 0 is one that is free.

    Where the kernel does not spread connections, it is one socket, so many times. Raises CannotListen.
    """
    with ExitStack() as opened:
        try:
            if processes == 1 or not _IS_SPREAD:
                sockets = [opened.enter_context(_bound(host, port))] * processes
            else:
                with _bound(host, port) as alone:  # no other program has the port: those that share it would not tell
                    port = alone.getsockname()[1]
                sockets = [opened.enter_context(_bound(host, port, is_shared=True)) for _ in range(processes)]
            for listening in sockets:
                listening.listen(_BACKLOG)
        except OSError as error:
            raise CannotListen(_told(error, host, port)) from error
        yield sockets


def _bound(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """A socket that is bound to a host and port, which others may share that are bound so too. Raises OSError."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def _told(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; stop what uses it, or choose another with --port"
    return f"cannot listen on {host}:{port}: {error.strerror or error}"
