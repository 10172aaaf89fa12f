"""Signposting: what a client of others reads in the `Link` headers of a thing of every kind, and where that leads."""

from __future__ import annotations

import json
import re

import pytest
from rdflib import DCTERMS, FOAF, RDF, Dataset, Graph, URIRef
from signposting import LinkRel, Signposting, find_signposting_http_link

from ontology.files import read_text
from ontology.kinds import KINDS
from tests.conftest import BASE, NOT_IN_THE_TABLES

HERE = BASE.iri.removesuffix("/")
EACH_KIND = [name for name in KINDS if name not in NOT_IN_THE_TABLES]
"""The kinds that the release holds things of."""

FEW = 40
"""How many pages of a collection are turned; what has more is walked from the other end."""

# rdflib's own JSON-LD and TriG parsers still use the class it deprecates
pytestmark = [
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
    # a sector belongs to a class and to a scheme; the client keeps both, and calls the first the one
    pytest.mark.filterwarnings("ignore:Ignoring additional collection signposts:UserWarning"),
]


def signposts(client, address: str) -> Signposting:
    """What the client reads in the headers of an address; it asks for headers only."""
    answer = client.head(address)
    assert answer.status_code == 200, address
    return find_signposting_http_link(answer.headers.get_list("link"), address)


def targets(found) -> list[str]:
    return [str(signpost.target) for signpost in found]


def collections_of(client, document: str) -> list[str]:
    """What a document says that its thing belongs to: the client lists each, and takes the first as the one."""
    return targets(signpost for signpost in signposts(client, document) if signpost.rel is LinkRel.collection)


def document_of(client, thing: str) -> str:
    """The document that looking a thing up leads to."""
    answer = client.head(thing if thing.startswith(BASE.iri) else f"{HERE}/res/sdg/{thing.rpartition('/')[2]}")
    if answer.status_code == 200:  # a thing that the United Nations name is looked up with them
        return str(answer.request.url)
    assert answer.status_code == 303
    return f"{HERE}{answer.headers['location']}"


CONTEXT = json.loads(BASE.localise_quoted(read_text("context.jsonld")))["@context"]


def graph_of(client, document: str, suffix: str = ".ttl") -> Graph:
    answer = client.get(f"{document}{suffix}")
    return Graph().parse(data=answer.content, format=answer.headers["content-type"].partition(";")[0])


@pytest.mark.parametrize("kind", EACH_KIND)
def test_a_thing_is_cited_by_its_identifier_which_leads_back(client, one_of_each, kind):
    thing = one_of_each[kind]
    document = document_of(client, thing)
    found = signposts(client, document)
    assert str(found.citeAs.target) == thing
    assert document_of(client, str(found.citeAs.target)) == document
    if thing.startswith(BASE.iri):
        leading = find_signposting_http_link(client.head(thing).headers.get_list("link"), thing)
        assert document in targets(leading.describedBy)


@pytest.mark.parametrize("kind", EACH_KIND)
def test_a_thing_is_described_in_each_format_that_is_told(client, one_of_each, kind):
    thing = one_of_each[kind]
    found = signposts(client, document_of(client, thing))
    told = {str(signpost.target): str(signpost.type) for signpost in found.describedBy}
    assert len(told) == 6
    for target, media_type in told.items():
        answer = client.get(target)
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert (None, FOAF.primaryTopic, URIRef(thing)) in read(answer.content, media_type)


def read(content: bytes, media_type: str) -> Graph:
    """The statements of a document, in whatever graph; JSON-LD with the context that it names."""
    if media_type == "application/ld+json":
        said = json.loads(content)
        said["@context"] = CONTEXT
        return Graph().parse(data=json.dumps(said), format="json-ld")
    if media_type in {"application/trig", "application/n-quads"}:
        found = Graph()
        for *triple, _ in (
            Dataset().parse(data=content, format={"application/trig": "trig"}.get(media_type, "nquads")).quads()
        ):
            found.add(tuple(triple))
        return found
    return Graph().parse(data=content, format=media_type)


@pytest.mark.parametrize("profile", ["document", "statements"])
@pytest.mark.parametrize("kind", EACH_KIND)
def test_types_and_licences_are_those_of_the_data(client, one_of_each, kind, profile):
    thing = one_of_each[kind]
    document = document_of(client, thing)
    suffix = f".ttl?profile={profile}"
    found, graph = signposts(client, f"{document}{suffix}"), graph_of(client, document, suffix)
    assert set(targets(found.types)) == {str(cls) for cls in graph.objects(URIRef(thing), RDF.type)}
    assert str(BASE.localise(KINDS[kind].cls)) in targets(found.types)
    stated = sorted(map(str, graph.objects(URIRef(document), DCTERMS.license)))
    assert (str(found.license.target) if found.license else None) == (stated[0] if len(stated) == 1 else None)


@pytest.mark.parametrize("kind", EACH_KIND)
def test_a_thing_is_found_among_the_items_of_its_collections(client, one_of_each, kind):
    document = document_of(client, one_of_each[kind])
    collections = collections_of(client, document)
    if KINDS[kind].namespace is None and BASE.localise(KINDS[kind].cls).startswith(BASE.iri):
        assert f"{HERE}/res/spec/{KINDS[kind].cls.rpartition('/')[2]}" in collections
    for collection in collections:
        page, turned, seen = collection, 0, set[str]()
        while page and document not in seen and turned < FEW:
            seen |= set(targets(signposts(client, page).items))
            assert seen
            page, turned = following(client, page), turned + 1
        assert document in seen or turned == FEW


def following(client, page: str) -> str | None:
    """The next page of a document."""
    answer = client.head(page)
    return answer.links["next"]["url"] if "next" in answer.links else None


@pytest.mark.parametrize("kind", EACH_KIND)
def test_each_item_of_a_collection_says_that_it_belongs_there(client, one_of_each, kind):
    document = document_of(client, one_of_each[kind])
    found = signposts(client, document)
    for collection in [*([document] if found.items else []), *collections_of(client, document)]:
        items = targets(signposts(client, collection).items)
        assert items
        for item in items[:3]:
            assert collection in collections_of(client, item)


def test_of_several_collections_the_narrowest_comes_first(client):
    found = signposts(client, f"{HERE}/res/sector/jordbruk")
    assert str(found.collection.target) == f"{HERE}/res/def/emission-sector"
    assert len(collections_of(client, f"{HERE}/res/sector/jordbruk")) == 2


def test_the_walk_is_no_walk_of_nothing(client, one_of_each):
    """What the tests above follow is there: collections, items, licences."""
    found = {kind: signposts(client, document_of(client, thing)) for kind, thing in one_of_each.items()}
    assert sum(one.collection is not None for one in found.values()) > 30
    bare = {
        kind: signposts(client, f"{document_of(client, thing)}.ttl?profile=statements")
        for kind, thing in one_of_each.items()
    }
    assert {str(one.license.target).split("/")[2] for one in bare.values() if one.license} >= {"creativecommons.org"}
    assert sum(one.license is not None for one in bare.values()) > 3
    assert signposts(client, f"{HERE}/res/spec/Municipality").items
    assert signposts(client, f"{HERE}/res/dataset/forest-birds-2024").items


@pytest.mark.parametrize("suffix", ["", ".ttl", ".nq", ".csv", ".sv.html"])
def test_a_form_says_in_its_links_which_profile_it_follows_if_it_follows_one(client, suffix):
    answer = client.head(f"/res/objective/8{suffix}")
    linked = re.findall(r'<([^>]*)>; rel="profile"', answer.headers["link"])
    assert [f"<{profile}>" for profile in linked] == answer.headers.get_list("content-profile")
