"""Answers that are packed for the way: whole whatever pieces they come in, and told of where they are not whole."""

import gzip

import pytest

from loaders.unpacked import CutOff, NotPacked, unpacked

SAID = "å ä ö; 12,5\n".encode() * 300
PACKED = gzip.compress(SAID) + gzip.compress(b"and another member")


def in_pieces(body, size):
    return [body[start : start + size] for start in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("coding", ["gzip", " GZIP", "x-gzip"])
def test_every_member_is_unpacked_whatever_the_pieces(size, coding):
    assert b"".join(unpacked(in_pieces(PACKED, size), coding)) == SAID + b"and another member"


@pytest.mark.parametrize("coding", ["", "identity"])
def test_what_is_not_packed_stays_as_it_is(coding):
    assert b"".join(unpacked(in_pieces(SAID, 50), coding)) == SAID


@pytest.mark.parametrize("size", [1, 10_000])
def test_wherever_it_is_cut_off_it_is_told(size):
    whole = gzip.compress(SAID)
    for end in range(1, len(whole)):
        with pytest.raises(CutOff):
            list(unpacked(in_pieces(whole[:end], size), "gzip"))


def test_no_piece_is_greater_than_it_may_be():
    swollen = gzip.compress(bytes(5 << 20))
    assert max(map(len, unpacked([swollen], "gzip"))) <= 1 << 20


@pytest.mark.parametrize(("body", "coding"), [(b"{}", "gzip"), (PACKED + b"{}", "gzip"), (SAID, "br")])
def test_what_is_not_packed_as_it_says_is_refused(body, coding):
    with pytest.raises(NotPacked):
        list(unpacked([body], coding))
