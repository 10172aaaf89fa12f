"""What many tests share: a release of the real tables, and a client of the endpoint that serves it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from endpoint.worker import Task, answer
from loaders.build import build
from loaders.release import Release
from ontology.base import Base
from queries import catalogue

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


@pytest.fixture(scope="session")
def ask(release: Release) -> Callable[..., list[tuple[str, ...]]]:
    """Ask a question of the catalogue with keys for its parameters; the rows as tuples of strings."""
    store = ox.Store.read_only(str(release.store))

    def asked(name: str, *columns: str, **keys: str) -> list[tuple[str, ...]]:
        question = catalogue.questions()[name]
        bindings = question.bindings(release.base, **keys)
        terms = {variable: term.n3() for variable, term in bindings.items()}
        outcome, spool = answer(store, Task(question.on(release.base), results="json", substitutions=terms))
        with spool:
            assert "failed" not in outcome, outcome
            found = json.loads(spool.content())
        table = found["results"]["bindings"]
        assert question.header.expects.holds(found["head"]["vars"], len(table)), (name, len(table))
        return [tuple(row.get(column, {}).get("value", "") for column in columns) for row in table]

    return asked
