"""What the first reader would wait for is done before any comes."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from starlette.testclient import TestClient

from endpoint import warming
from endpoint.app import create_app
from endpoint.settings import Settings
from endpoint.templating import environment
from endpoint.warming import keep_warm, warm
from loaders.release import Release

BROWSERS = (
    {
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "de",
    },
    {"Accept": "text/html,*/*;q=0.1", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "sv"},
)


@pytest.fixture
def fresh(release: Release):
    """A client of an endpoint that nobody has asked yet."""
    app = create_app(release, Settings(release.path.parent.parent, workers=1, page_workers=1))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        yield client


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("this was to be done before")


def test_the_first_pages_are_kept_and_all_templates_compiled(fresh: TestClient, monkeypatch) -> None:
    monkeypatch.setattr(environment.bytecode_cache, "_codes", {})
    monkeypatch.setattr(warming, "_PAUSE", 0)
    fresh.portal.call(warm, fresh.app.answering, fresh.app.state.site)
    monkeypatch.setattr(Environment, "compile", refuse)
    for path in ("/res/municipality/1280.en.html", "/en/search?q=hav", "/en/there-is-no-such-page"):
        assert fresh.get(path, headers=BROWSERS[0]).status_code in {200, 404}
    monkeypatch.setattr(Environment, "select_template", refuse)
    monkeypatch.setattr(type(fresh.app.state.site.pool), "ask", refuse)
    for path in ("/sv/", "/en/", "/sv/mapping", "/en/mapping", "/sv/vocabulary", "/en/vocabulary"):
        for browser in BROWSERS:
            assert fresh.get(path, headers=browser).status_code == 200


class EndOfTest(Exception):
    pass


def test_what_cannot_be_made_ready_stops_nothing_and_is_told(fresh: TestClient, monkeypatch, caplog) -> None:
    class Served:
        looks = 0

        @property
        def site(self):
            self.looks += 1
            if self.looks > 1:
                raise EndOfTest  # what is tested never ends by itself
            return fresh.app.state.site

    monkeypatch.setattr(warming, "ask", refuse)
    fresh.app.state.site.is_checked = True
    with pytest.raises(EndOfTest):
        fresh.portal.call(keep_warm, fresh.app.answering, Served())
    assert "were not all made ready: AssertionError('this was to be done before')" in caplog.text
    assert 'miljograf_warmups_total{outcome="failed"} 1.0' in fresh.get("/metrics").text
