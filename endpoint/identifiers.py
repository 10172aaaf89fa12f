"""DIGG's rules for persistent identifiers: each with an example of this release, and what came of it.

The rules are paraphrased after the Agency for Digital Government's investigation of persistent identifiers (December
2023). What is shown is not written by hand: the application is asked, and the release has counted its identifiers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from starlette.types import ASGIApp

from endpoint.inside import ask
from endpoint.site import Site
from endpoint.words.identifiers import RULES as WORDS
from ontology import iri
from ontology.form import FORM, OF_THE_BASE
from ontology.kinds import KINDS
from ontology.schemes import Fate, Profile
from ontology.text import Text

_SHOWN = (
    "location",
    "content-type",
    "content-language",
    "content-location",
    "content-profile",
    "sunset",
    "vary",
    "link",
)
"""The headers of an answer that the rules speak of."""


class Level(Enum):
    """How strongly a rule binds."""

    SHALL = Text("ska", "shall")
    SHALL_NOT = Text("ska inte", "shall not")
    SHOULD = Text("bör", "should")
    SHOULD_NOT = Text("bör inte", "should not")
    MAY = Text("får", "may")


class Outcome(Enum):
    """What came of a rule in this release."""

    KEPT = Text("följs", "kept")
    BROKEN = Text("följs inte", "not kept")
    FOR_DEVELOPMENT = Text("följs inte: en bas för utveckling", "not kept: a base for development")
    NO_CASE = Text("inget fall i utgåvan", "no case in the release")
    NOT_USED = Text("används inte", "not used")


@dataclass(frozen=True, slots=True)
class Demand:
    """A request that shows a rule, and what its answer must be like.

    `of` names what is asked for, as `examples` knows it; `asking` are headers of the request, and `shows` what must
    occur in headers of the answer. {base}, {thing} and {document} stand for those of the example in both.
    """

    of: str
    status: int
    shows: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    method: str = "GET"
    asking: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number, how strongly it binds, and the request that shows it.

    A rule on the form of identifiers needs none, and one that may be followed and is not has none.
    """

    number: str
    level: Level
    demand: Demand | None = None

    @property
    def says(self) -> Text:
        """What the rule says, in short."""
        return WORDS[self.number]


_TURTLE = {"Accept": "text/turtle"}
_STATEMENTS = f"{{base}}def/profile/{Profile.STATEMENTS}"
_SUCCESSOR = {"link": 'rel="successor-version"'}

RULES = (
    Rule("BI-1", Level.SHALL),
    Rule("BI-2", Level.SHALL),
    Rule("BI-3", Level.SHALL_NOT),
    Rule("BI-4", Level.SHOULD_NOT),
    Rule("BI-5", Level.SHOULD_NOT),
    Rule("BI-6", Level.SHALL_NOT),
    Rule("BI-7", Level.SHALL_NOT),
    Rule("UM-1", Level.SHALL, Demand("thing", 303, {"location": "/{document}"})),
    Rule("UM-2", Level.SHALL, Demand("thing", 303, {"link": "<{base}{document}>"}, method="HEAD")),
    Rule("UM-3", Level.SHALL, Demand("document", 200, {"content-type": "text/turtle"}, asking=_TURTLE)),
    Rule(
        "UM-4",
        Level.SHOULD,
        Demand(
            "document",
            200,
            {
                "content-type": "text/html",
                "content-language": "en",
                "vary": ("Accept,", "Accept-Language", "Accept-Encoding"),
                "link": (
                    'rel="alternate describedby"; type="text/turtle"',
                    'rel="alternate"; type="text/html"; hreflang="sv"',
                    '<{base}{document}>; rel="canonical"',
                ),
            },
            asking={"Accept": "text/html", "Accept-Language": "en"},
        ),
    ),
    Rule(
        "UM-5",
        Level.MAY,
        Demand(
            "document",
            200,
            {
                "content-profile": f"<{_STATEMENTS}>",
                "vary": "Accept-Profile",
                "link": f'<{_STATEMENTS}>; rel="profile"',
            },
            asking=_TURTLE | {"Accept-Profile": f"<{_STATEMENTS}>"},
        ),
    ),
    Rule("UM-6", Level.MAY),
    Rule("UM-7", Level.SHALL, Demand("thing", 303, {"link": '<{base}{document}>; rel="describedby"'})),
    Rule("UM-8", Level.SHOULD, Demand("page", 303, {"link": '<{page}>; rel="describedby"'}, method="HEAD")),
    Rule("UM-9", Level.MAY),
    Rule("UM-10", Level.SHALL, Demand("withdrawn", 410, {"sunset": "GMT"})),
    Rule("UM-11", Level.SHALL, Demand("replaced", 308, {"location": "/"})),
    Rule("UM-12", Level.SHALL, Demand("divided", 300, _SUCCESSOR)),
)
"""The rules in the order of their numbers."""

_FATES = {Fate.WITHDRAWN: "withdrawn", Fate.REPLACED: "replaced", Fate.DIVIDED: "divided", Fate.MERGED: "divided"}
"""What stands for each fate in the rules."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, as far as a rule speaks of them."""

    method: str
    path: str
    asking: tuple[tuple[str, str], ...]
    status: int
    headers: tuple[tuple[str, str], ...]

    def shows(self, demand: Demand, places: Mapping[str, str]) -> bool:
        """True where the answer is what a rule demands."""
        said = dict(self.headers)
        return self.status == demand.status and all(
            part.format(**places) in said.get(name, "")
            for name, parts in demand.shows.items()
            for part in ((parts,) if isinstance(parts, str) else parts)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule with its example and its outcome; for a rule on the form, how many identifiers break it."""

    rule: Rule
    outcome: Outcome
    example: str = ""
    exchange: Exchange | None = None
    broken: int | None = None


async def find(app: ASGIApp, site: Site) -> list[Finding]:
    """What came of every rule. A query or two for the examples; the requests are those that a client would make."""
    known = await examples(site)
    return [await _find(rule, app, site, known) for rule in RULES]


async def examples(site: Site) -> dict[str, dict[str, str]]:
    """Examples of what the rules speak of, as far as the release has them, each with its thing and its document."""
    found: dict[str, dict[str, str]] = {}
    for row in await site.select("documents/thing-with-page", **{"class": site.local(KINDS["objective"].cls)}):
        thing = str(row["thing"])
        document = iri.document(site.canonical(thing)) or ""
        places = {"base": site.base.iri, "thing": thing, "document": document, "page": str(row.get("page", ""))}
        found |= {"thing": places, "document": places} | ({"page": places} if places["page"] else {})
    for thing, retired in site.retired.items():
        found.setdefault(_FATES[retired.fate], {"base": site.base.iri, "thing": str(thing)})
    return found


async def _find(rule: Rule, app: ASGIApp, site: Site, known: Mapping[str, dict[str, str]]) -> Finding:
    if rule.number in FORM:
        return _of_form(rule, site, known)
    if rule.demand is None:
        return Finding(rule, Outcome.NOT_USED)
    places = known.get(rule.demand.of)
    if places is None:
        return Finding(rule, Outcome.NO_CASE)
    address = places["document"] if rule.demand.of == "document" else site.base.path_of(places["thing"])
    asking = {name: value.format(**places) for name, value in rule.demand.asking.items()}
    exchange = await _ask(app, site, replace(rule.demand, asking=asking), f"/{address}")
    if exchange.shows(rule.demand, places):
        is_local = rule.number == "UM-1" and site.base.is_for_development
        outcome = Outcome.FOR_DEVELOPMENT if is_local else Outcome.KEPT
    else:
        outcome = Outcome.NOT_USED if rule.level is Level.MAY else Outcome.BROKEN
    return Finding(rule, outcome, places["thing"], exchange)


def _of_form(rule: Rule, site: Site, known: Mapping[str, dict[str, str]]) -> Finding:
    """What came of a rule on the form: the build has held all identifiers against it."""
    broken: int = site.release.record["identifiers"]["broken"][rule.number]
    if not broken:
        outcome = Outcome.KEPT
    elif rule.number in OF_THE_BASE and site.base.is_for_development:
        outcome = Outcome.FOR_DEVELOPMENT
    else:
        outcome = Outcome.BROKEN
    return Finding(rule, outcome, known.get("thing", {}).get("thing", site.base.iri), broken=broken)


async def _ask(app: ASGIApp, site: Site, demand: Demand, path: str) -> Exchange:
    """The answer of an application to what a rule demands."""
    asking = {"Accept": "*/*"} | dict(demand.asking)
    head = await ask(app, site, demand.method, path, asking)
    shown = tuple((name, head.headers[name]) for name in _SHOWN if name in head.headers)
    return Exchange(demand.method, path, tuple(asking.items()), head.status, shown)
