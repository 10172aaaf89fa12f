"""The command begins anew where the C library reads, as a process begins, what it is to keep at hand."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from endpoint import start
from shapes.memory import AT_HAND

((NAME, VALUE),) = AT_HAND.items()
TOLD = f"import os; print(os.environ.get({NAME!r})); from endpoint.start import run; run()"


def lines_of(**environment: str) -> list[str]:
    """What the command prints about its verbs, and before it, each time that it begins, what it was told."""
    others = {name: value for name, value in os.environ.items() if name != NAME}
    command = [sys.executable, "-c", TOLD, "--help"]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=others | environment)
    return ended.stdout.splitlines()


@pytest.mark.skipif(not start._reads_it(), reason="the C library is not the GNU one")
def test_the_command_begins_anew_once():
    told = lines_of()
    assert told[:2] == ["None", VALUE]
    assert told[2].startswith("Usage: ")


def test_what_an_operator_tells_the_library_counts():
    own = "glibc.malloc.tcache_count=70"
    told = lines_of(**{NAME: own})
    assert told[0] == own
    assert told[1].startswith("Usage: ")


def test_what_is_printed_to_closed_streams_is_not_written_into_the_next_file_that_is_opened(tmp_path):
    prints = (
        "import os, sys; from endpoint import start; start._open_what_is_closed(); file = open(sys.argv[1], 'wb');"
        "print('out'); print('told', file=sys.stderr); os.write(1, b'out'); os.write(2, b'told'); sys.stdout.fileno()"
    )
    closing = ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', sys.executable, "-c", prints, str(tmp_path / "file")]
    assert subprocess.run(closing, check=False).returncode == 0
    assert (tmp_path / "file").read_bytes() == b""


def test_what_is_written_to_a_program_is_utf_8_whatever_the_letters_of_a_terminal_are():
    tells = "from endpoint import start; start._write_all_letters(); print('\\u00e5 \\u2013')"
    plain = {**os.environ, "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    plain.pop("PYTHONIOENCODING", None)
    ended = subprocess.run([sys.executable, "-c", tells], check=True, capture_output=True, env=plain)
    assert ended.stdout.decode("utf-8") == "å \N{EN DASH}\n"


def test_a_terminal_that_lacks_a_letter_shows_another():
    tells = "from endpoint import start; start._write_all_letters(); print('snow \\u2603')"
    ours, theirs = os.openpty()
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    subprocess.run([sys.executable, "-c", tells], check=True, stdout=theirs, env=plain)
    os.close(theirs)
    assert os.read(ours, 100).rstrip() == b"snow ?"
    os.close(ours)


@pytest.mark.parametrize(("few", "allowed", "taken"), [(64, 300, 300), (64, 20_000, 8192), (9000, 20_000, 9000)])
def test_as_many_files_may_be_open_as_the_machine_allows_where_it_is_asked(few, allowed, taken):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < allowed:
        pytest.skip("the machine allows fewer")
    tells = (
        f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, ({few}, {allowed})); from endpoint import start;"
        "start._ask_for_files(); print(*r.getrlimit(r.RLIMIT_NOFILE))"
    )
    ended = subprocess.run([sys.executable, "-c", tells], check=True, capture_output=True, text=True)
    assert ended.stdout.split() == [str(taken), str(allowed)]


@pytest.mark.parametrize("lacks", ["the library", "an interpreter to begin with"])
def test_the_command_runs_where_it_cannot_begin_anew(monkeypatch, lacks):
    def no_such(name: str) -> str:
        raise ValueError(name)

    monkeypatch.delenv(NAME, raising=False)
    if lacks == "the library":
        monkeypatch.setattr(os, "confstr", no_such)
    else:
        monkeypatch.setattr(sys, "executable", "/no/such/interpreter")
    monkeypatch.setattr(sys, "argv", ["miljograf", "--help"])
    with pytest.raises(SystemExit) as ended:
        start.run()
    assert ended.value.code == 0
