"""What a query computes in vain: columns that are empty in every row, and functions that there are not.

Neither is an error in SPARQL. A difference of years, which are no numbers, gives a row without a value.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from endpoint.workers.pool import Answer
from ontology.text import Text

_MOST_READ = 64 * 1024
"""Bytes of an answer that are looked through: what is longer has other columns to be read."""

_MOST_TOLD = 5
_LONGEST_NAME = 100  # characters of a name that is said again: a query may have one as long as itself
_COMPUTED = re.compile(r"\bAS\s*[?$](\w+)", re.IGNORECASE)
_NAMED = re.compile(rb'<variable name="([^"]*)"')
_FILLED = re.compile(rb'<binding name="([^"]*)"')


def in_vain(answer: Answer, query: str, told: Sequence[Text] = ()) -> list[Text]:
    """What is to be remarked of what a query computes, but for columns that are told of already."""
    named = (cut(name) for name in empty_columns(answer, query))
    empty = [name for name in named if not any(said.en.startswith(f"?{name} ") for said in told)]
    functions = [_of_function(cut(name)) for name in answer.lacks[:_MOST_TOLD]]
    return functions + [_of_column(name) for name in empty[:_MOST_TOLD]]


def cut(name: str) -> str:
    """A name as a remark says it again."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def empty_columns(answer: Answer, query: str) -> list[str]:
    """The columns that a query computes, and that no row of its answer has a value in."""
    computed = list(dict.fromkeys(_COMPUTED.findall(query)))
    if not computed or not answer.rows or len(answer.content) > _MOST_READ:
        return []
    try:
        columns, filled = _read(answer.content)
    except RecursionError:  # a triple term in it nests too deep to be read
        return []
    return [name for name in computed if name in columns and name not in filled]


def _read(content: bytes) -> tuple[set[str], set[str]]:
    """The columns of an answer in any format, and those in which a row has a value."""
    if content[:1] == b"{":
        said = json.loads(content)
        return set(said["head"].get("vars", ())), set().union(*said.get("results", {}).get("bindings", ()))
    if content[:1] == b"<":
        return _names(_NAMED.findall(content)), _names(_FILLED.findall(content))
    columns, filled = _of_lines(content.decode("utf-8"))
    return {name.removeprefix("?") for name in columns}, {name.removeprefix("?") for name in filled}


def _of_lines(content: str) -> tuple[list[str], Iterator[str]]:
    """The same of CSV and TSV. A cell without a value is empty there, as one with an empty text is in CSV."""
    is_tabbed = content[:1] == "?"
    lines: Iterator[list[str]] = csv.reader(io.StringIO(content))
    if is_tabbed:
        lines = (line.split("\t") for line in content.split("\n"))
    columns = next(lines, [])
    return columns, (name for row in lines for name, cell in zip(columns, row, strict=False) if cell)


def _names(found: Iterable[bytes]) -> set[str]:
    return {name.decode("utf-8") for name in found}


def _of_function(name: str) -> Text:
    return Text(
        f"Funktionen <{name}> finns inte här: där den står blir det inget värde.",
        f"There is no function <{name}> here: where it stands there is no value.",
    )


def _of_column(name: str) -> Text:
    return Text(
        f"?{name} har inget värde i någon rad: det som den räknas ut av saknas, eller går inte att räkna med. År och "
        "dagar är inga tal: skriv YEAR(?x). GROUP_CONCAT fogar samman texter: skriv STR(?x).",
        f"?{name} has no value in any row: what it is computed from is not there, or cannot be computed with. Years "
        "and days are no numbers: write YEAR(?x). GROUP_CONCAT joins texts: write STR(?x).",
    )
