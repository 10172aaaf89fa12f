"""The answers of a live source on disk: each with its checksum, and the last set of them that was whole.

What lies in the folder of a source, `data/sources/{id}/`::

    bodies/{sha256}     what the source answered
    answers/{hash}.json which body an address was answered with, when, and what a conditional request needs
    begun.json          a fetch that has begun and not ended; the next one goes on where it stopped
    whole.json          the last fetch that got everything: what was asked for, when, and all its answers
    failed.json         why the last fetch failed, and since when they do; gone when one succeeds
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from loaders import disk
from loaders.moments import is_day


class BadCache(Exception):
    """What was fetched cannot be read again; the message says what, and what to do."""


class Unusable(Exception):
    """What a source answered does not say what it should; the message says where, and what."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address was answered with."""

    url: str
    sha256: str
    retrieved: str  # the moment in UTC, as ISO 8601 writes it
    etag: str | None = None
    last_modified: str | None = None
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """The day since which no fetch has got everything, and why the last one did not."""

    since: str
    why: str


@dataclass(frozen=True, slots=True)
class Catch:
    """A fetch that got everything: what was asked for, the day, and the addresses and checksums of its answers."""

    asked: dict[str, Any]
    retrieved: str
    answers: tuple[tuple[str, str], ...]


class Cache:
    """The answers of one source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def answer(self, url: str) -> Answer | None:
        """What an address was answered with the last time; None where nothing whole is kept."""
        kept = _read(self._place_of(url))
        if kept is None or kept.get("url") != url:
            return None
        try:
            return Answer(**kept, body=self.body_of(kept["sha256"]))
        except (BadCache, KeyError, TypeError):
            return None

    def keep(self, answer: Answer) -> None:
        """Keep an answer: first its body, then what names it, so that what is named is there."""
        body = self.folder / "bodies" / answer.sha256
        with self._lock:
            if not self._has(answer.sha256):
                body.parent.mkdir(parents=True, exist_ok=True)
                disk.replace(body, answer.body)
            named = asdict(answer)
            del named["body"]
            _write(self._place_of(answer.url), named)

    def _place_of(self, url: str) -> Path:
        return self.folder / "answers" / f"{sha256(url.encode()).hexdigest()[:32]}.json"

    def _has(self, checksum: str) -> bool:
        """True where the body of that checksum lies there, and is whole."""
        try:
            self.body_of(checksum)
        except BadCache:
            return False
        return True

    def body_of(self, checksum: str) -> bytes:
        """The body of an answer. Raises BadCache where it is gone or changed."""
        place = self.folder / "bodies" / checksum
        try:
            body = place.read_bytes()
        except OSError as error:
            raise BadCache(f"{place} cannot be read ({error.strerror}); `miljograf fetch` gets it anew") from error
        if sha256(body).hexdigest() != checksum:
            raise BadCache(f"{place} has other bytes than when it was fetched; `miljograf fetch` gets it anew")
        return body

    def begin(self, asked: dict[str, Any], now: str) -> str:
        """Begin a fetch, or go on with one of the same day that did not end; since when answers are fresh."""
        begun = _read(self.folder / "begun.json") or {}
        at = str(begun.get("at", ""))
        if begun.get("asked") == asked and now[: len("2026-11-26")] == at[: len("2026-11-26")]:
            return at
        _write(self.folder / "begun.json", {"at": now, "asked": asked})
        return now

    def forget(self) -> None:
        """Let the next fetch begin anew, whatever an earlier one has got."""
        disk.remove(self.folder / "begun.json")

    def end(self, catch: Catch) -> None:
        """End a fetch that got everything; what neither it nor the one before names is removed."""
        before = self.last()
        _write(self.folder / "whole.json", {**asdict(catch), "answers": [list(pair) for pair in catch.answers]})
        disk.remove(self.folder / "begun.json")
        disk.remove(self.folder / "failed.json")
        named = {*catch.answers, *(before.answers if before else ())}  # a build may be reading the one before
        for folder, names in (
            ("answers", {self._place_of(url).name for url, _ in named}),
            ("bodies", {checksum for _, checksum in named}),
        ):
            for place in (self.folder / folder).iterdir():
                if place.name not in names:
                    disk.remove(place)

    def last(self) -> Catch | None:
        """The last fetch that got everything; None where there is none, or it cannot be read."""
        try:
            return self.catch()
        except BadCache:
            return None

    def fail(self, day: str, why: str) -> None:
        """Remember that a fetch failed, and since when; the last one that got everything stays."""
        try:
            before = self.failure()
        except BadCache:
            before = None
        _write(self.folder / "failed.json", asdict(Failure(before.since if before else day, why)))

    def failure(self) -> Failure | None:
        """Since when and why no fetch has got everything; None where the last one did. Raises BadCache."""
        place = self.folder / "failed.json"
        if not place.exists():
            return None
        kept = _read(place) or {}
        found = Failure(str(kept.get("since", "")), str(kept.get("why", "")))
        if not is_day(found.since):
            raise BadCache(f"{place} cannot be used; `miljograf fetch` writes it anew, or removes it")
        return found

    def catch(self) -> Catch | None:
        """The last fetch that got everything; None where there is none. Raises BadCache."""
        place = self.folder / "whole.json"
        if not place.exists():
            return None
        kept = _read(place) or {}
        try:
            found = Catch(kept["asked"], kept["retrieved"], tuple((url, checksum) for url, checksum in kept["answers"]))
            is_whole = is_day(found.retrieved)
        except (KeyError, TypeError, ValueError):
            is_whole = False
        if not is_whole:
            raise BadCache(f"{place} cannot be used; `miljograf fetch` writes it anew")
        return found


def cache_of(data: Path, source: str) -> Cache:
    """Where a data folder keeps the answers of a source."""
    return Cache(data / "sources" / source)


def checksums(answers: Iterable[Answer]) -> tuple[tuple[str, str], ...]:
    """The addresses and the checksums of answers, in the order of the addresses."""
    return tuple(sorted({(answer.url, answer.sha256) for answer in answers}))


def _read(place: Path) -> dict[str, Any] | None:
    """What a file of ours says; None where it is not there or cut."""
    try:
        value = json.loads(place.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _write(place: Path, value: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    disk.replace(place, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))
