"""What language models can call: three tools that read, a module for each.

tool         what a tool is, and its schemas
arguments    what it is given, read, or what is wrong with it
find         from words to things
schema       what there is, and how it is put
classes      one class, as that tells it
query        SPARQL
sources      who states what a tool gives
"""

from __future__ import annotations

from typing import Any

from endpoint.mcp.tools import find, query, schema
from endpoint.mcp.tools.tool import Tool

TOOLS: dict[str, Tool[Any]] = {one.name: one for one in (find.TOOL, schema.TOOL, query.TOOL)}
"""All there are, by their names, in the order in which they are told."""
