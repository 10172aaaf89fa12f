"""The wheel, installed where the checkout cannot be seen: it holds everything, builds a release and serves it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from rdflib import Graph

from tests.serving import free_port

ROOT = Path(__file__).parents[2]
PACKAGES = ("ontology", "shapes", "queries", "loaders", "endpoint")
SORTS_OF_DATA = {".csv", ".css", ".html", ".jsonld", ".rq", ".ttl", ".woff2"}
SEEN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""The environment variables of an installation, which no path leads to the checkout."""
PATIENCE = 30.0  # seconds until the server must answer, and until it must have ended

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of a new environment: the wheel is installed there, its dependencies are those of this one."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("".join(f"{path}\n" for path in sorted(dependencies)), encoding="utf-8")
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    return home / "bin"


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    """Of the assets, it has what is built of them."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith(tuple(f"{package}/" for package in PACKAGES))}
    present = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ROOT / "endpoint" / "assets" not in path.parents
    }
    assert packed == present
    assert {Path(name).suffix for name in packed} >= SORTS_OF_DATA


def test_the_wheel_carries_both_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        carried = {name.rpartition("/")[2] for name in archive.namelist() if "/licenses/" in name}
    assert carried == {"LICENSE", "LICENSE-DATA"}


def test_the_installed_wheel_does_not_lean_on_the_checkout(installed, tmp_path):
    says = f"import {', '.join(PACKAGES)}; print(*(m.__file__ for m in ({', '.join(PACKAGES)})), sep='\\n')"
    for place in run(installed / "python", "-c", says, cwd=tmp_path).splitlines():
        assert Path(place).is_relative_to(installed.parent)


def test_the_installed_wheel_builds_a_release_and_serves_it(installed, tmp_path):
    port = free_port()
    base = f"http://localhost:{port}/"
    run(installed / "miljograf", "build", "--data", "data", "--base-iri", base, cwd=tmp_path)
    with serving(installed / "miljograf", port, tmp_path) as server:
        page = ask(base, "text/html")
        about = Graph().parse(data=ask(f"{base}id/objective/8", "text/turtle"), format="turtle")
        server.terminate()
        out, _ = server.communicate(timeout=PATIENCE)  # ends when no process, worker or server, can write any more
    assert server.returncode in {0, -signal.SIGTERM}, out
    assert "<html" in page
    assert f"{base}id/objective/8" in {str(subject) for subject in about.subjects()}


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command prints, which must succeed."""
    done = subprocess.run(command, cwd=cwd, env=SEEN, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def serving(miljograf: Path, port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A server in a process group of its own that takes connections; killed if it is still there at the end."""
    command = [miljograf, "serve", "--data", "data", "--port", str(port)]
    to = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=folder, env=SEEN, start_new_session=True, **to) as server:
        try:
            wait_until_it_listens(server, port)
            yield server
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)


def wait_until_it_listens(server: subprocess.Popen[str], port: int) -> None:
    """Return as soon as something takes connections on the port."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, server.communicate()[0]
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing listened on port {port} after {PATIENCE} s")


def ask(address: str, media_type: str) -> str:
    """The body of the answer in a media type, redirects followed."""
    request = urllib.request.Request(address, headers={"Accept": media_type})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        assert answer.status == 200
        assert answer.headers.get_content_type() == media_type
        return answer.read().decode("utf-8")
