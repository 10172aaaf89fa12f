"""Where a series lies in a picture."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from endpoint.charts import LARGE, Scale, draw, draw_beside_others, nice
from endpoint.series import Series, Several, Value

NUMBERS = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("0", "21538914.65", ["0", "5000000", "10000000", "15000000", "20000000", "25000000"]),
        ("89.6", "128.81", ["80", "90", "100", "110", "120", "130"]),
        ("-3", "4", ["-4", "-2", "0", "2", "4"]),
        ("7", "7", ["6", "8"]),
    ],
)
def test_the_marks_of_an_axis_are_round_numbers(low, high, ticks):
    assert nice(Decimal(low), Decimal(high), 5)[: len(ticks)] == [Decimal(tick) for tick in ticks]


@given(NUMBERS, NUMBERS)
def test_the_marks_reach_around_all_values(one, other):
    low, high = sorted((one, other))
    marks = nice(low, high, 5)
    assert marks[0] <= low
    assert marks[-1] >= high
    assert 2 <= len(marks) <= 9


@given(st.dictionaries(st.integers(1990, 2024), NUMBERS, min_size=1), st.booleans())
def test_a_line_stays_inside_its_frame(values, from_zero):
    chart = draw(values, from_zero=from_zero)
    assert all(LARGE.left <= x <= LARGE.width - LARGE.right for x, _ in chart.points)
    assert all(LARGE.top - 0.1 <= y <= LARGE.height - LARGE.bottom + 0.1 for _, y in chart.points)


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        (2020, 2020, []),
        (2018, 2024, [2019, 2020, 2021, 2022, 2023]),
        (2017, 2024, [2020]),
        (2009, 2024, [2010, 2015, 2020]),
        (2008, 2024, [2010, 2020]),
        (1989, 2021, [2000, 2010]),  # 1990 and 2020 would be written over the ends
    ],
)
def test_the_ends_and_round_years_that_do_not_crowd_them_are_written_under_a_line(first, last, between):
    chart = draw({first: Decimal(1), last: Decimal(2)}, from_zero=True)
    assert [tick.value for tick in chart.years] == sorted({first, *between, last})


def test_an_amount_is_drawn_from_zero_and_an_index_is_not():
    values = {2002: Decimal(100), 2024: Decimal(109)}
    assert draw(values, from_zero=True).shows_zero
    assert not draw(values, from_zero=False).shows_zero


def test_an_amount_that_is_taken_up_is_drawn_from_zero_as_one_that_is_emitted():
    emitted = {2002: Decimal(100), 2024: Decimal(50)}
    taken_up = {year: -value for year, value in emitted.items()}
    (zero, *_), (*_, nought) = draw(emitted, from_zero=True).values, draw(taken_up, from_zero=True).values
    assert (zero.value, nought.value) == (0, 0)
    heights = [[abs(y - at) for _, y in draw(of, from_zero=True).points]
               for of, at in ((emitted, zero.at), (taken_up, nought.at))]  # fmt: skip
    assert heights[0] == pytest.approx(heights[1])
    assert draw(taken_up, from_zero=True).shows_zero


def test_years_lie_as_far_apart_as_they_are_in_time():
    chart = draw({1990: Decimal(1), 2000: Decimal(1), 2005: Decimal(1)}, from_zero=True)
    (first, _), (second, _), (third, _) = chart.points
    assert second - first == pytest.approx(2 * (third - second))


def test_small_charts_of_one_scale_can_be_compared():
    scale = Scale(1990, 2000, Decimal(0), Decimal(10))
    large = draw_beside_others({1990: Decimal(10), 2000: Decimal(10)}, scale)
    small = draw_beside_others({1990: Decimal(1), 1995: Decimal(1)}, scale)
    assert large.points[0][1] < small.points[0][1]


@pytest.mark.parametrize(
    ("apart", "hollow", "parts"),
    [
        ((), [], [([2022, 2023, 2024, 2026], False)]),
        ((2026, 2030), [2026], [([2022, 2023, 2024], False), ([2024, 2026], True)]),
        ((2023,), [2023], [([2022, 2023, 2024], True), ([2024, 2026], False)]),
        ((2022, 2023, 2024, 2026), [2022, 2023, 2024, 2026], [([2022, 2023, 2024, 2026], True)]),
    ],
)
def test_what_is_of_years_apart_is_drawn_apart_and_the_line_is_whole(apart, hollow, parts):
    values = {year: Decimal(year - 2000) for year in (2022, 2023, 2024, 2026)}
    scale = Scale(2022, 2026, Decimal(0), Decimal(30))
    for chart in draw(values, from_zero=True, apart=apart), draw_beside_others(values, scale, apart):
        at = {year: f"{dot.x:.1f},{dot.y:.1f}" for year, dot in zip(values, chart.dots, strict=True)}
        assert [year for year, dot in zip(values, chart.dots, strict=True) if dot.is_apart] == hollow
        drawn = [(stroke.points, stroke.is_apart) for stroke in chart.strokes]
        assert drawn == [(" ".join(at[year] for year in years), is_apart) for years, is_apart in parts]
        assert chart.has_apart is bool(hollow)


@pytest.mark.parametrize(("years", "has_lines"), [([[2025], [2025]], False), ([[2025], [2024, 2025]], True)])
def test_values_of_one_year_alone_are_no_line(years, has_lines):
    of = URIRef("https://example.org/")
    several = Several(
        tuple(Series(of, of, of, None, None, of, tuple(Value(of, year, Decimal(1)) for year in each)) for each in years)
    )
    assert several.has_lines is has_lines


def test_there_is_no_chart_without_values():
    with pytest.raises(ValueError, match="at least one value"):
        draw({}, from_zero=True)
