"""Names that people and programs guess in addresses, and what each means: `/sv/indikatorer`, `/void.ttl`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, normalize

from ontology import addresses, iri
from ontology.kind import Kind
from ontology.kinds import LISTED

_OTHERS = {
    "miljomal": "kinds/objective",
    "goals": "kinds",
    "mal": "kinds",
    "targets": "kinds",
    "delmal": "kinds",
    "sdgs": "kinds/sdg-goal",
    "sdg": "kinds/sdg-goal",
    "globala-malen": "kinds/sdg-goal",
    "programmes": "kinds/action-programme",
    "matrix": "mapping",
    "matris": "mapping",
    "download": "data",
    "downloads": "data",
    "sparql": "query",
}
"""What is not the name of one kind, and the page after its language."""


_DESCRIPTIONS = {"void": addresses.VOID, "dcat": addresses.CATALOG, "api": addresses.OPENAPI}
_FEED = re.compile(r"(?:(sv|en)/)?(?:feed|rss|atom)(?:\.(?:xml|rss|atom))?")


def description_guessed(name: str) -> str | None:
    """The path of the description that a name means, with the suffix that the name has; None where it means none.

    A feed is Atom, whatever it is called, and may be asked for in a language.
    """
    if (feed := _FEED.fullmatch(name)) is not None:
        return f"{addresses.CHANGES}.{feed[1]}.atom" if feed[1] else f"{addresses.CHANGES}.atom"
    known, dot, suffix = name.partition(".")
    return f"{_DESCRIPTIONS[known]}{dot}{suffix}" if known in _DESCRIPTIONS else None


def page_guessed(name: str) -> str | None:
    """The page that a name means, after its language; None for a name that means none.

    The name is one of a kind, in the singular or the plural, in Swedish or English, with or without its dots and rings.
    """
    return _PAGES.get(_plain(name))


def document_guessed(name: str) -> str | None:
    """The path of the document about the thing that a name means, such as `county/12`; None for what means none."""
    known, _, key = name.partition("/")
    folder, _, kind = (page_guessed(known) or "").partition("/")
    if folder != "kinds" or not key or "/" in kind:
        return None
    for one in (kind, "sdg-target") if kind == "sdg-goal" else (kind,):
        try:
            return iri.document(str(iri.mint(one, key)))
        except iri.BadKey:
            continue
    return None


def _plain(name: str) -> str:
    """A name in small letters of ASCII, with hyphens between its words."""
    letters = "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _names(kind: Kind) -> Iterator[str]:
    yield from (kind.name, f"{kind.name}s", kind.one.sv, kind.many.sv, kind.one.en, kind.many.en)


_PAGES = {_plain(name): f"kinds/{kind.name}" for kind in LISTED for name in _names(kind)} | _OTHERS
