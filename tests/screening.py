"""A small cube in which all is in order, and every way to break it by one statement, for the tests of the screens."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ontology.base import Base
from shapes.files import rules
from shapes.gate import check_rule
from shapes.screens import PROVEN, Amiss

CUBE = """
@base <https://w3id.org/miljograf/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix mg: <https://w3id.org/miljograf/spec/> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#> .
@prefix sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

GRAPH <graph/vocabulary> {
    mg:Row a rdfs:Class ; mg:kindName "row" .
    mg:County a rdfs:Class ; mg:kindName "county" .
    qb:Observation a rdfs:Class ; mg:kindName "observation" .
    qb:Slice a rdfs:Class ; mg:kindName "slice" .
    qb:DataSet a rdfs:Class ; mg:kindName "dataset" .
    sdmx-dimension:refArea a qb:DimensionProperty .
    sdmx-dimension:refPeriod a qb:DimensionProperty .
    sdmx-dimension:sex a qb:DimensionProperty .
    mg:sector a qb:DimensionProperty .
    dcterms:source a rdf:Property .
    mg:note a rdf:Property .
    mg:retires a rdf:Property .
    mg:statedIn a rdf:Property .
    mg:table a rdf:Property .
    mg:firstYear a rdf:Property .
    mg:lastYear a rdf:Property .
    qb:dataSet a rdf:Property .
    qb:observation a rdf:Property .
    qb:slice a rdf:Property .
    qb:structure a rdf:Property .
    qb:sliceStructure a rdf:Property .
    sdmx-attribute:unitMeasure a rdf:Property .
    sdmx-measure:obsValue a rdf:Property .
    mg:notFound mg:kindNote <../def/not-there> .
    <../def/structure/a> qb:component <../def/component/area> , <../def/component/year> , <../def/component/unit> .
    <../def/structure/s> qb:component <../def/component/area> , <../def/component/year> , <../def/component/sector> .
    <../def/structure/x> qb:component <../def/component/area> , <../def/component/year> , <../def/component/sex> .
    <../def/component/area> qb:componentProperty sdmx-dimension:refArea .
    <../def/component/year> qb:componentProperty sdmx-dimension:refPeriod .
    <../def/component/sector> qb:componentProperty mg:sector .
    <../def/component/sex> qb:componentProperty sdmx-dimension:sex .
    <../def/component/unit> qb:componentProperty mg:unit .
    <../def/structure/a> a qb:DataStructureDefinition ; qb:sliceKey <../def/slice-key/a> .
    <../def/slice-key/a> a qb:SliceKey ; qb:componentProperty sdmx-dimension:refArea .
    <../def/structure/s> a qb:DataStructureDefinition ; qb:sliceKey <../def/slice-key/s> .
    <../def/slice-key/s> a qb:SliceKey ; qb:componentProperty sdmx-dimension:refArea , mg:sector .
    <../def/structure/x> a qb:DataStructureDefinition ; qb:sliceKey <../def/slice-key/x> .
    <../def/slice-key/x> a qb:SliceKey ; qb:componentProperty sdmx-dimension:refArea , sdmx-dimension:sex .
}
GRAPH <graph/places> {
    <graph/places> a void:Dataset ; dcterms:source <source/places> ; mg:statedIn <row/places/1> .
    <source/places> a void:Dataset ; mg:statedIn <row/places/1> .
    <county/12> a mg:County ; mg:statedIn <row/places/1> .
    <county/14> a mg:County ; mg:statedIn <row/places/1> .
    <../def/sector/t> a mg:County ; mg:statedIn <row/places/1> .
    <../def/sector/u> a mg:County ; mg:statedIn <row/places/1> .
    <../def/sex/w> a mg:County ; mg:statedIn <row/places/1> .
    <../def/unit/p> a mg:County ; mg:statedIn <row/places/1> .
    <../def/unit/q> a mg:County ; mg:statedIn <row/places/1> .
    <retirement/1> a mg:County ; mg:retires <county/99> ; mg:statedIn <row/places/1> .
    <row/places/1> a mg:Row ; mg:table "places" ; dcterms:source <source/places> .
}
GRAPH <graph/values> {
    <graph/values> a void:Dataset ; dcterms:source <source/values> ; mg:statedIn <row/values/1> .
    <source/values> a void:Dataset ; mg:statedIn <row/values/1> .
    <dataset/a> a qb:DataSet ; qb:structure <../def/structure/a> ; qb:slice <slice/a/12> ; mg:statedIn <row/values/1> .
    <dataset/b> a qb:DataSet ; qb:structure <../def/structure/a> ; qb:slice <slice/b/12> ; mg:statedIn <row/values/1> .
    <dataset/s> a qb:DataSet ; qb:structure <../def/structure/s> ; qb:slice <slice/s/12/t> , <slice/s/14/u> ;
        mg:statedIn <row/values/1> .
    <dataset/x> a qb:DataSet ; qb:structure <../def/structure/x> ; qb:slice <slice/x/12/w> ;
        mg:statedIn <row/values/1> .
    <slice/a/12> a qb:Slice ; qb:sliceStructure <../def/slice-key/a> ;
        sdmx-dimension:refArea <county/12> ; mg:statedIn <row/values/1> ;
        mg:firstYear "2023"^^xsd:gYear ; mg:lastYear "2026"^^xsd:gYear ;
        qb:observation <observation/a/12/2023> , <observation/a/12/2024> , <observation/a/12/2025> ,
        <observation/a/12/2026> .
    <slice/b/12> a qb:Slice ; qb:sliceStructure <../def/slice-key/a> ;
        sdmx-dimension:refArea <county/12> ; mg:statedIn <row/values/1> ;
        mg:firstYear "2023"^^xsd:gYear ; mg:lastYear "2023"^^xsd:gYear ;
        qb:observation <observation/b/12/2023> .
    <slice/s/12/t> a qb:Slice ; qb:sliceStructure <../def/slice-key/s> ;
        sdmx-dimension:refArea <county/12> ; mg:sector <../def/sector/t> ;
        mg:firstYear "2023"^^xsd:gYear ; mg:lastYear "2023"^^xsd:gYear ;
        mg:statedIn <row/values/1> ; qb:observation <observation/s/12/2023/t> .
    <slice/s/14/u> a qb:Slice ; qb:sliceStructure <../def/slice-key/s> ;
        sdmx-dimension:refArea <county/14> ; mg:sector <../def/sector/u> ;
        mg:firstYear "2023"^^xsd:gYear ; mg:lastYear "2023"^^xsd:gYear ;
        mg:statedIn <row/values/1> ; qb:observation <observation/s/14/2023/u> .
    <slice/x/12/w> a qb:Slice ; qb:sliceStructure <../def/slice-key/x> ;
        sdmx-dimension:refArea <county/12> ; sdmx-dimension:sex <../def/sex/w> ;
        mg:firstYear "2023"^^xsd:gYear ; mg:lastYear "2023"^^xsd:gYear ;
        mg:statedIn <row/values/1> ; qb:observation <observation/x/12/2023/w> .
    <observation/a/12/2023> a qb:Observation ; qb:dataSet <dataset/a> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2023"^^xsd:gYear ; mg:statedIn <row/values/1> ; mg:note "Of one year" ;
        sdmx-attribute:unitMeasure <../def/unit/p> .
    <observation/a/12/2024> a qb:Observation ; qb:dataSet <dataset/a> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2024"^^xsd:gYear ; mg:statedIn <row/values/1> ;
        sdmx-attribute:unitMeasure <../def/unit/p> ; sdmx-measure:obsValue 4 .
    <observation/a/12/2025> a qb:Observation ; qb:dataSet <dataset/a> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2025"^^xsd:gYear ; mg:statedIn <row/values/1> ;
        sdmx-attribute:unitMeasure <../def/unit/p> ; sdmx-measure:obsValue 4.5 .
    <observation/a/12/2026> a qb:Observation ; qb:dataSet <dataset/a> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2026"^^xsd:gYear ; mg:statedIn <row/values/1> ;
        sdmx-attribute:unitMeasure <../def/unit/p> ; sdmx-measure:obsValue 4 .
    <observation/b/12/2023> a qb:Observation ; qb:dataSet <dataset/b> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2023"^^xsd:gYear ; mg:statedIn <row/values/1> ;
        sdmx-attribute:unitMeasure <../def/unit/q> .
    <observation/s/12/2023/t> a qb:Observation ; qb:dataSet <dataset/s> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2023"^^xsd:gYear ; mg:sector <../def/sector/t> ; mg:statedIn <row/values/1> .
    <observation/s/14/2023/u> a qb:Observation ; qb:dataSet <dataset/s> ; sdmx-dimension:refArea <county/14> ;
        sdmx-dimension:refPeriod "2023"^^xsd:gYear ; mg:sector <../def/sector/u> ; mg:statedIn <row/values/1> .
    <observation/x/12/2023/w> a qb:Observation ; qb:dataSet <dataset/x> ; sdmx-dimension:refArea <county/12> ;
        sdmx-dimension:refPeriod "2023"^^xsd:gYear ; sdmx-dimension:sex <../def/sex/w> ; mg:statedIn <row/values/1> .
    <row/values/1> a mg:Row ; mg:table "values" ; dcterms:source <source/values> .
}
"""
"""Four data sets: two by area and year, one by sector too, one by sex too. Two things are odd and meant to be so: the
vocabulary may name what is not there, and so may what retires an identifier."""

KINDS = ("observation", "slice", "dataset", "county", "row", "graph")
"""Sorts of things in the cube: of one of each, anything is said that is said of another."""

ODD = (ox.Literal(""), ox.Literal(" Stray"), ox.Literal("2023/1"), ox.BlankNode("odd"))
"""Values that no statement should have."""


def quads(text: str) -> list[ox.Quad]:
    """The statements of a TriG text."""
    return list(ox.parse(text, format=ox.RdfFormat.TRIG))


def broken(whole: list[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The statements with one of them gone, said twice, or said of and with other things; and what that is."""
    yield from odd_ways()
    graphs = sorted({quad.graph_name for quad in whole}, key=str)
    for place, quad in enumerate(whole):
        rest = [*whole[:place], *whole[place + 1 :]]
        yield f"gone: {quad}", rest
        for graph in graphs:
            if graph != quad.graph_name:
                moved = ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                yield f"said twice: {moved}", [*whole, moved]
                yield f"moved: {moved}", [*rest, moved]
        for number, other in enumerate(_others(quad, whole)):
            graph = graphs[number % len(graphs)]
            elsewhere = ox.Quad(other.subject, other.predicate, other.object, graph)
            yield f"added: {elsewhere}", [*whole, elsewhere]
            yield f"instead of {quad}: {other}", [*rest, other]


def odd_ways() -> Iterator[tuple[str, list[ox.Quad]]]:
    """Cubes that are broken in ways that no change of one statement leads to."""
    not_ours = CUBE.replace("dataset/a", "http://other/id/dataset/a")
    yield "a data set of others", quads(not_ours.replace("observation/a/", "http://other/id/dataset/a/"))
    text = CUBE.replace("refArea <county/14>", 'refArea "county/14"^^<http://other/q>')
    yield "an area that is a text", quads(text.replace("observation/s/14/", "observation/s/q/"))
    number = CUBE.replace("observation/a/12/2024", "observation/a/12/007").replace(
        '"2024"^^xsd:gYear', '"007"^^xsd:integer'
    )
    yield "a period that is a number", quads(number)
    for what, said in _ODD_WAYS.items():
        yield what, quads(f"{CUBE} {said}")


_ROWS = """<graph/more> a void:Dataset ; dcterms:source <source/more> ; mg:statedIn <row/more/1> .
    <source/more> a void:Dataset ; mg:statedIn <row/more/1> . <row/more/1> a mg:Row ; dcterms:source <source/more> .
    <municipality/12> a mg:County ; mg:statedIn <row/more/1> . <county/2023> a mg:County ; mg:statedIn <row/more/1> ."""
_OBSERVATION = 'a qb:Observation ; mg:statedIn <row/more/1> ; sdmx-dimension:refPeriod "2023"^^xsd:gYear'
_ODD_WAYS = {
    "a series of the vocabulary": "GRAPH <graph/vocabulary> { <slice/v> qb:observation <observation/a/12/2023> }",
    "an area by the vocabulary": """GRAPH <graph/vocabulary> {
        <observation/a/12/2023> sdmx-dimension:refArea <county/14> }""",
    "a class by the vocabulary": "GRAPH <graph/vocabulary> { <slice/a/12> a qb:Observation }",
    "an observation with a series": "GRAPH <graph/values> { <observation/b/12/2023> qb:slice <slice/a/12> }",
    "an observation that is a structure": """GRAPH <graph/values> {
        <dataset/a> qb:structure <observation/b/12/2023> .
        <observation/b/12/2023> qb:component <../def/component/sector> }""",
    "a series that is a dimension": """GRAPH <graph/values> {
        <slice/b/12> a qb:DimensionProperty . <observation/a/12/2023> <slice/b/12> <county/12> }""",
    "a key of which another graph says more": f"""GRAPH <graph/more> {{ {_ROWS}
        <../def/slice-key/a> qb:componentProperty mg:sector ; mg:statedIn <row/more/1> }}""",
    "a series of which another graph says the key": f"""GRAPH <graph/more> {{ {_ROWS}
        <slice/a/12> qb:sliceStructure <../def/slice-key/s> ; mg:statedIn <row/more/1> }}""",
    "a row of which another graph says the table": f"""GRAPH <graph/more> {{ {_ROWS}
        <row/values/1> mg:table "places"@sv ; mg:statedIn <row/more/1> }}""",
    "a row of the vocabulary": """GRAPH <graph/vocabulary> {
        <row/values/1> a mg:Row ; dcterms:source <source/values> }""",
    "a series in two graphs": f"""GRAPH <graph/more> {{ {_ROWS}
        <slice/a/12> a qb:Slice ; sdmx-dimension:refArea <county/14> ; mg:statedIn <row/more/1> ;
            qb:observation <observation/a/14/2023> .
        <observation/a/14/2023> {_OBSERVATION} ; qb:dataSet <dataset/a> ; sdmx-dimension:refArea <county/14> }}""",
    "an observation of two areas with one ending": f"""GRAPH <graph/more> {{ {_ROWS}
        <dataset/a> qb:slice <slice/a/m> ; mg:statedIn <row/more/1> .
        <slice/a/m> a qb:Slice ; sdmx-dimension:refArea <municipality/12> ; mg:statedIn <row/more/1> ;
            qb:observation <observation/a/12/2023> .
        <observation/a/12/2023> {_OBSERVATION} ; qb:dataSet <dataset/a> ;
            sdmx-dimension:refArea <municipality/12> }}""",
    "an IRI that is read in two ways": f"""GRAPH <graph/more> {{ {_ROWS}
        <dataset/x/12> a qb:DataSet ; qb:structure <../def/structure/a> ; mg:statedIn <row/more/1> ;
            qb:slice <slice/x/12/2023> .
        <slice/x/12/2023> a qb:Slice ; sdmx-dimension:refArea <county/2023> ; mg:statedIn <row/more/1> ;
            qb:observation <observation/x/12/2023/w> .
        <observation/x/12/2023/w> a qb:Observation ; qb:dataSet <dataset/x/12> ; mg:statedIn <row/more/1> ;
            sdmx-dimension:refArea <county/2023> ; sdmx-dimension:refPeriod "w" }}""",
}
"""What is added to the cube, by what it then has."""


def _others(quad: ox.Quad, whole: list[ox.Quad]) -> Iterator[ox.Quad]:
    """Statements that differ in one term from one, and have there a term that others have there."""
    alike = [one for one in whole if one.predicate == quad.predicate]
    odd = [next(one.subject for one in whole if f"/{kind}/" in str(one.subject)) for kind in KINDS]
    for subject in dict.fromkeys([*(one.subject for one in alike), *odd]):
        yield ox.Quad(subject, quad.predicate, quad.object, quad.graph_name)
    for value in (*dict.fromkeys(one.object for one in alike), *ODD):
        yield ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)
    yield ox.Quad(ox.BlankNode("odd"), quad.predicate, quad.object, quad.graph_name)
    for predicate in dict.fromkeys(one.predicate for one in whole if isinstance(one.object, type(quad.object))):
        yield ox.Quad(quad.subject, predicate, quad.object, quad.graph_name)


def at_random(chance: random.Random, whole: list[ox.Quad]) -> list[ox.Quad]:
    """The statements with some made of whatever terms and graphs there are, and a few gone."""
    changed = list(whole)
    for _ in range(chance.randint(1, 4)):
        quad, subject, predicate, value, graph = (chance.choice(whole) for _ in range(5))
        changed.append(
            ox.Quad(
                chance.choice((quad, subject)).subject,
                chance.choice((quad, predicate)).predicate,
                chance.choice((quad, value)).object,
                chance.choice((quad, graph)).graph_name,
            )
        )
        if chance.random() < 0.5:
            changed.remove(chance.choice(changed))
    return changed


def stored(statements: Iterable[ox.Quad]) -> ox.Store:
    """A store of some statements."""
    store = ox.Store()
    store.extend(statements)
    return store


def lines(statements: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """The named graphs of some statements, as sorted lines."""
    graphs: dict[str, set[str]] = {}
    for quad in statements:
        graphs.setdefault(str(quad.graph_name.value), set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
    return {graph: sorted(said) for graph, said in graphs.items()}


def finding(statements: Iterable[ox.Quad]) -> set[str]:
    """The names of the rules that find anything, of those that can be spared."""
    store = stored(statements)
    return {rule.name for rule in rules() if rule.name in PROVEN and check_rule(store, rule, Base())}


def suspected(found: Iterable[Amiss]) -> set[str]:
    """The names of the rules that have to be asked where something is amiss."""
    return {name for one in found for name in one.rules}
