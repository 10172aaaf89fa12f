"""How the UN's taxonomy of its goals is got, and what its files say: goals, targets, indicators and series.

One file is the taxonomy with its ontology, the other describes it in VoID: when it was changed, on what terms it may be
used, and how many concepts there are. See https://github.com/UNStats/LOD4Stats/wiki.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import URIRef

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.live import LiveSource
from loaders.moments import is_day
from loaders.progress import Told
from loaders.turtle_answers import TURTLE, read_turtle
from ontology.description import VOID, VOID_CLASS
from ontology.kinds import KINDS
from ontology.namespaces import DCTERMS, RDF, SDG, SKOS
from ontology.schemes import UnTier
from ontology.un_taxonomy import HISTORY_NOTE, LANGUAGES, MATCHES, SUBJECTS, TIERS, UN

DESCRIPTION = "void.ttl"
TAXONOMY = "sdg-ontology-with-taxonomy.ttl"
_MOST = {DESCRIPTION: 10_000, TAXONOMY: 500_000}
"""The files, and how many statements each may have: the description has some 100, the taxonomy some 15,000."""

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_About = Mapping[str, list[_Term]]
_Said = Mapping[str, _About]
"""What is said of each IRI, by property."""


class Wording(NamedTuple):
    """A name in a language."""

    language: str
    text: str

    def __str__(self) -> str:
        """As Turtle writes it."""
        return f'"{self.text}"@{self.language}'


@dataclass(frozen=True, slots=True)
class Described:
    """A goal, a target, an indicator or a series as the taxonomy describes it; empty where it says nothing."""

    key: str
    names: tuple[Wording, ...]  # one in each language
    in_doubt: tuple[Wording, ...]  # where there are several in a language
    others: tuple[Wording, ...]
    above: tuple[str, ...]  # the keys of what it belongs to
    codes: tuple[str, ...]
    matches: tuple[str, ...]
    subjects: tuple[str, ...]
    tiers: tuple[UnTier, ...]
    agencies: tuple[str, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The taxonomy, and the day on which it was last changed by its own description."""

    changed: str
    goals: Mapping[str, Described]
    targets: Mapping[str, Described]
    indicators: Mapping[str, Described]
    series: Mapping[str, Described]


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The two files. Raises Unfetched."""
    answers = []
    told(0, len(_MOST))
    for number, name in enumerate(_MOST, 1):
        answers.append(client.get(client.source.address + name, _check, TURTLE))
        told(number, len(_MOST))
    return answers


def _check(answer: Answer) -> None:
    """Raise Unfetched where an answer is not to be kept."""
    try:
        read_turtle(answer.body, _MOST[answer.url.rpartition("/")[2]])
    except ValueError as error:
        raise Unfetched(answer.url, str(error)) from error


def read_taxonomy(source: LiveSource, answers: Iterable[tuple[str, bytes]]) -> Taxonomy:
    """What the two files say together. Raises ValueError with the address and the first fault."""
    bodies = {url.removeprefix(source.address): (url, body) for url, body in answers}
    if missing := [name for name in _MOST if name not in bodies]:
        raise ValueError(f"{source.address}: {' and '.join(missing)} is missing")
    said = {}
    for name, most in _MOST.items():
        url, body = bodies[name]
        try:
            said[name] = _said_in(read_turtle(body, most))
        except ValueError as error:
            raise ValueError(f"{url}: {error}") from error
    try:
        changed, concepts = _described(said[DESCRIPTION], source)
    except ValueError as error:
        raise ValueError(f"{bodies[DESCRIPTION][0]}: {error}") from error
    try:
        return _read(said[TAXONOMY], changed, concepts)
    except ValueError as error:
        raise ValueError(f"{bodies[TAXONOMY][0]}: {error}") from error


def _said_in(triples: Iterable[ox.Triple]) -> _Said:
    said: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        said[str(getattr(subject, "value", ""))][predicate.value].append(value)
    return said


def _described(said: _Said, source: LiveSource) -> tuple[str, int]:
    """When the taxonomy was changed, and how many concepts it has. Raises ValueError where its terms have changed."""
    whole = next((about for about in said.values() if str(DCTERMS.license) in about), None)
    if whole is None:
        raise ValueError("the description tells no terms of use (dcterms:license)")
    terms = " ".join(_values(whole, DCTERMS.license))
    if source.attribution not in terms:
        raise ValueError(
            f"the terms of use are not those of the sources file. They say: {terms!r}. Read them, and give the "
            f"citation that they ask for as `attribution` of {source.id}"
        )
    changed = sorted(_values(whole, DCTERMS.modified))
    if not changed or not is_day(changed[-1]):
        raise ValueError("the description tells no day on which the taxonomy was changed (dcterms:modified)")
    of_concepts = [part for part in said.values() if str(SKOS.Concept) in _values(part, VOID_CLASS)]
    numbers = [int(number) for part in of_concepts for number in _values(part, VOID.entities) if number.isdecimal()]
    if not numbers:
        raise ValueError("the description does not tell how many concepts there are (void:entities)")
    return changed[-1], max(numbers)


class _Level(NamedTuple):
    """A level of the taxonomy: our kind, the class, and what leads up and down."""

    kind: str
    cls: URIRef
    up: URIRef | None
    down: URIRef | None


_LEVELS = (
    _Level("sdg-goal", UN.Goal, None, UN.hasTarget),
    _Level("sdg-target", UN.Target, UN.isTargetOf, UN.hasIndicator),
    _Level("un-indicator", UN.Indicator, UN.isIndicatorOf, UN.hasSeries),
    _Level("un-series", UN.Series, UN.isSeriesOf, None),
)
"""The levels from the top down."""


def _read(said: _Said, changed: str, concepts: int) -> Taxonomy:
    levels = [_level(said, level) for level in _LEVELS]
    if not levels[0]:
        raise ValueError(f"there is no goal in it, nothing of the class <{UN.Goal}>: is this the taxonomy?")
    found = sum(map(len, levels))
    if found < concepts:
        raise ValueError(f"there are {found} concepts, and the description tells of {concepts}: the file is not whole")
    for above, here, over, level in zip(levels, levels[1:], _LEVELS, _LEVELS[1:], strict=False):
        _check_upwards(here, above, level)
        _check_downwards(said, above, here, over)
    return Taxonomy(changed, *levels)


def _level(said: _Said, level: _Level) -> dict[str, Described]:
    """What is of a level, by key."""
    found = {}
    for iri, about in sorted(said.items()):
        if str(level.cls) in _values(about, RDF.type):
            key = _key(iri)
            if not KINDS[level.kind].accepts(key):
                raise ValueError(f"<{iri}> is said to be a <{level.cls}>, and is no IRI of one")
            found[key] = _describe(key, about, level.up)
            if level.cls == UN.Indicator:
                _check_codes(found[key])
    return found


def _check_codes(one: Described) -> None:
    """Raise ValueError where an indicator has no code, or one that cannot be."""
    if not one.codes:
        raise ValueError(f"<{SDG}{one.key}> has no code (a skos:notation that is a <{UN.SDGCodeCompact}>)")
    for code in one.codes:
        if not KINDS["sdg-indicator"].accepts(f"2020-{code}"):
            raise ValueError(f"<{SDG}{one.key}> has the code {code!r}, which no indicator can have")


def _check_upwards(here: Mapping[str, Described], above: Mapping[str, Described], level: _Level) -> None:
    """Raise ValueError where something belongs to nothing, or to what is not there."""
    for key, one in here.items():
        if not one.above:
            raise ValueError(f"<{SDG}{key}> belongs to nothing (<{level.up}>)")
        for other in one.above:
            if other not in above:
                raise ValueError(f"<{SDG}{key}> belongs to <{SDG}{other}>, of which it says nothing")


def _check_downwards(said: _Said, above: Mapping[str, Described], here: Mapping[str, Described], level: _Level) -> None:
    """Raise ValueError where something has what is not there."""
    for key in above:
        for beneath in _values(said[f"{SDG}{key}"], str(level.down)):
            if _key(beneath) not in here:
                raise ValueError(f"<{SDG}{key}> has <{beneath}>, of which it says nothing")


def _describe(key: str, about: _About, up: str | None) -> Described:
    """What is said of one concept. Raises ValueError with its IRI."""
    names: dict[str, set[str]] = defaultdict(set)
    for wording in _wordings(key, about, SKOS.prefLabel):
        names[wording.language].add(wording.text)
    tiers = _values(about, UN.tier)
    if unknown := sorted(set(tiers) - TIERS.keys()):
        raise ValueError(f"<{SDG}{key}> has the tier <{unknown[0]}>, which is none of the UN's")
    return Described(
        key=key,
        names=tuple(Wording(language, *texts) for language, texts in sorted(names.items()) if len(texts) == 1),
        in_doubt=tuple(
            Wording(language, text)
            for language, texts in sorted(names.items())
            if len(texts) > 1
            for text in sorted(texts)
        ),
        others=tuple(sorted(set(_wordings(key, about, SKOS.altLabel)))),
        above=tuple(sorted({_key(iri) for iri in _values(about, up)})) if up else (),
        codes=tuple(sorted(_compact(about))),
        matches=_links(key, about, SKOS.exactMatch, MATCHES),
        subjects=_links(key, about, DCTERMS.subject, SUBJECTS),
        tiers=tuple(sorted({TIERS[tier] for tier in tiers})),
        agencies=_texts(about, UN.custodianAgency),
        editions=_texts(about, HISTORY_NOTE),
    )


def _wordings(key: str, about: _About, predicate: str) -> Iterator[Wording]:
    """The texts of a property, in their languages."""
    for value in about.get(str(predicate), []):
        language = value.language if isinstance(value, ox.Literal) else None
        if language not in LANGUAGES or not isinstance(value, ox.Literal):
            raise ValueError(
                f"<{SDG}{key}> is called {value}, which is no text in a language of the UN ({', '.join(LANGUAGES)})"
            )
        if not (text := _tidy(value.value)):
            raise ValueError(f"<{SDG}{key}> has an empty name (@{language})")
        yield Wording(language, text)


def _links(key: str, about: _About, predicate: str, known: re.Pattern[str]) -> tuple[str, ...]:
    """The IRIs that a property leads to, in data of others that are known."""
    found = tuple(sorted({str(getattr(value, "value", "")) for value in about.get(str(predicate), [])}))
    for iri in found:
        if known.fullmatch(iri) is None:
            raise ValueError(f"<{SDG}{key}> leads to <{iri}>, which is not of the form {known.pattern}")
    return found


def _compact(about: _About) -> set[str]:
    """The codes in their compact form: 1.5.1."""
    codes = (code for code in about.get(str(SKOS.notation), []) if isinstance(code, ox.Literal))
    return {code.value for code in codes if code.datatype.value == str(UN.SDGCodeCompact)}


def _texts(about: _About, predicate: str) -> tuple[str, ...]:
    return tuple(sorted({text for value in _values(about, predicate) if (text := _tidy(value))}))


def _values(about: _About, predicate: str) -> list[str]:
    return [str(getattr(value, "value", "")) for value in about.get(str(predicate), [])]


def _key(iri: str) -> str:
    key = iri.removeprefix(str(SDG))
    if key == iri or not key:
        raise ValueError(f"<{iri}> is no IRI of the UN's taxonomy; those begin with {SDG}")
    return key


def _tidy(text: str) -> str:
    """A text without white space at its ends, and on one line; the spaces that do not break are kept."""
    return re.sub(r"[ \t\r\n]+", " ", text.strip())
