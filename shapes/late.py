"""pySHACL, which is imported when it is first asked for: it takes long to import, and most builds can do without it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def reference() -> ModuleType:
    """The module `shapes.reference`."""
    return import_module("shapes.reference")
