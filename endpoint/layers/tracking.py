"""Parameters that others hang on our addresses to follow readers: they are taken off before anything looks at them.

A link in a newsletter or a post comes with them, and whoever follows it has asked for the page without. Any other
parameter that there is not is told, for a filter that is misspelt must not be passed over.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

FAMILIES = ("utm", "mtm", "pk", "piwik", "matomo", "hsa", "at", "stm")
"""How the names begin, before an underscore, of the campaigns of Google, Matomo, HubSpot, Piano and their like."""

NAMES = (
    "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "gad_source", "gad_campaignid", "dclid", "msclkid", "yclid",
    "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "epik", "mc_cid", "mc_eid", "mkt_tok", "srsltid", "vero_id",
    "_ga", "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "ref_src", "ref_url",
)  # fmt: skip
"""The names of those that come alone: click identifiers of advertisers, and of mail that tells who opened it."""

_PROTOCOLS = ("/sparql", "/graphs")
"""Where the parameters are those of a specification, and a client is no reader who followed a link."""

_TRACKING = re.compile(
    rf"(?:^|(?<=&))(?:(?:{'|'.join(FAMILIES)})_[a-z_]+|{'|'.join(map(re.escape, NAMES))})(?:=[^&]*)?(?:&|$)".encode(),
    re.IGNORECASE,
)


class Untracked:
    """A layer that takes such parameters off an address, so that pages, links and kept answers are as without them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["query_string"] and not scope["path"].startswith(_PROTOCOLS):
            scope["query_string"] = without_tracking(scope["query_string"])
        await self.app(scope, receive, send)


def without_tracking(query: bytes) -> bytes:
    """A query string without the parameters that follow readers."""
    return _TRACKING.sub(b"", query).removesuffix(b"&") if _TRACKING.search(query) else query
