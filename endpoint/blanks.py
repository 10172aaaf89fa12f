"""Blanks that SPARQL allows and the engine does not read: between the name of some functions and its parenthesis."""

from __future__ import annotations

import re
from itertools import pairwise

from endpoint.places import GLUED, Token, tokens

_APART = re.compile(rf"\b(?:{'|'.join(sorted(GLUED))})\s+\(", re.IGNORECASE)


def readable(query: str) -> str:
    """The query with these blanks inside the parenthesis, where the engine reads them; each token on its line still."""
    if _APART.search(query) is None:
        return query
    written, end = [], 0
    for name, bracket in pairwise(tokens(query)):
        blanks = query[name.start + len(name.text) : bracket.start]
        if _is_called(name, bracket) and blanks.isspace():
            written += [query[end : bracket.start - len(blanks)], "(", blanks]
            end = bracket.start + 1
    return "".join([*written, query[end:]])


def _is_called(name: Token, bracket: Token) -> bool:
    return name.kind == "word" and name.text.upper() in GLUED and bracket.text == "("
