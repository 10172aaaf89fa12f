"""A gzip file of pieces is one gzip file, whether its pieces were packed now or before."""

import gzip
import random
import zlib

import pytest

from loaders.packed import Piece, Place, checksum_of, write_pieces

PIECES = (["a\n", "å\n"], [], [f"line {number}\n" for number in range(5000)], ["end\n"])
TEXT = "".join(line for piece in PIECES for line in piece).encode()


def test_a_file_of_pieces_is_a_gzip_file_of_one_member(tmp_path):
    write_pieces(tmp_path / "all.gz", ((piece, None) for piece in PIECES))
    packed = (tmp_path / "all.gz").read_bytes()
    assert gzip.decompress(packed) == TEXT
    one = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert one.decompress(packed) == TEXT
    assert one.eof
    assert one.unused_data == b""


def test_pieces_that_are_taken_over_give_the_same_bytes(tmp_path):
    places = write_pieces(tmp_path / "before.gz", ((piece, None) for piece in (["first\n"], *PIECES)))
    taken = [Piece(tmp_path / "before.gz", place) for place in places[1:]]
    again = write_pieces(tmp_path / "again.gz", zip(PIECES, [taken[0], taken[1], None, taken[3]], strict=True))
    whole = write_pieces(tmp_path / "whole.gz", ((piece, None) for piece in PIECES))
    assert again == whole
    assert (tmp_path / "again.gz").read_bytes() == (tmp_path / "whole.gz").read_bytes()


def test_a_file_that_ends_before_its_piece_is_told(tmp_path):
    (tmp_path / "before.gz").write_bytes(b"short")
    with pytest.raises(EOFError, match=r"before\.gz ends before 20"):
        write_pieces(tmp_path / "again.gz", [(["a\n"], Piece(tmp_path / "before.gz", Place(10, 20, 0, 2)))])


@pytest.mark.parametrize("lengths", [(), (0,), (1,), (3, 0, 5), (100_000, 1, 70_001)])
def test_the_checksum_of_pieces_follows_from_those_of_each(lengths):
    parts = [random.Random(length).randbytes(length) for length in lengths]
    places = [Place(0, 0, zlib.crc32(part), len(part)) for part in parts]
    assert checksum_of(places) == zlib.crc32(b"".join(parts))
