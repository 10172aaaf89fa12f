"""RDF files of anyone: which there are in a folder, the format by the name, what is packed, and where a fault stands.

A file that is named is taken whatever its name ends with, as long as that tells a format. Of a folder, all files are
that are RDF by their name; not what is hidden, nor endings that most often are something else.
"""

from __future__ import annotations

import gzip
import os
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, NoReturn, cast

import pyoxigraph as ox

from loaders.deep import MOST_OF_A_PART, TooDeep
from loaders.deep_elements import WatchedElements
from loaders.deep_objects import WatchedObjects
from loaders.deep_terms import WatchedTerms
from loaders.xml_entities import SwellingEntity, watched

GZIP = ".gz"
_FURTHER = {"owl": ox.RdfFormat.RDF_XML, "json-ld": ox.RdfFormat.JSON_LD, "nquads": ox.RdfFormat.N_QUADS}
"""Endings that people give RDF files and the engine does not know."""

_NOT_SURELY = {"xml", "json", "txt"}
"""Endings that the engine takes for RDF, and that in a folder are most often something else."""

_ELSEWHERE = "No LoadDocumentCallback"
"""How the parser begins what it says of JSON-LD whose context is not in it."""

_PIECE = 1 << 16
_SHORT_PIECE = 1 << 11

_FULL = "Reached the buffer maximal size"
"""How the parser begins what it says of a part that is longer than it waits for."""

ENDINGS = ".ttl, .nt, .nq, .trig, .rdf, .owl, .xml, .jsonld, .json or .n3, also with .gz"
IN_FOLDERS = ".ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld or .n3, also with .gz"


class UnreadableFile(Exception):
    """A file that cannot be read; the message names the file, the line and column where known, and what is wrong."""


@dataclass(frozen=True, slots=True)
class RdfFile:
    """A file and the format of RDF that its name tells."""

    path: Path
    format: ox.RdfFormat

    def name_below(self, folder: Path) -> str:
        """Its path in the folder that it was found in; its own name where it was not found but named."""
        return self.path.name if self.path == folder else self.path.relative_to(folder).as_posix()

    def quads(self) -> Iterator[ox.Quad]:
        """What it says, values as they are written; blank nodes are of this file alone. Raises UnreadableFile."""
        base = self.path.absolute().as_uri()
        with opened(self) as content:
            yield from ox.parse(content, format=self.format, base_iri=base, rename_blank_nodes=True)


def find_files(path: Path) -> list[RdfFile]:
    """The file of a name, or all RDF files of a folder, in order.

    Raises UnreadableFile where there is none, or a link that leads nowhere; and OSError for a folder that is closed.
    """
    if not path.is_dir():
        return [RdfFile(path, _format_of(path))]
    files = [file for file in sorted(_all_in(path)) if _is_rdf(file.relative_to(path))]
    if lost := next((file for file in files if file.is_symlink() and not file.exists()), None):
        raise UnreadableFile(f"{lost}: it leads to {lost.readlink()}, which is not there")
    found = [RdfFile(file, _format_of(file)) for file in files if file.is_file()]
    if not found:
        raise UnreadableFile(f"{path}: no RDF files in this folder; there they end in {IN_FOLDERS}")
    return found


def _all_in(folder: Path) -> Iterator[Path]:
    """All that is in a folder and in those in it, but for folders. Raises OSError where one cannot be looked into.

    Those that are hidden are not looked into, nor what a file system keeps for itself.
    """

    def stop(error: OSError) -> NoReturn:
        raise error

    for place, inner, names in os.walk(folder, onerror=stop):
        inner[:] = [name for name in inner if not name.startswith(".") and name != "lost+found"]
        yield from (Path(place) / name for name in names)


@contextmanager
def opened(file: RdfFile) -> Iterator[IO[bytes]]:
    """The content of a file, unpacked, for the block to read. A fault in it raises UnreadableFile."""
    try:
        with _content_of(file.path) as content:
            if cast("BufferedReader", content).peek(len(BOM_UTF8)).startswith(BOM_UTF8):
                content.read(len(BOM_UTF8))  # what editors on Windows put first, and no grammar knows
            yield shallow(content, file.format)
    except SyntaxError as error:
        place = (error.lineno, error.offset) if error.lineno else _place_of_fault(file)
        where = f":{place[0]}:{place[1]}" if place else ""
        raise UnreadableFile(f"{file.path}{where}: this is not {file.format.name}: {said_of(error)}") from error
    except MemoryError as error:
        if (fault := too_long(error)) is None:
            raise
        raise UnreadableFile(f"{file.path}: {fault}") from error
    except TooDeep as error:
        raise UnreadableFile(f"{file.path}:{error.line}: {error}") from error
    except SwellingEntity as error:
        raise UnreadableFile(f"{file.path}: {error}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(f"{file.path}: this is not gzip, or not all of it: {error}") from error
    except OSError as error:
        raise UnreadableFile(f"{file.path}: {error.strerror or error}") from error


def shallow(content: IO[bytes], kind: ox.RdfFormat) -> IO[bytes]:
    """A file whose reading raises TooDeep or SwellingEntity before what the engine would end on has been given."""
    if kind == ox.RdfFormat.RDF_XML:
        return cast("IO[bytes]", WatchedElements(watched(content)))
    return cast("IO[bytes]", (WatchedObjects if kind == ox.RdfFormat.JSON_LD else WatchedTerms)(content))


@contextmanager
def read_safely(body: bytes, kind: ox.RdfFormat) -> Iterator[None]:
    """While this lasts, a content that was got may be read: the engine will not end on it.

    Raises ValueError for one on which it would, and for one that has a part which is too long.
    """
    content = shallow(BytesIO(body), kind)
    try:
        while content.read(_PIECE):
            pass
        yield
    except TooDeep as error:
        raise ValueError(f"line {error.line}: {error}") from error
    except MemoryError as error:
        raise ValueError(too_long(error) or "there is too little memory for it") from error


def _ending(path: Path) -> str:
    return Path(path.name.removesuffix(GZIP)).suffix.removeprefix(".").lower()


def _is_rdf(path: Path) -> bool:
    """True for a file that is taken for RDF by its path within a folder."""
    hidden = any(part.startswith(".") for part in path.parts)
    ending = _ending(path)
    return not hidden and ending not in _NOT_SURELY and _known(ending) is not None


def _known(ending: str) -> ox.RdfFormat | None:
    return _FURTHER.get(ending) or ox.RdfFormat.from_extension(ending)


def _format_of(path: Path) -> ox.RdfFormat:
    kind = _known(_ending(path))
    if kind is None:
        raise UnreadableFile(f"{path}: the name does not tell which format of RDF this is; it ends in {ENDINGS}")
    return kind


def _content_of(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == GZIP else path.open("rb")


def said_of(error: SyntaxError) -> str:
    """What the parser says, without the place, which stands before it."""
    said = error.msg
    if said.startswith(_ELSEWHERE):
        return "its @context stands at an address, and nothing is fetched: write the context itself into the file"
    place, found, rest = said.partition(": ")
    return rest if found and place.startswith("Parser error") else said


def too_long(error: MemoryError) -> str | None:
    """What is wrong where the parser gives up on a part that is too long; None where memory is short."""
    if not str(error).startswith(_FULL):
        return None
    return f"one part of it, such as a text, is longer than {MOST_OF_A_PART:,} bytes, which is the most that is read"


class _Drip:
    """A file that is given in short pieces, and from a certain one on byte by byte, to see how far a parser reads."""

    def __init__(self, file: IO[bytes], by_bytes_from: int | None = None) -> None:
        self._file = file
        self._from = by_bytes_from
        self._rest = b""
        self._is_ended = False  # the line of the last byte that was given
        self.piece = 0
        self.line = 1
        self.column = 0

    def read(self, most: int = -1) -> bytes:
        if not self._rest:
            self._rest = self._file.read(_SHORT_PIECE)
            self.piece += 1
        size = 1 if self._from is not None and self.piece >= self._from else most
        given, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        if given:
            self._move(given)
        return given

    def _move(self, given: bytes) -> None:
        """Go on to where the last of these bytes stands."""
        ended = self._is_ended + given.count(b"\n", 0, -1)
        self.line += ended
        in_line = given[given.rfind(b"\n", 0, -1) + 1 :]
        characters = sum(byte & 0xC0 != 0x80 for byte in in_line)  # of which UTF-8 makes several bytes
        self.column = characters if ended else self.column + characters
        self._is_ended = given.endswith(b"\n")


def _place_of_fault(file: RdfFile) -> tuple[int, int] | None:
    """The line and column at which the parser stops, for RDF/XML, whose parser does not tell."""
    if file.format != ox.RdfFormat.RDF_XML:
        return None
    piece: int | None = None
    base = file.path.absolute().as_uri()
    for _ in range(2):
        with _content_of(file.path) as content:
            drip = _Drip(content, piece)
            try:
                for _quad in ox.parse(cast("IO[bytes]", drip), format=file.format, base_iri=base):
                    pass
            except SyntaxError:
                piece = drip.piece
    return (drip.line, drip.column) if piece else None
