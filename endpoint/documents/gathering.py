"""Gathers what is known about one thing from the release, in one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile

from rdflib import URIRef

from endpoint.aside import MUCH, aside
from endpoint.dataset import Towards
from endpoint.documents.document import Document, Incoming
from endpoint.documents.statements import Statement, iri_in, iri_of, read_statements
from endpoint.documents.views import SHOWN, WHOLE, View, no_such_page, short
from endpoint.problems import Problem
from endpoint.site import Site
from endpoint.workers.messages import About
from ontology.namespaces import MG

RECENT = 64
"""How many documents are remembered: who asks for one in a format often asks for it in another."""

_TOWARDS = 500
"""Statements that point to a thing which is not in the index: more than any such thing has."""


async def gather(site: Site, thing: URIRef, view: View = WHOLE) -> Document | None:
    """The document about a thing, or a page of it; None where the release says nothing of the thing.

    Raises Problem where there is no such page. What much points to is in the index of the release, and a page of that
    is asked for property by property; anything else is asked for whole, and cut here. Both come by their IRIs.
    """
    key = site.prefix, thing, view
    known: Document | None = site.recent.get(key)
    if known is not None:
        site.recent.move_to_end(key)
        return known
    through = _through(site, view)
    counted = site.pointing.get(str(thing))
    rows = str(site.local(MG.statedIn)) if view.is_whole else ""
    about = About(str(thing), rows, _TOWARDS if counted is None else 0)
    asked: list[Towards | About] = [about] if about.rows or about.towards else []
    if counted is not None:
        asked += [
            Towards(thing, URIRef(name), count, view.skipped, SHOWN)
            for name, count in counted.items()
            if through in {None, URIRef(name)} and count > view.skipped
        ]
    content = await site.looked_up(*asked) if asked else b""
    is_long = content.count(b"\n") > MUCH
    document = await aside(lambda: _arrange(site, thing, view, content, counted), is_long=is_long)
    if document is None:
        return None
    site.recent[key] = document
    if len(site.recent) > RECENT:
        site.recent.popitem(last=False)
    return document


def _through(site: Site, view: View) -> URIRef | None:
    """The property that a page is of, on the base of a site; None for one of all."""
    return URIRef(str(site.local(view.through))) if view.through else None


def _arrange(site: Site, thing: URIRef, view: View, content: bytes, counted: dict[str, int] | None) -> Document | None:
    """The document of what was found of a thing; `counted` is how much points to it, where the index says that."""
    through = _through(site, view)
    found = read_statements(content)
    stated, towards = _divide(found, thing, site.local(MG.statedIn))
    if view.is_whole and not stated:  # others may have minted it: that something points there says nothing of it
        return None
    wanted = {name: others for name, others in towards.items() if through in {None, URIRef(name)}}
    incoming = tuple(_shown(name, others, view, counted) for name, others in wanted.items())
    if not view.is_whole and not any(relation.shown for relation in incoming):
        sizes = counted if counted is not None else {name: len(others) for name, others in towards.items()}
        raise _beyond(view, [count for name, count in sizes.items() if through in {None, URIRef(name)}])
    is_cut = sum(len(relation.shown) for relation in incoming) < sum(map(len, towards.values()))
    kept = found if view.is_whole and not is_cut else _kept(found, stated, incoming, thing)
    document = Document(site, thing, tuple(kept), incoming, view)
    if document.is_long:
        document.read()
    return document


def _divide(
    statements: Sequence[Statement], thing: URIRef, stated_in: URIRef
) -> tuple[Sequence[Statement], dict[str, list[str]]]:
    """What is said of the thing and of its rows; and what points to it, by property. They come in this order."""
    node, states = f"<{thing}>", f"<{stated_in}>"
    said = list(takewhile(lambda one: one.subject == node, statements))
    rows = {one.object for one in said if one.predicate == states}
    rest = islice(statements, len(said), None)
    stated = [*said, *takewhile(lambda one: one.subject in rows, rest)]
    towards: dict[str, dict[str, None]] = {}
    pointing = takewhile(lambda one: one.object == node, islice(statements, len(stated), None))
    for one in chain((one for one in stated if one.object == node), pointing):
        towards.setdefault(iri_in(one.predicate), {})[iri_in(one.subject)] = None
    return stated, {name: list(others) for name, others in sorted(towards.items())}


def _shown(name: str, others: list[str], view: View, counted: dict[str, int] | None) -> Incoming:
    """The page of one relation: of what was asked for whole, it is cut here."""
    if counted is not None:
        return Incoming(iri_of(name), counted.get(name, len(others)), tuple(map(iri_of, others)))
    page = sorted(others)[view.skipped : view.skipped + SHOWN]
    return Incoming(iri_of(name), len(others), tuple(map(iri_of, page)))


def _kept(
    statements: Sequence[Statement], stated: Sequence[Statement], incoming: Iterable[Incoming], thing: URIRef
) -> Iterator[Statement]:
    """What is stated, what is shown of each relation, and what these are called."""
    node, of_thing = f"<{thing}>", set(stated)
    shown = {(f"<{relation.property}>", f"<{other}>") for relation in incoming for other in relation.shown}

    def is_shown(one: Statement) -> bool:
        return one.object == node and (one.predicate, one.subject) in shown

    kept = [one for one in statements if one in of_thing or is_shown(one)]
    spoken_of = {term for one in kept for term in (one.subject, one.object)}
    yield from kept
    yield from (one for one in statements if one.object != node and one not in of_thing and one.subject in spoken_of)


def _beyond(view: View, counts: list[int]) -> Problem:
    """There is no such page: beyond the last, or of a relation that nothing has."""
    if view.through is not None and not counts:
        return no_such_page("through", short(view.through), 0)
    return no_such_page("page", str(view.page), max((-(-count // SHOWN) for count in counts), default=1))
