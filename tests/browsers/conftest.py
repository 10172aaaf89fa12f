"""A real browser, Debian's Chromium, and the pages of the real tables as a server gives them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from loaders.release import Release
from ontology.kinds import KINDS
from tests.conformance.conftest import serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browsers")

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("there is no Chromium here (a Debian package: chromium)", allow_module_level=True)

_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""It runs as whoever runs the tests, and asks nothing of anyone but the server."""

DESK = {"width": 1366, "height": 900}


@pytest.fixture(scope="session")
def site(release: Release) -> Iterator[str]:
    """The address of a server of a release."""
    with serving("--data", release.path.parent.parent) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright.Browser]:
    """The browser."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


class Visit:
    """A window of the browser, and what it complained of: errors of scripts, of the policy, and requests to others."""

    def __init__(self, site: str, context: playwright.BrowserContext) -> None:
        self.site = site
        self.faults: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._asked(request.url))
        self.weights: list[int] = []  # bytes of each answer to the page that is open, as they were sent
        self._network = context.new_cdp_session(self.page)
        self._network.send("Network.enable")
        self._network.on("Network.loadingFinished", lambda it: self.weights.append(int(it["encodedDataLength"])))

    def go(self, path: str) -> int:
        """Open a page; its status."""
        self.weights.clear()
        answer = self.page.goto(self.site + path)
        assert answer is not None, path
        return answer.status

    def begin_anew(self) -> None:
        """Have the window as it was when it was opened: no page, nothing kept, its size and media those of a desk."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self._network.send("Network.clearBrowserCache")
        for is_disabled in (True, False):  # which has the page forget what it holds in memory
            self._network.send("Network.setCacheDisabled", {"cacheDisabled": is_disabled})
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(media="null", color_scheme="light")
        self.faults.clear()

    @property
    def place(self) -> str:
        """The path and query of the page that is open."""
        return self.page.url.removeprefix(self.site)

    def _heard(self, said: playwright.ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and "status of 4" not in said.text:
            self.faults.append(f"{said.type}: {said.text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site + "/", "data:")):
            self.faults.append(f"asked of others: {url}")


@pytest.fixture
def visit(site: str, browser: playwright.Browser) -> Iterator[Visit]:
    """A window as wide as a desk has it. It must complain of nothing."""
    with browser.new_context(viewport=DESK, locale="en-GB") as context:
        visit = Visit(site, context)
        yield visit
        assert visit.faults == []


@pytest.fixture(scope="session")
def kept_window(site: str, browser: playwright.Browser) -> Iterator[Visit]:
    """A window that stays open from test to test."""
    with browser.new_context(viewport=DESK, locale="en-GB") as context:
        yield Visit(site, context)


@pytest.fixture
def window(kept_window: Visit) -> Iterator[Visit]:
    """That window, begun anew, for tests that look at pages and do nothing on them. It must complain of nothing.

    To open a window costs the browser more than to show a page in it.
    """
    kept_window.begin_anew()
    yield kept_window
    assert kept_window.faults == []


@pytest.fixture
def open_window(browser: playwright.Browser) -> Iterator[Visit]:
    """A window whose site a test chooses. It must complain of nothing."""
    with browser.new_context(locale="sv-SE") as context:
        visit = Visit("", context)
        yield visit
        assert visit.faults == []


@pytest.fixture
def without_script(site: str, browser: playwright.Browser) -> Iterator[Visit]:
    """A window that runs no script."""
    with browser.new_context(java_script_enabled=False, locale="sv-SE") as context:
        yield Visit(site, context)


@pytest.fixture(scope="session")
def things(release: Release) -> dict[str, str]:
    """The document of one thing of each kind that has any: of that with the first IRI."""
    store, found = ox.Store.read_only(str(release.store)), {}
    for kind in KINDS.values():
        query = f"SELECT ?thing {{ ?thing a <{kind.cls}> }} ORDER BY STR(?thing) LIMIT 1"
        for row in store.query(release.base.localise_text(query), use_default_graph_as_union=True):
            name = row["thing"].value.removeprefix(kind.namespace or f"{release.base.iri}id/")
            found[kind.name] = f"/res/sdg/{name}" if kind.namespace else f"/res/{name}"
    return found
