"""What a file of statements is: where it is, of which format, and the mapping that stands in a file beside it."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from loaders.placed import Placed, in_folder
from loaders.plain_text import read_plain
from loaders.sparql_mapping import construct
from queries.bare import laid_bare

STATEMENTS = "statements"
"""What the lines about it are called in a sources file, and how such a source is asked."""

Format = Literal["csv", "geojson", "jsonld", "n3", "nq", "nt", "rdf", "trig", "ttl"]
"""The formats, by the endings of their files."""

TABULAR = frozenset({"csv", "geojson"})
"""The formats that CSVW metadata says the meaning of."""

_LONGEST = 200_000  # characters of a mapping


def _local(text: str) -> str:
    """Only a CONSTRUCT that asks no service is run on this machine.

    The engine takes the word also where it is glued to another, so it may stand nowhere but in an IRI, a comment or a
    text; nor may it be written by its code points.
    """
    construct(text)
    bare = laid_bare(text).casefold()
    if "service" in bare or "\\u" in bare:
        raise ValueError(
            "the query may ask another service: what is read of a file stands in the file. The word SERVICE, and code "
            "points such as \\u0053, may stand in IRIs, comments and texts alone"
        )
    return text


class StatementFile(Placed):
    """A file, and what it says: a CONSTRUCT over RDF, or CSVW metadata over a table or the features of GeoJSON."""

    format: Annotated[Format | None, Field(validate_default=True)] = None
    query: str | None = None
    query_text: Annotated[str, StringConstraints(max_length=_LONGEST), AfterValidator(_local)] | None = None
    metadata: str | None = None
    metadata_text: Annotated[str, StringConstraints(max_length=_LONGEST)] | None = None
    least: Annotated[int, Field(ge=1, strict=True)] = 1
    most: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 10_000

    @field_validator("format")
    @classmethod
    def _by_its_name(cls, value: Format | None, told: ValidationInfo) -> Format | None:
        name = told.data.get("file") or told.data.get("path") or ""
        ending = name.rpartition(".")[2].lower()
        found = value or next((known for known in get_args(Format) if known == ending), None)
        if found is None and name:
            raise ValueError(f"{name} has the ending of no format; say which of {', '.join(get_args(Format))} it is")
        return found

    @model_validator(mode="after")
    def _has_its_mapping(self) -> Self:
        if self.format in TABULAR and (self.metadata is None or self.query is not None):
            raise ValueError(f"what the columns of {self.format} mean stands in a file of CSVW metadata (metadata)")
        if self.format not in TABULAR and self.metadata is not None:
            raise ValueError(f"CSVW metadata is for csv and geojson; over {self.format} a CONSTRUCT may be run (query)")
        return self


def with_mapping(table: Any, folder: Path | Traversable) -> Any:
    """What a sources file says of a file of statements, with its mapping. Raises ValueError for one not to be read."""
    told = in_folder(table, folder)
    if not isinstance(told, dict):
        return told
    for name in ("query", "metadata"):
        if f"{name}_text" in told:
            raise ValueError(f"{name}_text: a mapping stands in a file of its own ({name})")
        if isinstance(told.get(name), str):
            place = folder.joinpath(told[name])
            try:
                told[f"{name}_text"] = read_plain(place)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or error
                raise ValueError(f"{name}: {place} cannot be read: {why}") from error
    return told
