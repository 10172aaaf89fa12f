"""What an address that leads to no thing may have meant: the same spelt otherwise, another form, all of its kind."""

from __future__ import annotations

import asyncio
import re
from unicodedata import normalize

from rdflib import URIRef

from endpoint.documents.bodies import offers
from endpoint.documents.gathering import gather
from endpoint.documents.variants import read_suffix
from endpoint.formats import DOCUMENTS, HTML
from endpoint.problems import Problem, in_forms, leading, not_found
from endpoint.search.index import MOST_CHARACTERS, Index, Wanted, ask_index
from endpoint.site import Site
from loaders.index import PLACE
from ontology import iri
from ontology.addresses import SPARQL, VOCABULARY
from ontology.kinds import KINDS
from ontology.text import Text

_NAME = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+)*")  # of letters alone: a code is what it is
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_KEY = 5  # parts of the key of an observation: data set, area, sector, sex and year
_OTHER_DOCUMENTS = ("def", "spec", "shapes", "sdg")
"""What documents are of besides the kinds of things."""


async def astray(site: Site, path: str) -> Problem:
    """The problem that the release says nothing at a path, with the address to go to. A few queries.

    The path is relative to the base and begins with `id/`, `def/`, `spec/` or `res/`.
    """
    is_document = path.startswith("res/")
    problem = not_found(f"{site.address}{path}" if is_document else f"<{site.base.iri}{path}>")
    bare = path.rstrip("/")
    stem, dot, suffix = bare.rpartition(".")
    if bare != path and await _is_known(site, bare):
        return _leading(
            problem, Text("Utan snedstreck på slutet finns", "Without a slash at its end there is"), site, bare
        )
    if bare == path and dot and "/" not in suffix and await _is_known(site, stem):
        return await _in_another_form(problem, site, stem, suffix)
    near = await _of_others(site, bare) or await _meant(site, bare)
    if near is not None:
        return _leading(problem, Text("Kanske menas", "What is meant may be"), site, near)
    listed = await _listing(site, path)
    return _leading(problem, listed[0], site, listed[1]) if listed else problem


async def _listing(site: Site, path: str) -> tuple[Text, str] | None:
    """Where what there is of such an address stands, with words before it: by its kind, else what it is a part of."""
    listed = _all_of_kind(path)
    if listed is not None:
        return Text("Allt av det slaget finns på", "All of that kind is at"), listed
    whole = await _whole_of(site, path)
    if whole is not None:
        return Text("Närmast omkring det finns", "Nearest around it there is"), whole
    if path.removeprefix("res/").partition("/")[0] in {"def", "spec"}:
        return Text("Alla termer står på", "All terms stand at"), VOCABULARY
    if path.split("/")[1:2] == ["graph"]:
        return Text("Alla grafer står på", "All graphs stand at"), SPARQL
    if _is_of_no_kind(path):
        words = Text(
            "Det slaget finns inte. De som finns står på", "There is no such kind. Those that there are stand at"
        )
        return words, VOCABULARY
    return None


def _is_of_no_kind(path: str) -> bool:
    place, name = (*path.split("/"), "")[:2]
    return name not in KINDS and (place == "id" or (place == "res" and name not in _OTHER_DOCUMENTS))


async def _whole_of(site: Site, path: str) -> str | None:
    """The series or the data set that an observation or a series of such an address would be in. A query for each."""
    place, kind, *keys = path.split("/")[: _LONGEST_KEY + 2]
    if kind not in {"observation", "slice"} or not keys:
        return None
    series = (f"{place}/slice/{'/'.join(keys[:length])}" for length in range(len(keys) - 1, 1, -1))
    for whole in (*series, f"{place}/dataset/{keys[0]}"):
        if await _is_known(site, whole):
            return whole
    return None


async def _of_others(site: Site, path: str) -> str | None:
    """The document at the same path about what has an identifier that others mint, as the goals of Agenda 2030 have."""
    document = f"res/{path.removeprefix('id/')}"
    is_theirs = path.startswith("id/") and _is_of_no_kind(path)
    return document if is_theirs and await _is_known(site, document) else None


async def _meant(site: Site, path: str) -> str | None:
    """What an index finds that is written otherwise, with the suffix of a document or without; else what is misspelt.

    All of a large index may be gone through for it: in a thread, while others are answered.
    """
    if site.index is None:
        return None
    ways = dict.fromkeys((path, read_suffix(path)[0]))

    def ask(index: Index) -> str | None:
        return next(filter(None, (_written_otherwise(index, way) for way in ways)), None) or _misspelt(index, path)

    return await asyncio.to_thread(ask_index, site.release.path / PLACE, ask)


def _written_otherwise(index: Index, path: str) -> str | None:
    """The one of its kind whose key differs in letter case or signs, or ends with what is given, or whose name fits."""
    place, kind, key = (*normalize("NFC", path).split("/", 2), "", "")[:3]
    asked = _bare(key)
    if place not in {"id", "res"} or kind not in KINDS or not asked:
        return None
    said = _SIGNS.sub(" ", key[:MOST_CHARACTERS])
    wanted = Wanted((kind,))
    findings = [index.find(words, "sv", wanted) for words in (key[:MOST_CHARACTERS], said.strip().replace(" ", "-"))]
    hits = {hit.key: hit for found in findings for hit in found.hits}
    same = {one for one in hits if _bare(one) == asked} or {
        one for one in hits if _bare(one.rpartition("-")[2]) == asked
    }
    if not same and _NAME.fullmatch(said):
        named = index.find(said, "sv", wanted)
        same = set() if named.is_partial else {hit.key for hit in named.hits}
        hits |= {hit.key: hit for hit in named.hits}
    return _in_place(place, hits[same.pop()].document) if len(same) == 1 else None


def _misspelt(index: Index, path: str) -> str | None:
    """The same with the one last word of all beside it that differs by a letter or two, without a suffix."""
    place, _, rest = path.partition("/")
    if place not in {"id", "res", "def", "spec"}:
        return None
    folder, slash, word = (rest if place in {"id", "res"} else path).rpartition("/")
    found = index.near(f"res/{folder}{slash}{word.partition('.')[0]}") if slash else None
    return _in_place(place, found) if found else None


def _in_place(place: str, document: str) -> str:
    """What a document is about, where that has an identifier in the place that was asked for; else the document."""
    _, kind, key = document.split("/", 2)
    if place == "id":
        return f"id/{kind}/{key}" if kind in KINDS else document
    return f"{kind}/{key}" if place == kind else document


def _bare(key: str) -> str:
    """The letters and digits of a key, in lower case."""
    return "".join(filter(str.isalnum, key)).lower()


async def _is_known(site: Site, path: str) -> bool:
    """True where the release says something of the thing that a path is of, or is the document about."""
    thing = iri.documented(path) if path.startswith("res/") else site.canonical(site.base.iri + path)
    return (
        thing is not None
        and iri.document(thing) is not None
        and await site.pages_about(site.local(URIRef(thing))) is not None
    )


async def _in_another_form(problem: Problem, site: Site, stem: str, suffix: str) -> Problem:
    """The same with the forms that the document has, or with the document of an identifier that has no forms."""
    if not stem.startswith("res/"):
        document = iri.document(site.canonical(site.base.iri + stem))
        meant = f"{document}.{suffix}" if any(suffix == format_.suffix for format_ in DOCUMENTS) else str(document)
        words = Text(
            "En identifierare har inget tillägg. Dokumentet är", "An identifier has no suffix. The document is"
        )
        return _leading(problem, words, site, meant)
    found = await gather(site, site.local(URIRef(str(iri.documented(stem)))))
    if found is None:
        return problem
    forms = [*(f".{format_.suffix}" for format_ in offers(found) if format_ is not HTML), ".sv.html", ".en.html"]
    return in_forms(problem, f"{site.address}{stem}", forms)


def _all_of_kind(path: str) -> str | None:
    """The document about the class of the kind that a path names, which lists its things."""
    parts = path.split("/")
    kind = KINDS.get(parts[1]) if parts[0] in {"id", "res"} and len(parts) > 1 else None
    return iri.document(str(kind.cls)) if kind else None


def _leading(problem: Problem, words: Text, site: Site, path: str) -> Problem:
    """The same, with what is at a path: documents of an earlier release are under its own address, names are not."""
    is_document = path.startswith("res/") or path == VOCABULARY
    return leading(problem, words, f"{site.address if is_document else site.base.iri}{path}")
