"""The revisions of the Model Context Protocol that are spoken, and what a request of each must say of itself.

Since 2026-07-28 every request carries all that it is to be read by, in its headers and its `_meta`; before, a
handshake came first. Both are answered without a session: nothing of one request is kept for the next.
"""

from __future__ import annotations

import base64

from starlette.datastructures import Headers

from endpoint.mcp.jsonrpc import Code, Message, Refused
from ontology.text import Text

SELF_CONTAINED = ("2026-07-28",)
"""The revisions whose requests stand for themselves."""

WITH_A_HANDSHAKE = ("2025-11-25", "2025-06-18", "2025-03-26")
"""The revisions that begin with one, the newest first."""

REVISIONS = SELF_CONTAINED + WITH_A_HANDSHAKE

OF_THE_SERVER = "io.modelcontextprotocol/serverInfo"

_UNSAID = WITH_A_HANDSHAKE[-1]
"""What a request is of that does not say it: the header came with the next revision."""

_HEADER, _METHOD, _NAME = "mcp-protocol-version", "mcp-method", "mcp-name"
_REVISION, _ABLE = "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"
_BEFORE, _AFTER = "=?base64?", "?="


def revision_of(headers: Headers, message: Message) -> str:
    """The revision that a request is of. Raises Refused where that is none of ours, or headers and body differ."""
    for name in (_HEADER, _METHOD, _NAME):
        if len(headers.getlist(name)) > 1:
            raise _differ(name, Text("står flera gånger", "stands several times"))
    said = headers.get(_HEADER)
    if said is None:
        if _REVISION in message.about:
            raise _differ(_HEADER, _MISSING)
        return _UNSAID
    if said not in REVISIONS:
        raise Refused(Code.OTHER_VERSION, _OTHER, {"supported": list(REVISIONS), "requested": said})
    if said in SELF_CONTAINED and not message.is_notification:
        _check(headers, message)
    return said


def agreed(asked: object) -> str:
    """The revision that a handshake comes to: the one that was asked for, else the newest that has one."""
    return asked if isinstance(asked, str) and asked in WITH_A_HANDSHAKE else WITH_A_HANDSHAKE[0]


def _check(headers: Headers, message: Message) -> None:
    """Raises Refused where a request of its own does not say what it must, or its headers say otherwise than its body.

    As the transport has it (revision 2026-07-28, Streamable HTTP, Server Validation).
    """
    missing = [key for key in (_REVISION, _ABLE) if key not in message.about]
    if missing:
        named = ", ".join(missing)
        raise Refused(Code.BAD_PARAMETERS, Text(f"I _meta saknas {named}.", f"In _meta there is no {named}."))
    expected = {_HEADER: message.about[_REVISION], _METHOD: message.method}
    if message.method == "tools/call":
        expected[_NAME] = message.params.get("name")
    for name, inside in expected.items():
        written = headers.get(name)
        if written is None:
            raise _differ(name, _MISSING)
        if (_decoded(written) if name == _NAME else written) != inside:
            raise _differ(name, Text("säger något annat än kroppen", "says otherwise than the body"))


def _decoded(written: str) -> str | None:
    """What a header says whose value may be encoded, as one that is not of plain letters is."""
    if not (written.startswith(_BEFORE) and written.endswith(_AFTER)):
        return written
    try:
        return base64.b64decode(written[len(_BEFORE) : -len(_AFTER)], validate=True).decode("utf-8")
    except ValueError:  # it is no base64, not even in ASCII, or no UTF-8
        return None


def _differ(name: str, how: Text) -> Refused:
    return Refused(Code.HEADERS_DIFFER, Text(f"Huvudet {name} {how.sv}.", f"The header {name} {how.en}."))


_MISSING = Text("saknas", "is missing")
_OTHER = Text(
    f"Den versionen av protokollet talas inte här. Det här finns: {', '.join(REVISIONS)}.",
    f"That version of the protocol is not spoken here. There are: {', '.join(REVISIONS)}.",
)
