"""Where the command `miljograf` begins: the C library is told what to keep, which it reads once, at the very start."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

from shapes.memory import AT_HAND, looked_through_no_more


def run() -> None:
    """Run the command; where the C library reads more than it was told, as the same process begun anew."""
    if _reads_it() and AT_HAND.keys().isdisjoint(os.environ):
        with suppress(OSError):  # it is quicker so, and right without
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | AT_HAND)  # noqa: S606 - itself
    try:
        import_module("endpoint.cli").main()
    finally:
        looked_through_no_more()


def _reads_it() -> bool:
    """True where the C library is the GNU one."""
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False
