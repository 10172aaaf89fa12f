"""Pages from templates: one environment, numbers and words in the reader's language, links into the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import unescape
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from rdflib import Literal, URIRef
from rdflib.util import from_n3
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from endpoint.citations import Citation
from endpoint.dataset import Dataset
from endpoint.phrases import Phrases, unbroken, uncut
from endpoint.schema_org import dataset as schema_org
from endpoint.schema_org import script
from endpoint.search.index import MOST_CHARACTERS
from endpoint.site import Site
from endpoint.templating import Templates, environment
from endpoint.words import WORDS
from endpoint.words.mapping import ONLY, SHORT_GOALS
from loaders.cards import Card
from ontology import iri, namespaces
from ontology.kind import Kind
from ontology.kinds import KINDS
from ontology.schemes import Concept, Confidence
from ontology.text import LANGUAGES, Label, Language, other_than

_ROOTED = re.compile(r'((?:href|action)=")(?=/(?!/|static/|releases/|changes\.|timemap/))')
"""Before a path from the root in a page. Templates write paths as if their release stood there, as it most often does;
one that answers beside the current release puts its own beginning before them, but not before what speaks of all."""

environment.tests["iri"] = lambda term: isinstance(term, URIRef)


class LanguageConvertor(StringConvertor):
    """The first part of the path of a page: `{language:language}` in routes."""

    regex = "|".join(LANGUAGES)


register_url_convertor("language", LanguageConvertor())


def _sections(page: str) -> list[tuple[str, str]]:
    """The id and the text of each second heading in a part of a page, in order."""
    found = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', page, re.DOTALL)
    return [(id_, " ".join(unescape(re.sub(r"<[^>]*>", "", heading)).split())) for id_, heading in found]


environment.filters |= {"sections": _sections, "unbroken": unbroken, "uncut": uncut}

_SPOKEN = (
    "t",
    "counted",
    "number",
    "signed",
    "rounded",
    "href",
    "curie",
    "licence_name",
    "label",
    "concept",
    "key",
    "kind",
    "cite",
    "card",
    "not_over",
    "structured",
    "size",
    "local",
    "read",
)
_PHRASES = ("thing", "coded", "word", "property")
"""What templates say so often that it is no macro, and page after page of the same terms; to them it is one of `m`, as
the macros of `macros.html` are."""

_REMEMBERED = ("href", "curie", "label", "key", "licence_name")
"""What of these is asked for the same terms by page after page."""

_MACROS = {
    "charts": "charts.html",
    "maps": "maps.html",
    "of_actors": "parts/actors-macros.html",
    "of_assessments": "assessments.html",
    "of_changes": "changes-macros.html",
    "of_evidence": "evidence.html",
    "of_files": "files.html",
    "of_identifiers": "identifiers-macros.html",
    "of_indicators": "indicators.html",
    "of_mapping": "mapping-macros.html",
    "of_measures": "parts/measures-macros.html",
    "of_proposals": "propose-macros.html",
    "of_query": "query-macros.html",
    "of_search": "search-macros.html",
    "of_un": "parts/un-macros.html",
    "of_vocabulary": "vocabulary-macros.html",
}
"""Macros that ask for nothing but their arguments, by what templates call them and their template: made once."""

STEADY = frozenset(_SPOKEN) - {"card", "key", "label"} | {"alike", "m"} | _MACROS.keys()
"""What stands for the same in all templates; some give the others to what is theirs."""

_MOST_REMEMBERED = 10_000
_MOST_ALIKE = 100
_THOUSAND = 1000
_PLAIN = 10  # from here on, a size has no decimals
_LINKED = ("/", "http://", "https://")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a template says in the language of its reader; every method is there under its own name."""

    site: Dataset
    language: Language

    def t(self, key: str, **values: object) -> str:
        """The words of a key, with values in their places."""
        return WORDS[key].in_(self.language).format(**values)

    def counted(self, key: str, number: int) -> str:
        """A number with its noun: `counted("goals", 1)` is “1 globalt mål”."""
        form = "one" if number == 1 else "many"
        return f"{self.number(number)} {WORDS[f'{key}.{form}'].in_(self.language)}"

    def number(self, value: int | float | Decimal) -> str:
        """A number as the language writes it: 58 214 and 0,9, or 58,214 and 0.9; with a minus that is no hyphen."""
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        text = text.replace("-", "\N{MINUS SIGN}")
        if self.language == "en":
            return text
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")

    def signed(self, value: Decimal) -> str:
        """A number with its sign, unless it is zero."""
        sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
        return f"{sign}{self.number(abs(value))}"

    def rounded(self, value: Decimal) -> str:
        """A number to compare at a glance: without decimals where it is whole, or a thousand or more."""
        is_whole = value == value.to_integral_value()
        return self.number(round(value) if is_whole or abs(value) >= _THOUSAND else value)

    def size(self, size: int) -> str:
        """A number of bytes as people say it: 588 kB, 1.2 MB."""
        for unit in ("byte", "kB", "MB", "GB"):
            if size < _THOUSAND or unit == "GB":
                break
            size, rest = divmod(size, _THOUSAND)
        shown = round(size + rest / _THOUSAND, 1) if unit != "byte" and size < _PLAIN else size
        return f"{self.number(shown)}\N{NO-BREAK SPACE}{unit}"

    def href(self, term: str) -> str:
        """Where a page links for an IRI: to our document in the same language, else to the IRI.

        Empty where no link is safe: a query can make up an IRI of any scheme.
        """
        address = str(self.site.href(term))  # startswith of a URIRef takes no tuple
        if address.startswith("/res/"):
            return f"{address}.{self.language}.html"
        return address if address.startswith(_LINKED) else ""

    def curie(self, term: str) -> str:
        """An IRI in short: with a prefix, or as a path on the base of the release, else whole."""
        canonical = self.site.canonical(term)
        for prefix, namespace in namespaces.prefixes().items():
            if canonical.startswith(namespace) and len(canonical) > len(namespace):
                return f"{prefix}:{canonical[len(namespace) :]}"
        return term.removeprefix(self.site.base.iri)

    def licence_name(self, licence: str) -> str:
        """What people call a licence; its IRI where we know no name."""
        if licence.endswith("apache.org/licenses/LICENSE-2.0"):
            return "Apache 2.0"
        found = re.search(r"creativecommons\.org/(publicdomain/zero|licenses/[a-z-]+)/([0-9.]*)", licence)
        if found is None:
            return licence
        name = "CC0" if found[1].startswith("publicdomain") else f"CC {found[1].partition('/')[2].upper()}"
        return f"{name} {found[2]}".rstrip()

    def label(self, term: URIRef) -> Label | None:
        """The label of a term of the vocabulary or a concept."""
        return self.site.label(term, self.language)

    def concept(self, member: Concept) -> Label:
        """The label of a member of a concept scheme."""
        return self.label(self.site.local(iri.concept(member))) or Label(member.value, "")

    def local(self, term: str) -> URIRef:
        """A canonical IRI as it stands in the release."""
        return self.site.local(URIRef(term))

    def read(self, written: str) -> URIRef | Literal:
        """A term that is written as in N-Triples, on the canonical base."""
        term = from_n3(written)
        if isinstance(term, URIRef):
            return self.site.local(term)
        return term if isinstance(term, Literal) else Literal(written)

    def cite(self, address: str, title: str | None = None) -> Citation:
        """How to cite the release, or a thing by its IRI and its name."""
        return Citation(self._site.release, self.language, address, title)

    def card(self, dataset: str) -> Card | None:
        """What the release tells of a dataset in short; None of what is none."""
        return self._site.cards.get(str(dataset))  # a URIRef is no key of strings

    def not_over(self, dataset: str) -> list[int]:
        """The years of a data set that were not over when its source was fetched."""
        return sorted(self._site.not_over.get(str(dataset), ()))

    def structured(self, dataset: str) -> str:
        """What search engines are told of a dataset, as an element for the head; nothing of what is none."""
        card = self.card(dataset)
        return script(schema_org(card, self._site.release, self.language)) if card else ""

    @property
    def _site(self) -> Site:
        if not isinstance(self.site, Site):
            raise TypeError("only the pages of a release speak of it")
        return self.site

    def key(self, term: str) -> iri.Key | None:
        """The kind and key of a thing of ours."""
        return self.site.key_of(term)

    def kind(self, name: str) -> Kind:
        """A kind by its name."""
        return KINDS[name]


def render(
    template: str | Sequence[str],
    *,
    language: Language,
    site: Dataset,
    path_in_other_language: str | None = None,
    **context: object,
) -> str:
    """A page as HTML. Of several templates, the first that exists.

    `path_in_other_language` is the path and query of the same page in the other language; without it, the
    reader who changes language starts over.
    """
    names = (template,) if isinstance(template, str) else tuple(template)
    shown = (
        templates_of(site, language)
        .first_of(names)
        .render(
            site=site,
            path_in_other_language=path_in_other_language or f"/{other_than(language)}/",
            **context,
        )
    )
    return _ROOTED.sub(rf"\1{site.prefix}", shown) if site.prefix else shown


def templates_of(site: Dataset, language: Language) -> Templates:
    """The templates of a site in a language. What all its pages say alike is made once, and with it the macros."""
    address = language, site.prefix, site.root
    if address not in site.spoken:  # there when all of it is: pages of problems are made in threads beside this one
        site.spoken[address] = _spoken(site, language)
    spoken: Templates = site.spoken[address]
    return spoken


def _spoken(site: Dataset, language: Language) -> Templates:
    """The templates with all that they know."""
    reader = Reader(site, language)
    words = {name: getattr(reader, name) for name in _SPOKEN}
    words |= {name: lru_cache(_MOST_REMEMBERED)(words[name]) for name in _REMEMBERED}
    spoken: Templates = environment.overlay()
    spoken.found = {}
    of_language = {"language": language, "other_language": other_than(language)}
    spoken.foreknown = of_language | {"t": reader.t, "kind": reader.kind}
    spoken.steady = STEADY
    spoken.globals = {
        **environment.globals,
        **words,
        **site.context,
        **of_language,
        "short_goals": SHORT_GOALS,
        "only": ONLY,
        "likely": Confidence.LIKELY,
        "most_typed": MOST_CHARACTERS,
        "site": site,
        "frame": site.frame,
    }

    @lru_cache(_MOST_ALIKE)
    def alike(name: str, **values: str | bool) -> Markup:
        """A part of pages that follows from such values alone: most pages have it as another one had it."""
        return Markup(spoken.get_template(name).render(values))  # noqa: S704 - rendered with escapes

    spoken.globals["alike"] = alike
    phrases = Phrases(language, words["href"], words["curie"], words["label"], words["key"])
    made = {name: lru_cache(_MOST_REMEMBERED)(getattr(phrases, name)) for name in _PHRASES}
    said = spoken.globals["m"] = SimpleNamespace(said=phrases.said, **made)
    vars(said).update(_macros(spoken, "macros.html"))
    spoken.globals |= {name: SimpleNamespace(**_macros(spoken, template)) for name, template in _MACROS.items()}
    return spoken


def _macros(spoken: Templates, template: str) -> dict[str, Any]:
    """The macros of a template by their names."""
    found = vars(spoken.get_template(template).module)
    return {name: macro for name, macro in found.items() if not name.startswith("_")}


def page(template: str, language: Language, request: Request, **context: object) -> Response:
    """The answer that is a page, with the address of the same page in the other language."""
    other = other_than(language)
    asked = request.scope["query_string"].decode("latin-1")
    query_string = f"?{asked}" if asked else ""
    is_in_a_language = request.scope["path"].startswith(f"/{language}/")
    path = (
        request.scope["path"][3:] if is_in_a_language else "/query"
    )  # a query posted to the endpoint has a page as well
    site: Dataset = request.state.site
    shown = render(
        template,
        language=language,
        site=site,
        path_in_other_language=f"/{other}{path}{query_string}",
        **context,
    )
    return HTMLResponse(shown, headers={"Content-Language": language, "Link": site.links})
