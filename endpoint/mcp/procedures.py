"""The methods of the Model Context Protocol: what each answers. Nothing of a request is kept for the next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, NamedTuple

import msgspec
from fastapi import Request

from endpoint.layers.accounts import account, tell_problem
from endpoint.mcp.eras import OF_THE_SERVER, REVISIONS, SELF_CONTAINED, agreed
from endpoint.mcp.jsonrpc import Code, Message, Refused
from endpoint.mcp.tools import TOOLS
from endpoint.mcp.tools.query import too_much
from endpoint.mcp.tools.tool import Context
from endpoint.problems import Problem, details
from endpoint.software import build
from ontology.text import LANGUAGES, Language, Text

_KEPT = 3_600_000
"""Milliseconds for which what the software alone decides may be kept."""

_CACHED = {"ttlMs": _KEPT, "cacheScope": "public"}
_ABLE: dict[str, dict[str, object]] = {"tools": {}}

Result = dict[str, Any]


class Call(NamedTuple):
    """A request of the protocol: the message, the revision that it is of, and the language of whoever asks."""

    request: Request
    message: Message
    revision: str
    language: Language

    @property
    def context(self) -> Context:
        """What tools answer from."""
        request = self.request
        return Context(request.state.site, request.app.state.settings, account(request.scope))

    @property
    def server(self) -> Result:
        """The name and version of the server."""
        address = self.request.state.site.address
        return {"name": "miljografen", "title": "Miljögrafen", "version": build(), "websiteUrl": address}


async def result_of(call: Call) -> Result:
    """What a call comes to. Raises Refused for a method that there is not, or parameters that it does not take."""
    stands_alone = call.revision in SELF_CONTAINED
    methods = _METHODS if stands_alone else _METHODS_WITH_A_HANDSHAKE
    method = methods.get(call.message.method)
    if method is None:
        named, there = call.message.method[:80], ", ".join(methods)
        raise Refused(Code.NO_METHOD, Text(
            f"Metoden ”{named}” finns inte här. Det här finns: {there}.",
            f"There is no method “{named}” here. There are: {there}.",
        ))  # fmt: skip
    result = await method(call)
    return {**result, "resultType": "complete", "_meta": {OF_THE_SERVER: call.server}} if stands_alone else result


async def _initialize(call: Call) -> Result:
    """The handshake of the revisions that have one."""
    revision = agreed(call.message.params.get("protocolVersion"))
    return {
        "protocolVersion": revision,
        "capabilities": _ABLE,
        "serverInfo": call.server,
        "instructions": INSTRUCTIONS,
    }


async def _ping(_: Call) -> Result:
    return {}


async def _discover(_: Call) -> Result:
    """What the server speaks and can, for whoever has not asked it anything."""
    return {"supportedVersions": list(REVISIONS), "capabilities": _ABLE, "instructions": INSTRUCTIONS, **_CACHED}


async def _list(call: Call) -> Result:
    """All tools: they are few, and stand on one page."""
    tools = {"tools": _tools()}
    return tools | _CACHED if call.revision in SELF_CONTAINED else tools


async def _call(call: Call) -> Result:
    """What a tool gives. What is wrong with its arguments, or keeps it from an answer, is told as its result.

    So a model reads it, and can mend what it has asked.
    """
    name, arguments = call.message.params.get("name"), call.message.params.get("arguments")
    tool = TOOLS.get(name) if isinstance(name, str) else None
    if tool is None:
        there = ", ".join(TOOLS)
        if name is None:
            raise Refused(Code.BAD_PARAMETERS, Text(
                f"I params saknas name, verktygets namn. Det här finns: {there}.",
                f"In params there is no name of a tool. There are: {there}.",
            ))  # fmt: skip
        named = str(name)[:80]
        raise Refused(Code.BAD_PARAMETERS, Text(
            f"Verktyget ”{named}” finns inte. Det här finns: {there}.",
            f"There is no tool “{named}”. There are: {there}.",
        ))  # fmt: skip
    context = call.context
    try:
        answer = await tool.call(context, {} if arguments is None else arguments)
        text = msgspec.json.encode(answer)
        if len(text) > context.settings.max_tool_bytes:
            raise too_much("tool-too-long", context.settings.max_tool_bytes)
    except Problem as problem:
        return _failed(call, problem)
    return {"content": [_text(text)], "structuredContent": msgspec.to_builtins(answer), "isError": False}


def _failed(call: Call, problem: Problem) -> Result:
    """The result of a tool that gives no answer: the problem details, in the language that its answer were in."""
    tell_problem(call.request.scope, problem.kind)
    arguments = call.message.params.get("arguments")
    asked = arguments.get("language") if isinstance(arguments, dict) else None
    language = next((one for one in LANGUAGES if one == asked), call.language)
    told = details(problem, language, call.request.state.site)
    return {"content": [_text(msgspec.json.encode(told))], "isError": True}


def _text(content: bytes) -> dict[str, str]:
    return {"type": "text", "text": content.decode("utf-8")}


@cache
def _tools() -> list[dict[str, Any]]:
    return [tool.listing for tool in TOOLS.values()]


_METHODS: dict[str, Callable[[Call], Awaitable[Result]]] = {
    "server/discover": _discover,
    "tools/list": _list,
    "tools/call": _call,
}
_METHODS_WITH_A_HANDSHAKE: dict[str, Callable[[Call], Awaitable[Result]]] = {
    "initialize": _initialize,
    "ping": _ping,
    "tools/list": _list,
    "tools/call": _call,
}

INSTRUCTIONS = (
    "Miljögrafen holds Sweden's environmental objectives system as linked open data, read only: objectives, "
    "specifications, milestone targets, indicators and observations, assessments, measures, programmes, actors, "
    "counties and municipalities, and how all of it meets the 2030 Agenda. It is not the website of an authority. "
    "Look things up with find, read schema, then ask with query. Answer from what the tools give and from nothing "
    "else; cite the IRIs, the release and the sources with their attribution. Say so where a statement is editorial, "
    "or not certain. An assessment that is not here was not read in any source; it does not mean that there is none."
)
"""What a model is told of the server as a whole."""
