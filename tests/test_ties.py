"""A page asks for no rows that its document tells there are none of, nor for what is kept, and shows the same."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from endpoint.documents.document import Document
from endpoint.site import Site
from loaders.release import Release
from tests.conftest import BASE

SEVERAL = (
    "actor/202100-2346",
    "actor/202100-4151",
    "actor/miljomalsradet",
    "municipality/1280",
    "sdg-indicator/2020-1.1.1",
)
"""Things whose pages have many parts, most of them empty."""


def test_what_a_page_does_not_ask_for_has_no_rows(
    client: TestClient, one_of_each: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [f"/res/{thing}.sv.html" for thing in SEVERAL]
    paths += [f"/res/{thing.removeprefix(BASE.iri + 'id/')}.sv.html" for thing in one_of_each.values()]
    spared = {path: client.get(path, headers={"Accept": "text/html"}).text for path in paths}
    monkeypatch.setattr(Document, "is_tied", lambda *_: True)
    for path, page in spared.items():  # another `Accept` has an answer of its own
        assert client.get(path, headers={"Accept": "text/html;q=0.9"}).text == page, path


def test_a_page_asks_only_for_what_its_thing_is_tied_to(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    select = Site.select

    async def noted(site: Site, name: str, **terms: object) -> object:
        asked.append(name)
        return await select(site, name, **terms)  # type: ignore[arg-type]

    monkeypatch.setattr(Site, "select", noted)
    page = client.get("/res/actor/202100-2346.sv.html", headers={"Accept": "text/html;q=0.8"})
    assert page.status_code == 200
    assert "pages/where-an-actor-works" in asked
    assert "pages/memberships-of" not in asked


def test_what_assessments_say_is_asked_for_once_and_what_there_is_nothing_of_never(
    client: TestClient, one_of_each: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [f"/res/{one_of_each[kind].removeprefix(BASE.iri + 'id/')}" for kind in ("assessment", "sdg-indicator")]
    before = [client.get(f"{path}.en.html", headers={"Accept": "text/html;q=0.5"}) for path in paths]
    client.app.state.site.recent.clear()

    async def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this was asked for before, or is about what the release has nothing of")

    monkeypatch.setattr(Site, "select", refuse)
    assert not client.app.state.site.holds("un-indicator")
    for path, page in zip(paths, before, strict=True):
        assert page.status_code == 200
        assert client.get(f"{path}.en.html", headers={"Accept": "text/html;q=0.4"}).text == page.text, path


@pytest.mark.parametrize("thing", ["objective/7", "source/rus-om-rus"])
def test_what_the_parts_of_some_kinds_show_is_asked_for_once_a_release(
    client: TestClient, release: Release, thing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(language: str, quality: float) -> str:
        answer = client.get(f"/res/{thing}.{language}.html", headers={"Accept": f"text/html;q={quality}"})
        assert answer.status_code == 200
        return answer.text

    before = {language: page(language, 0.7) for language in ("sv", "en")}
    beside = client.get(f"/releases/{release.id}/res/{thing}.sv.html")
    client.app.state.site.recent.clear()

    async def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this was asked for before")

    monkeypatch.setattr(Site, "select", refuse)
    assert {language: page(language, 0.6) for language in ("sv", "en")} == before
    assert f'href="/releases/{release.id}/res/' in beside.text
    assert f'href="/releases/{release.id}/res/' not in before["sv"]
    own = Site.of(release, client.app.state.site.pool, client.app.state.site.readers)
    assert not own._read, "another site, whose release may say something else, begins with nothing"
