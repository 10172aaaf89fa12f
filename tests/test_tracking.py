"""What follows readers is taken off an address; what is misspelt is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from endpoint.layers.tracking import FAMILIES, NAMES, without_tracking
from endpoint.mapping.selection import ALLOWED

TRACKING = [*NAMES, "utm_source", "utm_medium", "UTM_Campaign", "mtm_kwd", "pk_campaign"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("utm_source=x", ""),
        ("fbclid", ""),
        ("fbclid=", ""),
        ("goal=14&utm_source=x", "goal=14"),
        ("utm_source=x&goal=14", "goal=14"),
        ("utm_source=x&goal=14&fbclid=y&view=table", "goal=14&view=table"),
        ("utm_source=x&utm_medium=y&gclid=z", ""),
        ("goal=14&", "goal=14&"),
        ("q=utm_source", "q=utm_source"),
        ("q=a%26utm_source%3Db", "q=a%26utm_source%3Db"),
        ("not_utm_source=x", "not_utm_source=x"),
        ("utm=x", "utm=x"),
        ("gclidx=1", "gclidx=1"),
    ],
)
def test_what_follows_readers_is_taken_off_and_nothing_else(asked: str, left: str) -> None:
    assert without_tracking(asked.encode()) == left.encode()


pairs = st.tuples(st.sampled_from([*ALLOWED, "q", "page"]), st.from_regex(r"[a-z0-9.%-]{0,5}", fullmatch=True))
tracked = st.tuples(st.sampled_from(TRACKING), st.from_regex(r"[a-z0-9.%-]{0,5}", fullmatch=True))


@given(st.lists(st.one_of(pairs.map(lambda pair: (False, pair)), tracked.map(lambda pair: (True, pair)))))
def test_what_is_asked_for_is_left_in_its_order(parameters: list[tuple[bool, tuple[str, str]]]) -> None:
    whole = "&".join("=".join(pair) for _, pair in parameters)
    wanted = "&".join("=".join(pair) for is_tracking, pair in parameters if not is_tracking)
    assert without_tracking(whole.encode()) == wanted.encode()


def test_no_parameter_of_ours_is_taken_for_one() -> None:
    ours = [*ALLOWED, "q", "type", "lang", "through", "profile", "subject", "object", "query", "graph", "format"]
    assert not set(ours) & set(NAMES)
    assert not [name for name in ours if name.startswith(tuple(f"{family}_" for family in FAMILIES))]


@pytest.mark.parametrize("path", ["/en/mapping", "/mappings.csv", "/en/mapping/embed", "/en/mapping/propose"])
@pytest.mark.parametrize("name", ["utm_source", "fbclid", "mc_eid"])
def test_a_shared_link_gives_the_same_answer_with_the_same_tag(client: TestClient, path: str, name: str) -> None:
    query = "" if path.endswith("propose") else "goal=14&basis=published"
    plain, shared = client.get(f"{path}?{query}"), client.get(f"{path}?{name}=x&{query}")
    assert (shared.status_code, shared.text) == (200, plain.text)
    assert shared.headers["etag"] == plain.headers["etag"]


def test_links_of_a_page_do_not_carry_it_on(client: TestClient) -> None:
    assert "utm_" not in client.get("/en/mapping?goal=14&utm_source=x&view=table").text


@pytest.mark.parametrize("query", ["standing=published", "basls=published", "utm_source=x&gaol=14"])
def test_a_filter_that_is_misspelt_is_still_told(client: TestClient, query: str) -> None:
    answer = client.get(f"/mappings.csv?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.rpartition("&")[2].partition("=")[0]


def test_the_parameters_of_a_protocol_are_left_to_it(client: TestClient) -> None:
    assert client.get("/sparql?query=ASK%7B%7D&utm_source=x").status_code == 200
