"""The formats of answers: one table of names, media types and suffixes.

The order of a table is the order of preference where a client likes several equally.
"""

from __future__ import annotations

from dataclasses import dataclass

from endpoint.terms import BASIC, NEWEST, OLDEST


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """One way to write an answer; `media_types[0]` is sent, the others are understood as well.

    `title` is what people call it; `also` are further values of `format=` that known clients send for it. `newest` is
    the version of RDF whose terms it can write.
    """

    name: str
    title: str
    media_types: tuple[str, ...]
    suffix: str
    is_text: bool = False
    also: tuple[str, ...] = ()
    newest: str = NEWEST

    @property
    def content_type(self) -> str:
        """The value of the header, with the charset where the type is text."""
        return f"{self.media_types[0]}; charset=utf-8" if self.is_text else self.media_types[0]

    def of_version(self, version: str | None) -> str:
        """The value of the header where a client has asked for a version of RDF."""
        return f"{self.content_type}; version={version}" if version and version != OLDEST else self.content_type

    @property
    def names(self) -> tuple[str, ...]:
        """What `format=` may call it."""
        return self.name, self.suffix, *self.media_types, *self.also


HTML = Format("html", "HTML", ("text/html", "application/xhtml+xml"), "html", is_text=True)

JSON = Format("json", "JSON", ("application/sparql-results+json", "application/json"), "srj")

PLAIN_JSON = Format("json", "JSON", ("application/json",), "json")

WORKBOOK = Format("xlsx", "Excel", ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",), "xlsx")

CSV = Format("csv", "CSV", ("text/csv",), "csv", is_text=True)

RESULTS = (
    JSON,
    Format("xml", "XML", ("application/sparql-results+xml", "application/xml", "text/xml"), "srx"),
    CSV,
    Format("tsv", "TSV", ("text/tab-separated-values",), "tsv", is_text=True),
)
"""What SELECT and ASK can be answered in."""

TURTLE = Format(
    "turtle",
    "Turtle",
    ("text/turtle", "application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    "ttl",
    is_text=True,
    also=("n3",),
)

JSONLD = Format(
    "jsonld",
    "JSON-LD",
    ("application/ld+json", "application/json"),
    "jsonld",
    also=("json-ld", "json"),
    newest=BASIC,
)

GRAPHS = (
    TURTLE,
    JSONLD,
    Format("ntriples", "N-Triples", ("application/n-triples", "text/plain"), "nt"),
    Format("rdfxml", "RDF/XML", ("application/rdf+xml", "application/xml", "text/xml"), "rdf", also=("rdf+xml", "xml")),
    Format("trig", "TriG", ("application/trig", "application/x-trig"), "trig"),
    Format("nquads", "N-Quads", ("application/n-quads", "text/x-nquads"), "nq"),
)
"""What CONSTRUCT and DESCRIBE can be answered in."""

GEOJSON = Format("geojson", "GeoJSON", ("application/geo+json", "application/vnd.geo+json"), "geojson")
"""What places can be had in on a map."""

UNDIVIDED = frozenset({CSV, GEOJSON})
"""What a document is given in as a whole alone, without pages."""

DOCUMENTS = GRAPHS
"""What a document about one thing can be answered in, beside HTML."""
