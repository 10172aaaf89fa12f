"""Ways in which a service can misbehave: each takes a request with its right answer, and gives a wrong one."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from tests.services.service import Answer, Request

    Way = Callable[[Request, Answer], Answer]

PRIVATE = ("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::1]:9/", "http://localhost:9/")
"""Addresses that no answer of a source may lead to."""


def failing(status: int = 500, after: str | None = None) -> Way:
    """The service is broken; `after` is its `Retry-After`, in seconds or as a date."""
    headers = (("Retry-After", after),) if after is not None else ()
    body = b'{"error":"made up by the test"}'
    return lambda _, answer: replace(answer, status=status, body=body, headers=headers, is_bare=True)


def too_many(after: str = "1") -> Way:
    """429 with `Retry-After`."""
    return failing(429, after)


def web_page(status: int = 200) -> Way:
    """A web page where data were asked for, as from a sign-in or a maintenance notice."""
    page = "<!doctype html><html lang='sv'><title>Underhåll</title><p>Tjänsten är stängd.</p></html>".encode()
    return lambda _, answer: replace(answer, status=status, body=page, media_type="text/html; charset=utf-8")


def answering(body: bytes) -> Way:
    """Something else is answered, in the same form."""
    return lambda _, answer: replace(answer, body=body)


def broken(keep: float = 0.5) -> Way:
    """JSON that ends too early, in an answer that is whole."""
    return lambda _, answer: replace(answer, body=answer.body[: int(len(answer.body) * keep)])


def cut(keep: float = 0.5) -> Way:
    """The connection ends in the middle of the body."""
    return lambda _, answer: replace(answer, sent=int(len(answer.body) * keep))


def clipped(lost: int = 9) -> Way:
    """The answer is packed and has lost its end on the way to whoever sent it: nothing breaks off."""
    return packed_with("gzip", lost)


def packed_with(coding: str, lost: int = 0) -> Way:
    """The answer says how it is packed; it is packed with gzip."""

    def way(_: Request, answer: Answer) -> Answer:
        body = gzip.compress(answer.body)
        return replace(answer, body=body[: len(body) - lost], headers=(("Content-Encoding", coding),), is_bare=True)

    return way


def silent() -> Way:
    """The connection ends without a word."""
    return lambda _, answer: replace(answer, status=0)


def slow(pause: float) -> Way:
    """The body comes in small pieces, with a wait after each."""
    return lambda _, answer: replace(answer, pause=pause)


def trickling_headers() -> Way:
    """One header after the other, and no end of them."""
    return lambda _, answer: replace(answer, pause=0.02, is_without_end=True)


def redirecting(to: str, status: int = 302) -> Way:
    """Leads elsewhere."""
    return lambda _, answer: replace(answer, status=status, body=b"", headers=(("Location", to),), is_bare=True)


def redirecting_once() -> Way:
    """The first request for each address leads to the same address again, the next one is answered."""
    seen: set[str] = set()

    def way(request: Request, answer: Answer) -> Answer:
        if request.target in seen:
            return answer
        seen.add(request.target)
        return redirecting(request.target, 307)(request, answer)

    return way


def instead(value: object) -> Way:
    """Other JSON in place of the right one."""
    return lambda _, answer: replace(answer, body=json.dumps(value, ensure_ascii=False).encode())


def saying(body: bytes, *, is_packed: bool = True) -> Way:
    """Other bytes in place of the right ones."""
    return lambda _, answer: replace(answer, body=body, is_bare=not is_packed)


def meanwhile(act: Callable[[], object]) -> Way:
    """Something happens before the right answer is given."""

    def way(_: Request, answer: Answer) -> Answer:
        act()
        return answer

    return way


def endless() -> Way:
    """Every page says that there is a next one, which is the same again."""

    first: list[bytes] = []

    def way(request: Request, answer: Answer) -> Answer:
        first.append(answer.body)
        page = json.loads(first[0])
        number = int(request.parameters.get("page", "1")) + 1
        asked = urlsplit(request.target)
        query = urlencode(request.parameters | {"page": str(number)})
        page["next_url"] = f"http://{request.headers['host']}{asked.path}?{query}"
        return replace(answer, body=json.dumps(page, ensure_ascii=False).encode())

    return way


def next_page_at(address: str) -> Way:
    """The next page is said to be at another address."""

    def way(_: Request, answer: Answer) -> Answer:
        return replace(answer, body=json.dumps(json.loads(answer.body) | {"next_url": address}).encode())

    return way


def swollen(size: int) -> Way:
    """A small packed body of blanks that unpacks to a great size."""

    def way(_: Request, answer: Answer) -> Answer:
        packing, piece = zlib.compressobj(9, wbits=31), b" " * (1 << 20)
        body = b"".join(packing.compress(piece) for _ in range(size >> 20)) + packing.flush()
        return replace(answer, body=body, headers=(("Content-Encoding", "gzip"),), is_bare=True)

    return way
