"""`/sparql` speaks the SPARQL 1.1 Protocol for queries, in every format, and refuses in plain words."""

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph

from endpoint.formats import GRAPHS, RESULTS

PREFIX = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
SELECT = PREFIX + "SELECT ?n { <http://localhost:8000/id/objective/8> skos:prefLabel ?n } ORDER BY ?n"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { BIND (<http://localhost:8000/id/objective/8> AS ?s) ?s ?p ?o }"
NAMES = ["Flourishing Lakes and Streams", "Levande sjöar och vattendrag"]
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def ask(client, query, accept="*/*", **parameters):
    return client.get("/sparql", params={"query": query} | parameters, headers={"Accept": accept})


def names(answer) -> list[str]:
    match answer.headers["content-type"].partition(";")[0]:
        case "application/sparql-results+json":
            return [row["n"]["value"] for row in answer.json()["results"]["bindings"]]
        case "application/sparql-results+xml":
            root = ElementTree.fromstring(answer.content)
            return [literal.text for literal in root.iter("{http://www.w3.org/2005/sparql-results#}literal")]
        case "text/csv":
            return [row["n"] for row in csv.DictReader(io.StringIO(answer.text))]
        case "text/tab-separated-values":
            return [line.split("@")[0].strip('"') for line in answer.text.splitlines()[1:]]
    raise AssertionError(answer.headers["content-type"])


@pytest.mark.parametrize("format_", RESULTS, ids=lambda f: f.name)
def test_a_table_in_every_result_format(client, format_):
    answer = ask(client, SELECT, format_.media_types[0])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == format_.content_type
    assert answer.headers["vary"] == "Accept"
    assert names(answer) == NAMES


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_a_graph_in_every_rdf_format(client, format_):
    answer = ask(client, CONSTRUCT, format_.media_types[0])
    assert answer.headers["content-type"] == format_.content_type
    parsed = Dataset(default_union=True)
    parsed.parse(data=answer.content, format=format_.media_types[0])
    expected = Graph().parse(data=ask(client, CONSTRUCT, "application/n-triples").text, format="nt")
    assert {quad[:3] for quad in parsed.quads()} == set(expected)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/sparql-results+json", "application/sparql-results+xml", "text/csv"]
)
def test_ask_has_a_truth_value(client, accept):
    answer = ask(client, "ASK {}", accept)
    assert answer.status_code == 200
    assert "true" in answer.text


def test_the_same_question_by_form_and_directly(client):
    by_form = client.post("/sparql", content=f"query={quote(SELECT)}", headers={"Content-Type": FORM})
    directly = client.post("/sparql", content=SELECT.encode(), headers={"Content-Type": f"{DIRECT}; charset=utf-8"})
    assert names(by_form) == names(directly) == NAMES


def test_plus_and_percent_are_decoded_once(client):
    query = 'SELECT ("a+b%2Bc å" AS ?n) {}'
    assert names(ask(client, query)) == ["a+b%2Bc å"]
    body = f"query={quote(query).replace('%20', '+')}"
    assert names(client.post("/sparql", content=body, headers={"Content-Type": FORM})) == ["a+b%2Bc å"]


def test_a_format_may_be_named(client):
    assert ask(client, SELECT, "text/html", format="csv").headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        (SELECT, "xml", "application/sparql-results+xml"),
        (SELECT, "json", "application/sparql-results+json"),
        (CONSTRUCT, "json-ld", "application/ld+json"),
        (CONSTRUCT, "rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (CONSTRUCT, "n3", "text/turtle"),
        (CONSTRUCT, "text/turtle", "text/turtle"),
    ],
)
def test_a_format_may_be_named_as_known_clients_name_it(client, query, name, media_type):
    answer = ask(client, query, "application/rdf+xml", format=name)
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_a_browser_is_led_to_the_page_with_the_same_query(client):
    answer = ask(client, SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sv/query?query={quote(SELECT)}"


def test_the_default_graph_is_the_union_of_all(client):
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    in_graphs = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } } }"
    assert names(ask(client, count)) == names(ask(client, in_graphs)) != ["0"]


def test_the_protocol_may_choose_the_graphs(client):
    graph = "http://localhost:8000/id/graph/livsmedelsverket-en"
    answer = ask(client, SELECT, **{"default-graph-uri": graph})
    assert names(answer) == NAMES[:1]
    from_ = SELECT.replace("SELECT ?n", f"SELECT ?n FROM <{graph}>")
    assert names(ask(client, from_)) == NAMES[:1]
    assert names(ask(client, SELECT.replace("SELECT ?n", "SELECT ?n FROM <http://localhost:8000/id/graph/none>"))) == []
    assert names(ask(client, from_, **{"default-graph-uri": f"{graph}-other"})) == []
    named = "SELECT DISTINCT ?n { GRAPH ?n { ?s ?p ?o } }"
    assert names(ask(client, named, **{"named-graph-uri": graph})) == [graph]


def test_head_is_get_without_a_body(client):
    answer = client.head("/sparql", params={"query": SELECT})
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        ({"params": {}}, 400, "bad-parameter"),
        ({"params": {"query": "SELECT * {"}}, 400, "query-syntax"),
        ({"params": {"query": ""}}, 400, "query-syntax"),
        ({"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "bad-parameter"),
        ({"params": {"query": "ASK {}", "format": "png"}}, 400, "bad-parameter"),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "not-acceptable"),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": "text/turtle"}}, 406, "not-acceptable"),
        ({"params": {"query": "SELECT * { SERVICE <http://a/> {} }"}}, 403, "query-federation"),
        ({"params": {"query": "DROP ALL"}}, 403, "query-update"),
        ({"params": {"update": "DROP ALL"}}, 403, "query-update"),
        ({"url": "/sparql?query=%FF%FE"}, 400, "bad-parameter"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_problem_details(client, request_, status, kind):
    answer = client.get(request_.pop("url", "/sparql"), **request_)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["type"].endswith(kind)
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", None, 415),
        (b"DROP ALL", "application/sparql-update", 403),
        (b"update=DROP+ALL", FORM, 403),
        (b"\xff\xfe", DIRECT, 400),
        (b"query=%FF", FORM, 400),
        (b"ASK {} #" + b"x" * 100_000, DIRECT, 413),
        (b"x" * 500_000, DIRECT, 413),
        (b"", FORM, 400),
    ],
)
def test_a_post_that_cannot_be_answered_is_refused(client, content, media_type, status):
    headers = {"Content-Type": media_type} if media_type else {}
    assert client.post("/sparql", content=content, headers=headers).status_code == status


def test_other_methods_are_told_which_there_are(client):
    answer = client.put("/sparql")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "query-deadline"),
        ("SELECT * " + "{" * 3000 + "}" * 3000, "query-crashed"),
    ],
)
def test_a_query_that_goes_wrong_is_an_error_to_its_sender_and_others_are_served(client, query, kind):
    answer = ask(client, query)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith(kind)
    assert names(ask(client, SELECT)) == NAMES


def test_an_error_speaks_the_language_of_its_reader(client):
    in_english = client.get("/sparql", headers={"Accept-Language": "en"}).json()
    in_swedish = client.get("/sparql", headers={"Accept-Language": "sv"}).json()
    assert in_english["title"] == "The request cannot be understood"
    assert in_swedish["title"] == "Begäran kan inte förstås"


def test_a_syntax_error_names_line_and_column(client):
    assert "2:" in ask(client, "SELECT *\n{ ?s ?p }").json()["detail"]


def test_an_unknown_function_is_no_fault_of_the_server(client):
    answer = ask(client, "SELECT (<http://example.org/f>(1) AS ?n) {}")
    assert answer.status_code in {200, 400}


def test_turtle_uses_the_prefixes_of_the_vocabulary_and_no_others(client):
    text = ask(client, CONSTRUCT, "text/turtle").text
    assert "@prefix mg: <http://localhost:8000/spec/> ." in text
    assert "@prefix owl:" not in text
    assert json.dumps("Levande sjöar och vattendrag", ensure_ascii=False) + "@sv" in text


def test_a_script_of_another_site_may_ask_what_it_may_send(client):
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


def test_a_body_that_announces_too_much_is_refused_before_it_is_read(client):
    headers = {"Content-Type": DIRECT, "Content-Length": "99999999999"}
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 413


def test_pages_are_served_while_readers_queries_take_all_their_workers(client):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(ask, client, endless) for _ in range(4)]
        time.sleep(0.3)
        for path in ("/health", "/res/objective/8.ttl", "/sv/mapping"):
            assert client.get(path).status_code == 200
        assert not all(one.done() for one in asked)
        assert {one.result().status_code for one in asked} == {503}
