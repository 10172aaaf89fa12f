"""Pages that a first release of the tables has none of: what has changed, what has ended, an earlier release."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.build import build
from loaders.release import Release, Releases
from tests.browsers.test_every_page import look, look_at
from tests.conformance.conftest import serving
from tests.conftest import BASE, Once
from tests.revising import revise
from tests.test_lifecycle import FATES, retire

CHANGED, ADDED, REMOVED = "Nobelmötet 2012 i Uppsala", "Nobelmötet 2010", "Nobelmötet 2011"


@pytest.fixture(scope="module")
def second(once: Once, few_built: Path) -> Release:
    """A release after another: its tables are revised, and some identifiers have ended in each way there is."""

    def fill(folder: Path) -> None:
        shutil.copytree(few_built, folder, dirs_exist_ok=True)
        retire(folder / "tables", FATES)
        revise(folder / "tables")
        build(folder / "data", BASE, folder / "tables")

    return Releases(once("second", fill) / "data").current()


@pytest.fixture(scope="module")
def of_releases(second: Release) -> Iterator[str]:
    """The address of a server of the two."""
    with serving("--data", second.path.parent.parent) as server:
        yield server.address


@pytest.fixture
def visit_of_two(open_window, of_releases):
    """A window on the two."""
    open_window.site = of_releases
    return open_window


@pytest.mark.parametrize(
    ("path", "headings"),
    [
        ("/{language}/changes", ("Vad som är nytt i utgåva {second}", "What changed in release {second}")),
        ("/{language}/releases", ("Utgåvor", "Releases")),
        ("/{language}/timemap/res/meeting/nobelmotet-2012", ("Tidigare versioner", "Earlier versions")),
        ("/{language}/timemap/res/meeting/nobelmotet-2011", ("Tidigare versioner", "Earlier versions")),
        ("/res/meeting/nobelmotet-2012.{language}.html", (CHANGED, "Nobelmötet 2012")),
        (
            "/releases/{first}/{language}/changes",
            ("Vad som är nytt i utgåva {first}", "What changed in release {first}"),
        ),
        ("/releases/{first}/res/meeting/nobelmotet-2011.{language}.html", (REMOVED, REMOVED)),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_about_several_releases_fits_and_is_accessible(visit_of_two, second, path, headings, language):
    known = {"first": second.record["previous"], "second": second.id, "language": language}
    look(visit_of_two, path.format_map(known))
    page = visit_of_two.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() == headings[language == "en"].format_map(known)


def test_what_changed_is_told_thing_by_thing(visit_of_two):
    visit_of_two.go("/sv/changes")
    page = visit_of_two.page
    for heading, thing in (("Nya", ADDED), ("Borttagna", REMOVED)):
        assert page.locator(f"#meeting ~ h3:has-text('{heading}') + ul").first.inner_text() == thing
    assert page.locator(".changed h4").inner_text() == CHANGED
    assert page.locator(".changed ins").evaluate("it => it.lastChild.textContent") == " i Uppsala"


@pytest.mark.parametrize(("key", "status"), [("8-90", 410), ("8-92", 300), ("8-93", 300)])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_of_an_ended_identifier_fits_and_is_accessible(visit_of_two, key, status, language):
    assert visit_of_two.go(f"/res/specification/{key}.{language}.html") == status
    page = visit_of_two.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() == f"id/specification/{key}"
    look_at(visit_of_two)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_reader_of_a_replaced_identifier_comes_to_the_page_of_what_holds_instead(visit_of_two, language):
    assert visit_of_two.go(f"/res/specification/8-91.{language}.html") == 200
    assert visit_of_two.place == f"/res/specification/8-1.{language}.html"
