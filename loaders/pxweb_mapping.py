"""What a table of PxWeb is to us: the mapping from its dimensions to ours, as the sources file has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from loaders.row import Slug
from ontology.schemes import Sex, Unit

Code = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _path(value: str) -> str:
    """Only what stays below the address of the source names a table."""
    if (
        value.startswith("/")
        or value.endswith("/")
        or {"", ".", ".."} & set(value.split("/"))
        or set(value) & set("?#")
    ):
        raise ValueError("the id of a table is a name, or a path below the address: TAB1234, ssd/MI/MI0107/Table")
    return value


class Table(BaseModel):
    """One table: its id, and what its dimensions are.

    Each is the area, the year, the sex or the sector, has one value that is chosen, or is left out; nothing is guessed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    EXAMPLES: ClassVar = {
        "id": '"TAB1234"',
        "title_en": '"Emissions of carbon dioxide by county"',
        "unit": '"percent"',
        "area": '"Region"',
        "year": '"Tid"',
    }

    interface: Literal["pxweb-2", "pxweb-1"]
    id: Annotated[Code, AfterValidator(_path)]
    language: Literal["sv"] = "sv"
    title_en: Code
    unit: Unit
    unit_in_table: Code | None = None
    area: Code
    year: Code
    sex: Code | None = None
    sector: Code | None = None
    areas: Mapping[str, str] = {}  # codes of the table that are written otherwise than ours
    without_areas: tuple[Code, ...] = ()  # codes of areas that we do not have
    sexes: Mapping[str, Sex] = {}
    sectors: Mapping[str, Slug] = {}
    values: Mapping[str, Code] = {}
    left_out: tuple[Code, ...] = ()
    years_to_come: Literal["marked", "left-out"] | None = None

    @model_validator(mode="after")
    def _is_of_one_mind(self) -> Self:
        if self.sex and self.sector:
            raise ValueError("a table is divided by sex or by sector, not by both")
        if bool(self.sex) != bool(self.sexes) or bool(self.sector) != bool(self.sectors):
            raise ValueError("a dimension of sex or sector and what its codes are go together: sex with sexes")
        named = [self.area, self.year, *filter(None, (self.sex, self.sector)), *self.values, *self.left_out]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            raise ValueError(f"the dimension {', '.join(twice)} is said to be two things")
        return self

    @property
    def divided_by(self) -> str | None:
        """The dimension of sexes or sectors."""
        return self.sex or self.sector

    @property
    def parts(self) -> Mapping[str, str]:
        """The codes of that dimension that are taken, each with what it is to us."""
        return self.sexes or self.sectors
