"""The formats of answers: one table of media types, suffixes and serialisers.

The order of a table is the order of preference where a client likes several equally.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer; `media_types[0]` is sent, the others are understood as well."""

    name: str
    media_types: tuple[str, ...]
    suffix: str
    is_text: bool = False

    @property
    def content_type(self) -> str:
        """The value of the header, with the charset where the type is text."""
        return f"{self.media_types[0]}; charset=utf-8" if self.is_text else self.media_types[0]


HTML = Format("html", ("text/html", "application/xhtml+xml"), "html", is_text=True)

RESULTS = (
    Format("json", ("application/sparql-results+json", "application/json"), "srj"),
    Format("xml", ("application/sparql-results+xml", "application/xml"), "srx"),
    Format("csv", ("text/csv",), "csv", is_text=True),
    Format("tsv", ("text/tab-separated-values",), "tsv", is_text=True),
)
"""What SELECT and ASK can be answered in."""

GRAPHS = (
    Format("turtle", ("text/turtle", "application/x-turtle"), "ttl", is_text=True),
    Format("jsonld", ("application/ld+json", "application/json"), "jsonld"),
    Format("ntriples", ("application/n-triples", "text/plain"), "nt"),
    Format("rdfxml", ("application/rdf+xml", "application/xml"), "rdf"),
    Format("trig", ("application/trig",), "trig"),
    Format("nquads", ("application/n-quads",), "nq"),
)
"""What CONSTRUCT and DESCRIBE can be answered in."""

DOCUMENTS = tuple(format_ for format_ in GRAPHS if format_.name in {"turtle", "jsonld", "ntriples", "rdfxml"})
"""What a document about one thing can be answered in, beside HTML."""
