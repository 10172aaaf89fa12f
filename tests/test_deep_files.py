"""Files whose triple terms nest deeper than the engine reads are refused, by file and line, before it reads them."""

from __future__ import annotations

import gzip
import io

import pyoxigraph as ox
import pytest

from loaders.collection import collect
from loaders.deep_terms import DeepTerm, watched
from loaders.parsing import UnreadableFile
from loaders.rdf_files import read_rdf
from ontology.base import Base

DATA = Base("http://data.test/")
BEFORE = '<x:a> <x:b> "<<( <<(" .\n# <<( in a comment\n'


def statement(levels: int, opening: str = "<<( <x:s> <x:p> ", closing: str = " )>>") -> str:
    """A statement about a term of so many levels."""
    return f"<x:a> <x:b> {opening * levels}<x:o>{closing * levels} .\n"


class Pieces(io.BytesIO):
    """A file that is read in pieces of a size at most."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size = size

    def read(self, size: int | None = None) -> bytes:
        return super().read(min(self.size, size or self.size))


@pytest.mark.parametrize("name", ["deep.nt", "deep.ttl", "deep.trig", "deep.nq.gz"])
def test_a_file_is_refused_with_the_line_of_what_nests_too_deep(tmp_path, name):
    content = (BEFORE + statement(3) + statement(1001)).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    with pytest.raises(UnreadableFile, match=rf"{name}:4: a triple term has others in it in more than 1,000 levels"):
        collect([tmp_path / name], (), DATA, tmp_path / "store")


@pytest.mark.parametrize("ending", ["nt", "ttl"])
def test_a_file_that_is_mapped_is_refused_alike(ending):
    with pytest.raises(ValueError, match=r"^line 3: a triple term has others in it"):
        read_rdf((BEFORE + statement(1001)).encode(), ending, "http://data.test/", None, 10)


OPENINGS = [
    "<<( <x:s> <x:p> ",
    "<<(<x:s><x:p>",
    "<<( _:b a ",
    "<<(\n<x:s>\n<x:p>\n",
    "<<(<http://example.org/it's#here> a ",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("size", [1, 7, 4096, 1_000_000])
def test_it_is_seen_however_it_is_written_and_read(opening, size):
    def read(levels: int) -> list[ox.Quad]:
        content = (BEFORE + statement(levels, opening)).encode()
        return list(ox.parse(watched(Pieces(content, size)), format=ox.RdfFormat.TURTLE))

    assert len(read(1000)) == 2
    with pytest.raises(DeepTerm) as refused:
        read(1001)
    assert refused.value.line == 3


def test_many_terms_beside_one_another_are_read_and_so_are_texts_that_look_like_them():
    text = '<x:a> <x:b> "<<( <<( <<( a b c", "<<( a b" .\n'
    content = (statement(3) * 2000 + text * 2000).encode()
    assert len(list(ox.parse(watched(Pieces(content, 1000)), format=ox.RdfFormat.TURTLE))) == 6000
