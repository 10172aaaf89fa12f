"""The kernel keeps a worker off the network where the guard is wrong: with it off, nothing reaches a listener."""

import socket
import subprocess
import sys
from contextlib import suppress

import pytest

WALLS = ["leave_the_network", "forbid_sockets"]

ASKING = """
import sys
import pyoxigraph as ox
from endpoint.workers import walls
wall, kind, query, folder = sys.argv[1:]
if wall != "none" and not getattr(walls, wall)():
    sys.exit(3)
if kind == "memory":
    store = ox.Store()
elif kind == "disk":
    store = ox.Store(folder)
else:
    ox.Store(folder).flush()
    store = ox.Store.read_only(folder)
try:
    store.update(query) if query.startswith("LOAD") else list(store.query(query))
except OSError:
    sys.exit(1)
"""


def reaches(wall: str, kind: str, query: str, folder: object) -> bool:
    """Whether a query in a process behind a wall reaches a listening port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        asked = query.format(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        command = [sys.executable, "-P", "-c", ASKING, wall, kind, asked, str(folder)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            is_over = False
            while not is_over:
                is_over = process.poll() is not None
                with suppress(TimeoutError):
                    listening.accept()[0].close()
                    return True
    if process.returncode == 3:
        pytest.skip(f"this kernel refuses {wall}")
    assert process.returncode == ("SILENT" not in query), "the query did not end as one that finds no network"
    return False


SERVICE = "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}"
SILENT = "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}"
LOAD = "LOAD <{}> INTO GRAPH <a:a>"
of_each_query = pytest.mark.parametrize(
    ("kind", "query"),
    [("memory", SERVICE), ("memory", SILENT), ("memory", LOAD), ("disk", SERVICE), ("disk", LOAD), ("sealed", SERVICE)],
)


@of_each_query
@pytest.mark.parametrize("wall", WALLS)
def test_behind_a_wall_nothing_reaches_a_listener(wall, kind, query, tmp_path):
    assert not reaches(wall, kind, query, tmp_path / "store")


@pytest.mark.parametrize(("kind", "query"), [("memory", SERVICE), ("disk", LOAD)])
def test_without_a_wall_it_would(kind, query, tmp_path):
    assert reaches("none", kind, query, tmp_path / "store")


def test_a_process_that_may_make_no_socket_keeps_those_it_has():
    code = (
        "import socket\nfrom endpoint.workers import walls\n"
        "ours, theirs = socket.socketpair()\nwalls.forbid_sockets()\n"
        "ours.sendall(b'heard'); print(theirs.recv(9))\n"
        "try: socket.socket()\nexcept PermissionError: print('refused')"
    )
    ended = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["b'heard'", "refused"]
