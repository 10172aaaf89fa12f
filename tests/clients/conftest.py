"""The address of a running endpoint, for clients that know nothing of it but that; and what they ask."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from loaders.release import Release
from tests.conformance.conftest import serving
from tests.test_architecture import ROOT


@pytest.fixture(scope="session")
def endpoint(release: Release) -> Iterator[str]:
    """The address of an endpoint on a release."""
    with serving("--data", release.path.parent.parent) as server:
        yield server.address


def installed(name: str) -> Path:
    """A folder with what a lock file here names for Node; kept beside the environment until that changes."""
    here = Path(__file__).parent / name
    folder = ROOT / ".venv" / f"{name}-{sha256((here / 'package-lock.json').read_bytes()).hexdigest()[:12]}"
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for file in here.glob("package*.json"):
            shutil.copy(file, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=540, check=False)
        if ended.returncode != 0:
            shutil.rmtree(folder)
            pytest.skip(f"npm could not install {name}: {ended.stderr[-500:]}")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Clients of others leave answers open until they are collected, which may be in the test of another."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
