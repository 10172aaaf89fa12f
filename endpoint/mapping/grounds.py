"""What a proposed mapping can tie together, and what its reason can rest on, in the order in which they are read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.lists import Labels, Names, read_labels
from endpoint.mapping.exports import curie, sssom_row
from endpoint.mapping.matrix import Link, natural
from endpoint.mapping.reasons import Reason
from endpoint.mapping.stock import read_stock
from endpoint.site import Site
from loaders.mappings import Relation
from loaders.proposals import OBJECT_KINDS, SUBJECT_KINDS, Choice, Proposal, Written, by_code, check, clean
from ontology import iri
from ontology.schemes import JustificationConfidence, Strength
from ontology.text import LANGUAGES, Text

Group = tuple[str, list[iri.Key]]
"""A kind, or the key of a goal, with the things under it."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The things that a proposal can name, what each belongs to, their names, and what can be chosen by its label.

    `stated` are the mappings that there are, each as whoever proposes to change it would find it written.
    """

    known: frozenset[iri.Key]
    owners: dict[iri.Key, frozenset[iri.Key]]
    names: Names
    called: dict[Choice, Text]
    stated: dict[iri.Key, Written]

    def check(self, written: Written) -> tuple[Proposal | None, list[tuple[str, Text]]]:
        """The proposal that is written, or what is wrong with it in the words of the form."""
        return check(written, self.known, self.called.__getitem__)

    @property
    def subjects(self) -> list[Group]:
        """The goals and indicators of the system by kind."""
        return [(kind, self._of(kind)) for kind in SUBJECT_KINDS]

    @property
    def objects(self) -> list[Group]:
        """The goals of Agenda 2030, each with itself as a whole and its targets."""
        targets = self._of("sdg-target")
        goals = self._of("sdg-goal")
        return [(goal.key, [goal, *(one for one in targets if _goal(one) == goal.key)]) for goal in goals]

    def basis(self, subject: iri.Key, towards: iri.Key) -> list[Group]:
        """What the reason for a pair can rest on: where the subject has none of its own, as a strand, any.

        An indicator has what belongs to the goals that it follows up.
        """
        whole = {subject, *self.owners.get(subject, ())}
        specifications = self._of("specification")
        milestones = [one for one in self._of("milestone-target") if one != subject]
        own = [one for one in specifications if whole & self.owners.get(one, frozenset())]
        tied = [one for one in milestones if whole & self.owners.get(one, frozenset())]
        listed = [one for one in self._of("sdg-indicator") if self._is_under(one, towards)]
        groups = [("specification", own or specifications), ("milestone-target", tied or milestones),
                  ("sdg-indicator", listed)]  # fmt: skip
        return [(kind, found) for kind, found in groups if found]

    def name(self, thing: URIRef, language: str) -> str:
        """The name of a thing; empty where it has none."""
        label = self.names(thing, language)
        return label.text if label else ""

    def _is_under(self, indicator: iri.Key, towards: iri.Key) -> bool:
        owners = self.owners.get(indicator, frozenset())
        return towards in owners or (towards.kind == "sdg-goal" and towards.key in map(_goal, owners))

    def _of(self, kind: str) -> list[iri.Key]:
        return sorted((key for key in self.known if key.kind == kind), key=lambda key: natural(key.key))


async def read_grounds(site: Site) -> Grounds:
    """What the release of a site has to propose and to rest on. Two queries besides those of the mappings, once."""
    return await site.once(_read)


async def _read(site: Site) -> Grounds:
    goals, evidence = await asyncio.gather(site.select("pages/goals"), site.select("pages/possible-evidence"))
    labels: Labels = read_labels(evidence) | read_labels(goals)
    owners: dict[iri.Key, set[iri.Key]] = {}
    for row in [*goals, *evidence]:
        thing, of = (_key(site, row.get(name, "")) for name in ("thing", "of"))
        if thing and of:
            owners.setdefault(thing, set()).add(of)
    ends = [key for row in goals if (key := _key(site, row["thing"])) and key.kind in {*SUBJECT_KINDS, *OBJECT_KINDS}]
    stock = await read_stock(site)
    grounds: Iterable[iri.Key | None] = (_key(site, row["thing"]) for row in evidence)
    return Grounds(
        frozenset([*ends, *filter(None, grounds)]),
        {thing: frozenset(of) for thing, of in owners.items()},
        Names(labels),
        {choice: _called(site, choice) for choice in (*Relation, *Strength, *JustificationConfidence)},
        {key: _written(site, link, stock.reasons[link.mapping]) for link in stock.links
         if (key := _key(site, link.mapping))},
    )  # fmt: skip


def _written(site: Site, link: Link, reason: Reason) -> Written:
    """A mapping that there is, as an export has it."""
    row = sssom_row(site, link, reason, "", "")
    return clean(Written(
        row["subject_id"], row["object_id"], link.tie.value, row["ext_strength"], row["ext_justification_sv"],
        row["ext_justification_en"], row["ext_justification_confidence"],
        tuple(curie(site, basis) for basis in reason.rests_on), author=row["author_label"], stated=row["mapping_date"],
    ))  # fmt: skip


def _called(site: Site, choice: Choice) -> Text:
    """A choice by its label, in quotation marks."""
    term = site.local(choice.property() if isinstance(choice, Relation) else iri.concept(choice))
    swedish, english = (site.label(term, language) for language in LANGUAGES)
    code = by_code(choice)
    return Text(f"”{swedish.text if swedish else code.sv}”", f"“{english.text if english else code.en}”")


def _key(site: Site, thing: str) -> iri.Key | None:
    return site.key_of(thing)


def _goal(target: iri.Key) -> str:
    return target.key.partition(".")[0]
