"""What a tool is: its name and words, its arguments and its answer as types, and what runs it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple

import msgspec

from endpoint.layers.accounts import Account
from endpoint.mcp.tools.arguments import A, read_arguments
from endpoint.settings import Settings
from endpoint.site import Site
from ontology import addresses

_REFERENCE = "#/$defs/{name}"


class Release(msgspec.Struct, frozen=True, rename="camel"):
    """The release that an answer is of; it never changes, and answers at its own address as long as it is kept."""

    id: str
    address: str
    reference_date: str


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The answer of a tool."""

    release: Release


class Context(NamedTuple):
    """What a tool answers from, and the account of the request that it adds to."""

    site: Site
    settings: Settings
    account: Account

    @property
    def release(self) -> Release:
        """The release, as every answer names it."""
        release = self.site.release
        address = f"{self.site.root}{addresses.RELEASES}{release.id}/"
        return Release(release.id, address, release.record["referenceDate"])


@dataclass(frozen=True, slots=True)
class Tool(Generic[A]):
    """One tool. Its types are its schemas: arguments that do not fit are refused, and the answer is as they say."""

    name: str
    title: str
    description: str
    arguments: type[A]
    answer: type[Answer]
    run: Callable[[Context, A], Awaitable[Answer]]

    async def call(self, context: Context, given: object) -> Answer:
        """Its answer to the arguments that are given. Raises Problem where they are not such, or there is none."""
        return await self.run(context, read_arguments(self.arguments, given))

    @property
    def listing(self) -> dict[str, Any]:
        """The tool as a list of tools has it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": schema_of(self.arguments),
            "outputSchema": schema_of(self.answer),
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
