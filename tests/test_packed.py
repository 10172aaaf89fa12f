"""A gzip file of pieces is one gzip file, whether its pieces were packed now or before."""

import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.disk import encoded
from loaders.packed import Piece, Place, checksum_of, find_line, read_piece, whole, write_gzip, write_pieces

PIECES = ([b"a\n", "å\n".encode()], [], [b"line %d\n" % number for number in range(5000)], [b"end\n"])
TEXT = b"".join(some for piece in PIECES for some in piece)


def test_a_file_of_pieces_is_a_gzip_file_of_one_member(tmp_path):
    write_pieces(tmp_path / "all.gz", ((piece, None) for piece in PIECES))
    packed = (tmp_path / "all.gz").read_bytes()
    assert gzip.decompress(packed) == TEXT
    one = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert one.decompress(packed) == TEXT
    assert one.eof
    assert one.unused_data == b""


def test_a_file_at_once_is_one_piece_whose_bytes_tell_neither_name_nor_time(tmp_path):
    for name in ("a.gz", "b.gz"):
        write_gzip(tmp_path / name, PIECES[2])
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"".join(PIECES[2])
    assert read_piece(tmp_path / "a.gz", *whole(tmp_path / "a.gz")) == b"".join(PIECES[2]).decode().split("\n")[:-1]


def test_the_bytes_tell_not_in_what_portions_the_content_came(tmp_path):
    chance = random.Random(1)
    content = b"".join(b"line %d of %d\n" % (number, chance.randrange(1000)) for number in range(60_000))
    for length in (1000, 300_001, len(content)):
        write_gzip(tmp_path / f"{length}.gz", (content[at : at + length] for at in range(0, len(content), length)))
        assert gzip.decompress((tmp_path / f"{length}.gz").read_bytes()) == content
    assert len({file.read_bytes() for file in tmp_path.iterdir()}) == 1


def test_pieces_that_are_taken_over_give_the_same_bytes(tmp_path):
    places = write_pieces(tmp_path / "before.gz", ((piece, None) for piece in ([b"first\n"], *PIECES)))
    taken = [Piece(tmp_path / "before.gz", place) for place in places[1:]]
    again = write_pieces(tmp_path / "again.gz", zip(PIECES, [taken[0], taken[1], None, taken[3]], strict=True))
    at_once = write_pieces(tmp_path / "whole.gz", ((piece, None) for piece in PIECES))
    assert again == at_once
    assert (tmp_path / "again.gz").read_bytes() == (tmp_path / "whole.gz").read_bytes()


def test_a_file_that_ends_before_its_piece_is_told(tmp_path):
    (tmp_path / "before.gz").write_bytes(b"short")
    with pytest.raises(EOFError, match=r"before\.gz ends before 20"):
        write_pieces(tmp_path / "again.gz", [([b"a\n"], Piece(tmp_path / "before.gz", Place(10, 20, 0, 2)))])


@pytest.mark.parametrize("lengths", [(), (0,), (1,), (3, 0, 5), (100_000, 1, 70_001)])
def test_the_checksum_of_pieces_follows_from_those_of_each(lengths):
    parts = [random.Random(length).randbytes(length) for length in lengths]
    places = [Place(0, 0, zlib.crc32(part), len(part)) for part in parts]
    assert checksum_of(places) == zlib.crc32(b"".join(parts))


@given(st.sets(st.text("abå/-.", max_size=4), max_size=40), st.integers(1, 7))
def test_a_line_is_found_by_its_key_and_no_other_is(keys, size):
    lines = [f"{key}\tof {key}" for key in sorted(keys)]
    pieces = [lines[start : start + size] for start in range(0, len(lines), size)]
    places = [(number, number) for number in range(len(pieces))]
    for key in keys | {f"{key}-" for key in keys} | {"", "z"}:
        found = find_line(lambda number, _: pieces[number], places, key)
        assert found == (f"{key}\tof {key}" if key in keys else None)


@pytest.mark.parametrize("at_once", [True, False])
def test_lines_are_read_by_their_place_also_where_the_file_was_not_made_of_pieces(tmp_path, at_once):
    lines, file = [f"key {number:04}\n" for number in range(1000)], tmp_path / "some.gz"
    places = write_pieces(file, [(encoded(lines[:300]), None), (encoded(lines[300:]), None)])
    spans = [(place.start, place.end) for place in places]
    if at_once:
        file.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
        spans = [whole(file)]
    assert [f"{line}\n" for span in spans for line in read_piece(file, *span)] == lines
    with pytest.raises(ValueError, match="it ends before"):
        read_piece(file, 10, 1_000_000)
