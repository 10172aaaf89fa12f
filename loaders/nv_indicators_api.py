"""How Naturvårdsverket's environmental indicators API is asked (v1): the list of all indicators, and each one whole.

The list has little of the data sets; one indicator, asked for by its `Key`, has them with values. The answers name
persons too, which are not read. See https://indikatorer-api.naturvardsverket.se/.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from decimal import Decimal
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)

from loaders.cache import Answer
from loaders.choices import said_of
from loaders.client import Client, Unfetched
from loaders.json_answers import digits_of, read_items, read_json
from loaders.progress import Told

MOST_INDICATORS = 2000
"""How many there may be: the system has had some hundred."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Objective(_Model):
    """A goal that an indicator follows up, by its name."""

    Name: _Text


def _number(value: object) -> object:
    """Only a number of JSON is one, as it is written there; a text is none."""
    return None if value is None else Decimal(digits_of(value))


class Point(_Model):
    """A value with its label, a year as a rule."""

    Label: _Text
    Value: Annotated[Decimal | None, BeforeValidator(_number)] = None


class Variable(_Model):
    """One of the phenomena of a data set, at a location."""

    Id: StrictInt | None = None
    ExternalId: StrictInt | None = None
    Name: str | None = None
    DataSeries: list[Point] | None = None


class Location(_Model):
    """A place that a data set has values of."""

    Id: str | None = None
    Name: str | None = None
    PresentationVariables: list[Variable] | None = None


class DataSet(_Model):
    """A data set of an indicator."""

    Id: StrictInt | None = None
    ExternalId: StrictInt | None = None
    Name: str | None = None
    Unit: str | None = None
    Locations: list[Location] | None = None


class NvIndicator(_Model):
    """An indicator, as far as it is used here."""

    Key: Annotated[StrictInt, Field(ge=0)]
    Name: _Text
    IsOfficialStatistics: StrictBool | None = None
    DataSupplier: str | None = None
    ResponsibleOrganizationName: str | None = None
    LastChanged: str | None = None
    MainObjective: Objective | None = None
    SecondaryObjectives: list[Objective] | None = None
    DPSIR: list[str] | None = None
    DataSets: list[DataSet] | None = None


def fetch(client: Client, _: Sequence[str] | None, told: Told) -> list[Answer]:
    """The list, and every indicator that is in it. Raises Unfetched."""
    address = f"{client.source.address}indicators"
    listed = client.get(address, _refusing(read_list))
    keys = [one.Key for one in read_list(listed.body)]
    answers = [listed]
    told(0, len(keys))
    with client.side_by_side() as pool:
        asked = [pool.submit(client.get, f"{address}/{key}", _refusing(read_one)) for key in keys]
        for number, done in enumerate(as_completed(asked), 1):
            answers.append(done.result())
            told(number, len(keys))
    return answers


def read_list(body: bytes) -> list[NvIndicator]:
    """The indicators of the list. Raises ValueError with the place and the fault of the first that is wrong."""
    items = read_items(body)
    if not items:
        raise ValueError("the list is empty")
    if len(items) > MOST_INDICATORS:
        raise ValueError(f"the list has {len(items):,} indicators, more than the {MOST_INDICATORS:,} that there can be")
    found = [_read(item, f"[{place}]") for place, item in enumerate(items)]
    keys = [one.Key for one in found]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise ValueError(f"[{place}].Key: {key} is the key of an earlier indicator too")
    return found


def read_one(body: bytes) -> NvIndicator:
    """One indicator. Raises ValueError with the place and the fault of what is wrong first."""
    return _read(read_json(body), "")


def _read(item: object, where: str) -> NvIndicator:
    try:
        return NvIndicator.model_validate(item)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"])
        raise ValueError(f"{(where + place).lstrip('.') or 'the answer'}: {said_of(fault)}") from error


def _refusing(read: Callable[[bytes], object]) -> Callable[[Answer], None]:
    """A check that refuses what cannot be read, with the address of the answer."""

    def check(answer: Answer) -> None:
        try:
            read(answer.body)
        except ValueError as error:
            raise Unfetched(answer.url, str(error)) from error

    return check
