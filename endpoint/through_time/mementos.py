"""Mementos: what is at an address as it was in each release that is kept (RFC 7089).

An original resource is the address of a document, a description, a graph or a file. Its mementos are at the same path
under the releases that have it; each reflects what was published from the moment when its release was made.
"""

from __future__ import annotations

import asyncio
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from cachetools import LRUCache
from starlette.datastructures import QueryParams

from endpoint.documents.variants import Variant, read_variant
from endpoint.formats import DOCUMENTS
from endpoint.layers.headers import RawHeaders
from loaders.files import JSON_STAT, NTRIPLES, places_of
from loaders.frozen import FOLDER as SHAPES
from loaders.release import Release, Releases
from loaders.states import State, states_of_file, states_of_thing
from loaders.versions import INDEX as VERSIONS
from ontology import addresses, iri
from ontology.base import CANONICAL

_IDENTIFIERS = ("id/", "def/", "spec/")
_SUFFIX = rf"(?:\.(?:{'|'.join(format_.suffix for format_ in DOCUMENTS)}))?"
_MADE_OF = {
    addresses.CATALOG: "about/catalogue.ttl",
    addresses.VOID: "about/void.ttl",
    addresses.EXAMPLES: "about/examples.ttl",
    addresses.CHANGES: str(VERSIONS),
    "shapes": f"{SHAPES}/",
    "vocabulary": f"{NTRIPLES.folder}/vocabulary.{NTRIPLES.suffix}",
}
"""The descriptions, and the root of the stream of changes, each with what it is made of: a file of a release, or a
folder."""

_DESCRIBED = re.compile(rf"({'|'.join(map(re.escape, _MADE_OF))}){_SUFFIX}")
_GRAPH = re.compile(r"graphs/([^/]+)")
_REPORT = re.compile(r"validation\.(?:ttl|json)")
_FILE = re.compile(rf"{addresses.DATA}([^/]+)")
_GATE = re.compile(rf'/{addresses.TIMEGATE}([^>]*)>; rel="timegate"')

_MOST = 10_000
"""Things and files whose states are remembered; those of a thing that changes each day for a year take some 50 kB."""


@dataclass(frozen=True, slots=True)
class Original:
    """An original resource: its path with its parameters, and what a release has to have for a memento of it.

    That is a thing, given as a path or the IRI of others, or a file, which lies in one of some places.
    """

    path: str
    thing: str = ""
    places: tuple[str, ...] = ()

    def states(self, releases: Sequence[Release]) -> list[State]:
        """Its states in releases, the oldest first."""
        return states_of_file(self.places, releases) if self.places else states_of_thing(self.thing, releases)


def read_original(path: str, asked: QueryParams) -> Original | None:
    """The original resource at a path with its parameters; None where there can be none.

    Raises Problem, which names the parameter that is wrong.
    """
    variant = read_variant(path.removeprefix("res/"), asked)
    if path.startswith("res/"):
        return _document(variant)
    if path.startswith(_IDENTIFIERS):
        return Original(path, thing=path) if iri.document(CANONICAL + path) else None
    places = _places(path)
    return Original(path, places=places) if places else None


def _places(path: str) -> tuple[str, ...]:
    """Where in a release the file of a path may lie, or the one that what is there is made of; empty without one."""
    if found := _DESCRIBED.fullmatch(path):
        return (_MADE_OF[found[1]],)
    if found := _GRAPH.fullmatch(path):
        return (f"{NTRIPLES.folder}/{found[1]}.{NTRIPLES.suffix}",)
    if _REPORT.fullmatch(path):
        return (f"report/{path}",)
    if found := _FILE.fullmatch(path):
        return (*places_of(found[1]), *_in_languages(found[1]))
    return ()


def _document(variant: Variant) -> Original | None:
    named = iri.documented(f"res/{variant.stem}")
    if named is None:
        return None
    path, (kind, _, name) = variant.address.removeprefix("/"), variant.stem.partition("/")
    if kind == "shapes":
        return Original(path, places=(f"{SHAPES}/{name}.ttl",))
    return Original(path, thing=named.removeprefix(CANONICAL))


def _in_languages(name: str) -> list[str]:
    """Where the files lie of which one is sent for `….json`, by the language that the client likes."""
    stem, _, suffix = name.rpartition(".")
    return [place for each in JSON_STAT.values() for place in places_of(f"{stem}.{each.suffix}") if suffix == "json"]


@lru_cache(_MOST)
def _original_at(address: str) -> Original | None:
    """The original resource of an address that we have written."""
    path, query = urlsplit(f"/{address}")[2:4]
    return read_original(unquote(path[1:]), QueryParams(query))


@lru_cache(1024)
def moment(made: str) -> str:
    """The moment at which a release was made, as its record has it, in the form of headers."""
    return format_datetime(datetime.fromisoformat(made), usegmt=True)


class Past:
    """The states of original resources in the releases that are kept, as far as they have been asked for."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._stamp = -1
        self._kept: list[Release] = []
        self._states: LRUCache[object, list[State]] = LRUCache(_MOST)

    async def of(self, original: Original, current: Release) -> list[State]:
        """Its states in the releases that were made up to the current one on the same base, the oldest first."""
        try:
            stamp = self._releases.folder.stat().st_mtime_ns  # another when a release has come or gone
        except FileNotFoundError:
            return []
        if stamp != self._stamp:
            self._kept, self._stamp = await asyncio.to_thread(_list, self._releases), stamp
        key = self._stamp, current.base.iri, original.thing, original.places
        states = self._states.get(key)
        if states is None:
            comparable = [release for release in self._kept if release.base == current.base]
            states = self._states[key] = await asyncio.to_thread(original.states, comparable)
        return states[: bisect_right(states, _made(current), key=lambda state: _made(state.release))]

    async def dated(self, headers: RawHeaders, release: Release, current: Release) -> RawHeaders:
        """The head of an answer of a release: where it names its TimeGate, it is a memento, and says of what."""
        found = next((_GATE.search(value.decode("latin-1")) for name, value in headers if name == b"link"), None)
        original = _original_at(found[1]) if found else None
        if original is None:
            return headers
        is_forever = any(name == b"cache-control" and b"immutable" in value for name, value in headers)
        states = [] if is_forever else await self.of(original, current)  # there may be others while it is kept
        links = links_of_memento(original, states, release, current)
        told = [(name, b", ".join([value, links.encode()]) if name == b"link" else value) for name, value in headers]
        return [*told, (b"memento-datetime", moment(_made(release)).encode())]


def _list(releases: Releases) -> list[Release]:
    """The releases that are kept, the oldest first, with no more of their records than tells them apart."""
    found = (
        Release(release.path, {name: release.record[name] for name in ("id", "base", "made")})
        for release in releases.readable()
    )
    return sorted(found, key=_order)


def nearest(states: Sequence[State], wanted: datetime) -> State:
    """What was published at a moment: the last state that was made until then, or the first of all."""
    until = bisect_right(states, wanted, key=lambda state: datetime.fromisoformat(_made(state.release)))
    return states[max(until - 1, 0)]


def address_of(original: Original, release: Release, root: str) -> str:
    """The address of a memento."""
    return f"{root}{addresses.RELEASES}{release.id}/{iri.as_uri(original.path)}"


def links_of_memento(original: Original, states: Sequence[State], release: Release, current: Release) -> str:
    """The links of a memento, or of a TimeGate that leads to it: to the original, and to the mementos around it."""
    root = current.base.iri
    links = [f'<{root}{iri.as_uri(original.path)}>; rel="original"']
    links += (memento(original, states[at].release, root, rel) for at, rel in _around(states, release))
    return ", ".join(links)


def memento(original: Original, release: Release, root: str, relation: str) -> str:
    """The link to a memento."""
    return f'<{address_of(original, release, root)}>; rel="{relation}"; datetime="{moment(_made(release))}"'


def _around(states: Sequence[State], release: Release) -> Iterator[tuple[int, str]]:
    """The places of the state in a release and of those around it, each with its relation to the release."""
    own = _order(release)
    before = bisect_left(states, own, key=lambda state: _order(state.release)) - 1
    after = bisect_right(states, own, key=lambda state: _order(state.release))
    named = {"first": 0, "prev": before, "next": after, "last": len(states) - 1}
    for at in sorted({*named.values(), *range(before + 1, after)}.intersection(range(len(states)))):
        yield at, " ".join([*(name for name, place in named.items() if place == at), "memento"])


def _order(release: Release) -> tuple[str, str]:
    """What releases are put in order by."""
    return _made(release), release.id


def _made(release: Release) -> str:
    return str(release.record["made"])
