"""A page of values that is read quickly says what it says when it is read with care, or is not read so at all."""

from __future__ import annotations

import json
import re
import sys
from random import Random

import pytest

from loaders import kolada
from loaders.json_answers import digits_of, read_json, usual_digits
from loaders.kolada_pages import read_usual

PLACES, FIGURES = ("0380", "1280"), ("N00401", "N00402")
SPOILT = [*'",:}{[]-.0å\\', "null", "true", "1e3", "-0", "\\u00e5", "\\ud83d", '"x":1,']
SAID = ['"count":1,', '"status":"x",', '"value":3,', '"kpi":"N00401",', '"next_url":null,', '"period":2019,']
SAID += ['"kpi" :"N00401",', '"kpi"\t:"N00402",']


def page(draw: Random) -> str:
    """A page as Kolada describes it, with what it may hold."""
    items = [
        {
            "kpi": draw.choice(FIGURES),
            "municipality": place,
            "period": year,
            "values": [
                {
                    "gender": sex,
                    "value": draw.choice([None, 0, 7, -3, 12.5, -0.25, 1e-7, 123456789.125, draw.uniform(-1e4, 1e4)]),
                    "count": 1,
                    "status": draw.choice(["", "", "Missing", None, "two  words", "m: x"]),
                }
                for sex in "TKM"[: draw.randrange(1, 4)]
            ],
        }
        for place in PLACES
        for year in (2019, 2020)
    ]
    links = draw.choice([{}, {"next_url": None}, {"next_url": "https://x/?a=1", "previous_url": None}])
    return json.dumps({"values": items, "count": len(items), **links}, separators=draw.choice([None, (",", ":")]))


def spoilt(draw: Random, text: str) -> bytes:
    """The page with something put in, taken out or said once more."""
    for _ in range(draw.randrange(3)):
        at = draw.randrange(len(text))
        match draw.randrange(4):
            case 0:
                text = text[:at] + draw.choice(SPOILT) + text[at:]
            case 1:
                text = text[:at] + text[at + draw.randrange(1, 4) :]
            case 2:
                at = draw.choice([place for place, sign in enumerate(text) if sign == "{"]) + 1
                text = text[:at] + draw.choice(SAID) + text[at:]
            case 3:
                digit = draw.choice([place for place, sign in enumerate(text) if sign.isdigit()])
                text = text[:digit] + draw.choice(["", "00", "9" * 20, "1.5", "e2", "."]) + text[digit + 1 :]
    return text.encode()


def taken(body: bytes, quickly: bool) -> object:
    """What is found on a page, or what is said to be wrong with it."""
    found = kolada._Read(kpis=dict.fromkeys(FIGURES), places=dict.fromkeys(PLACES))
    try:
        if not quickly or not kolada._take_usual(read_usual(body), found):
            kolada._take("data/", read_json(body), found)
    except ValueError as error:
        return str(error)
    return found.values


@pytest.mark.parametrize("seed", range(40))
def test_a_page_says_the_same_whichever_way_it_is_read(seed):
    draw = Random(seed)
    pages = [spoilt(draw, page(draw)) for _ in range(100)]
    carefully = [taken(body, quickly=False) for body in pages]
    assert [taken(body, quickly=True) for body in pages] == carefully
    assert any(isinstance(each, str) for each in carefully)
    assert any(read_usual(body) for body in pages)


@pytest.mark.parametrize("said", SAID)
def test_a_page_in_which_something_is_said_twice_is_not_read_quickly(said):
    text = page(Random(1))
    assert read_usual(text.encode())
    for at, sign in enumerate(text):
        if sign == "{":
            assert not read_usual(f"{text[: at + 1]}{said}{text[at + 1 :]}".encode())


@pytest.mark.parametrize("escaped", [r"\ud83d", r"\ude00", r"\ud83d\ude00", r"\u0022:", '\\"', r"\n"])
def test_what_is_escaped_is_read_with_care(escaped):
    body = page(Random(1)).replace('"Missing"', f'"{escaped}"').encode()
    assert escaped.encode() in body
    assert read_usual(body) is None
    assert taken(body, quickly=True) == taken(body, quickly=False)


@pytest.mark.parametrize("depth", [4000, 100_000])
@pytest.mark.parametrize("is_closed", [False, True])
def test_what_is_nested_deep_is_told_as_before(depth, is_closed):
    deep = "[" * depth + "]" * depth * is_closed
    body = re.sub('("value": ?)[^,]+', rf"\1{deep}", page(Random(1)), count=1).encode()
    may_be_read = depth == 4000 and is_closed and sys.version_info >= (3, 12)  # which may nest deeper
    assert may_be_read or read_usual(body) is None
    told = taken(body, quickly=True)
    assert told == taken(body, quickly=False)
    assert isinstance(told, str)


@pytest.mark.parametrize("seed", range(20))
def test_usual_digits_are_those_of_the_number(seed):
    draw = Random(seed)
    signs = ["".join(draw.choices("0123456789.-e+", k=draw.randrange(1, 24))) for _ in range(2000)]
    numbers = [repr(draw.uniform(-(10**power), 10**power)) for power in range(-9, 19)]
    usual = 0
    for text in [*signs, *numbers, *map(str, range(-20, 20)), "-0", "-0.0", "0.10", "null", "true", '"1"']:
        if (digits := usual_digits(text.encode())) is not None:
            usual += 1
            assert digits == digits_of(read_json(f'{{"value":{text}}}'.encode())["value"])
    assert usual > 100
