"""What the tests of the reconciliation service share: how it is asked, and what every answer must be."""

from __future__ import annotations

import json
from itertools import chain, pairwise
from typing import Any

from starlette.testclient import TestClient

MUNICIPALITY = "http://localhost:8000/id/municipality/"
COUNTY = "http://localhost:8000/id/county/"
IN_COUNTY = "http://localhost:8000/spec/inCounty"

Result = dict[str, Any]


def ask(client: TestClient, *queries: str | dict[str, Any], at: str = "/reconcile", **more: Any) -> list[list[Result]]:
    """The results of each of some queries, sent in batches by form; all that the protocol demands of them holds."""
    found: list[list[Result]] = []
    for start in range(0, len(queries), 100):
        some = queries[start : start + 100]
        batch = {
            f"q{number}": ({"query": one} if isinstance(one, str) else one) | more for number, one in enumerate(some)
        }
        answer = client.post(at, data={"queries": json.dumps(batch)})
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert list(told) == list(batch)
        found += [one["result"] for one in told.values()]
    for result in chain.from_iterable(found):
        check(result)
    for results in found:
        assert all(one["score"] >= other["score"] for one, other in pairwise(results))
        assert sum(one["match"] for one in results) <= 1
    return found


def check(result: Result) -> None:
    """A candidate is as section 4.2 of the specification has it."""
    assert result["id"]
    assert result["name"]
    assert type(result["match"]) is bool
    assert isinstance(result["score"], int | float)
    assert 0 < result["score"] <= 100
    assert all(type_["id"] and type_["name"] for type_ in result["type"])
    features = [feature["id"] for feature in result["features"]]
    assert len(features) == len(set(features)) > 0
    assert all(isinstance(feature["value"], bool | int | float) for feature in result["features"])


def matched(results: list[Result]) -> str | None:
    """The id of what is taken for what is meant."""
    return next((one["id"] for one in results if one["match"]), None)


def features(result: Result) -> dict[str, bool | float]:
    """What a score is made of, by name."""
    return {feature["id"]: feature["value"] for feature in result["features"]}
