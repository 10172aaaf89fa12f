"""Faults in TOML files: each with its file, its line and its name, what is wrong in plain words, and what would do."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined

from loaders.diagram_mapping import Diagram
from loaders.live import KnownRelease, LiveSource, Note
from loaders.pxweb_mapping import Table
from loaders.told import told_of_fault
from loaders.toml_files import example_of, read_toml
from tests.fetching import fault_of

DOCS = Path(__file__).parents[1] / "docs"
TITLE = 'title = "Exempel: en tabell som inte finns"\n'

FAULTS = {
    TITLE: ("", "live.toml:5, example-emissions.title: it is missing; write it, such as title = "),
    "cadence_days = 365": (
        'cadence_days = "365"',
        "live.toml:14, example-emissions.cadence_days: it is to be a whole number, without quotation marks",
    ),
    "required = false": ("requierd = false", "requierd: there is no such line; is required meant?"),
    "at_once = 1": ("at_once = 0", "live.toml:17, example-emissions.at_once: it is to be at least 1"),
    "calls_per_second = 1": ("calls_per_second = 0", "calls_per_second: it is to be more than 0"),
    "most_bytes = 50_000_000": ("most_bytes = 5_000_000_000", "it is to be at most 1,000,000,000"),
    'title_lang = "sv"': ('title_lang = "se"', "title_lang: it is to be 'sv' or 'en'"),
    'id = "TAB0000"': ("id = 4698", "live.toml:22, example-emissions.table.id: it is to be a text, in quotation marks"),
    'area = "Region"\n': ("", 'example-emissions.table.area: it is missing; write it, such as area = "Region"'),
    'year = "Tid"': ('year = ""', "live.toml:27, example-emissions.table.year: it is empty"),
    'Sektor = "2"': ("Sektor = 2", "live.toml:29, example-emissions.table.values.Sektor: it is to be a text"),
    "note.en = ": ('note.de = "x"\nnote.en = ', "note.de: there is no such line; there are: sv, en"),
    "[example-emissions.table]": ("[example-emissions.tabel]", "tabel: there is no such line; is table meant?"),
    "[example-emissions]": ("[Mine]", "live.toml:5, Mine: a source cannot be called so: write small letters a–z"),
    "[example-emissions]\n": (
        "[vocabulary]\n",
        "live.toml:5, vocabulary: a source cannot be called so: the graph of the vocabulary is called so",
    ),
    "example-emissions]\n": ("example-emissions\n", "this is not TOML: "),
    "cadence_days = ": ("cadence_days: ", "(at line 14, column 13): cadence_days: 365; write name = value"),
    "required = fa": ("required = Fa", "required = False; write texts in quotation marks, and true and false in small"),
    "per_second = 1": ("per_second = 0,5", "0,5; a line says one thing, and decimals have a point, as in 0.5"),
}  # fmt: skip


@pytest.mark.parametrize("old", FAULTS)
def test_a_fault_is_told_with_its_line_in_plain_words_and_with_what_would_do(tmp_path, old):
    new, told = FAULTS[old]
    said = fault_of(Path(shutil.copy(DOCS / "pxweb-example.toml", tmp_path / "live.toml")), old, new)
    assert told in said
    assert not re.search(r"Input should|Field required|Extra inputs|String should", said)


def test_every_fault_is_told_on_a_line_of_its_own(tmp_path):
    file = Path(shutil.copy(DOCS / "pxweb-example.toml", tmp_path / "live.toml"))
    text = file.read_text(encoding="utf-8").replace(TITLE, "").replace('year = "Tid"\n', "")
    file.write_text(text, encoding="utf-8")
    first, second = fault_of(file, "at_once = 1\n", "at_once = 1\n").splitlines()
    assert first.startswith(f"{file}:5, example-emissions.title: ")
    assert second.startswith(f"{file}:19, example-emissions.table.year: ")


@pytest.mark.parametrize("model", [LiveSource, Note, KnownRelease, Table, Diagram])
def test_what_is_given_as_an_example_is_taken(model):
    for name, field in model.model_fields.items():
        if not field.is_required() or (name == "id" and model is LiveSource):
            continue
        written = model.EXAMPLES.get(name) or example_of(field)
        if "…" not in written:
            given = tomllib.loads(f"x = {written}")["x"]
            TypeAdapter(field.rebuild_annotation()).validate_python(given)
    assert PydanticUndefined not in model.EXAMPLES.values()
    assert model.EXAMPLES.keys() <= model.model_fields.keys()


def test_lines_are_those_of_the_file_whatever_stands_in_its_texts(tmp_path):
    file = tmp_path / "some.toml"
    file.write_text(
        'a = 1\nb.c = """\na = 2\n[d]\n"""\n[d."e.f"]\n\'g h\' = [\n  1,\n]\n[[i]]\nj = 1\n[[i]]\nj = 2\n',
        encoding="utf-8",
    )
    assert read_toml(file).lines == {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 2,
        ("d", "e.f"): 6,
        ("d", "e.f", "g h"): 7,
        ("i", "0"): 10,
        ("i", "0", "j"): 11,
        ("i", "1"): 12,
        ("i", "1", "j"): 13,
    }


@pytest.mark.parametrize(
    ("type_", "given", "sv"),
    [
        (int, "x", "det ska vara ett heltal"),
        (bool, "kanske", "det ska vara true eller false"),
        (dict, 1, "det ska vara en tabell: {nyckel = värde}"),
    ],
)
def test_plain_words_are_there_in_swedish_too(type_, given, sv):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(type_).validate_python(given)
    assert told_of_fault(caught.value.errors()[0]).sv.startswith(sv)
