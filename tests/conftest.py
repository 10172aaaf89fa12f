"""What many tests share: a release of the real tables, and a client of the endpoint that serves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from loaders.release import Release
from ontology.base import Base

BASE = Base("http://localhost:8000/")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the curated tables as they are."""
    return build(tmp_path_factory.mktemp("data"), BASE).release


@pytest.fixture(scope="session")
def client(release: Release) -> Iterator[TestClient]:
    """A client of an endpoint on that release; it follows no redirects."""
    app = create_app(release, Settings(release.path.parent.parent, workers=2, deadline=2.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the curated tables that a test may spoil."""
    copy = tmp_path / "tables"
    with_tables = Path(str(files("loaders").joinpath("tables")))
    shutil.copytree(with_tables, copy)
    return copy
