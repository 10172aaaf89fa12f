"""Every kind of page, as a phone and as a desk show it: nothing too wide, nothing inaccessible, nothing from others."""

from __future__ import annotations

import os

import pytest

from ontology.kinds import KINDS
from shapes.files import shape_texts
from tests.browsers.contrast import too_faint

axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make browsers")

PAGES = (
    "",
    "kinds",
    "mapping",
    "mapping?view=list",
    "mapping?view=table",
    "mapping?view=flow",
    "mapping?goal=14",
    "mapping?objective=7&goal=14",
    "mapping/embed",
    "mapping/embed?view=list&objective=4",
    "mapping/embed?title=1&theme=dark",
    "mapping/embed?legend=0&theme=light",
    "mapping/embed?objective=7&goal=14&basis=editorial",
    "mapping/propose",
    "mapping/propose?subject=objective:7&object=sdg:14.1",
    "mapping/propose?subject=strand:GEN-3&object=sdg:12",
    "accessibility",
    "query",
    "query?query=SELECT%20%3Fs%20%3Fp%20%3Fo%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%2020",
    "query?query=SELECT%20*%20%7B%20%3Fs%20%7D",
    "search?q=overgodning",
    "search?q=kommun",
    "search?q=licens",
    "search?q=qqqq",
    "data",
    "deliver",
    "reconciliation",
    "language-models",
    "reconcile/preview?id=http://metadata.un.org/sdg/12.3",
    "releases",
    "timemap/res/objective/7",
    "changes",
    "validation",
    "vocabulary",
    "service",
    "problems",
    "about",
    "about/identifiers",
    "compare",
    "compare/ghg-county-2026-08?area=12&area=14",
    "compare/ghg-county-2026-08?area=12&from=2000&to=2020&year=2010",
    "there-is-no-such-page",
)
"""Addresses below the language."""

THINGS = (
    "objective/7",
    "objective/8",
    "county/12",
    "country/SE",
    "municipality/1280",
    "sdg/14",
    "sdg/14.1",
    "actor/rus",
    "spec/Mapping",
    "def/trend",
)
"""Things whose pages are long; of each kind one more is looked at."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
"""All elements are judged; those that keep a rule are told of by one each, for telling takes longer than judging."""

NARROWEST = 320  # pixels: a window of 1,280 at four times the size (WCAG 2.2, 1.4.10)
PHONE, DESK = ("light", 390), ("dark", 1366)
"""How pages are looked at: on a phone in the light and on a desk in the dark."""

EVERY_LOOK = [(scheme, width) for scheme in ("light", "dark") for width in (NARROWEST, 390, 1366)]
LOOKS_AT_ALL = os.environ.get("LOOK") == "all"
"""With LOOK=all, each page is looked at in every width and scheme and in both languages, which takes half an hour."""

JUDGED = """async rules => {
  const {violations, incomplete} = await axe.run(rules);
  return {violations, incomplete};
}"""

LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
"""What is laid out only where it comes into view is judged all the same."""

SCROLLED = """() => [...document.querySelectorAll("main *")]
  .filter(it => /auto|scroll/.test(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth)
  .filter(it => !it.matches(".scroll:has(> .grid, > svg), .scroll[aria-labelledby=result]"))
  .map(it => it.outerHTML.slice(0, 200))"""
"""What has to be scrolled sideways to be read, but for what has two directions: grids of assessments, pictures, and the
answers to queries, which have as many columns as were asked for."""

MOST_BYTES, MOST_BYTES_WITH_EDITOR = 120_000, 260_000  # of a page with all that belongs to it, as they are sent
MOST_REQUESTS = 10


def look(visit, path: str, *looks: tuple[str, int]) -> None:
    """A page is as wide as its window, and no rule of accessibility finds fault with it."""
    visit.go(path)
    look_at(visit, *looks)


def assert_fits(page, width: int) -> None:
    """A page is no wider than its window, once that has the size that it was given."""
    for _ in range(20):
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide <= width:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{wide} pixels are too wide for {width}")


def look_at(visit, *looks: tuple[str, int]) -> None:
    """The page that is open is as wide as its window, and no rule of accessibility finds fault with it.

    On a phone nothing in it has to be scrolled sideways. Of many pages from one template, each is looked at on a phone
    or on a desk.
    """
    visit.page.evaluate(LAID_OUT)
    visit.page.evaluate(axe.AXE_SCRIPT)
    visit.page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert_fits(visit.page, NARROWEST)
    visit.page.set_viewport_size({"width": PHONE[1], "height": 900})
    assert_fits(visit.page, PHONE[1])
    assert visit.page.evaluate(SCROLLED) == []
    for scheme, width in EVERY_LOOK if LOOKS_AT_ALL else looks or (PHONE, DESK):
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert_fits(visit.page, width)
        found = visit.page.evaluate(JUDGED, RULES)
        faults = [(fault["id"], fault["help"], fault["nodes"][0]["html"]) for fault in found["violations"]]
        assert faults == [], scheme
        assert too_faint(visit.page, found["incomplete"]) == [], scheme


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_and_is_accessible(window, page, language):
    look(window, f"/{language}/{page}")
    assert len(window.weights) <= MOST_REQUESTS
    assert sum(window.weights) <= (MOST_BYTES_WITH_EDITOR if page.startswith("query") else MOST_BYTES)
    assert window.page.locator("html").get_attribute("lang") == language
    assert window.page.locator("h1").count() == 1


@pytest.mark.parametrize("language", ["sv", "en"] if LOOKS_AT_ALL else ["sv"])
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.is_listed])
def test_a_list_fits_and_is_accessible(window, kind, language):
    look(window, f"/{language}/kinds/{kind}", PHONE)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", shape_texts() if LOOKS_AT_ALL else ["actor", "mapping", "row"])
def test_the_page_of_a_file_of_shapes_fits_and_is_accessible(window, name, language):
    look(window, f"/res/shapes/{name}.{language}.html")
    assert window.page.locator("html").get_attribute("lang") == language
    assert window.page.locator("h1").count() == 1


@pytest.mark.parametrize("language", ["sv", "en"] if LOOKS_AT_ALL else ["sv"])
@pytest.mark.parametrize("thing", THINGS)
def test_the_page_of_a_thing_with_much_to_say_fits_and_is_accessible(window, thing, language):
    look(window, f"/res/{thing}.{language}.html")
    assert sum(window.weights) <= MOST_BYTES


@pytest.mark.parametrize("language", ["sv", "en"] if LOOKS_AT_ALL else ["en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_thing_of_each_kind_fits_and_is_accessible(window, things, kind, language):
    if kind not in things:
        pytest.skip("the tables have no such thing")
    look(window, f"{things[kind]}.{language}.html", DESK)
