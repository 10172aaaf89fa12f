"""What every client asks: each form of query about one objective, and what is known to be answered."""

from __future__ import annotations

from rdflib import Literal, URIRef

BASE = "http://localhost:8000/"
OBJECTIVE = f"{BASE}id/objective/8"
NAMES = {"Levande sjöar och vattendrag", "Flourishing Lakes and Streams"}
NUMBER = (URIRef(OBJECTIVE), URIRef(f"{BASE}spec/number"), Literal(8))

SELECT = f"SELECT ?name {{ <{OBJECTIVE}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }}"
ASK = f"ASK {{ <{OBJECTIVE}> <{BASE}spec/number> 8 }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{OBJECTIVE}> }} ?s ?p ?o }}"
DESCRIBE = f"DESCRIBE <{OBJECTIVE}>"
GRAPH = f"{BASE}id/graph/livsmedelsverket-en"
"""A graph that has only the English name."""
