"""Mistakes that are often made in a query, seen from the token at which it cannot be read on: the way out of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from endpoint.places import COMPARISONS, TERMS, Token
from ontology.text import Text

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WORDS = (*_FORMS, "PREFIX", "WHERE", "OPTIONAL", "UNION", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", "EXISTS")
_ORDERING = ("ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "DISTINCT")
_FUNCTIONS = (
    *("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND"),
    *("IRI", "BNODE", "RAND", "ABS", "CEIL", "FLOOR", "ROUND", "CONCAT", "STRLEN", "SUBSTR", "UCASE", "LCASE", "NOW"),
    *("ENCODE_FOR_URI", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "YEAR", "MONTH", "DAY", "HOURS"),
    *("MINUTES", "SECONDS", "COALESCE", "IF", "STRLANG", "STRDT", "SAMETERM", "ISIRI", "ISBLANK", "ISLITERAL"),
    *("ISNUMERIC", "REGEX", "REPLACE", "NOT", "UUID", "STRUUID", "TIMEZONE", "TZ"),
)
_TYPOGRAPHIC = "“”„‘’´`«»"
_TERMS_AFTER = {".": 3, "{": 3, "}": 3, ";": 2, ",": 1}
"""How many terms make a statement whole after what ended the one before."""

_IN_PATHS = frozenset("/-._")
"""What stands between the words and numbers of an address."""


def open_text(read: Sequence[Token]) -> Token | None:
    """The quotation mark of a text that does not end on its line, if there is one."""
    return next((token for token in read if token.text in {'"', "'"}), None)


def declared(read: Sequence[Token]) -> dict[str, str]:
    """The namespaces of the prefixes that a query declares."""
    return {
        read[at + 1].text.removesuffix(":"): read[at + 2].text[1:-1]
        for at in range(len(read) - 2)
        if _is(read, at, "PREFIX")
    }


def undeclared(read: Sequence[Token], place: int) -> str | None:
    """The prefix of the name at a place of the tokens, where the query does not declare it."""
    if place >= len(read) or read[place].kind != "name" or read[place].text.startswith("_:"):
        return None
    prefix = read[place].text.partition(":")[0]
    is_new = all(not (_is(read, at - 1, "PREFIX") and read[at].text == f"{prefix}:") for at in range(len(read)))
    is_declared_here = _is(read, place - 1, "PREFIX") or _is(read, place - 2, "PREFIX")
    return prefix if is_new and not is_declared_here else None


def way_out(read: Sequence[Token], place: int) -> Text | None:
    """What to write instead, for the mistake that is likely at a place of the tokens; None where none of ours is."""
    return next((way for look in _LOOKS if (way := look(read, place))), None)


def slashed(read: Sequence[Token], place: int) -> tuple[int, str] | None:
    """The name with a slash that the token at a place belongs to, such as `id:objective/8`, and where it begins.

    SPARQL ends a prefixed name before a slash: what follows is a step of a path, or a division.
    """
    first = place
    while _is_joined(read, first) and read[first].kind != "name":
        first -= 1
    if _kind(read, first) != "name" or not _is(read, first + 1, "/"):
        return None
    after = first + 1
    while _is_joined(read, after) and (read[after].kind in {"word", "number"} or read[after].text in _IN_PATHS):
        after += 1
    written = "".join(token.text for token in read[first:after]).rstrip(".")
    return (first, written) if after > max(place, first + 2) else None


def unslashed(read: Sequence[Token], written: str) -> Text:
    """How a name with a slash is written instead."""
    prefix, _, local = written.partition(":")
    either, or_ = f"<{declared(read).get(prefix, '…')}{local}>", f"{prefix}:{local}".replace("/", "\\/")
    return Text(
        f"Ett namn med prefix slutar före ett snedstreck: skriv {either} eller {or_}",
        f"A name with a prefix ends before a slash: write {either} or {or_}",
    )


def _is_joined(read: Sequence[Token], place: int) -> bool:
    """Whether the token at a place follows the one before it at once."""
    if not 0 < place < len(read):
        return False
    before = read[place - 1]
    return before.start + len(before.text) == read[place].start


def _is(read: Sequence[Token], place: int, *words: str) -> bool:
    return 0 <= place < len(read) and read[place].text.upper() in words


def _kind(read: Sequence[Token], place: int) -> str | None:
    return read[place].kind if 0 <= place < len(read) else None


def _is_before_pattern(read: Sequence[Token], place: int) -> bool:
    return not any(token.text == "{" for token in read[:place])


def _quotation(read: Sequence[Token], place: int) -> Text | None:
    if not any(token.text in _TYPOGRAPHIC for token in read[max(0, place - 2) : place + 2]):
        return None
    return Text('Skriv texter inom raka citattecken: "…"', 'Write texts in straight quotation marks: "…"')


def _prefix(read: Sequence[Token], place: int) -> Text | None:
    word = next((at for at in (place, place - 1) if _is(read, at - 1, "PREFIX") and _kind(read, at) == "word"), None)
    if word is not None:
        name = read[word].text
        return Text(f"Ett prefix slutar med kolon: PREFIX {name}: <…>", f"A prefix ends in a colon: PREFIX {name}: <…>")
    if _is(read, place - 2, "PREFIX"):
        return Text("Adressen står mellan < och >.", "The address stands between < and >.")
    return None


def _slash(read: Sequence[Token], place: int) -> Text | None:
    found = slashed(read, place)
    if found is None or _is_predicate(read, found[0]):  # there a step of a path lacks its prefix
        return None
    return unslashed(read, found[1])


def _is_predicate(read: Sequence[Token], place: int) -> bool:
    ended = next((at for at in range(place - 1, -1, -1) if read[at].text in _TERMS_AFTER), None)
    return ended is not None and place - 1 - ended == _TERMS_AFTER[read[ended].text] - 2


def _start(read: Sequence[Token], place: int) -> Text | None:
    if _kind(read, place) != "word" or any(_is(read, at, *_FORMS) for at in range(place + 1)):
        return None
    near = _near(read[place].text, (*_FORMS, "PREFIX"))
    return near or Text(
        "En fråga börjar med SELECT, ASK, CONSTRUCT eller DESCRIBE, efter sina rader med PREFIX.",
        "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its lines of PREFIX.",
    )


def _selected(read: Sequence[Token], place: int) -> Text | None:
    if not _is_before_pattern(read, place) or not any(_is(read, at, "SELECT") for at in range(place)):
        return None
    if _is(read, place, ","):
        return Text(
            "Variabler i SELECT skiljs åt av mellanslag, inte av komman.",
            "Variables in SELECT are parted by blanks, not by commas.",
        )
    if _is(read, place, ")") or (_kind(read, place) == "word" and _is(read, place + 1, "(")):
        return Text(
            "Det som beräknas står inom parentes och får ett namn, som (COUNT(?x) AS ?n).",
            "What is computed stands in parentheses and gets a name, such as (COUNT(?x) AS ?n).",
        )
    return None


def _condition(read: Sequence[Token], place: int) -> Text | None:
    if _is(read, place - 1, "FILTER") and _kind(read, place) in {"variable", "text", "number"}:
        return Text("Villkoret står inom parentes: FILTER(…)", "The condition stands in parentheses: FILTER(…)")
    if _kind(read, place) == "mark" and _is(read, place, *COMPARISONS) and not _is_before_pattern(read, place):
        return Text("Jämför i FILTER, som FILTER(?x = …)", "Compare in FILTER, such as FILTER(?x = …)")
    if _is(read, place - 1, "ASC", "DESC"):
        return Text("Skriv variabeln inom parentes: DESC(?x)", "Write the variable in parentheses: DESC(?x)")
    return None


def _number(read: Sequence[Token], place: int) -> Text | None:
    if not _is(read, place - 1, "LIMIT", "OFFSET"):
        return None
    word = read[place - 1].text.upper()
    return Text(f"Efter {word} står ett heltal, från 0.", f"After {word} comes a whole number, from 0.")


def _bound(read: Sequence[Token], place: int) -> Text | None:
    if not (_is(read, place - 1, ")") and _is(read, place - 3, "AS") and _kind(read, place - 2) == "variable"):
        return None
    name = read[place - 2].text
    if not any(token.text == name for token in read[: place - 2]):
        return None
    return Text(
        f"{name} används redan i samma grupp: BIND behöver en ny variabel.",
        f"{name} is in use in its group already: BIND needs a new variable.",
    )


def _ended(read: Sequence[Token], place: int) -> Text | None:
    depth = sum((token.text == "{") - (token.text == "}") for token in read[:place])
    if place >= len(read) or depth or _is_before_pattern(read, place):
        return None
    if _is(read, place, "}"):
        return Text("Det finns ett } för mycket.", "There is one } too many.")
    if _is(read, place, ";", *_FORMS):
        return Text(
            "Ställ en fråga i taget, utan semikolon efter den.",
            "Ask one query at a time, without a semicolon after it.",
        )
    return None


def _misspelt(read: Sequence[Token], place: int) -> Text | None:
    if _kind(read, place) != "word":
        return None
    word, is_called = read[place].text, _is(read, place + 1, "(")
    near = _near(word, _FUNCTIONS if is_called else (*_WORDS, *_ORDERING))
    if near or word.upper() in {*_FUNCTIONS, *_WORDS, *_ORDERING}:
        return near
    if is_called:
        return Text(f"Det finns ingen funktion {word}.", f"There is no function {word}.")
    return Text(
        f"Ordet {word} betyder inget här: en variabel börjar med ?, en text står inom citattecken, en term har ett "
        "prefix.",
        f"The word {word} means nothing here: a variable begins with ?, a text stands in quotation marks, a term has a "
        "prefix.",
    )


def _near(word: str, known: Sequence[str]) -> Text | None:
    found = [] if word.upper() in known else get_close_matches(word.upper(), known, 1, 0.7)
    return Text(f"Menas {found[0]}?", f"Is {found[0]} meant?") if found else None


def _statement(read: Sequence[Token], place: int) -> Text | None:
    if _is_before_pattern(read, place):
        return None
    inside = read[: min(place, len(read))]
    ended = max(at for at, token in enumerate(inside) if token.text in _TERMS_AFTER)
    is_whole = place - 1 - ended >= _TERMS_AFTER[inside[ended].text]
    is_after_term = _kind(read, place - 1) in TERMS or _is(read, place - 1, "A", "]")
    if _is(read, place, "}") and sum((token.text == "(") - (token.text == ")") for token in inside) > 0:
        return Text("En parentes är öppnad och inte stängd.", "A parenthesis is opened and not closed.")
    if _is(read, place, "}", ".") and is_after_term and not is_whole:
        return Text(
            "Ett påstående har tre led: subjekt, predikat och objekt.",
            "A statement has three parts: a subject, a predicate and an object.",
        )
    if _kind(read, place) in TERMS and is_after_term and is_whole:
        return Text("Saknas en punkt före?", "Is a full stop missing before it?")
    return None


_LOOKS: tuple[Callable[[Sequence[Token], int], Text | None], ...] = (
    _quotation,
    _prefix,
    _slash,
    _start,
    _selected,
    _number,
    _bound,
    _ended,
    _condition,
    _misspelt,
    _statement,
)
