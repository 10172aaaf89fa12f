"""What is wrong with JSON is told in words of ours, in both languages, whatever the parser says."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest

from endpoint.json_faults import decoded, told


class Sent(msgspec.Struct):
    """What a client may send."""

    name: str
    number: Annotated[int, msgspec.Meta(ge=1, le=9)] | None = None
    parts: list[str | float] = []
    sort: Literal["up", "down"] = "up"


FAULTS = {
    b"": ("den tar slut för tidigt", "it ends too early"),
    b'{"name" 1}': ("det som står vid byte 8 kan inte stå där", "what stands at byte 8 cannot stand there"),
    b'{"name": "a",}': ("det som står vid byte 13 kan inte stå där", "what stands at byte 13 cannot stand there"),
    b'{"name": "\xff"}': ("det som står vid byte 0 är inte UTF-8", "what stands at byte 0 is not UTF-8"),
    b"[]": ("det hela är en lista, och ska vara ett objekt", "the whole is an array, and should be an object"),
    b"{}": ("det hela saknar ”name”", "the whole is without “name”"),
    b'{"name": 1}': ("$.name är ett heltal, och ska vara en text", "$.name is a whole number, and should be a string"),
    b'{"name": "a", "number": 10}': ("$.number är större än 9", "$.number is greater than 9"),
    b'{"name": "a", "number": 0}': ("$.number är mindre än 1", "$.number is less than 1"),
    b'{"name": "a", "parts": ["b", true]}': (
        "$.parts[1] är true eller false, och ska vara ett tal eller en text",
        "$.parts[1] is true or false, and should be a number or a string",
    ),
    b'{"name": "a", "parts": [1e999]}': ("$.parts[0] är ett för stort tal", "$.parts[0] is a number that is too large"),
    b'{"name": "a", "sort": "`x` - at"}': ("$.sort kan inte vara '`x` - at'", "$.sort cannot be '`x` - at'"),
    b'{"name": "a", "other": ' + b"[" * 100_000: ("den är för djupt nästlad", "it is nested too deeply"),
}


@pytest.mark.parametrize("sent", FAULTS, ids=lambda sent: repr(sent[:40]))
def test_what_is_wrong_is_told_in_both_languages(sent):
    with pytest.raises((msgspec.MsgspecError, UnicodeDecodeError, RecursionError)) as raised:
        msgspec.json.decode(sent, type=Sent)
    assert told(raised.value) == FAULTS[sent]


class Batch(msgspec.Struct):
    """Several of these, one of them by itself."""

    several: list[Sent]
    named: dict[str, Sent] = {}
    first: Sent | None = None


@pytest.mark.parametrize(
    ("sent", "swedish", "english"),
    [
        (
            b'{"several": [{"name": "a", "sort": "dwon"}]}',
            "$.several[0].sort kan inte vara 'dwon'; det här kan det vara: down, up; menas down?",
            "$.several[0].sort cannot be 'dwon'; it can be: down, up; is down meant?",
        ),
        (
            b'{"several": [], "named": {"a": {"name": "a", "sort": "across"}}}',
            "$.named[...].sort kan inte vara 'across'; det här kan det vara: down, up",
            "$.named[...].sort cannot be 'across'; it can be: down, up",
        ),
        (
            b'{"several": [], "first": {"name": "a", "sort": "UP"}}',
            "$.first.sort kan inte vara 'UP'; det här kan det vara: down, up; menas up?",
            "$.first.sort cannot be 'UP'; it can be: down, up; is up meant?",
        ),
    ],
)
def test_a_value_that_is_none_of_a_list_is_told_with_the_list(sent, swedish, english):
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.json.decode(sent, type=Batch)
    assert told(raised.value, Batch) == (swedish, english)


@pytest.mark.parametrize(
    ("sent", "byte"),
    [
        (b'{"a": "b\xc3"}', 8),
        (b'{"a": "b\xe2\x82', 8),
        (b"\xc3", 0),
        (b'{"a": "\xff"}', 7),
        ('{"å": "'.encode() + b"\xa5", 8),
    ],
)
def test_a_byte_that_is_no_utf_8_is_told_by_its_place_in_the_body_also_at_its_end(sent, byte):
    with pytest.raises(UnicodeDecodeError) as raised:
        decoded(sent)
    assert told(raised.value).en == f"what stands at byte {byte} is not UTF-8"


def test_half_a_character_is_told_by_its_place():
    with pytest.raises(UnicodeEncodeError) as raised:
        "abc\ud800".encode()
    assert told(raised.value).en == "character 4 is none of Unicode"


def test_what_the_parser_may_come_to_say_is_not_passed_on():
    assert told(ValueError("Something new")) == (
        "den har en annan form än den ska ha",
        "it has another form than it should have",
    )
