"""What a tool is: its name and words, what it takes and gives as types, and what runs it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from endpoint.accounts import Account
from endpoint.settings import Settings
from endpoint.site import Site
from ontology import addresses
from ontology.text import Language

_REFERENCE = "#/$defs/{name}"

TEXT = {"type": "string"}
"""Said of a choice of texts, too, since some clients take no parameter whose type is not said."""

InLanguage = Annotated[
    Language, Meta(description="The language of names and words: Swedish or English.", extra_json_schema=TEXT)
]


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of a tool."""

    language: InLanguage = "en"


class ReleaseTold(msgspec.Struct, frozen=True, rename="camel"):
    """The release that an answer is of; it never changes, and answers at its own address as long as it is kept."""

    id: str
    address: str
    reference_date: str


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The answer of a tool."""

    release: ReleaseTold


G = TypeVar("G", bound=Given)


class Context(NamedTuple):
    """What a tool answers from, and the account of the request that it adds to."""

    site: Site
    settings: Settings
    account: Account

    @property
    def release(self) -> ReleaseTold:
        """The release, as every answer names it."""
        release = self.site.release
        address = f"{self.site.root}{addresses.RELEASES}{release.id}/"
        return ReleaseTold(release.id, address, release.record["referenceDate"])


@dataclass(frozen=True, slots=True)
class Tool(Generic[G]):
    """One tool. Its types are its schemas: what does not fit them is refused, and what it gives is as they say."""

    name: str
    title: str
    says: str
    takes: type[G]
    gives: type[Told]
    run: Callable[[Context, G], Awaitable[Told]]

    async def called(self, context: Context, arguments: object) -> Told:
        """What it gives for some arguments. Raises ValidationError where they are not what it takes, and Problem."""
        return await self.run(context, msgspec.convert(arguments, self.takes))

    @property
    def told(self) -> dict[str, Any]:
        """The tool as a list of tools has it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.says,
            "inputSchema": schema_of(self.takes),
            "outputSchema": schema_of(self.gives),
            "annotations": {
                "title": self.title,
                "readOnlyHint": True,
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
            },
        }


def schema_of(type_: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a type, with what it is at the root and its parts under `$defs`; its docstrings say what."""
    (root,), parts = msgspec.json.schema_components([type_], ref_template=_REFERENCE)
    for part in parts.values():
        part["description"] = " ".join(part["description"].split())
    whole = parts.pop(root["$ref"].rpartition("/")[2])
    return {**whole, **({"$defs": parts} if parts else {})}
