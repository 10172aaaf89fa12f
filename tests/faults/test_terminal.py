"""What a hostile file or answer says is shown on a terminal, and not obeyed by it."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys

from fastapi import FastAPI

from endpoint.server import configure
from endpoint.settings import Settings
from endpoint.terminal import for_reading

RED = "\x1b[31mred\x07\x9b2J\rover\b"
SHOWN = r"\x1b[31mred\x07\x9b2J\x0dover\x08"
RUN = "from endpoint.start import run; run()"


def on_a_terminal(*arguments: str) -> str:
    """What the command shows on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", RUN, *arguments], stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        try:
            while some := os.read(ours, 4096):
                shown += some
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return shown.decode()


def test_what_a_file_is_refused_with_is_no_command_to_the_terminal(tmp_path):
    (tmp_path / "bad.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="\x1b[2J"/>'
    )
    shown = on_a_terminal("validate", str(tmp_path / "bad.rdf"))
    assert r"\x1b[2J" in shown
    assert "\x1b" not in shown


def test_lines_and_tabs_stay_and_so_do_all_letters():
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal, os.fdopen(ours, "rb", buffering=0) as shown:
        stream = for_reading(terminal)
        stream.write(f"å\t€😀{RED}\n")
        stream.buffer.write(b"a,b\r\n")
        assert stream.isatty()
        stream.flush()
        told = b""
        while not told.endswith(b"\r\r\n"):
            told += shown.read(200)
        assert told.decode() == f"å\t€😀{SHOWN}\r\na,b\r\r\n"  # a terminal puts CR before LF


def test_what_is_no_terminal_is_left_as_it_is(tmp_path):
    with (tmp_path / "file").open("w") as file:
        assert for_reading(file) is file
    text = io.StringIO()
    assert for_reading(text) is text


def test_what_the_server_tells_has_no_colours_that_a_terminal_would_show_as_letters():
    told = configure(FastAPI(), Settings())
    assert told.use_colors is False
