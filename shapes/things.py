"""What is said of a thing: terms and tails, as N-Triples writes them. A tail is a property and a value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

Said = Mapping[str, list[str]]
"""What is said of a thing: the values of each property. Terms are as N-Triples writes them."""

_ENDS = '">'  # of a text without a language, and of an IRI


def is_plain(term: str) -> bool:
    """True for an IRI that is written without escapes."""
    return term[0] == "<" and term[1] != "<" and "\\" not in term


def languages_in(said: Iterable[str]) -> set[str]:
    """The languages of the texts that lines or tails end with."""
    return {text[text.rindex("@") + 1 :].lower() for text in said if text[-1] not in _ENDS and '"@' in text}


def text_of(graphs: Mapping[str, Iterable[str]]) -> str:
    """Named graphs taken together, each of them lines without the final full stop, as one text in N-Triples."""
    return "".join(f"{line} .\n" for lines in graphs.values() for line in lines)


def with_property(said: Sequence[str], begin: str) -> Sequence[str]:
    """Those of the tails of a thing, which are in order, that begin with a property and a space."""
    return parted(said, begin)[1]


def parted(said: Sequence[str], begin: str) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The tails of a thing, which are in order: those before the ones that begin so, these, and those after."""
    place = end = bisect_left(said, begin)
    while end < len(said) and said[end].startswith(begin):
        end += 1
    return said[:place], said[place:end], said[end:]


def by_property(said: Iterable[str]) -> Said:
    """The values of each property, of the tails of a thing."""
    values: dict[str, list[str]] = {}
    for tail in said:
        predicate, _, value = tail.partition(" ")
        if (of_it := values.get(predicate)) is None:
            values[predicate] = [value]
        else:
            of_it.append(value)
    return values
