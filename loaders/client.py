"""A polite client: it keeps to the rate of a source, asks for what has changed, tries again, and keeps what it got.

Every refusal names the address and what was wrong with the answer.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from importlib.metadata import version
from queue import SimpleQueue

import httpx2
import tenacity

from loaders.cache import Answer, Cache
from loaders.internet import NotPublic
from loaders.live import LiveSource, origin_of
from loaders.moments import is_to_come
from loaders.placed import Placed
from loaders.transport import PublicTransport
from loaders.unpacked import CODING, CutOff, NotPacked, unpacked
from ontology.base import CANONICAL

USER_AGENT = f"Miljografen/{version('miljograf')} (+{CANONICAL})"
"""How the client names itself."""

JSON = "application/json"

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""The statuses with which a request may be tried again."""

_TIMEOUT = httpx2.Timeout(60, connect=10)
_MOST_REDIRECTS = 5
_LONGEST_WAIT = timedelta(minutes=2)


class Unfetched(Exception):
    """An address did not give what was asked for; the message says which, and why."""

    def __init__(self, url: str, why: str) -> None:
        self.url = url
        self.why = why
        super().__init__(f"{url}: {why}")


class TryAgain(Exception):
    """What may go well in a while; `wait` is how long it asks us to wait, if it does."""

    wait: timedelta | None = None


class _TryAgain(Unfetched, TryAgain):
    """An address that may answer in a while."""

    def __init__(self, url: str, why: str, wait: timedelta | None = None) -> None:
        super().__init__(url, why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try again: waits double from the first, with a part left to chance."""

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 30.0
    longest_silence: float = 1800.0  # seconds from when something is asked to where its answer begins
    longest_answer: float = 600.0  # seconds from there to the last
    tell: Callable[[BaseException, float], None] = lambda _error, _seconds: None
    """Told why something is tried again, and in how many seconds."""

    def tries(self, given_up: threading.Event | None = None) -> Iterable[tenacity.AttemptManager]:
        """The tries at something, each a context: another follows where one ends in TryAgain.

        Once it is given up nobody waits to try again.
        """
        given_up = given_up or threading.Event()
        return tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TryAgain),
            stop=tenacity.stop_after_attempt(self.attempts) | tenacity.stop_when_event_set(given_up),
            wait=self._wait,
            before_sleep=self._tell,
            sleep=tenacity.sleep_using_event(given_up),
            reraise=True,
        )

    def _wait(self, state: tenacity.RetryCallState) -> float:
        asked = getattr(_error_of(state), "wait", None)
        usual = tenacity.wait_exponential_jitter(
            multiplier=self.first_wait, max=self.longest_wait, jitter=self.first_wait
        )
        return usual(state) if asked is None else asked.total_seconds()

    def _tell(self, state: tenacity.RetryCallState) -> None:
        if error := _error_of(state):
            self.tell(error, state.upcoming_sleep)


PATIENT = Patience()
"""Half a minute in all."""


def _error_of(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


class Client:
    """Asks one source, from as many threads as like; use it in a `with` statement."""

    def __init__(
        self, source: LiveSource, cache: Cache, is_offline: bool = False, patience: Patience = PATIENT
    ) -> None:
        self.source = source
        self.cache = cache
        self._is_offline = is_offline
        self._patience = patience
        self._fresh_since = ""
        self._is_given_up = threading.Event()
        scheme, host, port = source.origin
        self._paced = _Paced(
            PublicTransport(patience.longest_silence, (host, port) if source.is_private else None),
            _Pace(source.calls_per_second),
        )
        self._http = httpx2.Client(
            transport=self._paced,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": CODING},
            timeout=_TIMEOUT,
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            trust_env=False,
            event_hooks={"request": [_keep_to_the_web, *([_keep_secure] if scheme == "https" else [])]},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @contextmanager
    def side_by_side(self) -> Iterator[ThreadPoolExecutor]:
        """Threads that ask, as many at once as allowed. After a failure, or Ctrl-C, none waits or tries again."""
        with ThreadPoolExecutor(self.source.at_once) as pool:
            try:
                yield pool
            except BaseException:
                self._is_given_up.set()
                raise
            finally:
                pool.shutdown(cancel_futures=True)

    def take_as_fresh(self, since: str) -> None:
        """Ask again for nothing that was answered since a moment: an interrupted fetch goes on."""
        self._fresh_since = since

    def keep_to(self, calls: int, seconds: float) -> None:
        """Ask no more often than so many times in so many seconds, where the sources file would allow it."""
        if calls / seconds < self.source.calls_per_second:
            pace = _Pace(calls / seconds)
            with pace.turn():  # the call that told of it counts
                self._paced.pace = pace

    def get(self, url: str, check: Callable[[Answer], object], media_type: str = JSON) -> Answer:
        """What an address answers, from the source or, where that has not changed, from the cache.

        `check` raises Unfetched for an answer that is not to be kept. Raises Unfetched.
        """
        return self._answer(url, check, media_type, None)

    def post(
        self, url: str, question: bytes, check: Callable[[Answer], object], media_type: str = JSON, asked_in: str = JSON
    ) -> Answer:
        """What an address answers to a question, known by the address with the checksum of the question.

        `asked_in` is the media type of the question.
        """
        return self._answer(f"{url}#{sha256(question).hexdigest()[:16]}", check, media_type, question, asked_in)

    def take(self, placed: Placed, check: Callable[[Answer], object], media_type: str) -> Answer:
        """What a file holds that the source names, on this machine or at its address. Raises Unfetched."""
        called = placed.key(self.source.address)
        if placed.file is None or self._is_offline:
            return self.get(called, check, media_type) if placed.file is None else self._kept(called)
        if placed.retrieved and is_to_come(placed.retrieved):
            raise Unfetched(called, f"it was got on {placed.retrieved}, by the sources file, and that day is to come")
        file = placed.folder / placed.file
        try:
            if file.stat().st_size > self.source.most_bytes:
                raise self._too_long(called)
            if not file.is_file():
                raise Unfetched(called, f"{file} is no file")
            body = file.read_bytes()
        except (OSError, ValueError) as error:  # a name can hold what none may
            raise Unfetched(called, f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from error
        answer = Answer(called, sha256(body).hexdigest(), _now(), None, None, body)
        check(answer)
        self.cache.keep(answer)
        return answer

    def _kept(self, url: str) -> Answer:
        kept = self.cache.answer(url)
        if kept is None:
            raise Unfetched(url, "this was never fetched; fetch it without --offline")
        return kept

    def _too_long(self, url: str) -> Unfetched:
        most = self.source.most_bytes
        return Unfetched(url, f"the answer is longer than {most:,} bytes (most_bytes of the source)")

    def _answer(
        self,
        url: str,
        check: Callable[[Answer], object],
        media_type: str,
        question: bytes | None,
        asked_in: str = JSON,
    ) -> Answer:
        if origin_of(url) != self.source.origin:
            raise Unfetched(url, f"this is not at {self.source.address}, where the source is; it was not asked for")
        if self._is_offline:
            return self._kept(url)
        kept = self.cache.answer(url)
        if kept is not None and self._fresh_since and kept.retrieved >= self._fresh_since:
            return kept
        for attempt in self._patience.tries(self._is_given_up):
            with attempt:
                if self._is_given_up.is_set():
                    raise Unfetched(url, "the fetch was given up before it was asked again")
                answer = self._ask(url, kept, media_type, question, asked_in)
        check(answer)
        self.cache.keep(answer)
        return answer

    def _ask(self, url: str, kept: Answer | None, media_type: str, question: bytes | None, asked_in: str) -> Answer:
        """One request. Raises Unfetched."""
        wanted = {"Accept": media_type}
        wanted |= _conditions(kept) if question is None else {"Content-Type": asked_in}
        method = "GET" if question is None else "POST"
        try:
            with self._http.stream(method, url, headers=wanted, content=question) as response:
                if response.status_code == 304 and kept is not None:
                    return Answer(url, kept.sha256, _now(), kept.etag, kept.last_modified, kept.body)
                _refuse_status(url, response)
                body = self._read(url, response)
        except httpx2.TooManyRedirects as error:
            raise Unfetched(url, f"it redirects more than {_MOST_REDIRECTS} times") from error
        except NotPublic as error:
            raise Unfetched(url, f"{error}; it was not asked{self._way_out(error)}") from error
        except httpx2.TimeoutException as error:
            raise _TryAgain(url, "it did not answer in time") from error
        except NotPacked as error:
            raise Unfetched(url, str(error)) from error
        except CutOff as error:
            raise _TryAgain(url, str(error)) from error
        except httpx2.TransportError as error:
            raise _TryAgain(url, f"the connection failed: {error}") from error
        etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
        return Answer(url, sha256(body).hexdigest(), _now(), etag, modified, body)

    def _way_out(self, error: NotPublic) -> str:
        """What the operator can do where the source itself is at a private address, as a mirror may be."""
        is_its_own = not self.source.is_private and error.host == self.source.origin[1]
        return ". Where it is a mirror of yours, give the source is_private = true" if is_its_own else ""

    def _read(self, url: str, response: httpx2.Response) -> bytes:
        """The body of a response, unpacked, as far as it is not longer than the source's answers may be."""
        most = self.source.most_bytes
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > most:
            raise self._too_long(url)
        body = bytearray()
        latest = time.monotonic() + self._patience.longest_answer
        for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
            body += piece
            if len(body) > most:
                raise self._too_long(url)
            if time.monotonic() > latest:
                raise _TryAgain(url, f"the answer was not whole after {self._patience.longest_answer:g} s")
        return bytes(body)


class _Pace:
    """Lets so few requests leave that a source never sees more of them in a second than it allows.

    When a request arrives is not known, but it has when it is answered: each makes room for another a second later.
    """

    def __init__(self, calls_per_second: float) -> None:
        calls = max(1, int(calls_per_second))
        self._seconds = calls / calls_per_second
        self._rooms: SimpleQueue[float] = SimpleQueue()
        for _ in range(calls):
            self._rooms.put(0.0)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Ask within this, when there is room."""
        time.sleep(max(0.0, self._rooms.get() - time.monotonic()))
        try:
            yield
        finally:
            self._rooms.put(time.monotonic() + self._seconds)


class _Paced(httpx2.BaseTransport):
    """Waits for room before each request that leaves: one that is redirected is more than one."""

    def __init__(self, transport: httpx2.BaseTransport, pace: _Pace) -> None:
        self._transport = transport
        self.pace = pace

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, when there is room for it."""
        with self.pace.turn():
            return self._transport.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def _conditions(kept: Answer | None) -> dict[str, str]:
    """What asks a source to answer only where something has changed."""
    conditions = {}
    if kept is not None and kept.etag:
        conditions["If-None-Match"] = kept.etag
    if kept is not None and kept.last_modified:
        conditions["If-Modified-Since"] = kept.last_modified
    return conditions


def _refuse_status(url: str, response: httpx2.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    why = f"it answered with status {status}" + (": there is nothing at this address" if status in {404, 410} else "")
    if status in AGAIN:
        wait = _asked_to_wait(response.headers.get("retry-after", ""))
        if wait is not None and wait > _LONGEST_WAIT:
            raise Unfetched(url, f"{why} and asks us to come back in {wait}")
        raise _TryAgain(url, why, wait)
    raise Unfetched(url, why)


def _asked_to_wait(value: str) -> timedelta | None:
    """What `Retry-After` says: seconds, or a date (RFC 9110, section 10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return timedelta(seconds=int(value))
    try:
        moment = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):  # no date, or one beyond the calendar
        return None
    return max(moment - datetime.now(UTC), timedelta())


def _keep_to_the_web(request: httpx2.Request) -> None:
    """Refuse a redirect to what is no address of the web, such as a file."""
    if request.url.scheme not in {"http", "https"}:
        raise NotPublic(f"it redirects to {request.url}, which is no address of the web")


def _keep_secure(request: httpx2.Request) -> None:
    """Refuse a redirect away from a secure connection."""
    if request.url.scheme != "https":
        raise NotPublic(f"it redirects to {request.url}, where the connection is not secure")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
