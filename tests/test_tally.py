"""The numbers that are counted in lines are those that a store of the same statements gives."""

from __future__ import annotations

from random import Random

import pyoxigraph as ox
import pytest

from loaders import holdings
from loaders.composing import compose
from loaders.counts import count
from loaders.curated import read_all
from loaders.holdings import ask
from loaders.links import count_links
from loaders.previous import Difference
from loaders.tally import tally
from ontology.base import Base
from ontology.namespaces import QB, SDMXDimension
from tests.builds import write_few_tables

BASE = Base("http://localhost:8000/")
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
THINGS = [f"<{space}{name}>" for space in (f"{BASE.iri}id/", "http://other/", "urn:x:") for name in ("a", "a/b", "a#c")]
OF_CUBES = [f"<{term}>" for term in (QB.dataSet, SDMXDimension.refArea, SDMXDimension.refPeriod)]
PROPERTIES = [A, "<http://says/1>", "<http://says/1/2>", f"<{BASE.iri}spec/says>", *OF_CUBES]
CLASSES = ["<http://class/1>", "<http://class/1/2>", f"<{BASE.iri}spec/Class>"]
TEXTS = [
    '"a"',
    '"a"@sv',
    '"a"@SV',
    '"a"@en-GB',
    '"a@b"',
    '"\\"@en"',
    '"å"',
    r'"\u00e5"',
    r'"\n"',
    r'"a\"b"',
    r'"a\\b"',
    '""',
    f'"a"^^<{XSD}string>',
    '"a"^^<http://x>',
]
NUMBERS = [
    *(f'"{number}"^^<{XSD}decimal>' for number in ("1", "1.0", "1.50", "1.5", "-0", "0", "01.5", ".5", "0.5", "+1.5")),
    *(f'"0.{"1" * digits}"^^<{XSD}decimal>' for digits in (12, 13, 18, 19, 40)),
    *(f'"{number}"^^<{XSD}integer>' for number in ("1", "01", "+1", "-1", "9" * 16, "9" * 19, "9" * 40, "x")),
    *(f'"{value}"^^<{XSD}boolean>' for value in ("true", "1", "false", "0")),
    *(f'"{value}"^^<{XSD}double>' for value in ("1", "1.0", "1E0", "INF")),
    *(f'"{year}"^^<{XSD}gYear>' for year in ("2020", "2020Z", "02020", "-0001")),
    *(f'"{day}"^^<{XSD}date>' for day in ("2020-01-01", "2020-01-01Z", "2020-02-31")),
]


def numbers_in_store(graphs):
    store = ox.Store()
    for graph, lines in graphs.items():
        quads = "".join(f"{line} <{graph}> .\n" for line in lines)
        store.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    return count(store, BASE), count_links(store, BASE), ask(store, BASE, {})


def assert_of_graphs(told, in_store):
    """What is told of graphs is what a store is asked for."""
    assert told.keys() == {"kinds-in-graphs", "languages-in-graphs", "areas-of-data-sets", "values-of-data-sets"}
    for name, rows in told.items():
        assert sorted(rows, key=str) == sorted(in_store[name], key=str), name


def drawn(draw):
    """A statement whose parts are used often, so that graphs say the same and things are alike."""
    if draw.random() < 0.2:
        return f"{draw.choice(THINGS)} {A} {draw.choice(CLASSES)}"
    number = f"{BASE.iri}id/{draw.randrange(300)}"
    thing = draw.choice(THINGS) if draw.random() < 0.3 else f"<{number}>"
    value = draw.choice([*THINGS, *TEXTS, *NUMBERS]) if draw.random() < 0.5 else draw.choice(THINGS[:6])
    return f"{thing} {draw.choice(PROPERTIES[1:])} {value}"


@pytest.mark.parametrize("seed", range(12))
def test_numbers_are_those_of_a_store(seed):
    draw = Random(seed)
    graphs = {f"http://graph/{name}": sorted({drawn(draw) for _ in range(draw.choice([5, 1500]))}) for name in range(4)}
    counts, links, of_graphs = tally(graphs, BASE)
    in_store, links_in_store, asked = numbers_in_store(graphs)
    assert counts == in_store
    assert links == links_in_store
    assert_of_graphs(of_graphs, asked)
    assert links or sum(map(len, graphs.values())) < 1500


def test_numbers_of_a_content_are_those_of_its_store(tmp_path):
    write_few_tables(tmp_path / "tables")
    graphs = compose(read_all(tmp_path / "tables"), BASE).graphs
    counts, links, of_graphs = tally(graphs, BASE)
    in_store, links_in_store, asked = numbers_in_store(graphs)
    assert (counts, links) == (in_store, links_in_store)
    assert_of_graphs(of_graphs, asked)
    assert all(map(len, of_graphs.values()))


@pytest.mark.parametrize(
    ("went", "came", "left", "languages"),
    [
        (["sv"], ["sv"], ["sv", "en"], {"sv", "en"}),
        (["en"], [], ["sv", "en"], {"sv", "en"}),
        (["en"], ["sv"], ["sv"], {"sv"}),
        (["sv", "en"], [], [], set()),
        ([], ["fi"], ["sv", "en", "fi"], {"sv", "en", "fi"}),
    ],
)
def test_the_languages_of_a_graph_that_has_changed_are_those_of_its_store(went, came, left, languages):
    def said(tags, text):
        return tuple(f'<http://thing> <http://says/1> "{text}"@{tag}' for tag in tags)

    store, graphs = ox.Store(), ["http://graph/1", "http://graph/2"]
    quads = "".join(f"{line} <{graph}> .\n" for graph in graphs for line in said(left, "c"))
    store.load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    before = [{"graph": graphs[0], "language": language} for language in ("en", "sv")]
    differences = {graphs[0]: Difference(said(went, "a"), said(came, "b"))}
    told = list(holdings._languages(store, BASE, before, differences))
    assert {row["graph"] for row in told} <= {graphs[0]}
    assert sorted(row["language"] for row in told) == sorted(languages)


@pytest.mark.parametrize(
    "line",
    [
        f"_:b {A} <http://class/1>",
        "<http://thing/> <http://says/> _:b",
        f'<http://thing/> {A} "text"',
        "<http://thing/> <http://says/> <<( <http://a> <http://b> <http://c> )>>",
    ],
)
def test_what_only_a_store_tells_is_left_to_it(line):
    assert tally({"http://graph/1": [line]}, BASE) is None
