"""Answers in JSON, and those that come in pages: what is wrong with one is told with its address and its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

from loaders.cache import Answer
from loaders.client import Client, Unfetched

Page = dict[str, Any]


def read_json(body: bytes) -> Page:
    """An answer as JSON; numbers keep their digits. Raises ValueError that says what is wrong, and where."""
    start = body.lstrip()[:1]
    if not start:
        raise ValueError("the answer is empty, where JSON was asked for")
    if start == b"<":
        raise ValueError("this is a web page or XML, where JSON was asked for")
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"this is not UTF-8 from byte {error.start} on") from error
    except json.JSONDecodeError as error:
        end = body.decode("utf-8", "replace").rstrip()
        if error.pos >= len(end) or error.msg.startswith("Unterminated string"):
            raise ValueError(f"the JSON is cut off in line {error.lineno}, column {error.colno}") from error
        raise ValueError(f"this is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("the JSON is nested too deep") from error
    if not isinstance(value, dict):
        raise ValueError(f"the JSON is a {type(value).__name__}, where an object was asked for")
    return value


def pages(client: Client, first: str, check: Callable[[Page], object], most: int) -> Iterator[tuple[Answer, Page]]:
    """The pages of an answer, one after the other by their `next_url`, and never more than a number of them.

    `check` raises ValueError for a page that is not to be kept. Raises Unfetched.
    """
    seen: set[str] = set()
    url: str | None = first
    while url is not None:
        if url in seen:
            raise Unfetched(url, f"the pages never end: page {len(seen)} leads back to this one")
        if len(seen) == most:
            raise Unfetched(url, f"the pages never end: there are more than the {most:,} that {first} can have")
        seen.add(url)
        answer = client.get(url, lambda got: _page(got, check))
        page = _page(answer, check)
        yield answer, page
        url = page.get("next_url")


def _page(answer: Answer, check: Callable[[Page], object]) -> Page:
    try:
        page = read_json(answer.body)
        if not isinstance(page.get("next_url"), str | None):
            raise ValueError(f"next_url is {page['next_url']!r}, where an address or null belongs")
        check(page)
    except ValueError as error:
        raise Unfetched(answer.url, str(error)) from error
    return page


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
