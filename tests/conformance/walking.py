"""Walks all addresses of a release over HTTP, as a crawler would, on a few connections that stay open."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

RDF = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}
PAGES = {"sv": "text/html; charset=utf-8", "en": "text/html; charset=utf-8"}

_IDENTIFIERS = ("id/", "def/", "spec/", "shapes/")
_HEAD = re.compile(rb"HTTP/1\.1 (\d{3})[^\r]*\r\n(.*?)\r\n\r\n", re.DOTALL)
_HREF = re.compile(r'\b(?:href|src)="([^"]+)"')
_NODES = re.compile(rb"<([^<>\s]+)>")
_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*"')  # what stands in literals names nothing


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One connection to the server, which answers one request after the other."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, method: str = "GET", accept: str = "*/*") -> Answer:
        """The answer to a request."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self._streams
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: {accept}\r\n\r\n".encode())
        head = _HEAD.match(await reader.readuntil(b"\r\n\r\n"))
        assert head is not None, path
        headers = {}
        for line in head[2].decode("latin-1").split("\r\n"):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        body = b"" if method == "HEAD" else await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            await self.close()
        return Answer(int(head[1]), headers, body)

    async def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._streams is not None:
            _, writer = self._streams
            self._streams = None
            writer.close()
            await writer.wait_closed()


@dataclass
class Walk:
    """What was found on the way: faults, the links of pages, and how much was asked for."""

    base: str
    faults: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)  # each link within the site, and a page that has it
    answered: set[str] = field(default_factory=set)
    requests: int = 0

    def fault(self, path: str, said: str) -> None:
        """Note a fault."""
        self.faults.append(f"{path}: {said}")

    async def thing(self, connection: Connection, iri: str) -> None:
        """Look an identifier up, and read the document it leads to in every format and language."""
        document, path = self._own_document(iri), iri.removeprefix(self.base)
        if document is None and not path.startswith(_IDENTIFIERS):
            self.links.setdefault(f"/{path}", "the data")  # a file, a service, a page: it has no forms of its own
        elif document is None:
            answer = await self._ask(connection, f"/{path}", 303)
            document = answer.headers.get("location", "").partition("#")[0]
        if document and document.startswith("/res/") and document not in self.answered:
            self.answered.add(document)
            await self.document(connection, document, iri)

    @staticmethod
    def _own_document(iri: str) -> str | None:
        """The document about a thing that the United Nations name."""
        head, found, key = iri.partition("metadata.un.org/sdg/")
        return f"/res/sdg/{key}" if found and head == "http://" else None

    async def document(self, connection: Connection, path: str, iri: str) -> None:
        """Read a document in every format and language: the formats of RDF say the same."""
        facts: dict[str, set[str]] = {}
        for suffix, (media_type, format_) in RDF.items():
            answer = await self._ask(connection, f"{path}.{suffix}", 200, media_type)
            try:
                facts[suffix] = {str(quad.triple) for quad in ox.parse(answer.body, format=format_)}
            except SyntaxError as error:
                self.fault(f"{path}.{suffix}", str(error))
        known = facts.get("nt", set())
        if not any(f"<{iri}>" in fact for fact in known):
            self.fault(path, f"says nothing of {iri}")
        for suffix, found in facts.items():
            if found != known and not any("_:" in fact for fact in known):
                self.fault(f"{path}.{suffix}", f"says otherwise than N-Triples: {sorted(found ^ known)[:2]}")
        answer = await self._ask(connection, f"{path}.jsonld", 200, "application/ld+json")
        json.loads(answer.body)
        for language, media_type in PAGES.items():
            answer = await self._ask(connection, f"{path}.{language}.html", 200, media_type)
            self.page(f"{path}.{language}.html", answer.body.decode("utf-8"))

    def page(self, path: str, html: str) -> None:
        """Note the links of a page into the site."""
        for href in set(_HREF.findall(html)):
            target = unescape(href).partition("#")[0]
            if target.startswith(self.base):
                target = target.removeprefix(self.base.removesuffix("/"))
            if target.startswith("?"):
                target = path.partition("?")[0] + target
            if target.startswith("/"):
                self.links.setdefault(target, path)

    async def link(self, connection: Connection, path: str) -> None:
        """Follow a link of a page."""
        answer = await connection.get(path, method="HEAD", accept="text/html, */*;q=0.5")
        self.requests += 1
        if answer.status not in {200, 303, 308}:
            self.fault(path, f"{answer.status}, linked from {self.links[path]}")

    async def _ask(self, connection: Connection, path: str, status: int, media_type: str | None = None) -> Answer:
        answer = await connection.get(path)
        self.requests += 1
        self.answered.add(path)
        if answer.status != status:
            self.fault(path, f"{answer.status} where {status} was due")
        elif media_type is not None and answer.headers.get("content-type") != media_type:
            self.fault(path, f"{answer.headers.get('content-type')} where {media_type} was due")
        return answer


def identifiers(base: str, texts: Iterable[bytes]) -> list[str]:
    """Every IRI in some texts that begins with a base, or names a thing of the United Nations; without fragments."""
    ours, theirs = base.encode(), re.compile(rb"http://metadata\.un\.org/sdg/\d+(\.\w+)?")
    found = {iri for text in texts for iri in _NODES.findall(_TEXTS.sub(b"", text))}
    kept = {iri.partition(b"#")[0] for iri in found if iri.startswith(ours) or theirs.fullmatch(iri)}
    return sorted(iri.decode() for iri in kept)


async def walk(port: int, base: str, things: list[str], connections: int = 8) -> Walk:
    """Look up all identifiers, then follow all links of the pages that were read."""
    found = Walk(base)
    await _each(port, connections, things, found.thing)
    waiting = [link for link in found.links if unquote(link) not in found.answered and link not in found.answered]
    await _each(port, connections, sorted(waiting), found.link)
    return found


Step = Callable[[Connection, str], Awaitable[None]]


async def _each(port: int, connections: int, work: list[str], step: Step) -> None:
    """Do a step for each piece of work, on so many connections at once."""
    queue: Iterator[str] = iter(work)

    async def run() -> None:
        connection = Connection(port)
        try:
            for piece in queue:
                await step(connection, piece)
        finally:
            await connection.close()

    await asyncio.gather(*(run() for _ in range(connections)))
