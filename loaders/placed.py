"""A file that a source names: one on this machine, beside the sources file, or one below the address of the source."""

from __future__ import annotations

from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from loaders.row import Day


def below(path: str) -> str:
    """Only what stays below the address of the source is a path."""
    if path.startswith("/") or {".", ".."} & set(path.split("/")) or set(path) & set("?#"):
        raise ValueError("it is at a path below the address of the source, such as sparql or data/file.csv")
    return path


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class Placed(BaseModel):
    """Where a file is; of one on this machine also the day on which it was got, which nobody else knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Annotated[str, StringConstraints(min_length=1)] | None = None
    path: Annotated[str, StringConstraints(min_length=1), AfterValidator(below)] | None = None
    retrieved: Annotated[Day, BeforeValidator(_day)] | None = None
    folder: Path = Field(default=Path(), exclude=True)  # where the sources file lies

    @model_validator(mode="after")
    def _is_in_one_place(self) -> Self:
        if (self.file is None) == (self.path is None):
            raise ValueError("a file is beside the sources file (file) or below the address (path): name one of them")
        if (self.file is None) != (self.retrieved is None):
            raise ValueError("file and retrieved go together: the day on which it was got, such as 2026-11-20")
        return self

    def key(self, address: str) -> str:
        """What the answer is known by: the address of the file, or what the sources file calls it."""
        return address + quote(self.path, safe="/%") if self.path is not None else str(self.file)


def in_folder(table: Any, folder: Path | Traversable) -> Any:
    """What a sources file says of a file, with the folder that it is beside. Raises ValueError where it says one."""
    if not isinstance(table, dict):
        return table
    if "folder" in table:
        raise ValueError("folder: a file is named from where the sources file lies (file)")
    return {**table, "folder": folder}
