"""An answer of a worker on its way to the client: from memory, or from its file, which is never held whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from starlette.responses import Response, StreamingResponse

from endpoint.pool import Answer

_PIECE = 256 * 1024


def send_answer(answer: Answer, headers: Mapping[str, str]) -> Response:
    """The response with an answer. What stands in a file is sent in pieces, and the file is gone in the end."""
    told = {**headers, "Content-Length": str(answer.size)}
    if answer.path is None:
        return Response(answer.content, headers=told)
    return StreamingResponse(_chunks(answer.path), headers=told)


def _chunks(path: Path) -> AsyncIterator[bytes]:
    """A file in pieces. It is opened now and has no name from now on, so that nothing is left whatever happens."""
    file = path.open("rb")
    path.unlink()

    async def read() -> AsyncIterator[bytes]:
        with file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece

    return read()
