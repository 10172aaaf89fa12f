"""Which addresses are of the internet."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class NotPublic(Exception):
    """A host is at an address that is not of the internet, or at none; the message says which."""


def is_public(address: Address) -> bool:
    """True for an address of the internet: none that is private, local or of many, nor one of these in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        hidden += [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) for network in _NAT64 if address in network]
        if address.is_site_local or not all(is_public(one) for one in hidden if one is not None):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
