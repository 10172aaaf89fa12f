"""The actors: agencies and county administrative boards by their organisation numbers, other bodies by a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from rdflib import URIRef

from loaders.row import About, Claim, Fact, Name, Refers, Slug, Url, WikidataId, plain, text
from ontology import iri
from ontology.namespaces import FOAF, MG, RDF, SKOS, WIKIDATA
from ontology.schemes import ActorKind

ActorKey = Annotated[str, Refers("actor")]


class Actor(Claim):
    """One actor by its organisation number; what it is called stands in a table of its own, since names change."""

    table = "actors"
    defines = "actor"

    organisation_number: Name
    kind: ActorKind

    @property
    def key(self) -> str:
        """The organisation number, such as 202100-1975."""
        return self.organisation_number

    def facts(self) -> Iterator[Fact]:
        """What it is, its number and its sort."""
        yield self.says(RDF.type, MG.Actor, "organisation_number")
        yield self.says(MG.organisationNumber, plain(self.organisation_number), "organisation_number")
        yield self.says(MG.actorKind, iri.concept(self.kind), "kind")


class Body(Claim):
    """One actor that is known by a name of ours, such as `regeringen`: no organisation number was read for it."""

    table = "bodies"
    defines = "actor"

    slug: Slug
    kind: ActorKind

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.slug

    def facts(self) -> Iterator[Fact]:
        """What it is, and its sort."""
        yield self.says(RDF.type, MG.Actor, "slug")
        yield self.says(MG.actorKind, iri.concept(self.kind), "kind")


class AboutActor(About):
    """A claim about an actor that another table defines."""

    about = "actor"

    actor: ActorKey


class ActorName(AboutActor):
    """What it is called now, or was called when it ended."""

    table = "actor_names"

    name_sv: Name
    name_en: Name | None = None

    def facts(self) -> Iterator[Fact]:
        """The name in Swedish, and in English where the source has one."""
        yield self.says(SKOS.prefLabel, text(self.name_sv, "sv"), "name_sv")
        if self.name_en is not None:
            yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class ActorTranslation(AboutActor):
    """Its name in English, where it has another source than the Swedish one."""

    table = "actor_translations"

    name_en: Name

    def facts(self) -> Iterator[Fact]:
        """What it is called in English."""
        yield self.says(SKOS.prefLabel, text(self.name_en, "en"), "name_en")


class ActorWikidata(AboutActor):
    """The item about it in Wikidata."""

    table = "actor_wikidata"

    wikidata: WikidataId

    def facts(self) -> Iterator[Fact]:
        """The link, matched by others and so only close."""
        yield self.says(SKOS.closeMatch, WIKIDATA[self.wikidata], "wikidata")


class ActorDataportal(AboutActor):
    """The same organisation at Sweden's data portal."""

    table = "actor_dataportal"

    dataportal: Url

    def facts(self) -> Iterator[Fact]:
        """The link; the portal mints it from the organisation number."""
        yield self.says(SKOS.exactMatch, URIRef(self.dataportal), "dataportal")


class ActorHomepage(AboutActor):
    """Its home page."""

    table = "actor_homepages"

    homepage: Url

    def facts(self) -> Iterator[Fact]:
        """The home page."""
        yield self.says(FOAF.homepage, URIRef(self.homepage), "homepage")
