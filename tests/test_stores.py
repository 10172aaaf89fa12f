"""A store is opened whatever its folder is called, and whatever a terminal writes names in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.stores import opened, size_of

OPENS = "import os, sys; from ontology.stores import opened; print(len(opened(sys.argv[1])))"


@pytest.mark.parametrize("folder", ["lö och hav", "a \"b\" 'c'", "ny\nrad"])
def test_a_store_is_opened_where_a_terminal_has_no_letters_but_those_of_english(tmp_path, folder):
    store = ox.Store(str(tmp_path / folder))
    store.add(ox.Quad(ox.BlankNode(), ox.NamedNode("urn:x-test:p"), ox.Literal("x")))
    store.flush()
    del store
    plain = {**os.environ, "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", OPENS, str(tmp_path / folder)]
    assert subprocess.run(command, check=True, capture_output=True, text=True, env=plain).stdout == "1\n"


def test_a_folder_whose_name_is_not_in_utf_8_is_told_of(tmp_path):
    with pytest.raises(OSError, match="is not UTF-8, and the engine opens no other"):
        opened(os.fsdecode(os.fsencode(tmp_path) + b"/l\xf6"))


def test_a_table_that_the_engine_removes_while_it_is_measured_has_no_bytes(tmp_path):
    (tmp_path / "000009.sst").write_bytes(b"12345")
    (tmp_path / "000012.sst").symlink_to(tmp_path / "merged")  # it is listed, and not there when it is looked at
    (tmp_path / "000014.log").write_bytes(b"123")
    assert size_of(tmp_path) == 5


def test_nothing_opens_one_in_another_way():
    root = Path(__file__).parents[1]
    modules = [
        module
        for package in ("endpoint", "loaders", "shapes", "queries", "ontology")
        for module in root.joinpath(package).rglob("*.py")
    ]
    opening = [
        module.relative_to(root).as_posix()
        for module in modules
        if "Store.read_only" in module.read_text(encoding="utf-8")
    ]
    assert opening == ["ontology/stores.py"]
