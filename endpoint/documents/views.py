"""Which part of a document is wanted: a page of what points to its thing, through one property or all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.parameters import wrong_value
from endpoint.problems import Problem
from ontology.namespaces import prefixes
from ontology.text import Text

SHOWN = 25
"""How many things a page of a document shows of each relation towards its own."""

MOST_PAGES = 1_000_000

_CURIE = re.compile(r"([a-z][a-z-]*):([A-Za-z][A-Za-z0-9_-]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """A page of a document, and the property that it is about where it is about one; on the canonical base."""

    page: int = 1
    through: URIRef | None = None

    @property
    def is_whole(self) -> bool:
        """True for the document itself, which says what is known about the thing."""
        return self.page == 1 and self.through is None

    @property
    def skipped(self) -> int:
        """How many things of each relation are on the pages before."""
        return (self.page - 1) * SHOWN

    def on(self, page: int) -> View:
        """Another page of the same."""
        return View(page, self.through)

    def parameters(self) -> dict[str, str]:
        """The parameters that ask for it, in their order."""
        through = {"through": short(self.through)} if self.through else {}
        return through | ({"page": str(self.page)} if self.page > 1 else {})


WHOLE = View()
"""The document itself."""


def read_view(parameters: Mapping[str, str]) -> View:
    """The view that the parameters of an address ask for. Raises Problem, which names the parameter that is wrong."""
    page = parameters.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", page, re.ASCII) or int(page) > MOST_PAGES:
        raise wrong_value(
            "page", page, Text("ett heltal från 1 och uppåt, till exempel 2", "a whole number from 1 on, such as 2")
        )
    return View(int(page), _property(parameters["through"]) if "through" in parameters else None)


def _property(named: str) -> URIRef:
    """The property that a prefixed name or an IRI names."""
    match = _CURIE.fullmatch(named)
    if match and match[1] in prefixes():
        return URIRef(prefixes()[match[1]] + match[2])
    if re.fullmatch(r"https?://[!-~]+", named, re.ASCII) and _is_iri(named):
        return URIRef(named)
    raise wrong_value(
        "through",
        named,
        Text("en egenskap, till exempel mg:specificationOf", "a property, such as mg:specificationOf"),
    )


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def short(term: str) -> str:
    """A property on the canonical base with a prefix, where there is one."""
    for prefix, namespace in prefixes().items():
        local = term.removeprefix(namespace)
        if local != term and _CURIE.fullmatch(f"{prefix}:{local}"):
            return f"{prefix}:{local}"
    return term


def no_such_page(name: str, value: str, last: int) -> Problem:
    """A page beyond the last, or of a relation that nothing has."""
    return Problem(
        "no-such-page",
        Text(
            f"{name}={value}: dokumentet har {last} {'sida' if last == 1 else 'sidor'} av detta.",
            f"{name}={value}: the document has {last} {'page' if last == 1 else 'pages'} of this.",
        ),
        members={"parameter": name},
    )
