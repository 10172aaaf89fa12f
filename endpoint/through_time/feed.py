"""`/changes.atom`: the releases with what changed in each, in words, for readers of feeds (RFC 4287)."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from endpoint.formats import Format
from endpoint.mapping.matrix import natural
from endpoint.mapping.stock import read_stock
from endpoint.markup import FORBIDDEN
from endpoint.methods import READ
from endpoint.negotiation import choose_language
from endpoint.rendering import render
from endpoint.site import Site
from endpoint.through_time.archive import Shelf
from endpoint.through_time.history import anchor
from endpoint.through_time.releases import Summary, fresh, summaries
from loaders.changes import FILE
from ontology import addresses
from ontology.base import CANONICAL
from ontology.kinds import KINDS
from ontology.text import LANGUAGES, Label, Language, best_label

router = APIRouter()

ATOM = Format("atom", "Atom", ("application/atom+xml",), "atom", is_text=True)

MOST_RELEASES = 30
"""Entries in the feed: the releases that were made last."""

MOST_THINGS = 20
"""Things of a kind that an entry names as added, as removed and as changed; all are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A release, and what changed in it; nothing of that where it is the first."""

    summary: Summary
    changes: dict[str, Any] | None

    @property
    def path(self) -> str:
        """Where it answers, after the root."""
        return f"{addresses.RELEASES}{self.summary.id}/"


@router.api_route(f"/{addresses.CHANGES}.atom", methods=READ)
async def feed(request: Request) -> Response:
    """The feed in the language that the client likes best. No query but the first time."""
    return await feed_in(choose_language(request.headers), request, "Accept-Language")


@router.api_route(f"/{addresses.CHANGES}.{{language:language}}.atom", methods=READ)
async def feed_in_language(language: Language, request: Request) -> Response:
    """The feed in one language. No query but the first time."""
    return await feed_in(language, request)


async def feed_in(language: Language, request: Request, vary: str = "") -> Response:
    """The feed in a language, as one of several answers of its address where it varies by something."""
    site: Site = request.state.site
    stock = await read_stock(site)
    entries = await asyncio.to_thread(_entries, request.app.state.shelf, site)

    def named(each: dict[str, Any]) -> Label:
        """What a thing is called; after its ends or its key where it has no name."""
        labels = [Label(text, tag) for tag, text in each["label"].items()]
        found = best_label(labels, language) or stock.named_after(site, each["thing"], language)
        return found or Label(each["thing"].removeprefix(CANONICAL), "")

    text = render(
        "feed.xml",
        language=language,
        site=site,
        entries=entries,
        kinds=KINDS,
        languages=LANGUAGES,
        publisher=site.release.record["publisher"]["name"],
        named=named,
        anchor=anchor,
    )
    headers = {
        "Content-Type": ATOM.content_type,
        "Content-Language": language,
        "Content-Location": f"/{addresses.CHANGES}.{language}.atom",
        "Link": f'<{site.address}{addresses.CHANGES}>; rel="alternate"; type="text/turtle"',
    }
    if vary:
        headers["Vary"] = vary
    return fresh(request, Response(FORBIDDEN.sub(b"", text.encode("utf-8")), headers=headers), [])


def _entries(shelf: Shelf, site: Site) -> list[Entry]:
    """The releases that are kept up to the one that answers, the newest first.

    Of one that is not kept, a reader has what the feed said before, and there is nothing any more to lead to.
    """
    made = site.release.record["made"]
    found = [summary for summary in summaries(shelf.releases) if summary.is_kept and summary.made <= made]
    folder = shelf.releases.folder
    return [Entry(summary, _changes(folder / summary.id / FILE)) for summary in reversed(found[-MOST_RELEASES:])]


@lru_cache(2 * MOST_RELEASES)
def _changes(file: Path) -> dict[str, Any] | None:
    """What a release tells of its changes, with only the things that are named; it never changes."""
    if not file.is_file():
        return None
    told: dict[str, Any] = json.loads(file.read_bytes())
    for of in told["kinds"]:
        for fate in of["numbers"]:
            in_order = sorted(of[fate], key=lambda thing: natural(thing["thing"]))
            of[fate] = [{"thing": thing["thing"], "label": thing["label"]} for thing in in_order[:MOST_THINGS]]
    return told
