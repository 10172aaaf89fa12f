"""What the pages do with a script in place of loading a page: what they show is what the loaded page would show."""

from __future__ import annotations

import re

import pytest

PARTS = [".language", ".filters", ".shown", ".panel"]
LOADED = "() => window.isTheSamePage === undefined"
SHOWN = """(parts) => parts.map((part) => {
  const copy = document.querySelector(part).cloneNode(true);
  for (const details of copy.querySelectorAll("details")) details.removeAttribute("open");
  for (const heading of copy.querySelectorAll("[tabindex]:is(h2, h3)")) heading.removeAttribute("tabindex");
  return copy.outerHTML.replaceAll("\\n", "");
})"""


def begin(visit, path: str) -> None:
    visit.go(path)
    visit.page.wait_for_load_state("networkidle")
    visit.page.evaluate("window.isTheSamePage = true")


def focused(visit) -> str:
    return visit.page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


def choose(visit, place: str, *, with_key: bool) -> str:
    """Choose a pair by its link; the address that it leads to."""
    link = visit.page.locator(place)
    address = link.get_attribute("href")
    if with_key:
        link.focus()
        visit.page.keyboard.press("Enter")
    else:
        link.click()
    visit.page.wait_for_url(f"**{address}")
    return address


@pytest.mark.parametrize(
    ("path", "place", "heading"),
    [
        ("/sv/mapping", ".matrix td a[href*='objective=7&goal=14']", "Ingen övergödning – 14 Hav och marina resurser"),
        ("/en/mapping?objective=7&basis=editorial", ".matrix tbody td a >> nth=2", "Zero Eutrophication – "),
        (
            "/en/mapping?objective=4&goal=12",
            ".matrix td a[href*='objective=GEN&goal=12']",
            "The generational goal – 12 ",
        ),
        ("/sv/mapping?level=target&goal=14", ".matrix td a[href*='objective=4&goal=14#why-14.2']", "14.2 "),
        ("/en/mapping", ".panel a[href*='#why'] >> nth=0", ""),
    ],
)
@pytest.mark.parametrize("with_key", [False, True])
def test_why_a_pair_is_linked_is_shown_as_if_the_page_was_loaded(visit, path, place, heading, with_key):
    begin(visit, path)
    choose(visit, place, with_key=with_key)
    page = visit.page
    page.wait_for_function("() => document.activeElement.matches('.panel :is(h2, h3)')")
    assert not page.evaluate(LOADED)
    assert focused(visit).startswith(heading)
    assert re.match(r"\d+ (koppling|mapping)", page.locator("#told").inner_text())
    swapped = page.evaluate(SHOWN, PARTS)
    page.reload()
    assert page.evaluate(LOADED)
    assert page.evaluate(SHOWN, PARTS) == swapped


def test_whoever_goes_back_is_where_they_were(visit):
    begin(visit, "/sv/mapping")
    first = choose(visit, ".matrix td a[href*='objective=7&goal=14']", with_key=True)
    choose(visit, ".matrix td a[href*='objective=4&goal=3']", with_key=True)
    heading = visit.page.locator("#why-heading")
    for address, said in ((f"/sv/mapping{first}", "Ingen övergödning – 14"), ("/sv/mapping", "Så läser du")):
        visit.page.go_back()
        visit.page.wait_for_function(
            "(said) => document.querySelector('#why-heading').innerText.startsWith(said)", arg=said
        )
        assert visit.place == address
    assert visit.page.evaluate("document.activeElement.getAttribute('href')") == first
    visit.page.go_forward()
    visit.page.wait_for_function(
        "() => document.querySelector('#why-heading').innerText.startsWith('Ingen övergödning')"
    )
    assert heading.is_visible()
    assert not visit.page.evaluate(LOADED)


def held_at(visit, pattern: str) -> list:
    """Requests of the page, each held until the test lets it go on."""
    held: list = []

    def hold(route) -> None:
        held.append(route)

    visit.page.route(pattern, hold)
    return held


def filters(visit) -> list[list[str]]:
    """The filters that are chosen, and where each filter leads."""
    links = visit.page.locator(".filters a")
    chosen = "links => links.filter(one => one.hasAttribute('aria-current')).map(one => one.textContent.trim())"
    return [links.evaluate_all(chosen), links.evaluate_all("links => links.map(one => one.getAttribute('href'))")]


@pytest.mark.parametrize("width", [1366, 390])
def test_the_filters_stand_as_they_were_when_a_part_of_the_page_was_put_in_its_place(visit, width):
    """What is chosen, where each leads, and on a phone that they are open: with a pair, and back, and forth."""
    page, opened = visit.page, "document.querySelector('.facets').open"
    page.set_viewport_size({"width": width, "height": 900})
    begin(visit, "/en/mapping?basis=editorial&relation=contributes-to")
    if width == 390:
        page.locator(".facets > summary").click()
        page.locator(".list-view details > summary:visible").nth(4).click()
    before, was_open = filters(visit), page.evaluate(opened)
    page.locator(".shown a[href*='#why']:visible").nth(1).click()
    page.wait_for_url("**#why")
    with_pair = filters(visit)
    assert not page.evaluate(LOADED)
    assert page.evaluate(opened) == was_open
    assert with_pair[0] == before[0]
    assert all("objective=" in address and "goal=" in address for address in with_pair[1])
    page.reload()
    assert filters(visit) == with_pair
    for step, there in (("goBack", before), ("goForward", with_pair)):
        page.go_back() if step == "goBack" else page.go_forward()
        page.wait_for_function(
            "there => document.querySelector('.filters a').getAttribute('href') === there", arg=there[1][0]
        )
        assert filters(visit) == there


def test_a_filter_keeps_the_pair_and_whoever_goes_back_has_the_filter_before(visit):
    page = visit.page
    begin(visit, "/sv/mapping")
    choose(visit, ".matrix td a[href*='objective=7&goal=14']", with_key=False)
    without, heading = filters(visit), page.locator("#why-heading").inner_text()
    page.locator(".facets a[href*='basis=editorial']").click()
    page.wait_for_url("**basis=editorial**")
    assert page.locator("#why-heading").inner_text() == heading
    assert filters(visit)[0] != without[0]
    page.go_back()
    page.wait_for_url("**goal=14#why")
    assert filters(visit) == without
    assert page.locator("#why-heading").inner_text() == heading
    page.go_back()
    page.wait_for_function("() => document.querySelector('#why-heading').innerText.startsWith('Så läser du')")
    assert visit.place == "/sv/mapping"
    assert not any("goal=" in address for address in filters(visit)[1])


def test_whoever_goes_back_and_forth_before_an_answer_comes_is_shown_what_the_address_says(visit):
    page = visit.page
    begin(visit, "/sv/mapping")
    choose(visit, ".matrix td a[href*='objective=7&goal=14']", with_key=False)
    last = choose(visit, ".matrix td a[href*='objective=4&goal=3']", with_key=False)
    there = filters(visit)
    held = held_at(visit, "**/mapping?*")
    page.evaluate("history.back()")
    page.wait_for_selector(".panel[aria-busy=true]")
    page.evaluate("history.forward()")
    page.wait_for_url(f"**{last}")
    page.wait_for_selector(".panel:not([aria-busy])")
    assert page.locator("#told").inner_text() == ""
    with page.expect_response("**/mapping?*") as late:
        held[0].continue_()
    late.value.finished()
    page.wait_for_timeout(300)
    assert page.locator("#why-heading").inner_text().startswith("Giftfri miljö – 3")
    assert filters(visit) == there


def test_a_link_whose_page_does_not_come_is_followed_as_any_link(visit):
    begin(visit, "/en/mapping")
    fails = iter([True])
    visit.page.route(
        "**/mapping?*", lambda route: route.fulfill(status=503) if next(fails, False) else route.continue_()
    )
    choose(visit, ".matrix td a[href*='objective=7&goal=14']", with_key=False)
    visit.page.wait_for_function(LOADED)
    assert visit.page.locator("#why-heading").inner_text().startswith("Zero Eutrophication")
    visit.faults.clear()  # the browser tells of the answer that the test has given


def test_a_reader_who_waits_is_told_so(visit):
    begin(visit, "/sv/mapping")
    held = []

    def hold(route) -> None:
        held.append(route)

    visit.page.route("**/mapping?*", hold)
    visit.page.locator(".matrix td a[href*='objective=7&goal=14']").click()
    visit.page.wait_for_selector(".panel[aria-busy=true]")
    assert visit.page.locator("#told").inner_text() == "Hämtar …"
    held[0].continue_()
    visit.page.wait_for_url("**goal=14#why")
    assert visit.page.locator(".panel[aria-busy]").count() == 0


def test_a_link_opens_in_a_new_tab_for_whoever_asks_for_that(visit):
    begin(visit, "/sv/mapping")
    with visit.page.context.expect_page() as opened:
        visit.page.locator(".matrix td a[href*='objective=7&goal=14']").click(modifiers=["Control"])
    assert "goal=14" in opened.value.url
    assert visit.place == "/sv/mapping"


@pytest.mark.parametrize("fixture", ["visit", "without_script"])
def test_the_code_to_embed_follows_what_is_chosen_for_it(fixture, request):
    visit = request.getfixturevalue(fixture)
    page = visit.page
    visit.go("/en/mapping?objective=7&goal=14")
    page.locator("summary", has_text="Show this on another page").click()
    page.get_by_label("Colours").select_option("dark")
    page.get_by_label("Legend").select_option("0")
    if fixture == "without_script":
        page.get_by_role("button", name="Show the code").click()
    page.wait_for_url("**/en/mapping?objective=7&goal=14*theme=dark*")
    page.wait_for_function("() => document.querySelector('#embed-code').value.includes('legend=0&amp;theme=dark')")
    assert page.locator("#embed-code").is_visible()
    page.reload()
    assert "objective=7&amp;goal=14&amp;legend=0&amp;theme=dark" in page.locator("#embed-code").input_value()
    page.get_by_role("link", name="See what it looks like").click()
    page.wait_for_url("**/en/mapping/embed?objective=7&goal=14&legend=0&theme=dark")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(16, 23, 21)"
    assert page.locator(".legend").count() == 0


def test_what_is_chosen_last_for_the_code_to_embed_holds_though_its_answer_comes_first(visit):
    begin(visit, "/en/mapping?objective=7&goal=14")
    page = visit.page
    page.locator("summary", has_text="Show this on another page").click()
    held = []
    page.route("**/mapping?*", lambda route: route.continue_() if held else held.append(route))
    page.get_by_label("Colours").select_option("dark")
    page.get_by_label("Legend").select_option("0")
    page.wait_for_url("**legend=0*")
    with page.expect_response("**/mapping?*") as late:
        held[0].continue_()
    late.value.finished()
    page.wait_for_timeout(300)
    assert "legend=0&amp;theme=dark" in page.locator("#embed-code").input_value()
