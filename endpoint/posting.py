"""The body of a request and the form that it holds, read no further than their limits."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Message
from werkzeug.http import parse_options_header

from endpoint.problem_type import figure
from endpoint.problem_types import TYPES
from endpoint.problems import Problem
from ontology.text import Text

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
"""The media types of a form."""

_HEARD = 16 * 1024 * 1024  # bytes of a body that is too long, up to which its client may finish
_MOST_FIELDS = 500


async def read_body(request: Request, most: int, too_long: Problem) -> bytes:
    """The body, kept no further than `most` bytes. Raises `too_long`, or a Problem where the client breaks off.

    What is not much longer is heard out: a connection that is closed on a client that still sends loses the answer.
    """
    announced = request.headers.get("content-length", "0")
    size = int(announced) if announced.isdecimal() else 0
    if size > _HEARD or (size > most and "expect" in request.headers):
        raise too_long
    body, size = b"", 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > _HEARD:
                break
            body = body + chunk if size <= most else b""
    except ClientDisconnect as error:
        raise _cannot("bad-parameter", _BROKEN_OFF) from error
    if size > most:
        raise too_long
    return body


async def read_form(request: Request, most: int) -> FormData:
    """The form that a request holds, with one file at most. Raises Problem."""
    media_type, _ = parse_options_header(request.headers.get("content-type", "").lower())
    if media_type not in FORMS:
        raise _cannot("unsupported-media-type", _NO_FORM, {"Accept-Post": ", ".join(FORMS)})
    body = await read_body(request, most, _too_long(most))

    async def whole() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        return await Request(request.scope, whole).form(
            max_files=1, max_fields=_MOST_FIELDS, max_part_size=max(most, 1)
        )
    except HTTPException as error:  # the parser says what is wrong with the form
        said = error.detail.rstrip(".")
        unread = Text(f"Formuläret går inte att läsa: ”{said}”.", f"The form cannot be read: “{said}”.")
        raise _cannot("bad-form", unread) from error
    except (UnicodeDecodeError, ValueError) as error:
        raise _cannot("bad-form", _NOT_UTF_8) from error


def _too_long(most: int) -> Problem:
    type_ = TYPES["form-too-long"]
    return Problem(
        type_.kind,
        type_.detail(limit=figure(most)),
        members={"limit": most, "setting": type_.setting},
    )


def _cannot(kind: str, detail: Text, headers: dict[str, str] | None = None) -> Problem:
    return Problem(kind, detail, headers=headers or {})


_BROKEN_OFF = Text("Begäran avbröts.", "The request was broken off.")
_NOT_UTF_8 = Text("Formuläret är inte UTF-8.", "The form is not UTF-8.")
_NO_FORM = Text(f"Skicka ett formulär: {' eller '.join(FORMS)}.", f"Send a form: {' or '.join(FORMS)}.")
