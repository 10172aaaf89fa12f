"""Holds a release while it is in use, and keeps nobody waiting but who asks for one that is being removed."""

from __future__ import annotations

import asyncio
from typing import IO

from loaders import retention
from loaders.release import Release

_LOOK = 0.05  # seconds between looks at whether it has been removed


async def hold(release: Release) -> IO[bytes]:
    """Keep a release from being removed until its record, which this is, is closed.

    Raises NoRelease where it has been removed, or is being so.
    """
    while True:
        try:
            return retention.hold(release)
        except retention.BeingRemoved:  # it has to leave a trace first, by which it is told from what never was
            await asyncio.sleep(_LOOK)
