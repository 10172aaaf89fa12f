"""What pages say by the hundred: names, links to things, words. As macros, these took most of the time of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape
from rdflib import URIRef

from ontology.iri import Key
from ontology.text import Label, Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases in a language, made of what a reader is told: where a term leads, and what it is called."""

    language: Language
    href: Callable[[str], str]
    curie: Callable[[str], str]
    label: Callable[[URIRef], Label | None]
    key: Callable[[str], Key | None]

    def said(self, label: Label) -> Markup:
        """A label, with its language where that is not the language of the page."""
        if not label.language or label.language == self.language:
            return escape(label.text)
        return Markup(f'<span lang="{escape(label.language)}">{escape(label.text)}</span>')  # noqa: S704 - escaped

    def thing(self, iri: str, label: Label | None) -> Markup:
        """A thing by its label, linked; without a label, by its IRI in short."""
        name = self.said(label) if label else self._short(iri)
        address = self.href(iri)
        return _linked(address, name) if address else name

    def coded(self, iri: str, label: Label | None) -> Markup:
        """A goal or target of Agenda 2030 by its code and short title."""
        key = self.key(iri)
        code = escape(key.key if key else "")
        return _linked(self.href(iri), code + " " + self.said(label) if label else code)

    def word(self, iri: URIRef) -> Markup:
        """A term or concept of the vocabulary in words."""
        label = self.label(iri)
        return self.said(label) if label else self._short(iri)

    def _short(self, iri: str) -> Markup:
        return Markup(f"<code>{escape(self.curie(iri))}</code>")  # noqa: S704 - escaped


def _linked(address: str, name: Markup) -> Markup:
    return Markup(f'<a href="{escape(address)}">{name}</a>')  # noqa: S704 - escaped
