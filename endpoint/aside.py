"""Long work beside the event loop, where others are answered meanwhile; what is short is done at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

MUCH = 2000
"""Statements or rows from which to read or to show them is long work: some hundredths of a second."""


async def aside(work: Callable[[], T], *, is_long: bool) -> T:
    """What some work gives, in a thread where it is long. To go to one takes longer than most work does."""
    return await asyncio.to_thread(work) if is_long else work()
