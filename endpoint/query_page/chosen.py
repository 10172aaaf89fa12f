"""What a query finds nothing of for the graphs that it chooses: its default graph or its named graphs are none.

Whoever names graphs, with `FROM` or by the parameters of the protocol, asks no others (SPARQL 1.1 Query, section 13.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from endpoint.places import Token
from endpoint.query_page.patterns import start_of_pattern
from ontology.text import Text

DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
"""The parameters of the protocol that choose graphs; they count before what the query says itself."""

_NO_DEFAULT = Text(
    "Frågan väljer bara namngivna grafer (FROM NAMED, named-graph-uri). Utanför GRAPH ?g { … } finner den inget, om "
    "den inte väljer andra med FROM eller default-graph-uri.",
    "The query chooses named graphs alone (FROM NAMED, named-graph-uri). Outside of GRAPH ?g { … } it finds nothing, "
    "unless it chooses others with FROM or default-graph-uri.",
)
_NO_NAMED = Text(
    "Frågan väljer inga namngivna grafer, bara en förvald (FROM, default-graph-uri). GRAPH finner inget, om den inte "
    "väljer dem också med FROM NAMED eller named-graph-uri.",
    "The query chooses no named graphs, only a default graph (FROM, default-graph-uri). GRAPH finds nothing, unless it "
    "chooses them too with FROM NAMED or named-graph-uri.",
)
_FEW = Text(
    "Bara graferna som frågan väljer tillfrågas. Utan FROM och default-graph-uri gäller den alla.",
    "Only the graphs that the query chooses are asked. Without FROM and default-graph-uri it asks all of them.",
)
_NONE = Text(
    "Frågan väljer inga grafer, och den här tjänsten frågar då inga: skriv GRAPH ?g { … }, eller välj med FROM.",
    "The query chooses no graphs, and this service then asks none: write GRAPH ?g { … }, or choose with FROM.",
)


class Chosen(NamedTuple):
    """Whether a query has a default graph and named graphs of its own choice."""

    default: bool
    named: bool


def choice(read: Sequence[Token], graphs: Sequence[tuple[str, str]]) -> Chosen:
    """What a query and the parameters beside it choose."""
    if graphs:
        names = {name for name, _ in graphs}
        return Chosen(DEFAULT in names, NAMED in names)
    words = [token.text.upper() for token in read[: start_of_pattern(read)]]
    after = [following for word, following in pairwise(words) if word == "FROM"]
    return Chosen(any(word != "NAMED" for word in after), "NAMED" in after)


def remarks_on_choice(
    read: Sequence[Token], graphs: Sequence[tuple[str, str]], *, is_union: bool, is_told: bool
) -> Iterator[Text]:
    """Why the graphs of a query that finds nothing may be to blame.

    That others are not asked is told only where nothing else is. No query.
    """
    pattern = [token.text.upper() for token in read[start_of_pattern(read) :]]
    if not pattern:
        return
    chosen, has_graph = choice(read, graphs), "GRAPH" in pattern
    if chosen.named and not chosen.default and not has_graph:
        yield _NO_DEFAULT
    elif chosen.default and not chosen.named and has_graph:
        yield _NO_NAMED
    elif any(chosen) and is_union and not is_told:
        yield _FEW
    elif not any(chosen) and not is_union and not has_graph:
        yield _NONE
