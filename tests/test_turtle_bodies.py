"""Turtle in which observations that are alike follow an example is what the engine makes of all statements at once."""

from __future__ import annotations

from itertools import islice
from random import Random

import pyoxigraph as ox
import pytest
from test_stretches import DATA_SET, MEASURE, PERIOD, XSD, drawn, observed

from loaders import turtle_bodies
from loaders.turtle_bodies import Bodies
from ontology.turtle import tidy, tidy_head
from shapes.stretches import stretches

PREFIXES = {
    "qb": "http://purl.org/linked-data/cube#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "m2999": "http://purl.org/linked-data/sdmx/2009/measure#",
    "o2998": "http://example.org/o/a/",
    "unused": "http://example.org/unused/",
}


def by_engine(lines: list[str], prefixes=PREFIXES) -> bytes:
    triples = ox.parse("".join(f"{line} .\n" for line in lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    return tidy(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes))


def by_example(lines: list[str], prefixes=PREFIXES) -> bytes:
    bodies = Bodies(prefixes)
    body = b"".join(bodies.written(stretches(lines)))
    return tidy_head(bodies.head, bodies.used) + body


def readable(lines: list[str]) -> list[str]:
    """Those of made-up lines that the engine reads, each thing and value with a whole IRI."""
    whole = [line.replace("<", "<http://example.org/") if "http" not in line else line for line in lines]
    whole = ["<http://example.org/" + line[1:] if line.startswith("<o/") else line for line in whole]
    whole = [
        line.replace(" <d/", " <http://example.org/d/")
        .replace(" <status>", " <http://example.org/status>")
        .replace(" <z> <o/", " <http://example.org/z> <http://example.org/o/")
        for line in whole
    ]
    return sorted(set(filter(is_read, whole)))


def is_read(line: str) -> bool:
    try:
        return len(list(ox.parse(f"{line} .\n".encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True))) == 1
    except SyntaxError:
        return False


@pytest.mark.parametrize("at_once", [1, 3000, 1 << 20])
@pytest.mark.parametrize("of", [drawn, observed])
@pytest.mark.parametrize("seed", range(30))
def test_it_is_what_the_engine_writes(of, seed, at_once, monkeypatch):
    monkeypatch.setattr(turtle_bodies, "_AT_ONCE", at_once)
    lines = readable(of(seed))
    assert len(lines) > 10 or of is drawn
    assert by_example(lines) == by_engine(lines)


def series(area: str, years: range, *, value, said=(), end="") -> list[str]:
    return [
        f"<http://example.org/o/{area}/{year}{end}> {tail}"
        for year in years
        for tail in sorted(
            [
                *said,
                f"{DATA_SET} <http://example.org/d>",
                f'{PERIOD} "{year}"{XSD}gYear>',
                f'{MEASURE} "{value(year)}"{XSD}decimal>',
            ]
        )
    ]


def test_a_value_with_a_point_is_written_otherwise_than_one_without():
    lines = series("a", range(2000, 2010), value=lambda year: f"{year}.5" if year % 3 else f"{year}")
    written = by_example(lines)
    assert written == by_engine(lines)
    assert b" 2002.5 " in written
    assert b'"2001"^^xsd:decimal' in written


def test_an_example_is_of_a_year_that_stands_nowhere_else():
    """The first years that examples may have stand in the name of the area, in a text and in the name of a prefix."""
    texts = [f'<http://example.org/text> "{year} and {year - 1} . {year}"@en' for year in range(2990, 3000)]
    lines = series("2999/2997", range(2000, 2010), value=lambda year: year / 8, said=texts)
    assert by_example(lines) == by_engine(lines)


def test_where_all_years_stand_somewhere_nothing_is_written_by_example():
    everywhere = f'<http://example.org/text> "{" ".join(map(str, range(1000, 3000)))}"'
    lines = series("a", range(2000, 2010), value=lambda year: year / 8, said=[everywhere])
    assert by_example(lines) == by_engine(lines)


def test_a_text_that_looks_like_the_end_of_a_thing_is_none():
    odd = [r'<http://example.org/text> "one .\nqb:x two .\n\n@prefix a: <b> .\n"', '<http://example.org/text> " . "@sv']
    lines = series("a", range(2000, 2010), value=lambda year: year / 8, said=odd)
    assert by_example(lines) == by_engine(lines)


def test_the_engine_writes_few_of_many(monkeypatch):
    asked = []
    real = ox.parse
    monkeypatch.setattr(turtle_bodies.ox, "parse", lambda text, **how: asked.append(text) or real(text, **how))
    lines = [line for area in "abc" for line in series(area, range(1990, 2020), value=lambda year: year / 8)]
    by_example(lines)
    assert b"".join(asked).count(MEASURE.encode()) <= 7  # two forms of each series, and the last observation of all


def test_two_series_of_one_name_in_turn_are_kept_apart():
    draw = Random(1)
    whole = series("a", range(1950, 2020), value=lambda year: year / 8)
    preliminary = '<http://example.org/status> "preliminary"'
    years = draw.sample(range(1950, 2020), 30)
    lines = sorted([*whole, *(f"<http://example.org/o/a/{year}> {preliminary}" for year in years)])
    (stretch,) = islice(stretches(lines), 2)
    assert len(stretch.members) >= 2
    assert by_example(lines) == by_engine(lines)


def test_an_example_that_is_called_as_what_comes_after_it_is_not_written_by():
    """The example is of 2999; after it comes what has two values of that year, which is no series."""
    lines = series("a", range(2000, 2010), value=lambda year: year / 8 + 0.5)
    after = series("a", range(2999, 3000), value=lambda year: 1, said=[f'{MEASURE} "2.5"{XSD}decimal>'])
    assert by_example([*lines, *after]) == by_engine([*lines, *after])


def listing(values: list[str], *, name="s", more=()) -> list[str]:
    """A thing that has a property many times."""
    return sorted(
        f"<http://example.org/{name}> {tail}" for tail in (*(f"<http://x/has> {value}" for value in values), *more)
    )


NAMES = [f"<http://example.org/o/c/{year}>" for year in range(1990, 2020)]
MORE = [
    '<http://a/title> "a , b"@en',
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/T>",
    '<http://z/of> "9"',
]


@pytest.mark.parametrize("space", ["", "o", "o/c/", "o/c/1", "o/c/199", "o/c/2005", "o/c/2019", "o/d/", "s"])
@pytest.mark.parametrize("number", [1, 2, 5, 6, 7, 30])
def test_a_thing_that_has_a_property_many_times_is_written_as_the_engine_does(space, number):
    lines = listing(NAMES[:number], more=MORE)
    for prefixes in (PREFIXES, PREFIXES | {"y": f"http://example.org/{space}"}):
        assert by_example(lines, prefixes) == by_engine(lines, prefixes)


@pytest.mark.parametrize(
    "values",
    [
        [f'"{number}"' for number in range(10)],
        [f'"{number}"' for number in range(10)] + NAMES,
        [r"<http://example.org/o/\u0061>", *NAMES],
        [*NAMES, r"<http://example.org/o/c/2\u0030>"],
        [*NAMES, "<https://elsewhere.org/>"],
        [*NAMES, "<urn:x>"],
        ["<http://www.w3.org/2001/XMLSchema#a>", *NAMES],
    ],
)
def test_values_that_are_not_whole_iris_alike_are_written_as_the_engine_does(values):
    lines = listing(values, more=MORE)
    assert by_example(lines) == by_engine(lines)


@pytest.mark.parametrize(
    "property_", ["http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://purl.org/linked-data/cube#has"]
)
def test_a_property_that_is_written_short_is_had_many_times_as_well(property_):
    lines = sorted(line.replace("http://x/has", property_) for line in listing(NAMES, more=MORE))
    assert by_example(lines) == by_engine(lines)


def test_a_text_that_has_the_first_two_values_is_none_of_them():
    lines = listing(NAMES, more=[f'<http://a/title> "{NAMES[0]} , {NAMES[1]}"'])
    assert by_example(lines) == by_engine(lines)


def test_a_thing_of_two_names_that_has_a_property_many_times_is_one_thing():
    lines = [*listing(NAMES[:10], name="a"), *listing(NAMES[5:], name=r"\u0061")]
    assert by_example(lines) == by_engine(lines)


def test_the_engine_writes_two_of_many_values(monkeypatch):
    asked = []
    real = ox.parse
    monkeypatch.setattr(turtle_bodies.ox, "parse", lambda text, **how: asked.append(text) or real(text, **how))
    by_example([*listing(NAMES, name="a", more=MORE), *listing(NAMES, name="b")])
    assert b"".join(asked).count(b"<http://x/has>") == 4


@pytest.mark.parametrize("space", ["o/c/", "o/c/1", "o/c/2005"])
def test_the_engine_is_asked_for_all_at_once_where_a_prefix_may_stand_for_some(monkeypatch, space):
    asked = []
    real = ox.parse
    monkeypatch.setattr(turtle_bodies.ox, "parse", lambda text, **how: asked.append(text) or real(text, **how))
    by_example(listing(NAMES), PREFIXES | {"y": f"http://example.org/{space}"})
    assert b"".join(asked).count(b"<http://x/has>") == len(NAMES)


def test_nothing_is_nothing():
    assert by_example([]) == by_engine([]) == b""


@pytest.mark.parametrize("space", ["a/", "a/2", "a/2000/", "a/2999", "a/2999/", "", "x/"])
@pytest.mark.parametrize("end", ["", "/k"])
def test_a_prefix_that_reaches_into_the_year_stands_where_it_should(space, end):
    prefixes = PREFIXES | {"y": f"http://example.org/o/{space}"}
    lines = series("a", range(2000, 2010), value=lambda year: year / 8, end=end)
    assert by_example(lines, prefixes) == by_engine(lines, prefixes)


@pytest.mark.parametrize("area", [r"\u0061", r"\u0032\u0039\u0039\u0039", r"\U00000061"])
def test_an_iri_with_escapes_is_written_as_the_engine_does(area):
    lines = series(area, range(2000, 2010), value=lambda year: year / 8)
    assert by_example(lines) == by_engine(lines)


@pytest.mark.parametrize("text", [r"\u0032\u0039\u0039\u0039", r"\u00322998.5", r"\u0032998.5"])
def test_a_text_with_escapes_is_written_as_the_engine_does(text):
    said = [f'<http://example.org/text> "{text}"']
    lines = series("a", range(2000, 2010), value=lambda year: year / 8, said=said)
    assert by_example(lines) == by_engine(lines)


def test_two_names_of_one_thing_are_written_as_the_engine_does():
    lines = [
        r'<http://example.org/a> <http://example.org/p> "1"',
        r'<http://example.org/\u0061> <http://example.org/p> "2"',
    ]
    assert by_example(lines) == by_engine(lines)


def test_a_prefix_that_reaches_into_the_year_of_an_iri_with_escapes_stands_where_it_should():
    prefixes = PREFIXES | {"y": "http://example.org/o/a/2000/"}
    lines = series(r"\u0061", range(2000, 2010), value=lambda year: year / 8, end="/k")
    assert b"y:k" in by_engine(lines, prefixes)
    assert by_example(lines, prefixes) == by_engine(lines, prefixes)


def test_where_too_few_years_are_left_nothing_is_written_by_example():
    all_but_three = f'<http://example.org/text> "{" ".join(map(str, range(1000, 2997)))}"'
    lines = series("a", range(2000, 2010), value=lambda year: year if year % 3 else year / 8, said=[all_but_three])
    assert by_example(lines) == by_engine(lines)


def test_an_example_that_does_not_show_how_it_is_written_is_not_followed(monkeypatch):
    monkeypatch.setattr(Bodies, "_marks", lambda *_: ["2999", "2998", "2997", "2996"])
    said = ['<http://example.org/text> "2999"']
    after = '<http://example.org/z> <http://example.org/p> "1"'  # so that there is one series
    lines = [*series("a", range(2000, 2010), value=lambda year: year / 8, said=said), after]
    assert by_example(lines) == by_engine(lines)


def test_a_prefix_that_is_used_at_the_beginning_alone_is_declared(monkeypatch):
    monkeypatch.setattr(turtle_bodies, "_AT_ONCE", 1)
    lines = [
        '<http://example.org/a> <http://purl.org/linked-data/cube#x> "1"',
        '<http://example.org/z> <http://x/p> "1"',
    ]
    assert by_example(lines) == by_engine(lines)
