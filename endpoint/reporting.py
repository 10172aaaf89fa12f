"""A letter to whoever runs the service about an error: an address for mail, with what it is about filled in."""

from __future__ import annotations

from urllib.parse import quote

from endpoint.documents.document import Document
from endpoint.words.things import REPORT
from ontology import iri
from ontology.text import Language

MOST_ROWS = 10
"""How many rows a letter names: programs for mail take addresses of some two thousand characters."""


def report_on(document: Document, language: Language) -> str | None:
    """The letter about a thing, with its IRI, the release and the rows that state it; None where nobody takes any."""
    site = document.site
    if site.report_to is None:
        return None
    claims = document.claims
    rows = [f"{claim.stands_in}:{claim.line} ({_key(site.canonical(claim.source))})" for claim in claims[:MOST_ROWS]]
    more = [REPORT["more"].in_(language).format(number=len(claims) - MOST_ROWS)] if len(claims) > MOST_ROWS else []
    body = REPORT["body"].in_(language).format(
        iri=document.thing, release=site.release.id, rows="\n".join(rows + more) or "–"
    )  # fmt: skip
    return letter(site.report_to, REPORT["subject"].in_(language).format(thing=_short(document)), body)


def letter(to: str, subject: str, body: str = "") -> str:
    """An address that opens a letter (RFC 6068)."""
    said = {"subject": subject, "body": body.replace("\n", "\r\n")}
    fields = "&".join(f"{name}={quote(text, safe='')}" for name, text in said.items() if text)
    return f"mailto:{quote(to, safe='@')}?{fields}"


def _short(document: Document) -> str:
    key = document.key
    return f"{key.kind}/{key.key}" if key else document.site.base.path_of(document.thing)


def _key(canonical: str) -> str:
    key = iri.parse(canonical)
    return key.key if key else canonical
