"""Every limit and choice of an operator, with its reason; `docs/settings.md` tells each to who runs the service."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from endpoint.accessibility import Statement, read_statement
from endpoint.internet import is_service
from loaders.choices import nearest, question, said_of
from loaders.publisher import Email

_CORES = os.cpu_count() or 2
_FRONTS = max(min(2, _CORES), min(8, _CORES // 2))
_OF_A_FRONT = 6  # workers: four clients that ask without an end may have come to the same one
_PLACES = max(min(32, 4 + 2 * _CORES), _OF_A_FRONT * _FRONTS)
_MACHINE_MEGABYTES = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024 // 1024
_MEGABYTES = max(256, min(2048, _MACHINE_MEGABYTES // 2 // _PLACES))
_COPIES = 2 * _FRONTS  # of a release that is held in memory, each of up to three and a half times the bytes on the disk
_HELD_MEGABYTES = min(160, _MACHINE_MEGABYTES // 4 * 2 // 7 // _COPIES)


def _service(address: str) -> str:
    if not is_service(address):
        raise ValueError("this is no address of a service: http or https, a host, no user and no fragment")
    return address


_Count = Annotated[int, Field(ge=1)]
_Seconds = Annotated[float, Field(gt=0, le=86_400)]


@dataclass(frozen=True)
class Settings:
    """How an endpoint is run; each limit is told in the error that keeps it."""

    data: Path = Path("data")
    """The folder that holds the releases."""

    fronts: Annotated[int, Field(ge=0, le=64)] = 0
    """Processes that read requests and write answers, all on one port. They share the workers, the queues, the
    connections and the room for answers among them. 0 stands for as many as keep the cores busy, and have six workers
    each."""

    workers: _Count = _PLACES
    """Queries that run at once: one worker process each; what looks one thing up needs none. More than the cores, so
    that one that computes for long leaves the others a place; the kernel shares the cores."""

    per_network: Annotated[int, Field(ge=0)] = 0
    """Queries that run at once for one network of clients, so that no network takes all the places. 0 stands for three
    quarters of the workers."""

    long_queries: Annotated[int, Field(ge=0)] = 0
    """Queries that have run longer than `quick` and run on at once. The other places are for those that are quick. 0
    stands for three quarters of the workers."""

    quick: _Seconds = 0.5
    """Seconds after which a query is a long one, and the kernel prefers others. Most questions take milliseconds."""

    at_once: Annotated[int, Field(ge=0)] = _CORES + _FRONTS
    """Queries that are begun at a time, while they usually take some milliseconds each: those that run keep the caches
    of the cores to themselves, and the others end no later. One that has run for 50 ms keeps nobody from beginning. 0
    stands for any number."""

    queue: _Count = 100
    """Queries that may wait for a worker, served in turn by network; more are turned away rather than held."""

    patience: _Seconds = 10.0
    """Seconds a query may wait for a free worker before it is turned away."""

    deadline: _Seconds = 10.0
    """Seconds a query may run before its worker is killed. Real questions take milliseconds on this data."""

    page_workers: _Count = 2 * _FRONTS
    """Workers that answer the product's own small queries, for pages and documents, whatever readers ask meanwhile."""

    page_deadline: _Seconds = 10.0
    """Seconds for one of the product's own queries, for pages and documents; they take milliseconds."""

    earlier_releases: _Count = 2
    """Earlier releases that a front process has open at once, each with two workers; their files are sent without."""

    megabytes: _Count = _MEGABYTES
    """Memory of one worker; what needs more ends as an error of that query alone. Those of `workers` may take half of
    the machine together by default; others come beside them."""

    max_query_bytes: _Count = 100_000
    """The longest query text. Longer ones overflow the engine's parser long before they ask anything sensible."""

    max_form_bytes: _Count = 1_000_000
    """The longest form: a proposed mapping, with the basket that travels in it and a file that is taken in."""

    max_batch: _Count = 100
    """Queries in one batch that names are matched by, and things whose values are fetched at once. Clients send ten."""

    max_tool_rows: _Count = 300
    """The most rows of a table that a language model is given: each is read, and paid for. As many as there are
    municipalities have room."""

    max_tool_bytes: _Count = 100_000
    """The longest answer that a language model is given, in UTF-8. Longer ones drive out what it is to think of."""

    max_nesting: _Count = 100
    """Brackets of any kind in one another, and steps of a path in a row. The engine's planner takes minutes for three
    hundred nested lists; nobody writes a hundred."""

    max_answer_bytes: _Count = 256 * 1024 * 1024
    """The longest answer. The dump is the way to take everything."""

    max_answer_rows: _Count = 1_000_000
    """The most rows of a table. Many times what a release holds; a product of patterns reaches it by mistake."""

    memory_bytes: _Count = 1024 * 1024
    """An answer longer than this waits in a file for its reader, who may be slow: a hundred readers of long answers
    take no more memory than one."""

    cache_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    """Room for answers that may be asked for again; a release never changes, so they stay true. 0 keeps none."""

    held_bytes: Annotated[int, Field(ge=0)] = _HELD_MEGABYTES * 1024 * 1024
    """A release whose store has no more bytes than these on the disk is held in memory, where the engine answers
    several times as fast: by each front process, and once for all its workers. By default that may take a quarter of
    the machine, and have a million statements, which take some ten seconds. 0 holds none."""

    spool: Path | None = None
    """The folder for such files; by default one of the system's, deleted in the end."""

    connections: Annotated[int, Field(ge=2)] = 500
    """Connections of clients that are open at once. Each takes a file handle, and one more where an answer waits."""

    arrival: _Seconds = 10.0
    """Seconds in which a request must have arrived whole: who sends a byte a second holds a connection no longer."""

    idle: _Seconds = 75.0
    """Seconds that a connection may stay open between requests. Longer than the 60 of proxies such as nginx, so that it
    is they who close it: a request on its way to a connection that we close is lost. Where a place is wanted, it is
    closed before."""

    drain: _Seconds = 15.0
    """Seconds that running queries and answers on their way may take when the server is told to stop. More than the
    deadline, so that none is broken off that would have ended."""

    watch: _Seconds = 1.0
    """Seconds between looks at which release is current; SIGHUP has one taken at once."""

    checkup: _Seconds = 3600.0
    """Seconds between checks of all bytes of the release against its record, the first of them at the start."""

    allowed_services: tuple[Annotated[str, AfterValidator(_service)], ...] = ()
    """Addresses of SPARQL services of others that queries may ask with SERVICE. None, if not given."""

    federated_workers: _Count = 2
    """Queries to services of others that run at once, by workers of their own."""

    federated_deadline: _Seconds = 30.0
    """Seconds such a query may run; others take their time."""

    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Addresses or networks of proxies whose `X-Forwarded-For` is believed. It serves the limits of a network alone."""

    ipv4_network: Annotated[int, Field(ge=8, le=32)] = 24
    """The first bits of an IPv4 address that make a network: the least that is routed on the internet."""

    ipv6_network: Annotated[int, Field(ge=16, le=64)] = 56
    """The first bits of an IPv6 address that make a network: what a provider gives one home or office."""

    report_to: Email | None = None
    """The mail address that readers can report errors to, and send proposals. By default none is shown."""

    accessibility: Annotated[Statement | None, BeforeValidator(read_statement)] = None
    """The file with the accessibility statement, read at the start. Without one, the page says that none is given."""

    access_log: str | None = None
    """The file for an account of each request, as lines of JSON; `-` is standard output. By default none is kept."""

    weak_isolation_is_allowed: bool = False
    """Serve although the kernel cannot keep queries off the network."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fronts", self.fronts or max(1, min(_FRONTS, self.workers // _OF_A_FRONT)))
        for name in ("per_network", "long_queries"):
            places = getattr(self, name) or max(1, self.workers * 3 // 4)
            object.__setattr__(self, name, min(places, self.workers))

    @property
    def max_body_bytes(self) -> int:
        """The longest body with a query: percent-encoding makes a byte three, and there are other fields."""
        return self.max_query_bytes * 3 + 10_000

    def of_one_front(self) -> Settings:
        """The part of all this that one front process has; at least two workers, so that one query may be long.

        Where it does not come out even, each has one more: all that ask at a time may have come to the same one.
        """
        shared = {name: -(-getattr(self, name) // self.fronts) for name in _SHARED}
        return (
            replace(self, **shared | {"workers": max(2, shared["workers"]), "fronts": 1}) if self.fronts > 1 else self
        )


_SHARED = (
    "workers",
    "at_once",
    "per_network",
    "long_queries",
    "page_workers",
    "federated_workers",
    "queue",
    "connections",
    "cache_bytes",
)
"""What the front processes have together."""


class BadSetting(Exception):
    """A setting that there is not, or a value that it cannot have; the message says which there are."""


_ADAPTER = TypeAdapter(Settings)


def read_settings(given: dict[str, Any]) -> Settings:
    """The settings with some of them given, as text or as what they are. Raises BadSetting."""
    names = [field.name for field in fields(Settings)]
    unknown = [name for name in given if name not in names]
    if unknown:
        near = question(nearest(names, unknown[0])).en
        raise BadSetting(f"there is no setting {unknown[0]}; there are {', '.join(names)}{near}")
    try:
        return _ADAPTER.validate_python(given)
    except ValidationError as error:
        fault = error.errors()[0]
        said, value = said_of(fault), fault["input"]
        is_in_a_file = said.startswith((f"{value}:", f"{value},"))  # whose name is what was given
        raise BadSetting(f"{fault['loc'][0]}: {said}" + ("" if is_in_a_file else f", and not {value!r}")) from error
