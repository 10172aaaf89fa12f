"""A server on this machine that says what it is told to say, byte by byte, whatever is sound in HTTP."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Says = Callable[[], Iterable[bytes]]
"""What is said to who has asked, piece by piece; it may never end."""

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


@contextmanager
def saying(says: Says) -> Iterator[str]:
    """The address of a server that says that to every request, and then ends the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()
        threading.Thread(target=_serve, args=(listening, says, ended), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            ended.set()
            listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, says: Says, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection, says, ended), daemon=True).start()


def _answer(connection: socket.socket, says: Says, ended: threading.Event) -> None:
    with connection:
        try:
            _read(connection)
            for piece in says():
                connection.sendall(piece)
                if ended.is_set():
                    return
        except OSError:  # who asked has gone
            return


def _read(connection: socket.socket) -> None:
    """Read a request to its end."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(1 << 16) or b"\r\n\r\n"
    head, _, body = got.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    left = int(length[1]) - len(body) if length else 0
    while left > 0:
        left -= len(connection.recv(1 << 20)) or left
