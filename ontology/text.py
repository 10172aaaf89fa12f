"""Text in Swedish and English, and one rule for which label a reader gets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FALLBACK: tuple[str, ...] = ("sv", "en", "")


class Text(NamedTuple):
    """One text in both languages of the product."""

    sv: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.sv if language == "sv" else self.en


def other_than(language: Language) -> Language:
    """The other language of the product."""
    return "en" if language == "sv" else "sv"


class Label(NamedTuple):
    """A text with its language tag, empty where it has none."""

    text: str
    language: str


def best_label(labels: Iterable[Label], wanted: str) -> Label | None:
    """The label a reader of `wanted` gets: that language, else the first of `FALLBACK` there is, else any.

    Several labels in one language give the first in alphabetical order, so that the same release always
    answers the same. None where there is no label at all.
    """
    found = list(labels)
    if len(found) <= 1:
        return found[0] if found else None
    for language in (wanted, *FALLBACK):
        fitting = [label for label in found if label.language.partition("-")[0] == language]
        if fitting:
            return min(fitting, key=_in_order)
    return min(found, key=_in_order)


def _in_order(label: Label) -> tuple[str, str]:
    return label.language, label.text
