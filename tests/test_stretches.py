"""Lines are taken apart thing by thing, whatever lies at the borders of what is read at a time."""

from __future__ import annotations

import tracemalloc
from itertools import groupby
from random import Random

import pytest

from loaders.runs import LinesOnDisk
from ontology.namespaces import QB, SDMXDimension, SDMXMeasure
from shapes import stretches
from shapes.series import Series, Thing
from shapes.stretches import by_stretch, gathered, stretches_again, tails
from shapes.things import by_property, with_property

THINGS = ["<a>", "<a/b>", "<a/b>c", "<ab>", "_:a", "_:a1", "_:b", "<å>", "<a/1>", "<a/10>", "<a/2>"]
PROPERTIES = ["<p>", "<p/1>", "<q>"]
PERIOD, MEASURE, DATA_SET = f"<{SDMXDimension.refPeriod}>", f"<{SDMXMeasure.obsValue}>", f"<{QB.dataSet}>"
XSD = "^^<http://www.w3.org/2001/XMLSchema#"
VALUES = ["1", "-2.50", "0", "0.0", "-0", "007", "1e3", "", "+1", "2020", r"1\"", "12"]


def drawn(seed: int) -> list[str]:
    """Sorted lines about some things, of which one has many."""
    draw = Random(seed)
    many = [f"{draw.choice(THINGS)} <p> {number}" for number in range(draw.choice([0, 30]))]
    said = (f'{draw.choice(THINGS)} {draw.choice(PROPERTIES)} "{draw.randrange(9)} a b"' for _ in range(40))
    few = list(said)[: draw.randrange(40)]
    return sorted({*many, *few, *([f"<many> <p> {number}" for number in range(50)] if seed % 2 else [])})


def observed(seed: int) -> list[str]:
    """Sorted lines about observations, most of them alike, and some that are not."""
    draw = Random(seed)
    lines = []
    for area in draw.sample(["01", "0180", "1280", "2020", "SE"], draw.randrange(3, 6)):
        for part in draw.choice([[""], ["/k", "/m", "/t"], ["/2020", "/2021"]]):
            first = draw.randrange(1995, 2015)
            for year in range(first, first + draw.randrange(1, 12)):
                usual = draw.random() < 0.95
                said = [
                    f"{DATA_SET} <d/{draw.choice('ab') if not usual else 'a'}>",
                    f'{PERIOD} "{year if usual else year + draw.randrange(2)}"{XSD}gYear>',
                    f'{MEASURE} "{draw.randrange(-99, 99) / 4 if usual else draw.choice(VALUES)}"{XSD}decimal>',
                    *([f'<status> "{draw.choice("pm")} {year}"'] if draw.random() < 0.1 else []),
                    *([f'{MEASURE} "1"{XSD}decimal>'] if draw.random() < 0.03 else []),
                    *([f"<z> <o/{area}/{year}{part}>"] if draw.random() < 0.03 else []),
                ]
                lines += [f"<o/{area}/{year}{part}> {tail}" for tail in said]
    return sorted(set(lines))


def one_by_one(lines: list[str]) -> list[Thing]:
    parted = (line.split(" ", 1) for line in lines)
    return [Thing(name, [tail for _, tail in of_it]) for name, of_it in groupby(parted, key=lambda two: two[0])]


@pytest.mark.parametrize("of", [drawn, observed])
@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 5000])
def test_each_thing_has_all_its_tails(of, seed, at_once, monkeypatch):
    monkeypatch.setattr(stretches, "_LINES_AT_ONCE", at_once)
    lines = of(seed)
    assert list(tails(iter(lines))) == one_by_one(lines)


@pytest.mark.parametrize("seed", range(10))
def test_lines_on_the_disk_say_the_same(seed, tmp_path):
    lines = sorted(f"<x{number}{line[1:]}" for number in range(200) for line in observed(seed))
    file = tmp_path / "lines"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert list(tails(LinesOnDisk(file, len(lines), ""))) == one_by_one(lines)


@pytest.mark.parametrize("of", [drawn, observed])
@pytest.mark.parametrize("seed", range(10))
def test_what_lines_say_is_told_as_often_as_asked_and_of_a_sequence_it_is_found_once(of, seed, tmp_path, monkeypatch):
    lines = of(seed)
    file = tmp_path / "lines"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found: list[object] = []
    monkeypatch.setattr(stretches, "gathered", lambda coming: found.append(coming) or gathered(coming))
    for told, times in ((stretches_again(lines), 2), (stretches_again(LinesOnDisk(file, len(lines), "")), 4)):
        next(told(), None)  # who leaves before the end has kept nothing
        for _ in range(3):
            assert [thing for stretch in told() for thing in stretch.each()] == one_by_one(lines)
        assert len(found) == times
        found.clear()


@pytest.mark.parametrize("of", [drawn, observed])
@pytest.mark.parametrize("seed", range(30))
def test_what_several_graphs_say_of_a_thing_comes_together_in_their_order(of, seed):
    graphs = [of(10 * seed + number) for number in range(4)]
    told = []
    for some in by_stretch(map(stretches.stretches, graphs)):
        if len(some) == 1:
            told += [(thing.name, [(some[0][0], thing.tails)]) for thing in some[0][1].each()]
        else:
            things = [(number, *stretch.each()) for number, stretch in some]
            told.append((some[0][1].first, [(number, thing.tails) for number, thing in things]))
    by_graph = [dict(one_by_one(lines)) for lines in graphs]
    every = sorted({thing for of_graph in by_graph for thing in of_graph})
    assert told == [(thing, [(n, said[thing]) for n, said in enumerate(by_graph) if thing in said]) for thing in every]
    assert any(len(said) > 1 for _, said in told)


def test_of_stretches_that_are_taken_apart_nothing_is_kept():
    cells = [f"<o/{number:05}" for number in range(5_000)]
    names = [(f"{cell}/{year}>", year) for cell in cells for year in (2020, 2021)]
    said = [f'{name} {PERIOD} "{year}"{XSD}gYear>' for name, year in names]
    said += [f'{name} {MEASURE} "1"{XSD}decimal>' for name, _ in names]
    graphs = [sorted(said), sorted(f"{cell}/2020> <note> <x>" for cell in cells)]
    tracemalloc.start()
    try:
        number = sum(len(some) for some in by_stretch(map(stretches.stretches, graphs)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert number == 3 * len(cells)
    assert most < 2_000_000


def test_observations_that_are_alike_come_as_series():
    members = [
        member for seed in range(30) for stretch in stretches.stretches(observed(seed)) for member in stretch.members
    ]
    series = [member for member in members if isinstance(member, Series)]
    assert sum(len(one.years) for one in series) > 2 * len(series)
    for one in series:
        things = list(one.each())
        assert [thing.name for thing in things] == one.names
        assert one.last == one.names[-1]
        assert [thing.tails[one.period] for thing in things] == [f'{PERIOD} "{year}"{XSD}gYear>' for year in one.years]
        assert all({*one.shared} < {*thing.tails} for thing in things)
    assert any(isinstance(member, Thing) for member in members)  # those that are written otherwise


def test_of_tails_those_with_a_property_are_found_and_their_values():
    said = ["<p/1> <x>", "<p> <y>", "<p> <z>", '<q> "a b"']
    assert list(with_property(said, "<p> ")) == ["<p> <y>", "<p> <z>"]
    assert not with_property(said, "<r> ")
    assert by_property(said) == {"<p/1>": ["<x>"], "<p>": ["<y>", "<z>"], "<q>": ['"a b"']}
