"""The nodes of the stream of changes as triples: its root, which leads to the pages, and a page with its members.

A member is a version of a thing: all that a release says of it but for where that is stated, with the version in the
place of the thing. What has gone is a version that says nothing. No node is blank: each has an address of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import Literal, URIRef

from endpoint.site import Site
from loaders.release import DamagedRelease, NoRelease, Release, Releases
from loaders.saying import Account
from loaders.versions import Activity, Version, Versions, iri_of, read_versions
from ontology import addresses, iri
from ontology.base import Base
from ontology.description import DCAT, DCTERMS, XSDTypes
from ontology.engine import of_engine
from ontology.events import AS, BOOLEAN, LDES, PROV, SH, TREE
from ontology.namespaces import RDF
from ontology.text import Text

_ACTIVITIES = {Activity.CREATE: AS.Create, Activity.UPDATE: AS.Update, Activity.DELETE: AS.Delete}
_WHEN, _OF, _HOW = PROV.generatedAtTime, DCTERMS.isVersionOf, DCTERMS.type
_TITLE = Text("Ändringarna i Miljögrafen", "The changes of Miljögrafen")
_ABOUT = Text(
    "En version av varje sak som har tillkommit, ändrats eller utgått, utgåva för utgåva.",
    "A version of each thing that was added, changed or withdrawn, release by release.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A release in the stream, and the versions that it lists; the first stands for all that was before it too."""

    release: Release
    versions: Versions
    is_first: bool = False

    @property
    def first_page(self) -> str | None:
        """Where its versions begin, after the address of its release; None where it has none."""
        pages = self.versions.pages if self.is_first else self.versions.own_pages
        return (f"{addresses.ALL_CHANGES}1" if self.is_first else f"{addresses.CHANGES}/1") if pages else None

    @property
    def made(self) -> Literal:
        """When it was made."""
        return _moment(self.release.record["made"])


def steps(releases: Releases, last: Release) -> list[Step]:
    """The releases that a stream up to one of them is made of, the oldest first; none where that lists no versions.

    Each goes on from the one before it. The stream begins with the last that is kept, and undamaged, in this row.
    Raises DamagedRelease where what the last lists cannot be read.
    """
    found: dict[str, Step] = {}
    release, versions = last, read_versions(last)
    while versions is not None and release.id not in found:
        found[release.id] = Step(release, versions)
        before = _kept(releases, versions.since)
        release, versions = before or (release, None)
    row = list(reversed(found.values()))
    return [Step(row[0].release, row[0].versions, is_first=True), *row[1:]] if row else []


def _kept(releases: Releases, release_id: str | None) -> tuple[Release, Versions | None] | None:
    try:
        release = releases.get(release_id) if release_id else None
        return (release, read_versions(release)) if release else None
    except (NoRelease, DamagedRelease):
        return None


def root_of(site: Site, row: Iterable[Step]) -> list[ox.Triple]:
    """The root of the stream: what it is, and the pages where the versions of each release begin."""
    account = Account(site.base)
    stream, view = _stream(site.base), URIRef(f"{site.address}{addresses.CHANGES}")
    account.say(
        stream,
        (RDF.type, LDES.EventStream),
        (DCTERMS.title, _TITLE),
        (DCTERMS.description, _ABOUT),
        (LDES.timestampPath, _WHEN),
        (LDES.versionOfPath, _OF),
        *((path, _HOW) for path in (LDES.versionCreatePath, LDES.versionUpdatePath, LDES.versionDeletePath)),
        (LDES.versionCreateObject, AS.Create),
        (LDES.versionUpdateObject, AS.Update),
        (LDES.versionDeleteObject, AS.Delete),
        (TREE.shape, _shape(account, view)),
        (TREE.view, view),
    )
    retention = _part(view, "retention")
    account.say(
        retention,
        (RDF.type, LDES.RetentionPolicy),
        (RDF.type, LDES.LatestVersionSubset),
        (LDES.versionAmount, 1),
        (LDES.amount, 1),
    )
    account.say(addresses.WHOLE, (DCAT.distribution, view))
    account.say(view, (RDF.type, TREE.Node), (RDF.type, LDES.EventSource), (LDES.retentionPolicy, retention))
    for step in row:
        if step.first_page is not None:
            node = URIRef(f"{site.root}{addresses.RELEASES}{step.release.id}/{step.first_page}")
            named = "to", TREE.LessThanOrEqualToRelation
            for name, relation in (named,) if step.is_first else (("from", TREE.GreaterThanOrEqualToRelation), named):
                _lead(account, view, f"{step.release.id}-{name}", relation, node, step.made)
    return _triples(account)


def page_of(
    site: Site, versions: Versions, path: str, following: str | None, stated: Mapping[Version, Iterable[ox.Triple]]
) -> list[ox.Triple]:
    """A page of the stream, at a path in its release: its members, and where the next page is."""
    account = Account(site.base)
    stream = _stream(site.base)
    release = f"{site.root}{addresses.RELEASES}{versions.made[-1][0]}/"
    node = URIRef(release + path)
    account.say(stream, (RDF.type, LDES.EventStream))
    account.say(node, (RDF.type, TREE.Node), (LDES.immutable, Literal("true", datatype=BOOLEAN)))
    if following is not None:
        is_own = path.startswith(f"{addresses.CHANGES}/") and not path.startswith(addresses.ALL_CHANGES)
        relation = TREE.GreaterThanOrEqualToRelation if is_own else TREE.LessThanOrEqualToRelation
        _lead(account, node, "next", relation, URIRef(release + following), _moment(versions.made[-1][1]))
    triples = _triples(account)
    member, of = _node(TREE.member), _node(str(site.base.localise(stream)))
    for version, statements in stated.items():
        name = ox.NamedNode(_version(site, versions, version))
        triples.append(ox.Triple(of, member, name))
        triples.extend(_member(site.base, versions, version, name))
        triples.extend(ox.Triple(name, statement.predicate, statement.object) for statement in statements)
    return triples


def _member(base: Base, versions: Versions, version: Version, name: ox.NamedNode) -> Iterator[ox.Triple]:
    """What tells a version from the thing: of what it is one, when it came to be, and how."""
    yield ox.Triple(name, _node(_OF), ox.NamedNode(iri_of(version.thing, base)))
    yield ox.Triple(name, _node(_WHEN), of_engine(_moment(versions.made[version.release][1])))
    yield ox.Triple(name, _node(_HOW), _node(_ACTIVITIES[version.activity]))


def _version(site: Site, versions: Versions, version: Version) -> str:
    """The IRI of a version: that of the thing within its release, where the document about it then is."""
    release = f"{site.root}{addresses.RELEASES}{versions.made[version.release][0]}/"
    if "://" not in version.thing:
        return release + version.thing
    document = iri.document(version.thing)
    return release + (document or f"{addresses.CHANGES}#{quote(version.thing, safe='')}")


def _shape(account: Account, view: URIRef) -> URIRef:
    """What all members have in common, in SHACL."""
    once = ((SH.minCount, 1), (SH.maxCount, 1))
    thing = account.say(_part(view, "member-thing"), (SH.path, _OF), (SH.nodeKind, SH.IRI), *once)
    when = account.say(_part(view, "member-time"), (SH.path, _WHEN), (SH.datatype, XSDTypes.dateTime), *once)
    how = account.say(_part(view, "member-activity"), (SH.path, _HOW), (SH.nodeKind, SH.IRI), *once)
    return account.say(
        _part(view, "member"), (RDF.type, SH.NodeShape), (SH.nodeKind, SH.IRI),
        *((SH.property, one) for one in (thing, when, how)),
    )  # fmt: skip


def _lead(account: Account, here: URIRef, name: str, relation: URIRef, node: URIRef, value: Literal) -> None:  # noqa: PLR0913, PLR0917 - what a relation is made of
    """Lead from a node to another, whose members stand in a relation to a moment."""
    of = account.say(
        _part(here, name), (RDF.type, relation), (TREE.node, node), (TREE.path, _WHEN), (TREE.value, value)
    )
    account.say(here, (TREE.relation, of))


def _stream(base: Base) -> URIRef:
    return URIRef(str(base.localise(addresses.STREAM)))


def _part(node: URIRef, name: str) -> URIRef:
    return URIRef(f"{node}#{name}")


def _moment(made: str) -> Literal:
    return Literal(made, datatype=XSDTypes.dateTime, normalize=False)


def _node(name: object) -> ox.NamedNode:
    return ox.NamedNode(str(name))


def _triples(account: Account) -> list[ox.Triple]:
    return [ox.Triple(_node(s), _node(p), of_engine(o)) for s, p, o in sorted(account.graph)]
