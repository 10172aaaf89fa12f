"""A server that is told to stop ends well, whenever it is told, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import uvicorn

from endpoint.listening import listen
from endpoint.server import _ending_well, configure
from endpoint.settings import Settings
from tests.faults.test_reload import is_listening
from tests.processes import descendants
from tests.serving import free_port
from tests.test_arrival import app
from tests.test_presence import until


def test_serve_answers_until_it_is_told_to_stop_and_leaves_no_process(release):
    port = free_port()
    command = [
        sys.executable,
        "-c",
        "from endpoint.cli import main; main()",
        "serve",
        "--data",
        release.path.parent.parent,
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert f":{port}/" in process.stdout.readline()
        started = all_of(process.pid, port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
    assert started
    assert not [child for child in started if Path(f"/proc/{child}").exists()]


def test_a_signal_that_comes_before_the_server_listens_for_one_ends_it(monkeypatch):
    async def go_on(*_) -> None:
        raise AssertionError("it was told to stop")

    server = uvicorn.Server(configure(app, Settings()))
    monkeypatch.setattr(server, "main_loop", go_on)
    with listen("127.0.0.1", 0) as sockets, _ending_well(server):
        os.kill(os.getpid(), signal.SIGTERM)
        server.run(sockets)


def all_of(process_id: int, port: int) -> set[int]:
    """What a server has started, once it answers."""
    until(lambda: is_listening(("127.0.0.1", port)))
    return descendants(process_id)
