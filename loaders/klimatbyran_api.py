"""How Klimatbyrån's emission data are asked for: five files, as the project garbo publishes them.

The project has no list of its releases: a release is what the files are, so it is known by their checksum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.json_answers import Page, read_items
from loaders.klimatbyran_figures import refuse_to_come
from loaders.live import KnownRelease, LiveSource
from loaders.progress import Told

FILES = (
    "municipality-data.json",
    "municipality-sector-emissions.json",
    "nation-sector-emissions.json",
    "region-data.json",
    "region-sector-emissions.json",
)
"""The files in the order of their names."""

_DIGITS = 8  # of a checksum: as many as the project itself shows of a version


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """All files. Raises Unfetched, also where they have values of a year that is not over."""
    today = datetime.now(UTC).date().isoformat()

    def check(answer: Answer) -> None:
        try:
            refuse_to_come(answer.url.rpartition("/")[2], read_items(answer.body), today[: len("2026")])
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    told(0, len(FILES))
    answers = []
    for number, name in enumerate(FILES, 1):
        answers.append(client.get(client.source.address + name, check))
        told(number, len(FILES))
    return answers


def read_files(source: LiveSource, answers: Iterable[tuple[str, bytes]]) -> tuple[dict[str, list[Page]], str]:
    """The items of every file by its name, and the checksum of all files. Raises ValueError with the address."""
    bodies = {url.removeprefix(source.address): body for url, body in answers}
    for name in FILES:
        if name not in bodies:
            raise ValueError(f"{source.address}{name} was not fetched")
    items = {}
    for name in FILES:
        try:
            items[name] = read_items(bodies[name])
        except ValueError as error:
            raise ValueError(f"{source.address}{name}: {error}") from error
    return items, checksum_of(bodies)


def checksum_of(bodies: Mapping[str, bytes]) -> str:
    """The SHA-256 of the list of files with the SHA-256 of each, as `sha256sum FILE... | sha256sum` has it."""
    lines = "".join(f"{sha256(bodies[name]).hexdigest()}  {name}\n" for name in FILES)
    return sha256(lines.encode()).hexdigest()


def release_of(source: LiveSource, checksum: str) -> KnownRelease | None:
    """The release with that checksum, None where nobody has written down what it is called."""
    return next((release for release in source.releases if release.sha256 == checksum), None)


def name_of(checksum: str) -> str:
    """What a release is called that has no name: the beginning of its checksum."""
    return checksum[:_DIGITS]
