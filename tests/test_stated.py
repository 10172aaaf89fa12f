"""What rows tell in order comes out as their lines sorted would, whatever else is said of the same things."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from test_stretches import MEASURE, PERIOD, XSD

from loaders import runs, stated
from loaders.composing import compose
from loaders.content import Content
from loaders.curated import Curated, read_all
from loaders.kolada import KoladaSeries
from loaders.live_series import LiveSeries, Value, on_line
from loaders.row import Confidence, Row
from loaders.runs import LinesOnDisk, end_in
from loaders.stated import Owner, Statements, Stating
from ontology import iri
from ontology.base import Base
from ontology.engine import as_ntriples
from ontology.namespaces import QB
from ontology.schemes import Sex, Unit
from shapes.series import series_with
from shapes.stretches import tails
from tests.builds import write_few_tables

HAS = f"<{QB.observation}>"
STATUS = {"p": '<status> "p"', "": ""}


def drawn(seed: int) -> tuple[list[Statements], set[str]]:
    """What some rows tell, and all lines of it, each written out by itself."""
    draw = Random(seed)
    told, lines = [], set[str]()
    for row in range(draw.randrange(1, 40)):
        head, end = f"<o/{draw.choice(['01', '0180', '1280', '2020'])}/", draw.choice([">", "/k>", "/m>"])
        first = draw.randrange(1990, 2020)
        years = [str(first + number) for number in range(draw.choice([0, 1, 5, 12]))]
        values = {year: f"{draw.randrange(-99, 99) / 4}" for year in years}
        parts = {status: [year for year in years if draw.random() < 0.5] for status in STATUS}
        series = []
        for status, of_it in parts.items():
            shared = [f"<in> <row/{draw.randrange(30)}>", *filter(None, [STATUS[status]])]
            if of_it:
                series.append(series_with(shared, head, end, {year: values[year] for year in of_it}))
            for year in of_it:
                own = [f'{PERIOD} "{year}"{XSD}gYear>', f'{MEASURE} "{values[year]}"{XSD}decimal>']
                lines |= {f"{head}{year}{end} {tail}" for tail in [*shared, *own]}
        slices = f"<s/{draw.randrange(30)}>" if draw.random() < 0.9 else f"{head}{first}{end}"
        said = [f'<title> "{draw.randrange(9)} å"' for _ in range(draw.randrange(1, 4))]
        lines |= {f"{slices} {tail}" for tail in said}
        lines |= {f"{slices} {HAS} {head}{year}{end}" for of_it in parts.values() for year in of_it}
        others = [f"<d/{draw.randrange(3)}> <slice> {slices}", f"{head}{first + 1}{end} <seen> <row/{row}>"]
        others = others if draw.random() < 0.3 else others[:1]
        lines |= set(others)
        told.append(Statements(others, (Owner(slices, said, HAS, series), Owner(f"<row/{row}>", ["<of> <x>"])), series))
        lines.add(f"<row/{row}> <of> <x>")
    return told, lines


def put_in_order(told: list[Statements], folder) -> runs.Lines:
    stating = Stating(folder)
    for each in told:
        stating.take(each)
    return stating.lines()


@pytest.fixture(params=[1, 100, 10**9])
def most_held(request, monkeypatch):
    """How many lines are held before they go to the disk; where many are few, all of them are written."""
    monkeypatch.setattr(runs, "MOST_HELD", request.param)
    monkeypatch.setattr(runs, "MANY", 1)
    return request.param


@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_comes_in_order_and_once(seed, tmp_path, most_held):
    told, lines = drawn(seed)
    expected = sorted(lines)
    found = put_in_order(told, tmp_path)
    assert list(found) == expected
    assert isinstance(found, LinesOnDisk)
    assert len(found) == len(expected)
    assert found.digest == sha256("".join(f"{line}\n" for line in expected).encode()).hexdigest()
    assert found.held is None or found.held == tuple(expected)
    assert found.held is not None or len(expected) > most_held
    assert "".join(found.texts()) == "".join(f"{line}\n" for line in expected)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_kept_of_it_says_the_same(seed, tmp_path, most_held):
    told, lines = drawn(seed)
    found = put_in_order(told, tmp_path)
    assert found.gathered.is_file()
    assert [f"{thing.name} {tail}" for thing in tails(found) for tail in thing.tails] == sorted(lines)


@pytest.mark.parametrize("seed", range(20))
def test_few_are_held_as_lines(seed, tmp_path):
    told, lines = drawn(seed)
    assert put_in_order(told, tmp_path) == put_in_order(told, None) == tuple(sorted(lines))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("seed", range(20))
def test_they_are_loaded_as_quads(seed):
    told, lines = drawn(seed)
    loaded = b"".join(some for each in told for some in each.encoded(end_in("http://g"))).decode()
    assert set(loaded.splitlines()) == {f"{line} <http://g> ." for line in lines}


@pytest.mark.parametrize("seed", range(60))
def test_of_what_is_in_order_nothing_reaches_into_another(seed):
    told, _ = drawn(seed)
    series = [one for each in told for one in each.series]
    owners = [owner for each in told for owner in each.owners]
    ordered, rest = stated.in_order([*owners, *stated.together(series)])
    reach = [stated._reach(part)[:2] for part in ordered]
    assert all(before[1] < after[0] for before, after in pairwise(reach))
    assert all(first <= last for first, last in reach)
    assert len(ordered) + len(rest) == len(owners) + len({one.head for one in series})


def test_a_thing_within_a_series_that_begins_before_others_and_ends_after_them_is_not_in_order():
    long = series_with([], "<o/01/", ">", {str(year): "1" for year in range(1990, 2020)})
    short = series_with([], "<o/01/", "/k>", {"1995": "2"})
    within = Owner("<o/01/2005>", ['<title> "x"'])
    ordered, rest = stated.in_order([*stated.together([long, short]), within])
    assert [stated._reach(part)[:2] for part in ordered] == [(long.first, long.last)]
    assert rest == [within]


def test_most_is_in_order_where_each_row_speaks_of_things_of_its_own():
    series = [
        series_with(["<in> <r>"], f"<o/{area}/", end, {"2020": "1", "2021": "2"})
        for area in ("01", "0180")
        for end in (">", "/k>")
    ]
    ordered, rest = stated.in_order([Owner("<s>", []), *stated.together(series)])
    assert not rest
    assert [stated._reach(part)[0] for part in ordered] == ["<o/01/2020/k>", "<o/0180/2020/k>", "<s>"]


def content_of(rows: list[Row], curated: Curated, base: Base, place: Path | None) -> tuple[Content, list[str]]:
    """The content that rows make; of their graphs and that of the vocabulary, all quads that should be there."""
    taken: list[bytes] = []
    content = compose(replace(curated, rows=tuple(rows)), base, folder=place, take=taken.extend)
    quads = list(content.nquads())
    assert quads == sorted(quads, key=lambda quad: (quad.rsplit(" ", 2)[1][:-1], quad))
    graphs = {one.stated_by: end_in(base.localise(iri.graph(one.stated_by))) for one in rows}
    expected = {f"{line}{graphs[one.stated_by]}" for one in rows for line in one.ntriples(written(base))}
    vocabulary = {quad for quad in quads if quad.endswith(end_in(base.localise(iri.VOCABULARY_GRAPH)))}
    assert set(quads) - vocabulary == expected
    assert {line.decode() for line in b"".join(taken).splitlines(keepends=True)} == set(quads)
    return content, quads


@pytest.mark.parametrize("folder", ["none", "one"])
def test_a_content_with_series_is_that_of_their_lines_also_where_a_build_begins_again(tmp_path, monkeypatch, folder):
    write_few_tables(tmp_path / "tables")
    curated, base = read_all(tmp_path / "tables"), Base("http://localhost:8000/")
    monkeypatch.setattr(runs, "MOST_HELD", 40)
    monkeypatch.setattr(runs, "MANY", 1)
    place = tmp_path / "statements" if folder == "one" else None
    rows = [*curated.rows, *{one.key: one for one in map(row, range(80)) if one.values}.values()]
    content, _ = content_of(rows, curated, base, place)
    before = [list(lines) for lines in content.graphs.values()]
    reading = [iter(lines) for lines in content.graphs.values()]
    assert all(map(next, reading))
    _, fewer = content_of(rows[:-20], curated, base, place)
    assert len(fewer) < content.triples
    assert [list(going_on) for going_on in reading] == [lines[1:] for lines in before]  # who read goes on


# --- what a row of a series tells


def row(seed: int) -> LiveSeries:
    draw = Random(seed)
    years = draw.sample(range(1995, 2026), draw.choice([0, 1, 2, 12]))
    usual = seed % 4
    if usual:
        years.sort()
    values = tuple(
        Value(str(year), draw.choice(["1", "-2.50", "0.125"] if usual else ["1e3", "7"]), draw.choice(["", "", "p"]))
        for year in years
    )
    made = KoladaSeries(
        dataset="kolada-n00401",
        area=draw.choice(["01", "1280", "SE"]),
        unit=next(iter(Unit)),
        values=values,
        missing=(Value("1990", "", "Missing"),)[: draw.randrange(2)],
        not_over=tuple(value.year for value in values if draw.random() < 0.1),
        sex=draw.choice([None, *Sex]),
        title_sv='Utsläpp av "växthusgaser"',
        reporting_unit=draw.choice([None, "ton"]),
        source_id="kolada",
        confidence=next(iter(Confidence)),
    )
    made._delivered = draw.choice(["", "", 'Serier "nya".xlsx, Blad 1'])
    return on_line(draw.randrange(2, 90_000), made)


@cache
def written(base: Base):
    return cache(lambda term: as_ntriples(base.localise(term)))


@pytest.mark.parametrize("seed", range(80))
def test_a_series_tells_what_it_states(seed, tmp_path):
    of_base, one = written(Base("http://localhost:8000/")), row(seed)
    expected = sorted(set(one.ntriples(of_base)))
    assert list(put_in_order([one.told(of_base)], None)) == expected
    told = one.told(of_base)
    assert sum(series.number for series in told.series) == (len(expected) - own(expected) if told.series else 0)


def own(lines: list[str]) -> int:
    """How many lines are not about observations."""
    return sum(not line.partition(" ")[0].count("/id/observation/") for line in lines)


def test_usual_observations_are_told_series_by_series():
    of_base = written(Base("http://localhost:8000/"))
    rows = [one for one in map(row, range(80)) if one.values]
    usual = [one for number, one in enumerate(map(row, range(80))) if number % 4 and one.values]
    assert {one.key for one in rows if one.told(of_base).series} >= {one.key for one in usual}
    for one in usual:
        marks = {(value.status, value.year in one.not_over and value.year) for value in one.values}
        assert len(one.told(of_base).series) == len(marks)


def test_years_out_of_order_and_values_of_another_form_are_told_as_lines():
    of_base = written(Base("http://localhost:8000/"))
    two = (Value("2020", "1", ""), Value("2019", "2", ""))
    for values in (two, (two[0], two[0]), (Value("2020", "1e3", ""),)):
        told = row(1).model_copy(update={"values": values, "not_over": ()})
        assert not on_line(2, told).told(of_base).series
