"""Work that lets others go first: what is done while a store is loaded, on which all that comes after waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import local
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_NICER = 5  # by which the kernel gives such work a third of what others have
_thread = local()


def standing_back(function: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T:
    """Call a function in a thread that lets others have the processor first, and does so from now on.

    Only root could take that back: give it to threads and processes that are there for such work.
    """
    if sys.platform == "linux" and not hasattr(_thread, "stands_back"):  # elsewhere, the whole process would
        _thread.stands_back = True
        os.nice(_NICER)
    return function(*args, **named)
