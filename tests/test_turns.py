"""What is free goes to the networks in turn; none holds more than it may, and a full queue sends away who has most."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endpoint.workers.turns import OURS, NoTurn, Turns


def with_turns(what, items=0, **limits):
    """Run `what(turns)` with so many free items."""

    async def run():
        turns = Turns(**({"most_waiting": 10} | limits))
        for item in range(items):
            turns.put(item)
        return await what(turns)

    return asyncio.run(run())


def wait_for(turns, *networks):
    """A task for each network that waits in its turn, and has begun to."""
    return [asyncio.create_task(turns.take(network, patience=5), name=network) for network in networks]


async def settle():
    for _ in range(3):
        await asyncio.sleep(0)


async def limit_of(task) -> str:
    with pytest.raises(NoTurn) as caught:
        await task
    return caught.value.limit


def test_a_network_that_asks_once_is_served_before_the_third_of_one_that_asks_often():
    async def what(turns):
        waiting = wait_for(turns, "often", "often", "often", "once")
        await settle()
        served = []
        for item in range(4):
            turns.put(item)
            await settle()
            served.append(next(task.get_name() for task in waiting if task.done() and task.result() == item))
        return served

    assert with_turns(what) == ["often", "once", "often", "often"]


def test_a_network_holds_no_more_than_it_may_while_others_are_served():
    async def what(turns):
        assert await turns.take("a", 5) == 2
        (more,) = wait_for(turns, "a")
        await settle()
        assert await turns.take("b", 5) == 1
        assert not more.done()
        assert turns.free == [0]
        turns.give_back("a", is_fresh=True)
        assert await more == 0

    with_turns(what, items=3, per_network=1)


def test_a_network_that_gives_one_back_holds_the_others_still():
    async def what(turns):
        for _ in range(2):
            taken = await turns.take("a", 5)
        turns.put(taken)
        turns.give_back("a", is_fresh=True)
        await turns.take("a", 5)
        (more,) = wait_for(turns, "a")
        await settle()
        assert not more.done()
        more.cancel()

    with_turns(what, items=4, per_network=2)


def test_the_product_itself_has_no_limit_of_a_network():
    async def what(turns):
        assert [await turns.take(OURS, 5) for _ in range(2)] == [1, 0]

    with_turns(what, items=2, per_network=1)


def test_what_is_free_beyond_the_places_is_spare():
    async def what(turns):
        assert await turns.take("a", 5) == 2
        assert (turns.places_left, len(turns.free)) == (0, 2)
        assert await limit_of(turns.take("b", 0.01)) == "patience"
        turns.give_back("a", is_fresh=True)  # what it held is gone and is not put back
        assert await turns.take("b", 5) == 1

    with_turns(what, items=3, places=1)


def test_no_more_begin_at_once_than_may_and_what_is_held_for_long_keeps_nobody_from_beginning():
    async def what(turns):
        turns.most_fresh = 2
        assert [await turns.take(network, 5) for network in ("a", "b")] == [4, 3]
        assert turns.places_left == 0
        third, fourth = wait_for(turns, "a", "b")
        await settle()
        assert not third.done()
        turns.keep()  # the first
        await settle()
        assert third.result() == 2
        turns.give_back("a", is_fresh=False)
        await settle()
        assert not fourth.done()
        turns.give_back("b", is_fresh=True)
        await settle()
        assert fourth.result() == 1
        turns.most_fresh = 0
        assert await turns.take("a", 5) == 0

    with_turns(what, items=5)


def test_who_goes_away_in_the_moment_of_its_turn_keeps_nobody_from_beginning():
    async def what(turns):
        turns.most_fresh = 1
        (gone,) = wait_for(turns, "a")
        await settle()
        turns.put("worker")
        gone.cancel()
        await settle()
        assert turns.places_left == 1

    with_turns(what)


def test_what_is_used_last_is_used_first():
    async def what(turns):
        first = await turns.take("a", 5)
        turns.put(first)
        turns.give_back("a", is_fresh=True)
        assert await turns.take("a", 5) == first

    with_turns(what, items=3)


def test_nothing_free_in_time_is_told_apart_from_a_limit_of_the_network():
    async def what(turns):
        await turns.take("a", 5)
        assert await limit_of(turns.take("a", 0.01)) == "network"
        await turns.take("b", 5)
        assert await limit_of(turns.take("c", 0.01)) == "patience"
        assert turns.waiting == 0

    with_turns(what, items=2, per_network=1)


def test_a_full_queue_sends_the_last_away_of_the_network_that_waits_with_most():
    async def what(turns):
        often = wait_for(turns, "often", "often", "often")
        await settle()
        assert await limit_of(turns.take("often", 5)) == "share"
        (once,) = wait_for(turns, "once")
        assert await limit_of(often[-1]) == "share"
        assert await limit_of(turns.take("once", 5)) == "queue"  # two of it would be as many as the other has
        assert turns.waiting == 3
        assert not once.done()
        for task in (*often[:2], once):
            task.cancel()
        await settle()
        assert turns.waiting == 0

    with_turns(what, most_waiting=3)


@pytest.mark.parametrize(("often", "once", "makes_way"), [(1, 0, False), (2, 0, True), (2, 1, False), (3, 1, True)])
def test_one_makes_way_only_for_a_network_that_waits_with_no_more_then(often, once, makes_way):
    async def what(turns):
        before = wait_for(turns, *["often"] * often, *["once"] * once)
        await settle()
        (newcomer,) = wait_for(turns, "once")
        await settle()
        assert [task for task in before if task.done()] == (before[often - 1 : often] if makes_way else [])
        assert newcomer.done() is not makes_way
        for task in (*before, newcomer):
            task.cancel()
            with pytest.raises((NoTurn, asyncio.CancelledError)):
                await task

    with_turns(what, most_waiting=often + once)


def test_a_queue_that_is_full_of_several_networks_is_told_apart_from_one_that_is_full_of_a_single_network():
    async def what(turns):
        waiting = wait_for(turns, "a", "b")
        await settle()
        for network in ("a", "b", "c"):
            assert await limit_of(turns.take(network, 5)) == "queue"
        for task in waiting:
            task.cancel()

    with_turns(what, most_waiting=2)


def test_a_network_that_holds_all_it_may_is_told_that_rather_than_that_it_fills_the_queue():
    async def what(turns):
        await turns.take("a", 5)
        (waiting,) = wait_for(turns, "a")
        await settle()
        assert await limit_of(turns.take("a", 5)) == "network"
        waiting.cancel()

    with_turns(what, items=2, most_waiting=1, per_network=1)


def test_what_the_product_itself_waits_for_is_nobodys_share():
    async def what(turns):
        (waiting,) = wait_for(turns, OURS)
        await settle()
        assert await limit_of(turns.take(OURS, 5)) == "queue"
        waiting.cancel()

    with_turns(what, most_waiting=1)


def test_who_goes_away_in_the_moment_of_its_turn_leaves_it_to_the_next():
    async def what(turns):
        gone, stays = wait_for(turns, "a", "b")
        await settle()
        turns.put("worker")
        gone.cancel()
        await settle()
        assert gone.cancelled()
        assert await stays == "worker"

    with_turns(what, per_network=1)


def test_who_went_away_before_its_turn_and_has_not_come_to_say_so_is_passed_over():
    async def what(turns):
        gone, stays = wait_for(turns, "a", "b")
        await settle()
        gone.cancel()
        turns.put("worker")  # in the same turn of the loop
        await settle()
        assert gone.cancelled()
        assert await stays == "worker"
        assert turns.waiting == 0
        turns.put("another")
        assert await turns.take("a", 5) == "another"  # who went away holds nothing

    with_turns(what, per_network=1)


Step = st.tuples(st.sampled_from(["take", "done", "cancel", "put"]), st.integers(0, 3))
"""What happens, and to which network or task."""


@settings(max_examples=200, deadline=None)
@given(at_once=st.lists(st.lists(Step, min_size=1, max_size=4), max_size=30), per_network=st.integers(0, 2))
def test_whatever_happens_nothing_is_lost_and_no_limit_is_passed(at_once, per_network):
    async def what(turns):
        items, asked, held = 2, [], []
        for steps in at_once:
            for step, which in steps:
                if step == "take":
                    asked += wait_for(turns, f"network {which}")
                elif step == "put":
                    turns.put(items)
                    items += 1
                elif step == "done" and held:
                    task = held.pop(which % len(held))
                    turns.put(task.result())
                    turns.give_back(task.get_name(), is_fresh=True)
                elif step == "cancel" and asked:
                    asked[which % len(asked)].cancel()
            await settle()
            ended = [task for task in asked if task.done()]
            asked = [task for task in asked if not task.done()]
            held += [task for task in ended if not task.cancelled() and task.exception() is None]
            assert sorted([*turns.free, *(task.result() for task in held)]) == list(range(items))
            assert turns.waiting == len(asked) <= 3
            at_limit = {name for name, n in Counter(task.get_name() for task in held).items() if n == per_network}
            assert not per_network or max(Counter(task.get_name() for task in held).values(), default=0) <= per_network
            assert not turns.free or {task.get_name() for task in asked} <= at_limit
        for task in asked:
            task.cancel()
        await settle()

    with_turns(what, items=2, most_waiting=3, per_network=per_network)
