"""The pages of the site, its lists and the questions to begin with, found by the words of a reader.

They are no things of a release, and few: their titles, and what they are for, are held in memory in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from endpoint.guesses import page_guessed
from endpoint.search.inflection import are_forms, telling
from endpoint.search.purposes import PURPOSES
from endpoint.site import Site
from endpoint.words import WORDS
from loaders.index import letters, plain
from ontology.kinds import LISTED
from ontology.text import Language, Text
from queries.catalogue import Question, questions

_TITLES = {
    "kinds": "contents",
    "mapping": "mapping-title",
    "mapping/propose": "propose",
    "compare": "compare",
    "query": "query-title",
    "service": "service-title",
    "data": "data-title",
    "releases": "releases-title",
    "changes": "changes-link",
    "about": "about-title",
    "about/identifiers": "identifiers-title",
    "vocabulary": "vocabulary",
    "validation": "validation-all",
    "deliver": "deliver-title",
    "reconciliation": "reconciliation-title",
    "language-models": "models-title",
    "problems": "problems-title",
    "accessibility": "accessibility",
}
"""The key of the title of each page, by its path after the language."""

_TYPES = {
    "page": Text("Sida", "Page"),
    "list": Text("Lista", "List"),
    "question": Text("Exempelfråga", "Example question"),
}

_WORD = re.compile(r"\w+")
_BEGINNING = 3  # letters of a word that another may begin with
_IN_MIDST = 4  # letters of a word that is looked for in the midst of others
_STEM = 5  # letters of a word that another may be a form of
_ENDING = 3  # letters by which that is longer at most
_IN_TITLE, _IN_TEXT, _NEARLY, _MISSING = 0, 1, 2, 5  # the less, the better


@dataclass(frozen=True, slots=True)
class Guide:
    """A page, a list or a question: what it is called, and what it is for, where that is told."""

    kind: str  # `page`, `list` or `question`
    name: str
    title: Text
    about: Text | None
    one: Text | None = None  # what a list is a list of

    @property
    def type(self) -> Text:
        """The kind in words."""
        return _TYPES[self.kind]

    def path(self, site: Site, language: Language) -> str:
        """Where it is on a site."""
        if self.kind == "question":
            return f"/{language}/query?query={quote(questions()[self.name].example(site.authored_on, language))}"
        return f"/{language}/{self.name}"


def find_guides(site: Site, typed: str) -> Sequence[Guide]:
    """Those that have the words that were typed, in whatever language and form, the best first.

    Where none has all, those that have more than half of them.
    """
    words = telling([word for word in dict.fromkeys(_WORD.findall(letters(typed))) if len(word) > 1])
    if not words:
        return []
    scored = [_scores(word) for word in words]
    totals = {guide: sum(scores.get(guide, _MISSING) for scores in scored) for guide in set().union(*scored)}
    lacking = {guide: sum(guide not in scores for scores in scored) for guide in totals}
    fewest = min(lacking.values(), default=len(words))
    if 2 * fewest >= len(words):
        return []
    found = sorted((number for number in totals if lacking[number] == fewest), key=lambda one: (totals[one], one))
    return [guide for guide in (guides()[number] for number in found) if _is_there(guide, site)]


def guides_called(site: Site, typed: str) -> Sequence[Guide]:
    """The pages and lists that are called what was typed, in any language and form, or meant by such an address."""
    words, guessed = telling(_WORD.findall(letters(typed))), page_guessed(typed)
    return [
        guide
        for guide in guides()
        if guide.kind != "question" and (guide.name == guessed or _is_called(guide, words)) and _is_there(guide, site)
    ]


def _is_called(guide: Guide, words: Sequence[str]) -> bool:
    named = (telling(_WORD.findall(letters(name))) for name in (*guide.title, *(guide.one or ())))
    return any(len(name) == len(words) and all(map(_is_form, words, name)) for name in named)


def _is_form(asked: str, word: str) -> bool:
    """True where a word is a form of what was typed. Who types å, ä or ö means that letter."""
    return are_forms(asked, word if asked != plain(asked) else plain(word))


def _is_there(guide: Guide, site: Site) -> bool:
    return guide.kind != "list" or site.holds(guide.name.removeprefix("kinds/"))


def _scores(asked: str) -> dict[int, int]:
    """How well each guide has a word, by its number: the less, the better. Who writes å, ä or ö means that letter."""
    is_marked = asked != plain(asked)
    best: dict[int, int] = {}
    for (word, unmarked), places in _words().items():
        worse = _worse(asked, word if is_marked else unmarked)
        if worse is None:
            continue
        for number, place in places.items():
            best[number] = min(best.get(number, _MISSING), place + worse)
    return best


def _worse(asked: str, word: str) -> int | None:
    """How much worse than itself or its beginning a word is for one; None where it does not stand for it.

    It may be in the midst of the other, as Swedish words are, or have another ending.
    """
    if len(asked) < _BEGINNING or not asked.isalpha():
        return 0 if word == asked else None
    if word.startswith(asked):
        return 0
    is_longer = len(word) >= _STEM and len(asked) <= len(word) + _ENDING and asked.startswith(word)
    is_near = is_longer or are_forms(asked, word) or (len(asked) >= _IN_MIDST and asked in word)
    return _NEARLY if is_near else None


@cache
def guides() -> Sequence[Guide]:
    """All that there can be: pages, lists, questions."""
    pages = (Guide("page", path, WORDS[title], PURPOSES[path]) for path, title in _TITLES.items())
    lists = (Guide("list", f"kinds/{kind.name}", kind.many, None, kind.one) for kind in LISTED)
    return [*pages, *lists, *map(_of_question, questions().values())]


def _of_question(question: Question) -> Guide:
    return Guide("question", question.name, question.header.title.text(), question.header.answers.text())


@cache
def _words() -> Mapping[tuple[str, str], Mapping[int, int]]:
    """The words of the guides, with and without marks: the numbers of those that have each, and where it stands."""
    words: dict[tuple[str, str], dict[int, int]] = {}
    for number, guide in enumerate(guides()):
        for place, text in ((_IN_TITLE, guide.title), (_IN_TITLE, guide.one), (_IN_TEXT, guide.about)):
            for word in _WORD.findall(letters(" ".join(text or ()))):
                words.setdefault((word, plain(word)), {}).setdefault(number, place)
    return words
