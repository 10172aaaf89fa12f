"""What is asked of a SPARQL service: a CONSTRUCT in a file beside the sources file, and how much it may give."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pyoxigraph as ox
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from loaders.placed import below
from loaders.plain_text import read_plain

QUERY = "query"
"""What the lines about it are called in a sources file."""

_LONGEST = 100_000  # characters of a query


def construct(text: str) -> str:
    """Only a CONSTRUCT gives statements. It is parsed here and run nowhere."""
    store = ox.Store()
    try:
        result = store.query(text)
    except SyntaxError as error:
        raise ValueError(f"this is no SPARQL query: {str(error)[:300]}") from error
    if not isinstance(result, ox.QueryTriples):
        raise ValueError("the query gives no statements: write a CONSTRUCT")
    return text


class Asked(BaseModel):
    """A query: the file it stands in and its text, where the service is, how many statements it gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    EXAMPLES: ClassVar = {"file": '"homepages.rq"'}

    file: str
    text: Annotated[str, Field(max_length=_LONGEST), AfterValidator(construct)]
    service: Annotated[str, AfterValidator(below)] = ""
    least: Annotated[int, Field(ge=1, strict=True)] = 1
    most: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 10_000


def with_text(table: dict[str, Any], folder: Path | Traversable) -> dict[str, Any]:
    """What a sources file says of a source, with the text of its query. Raises ValueError for a file not to be read."""
    asked = table.get(QUERY)
    if not isinstance(asked, dict) or not isinstance(asked.get("file"), str):
        return table
    if "text" in asked:
        raise ValueError(f"{QUERY}.text: a query stands in a file of its own ({QUERY}.file)")
    place = folder.joinpath(asked["file"])
    try:
        return {**table, QUERY: {**asked, "text": read_plain(place)}}
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"{QUERY}.file: {place} cannot be read: {why}") from error
