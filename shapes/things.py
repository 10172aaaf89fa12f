"""What sorted statements say, thing by thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter

Said = Mapping[str, list[str]]
"""What is said of a thing: the values of each property. Terms are as N-Triples writes them."""

_thing = itemgetter(0)


def is_plain(term: str) -> bool:
    """True for an IRI that is written without escapes."""
    return term[0] == "<" and term[1] != "<" and "\\" not in term


def text_of(graphs: Mapping[str, Iterable[str]]) -> str:
    """Named graphs taken together, each of them lines without the final full stop, as one text in N-Triples."""
    return "".join(f"{line} .\n" for lines in graphs.values() for line in lines)


def things(lines: Iterable[str]) -> Iterator[tuple[str, Said]]:
    """The things that sorted lines of N-Triples, without the final full stop, speak of, one after another."""
    thing, said = "", defaultdict[str, list[str]](list)
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject != thing:
            if thing:
                yield thing, said
            thing, said = subject, defaultdict(list)
        said[predicate].append(value)
    if thing:
        yield thing, said


def by_thing(told: Iterable[Iterable[tuple[str, Said]]]) -> Iterator[tuple[str, list[Said]]]:
    """What several graphs say of one thing after another, where each tells of things in order."""
    for thing, said in groupby(merge(*told, key=_thing), key=_thing):
        yield thing, [of_graph for _, of_graph in said]
