"""What follows from a language is in the code of templates of that language, and everything else is escaped once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, nodes
from markupsafe import Markup, escape

from endpoint import rendering
from endpoint.rendering import STEADY
from endpoint.templating import Templates, environment
from queries import catalogue

FOREKNOWN = {"t", "kind", "language", "other_language"}
WORDS = {"sv": {"sea": "hav & kust"}, "en": {"sea": "sea & coast"}}


def in_language(language: str, **sources: str) -> Templates:
    """Templates of a language, compiled into what is kept for all by their names."""
    templates = environment.overlay(loader=DictLoader(sources))
    templates.found = {}
    templates.foreknown = {"language": language, "t": WORDS[language].__getitem__}
    return templates


def test_the_code_of_one_language_is_not_run_for_another() -> None:
    source = '{{ t("sea") }} {{ language }} {{ shown }} {{ m(t("sea"), *more, last=language) }}'
    for language, expected in (
        ("sv", "hav &amp; kust sv &lt;b&gt; hav &amp; kust1sv"),
        ("en", "sea &amp; coast en &lt;b&gt; sea &amp; coast1en"),
    ):
        page = in_language(language, words=source).get_template("words")
        said = page.render(language=language, shown="<b>", more=["1"], m=lambda *said, last: "".join(said) + last)
        assert said == expected


def test_what_is_read_of_the_product_does_not_change_under_it(monkeypatch) -> None:
    """An upgrade puts other files in its place while a server goes on."""
    asked = catalogue.query("pages/things").text
    monkeypatch.setattr(Path, "read_text", None)
    monkeypatch.setattr(Path, "open", None)
    catalogue.query.cache_clear()
    assert catalogue.query("pages/things").text == asked
    fresh = environment.overlay()
    fresh.found = {}
    for name in environment.list_templates():
        assert fresh.loader.get_source(fresh, name)[0]
    assert {"base.html", "parts/observation.html", "feed.xml"} <= set(environment.list_templates())


def test_templates_are_there_for_other_threads_when_they_know_all_that_they_are_to(client, monkeypatch) -> None:
    """A page of a problem is made in a thread of its own, and may be the second page of all."""
    site = client.app.state.site.at("/elsewhere", "http://localhost:8000/")
    address, there = ("sv", site.prefix, site.root), []
    made = rendering._macros
    monkeypatch.setattr(rendering, "_macros", lambda *asked: there.append(address in site.spoken) or made(*asked))
    templates = rendering.templates_of(site, "sv")
    assert len(there) > 5
    assert not any(there)
    assert site.spoken.pop(address) is templates


def test_what_is_escaped_is_not_escaped_again() -> None:
    page = in_language("sv", escaped="{{ a }}{{ b }}{{ c }}{% call wrap() %}{{ a }}{% endcall %}")
    shown = page.get_template("escaped").render(
        a=Markup("<i>"), b="<i>", c=3, wrap=lambda caller: Markup("<p>") + caller()
    )
    assert shown == "<i>&lt;i&gt;3<p><i>"


@pytest.mark.parametrize("value", [7, -1.5, 10**30, 1e300, True, None, Decimal("0.10"), "a", "<", Markup("<")])
def test_every_value_is_written_as_it_would_be_escaped(value: object) -> None:
    assert Templates.written(value) == escape(value)


def test_what_templates_that_extend_each_other_say_is_handed_on_in_one_piece() -> None:
    page = in_language(
        "sv",
        base="a{% block b %}b{% include 'part' %}{% endblock %}c{% block d %}{% endblock %}",
        child="{% extends 'base' %}{% set first = '<' %}x"
        "{% block b %}{{ super() }}{% for n in numbers %}{{ n }}{% endfor %}{{ first }}{% endblock %}"
        "{% block d %}{% set told %}{{ first }}d{% endset %}{{ told }}{% endblock %}",
        part="({{ numbers|length }})",
    ).get_template("child")
    pieces = [piece for piece in page.generate(numbers=[1, 2]) if piece]
    assert pieces == ["ab(2)12&lt;c&lt;d"]


@pytest.mark.parametrize("name", environment.list_templates())
def test_no_template_calls_something_else_what_all_of_them_know(name: str) -> None:
    source, _, _ = environment.loader.get_source(environment, name)
    named = {node.name for node in environment.parse(source).find_all(nodes.Name) if node.ctx != "load"}
    assert not named & (FOREKNOWN | STEADY)


def _of_things() -> list[str]:
    """The templates of the pages of things, but for those that are macros alone."""
    sources = {name: environment.loader.get_source(environment, name)[0] for name in environment.list_templates()}
    pages = [name for name, source in sources.items() if "thing.html" in (name, *_extended(source))]
    return pages + [name for name in sources if name.startswith("parts/") and not name.endswith("-macros.html")]


def _extended(source: str) -> list[str]:
    bases = (node.template for node in environment.parse(source).find_all(nodes.Extends))
    return [base.value for base in bases if isinstance(base, nodes.Const)]


_ASKED = (
    *("embed", "mapping-", "matrix", "propose", "query", "search"),
    *("about-", "changes", "feed", "validation", "vocabulary"),
)
"""How the names of the templates begin that are of the mapping, of queries, of search, of forms, and of what a release
says of itself."""


def _of_what_is_asked() -> list[str]:
    """The templates of these pages, but for those that are macros alone."""
    return [
        name for name in environment.list_templates() if name.startswith(_ASKED) and not name.endswith("-macros.html")
    ]


@pytest.mark.parametrize("name", [*_of_things(), *_of_what_is_asked()])
def test_a_template_of_a_page_of_a_thing_or_of_what_is_asked_makes_no_macros(name: str) -> None:
    source, _, _ = environment.loader.get_source(environment, name)
    made = environment.parse(source).find_all((nodes.Macro, nodes.Import, nodes.FromImport))
    assert not [node.lineno for node in made], "made anew for each page: put it into a template of _MACROS"


def test_what_all_templates_know_is_no_variable_and_macros_are_functions() -> None:
    said = "{% macro say(first, last='&') %}{{ number(first) }}{{ m.word }}{{ last }}{% endmacro %}"
    templates = in_language(
        "sv", said=said, page="{{ own.say(1) }} {{ own.say(2, last='<') }} {{ own.say(last=3, first='b') }}"
    )
    templates.steady = frozenset({"number", "m"})
    templates.globals = {"number": "nr {}".format, "m": SimpleNamespace(word=Markup("<i>"))}
    own = templates.get_template("said").module
    shown = templates.get_template("page").render(own=own, number=None, m=None)
    assert shown == "nr 1<i>&amp; nr 2<i>&lt; nr b<i>3"
    with pytest.raises(TypeError, match="unexpected keyword"):
        own.say(1, middle=2)
