"""The accessibility statement says what whoever runs the service has filled in, and claims nothing before an audit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import BadSetting, Settings, read_settings
from loaders.release import Release
from tests.test_pages import Page, get

DOCUMENT = Path(__file__).parents[1] / "docs" / "accessibility-statement.md"
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[0]
UNAUDITED = EXAMPLE.partition("[audit]")[0]
CLAIMS = re.compile(r"enligt granskningen|according to the audit|WCAG|EN 301", re.IGNORECASE)

Serve = Callable[[str], AbstractContextManager[TestClient]]


@pytest.fixture
def serve(release: Release, tmp_path: Path) -> Serve:
    @contextmanager
    def serving(text: str) -> Iterator[TestClient]:
        file = tmp_path / "accessibility.toml"
        file.write_text(text, encoding="utf-8")
        given = {"data": release.path.parent.parent, "workers": 2, "accessibility": str(file)}
        with TestClient(create_app(release, read_settings(given)), base_url="http://localhost:8000") as client:
            yield client

    return serving


def said(text: str, **lines: str) -> str:
    """The example with other lines in the place of those of a name."""
    for name, line in lines.items():
        text, count = re.subn(rf"^{name} = .*\n", f"{line}\n" if line else "", text, flags=re.MULTILINE)
        assert count == 1, name
    return text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_a_file_nothing_is_claimed_and_what_lacks_is_shown(client: TestClient, language: str) -> None:
    page = get(client, f"/{language}/accessibility")
    assert not CLAIMS.search(page.text.partition("SPARQL")[2])
    assert page.text.count({"sv": "ej angivet", "en": "not stated"}[language]) >= 6
    assert {"sv": "Ingen granskning är redovisad", "en": "No audit is reported"}[language] in page.text


def test_every_page_leads_to_it(client: TestClient) -> None:
    for path in ("/sv/", "/sv/mapping", "/res/objective/7.sv.html", "/sv/query"):
        assert 'href="/sv/accessibility"' in client.get(path).text


def test_a_statement_without_an_audit_claims_nothing(serve: Serve) -> None:
    with serve(UNAUDITED) as client:
        page = get(client, "/en/accessibility")
    assert "The Example Agency answers for this service." in page.text
    assert "No audit is reported" in page.text
    assert "2 days" in page.text
    assert not CLAIMS.search(page.text.partition("SPARQL")[2])


def test_an_audit_is_told_with_what_fails_and_why(serve: Serve) -> None:
    with serve(EXAMPLE) as client:
        page = get(client, "/sv/accessibility")
    for words in (
        "Enligt granskningen uppfyller tjänsten EN 301 549 V3.2.1 delvis.", "Ska rättas", "Vad som brister, och var.",
        "(krav 1.4.3)", "Granskarna AB (en utomstående)", "2026-11-20", "2026-12-01", "Tillsynsmyndigheten",
    ):  # fmt: skip
        assert words in page.text
    links = [link["href"] for link in page.of("a")]
    assert "https://tillsyn.example.se/" in links
    assert "mailto:tillganglighet@example.se?subject=Tillg%C3%A4nglighetsredog%C3%B6relse" in links


def test_what_is_written_is_shown_harmless(serve: Serve) -> None:
    text = said(EXAMPLE, what="""what = {sv = '<script>alert("1")</script>', en = "x"}""")
    with serve(text) as client:
        html = client.get("/sv/accessibility").text
    Page(html)
    assert "<script>alert" not in html


def test_another_statement_gives_the_page_another_tag(serve: Serve) -> None:
    tags = set()
    for text in (UNAUDITED, said(UNAUDITED, days="days = 3")):
        with serve(text) as client:
            tags.add(client.get("/sv/accessibility").headers["etag"])
    assert len(tags) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("operator = 1", "operator: "),
        ("no toml", "this is not TOML"),
        (said(EXAMPLE, email='email = "a b"'), "contact.email: "),
        (said(EXAMPLE, result='result = "full"'), "has no failures; say partial"),
        (EXAMPLE.partition("[[audit")[0], "say what fails"),
        (said(EXAMPLE, why='why = "too hard"'), "audit.failures.0.why: "),
        (said(EXAMPLE, updated="updated = 2026-11-01"), "the audit is younger than the statement"),
        (said(EXAMPLE, report='report = "javascript:alert(1)"'), "audit.report: "),
        (
            f"claim = true\n{EXAMPLE}",
            "accessibility.toml:1, claim: there is no such line; there are: operator",
        ),
        (EXAMPLE.replace('sv = "Exempelmyndigheten", ', ""), "operator.sv: it is missing; write it, such as sv = "),
    ],
)
def test_a_file_with_a_fault_stops_the_start_and_the_field_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "accessibility.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match=re.escape(fault)) as refused:
        read_settings({"accessibility": str(file)})
    assert re.search(r"accessibility\.toml(:[0-9]+, |, |: )", str(refused.value))


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="No such file"):
        read_settings({"accessibility": str(tmp_path / "none.toml")})


def test_a_service_that_meets_all_may_say_so(serve: Serve) -> None:
    text = said(EXAMPLE.partition("[[audit")[0], result='result = "full"')
    with serve(text) as client:
        assert "According to the audit the service meets EN 301 549 V3.2.1." in client.get("/en/accessibility").text


def test_settings_have_no_statement_by_default() -> None:
    assert Settings().accessibility is None
