"""A folder of files on this machine, each with `ETag` and `Last-Modified`: for sources that publish files."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path

from tests.services.service import Answer, Request, Service, parts

MEDIA_TYPES = {".ttl": "text/turtle", ".json": "application/json", ".rq": "application/sparql-query"}


@dataclass
class StaticFiles(Service):
    """Serves what is in a folder, and nothing that lies outside it."""

    folder: Path = Path()

    def answer(self, request: Request) -> Answer:
        """GET and HEAD of a file."""
        if request.method not in {"GET", "HEAD"}:
            self.breach(request, "method", request.method)
            return Answer(405, b"", "text/plain", (("Allow", "GET, HEAD"),))
        file = self.folder.joinpath(*parts(request.path, self.root) or ()).resolve()
        if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
            self.breach(request, "path", request.path)
            return Answer(404, b"no such file", "text/plain")
        content = file.read_bytes()
        media_type = MEDIA_TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = (
            ("ETag", f'"{sha256(content).hexdigest()[:24]}"'),
            ("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True)),
        )
        return Answer(200, content, media_type, headers)
