"""What an address takes is declared where it is answered; all else is told, with what there is and a way on."""

from __future__ import annotations

import re
from html import unescape
from itertools import chain
from urllib.parse import quote, urlencode

import pytest
from fastapi.routing import APIRoute
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from endpoint.app import _LENIENT, _ROUTERS
from endpoint.layers.tracking import without_tracking
from endpoint.mapping.selection import ALLOWED
from endpoint.parameters import taken_by

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}

PLACES = {
    "/{language:language}/compare/{key}": {"key": "ghg-county-2026-08"},
    "/{language:language}/compare/{key}.csv": {"key": "ghg-county-2026-08"},
    "/{language:language}/compare/{key}.xlsx": {"key": "ghg-county-2026-08"},
    "/templates/{name}.{language:language}.csv": {"name": "assessments"},
    "/templates/{name}.{language:language}.xlsx": {"name": "assessments"},
    "/{language:language}/kinds/{name}": {"name": "objective"},
    "/api/{name}": {"name": "objective"},
    "/data/{name:path}": {"name": "all.nq.gz"},
    "/res/{path:below}": {"path": "objective/7"},
    "/sizes/{path:path}": {"path": "objective/7"},
    "/res/shapes/{path}": {"path": "objective"},
    "/shapes/{name}": {"name": "objective"},
    "/graphs/{path:below}": {"path": "editors"},
    "/mappings.{suffix}": {"suffix": "csv"},
}
"""What the routes with parts of a path are asked for; in others it does not matter."""

TOO_LONG = {"q": "ö" * 1000}
"""What is wrong for parameters that take any words."""


def addresses() -> list[tuple[str, APIRoute]]:
    """Each address that refuses what it does not take, in both languages, with its route."""
    found = []
    for route in chain.from_iterable(router.routes for router in _ROUTERS if router not in _LENIENT):
        assert isinstance(route, APIRoute)
        for language in ("sv", "en") if "{language" in route.path else ("",):
            parts = {"language": language, **PLACES.get(route.path, {})}
            path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda part, of=parts: of.get(part[1], "1"), route.path)
            found += [(f"{path} {method}", route) for method in ("GET", "POST") if method in route.methods]
    return found


ADDRESSES = dict(addresses())
of_each_address = pytest.mark.parametrize("address", ADDRESSES)
TAKEN = [(address, name) for address, route in ADDRESSES.items() for name in taken_by(route.endpoint).names]
ONCE = [(address, name) for address, route in ADDRESSES.items() for name in taken_by(route.endpoint).once]


def ask(client: TestClient, address: str, query: str, headers: dict[str, str]):
    path, method = address.split()
    return client.request(method, f"{path}?{query}", headers=headers)


def way_on(page: str) -> list[str]:
    """The links of a page below its heading of where to go."""
    return [unescape(found) for found in re.findall(r'<li><a href="([^"]*)"', page.partition("<main")[2])]


@of_each_address
def test_what_an_address_does_not_take_is_told_with_what_it_takes(client: TestClient, address: str) -> None:
    answer = ask(client, address, "gaol=14&%3Cb%3E=1", PROGRAM)
    told = answer.json()
    assert (answer.status_code, told["parameter"]) == (400, "gaol")
    taken = taken_by(ADDRESSES[address].endpoint).names
    assert told.get("allowed", []) == list(taken)
    swedish = "Här finns inga parametrar som heter ”gaol”, ”<b>”."
    assert told["detail"].startswith((swedish, "There are no parameters “gaol”, “<b>” here."))
    assert all(name in told["detail"] for name in taken)


@of_each_address
def test_the_page_of_such_an_error_leads_to_the_same_address_without(client: TestClient, address: str) -> None:
    taken = taken_by(ADDRESSES[address].endpoint).names
    kept = urlencode(dict.fromkeys(taken, "å&b"))
    answer = ask(client, address, f"gaol=14&{kept}&%3Cb%3E=1", BROWSER)
    path, _ = address.split()
    assert answer.status_code == 400
    assert "<b>" not in answer.text
    assert way_on(answer.text)[0] == path + (f"?{kept}" if kept else "")


@pytest.mark.parametrize(("address", "name"), TAKEN)
def test_a_wrong_value_is_told_with_its_parameter(client: TestClient, address: str, name: str) -> None:
    answer = ask(client, address, urlencode({name: TOO_LONG.get(name, '"<wrong> \x00ö')}), PROGRAM)
    assert answer.status_code == 400
    if name == "query" and ".xlsx" in address:  # a file has no page to say it on
        assert (answer.json()["line"], answer.json()["column"]) == (1, 1)
    elif name == "query":  # what is wrong with a query stands on its page, with the place
        assert 'aria-invalid="true"' in answer.text
    else:
        assert answer.json()["parameter"] == name
        assert name in answer.json()["detail"]


@pytest.mark.parametrize(("address", "name"), ONCE)
def test_what_may_stand_once_is_told_where_it_stands_twice(client: TestClient, address: str, name: str) -> None:
    answer = ask(client, address, f"{name}=&{name}=1", PROGRAM)
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


@given(name=st.text(min_size=1, max_size=100), value=st.text(max_size=20))
@settings(max_examples=40, deadline=None)
def test_any_other_name_is_told_and_let_go_of(client: TestClient, name: str, value: str) -> None:
    asked = f"{quote(name, safe='')}={quote(value, safe='')}"
    assume(name not in ALLOWED and without_tracking(asked.encode()))
    answer = client.get(f"/en/mapping?goal=14&{asked}", headers=BROWSER)
    assert answer.status_code == 400
    assert way_on(answer.text)[0] == "/en/mapping?goal=14"
    assert client.get(f"/mappings.csv?{asked}", headers=PROGRAM).json()["parameter"].removesuffix("…") == name[:80]


def test_a_browser_that_asks_the_protocol_is_led_to_its_page_with_what_that_takes(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK%20%7B%7D&output=x&partial=1", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sv/query?query=ASK%20%7B%7D")
    assert client.get("/sparql?x=1", headers=BROWSER).headers["location"] == "/sv/service"


@of_each_address
def test_what_an_address_takes_is_judged_by_us_in_two_languages_and_not_by_the_framework(address: str) -> None:
    route = ADDRESSES[address]
    assert {field.name for field in route.dependant.query_params} <= {"language", "suffix"}
    assert route.dependant.header_params + route.dependant.cookie_params + route.dependant.body_params == []


@pytest.mark.parametrize("asked", ["/?language=xx", "/vocabulary?suffix=xx", f"/sitemap-{'9' * 2000}.xml"])
def test_what_a_path_may_name_is_no_parameter(client: TestClient, asked: str) -> None:
    for language in ("sv", "en"):
        answer = client.get(asked, headers=PROGRAM | {"Accept-Language": language})
        assert answer.status_code in {400, 404}
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language


def test_monitors_may_ask_with_what_they_like(client: TestClient) -> None:
    assert client.get("/health?at=123").status_code == 200


def test_an_earlier_release_leads_on_within_itself(client: TestClient, release) -> None:
    answer = client.get(f"/releases/{release.id}/en/about?x=1", headers=BROWSER)
    assert way_on(answer.text)[0] == f"/releases/{release.id}/en/about"
