"""Every IRI of a release answers, in every format, and every link within its pages leads somewhere."""

from __future__ import annotations

import asyncio
import gzip
import os
import time

import pytest
from walking import Walk, identifiers, walk

from loaders.build import build
from loaders.release import Release
from ontology.base import Base
from tests.conformance.conftest import serving
from tests.serving import free_port

STEP = int(os.environ.get("WALK_STEP", "7"))
"""Of the identifiers in order, one of so many is walked; with WALK_STEP=1 all of them, which takes some minutes."""


@pytest.fixture(scope="module")
def port() -> int:
    """The port that the identifiers of the release begin with, so that they can be looked up as they are."""
    return free_port()


@pytest.fixture(scope="module")
def curated(port: int, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the tables as they are, on a base that can be looked up on this machine."""
    return build(tmp_path_factory.mktemp("data"), Base(f"http://localhost:{port}/")).release


@pytest.fixture(scope="module")
def walked(curated: Release, port: int) -> Walk:
    """What a walk over all of it found, and how long it took."""
    files = [curated.path / "dump" / "all.nq.gz", *sorted((curated.path / "about").glob("*.ttl"))]
    texts = [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]
    shapes = [file.read_bytes() for file in sorted((curated.path / "shapes").glob("*.ttl"))]
    names = identifiers(curated.base.iri, [*texts, *_whole(curated.base.iri, shapes)])
    with serving("--data", curated.path.parent.parent, port=port):
        begun = time.monotonic()
        found = asyncio.run(walk(port, curated.base.iri, names[::STEP]))
        seconds = time.monotonic() - begun
    print(f"\n{len(names[::STEP]):,} identifiers, {found.requests:,} requests in {seconds:.0f} s")  # noqa: T201
    return found


def _whole(base: str, shapes: list[bytes]) -> list[bytes]:
    """Shapes with their names in full."""
    prefix = f"{base}shapes/".encode()
    return [b" ".join(b"<" + prefix + name + b">" for name in _names(text)) for text in shapes]


def _names(text: bytes) -> set[bytes]:
    return {word.removeprefix(b"shape:").rstrip(b",;.") for word in text.split() if word.startswith(b"shape:")} - {b""}


def test_every_identifier_leads_to_a_document_that_says_the_same_in_every_format(walked: Walk):
    assert walked.requests > 90_000 / STEP
    assert [fault for fault in walked.faults if ", linked from " not in fault] == []


def test_every_link_within_the_site_leads_somewhere(walked: Walk):
    assert len(walked.links) > 10_000 / STEP
    assert [fault for fault in walked.faults if ", linked from " in fault] == []
