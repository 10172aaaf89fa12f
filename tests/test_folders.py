"""A folder ends with the process that made it, also where that one was killed."""

import subprocess
import sys

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
