"""What the engine says of a query that it cannot read, in words: where, what it expected, and a way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from endpoint.mistakes import open_text, undeclared, way_out
from endpoint.places import MOST_READ_TWICE, offset_of, place_of, tokens
from ontology.text import Text

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = re.compile(r"\"((?:[^\"\\]|\\.)+)\"|\b([A-Z]{2,}(?:[ _][A-Z]+)*)\b")
_PREFIXED = re.compile(r"(?<![\w.:%-])([\w.-]*+):[\w.:%-]*+$")
_MOST_EXPECTED = 8
_MOST_SHOWN = 24
_NOT_HERE = {"SERVICE", "LATERAL"}

_NO_PREFIX = "Prefix not found"
_TELLING = {
    _NO_PREFIX: Text("Prefixet är inte deklarerat.", "The prefix is not declared."),
    "is read as an IRI": Text(
        "Här läses en IRI, som slutar vid nästa >. Ska det vara ett mindre än, skriv ett blanksteg efter <.",
        "An IRI is read here, which ends at the next >. Where less than is meant, write a blank after <.",
    ),
    "IRI parsing failed": Text("Adressen är ingen giltig IRI.", "The address is no valid IRI."),
    "Duplicated variable name in SELECT": Text(
        "Variabeln står två gånger i SELECT.", "The variable stands twice in SELECT."
    ),
    "The SELECT contains a variable that is unbound": Text(
        "SELECT har en variabel som varken står i GROUP BY eller räknas samman. Lägg den i GROUP BY, eller skriv till "
        "exempel (SAMPLE(?x) AS ?y).",
        "SELECT has a variable that neither stands in GROUP BY nor is aggregated. Put it into GROUP BY, or write for "
        "instance (SAMPLE(?x) AS ?y).",
    ),
    "SELECT * is not authorized with GROUP BY": Text(
        "SELECT * går inte ihop med GROUP BY. Räkna upp variablerna.",
        "SELECT * does not go with GROUP BY. List the variables.",
    ),
}
"""What the engine says in words, and not by listing tokens."""


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where a query stops being one, from line 1 and column 1, and what is wrong there; a way out where we know it."""

    line: int
    column: int
    what: Text
    hint: Text | None = None

    @property
    def text(self) -> Text:
        """All of it as sentences."""
        place = Text(f"Rad {self.line}, kolumn {self.column}: ", f"Line {self.line}, column {self.column}: ")
        hint = self.hint or Text("", "")
        return Text(f"{place.sv}{self.what.sv} {hint.sv}".strip(), f"{place.en}{self.what.en} {hint.en}".strip())


def read_fault(message: str, query: str, prefixes: Mapping[str, str]) -> SyntaxFault | None:
    """The fault that a message of the engine tells of; None for a message in another form."""
    found = _PLACE.search(message)
    if found is None:
        return None
    line, column, said = int(found[1]), int(found[2]), found[3]
    for words, what in _TELLING.items():
        if words in said:
            if words == _NO_PREFIX:
                return _missing_prefix(query, SyntaxFault(line, column, what), prefixes)
            return SyntaxFault(line, column, what)
    return _seen(query, SyntaxFault(line, column, _stopped(query, line, column), _expected(said)), prefixes)


def _seen(query: str, fault: SyntaxFault, prefixes: Mapping[str, str]) -> SyntaxFault:
    """The fault with the way out of the mistake that we see there; what could have stood there where we see none."""
    if len(query) > MOST_READ_TWICE:
        return fault
    read = tokens(query)
    opened = open_text(read)
    if opened is not None:
        what = Text("Texten som börjar här tar aldrig slut.", "The text that begins here never ends.")
        return SyntaxFault(*place_of(query, opened.start), what, way_out(read, read.index(opened)))
    stopped = offset_of(query, fault.line, fault.column)
    at = next((at for at, token in enumerate(read) if token.start == stopped), None)
    if at is None:
        return replace(fault, hint=way_out(read, len(read)) or fault.hint)
    prefix = undeclared(read, at)
    if prefix is not None:
        return replace(fault, what=_TELLING[_NO_PREFIX], hint=_declare(prefix, prefixes))
    return replace(fault, hint=way_out(read, at) or fault.hint)


def _stopped(query: str, line: int, column: int) -> Text:
    """Where the query cannot be read on, in its own words: what follows the place, or else what stands before it."""
    lines = query.split("\n")
    read, rest = (lines[line - 1][: column - 1], lines[line - 1][column - 1 :]) if line <= len(lines) else ("", "")
    if rest.strip():
        shown = rest if len(rest) <= _MOST_SHOWN else rest[:_MOST_SHOWN] + "…"
        return Text(f"Frågan går inte att läsa vid ”{shown}”.", f"The query cannot be read at “{shown}”.")
    if query.count("{") > query.count("}") or not read.strip():
        return Text("Frågan tar slut för tidigt.", "The query ends too early.")
    shown = read if len(read) <= _MOST_SHOWN else "…" + read[-_MOST_SHOWN:]
    return Text(f"Något är fel i eller före ”{shown}”.", f"Something is wrong in or before “{shown}”.")


def _missing_prefix(query: str, fault: SyntaxFault, prefixes: Mapping[str, str]) -> SyntaxFault:
    """The fault at the name whose prefix is missing, with the line to add; its namespace, where we know the prefix.

    The engine tells the place after the name.
    """
    lines = query.split("\n")
    name = _PREFIXED.search(lines[fault.line - 1][: fault.column - 1]) if fault.line <= len(lines) else None
    if name is None:
        return fault
    return replace(fault, column=name.start() + 1, hint=_declare(name[1], prefixes))


def _declare(prefix: str, prefixes: Mapping[str, str]) -> Text:
    declared = f"PREFIX {prefix}: <{prefixes.get(prefix, '…')}>"
    return Text(f"Lägg till en rad överst: {declared}", f"Add a line at the top: {declared}")


def _expected(said: str) -> Text | None:
    """What could have stood there, where that is little; without character classes and what is not allowed here."""
    found = (quoted or word for quoted, word in _EXPECTED.findall(re.sub(r"\[[^\]]*\]", "", said)))
    tokens = [token for token in dict.fromkeys(found) if token not in _NOT_HERE]
    if not tokens or len(tokens) > _MOST_EXPECTED:
        return None
    named = " ".join(tokens)
    return Text(f"Här kan stå: {named}", f"What may stand here: {named}")
