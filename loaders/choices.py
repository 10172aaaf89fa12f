"""Closed lists of values: what there is to choose from, and which of it is most likely meant by what is none of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from loaders.told import counted
from loaders.worded import worded
from ontology.text import Text

_MOST_LISTED = 30
_LONGEST = 100  # characters of what is given that are compared
_NEAR = 0.7
_QUOTED = re.compile(r"'([^']*)'")


def listed(there_are: Iterable[str], given: str, taken: Iterable[str] = ()) -> Text:
    """What there is, and what of it is near to what is given: `ja, delvis, nej; menas delvis?`.

    `taken` is what may be written beside that, such as codes, and may be meant too.
    """
    values = list(there_are)
    first = ", ".join(values[:_MOST_LISTED])
    more = counted(len(values) - _MOST_LISTED)
    rest = Text(f" och {more.sv} till", f" and {more.en} more") if len(values) > _MOST_LISTED else Text("", "")
    asked = question(nearest([*taken, *values], given))
    return Text(f"{first}{rest.sv}{asked.sv}", f"{first}{rest.en}{asked.en}")


def nearest(there_are: Iterable[str], given: str) -> str | None:
    """The value that is nearest to what is given, capitals or not; None where none is near."""
    folded = {value.casefold(): value for value in there_are}
    near = get_close_matches(given[:_LONGEST].casefold(), folded, 1, _NEAR)
    return folded[near[0]] if near else None


def question(near: str | Text | None) -> Text:
    """Whether a value is meant, as it is asked after a list; nothing where there is none."""
    if near is None:
        return Text("", "")
    value = near if isinstance(near, Text) else Text(near, near)
    return Text(f"; menas {value.sv}?", f"; is {value.en} meant?")


def said_of(fault: Mapping[str, Any]) -> str:
    """What a model says of a value; after a list of what there is, which of that is meant."""
    message = worded(fault).en
    if fault["type"] not in {"enum", "literal_error"}:
        return message
    return message + question(nearest(_QUOTED.findall(str(fault["ctx"]["expected"])), str(fault["input"]))).en
