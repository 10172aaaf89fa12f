"""Refuses a query that would leave this machine, before it runs.

The words are found among the tokens of the query, so that strings, IRIs, comments and prefixed names that look
like them do no harm. Behind this guard stands a wall: workers have no network (see `walls`).
"""

from __future__ import annotations

import re

from endpoint.pool import QueryFailed

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<string> \"{3} (?:[^"\\]|\\.|\"(?!\"\"))* \"{3} | '{3} (?:[^'\\]|\\.|'(?!''))* '{3}
                | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<name> [\w.-]*:[\w.:%-]* )
    | (?P<tag> @[A-Za-z-]+ )
    | (?P<word> \w+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_FEDERATION = {"SERVICE"}
_UPDATE = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_QUERY_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def refuse_federation(query: str) -> None:
    """Raise QueryFailed where the query asks another service, or is an update."""
    decoded = _ESCAPE.sub(_character, query)
    words = [match["word"].upper() for match in _TOKEN.finditer(decoded) if match["word"]]
    first = next((word for word in words if word in _QUERY_FORMS | _UPDATE), None)
    if first in _UPDATE:
        raise QueryFailed("update")
    for word in words:
        if word in _FEDERATION:
            raise QueryFailed("federation", word)


def _character(escape: re.Match[str]) -> str:
    """The character that a code point escape stands for; an impossible one stays as it is, for the parser to refuse."""
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else escape[0]
