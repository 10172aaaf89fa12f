"""`/sparql` speaks the SPARQL 1.1 Protocol for queries, in every format, and refuses in plain words."""

import csv
import io
import json
import re
from decimal import Decimal
from urllib.parse import parse_qs, quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import SKOS, Dataset, Graph, Literal, Namespace, URIRef

from endpoint.formats import GRAPHS, RESULTS
from endpoint.service import LIMITS

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
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
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
    address, _, asked = answer.headers["location"].partition("?")
    assert address == "/sv/query"
    assert parse_qs(asked) == {"query": [SELECT]}


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
        ({"params": {"default-graph-uri": "http://a/"}}, 400, "bad-parameter"),
        ({"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400, "bad-parameter"),
        ({"params": {"query": "ASK {}", "named-graph-uri": "a:b\r\nX-Other: 1"}}, 400, "bad-parameter"),
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
    ("asked", "says"),
    [("query=%FF", "not UTF-8"), ("query=ASK%20%7B%7D" + "&a=b" * 1000, "more parameters than 1000")],
)
def test_parameters_that_cannot_be_read_are_told_why(client, asked, says):
    answer = client.get(f"/sparql?{asked}")
    assert (answer.status_code, says in answer.json()["detail"]) == (400, True), answer.text


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
        ("ASK {} # å".encode("latin-1"), f"{DIRECT}; charset=iso-8859-1", 415),
    ],
)
def test_a_post_that_cannot_be_answered_is_refused(client, content, media_type, status):
    headers = {"Content-Type": media_type} if media_type else {}
    assert client.post("/sparql", content=content, headers=headers).status_code == status


def test_other_methods_are_told_which_there_are(client):
    answer = client.put("/sparql")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, QUERY, OPTIONS"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", "GET, HEAD, POST, QUERY, OPTIONS"),
        ("/", "GET, HEAD, OPTIONS"),
        ("/sv/query", "GET, HEAD, OPTIONS"),
        ("/id/objective/8", "GET, HEAD, OPTIONS"),
        ("/res/objective/8", "GET, HEAD, OPTIONS"),
        ("/health", "GET, HEAD, OPTIONS"),
        ("/static/site.css", "GET, HEAD, OPTIONS"),
    ],
)
def test_every_address_tells_its_methods(client, path, methods):
    answer = client.options(path)
    assert answer.status_code == 204
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == methods
    assert answer.headers["access-control-allow-origin"] == "*"
    refused = client.request("PATCH", path)
    assert (refused.status_code, refused.headers["allow"]) == (405, methods)
    assert client.head(path).content == b""


def test_an_address_that_is_not_there_has_no_methods(client):
    assert client.options("/nothing/here").status_code == 404


LONG = {
    "not": "SELECT * { FILTER(" + "!" * 99_000 + "true) }",
    "or": "SELECT * { FILTER(true" + "||true" * 16_000 + ") }",
    "filters": "SELECT * { " + "FILTER(true) " * 7_000 + "}",
}


@pytest.mark.parametrize("query", LONG.values(), ids=LONG)
def test_a_query_may_be_as_long_as_allowed_where_nothing_nests(client, query):
    assert client.post("/sparql", content=query, headers={"Content-Type": DIRECT}).status_code == 200
    assert names(ask(client, SELECT)) == NAMES


DEEP = {
    "groups": "SELECT * " + "{" * 49_000 + "}" * 49_000,
    "parentheses": "SELECT * { FILTER(" + "(" * 49_000 + "1" + ")" * 49_000 + ") }",
    "selects": "SELECT * {" + "{SELECT * {" * 7_000 + "}}" * 7_000 + "}",
    "exists": "SELECT * {" + "FILTER EXISTS {" * 6_000 + "}" * 6_000 + "}",
    "lists": "SELECT * { ?s ?p " + "(" * 300 + ")" * 300 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[" * 1_000 + "]" * 1_000 + " }",
    "a path": "SELECT * { ?s " + "/".join(["<a:a>"] * 1000) + " ?o }",
}


@pytest.mark.parametrize("query", DEEP.values(), ids=DEEP)
def test_a_query_that_nests_too_deep_is_told_where(client, query):
    answer = client.post("/sparql", content=query, headers={"Content-Type": DIRECT, "Accept-Language": "en"})
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("query-too-deep")
    assert (problem["setting"], problem["limit"], problem["line"]) == ("max_nesting", 100, 1)
    assert f"column {problem['column']}: more than 100" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "query-deadline"),
        ("SELECT * {" + "?s ?p ?o ." * 1000 + "}", "query-deadline"),
    ],
)
def test_a_query_that_goes_wrong_is_an_error_to_its_sender_and_others_are_served(client, query, kind):
    answer = ask(client, query)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith(kind)
    assert names(ask(client, SELECT)) == NAMES


def test_an_error_speaks_the_language_of_its_reader(client):
    in_english, in_swedish = (
        client.get("/sparql?named-graph-uri=a:a", headers={"Accept-Language": language}).json()
        for language in ("en", "sv")
    )
    assert in_english["title"] == "The request cannot be understood"
    assert in_swedish["title"] == "Begäran kan inte förstås"


def test_an_unknown_function_is_no_fault_of_the_server(client):
    unknown = "<http://example.org/f>(1)"
    found = ask(client, f"SELECT ({unknown} AS ?n) (COALESCE({unknown}, <http://example.org/g>(), 'none') AS ?m) {{}}")
    (row,) = found.json()["results"]["bindings"]
    assert row.keys() == {"m"}
    assert row["m"]["value"] == "none"
    assert names(ask(client, f"SELECT ('a' AS ?n) {{ FILTER ({unknown}) }}")) == []
    assert names(ask(client, f"SELECT ('a' AS ?n) {{ FILTER ({unknown} || true) }}")) == ["a"]


def test_turtle_uses_the_prefixes_of_the_vocabulary_and_no_others(client):
    text = ask(client, CONSTRUCT, "text/turtle").text
    assert "@prefix mg: <http://localhost:8000/spec/> ." in text
    assert "@prefix owl:" not in text
    assert json.dumps("Levande sjöar och vattendrag", ensure_ascii=False) + "@sv" in text


def test_a_script_of_another_site_may_ask_what_it_may_send(client):
    answer = client.options("/sparql", headers={"Origin": "http://a/", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


READABLE = {"cache-control", "content-language", "content-length", "content-type", "last-modified"}
"""What a script of another site may read in any case (Fetch, 2.2.2)."""

OF_THE_BROWSER = {
    *("accept-encoding", "content-encoding"),
    *("content-security-policy", "referrer-policy", "x-content-type-options"),
}
"""What the browser itself sends and obeys."""


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/res/objective/8", {}), ("/data/all.nq.gz", {"Range": "bytes=0-9"}), ("/sparql", {"Accept": "text/turtle"})],
)
def test_a_script_of_another_site_may_send_what_answers_depend_on_and_read_what_they_say(client, path, headers):
    def names(answer, header):
        return {name.strip().lower() for name in answer.headers.get(header, "").split(",") if name}

    answer, may = client.get(path, headers=headers), client.options(path)
    assert answer.status_code in {200, 206}
    sent = names(answer, "vary") | {name.lower() for name in headers}
    assert sent <= names(may, "access-control-allow-headers") | OF_THE_BROWSER
    told = {name for name in answer.headers if not name.startswith("access-control-")}
    assert told <= names(answer, "access-control-expose-headers") | READABLE | OF_THE_BROWSER


@pytest.mark.parametrize(
    ("content", "media_type"), [(SELECT.encode(), DIRECT), (f"query={quote(SELECT)}".encode(), FORM)]
)
def test_the_method_query_asks_as_post_does(client, content, media_type):
    assert names(client.request("QUERY", "/sparql", content=content, headers={"Content-Type": media_type})) == NAMES


def test_a_compressed_query_is_refused_with_the_coding_that_is_read(client):
    headers = {"Content-Type": DIRECT, "Content-Encoding": "gzip"}
    answer = client.post("/sparql", content=b"ASK {}", headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")


def test_a_query_posted_from_a_page_is_answered_with_a_page(client):
    headers = {"Content-Type": FORM, "Accept": "text/html,*/*;q=0.8"}
    answer = client.post("/sparql", content=f"query={quote(SELECT)}", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert all(name in answer.text for name in NAMES)
    assert 'href="/en/query"' in answer.text


def test_a_page_keeps_the_graphs_that_were_chosen(client):
    graph = "http://localhost:8000/id/graph/livsmedelsverket-en"
    asked = {"query": SELECT, "default-graph-uri": graph, "format": "html"}
    to = client.get("/sparql", params=asked)
    assert to.status_code == 303
    page = client.get(to.headers["location"]).text
    assert NAMES[0] in page
    assert NAMES[1] not in page.partition("<main")[2].replace(SELECT, "")


# --- what the service says of itself ---

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
MG = Namespace("http://localhost:8000/spec/")
SERVICE = URIRef("http://localhost:8000/sparql")
FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}


@pytest.fixture(scope="module")
def described(client) -> Graph:
    return Graph().parse(data=client.get("/sparql").text, format="turtle")


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_the_service_describes_itself_in_every_rdf_format(client, described, format_):
    answer = client.get("/sparql", headers={"Accept": format_.media_types[0]})
    assert answer.headers["content-type"] == format_.content_type
    parsed = Dataset(default_union=True)
    parsed.parse(data=answer.content, format=format_.media_types[0])
    assert {quad[:3] for quad in parsed.quads()} == set(described)


def test_the_description_names_the_formats_that_there_are(described):
    named = {str(format_).rpartition("/")[2] for format_ in described.objects(SERVICE, SD.resultFormat)}
    assert named == {FORMATS[format_.name] for format_ in RESULTS + GRAPHS}


def test_the_description_counts_the_graphs_as_they_are(client, described):
    counted = {str(graph): int(n) for graph, n in described.subject_objects(VOID.triples)}
    dataset = described.value(SERVICE, SD.defaultDataset)
    union = str(described.value(dataset, SD.defaultGraph))
    assert names(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [str(counted.pop(union))]
    rows = ask(client, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").json()["results"]["bindings"]
    assert counted == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    assert {str(name) for name in described.objects(None, SD.name)} == set(counted)


def test_the_description_tells_the_limits_that_are_kept(client, described):
    settings = client.app.state.settings
    assert described.value(SERVICE, MG.maxSeconds).toPython() == Decimal(str(settings.deadline))
    for name, term in LIMITS.items():
        stated = described.value(SERVICE, MG[term.rpartition("/")[2]])
        kept = settings if name == "fronts" else settings.of_one_front()
        assert stated.toPython() == getattr(kept, name), name


def test_a_description_in_a_format_for_tables_is_refused(client):
    assert client.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406


# --- what DESCRIBE adds, and what a syntax error says ---


def test_describe_names_what_it_speaks_of(client):
    answer = ask(client, "DESCRIBE <http://localhost:8000/id/objective/8>", "application/n-triples")
    graph = Graph().parse(data=answer.text, format="nt")
    agency = URIRef("http://localhost:8000/id/actor/202100-6420")
    assert Literal("Havs- och vattenmyndigheten", lang="sv") in set(graph.objects(agency, SKOS.prefLabel))
    assert len(answer.text.splitlines()) == len(graph)


def test_a_chosen_dataset_is_not_added_to(client):
    graph = "http://localhost:8000/id/graph/livsmedelsverket-en"
    asked = "DESCRIBE <http://localhost:8000/id/objective/8>"
    lines = ask(client, asked, "application/n-triples", **{"default-graph-uri": graph}).text
    assert "202100-6420" not in lines


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT *\n{ ?s foo:bar ?o }", 2, 6, "PREFIX foo: <…>"),
        ("SELECT * { ?s mg:theme ?o }", 1, 15, "PREFIX mg: <http://localhost:8000/spec/>"),
        ("SELECT * {", 1, 11, "ends too early"),
        ("SELECT *\n{ ?s ?p }", 2, 9, "at “}”. A statement has three parts"),
        ("SELECT ?s {\n ?s a ?o\n ?s ?p ?n\n ?n ?m ?k }", 3, 2, "at “?s ?p ?n”. Is a full stop missing before it?"),
        ("PREFIX a: <x y>\nSELECT * {}", 1, 16, "IRI"),
        ("SELECT ?a (1 AS ?a) {}", 1, 23, "twice"),
        ("SELECT ?a (COUNT(*) AS ?n) { ?s ?a ?o } GROUP BY ?o", 1, 52, "neither stands in GROUP BY nor"),
        ("SELECT * { ?s ?a ?o } GROUP BY ?s", 1, 34, "List the variables"),
    ],
)
def test_a_syntax_error_says_where_and_what_to_do(client, query, line, column, said):
    problem = client.get("/sparql", params={"query": query}, headers={"Accept-Language": "en"}).json()
    assert (problem["line"], problem["column"]) == (line, column)
    assert problem["detail"].startswith(f"Line {line}, column {column}: ")
    assert said in problem["detail"]
    assert len(problem["detail"]) < 300


def test_a_body_that_announces_too_much_is_refused_before_it_is_read(client):
    headers = {"Content-Type": DIRECT, "Content-Length": "99999999999"}
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 413


# --- pages ---


@pytest.mark.parametrize(("language", "label"), [("sv", "Levande sjöar och vattendrag"), ("en", "Flourishing Lakes")])
def test_a_table_names_its_things_and_links_to_our_documents(client, language, label):
    query = "SELECT ?s ?p { VALUES ?s { <http://localhost:8000/id/objective/8> <http://a.test/> } ?s ?p ?o } LIMIT 1"
    page = client.get(f"/{language}/query", params={"query": query}).text
    assert f'<a href="/res/objective/8.{language}.html">{label}' in page
    assert '<code class="small muted">id/objective/8</code>' in page


def test_the_bare_service_leads_a_browser_to_a_page_about_it(client, described):
    to = client.get("/sparql", headers={"Accept": "text/html"})
    assert (to.status_code, to.headers["location"]) == (303, "/sv/service")
    page = client.get("/en/service").text
    for format_ in RESULTS + GRAPHS:
        assert f"<code>{format_.media_types[0]}</code>" in page
    shown = re.findall(r'<td [^>]*class="number"[^>]*>([\d,]+)</td>', page.partition('<h2 id="graphs">')[2])
    held = [int(number) for graph, number in described.subject_objects(VOID.triples) if "#" not in graph]
    assert [int(number.replace(",", "")) for number in shown] == sorted(held, reverse=True)
    union = next(described.objects(URIRef(f"{SERVICE}#default-graph"), VOID.triples))
    assert f"All named graphs together: {int(union):,} statements." in page
    assert '<th scope="row">longest time of a query, seconds</th><td class="number">2</td>' in page


NAMED = """
PREFIX mg: <https://w3id.org/miljograf/spec/> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX sdgo: <http://metadata.un.org/sdg/ontology#>
SELECT ?class ?named (COUNT(DISTINCT ?thing) AS ?things) {
  VALUES ?class { sdgo:Goal sdgo:Target qb:DataSet mg:Source mg:Report }
  ?thing a ?class .
  BIND (EXISTS { ?thing mg:shortTitle|dcterms:title ?name } AS ?named)
} GROUP BY ?class ?named
"""


def test_the_page_of_the_service_tells_what_names_are_that_are_no_labels(client, release):
    told = client.get("/en/service", headers={"Accept": "text/html"}).text
    assert "skos:prefLabel|mg:shortTitle. Data sets, sources and reports have a title, dcterms:title." in told
    store = ox.Store.read_only(str(release.store))
    rows = list(store.query(release.base.localise_text(NAMED), use_default_graph_as_union=True))
    assert {row["named"].value for row in rows} == {"true"}
    assert len(rows) == 5


def test_the_page_of_the_service_gives_each_graph(client):
    page = client.get("/sv/service").text
    assert "/graphs?graph=http%3A//localhost%3A8000/id/graph/editors&amp;format=turtle" in page
    assert "Miljögrafens redaktion" in page
    assert ">CC0 1.0</a>" in page


@pytest.mark.parametrize(
    ("headers", "title"),
    [
        ({}, "The query is not valid SPARQL"),
        ({"Accept-Language": "sv"}, "Frågan är inte giltig SPARQL"),
        ({"Accept-Language": "en-GB, sv;q=0.5"}, "The query is not valid SPARQL"),
    ],
)
def test_a_program_is_told_what_is_wrong_in_english_unless_it_asks_for_swedish(client, headers, title):
    assert client.get("/sparql", params={"query": "SELECT"}, headers=headers).json()["title"] == title


@pytest.mark.parametrize(
    ("query", "name", "offered"),
    [("SELECT * { ?s ?p ?o }", "turtle", RESULTS), ("CONSTRUCT WHERE { ?s a ?o }", "csv", GRAPHS)],
)
def test_who_asks_in_no_format_of_the_form_is_told_those_of_the_form_alone(client, query, name, offered):
    answer = client.get("/sparql", params={"query": query, "format": name})
    assert answer.status_code == 406
    assert answer.json()["available"] == [format_.media_types[0] for format_ in offered]
