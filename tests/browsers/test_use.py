"""What people do on the pages: with the keyboard, with a mouse, without scripts, and once more."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest


def test_the_first_key_leads_past_the_head_of_the_page(visit):
    visit.go("/en/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.site}/en/#main")


@pytest.mark.parametrize(("language", "width", "height"), [("sv", 390, 844), ("en", 390, 844), ("sv", 1280, 900)])
def test_what_is_in_the_release_stands_on_the_first_screen(visit, language, width, height):
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.go(f"/{language}/")
    told = visit.page.locator(".hero .on-page")
    assert told.get_by_role("link").count() > 10
    box = told.bounding_box()
    assert 0 < box["y"] < box["y"] + box["height"] <= height


@pytest.mark.parametrize("width", [390, 700, 1000, 1280, 1366])
def test_search_suggests_and_is_driven_by_keys(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.go("/sv/")
    field = visit.page.get_by_role("combobox").first
    field.type("overgodn")
    option = visit.page.get_by_role("option").first
    option.filter(has_text="Ingen övergödning").wait_for()
    visit.page.keyboard.press("ArrowDown")  # from here on no later answer draws the suggestions anew
    assert option.get_attribute("aria-selected") == "true"
    box = option.bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= visit.page.viewport_size["width"]
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/res/objective/7**")
    assert visit.page.locator("h1").inner_text() == "Ingen övergödning"


@pytest.mark.parametrize("by", ["keys", "pointer"])
def test_a_late_answer_does_not_take_away_the_suggestion_that_is_chosen(visit, by):
    held = []

    def hold(route):
        held.append(route)

    visit.page.route(re.compile(r"q=overgodn$"), hold)
    visit.go("/sv/")
    field = visit.page.get_by_role("combobox").first
    field.type("overgod")
    option = visit.page.get_by_role("option").first
    option.filter(has_text="Ingen övergödning").wait_for()
    with visit.page.expect_request(re.compile(r"q=overgodn$")) as late:
        field.type("n")
    if by == "keys":
        visit.page.keyboard.press("ArrowDown")
    else:
        option.hover()
        visit.page.mouse.down()
    drawn = option.element_handle()
    (route,) = held
    route.continue_()
    late.value.response().finished()
    visit.page.evaluate("new Promise((done) => setTimeout(done, 50))")  # what is asked for is read after it has come
    assert drawn.evaluate("(option) => option.isConnected")
    if by == "keys":
        assert option.get_attribute("aria-selected") == "true"
        visit.page.keyboard.press("Enter")
    else:
        visit.page.mouse.up()
    visit.page.wait_for_url("**/res/objective/7**")


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("fixture", ["visit", "without_script"])
def test_what_is_folded_on_a_phone_is_opened_by_keys_and_stands_open_on_a_desk(fixture, width, request):
    visit = request.getfixturevalue(fixture)
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.go("/en/mapping")
    for place, name in (("menu", "Menu"), ("facets", "Filters none chosen")):
        folded = visit.page.locator(f"details.{place} > summary").filter(has_text=name)
        inside = visit.page.locator(f"details.{place} a").last
        assert (folded.is_visible(), inside.is_visible()) == (width < 700, width > 700)
        if width < 700:
            folded.focus()
            visit.page.keyboard.press("Enter")
            inside.wait_for(state="visible")


def test_a_phone_shows_the_first_rows_of_the_mapping_on_its_first_screen(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.go("/sv/mapping")
    assert visit.page.locator(".list-view details").nth(2).bounding_box()["y"] < 844


def test_the_goal_of_a_mapping_has_the_whole_width_of_a_phone(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.go("/sv/kinds/mapping")
    row = visit.page.locator(".mappings tbody tr").first
    assert row.locator("th").bounding_box()["width"] >= 0.95 * row.bounding_box()["width"]


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize(
    "path", ["/{}/", "/res/objective/7.{}.html", "/{}/data", "/res/dataset/ghg-county-2026-08.{}.html"]
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_dates_and_ids_of_releases_stay_on_one_line_on_a_phone(window, language, path, width):
    window.page.set_viewport_size({"width": width, "height": 844})
    window.go(path.format(language))
    lines = window.page.locator(".unbroken", has_text="20").evaluate_all(
        "found => found.map(each => each.getClientRects().length)"
    )
    assert lines
    assert set(lines) == {1}
    dated = window.page.locator(".foot section").first.locator(".unbroken")
    assert dated.count() == 2
    assert window.page.locator(".foot .unbroken", has_text="JSON-LD").count() == 1
    assert window.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_hits_stand_on_the_first_screen_of_a_phone_however_many_kinds_there_are(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.go("/sv/search?q=a")
    assert visit.page.locator(".hits li").nth(2).evaluate("of => of.getBoundingClientRect().bottom") < 844
    visit.page.locator("summary", has_text="Begränsa till ett slag").press("Enter")
    kind = visit.page.locator(".bases a[href$='type=milestone-target']")
    kind.click()
    visit.page.wait_for_url("**type=milestone-target")
    assert kind.get_attribute("aria-current") == "true"
    assert kind.is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_code_of_what_is_found_stands_before_its_name(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.go("/sv/search?q=KL2")
    hit = visit.page.locator(".hits li", has_text="KL2").first
    code, name = hit.locator(".key").bounding_box(), hit.get_by_role("link").bounding_box()
    assert code["x"] + code["width"] <= name["x"]
    assert code["y"] < name["y"] + name["height"]
    assert name["y"] < code["y"] + code["height"]


def test_areas_that_are_chosen_are_rows_of_the_ranking_like_all_others(visit):
    visit.go("/en/compare/ghg-county-2026-08?area=12&area=14")
    rows = visit.page.locator("#ranked ~ .scroll tbody tr")
    measure = "them => them.map(it => [...it.cells].map(cell => cell.getBoundingClientRect().x).join())"
    places = rows.evaluate_all(measure)
    assert len(places) == 21
    assert len(set(places)) == 1
    assert rows.locator("text=◆").count() == 2


def test_search_works_without_scripts(without_script):
    without_script.go("/sv/")
    without_script.page.locator("input[name=q]").first.fill("overgodning")
    without_script.page.keyboard.press("Enter")
    without_script.page.wait_for_url("**/sv/search?q=overgodning**")
    without_script.page.get_by_role("link", name="Ingen övergödning").first.click()
    without_script.page.wait_for_url("**/res/objective/7**")
    assert without_script.page.locator("h1").inner_text() == "Ingen övergödning"


def test_pages_are_read_and_searched_where_style_scripts_and_pictures_do_not_arrive(without_script):
    page = without_script.page
    page.route("**/static/**", lambda route: route.abort())
    for path in ("/en/", "/en/mapping", "/res/objective/7.en.html", "/res/county/12.en.html", "/en/query"):
        without_script.go(path)
        assert page.locator("h1").is_visible(), path
        hidden = [one for one in page.locator("main [hidden]").all() if one.inner_text().strip()]
        assert hidden == [], path
    page.locator("input[name=q]").first.fill("overgodning")
    page.locator("form[role=search] button, header form button").first.click()
    page.wait_for_url("**/en/search?q=overgodning**")
    assert page.get_by_role("link", name="Ingen övergödning").first.is_visible()


@pytest.mark.parametrize("fixture", ["visit", "without_script"])
def test_a_filter_of_the_mapping_changes_the_address_and_what_is_shown(fixture, request):
    visit = request.getfixturevalue(fixture)
    visit.go("/sv/mapping")
    every = visit.page.locator(".matrix tbody td a").count()
    visit.page.locator("a[href='/sv/mapping?basis=published']").first.click()
    visit.page.wait_for_url("**/sv/mapping?basis=published")
    assert 0 < visit.page.locator(".matrix tbody td a").count() < every


def test_a_query_is_written_run_and_shared_without_scripts(without_script):
    page = without_script.page
    without_script.go("/en/query")
    page.locator("textarea[name=query]").fill("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    page.get_by_role("button", name="Run the query").click()
    page.wait_for_url("**/en/query?query=*")
    shown = page.locator("table tbody tr")
    assert shown.count() == 1
    said = shown.inner_text()
    page.reload()
    assert page.locator("table tbody tr").inner_text() == said


def test_an_editor_completes_what_is_typed_with_its_prefix_and_runs_it(visit):
    visit.go("/sv/query")
    editor = visit.page.locator(".cm-content")
    editor.click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type("SELECT (COUNT(*) AS ?antal) { ?koppling a koppl")
    visit.page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    visit.page.wait_for_timeout(300)  # the editor takes no choice from a list that has only just come
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.type(" }")
    visit.page.keyboard.press("Escape")
    typed = visit.page.locator("textarea[name=query]").input_value()
    assert typed.splitlines()[0].startswith("PREFIX mg: <")
    assert typed.endswith("{ ?koppling a mg:Mapping }")
    visit.page.keyboard.press("Control+Enter")
    visit.page.wait_for_url("**/sv/query?query=*")
    assert int(visit.page.locator("table tbody tr").inner_text()) > 0


def test_an_editor_marks_where_a_query_is_wrong_and_lets_the_keyboard_go_on(visit):
    visit.go("/en/query?query=SELECT%20*%20%7B%0A%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%20x")
    mark = visit.page.locator(".cm-lintRange-error")
    mark.wait_for()
    assert mark.inner_text() == "x"
    assert visit.page.locator("#problem").inner_text().count("Line 2, column 18:") == 1
    visit.page.locator(".cm-content").focus()
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent.trim()") == "Run the query"


def test_a_page_is_confirmed_when_it_is_opened_once_more(visit):
    """The second time, the server confirms what the browser has; its files are not asked for at all, or confirmed."""
    statuses: list[int] = []
    client = visit.page.context.new_cdp_session(visit.page)
    client.send("Network.enable")
    client.on("Network.responseReceivedExtraInfo", lambda said: statuses.append(said["statusCode"]))
    for path in ("/sv/", "/en/mapping", "/res/objective/7.sv.html", "/sv/search?q=sj%C3%B6", "/en/query", "/sv/about"):
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        statuses.clear()
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
        assert set(statuses) == {304}, path


@pytest.mark.parametrize("with_key", [False, True])
@pytest.mark.parametrize(
    ("path", "name", "place"),
    [
        ("/sv/query", "Kopiera curl", "pre >> nth=0"),
        ("/res/objective/7.sv.html", "Kopiera Identifierare", ".iri code"),
        ("/en/mapping?title=1", "Copy Code to paste", "#embed-code"),
    ],
)
def test_what_is_there_to_be_copied_is_copied_and_told(visit, path, name, place, with_key):
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.go(path)
    button = page.get_by_role("button", name=name)
    if with_key:
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.click()
    page.locator("#told.toast").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(place).evaluate("(shown) => shown.value ?? shown.textContent")
    assert len(copied) > 10


def test_what_cannot_be_copied_is_selected_and_told(visit):
    page = visit.page
    visit.go("/en/mapping?title=1")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy Code to paste").click()
    page.locator("#told", has_text="The text is selected.").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("<iframe src=")


def test_nothing_offers_to_copy_where_no_script_runs(without_script):
    without_script.go("/res/objective/7.sv.html")
    assert without_script.page.get_by_role("button", name="Kopiera").count() == 0


@pytest.mark.parametrize("path", ["/res/objective/7.sv.html", "/res/municipality/1280.en.html"])
def test_formats_are_told_with_their_sizes(visit, path):
    visit.go(path)
    formats = visit.page.locator("[data-sizes] li")
    formats.first.locator("span", has_text=" kB").wait_for()
    for format_ in formats.all():
        address = visit.site + format_.locator("a").get_attribute("href")
        size = len(visit.page.request.get(address).body())
        told = format_.locator("span").inner_text().replace(",", ".").rpartition(". ")[2]
        assert abs(float(told.split()[0]) - size / 1000) <= 0.051
    assert len(visit.weights) <= 10


def test_short_addresses_in_an_answer_stay_on_one_line_however_many_columns_there_are(window):
    window.page.set_viewport_size({"width": 1280, "height": 900})
    names = " ".join(f"?column{number}" for number in range(12))
    values = " ".join(["<http://localhost:8000/id/county/12>"] * 12)
    window.go("/en/query?query=" + quote(f"SELECT * {{ VALUES ({names}) {{ ({values}) }} }}"))
    heights = window.page.locator(".answer td code").evaluate_all("all => all.map(one => one.offsetHeight)")
    head = window.page.locator(".answer thead th").first.evaluate("one => one.offsetHeight")
    assert len(heights) == 12
    assert max(heights) < head


def test_the_numbers_of_lines_reach_the_foot_of_the_editor(window):
    window.page.set_viewport_size({"width": 1280, "height": 900})
    window.go("/en/query?query=" + quote("ASK { }"))
    numbers, editor = (window.page.locator(name).bounding_box() for name in (".cm-gutters", ".cm-scroller"))
    assert numbers["height"] == pytest.approx(editor["height"], abs=2)


@pytest.mark.parametrize("path", ["/sv/search?q=gr%C3%B6vling", "/en/kinds/dataset"])
def test_the_foot_of_a_short_page_stands_at_the_foot_of_the_window(window, path):
    window.page.set_viewport_size({"width": 1280, "height": 1400})
    window.go(path)
    foot = window.page.locator(".foot").bounding_box()
    assert foot["y"] + foot["height"] == pytest.approx(1400, abs=1)


def test_the_reasons_of_a_pair_begin_level_with_the_filters(window):
    window.page.set_viewport_size({"width": 1280, "height": 900})
    window.go("/sv/mapping?objective=7&goal=14")
    filters, panel = (window.page.locator(name).bounding_box() for name in (".filters", ".panel"))
    assert panel["y"] == pytest.approx(filters["y"], abs=2)
    assert panel["x"] > filters["x"] + filters["width"]
