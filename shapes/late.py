"""pySHACL, which is imported when it is first asked for: it takes long to import.

What a release says of itself asks for it. A build that has a process describe, or that makes nothing, does without.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class UnreadTerm(ValueError):
    """Something has a triple term of RDF 1.2, which pySHACL does not read, as a value; the message says what has."""


def reference() -> ModuleType:
    """The module `shapes.reference`."""
    return import_module("shapes.reference")
