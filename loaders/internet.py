"""Which addresses are of the internet."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketAddress = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
"""An address of a host as the system's look-up gives it, with a port."""

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class NotPublic(Exception):
    """A host is at an address that is not of the internet, or at none; the message says which."""

    def __init__(self, message: str, host: str | None = None) -> None:
        self.host = host  # which is at an address of another kind
        super().__init__(message)


def first_public(host: str, found: Iterable[SocketAddress], *, is_private: bool = False) -> str:
    """The first address of a host, of what a look-up found; a host may be named that is private.

    Raises NotPublic where there is none, or any of them is not of the internet.
    """
    addresses = [ipaddress.ip_address(str(each[0]).partition("%")[0]) for each in found]
    if not addresses:
        raise NotPublic(f"{host} has no address")
    for address in () if is_private else addresses:
        if not is_public(address):
            raise NotPublic(f"{host} is at {address}, which is no address of the internet", host)
    return str(addresses[0])


def is_public(address: Address) -> bool:
    """True for an address of the internet: none that is private, local or of many, nor one of these in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        hidden += [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) for network in _NAT64 if address in network]
        if address.is_site_local or not all(is_public(one) for one in hidden if one is not None):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
