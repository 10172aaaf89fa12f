"""Coroutines run side by side as those of `asyncio.gather` do, but one that waits for nothing is no task."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from endpoint.together import together


async def at_once(value: str) -> str:
    """What waits for nothing."""
    return value


class Meeting:
    """Where several wait for each other, and what they have noted."""

    def __init__(self, expected: int) -> None:
        self.missing = expected
        self.all_here = asyncio.Event()
        self.noted: list[str] = []

    async def attend(self, name: str) -> str:
        """Wait until all have come, and once more."""
        self.missing -= 1
        if not self.missing:
            self.all_here.set()
        try:
            await self.all_here.wait()
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.noted.append(f"{name} had to go")
            raise
        return name


def run(*asked: Coroutine[Any, Any, str]) -> list[str]:
    """What they give, in a loop of its own."""

    async def asking() -> list[str]:
        return await together(*asked)

    return asyncio.run(asking())


def test_what_waits_for_nothing_takes_no_turn_of_the_loop() -> None:
    asked = together(at_once("a"), at_once("b"))

    async def asking() -> list[str]:
        with pytest.raises(StopIteration) as end:
            asked.send(None)
        given: list[str] = end.value.value
        return given

    assert asyncio.run(asking()) == ["a", "b"]


def test_those_that_wait_do_so_side_by_side_and_answer_in_order() -> None:
    async def asking() -> list[str]:
        meeting = Meeting(2)
        return await together(meeting.attend("a"), at_once("b"), meeting.attend("c"))

    assert asyncio.run(asking()) == ["a", "b", "c"]


@pytest.mark.parametrize("turns", [0, 1])
def test_an_error_is_raised_at_once_or_later(turns: int) -> None:
    async def fail() -> str:
        for _ in range(turns):
            await asyncio.sleep(0)
        raise KeyError("x")

    with pytest.raises(KeyError, match="x"):
        run(at_once("a"), fail(), at_once("b"))


def test_what_is_waited_for_can_fail_and_be_mended() -> None:
    async def mend() -> str:
        failing = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(failing.set_exception, ConnectionError("gone"))
        try:
            await failing
        except ConnectionError:
            await asyncio.sleep(0)
            return "mended"
        return "whole"

    assert run(mend(), at_once("a")) == ["mended", "a"]


def test_who_is_cancelled_learns_of_it_where_it_waits() -> None:
    async def asking() -> list[str]:
        meeting = Meeting(3)  # the third never comes
        task = asyncio.ensure_future(together(meeting.attend("a"), meeting.attend("b")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return meeting.noted

    assert asyncio.run(asking()) == ["a had to go", "b had to go"]
