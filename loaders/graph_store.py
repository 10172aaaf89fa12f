"""A SPARQL engine elsewhere: named graphs are put there and taken away, and it is asked what it holds.

That is the Graph Store HTTP Protocol (SPARQL 1.1) and the SPARQL 1.1 Protocol, which most engines speak.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import httpx2
import msgspec

from loaders.client import AGAIN, PATIENT, USER_AGENT, Patience, TryAgain
from loaders.engine_answers import RESULTS, BoundedAnswers, TooMuch
from loaders.told import cut
from loaders.transport import Transport
from loaders.unpacked import CODING, CutOff, NotPacked

AT_ONCE = 100_000
"""Statements in one request, unless others are wanted: some 15 MB."""

NTRIPLES = "application/n-triples"

_TIMEOUT = httpx2.Timeout(600, connect=10)  # an engine may index a while before it answers
_DONE = frozenset({200, 201, 202, 204})
_SAID = 300
"""Characters of what an engine says, of a refusal and in its headers, that are passed on."""

_IS_IT_THERE = "; is this the address of its queries?"

T = TypeVar("T")


class NotDone(Exception):
    """An engine did not do what it was asked; the message says at which address, and why."""

    def __init__(self, url: object, why: str) -> None:
        self.url = url
        self.why = why
        super().__init__(f"{url}: {why}")


class _TryAgain(NotDone, TryAgain):
    """It may do so in a while."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a user with a password. It is told to nobody but the engine."""

    user: str
    password: str


class GraphStore:
    """An engine, by the address of its graph store and that of its queries; use it in a `with` statement.

    A request holds `at_once` statements at most.
    """

    def __init__(
        self,
        graphs: str,
        queries: str,
        login: Login | None = None,
        at_once: int = AT_ONCE,
        patience: Patience = PATIENT,
    ) -> None:
        self._graphs = httpx2.URL(graphs)
        self.queries = queries
        self._at_once = at_once
        self._patience = patience
        self._http = httpx2.Client(
            transport=BoundedAnswers(Transport(patience.longest_silence), patience.longest_answer),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": CODING},
            auth=_AsAsked(login) if login else None,
            timeout=_TIMEOUT,
            follow_redirects=False,  # what is sent would be lost, or reach somebody else
            trust_env=False,
        )

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def put(self, graph: str, lines: Iterable[bytes]) -> None:
        """Make a graph what lines of N-Triples say: the first of them replace it, and others follow. Raises NotDone."""
        method, rest = "PUT", iter(lines)
        while part := b"".join(islice(rest, self._at_once)):
            self._change(method, graph, part)
            method = "POST"

    def remove(self, graph: str) -> None:
        """Take a graph away, if it is there. Raises NotDone."""
        self._change("DELETE", graph)

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT query: the texts of what is bound. Raises NotDone."""
        return self._patiently(lambda: self._rows(query))

    def _change(self, method: str, graph: str, body: bytes | None = None) -> None:
        url = self._graphs.copy_merge_params({"graph": graph})
        headers = {} if body is None else {"Content-Type": NTRIPLES}
        gone = {404} if method == "DELETE" else set()
        self._patiently(lambda: self._send(method, url, _DONE | gone, headers=headers, content=body))

    def _rows(self, query: str) -> list[dict[str, str]]:
        answer = self._send("POST", self.queries, {200}, headers={"Accept": RESULTS}, data={"query": query})
        try:
            read = msgspec.json.decode(answer.content, type=_Results)
        except (ValueError, RecursionError) as error:  # bytes that are no text are a ValueError too
            raise NotDone(self.queries, _no_results(answer, error)) from error
        return [{name: term.value for name, term in row.items()} for row in read.results.bindings]

    def _send(self, method: str, url: httpx2.URL | str, wanted: Iterable[int], **what: object) -> httpx2.Response:
        asked = "a query" if url == self.queries else method
        try:
            response = self._http.request(method, url, **what)  # type: ignore[arg-type]
        except httpx2.ConnectError as error:
            why = f"no connection for {asked}: {cut(str(error), _SAID)}"
            raise _TryAgain(url, f"{why}; is the engine running, and is this its address?") from error
        except httpx2.TimeoutException as error:
            raise _TryAgain(url, f"it did not answer {asked} in time") from error
        except httpx2.TransportError as error:
            too_long = self._if_too_long(what.get("content"))
            raise _TryAgain(url, f"the connection failed at {asked}: {cut(str(error), _SAID)}{too_long}") from error
        except TooMuch as error:
            raise NotDone(url, f"its answer to {asked} is none: {error}{_IS_IT_THERE}") from error
        except NotPacked as error:
            raise NotDone(url, f"its answer is packed in a way that cannot be undone: {error}") from error
        except CutOff as error:
            raise _TryAgain(url, f"at {asked}, {error}") from error
        if response.status_code in wanted:
            return response
        why = _refusal(response, url == self.queries, self._at_once)
        raise (_TryAgain if response.status_code in AGAIN else NotDone)(url, why)

    def _if_too_long(self, sent: object) -> str:
        """What to do where the reason is that the engine broke off what was sent; a query is never that long."""
        if not isinstance(sent, bytes):
            return ""
        return f"; if a request of {len(sent):,} bytes is too long for it: {_shorter(self._at_once)}"

    def _patiently(self, do: Callable[[], T]) -> T:
        for attempt in self._patience.tries():
            with attempt:
                done = do()
        return done


class _AsAsked(httpx2.Auth):
    """Says who asks in the way that the engine asks for: Basic or Digest (RFC 7617, RFC 7616)."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._chosen: httpx2.Auth | None = None

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """The request, and once more with the name where it is asked for."""
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            is_digest = response.headers.get("www-authenticate", "").lower().startswith("digest")
            kind = httpx2.DigestAuth if is_digest else httpx2.BasicAuth
            self._chosen = kind(self._login.user, self._login.password)
        try:
            yield from self._chosen.auth_flow(request)
        except (ValueError, NotImplementedError, httpx2.ProtocolError) as error:  # of auth-int, the second of these
            why = f"it asks who sends {request.method} in a way of Digest that is not understood ({error})"
            raise NotDone(
                request.url, f"{why}; let it ask by Basic, or by Digest with MD5 or SHA-256 and qop=auth"
            ) from error


class _Term(msgspec.Struct):
    value: str


class _Bindings(msgspec.Struct):
    bindings: list[dict[str, _Term]]


class _Results(msgspec.Struct):
    results: _Bindings


def _shorter(at_once: int) -> str:
    """The way out where a request is too long that has so many statements."""
    fewer = f"give --at-once a number lower than {at_once}, or " if at_once > 1 else ""
    return f"{fewer}raise what the engine, or a proxy before it, takes as the longest request"


def _no_results(answer: httpx2.Response, error: Exception) -> str:
    """Why an answer to a query is none."""
    named = cut(answer.headers.get("content-type", "something"), _SAID)
    if named.partition(";")[0].strip().lower() != RESULTS:
        return f"it answers a query with {named}, which is not {RESULTS}: {error}{_IS_IT_THERE}"
    return f"what it answers a query with is not {RESULTS}, as it says: {cut(str(error), _SAID)}"


def _refusal(response: httpx2.Response, is_query: bool, at_once: int) -> str:
    """What an engine says of what it does not do, and the way out where there is a usual one."""
    status, said = response.status_code, cut(" ".join(response.content.decode("utf-8", "replace").split()), _SAID)
    if response.is_redirect:
        way_out = f"; give the address that it leads to: {_leads_to(response)}"
    elif status in {401, 403}:
        way_out = f"; see --user, and whether that user may {'read' if is_query else 'write'}"
    elif status in {404, 405, 415, 501} or status < 300:
        way_out = f"; is this the address {'of its queries' if is_query else 'of its graph store'}?"
    elif status == 413:
        sent = int(response.request.headers.get("content-length", 0))
        way_out = f"; a request of {sent:,} bytes is too long for it: {_shorter(1 if is_query else at_once)}"
    else:
        way_out = ""
    return f"it answers {response.request.method} with status {status}{way_out}{f' ({said})' if said else ''}"


def _leads_to(response: httpx2.Response) -> str:
    """The whole address that a redirect leads to, as it may be given; as it stands there where it is none."""
    named = response.headers.get("location", "it names none")
    try:
        url = response.request.url.join(named) if "location" in response.headers else named
        return cut(str(url.copy_remove_param("graph") if isinstance(url, httpx2.URL) else url), _SAID)
    except (httpx2.InvalidURL, ValueError):
        return cut(named, _SAID)
