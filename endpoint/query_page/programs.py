"""The same question from a terminal and from programs, ready to be copied."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import urlencode

_RAW = ("\\", '"""')  # a Python text that holds these is not written as it is read


@dataclass(frozen=True, slots=True)
class Program:
    """A program by its language, and its text."""

    name: str
    text: str


def programs(service: str, query: str, graphs: list[tuple[str, str]], form: str | None) -> list[Program]:
    """Programs that ask a service a query of a form (`SELECT`, …), of the graphs chosen by parameters of the protocol.

    A query that is none, whose form is None, is asked like a SELECT: the service says what is wrong with it.
    """
    asked = "SELECT" if form is None else form
    return [
        Program("curl", _curl(service, query, graphs, asked)),
        Program("Python", _python(service, query, graphs, asked)),
        Program("R", _r(service, query, graphs, asked)),
    ]


def _is_of_rows(form: str) -> bool:
    return form in {"SELECT", "ASK"}


def _curl(service: str, query: str, graphs: list[tuple[str, str]], form: str) -> str:
    accept = "text/csv" if _is_of_rows(form) else "text/turtle"
    asked = [("query", query), *graphs]
    said = " ".join(f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in asked)
    return f"curl -G {service} -H 'Accept: {accept}' {said}"


def _python(service: str, query: str, graphs: list[tuple[str, str]], form: str) -> str:
    format_ = "JSON" if _is_of_rows(form) else "TURTLE"
    lines = [
        f"from SPARQLWrapper import {format_}, SPARQLWrapper",
        "",
        f'service = SPARQLWrapper("{service}")',
        f"service.setQuery({_literal(query)})",
        *(f"service.addParameter({name!r}, {value!r})" for name, value in graphs),
        f"service.setReturnFormat({format_})",
        "answer = service.queryAndConvert()",
    ]
    match form:
        case "SELECT":
            lines += [
                'for row in answer["results"]["bindings"]:',
                '    print({name: term["value"] for name, term in row.items()})',
            ]
        case "ASK":
            lines.append('print(answer["boolean"])')
        case _:
            lines.append('print(answer.decode("utf-8"))')
    return "\n".join(lines)


def _literal(query: str) -> str:
    """A query as a Python text, over several lines where that is safe."""
    return repr(query) if any(each in query for each in _RAW) else f'"""\n{query.rstrip()}\n"""'


def _r(service: str, query: str, graphs: list[tuple[str, str]], form: str) -> str:
    fence = "-"
    while f"){fence}" in query:
        fence += "-"
    chosen = f"&{urlencode(graphs)}" if graphs else ""
    as_text = 'read.csv(address, colClasses = "character")  # codes such as 01 stay so; as.numeric() makes numbers'
    read = as_text if _is_of_rows(form) else "readLines(address)"
    return "\n".join([
        f'query <- r"{fence}(',
        query.rstrip(),
        f'){fence}"',
        f'address <- paste0("{service}?query=", URLencode(query, reserved = TRUE),',
        f'                  "{chosen}&format={"csv" if _is_of_rows(form) else "turtle"}")',
        f"answer <- {read}",
        "print(answer)",
    ])  # fmt: skip
