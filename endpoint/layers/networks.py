"""From which network a request comes, so that one network alone cannot take all places. It serves nothing else.

The address is that of the peer, or, where the peer is a proxy that the operator trusts, the last hop of
`X-Forwarded-For` that is none of these: everything before that hop is what a stranger wrote.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Scope

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_FORWARDED = b"x-forwarded-for"

_MOST_REMEMBERED = 200
"""Letters of all hops together: more than those of any client, of whom a stranger writes what is remembered."""

UNKNOWN = "unknown"
"""The network of a peer that has no address, such as one at a socket of this machine."""


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """How addresses are told apart: by the first bits, which a provider gives out as one. And which are of proxies.

    Each is equal to itself alone, so that it is soon looked up: what an address comes to is remembered with it.
    """

    ipv4_bits: int = 24
    ipv6_bits: int = 56
    proxies: tuple[_Network, ...] = ()

    def of(self, scope: Scope) -> str:
        """The network from which the request of a scope comes."""
        peer = scope["client"][0] if scope.get("client") else UNKNOWN
        if not self.proxies:
            return _network_of(self, peer, ())
        named = tuple(value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED)
        is_long = sum(map(len, named)) > _MOST_REMEMBERED
        return _network_of.__wrapped__(self, peer, named) if is_long else _network_of(self, peer, named)


@lru_cache(4096)
def _network_of(networks: Networks, peer: str, forwarded: tuple[str, ...]) -> str:
    """The network of the client that asks through a peer."""
    address = _address(peer)
    if address is None:
        return UNKNOWN
    for hop in reversed([hop for value in forwarded for hop in value.split(",")]):
        before = _address(hop)
        if before is None or not _is_in(address, networks.proxies):
            break
        address = before
    bits = networks.ipv4_bits if address.version == 4 else networks.ipv6_bits
    return str(ipaddress.ip_network((address, bits), strict=False))


def _is_in(address: _Address, networks: Iterable[_Network]) -> bool:
    return any(address in network for network in networks)


def _address(text: str) -> _Address | None:
    """The address that a peer or a hop names, with or without a port; None where it names none."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
