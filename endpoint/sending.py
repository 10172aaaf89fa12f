"""An answer of a worker on its way to the client: from memory, or from its file, which is never held whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import IO

from starlette.responses import Response, StreamingResponse

from endpoint.workers.pool import Answer

_PIECE = 256 * 1024


def send_answer(answer: Answer, headers: Mapping[str, str]) -> Response:
    """The response with an answer. What stands in a file is sent in pieces."""
    told = {**headers, "Content-Length": str(answer.size)}
    if answer.file is None:
        return Response(answer.content, headers=told)
    return StreamingResponse(_pieces(answer.file), headers=told)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    """A file in pieces, closed in the end."""
    with file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece
