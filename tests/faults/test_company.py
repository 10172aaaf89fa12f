"""Tiny queries are answered in a row by one worker, and none of them is the worse for what stands before it."""

import asyncio
import os
import select
import signal
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed, _give_up
from tests.hostile import NEVER_ENDS

ENDLESS = Task(NEVER_ENDS, results="json")
OTHERS = range(8)


def small(number: int) -> Task:
    return Task(f"SELECT ({number} AS ?n) {{}}", results="csv")


async def ask(pool: Pool, number: int) -> str:
    return (await pool.ask(small(number))).content.decode().split()[1]


@asynccontextmanager
async def pool_of_the_quick(store, **settings):
    """A pool whose queries were tiny so far."""
    pool = Pool(Launcher(store), **({"size": 2, "deadline": 1.0} | settings))
    await pool.open()
    try:
        for number in range(100):
            assert await ask(pool, number) == str(number)
        yield pool
    finally:
        await pool.close()


def is_still(process: int) -> bool:
    """True where no thread of a process goes on."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return {(thread / "stat").read_text().rpartition(")")[2].split()[0] for thread in threads} == {"T"}


async def stopped(pool: Pool, first: Task) -> tuple[int, asyncio.Task, list[asyncio.Task]]:
    """The process of a worker that is held still, what it was given first, and what waits behind that."""
    for process in pool.process_ids:
        os.kill(process, signal.SIGSTOP)
    while not all(map(is_still, pool.process_ids)):
        await asyncio.sleep(0.001)
    head = asyncio.create_task(pool.ask(first))
    await asyncio.sleep(0)
    (worker,) = [process for process, worker in pool._workers.items() if worker.runs]
    behind = [asyncio.create_task(ask(pool, number)) for number in OTHERS]
    await asyncio.sleep(0)
    for process in set(pool.process_ids) - {worker}:
        os.kill(process, signal.SIGCONT)
    return worker, head, behind


def test_tiny_queries_are_answered_by_one_worker_in_a_row(release):
    async def run():
        async with pool_of_the_quick(release.store) as pool:
            asked = [asyncio.create_task(ask(pool, number)) for number in range(12)]
            await asyncio.sleep(0)
            assert pool.idle == 1
            assert await asyncio.gather(*asked) == [str(number) for number in range(12)]
            assert pool.idle == 2

    asyncio.run(run())


def test_queries_that_take_longer_are_answered_side_by_side(release):
    async def run():
        async with pool_of_the_quick(release.store, deadline=20.0) as pool:
            slow = Task("SELECT (COUNT(*) AS ?n) { ?a ?p ?b }", results="csv")
            for _ in range(20):
                await pool.ask(slow)
            asked = [asyncio.create_task(pool.ask(slow)) for _ in range(2)]
            await asyncio.sleep(0)
            assert pool.idle == 0
            await asyncio.gather(*asked)

    asyncio.run(run())


def test_what_stands_behind_a_long_query_is_answered_by_another_worker(release):
    async def run():
        async with pool_of_the_quick(release.store) as pool:
            asked = [asyncio.create_task(pool.ask(ENDLESS)), *(asyncio.create_task(ask(pool, n)) for n in OTHERS)]
            await asyncio.sleep(0)
            assert pool.idle == 1
            assert await asyncio.gather(*asked[1:]) == [str(number) for number in OTHERS]
            assert not asked[0].done()
            with pytest.raises(QueryFailed, match="deadline"):
                await asked[0]

    asyncio.run(run())


def test_what_stands_behind_one_that_ends_its_process_is_asked_again(release):
    async def run():
        async with pool_of_the_quick(release.store, size=1) as pool:
            worker, head, behind = await stopped(pool, small(1))
            os.kill(worker, signal.SIGKILL)
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            with pytest.raises(QueryFailed, match="memory"):
                await head
            assert worker not in pool.process_ids

    asyncio.run(run())


def test_who_comes_when_a_process_has_just_ended_leaves_the_blame_where_it_is(release):
    async def run():
        async with pool_of_the_quick(release.store, size=1) as pool:
            worker, head, behind = await stopped(pool, small(1))
            newcomer = asyncio.create_task(ask(pool, 99))  # its turn comes before anyone else hears of the end
            os.kill(worker, signal.SIGKILL)
            pool._workers[worker].channel.connection_lost(None)
            with pytest.raises(QueryFailed, match="memory"):
                await head
            assert await asyncio.gather(*behind, newcomer) == [*map(str, OTHERS), "99"]

    asyncio.run(run())


def test_an_answer_at_the_deadline_leaves_the_worker_to_others(release):
    async def run():
        async with pool_of_the_quick(release.store, size=1) as pool:
            (worker,) = pool._workers.values()
            late = asyncio.create_task(ask(pool, 1))
            await asyncio.sleep(0)
            answering = worker.channel._transport.get_extra_info("socket").fileno()
            select.select([answering], [], [])
            newcomer = asyncio.create_task(ask(pool, 2))  # its turn comes before the first hears that it is late
            _give_up(worker.runs[0])
            worker.channel.data_received(os.read(answering, 4096))
            with pytest.raises(QueryFailed, match="deadline"):
                await late
            assert await newcomer == "2"
            assert pool.process_ids == [worker.process.pid]

    asyncio.run(run())


def test_a_worker_that_goes_on_gives_what_it_was_given_first_and_nothing_twice(release):
    async def run():
        async with pool_of_the_quick(release.store) as pool:
            worker, head, behind = await stopped(pool, small(1))
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            assert not head.done()
            os.kill(worker, signal.SIGCONT)
            assert (await head).content.split() == [b"n", b"1"]
            assert [await ask(pool, number) for number in range(20)] == [str(number) for number in range(20)]
            assert worker in pool.process_ids
            assert pool.idle == 2

    asyncio.run(run())


def test_what_was_given_to_others_occupies_no_worker_that_is_free(release, monkeypatch):
    monkeypatch.setattr("endpoint.workers.pool._SLOW", 0.2)

    async def run():
        async with pool_of_the_quick(release.store, deadline=3.0) as pool:
            worker, head, behind = await stopped(pool, small(1))
            await asyncio.sleep(0.15)
            endless = asyncio.create_task(pool.ask(ENDLESS))
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            os.kill(worker, signal.SIGCONT)  # it has still time to begin the endless one, which was given to another
            assert (await head).content.split() == [b"n", b"1"]
            assert [await ask(pool, number) for number in range(20)] == [str(number) for number in range(20)]
            assert not endless.done()
            with pytest.raises(QueryFailed, match="deadline"):
                await endless

    asyncio.run(run())


def test_a_worker_that_has_only_what_comes_too_late_passes_over_it_and_stays(release, monkeypatch):
    monkeypatch.setattr("endpoint.workers.pool._FOR_NOBODY", 5.0)

    async def run():
        async with pool_of_the_quick(release.store) as pool:
            worker, head, behind = await stopped(pool, small(1))
            head.cancel()
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            assert [await ask(pool, number) for number in range(20)] == [str(number) for number in range(20)]
            os.kill(worker, signal.SIGCONT)
            while pool.idle < 2:
                await asyncio.sleep(0.01)
            assert worker in pool.process_ids
            assert pool.renewed == 0

    asyncio.run(run())


def test_a_long_answer_that_comes_when_nobody_waits_for_it_leaves_nothing(release, tmp_path, monkeypatch):
    monkeypatch.setattr("endpoint.workers.pool._FOR_NOBODY", 5.0)
    long = Task("SELECT * { ?s ?p ?o } LIMIT 1000", results="json", spool=str(tmp_path))

    async def run():
        async with pool_of_the_quick(release.store, spool=tmp_path) as pool:
            worker, head, behind = await stopped(pool, long)
            head.cancel()
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            os.kill(worker, signal.SIGCONT)
            while pool.idle < 2:
                await asyncio.sleep(0.01)
            assert worker in pool.process_ids
            assert not list(tmp_path.iterdir())

    asyncio.run(run())


def test_who_goes_away_leaves_those_behind_their_answers(release):
    async def run():
        async with pool_of_the_quick(release.store) as pool:
            worker, head, behind = await stopped(pool, small(1))
            head.cancel()
            assert await asyncio.gather(*behind) == [str(number) for number in OTHERS]
            while worker in pool.process_ids or pool.idle < 2:
                await asyncio.sleep(0.01)

    asyncio.run(run())
