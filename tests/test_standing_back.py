"""Work that lets others have the processor first."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_native_id

import pytest

from loaders.standing_back import standing_back
from shapes.gate import here_unless_begun


def niceness() -> int:
    """That of the thread that asks."""
    return os.getpriority(os.PRIO_PROCESS, get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own here")
def test_a_thread_stands_back_once_and_no_other_does():
    ours = niceness()
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        assert [one.submit(standing_back, niceness).result() for _ in range(3)] == [min(ours + 5, 19)] * 3
        assert one.submit(niceness).result() == min(ours + 5, 19)
        assert other.submit(niceness).result() == ours
    assert niceness() == ours


def test_what_it_is_given_is_called():
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(standing_back, sorted, [2, 1, 3], reverse=True).result() == [3, 2, 1]
        with pytest.raises(ZeroDivisionError):
            thread.submit(standing_back, divmod, 1, 0).result()


def test_what_nobody_has_begun_with_is_done_by_who_asks_for_it():
    begun, may_end = Event(), Event()

    def thread() -> int:
        begun.set()
        may_end.wait()
        return get_native_id()

    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(thread)
        begun.wait()
        second = beside.submit(get_native_id)
        assert here_unless_begun(second, get_native_id) == get_native_id()
        may_end.set()
        assert here_unless_begun(first, get_native_id) != get_native_id()
