"""Which addresses can be those of a service, and a connection to a host of the internet."""

from __future__ import annotations

import asyncio
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from loaders.internet import SocketAddress, first_public

_PORTS = {"http": 80, "https": 443}
_NOT_IN_AN_ADDRESS = frozenset(' "<>\\^`{|}')
_SECONDS = 5.0


def is_service(address: str) -> bool:
    """True for what can be the address of a service: HTTP, a host, and nothing that hides another."""
    try:
        parts = urlsplit(address)
        port = port_of(parts)
    except ValueError:
        return False
    is_plain = parts.username is None and not parts.fragment and address.isascii() and address.isprintable()
    is_http = parts.scheme in _PORTS and bool(parts.hostname) and port > 0
    return is_http and is_plain and _NOT_IN_AN_ADDRESS.isdisjoint(address)


def port_of(parts: SplitResult) -> int:
    """The port of an address. Raises ValueError for one that cannot be."""
    return parts.port if parts.port is not None else _PORTS.get(parts.scheme, 0)


async def look_up(host: str, port: int) -> list[SocketAddress]:
    """The addresses of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [entry[4] for entry in found]


async def connect(parts: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the host of an address. Raises NotPublic where any address of the host is not of the internet.

    The connection goes to an address that was looked at: a name that means another a moment later changes nothing.
    """
    host, port = parts.hostname or "", port_of(parts)
    address = first_public(host, await look_up(host, port))
    context = ssl.create_default_context() if parts.scheme == "https" else None
    async with asyncio.timeout(_SECONDS):
        return await asyncio.open_connection(address, port, ssl=context, server_hostname=host if context else None)
