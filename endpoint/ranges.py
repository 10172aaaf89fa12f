"""A file on its way to the client: whole, or the ranges of its bytes that are asked for (RFC 9110, section 14)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from werkzeug.datastructures import Range
from werkzeug.http import parse_range_header

from endpoint.layers.coding import choose_coding, may_be_packed
from endpoint.layers.conditions import FAILED, NOT_MODIFIED, failed, head_of_a_304, range_counts, verdict
from endpoint.layers.headers import fields
from endpoint.problem_types import TYPES
from endpoint.problems import Problem

_MOST = 10
"""Ranges of one request; who asks for more gets the whole (section 14.2)."""

_RANGE_HEADERS = {b"range", b"if-range"}


def send_file(request: Request, path: Path, tag: str, media_type: str, headers: Mapping[str, str]) -> Response:
    """The answer that is a file, or the part of it that is asked for, under the tag of its bytes.

    Conditions count first, then `If-Range`, then the range (section 13.2.2). A file that is packed on the way has no
    tag here: its bytes are others, and the layer that packs them gives it theirs.

    Raises Problem where a condition fails, or no byte that is asked for exists.
    """
    told = path.stat()
    modified = formatdate(told.st_mtime, usegmt=True)
    said = fields(request.scope["headers"])
    wanted = _ranges(request, said) if range_counts(said, tag, modified) else None
    answer = FileResponse(path, headers={**headers, "ETag": tag}, media_type=media_type, stat_result=told)
    if may_be_packed(answer.status_code, dict(answer.raw_headers)):
        answer.headers.add_vary_header("Accept-Encoding")
        if wanted is None and choose_coding(tuple(request.headers.getlist("accept-encoding"))) is not None:
            del answer.headers["etag"]
            return _asked_for(request, answer, None)
    status = verdict(said, dict(answer.raw_headers))
    if status == FAILED:
        raise failed()
    if status == NOT_MODIFIED:
        unchanged = Response(status_code=NOT_MODIFIED)
        unchanged.raw_headers = head_of_a_304(answer.raw_headers)
        return unchanged
    if wanted is None:
        return _asked_for(request, answer, None)
    found = [part for part in wanted.ranges if part[0] is None or part[0] < told.st_size]
    if not found:
        raise _beyond(told)
    return _asked_for(request, answer, Range(wanted.units, found))


def _ranges(request: Request, said: Mapping[bytes, bytes]) -> Range | None:
    """The ranges that are asked for; what cannot be read, too many, and those of other methods than GET are none."""
    asked = parse_range_header(said[b"range"].decode("latin-1")) if b"range" in said else None
    if request.method != "GET" or asked is None or asked.units != "bytes" or len(asked.ranges) > _MOST:
        return None
    return asked


def _asked_for(request: Request, answer: FileResponse, ranges: Range | None) -> FileResponse:
    """The answer to a request for some ranges, or for the whole, whatever it asked for itself."""
    headers = [pair for pair in request.scope["headers"] if pair[0] not in _RANGE_HEADERS]
    headers += [(b"range", ranges.to_header().encode("latin-1"))] if ranges else []
    request.scope["headers"] = headers
    return answer


def _beyond(told: os.stat_result) -> Problem:
    return Problem(
        "range-not-satisfiable",
        TYPES["range-not-satisfiable"].detail(size=told.st_size),
        headers={"Content-Range": f"bytes */{told.st_size}", "Accept-Ranges": "bytes"},
        members={"bytes": told.st_size},
    )
