"""What a kind of thing is, and the parts of the system that kinds belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial

from rdflib import URIRef

from ontology.schemes import Concept
from ontology.text import Text


class Area(Enum):
    """A part of the system, in the order of the contents; each kind belongs to one."""

    GOALS = Text("Målen", "The goals")
    FOLLOW_UP = Text("Uppföljning", "Follow-up")
    ACTION = Text("Åtgärder", "Action")
    ACTORS = Text("Aktörer och samverkan", "Actors and co-operation")
    TERRITORY = Text("Land, län och kommuner", "Country, counties and municipalities")
    AGENDA = Text("Agenda 2030", "The 2030 Agenda")
    SOURCES = Text("Varifrån uppgifterna kommer", "Where the statements come from")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    `name` is the path segment and the name of its neighbours; `key` the pattern a whole key must match;
    `namespace` is given where others mint the IRIs (the United Nations), else they are ours.
    """

    name: str
    cls: URIRef
    key: str
    one: Text
    many: Text
    area: Area
    namespace: str | None = None
    grouped_by: str | type[Concept] | None = None  # the kind of thing, or the scheme, that divides a long list of these
    has_codes: bool = True  # False: keys are words of ours, nothing to show beside a name
    words: str | None = None  # the pattern of those keys that are words of ours, where others are codes
    is_listed: bool = True  # False: a thing that serves the others and has no list of its own on the pages

    def accepts(self, key: str) -> bool:
        """True where the key is one this kind can have."""
        return _compiled(self.key).fullmatch(key) is not None

    def shows(self, key: str) -> bool:
        """True where the key is a code that stands beside a name, and no word of ours."""
        return self.has_codes and (self.words is None or _compiled(self.words).fullmatch(key) is None)


_compiled = cache(partial(re.compile, flags=re.ASCII))  # which `re` would look up anew for each key
