"""The statements of a release with some of them broken at random: gone, changed, moved, or said in two places."""

from __future__ import annotations

import random
from dataclasses import replace

from loaders.content import Content, digest_of
from ontology import iri


def broken(content: Content, seed: str) -> Content:
    """The same content, a few statements of which are others; the same seed gives the same."""
    chance = random.Random(seed)
    vocabulary = str(content.base.localise(iri.VOCABULARY_GRAPH))
    names = sorted(content.graphs.keys() - {vocabulary})
    graphs = {graph: set(content.graphs[graph]) for graph in content.graphs}
    for _ in range(chance.randint(1, 4)):
        graph, other = (chance.choice(names) for _ in range(2))
        for _ in range(chance.randint(1, 6)):
            _break(graphs, graph, other, chance)
    if chance.random() < 0.3:  # a source is gone, and what it said is said by nobody
        graphs[chance.choice(names)].clear()
    if chance.random() < 0.3:  # another source says the same as well
        graph = chance.choice(names)
        graphs[f"{graph}-anew"] = set(graphs[graph])
    left = {graph: tuple(sorted(lines)) for graph, lines in graphs.items() if lines}
    digests = {graph: digest_of(lines) for graph, lines in left.items()}
    return replace(content, graphs=left, digests=digests, release_id=f"2026-11-27-{chance.randrange(16**12):012x}")


def _break(graphs: dict[str, set[str]], graph: str, other: str, chance: random.Random) -> None:
    if not graphs[graph] or not graphs[other]:
        return
    line, second = chance.choice(sorted(graphs[graph])), chance.choice(sorted(graphs[other]))
    match chance.choice(["gone", "moved", "said twice", "changed", "inner"]):
        case "gone":
            graphs[graph].discard(line)
        case "moved":
            graphs[graph].discard(line)
            graphs[other].add(line)
        case "said twice":
            graphs[other].add(line)
        case "changed":
            graphs[graph].discard(line)
            graphs[graph].add(_mixed(line, second, chance))
        case "inner":  # of a data set, series or observation, where there are any
            inner = [one for one in sorted(graphs[graph]) if "/linked-data/cube#" in one] or [line]
            graphs[graph].add(_mixed(chance.choice(inner), second, chance))


def _mixed(line: str, second: str, chance: random.Random) -> str:
    """A line, one term of which is that of another."""
    terms, others = line.split(" ", 2), second.split(" ", 2)
    place = chance.randrange(3)
    if place == 2 and chance.random() < 0.3:
        return f'{terms[0]} {terms[1]} " stray"'
    return " ".join([*terms[:place], others[place], *terms[place + 1 :]])


def seeds(number: int) -> list[str]:
    """So many seeds."""
    return [f"broken {place}" for place in range(number)]
