"""Files of statements about things of ours: any RDF, and tables and GeoJSON by CSVW metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loaders.cache import Answer
from loaders.client import Client, Unfetched
from loaders.csvw_tables import Metadata
from loaders.features import as_table
from loaders.live import LiveSource
from loaders.live_series import on_lines
from loaders.progress import Told
from loaders.rdf_files import read_rdf, refuse_web_page
from loaders.row import Row, things_of
from loaders.statement_mapping import TABULAR, StatementFile
from loaders.statements import PlacedTriple, Spot, Statements, described

_MEDIA_TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json, application/json",
    "jsonld": "application/ld+json",
    "n3": "text/n3",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
}


class FileStatements(Statements):
    """What a file says of one thing."""

    table = "file_statements"


def file_of(source: LiveSource) -> StatementFile:
    """The file that a source names."""
    if source.statements is None:
        raise ValueError(f"the source {source.id} names no file of statements")
    return source.statements


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The file, from this machine or from its address. Raises Unfetched."""
    file = file_of(client.source)

    def check(answer: Answer) -> None:
        try:
            list(_statements(client.source, answer.body))
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    told(0, 1)
    answer = client.take(file, check, _MEDIA_TYPES[file.format or ""])
    told(1, 1)
    return [answer]


def read(source: LiveSource, answers: Iterable[tuple[str, bytes]], rows: Iterable[Row]) -> list[Row]:
    """A row for each thing of the tables that the file speaks of. Raises ValueError with what cannot be taken."""
    file, bodies = file_of(source), dict(answers)
    called = file.key(source.address)
    if called not in bodies:
        raise ValueError(f"{called} was not fetched; `miljograf fetch {source.id}` gets it")
    try:
        found = dict(_statements(source, bodies[called]))
        if len(found) < file.least:
            raise ValueError(f"there are {len(found):,} statements, and {file.least:,} are expected (least)")
        return list(on_lines(described(FileStatements, source.id, called, found.items(), things_of(rows))))
    except ValueError as error:
        raise ValueError(f"{called}: {error}") from error


def _statements(source: LiveSource, body: bytes) -> Iterator[PlacedTriple]:
    """What the file says by its mapping, each statement with its place."""
    file = file_of(source)
    ending, base = file.format or "", source.address + (file.path or "")
    if ending not in TABULAR:
        yield from ((triple, Spot()) for triple in read_rdf(body, ending, base, file.query_text, file.most))
        return
    metadata = Metadata(file.metadata_text or "", base)
    if ending == "geojson":
        if metadata.has_dialect:
            raise ValueError("the metadata has a dialect, and a map is written in none; leave it out")
        table = as_table(body, metadata.read_columns)
        yield from metadata.statements(table, file.most, lambda number, _: Spot(within=f"features[{number - 1}]"))
    else:
        refuse_web_page(body, ending)
        yield from metadata.statements(body, file.most, lambda _, line: Spot(line))
