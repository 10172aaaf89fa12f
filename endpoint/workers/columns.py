"""The columns of `SELECT *`, in the order in which a query names them; the engine has them in that of the alphabet.

Which variables these are is the engine's to say, since not all that stand in a query are to be seen from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from endpoint.places import MOST_READ_TWICE, Token, tokens

_STAR = re.compile(r"\bSELECT\s*(?:\b(?:DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)
_BEFORE = frozenset({"BASE", "PREFIX", "VERSION"})
"""The words that may stand before the form of a query."""

_HOW = frozenset({"DISTINCT", "REDUCED"})


def named_in_order(query: str, base: str | None, functions: Mapping[ox.NamedNode, Any]) -> str:
    """The query with its columns listed in the place of the asterisk; as it is where it has none, or but one column.

    It must ask nothing of other services: to learn its columns it is asked of no data, and so they would be asked too.
    """
    if "*" not in query or _STAR.search(query) is None or len(query) > MOST_READ_TWICE:
        return query
    read = tokens(query)
    star = _asterisk(read)
    columns = _columns(query, base, functions) if star else []
    if star is None or len(columns) < 2:
        return query
    written = dict.fromkeys(token.text[1:] for token in read if token.kind == "variable")
    first = [name for name in written if name in columns]
    named = listed(query, star.start, first + [name for name in columns if name not in written])
    return named if set(_columns(named, base, functions)) == set(columns) else query


def listed(query: str, place: int, names: Iterable[str]) -> str:
    """The query with these variables in the place of the asterisk at a place."""
    variables = " ".join(f"?{name}" for name in names)
    return f"{query[:place]} {variables} {query[place + 1 :]}"


def _asterisk(read: Sequence[Token]) -> Token | None:
    """The asterisk for which all variables of the query itself stand; None for a query that lists what it wants."""
    words = (at for at, token in enumerate(read) if token.kind == "word" and token.text.upper() not in _BEFORE)
    form = next(words, None)
    if form is None or read[form].text.upper() != "SELECT":
        return None
    wanted = next((token for token in read[form + 1 :] if token.text.upper() not in _HOW), None)
    return wanted if wanted is not None and wanted.text == "*" else None


def _columns(query: str, base: str | None, functions: Mapping[ox.NamedNode, Any]) -> list[str]:
    """The names of the columns of a query; none where it cannot be asked."""
    store = ox.Store()
    try:
        found = store.query(query, base_iri=base, custom_functions=dict(functions))
    except (SyntaxError, ValueError, OSError, RuntimeError):  # whatever it is, who asks of the data is told
        return []
    return [column.value for column in found.variables] if isinstance(found, ox.QuerySolutions) else []
