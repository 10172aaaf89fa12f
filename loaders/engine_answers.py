"""What an engine elsewhere answers, read no further than an answer may be long, and no longer than it may take."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2

from loaders.unpacked import CutOff, NotPacked, unpacked

RESULTS = "application/sparql-results+json"

MOST_BYTES = 100_000_000
"""The longest answer to a query: some 400,000 graphs with their numbers."""

_MOST_WORDS = 1 << 16  # bytes of any other answer, of which the status counts and no more than its first words are told
_OTHERS = {b"content-encoding", b"content-length", b"transfer-encoding"}
"""The headers that speak of an answer as it was on its way."""


class TooMuch(Exception):
    """An answer to a query is longer than it may be; the message says how long that is."""


class BoundedAnswers(httpx2.BaseTransport):
    """Answers as a transport gives them, unpacked, and cut where nothing more of them is wanted.

    Those to queries are read whole, of others what they say of a refusal. Reading raises TooMuch, NotPacked, CutOff,
    and httpx2.ReadTimeout where an answer is not whole in so many seconds.
    """

    def __init__(self, transport: httpx2.BaseTransport, longest_answer: float) -> None:
        self._transport = transport
        self._longest_answer = longest_answer

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, as far as it is wanted."""
        answered = self._transport.handle_request(request)
        is_wanted = answered.status_code == 200 and request.headers.get("accept") == RESULTS
        pieces = _whole(answered, self._longest_answer) if is_wanted else _words(answered, self._longest_answer)
        headers = [(name, value) for name, value in answered.headers.raw if name.lower() not in _OTHERS]
        return httpx2.Response(answered.status_code, headers=headers, stream=_Stream(answered, pieces))

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


class _Stream(httpx2.SyncByteStream):
    def __init__(self, answered: httpx2.Response, pieces: Iterator[bytes]) -> None:
        self._answered = answered
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._answered.close()


def _whole(answered: httpx2.Response, longest: float) -> Iterator[bytes]:
    size, latest = 0, time.monotonic() + longest
    for piece in _unpacked(answered):
        size += len(piece)
        if size > MOST_BYTES:
            raise TooMuch(f"it is longer than {MOST_BYTES:,} bytes")
        if time.monotonic() > latest:
            raise httpx2.ReadTimeout(f"the answer was not whole after {longest:g} s")
        yield piece


def _words(answered: httpx2.Response, longest: float) -> Iterator[bytes]:
    """The beginning of an answer whose status has said it all; where it cannot be unpacked, none."""
    size, latest = 0, time.monotonic() + longest
    try:
        for piece in _unpacked(answered):
            yield piece[: _MOST_WORDS - size]
            size += len(piece)
            if size >= _MOST_WORDS or time.monotonic() > latest:
                return
    except (NotPacked, CutOff):
        return


def _unpacked(answered: httpx2.Response) -> Iterator[bytes]:
    return unpacked(answered.iter_raw(), answered.headers.get("content-encoding", ""))
