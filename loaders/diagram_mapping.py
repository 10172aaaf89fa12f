"""What the columns of a diagram export are to us: the mapping, as the sources file has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from loaders.areas import Area
from loaders.placed import Placed
from loaders.row import Slug
from ontology.schemes import Sex, Unit

DIAGRAM = "diagram"
"""What the lines about it are called in a sources file, and how such a source is asked."""


def _as_cells_have_it(words: str) -> str:
    """A text as that of a cell is read: its letters composed, and one ordinary space where there is any white space."""
    return " ".join(unicodedata.normalize("NFC", words).split())


SheetName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Heading = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_as_cells_have_it)
]


class Part(BaseModel):
    """What the values of a column are of: an area, and a sex or a sector where the diagram is divided so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: Area | None = None
    sex: Sex | None = None
    sector: Slug | None = None

    @property
    def key(self) -> str:
        """The sex or the sector; empty where there is none."""
        return self.sex or self.sector or ""


class Diagram(Placed):
    """One export: where the file is, whose values it has, and what each of its columns is; nothing is guessed."""

    EXAMPLES: ClassVar = {
        "indicator": '"kolada-N00401"',
        "title_en": '"Birds breeding in forest"',
        "unit": '"percent"',
        "year": '"Category"',
        "series": '{ "Häckande fåglar i skogen" = { area = "SE" } }',
    }

    sheet: SheetName | None = None
    indicator: Heading
    title_sv: Heading | None = None
    title_en: Heading
    unit: Unit
    unit_in_words: Heading | None = None
    year: Heading
    area: Area | None = None
    series: Mapping[Heading, Part]
    left_out: tuple[Heading, ...] = ()
    decimal_mark: Literal[",", "."] | None = None
    no_value: tuple[Heading, ...] = ()
    hidden: Literal["read", "left-out"] | None = None
    years_to_come: Literal["marked", "left-out"] | None = None

    @model_validator(mode="after")
    def _is_of_one_mind(self) -> Self:
        if not self.series:
            raise ValueError("series: name at least one column of values, and what it is of")
        without = [heading for heading, part in self.series.items() if part.area is None and self.area is None]
        if without:
            raise ValueError(f"series: of which area is {', '.join(without)}? Say so of each, or of all (area)")
        divisions = {(part.sex is not None, part.sector is not None) for part in self.series.values()}
        if len(divisions) > 1 or (True, True) in divisions:
            raise ValueError("series: all are divided by sex, all by sector, or none is")
        parts = [(self.area_of(part), part.key) for part in self.series.values()]
        if twice := next((part for part in parts if parts.count(part) > 1), None):
            raise ValueError(f"series: two columns are both {', '.join(filter(None, twice))}")
        named = [self.year, *self.series, *self.left_out]
        if same := sorted({heading for heading in named if named.count(heading) > 1}):
            raise ValueError(f"the column {', '.join(same)} is said to be two things")
        if (self.unit is Unit.AS_NAMED) != (self.unit_in_words is not None):
            raise ValueError('unit_in_words is the unit in words where unit is "as-named", and there alone')
        return self

    def area_of(self, part: Part) -> str:
        """The area of a column."""
        return part.area or self.area or ""
