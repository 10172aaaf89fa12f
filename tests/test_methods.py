"""Every address tells its methods, one that only leads on like any other."""

from __future__ import annotations

import re

import pytest

from ontology.text import LANGUAGES

ALLOWED = "GET, HEAD, OPTIONS"


def addresses_that_lead_on(client) -> list[str]:
    """Each address of the application with a slash too many, and each of a page without its language."""
    routes = {re.sub(r"\{(?:language)[^}]*\}", "sv", getattr(route, "path", "")) for route in client.app.state.routes}
    paths = {re.sub(r"\{[^}]*\}", "a", path).rstrip("/") for path in routes} - {"", "/sv", "/static"}
    slashed, bare = {f"{path}/" for path in paths}, {path.removeprefix("/sv") for path in paths}
    return sorted(slashed | bare | {f"{path}/" for path in bare} | {"/shapes", "/id", "/id/", "/def/", "/res/"})


def test_an_address_that_only_leads_on_tells_what_may_be_done_and_refuses_the_rest(client):
    leading = [path for path in addresses_that_lead_on(client) if client.head(path).status_code in {303, 308}]
    assert len(leading) > 60
    assert {"/search", "/shapes/", "/mapping", "/sparql/", "/sv/about/", "/id/", "/res/", "/graphs/"} <= set(leading)
    for path in leading:
        told = client.options(path)
        assert (told.status_code, told.headers["allow"]) == (204, ALLOWED), path
        assert told.headers["access-control-allow-methods"] == ALLOWED, path
        refused = [client.request(method, path) for method in ("POST", "PUT", "DELETE")]
        assert {(answer.status_code, answer.headers["allow"]) for answer in refused} == {(405, ALLOWED)}, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_leads_on_by_get_as_by_head(client, language):
    found = [client.request(method, "/search?q=a", headers={"Accept-Language": language}) for method in ("GET", "HEAD")]
    for answer in found:
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}/search?q=a")
        assert answer.headers["vary"].startswith("Accept-Language")


@pytest.mark.parametrize("path", ["/nowhere", "/sv/nowhere", "/nowhere/", "/sv/nowhere/"])
@pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT"])
def test_where_there_is_nothing_no_method_is_told(client, path, method):
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers.get("allow")) == (404, None)


@pytest.mark.parametrize("of_none", ["none", "2020-01-01-000000000000"])
def test_a_script_of_another_site_may_ask_for_a_release_that_is_not_there(client, of_none):
    address = f"/releases/{of_none}/res/objective/8"
    told = client.options(address, headers={"Origin": "http://b.example", "Access-Control-Request-Method": "GET"})
    assert (told.status_code, told.headers["access-control-allow-methods"]) == (204, ALLOWED)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (404, "*")


@pytest.mark.parametrize("path", ["/nowhere", "/sv/nowhere", "/id/objective/99", "/res/objective/8.pdf"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_head_of_what_is_not_there_tells_the_length_that_get_has(client, path, accept):
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    told, sent = (client.request(method, path, headers=headers) for method in ("HEAD", "GET"))
    assert (told.status_code, told.headers["content-length"]) == (404, str(len(sent.content)))
