"""What a reader is told of a query that was answered, and may not have found what it asks for.

A term that stands nowhere in the data is no error in SPARQL: what needs it finds nothing, and `FILTER NOT EXISTS` finds
everything. Nor is one that stands there, and that nothing has as the query asks for it.
"""

from __future__ import annotations

import asyncio
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from rdflib import Literal, URIRef

from endpoint.dataset import Dataset, Term
from endpoint.mistakes import declared, slashed, unslashed
from endpoint.places import MOST_READ_TWICE, Token, tokens
from endpoint.query_page.answers import Table
from endpoint.query_page.apart import apart
from endpoint.query_page.chosen import remarks_on_choice
from endpoint.query_page.completions import read_completions
from endpoint.query_page.computed import cut
from endpoint.query_page.languages import of_no_language
from endpoint.query_page.patterns import start_of_pattern
from endpoint.query_page.turned import turned
from endpoint.query_page.unmatched import unmatched
from endpoint.workers.pool import Answer, QueryFailed
from ontology.namespaces import DCAT, SD, VOID, XSD
from ontology.text import Language, Text

_MOST_ASKED = 30
_MOST_IN_HEADERS = 2000  # bytes: what is more is on the page alone
_PATIENCE = 1.0
"""Seconds for the terms and the languages that the data use to be counted, the first time."""

_LONGEST_TEXT = 100
_TERMS = frozenset({"iri", "name", "variable", "text", "number", "tag"})
_MOST_IN_PATTERN = 8  # tokens: a subject, a property, and an object with its language or type
_SHORTEST_END = 4
_MOST_ELSEWHERE = 2  # terms of other vocabularies that may be meant
_WHOLE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")
_OF_A_RELEASE = re.compile(r"https?://[^/]+/(?:[^/]+/)*?((?:id|def|spec)/.+)")
"""An identifier as a release of ours has it, on any base; the part after the base."""

_OF_DESCRIPTIONS = (str(VOID), str(SD), str(DCAT))
"""Vocabularies that tell what data there are, which a release says of itself beside its data."""

_ZERO = re.compile(rb"(?<![\w.])0(?![\w.])")
_MOST_OF_A_COUNT = 2000  # bytes
_EMPTY_GRAPH = re.compile(rb"\s*(?:\[\s*\]|(?:<\?xml[^>]*>)?\s*<rdf:RDF[^>]*>\s*</rdf:RDF>)?\s*")
"""No statement, in JSON-LD and RDF/XML; in the other formats that is nothing at all."""

_MOST_OF_AN_EMPTY_GRAPH = 10_000  # bytes: RDF/XML names its prefixes all the same
_TAKES_OUT = re.compile(r"\b(?:EXISTS|MINUS)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Written(NamedTuple):
    """A term as it is written in a query, and what it means; how it is meant, where a name goes on after a slash."""

    text: str
    term: Term
    meant: Text | None = None


async def remarks_on(
    site: Dataset,
    query: str,
    table: Table | None,
    graphs: Sequence[tuple[str, str]] = (),
    *,
    is_empty: bool = False,
) -> list[Text]:
    """What is to be remarked of an answered query and its table: what stands nowhere, what nothing has, what is joined.

    Each in the order of the query, and last what the graphs have to do with it, where the answer is empty. `graphs` are
    those of the parameters of the protocol. Two queries, the first time that a language is asked for one more, where
    nothing else is to be said, two for a variable, and one for a statement that may be turned round.
    """
    if len(query) > MOST_READ_TWICE:
        return []
    read = tokens(query)
    chosen = [_Written(f"<{graph}>", URIRef(graph)) for _, graph in graphs]
    asked = list(dict.fromkeys([*chosen, *_asked(read)]))[:_MOST_ASKED] if site.is_union else []
    prefixes = declared(read)
    twins = {one.term: twin for one in asked if (twin := _on_our_base(one.term, site)) is not None}
    try:
        found = await site.absent([*(written.term for written in asked), *twins.values()]) if asked else set()
        none = await unmatched(site, read, lambda read, at: _term(read, at, prefixes)) if site.is_union else []
        unspoken = await of_no_language(site, read, _PATIENCE) if site.is_union else {}
    except QueryFailed:  # the answer is worth more than what is remarked of it
        found, none, unspoken = set(), [], {}
    told = [one for one in none if one.term not in found or one.is_surer]
    absent = [one for one in asked if one.term in found and all(one.term != other.term for other in told)]
    absent = [one for one in absent if not (isinstance(one.term, Literal) and one.term.language in unspoken)]
    moved = {one: twins[one.term] for one in absent if one.term in twins and twins[one.term] not in found}
    absent = [one for one in absent if one not in moved]
    terms = await _terms(site) if any(isinstance(written.term, URIRef) for written in absent) else []
    of_none = dict.fromkeys(one.told for one in told)
    of_bases = _of_other_bases(moved, prefixes, site)
    of_absent = [_of_absent(written, terms, prefixes, site) for written in absent]
    said = [*of_bases, *of_absent, *of_none, *unspoken.values(), *_of_joined(read, table)]
    if is_empty:
        said += remarks_on_choice(read, graphs, is_union=site.is_union, is_told=bool(said))
    if is_empty and site.is_union:
        said += await _of_two(site, read, is_told=bool(said))
    return said


async def _of_two(site: Dataset, read: Sequence[Token], *, is_told: bool) -> list[Text]:
    """What is told of two ends of a statement, or of two statements where nothing else is told."""
    prefixes = declared(read)

    def means(read: Sequence[Token], at: int) -> Term | None:
        return _term(read, at, prefixes)

    try:
        of_things = [] if is_told else await apart(site, read, means)
        return [*of_things, *await turned(site, read, means)]
    except QueryFailed:
        return []


def finds_nothing(answer: Answer, query: str) -> bool:
    """Whether an answer is empty, or counts nothing: one row with a 0, in whichever format."""
    if answer.form == "graph":
        return answer.size < _MOST_OF_AN_EMPTY_GRAPH and _EMPTY_GRAPH.fullmatch(answer.content) is not None
    if answer.rows != 1:
        return answer.rows == 0
    return "count" in query.lower() and _ZERO.search(answer.content[:_MOST_OF_A_COUNT]) is not None


def takes_out(query: str) -> bool:
    """Whether a query may leave out what it finds: where that names a term in vain, it leaves out nothing."""
    return _TAKES_OUT.search(query) is not None


async def headers_of(
    site: Dataset,
    query: str,
    language: Language,
    graphs: Sequence[tuple[str, str]] = (),
    *,
    is_empty: bool = True,
) -> dict[str, str]:
    """The same for a program that finds nothing, or too much: a list of texts (RFC 9651), and where it is told why.

    Nothing is remarked where all workers for pages are busy, for no page waits for that: and then the answer is not to
    be remembered. One query at most.
    """
    if not site.pool.idle:
        return {"Cache-Control": "no-store"}
    told = as_list(await remarks_on(site, query, None, graphs, is_empty=is_empty), language)
    if not told:
        return {}
    help_ = f'<{site.address}{language}/service#empty>; rel="help"'
    return {"Query-Remarks": told, "Link": help_, "Content-Language": language}


def as_list(remarks: Iterable[Text], language: Language, told: str = "") -> str:
    """Remarks as a header has them after what it tells already; those that it has no room for are left out."""
    for remark in remarks:
        longer = f"{told}, {_display_string(remark.in_(language))}".removeprefix(", ")
        told = longer if len(longer) <= _MOST_IN_HEADERS else told
    return told


def _display_string(text: str) -> str:
    """A text of any letters as a header has it (RFC 9651, section 3.3.8)."""
    written = (chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"%' else f"%{byte:02x}" for byte in text.encode())
    return f'%"{"".join(written)}"'


async def _terms(site: Dataset) -> list[str]:
    """The IRIs of the terms that the data use; none where they are too many to be counted in time."""
    try:
        known = await asyncio.wait_for(read_completions(site, "en"), _PATIENCE)
    except (QueryFailed, TimeoutError):
        return []
    return [term["iri"] for term in known["terms"]]


def _asked(read: Sequence[Token]) -> Iterator[_Written]:
    """The IRIs and the plain values that the pattern of a query asks for, and the IRIs that it has described."""
    prefixes = declared(read)
    start = min(start_of_pattern(read), _start_of_described(read))
    for at in range(1, len(read)):
        before, after = read[at - 1].text.upper(), read[at + 1].text.upper() if at + 1 < len(read) else ""
        if at < start and before not in {"FROM", "NAMED"}:
            continue
        if before != "^^" and after not in {"(", "AS"}:
            term = _term(read, at, prefixes)
            if term is not None:
                whole = slashed(read, at)
                yield _Written(read[at].text, term, unslashed(read, whole[1]) if whole else None)


def _start_of_described(read: Sequence[Token]) -> int:
    """The token after DESCRIBE; where that is not the form, the last of all."""
    return next((at for at, token in enumerate(read, 1) if token.text.upper() == "DESCRIBE"), len(read))


def _term(read: Sequence[Token], at: int, prefixes: dict[str, str]) -> Term | None:
    """What a token means that stands for a term by itself; a value counts where it is an object."""
    token, before = read[at], read[at - 1]
    if token.kind in {"iri", "name"}:
        prefix, _, local = token.text.partition(":")
        iri = token.text[1:-1] if token.kind == "iri" else prefixes.get(prefix, "") + local.replace("\\", "")
        return URIRef(iri) if _WHOLE_IRI.fullmatch(iri) else None
    after = read[at + 1] if at + 1 < len(read) else None
    is_typed = after is not None and after.text == "^^"
    if before.kind not in {"iri", "name", "variable"} or is_typed or _is_in_row(read, at):
        return None
    if token.kind == "number" and _NUMBER.fullmatch(token.text) and len(token.text) <= _LONGEST_TEXT:
        return Literal(int(token.text) if token.text.isdecimal() else Decimal(token.text))
    plain = token.text[1:-1]
    if token.kind != "text" or "\\" in plain or '"' in plain or "\n" in plain or len(plain) > _LONGEST_TEXT:
        return None
    return Literal(plain, lang=after.text[1:] if after is not None and after.kind == "tag" else None)


def _is_in_row(read: Sequence[Token], at: int) -> bool:
    """Whether a term stands among others in a parenthesis, as in a row of VALUES: it is no object of a pattern.

    Nor is one of more in a row than a pattern has.
    """
    for place in range(at, max(at - _MOST_IN_PATTERN, -1), -1):
        if read[place].kind not in _TERMS and read[place].text != "^^":
            return read[place].text == "("
    return True


def _of_absent(written: _Written, terms: Sequence[str], prefixes: Mapping[str, str], site: Dataset) -> Text:
    text, term, meant = written
    if isinstance(term, URIRef):
        near = [] if meant else [*_elsewhere(term, terms, prefixes), *_near(written, terms)]
        asked = Text(f"Menas {' eller '.join(near)}?", f"Is {' or '.join(near)} meant?")
        way = meant or (asked if near else _where_described(term, site))
        told = Text(f"{text} står ingenstans i data. {way.sv}", f"{text} stands nowhere in the data. {way.en}")
        return Text(told.sv.strip(), told.en.strip())
    if term.language:
        return Text(f"Ingen text i data är {text}@{term.language}.", f"No text in the data is {text}@{term.language}.")
    if not isinstance(term.value, int | Decimal):
        return Text(
            f"Ingen text i data är {text} utan språk. En text som har språk skrivs {text}@sv, eller jämförs med STR().",
            f"No text in the data is {text} without a language. One that has a language is written {text}@sv, or "
            "compared by STR().",
        )
    year = f'"{text}"^^<{XSD.gYear}>'
    way = Text(f" Ett år skrivs {year}.", f" A year is written {year}.") if _YEAR.fullmatch(text) else Text("", "")
    return Text(f"Inget värde i data är talet {text}.{way.sv}", f"No value in the data is the number {text}.{way.en}")


def _on_our_base(term: Term, site: Dataset) -> URIRef | None:
    """The identifier that an identifier on another base would be here; None of what is none."""
    found = _OF_A_RELEASE.fullmatch(term) if isinstance(term, URIRef) else None
    return None if found is None or term.startswith(site.base.iri) else URIRef(site.base.iri + found[1])


def _of_other_bases(moved: Mapping[_Written, URIRef], prefixes: Mapping[str, str], site: Dataset) -> list[Text]:
    """What is written on another base than the release has, as questions, pages and exports elsewhere have it.

    Where a prefix is what is on another base, that is told with the first of its names alone.
    """
    told: dict[str, Text] = {}
    for (text, term, _), twin in moved.items():
        prefix = "" if text.startswith("<") else text.partition(":")[0]
        way = f"<{twin}>"
        if text.startswith(f"{prefix}:"):
            way = f"PREFIX {prefix}: <{twin.removesuffix(term.removeprefix(prefixes[prefix]))}>"
        said = Text(
            f"{text} står ingenstans i data. Här börjar identifierare med {site.base.iri}: skriv {way}.",
            f"{text} stands nowhere in the data. Identifiers begin with {site.base.iri} here: write {way}.",
        )
        told.setdefault(way, said)
    return list(told.values())


def _where_described(term: URIRef, site: Dataset) -> Text:
    """Where to read instead what a query asks for that would find what data there are, and a service for them."""
    if not str(term).startswith(_OF_DESCRIPTIONS):
        return Text("", "")
    place = next(map(str, site.described_in), site.service)
    return Text(f"Vad data är står på {place}.", f"What the data are is told at {place}.")


def _elsewhere(term: URIRef, terms: Iterable[str], prefixes: Mapping[str, str]) -> list[str]:
    """The terms with the name of one in other vocabularies; if there are none, those whose name it ends with.

    As the query would write them: with a prefix that it declares, else whole.
    """
    namespace, local = _divided(term)
    if len(local) < _SHORTEST_END:
        return []
    others = [
        one for one in map(_divided, terms) if one[0] != namespace and one[1][:1].isupper() == local[:1].isupper()
    ]
    same = [one for one in others if one[1].lower() == local.lower()]
    ending = [one for one in others if len(one[1]) >= _SHORTEST_END and local.endswith(one[1])]
    found = sorted(same or sorted(ending, key=lambda one: -len(one[1]))[:1])
    short = {iri: prefix for prefix, iri in prefixes.items()}
    written = (f"{short[space]}:{name}" if space in short else f"<{space}{name}>" for space, name in found)
    return list(written)[:_MOST_ELSEWHERE]


def _divided(term: str) -> tuple[str, str]:
    """The namespace of a term, and its name there."""
    local = re.split("[/#]", term)[-1]
    return term.removesuffix(local), local


def _near(written: _Written, terms: Iterable[str]) -> list[str]:
    """Of its namespace, the term that is nearly the one written, and the shortest that ends as it, written alike."""
    namespace, local = _divided(str(written.term))
    names = [term.removeprefix(namespace) for term in terms if term.startswith(namespace)]
    alike = [name for name in names if name[:1].isupper() == local[:1].isupper()]  # a class as a class
    near = get_close_matches(local, alike, 1, 0.7) if len(local) > 1 else []
    if len(local) > _SHORTEST_END:
        ending = (name for name in alike if name.lower().endswith(local.lower()) and name not in near)
        near += sorted(ending, key=len)[:1]
    is_short = written.text.endswith(f":{local}") and not written.text.startswith("<")
    return [f"{written.text.removesuffix(local)}{name}" if is_short else f"<{namespace}{name}>" for name in near]


def _of_joined(read: Sequence[Token], table: Table | None) -> Iterator[Text]:
    """What GROUP_CONCAT has left empty: the engine joins texts alone, and says nothing of an IRI among them."""
    if table is None:
        return
    words = [token.text.upper() for token in read]
    ends = [at for at, word in enumerate(words) if word == "AS"]
    last = max(ends, default=0)
    has_gap = cache(lambda place: any(not cell or not cell.text for cell in (row[place] for row in table.rows)))
    made = {read[at + 1].text for at in ends if at + 1 < len(read)}  # a text, as a rule, which may be empty
    for at, word in enumerate(words):
        inside = at + 2 + (words[at + 2 : at + 3] == ["DISTINCT"])
        if word != "GROUP_CONCAT" or at > last or inside >= len(read) or read[inside].kind != "variable":
            continue
        name, column = read[inside].text, ends[bisect(ends, at)] + 1
        if name in made:
            continue
        shown = read[column].text[1:] if column < len(read) else ""
        if shown in table.columns and has_gap(table.columns.index(shown)):
            empty, iri = cut(shown), cut(name)
            yield Text(
                f"?{empty} är tom där {iri} är en IRI: GROUP_CONCAT fogar samman texter. Skriv STR({iri}).",
                f"?{empty} is empty where {iri} is an IRI: GROUP_CONCAT joins texts. Write STR({iri}).",
            )
