"""`/mcp`: the Model Context Protocol over Streamable HTTP, without sessions: what language models ask."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response
from werkzeug.http import parse_options_header

from endpoint.formats import Format
from endpoint.layers.accounts import tell_problem
from endpoint.layers.presence import WhilePresent
from endpoint.mcp.eras import WITH_A_HANDSHAKE, revision_of
from endpoint.mcp.jsonrpc import Code, Message, Refused, answer_to, read_message
from endpoint.mcp.procedures import Call, result_of
from endpoint.negotiation import choose_format
from endpoint.operation import too_long
from endpoint.posting import read_body
from endpoint.problem_types import TYPES
from endpoint.problems import Problem, language_of_programs, not_acceptable
from endpoint.settings import Settings
from ontology.text import Text

router = APIRouter(include_in_schema=False)

JSON = Format("json-rpc", "JSON-RPC", ("application/json",), "json")
_ESCAPED = 6  # bytes that one may take in JSON
_BESIDE = 10_000  # bytes of all that a message has beside a query

_BAD, _NOWHERE, _ANSWERED, _HEARD = 400, 404, 200, 202


@router.api_route("/mcp", methods=["POST"])
async def mcp(request: Request) -> Response:
    """Answer one message, in JSON (revision 2026-07-28, Streamable HTTP, Sending Messages); those before it, too.

    A notification is heard, and there is nothing that it could change. Raises Problem for what is no such request.
    """
    _check_origin(request)
    _check_types(request)
    settings: Settings = request.app.state.settings
    most = settings.max_query_bytes * _ESCAPED + _BESIDE
    body = await read_body(request, most, too_long(settings.max_query_bytes))
    message: Message | None = None
    has_handshake = False
    try:
        message = read_message(body)
        revision = revision_of(request.headers, message)
        if message.is_notification:
            return Response(status_code=_HEARD)
        has_handshake = revision in WITH_A_HANDSHAKE
        async with WhilePresent(request.receive):
            result = await result_of(Call(request, message, revision, language_of_programs(request)))
    except Refused as refused:
        return _refuse(request, refused, message, has_handshake=has_handshake)
    return _json(answer_to(message, result))


def _refuse(request: Request, refused: Refused, message: Message | None, *, has_handshake: bool) -> Response:
    """The error, with the status that says the same; after a handshake, it is an answer like others."""
    tell_problem(request.scope, "bad-message")
    if message is not None and not message.is_notification:
        refused.id = message.id  # type: ignore[assignment]
    status = _NOWHERE if refused.code is Code.NO_METHOD else _BAD
    told = refused.told(language_of_programs(request), request.state.site)
    return _json(told, _ANSWERED if has_handshake else status)


def _json(body: dict[str, object], status: int = _ANSWERED) -> Response:
    return Response(msgspec.json.encode(body), status, media_type=JSON.media_types[0])


def _check_types(request: Request) -> None:
    """Raises Problem where the body is not said to be JSON, or the answer may not be."""
    media_type, options = parse_options_header(request.headers.get("content-type", "").lower())
    is_plain = request.headers.get("content-encoding", "identity").lower() == "identity"
    if media_type != JSON.media_types[0] or options.get("charset", "utf-8") not in {"utf-8", "utf8"} or not is_plain:
        raise Problem("unsupported-media-type", _NO_JSON, {"Accept-Post": JSON.media_types[0]})
    if choose_format(request.headers, (JSON,)) is None:
        raise not_acceptable((JSON,))


def _check_origin(request: Request) -> None:
    """Raises Problem where a page from elsewhere asks a service that is for its own machine (DNS rebinding).

    A service for others may be asked by any page, as all of it may be read by any (CORS).
    """
    origin = request.headers.get("origin")
    if origin is None or not _is_of_machine(request.state.site.root) or _is_of_machine(origin):
        return
    raise Problem("origin-not-allowed", TYPES["origin-not-allowed"].detail(origin=origin[:80]))


def _is_of_machine(address: str) -> bool:
    """True for an address on the machine that it is asked from."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_NO_JSON = Text(
    "Skicka meddelandet som application/json i UTF-8, utan komprimering.",
    "Send the message as application/json in UTF-8, without compression.",
)
