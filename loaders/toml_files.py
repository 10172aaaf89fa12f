"""What people who run the product write in TOML files: read, with every fault said in one line."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from loaders.choices import said_of
from loaders.plain_text import read_plain


def read_toml(path: Path | Traversable) -> dict[str, Any]:
    """What a file says. Raises ValueError with the file where it is no text, or not TOML; OSError."""
    try:
        text = read_plain(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: this is not TOML: {error}") from error
    except ValueError as error:  # what Python makes no number of
        raise ValueError(f"{path}: a number has too many digits") from error
    except RecursionError as error:
        raise ValueError(f"{path}: the TOML is nested too deep") from error


def faults_of(error: ValidationError, *above: str) -> list[str]:
    """Every fault that a model found, each with its place in the file, which may lie under some tables."""
    return [
        f"{'.'.join((*above, *map(str, fault['loc']))) or 'the whole'}: {said_of(fault)}"
        for fault in error.errors(include_url=False)
    ]
