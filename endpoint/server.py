"""Starts an endpoint on a host and port, or says why it cannot and what to do."""

from __future__ import annotations

import gc
import ipaddress
import logging
import math
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit

import uvicorn
from starlette.types import ASGIApp

from endpoint.app import Endpoint, create_app, create_app_of_files
from endpoint.files import Selection
from endpoint.folders import folder_of_its_own
from endpoint.fronts import FrontFailed, Fronts, is_given_orphans
from endpoint.layers.arrival import Answers, BoundedArrival, Bounds, nothing
from endpoint.listening import CannotListen, listen
from endpoint.settings import Settings
from endpoint.workers.walls import can_be_kept_off_the_network, can_have_a_network_of_its_own, interrupt_nobody
from loaders.collection import collect
from loaders.release import Release, Releases, shut
from ontology.base import Base
from ontology.stores import opened

_COLLECTED_AFTER = (30_000, 20, 20)
"""When memory is looked through for what only points to itself: pages make thousands of objects and leave few such, and
to look after each 700 took a seventh of their time."""

_OTHER_FILES = 64
"""Files that a front process has open beside those of connections: workers and store, of a new release too."""

_FILES_OF_A_CONNECTION = 3
"""Its own, one for an answer that waits in a file, and that of another connection for which there is no place."""

log = logging.getLogger("miljograf")


class CannotServe(Exception):
    """The endpoint cannot be started; the message says why and what to do."""


def open_release(settings: Settings) -> Release:
    """The current release, checked against its record. Raises NoRelease and DamagedRelease."""
    release = Releases(settings.data).current()
    release.verify(thoroughly=False)
    try:
        opened(release.store)
    except (OSError, RuntimeError) as error:
        raise shut(release, error) from error
    return release


def serve(settings: Settings, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the current release until the process is told to stop.

    Raises CannotServe, NoRelease, DamagedRelease.
    """
    _refuse_unwritable(settings)
    settings = within_files(settings)
    release = open_release(settings)
    _run(
        create_app(release, settings),
        settings,
        (host, port),
        lambda address: announce(f"Release {release.id} at {address} – identifiers begin with {release.base.iri}"),
    )


def serve_files(
    selection: Selection, settings: Settings, host: str, port: int, announce: Callable[[str], None]
) -> None:
    """Serve any RDF files through the same SPARQL service, until the process is told to stop.

    Raises CannotServe, UnreadableFile.
    """
    _refuse_unwritable(settings)
    settings = within_files(settings)
    base = selection.base or Base(f"http://{_shown(host)}:{port}/")
    with folder_of_its_own("miljograf-files-", settings.spool) as folder:
        collection = collect(selection.paths, selection.graphs, base, folder / "store", settings.held_bytes)
        files = "1 file" if len(collection.members) == 1 else f"{len(collection.members):,} files"
        _run(
            create_app_of_files(collection, base, settings, is_union=selection.is_union),
            settings,
            (host, port),
            lambda address: announce(f"{files} at {address}sparql – ask them in a browser at {address}"),
        )


def within_files(settings: Settings) -> Settings:
    """The same with no more connections than the machine allows files for: else answers of all that are open fail."""
    allowed = _files()
    room = max(1, allowed // _FILES_OF_A_CONNECTION) * settings.fronts
    if room >= settings.connections:
        return settings
    log.warning(
        "a process may have %d files open here, which is room for %d of the %d connections of the setting; "
        "allow more (ulimit -n, LimitNOFILE)",
        allowed + _OTHER_FILES,
        room,
        settings.connections,
    )
    return replace(settings, connections=room)


def _files() -> int:
    """How many files the connections of this process may have open."""
    allowed, _ = getrlimit(RLIMIT_NOFILE)
    return sys.maxsize if allowed == RLIM_INFINITY else max(0, allowed - _OTHER_FILES)


def _refuse_unwritable(settings: Settings) -> None:
    """Raise CannotServe where the access log or the folder in which answers wait cannot be written."""
    try:
        if settings.access_log is not None and settings.access_log != "-":
            with Path(settings.access_log).open("ab"):
                pass
    except OSError as error:
        raise CannotServe(
            f"the access log {settings.access_log} cannot be written ({error.strerror}); make its folder, let the user "
            "that serves write there, or name another file with --access-log"
        ) from error
    try:
        with folder_of_its_own("miljograf-answers-", settings.spool):
            pass
    except OSError as error:
        folder = settings.spool or "the folder of the system for what is temporary (TMPDIR)"
        raise CannotServe(
            f"answers wait in files in {folder}, which cannot be written ({error.strerror}); make the folder, let the "
            "user that serves write there, or name another with --set spool"
        ) from error


def _run(app: Endpoint, settings: Settings, place: tuple[str, int], announce: Callable[[str], None]) -> None:
    """Serve an application until the process is told to stop. Raises CannotServe."""
    host, port = place
    is_isolated = can_be_kept_off_the_network()
    if settings.allowed_services and not can_have_a_network_of_its_own():
        raise CannotServe(
            "queries to services of others need workers with a network of their own, and the kernel refuses them one; "
            "serve without --allow-service"
        )
    if not (is_isolated or settings.weak_isolation_is_allowed):
        raise CannotServe(
            "the kernel does not keep workers off the network, so a query that the guard misses could reach what this "
            "machine reaches; add --allow-weak-isolation if that is acceptable"
        )
    try:
        with listen(host, port, settings.fronts) as sockets:
            if not is_isolated:
                log.warning(
                    "queries are kept off the network by the guard on their text alone: this kernel has no wall"
                )
            announce(f"http://{_shown(host)}:{port}/")
            _answer(app, settings, sockets)
    except (CannotListen, FrontFailed) as error:
        raise CannotServe(str(error)) from error


def _answer(app: Endpoint, settings: Settings, sockets: Sequence[socket.socket]) -> None:
    """Answer on listening sockets, a front process on each, until told to stop. Raises FrontFailed."""
    app.state.is_kept_warm = True
    gc.collect()
    gc.set_threshold(*_COLLECTED_AFTER)
    gc.freeze()  # else what stays is looked through now and then, and every request waits for a tenth of a second
    interrupt_nobody()
    server = uvicorn.Server(configure(app, settings.of_one_front(), lambda: app.root, app.answer_at_once))
    if settings.fronts == 1 and not is_given_orphans():
        with _ending_well(server):
            server.run(sockets=list(sockets))
    else:
        with folder_of_its_own("miljograf-counts-", settings.spool) as figures:
            app.state.figures = figures
            Fronts([partial(server.run, sockets=[listening]) for listening in sockets]).run()


def configure(
    app: ASGIApp, settings: Settings, root: Callable[[], str] = lambda: "/", at_once: Answers = nothing
) -> uvicorn.Config:
    """How the server runs an application whose addresses begin with what `root` gives, and what it gives `at_once`."""
    handles = max(settings.connections, _files() - settings.connections)  # each may have an answer that waits in a file
    return uvicorn.Config(
        app,
        http=BoundedArrival.within(Bounds(settings.arrival, settings.connections, handles, root, at_once)),
        ws="none",
        log_level="warning",
        access_log=False,  # ours tells more (`accounts`)
        use_colors=False,  # `terminal` shows what would be obeyed
        server_header=False,
        proxy_headers=False,  # they are read where limits ask for them, and believed of trusted proxies alone
        timeout_keep_alive=math.ceil(settings.idle),
        timeout_graceful_shutdown=math.ceil(settings.drain),
    )


def is_loopback(host: str) -> bool:
    """True where only this machine can connect to a host name or address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _ending_well(server: uvicorn.Server) -> Iterator[None]:
    """End with exit code 0 when told to stop: uvicorn drains on the signal, then raises it anew for its caller.

    It hears signals only once it runs; what comes before that is heard for it.
    """
    before = {number: signal.signal(number, server.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _shown(host: str) -> str:
    """A host as it stands in an address (RFC 3986, section 3.2.2)."""
    if is_loopback(host):
        return "localhost"
    return f"[{host}]" if ":" in host else host
