"""What became of a thing since the release before: it is new, it says something else, or it is as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from loaders.changes import FILE
from ontology import iri
from ontology.base import CANONICAL


class Since(StrEnum):
    """What became of a thing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class History:
    """The release before, and what became of the things that changes are listed of.

    Of kinds of which more has changed than is listed, `cut`, what is not listed is not known to be the same.
    """

    before: str
    fates: Mapping[str, Since]
    cut: frozenset[str]

    def of(self, thing: str) -> Since | None:
        """What became of a thing by its IRI on the canonical base; None where that is not told."""
        key = iri.parse(thing)
        others = self.cut.isdisjoint({"terms", "other"})
        is_told = key.kind not in self.cut if key else others
        return self.fates.get(thing, Since.SAME if is_told else None)


@lru_cache(4)
def read_history(directory: Path) -> History | None:
    """The history that the release in a folder tells; None of the first, and of those that tell none."""
    file = directory / FILE
    if not file.is_file():
        return None
    told = json.loads(file.read_bytes())
    fates = {each["thing"]: Since.NEW for of in told["kinds"] for each in of["added"]}
    fates |= {each["thing"]: Since.CHANGED for of in told["kinds"] for each in of["changed"]}
    cut = (of["kind"] for of in told["kinds"] if any(of["numbers"][fate] > len(of[fate]) for fate in of["numbers"]))
    return History(told["before"], fates, frozenset(cut))


def anchor(thing: str) -> str:
    """Where the page of changes tells of a thing."""
    return thing.removeprefix(CANONICAL)
