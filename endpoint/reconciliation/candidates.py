"""Which things may be meant by what is written, the likeliest first; looked for in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from heapq import nlargest
from math import log

from endpoint.reconciliation.designators import code_in, cores, is_small
from endpoint.reconciliation.entities import Entities, Entity, in_order, parts_of
from endpoint.reconciliation.likeness import ALONE, FORM, MATCH, Likeness, Near, Written, compare, padded
from endpoint.search.index import distance
from endpoint.search.inflection import LONGEST_ENDING, are_forms, stem

LEAST = 25
"""The least score that is worth showing."""

_COMPARED = 60  # candidates whose names are compared word by word
_BEGINNING = 60  # words that begin as one that is written
_ENOUGH = 1 / 3  # of a name, to be likely what is meant
_FORMS = 400  # words that begin as all forms of one, of which few are forms
_RESEMBLING = 40  # words that are measured against one that may be misspelt
_FORGIVEN = 5  # words of one text
_MOST_WITH_A_WORD = 3000  # things that are looked at for one word
_SHORTEST = 3  # letters of a beginning
_LONG_ENOUGH = 4  # letters of a word that may be misspelt
_GENITIVE = 0.95
_PADDED = (2, 4)  # digits of the codes of counties and municipalities


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant."""

    entity: Entity
    likeness: Likeness

    @property
    def score(self) -> float:
        """How likely it is."""
        return self.likeness.score


@dataclass(slots=True)
class Finder:
    """Looks for candidates among the entities of a release."""

    entities: Entities
    weights: dict[str, float] = field(default_factory=dict)  # of words: 1 for the rarest

    def __post_init__(self) -> None:
        most = log(1 + len(self.entities.by_iri)) or 1.0
        self.weights = {word: 1 - log(len(of)) / most for word, of in self.entities.by_word.items()}

    def find(self, text: str, kinds: Collection[str], most: int) -> list[Candidate]:
        """The likeliest things of some kinds, or of any where none is named; the same ones in the same order."""
        written = Written.of(text)
        certain = [one for one in self._certain(written) if not kinds or one.kind.name in kinds]
        found = sorted((Candidate(one, compare(written, one, {}, {})) for one in certain), key=likeliest)
        if meant(found) is None and written.words:  # what only shares words adds nothing to what is meant
            near = self._all_near(dict.fromkeys(written.words), kinds)
            others = self._with_words(near, kinds, {one.iri for one in certain})
            by_words = [Candidate(one, compare(written, one, near, self.weights)) for one in others]
            found += by_words if certain else _raised(by_words)
        return sorted((one for one in found if one.score >= LEAST), key=likeliest)[:most]

    def likeness(self, text: str, entity: Entity) -> Likeness:
        """How like a text is to one thing, be it no candidate; words in common count for nothing."""
        return compare(Written.of(text), entity, {}, {})

    def _certain(self, written: Written) -> list[Entity]:
        """Those with such an IRI, code or name, but for words that say the kind."""
        known, found = self.entities, list[Entity]()
        if written.text in known.by_iri:
            found.append(known.by_iri[written.text])
        for code in (written.code, *(padded(written.code, length) for length in _PADDED)):
            found += known.by_code.get(code, ())
        found += known.by_name.get(written.plain, ())
        for kind in known.kinds:
            for left in cores(written.words, kind.name):
                found += known.by_core.get((kind.name, left), ())
            alone = code_in(written.tokens, kind.name)
            found += [one for one in known.by_code.get(alone, ()) if one.kind is kind]
        return list({one.iri: one for one in found}.values())

    def _with_words(
        self, near: dict[str, dict[str, Near]], kinds: Collection[str], but: Collection[str]
    ) -> list[Entity]:
        """Those that share the most words of the most weight, the rarest words first."""
        gained: Counter[str] = Counter()
        for words in near.values():
            best: dict[str, float] = {}
            for word in sorted(words, key=lambda word: len(self.entities.by_word[word])):
                gain = words[word].nearness * self.weights[word]
                for entity in self.entities.by_word[word][:_MOST_WITH_A_WORD]:
                    if gain > best.get(entity.iri, 0.0) and (not kinds or entity.kind.name in kinds):
                        best[entity.iri] = gain
            gained.update(best)
        for iri in but:
            gained.pop(iri, None)
        found = [(gain, self.entities.by_iri[iri]) for iri, gain in gained.items()]
        likely = nlargest(_COMPARED, found, key=lambda pair: pair[0] / (len(near) + pair[1].fewest_words))
        return [entity for _, entity in likely]

    def _all_near(self, words: Iterable[str], kinds: Collection[str]) -> dict[str, dict[str, Near]]:
        """The words of names near each of some words; where no name of the kinds has the word, a few are forgiven."""
        found = {word: self._near(word) for word in words}
        unknown = [word for word in found if not self._is_in_a_name(word, kinds) and not is_small(word)]
        forgiven = [word for word in unknown if len(word) >= _LONG_ENOUGH and word.isalpha()]
        return found | {word: self._resembling(word) | found[word] for word in forgiven[:_FORGIVEN]}

    def _is_in_a_name(self, word: str, kinds: Collection[str]) -> bool:
        named = self.entities.by_word.get(word, ())
        return any(not kinds or entity.kind.name in kinds for entity in named)

    def _near(self, word: str) -> dict[str, Near]:
        """The words of names that are this one or begin so."""
        known = self.entities
        if is_small(word):
            return {}
        genitives = {one: Near(_GENITIVE) for one in (f"{word}s", word.removesuffix("s")) if one in known.by_word}
        found = genitives | ({word: Near(1.0)} if word in known.by_word else {})
        if len(word) >= _SHORTEST:
            found |= {other: Near(FORM) for other in self._forms(word) if other not in found}
            for other in self._beginning(word):
                found.setdefault(other, Near(0.4 + 0.5 * len(word) / len(other)))
        return found

    def _forms(self, word: str) -> Iterable[str]:
        """The words of names that are other forms of one: *jordbruksverk* of *jordbruksverket*."""
        words, begun = self.entities.words, stem(word)
        first = bisect_left(words, begun)
        for other in words[first : first + _FORMS]:
            if not other.startswith(begun):
                break
            if len(other) <= len(word) + LONGEST_ENDING and word.isalpha() and are_forms(word, other):
                yield other

    def _beginning(self, word: str) -> Iterable[str]:
        words = self.entities.words
        first = bisect_left(words, word)
        for other in words[first : first + _BEGINNING]:
            if not other.startswith(word):
                break
            yield other

    def _resembling(self, word: str) -> dict[str, Near]:
        """The words with the fewest letters changed: one in a short word, two in a longer."""
        known, parts = self.entities, parts_of(word)
        common: Counter[str] = Counter()
        for part in parts:
            common.update(known.by_part.get(part, ()))
        alike = [other for other in common if abs(len(other) - len(word)) <= 2]
        alike = nlargest(_RESEMBLING, alike, key=lambda other: common[other] / (len(parts) + len(other)))
        close = dict.fromkeys([*known.by_letters.get(in_order(word), ()), *alike])
        allowed = 1 if len(word) < 6 else 2
        measured = [(distance(word, other), other) for other in close]
        return {
            other: Near(round(1 - steps / len(word), 3), is_misspelt=True)
            for steps, other in measured
            if steps <= allowed
        }


def _raised(found: list[Candidate]) -> list[Candidate]:
    """The same; where one thing alone has all the words in its name, it is likely what is meant.

    A longer name that holds the whole of that name, as the title of an instruction for an agency does, is of something
    about it. A word of a name of many is not enough.
    """
    having = sorted((one for one in found if one.likeness.has_all), key=lambda one: len(one.likeness.words))
    if not having or not all(having[0].likeness.words < other.likeness.words for other in having[1:]):
        return found
    likely = having[0]
    if likely.likeness.share < _ENOUGH:
        return found
    likeness = replace(likely.likeness, score=max(likely.score, ALONE))
    return [Candidate(one.entity, likeness) if one is likely else one for one in found]


def likeliest(candidate: Candidate) -> tuple[float, int]:
    """What candidates are put in order by: the score, then what is sought most."""
    return -candidate.score, candidate.entity.place


def meant(found: list[Candidate]) -> Candidate | None:
    """The candidate that is taken for what is meant: good enough, and better than any other."""
    if not found or found[0].score < MATCH:
        return None
    return found[0] if len(found) == 1 or found[1].score < found[0].score else None
