"""The arguments of a tool, read as their type says; where they are not so, what is wrong with the first of them."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, inspect
from msgspec.structs import FieldInfo

from endpoint.parameters import Taken, bad_parameter, wrong_value
from endpoint.problems import Problem
from ontology.text import Language, Text

TEXT = {"type": "string"}
"""Said of a choice of texts, too, since some clients take no parameter whose type is not said."""

InLanguage = Annotated[
    Language, Meta(description="The language of names and words: Swedish or English.", extra_json_schema=TEXT)
]


class Arguments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of a tool."""

    language: InLanguage = "en"


A = TypeVar("A", bound=Arguments)


def read_arguments(type_: type[A], given: object) -> A:
    """The arguments that are given. Raises Problem with the name of one, what it is, and what it can be."""
    try:
        return msgspec.convert(given, type_)
    except msgspec.ValidationError as error:
        raise _fault_of(msgspec.structs.fields(type_), given) from error


def _fault_of(fields: tuple[FieldInfo, ...], given: object) -> Problem:
    """The first fault: that there is no object, a name that no argument has, one that is missing, a wrong value."""
    names = tuple(field.encode_name for field in fields)
    if not isinstance(given, dict):
        listed = ", ".join(names)
        return wrong_value("arguments", _as_json(given), Text(f"ett objekt med {listed}", f"an object with {listed}"))
    try:
        Taken(names).check((str(name), "") for name in given)
    except Problem as unknown:
        return unknown
    wrong = next(field for field in fields if not _fits(field, given))
    name, type_ = wrong.encode_name, _single(inspect.type_info(wrong.type))
    wanted = _wanted(type_)
    if name not in given:
        return bad_parameter(name, Text(
            f"Parametern {name} saknas. Den är {wanted.sv}.",
            f"The parameter {name} is missing. It is {wanted.en}.",
        ))  # fmt: skip
    value = given[name]
    takes_text = isinstance(type_, inspect.StrType | inspect.LiteralType)
    said = value if isinstance(value, str) and takes_text else _as_json(value)
    allowed = [str(one) for one in type_.values] if isinstance(type_, inspect.LiteralType) else []
    return wrong_value(name, said, wanted, allowed)


def _fits(field: FieldInfo, given: dict[str, Any]) -> bool:
    if field.encode_name not in given:
        return not field.required
    try:
        msgspec.convert(given[field.encode_name], field.type)
    except msgspec.ValidationError:
        return False
    return True


def _single(type_: inspect.Type) -> inspect.Type:
    """A type without what is said of it, and without the null that stands for an argument that is left out."""
    match type_:
        case inspect.Metadata(type=inner):
            return _single(inner)
        case inspect.UnionType(types=types):
            (only,) = (one for one in types if not isinstance(one, inspect.NoneType))
            return _single(only)
        case _:
            return type_


def _wanted(type_: inspect.Type) -> Text:
    """What a value of a type is, in words."""
    match type_:
        case inspect.LiteralType(values=values):
            listed = ", ".join(map(str, values))
            return Text(listed, listed)
        case inspect.StrType(min_length=int(least), max_length=int(most)):
            return Text(f"en text på {least} till {most} tecken", f"a text of {least} to {most} characters")
        case inspect.StrType():
            return Text("en text", "a text")
        case inspect.IntType(ge=int(least), le=int(most)):
            return Text(f"ett heltal från {least} till {most}", f"a whole number from {least} to {most}")
        case inspect.FloatType(gt=above) if above is not None:
            return Text(f"ett tal över {above:g}", f"a number above {above:g}")
        case inspect.BoolType():
            return Text("true eller false", "true or false")
        case _:
            raise TypeError(f"no argument is of the type {type_}")


def _as_json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")
