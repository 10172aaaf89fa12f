"""What pages say by the hundred: names, links to things, words. As macros, these took most of the time of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape
from rdflib import URIRef

from ontology.iri import Key
from ontology.text import Label, Language

marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text as markup that it is. `Markup` itself asks first what its argument says of itself."""

_WHOLE = re.compile(r"\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9a-f]{12})?|JSON-LD)\b")
_HYPHENED = re.compile(r"(/?)([^\s/&;]*-[^\s/&;]*)")
_MOST_UNBROKEN = 26  # characters, which the narrowest screens have room for: the id of a release has 23


def unbroken(text: str) -> Markup:
    """A text whose dates and ids of releases stay on one line each, and so does the name of a format."""
    return marked(_WHOLE.sub(r'<span class="unbroken">\g<0></span>', str(escape(text))))


def uncut(text: str) -> Markup:
    """A citation: its ids and dates stay on one line each, of an address too, which may end a line after a slash."""
    return marked(_HYPHENED.sub(_kept, str(escape(text))))


def _kept(found: re.Match[str]) -> str:
    slash, word = found.groups()
    whole = f'<span class="unbroken">{word}</span>' if len(word) <= _MOST_UNBROKEN else word
    return f"{slash}<wbr>{whole}" if slash else whole


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
        text, language = label
        if not language or language == self.language:
            return escape(text)
        return marked(f'<span lang="{escape(language)}">{escape(text)}</span>')

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

    def property(self, iri: URIRef) -> Markup:
        """A property in words, where it has any, and in short."""
        words = f'<span class="word">{self.word(iri)}</span> ' if self.label(iri) else ""
        return marked(f"{words}{self._short(iri)}")

    def _short(self, iri: str) -> Markup:
        return marked(f"<code>{escape(self.curie(iri))}</code>")


def _linked(address: str, name: Markup) -> Markup:
    return marked(f'<a href="{escape(address)}">{name}</a>')
