"""Numbers of answers are told with the digits of the source, as far as the engine reckons with them."""

from __future__ import annotations

from decimal import Context, Decimal
from random import Random

import pytest

from loaders.json_answers import digits_of, read_json

FINEST, EXACTLY = Decimal("1e-18"), Context(prec=60)


def number(text: str) -> Decimal | int:
    return read_json(f'{{"value":{text}}}'.encode())["value"]


@pytest.mark.parametrize("seed", range(20))
def test_digits_are_those_of_the_number_to_the_eighteenth_decimal(seed):
    draw = Random(seed)
    texts = [f"{draw.randrange(-(10**9), 10**9)}.{draw.randrange(10 ** draw.randrange(1, 25))}" for _ in range(500)]
    texts += [f"{draw.randrange(10**6)}e{draw.randrange(-30, 12)}" for _ in range(500)]
    texts += [str(draw.randrange(-(10**18), 10**18)) for _ in range(100)]
    for text in texts:
        digits, value = digits_of(number(text)), Decimal(text)
        assert Decimal(digits) == value.quantize(FINEST, context=EXACTLY), text
        assert "E" not in digits.upper(), text
        if len(format(value, "f")) <= 18:  # the zeros at its end with it
            assert digits == format(value, "f"), text


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("1.50", "1.50"),
        ("1E+2", "100"),
        ("0E-7", "0.0000000"),
        ("0.0000001", "0.0000001"),
        ("123456789012345.5", "123456789012345.5"),  # 17 characters, and one more and two more
        ("123456789012345.25", "123456789012345.25"),
        ("123456789012345.125", "123456789012345.125"),
        ("0.1234567890123456789", "0.123456789012345679"),
        ("999999999999999999", "999999999999999999"),
        ("null", ""),
    ],
)
def test_digits_as_they_are_written(text, digits):
    assert digits_of(number(text)) == digits


@pytest.mark.parametrize("text", ["true", "[]", '"1"', "1e19", "10000000000000000000"])
def test_what_is_no_number_or_too_large_is_refused(text):
    with pytest.raises(ValueError, match=r"is no number of JSON|is beyond what is measured"):
        digits_of(number(text))
