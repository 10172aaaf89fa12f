"""What an engine answers is bounded in length and in time, and no answer is so bad that it is not told of in a line."""

from __future__ import annotations

import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner

from endpoint.cli import main
from loaders.client import Patience
from loaders.engine_answers import RESULTS
from loaders.graph_store import GraphStore, Login, NotDone
from loaders.publishing import publish
from loaders.release import Release, Releases, find_release
from tests.services.engine import Engine
from tests.services.misbehaviour import failing
from tests.services.raw import Says, saying

HURRIED = Patience(attempts=2, first_wait=0.001, longest_wait=0.002, longest_silence=0.5, longest_answer=0.5)
MOST_MEMORY = 300_000_000
LONGEST = 10
"""Seconds in which all that is tried twice for half a second has long ended, on a busy machine too."""

QUERY = "a query"
PUT = "a graph"
LINES = [b"<https://example.org/a> <https://example.org/a> <https://example.org/a> .\n"] * 9


def head(status: str = "200 OK", *headers: str, media_type: str = RESULTS) -> bytes:
    lines = f"HTTP/1.1 {status}", f"Content-Type: {media_type}", "Connection: close", *headers
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


def once(*pieces: bytes) -> Says:
    return lambda: pieces


def without_end(first: bytes, piece: bytes, pause: float = 0.0) -> Says:
    def says() -> Iterator[bytes]:
        yield first
        for _ in itertools.count():
            time.sleep(pause)
            yield piece

    return says


def swelling() -> Says:
    packing, nothing = zlib.compressobj(wbits=31), bytes(1 << 20)
    return once(head("200 OK", "Content-Encoding: gzip"), *(packing.compress(nothing) for _ in range(400)))


def ask(what: str, says: Says, patience: Patience = HURRIED) -> object:
    """Ask a server that says that for the rows of a query, or to take a graph."""
    with saying(says) as address, GraphStore(f"{address}g", f"{address}q", Login("me", "a"), 100, patience) as store:
        return store.rows("SELECT * {}") if what == QUERY else store.put("https://example.org/graph", LINES)


def refusal(what: str, says: Says, patience: Patience = HURRIED) -> str:
    with pytest.raises(NotDone) as refused:
        ask(what, says, patience)
    return str(refused.value)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (without_end(head(), b" " * (1 << 16)), "its answer to a query is none: it is longer than 100,000,000 bytes"),
        (swelling(), "its answer to a query is none: it is longer than 100,000,000 bytes"),
        (without_end(head("500 Broken", media_type="text/plain"), b"no " * (1 << 14)), "with status 500 (no no "),
        (without_end(head("401 Who", 'WWW-Authenticate: Basic realm="x"'), b" " * (1 << 16)), "status 401; see --user"),
    ],
    ids=["an answer", "a packed one", "a refusal", "a question who asks"],
)
def test_what_never_ends_is_not_kept_in_memory(says, told):
    tracemalloc.start()
    try:
        assert told in refusal(QUERY, says, replace(HURRIED, longest_answer=60))
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("what", [QUERY, PUT])
@pytest.mark.parametrize(
    "says",
    [
        without_end(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.02),
        without_end(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.02),
    ],
    ids=["headers", "patience"],
)
def test_headers_that_drip_are_waited_for_so_long_and_no_longer(says, what):
    began = time.monotonic()
    assert f"it did not answer {'a query' if what == QUERY else 'PUT'} in time" in refusal(what, says)
    assert time.monotonic() - began < LONGEST


def test_an_answer_that_drips_is_waited_for_so_long_and_no_longer():
    began = time.monotonic()
    assert "it did not answer a query in time" in refusal(QUERY, without_end(head(), b" ", 0.02))
    assert time.monotonic() - began < LONGEST


def test_what_is_said_to_a_graph_that_was_taken_is_not_waited_for_for_ever():
    ask(PUT, without_end(head("201 Created", media_type="text/plain"), b"ok", 0.02))


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (once(head("400 Bad", media_type="text/plain; charset=hex"), b"abc"), "status 400 (abc)"),
        (
            once(head(), b'{"x":', b"[" * 1_000_000),
            "is not application/sparql-results+json, as it says: maximum recursion",
        ),
        (once(head(), b'{"results":{"bindings":[{"a":{"value":"\xff"}}]}}'), "as it says: 'utf-8' codec can't decode"),
        (once(head(media_type="text/" + "h" * 50_000), b"x"), "which is not application/sparql-results+json"),
        (once(head("302 Found", "Location: //other.example/" + "x" * 50_000)), "leads to: http://other.example/xxx"),
        (once(head("307 Moved", "Location: ../store?graph=of-another")), "leads to: http://127.0.0.1:"),
        (once(head("302 Found", "Location: /\xff")), "/%C3%BF"),
        (once(head("204 Nothing")), "status 204; is this the address of its queries?"),
        (once(head("401 Who", "WWW-Authenticate: Digest nonsense")), "in a way of Digest that is not understood"),
        (
            once(head("401 Who", 'WWW-Authenticate: Digest realm="a", nonce="b", qop="auth-int"')),
            "in a way of Digest that is not understood",
        ),
        (
            once(head("401 Who", 'WWW-Authenticate: Digest realm="a", nonce="b", algorithm=FOO')),
            "let it ask by Basic, or by Digest with MD5",
        ),
        (once(head("200 OK", "Content-Length: 500"), b"{"), "the connection failed at a query: peer closed connection"),
    ],
)
def test_a_bad_answer_to_a_query_is_told_of_in_a_line(says, told):
    said = refusal(QUERY, says)
    assert said.startswith("http://127.0.0.1:")
    assert told in said
    assert len(said) < 1000


def test_an_engine_that_does_not_run_is_not_said_to_have_found_a_request_too_long():
    with (
        GraphStore("http://127.0.0.1:9/g", "http://127.0.0.1:9/q", patience=HURRIED) as store,
        pytest.raises(NotDone, match=r"no connection for PUT: .*; is the engine running, and is this its address\?$"),
    ):
        store.put("https://example.org/graph", LINES)


def test_certificates_that_cannot_be_read_are_no_fault_of_a_dump(release, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with saying(once()) as address:
        secure = address.replace("http:", "https:")
        with (
            GraphStore(f"{secure}g", f"{secure}q", patience=HURRIED) as store,
            pytest.raises(NotDone, match="the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"),
        ):
            store.rows("SELECT * {}")


def test_a_publication_that_a_person_breaks_off_says_what_is_there(engine, release, monkeypatch):
    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("loaders.publishing._compare", broken_off)
    there = ["--data", str(release.path.parent.parent), "--to", engine.graphs, "--query", engine.queries]
    done = CliRunner().invoke(main, ["publish", *there])
    assert done.exit_code == 1
    assert "broken off; where graphs had begun to change, no release is said to be there" in done.output
    assert "Traceback" not in done.output


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as engine:
        yield engine


@pytest.fixture
def release(revised) -> Release:
    return find_release(Releases(revised), "current")


def put(release: Release, engine: Engine) -> None:
    with GraphStore(engine.graphs, engine.queries, patience=HURRIED) as store:
        publish(release, Releases(release.path.parent.parent), store, lambda *_: None)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda engine: engine.misbehave(failing(507), times=None, at="editors"),
        lambda engine: setattr(engine, "forgets", "/editors"),
    ],
    ids=["refused", "lost"],
)
def test_what_is_there_after_a_publication_that_ends_in_the_middle_is_told(
    engine, release, break_it: Callable[[Engine], None]
):
    break_it(engine)
    with pytest.raises(NotDone, match=r"No release is said to be there until one is published anew; what others have"):
        put(release, engine)


def test_an_engine_that_does_not_keep_which_release_is_there_is_told_of(engine, release):
    engine.forgets = "/.well-known/void"
    with pytest.raises(NotDone, match=rf"it was told that it holds {release.id}, and does not say so in <.*/void>"):
        put(release, engine)
    engine.forgets = ""
    put(release, engine)


def test_an_address_that_answers_well_and_keeps_nothing_is_told_of(engine, release):
    page = once(head("200 OK", media_type="text/html"), b"<!doctype html><title>Welcome</title>")
    with (
        saying(page) as elsewhere,
        GraphStore(elsewhere, engine.queries, patience=HURRIED) as store,
        pytest.raises(NotDone, match=r"does --to lead to the same graphs as --query\?"),
    ):
        publish(release, Releases(release.path.parent.parent), store, lambda *_: None)
