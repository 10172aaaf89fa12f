"""What is removed is gone, whatever still writes there, and a build tells what stopped it."""

from __future__ import annotations

import errno
import shutil
import stat

import pytest

from loaders import build, disk
from loaders.release import Releases

NOT_ALLOWED = PermissionError(errno.EACCES, "Permission denied", "store")
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


def test_a_folder_that_its_owner_may_not_look_into_is_removed_all_the_same(tmp_path, monkeypatch):
    closed, whole = tmp_path / "staging" / "release" / "store", shutil.rmtree
    closed.mkdir(parents=True)
    closed.chmod(0)

    def rmtree(path):
        if closed.exists() and not closed.stat().st_mode & stat.S_IRWXU:
            raise NOT_ALLOWED
        whole(path)

    monkeypatch.setattr("shutil.rmtree", rmtree)
    disk.remove(tmp_path / "staging")
    assert not (tmp_path / "staging").exists()


def test_of_what_cannot_be_removed_the_place_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.rmtree", not_allowed)
    with pytest.raises(PermissionError) as told:
        disk.remove(tmp_path)
    assert told.value.filename == str(tmp_path)


def test_a_release_that_was_published_is_not_unsaid_where_the_rest_cannot_be_removed(tmp_path, monkeypatch):
    with build._swept(Releases(tmp_path)):
        monkeypatch.setattr(disk, "remove", not_allowed)


def test_nothing_is_left_of_a_file_that_the_disk_has_no_room_for(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "measures.csv").write_text("old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        disk.replace(tmp_path / "measures.csv", b"new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("measures.csv", "old")]


def not_allowed(_):
    raise NOT_ALLOWED


def test_what_stopped_a_build_is_told_where_the_rest_cannot_be_removed(tmp_path, monkeypatch):
    def stopped():
        with build._swept(Releases(tmp_path)):
            monkeypatch.setattr(disk, "remove", not_empty)
            raise RuntimeError("there is no room")

    def not_empty(_):
        raise NOT_EMPTY

    with pytest.raises(RuntimeError, match="there is no room"):
        stopped()
