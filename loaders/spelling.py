"""How texts in cells and files are spelt: the pattern of each, and words for whoever spells one otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

TYPE = "spelling"
"""The type of the faults of such texts. What they say is English, and the Swedish words stand in their context."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """Marks a text that matches a pattern as a whole, with what to write: that is told where it does not."""

    pattern: str
    sv: str
    en: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the spelling when the text is read."""
        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=f"^(?:{self.pattern})$"),
            custom_error_type=TYPE,
            custom_error_message=self.en,
            custom_error_context={"sv": self.sv},
        )
