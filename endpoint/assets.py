"""`/static/…`: the style sheets, scripts and fonts of the pages; `/favicon.ico` leads to the icon among them."""

from __future__ import annotations

import mimetypes
import os
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from endpoint.methods import READ
from endpoint.ranges import send_file

router = APIRouter(include_in_schema=False)

_FRESH = {"Cache-Control": "public, max-age=600"}
"""A page asks for several of them, and is not to wait for each; after another build they are soon the ones of it."""


class Assets(StaticFiles):
    """The files of the pages, under the conditions and by the ranges that hold for all files."""

    def __init__(self) -> None:
        super().__init__(directory=str(files("endpoint").joinpath("static")))

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The answer that is a file of the folder."""
        path = Path(full_path)
        tag = blake2b(f"{stat_result.st_mtime_ns} {stat_result.st_size}".encode(), digest_size=12).hexdigest()
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return send_file(Request(scope), path, f'"{tag}"', media_type, _FRESH)


@router.api_route("/favicon.ico", methods=READ)
async def icon() -> Response:
    """Where the icon is, for browsers and feed readers that ask for it without having read a page."""
    return RedirectResponse("/static/favicon.svg", 308, headers=_FRESH)
