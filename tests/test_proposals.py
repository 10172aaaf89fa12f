"""Proposed mappings as files: what is written is read again, and whatever is wrong is named with line and column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import proposals, sssom
from loaders.mappings import Relation
from loaders.proposals import BLANK, COLUMNS, Proposal, Written, check, read, write
from ontology import iri
from ontology.base import Base
from ontology.schemes import JustificationConfidence, Strength
from ontology.text import Text

BASE = Base("http://localhost:8000/")
KNOWN = frozenset(
    iri.Key(*one)
    for one in [
        ("objective", "7"), ("strand", "GEN-3"), ("generational-goal", "GEN"), ("milestone-target", "KL2"),
        ("sdg-goal", "14"), ("sdg-target", "14.1"), ("specification", "7-1"), ("sdg-indicator", "2020-14.1.1"),
    ]
)  # fmt: skip
SOUND = Written(
    "objective:7",
    "sdg:14.1",
    "contributes-to",
    "direct",
    "Mindre kväve når havet.",
    "Less nitrogen reaches the sea.",
    "high",
    ("specification:7-1",),
    "https://example.org/a?b=c",
    "p. 5",
    "Nån AB",
    "2026-11-26",
)


def file_of(*found: Proposal) -> bytes:
    return write(found, BASE, "2026-11-24-0", "http://localhost:8000/en/mapping/propose", lambda key: key.key)


def sound(**changes: object) -> Proposal:
    proposal, faults = check(replace(SOUND, **changes), KNOWN)  # type: ignore[arg-type]
    assert faults == []
    assert proposal is not None
    return proposal


def with_cells(content: bytes, **cells: str) -> bytes:
    """A file of one proposal with other cells in its row."""
    lines = content.decode().splitlines()
    row = dict(zip(COLUMNS, lines[-1].split("\t"), strict=True)) | cells
    return "\n".join([*lines[:-1], "\t".join(row.values()), ""]).encode()


def places(content: bytes) -> list[tuple[int | None, str | None]]:
    return [(fault.line, fault.column) for fault in read(content, KNOWN).faults]


MULTIPLIED = [f"#a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 30)}]}}" for n in range(1, 9)]
BOMB = "\n".join(["#curie_map: {}", "#a0: &a0 {k: v}", *MULTIPLIED, "subject_id", ""]).encode()
"""A head of 1,300 characters that says 30 to the power of 8 things."""

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=60).map(
    lambda text: " ".join(text.split()).lstrip("=+-@ ")
)
some = st.builds(
    Proposal,
    st.sampled_from([key for key in KNOWN if key.kind in proposals.SUBJECT_KINDS]),
    st.sampled_from([key for key in KNOWN if key.kind in proposals.OBJECT_KINDS]),
    st.sampled_from(Relation),
    st.sampled_from([None, *Strength]),
    st.builds(Text, words.filter(str.isprintable).filter(bool), words.filter(str.isprintable)),
    st.sampled_from([None, *JustificationConfidence]),
    st.sets(st.sampled_from([key for key in KNOWN if key.kind in proposals.BASIS_KINDS])).map(tuple),
    st.sampled_from(["", "https://example.org/å"]),
    words.filter(str.isprintable),
    words.filter(str.isprintable),
    st.sampled_from(["", "2026-11-26"]),
)


@given(st.lists(some, unique_by=lambda one: one.pair))
def test_what_is_written_is_read_again(found: list[Proposal]) -> None:
    reading = read(file_of(*found), KNOWN)
    assert reading.faults == ()
    assert list(reading.proposals.values()) == found


def test_a_file_of_another_base_and_with_other_prefixes_is_read_as_well() -> None:
    content = file_of(sound()).replace(b"http://localhost:8000/", b"https://data.example.se/")
    content = content.replace(b"#  objective:", b"#  o:").replace(b"\nobjective:7", b"\no:7")
    reading = read(content, KNOWN)
    assert reading.faults == ()
    assert list(reading.proposals.values()) == [sound()]


def test_a_slot_of_the_head_holds_for_every_row() -> None:
    lines = file_of(sound()).decode().splitlines()
    column = COLUMNS.index("author_label")
    table = ["\t".join(cell for place, cell in enumerate(line.split("\t")) if place != column) for line in lines[-2:]]
    head = [*lines[:-2], "#author_label: Nån AB"]
    reading = read("\r\n".join([*head, *table]).encode(), KNOWN)
    assert [one.author for one in reading.proposals.values()] == ["Nån AB"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"subject_id": "objective:17"}, "subject_id"),
        ({"subject_id": "objective:8"}, "subject_id"),
        ({"subject_id": "indicator:kolada-N00401"}, "subject_id"),
        ({"object_id": "sdg:18"}, "object_id"),
        ({"object_id": "objective:7"}, "object_id"),
        ({"object_id": ""}, "object_id"),
        ({"predicate_id": "skos:exactMatch"}, "predicate_id"),
        ({"ext_strength": "strong"}, "ext_strength"),
        ({"ext_justification_confidence": "0.9"}, "ext_justification_confidence"),
        ({"ext_justification_sv": "", "ext_justification_en": ""}, "ext_justification_sv"),
        ({"ext_justification_sv": "x" * 2001}, "ext_justification_sv"),
        ({"ext_justification_sv": '=HYPERLINK("a")'}, "ext_justification_sv"),
        ({"ext_justification_sv": "till\u202evänster"}, "ext_justification_sv"),
        ({"see_also": "http://localhost:8000/id/specification/7-9"}, "see_also"),
        ({"see_also": "https://example.org/"}, "see_also"),
        ({"see_also": "|".join(["http://localhost:8000/id/specification/7-1"] * 1000)}, "see_also"),
        ({"mapping_provider": "javascript:alert(1)"}, "mapping_provider"),
        ({"mapping_provider": "https://"}, "mapping_provider"),
        ({"mapping_date": "2026-02-30"}, "mapping_date"),
        ({"ext_standing": "published"}, "ext_standing"),
        ({"ext_standing": "editorial"}, "ext_standing"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_column(cells: dict[str, str], column: str) -> None:
    content = with_cells(file_of(sound()), **cells)
    line = content.decode().rstrip("\n").count("\n") + 1
    assert places(content) == [(line, column)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "curie_map"),
        (b"\xff\xfe", "not UTF-8"),
        (b"#a: [\nsubject_id\n", "no YAML"),
        (b"#curie_map: 3\nsubject_id\n", "curie_map"),
        (b"#" + b"x" * 30_000, "more than 20000 characters"),
        (BOMB, "the head has aliases"),
        (
            file_of().replace(b"#  mg: http://localhost:8000/spec/", b"#  mg: [http://localhost:8000/spec/]"),
            "mg is not",
        ),
        (file_of().replace(b"/spec/", b"/other/"), "mg is"),
        (file_of().replace(b"mg: http://localhost:8000/", b"mg: ftp://a/"), "base IRI 'ftp://a/'"),
        (file_of().replace(b"object_id\t", b""), "this column is missing"),
        (file_of(sound()) + b"a\tb\n", "the row has 2 cells"),
        (file_of(sound()) + b'"a\n', "this is no table"),
        (b"%PDF-1.7\n%\xc3\xa4\n", "curie_map"),
    ],
)
def test_what_is_no_file_of_proposals_is_told_in_words(content: bytes, said: str) -> None:
    reading = read(content, KNOWN)
    assert reading.proposals == {} or "cells" in said or "table" in said
    assert any(said in fault.message.en for fault in reading.faults)


@pytest.mark.parametrize("name", ["c{}", "c"])
def test_a_table_of_more_columns_than_any_has_is_refused_at_once(name: str) -> None:
    columns = "\t".join(name.format(number) for number in range(80_000))
    (fault,) = sssom.read(f"#curie_map: {{}}\n{columns}\n{columns}\n".encode(), ["subject_id"]).faults
    assert fault.line == 2
    assert "the table has 80000 columns, and at most 200 are read" in fault.message.en


@pytest.mark.parametrize("head", ["#curie_map: {}\n", ""])
def test_after_fifty_faults_the_rest_is_not_read(head: str) -> None:
    content = f"{head}subject_id\tobject_id\n" + "x\n" * 300_000
    faults = sssom.read(content.encode(), ["subject_id"]).faults
    *_, before, last = faults
    assert len(faults) == 50
    assert "the row has 1 cells" in before.message.en
    assert "more faults, and the rest is not read" in last.message.en
    assert last.line == (before.line or 0) + 1


def test_fifty_faults_are_told_all() -> None:
    faults = sssom.read(("#curie_map: {}\nsubject_id\tobject_id\n" + "x\n" * 50).encode(), ["subject_id"]).faults
    assert [fault.line for fault in faults] == list(range(3, 53))


def test_no_more_rows_are_looked_at_than_a_file_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    proposed = proposals._proposed
    monkeypatch.setattr(proposals, "_proposed", lambda line, *more: looked_at.append(line) or proposed(line, *more))
    content = file_of(sound())
    (fault,) = read(content + (content.splitlines()[-1] + b"\n") * 1000, KNOWN).faults
    assert "more than 100 proposals" in fault.message.en
    assert len(looked_at) == 101


@pytest.mark.parametrize("number", ["0x" + "f" * 9000, "1" + ":59" * 4000, "0b" + "1" * 19_000])
@pytest.mark.parametrize("line", ["#comment: {}", "#comment: !!int {}", "#? {}\n#: a", "#curie_map: {{a: {}}}"])
def test_a_number_in_the_head_that_is_too_long_to_be_written_is_a_text(line: str, number: str) -> None:
    reading = sssom.read(f"{line.format(number)}\nsubject_id\n".encode(), ())
    assert number in {**reading.shared, **reading.prefixes}.values() or number in reading.shared


def test_what_the_head_leaves_empty_says_nothing() -> None:
    slots = ["a:", "b: ~", "c: null", "d: 1.10", "e: yes", "f: ''", "g: [1]"]
    reading = sssom.read("\n".join([*(f"#{slot}" for slot in slots), "subject_id"]).encode(), ())
    assert reading.shared == {"d": "1.10", "e": "yes", "f": ""}


@pytest.mark.parametrize("unit", ["[", "[a,", "{a: ", "- ", "? "])
def test_a_head_of_lists_within_lists_is_not_read_to_its_end(unit: str) -> None:
    head = unit * (18_000 // len(unit))
    fault, *_ = sssom.read(f"#{head}\nsubject_id\n".encode(), ()).faults
    assert fault.line == 1
    assert "deeper than 20" in fault.message.en


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_there_is_an_answer(content: bytes) -> None:
    assert read(content, KNOWN).faults


def test_a_date_in_the_head_is_read_however_yaml_takes_it() -> None:
    content = file_of(sound(stated="")).replace(b"#curie_map:", b"#mapping_date: 2026-11-20\n#curie_map:")
    lines = content.decode().splitlines()
    column = COLUMNS.index("mapping_date")
    table = ["\t".join(cell for place, cell in enumerate(line.split("\t")) if place != column) for line in lines[-2:]]
    reading = read("\n".join([*lines[:-2], *table]).encode(), KNOWN)
    assert [one.stated for one in reading.proposals.values()] == ["2026-11-20"]


def test_the_same_pair_twice_is_named_with_the_line_of_the_first() -> None:
    content = file_of(sound())
    row = content.splitlines()[-1]
    reading = read(content + row + b"\n", KNOWN)
    (fault,) = reading.faults
    assert fault.column == "object_id"
    assert f"line {len(content.splitlines())}" in fault.message.en


def test_a_file_has_a_hundred_proposals_at_most() -> None:
    content = file_of(sound())
    row = content.splitlines()[-1] + b"\n"
    (fault,) = read(content + row * 100, KNOWN).faults
    assert "more than 100 proposals" in fault.message.en


def test_a_proposal_needs_a_reason_in_one_language_and_no_more() -> None:
    assert sound(justification_en="", strength="", confidence="", rests_on=(), page="", comment="", author="")
    _, faults = check(BLANK, KNOWN)
    assert [name for name, _ in faults] == ["subject", "object", "relation", "justification_sv"]


def test_every_fault_is_told_in_both_languages() -> None:
    _, faults = check(Written("a:b", "c:d", "e", "f", "", "", "g", ("h:i",), "j", "", "", "k"), KNOWN)
    assert len(faults) == 9
    assert all(said.sv and said.en and said.sv != said.en for _, said in faults)


def test_a_file_says_that_it_is_a_proposal_and_what_its_prefixes_are() -> None:
    reading = sssom.read(file_of(sound()), ())
    assert "await review" in reading.shared["mapping_set_description"]
    assert set(reading.prefixes) == {"objective", "mg", "sdg", "semapv"}
    assert reading.lines[0].cells["ext_standing"] == "proposed"
    assert reading.lines[0].cells["see_also"] == "http://localhost:8000/id/specification/7-1"
