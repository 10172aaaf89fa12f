"""What is kept of lines as they are written is what is found in them: nobody who goes through them can tell the two."""

from __future__ import annotations

import pickle
from itertools import pairwise
from random import Random

import msgspec
import pytest
from test_stretches import MEASURE, PERIOD, XSD, drawn, observed

from loaders import runs
from loaders.identifiers import identifiers_of
from loaders.runs import LinesOnDisk, Sorter
from ontology.base import Base
from shapes import kept, stretches
from shapes.classes import SUBCLASS_OF, TYPE, ClassTable
from shapes.series import Series
from shapes.stretches import gathered, keep_stretches, texts

BASE = Base("http://example.org/")
CLASSES = [f"<http://example.org/def/{name}>" for name in "abc"]


def typed(seed: int) -> list[str]:
    """Sorted lines of things on the base and elsewhere, most of them of classes, and of classes under others."""
    draw = Random(seed)
    lines = observed(seed) if seed % 2 else [*observed(seed), *drawn(seed)]
    here = [line.replace("<o/", "<http://example.org/o/", 1) for line in lines]
    of = {
        name: draw.sample(CLASSES, draw.choice([0, 1, 1, 1, 2]))
        for name in sorted({line.split(" ", 1)[0] for line in here})
    }
    if seed % 3:
        of |= dict.fromkeys((name for name in of if name.startswith("<http")), CLASSES[:1])
    said = [f"{name} {TYPE} {cls}" for name, classes in of.items() for cls in classes]
    under = [f"{lower} {SUBCLASS_OF} {upper}" for lower, upper in pairwise(CLASSES)]
    return sorted({*here, *said, *under})


def as_told(found) -> list:
    return [
        (one.first, one.last, [msgspec.structs.astuple(m) if isinstance(m, Series) else tuple(m) for m in one.members])
        for one in found
    ]


def sorted_on_disk(lines: list[str], folder, monkeypatch, watch=keep_stretches) -> LinesOnDisk:
    monkeypatch.setattr(runs, "MANY", 1)
    monkeypatch.setattr(runs, "MOST_HELD", len(lines) // 3)
    sorter = Sorter(folder, watch)
    for line in Random(1).sample(lines, len(lines)):
        sorter.take([line])
    written = sorter.lines()
    assert isinstance(written, LinesOnDisk)
    return written


@pytest.mark.parametrize("at_once", [1, 900, 1 << 20])
@pytest.mark.parametrize("of", [drawn, observed, typed])
@pytest.mark.parametrize("seed", range(15))
def test_what_is_kept_is_what_was_found(of, seed, at_once, tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_AT_ONCE", at_once)
    found = list(gathered(texts(of(seed))))
    kept.keep(found, tmp_path / "stretches")
    assert as_told(kept.read(tmp_path / "stretches")) == as_told(found)


@pytest.mark.parametrize("seed", range(15))
def test_lines_are_gathered_as_they_are_written(seed, tmp_path, monkeypatch):
    lines = typed(seed)
    written = sorted_on_disk(lines, tmp_path / "kept", monkeypatch)
    plain = sorted_on_disk(lines, tmp_path / "plain", monkeypatch, watch=None)
    assert written.gathered is not None
    assert plain.gathered is None
    assert (list(written), written.number, written.digest) == (list(plain), plain.number, plain.digest)
    assert list(written) == lines
    assert as_told(stretches.stretches(written)) == as_told(gathered(texts(lines)))


def test_who_has_them_does_not_read_the_lines(tmp_path, monkeypatch):
    """Another process is told where they are, and goes through them; the lines are not there any more."""
    lines = typed(1)
    written = pickle.loads(pickle.dumps(sorted_on_disk(lines, tmp_path, monkeypatch)))
    written.path.unlink()
    assert as_told(stretches.stretches(written)) == as_told(gathered(texts(lines)))


def test_years_are_held_once(tmp_path):
    kept.keep(gathered(texts(observed(3) + observed(5))), tmp_path / "stretches")
    years = [
        year
        for one in kept.read(tmp_path / "stretches")
        for member in one.members
        if isinstance(member, Series)
        for year in member.years
    ]
    assert len(years) > len({id(year) for year in years}) == len(set(years))


@pytest.mark.parametrize("seed", range(20))
def test_identifiers_are_those_of_the_lines(seed):
    lines = typed(seed)
    said: dict[str, set[str]] = {}
    for line in lines:
        name, _, tail = line.partition(" ")
        of_it = said.setdefault(name[1:-1], set())
        if tail.startswith(f"{TYPE} <"):
            of_it.add(BASE.canonical(tail[len(TYPE) + 2 : -1]))
    here = {iri[len(BASE.iri) :]: tuple(sorted(of)) for iri, of in said.items() if iri.startswith(BASE.iri)}
    found, elsewhere = identifiers_of(BASE, {"a": lines[::2], "b": lines[1::2]})
    assert found == here
    assert list(found) == sorted(found)
    assert elsewhere == {iri for iri in said if not iri.startswith(BASE.iri)}


@pytest.mark.parametrize("seed", range(20))
def test_classes_are_those_of_the_lines(seed):
    lines = typed(seed)
    table = ClassTable(map(stretches.stretches, (lines[::2], lines[1::2])))
    said: dict[str, set[str]] = {}
    for line in lines:
        name, _, tail = line.partition(" ")
        of_it = said.setdefault(name, set())
        if tail.startswith(f"{TYPE} "):
            of_it.add(tail[len(TYPE) + 1 :])
    assert {name: table.of(name) for name in said} == {name: tuple(sorted(of)) for name, of in said.items()}
    assert sorted(table.under) == [line for line in lines if f" {SUBCLASS_OF} " in line]
    assert table.with_those_above((CLASSES[0],)) == set(CLASSES)


def test_who_still_reads_what_is_written_anew_goes_on_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_AT_ONCE", 1)
    before = sorted_on_disk(typed(1), tmp_path, monkeypatch)
    reading = stretches.stretches(before)
    begun = [next(reading)]
    sorted_on_disk(typed(2), tmp_path, monkeypatch)
    assert as_told([*begun, *reading]) == as_told(gathered(texts(typed(1))))


def test_what_nobody_watches_is_written_too(tmp_path, monkeypatch):
    lines = typed(1)
    monkeypatch.setattr(runs, "_WRITTEN_AT_ONCE", 10)
    written = sorted_on_disk(lines, tmp_path, monkeypatch, watch=lambda coming, _file: next(coming))
    assert list(written) == lines


def test_a_value_that_is_very_long_is_kept_too(tmp_path):
    lines = [
        f'<o/{year}> {term} "{value}"{XSD}{datatype}>'
        for year in range(2000, 2005)
        for term, value, datatype in ((PERIOD, year, "gYear"), (MEASURE, "1" * (year - 1965), "decimal"))
    ]
    kept.keep(gathered(texts(lines)), tmp_path / "gathered")
    assert [
        f"{thing.name} {tail}"
        for one in kept.read(tmp_path / "gathered")
        for thing in one.each()
        for tail in thing.tails
    ] == lines
