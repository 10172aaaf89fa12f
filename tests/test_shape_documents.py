"""Shapes are looked up like everything else: a name leads to the file that it stands in, in every format."""

from __future__ import annotations

import re

import pytest
from rdflib import DCTERMS, FOAF, RDF, SH, Graph, URIRef
from rdflib.compare import isomorphic

from endpoint.formats import DOCUMENTS
from ontology.text import LANGUAGES
from shapes.files import description_texts, shape_texts
from tests.conftest import BASE
from tests.test_identifiers import related

HERE = "http://localhost:8000"
SHAPES = "https://w3id.org/miljograf/shapes/"
FILE = f"{HERE}/res/shapes/objective"

# rdflib's own JSON-LD and TriG parsers still use the class it deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


def named_in(text: str) -> set[str]:
    """The names of the shapes that a file describes."""
    graph = Graph().parse(data=text, format="turtle")
    return {subject.removeprefix(SHAPES) for subject in graph.subjects() if isinstance(subject, URIRef)}


@pytest.mark.parametrize("file", [*shape_texts(), *description_texts()])
def test_every_shape_leads_to_the_file_that_it_stands_in(client, file):
    names = named_in({**description_texts(), **shape_texts()}[file])
    assert names
    for name in names:
        answer = client.get(f"/shapes/{name}")
        assert answer.status_code == 303, name
        assert answer.headers["location"].partition("#")[0] == f"/res/shapes/{file}"
        assert related(answer, "describedby") == [f"{HERE}/res/shapes/{file}"]
    assert client.get(f"/res/shapes/{file}.ttl").status_code == 200


def test_turtle_is_the_text_as_it_was_written_on_the_base_of_the_release(client):
    answer = client.get("/res/shapes/objective", headers={"Accept": "text/turtle"})
    written = BASE.localise_text(shape_texts()["objective"]).rstrip()
    assert answer.text.startswith(written)
    assert answer.headers["content-location"] == "/res/shapes/objective.ttl"


@pytest.mark.parametrize("format_", DOCUMENTS, ids=lambda format_: format_.name)
def test_every_format_says_the_same(client, format_):
    turtle = Graph().parse(data=client.get("/res/shapes/strand.ttl").content, format="turtle")
    answer = client.get("/res/shapes/strand", headers={"Accept": format_.media_types[0]})
    assert answer.headers["content-type"] == format_.content_type
    assert answer.content == client.get(f"/res/shapes/strand.{format_.suffix}").content
    assert isomorphic(Graph().parse(data=answer.content, format=answer.headers["content-type"].split(";")[0]), turtle)


def test_a_file_of_shapes_says_what_it_is(client, release):
    graph = Graph().parse(data=client.get("/res/shapes/objective.ttl").content, format="turtle")
    document = URIRef(FILE)
    assert graph.value(document, RDF.type) == FOAF.Document
    assert graph.value(document, FOAF.primaryTopic) == URIRef(f"{HERE}/shapes/objective")
    assert graph.value(document, DCTERMS.isPartOf) == URIRef(f"{HERE}/releases/{release.id}")
    assert graph.value(document, DCTERMS.license) == URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
    answer = client.head("/res/shapes/objective")
    assert related(answer, "describes") == [f"{HERE}/shapes/objective"]
    assert related(answer, "canonical") == [FILE]
    assert {f"{FILE}.{format_.suffix}" for format_ in DOCUMENTS} == set(related(answer, "describedby"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_has_the_demands_in_order_each_at_its_name(client, language):
    page = client.get(f"/res/shapes/objective.{language}.html")
    assert page.headers["content-language"] == language
    graph = Graph().parse(data=shape_texts()["objective"], format="turtle")
    ordered = sorted((int(order), shape) for shape, order in graph.subject_objects(SH.order))
    assert re.findall(r'<tr id="([^"]+)"', page.text) == [shape.removeprefix(SHAPES) for _, shape in ordered]
    assert {"sv": "exakt 1", "en": "exactly 1"}[language] in page.text
    assert {"sv": "högst 1", "en": "at most 1"}[language] in page.text


@pytest.mark.parametrize("file", [*shape_texts(), *description_texts()])
def test_every_file_of_shapes_has_a_name_in_each_language(client, file):
    swedish, english = (client.get(f"/res/shapes/{file}.{tag}.html").text for tag in ("sv", "en"))
    titles = [page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0] for page in (swedish, english)]
    assert titles[0].startswith("Former: ")
    assert file not in {titles[0].removeprefix("Former: "), titles[1].removeprefix("Shapes: ")}
    assert titles[0].removeprefix("Former: ") in client.get("/sv/validation").text


@pytest.mark.parametrize("path", ["/shapes/nonsense", "/res/shapes/nonsense", "/res/shapes/objective.csv"])
def test_what_is_no_shape_is_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["shapes/none", "res/shapes/none", "res/shapes/objective.xlsx"])
def test_who_asks_for_a_shape_that_is_none_is_told_where_they_are(client, path):
    told = client.get(f"/{path}", headers={"Accept": "application/json", "Accept-Language": "sv"}).json()
    assert told["instead"] == f"{HERE}/sv/validation"
    listed = client.get("/sv/validation").text
    assert all(f"/res/shapes/{name}.sv.html" in listed for name in ("objective", "row"))


@pytest.mark.parametrize("format_", DOCUMENTS, ids=lambda format_: format_.name)
def test_all_shapes_are_one_document_for_programs(client, format_):
    answer = client.get("/shapes/", headers={"Accept": format_.media_types[0]}, follow_redirects=True)
    assert (answer.headers["content-type"], answer.headers["content-location"]) == (
        format_.content_type,
        f"/shapes.{format_.suffix}",
    )
    assert answer.content == client.get(f"/shapes.{format_.suffix}").content
    found = Graph().parse(data=answer.content, format=answer.headers["content-type"].split(";")[0])
    written = Graph()
    for text in (*shape_texts().values(), *description_texts().values()):
        written.parse(data=BASE.localise_text(text), format="turtle")
    about = set(found.predicate_objects(URIRef(f"{HERE}/shapes")))
    assert (FOAF.primaryTopic, URIRef(f"{HERE}/shapes/")) in about
    assert len(found) == len(written) + len(about)
    assert set(found.subjects(SH.targetClass)) == set(written.subjects(SH.targetClass))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_that_asks_for_all_shapes_is_led_to_the_page_that_lists_them(client, language):
    headers = {"Accept": "text/html", "Accept-Language": language}
    led = client.get("/shapes", headers=headers, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, f"/{language}/validation")
    page = client.get(f"/{language}/validation").text
    assert re.findall(r'href="/shapes\.(\w+)"', page) == [one.suffix for one in DOCUMENTS]


def test_a_form_that_the_shapes_do_not_have_is_told_with_those_that_there_are(client):
    answer = client.get("/shapes.csv", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["instead"]) == (404, f"{HERE}/shapes")
    assert client.get("/shapes", headers={"Accept": "image/png"}).status_code == 406
