"""Reads query files: the public questions, and the queries that pages and documents ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rdflib import Literal, URIRef

from ontology import iri
from ontology.base import Base
from ontology.engine import as_ntriples
from ontology.text import Language, Text
from queries.header import Header, QuestionHeader, read

_CHANGE = Text("Byt ut adressen för att fråga om något annat.", "Change the address to ask about another thing.")
_GROUP = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_PLACE = re.compile(r"^( *)VALUES \?(\w+) \{ UNDEF \}\n", re.MULTILINE)
"""Where a query wants the terms that a variable is held to."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query of the product: its name, its checked header and its text on the canonical base."""

    name: str
    header: Header
    text: str

    def on(self, base: Base) -> str:
        """The text with its IRIs on a base."""
        return _on(base, self.text)

    def asking(self, base: Base, terms: Mapping[str, Iterable[URIRef | Literal]]) -> str:
        """The text on a base, with variables held to terms, which stand on it already; all others are free."""
        return hold(self.on(base), terms)


@dataclass(frozen=True, slots=True)
class Question(Query):
    """A public question; its header promises columns and rows, and a test keeps the promise."""

    header: QuestionHeader

    def example(self, base: Base, language: Language) -> str:
        """The text as a reader would type it: no header, its parameters bound to the examples that the header gives.

        Unbound, they would stand for everything. A comment in a language tells what the values are for.
        """
        text = without_header(self.on(base))
        keys = {name: parameter.example for name, parameter in self.header.parameters.items()}
        if not keys:
            return text
        held = {name: (thing,) for name, thing in self.bindings(base, **keys).items()}
        return hold(text, held, f"  # {_CHANGE.in_(language)}\n")

    def bindings(self, base: Base, **keys: str) -> dict[str, URIRef]:
        """The parameters as the IRIs of the things that the keys name, on a base.

        Raises KeyError for a parameter that the question does not have, BadKey for an impossible key.
        """
        kinds = {name: str(self.header.parameters[name].kind) for name in keys}
        return {name: URIRef(str(base.localise(iri.mint(kinds[name], key)))) for name, key in keys.items()}


@lru_cache(1024)
def _on(base: Base, text: str) -> str:
    return base.localise_text(text)


def hold(text: str, terms: Mapping[str, Iterable[URIRef | Literal]], comment: str = "") -> str:
    """A query text with variables held to terms: where it says `VALUES ?name { UNDEF }`, else at its beginning.

    The engine chooses the order of joins by the text. So terms stand in it, and stand in every group that begins from
    them; a place whose variable is free is left out. A comment goes before the first of them.
    """
    written = {name: [*map(as_ntriples, some)] for name, some in terms.items()}
    values = {name: f"VALUES ?{name} {{ {' '.join(some)} }}\n" for name, some in written.items()}
    placed = {name for _, name in _PLACE.findall(text)}
    first = _at_the_beginning({name: some for name, some in written.items() if name not in placed})
    told = iter([] if first else [comment])
    text = _PLACE.sub(
        lambda place: (
            f"{_indented(next(told, ''), place[1])}{place[1]}{values[place[2]]}" if place[2] in values else ""
        ),
        text,
    )
    return _GROUP.sub(lambda group: f"{group[0]}\n{comment}{first}", text, count=1) if first else text


def _at_the_beginning(terms: Mapping[str, Sequence[str]]) -> str:
    """Variables held to terms where a query begins. Those that are held to one term each stand together.

    Of two that stand apart the engine starts from one alone, and may go through all that there is of that.
    """
    single = {name: some[0] for name, some in terms.items() if len(some) == 1}
    together = single if len(single) > 1 else {}
    apart = [f"VALUES ?{name} {{ {' '.join(some)} }}" for name, some in terms.items() if name not in together]
    names, held = " ".join(f"?{name}" for name in together), " ".join(together.values())
    lines = [f"VALUES ({names}) {{ ({held}) }}", *apart] if together else apart
    return "".join(f"  {line}\n" for line in lines)


def _indented(comment: str, indent: str) -> str:
    return f"{indent}{comment.lstrip()}" if comment else ""


def without_header(text: str) -> str:
    """A query text without the lines that only the product reads."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"


@cache
def questions() -> dict[str, Question]:
    """The public questions by name, in order of their names."""
    return {
        name: Question(name, read(text, QuestionHeader, f"questions/{name}.rq"), text)
        for name, text in texts("questions")
    }


def starters() -> list[Query]:
    """What may be asked of any data, whatever it is about."""
    return [query(f"any/{name}") for name, _ in texts("any")]


@cache
def query(path: str) -> Query:
    """The query in `pages/…`, `documents/…` or another folder, by its path without `.rq`."""
    text = _all_texts()[path]
    return Query(path, read(text, Header, f"{path}.rq"), text)


def texts(folder: str) -> list[tuple[str, str]]:
    """The name and text of every query file in a folder of this package, in order of their names."""
    found = (path.split("/") for path in _all_texts())
    return [(name, _all_texts()[f"{folder}/{name}"]) for of, name in sorted(found) if of == folder]


@cache
def _all_texts() -> dict[str, str]:
    """The text of every query file by its path without `.rq`: all at once, for they are those of this code.

    Read one by one as they are asked for, some would be those of an upgrade, under a server that goes on.
    """
    folders = (folder for folder in files("queries").iterdir() if folder.is_dir())
    return {
        f"{folder.name}/{entry.name.removesuffix('.rq')}": entry.read_text(encoding="utf-8")
        for folder in folders
        for entry in folder.iterdir()
        if entry.name.endswith(".rq")
    }
