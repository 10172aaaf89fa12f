"""Whole addresses that are percent-encoded within the path of a TimeGate or a TimeMap, read as they are.

RFC 7089 says nothing of how an original is named to a TimeGate. Clients put its address behind the other, some as it
is, some as one encodes what stands within an address.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.layers.paths import spelt
from ontology import addresses
from ontology.text import LANGUAGES

_ENCLOSED = re.compile(
    rf"((?:/(?:{'|'.join(LANGUAGES)}))?/(?:{addresses.TIMEGATE}|{addresses.TIMEMAP}(?:(?:link|json)/)?))"
    r"(https?(?:%3a|:%2f).*)".encode(),
    re.IGNORECASE,
)
"""A path with such an address, known by its colon or its first slash: these parted."""

_AS_IT_IS = "!$%&'()*+,/:;=?@~"
"""What is not a letter or a digit and may stand in a path or a query as it is."""


class Enclosed:
    """A layer that puts such an address there as it is, its parameters among those of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if found := _ENCLOSED.fullmatch(spelt(scope)):
            place, query = (quote(part, _AS_IT_IS).encode() for part in _parted(found[2]))
            raw = found[1] + place
            asked = b"&".join(filter(None, [query, scope["query_string"]]))
            scope = {**scope, "raw_path": raw, "path": unquote(raw.decode("ascii")), "query_string": asked}
        await self.app(scope, receive, send)


def _parted(address: bytes) -> tuple[bytes, bytes]:
    """An address, decoded once: all before its parameters, and these."""
    place, _, query = unquote_to_bytes(address).partition(b"?")
    return place, query
