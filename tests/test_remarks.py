"""A query that was answered is remarked on where it asks for what is not in the data, or where the engine is silent."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from urllib.parse import unquote

import httpx2 as httpx
import pytest

from endpoint.places import tokens
from endpoint.query_page import languages, remarks
from endpoint.query_page.patterns import statements
from endpoint.workers.pool import Pool
from tests.test_pages import Page


@pytest.fixture(autouse=True)
def however_busy_the_machine_is(monkeypatch):
    """What is remarked is looked at here, and not how soon: terms are waited for."""
    monkeypatch.setattr(remarks, "_PATIENCE", 60.0)


PREFIXES = """PREFIX mg: <http://localhost:8000/spec/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX e: <http://example.org/>
"""
JOINED = "SELECT ?o (GROUP_CONCAT({}; separator=', ') AS ?all) {{ ?o mg:followedUpBy ?a }} GROUP BY ?o"
YEAR = "http://www.w3.org/2001/XMLSchema#gYear"
REMARKS = {
    "SELECT ?o { ?o mg:followdUpBy ?a }": ["mg:followdUpBy stands nowhere in the data. Is mg:followedUpBy meant?"],
    "SELECT ?a { ?a a mg:Assessment ; mg:report ?r }": ["Is mg:reportOn or mg:inReport meant?"],
    "SELECT ?t { ?t mg:theme ?x FILTER NOT EXISTS { ?t e:done ?y } }": ["e:done stands nowhere in the data."],
    "ASK { <http://localhost:8000/id/objective/77> ?p ?o }": ["<http://localhost:8000/id/objective/77> stands nowhere"],
    "SELECT * FROM <http://example.org/g> { ?s ?p ?o }": ["<http://example.org/g> stands nowhere in the data."],
    'SELECT ?t { ?t skos:prefLabel "Levande skogar" }': ['without a language. One that has a language is written "Le'],
    'SELECT ?t { ?t skos:prefLabel "Levande skog"@sv }': ['No text in the data is "Levande skog"@sv.'],
    f"SELECT ?a {{ ?a ?p {'7' * 5000} }}": [],
    "SELECT ?t { ?t skos:notation 14.1 }": ['has skos:notation 14.1. Its values are written like this: "14.1".'],
    "SELECT ?a { ?a mg:reportedIn 2022 }": [
        'reportedIn 2022. Its values are written like this: "2022"^^<http://www.w3.org/2001/XMLSch'
    ],
    JOINED.format("?a"): ["?all is empty where ?a is an IRI: GROUP_CONCAT joins texts. Write STR(?a)."],
    JOINED.format("DISTINCT ?a"): ["Write STR(?a)."],
    JOINED.format("STR(?a)"): [],
    "SELECT (GROUP_CONCAT(?b; separator='') AS ?all) { ?o mg:followedUpBy ?a BIND('' AS ?b) }": [],
    'SELECT * { VALUES (?p ?name ?no) { (mg:theme "theme" 777) } ?o ?p ?t } LIMIT 1': [],
    'SELECT ?t { ?t skos:prefLabel "Levande skogar"@sv ; mg:number 12 } LIMIT 5': [],
    "CONSTRUCT { ?t e:new ?x } WHERE { ?t mg:theme ?x } LIMIT 1": [],
    "SELECT * FROM <http://localhost:8000/id/graph/editors> { ?s ?p ?o } LIMIT 1": [],
    "SELECT (e:f(1) AS ?x) { BIND(e:x AS ?y) ?t mg:theme ?z FILTER(e:g(?z)) }": [
        "There is no function <http://example.org/g> here: where it stands there is no value.",
        "There is no function <http://example.org/f> here: where it stands there is no value.",
    ],
    "SELECT * { ?t e:a\\) ?x }": ["e:a\\) stands nowhere in the data."],
    "SELECT * { ?o mg:followedUpBy ?a FILTER(?a != mg:x/8) } LIMIT 1": [
        "mg:x stands nowhere in the data. A name with a prefix ends before a slash: write <http://localhost:8000/spec/x/8>"
    ],
    "SELECT * { ?g a mg:Goal }": ["nowhere in the data. Is <http://metadata.un.org/sdg/ontology#Goal> meant?"],
    "SELECT * { ?t a mg:SDGTarget }": ["Is <http://metadata.un.org/sdg/ontology#Target> meant?"],
    "PREFIX qb: <http://purl.org/linked-data/cube#> SELECT * { ?o a mg:Observation }": ["Is qb:Observation meant?"],
    "SELECT * { ?o a mg:Objective }": ["nowhere in the data. Is mg:EnvironmentalQualityObjective meant?"],
    "SELECT * { ?m a mg:Measure OPTIONAL { ?m mg:costInKronor ?c } }": ["Nothing in the data has mg:costInKronor."],
    "SELECT * { ?a a <http://www.w3.org/ns/org#Organization> }": [
        "#Organization>. Nothing is inferred here: ask for <http://localhost:8000/spec/Actor>."
    ],
    "SELECT * { ?s <http://purl.org/dc/terms/isPartOf> <http://localhost:8000/id/objective/8> }": [
        "Nothing is inferred here: ask for <http://localhost:8000/spec/s"
    ],
    "DESCRIBE mg:nothing <http://localhost:8000/id/objective/77>": [
        "mg:nothing stands nowhere",
        "<http://localhost:8000/id/objective/77> stands nowhere in the data.",
    ],
    "DESCRIBE <http://localhost:8000/id/objective/8>": [],
    "SELECT * FROM NAMED <http://localhost:8000/id/graph/editors> { ?s mg:number ?n }": [
        "The query chooses named graphs alone",
    ],
    "SELECT * FROM NAMED <http://localhost:8000/id/graph/editors> { GRAPH ?g { ?s mg:number ?n } } LIMIT 1": [],
    "SELECT * FROM <http://localhost:8000/id/graph/editors> { GRAPH ?g { ?s mg:number ?n } }": [
        "The query chooses no named graphs",
    ],
    "SELECT * FROM <http://localhost:8000/id/graph/vocabulary> { ?s mg:number ?n }": [
        "Only the graphs that the query chooses are asked.",
    ],
    "SELECT * { ?d a <http://rdfs.org/ns/void#Dataset> ; <http://rdfs.org/ns/void#sparqlEndpoint> ?e }": [
        "nowhere in the data. What the data are is told at http://localhost:8000/.well-known/void."
    ],
    "SELECT * { ?m a mg:Retirement }": ["Nothing in the data is of the class mg:Retirement."],
    "SELECT * { ?m mg:assessedPlace mg:County }": ["Nothing in the data has mg:assessedPlace mg:County."],
    "SELECT * { ?o mg:number 77 }": ["Nothing in the data has mg:number 77."],
    'SELECT * { ?o mg:number "4" }': ['mg:number "4". Its values are written like this: 4.'],
    "SELECT * { ?o skos:notation 12 }": ['skos:notation 12. Its values are written like this: "12".'],
    'SELECT * { ?m mg:isNational "true" }': ['"true". Its values are written like this: true.'],
    'SELECT * { ?m mg:reportedIn "2022" }': [f'Its values are written like this: "2022"^^<{YEAR}>.'],
    'SELECT * { ?m mg:standing "published" }': ["are written like this: <http://localhost:8000/def/standing/"],
    "SELECT (COUNT(*) AS ?n) { ?a mg:reportedIn ?y FILTER(?y >= 2022) }": [
        f'?y is compared with 2022, but its values are written like this: "2022"^^<{YEAR}>.'
    ],
    'SELECT * { ?o skos:prefLabel ?l FILTER("Giftfri miljö" = ?l) }': ['like this: "Giftfri miljö"@'],
    "SELECT * { ?a mg:reportedIn ?y FILTER(YEAR(?y) >= 2022) } LIMIT 1": [],
    f'SELECT * {{ ?a mg:reportedIn ?y FILTER(?y >= "2022"^^<{YEAR}>) }} LIMIT 1': [],
    "SELECT * { ?o mg:number ?n FILTER(?n > 4 && ?n + 1 < 9) } LIMIT 1": [],
    "SELECT * { ?r mg:indicatorOf/mg:number 99 }": [],
    "SELECT * { ?m a mg:Measure ; mg:costInKronor/mg:number ?n }": ["Nothing in the data has mg:costInKronor."],
    "SELECT * { ?m ^mg:costInKronor|(mg:madeUp/mg:costInKronor+) ?n }": [
        "mg:madeUp stands nowhere in the data.",
        "Nothing in the data has mg:costInKronor.",
    ],
    "SELECT * { ?m mg:costInKronor|mg:number 77 }": [],
    "SELECT * { ?m mg:number/!mg:costInKronor/mg:costInKronor?/(mg:costInKronor/mg:theme)* ?n }": [],
    'SELECT * { ?o skos:prefLabel "Levande skogar"@se }': [
        "No text in the data is in the language @se. The languages are: sv, en."
    ],
    'SELECT * { ?o skos:prefLabel ?n FILTER(LANG(?n) = "se") }': ['in the language "se". The languages are: sv, en.'],
    "SELECT * { ?o skos:prefLabel ?n FILTER('sve' = lang(?n)) }": ["in the language 'sve'. The languages are: sv, en."],
    'SELECT * { ?o skos:prefLabel ?n FILTER(LANG(?n) = "SV") }': ['never "SV": write "sv".'],
    'SELECT * { ?o skos:prefLabel ?n FILTER(LANGMATCHES(LANG(?n), "en-GB")) }': ['in the language "en-GB".'],
    'SELECT * { ?o skos:prefLabel ?n FILTER(LANGMATCHES(LANG(?n), "EN") && LANG(?n) != "fr") } LIMIT 1': [],
    'SELECT * { ?o skos:prefLabel ?n FILTER(LANGMATCHES(LANG(?n), "*") || LANG(?n) = "") } LIMIT 1': [],
    'SELECT * { VALUES ?n { "Levande skogar"@se "Giftfri miljö"@fr } ?o skos:prefLabel ?n }': [
        "in the language @se.",
        "in the language @fr.",
    ],
    'SELECT * { ?o skos:prefLabel ?l FILTER(?l = "Giftfri miljö"@sve) }': ["in the language @sve."],
    'SELECT (COALESCE(?x, "namnlös"@se) AS ?y) ("a"@fr AS ?z) { ?o mg:number ?n BIND("b"@nb AS ?x) } LIMIT 1': [],
    "PREFIX mg: <https://w3id.org/miljograf/spec/> SELECT * { ?o a mg:Mapping ; mg:standing ?s }": [
        "mg:Mapping stands nowhere in the data. Identifiers begin with http://localhost:8000/ here: "
        "write PREFIX mg: <http://localhost:8000/spec/>.",
    ],
    "PREFIX : <http://localhost:8080/> SELECT * { :id\\/objective\\/8 ?p <http://a.se/of/def/standing/editorial> }": [
        "write PREFIX : <http://localhost:8000/>.",
        "write <http://localhost:8000/def/standing/editorial>.",
    ],
    "SELECT * { <https://w3id.org/miljograf/id/objective/77> ?p ?o }": [
        "<https://w3id.org/miljograf/id/objective/77> stands nowhere in the data."
    ],
}
"""Queries, and the beginnings or parts of what is remarked of each."""


@pytest.mark.parametrize("query", REMARKS)
def test_what_is_not_in_the_data_is_remarked_on(client, query):
    shown = client.get("/en/query", params={"query": PREFIXES + query})
    assert shown.status_code == 200
    notice = shown.text.partition('<ul class="notice plain">')[2].partition("</ul>")[0]
    remarks = [unescape(part.partition("</li>")[0]) for part in notice.split("<li>")[1:]]
    assert len(remarks) == len(REMARKS[query]), remarks
    assert all(said in remark for said, remark in zip(REMARKS[query], remarks, strict=True)), remarks


def test_remarks_are_in_the_language_of_the_page(client):
    page = Page(client.get("/sv/query", params={"query": PREFIXES + "ASK { ?o mg:followdUpBy ?a }"}).text)
    assert "mg:followdUpBy står ingenstans i data. Menas mg:followedUpBy?" in page.text


def told(client, query: str, **headers: str) -> tuple[list[str], httpx.Response]:
    """What a program is told beside its answer, and the answer."""
    answer = client.get("/sparql", params={"query": PREFIXES + query}, headers=headers)
    assert answer.status_code == 200
    listed = re.findall(r'%"([^"]*)"(?:, |$)', answer.headers.get("query-remarks", ""))
    assert ", ".join(f'%"{one}"' for one in listed) == answer.headers.get("query-remarks", "")
    return [unquote(one, errors="strict") for one in listed], answer


OF_AN_EMPTY_ANSWER = {
    "SELECT ?o { ?o mg:followdUpBy ?a }": ["mg:followdUpBy stands nowhere in the data. Is mg:followedUpBy meant?"],
    "CONSTRUCT WHERE { ?o e:a ?a }": ["e:a stands nowhere in the data."],
    'SELECT ?t { ?t skos:prefLabel "Levande åar"@sv ; e:a "100 %" }': [
        'No text in the data is "Levande åar"@sv.', "e:a stands nowhere in the data.",
        'No text in the data is "100 %" without a language. One that has a language is written "100 %"@sv, or '
        "compared by STR().",
    ],
    "SELECT ?t { ?t mg:number 8 ; mg:number 9 }": ["Nothing that has mg:number 8 has mg:number 9."],
    "SELECT ?t { ?t mg:number 8 OPTIONAL { ?t e:a ?x } }": [],
    "ASK { ?o e:a ?a }": [],
    "SELECT (COUNT(?c) AS ?n) { ?m mg:costInKronor ?c }": ["Nothing in the data has mg:costInKronor."],
    "SELECT (COUNT(*) AS ?n) FROM <http://localhost:8000/id/graph/vocabulary> { ?s mg:number ?n }": [
        "Only the graphs that the query chooses are asked. Without FROM and default-graph-uri it asks all of them."
    ],
    "SELECT (COUNT(?m) AS ?n) { ?m a mg:Measure OPTIONAL { ?m mg:costInKronor ?c } }": [],
    "SELECT ?o { ?o mg:number ?n FILTER NOT EXISTS { ?m mg:mappedSubject ?o } }": [
        "mg:mappedSubject stands nowhere in the data. Is mg:mappingSubject meant?"
    ],
    "SELECT ?o { ?o mg:number ?n minus { ?o mg:followdUpBy ?a } }": [
        "mg:followdUpBy stands nowhere in the data. Is mg:followedUpBy meant?"
    ],
    "SELECT ?o { ?o mg:number ?n MINUS { ?o mg:followedUpBy ?a } }": [],
    "SELECT ?o { ?o mg:number ?n FILTER(?n = 77) MINUS { ?o mg:followedUpBy ?a } }": [],
}  # fmt: skip
"""Queries, and what a program is told of each: nothing where something is found and nothing left out in vain, or the
answer is a truth value."""


@pytest.mark.parametrize("query", OF_AN_EMPTY_ANSWER)
def test_a_program_is_told_of_an_empty_answer_in_a_header(client, query):
    remarks, answer = told(client, query)
    assert remarks == OF_AN_EMPTY_ANSWER[query]
    assert answer.headers.get("link", "") == ('<http://localhost:8000/en/service#empty>; rel="help"' if remarks else "")
    if remarks:
        assert "Query-Remarks" in answer.headers["access-control-expose-headers"].split(", ")
        assert client.get("/en/service").text.count('id="empty"') == 1


PASSED_OVER = {
    "timout=5": "There is no parameter “timout” here. There are: query, default-graph-uri, named-graph-uri, format, "
    "timeout, partial, version. Is timeout meant?",
    "åäö%0D%0AX-Other:1=5": "There is no parameter “åäö",
    "output=csv": "There is no parameter “output” here.",
    "format=json&output=json&results=json": None,
    "format=json&infer=true": "There is no parameter “infer” here.",
}
"""Parameters beside a query, and the beginning of what is said of them."""


@pytest.mark.parametrize("asked", PASSED_OVER)
@pytest.mark.parametrize("query", ["ASK%20%7B%7D", ""])
def test_a_parameter_that_the_service_passes_over_is_told_in_a_header(client, asked, query):
    answer = client.get(
        f"/sparql?{f'query={query}&' if query else ''}{asked.replace('json', 'json' if query else 'ttl')}"
    )
    assert answer.status_code == 200
    remarks = answer.headers.get("query-remarks")
    if PASSED_OVER[asked] is None:
        assert remarks is None
    else:
        assert unquote(remarks).startswith(f'%"{PASSED_OVER[asked]}')
        assert "Accept-Language" in answer.headers["vary"]
        assert 'rel="help"' in answer.headers["link"] if query else "/openapi.json" in answer.headers["link"]
        assert "x-other" not in answer.headers


def test_what_is_passed_over_is_told_after_what_is_not_in_the_data_and_in_the_language_of_the_client(client):
    asked = {"query": "ASK { <http://localhost:8000/id/objective/99> ?p ?o }", "timout": "5"}
    asked["query"] = asked["query"].replace("ASK", "SELECT *")
    answer = client.get("/sparql", params=asked, headers={"Accept-Language": "sv"})
    remarks = unquote(answer.headers["query-remarks"])
    assert 0 < remarks.index("objective/99") < remarks.index("Här finns ingen parameter ”timout”.")
    assert "Menas timeout?" in remarks


@pytest.mark.parametrize("name", ["qurey", "Query", "querry"])
def test_a_name_that_is_near_to_query_is_refused_where_there_is_no_query(client, name):
    answer = client.get("/sparql", params={name: "ASK {}"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)
    assert answer.json()["detail"].endswith("Is query meant?")


OF_CLASSES = {
    "SELECT ?l { ?o a mg:EnvironmentalQualityObjective ; rdfs:label ?l }": [
        "Nothing of the class mg:EnvironmentalQualityObjective has rdfs:label. Is skos:prefLabel meant?"
    ],
    "SELECT ?l { ?o skos:exactMatch ?l . $o a mg:County }": [
        "Nothing of the class mg:County has skos:exactMatch. Is skos:closeMatch meant?"
    ],
    "SELECT ?l { ?d rdfs:label ?l ; a <http://purl.org/linked-data/cube#DataSet> }": [
        "Nothing of the class <http://purl.org/linked-data/cube#DataSet> has rdfs:label. Is dcterms:title meant?"
    ],
    "SELECT ?o { ?o a mg:County ; a mg:Municipality ; mg:number ?n }": [
        "Nothing of the class mg:County or mg:Municipality has mg:number."
    ],
    "SELECT ?o { ?o a mg:County ; a mg:Municipality ; mg:inCounty ?c }": [],
    "SELECT ?l { ?c a mg:County . ?l rdfs:label ?c }": ["Nothing of the class mg:County is a value of rdfs:label."],
    "SELECT ?l { ?c a mg:County ; skos:prefLabel|rdfs:label ?l FILTER(?l = 1) }": [],
    "SELECT ?l { ?c a mg:County ; mg:countyBoard [ rdfs:label ?l ] }": [],
    "SELECT ?l { [ a mg:County ] rdfs:label ?l }": [],
    "SELECT ?l { ?c a mg:County . ( ?c ) rdfs:label ?l }": [],
    "SELECT ?l { ?c a mg:County MINUS { ?c rdfs:label ?l } }": [
        "Nothing of the class mg:County has rdfs:label. Is skos:prefLabel meant?"
    ],
}  # fmt: skip
"""Queries about things of a class, and what is remarked of the properties that nothing of it has."""


@pytest.mark.parametrize("query", OF_CLASSES)
def test_a_property_that_nothing_of_a_class_has_is_told_with_what_is_meant(client, query):
    text = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + PREFIXES + query
    remarks = unquote(client.get("/sparql", params={"query": text}).headers.get("query-remarks", ""))
    assert [part for part in re.findall(r'%"([^"]*)"', remarks) if "of the class" in part] == OF_CLASSES[query]


APART = {
    "SELECT ?v { ?v dim:refArea ?a . ?a mg:inCounty ?c }": ["Nothing that has mg:inCounty is a value of dim:refArea."],
    "SELECT ?v { ?v dim:refArea ?a . ?a mg:inCounty id:county\\/12 }": [
        "Nothing that has mg:inCounty id:county\\/12 is a value of dim:refArea."
    ],
    "SELECT ?v { ?v dim:refArea ?a . ?a a mg:Municipality }": [
        "Nothing of the class mg:Municipality is a value of dim:refArea."
    ],
    'SELECT ?c { ?c skos:notation "1" ; a mg:County }': ['Nothing of the class mg:County has skos:notation "1".'],
    'SELECT ?c { ?c a mg:County ; skos:prefLabel "Frisk luft"@sv }': [
        'Nothing of the class mg:County has skos:prefLabel "Frisk luft"@sv.'
    ],
    'SELECT ?c { ?c a mg:County ; skos:notation "12" FILTER(false) }': [],
    "SELECT ?v { ?v dim:refArea ?a . ?a mg:countyBoard ?b FILTER(false) }": [],
    "SELECT ?v { { ?v dim:refArea ?a } UNION { ?a mg:inCounty ?c } FILTER(false) }": [],
    "SELECT ?v { ?a mg:inCounty ?c FILTER(false) OPTIONAL { ?v dim:refArea ?a } }": [],
    "SELECT ?v { ?d qb:slice/dim:refArea ?a . ?a a mg:Municipality }": [
        "Nothing of the class mg:Municipality is a value of dim:refArea."
    ],
    "SELECT ?v { ?d (qb:slice/dim:refArea)|mg:coversMunicipality ?a . ?a a mg:Municipality FILTER(false) }": [],
    "SELECT ?v { ?d qb:slice/dim:refArea? ?a . ?a a mg:Municipality FILTER(false) }": [],
    "SELECT ?v { ?v dim:refArea ?a . ?a a mg:Municipality ; e:a ?x }": ["e:a stands nowhere in the data."],
}
"""Queries that ask of one thing what some have, and nothing has both; and some that are empty for another reason."""


@pytest.mark.parametrize("query", APART)
def test_what_nothing_has_at_once_is_told(client, query):
    spaces = "PREFIX dim: <http://purl.org/linked-data/sdmx/2009/dimension#> PREFIX id: <http://localhost:8000/id/> "
    spaces += "PREFIX qb: <http://purl.org/linked-data/cube#> "
    remarks, _ = told(client, spaces + query)
    assert remarks == APART[query]


def test_a_class_of_too_many_things_is_not_gone_through(client, monkeypatch):
    monkeypatch.setattr("endpoint.query_page.apart._MOST_THINGS", 20)
    query = PREFIXES + 'SELECT ?c { ?c skos:notation "1" ; a mg:County }'
    assert "query-remarks" not in client.get("/sparql", params={"query": query}).headers


TURNED = {
    "SELECT ?i { id:objective\\/8 mg:indicatorOf ?i }": "write ?i mg:indicatorOf id:objective\\/8.",
    "SELECT ?i { <http://localhost:8000/id/objective/8> a ?c ; mg:indicatorOf ?i }": (
        "write ?i mg:indicatorOf <http://localhost:8000/id/objective/8>."
    ),
    "SELECT ?i { ?o a mg:EnvironmentalQualityObjective ; mg:indicatorOf ?i }": "write ?i mg:indicatorOf ?o.",
    "SELECT ?s { ?o mg:specificationOf ?s . ?s a mg:Specification }": "write ?s mg:specificationOf ?o.",
    "SELECT ?s { ?o a mg:EnvironmentalQualityObjective ; mg:specificationOf ?s . ?s a mg:Specification }": (
        "write ?s mg:specificationOf ?o."
    ),
    "SELECT ?r { id:report\\/FU2023 dcterms:isPartOf ?r }": "write ?r dcterms:isPartOf id:report\\/FU2023.",
    "SELECT ?i { ?i mg:indicatorOf id:objective\\/8 ; mg:mainObjective ?o }": None,
    "SELECT ?i { ?i a mg:Indicator ; mg:indicatorOf ?o . ?o a mg:County }": None,
    "SELECT ?r { ?r a mg:Report ; dcterms:isPartOf ?s . ?s a mg:Report FILTER(false) }": None,
    "SELECT ?a { id:county\\/12 mg:inCounty ?a FILTER(false) }": "write ?a mg:inCounty id:county\\/12.",
    "SELECT ?a { id:municipality\\/1280 mg:inCounty ?a FILTER(false) }": None,
    "SELECT ?a { id:municipality\\/1280 mg:countyBoard ?a }": None,
}
"""Queries that find nothing, and how a statement of each is written the other way round; None where none is to be."""


@pytest.mark.parametrize("query", TURNED)
def test_a_statement_that_the_data_make_the_other_way_round_is_told(client, query):
    spaces = "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX id: <http://localhost:8000/id/> "
    remarks, _ = told(client, spaces + query)
    found = [remark.partition(" goes the other way: ")[2] for remark in remarks if "the other way" in remark]
    assert found == ([TURNED[query]] if TURNED[query] else [])


OF_CHOSEN_GRAPHS = {
    ("default-graph-uri", "http://localhost:8000/id/graph/nothing"): "<http://localhost:8000/id/graph/nothing> stands",
    ("default-graph-uri", "http://localhost:8000/id/graph/vocabulary"): "Only the graphs that the query chooses are",
    ("named-graph-uri", "http://localhost:8000/id/graph/editors"): "The query chooses named graphs alone",
}
"""Parameters of the protocol, and the beginning of what is said of a query that finds nothing for them."""


@pytest.mark.parametrize("parameter", OF_CHOSEN_GRAPHS)
def test_the_graphs_of_the_protocol_are_remarked_on_as_those_of_the_query(client, parameter):
    asked = {"query": PREFIXES + "SELECT * FROM <http://localhost:8000/id/graph/editors> { ?s mg:number ?n }"}
    answer = client.get("/sparql", params=asked | dict([parameter]))
    assert answer.json()["results"]["bindings"] == []
    assert unquote(answer.headers["query-remarks"]).startswith(f'%"{OF_CHOSEN_GRAPHS[parameter]}')
    page = Page(client.get("/en/query", params=asked | dict([parameter])).text)
    assert OF_CHOSEN_GRAPHS[parameter] in page.text


@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_an_empty_graph_is_remarked_on_in_every_format(client, name):
    empty, full = (
        client.get("/sparql", params={"query": f"CONSTRUCT WHERE {{ ?s <{predicate}> ?o }}", "format": name})
        for predicate in ("http://example.org/nothing", "http://localhost:8000/spec/number")
    )
    assert "nothing> stands nowhere in the data." in empty.headers["query-remarks"]
    assert "query-remarks" not in full.headers


def test_it_is_told_in_the_language_that_the_program_likes(client):
    remarks, answer = told(client, "SELECT ?o { ?o mg:followdUpBy ?a }", **{"Accept-Language": "sv"})
    assert remarks == ["mg:followdUpBy står ingenstans i data. Menas mg:followedUpBy?"]
    assert answer.headers["query-remarks"].isascii()
    assert answer.headers["content-language"] == "sv"
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))


def test_what_is_told_has_an_end(client):
    many = " ".join(f"?s e:{'long' * 100}{number} ?o ." for number in range(20))
    remarks, answer = told(client, f"SELECT * {{ {many} }}")
    assert len(remarks) == 4
    assert len(answer.headers["query-remarks"]) < 2100


def test_no_page_waits_for_what_is_remarked_to_programs(client, monkeypatch):
    """And the answer without remarks is not the one that later askers get."""
    with monkeypatch.context() as busy:
        busy.setattr(Pool, "idle", 0)
        remarks, answer = told(client, "SELECT ?o { ?o mg:folowedUpBy ?busy }")
    assert remarks == []
    assert answer.headers["cache-control"] == "no-store"
    assert told(client, "SELECT ?o { ?o mg:folowedUpBy ?busy }")[0]


def test_what_may_be_meant_is_left_out_where_the_terms_take_long_to_count(client, monkeypatch):
    monkeypatch.setattr(remarks, "_PATIENCE", 0.01)
    monkeypatch.setattr(remarks, "read_completions", lambda *_: asyncio.sleep(60))
    page = client.get("/en/query", params={"query": PREFIXES + "ASK { ?o mg:followdUpBy ?a }"}).text
    assert "mg:followdUpBy stands nowhere in the data." in page
    assert "mg:followedUpBy meant" not in page


def test_the_languages_are_left_out_where_they_take_long_to_count(client, monkeypatch):
    monkeypatch.setattr(remarks, "_PATIENCE", 0.01)
    monkeypatch.setattr(languages, "_languages", lambda *_: asyncio.sleep(60))
    query = 'SELECT * { ?o skos:prefLabel "Levande skog"@se }'
    page = unescape(client.get("/en/query", params={"query": PREFIXES + query}).text)
    assert 'No text in the data is "Levande skog"@se.' in page
    assert "The languages are" not in page


STATEMENTS = {
    "{ ?a mg:b ?c ; a mg:D , mg:E . ?f mg:g 'h'@sv }": ["mg:b ?c", "a mg:D", "a mg:E", "mg:g 'h'"],
    "{ ?a mg:b/mg:c ?d ; ^mg:e ?f ; (mg:g|mg:h) ?i ; mg:j* ?k ; mg:l ?m }": ["mg:l ?m"],
    "{ [ mg:a mg:b ] mg:c 4 . ?d mg:e [ mg:f true ] ; mg:g ?h }": ["mg:a mg:b", "mg:c 4", "mg:f true", "mg:g ?h"],
    "{ VALUES ?a { mg:b mg:c mg:d } FILTER(?a IN (mg:e, mg:f)) BIND(mg:g(?h) AS ?i) ?a mg:j ?k }": ["mg:j ?k"],
    "{ FILTER NOT EXISTS { ?a mg:b ?c } GRAPH ?d { ?e mg:f ?g } { SELECT ?h { ?h mg:i ?j } } }": [
        "mg:b ?c", "mg:f ?g", "mg:i ?j",
    ],
    '{ ?a mg:b "2020"^^mg:year ; mg:c ?d } ORDER BY ?a ?b ?c': ['mg:b "2020"', "mg:c ?d"],
    "{ ?a ?b ?c . (1 2) mg:d (3 4) ; mg:e ?f }": ["mg:e ?f"],
}  # fmt: skip
"""Patterns, and the properties that are one term with their objects."""


@pytest.mark.parametrize("pattern", STATEMENTS)
def test_the_statements_of_a_pattern_are_read_from_its_tokens(pattern):
    read = tokens(f"PREFIX mg: <http://a.test/> SELECT * {pattern}")
    found = [f"{read[one.property].text} {read[one.object].text}" for one in statements(read)]
    assert found == STATEMENTS[pattern]


class Counted(list):
    """Tokens that count how often one of them is looked at."""

    looked = 0

    def __getitem__(self, place):
        self.looked += 1
        return super().__getitem__(place)


@pytest.mark.parametrize("repeated", ["?a 1 ", '?a "a"@sv '])
def test_to_tell_of_a_query_twice_as_long_takes_twice_the_looks(repeated):
    def looks(times: int) -> int:
        read = Counted(tokens(f"SELECT * {{ {repeated * times} }}"))
        list(remarks._asked(read))
        return read.looked

    assert looks(800) < 2.5 * looks(400)
