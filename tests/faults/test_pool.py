"""A query hurts its sender only: it is killed at its deadline, and what kills its process harms nobody else."""

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from endpoint.workers import launcher, launching
from endpoint.workers.launching import Launcher
from endpoint.workers.member import CannotStart
from endpoint.workers.messages import Task, line
from endpoint.workers.pool import Pool, QueryFailed
from endpoint.workers.turns import OURS, asking
from endpoint.workers.worker import STACK_MEGABYTES
from shapes.memory import AT_HAND
from tests.hostile import NEVER_ENDS
from tests.processes import children, descendants, is_running

CRASHES = "SELECT * {" + "FILTER EXISTS {" * 60_000 + "}" * 60_001  # longer than any query that the endpoint reads
EATS_MEMORY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
SMALL = Task("SELECT ?s { ?s ?p ?o } LIMIT 1", results="json")


def in_a_pool(store, what, **settings):
    """Run `what(pool)` in a pool that is opened and closed around it."""

    async def run():
        pool = Pool(**({"launcher": Launcher(store), "size": 2, "deadline": 0.5} | settings))
        await pool.open()
        try:
            return await what(pool)
        finally:
            await pool.close()

    return asyncio.run(run())


async def reason(pool: Pool, query: str, network: str | None = OURS) -> str:
    with pytest.raises(QueryFailed) as caught:
        await pool.ask(Task(query, results="json", graph="turtle"), network=network)
    return caught.value.reason


def launcher_of(pool: Pool) -> int:
    """The process that starts the workers of a pool."""
    (starting,) = {process for process in children() if set(pool.process_ids) <= children(process)}
    return starting


async def until_whole(pool: Pool, size: int) -> None:
    while len(pool.process_ids) < size or pool.idle < size:
        await asyncio.sleep(0.01)


def test_what_cannot_be_told_to_a_worker_takes_no_place(release):
    async def what(pool: Pool) -> None:
        for _ in range(3):
            with pytest.raises(TypeError):
                await pool.ask(Task("ASK {}", results="json", named=(object(),)))
        assert pool.idle == 2
        assert json.loads((await pool.ask(SMALL)).content)["results"]["bindings"]

    in_a_pool(release.store, what, size=2, deadline=10.0)


def test_a_query_over_its_deadline_is_stopped_and_its_worker_is_gone(release):
    async def what(pool):
        before = set(pool.process_ids)
        assert await reason(pool, NEVER_ENDS) == "deadline"
        await until_whole(pool, 2)
        (gone,) = before - set(pool.process_ids)
        async with asyncio.timeout(10):
            while is_running(gone):
                await asyncio.sleep(0.01)

    in_a_pool(release.store, what)


def test_others_are_served_while_a_query_runs_to_its_deadline(release):
    async def what(pool):
        long = asyncio.create_task(reason(pool, NEVER_ENDS))
        await asyncio.sleep(0.05)
        answers = [await pool.ask(SMALL) for _ in range(20)]
        assert not long.done()
        assert {answer.form for answer in answers} == {"bindings"}
        assert await long == "deadline"

    in_a_pool(release.store, what, deadline=5.0)


def test_a_query_that_crashes_its_process_harms_nobody_else(release):
    async def what(pool):
        for _ in range(3):
            assert await reason(pool, CRASHES) == "crashed"
        await until_whole(pool, 2)
        assert (await pool.ask(SMALL)).form == "bindings"

    in_a_pool(release.store, what, deadline=20.0)


def test_a_query_that_eats_memory_ends_by_itself(release):
    async def what(pool):
        assert await reason(pool, EATS_MEMORY) == "memory"
        await until_whole(pool, 1)
        assert (await pool.ask(SMALL)).form == "bindings"

    in_a_pool(release.store, what, size=1, deadline=20.0, launcher=Launcher(release.store, 256))


def test_a_query_waits_for_a_worker_no_longer_than_its_patience(release):
    async def what(pool):
        long = asyncio.create_task(reason(pool, NEVER_ENDS))
        await asyncio.sleep(0.05)
        assert await reason(pool, "ASK {}") == "busy"
        await long

    in_a_pool(release.store, what, size=1, deadline=1.0, patience=0.2)


def test_an_answer_over_its_limit_is_an_error_and_never_cut(release):
    async def what(pool):
        with pytest.raises(QueryFailed) as caught:
            await pool.ask(Task("SELECT * { ?s ?p ?o }", results="json", max_bytes=10_000))
        assert caught.value.reason == "too-many-bytes"

    in_a_pool(release.store, what, deadline=5.0)


def test_a_caller_that_gives_up_stops_its_query(release):
    async def what(pool):
        before = set(pool.process_ids)
        asking = asyncio.create_task(pool.ask(Task(NEVER_ENDS, results="json")))
        await asyncio.sleep(0.1)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await until_whole(pool, 2)
        assert len(before - set(pool.process_ids)) == 1

    in_a_pool(release.store, what, deadline=20.0)


def test_closing_a_pool_leaves_no_process(release):
    async def what(pool):
        return pool.process_ids

    assert not [process for process in in_a_pool(release.store, what) if is_running(process)]


def test_a_store_that_cannot_be_opened_is_told(tmp_path):
    async def what(_):
        raise AssertionError("the pool must not open")

    with pytest.raises(CannotStart, match="did not start"):
        in_a_pool(tmp_path / "nothing", what)


def test_a_worker_cannot_reach_a_listening_port_even_without_the_guard(release):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        listening.settimeout(0.2)

        async def what(pool):
            if not pool.is_isolated:
                pytest.skip("this kernel does not let a process leave the network")
            return await reason(pool, f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")

        assert in_a_pool(release.store, what, deadline=5.0) == "evaluation"
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_worker_is_replaced_in_good_time(release):
    async def what(pool):
        assert await reason(pool, CRASHES) == "crashed"
        begun = time.monotonic()
        await until_whole(pool, 2)
        return time.monotonic() - begun

    seconds = in_a_pool(release.store, what, deadline=20.0)
    assert seconds < 10  # a bound against hanging; the figure is in the benchmarks


def test_more_than_may_wait_are_turned_away_at_once(release):
    async def what(pool):
        long = asyncio.create_task(reason(pool, NEVER_ENDS))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(pool.ask(SMALL))
        await asyncio.sleep(0.05)
        assert await reason(pool, "ASK {}") == "queue-full"
        assert not long.done()
        assert not waiting.done()
        assert (await waiting).form == "bindings"
        assert await long == "deadline"

    in_a_pool(release.store, what, size=1, deadline=3.0, patience=60.0, queue=1)


def test_a_worker_that_died_while_it_waited_is_replaced_and_blames_nobody(release):
    async def what(pool):
        workers = list(pool._workers.values())
        for worker in workers:
            os.kill(worker.process.pid, signal.SIGKILL)
        for worker in workers:
            await worker.process.end()
        assert (await pool.ask(SMALL)).form == "bindings"

    in_a_pool(release.store, what)


def test_a_worker_of_whose_end_nobody_has_told_yet_blames_nobody(release):
    async def what(pool):
        starting, worker = launcher_of(pool), pool._turns.free[-1]
        os.kill(starting, signal.SIGSTOP)
        try:
            os.kill(worker.process.pid, signal.SIGKILL)
            while not worker.channel.is_over:
                await asyncio.sleep(0.01)
            assert (await pool.ask(SMALL)).form == "bindings"
        finally:
            os.kill(starting, signal.SIGCONT)

    in_a_pool(release.store, what)


def test_a_worker_ends_with_the_process_that_started_it(release):
    code = (
        "import asyncio, os, sys; from pathlib import Path; from endpoint.workers.pool import Pool\n"
        "from endpoint.workers.launching import Launcher\n"
        "async def run():\n"
        "    pool = Pool(Launcher(Path(sys.argv[1])), size=1); await pool.open()\n"
        "    print(pool.process_ids[0], flush=True); os.kill(os.getpid(), 9)\n"
        "asyncio.run(run())"
    )
    started = subprocess.run(
        [sys.executable, "-c", code, str(release.store)], check=False, capture_output=True, text=True
    )
    worker = int(started.stdout)
    until = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(worker)


def test_a_network_that_asks_much_leaves_others_a_place(release):
    async def what(pool):
        endless = [asyncio.create_task(reason(pool, NEVER_ENDS, "a")) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert (await pool.ask(SMALL, network="b")).form == "bindings"
        assert pool.waiting == 2
        assert await endless[0] == "deadline"
        for one in endless[1:]:
            one.cancel()

    in_a_pool(release.store, what, per_network=1, deadline=1.0)


def test_a_network_that_asks_more_than_it_may_is_told_its_own_limit(release):
    async def what(pool):
        endless = asyncio.create_task(reason(pool, NEVER_ENDS, "a"))
        await asyncio.sleep(0.05)
        assert await reason(pool, "ASK {}", "a") == "network-busy"
        await endless

    in_a_pool(release.store, what, per_network=1, patience=0.1)


def test_queries_that_run_long_leave_a_place_for_quick_ones(release):
    async def what(pool):
        endless = [asyncio.create_task(reason(pool, NEVER_ENDS, network)) for network in "aab"]
        while not any(one.done() for one in endless):
            await asyncio.sleep(0.01)
        answers = [await pool.ask(SMALL, network="c") for _ in range(5)]
        assert {answer.form for answer in answers} == {"bindings"}
        return [await one for one in endless]

    reasons = in_a_pool(release.store, what, size=3, long=2, quick=0.2, deadline=5.0)
    assert reasons[2] == "deadline"  # who has most of the long places loses one, not who has one
    assert sorted(reasons[:2]) == ["deadline", "no-long-place"]


def policies(process):
    """How the kernel shares the cores with the threads of a process."""
    return {os.sched_getscheduler(int(thread.name)) for thread in Path(f"/proc/{process}/task").iterdir()}


def stretches(thread: int) -> tuple[float, int]:
    """Milliseconds that a thread has computed for, and in how many stretches."""
    computed, _, times = map(int, Path(f"/proc/{thread}/schedstat").read_text().split())
    return computed / 1e6, times


def who_hears_the_bell(process: int) -> set[int]:
    """The threads of a process that hear when a stretch is over, and do not end by it."""
    hear = set()
    for thread in Path(f"/proc/{process}/task").iterdir():
        told = dict(line.split(":\t", 1) for line in (thread / "status").read_text().splitlines() if ":\t" in line)
        blocked, caught = (int(told[name], 16) >> (signal.SIGALRM - 1) & 1 for name in ("SigBlk", "SigCgt"))
        assert caught
        if not blocked:
            hear.add(int(thread.name))
    return hear


def test_a_worker_stands_back_for_who_gives_it_queries(release):
    async def what(pool):
        await pool.ask(SMALL)
        (worker,) = pool.process_ids
        threads = [int(thread.name) for thread in Path(f"/proc/{worker}/task").iterdir()]
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert {os.getpriority(os.PRIO_PROCESS, thread) for thread in threads} == {min(ours + 10, 19)}

    in_a_pool(release.store, what, size=1)


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system does not tell of stretches")
def test_a_query_leaves_its_core_more_often_than_the_kernel_would_ask_for_it(release):
    async def what(pool):
        (worker,) = pool.process_ids
        assert not who_hears_the_bell(worker)
        endless = asyncio.create_task(reason(pool, NEVER_ENDS))
        while not (hear := who_hears_the_bell(worker)):
            await asyncio.sleep(0.01)
        (serving,) = hear  # not the threads of the engine too, which would take the bell from it
        assert serving != worker
        other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        try:
            os.setpriority(os.PRIO_PROCESS, other.pid, os.getpriority(os.PRIO_PROCESS, serving))
            for each in (serving, other.pid):
                os.sched_setaffinity(each, {min(os.sched_getaffinity(0))})
            computed, before = stretches(serving)
            while stretches(serving)[1] < before + 100:
                await asyncio.sleep(0.01)
            now, times = stretches(serving)
        finally:
            other.kill()
            other.wait()
        assert now - computed < 2.0 * (times - before)  # it would be 3 or 4 each
        assert await endless == "deadline"
        assert json.loads((await pool.ask(SMALL)).content)["results"]["bindings"]

    in_a_pool(release.store, what, size=1, deadline=5.0, quick=5.0)


def test_a_query_that_runs_long_gives_way_and_its_worker_is_renewed(release):
    async def what(pool):
        (before,) = pool.process_ids
        endless = asyncio.create_task(reason(pool, NEVER_ENDS))
        while os.SCHED_IDLE not in policies(before):
            await asyncio.sleep(0.01)
        await endless
        await until_whole(pool, 1)
        assert pool.process_ids != [before]

    in_a_pool(release.store, what, size=1, long=1, quick=0.1, deadline=3.0)


def test_a_long_answer_outlives_the_worker_that_wrote_it(release, tmp_path):
    everything = Task("SELECT * { ?s ?p ?o }", results="json", spool=str(tmp_path))

    async def what(pool):
        (before,) = pool.process_ids
        answer = await pool.ask(everything)
        await until_whole(pool, 1)
        assert pool.process_ids != [before]
        with answer.file:
            assert len(answer.file.read()) == answer.size
        assert not list(tmp_path.iterdir())

    in_a_pool(release.store, what, size=1, long=1, quick=0.01, deadline=10.0, spool=tmp_path)


def test_a_long_answer_that_is_there_when_its_caller_gives_up_leaves_nothing(release, tmp_path):
    everything = Task("SELECT * { ?s ?p ?o }", results="json", spool=str(tmp_path))

    async def what(pool):
        caller = asyncio.create_task(pool.ask(everything))
        (worker,) = pool._workers.values()
        while not (worker.runs and worker.runs[0].is_answered):
            await asyncio.sleep(0)
        assert list(tmp_path.iterdir())
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert not list(tmp_path.iterdir())
        assert pool.idle == 1

    in_a_pool(release.store, what, size=1, deadline=100.0, spool=tmp_path)


def test_the_kernel_ends_a_worker_that_nobody_stops(release):
    async def what(pool):
        pool.deadline = 60.0  # as if who keeps it hung; the worker was told less
        return await reason(pool, NEVER_ENDS)

    assert in_a_pool(release.store, what, size=1, deadline=0.1) == "deadline"


def test_a_spare_worker_takes_the_place_of_one_that_was_stopped(release, monkeypatch):
    async def what(pool):
        assert (len(pool.process_ids), pool.idle) == (2, 1)
        never = asyncio.Event()

        async def start(_):
            await never.wait()
            raise CannotStart("no other ever comes up")

        monkeypatch.setattr(Pool, "_start", start)
        running = asyncio.create_task(reason(pool, NEVER_ENDS))
        await asyncio.sleep(0.05)
        assert pool.idle == 0
        assert (await pool.ask(SMALL)).form == "bindings"
        assert await running == "deadline"
        never.set()

    in_a_pool(release.store, what, size=1, spares=1, deadline=0.3)


def test_a_query_is_in_the_turn_of_the_network_that_is_asking(release):
    async def what(pool):
        asking.set("a")
        endless = asyncio.create_task(reason(pool, NEVER_ENDS, None))
        await asyncio.sleep(0.05)
        assert await reason(pool, "ASK {}", None) == "network-busy"
        asking.set("b")
        assert (await pool.ask(SMALL)).form == "bindings"
        await endless

    in_a_pool(release.store, what, per_network=1, patience=0.1)


def test_a_pool_that_is_given_up_while_it_opens_leaves_no_process(release):
    async def run() -> set[int]:
        pool, before = Pool(Launcher(release.store), size=3), descendants()
        opening = asyncio.create_task(pool.open())
        while len(begun := descendants() - before) < 2:
            await asyncio.sleep(0.001)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        return begun

    assert [process for process in asyncio.run(run()) if is_running(process)] == []


def test_a_pool_is_whole_again_after_the_launcher_of_its_workers_has_ended(release):
    async def what(pool):
        starting, before = launcher_of(pool), pool.process_ids
        os.kill(starting, signal.SIGKILL)
        while set(pool.process_ids) & set(before):
            with suppress(QueryFailed):
                await pool.ask(SMALL)
            await asyncio.sleep(0.01)
        await until_whole(pool, 2)
        assert (await pool.ask(SMALL)).form == "bindings"
        assert starting not in children()
        assert not any(map(is_running, before))

    in_a_pool(release.store, what)


def seconds_of(pool: Pool) -> list[int]:
    """What workers may compute before the kernel ends them, once they have answered a query."""
    return [resource.prlimit(process, resource.RLIMIT_CPU)[0] for process in pool.process_ids]


def test_pools_that_share_a_launcher_are_bounded_each_by_itself(release):
    async def run() -> tuple[list[int], list[int]]:
        shared = Launcher(release.store)
        brief, patient = Pool(shared, size=1, deadline=5.0), Pool(shared, size=1, deadline=500.0)
        try:
            for pool in (brief, patient):
                await pool.open()
                await pool.ask(SMALL)
            assert launcher_of(brief) == launcher_of(patient)
            return seconds_of(brief), seconds_of(patient)
        finally:
            await brief.close()
            await patient.close()

    (few,), (many,) = asyncio.run(run())
    assert few + 490 < many


def test_a_launcher_goes_on_until_the_last_of_its_pools_is_closed(release):
    async def run() -> set[int]:
        shared, before = Launcher(release.store), descendants()
        first, second, never_opened = Pool(shared, size=1), Pool(shared, size=1), Pool(shared, size=1)
        await first.open()
        await second.open()
        started = descendants() - before
        await first.close()
        await never_opened.close()
        assert (await second.ask(SMALL)).form == "bindings"
        assert second.renewed == 0
        await second.close()
        return started

    started = asyncio.run(run())
    assert len(started) == 3
    assert [process for process in started if is_running(process)] == []


def test_all_pools_are_whole_again_after_the_launcher_that_they_share_has_ended(release):
    async def run() -> None:
        shared = Launcher(release.store)
        pools = Pool(shared, size=2), Pool(shared, size=1)
        for pool in pools:
            await pool.open()
        try:
            before = {process for pool in pools for process in pool.process_ids}
            os.kill(launcher_of(pools[0]), signal.SIGKILL)
            for pool in pools:
                while before & set(pool.process_ids):
                    with suppress(QueryFailed):
                        await pool.ask(SMALL)
                    await asyncio.sleep(0.01)
                await until_whole(pool, pool.size)
                assert (await pool.ask(SMALL)).form == "bindings"
            assert launcher_of(pools[0]) == launcher_of(pools[1])
        finally:
            for pool in pools:
                await pool.close()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_worker_has_the_memory_that_it_is_given_for_its_queries(release):
    async def what(pool):
        await pool.ask(SMALL)
        (process,) = pool.process_ids
        pages, *_ = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
        assert int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20 - STACK_MEGABYTES < 400

    in_a_pool(release.store, what, size=1, deadline=10.0)


def test_workers_share_nothing_of_the_launcher(release):
    """Each is a copy of one process: neither what that has open nor what it drew by chance may be in them."""

    async def what(pool):
        starting = launcher_of(pool)
        open_there = {
            link.readlink() for link in Path(f"/proc/{starting}/fd").iterdir() if int(link.name) > sys.stderr.fileno()
        }
        drawn = set()
        for worker in pool._workers.values():
            held = {link.readlink() for link in Path(f"/proc/{worker.process.pid}/fd").iterdir()}
            assert held & open_there == set()
            told, body = await worker.channel.ask(line(Task("SELECT (UUID() AS ?u) (RAND() AS ?r) {}", results="csv")))
            assert not told.failed
            drawn.add(body)
        assert len(drawn) == pool.size == 4

    in_a_pool(release.store, what, size=4)


def test_who_has_ended_is_buried(release):
    async def what(pool):
        process = pool.process_ids[0]
        os.kill(process, signal.SIGKILL)
        while Path(f"/proc/{process}").exists():
            await asyncio.sleep(0.05)

    in_a_pool(release.store, what)


def test_a_machine_without_room_for_a_process_is_told_and_the_launcher_goes_on(monkeypatch):
    """The other end of the socket is in this process, with a kernel that refuses at first."""

    def refuse() -> int:
        raise BlockingIOError

    async def run():
        ours, theirs = socket.socketpair()
        with theirs, subprocess.Popen(["sleep", "60"]) as process:
            our_end = Launcher(Path("store"), 100)
            their_end = launcher.Launcher(theirs, lambda *_: None)
            our_end._listen(ours, process)
            for fork, outcome in ((refuse, BlockingIOError), (lambda: 4711, launching.Process)):
                monkeypatch.setattr("os.fork", fork)
                asked = asyncio.create_task(our_end.launch(theirs, 1.0))
                await asyncio.sleep(0)
                assert their_end._take_turn()
                (told,) = await asyncio.gather(asked, return_exceptions=True)
                assert isinstance(told, outcome)
            monkeypatch.undo()
            our_end._living.clear()  # no such process was ever started
            process.kill()
            await our_end.leave(None)

    asyncio.run(run())


@pytest.mark.parametrize("own", [None, "glibc.malloc.tcache_count=70"])
def test_the_c_library_of_a_worker_is_told_what_to_keep_at_hand(release, monkeypatch, own):
    ((name, usual),) = AT_HAND.items()
    monkeypatch.delenv(name, raising=False)
    if own is not None:
        monkeypatch.setenv(name, own)

    async def told(pool: Pool) -> list[bytes]:
        return [Path(f"/proc/{worker}/environ").read_bytes() for worker in pool.process_ids]

    for environment in in_a_pool(release.store, told):
        assert f"{name}={own or usual}".encode() in environment.split(b"\0")
