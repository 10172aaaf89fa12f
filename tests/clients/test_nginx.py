"""nginx stands in front as its example in the docs has it: what clients get is what the endpoint gives."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.serving import free_port
from tests.test_architecture import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
EXAMPLE = ROOT / "docs" / "nginx-example.conf"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{server}
}}
"""
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@contextmanager
def standing_before(upstream: str, folder: Path) -> Iterator[int]:
    """The port of an nginx with the example of the docs, without its certificate, before a host and port."""
    port = free_port()
    server = re.sub(r"(?m)^ *ssl_.*\n", "", EXAMPLE.read_text(encoding="utf-8"))
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{port}",
        "http://127.0.0.1:8000": f"http://{upstream}",
    }.items():
        assert old in server
        server = server.replace(old, new)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, server=server), encoding="utf-8")
    process = subprocess.Popen([str(NGINX), "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    try:
        while process.poll() is None and not is_listening(port):
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def is_listening(port: int) -> bool:
    with closing(socket.socket()) as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def answer(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, str, bytes]:
    """The status, where it leads, and the body."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.headers.get("location", ""), response.read()


@pytest.fixture(scope="module")
def ports(endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The port of the endpoint, and that of nginx in front of it."""
    upstream = urlsplit(endpoint).netloc
    with standing_before(upstream, tmp_path_factory.mktemp("nginx")) as port:
        yield int(upstream.rpartition(":")[2]), port


@pytest.mark.parametrize(
    "path",
    [
        "/id/objective/8",
        "/id/objective%2F8",
        "//id/objective/8",
        "/res/objective/8.ttl",
        "/data/all.nq.gz",
        "/sparql?query=ASK%7B%7D",
        f"/sparql?query={quote('ASK{} #' + 'å' * 10_000)}",
        f"/sparql?query=ASK%7B%7D%23{'x' * 70_000}",
    ],
    ids=lambda path: path[:30],
)
def test_what_is_asked_and_answered_passes_as_it_is(ports: tuple[int, int], path: str) -> None:
    behind, in_front = (answer(port, path) for port in ports)
    assert in_front == behind


def test_a_long_query_passes_in_the_body(ports: tuple[int, int]) -> None:
    query = "ASK { ?s ?p ?o } #" + "x" * 90_000
    behind, in_front = (
        answer(port, "/sparql", "POST", query, **{"Content-Type": "application/sparql-query"}) for port in ports
    )
    assert in_front == behind
    assert b'"boolean":true' in in_front[2].replace(b" ", b"")


def test_the_figures_stay_within(ports: tuple[int, int]) -> None:
    behind, in_front = (answer(port, "/metrics") for port in ports)
    assert (behind[0], in_front[0]) == (200, 403)


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def break_off() -> None:
            connection, _ = listening.accept()
            with connection:
                is_known = b" HTTP/1.1\r\n" in connection.recv(65_536)
                length = b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" if is_known else b"\r\nhello"
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n" + length)

        with standing_before(f"127.0.0.1:{listening.getsockname()[1]}", tmp_path) as port:
            upstream = threading.Thread(target=break_off)
            upstream.start()
            with pytest.raises(http.client.IncompleteRead):
                answer(port, "/data/all.csv")
            upstream.join(timeout=20)
