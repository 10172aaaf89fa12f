"""`/releases/{id}/…`: any release that is kept, with the same surface as the current one.

A few are open at once, each with workers of its own; of those that answer nobody, the one that was asked for longest
ago makes way. Who asks for one that is open waits for none that is being opened, unless all are asked for all the time;
those who ask for the same one that is not are let in together. What is asked is what would be asked at the root: the
layer takes the beginning off the path, and has the request answered from that release. Identifiers stay those of the
release; the addresses of documents and pages lead on within it.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from endpoint.holding import hold
from endpoint.layers.headers import EveryAnswer
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, respond
from endpoint.site import Site
from endpoint.through_time.mementos import Past
from endpoint.workers.member import CannotStart
from endpoint.workers.pool import QueryFailed
from loaders.release import DamagedRelease, NoRelease, Release, Releases, stamp
from ontology import addresses

_OF_ALL = f"{addresses.TIMEGATE}|{addresses.TIMEMAP}"
_PATH = re.compile(rf"/{addresses.RELEASES}([^/]+)(/(?!(?:health|ready|metrics)/*$|{_OF_ALL}).+)")
"""What monitors ask is asked of the service and of no release: who keeps `/metrics` from the public keeps all of it.
Nor is the time of all releases that of one."""
_NEEDS_NO_WORKER = (
    f"/{addresses.DATA}",
    f"/{addresses.CATALOG}",
    f"/{addresses.CHANGES}/",
    f"/{addresses.VOID}",
    f"/{addresses.EXAMPLES}",
)
_RELEASES = f"/{addresses.RELEASES}"
_THE_SAME = ("id/", "def/", "spec/", "shapes/", addresses.RELEASES, addresses.TIMEGATE, addresses.TIMEMAP)
"""How the paths begin that are the same in every release: those of identifiers, and those of all releases."""

log = logging.getLogger("miljograf")


class Shelf:
    """The earlier releases that are open, `most` at once; `make` makes the site of one, its workers not yet started.

    One that is asked for waits for room as many seconds as `patience` has.
    """

    def __init__(self, releases: Releases, make: Callable[[Release], Site], most: int, patience: float) -> None:
        self.releases = releases
        self.past = Past(releases)
        self.spool: Path | None = None
        self._make = make
        self._most = most
        self._patience = patience
        self._open: OrderedDict[str, Site] = OrderedDict()  # the one asked for longest ago comes first
        self._read: LRUCache[str, tuple[object, Site]] = LRUCache(_MOST_READ)  # what files of them were asked for last
        self._opening = asyncio.Lock()
        self._wanted: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # of those that are waited for
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def lend(self, release_id: str, current: Site, *, with_workers: bool) -> AsyncIterator[Site]:
        """The site of a release while a request is answered from it. Raises Problem where it cannot be had."""
        if release_id == current.id:
            yield current.at(prefix_of(release_id), current.root)
            return
        if not with_workers:
            site = await self._read_only(release_id, current.root)
            try:
                held = await hold(site.release)
            except NoRelease as error:
                raise self._not_kept(release_id) from error
            with held:
                yield site
            return
        site = self._open.get(release_id) or await self._opened(release_id, current)
        self._open.move_to_end(release_id)
        site.requests += 1
        try:
            yield site
        finally:
            site.requests -= 1

    async def close(self) -> None:
        """Stop all workers."""
        while self._open:
            _, site = self._open.popitem()
            await site.close()

    def find(self, release_id: str) -> Release:
        """A release that is kept. Raises Problem."""
        try:
            return self.releases.get(release_id)
        except NoRelease as error:
            raise self._not_kept(release_id) from error
        except DamagedRelease as error:
            log.error("%s", error)
            raise _damaged() from error

    def _not_kept(self, release_id: str) -> Problem:
        """Why there is no such release: it was removed, or never was."""
        collection = {"Link": f'</{addresses.RELEASES}>; rel="collection"'}
        members: dict[str, object] = {"kept": self.releases.ids()[-_MOST_NAMED:]}
        is_removed = release_id in self.releases.removed_ids()
        type_ = TYPES["release-removed" if is_removed else "no-such-release"]
        said = type_.detail(release=quote(release_id[:_LONGEST_ID]))
        return Problem(type_.kind, said, headers=collection, members=members)

    async def _read_only(self, release_id: str, root: str) -> Site:
        """The site of a release that no worker is asked of, kept as long as its record is the same. Raises Problem."""
        now = stamp(self.releases.folder / release_id), root
        then, site = self._read.pop(release_id, (None, None))
        if site is None or then != now:
            release = await asyncio.to_thread(self.find, release_id)
            site = self._make(release).at(prefix_of(release_id), root)
            await asyncio.to_thread(site.list_datasets)  # for the links of its files
        self._read[release_id] = now, site
        return site

    async def _opened(self, release_id: str, current: Site) -> Site:
        """A release that is opened in its turn, once for all who wait for it. Raises Problem."""
        until = asyncio.get_running_loop().time() + self._patience
        self._waiting[release_id] += 1
        try:
            release = await asyncio.to_thread(self.find, release_id)
            async with self._turn(self._wanted[release_id], until):
                if release_id in self._open:
                    return self._open[release_id]
                async with self._turn(self._opening, until):
                    return self._open.get(release_id) or await self._take(release, current, until)
        finally:
            self._waiting[release_id] -= 1
            if not self._waiting[release_id]:
                del self._waiting[release_id]
                self._wanted.pop(release_id, None)  # nobody waits in turn for what was not found

    @asynccontextmanager
    async def _turn(self, lock: asyncio.Lock, until: float) -> AsyncIterator[None]:
        """A lock, held. Raises Problem where others hold it for too long."""
        try:
            async with asyncio.timeout_at(until):
                await lock.acquire()
        except TimeoutError:
            raise _busy(self._most) from None
        try:
            yield
        finally:
            lock.release()

    async def _take(self, release: Release, current: Site, until: float) -> Site:
        """Open a release, after closing another if too many are open. Raises Problem."""
        await self._make_room(until)
        site = self._make(release).at(prefix_of(release.id), current.root)
        try:
            with await hold(release):
                await asyncio.to_thread(release.verify, thoroughly=False)
                await site.open(self.spool or Path())
        except NoRelease as error:
            raise self._not_kept(release.id) from error
        except (DamagedRelease, CannotStart, QueryFailed, OSError) as error:
            log.error("release %s cannot be opened: %s", release.id, error)
            raise _damaged() from error
        self._open[release.id] = site
        return site

    async def _make_room(self, until: float) -> None:
        """Close a release that answers nobody, where too many are open. Raises Problem where all answer for too long.

        Of releases that are asked for all the time, none would ever answer nobody: after a while, the one that was
        asked for longest ago is lent to nobody more until it does.
        """
        if len(self._open) < self._most:
            return
        now = asyncio.get_running_loop().time
        lent_until = now() + _LENT
        leaving: dict[str, Site] = {}  # one at most
        try:
            while (idle := self._idle(leaving)) is None:
                if now() > until:
                    raise _busy(self._most)
                if not leaving and now() > lent_until:
                    leaving.update([self._open.popitem(last=False)])
                await asyncio.sleep(_LOOK)
            closing = (leaving if idle in leaving else self._open).pop(idle)
        finally:
            for release_id, site in leaving.items():  # another has made way, or none
                self._open[release_id] = site
                self._open.move_to_end(release_id, last=False)
        await closing.close()

    def _idle(self, leaving: Mapping[str, Site]) -> str | None:
        """A release that may be closed: it answers nobody, and who waits for one that is open is let in first."""
        left = (release_id for release_id, site in leaving.items() if not site.requests)
        free = (key for key, site in self._open.items() if not site.requests and key not in self._waiting)
        return next(chain(left, free), None)


class Archive:
    """The layer that answers for `/releases/{id}/…` from the release of that id."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf
        self._refuse = EveryAnswer(self._respond)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        found = _PATH.fullmatch(scope["path"])
        if found is None:
            await self.app(scope, receive, send)
            return
        release_id, rest = found.groups()
        if scope["method"] == "OPTIONS":  # a script may ask, and be told that there is no such release
            await self.app({**scope, "path": rest}, receive, send)
            return
        current: Site = scope["state"]["site"]
        needs_workers = rest.startswith(f"/{addresses.ALL_CHANGES}") or not rest.startswith(_NEEDS_NO_WORKER)
        try:
            async with self.shelf.lend(release_id, current, with_workers=needs_workers) as site:
                scope["state"]["site"] = site
                raw = scope.get("raw_path", scope["path"].encode()).split(b"/", 3)  # as the client has written it
                within = {**scope, "path": rest, "raw_path": b"/" + raw[-1]}
                await self.app(within, receive, _leading_on(_dated(send, site, self.shelf.past, current), site))
        except Problem as problem:
            scope["state"]["problem"] = problem
            await self._refuse(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        await respond(Request(scope), scope["state"]["problem"])(scope, receive, send)


def prefix_of(release_id: str) -> str:
    """How the paths begin under which a release answers beside the current one."""
    return f"/{addresses.RELEASES}{release_id}"


def _leading_on(send: Send, site: Site) -> Send:
    """Sends an answer whose headers lead on within a release: its paths, and its links but those of identifiers."""
    base, address = site.base.iri, site.address
    documents = re.compile(rf"<{re.escape(base)}(?!{'|'.join(map(re.escape, _THE_SAME))})")
    paths = re.compile(rf"</(?!{addresses.RELEASES})")

    def led(name: bytes, value: bytes) -> bytes:
        text = value.decode("latin-1")
        if name in {b"location", b"content-location"} and text.startswith("/") and not text.startswith(_RELEASES):
            text = site.prefix + text
        elif name == b"link":
            text = paths.sub(f"<{site.prefix}/", documents.sub(f"<{address}", text))
        return text.encode("latin-1")

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [(name, led(name, value)) for name, value in message["headers"]]}
        await send(message)

    return send_on


def _dated(send: Send, site: Site, past: Past, current: Site) -> Send:
    """Sends an answer of a release; one that is the memento of an original resource says so."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in _STATES:
            message = {**message, "headers": await past.dated(message["headers"], site.release, current.release)}
        await send(message)

    return send_on


_STATES = {200, 206, 303, 304}
"""What an answer of a release is that holds what is asked for; 303 is that of an identifier (RFC 7089, 4.5.4)."""

_LOOK = 0.005  # seconds between looks at whether a release has answered
_LENT = 0.2  # seconds for which all that are open are lent while one more waits for room
_MOST_NAMED = 20
_MOST_READ = 8  # releases whose records are kept, each of some hundred kilobytes
_LONGEST_ID = 80  # letters of what is asked for that are said again


def _damaged() -> Problem:
    return Problem("release-damaged", TYPES["release-damaged"].says)


def _busy(most: int) -> Problem:
    type_ = TYPES["releases-busy"]
    members: dict[str, object] = {"limit": most, "setting": type_.setting}
    return Problem(type_.kind, type_.detail(limit=most), headers={"Retry-After": "5"}, members=members)
