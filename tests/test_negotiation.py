"""Negotiation obeys: quality, specificity, several headers, and the order of our table where all is equal."""

import pytest
from starlette.datastructures import Headers

from endpoint import negotiation
from endpoint.formats import DOCUMENTS, GRAPHS, HTML, RESULTS
from endpoint.negotiation import choose_format, choose_language

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def headers(*accept: str, name: str = "accept") -> Headers:
    return Headers(raw=[(name.encode(), value.encode()) for value in accept])


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ([], "turtle"),
        (["*/*"], "turtle"),
        ([""], "turtle"),
        (["text/turtle"], "turtle"),
        (["Text/Turtle"], "turtle"),
        (["text/turtle;charset=utf-8"], "turtle"),
        (["application/ld+json"], "jsonld"),
        (["application/rdf+xml, text/turtle;q=0.9"], "rdfxml"),
        (["text/turtle;q=0.3, application/n-triples;q=0.7, */*;q=0.1"], "ntriples"),
        (["application/*"], "jsonld"),
        (["text/*"], "turtle"),
        (["text/*, text/turtle;q=0"], None),
        (["*/*, text/turtle;q=0, application/ld+json;q=0"], "ntriples"),
        (["application/rdf+xml;q=0.5", "application/trig;q=0.8"], "trig"),
        (["image/png"], None),
        (["text/turtle;q=0"], None),
        (["nonsense"], None),
    ],
)
def test_the_best_liked_rdf_format_is_chosen(accept, chosen):
    found = choose_format(headers(*accept), GRAPHS)
    assert (found.name if found else None) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (["application/sparql-results+xml"], "xml"),
        (["application/json"], "json"),
        (["text/csv, application/sparql-results+json;q=0.9"], "csv"),
        (["text/tab-separated-values"], "tsv"),
        (["application/sparql-results+json, application/sparql-results+xml, */*;q=0.1"], "json"),
    ],
)
def test_the_best_liked_result_format_is_chosen(accept, chosen):
    assert choose_format(headers(*accept), RESULTS).name == chosen


def test_a_browser_gets_a_page():
    assert choose_format(headers(BROWSER), (*DOCUMENTS, HTML)) is HTML


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ([], "sv"),
        (["en"], "en"),
        (["en-GB,en;q=0.9,sv;q=0.8"], "en"),
        (["sv-SE,sv;q=0.9,en;q=0.8"], "sv"),
        (["de, en;q=0.5"], "en"),
        (["de"], "sv"),
        (["*"], "sv"),
        (["en;q=0"], "sv"),
    ],
)
def test_the_best_liked_language_is_chosen(accept, language):
    assert choose_language(headers(*accept, name="accept-language")) == language


def test_a_long_header_is_read_once_for_a_request(monkeypatch):
    read = []
    monkeypatch.setattr(negotiation, "parse_http_list", lambda text: read.append(text) or ["text/csv"])
    headers = Headers({"accept": "text/csv, " * 100})
    for offers in (DOCUMENTS, GRAPHS, RESULTS, (HTML,)):
        choose_format(headers, offers)
    assert len(read) == 1
