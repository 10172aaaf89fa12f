"""What the first link of a page that is not there is called: a name for a reader, never a bare address."""

from __future__ import annotations

import re
from html import unescape

import pytest

LED = [
    ("/id/objective/77", "sv", "/res/spec/EnvironmentalQualityObjective", "Miljökvalitetsmål"),
    ("/res/county/99.en.html", "en", "/res/spec/County", "Counties"),
    ("/id/actor/naturvardsverkt", "sv", "/id/actor/202100-1975", "Naturvårdsverket"),
    ("/res/objective/8.zip", "en", "/res/objective/8", "Flourishing Lakes and Streams"),
    ("/spec/Mappin", "en", "/spec/Mapping", "Mapping"),
    ("/spec/Xyz", "sv", "/vocabulary", "Vokabulär"),
    ("/en/kinds/unicorn", "en", "/en/kinds", "Contents"),
    ("/sv/compare/nothing", "sv", "/sv/compare", "Jämför områden"),
    ("/data/alll", "en", "/data/", "Download the data"),
    ("/api/q/values-of-a-serie", "en", "/api/q/values-of-a-series", "The values of a series"),
    ("/api/objectiv", "sv", "/api/objective", "/api/objective"),  # for programs: it has no other name
]


@pytest.mark.parametrize(("path", "language", "there", "name"), LED)
def test_where_a_wrong_address_leads_has_its_name(client, path, language, there, name):
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    link = re.search(r'<li><a href="([^"]+)">(.*?)</a>', page.text.partition("<main")[2])
    assert page.status_code == 404
    assert (link[1], unescape(re.sub("<[^>]+>", "", link[2]))) == (there, name)
