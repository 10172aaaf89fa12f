"""What the first reader would wait for, done before: templates compiled, and each kind of page asked for once.

A page costs the most the first time: its templates are compiled, and what never changes in a release is read. That is
done in the background once the files of a release are checked, page by page so that requests come in between, and given
up after a while. The pages that most readers come to first are kept, packed for either kind of browser.
"""

from __future__ import annotations

import asyncio
import logging
import time

from starlette.types import ASGIApp

from endpoint.dataset import Dataset
from endpoint.inside import ask
from endpoint.metrics import count_warmup
from endpoint.reload import Served
from endpoint.rendering import templates_of
from ontology.text import LANGUAGES

SECONDS = 60.0
"""How long it may take with one release."""

_FIRST = ("", "mapping", "vocabulary")
"""The pages that are kept in both languages."""

_OTHERS = (
    "/sv/kinds", "/sv/kinds/objective", "/sv/mapping/propose", "/sv/search", "/sv/data", "/sv/about", "/sv/query",
    "/sv/query/completions.json", "/sv/service", "/sv/reconciliation", "/res/objective/7.sv.html",
    "/res/county/12.sv.html",
)  # fmt: skip
"""Of the others one of each kind, for what it reads; where there is none, a page that says so."""

_CODINGS = ("gzip, deflate", "gzip, deflate, br, zstd")
"""What browsers can unpack: without encryption, and with it."""

_PAUSE = 0.02  # seconds for whoever waits
_LOOK = 0.5  # seconds between looks at what is served

log = logging.getLogger("miljograf")


async def keep_warm(app: ASGIApp, served: Served) -> None:
    """Do so for what is served, and for whatever takes its place."""
    while True:
        while not (site := served.site).is_checked:
            await asyncio.sleep(_LOOK)
        begun = time.monotonic()
        try:
            async with asyncio.timeout(SECONDS):
                await warm(app, site)
        except Exception as error:  # no reader waits for it, and each page says for itself what is wrong
            count_warmup("failed")
            log.warning("the pages of %s were not all made ready: %r", site.id, error)
        else:
            count_warmup("ready")
            log.info("the pages of %s were ready after %.0f ms", site.id, (time.monotonic() - begun) * 1000)
        while served.site is site:
            await asyncio.sleep(_LOOK)


async def warm(app: ASGIApp, site: Dataset) -> None:
    """Ask an application for the pages of a site, those that readers come to first before others; compile the rest."""
    for language in LANGUAGES:
        for page in _FIRST:
            for coding in _CODINGS:
                await _ask(app, site, f"/{language}/{page}", coding)
    for path in _OTHERS:
        await _ask(app, site, path, _CODINGS[0])
    for language in LANGUAGES:
        templates = templates_of(site, language)
        for name in templates.list_templates():
            templates.get_template(name)
            await asyncio.sleep(_PAUSE)


async def _ask(app: ASGIApp, site: Dataset, path: str, coding: str) -> None:
    await ask(app, site, "GET", path, {"Accept": "text/html", "Accept-Encoding": coding})
    await asyncio.sleep(_PAUSE)
