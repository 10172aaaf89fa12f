"""What is wrong with a value that a model does not take, in plain words: the library's own speak to programmers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ontology.text import Text

_OR = " or "

_TABLE = Text("det ska vara en tabell: {{nyckel = värde}}", "it is to be a table: {{key = value}}")
_LIST = Text("det ska vara en lista: [första, andra]", "it is to be a list: [first, second]")
_WHOLE = Text("det ska vara ett heltal", "it is to be a whole number")
_NUMBER = Text("det ska vara ett tal", "it is to be a number")
_BOOLEAN = Text("det ska vara true eller false", "it is to be true or false")
_DAY = Text("det ska vara en dag, som 2026-11-20", "it is to be a day, such as 2026-11-20")
_CHOICE = Text("det ska vara {expected}", "it is to be {expected}")

_WORDS: Mapping[str, Text] = {
    "missing": Text("det saknas", "it is missing"),
    "extra_forbidden": Text("det finns ingen sådan rad", "there is no such line"),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _TABLE),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), _LIST),
    "string_type": Text("det ska vara en text", "it is to be a text"),
    "string_too_short": Text("det ska ha minst {min_length} tecken", "it is to have at least {min_length} characters"),
    "string_too_long": Text("det får ha högst {max_length} tecken", "it may have at most {max_length} characters"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing"), _NUMBER),
    "finite_number": Text("det ska vara ett ändligt tal", "it is to be a number that has an end"),
    **dict.fromkeys(("bool_type", "bool_parsing"), _BOOLEAN),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DAY),
    "greater_than": Text("det ska vara mer än {gt}", "it is to be more than {gt}"),
    "greater_than_equal": Text("det ska vara minst {ge}", "it is to be at least {ge}"),
    "less_than": Text("det ska vara mindre än {lt}", "it is to be less than {lt}"),
    "less_than_equal": Text("det ska vara högst {le}", "it is to be at most {le}"),
    **dict.fromkeys(("enum", "literal_error"), _CHOICE),
}
"""What is told of a value, by the type of the fault; values of its context stand in their places."""

_QUOTED = {
    "string_type": Text(", inom citattecken", ", in quotation marks"),
    **dict.fromkeys(("int_type", "float_type", "bool_type"), Text(", utan citattecken", ", without quotation marks")),
}
"""What is added where a value of a file that tells texts from numbers is the one in place of the other."""


def worded(fault: Mapping[str, Any]) -> Text:
    """What a fault says, in both languages; the words of its own where it has any."""
    type_, context = fault["type"], fault.get("ctx", {})
    if (words := _WORDS.get(type_)) is None:
        said = str(fault["msg"]).removeprefix("Value error, ")
        return Text(said, said)
    if type_ == "string_too_short" and not fault["input"]:
        return Text("det är tomt", "it is empty")
    values = {name: _shown(value) for name, value in context.items()}
    swedish = {**values, "expected": str(values.get("expected", "")).replace(_OR, " eller ")}
    more = _QUOTED.get(type_) if _is_other(type_, fault["input"]) else None
    found = Text(words.sv.format(**swedish), words.en.format(**values))
    return Text(found.sv + more.sv, found.en + more.en) if more else found


def _is_other(type_: str, given: object) -> bool:
    """True where something else is given in the place of a text, or a text in the place of something else."""
    return isinstance(given, str) != (type_ == "string_type")


def _shown(value: object) -> object:
    """A limit as people write it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else value
