"""Pills, such as *editorial* beside a mapping and the filters above: what is written on each is read in every light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from endpoint import rendering
from tests.browsers.contrast import too_faint
from tests.browsers.test_every_page import LAID_OUT

PILLS = ".tag, .bases a, .key"
PAGES = (
    "/en/mapping?objective=7&goal=14",
    "/sv/mapping?view=table&objective=4",
    "/en/mapping/propose?subject=objective:7&object=sdg:14.1",
    "/sv/search?q=a",
    "/en/about/identifiers",
    "/sv/validation",
    "/res/objective/7.sv.html",
    "/res/county/12.en.html",
)
STATES = ((), ("hover",), ("focus", "focus-visible"), ("active",))

# One of each appearance, marked so that it is found again.
_UNLIKE = """pills => {
  const seen = new Set();
  return [...document.querySelectorAll(pills)].filter(one => one.checkVisibility()).flatMap((one, number) => {
    const look = [one.className, one.hasAttribute("aria-current"), one.parentElement.tagName].join(" ");
    if (seen.has(look)) return [];
    seen.add(look);
    one.dataset.pill = number;
    return [{target: [`[data-pill="${number}"]`], html: `${look}: ${one.textContent.trim().slice(0, 40)}`}];
  });
}"""


def force(network, nodes: list[dict], states: tuple[str, ...]) -> None:
    """Have the browser draw elements as if a pointer or the focus was on them."""
    root = network.send("DOM.getDocument")["root"]["nodeId"]
    for node in nodes:
        found = network.send("DOM.querySelector", {"nodeId": root, "selector": node["target"][0]})
        network.send("CSS.forcePseudoState", {"nodeId": found["nodeId"], "forcedPseudoClasses": list(states)})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_what_is_written_on_a_pill_stands_out(window, path, scheme):
    page = window.page
    page.emulate_media(color_scheme=scheme)
    assert window.go(path) == 200
    page.evaluate(LAID_OUT)
    network = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        network.send(f"{domain}.enable")
    nodes = page.evaluate(_UNLIKE, PILLS)
    assert nodes
    for states in STATES:
        force(network, nodes, states)
        assert too_faint(page, [{"id": "color-contrast", "nodes": nodes}]) == [], states
    network.detach()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pill_of_the_style_sheet_stands_out_where_no_page_has_it_now(window, scheme):
    """What a release has no case of, such as a proposed mapping, is drawn all the same."""
    sheet = (Path(rendering.__file__).parent / "static" / "site.css").read_text(encoding="utf-8")
    kinds = sorted(set(re.findall(r"\.(tag-[a-z-]+)", sheet)))
    assert {"tag-published", "tag-editorial", "tag-proposed"} <= set(kinds)
    window.page.emulate_media(color_scheme=scheme)
    window.go("/en/about")
    window.page.evaluate(
        """kinds => document.querySelector("main").replaceChildren(...kinds.map(kind => {
          const pill = document.createElement("span");
          Object.assign(pill, {id: kind, className: `tag ${kind}`, textContent: kind});
          return pill;
        }))""",
        kinds,
    )
    nodes = [{"target": [f"#{kind}"], "html": kind} for kind in kinds]
    assert too_faint(window.page, [{"id": "color-contrast", "nodes": nodes}]) == []
