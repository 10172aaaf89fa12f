"""Queries that one worker answers in a row stay apart, whatever befalls those beside them: seeded, with kills."""

import asyncio
import os
import random
import signal
import time
from collections import Counter

import pytest
import uvloop

from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed

SECONDS = 10
CLIENTS = 24
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MIDDLING = "SELECT (COUNT(*) AS ?n) { SELECT * { ?s ?p ?o } LIMIT 1500 }"


def tiny(number: int) -> str:
    return f"SELECT ({number} AS ?n) {{}}"


class Client:
    """One that asks all kinds of things, and holds each answer against what it asked."""

    def __init__(self, pool: Pool, number: int, seed: int, seen: Counter[str]) -> None:
        self.pool = pool
        self.network = f"network {number % 3}"
        self.numbers = random.Random(f"{seed} {number}")
        self.seen = seen

    async def ask(self, query: str, deadline: float | None = None) -> str:
        answer = await self.pool.ask(Task(query, results="csv"), deadline, self.network)
        return answer.content.decode().split()[1]

    async def go_away(self) -> None:
        asked = asyncio.create_task(self.ask(self.numbers.choice([NEVER_ENDS, tiny(1), tiny(2), tiny(3)])))
        await asyncio.sleep(self.numbers.choice([0, 0.0005, 0.003, 0.02]))
        asked.cancel()
        await asyncio.wait([asked])
        self.seen["gone"] += 1

    async def act(self) -> None:
        match self.numbers.choices(["tiny", "middling", "endless", "gone", "kill"], [900, 40, 10, 60, 2])[0]:
            case "tiny":
                number = self.numbers.randrange(10**9)
                assert await self.ask(tiny(number)) == str(number)
                self.seen["tiny"] += 1
            case "middling":
                assert await self.ask(MIDDLING) == "1500"
                self.seen["middling"] += 1
            case "endless":
                await self.ask(NEVER_ENDS, self.numbers.choice([0.001, 0.01, 0.1, 0.4]))
                raise AssertionError("this does not end")
            case "gone":
                await self.go_away()
            case "kill":
                for process in self.pool.process_ids[:1]:
                    os.kill(process, signal.SIGKILL)
                    self.seen["killed"] += 1

    async def run(self, until: float) -> None:
        while time.monotonic() < until:
            try:
                await self.act()
            except QueryFailed as failure:
                self.seen[failure.reason] += 1


@pytest.mark.parametrize("seed", [1, 2])
def test_each_gets_its_own_answer_and_no_worker_is_lost(release, seed):
    async def run() -> Counter[str]:
        pool = Pool(Launcher(release.store), 4, 0.5, 5.0, queue=200, per_network=3, long=3, quick=0.2, spares=1)
        await pool.open()
        try:
            seen: Counter[str] = Counter()
            clients = [Client(pool, number, seed, seen) for number in range(CLIENTS)]
            until = time.monotonic() + SECONDS
            await asyncio.gather(*(client.run(until) for client in clients))
            async with asyncio.timeout(10):
                while pool.idle < pool.size:
                    await asyncio.sleep(0.05)
            assert (pool.waiting, pool.running_long) == (0, 0)
            assert [await clients[0].ask(tiny(number)) for number in range(20)] == [str(n) for n in range(20)]
            return seen
        finally:
            await pool.close()

    seen = uvloop.run(run())
    assert min(seen[what] for what in ("tiny", "middling", "gone", "killed", "deadline")) > 0
    assert seen["memory"] <= seen["killed"]  # who was killed is told so, and nobody beside
    assert set(seen) <= {"tiny", "middling", "gone", "killed", "deadline", "memory", "no-long-place"}
