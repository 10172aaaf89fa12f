"""The page of one thing: what its document says, in the order and the words of a reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from rdflib import Literal, URIRef

from endpoint.documents import Document, Incoming
from endpoint.lists import Labels, Names, read_labels
from endpoint.matrix import Link, arrange, counted, natural, read_links, waiting
from endpoint.milestones import read_milestone
from endpoint.reasons import read_reason
from endpoint.site import Row, Site, Term
from ontology import iri
from ontology.kinds import KINDS, Kind
from ontology.namespaces import DCTERMS, MG, OWN_TERMS, RDF, RDFS, SKOS
from ontology.text import Label, Language

_NAMES = (SKOS.prefLabel, RDFS.label, MG.shortTitle, DCTERMS.title)
_FIRST: dict[str, int] = {str(MG[name]): place for place, name in enumerate(OWN_TERMS)}


_UNNAMED = frozenset({"mapping", "row", "source"})
"""The kinds whose things have no name, or give it to themselves."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a thing with its values."""

    predicate: URIRef
    values: tuple[Term, ...]

    @property
    def is_type(self) -> bool:
        """True where it says what the thing is."""
        return self.predicate == RDF.type


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the page of a thing shows beside what its document says."""

    document: Document
    language: Language
    kind: Kind | None
    key: str
    told: frozenset[URIRef] = frozenset()  # properties towards the thing that its page tells in its own way
    beside: frozenset[URIRef] = frozenset()  # sources of what its page shows beside the document
    by_editors: frozenset[Label] = frozenset()  # names of the thing that only the editors stand behind

    @property
    def label(self) -> Label | None:
        """The name of the thing for the reader."""
        return self.document.label(self.document.thing, self.language)

    @property
    def other_label(self) -> Label | None:
        """Its name in the other language, where that is another name."""
        label = self.document.label(self.document.thing, "en" if self.language == "sv" else "sv")
        return label if label != self.label else None

    @property
    def properties(self) -> list[Property]:
        """What is said of the thing in the order of the vocabulary; names that the heading shows are left out."""
        shown = {label for label in (self.label, self.other_label) if label}
        found = []
        for predicate, values in self.document.outgoing():
            is_name = predicate in map(self.document.site.local, _NAMES)
            left = [value for value in values if not (is_name and _label(value) in shown)]
            if left:
                found.append(Property(predicate, tuple(sorted(left, key=self._is_foreign))))
        return sorted(found, key=self._place)

    def _is_foreign(self, value: Term) -> bool:
        """True for a text in another language than the reader's."""
        return isinstance(value, Literal) and value.language not in {None, self.language}

    def _place(self, said: Property) -> tuple[bool, int, str]:
        """What it is comes first, then our own properties in their order, then those of others."""
        canonical = self.document.site.canonical(said.predicate)
        return not said.is_type, _FIRST.get(canonical, len(_FIRST)), canonical

    @property
    def incoming(self) -> list[Incoming]:
        """What points to the thing, in the order of the vocabulary."""
        found = [incoming for incoming in self.document.incoming if incoming.property not in self.told]
        return sorted(found, key=lambda incoming: self._place(Property(incoming.property, ())))

    @property
    def sources(self) -> list[tuple[URIRef, dict[str, Any]]]:
        """The sources of all that its page shows, each once, with what the record of the release says of them."""
        site = self.document.site
        stated = {claim.source for claim in self.document.claims()} | self.beside
        known = [(site.local(iri.mint("source", source["id"])), source) for source in site.release.record["sources"]]
        return [(source, record) for source, record in known if source in stated]

    @staticmethod
    def title_of(source: dict[str, Any]) -> Label:
        """The title of a source by the record of the release, which tells no language of it."""
        return Label(source["title"], "")


async def portray(document: Document, language: Language) -> dict[str, object]:
    """What the template of a thing is given; for the kinds in `_MORE`, what their pages show beside the document.

    One query for most kinds, for whose words the name is; one more for a goal or target of Agenda 2030, two more for
    a milestone target, three more for an objective and the generational goal.
    """
    site, key = document.site, iri.parse(document.site.canonical(document.thing))
    kind = KINDS[key.kind] if key else None
    more = _MORE.get(key.kind) if key else None
    told = frozenset(map(site.local, more.told)) if more else frozenset()
    shown = await more.gather(site, document) if more else _Shown({})
    return {
        "document": document,
        "portrait": Portrait(
            document,
            language,
            kind,
            key.key if key else "",
            told,
            beside=frozenset(shown.sources),
            by_editors=await _names_by_editors(site, document.thing)
            if kind and kind.name not in _UNNAMED
            else frozenset(),
        ),
        **shown.context,
    }


async def _names_by_editors(site: Site, thing: URIRef) -> frozenset[Label]:
    """The names of a thing that no source but the editors states. One query."""
    rows = await site.select("pages/names-by-editors", thing=thing)
    return frozenset(_label(row["label"]) for row in rows)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a template is given for what a page shows beside the document, and the sources of that."""

    context: dict[str, object]
    sources: frozenset[URIRef] = frozenset()


def _sources(*answers: list[Row]) -> frozenset[URIRef]:
    return frozenset(URIRef(row["source"]) for rows in answers for row in rows if "source" in row)


async def _objective(site: Site, document: Document) -> _Shown:
    """Who follows an objective up, its specifications, and its links to Agenda 2030; proposals apart."""
    specified = await site.select("pages/specifications", objective=document.thing)
    stated = await site.select("pages/milestones-of", objective=document.thing)
    mapped = await site.select("pages/mappings-of", whole=document.thing)
    labels = _labels_of_links(mapped) | read_labels(specified, "specification") | read_labels(stated, "milestone")
    years = {row["milestone"]: row.get("year") for row in stated}
    context = {
        "followers": sorted(document.graph.objects(document.thing, site.local(MG.followedUpBy)), key=str),
        "specifications": list(dict.fromkeys(row["specification"] for row in specified)),
        "milestones": sorted(years.items(), key=lambda milestone: natural(str(milestone[0]))),
        "names": Names(labels),
        **_by_goal(_links(site, mapped)),
    }
    return _Shown(context, _sources(specified, stated, mapped))


async def _milestone(site: Site, document: Document) -> _Shown:
    """Where a milestone target stands, its steps, and its links to Agenda 2030; proposals apart."""
    steps = await site.select("pages/milestone-steps", milestone=document.thing)
    mapped = await site.select("pages/mappings-of", whole=document.thing)
    context = {
        "milestone": read_milestone(site, document, steps),
        "names": Names(_labels_of_links(mapped)),
        **_by_goal(_links(site, mapped)),
    }
    return _Shown(context, _sources(steps, mapped))


def _links(site: Site, mapped: list[Row]) -> list[Link]:
    return read_links({str(row["mapping"]): row for row in mapped}.values(), site.canonical)


def _by_goal(links: list[Link]) -> dict[str, object]:
    """The links by the goals they lead to, and those that await review."""
    cells = arrange(links).cells.values()
    return {"goals": [(iri.mint("sdg-goal", cell.goal), cell) for cell in cells], "proposed": waiting(links)}


def _labels_of_links(mapped: list[Row]) -> Labels:
    labels: Labels = {}
    for variable in ("subject", "object", "goal"):
        labels |= read_labels(mapped, variable, f"{variable}Label")
    return labels


async def _goal(site: Site, document: Document) -> _Shown:
    """The links to a goal or target from the objectives and the milestone targets; proposals apart."""
    mapped = await site.select("pages/mappings-to", towards=document.thing)
    links = _links(site, mapped)
    context = {
        "links": [link for link in counted(links) if link.in_matrix],
        "further": [link for link in counted(links) if not link.in_matrix],
        "proposed": waiting(links),
        "names": Names(read_labels(mapped, "subject")),
    }
    return _Shown(context, _sources(mapped))


async def _mapping(site: Site, document: Document) -> _Shown:
    """The mapping with its justification and what it rests on. No query."""
    return _Shown({"reason": read_reason(site, document.graph, document.thing)})


@dataclass(frozen=True, slots=True)
class _More:
    """What the page of a kind shows beside its document, and which properties towards the thing it tells itself."""

    gather: Callable[[Site, Document], Awaitable[_Shown]]
    told: tuple[URIRef, ...] = ()


_OF_OBJECTIVE = _More(_objective, (MG.specificationOf, MG.mappingSubject, MG.relatedObjective))
_OF_GOAL = _More(_goal, (MG.mappingObject,))

_MORE: dict[str, _More] = {
    "objective": _OF_OBJECTIVE,
    "generational-goal": _OF_OBJECTIVE,
    "milestone-target": _More(_milestone, (MG.stepOf, MG.mappingSubject)),
    "sdg-goal": _OF_GOAL,
    "sdg-target": _OF_GOAL,
    "mapping": _More(_mapping),
}


def _label(value: Term) -> Label:
    return Label(str(value), (value.language or "") if isinstance(value, Literal) else "")
