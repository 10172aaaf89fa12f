"""What is found of observations that come as a series is what is found where each is looked at by itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import islice

import pytest
from rdflib import SH

from loaders.tally import tally
from ontology.base import Base
from ontology.namespaces import DCTERMS, MG, QB, RDF, VOID, XSD, SDMXDimension, SDMXMeasure
from shapes import stretches
from shapes.outlines import outlined
from shapes.series import Series
from shapes.things import text_of
from tests.breaking import seeds
from tests.screening import CUBE, at_random, broken, lines, quads

BASE = Base()
DECIMAL, GYEAR = f"^^<{XSD.decimal}>", f"^^<{XSD.gYear}>"
VALUES = ["1", "-2.50", "-2.5", "2.0", "0.0", "-0", "007", "1e3", "", "+1", " 4", "12.5", r"1\n", "1234567890123456789"]
YEARS = ["2020", "0999", "3020", "20", "2020Z", "١٩٩٩"]
NO_NUMBER = f'<{SDMXMeasure.obsValue}> "three"'
SAID = [
    f"<{DCTERMS.source}> <{BASE.iri}id/source/a>",
    f"<{RDF.type}> <{VOID.Dataset}>",
    f"<{RDF.type}> <{QB.Slice}>",
    f"<{QB.observation}> <{BASE.iri}id/observation/a/12/2020>",
    f'<{SDMXMeasure.obsValue}> "3"{DECIMAL}',
    "<http://says/1> <http://elsewhere/x>",
    f'<{MG.table}> "values"',
    f"<{QB.sliceStructure}> <{BASE.iri}def/slice-key/a>",
    f"<{QB.sliceKey}> <{BASE.iri}def/slice-key/a>",
]


def long_cube(draw: random.Random, extra: str = "") -> dict[str, list[str]]:
    """The cube of the rules with more years in its series, of which some are odd, and say something extra."""
    sector, place = draw.choice(["t", "2005"]), draw.choice([f"{BASE.iri}id/observation/", "http://other/"])
    graphs = lines(quads(CUBE.replace("/t>", f"/{sector}>")))
    return {graph: _longer(draw, said, place, extra) for graph, said in graphs.items()}


def _longer(draw: random.Random, lines_of_graph: list[str], place: str, extra: str) -> list[str]:
    said = [line.replace(str(XSD.integer), str(XSD.decimal)) for line in lines_of_graph]
    said = [line.replace(f"{BASE.iri}id/observation/", place) for line in said]
    begins = [line for line in said if line.startswith(f"<{place}s/12/2023") or "/2024" in line.split(" ")[0]]
    for year in [*range(2000, 2012), "0999", "3020"]:
        later = [re.sub(r"(?<=[/\"])202[34](?=[/>\"])", str(year), line) for line in begins]
        said += [_odd(draw, line) if draw.random() < 0.05 else line for line in later]
    if extra := extra or draw.choice([*SAID, "", ""]):
        about = f"<{place}{draw.choice(['a', 's'])}/12/"
        said += [f"{line.split(' ', 1)[0]} {extra}" for line in said if line.startswith(about)]
    return sorted(set(said))


def _odd(draw: random.Random, line: str) -> str:
    """The line with another value, or another statement in its place."""
    thing, predicate, _ = line.split(" ", 2)
    tails = {
        f"<{SDMXMeasure.obsValue}>": f'{predicate} "{draw.choice(VALUES)}"{DECIMAL}',
        f"<{SDMXDimension.refPeriod}>": f'{predicate} "{draw.choice(YEARS)}"{GYEAR}',
    }
    return f"{thing} {tails.get(predicate) or draw.choice(SAID)}"


def as_singles(monkeypatch):
    monkeypatch.setattr(stretches, "series_of", lambda _: None)


def taken(graphs):
    counts = tally(graphs, BASE)
    noted, outlines = outlined(graphs, BASE, {})
    return noted, outlines, counts and (counts.counts, counts.links, rows(counts.of_graphs))


def rows(asked):
    return {name: Counter(frozenset(row.items()) for row in found) for name, found in asked.items()}


@pytest.mark.parametrize("seed", seeds(20))
def test_a_cube_is_counted_and_looked_through_alike(seed, monkeypatch):
    draw = random.Random(seed)
    cubes = [long_cube(draw) for _ in range(12)]
    number = Counter(
        min(len(member.years), 2) if isinstance(member, Series) else 0
        for graphs in cubes
        for said in graphs.values()
        for stretch in stretches.stretches(said)
        for member in stretch.members
    )
    assert number[0] > 10
    assert number[2] > 10
    together = list(map(taken, cubes))
    as_singles(monkeypatch)
    assert list(map(taken, cubes)) == together
    assert len({frozenset(noted) for noted, _, _ in together}) > 1


@pytest.mark.parametrize("seed", seeds(4))
def test_a_broken_cube_is_counted_and_looked_through_alike(seed, monkeypatch):
    draw = random.Random(seed)
    whole = quads(CUBE)
    ways = [statements for _, statements in draw.sample(list(broken(whole)), 40)]
    cubes = list(map(lines, [*ways, *(at_random(draw, whole) for _ in range(40))]))
    together = list(map(taken, cubes))
    as_singles(monkeypatch)
    assert list(map(taken, cubes)) == together


def observations(names: dict[str, str], sector: str) -> list[str]:
    """Observations by their names, each with its year, of which nothing else is different."""
    tails = [
        f"<{RDF.type}> <{QB.Observation}>",
        f"<{QB.dataSet}> <{BASE.iri}id/dataset/s>",
        f"<{SDMXDimension.refArea}> <{BASE.iri}id/county/12>",
        f"<{MG.sector}> <{BASE.iri}def/sector/{sector}>",
        f'<{SDMXMeasure.obsValue}> "2.50"{DECIMAL}',
        "<http://says/1> <http://elsewhere/x>",
    ]
    years = [f'<{name}> <{SDMXDimension.refPeriod}> "{year}"{GYEAR}' for name, year in names.items()]
    return sorted([*years, *(f"<{name}> {tail}" for name in names for tail in tails)])


@pytest.mark.parametrize(
    ("place", "names", "sector"),
    [
        (f"{BASE.iri}id/observation/", {"s/12/2005/2005": "2005", "s/12/2005/2006": "2006"}, "2005"),
        ("http://other/", {f"s/12/{year}/t": str(year) for year in (2005, 2006)}, "t"),
    ],
)
def test_names_that_could_be_of_a_series_and_are_none(place, names, sector, monkeypatch):
    vocabulary = lines(quads(CUBE))[f"{BASE.iri}id/graph/vocabulary"]
    said = observations({f"{place}{name}": year for name, year in names.items()}, sector)
    graphs = {f"{BASE.iri}id/graph/vocabulary": vocabulary, "http://g": [*said, "<http://z> <http://p> <http://o>"]}
    members = [member for each in stretches.stretches(graphs["http://g"]) for member in each.members]
    assert [len(member.years) for member in members if isinstance(member, Series)] == [2]
    together = taken(graphs)
    as_singles(monkeypatch)
    assert taken(graphs) == together


SHAPE = f"""
@prefix sh: <{SH}> .
@prefix xsd: <{XSD}> .
<s> a sh:NodeShape ; sh:targetClass <{QB.Observation}> ; sh:pattern "%s" ; sh:property <v> , <y> .
<v> a sh:PropertyShape ; sh:path <{SDMXMeasure.obsValue}> ; sh:datatype xsd:decimal ; sh:maxCount 1 %s .
<y> a sh:PropertyShape ; sh:path <{SDMXDimension.refPeriod}> ; sh:datatype xsd:gYear ; sh:minCount 1 %s .
"""


@pytest.mark.parametrize("of_value", ["", '; sh:pattern "^[0-9.]*$"', "; sh:in ( 1 4.5 )", "; sh:maxInclusive 3"])
@pytest.mark.parametrize("of_iri", [r"/[0-9]{4}(/[a-z]+)?$", r"/20[01][0-9](/[a-z]+)?$"])  # one tells years apart
@pytest.mark.parametrize("of_year", ["", '; sh:pattern "^20[01]"'])
@pytest.mark.parametrize("seed", seeds(4))
def test_shapes_find_the_same(of_value, of_year, of_iri, seed, monkeypatch):
    parts = pytest.importorskip("shapes.parts", reason="the package shacl is not built for this machine")
    fast = pytest.importorskip("shapes.fast")
    monkeypatch.setattr(parts, "FIRST", 2)
    draw, shapes = random.Random(seed), "@base <http://example.org/> ." + SHAPE % (of_iri, of_value, of_year)
    cubes = [*(long_cube(draw) for _ in range(5)), long_cube(draw, NO_NUMBER)]
    some = [draw.sample(names, len(names) // 2) for names in map(observed, cubes)]
    together = [Counter(parts.check(graphs, shapes)) for graphs in cubes]
    of_some = [Counter(parts.check(graphs, shapes, set(names))) for graphs, names in zip(cubes, some, strict=True)]
    as_singles(monkeypatch)
    assert [Counter(parts.check(graphs, shapes)) for graphs in cubes] == together
    assert [Counter(fast.check(text_of(graphs), shapes)) for graphs in cubes] == together
    for found, names, all_found in zip(of_some, some, together, strict=True):
        assert found == Counter({each: number for each, number in all_found.items() if each.focus in names})
    assert any(together)
    assert any(of_some) or "20[01]" not in of_iri


def observed(graphs: dict[str, list[str]]) -> list[str]:
    """The observations in graphs."""
    begun = (line.split(" ")[0] for said in graphs.values() for line in said)
    return sorted({thing[1:-1] for thing in begun if "/s/12/" in thing})


def test_a_series_may_begin_in_any_year():
    for first in (2000, 2001, 1999):  # the names of datatypes have some of these
        names = {f"{BASE.iri}id/observation/s/12/{year}/t": str(year) for year in range(first, first + 4)}
        said = [*observations(names, "t"), "<http://z> <http://p> <http://o>"]
        members = [member for each in stretches.stretches(said) for member in each.members]
        assert [len(member.years) for member in members if isinstance(member, Series)] == [4]


def test_a_datatype_that_looks_like_a_year_is_none():
    names = {f"{BASE.iri}id/observation/s/12/{year}/t": str(year) for year in (2001, 2003)}
    said = [*observations(names, "t"), "<http://z> <http://p> <http://o>"]
    odd = [line.replace(f'"2003"{GYEAR}', f'"2001"{GYEAR.replace("2001", "2003")}') for line in said]
    assert odd != said
    things = {thing.name: thing.tails for thing in stretches.tails(odd)}
    assert {f"{name} {tail}" for name, of_it in things.items() for tail in of_it} == set(odd)


def test_years_and_values_of_a_series_are_written_with_usual_digits():
    draw, found = random.Random(7), []
    for _ in range(40):
        for said in long_cube(draw).values():
            found += [member for stretch in stretches.stretches(said) for member in stretch.members]
    series = [member for member in found if isinstance(member, Series)]
    years, values = ({each for one in series for each in getattr(one, of)} for of in ("years", "values"))
    assert not years & set(islice(YEARS, 1, None))
    assert values & {"-2.50", "0.0", "12.5", "-0"}
    assert not values & {"007", "1e3", "", "+1", " 4", r"1\n"}
