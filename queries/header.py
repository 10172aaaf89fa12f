"""The header of a query file: YAML in lines that begin with `#+`, checked when the file is read.

The header of a public question::

    #+ title: {sv: "Alla miljökvalitetsmål", en: "All environmental quality objectives"}
    #+ answers: {sv: "Vilka är målen?", en: "Which are the objectives?"}
    #+ area: goals
    #+ parameters: {objective: {type: iri, kind: objective, example: "9"}}
    #+ expects: {columns: [objective, name], rows: "= 16"}

One that goes through all observations, series, rows or statements of a release says so: `#+ reads: observations`.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from ontology.kind import Area
from ontology.text import Text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is there where YAML's library in C is
_LINE = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)

H = TypeVar("H", bound="Header")


class BadHeader(ValueError):
    """The header of a query file is not what its readers rely on."""


class Words(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sv: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def text(self) -> Text:
        """The same as the text of the product."""
        return Text(self.sv, self.en)


class Parameter(BaseModel):
    """A variable that the asker binds to a thing; where it is of one kind, the example is a key of that kind.

    `required` where the question is too much for a service if it stands for everything.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["iri"]
    kind: str | None = None
    example: str
    required: bool = False


class Expects(BaseModel):
    """What the answer looks like: its columns in order, and how many rows there are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: list[str]
    rows: Annotated[str, StringConstraints(pattern=r"^(=|>=) [0-9]+$")]

    def holds(self, columns: list[str], rows: int) -> bool:
        """True where an answer keeps the promise."""
        sign, _, number = self.rows.partition(" ")
        return columns == self.columns and (rows == int(number) if sign == "=" else rows >= int(number))


class Header(BaseModel):
    """The header of a query that the product asks for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    parameters: dict[str, Parameter] = {}


def _area(name: str) -> Area:
    """The part of the system that a question is about, by its name in small letters."""
    if (area := Area.__members__.get(str(name).upper().replace("-", "_"))) is None:
        there_are = ", ".join(known.lower().replace("_", "-") for known in Area.__members__)
        raise ValueError(f"there is no area {name!r}, but {there_are}")
    return area


class QuestionHeader(Header):
    """The header of a public question. `reads` is what it goes through all of: where they are many, it takes long."""

    answers: Words
    area: Annotated[Area, BeforeValidator(_area)]
    expects: Expects
    reads: Literal["observations", "series", "rows", "statements"] | None = None


class RuleHeader(Header):
    """The header of a rule of the gate: its rows are offenders, in the columns focus, path and value."""

    message: Words
    severity: Literal["Violation", "Warning", "Info"]
    alone: bool = False  # it judges each statement by itself, so that files can be held against it without a release
    named: bool = False  # all properties and classes that it looks at stand in its text


def read(text: str, model: type[H], file: str) -> H:
    """The header of a query text.

    Raises BadHeader with the file and every fault: no header, broken YAML, an unknown or a missing key.
    """
    lines = "\n".join(_LINE.findall(text))
    try:
        said = yaml.load(lines, _LOADER)  # noqa: S506 - both build plain values alone
        return model.model_validate(said or {})
    except yaml.YAMLError as error:
        raise BadHeader(f"{file}: the header is not YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise BadHeader(f"{file}: {faults}") from error
