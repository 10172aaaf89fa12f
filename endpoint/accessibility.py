"""The accessibility statement of a service, as whoever runs it gives it in a file; nothing is claimed before an audit.

The file is TOML; `docs/accessibility-statement.md` tells its fields. What is not in it is shown as not stated.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from loaders.publisher import Email, Name
from loaders.row import Url
from loaders.toml_files import read_toml

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Result(StrEnum):
    """What an audit found: whether the service meets the standard."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Auditor(StrEnum):
    """Who looked: whoever runs the service, or somebody else."""

    SELF = "self"
    THIRD_PARTY = "third-party"


class Why(StrEnum):
    """Why something that fails is as it is."""

    NOT_YET_MENDED = "not-yet-mended"
    DISPROPORTIONATE_BURDEN = "disproportionate-burden"
    OUTSIDE_THE_LAW = "outside-the-law"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Failure(_Model):
    """Something that does not meet the standard, and why."""

    what: Name
    why: Why
    criterion: Line | None = None


class Audit(_Model):
    """An audit that was made, against what, and what it found."""

    standard: Line
    result: Result
    by: Auditor
    who: Name | None = None
    date: date
    report: Url | None = None
    failures: tuple[Failure, ...] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.result is Result.FULL and any(one.why is not Why.OUTSIDE_THE_LAW for one in self.failures):
            raise ValueError("a service that meets the standard in full has no failures; say partial")
        if self.result is not Result.FULL and not self.failures:
            raise ValueError("say what fails, in [[audit.failures]]")
        return self


class Contact(_Model):
    """Whom a reader turns to who meets an obstacle, and how soon there is an answer."""

    email: Email
    phone: Line | None = None
    page: Url | None = None
    days: Annotated[int, Field(ge=1, le=60)] | None = None


class Supervision(_Model):
    """Who supervises that the law is kept, and where to complain."""

    name: Name
    page: Url


class Statement(_Model):
    """The statement of whoever runs a service."""

    operator: Name
    contact: Contact
    audit: Audit | None = None
    supervision: Supervision | None = None
    updated: date

    @model_validator(mode="after")
    def _is_younger_than_its_audit(self) -> Self:
        if self.audit is not None and self.audit.date > self.updated:
            raise ValueError("the audit is younger than the statement; say when the statement was updated")
        return self


def read_statement(given: object) -> object:
    """The statement that a file holds, where a path is given. Raises ValueError with the file and every fault."""
    if not isinstance(given, str | Path):
        return given
    path = Path(given)
    try:
        told = read_toml(path)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    try:
        return Statement.model_validate(told.says)
    except ValidationError as error:
        raise ValueError("\n".join(told.faults(error, Statement))) from error
