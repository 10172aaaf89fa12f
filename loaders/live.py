"""The sources file: the live sources, where each is, on what terms, how often it changes and how it is to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)

from loaders.choices import said_of
from loaders.diagram_mapping import DIAGRAM, Diagram
from loaders.lost import refuse_unwritten
from loaders.moments import Moment, Year
from loaders.placed import Placed, in_folder
from loaders.pxweb_mapping import Table
from loaders.row import Slug, Url
from loaders.sources import SourceId
from loaders.sparql_mapping import Asked, with_text
from loaders.spelling import Spelt
from loaders.statement_mapping import STATEMENTS, StatementFile, with_mapping
from loaders.toml_files import TomlFile, read_toml
from loaders.ways import OWN_WAYS, PXWEB, SPARQL
from ontology.text import Language

Some = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(refuse_unwritten)]

_NAMED = {
    "table": (PXWEB, "a table of PxWeb"),
    "query": (SPARQL, "a query to a SPARQL service"),
    "diagram": (DIAGRAM, "a diagram export"),
    "statements": (STATEMENTS, "a file of statements"),
}
"""What a source of any name may name: the lines about it, how it is then asked, and what that is."""


class BadSourcesFile(ValueError):
    """The sources file cannot be used as it is; the message names every fault."""


def _folder(address: str) -> str:
    if not address.endswith("/"):
        raise ValueError("the address of a service ends in a slash")
    origin_of(address)  # raises ValueError for a port that cannot be
    return address


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(_Model):
    """What is to be known of the terms, in both languages."""

    EXAMPLES: ClassVar = {"sv": '"Fritt att använda."', "en": '"Free to use."'}

    sv: Some
    en: Some


class KnownRelease(_Model):
    """A release of files that has a designation: what it is called, and the checksum that it is known by.

    `years` are those of its figures that the files give without a year.
    """

    EXAMPLES: ClassVar = {"key": '"2026-08"', "version": '"2026-08"', "issued": '"2026-08-20"'}

    key: Slug
    version: Some
    issued: Moment
    sha256: Annotated[
        str,
        Spelt(
            r"[0-9a-f]{64}",
            "skriv summans 64 siffror 0–9 och a–f",
            "write the 64 digits 0–9 and a–f of the checksum",
        ),
    ]
    years: Mapping[str, Year] = {}


class LiveSource(_Model):
    """One live source."""

    EXAMPLES: ClassVar = {
        "title": '"Utsläpp av växthusgaser efter län"',
        "publisher": '"Naturvårdsverket"',
        "address": '"https://…/"',
        "licence": '"https://…"',
        "attribution": '"Källa: Naturvårdsverket"',
        "note": '{ sv = "Fritt att använda.", en = "Free to use." }',
        "cadence_days": "365",
        "most_bytes": "50_000_000",
    }

    id: SourceId
    title: Some
    title_lang: Language
    publisher: Some
    actor: str | None = None
    address: Annotated[Url, AfterValidator(_folder)]
    licence: Url
    attribution: Some
    note: Note
    cadence_days: Annotated[int, Field(ge=1, le=36_500, strict=True)]
    required: StrictBool
    calls_per_second: Annotated[float, Field(gt=0, le=1000, strict=True)]
    at_once: Annotated[int, Field(ge=1, le=32, strict=True)]
    most_bytes: Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]
    is_private: StrictBool = False
    releases: tuple[KnownRelease, ...] = ()
    table: Table | None = None
    query: Asked | None = None
    diagram: Diagram | None = None
    statements: StatementFile | None = None

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        named = [name for name in _NAMED if getattr(self, name) is not None]
        if len(named) > 1:
            raise ValueError(f"a source names {' or '.join(named)}, not both")
        if not named and self.id not in OWN_WAYS:
            ways = ", ".join(f"{what}: [{self.id}.{name}]" for name, (_, what) in _NAMED.items())
            raise ValueError(f"a source is called one of {', '.join(OWN_WAYS)}, or names {ways}")
        return self

    @property
    def way(self) -> str:
        """How it is asked and read: as its own name says, or as any source that names the same sort of thing."""
        return next((way for name, (way, _) in _NAMED.items() if getattr(self, name) is not None), self.id)

    @property
    def placed(self) -> Placed | None:
        """The file that it names, where it does."""
        return self.diagram or self.statements

    @property
    def origin(self) -> tuple[str, str, int]:
        """The scheme, the host and the port of its address."""
        return origin_of(self.address)


def origin_of(address: str) -> tuple[str, str, int]:
    """The scheme, the host and the port of an address. Raises ValueError for one that cannot be."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)


LiveSources = Mapping[str, LiveSource]
"""The live sources by their ids, in the order of their file."""


def read_live_sources(*paths: Path) -> LiveSources:
    """The live sources of all files together, by default those of the package. Raises BadSourcesFile, OSError."""
    sources: dict[str, LiveSource] = {}
    faults = []
    for path in paths or (None,):
        try:
            found = _read_file(path)
        except BadSourcesFile as error:
            faults.append(str(error))
            continue
        faults += [
            f"{path}: {name} is in another sources file too; leave it in one of them, or call this one otherwise"
            for name in sorted(found.keys() & sources.keys())
        ]
        sources |= found
    if faults:
        raise BadSourcesFile("\n".join(faults))
    return sources


def _read_file(path: Path | None) -> LiveSources:
    folder = files("loaders") if path is None else path.parent
    place = folder.joinpath("live.toml") if path is None else path
    try:
        told = read_toml(place)
    except ValueError as error:
        raise BadSourcesFile(str(error)) from error
    if not told.says:
        raise BadSourcesFile(f"{place}: it names no source; docs/fetch.md says what a source is")
    sources, faults = {}, []
    for name, table in told.says.items():
        try:
            if not isinstance(table, dict):
                raise BadSourcesFile(
                    told.told((name,), "what belongs to a source stands under its name in brackets: [kolada]")
                )
            sources[name] = LiveSource.model_validate({"id": name, **_beside(table, folder)})
        except BadSourcesFile as error:
            faults.append(str(error))
        except ValidationError as error:
            faults += _faults(told, error, name)
        except ValueError as error:
            where, _, why = str(error).partition(": ")
            faults.append(told.told((name, *where.split(".")), why))
    if faults:
        raise BadSourcesFile("\n".join(faults))
    return sources


def _faults(told: TomlFile, error: ValidationError, name: str) -> list[str]:
    """What is wrong with a source; its id is its name in brackets."""
    unfit = [fault for fault in error.errors() if fault["loc"] == ("id",)]
    if unfit:
        return [told.told((name,), f"a source cannot be called so: {said_of(unfit[0])}")]
    return told.faults(error, LiveSource, name)


def _beside(table: dict[str, Any], folder: Path | Traversable) -> dict[str, Any]:
    """What a sources file says of a source, with what lies beside it. Raises ValueError for what cannot be read."""
    beside = with_text(table, folder)
    for name, read in ((DIAGRAM, in_folder), (STATEMENTS, with_mapping)):
        if name in beside:
            try:
                beside = {**beside, name: read(beside[name], folder)}
            except ValueError as error:
                raise ValueError(f"{name}.{error}") from error
    return beside
