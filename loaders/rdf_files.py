"""Files in any format of RDF: what they say, or what a CONSTRUCT makes of it; each fault with its line.

A file is read into a store of its own, where the default graph of a query is all its graphs.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox

from loaders.parsing import read_safely, said_of

_FORMATS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "n3": ox.RdfFormat.N3,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
}
_MOST_READ = 1_000_000
"""Statements of a file, before a query makes fewer of them."""


def read_rdf(body: bytes, ending: str, base: str, query: str | None, most: int) -> list[ox.Triple]:
    """The statements of a file, or those that a CONSTRUCT makes of them. Raises ValueError with what is wrong.

    `base` is what relative IRIs are relative to; `most` is how many statements there may be.
    """
    refuse_web_page(body, ending)
    body = body.removeprefix(BOM_UTF8)
    store = ox.Store()
    try:
        with read_safely(body, _FORMATS[ending]):
            for number, quad in enumerate(ox.parse(body, format=_FORMATS[ending], base_iri=base), 1):
                if number > _MOST_READ:
                    raise ValueError(f"the file has more than {_MOST_READ:,} statements")
                store.add(quad)
    except SyntaxError as error:
        where = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
        raise ValueError(f"this is not {_FORMATS[ending].name}: {where}{said_of(error)}") from error
    found = list(islice(_said(store, query), most + 1))
    if len(found) > most:
        raise ValueError(f"there are more than {most:,} statements (most)")
    return list(dict.fromkeys(found))


def refuse_web_page(body: bytes, ending: str) -> None:
    """Raise ValueError for a file that is empty, or a web page in place of what the sources file says."""
    start = body.removeprefix(BOM_UTF8).lstrip()[:10].lower()
    if not start:
        raise ValueError("the file is empty")
    if start.startswith((b"<!doctype ", b"<html", b"<head")) and not (ending == "rdf" and b"<rdf:RDF" in body[:20_000]):
        raise ValueError(f"this is a web page, and the sources file says that it is {ending}")


def _said(store: ox.Store, query: str | None) -> Iterable[ox.Triple]:
    """What a store says, or what a query makes of it."""
    if query is None:
        return (quad.triple for quad in store)
    made = store.query(query, use_default_graph_as_union=True)
    if not isinstance(made, ox.QueryTriples):
        raise TypeError("only a CONSTRUCT is a mapping")
    return made
