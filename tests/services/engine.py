"""A SPARQL engine on this machine: graphs are put into it and taken away, and it answers queries about them.

That is the SPARQL 1.1 Graph Store HTTP Protocol, with graphs named by `?graph=` (section 4.2), and the SPARQL 1.1
Protocol. Who may write is asked by Basic (RFC 7617) or Digest (RFC 7616, MD5 and `qop=auth`, as Virtuoso asks).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from hashlib import md5
from urllib.parse import parse_qs

import pyoxigraph as ox

from tests.services.service import Answer, Request, Service

GRAPHS, QUERIES = "graph-store", "query"
_NONCE = "0a1b2c3d"
_FORMATS = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}


@dataclass
class Engine(Service):
    """Keeps what it is given, in memory."""

    scheme: str = ""
    """How it asks who writes: `Basic`, `Digest`, or not at all."""
    refuses: frozenset[str] = frozenset()
    """The methods by which nobody may change a graph (403)."""
    most_bytes: int = 1 << 30
    """A longer body is refused with 413."""
    forgets: str = ""
    """Of a graph whose name ends so, one statement is lost."""
    keeps: str = ""
    """A graph whose name ends so is said to be taken away, and stays."""
    user: str = "editor"
    password: str = "a word with å"
    store: ox.Store = field(default_factory=ox.Store, init=False)

    @property
    def graphs(self) -> str:
        """The address of the graph store."""
        return f"{self.address}{GRAPHS}"

    @property
    def queries(self) -> str:
        """The address at which queries are answered."""
        return f"{self.address}{QUERIES}"

    def changes(self) -> list[tuple[str, str]]:
        """What changed graphs, in order: the method and the graph."""
        return [(asked.method, asked.parameters["graph"]) for asked in self.requests if asked.path.endswith(GRAPHS)]

    def answer(self, request: Request) -> Answer:
        """An answer of the graph store, or of a query."""
        if request.path == f"{self.root}{QUERIES}":
            return self._queried(request)
        if request.path != f"{self.root}{GRAPHS}" or not request.parameters.get("graph"):
            self.breach(request, "address", request.target)
            return Answer(400, b"name a graph", "text/plain")
        if self.scheme and not self._is_known(request):
            return Answer(401, b"who are you?", "text/plain", headers=(("WWW-Authenticate", self._challenge()),))
        if request.method in self.refuses:
            return Answer(403, b"not you", "text/plain")
        if len(request.body) > self.most_bytes:
            return Answer(413, b"too much", "text/plain")
        return self._changed(request, ox.NamedNode(request.parameters["graph"]))

    def _changed(self, request: Request, graph: ox.NamedNode) -> Answer:
        """Sections 5.3 to 5.5: PUT replaces, DELETE takes away, POST adds."""
        existed = self.store.contains_named_graph(graph)
        if request.method == "DELETE":
            if not (self.keeps and graph.value.endswith(self.keeps)):
                self.store.remove_graph(graph)
            return Answer(204 if existed else 404, b"", "text/plain")
        said = _FORMATS.get(request.headers.get("content-type", ""))
        if said is None or request.method not in {"PUT", "POST"}:
            self.breach(request, "operation", f"{request.method} {request.headers.get('content-type')}")
            return Answer(415, b"send triples", "text/plain")
        quads = [ox.Quad(*quad.triple, graph) for quad in ox.parse(request.body, format=said)]
        if request.method == "PUT":
            self.store.remove_graph(graph)
        self.store.extend(quads[1:] if self.forgets and graph.value.endswith(self.forgets) else quads)
        return Answer(204 if existed else 201, b"", "text/plain")

    def _queried(self, request: Request) -> Answer:
        """SPARQL 1.1 Protocol, section 2.1.2: a query by POST with URL-encoded parameters."""
        if request.headers.get("content-type") != "application/x-www-form-urlencoded":
            self.breach(request, "operation", request.headers.get("content-type"))
        found = self.store.query(parse_qs(request.body.decode())["query"][0])
        assert isinstance(found, ox.QuerySolutions)
        return Answer(200, found.serialize(format=ox.QueryResultsFormat.JSON) or b"", "application/sparql-results+json")

    def _challenge(self) -> str:
        return (
            'Basic realm="engine"' if self.scheme == "Basic" else f'Digest realm="engine", nonce="{_NONCE}", qop="auth"'
        )

    def _is_known(self, request: Request) -> bool:
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        if scheme != self.scheme:
            return False
        if scheme == "Basic":
            return base64.b64decode(told).decode() == f"{self.user}:{self.password}"
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', told))
        secret, asked = (
            _md5(text) for text in (f"{self.user}:engine:{self.password}", f"{request.method}:{said['uri']}")
        )
        expected = _md5(f"{secret}:{_NONCE}:{said['nc']}:{said['cnonce']}:auth:{asked}")
        return said["uri"] == request.target and said["response"] == expected


def by_graph(store: ox.Store) -> dict[str, set[ox.Triple]]:
    """The statements of each graph of a store."""
    found: dict[str, set[ox.Triple]] = {}
    for quad in store:
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, set()).add(quad.triple)
    return found


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
