"""What is kept is read once, however many ask at the same time; what fails is not kept."""

import asyncio

import pytest

from endpoint.readings import Readings


class Source:
    """What is read, slowly; it counts how often, and fails so many times."""

    def __init__(self, failures=0):
        self.read_times = 0
        self.failures = failures

    async def read(self):
        self.read_times += 1
        await asyncio.sleep(0.01)
        if self.read_times <= self.failures:
            raise LookupError("not now")
        return object()


def test_many_who_ask_at_once_are_given_one_reading():
    async def run():
        readings, source = Readings(), Source()
        found = await asyncio.gather(*(readings.get("names", source.read) for _ in range(20)))
        again = await readings.get("names", source.read)
        return source.read_times, {*found, again}

    times, found = asyncio.run(run())
    assert times == 1
    assert len(found) == 1


def test_what_is_read_under_another_key_is_read_for_itself():
    async def run():
        readings, source = Readings(), Source()
        found = await asyncio.gather(*(readings.get(key, source.read) for key in ("sv", "en", "sv")))
        return source.read_times, found

    times, (first, other, same) = asyncio.run(run())
    assert times == 2
    assert first is same
    assert first is not other


def test_what_fails_is_told_to_all_who_wait_and_read_anew_by_the_next():
    async def run():
        readings, source = Readings(), Source(failures=1)
        told = await asyncio.gather(*(readings.get("names", source.read) for _ in range(3)), return_exceptions=True)
        return told, await readings.get("names", source.read), source.read_times

    told, found, times = asyncio.run(run())
    assert [type(error) for error in told] == [LookupError] * 3
    assert found is not None
    assert times == 2


def test_who_goes_away_leaves_the_reading_to_the_others():
    async def run():
        readings, source = Readings(), Source()
        first, second = (asyncio.create_task(readings.get("names", source.read)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        found = await second
        return first.cancelled(), found is await readings.get("names", source.read), source.read_times

    assert asyncio.run(run()) == (True, True, 1)


def test_a_reading_that_fails_when_all_have_gone_is_not_told_of(caplog):
    async def run():
        readings, source = Readings(), Source(failures=1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(readings.get("names", source.read), 0.001)
        await asyncio.sleep(0.03)
        return await readings.get("names", source.read)

    assert asyncio.run(run()) is not None
    assert not caplog.records


def test_of_many_those_are_kept_that_were_asked_for_last():
    async def run():
        readings, source = Readings(most=2), Source()
        for key in ("a", "b", "a", "c"):
            await readings.get(key, source.read)
        before = source.read_times
        await readings.get("a", source.read)
        await readings.get("c", source.read)
        kept = source.read_times
        await readings.get("b", source.read)
        return before, kept, source.read_times, len(readings)

    assert asyncio.run(run()) == (3, 3, 4, 2)
