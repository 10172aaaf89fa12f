"""Answers in JSON, and those that come in pages: what is wrong with one is told with its address and its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Context, Decimal, DecimalException
from typing import Any, NoReturn

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.told import cut

Page = dict[str, Any]
Pairs = list[tuple[str, Any]]

_MOST_SHOWN = 60  # letters of a value that is told of
_LARGEST = 18  # the power of ten of the largest value
_DECIMALS = 18
"""How many a value has at most. The engine reckons with no more: a sum with one value that has more is no number."""

_FINEST, _EXACTLY = Decimal(1).scaleb(-_DECIMALS), Context(prec=_LARGEST + _DECIMALS + 2)

_USUAL = re.compile(rb"0|-?[1-9][0-9]{0,15}|-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,17}")
"""A number without an exponent, that is not rounded."""

_CONSTANT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(NaN|-?Infinity)', re.DOTALL)
"""A text of JSON, or what Python takes for a number and JSON has not (the group)."""

_ESCAPED = re.compile(r"\\(?:u([dD][89abAB]..)\\u[dD][c-fC-F]..|u([dD][89a-fA-F]..)|.)", re.DOTALL)
"""An escape of JSON: a character that is written in two halves, one half of such (the second group), or another."""


def read_json(body: bytes, objects: Callable[[Pairs], Page] | None = None) -> Page:
    """An answer that is an object; numbers keep their digits, and no object says two things of one.

    `objects` makes each object of its pairs, the inner ones first, in place of `refuse_doubles`. Raises ValueError that
    says what is wrong, and where.
    """
    value = _parsed(body, objects or refuse_doubles)
    if not isinstance(value, dict):
        raise ValueError(f"the JSON is a {type(value).__name__}, where an object was asked for")
    return value


def read_items(body: bytes) -> list[Page]:
    """An answer that is a list of objects. Raises ValueError as `read_json`."""
    value = _parsed(body, refuse_doubles)
    if not isinstance(value, list):
        raise ValueError(f"the JSON is a {type(value).__name__}, where a list was asked for")
    for place, item in enumerate(value):
        if not isinstance(item, dict):
            raise ValueError(f"[{place}] is a {type(item).__name__}, where an object was asked for")
    return value


def one_line(words: str) -> str:
    """A text without line breaks, and without more than one space in a row."""
    return " ".join(words.split())


def digits_of(value: object) -> str:
    """A number with the digits that the source gives and without exponent; empty where it gives none.

    One with more decimals than queries can reckon with is rounded to these.
    """
    if value is None:
        return ""
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        raise ValueError(f"the value {value!r} is no number of JSON")
    digits = str(value)
    if len(digits) < _DECIMALS and "E" not in digits:  # nearly all of them
        return digits
    number = Decimal(value)
    if number.adjusted() > _LARGEST:
        raise ValueError(f"the value {cut(str(number), _MOST_SHOWN)} is beyond what is measured")
    if number.adjusted() < -_DECIMALS or len(digits := format(number, "f")) > _DECIMALS:
        return _rounded(number)
    return digits


def usual_digits(written: bytes | memoryview) -> str | None:
    """The same of a value as an answer has it; None for anything but null and a number that is written as usual."""
    if _USUAL.fullmatch(written):
        return str(written, "ascii")
    return "" if written == b"null" else None


def _rounded(number: Decimal) -> str:
    """A number with as many decimals as there may be, where it has more."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_DECIMALS:
        return format(number, "f")
    rounded = number.quantize(_FINEST, context=_EXACTLY)
    return format(rounded, "f").rstrip("0").rstrip(".") if rounded else "0"


def _parsed(body: bytes, objects: Callable[[Pairs], Page]) -> Any:
    start = body.lstrip()[:1]
    if not start:
        raise ValueError("the answer is empty, where JSON was asked for")
    if start == b"<":
        raise ValueError("this is a web page or XML, where JSON was asked for")
    try:
        text = body.decode(json.detect_encoding(body))
        found = _read(text, objects)
        _refuse_halves(text)
        return found
    except UnicodeDecodeError as error:
        raise ValueError(f"this is not {error.encoding.upper()} from byte {error.start} on") from error
    except json.JSONDecodeError as error:
        end = body.decode("utf-8", "replace").rstrip()
        if error.pos >= len(end) or error.msg.startswith("Unterminated string"):
            raise ValueError(f"the JSON is cut off in line {error.lineno}, column {error.colno}") from error
        raise ValueError(f"this is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("the JSON is nested too deep") from error


def _read(text: str, objects: Callable[[Pairs], Page]) -> Any:
    """What a text says. One with a fault is read again, number by number: most have none, and millions of numbers."""
    try:
        return _read_with(text, objects, Decimal, int)
    except (DecimalException, ValueError):
        return _read_with(text, objects, _decimal, _whole)


def _read_with(
    text: str, objects: Callable[[Pairs], Page], decimal: Callable[[str], Decimal], whole: Callable[[str], int]
) -> Any:
    def refuse_constant(name: str) -> NoReturn:
        at = next(found.start(1) for found in _CONSTANT.finditer(text) if found[1])
        raise ValueError(f"{_place(text, at)}: {name} is no number of JSON")

    return json.loads(
        text,
        parse_float=decimal,
        parse_int=whole,
        parse_constant=refuse_constant,
        object_pairs_hook=objects,
    )


def _decimal(digits: str) -> Decimal:
    """A number with its digits. Raises ValueError for one that nothing can hold."""
    try:
        return Decimal(digits)
    except DecimalException as error:
        raise ValueError(f"the number {cut(digits, _MOST_SHOWN)} is beyond what is measured") from error


def _whole(digits: str) -> int:
    """A whole number. Raises ValueError for one that nobody can read."""
    try:
        return int(digits)
    except ValueError as error:  # Python takes some thousands of digits
        count = f"{len(digits):,} digits"
        raise ValueError(f"the number {cut(digits, _MOST_SHOWN)} is beyond what is measured: it has {count}") from error


def _refuse_halves(text: str) -> None:
    r"""Raise ValueError where half a character is written, such as `\ud83d` alone: no file can have it."""
    if "\\ud" not in text and "\\uD" not in text:
        return
    for escaped in _ESCAPED.finditer(text):
        if escaped[2]:
            at = _place(text, escaped.start())
            raise ValueError(f"{at}: \\u{escaped[2]} is half a character: a text was cut there")


def _place(text: str, at: int) -> str:
    """Where in a text a character stands."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def refuse_doubles(pairs: Pairs) -> Page:
    """The object of some pairs, where none says another thing than one before it. Raises ValueError."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found.clear()
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            first, then = (cut(f"{each}", _MOST_SHOWN) for each in (found[name], value))
            raise ValueError(f"{name} is {first} and, in the same object, {then}: only one of them can hold")
    return found


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
