"""What changed in a text is shown word by word; what has little in common stands as it was and as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endpoint.through_time.revisions import Piece, compare, revise

WORDS = st.lists(st.sampled_from(["mål", "och", "hav", "14.1", ",", " ", "\n", "Ä"]), max_size=12).map("".join)


def side(pieces, *fates: str) -> str:
    """The text of the pieces that met with some fates."""
    return "".join(piece.text for piece in pieces if piece.fate in fates)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Frisk luft", "Frisk luft", [("kept", "Frisk luft")]),
        ("Frisk luft", "Frisk luft nu", [("kept", "Frisk luft"), ("new", " nu")]),
        (
            "Hav i god balans",
            "Hav i balans",
            [("kept", "Hav i "), ("gone", "god "), ("kept", "balans")],
        ),
        (
            "senast 2025 ska målet nås",
            "senast 2030 ska målet nås",
            [("kept", "senast "), ("gone", "2025"), ("new", "2030"), ("kept", " ska målet nås")],
        ),
    ],
)
def test_a_text_that_was_rewritten_is_told_word_by_word(before, after, expected):
    assert compare(before, after) == tuple(Piece(fate, text) for fate, text in expected)


def test_texts_with_little_in_common_are_not_compared():
    assert compare("Giftfri miljö", "Ett rikt odlingslandskap") is None


def numbered(first: str, last: str) -> str:
    """A text of 600 words."""
    return " ".join([first, *map(str, range(598)), last])


def test_long_texts_are_compared_where_little_of_them_lies_between_what_is_the_same():
    told = compare(numbered("Senast", "2025"), numbered("Senast", "2030"))
    assert [(piece.fate, piece.text) for piece in told[1:]] == [("gone", "2025"), ("new", "2030")]
    assert compare(numbered("Senast", "2025"), numbered("Före", "2030")) is None


@given(WORDS, WORDS)
@settings(max_examples=200, deadline=None, database=None)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = compare(before, after)
    if pieces is not None:
        assert side(pieces, "kept", "gone") == before
        assert side(pieces, "kept", "new") == after


def test_a_text_is_compared_with_the_one_in_its_language():
    found = revise(['"Clean Air"@en', '"Frisk luft"@sv'], ['"Frisk luft nu"@sv', '"Clean Air now"@en'])
    assert [text.language for text in found.rewritten] == ["en", "sv"]
    assert [side(text.pieces, "new") for text in found.rewritten] == [" now", " nu"]
    assert (found.gone, found.new) == ((), ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["<https://w3id.org/miljograf/id/actor/a>"], ["<https://w3id.org/miljograf/id/actor/b>"]),
        (['"8"^^<http://www.w3.org/2001/XMLSchema#integer>'], ['"9"^^<http://www.w3.org/2001/XMLSchema#integer>']),
        (['"Frisk luft"@sv'], ['"Clean Air"@en']),
        (['"Frisk luft"@sv', '"Frisk luft ett"@sv'], ['"Frisk luft två"@sv']),
        (['"Frisk luft"@sv'], []),
        ([], ['"Frisk luft"@sv']),
    ],
)
def test_all_else_went_and_came(before, after):
    found = revise(before, after)
    assert found.rewritten == ()
    assert (found.gone, found.new) == (tuple(before), tuple(after))
