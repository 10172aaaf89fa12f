"""SPARQL engines of others, each as a process on this machine with a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2

from loaders.graph_store import Login
from tests.serving import free_port

VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{other_port}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000
"""


class Engine(NamedTuple):
    """Where an engine takes graphs and answers queries, and who may write."""

    name: str
    graphs: str
    queries: str
    login: Login | None


@contextmanager
def oxigraph(folder: Path) -> Iterator[Engine]:
    """The engine's own server, from PyPI."""
    command = str(Path(sys.executable).with_name("oxigraph"))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running([command, *options], folder, f"{address}/query"):
        yield Engine("oxigraph", f"{address}/store", f"{address}/query", None)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Engine]:
    """Virtuoso, from Debian; with the user and the password that a new database has."""
    port, other_port = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, port=port, other_port=other_port), encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    command = ["virtuoso-t", "+foreground", "+configfile", str(settings)]
    with _running(command, folder, f"{address}/sparql"):
        yield Engine("virtuoso", f"{address}/sparql-graph-crud-auth", f"{address}/sparql", Login("dba", "dba"))


ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}


def is_installed(name: str) -> bool:
    """Whether an engine is there."""
    if name == "virtuoso":
        return shutil.which("virtuoso-t") is not None
    return Path(sys.executable).with_name(name).exists()


@contextmanager
def _running(command: list[str], folder: Path, queries: str) -> Iterator[None]:
    """A server, from when it answers."""
    with (folder / "out.log").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            deadline = time.monotonic() + 60
            while not _answers(queries):
                assert process.poll() is None, (folder / "out.log").read_text(errors="replace")
                assert time.monotonic() < deadline, f"{command[0]} does not answer"
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(queries: str) -> bool:
    try:
        return httpx2.get(queries, params={"query": "ASK {}"}, trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False
