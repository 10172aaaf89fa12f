"""What people who run the product write in TOML files: read, with every fault said with its line and what would do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from loaders.choices import nearest, question, said_of
from loaders.plain_text import read_plain

_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEAD = re.compile(rf"\s*\[(\[?)\s*({_NAME})\s*\]")
_LINE = re.compile(rf"\s*({_NAME})\s*=")
_LONG = re.compile(r'"""|\'\'\'')

Lines = Mapping[tuple[str, ...], int]
"""The lines on which tables and values of a file begin, by their names from the outermost."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says, and where."""

    path: Path | Traversable
    says: dict[str, Any]
    lines: Lines

    def told(self, names: tuple[str, ...], why: str) -> str:
        """What is wrong with a value, with the file, its line and its names: `mine.toml:14, kolada.required: …`."""
        there = next((self.lines[names[:end]] for end in range(len(names), 0, -1) if names[:end] in self.lines), None)
        return f"{self.path}{'' if there is None else f':{there}'}, {'.'.join(names) or 'the whole'}: {why}"

    def faults(self, error: ValidationError, model: type[BaseModel], *above: str) -> list[str]:
        """Every fault that a model found in what the file says under some tables, each as `told` tells it."""
        found = []
        for fault in error.errors(include_url=False):
            names = tuple(map(str, fault["loc"]))
            found.append(self.told((*above, *names), _worded(fault, _model_at(model, names[:-1]))))
        return found


def read_toml(path: Path | Traversable) -> TomlFile:
    """What a file says. Raises ValueError with the file where it is no text, or not TOML; OSError."""
    try:
        text = read_plain(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    try:
        return TomlFile(path, tomllib.loads(text), _lines(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: this is not TOML: {_explained(error, text)}") from error
    except ValueError as error:  # what Python makes no number of
        raise ValueError(f"{path}: a number has too many digits") from error
    except RecursionError as error:
        raise ValueError(f"{path}: the TOML is nested too deep") from error


def _worded(fault: Mapping[str, Any], model: type[BaseModel] | None) -> str:
    """What is wrong with a value, and what would do."""
    fields, name = model.model_fields if model else {}, str(fault["loc"][-1]) if fault["loc"] else ""
    said = said_of(fault)
    if fault["type"] == "extra_forbidden" and fields:
        near = question(nearest(fields, name)).en
        return said + (near or f"; there are: {', '.join(fields)}")
    if fault["type"] == "missing" and name in fields:
        examples: Mapping[str, str] = getattr(model, "EXAMPLES", {})
        return f"{said}; write it, such as {name} = {examples.get(name) or example_of(fields[name])}"
    return said


def _model_at(model: type[BaseModel], names: tuple[str, ...]) -> type[BaseModel] | None:
    """The model of a table within another; None where there is none."""
    for name in names:
        if name in model.model_fields:
            inner = next(_models_in(model.model_fields[name].annotation), None)
            if inner is None:
                return None
            model = inner  # the names of what a mapping or a list holds lead no further
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def example_of(field: FieldInfo) -> str:
    """A value of the form that a field takes, as TOML has it."""
    return _example(field.annotation)


def _example(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        needed = {name: each for name, each in annotation.model_fields.items() if each.is_required()}
        return f"{{ {', '.join(f'{name} = {example_of(each)}' for name, each in needed.items())} }}"
    origin, parts = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        origin, parts = Literal, tuple(each.value for each in annotation)
    if origin is Literal:
        return f'"{parts[0]}"'
    if origin in {tuple, list}:
        return f"[{_example(parts[0])}]"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f'{{ "…" = {_example(parts[1])} }}'
    if parts:  # one of several, of which the first is the usual one, or marked with more than its type
        return _example(parts[0])
    return {bool: "false", int: "1", float: "1"}.get(annotation, '"…"')


def _explained(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What is wrong with the form of a file: the words of the library, and the line itself."""
    found = re.search(r"at line (\d+)", str(error))
    line = text.splitlines()[int(found[1]) - 1].strip() if found and int(found[1]) <= text.count("\n") + 1 else ""
    most = 80
    shown = f": {line[:most]}{'…' if len(line) > most else ''}" if line else ""
    return f"{error}{shown}{_WAYS_OUT.get(str(error).partition(' (')[0], '')}"


_WAYS_OUT = {
    "Invalid value": "; write texts in quotation marks, and true and false in small letters",
    "Cannot overwrite a value": "; the name stands twice: leave one",
    "Expected newline or end of document after a statement": (
        "; a line says one thing, and decimals have a point, as in 0.5"
    ),
    "Expected '=' after a key in a key/value pair": "; write name = value",
}


def _lines(text: str) -> Lines:
    """Where the tables and values of a file begin, as far as can be seen by its lines."""
    found: dict[tuple[str, ...], int] = {}
    counted: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    is_long = False
    for number, line in enumerate(text.split("\n"), 1):
        begins_long, is_long = is_long, is_long != (len(_LONG.findall(line)) % 2 == 1)
        if begins_long:
            continue
        if head := _HEAD.match(line):
            table = _names(head[2])
            if head[1]:
                counted[table] = counted.get(table, -1) + 1
                table = (*table, str(counted[table]))
            found.setdefault(table, number)
        elif value := _LINE.match(line):
            names = (*table, *_names(value[1]))
            for end in range(len(table) + 1, len(names) + 1):
                found.setdefault(names[:end], number)
    return found


def _names(written: str) -> tuple[str, ...]:
    """The parts of a name that is written with dots."""
    return tuple(
        part[1:-1] if part[0] == "'" else str(tomllib.loads(f"x = {part}")["x"]) if part[0] == '"' else part
        for part in re.findall(_PART, written)
    )
