"""A service on the loopback that speaks as the description of Kolada's API v3 says, and counts who breaks its rules.

Key figures and places are real answers where they are at hand, else the few below, which are hand-made. Values are made
up by a rule, for no service could be reached when this was written: nothing of them is ever released by the product.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

REAL = Path(__file__).parents[2] / "shared" / "sources" / "kolada"
"""Real answers of the service, beside the project where they are at hand."""

KPIS = [
    {
        "id": code,
        "title": title,
        "description": "Hand-made for a test.",
        "is_divided_by_gender": divided,
        "municipality_type": "A",
        "prel_publication_date": None,
        "publication_date": "2026-06-09",
        "publ_period": "2024",
    }
    for code, title, divided in [
        ("N00401", "Utsläpp till luft av växthusgaser totalt, ton CO2-ekv/inv", False),
        ("N00510", "Utsläpp till luft av flyktiga organiska ämnen totalt, ton NMVOC", False),
        ("N00945", "Dagar som män tar ut, andel (%)", True),
        ("N99999", "Ett nyckeltal som ingen tabell nämner, antal", False),
    ]
]
PLACES = [
    {"id": "0000", "title": "Riket", "type": "L"},
    {"id": "0003", "title": "Region Uppsala", "type": "L"},
    {"id": "0009", "title": "Region Gotland", "type": "L"},
    {"id": "0305", "title": "Håbo", "type": "K"},
    {"id": "0380", "title": "Uppsala", "type": "K"},
]

Answering = Callable[["Kolada", BaseHTTPRequestHandler], bool]
"""Answers a request in place of the service, and says whether it did."""


@dataclass
class Kolada:
    """The service: what it holds, how many it gives a page, and who asked for what."""

    kpis: list[dict[str, Any]] = field(default_factory=lambda: KPIS)
    places: list[dict[str, Any]] = field(default_factory=lambda: PLACES)
    years: tuple[int, ...] = (2019, 2020, 2021)
    most_per_page: int = 5000
    calls_per_second: int = 5
    in_place: Answering = lambda _service, _request: False
    values: dict[tuple[str, str, int], list[dict[str, Any]]] = field(default_factory=dict)

    address: str = ""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    unchanged: int = 0
    broken_rules: list[str] = field(default_factory=list)
    _moments: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, request: BaseHTTPRequestHandler) -> None:
        """Note a request, and whether it keeps the rules."""
        with self._lock:
            now = time.monotonic()
            while self._moments and now - self._moments[0] >= 1:
                self._moments.popleft()
            self._moments.append(now)
            self.asked.append(request.path)
            self.agents.add(request.headers.get("User-Agent", ""))
            if len(self._moments) > self.calls_per_second:
                self.broken_rules.append(f"{len(self._moments)} calls in a second: {request.path}")

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request as the description says."""
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        steps = parts.path.strip("/").split("/")[1:]
        match steps:
            case ["kpi"]:
                items = self.kpis
            case ["municipality"]:
                items = self.places
            case ["data", "kpi", kpis, "municipality", places]:
                items = self._data(kpis.split(","), places.split(","), [str(year) for year in self.years])
            case ["data", "kpi", kpis, "municipality", places, "year", years]:
                items = self._data(kpis.split(","), places.split(","), years.split(","))
            case _:
                return send(request, 404, b'{"detail": "Not Found"}')
        size = int(query.get("per_page", self.most_per_page))
        if size > 5000:
            self.broken_rules.append(f"{size} a page: {request.path}")
            return send(request, 422, b'{"detail": "per_page is at most 5000"}')
        return self._page(request, items, min(size, self.most_per_page), int(query.get("page", 1)))

    def _data(self, kpis: list[str], places: list[str], years: list[str]) -> list[dict[str, Any]]:
        for ids in (kpis, places, years):
            if len(ids) > 25:
                self.broken_rules.append(f"{len(ids)} ids in a call")
        return [
            {"kpi": kpi["id"], "municipality": place["id"], "period": year, "values": values}
            for kpi in self.kpis
            if kpi["id"] in kpis
            for place in self.places
            if place["id"] in places
            for year in self.years
            if str(year) in years and (values := self._values(kpi, place["id"], year))
        ]

    def _values(self, kpi: dict[str, Any], place: str, year: int) -> list[dict[str, Any]]:
        given = self.values.get((kpi["id"], place, year))
        if given is not None:
            return given
        sexes = ("T", "K", "M") if kpi["is_divided_by_gender"] else ("T",)
        return [
            {"gender": sex, "value": made_up(kpi["id"], place, year, sex), "count": 1, "status": ""} for sex in sexes
        ]

    def _page(self, request: BaseHTTPRequestHandler, items: list[Any], size: int, page: int) -> None:
        some = items[size * (page - 1) : size * page]
        has_next = size * page < len(items)
        base = request.path.partition("?")[0]
        following = f"{self.address.removesuffix('/v3/')}{base}?page={page + 1}&per_page={size}" if has_next else None
        send_json(request, {"values": some, "next_url": following, "count": len(some)})


def made_up(kpi: str, place: str, year: int, sex: str) -> float:
    """A value between 0 and 100 with eight decimals, the same each time."""
    return int(sha256(f"{kpi}{place}{year}{sex}".encode()).hexdigest()[:12], 16) % 10**10 / 10**8


def send_json(request: BaseHTTPRequestHandler, value: Any) -> None:
    """Answer with JSON, or that nothing has changed."""
    body = json.dumps(value, ensure_ascii=False).encode()
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        request.server.service.unchanged += 1
        send(request, 304, b"", ETag=etag)
    else:
        send(request, 200, body, ETag=etag, **{"Content-Type": "application/json"})


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """Answer."""
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    if status != 304:
        request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        service: Kolada = self.server.service
        service.note(self)
        if not service.in_place(service, self):
            service.answer(self)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(service: Kolada) -> Iterator[Kolada]:
    """The service on a port of the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.service = service
    service.address = f"http://127.0.0.1:{server.server_port}/v3/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sources_file(folder: Path, service: Kolada, **changes: object) -> Path:
    """A sources file that names the service; the rest is as the file of the product has it."""
    own = Path(__file__).parents[1] / "loaders" / "live.toml"
    lines = {"address": f'"{service.address}"', "is_private": "true", "calls_per_second": str(service.calls_per_second)}
    lines |= {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in changes.items()}
    kept = [line for line in own.read_text(encoding="utf-8").splitlines() if line.partition(" ")[0] not in lines]
    file = folder / "live.toml"
    file.write_text("\n".join([*kept, *(f"{name} = {value}" for name, value in lines.items()), ""]), encoding="utf-8")
    return file


def real(name: str) -> list[dict[str, Any]] | None:
    """The items of a real answer; None where it is not at hand."""
    found = sorted(REAL.glob(f"{name}_all_*.json"))
    return json.loads(found[-1].read_bytes())["values"] if found else None
