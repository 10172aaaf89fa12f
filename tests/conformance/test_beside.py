"""A release is the same, file by file, whether its build has processes beside it or not."""

from __future__ import annotations

from loaders import aside
from loaders.build import build
from ontology.base import Base


def test_a_release_is_the_same_with_processes_beside_its_build(few_built, tmp_path, monkeypatch):
    monkeypatch.setattr(aside, "MUCH", 0)
    made = build(tmp_path, Base("http://localhost:8000/"), few_built / "tables").release.path
    before = few_built / "data" / made.relative_to(tmp_path)
    files = [path.relative_to(made) for path in made.rglob("*") if path.is_file() and "store" not in path.parts]
    assert len(files) > 200
    differ = [str(file) for file in files if (made / file).read_bytes() != (before / file).read_bytes()]
    assert differ == ["release.json"]
