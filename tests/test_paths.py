"""Addresses as clients write them, well or ill: the right status, the same links, nothing said again as markup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.release import Release
from tests.test_identifiers import related

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HERE = "http://localhost:8000"
NAME = "länsstyrelsen-i-örebro-å"
LOWER = quote(NAME).lower()

WRITTEN = {
    "as it is": NAME,
    "in capital hex": quote(NAME),
    "in small hex": LOWER,
    "mixed": quote(NAME).replace("%C3%B6", "%c3%B6"),
    "more than needed": quote(NAME).replace("-", "%2D"),
}
"""The same name in the ways in which a client may write it."""


@pytest.fixture(scope="module")
def swedish(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the release with one thing more, whose key has å, ä and ö."""
    copy = tmp_path_factory.mktemp("swedish") / "releases" / release.id
    shutil.copytree(release.path, copy)
    store = ox.Store(str(copy / "store"))
    thing, graph = ox.NamedNode(f"{HERE}/id/actor/{NAME}"), ox.NamedNode(f"{HERE}/id/graph/editors")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.add(ox.Quad(thing, label, ox.Literal("Länsstyrelsen i Örebro", language="sv"), graph))
    store.flush()
    del store
    app = create_app(Release.open(copy), Settings(copy.parent.parent, workers=1))
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("name", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_thing_with_swedish_letters_is_found_however_they_are_written(swedish, name):
    answer = swedish.get(f"/id/actor/{name}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/res/actor/{quote(NAME)}"
    assert related(answer, "describedby") == [f"{HERE}/res/actor/{quote(NAME)}"]
    document = swedish.get(f"/res/actor/{name}.ttl")
    assert document.status_code == 200
    assert f"<{HERE}/id/actor/{NAME}>" in document.text
    assert document.headers["content-location"] == f"/res/actor/{quote(NAME)}.ttl"
    assert related(document, "cite-as") == [f"{HERE}/id/actor/{quote(NAME)}"]
    assert swedish.get(f"/res/actor/{name}.sv.html").status_code == 200


@pytest.mark.parametrize("written", ["%38", "%6F%62jective/8", "objective/%38"])
def test_letters_and_digits_may_be_encoded(client, written):
    path = f"/id/{written}" if "/" in written else f"/id/objective/{written}"
    assert client.get(path).headers["location"] == "/res/objective/8"


NO_ADDRESSES = {
    "dots": "/id/../id/objective/8",
    "dots at the end": "/res/objective/..",
    "one dot": "/id/./objective/8",
    "encoded dots": "/id/%2e%2e/id/objective/8",
    "encoded dots and slash": "/static/%2e%2e%2fapp.py",
    "dots to a file": "/static/../../../../etc/passwd",
    "encoded slash": "/id/objective%2F8",
    "encoded slash in small letters": "/id%2fobjective/8",
    "encoded backslash": "/id/objective%5C8",
    "backslash": "/id/objective\\8",
    "NUL": "/id/objective/8%00",
    "NUL before a suffix": "/res/objective/8%00.ttl",
    "line feed": "/res/objective/8%0A.ttl",
    "carriage return and a header": "/id/objective/8%0d%0aSet-Cookie:%20a=b",
    "encoded twice": "/id/objective/%2538",
    "å encoded twice": "/id/actor/%25C3%25A5",
    "encoded thrice": "/id/objective/%252538",
    "half an encoding": "/id/objective/%3",
    "no hex": "/id/objective/%zz",
    "not UTF-8": "/id/objective/%ff",
    "half of å": "/id/actor/%C3",
    "overlong slash": "/id/objective/%c0%af8",
    "two slashes": "/id//objective/8",
    "slash at the end": "/id/objective/8/",
    "parameters of the path": "/id/objective/8;a=b",
    "markup": "/id/<script>alert(1)</script>",
    "markup in a suffix": "/res/objective/8.<b>",
    "markup in a concept": "/def/confidence/<b>",
    "a space in a term": "/spec/a%20b",
    "quotation mark": "/res/objective/8%22%3E",
    "an address of others": "/id/http://evil.example/",
    "a right-to-left mark": "/id/objective/8%E2%80%AE",
    "8 KiB": "/id/objective/" + "8" * 8192,
    "8 KiB of slashes": "/" * 8192,
    "8 KiB of dots": "/res/" + "../" * 2730,
    "unknown suffix": "/res/objective/8.pdf",
    "two suffixes": "/res/objective/8.ttl.ttl",
    "a suffix of an identifier": "/id/objective/8.ttl",
    "capital suffix": "/res/objective/8.TTL",
    "capital kind": "/id/Objective/8",
    "no key": "/id/objective/",
}
"""What is written wrong, and is the address of nothing."""


@pytest.mark.parametrize("accept", ["*/*", BROWSER])
@pytest.mark.parametrize("path", NO_ADDRESSES.values(), ids=NO_ADDRESSES.keys())
def test_what_is_no_address_is_404_and_not_said_again_as_markup(client, caplog, path, accept):
    status, headers, content = ask(client, path, accept)
    assert status == 404, headers.get("location")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    assert b"<script>alert" not in content
    assert b"<b>" not in content
    assert len(content) < 20_000
    assert caplog.text == ""


@pytest.mark.parametrize("path", ["/id/observation/ghg-county-2026-08%2F12%2F2024", "/timegate/res%2fobjective%2F8"])
def test_who_encodes_a_slash_as_generated_clients_do_is_told_how_it_is_written(client, path):
    status, _, content = ask(client, path, "application/json")
    assert status == 404
    assert json.loads(content)["detail"].endswith(" A slash in an address is written as it is here, and not %2F.")


def ask(client: TestClient, path: str, accept: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for a path as it is written: the client of the tests would tidy it first, as browsers do."""
    raw = path.encode()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),  # as the server hands it on
        "raw_path": raw,
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost:8000"), (b"accept", accept.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    client.portal.call(client.app, scope, receive, send)
    headers = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


HOSTS = [
    "evil.example",
    "localhost:9999",
    "[",
    "a/b?c#d",
    "",
    'x"><script>',
    "localhost:8000, evil.example",
    "å.example",
]
FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "203.0.113.9",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "Forwarded": "host=evil.example;proto=https",
}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    "path",
    [
        "/id/objective/8",
        "/res/objective/8",
        "/res/objective/8.ttl?through=mg:assessedObjective&page=2",
        "/res/objective/8.sv.html",
        "/id/objective/17",
        "/sv/about",
        "/",
        "/about/identifiers",
        "/sv/nothing",
        "/context.jsonld",
    ],
)
def test_no_header_of_the_request_changes_a_status_a_link_or_a_byte(client, host, path):
    honest = client.get(path)
    answer = client.get(path, headers={"Host": host.encode(), **FORWARDED})
    assert answer.status_code == honest.status_code
    assert answer.content == honest.content
    for name in ("link", "location", "content-location", "etag"):
        assert answer.headers.get(name) == honest.headers.get(name)


@pytest.mark.parametrize(
    "header",
    ["Accept", "Accept-Language", "Accept-Profile", "Accept-Encoding", "If-None-Match", "Range", "Origin"],
)
@pytest.mark.parametrize("value", ["\xff\xfe", ",,,;;;", "<" * 2000, "*" * 5000, "a=b; q=nan, */*;q=1e9", '"', ""])
def test_a_header_that_says_nothing_is_no_fault_of_ours(client, header, value):
    answer = client.get("/res/objective/8", headers={header: value.encode("latin-1")})
    assert answer.status_code in {200, 206, 304, 406, 416}
