"""Where the command `miljograf` begins: the C library is told what to keep, which it reads once, at the very start."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

from endpoint.terminal import for_reading
from shapes.memory import AT_HAND, looked_through_no_more

_STREAMS = (0, 1, 2)
"""What is read from, written to, and told on, by number."""

_FILES = 8192
"""Files that are open at once: the engine wants a hundred, and each connection one or two."""


def run() -> None:
    """Run the command; where the C library reads more than it was told, as the same process begun anew."""
    _open_what_is_closed()
    _ask_for_files()
    if _reads_it() and AT_HAND.keys().isdisjoint(os.environ):
        with suppress(OSError):  # it is quicker so, and right without
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | AT_HAND)  # noqa: S606 - itself
    _write_all_letters()
    sys.stdout, sys.stderr = for_reading(sys.stdout), for_reading(sys.stderr)
    try:
        import_module("endpoint.cli").main()
    finally:
        looked_through_no_more()


def _open_what_is_closed() -> None:
    """Let what is read from or written to closed standard streams be nothing.

    The next file that is opened would else be the stream, and what is printed would be written into it.
    """
    for number in _STREAMS:
        try:
            os.fstat(number)
        except OSError:  # it is the lowest that is free, and the one that is given
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout, sys.stderr = (
        os.fdopen(number, "w", encoding="utf-8") if stream is None else stream
        for number, stream in zip(_STREAMS[1:], (sys.stdout, sys.stderr), strict=True)
    )


def _write_all_letters() -> None:
    """Let what goes into a file or to a program be UTF-8, and a terminal show what it can: none stops a command."""
    if not isinstance(sys.stdout, TextIOWrapper):  # somebody has put something else in its place
        return
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="replace")
    else:
        sys.stdout.reconfigure(encoding="utf-8")


def _ask_for_files() -> None:
    """Let as many files be open at once as the machine allows where it is asked, and not as few as where it is not."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    if soft < _FILES and soft != RLIM_INFINITY:
        with suppress(OSError, ValueError):  # some machines allow fewer than they say
            setrlimit(RLIMIT_NOFILE, (_FILES if hard == RLIM_INFINITY else min(_FILES, hard), hard))


def _reads_it() -> bool:
    """True where the C library is the GNU one."""
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False
