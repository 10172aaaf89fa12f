"""The address of a running endpoint, for clients that know nothing of it but that; and what they ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loaders.release import Release
from tests.conformance.conftest import serving


@pytest.fixture(scope="session")
def endpoint(release: Release) -> Iterator[str]:
    """The address of an endpoint on a release."""
    with serving("--data", release.path.parent.parent) as server:
        yield server.address


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Clients of others leave answers open until they are collected, which may be in the test of another."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
