"""The conditions of a request: whether the client has the answer already, or wants another one (RFC 9110, section 13).

They count for the answer that the request would get without them, and only where that one is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from werkzeug.http import parse_date, parse_etags

from endpoint.layers.headers import RawHeaders
from endpoint.problem_types import TYPES
from endpoint.problems import Problem

NOT_MODIFIED, FAILED = 304, 412

REVALIDATED = "public, no-cache"
"""An address may mean something else in the next release: whoever has its answer asks, and is told 304."""

CONDITIONS = frozenset({b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since"})
_OF_A_304 = {b"cache-control", b"content-location", b"etag", b"link", b"vary"}

Said = Mapping[bytes, bytes]
"""The headers of a request or an answer by their names in small letters."""


def has_conditions(said: Said) -> bool:
    """True where a request has any."""
    return not CONDITIONS.isdisjoint(said)


def verdict(said: Said, named: Said) -> int | None:
    """The status that takes the place of an answer with such headers to GET or HEAD, by what the request has said.

    None where the answer is given. The order is that of section 13.2.2: what is to match counts before what is not to,
    and a tag before a date. A client has an answer where it names its very date: after a step back to an earlier
    release, what is there is older than what the client has.
    """
    if not has_conditions(said):
        return None
    tag, modified = named.get(b"etag", b""), named.get(b"last-modified", b"")
    if b"if-match" in said:
        if not _matches(said[b"if-match"], tag):
            return FAILED
    elif modified and _is_before(said.get(b"if-unmodified-since", b""), modified):
        return FAILED
    if b"if-none-match" in said:
        return NOT_MODIFIED if _is_among(said[b"if-none-match"], tag) else None
    return NOT_MODIFIED if modified and said.get(b"if-modified-since") == modified else None


def range_counts(said: Said, tag: str, modified: str) -> bool:
    """True unless the range that a request asks for is one of another answer than the one of a tag and a date."""
    return said.get(b"if-range") in {None, tag.encode("latin-1"), modified.encode("latin-1")}


def head_of_a_304(headers: RawHeaders) -> RawHeaders:
    """What is said of an answer to a client that has it already (section 15.4.5)."""
    return [pair for pair in headers if pair[0] in _OF_A_304]


def failed() -> Problem:
    """What is there is not what the client wants."""
    return Problem("precondition-failed", TYPES["precondition-failed"].detail())


def _is_among(listed: bytes, tag: bytes) -> bool:
    """True where a tag is among those of a list, weak ones included; a star stands for whatever is there."""
    return listed.strip() == b"*" or (tag != b"" and tag.removeprefix(b"W/") in listed)


def _matches(listed: bytes, tag: bytes) -> bool:
    """True where a strong tag is among the strong ones of a list; a star stands for whatever is there."""
    text = listed.decode("latin-1").strip()
    return text == "*" or (tag[:1] == b'"' and parse_etags(text).is_strong(tag.decode("latin-1").strip('"')))


def _is_before(said: bytes, modified: bytes) -> bool:
    """True where a date that was sent is before another; False where it is no date."""
    date, other = _date(said), _date(modified)
    return date is not None and other is not None and date < other


def _date(text: bytes) -> datetime | None:
    return parse_date(text.decode("latin-1"))
