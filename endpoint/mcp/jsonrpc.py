"""Messages in JSON-RPC 2.0 as the Model Context Protocol has them: read and checked, answered, refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from endpoint.dataset import Dataset
from endpoint.json_faults import decoded, told
from endpoint.problems import Problem, details
from ontology.text import Language, Text

_EXACT = 2**53 - 1
"""The largest whole number that every reader of JSON keeps as it is."""

Id = Annotated[int, Meta(ge=-_EXACT, le=_EXACT)] | str


class Code(IntEnum):
    """What is wrong, as JSON-RPC 2.0 (section 5.1) and the protocol number it (revision 2026-07-28, Error Codes)."""

    NOT_JSON = -32700
    NO_MESSAGE = -32600
    NO_METHOD = -32601
    BAD_PARAMETERS = -32602
    HEADERS_DIFFER = -32020
    OTHER_VERSION = -32022


class Message(msgspec.Struct, frozen=True):
    """A request, or without an id a notification."""

    jsonrpc: Literal["2.0"]
    method: str
    id: Id | UnsetType = UNSET
    parameters: dict[str, Any] | None = msgspec.field(name="params", default=None)

    @property
    def params(self) -> dict[str, Any]:
        """What it is given; nothing where it has none."""
        return self.parameters or {}

    @property
    def is_notification(self) -> bool:
        """True where nothing is to be answered."""
        return self.id is UNSET

    @property
    def about(self) -> dict[str, Any]:
        """What the client says of the message beside what it asks: its `_meta`."""
        said = self.params.get("_meta")
        return said if isinstance(said, dict) else {}


@dataclass
class Refused(Exception):
    """A message that is not answered: what is wrong with it, with what a program may go by."""

    code: Code
    says: Text
    members: dict[str, object] = field(default_factory=dict)
    id: Id | None = None

    def told(self, language: Language, site: Dataset) -> dict[str, object]:
        """The error as the protocol has it, with the problem details of a service."""
        problem = Problem("bad-message", self.says, members={"code": int(self.code), **self.members})
        error = {
            "code": int(self.code),
            "message": self.says.in_(language),
            "data": details(problem, language, site),
        }
        return {"jsonrpc": "2.0", "id": self.id, "error": error}


def read_message(body: bytes) -> Message:
    """The message that a body holds. Raises Refused where it is none, or several in a batch."""
    try:
        raw = decoded(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(Code.NOT_JSON, _because(_NOT_JSON, error)) from error
    if isinstance(raw, list):
        raise Refused(Code.NO_MESSAGE, _BATCH)
    try:
        return msgspec.convert(raw, Message)
    except msgspec.ValidationError as error:
        raise Refused(Code.NO_MESSAGE, _because(_NO_MESSAGE, error, Message), id=_id_of(raw)) from error


def answer_to(message: Message, result: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request."""
    return {"jsonrpc": "2.0", "id": message.id, "result": result}


def _id_of(raw: object) -> Id | None:
    """The id of what is no message, where it can be read all the same."""
    try:
        return msgspec.convert(raw["id"], Id) if isinstance(raw, dict) else None
    except (KeyError, msgspec.ValidationError):
        return None


def _because(says: Text, error: Exception, type_: Any = None) -> Text:
    why = told(error, type_)
    return Text(says.sv.format(why=why.sv), says.en.format(why=why.en))


_NOT_JSON = Text("Kroppen är inte JSON i UTF-8: {why}.", "The body is not JSON in UTF-8: {why}.")
_NO_MESSAGE = Text(
    "Det är inget meddelande i JSON-RPC 2.0 med ”jsonrpc”, ”method” och, om det ska besvaras, ”id”: {why}.",
    "This is no message in JSON-RPC 2.0 with “jsonrpc”, “method” and, where it is to be answered, “id”: {why}.",
)
_BATCH = Text(
    "Flera meddelanden på en gång tas inte emot. Skicka ett i varje begäran.",
    "Several messages at once are not taken. Send one in each request.",
)
