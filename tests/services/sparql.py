"""A SPARQL service on this machine, as SPARQL 1.1 Protocol describes one: queries by POST, statements in Turtle."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from tests.services.service import Answer, Request, Service


@dataclass
class Sparql(Service):
    """Answers CONSTRUCT queries over what its data say in Turtle."""

    data: str = ""

    def answer(self, request: Request) -> Answer:
        """The query operation by POST directly (section 2.1.3): the query is the body, unencoded."""
        if request.path != f"{self.root}sparql":
            self.breach(request, "path", request.path)
            return Answer(404, b"no such path", "text/plain")
        if request.method != "POST" or request.headers.get("content-type") != "application/sparql-query":
            self.breach(request, "operation", f"{request.method} {request.headers.get('content-type')}")
            return Answer(400, b"send a query", "text/plain")
        if "text/turtle" not in request.headers.get("accept", ""):
            self.breach(request, "accept", request.headers.get("accept"))
            return Answer(406, b"not in that format", "text/plain")
        store = ox.Store()
        store.load(self.data.encode(), format=ox.RdfFormat.TURTLE)
        found = store.query(request.body.decode())
        assert isinstance(found, ox.QueryTriples)
        return Answer(200, ox.serialize(found, format=ox.RdfFormat.TURTLE) or b"", "text/turtle; charset=utf-8")
