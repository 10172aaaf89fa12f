"""A new release in place of the one that is served, without a request that fails.

Each request is answered from one release, whatever is published meanwhile. The workers of a new one are up before the
first request is; those of the old one stay until its last request is answered.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send

from endpoint.agreement import Agreement
from endpoint.dataset import Dataset
from endpoint.metrics import count_reload
from endpoint.workers.member import CannotStart
from endpoint.workers.pool import QueryFailed
from endpoint.workers.turns import asking
from loaders.release import DamagedRelease, NoRelease, Release, Releases

_AGAIN = 30.0  # seconds until a release that could not be served, or is damaged, is tried again unasked
_REST = 2.0  # how many times as long as a file took to check nothing is done after it
_LOOK = 0.05  # seconds between looks at whether the last request of an old release is answered

_FORESEEN = (NoRelease, DamagedRelease, CannotStart, QueryFailed, OSError)
"""What keeps a release from being served; anything else is a fault of ours, or of a version that made the release."""

log = logging.getLogger("miljograf")


class _Left(Exception):
    """What was being checked is served no more."""


class OneDataset:
    """A layer that has each request answered from what is served when it comes, in the turn of the client's network.

    Who answers finds it as `request.state.site`.
    """

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        site: Dataset = self.state.site
        scope.setdefault("state", {})["site"] = site
        asking.set(self.state.networks.of(scope))
        site.requests += 1
        try:
            await self.app(scope, receive, send)
        finally:
            site.requests -= 1


class Served:
    """What is served now, and what was and has requests to answer still. `drain` is the seconds that they have.

    By agreement, other front processes begin to serve the same at once.
    """

    def __init__(self, state: State, spool: Path, drain: float, agreement: Agreement | None = None) -> None:
        self._state = state
        self._spool = spool
        self._drain = drain
        self._agreement = agreement
        self._retiring: set[asyncio.Task[None]] = set()
        self._is_ending = asyncio.Event()

    @property
    def site(self) -> Dataset:
        """What is served now."""
        return self._state.site  # type: ignore[no-any-return]

    async def begin(self, current: Callable[[Dataset], Dataset] | None = None) -> None:
        """Start the workers of what is to be served, which may be another by now. Raises CannotStart."""
        if current is not None:
            self._state.site = await asyncio.to_thread(current, self.site)
        await self.site.open(self._spool)
        if self._agreement is not None:
            with suppress(OSError):  # the others wait for a while, and begin alone
                self._agreement.tell(self.site.id)

    async def replace(self, site: Dataset) -> None:
        """Serve something else from now on. Raises CannotStart, and all stays as it was."""
        await site.open(self._spool)
        try:
            await self._agree(site)
        except BaseException:  # the server ends meanwhile, and nobody else holds what was opened
            await site.close()
            raise
        old, self._state.site = self.site, site
        task = asyncio.create_task(self._retire(old))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    def leave(self, release_id: str) -> None:
        """Have nobody wait for this process, which cannot serve a release that is current."""
        if self._agreement is not None:
            with suppress(OSError):  # the others wait for a while
                self._agreement.tell_not(release_id)

    async def end(self) -> None:
        """Stop all workers; those that are stopping already are not disturbed."""
        self._is_ending.set()
        await asyncio.gather(*self._retiring, return_exceptions=True)
        await self.site.close()

    async def _agree(self, site: Dataset) -> None:
        """Wait for the others, who begin to serve the same; where they cannot be told, begin alone."""
        if self._agreement is None:
            return
        try:
            await self._agreement.reach(site.id)
        except OSError as error:
            log.error("release %s is served without waiting for the other front processes: %s", site.id, error)

    async def _retire(self, old: Dataset) -> None:
        until = time.monotonic() + self._drain
        while old.requests and time.monotonic() < until and not self._is_ending.is_set():
            await asyncio.sleep(_LOOK)
        await old.close()


@dataclass(frozen=True, slots=True)
class Following:
    """A folder of releases, of which the current one is served; what makes it ready for that; seconds between looks.

    `before` is the id of the release that was current when the server began.
    """

    releases: Releases
    make: Callable[[Release], Dataset]
    seconds: float
    before: str | None = None

    def current(self, site: Dataset) -> Dataset:
        """What a process is to begin with: the current release, where it has become so since the server began.

        It is `site` else, and where another cannot be served. A process that takes the place of another begins later
        than the server, and what that began with may be gone.
        """
        try:
            release = self.releases.current()
            if release.id in {site.id, self.before}:
                return site
            release.verify()
            following = self.make(release)
            following.is_checked = True
            return following
        except Exception:  # whoever follows tries the same again, and says what it was
            return site

    async def follow(self, served: Served) -> None:
        """Serve whichever release is current, and look every so many seconds, and at once on SIGHUP.

        One that could not be served is tried again after a while, or on SIGHUP.
        """
        failed: tuple[str, float] = ("", 0.0)
        unread: str | None = None  # why it could not be told which is current
        with _hangups() as hangup:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.seconds):
                        await hangup.wait()
                is_asked_for = hangup.is_set()
                hangup.clear()
                named, why_not = _named(self.releases)
                if why_not is not None and why_not != unread:
                    log.error("%s; release %s is served on", why_not, served.site.id)
                unread = why_not
                is_new = named is not None and (named != served.site.id or served.site.damage is not None)
                is_too_early = failed[0] == named and time.monotonic() < failed[1] and not is_asked_for
                if named is None or not is_new or is_too_early:
                    continue
                try:
                    begun = time.monotonic()
                    release = self.releases.current()
                    await asyncio.to_thread(release.verify, thoroughly=served.site.id == release.id)
                    site = self.make(release)
                    site.is_checked = True  # all but what guards its own blocks
                    await served.replace(site)
                except Exception as error:  # whatever it is, the next release is looked for
                    failed = named, time.monotonic() + _AGAIN
                    served.leave(named)
                    count_reload("failed")
                    is_foreseen = isinstance(error, _FORESEEN)
                    why = str(error) if is_foreseen else repr(error)
                    told = "release %s cannot be served in place of %s: %s"
                    log.error(told, named, served.site.id, why, exc_info=not is_foreseen)
                else:
                    count_reload("served")
                    log.info("release %s is served after %.0f ms", named, (time.monotonic() - begun) * 1000)


async def check_up(served: Served, seconds: float) -> None:
    """Check what is served for damage, now and every so many seconds.

    Whatever has been found sound before is checked for a third of the time: front processes that read gigabytes at once
    would leave nobody a core. It is left as soon as it is served no more.
    """
    is_ending = threading.Event()
    try:
        while True:
            site = served.site
            pause = partial(_pause, served, site, is_ending, _REST if site.is_checked else 0)
            try:
                site.damage = await asyncio.to_thread(site.find_damage, pause)
            except _Left:
                continue
            site.is_checked = True
            if site.damage is not None:
                log.error("%s", site.damage)
            until = time.monotonic() + (seconds if site.damage is None else min(seconds, _AGAIN))
            while served.site is site and time.monotonic() < until:
                await asyncio.sleep(min(1.0, seconds))
    finally:
        is_ending.set()


def _pause(served: Served, site: Dataset, is_ending: threading.Event, rest: float, took: float) -> None:
    """Rest so many times as long as a file took. Raises _Left where nobody wants to know of the others any more."""
    if served.site is not site or is_ending.wait(rest * took) or served.site is not site:
        raise _Left


def _named(releases: Releases) -> tuple[str | None, str | None]:
    """The id of the current release, or why it cannot be read where there is one."""
    try:
        return releases.pointer.read_text(encoding="ascii").strip(), None
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError) as error:
        return None, f"{releases.pointer} cannot be read ({getattr(error, 'strerror', None) or error})"


@contextmanager
def _hangups() -> Iterator[asyncio.Event]:
    """An event that SIGHUP sets, where signals can be had: in the first thread of a process, where the system has them.

    Elsewhere asyncio and uvloop raise one of three errors as they are asked for it, and nothing sets the event.
    """
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGHUP, event.set)
    except (ValueError, RuntimeError, NotImplementedError):
        yield event
        return
    try:
        yield event
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
