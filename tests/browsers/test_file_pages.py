"""The pages of a service of files, which has templates of its own: as a phone and as a desk show them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browsers.test_every_page import look
from tests.conformance.conftest import HERE, serving


@pytest.fixture(scope="module")
def of_files() -> Iterator[str]:
    """The address of a server of a file that is none of ours."""
    with serving("--file", HERE / "data.trig") as server:
        yield server.address


@pytest.mark.parametrize("path", ["query", "query?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "problems", "x"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_of_a_service_of_files_fits_and_is_accessible(open_window, of_files, path, language):
    open_window.site = of_files
    look(open_window, f"/{language}/{path}")
    assert open_window.page.locator("html").get_attribute("lang") == language
