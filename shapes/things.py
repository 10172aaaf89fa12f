"""What sorted statements say, thing by thing.

A statement is what it is about, and its tail: the property and the value. The tails of most things are those of the
thing before, but for one or two; who goes through many is quickest by looking each of them up as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush, heapreplace
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

Said = Mapping[str, list[str]]
"""What is said of a thing: the values of each property. Terms are as N-Triples writes them."""

_Waiting = tuple[str, int, T, Iterator[tuple[str, T]]]
"""A thing, the number of a graph, what it says of the thing, and what it says of those that come after."""

_LINES_AT_ONCE = 5000
_ENDS = '">'  # of a text without a language, and of an IRI
_AFTER_ALL = "\U0010ffff"


def is_plain(term: str) -> bool:
    """True for an IRI that is written without escapes."""
    return term[0] == "<" and term[1] != "<" and "\\" not in term


def languages_in(said: Iterable[str]) -> set[str]:
    """The languages of the texts that lines or tails end with."""
    return {text[text.rindex("@") + 1 :].lower() for text in said if text[-1] not in _ENDS and '"@' in text}


def text_of(graphs: Mapping[str, Iterable[str]]) -> str:
    """Named graphs taken together, each of them lines without the final full stop, as one text in N-Triples."""
    return "".join(f"{line} .\n" for lines in graphs.values() for line in lines)


def tails(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The things that sorted lines of N-Triples, without the final full stop, speak of, each with its tails."""
    coming = iter(lines)
    at_hand: list[str] = []
    number, is_all = 1, False  # of the lines about a thing: most are followed by one with as many
    while not is_all:
        more = list(islice(coming, max(_LINES_AT_ONCE, len(at_hand))))
        at_hand += more
        begin, last, is_all = 0, len(at_hand), not more
        while begin < last:
            cut = at_hand[begin].index(" ") + 1
            head = at_hand[begin][:cut]
            end = begin + number
            if end >= last or not at_hand[end - 1].startswith(head) or at_hand[end].startswith(head):
                end = bisect_left(at_hand, f"{head[:-1]}!", begin)  # which is what comes after a space
                if end == last and not is_all:  # there may be more about it
                    break
                number = end - begin
            yield head[:-1], [line[cut:] for line in at_hand[begin:end]]
            begin = end
        at_hand = at_hand[begin:]


def with_property(said: Sequence[str], begin: str) -> Sequence[str]:
    """Those of the tails of a thing, which are in order, that begin with a property and a space."""
    place = end = bisect_left(said, begin)
    while end < len(said) and said[end].startswith(begin):
        end += 1
    return said[place:end]


def by_property(said: Iterable[str]) -> Said:
    """The values of each property, of the tails of a thing."""
    values = defaultdict[str, list[str]](list)
    for tail in said:
        predicate, value = tail.split(" ", 1)
        values[predicate].append(value)
    return values


def by_thing(told: Iterable[Iterable[tuple[str, T]]]) -> Iterator[tuple[str, list[T]]]:
    """What several graphs say of one thing after another, where each tells of things in order."""
    waiting: list[_Waiting[T]] = []
    for number, of_graph in enumerate(map(iter, told)):
        waiting += [(thing, number, said, of_graph) for thing, said in islice(of_graph, 1)]
    heapify(waiting)
    while waiting:
        thing, number, said, of_graph = heappop(waiting)
        bound = waiting[0][0] if waiting else _AFTER_ALL
        while thing < bound:  # nobody else speaks of it
            yield thing, [said]
            if (one := next(of_graph, None)) is None:
                break
            thing, said = one
        else:
            heappush(waiting, (thing, number, said, of_graph))
            if thing == bound:
                yield thing, list(_said_of(thing, waiting))


def _said_of(thing: str, waiting: list[_Waiting[T]]) -> Iterator[T]:
    """What is said of the thing that is the first of those that wait; it does not wait any more."""
    while waiting and waiting[0][0] == thing:
        _, number, said, of_graph = waiting[0]
        yield said
        if (one := next(of_graph, None)) is None:
            heappop(waiting)
        else:
            heapreplace(waiting, (one[0], number, one[1], of_graph))
