"""What is wrong with JSON that a client has sent, in words: where it is none, or which value is of another type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from loaders.choices import listed
from ontology.text import LANGUAGES, Language, Text

_TYPES = {
    "object": Text("ett objekt", "an object"),
    "array": Text("en lista", "an array"),
    "str": Text("en text", "a string"),
    "int": Text("ett heltal", "a whole number"),
    "float": Text("ett tal", "a number"),
    "bool": Text("true eller false", "true or false"),
    "null": Text("null", "null"),
}
"""The types of values as the parser names them."""

_ANY, _OR, _WHOLE = Text("något annat", "something else"), Text(" eller ", " or "), Text("det hela", "the whole")
_LONGEST = 100  # characters of a place or a value that is said again

_STEP = re.compile(r"\.[^.\[]+|\[[^\]]*\]")
_AT = r"(?: - at `(?P<at>.+)`)?"
_SAYINGS = {
    rf"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`{_AT}": Text(
        "{at} är {got}, och ska vara {wanted}", "{at} is {got}, and should be {wanted}"
    ),
    rf"Expected `[^`]+` <= (?P<most>\S+){_AT}": Text("{at} är större än {most}", "{at} is greater than {most}"),
    rf"Expected `[^`]+` >= (?P<least>\S+){_AT}": Text("{at} är mindre än {least}", "{at} is less than {least}"),
    rf"Object missing required field `(?P<name>[^`]+)`{_AT}": Text("{at} saknar ”{name}”", "{at} is without “{name}”"),
    rf"Invalid enum value (?P<value>.+?){_AT}": Text("{at} kan inte vara {value}", "{at} cannot be {value}"),
    rf"Number out of range{_AT}": Text("{at} är ett för stort tal", "{at} is a number that is too large"),
    r"Input data was truncated": Text("den tar slut för tidigt", "it ends too early"),
    r"JSON is malformed: .*\(byte (?P<byte>\d+)\)": Text(
        "det som står vid byte {byte} kan inte stå där", "what stands at byte {byte} cannot stand there"
    ),
}
"""What the parser says, and the same in words; bytes are counted from 0."""

_OTHER = Text("den har en annan form än den ska ha", "it has another form than it should have")
_TOO_DEEP = Text("den är för djupt nästlad", "it is nested too deeply")
_NO_UTF8 = Text("det som står vid byte {byte} är inte UTF-8", "what stands at byte {byte} is not UTF-8")
_NO_CHARACTER = Text("tecken {place} är inget tecken i Unicode", "character {place} is none of Unicode")


def decoded(body: bytes) -> Any:
    """What a body of JSON holds. Raises DecodeError, RecursionError; UnicodeDecodeError with the place in the body.

    The parser tells where in a text a byte is wrong, and of half a character at the end that the body ends too early.
    """
    body.decode("utf-8")
    return msgspec.json.decode(body)


def told(error: Exception, type_: Any = None) -> Text:
    """What is wrong, without a full stop, of what decoding or converting JSON to a type raises.

    Where the type is known, a value that is none of a list is told with the list.
    """
    if isinstance(error, RecursionError):
        return _TOO_DEEP
    if isinstance(error, UnicodeDecodeError):
        return _filled(_NO_UTF8, {"byte": str(error.start)})
    if isinstance(error, UnicodeEncodeError):
        return _filled(_NO_CHARACTER, {"place": str(error.start + 1)})
    said = str(error)
    for pattern, words in _SAYINGS.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            values = found.groupdict("")
            return _with_list(_filled(words, values), values, type_)
    return _OTHER


def _with_list(says: Text, values: Mapping[str, str], type_: Any) -> Text:
    """The same with what there is to choose from, where a value is none of a list of texts."""
    if type_ is None or "value" not in values:
        return says
    there = _choices(inspect.type_info(type_), _STEP.findall(values["at"]))
    if not there:
        return says
    choices = listed(there, values["value"].strip("'"))
    return Text(f"{says.sv}; det här kan det vara: {choices.sv}", f"{says.en}; it can be: {choices.en}")


def _choices(type_: inspect.Type, steps: Sequence[str]) -> list[str]:
    """The texts that may stand at a place of a value of a type: `.sort` is a field, `[0]` an item, `[...]` a value."""
    match type_, steps:
        case inspect.Metadata(type=inner), _:
            return _choices(inner, steps)
        case inspect.UnionType(types=types), _:
            return [one for each in types for one in _choices(each, steps)]
        case inspect.LiteralType(values=values) | inspect.EnumType(cls=values), []:
            return [str(one) for one in values if isinstance(one, str)]
        case inspect.StructType(fields=fields), [step, *rest]:
            return [one for field in fields if f".{field.encode_name}" == step for one in _choices(field.type, rest)]
        case ((inspect.ListType(item_type=inner) | inspect.DictType(value_type=inner)), [_, *rest]):
            return _choices(inner, rest)
        case _:
            return []


def _filled(words: Text, values: Mapping[str, str]) -> Text:
    swedish, english = (
        words.in_(language).format(**{name: _said(name, value, language) for name, value in values.items()})
        for language in LANGUAGES
    )
    return Text(swedish, english)


def _said(name: str, value: str, language: Language) -> str:
    """A value as it is said: types in words, and all else as it is."""
    if name in {"wanted", "got"}:
        return _OR.in_(language).join(_TYPES.get(type_, _ANY).in_(language) for type_ in value.split(" | "))
    return value[:_LONGEST] or _WHOLE.in_(language)
