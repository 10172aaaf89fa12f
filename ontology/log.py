"""The change log of the vocabulary: which terms, schemes and concepts came, changed or went, and when.

The log is the table `changes.csv`: a row for each change, the oldest first, with its date, what was done, the terms as
paths on the base, and why in both languages. A test holds it against the vocabulary.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum

from ontology.files import read_text
from ontology.text import Text

FILE = "changes.csv"
"""The table, in this package and in the folder of a release."""


class Change(StrEnum):
    """What was done to terms: a deprecated one is still there, a removed one is not."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: its date, what was done, to which terms (`spec/Measure`, `def/trend/neutral`), and why."""

    date: str
    change: Change
    terms: tuple[str, ...]
    text: Text


def authored_log() -> str:
    """The table as it stands in this package."""
    return read_text(FILE)


def read_log(table: str) -> tuple[Entry, ...]:
    """The changes of a table, the oldest first. Raises ValueError for a change that is none."""
    return tuple(
        Entry(row["date"], Change(row["change"]), tuple(row["terms"].split()), Text(row["sv"], row["en"]))
        for row in csv.DictReader(io.StringIO(table))
    )
