"""`/openapi.json`: what the service offers to programs, as OpenAPI 3.1, in Swedish or English."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from endpoint.dataset import Dataset
from endpoint.interface.any_data import FILES, JSON_TYPE, SERVICE, Group, Operation, Parameter
from endpoint.interface.release_interface import RELEASE
from endpoint.interface.replies import REFERENCE, schemas_of
from endpoint.methods import READ
from endpoint.operation import FORM
from endpoint.problems import language_of_programs
from endpoint.settings import Settings
from endpoint.site import Site
from ontology import addresses
from ontology.text import Language, Text

router = APIRouter()

_VERSION = "3.1.1"
_OF_ALL = ("release", "original")  # what is named in addresses of the whole service: any release, any address
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@router.api_route(f"/{addresses.OPENAPI}", methods=READ)
async def openapi(request: Request) -> Response:
    """The description of the addresses that programs ask. No query."""
    language = language_of_programs(request)
    told = describe(request.state.site, request.app.state.settings, language)
    headers = {"Vary": "Accept-Language", "Content-Language": language}
    return Response(json.dumps(told, ensure_ascii=False, indent=1), headers=headers, media_type="application/json")


def operations_of(dataset: Dataset) -> tuple[Operation, ...]:
    """What a dataset is served through: a release through more than files are."""
    return SERVICE + (RELEASE if isinstance(dataset, Site) else FILES)


def describe(dataset: Dataset, settings: Settings, language: Language) -> dict[str, Any]:
    """The description as JSON has it (OpenAPI Specification 3.1)."""
    offered = operations_of(dataset)
    paths: dict[str, dict[str, Any]] = {}
    for operation in offered:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, dataset, language)
    used = {status for operation in offered for status in _statuses(operation)}
    return {
        "openapi": _VERSION,
        "info": {
            "title": "Miljögrafen",
            "version": dataset.id,
            "summary": (_OF_A_RELEASE if isinstance(dataset, Site) else _OF_FILES).in_(language),
            "description": _limits(settings).in_(language),
        },
        "servers": _server(dataset.address),
        "tags": [{"name": group.value.in_(language)} for group in Group],
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": _problem_schema(language),
                **schemas_of([operation.reply for operation in offered if operation.reply], language),
            },
            "responses": {
                str(status): {"description": _PROBLEMS[status].in_(language), "content": _PROBLEM}
                for status in sorted(used)
            },
        },
    }


def _operation(operation: Operation, dataset: Dataset, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": _name(operation),
        "tags": [operation.group.value.in_(language)],
        "summary": operation.says.in_(language),
        "parameters": [
            _parameter(one, dataset, language)
            for one in operation.parameters
            if not (operation.sends and one.is_required)  # which then stands in the body
        ],
        "responses": _answers(operation, language)
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _statuses(operation)},
    }
    if dataset.prefix and _is_of_all(operation):
        told["servers"] = _server(dataset.root)
    if operation.sends:
        told["requestBody"] = {
            "required": True,
            "content": {
                media_type: {"schema": _body(operation, media_type, language)} for media_type in operation.sends
            },
        }
    return told


def _server(address: str) -> list[dict[str, str]]:
    return [{"url": address.removesuffix("/")}]


def _is_of_all(operation: Operation) -> bool:
    """True for what the whole service answers, and no release by itself."""
    return operation.group is Group.OPERATION or any(one.name in _OF_ALL for one in operation.parameters)


def _body(operation: Operation, media_type: str, language: Language) -> dict[str, Any]:
    """The schema of what is sent: an object as the example is, the parameters as fields of a form, or the text."""
    if operation.body:
        return {"type": "object", "examples": [json.loads(operation.body)]}
    if media_type != FORM:
        return {"type": "string"}
    fields = {one.name: {"description": one.says.in_(language), **_schema(one)} for one in operation.parameters}
    return {
        "type": "object",
        "properties": fields,
        "required": [one.name for one in operation.parameters if one.is_required],
    }


def _name(operation: Operation) -> str:
    words = operation.path.replace("{", " ").replace("}", " ").replace("/", " ").replace(".", " ").replace("-", " ")
    return "-".join([operation.method, *words.split()])


def _statuses(operation: Operation) -> tuple[int, ...]:
    return tuple(sorted({400, *operation.problems}))


def _answers(operation: Operation, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if operation.answers:
        content = {media_type: {"schema": _of(operation, media_type)} for media_type in operation.answers}
        told["200"] = {"description": operation.says.in_(language), "content": content}
    if operation.leads or not operation.answers:
        successors = {"description": _SUCCESSORS.in_(language), "schema": {"type": "string"}}
        location = {"description": _LOCATION.in_(language), "schema": {"type": "string", "format": "uri-reference"}}
        for status in (operation.by, *operation.also):
            headers = {"Link": successors} if status == _CHOICES else {"Location": location}
            told[str(status)] = {"description": _ELSEWHERE.in_(language), "headers": headers}
    return told


def _of(operation: Operation, media_type: str) -> dict[str, Any]:
    """The schema of an answer: of JSON that another specification is about, nothing is said but that it is JSON."""
    if media_type == JSON_TYPE and operation.reply:
        return {"$ref": REFERENCE.format(name=operation.reply.__name__)}
    if media_type.endswith("json"):
        return {}
    if media_type.startswith("text/") or media_type.rpartition("/")[2] in {"n-triples", "n-quads", "trig"}:
        return {"type": "string"}
    return {} if media_type.endswith("xml") else {"type": "string", "contentEncoding": "binary"}


def _parameter(parameter: Parameter, dataset: Dataset, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "description": parameter.says.in_(language),
        "schema": _schema(parameter),
    }
    if parameter.is_required:
        told["required"] = True
    if parameter.example and not parameter.may_repeat:
        told["example"] = parameter.example.format(release=dataset.id) if parameter.is_in_path else parameter.example
    return told


def _schema(parameter: Parameter) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "number" if parameter.is_number else "string"}
    if parameter.listed:
        one["enum"] = list(parameter.listed)
    return {"type": "array", "items": one} if parameter.may_repeat else one


def _problem_schema(language: Language) -> dict[str, Any]:
    return {
        "type": "object",
        "description": _PROBLEM_SAYS.in_(language),
        "required": ["type", "title", "status", "detail"],
        "properties": {
            name: {"type": kind, "description": says.in_(language)} for name, (kind, says) in _MEMBERS.items()
        },
        "additionalProperties": True,
    }


def _limits(settings: Settings) -> Text:
    return Text(
        f"En fråga får ta {settings.deadline:g} sekunder och ge {settings.max_answer_rows} rader. "
        "HEAD besvaras som GET, utan kropp. Svar med ETag besvaras 304 där If-None-Match har den. Fel är RFC 9457.",
        f"A query may take {settings.deadline:g} seconds and give {settings.max_answer_rows} rows. "
        "HEAD is answered as GET is, without a body. An answer with an ETag is 304 where If-None-Match has it. "
        "Errors are RFC 9457.",
    )


_OF_A_RELEASE = Text(
    "Sveriges miljömål som länkade öppna data.", "Sweden's environmental objectives as linked open data."
)
_OF_FILES = Text("RDF-filer att ställa frågor till.", "RDF files to be queried.")
_ELSEWHERE = Text("Svaret står på en annan adress.", "The answer is at another address.")
_SUCCESSORS = Text(
    'De som gäller i stället, med rel="successor-version".', 'Those that hold instead, with rel="successor-version".'
)
_CHOICES = 300
_LOCATION = Text("Adressen.", "The address.")
_PROBLEM_SAYS = Text(
    "Varför det inte blev något svar, och vad som kan göras i stället.",
    "Why there is no answer, and what can be done instead.",
)
_MEMBERS = {
    "type": (
        "string",
        Text(
            "Vilket slags fel; adressen leder till vad det betyder.",
            "Which type of error; the address leads to what it means.",
        ),
    ),
    "title": ("string", Text("Felet i få ord.", "The error in few words.")),
    "status": ("integer", Text("HTTP-statusen.", "The HTTP status.")),
    "detail": ("string", Text("Vad som var fel och vägen ut.", "What was wrong, and the way out.")),
    "setting": ("string", Text("Inställningen som satte gränsen.", "The setting that is the limit.")),
    "limit": ("number", Text("Gränsen.", "The limit.")),
    "elapsed": ("number", Text("Sekunder som frågan fick.", "Seconds that the query had.")),
    "dump": (
        "string",
        Text("Hela utgåvan som en fil, utan gränser.", "The whole release as one file, without limits."),
    ),
    "line": ("integer", Text("Raden i frågan.", "The line of the query.")),
    "column": ("integer", Text("Kolumnen i frågan.", "The column of the query.")),
    "parameter": ("string", Text("Parametern som var fel.", "The parameter that was wrong.")),
    "allowed": ("array", Text("Vad den kan vara.", "What it can be.")),
    "available": ("array", Text("Mediatyperna som finns.", "The media types that there are.")),
}
_PROBLEMS = {
    400: Text("Begäran går inte att förstå; svaret säger var.", "The request cannot be read; the answer says where."),
    403: Text("Frågan vill skriva, eller nå tjänster som inte får nås, eller kommer från en sida som inte får fråga.",
              "The query wants to write, or to reach services that may not be reached, or comes from a page that may "
              "not ask."),
    404: Text("Utgåvan säger inget om det.", "The release says nothing about it."),
    406: Text("Inget av formaten passar.", "None of the formats will do."),
    410: Text("Identifieraren har upphört; svaret säger vad som gäller i stället.",
              "The identifier has ended; the answer says what holds instead."),
    412: Text("Det som finns är ett annat än det som If-Match eller If-Unmodified-Since gäller.",
              "What is there is another than If-Match or If-Unmodified-Since is about."),
    413: Text("Frågan eller svaret är för stort.", "The query or the answer is too large."),
    415: Text("Kroppen är av en typ som inte tas emot.", "The body is of a type that is not taken."),
    416: Text("Filen är kortare än så.", "The file is shorter than that."),
    429: Text("Nätet frågar om för mycket på en gång; se Retry-After.",
              "The network asks too much at once; see Retry-After."),
    502: Text("En annan tjänst, som frågan vände sig till, svarade inte.",
              "Another service, which the query turned to, did not answer."),
    503: Text("Frågan nådde en gräns, som svaret namnger, eller fick ingen plats; se Retry-After.",
              "The query met a limit, which the answer names, or got no place; see Retry-After."),
}  # fmt: skip
