"""Composes the content of a release: what rows and the vocabulary state on a base, and the id that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path

import msgspec

from loaders.content import Content, Stated, digest_of
from loaders.curated import Curated
from loaders.publisher import EDITORS, Publisher
from loaders.row import Row
from loaders.runs import LinesOnDisk, Room, encoded, end_in
from loaders.sources import Source
from loaders.stated import Statements, Stating
from ontology import iri, log
from ontology.base import Base
from ontology.engine import as_ntriples
from ontology.files import vocabulary_on
from queries.catalogue import questions
from shapes import files as shape_files

FORMAT = "23"
"""The format of release directories; a new one gives every content a new id.

A release that is there already is not made anew: what is written into one must follow from what the id covers.
"""

_MOST_REMEMBERED = 100_000
"""How many terms are remembered as they are written: the last ones, for a row speaks of the same things many times."""


Known = Callable[[str, Callable[[], str]], Stated | None]
"""What is known already to be stated in a graph by rows, whose digest is made when it is asked for."""


Take = Callable[[Iterable[bytes]], None]
"""Takes what is stated as it is made: lines of N-Quads in UTF-8, in any order, and perhaps more than once."""


def taken_by_none(_lines: Iterable[bytes]) -> None:
    """Where nobody waits for what is stated."""


def nothing_known(_graph: str, _rows: Callable[[], str]) -> None:
    """Where no release is there to say what rows state."""


def compose(  # noqa: PLR0913, PLR0917 - what a content is made of, and who waits for it
    curated: Curated,
    base: Base,
    publisher: Publisher = EDITORS,
    folder: Path | None = None,
    known: Known = nothing_known,
    take: Take = taken_by_none,
) -> Content:
    """The content that curated rows and the vocabulary make on a base, and who publishes it.

    Where statements are many, they are kept in a folder, if one is given: the content holds as long as that does.
    What is known already is not made again. All of it is given to `take` as soon as it is there.
    """
    localise = cache(base.localise)  # the same terms stand in many statements
    written = lru_cache(_MOST_REMEMBERED)(lambda term: as_ntriples(base.localise(term)))
    stating: dict[str, list[Row]] = {}
    for row in curated.rows:
        stating.setdefault(str(localise(iri.graph(row.stated_by))), []).append(row)
    digest_of_rows = cache(lambda graph: _digest_of_rows(stating[graph]))
    stated: dict[str, Stated] = {}
    room = Room()
    for number, (graph, of_graph) in enumerate(stating.items()):
        place = folder / str(number) if folder else None
        found = known(graph, partial(digest_of_rows, graph))
        if found:
            take(encoded(found.lines, end_in(graph)))
        else:
            found = _stated((row.told(written) for row in of_graph), graph, take, place)
        stated[graph] = found._replace(lines=room.keep(found.lines, place))
    graph = str(base.localise(iri.VOCABULARY_GRAPH))
    stated[graph] = _stated([Statements([*map(str, vocabulary_on(base))])], graph, take)
    rows = {graph: digest_of_rows(graph) for graph in stating}  # who loads what is stated has begun meanwhile
    graphs = {graph: of_it.lines for graph, of_it in stated.items()}
    digests = {graph: of_it.digest for graph, of_it in stated.items()}

    newest = max(row.retrieved for row in curated.rows if isinstance(row, Source))
    release_id = f"{newest}-{_fingerprint(base, digests, publisher)}"
    return Content(base, graphs, digests, release_id, newest, publisher, rows)


def _stated(said: Iterable[Statements], graph: str, take: Take, folder: Path | None = None) -> Stated:
    """What several say together in a graph."""
    stating, end = Stating(folder), end_in(graph)
    for told in said:
        stating.take(told)
        take(told.encoded(end))
    in_order = stating.lines()
    return Stated(in_order, in_order.digest if isinstance(in_order, LinesOnDisk) else digest_of(in_order))


def _digest_of_rows(rows: Iterable[Row]) -> str:
    """The SHA-256 of all that what rows state follows from: their classes and what each of them holds."""
    digest, encoder = sha256(), msgspec.msgpack.Encoder(enc_hook=repr)
    for row in rows:
        digest.update(encoder.encode((repr(type(row)), vars(row), row.__pydantic_private__)))
    return digest.hexdigest()


def _fingerprint(base: Base, digests: Mapping[str, str], publisher: Publisher) -> str:
    """Twelve hexadecimal digits that follow from all that decides what a release is."""
    digest = sha256()

    def take(parts: Iterable[str]) -> None:
        digest.update("\n".join([*parts, ""]).encode("utf-8"))

    take([f"format {FORMAT}", base.iri, publisher.model_dump_json()])
    for graph, of_lines in sorted(digests.items()):
        take([graph, of_lines])
    for name, text in sorted(shape_files.shape_texts().items()):
        take([f"shape {name}", text])
    for name, text in sorted(shape_files.description_texts().items()):
        take([f"description {name}", text])
    for rule in shape_files.rules():
        take([f"rule {rule.name}", rule.text])
    take(["log", log.authored_log()])
    for name, question in questions().items():
        take([f"question {name}", question.text])
    return digest.hexdigest()[:12]
