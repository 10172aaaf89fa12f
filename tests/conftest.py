"""What many tests share: a release of the real tables, and a client of the endpoint that serves it."""

from __future__ import annotations

import fcntl
import gc
import json
import shutil
from collections.abc import Callable, Generator, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import hypothesis
import pyoxigraph as ox
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from endpoint.workers.messages import Task
from endpoint.workers.worker import answer
from loaders import curated, table
from loaders.build import build
from loaders.release import Release, Releases
from loaders.row import Row
from ontology import files as vocabulary_files
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import RDF
from queries import catalogue
from shapes import gate
from tests.builds import write_few_tables
from tests.revising import opened, revise

BASE = Base("http://localhost:8000/")

hypothesis.settings.register_profile("ours", deadline=None)  # how long a try takes says what else the machine does
hypothesis.settings.load_profile("ours")

NOT_IN_THE_TABLES = {"retirement", "un-indicator", "un-series"}
"""The kinds that the shared release holds nothing of: nothing has ended, and nothing was fetched."""


COLLECTED_AFTER = (30_000, 20, 20)
"""When memory is looked through for what only points to itself: after each 700 objects took a tenth of the time."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The thousands of tests that are found stay to the end: memory is looked through without them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the shared release comes last: one process of a run builds it while the other runs the rest."""
    items.sort(key=lambda item: "release" in getattr(item, "fixturenames", ()))


Once = Callable[[str, Callable[[Path], object]], Path]
"""Has a folder of a name filled, the first time that a process of a run asks for it; the folder."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """What takes long to make is made by one process for all of a run. It is to be copied, not changed."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def filled(name: str, fill: Callable[[Path], object]) -> Path:
        folder, is_whole = shared / name, shared / f"{name}.whole"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_whole.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a test that failed has left
                folder.mkdir()
                fill(folder)
                is_whole.touch()
        return folder

    return filled


@pytest.fixture(scope="session")
def release(once: Once) -> Release:
    """A release of the curated tables as they are."""
    return Releases(once("shared", lambda folder: build(folder, BASE))).current()


@pytest.fixture(scope="session")
def few_built(once: Once) -> Path:
    """A folder with few rows of every curated table in `tables`, and a release of them in `data`."""

    def fill(folder: Path) -> None:
        write_few_tables(folder / "tables")
        build(folder / "data", BASE, folder / "tables")

    return once("few", fill)


@pytest.fixture(scope="session")
def revised(once: Once, few_built: Path) -> Path:
    """A data folder with two releases of these tables, the second as they are revised. To be copied, not changed."""

    def fill(folder: Path) -> None:
        shutil.copytree(few_built, folder, dirs_exist_ok=True)
        revise(folder / "tables")
        build(folder / "data", BASE, folder / "tables")

    return once("revised", fill) / "data"


@pytest.fixture(scope="module")
def visited(revised: Path) -> Iterator[TestClient]:
    """A client of an endpoint on these two releases."""
    with opened(revised) as client:
        yield client


@pytest.fixture
def few_copied(few_built: Path, tmp_path: Path) -> Path:
    """A copy of that folder that a test may spoil."""
    return Path(shutil.copytree(few_built, tmp_path / "few-built"))


@pytest.fixture(scope="session", autouse=True)
def _tables_are_read_once() -> Iterator[None]:
    """A table with the same bytes gives the same rows: a test that spoils one cell waits for one table, not for all."""
    known: dict[tuple[type[Row], bytes], table.Table[Row]] = {}

    def read(directory: Path, model: type[Row]) -> table.Table[Row]:
        file = directory / f"{model.table}.csv"
        if not file.is_file():
            return table.read(directory, model)
        key = model, sha256(file.read_bytes()).digest()
        if key not in known:
            known[key] = table.read(directory, model)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curated, "read", read)
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_is_authored_is_read_once() -> Iterator[None]:
    """The vocabulary and the shapes of descriptions stay as they are: no build waits for them but the first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary_files, "vocabulary", cache(vocabulary_files.vocabulary))
        patch.setattr(gate, "description_shapes", cache(gate.description_shapes))
        yield


@pytest.fixture(scope="session")
def client(release: Release) -> Iterator[TestClient]:
    """A client of an endpoint on that release; it follows no redirects."""
    app = create_app(release, Settings(release.path.parent.parent, workers=2, deadline=2.0, quick=60.0))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


@pytest.fixture
def figure(client: TestClient) -> Callable[..., float]:
    """A function that reads one figure of `/metrics` as it is now."""

    def read(name: str, **labels: str) -> float:
        answer = client.get("/metrics")
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        found = (sample for family in text_string_to_metric_families(answer.text) for sample in family.samples)
        return sum(sample.value for sample in found if sample.name == name and labels.items() <= sample.labels.items())

    return read


@pytest.fixture(scope="session")
def one_of_each(release: Release) -> dict[str, str]:
    """A thing of every kind that the release holds: its IRI."""
    store, type_ = ox.Store.read_only(str(release.store)), ox.NamedNode(str(RDF.type))
    found = {}
    for kind in KINDS.values():
        cls = ox.NamedNode(str(BASE.localise(kind.cls)))
        things = (str(quad.subject)[1:-1] for quad in store.quads_for_pattern(None, type_, cls, None))
        found[kind.name] = min(things, default=None)
    assert {name for name, thing in found.items() if thing is None} <= NOT_IN_THE_TABLES
    return {name: thing for name, thing in found.items() if thing is not None}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the curated tables that a test may spoil."""
    copy = tmp_path / "tables"
    with_tables = Path(str(files("loaders").joinpath("tables")))
    shutil.copytree(with_tables, copy, copy_function=shutil.copyfile)
    return copy


@pytest.fixture
def few_tables(tmp_path: Path) -> Path:
    """Few of the rows of every curated table, so that a build is quick, in a folder that a test may spoil."""
    folder = tmp_path / "few"
    write_few_tables(folder)
    return folder


@pytest.fixture(scope="session")
def ask(release: Release) -> Callable[..., list[tuple[str, ...]]]:
    """Ask a question of the catalogue with keys for its parameters; the rows as tuples of strings."""
    store = ox.Store.read_only(str(release.store))

    def asked(name: str, *columns: str, **keys: str) -> list[tuple[str, ...]]:
        question = catalogue.questions()[name]
        held = {name: (thing,) for name, thing in question.bindings(release.base, **keys).items()}
        told, spool = answer(store, Task(question.asking(release.base, held), results="json"))
        with spool:
            assert not told.failed, told
            found = json.loads(spool.content())
        table = found["results"]["bindings"]
        assert question.header.expects.holds(found["head"]["vars"], len(table)), (name, len(table))
        return [tuple(row.get(column, {}).get("value", "") for column in columns) for row in table]

    return asked
