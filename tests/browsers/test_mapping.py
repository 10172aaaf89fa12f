"""The mapping as people use it: proposed by hand, shown on another page, and on paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsers.test_every_page import PHONE, look_at
from tests.conftest import BASE


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is told of a request."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that another server shows, and its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_table_of_mappings_is_read_on_a_phone_without_scrolling_sideways(visit):
    visit.page.set_viewport_size({"width": 360, "height": 800})
    visit.go("/en/mapping?view=table&objective=7")
    table = visit.page.locator(".links-table")
    assert table.evaluate("of => of.parentElement.scrollWidth - of.parentElement.clientWidth") <= 0
    first = table.locator("tbody tr").first
    tops = first.locator("> *").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    table.get_by_role("columnheader", name="Strength").get_by_role("link").click()
    visit.page.wait_for_url("**sort=*strength*")
    look_at(visit, PHONE)


def pages_on_paper(visit, path: str) -> list[str]:
    """The sizes of the pages that a page of ours has on paper, in points."""
    visit.go(path)
    visit.page.evaluate("document.fonts.ready")
    return sizes_on_paper(visit)


def sizes_on_paper(visit) -> list[str]:
    """The same of the page that is open."""
    written = visit.page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox ?\[0 0 (\d+)[\d.]* (\d+)[\d.]*\]", written)
    return [f"{int(width)}x{int(height)}" for width, height in sizes]


@pytest.mark.parametrize("fixture", ["visit", "without_script"])
def test_a_mapping_is_proposed_and_taken_away_and_taken_in_again(fixture, request, tmp_path):
    visit = request.getfixturevalue(fixture)
    page = visit.page
    visit.go("/sv/mapping?objective=7&goal=1")
    page.locator(".panel").get_by_role("link", name="Föreslå en koppling").click()
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.locator("#faults li")).to_have_count(2)
    page.get_by_label("bidrar till").check()
    page.get_by_label("Motivering på svenska").fill("En rad.\nOch en till.")
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.locator("#preview")).to_contain_text("En rad. Och en till.")
    assert "mg:contributesTo" not in page.locator("#preview").inner_text()
    page.get_by_text("Förslaget som en rad i filen").click()
    assert "mg:contributesTo" in page.locator("#preview").inner_text()
    page.locator("form.ask").get_by_role("button", name="Lägg i korgen").first.click()
    expect(page.locator(".basket li")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Ladda ner korgen").click()
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert kept.name.endswith(".sssom.tsv")
    visit.go("/en/mapping/propose")
    page.get_by_label("File").set_input_files(kept)
    page.get_by_role("button", name="Take in").click()
    expect(page.locator("[role=status]:not(#told)")).to_have_text("Proposals put into the basket: 1.")
    assert "proposed" in page.locator(".basket li").inner_text()
    page.locator("header").get_by_role("button", name="På svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator(".basket li")).to_have_count(1)
    page.get_by_role("button", name="Ändra").click()
    page.get_by_label("Motivering på svenska").fill("En rad till.")
    page.locator("header").get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".basket li")).to_have_count(1)
    assert page.get_by_label("Justification in Swedish").input_value() == "En rad till."
    page.get_by_label("Web address of a source").press("Enter")
    page.locator("#preview").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_whoever_leaves_the_page_with_a_basket_is_asked_first(visit):
    page, asked = visit.page, []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    visit.go("/en/mapping/propose?subject=objective:7&object=sdg:1")
    page.get_by_label("contributes to").check()
    page.get_by_label("Justification in English").fill("Less nitrogen reaches the sea.")
    page.get_by_role("button", name="Put into the basket").first.click()
    page.locator(".basket li").wait_for()
    assert asked == []
    page.get_by_role("link", name="About", exact=True).click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.locator(".basket li")).to_have_count(1)
    with page.expect_download():
        page.get_by_role("button", name="Download the basket").click()
    page.get_by_role("link", name="About", exact=True).click()
    page.wait_for_url("**/en/about")
    assert asked == ["beforeunload"]


def test_the_steps_of_a_proposal_are_accessible(visit, tmp_path):
    page = visit.page
    visit.go("/sv/mapping/propose?subject=objective:7&object=sdg:14.1")
    page.get_by_role("button", name="Lägg i korgen").click()
    expect(page.locator("#faults li")).to_have_count(2)
    look_at(visit)
    page.get_by_label("mäts tillsammans med").check()
    page.get_by_label("Motivering på svenska").fill("x" * 1900)
    page.get_by_role("button", name="Förhandsgranska").click()
    page.locator("#preview").wait_for()
    look_at(visit)
    page.get_by_role("button", name="Lägg i korgen").first.click()
    page.locator(".basket li").wait_for()
    (tmp_path / "bad.tsv").write_text("#curie_map: {}\nsubject_id\n", encoding="utf-8")
    page.get_by_label("Fil").set_input_files(tmp_path / "bad.tsv")
    page.get_by_role("button", name="Lägg in").click()
    page.locator("#file-faults").wait_for()
    look_at(visit)
    expect(page.locator(".basket li")).to_have_count(1)


def test_a_mapping_is_proposed_with_keys_alone(visit):
    page = visit.page

    def tab_to(selector: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached with Tab")

    visit.go("/en/mapping/propose")
    tab_to("#subject")
    page.keyboard.type("7 Zero")
    tab_to("#object")
    page.keyboard.type("14.1")
    tab_to("form.ask button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/mapping/propose?subject=objective%3A7&object=sdg%3A14.1")
    tab_to("[name=relation]")
    page.keyboard.press("ArrowDown")
    tab_to("#justification_en")
    page.keyboard.type("Less nitrogen reaches the sea.")
    tab_to("[name=rests_on]")
    page.keyboard.press("Space")
    tab_to("button[value=add]")
    page.keyboard.press("Enter")
    page.locator(".basket li").wait_for()
    assert "7 Zero Eutrophication – 14.1 Marine pollution" in page.locator(".basket li").inner_text()


def test_the_code_to_paste_shows_the_selection_on_another_page_and_nothing_else_does(without_script, elsewhere):
    folder, address = elsewhere
    page = without_script.page
    without_script.go("/en/mapping?objective=7&goal=14&basis=editorial")
    page.locator("summary", has_text="Show this on another page").click()
    code = page.locator("#embed-code").input_value().replace(BASE.iri.rstrip("/"), without_script.site)
    whole = page.locator("#why article").count()
    (folder / "with.html").write_text(f"<!doctype html><title>a</title>{code}", encoding="utf-8")
    (folder / "without.html").write_text(
        f"<!doctype html><title>a</title>{code.replace('/mapping/embed', '/mapping')}", encoding="utf-8"
    )
    page.goto(f"{address}/with.html")
    inside = page.frame_locator("iframe")
    inside.locator("#why").wait_for()
    assert inside.locator("#why article").count() == whole == 3
    assert inside.locator("a[aria-current=true]").count() >= 1
    with page.context.expect_page() as opened:
        inside.locator(".matrix tbody td a").first.click()
    assert "/en/mapping?objective=" in opened.value.url
    page.goto(f"{address}/without.html")
    assert page.frame_locator("iframe").locator("h1").count() == 0


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "query",
    [
        "", "?view=list", "?goal=14", "?objective=7", "?level=target&goal=5", "?view=list&goal=14", "?level=target",
        "?level=target&objective=7", "?view=list&goal=12&level=target", "?view=table", "?view=table&goal=15",
        "?view=table&basis=published", "?view=flow", "?view=flow&objective=7", "?view=flow&goal=14",
        "?objective=7&goal=14", "?objective=GEN&goal=12",
        "?objective=7&goal=1", "?view=table&objective=4&goal=12", "?level=target&objective=7&goal=14",
        "?title=1", "?view=flow&goal=14&title=1&theme=dark", "?legend=0&goal=14",
    ],
)  # fmt: skip
def test_the_frame_to_paste_is_as_high_as_the_selection_needs(window, query, language):
    """Nothing is cut between 600 and 1,200 pixels in width, and no more than half as much again is left blank."""
    window.go(f"/{language}/mapping{query}")
    (height,) = re.findall(r'width="100%" height="(\d+)"', window.page.locator("#embed-code").input_value())
    window.go(f"/{language}/mapping/embed{query}")
    needed = []
    for width in (600, 760, 1000, 1200):
        window.page.set_viewport_size({"width": width, "height": 10})
        needed.append(window.page.evaluate("document.documentElement.scrollHeight"))
    assert max(needed) <= int(height) <= max(needed) * 1.5 + 100


@pytest.mark.parametrize("path", ["/sv/mapping", "/en/mapping?objective=7&goal=14"])
def test_all_seventeen_goals_are_in_sight_wherever_there_is_a_matrix(window, path):
    window.go(path)
    for width in (1600, 1366, 1280, 1233, 1232, 1024, 820):
        window.page.set_viewport_size({"width": width, "height": 900})
        assert window.page.locator(".matrix-view").evaluate("of => of.scrollWidth - of.clientWidth") <= 0, width


@pytest.mark.parametrize(
    "path", ["/sv/mapping", "/en/mapping", "/en/mapping?view=matrix", "/sv/mapping?basis=published"]
)
def test_the_whole_matrix_stands_on_one_page_of_a4(window, path):
    assert pages_on_paper(window, path) == ["841x594"]


def test_a_chosen_pair_begins_on_the_page_after_the_matrix(window):
    sizes = pages_on_paper(window, "/en/mapping?objective=7&goal=14")
    assert set(sizes) == {"841x594"}
    assert 2 <= len(sizes) <= 4


@pytest.mark.parametrize(("chosen", "most"), [("", 1), ("?area=12&area=14&area=01", 2)])
def test_a_comparison_is_upright_on_paper_and_its_foot_has_no_page_of_its_own(window, chosen, most):
    path = f"/sv/compare/ghg-county-2026-08{chosen}"
    sizes = pages_on_paper(window, path)
    assert set(sizes) == {"594x841"}
    assert len(sizes) <= most
    window.page.locator(".foot").evaluate("foot => foot.remove()")
    assert len(sizes) == len(sizes_on_paper(window))


@pytest.mark.parametrize("path", ["/sv/", "/sv/about", "/res/mapping/editors--objective-7--14.1.sv.html", "/en/query"])
def test_other_pages_are_upright_on_paper(window, path):
    assert set(pages_on_paper(window, path)) == {"594x841"}


@pytest.mark.parametrize("path", ["/sv/compare/ghg-county-2026-08?area=12", "/res/objective/8.sv.html"])
def test_the_classes_of_a_map_keep_their_colours_on_paper(window, path):
    window.go(path)
    window.page.emulate_media(media="print")
    adjusted = "all => all.map(one => getComputedStyle(one).printColorAdjust)"
    keys = window.page.locator(".map .classes span").evaluate_all(adjusted)
    assert keys
    assert set(keys) == {"exact"}


def test_what_can_only_be_done_on_the_screen_is_left_out_on_paper(window):
    assert len(pages_on_paper(window, "/en/query")) <= 2
    window.go("/en/compare/ghg-county-2026-08?area=12")
    window.page.emulate_media(media="print")
    assert not window.page.locator("form.compare").is_visible()


@pytest.mark.parametrize(
    "path", ["/sv/mapping?view=table", "/res/objective/7.sv.html", "/res/county/12.sv.html", "/sv/about", "/sv/data"]
)
def test_nothing_is_cut_off_on_paper(window, path):
    """On the width that the printed page leaves, no table is wider than the paper."""
    window.go(path)
    is_wide = window.page.locator(".matrix, .links-table, table.grid").count() > 0
    window.page.emulate_media(media="print")
    window.page.set_viewport_size({"width": 1031 if is_wide else 680, "height": 700})
    assert window.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
