"""What the link to go on by is called: the name of the page, the list or the thing at an address."""

from __future__ import annotations

from endpoint.dataset import Dataset
from endpoint.search.guides import guides
from endpoint.search.index import ask_index
from endpoint.site import Site
from loaders.index import PLACE
from ontology import addresses, iri
from ontology.kinds import KINDS
from ontology.text import LANGUAGES, Label, Language


def path_on(site: Dataset, address: str) -> str:
    """The path of an address, after that of the site; the address where it is none of the site's."""
    return address.removeprefix(site.address).removeprefix(site.root).removeprefix(site.base.iri)


def called(site: Dataset, address: str, language: Language) -> Label | None:
    """The name of what is at an address, for a reader of a language. None where it has none, as a file."""
    path = path_on(site, address)
    first, _, name = path.partition("/")
    if first in LANGUAGES:
        return _of_guide(name, language)
    if path in _PAGES or path.startswith(_QUESTION):
        return _of_guide(_PAGES.get(path) or path.removeprefix(_QUESTION), language)
    document = path.removesuffix(f".{language}.html")
    return _of_list(document, language) or _of_thing(site, document, language)


_QUESTION = f"{addresses.QUESTIONS}/"
_PAGES = {addresses.DATA: "data", addresses.VOCABULARY: "vocabulary"}
"""The pages that stand for what has no language in its address."""

_LISTED = {iri.document(str(kind.cls)): kind for kind in KINDS.values()}


def _of_guide(name: str, language: Language) -> Label | None:
    title = next((guide.title for guide in guides() if guide.name == name), None)
    return Label(title.in_(language), language) if title else None


def _of_list(document: str, language: Language) -> Label | None:
    kind = _LISTED.get(document)
    return Label(kind.many.in_(language), language) if kind else None


def _of_thing(site: Dataset, path: str, language: Language) -> Label | None:
    if not isinstance(site, Site) or site.index is None:
        return None
    document = path if path.startswith("res/") else iri.document(site.canonical(site.base.iri + path))
    return ask_index(site.release.path / PLACE, lambda index: index.called(document, language)) if document else None
