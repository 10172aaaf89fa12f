"""A folder ends with the process that made it, also where that one was killed."""

import fcntl
import os
import subprocess
import sys
import tempfile
from threading import Timer

import pytest

from endpoint import folders
from endpoint.folders import folder_of_its_own

HOLDS = """
import sys
from pathlib import Path
from endpoint.folders import folder_of_its_own
with folder_of_its_own("test-", Path(sys.argv[1])) as folder:
    (folder / "answer").write_text("long")
    print("ready", flush=True)
    sys.stdin.read()
"""


def holding(place):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def test_what_a_killed_process_leaves_is_removed_and_what_another_holds_is_not(tmp_path):
    (tmp_path / "test-just-made").mkdir()
    (tmp_path / "other-name").mkdir()
    with holding(tmp_path) as living, holding(tmp_path) as killed:
        killed.kill()
        killed.wait()
        assert len(list(tmp_path.glob("test-*/answer"))) == 2
        with folder_of_its_own("test-", tmp_path) as own:
            (held,) = tmp_path.glob("test-*/answer")
            assert {folder.name for folder in tmp_path.iterdir()} == {
                own.name,
                held.parent.name,
                "test-just-made",
                "other-name",
            }
        living.stdin.close()
        living.wait()
    assert {folder.name for folder in tmp_path.iterdir()} == {"test-just-made", "other-name"}


def test_a_folder_is_held_where_somebody_looks_just_then_whether_it_is(tmp_path, monkeypatch):
    letting_go = []

    class LookedAt(tempfile.TemporaryDirectory):
        def __enter__(self):
            looking = os.open(self.name, os.O_RDONLY)
            fcntl.flock(looking, fcntl.LOCK_EX)
            letting_go.append(Timer(0.1, os.close, [looking]))
            letting_go[0].start()
            return super().__enter__()

    monkeypatch.setattr(folders, "TemporaryDirectory", LookedAt)
    with folder_of_its_own("test-", tmp_path) as folder:
        letting_go[0].join()
        descriptor = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)
