"""What is wrong, told in both languages: refusals that whoever has written a file is to read in their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loaders.spelling import TYPE as SPELLING
from loaders.worded import worded
from ontology.text import LANGUAGES, Language, Text

_SPEAKING = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The settings of a terminal that say its language, the strongest first (POSIX, 8.2)."""

_MOST_SHOWN = 200  # characters of a value


class Told(Exception):
    """What is wrong, in both languages; as a string, in English."""

    def __init__(self, told: Text) -> None:
        self.told = told
        super().__init__(told.en)


class Wrong(Told, ValueError):
    """A value that cannot be; the text says why, and the way out."""


def told_of(error: Exception) -> Text:
    """What an error says, in both languages where it knows them."""
    return error.told if isinstance(error, Told) else Text(str(error), str(error))


def told_of_fault(fault: Mapping[str, Any]) -> Text:
    """What a fault says that a model has found: our own words, or those of the library."""
    if fault["type"] == SPELLING:
        return Text(fault["ctx"]["sv"], fault["msg"])
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, Told):
        return error.told
    words = worded(fault)
    return words if words.sv != words.en else Text(f"det här kan inte stå här ({words.en})", words.en)


def shown(value: object) -> str:
    """A value as it is told of: as Python writes it, and cut where it is long."""
    return cut(repr(value), _MOST_SHOWN)


def cut(words: str, most: int) -> str:
    """Words, or as many of their characters as there may be and a sign that there are more."""
    return words if len(words) <= most else f"{words[:most]}…"


def counted(number: int) -> Text:
    """A number with its thousands parted, as each language parts them."""
    grouped = f"{number:,}"
    return Text(grouped.replace(",", "\N{NO-BREAK SPACE}"), grouped)


def spoken(settings: Mapping[str, str]) -> Language:
    """The language of a terminal by its settings: Swedish where they say neither that nor English."""
    said = next((settings[name] for name in _SPEAKING if settings.get(name)), "")
    return next((language for language in LANGUAGES if said.partition("_")[0] == language), "sv")
