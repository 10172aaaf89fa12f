"""The languages that a query asks for texts in, and that no text in the data has: `"…"@se`, `LANG(?name) = "se"`.

To know which there are goes through all texts once for a release. Who asks first waits for that a while, no longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from endpoint.dataset import Dataset
from endpoint.places import Token
from endpoint.query_page.patterns import start_of_pattern
from ontology.text import LANGUAGES, Text

_MOST_TOLD = 10
_OBJECTS_FOLLOW = frozenset({"iri", "name", "variable"})
_ANY = "*"


class _Wanted(NamedTuple):
    """A language as a query has it: `written` so; of texts themselves, as LANG gives it, or as LANGMATCHES takes it."""

    written: str
    tag: str
    by: str


async def of_no_language(site: Dataset, read: Sequence[Token], patience: float) -> dict[str, Text]:
    """What is to be told of the languages that a query asks for in vain, by their tags, in its order.

    Nothing where no text is asked for in a language, or where it takes longer than some seconds to know of all. One
    query, the first time, where nobody has told of them before. Raises QueryFailed.
    """
    wanted = list(dict.fromkeys(_wanted(read)))
    if not wanted:
        return {}
    try:
        there_are = await asyncio.wait_for(site.once(_languages), patience)
    except TimeoutError:
        return {}
    return {one.tag: _told(one, there_are) for one in wanted if not _is_there(one, there_are)}


async def _languages(site: Dataset) -> list[str]:
    """The languages of texts in the data, as LANG gives them: those of the product first."""
    found = site.languages or {str(row["language"]) for row in await site.select("about/languages")}
    return [*(one for one in LANGUAGES if one in found), *sorted(found.difference(LANGUAGES))]


def _wanted(read: Sequence[Token]) -> Iterator[_Wanted]:
    """The languages that the pattern of a query asks for."""
    rows_end = -1
    for at in range(start_of_pattern(read) + 1, len(read) - 1):
        token, word = read[at], read[at].text.upper()
        if word == "VALUES":
            rows_end = next((end for end in range(at, len(read)) if read[end].text == "}"), len(read))
        elif token.kind == "tag" and (at < rows_end or _is_sought(read, at - 1)):
            yield _Wanted(token.text, token.text[1:], "TEXT")
        elif word == "LANG" and [one.text for one in read[at + 1 : at + 4 : 2]] == ["(", ")"]:
            yield from _of_call(read, at)


def _is_sought(read: Sequence[Token], text: int) -> bool:
    """Whether a text is the object of a statement, or compared by `=`: one that is computed with need not be there."""
    before, after = read[text - 1], read[text + 2] if text + 2 < len(read) else None
    return before.kind in _OBJECTS_FOLLOW or before.text == "=" or (after is not None and after.text == "=")


def _of_call(read: Sequence[Token], at: int) -> Iterator[_Wanted]:
    """The language that `LANG(…)`, which begins at a token, is compared with."""
    words = [read[place].text.upper() if 0 <= place < len(read) else "" for place in (at - 2, at - 1, at + 4)]
    if words == ["LANGMATCHES", "(", ","]:
        place, by = at + 5, "LANGMATCHES"
    elif words[2] == "=" or words[1] == "=":
        place, by = at + 5 if words[2] == "=" else at - 2, "LANG"
    else:
        return
    if place < len(read) and read[place].kind == "text" and len(read[place].text) > len('""'):
        yield _Wanted(read[place].text, read[place].text.strip("\"'"), by)


def _is_there(wanted: _Wanted, there_are: Collection[str]) -> bool:
    """Whether some text is in a language, compared as the query does (RFC 4647, section 3.3.1, for LANGMATCHES)."""
    tag = wanted.tag.lower()
    if wanted.by == "LANGMATCHES":
        return (tag == _ANY and bool(there_are)) or any(one == tag or one.startswith(f"{tag}-") for one in there_are)
    return (wanted.tag if wanted.by == "LANG" else tag) in there_are


def _told(wanted: _Wanted, there_are: Sequence[str]) -> Text:
    if not there_are:
        return Text("Ingen text i data har ett språk.", "No text in the data has a language.")
    if wanted.by == "LANG" and wanted.tag.lower() in there_are:
        way = f'"{wanted.tag.lower()}"'
        return Text(
            f"LANG ger språk med små bokstäver, aldrig {wanted.written}: skriv {way}.",
            f"LANG gives languages in small letters, never {wanted.written}: write {way}.",
        )
    some = ", ".join([*there_are[:_MOST_TOLD], *(["…"] if len(there_are) > _MOST_TOLD else [])])
    return Text(
        f"Ingen text i data är på språket {wanted.written}. Språken är: {some}.",
        f"No text in the data is in the language {wanted.written}. The languages are: {some}.",
    )
