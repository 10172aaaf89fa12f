"""What is removed is gone, whatever still writes there, and a build tells what stopped it."""

from __future__ import annotations

import errno
import shutil

import pytest

from loaders import build, disk
from loaders.release import Releases

NOT_EMPTY = OSError(errno.ENOTEMPTY, "Directory not empty", "store")


def test_a_folder_into_which_something_is_written_still_is_removed(tmp_path, monkeypatch):
    folder, whole, late = tmp_path / "staging", shutil.rmtree, iter(range(2))
    folder.mkdir()

    def rmtree(path):
        for number in late:
            (path / f"{number}.sst").touch()
            raise NOT_EMPTY
        whole(path)

    monkeypatch.setattr("shutil.rmtree", rmtree)
    disk.remove(folder)
    assert not folder.exists()


def test_what_stopped_a_build_is_told_where_the_rest_cannot_be_removed(tmp_path, monkeypatch):
    def stopped():
        with build._swept(Releases(tmp_path)):
            monkeypatch.setattr(disk, "remove", not_empty)
            raise RuntimeError("there is no room")

    def not_empty(_):
        raise NOT_EMPTY

    with pytest.raises(RuntimeError, match="there is no room"):
        stopped()
