"""The DCAT-AP-SE catalogue of a release: the whole, each source and each data set, with files and the SPARQL service.

No node is blank, so that a harvester can tell them apart; the datasets have the IRIs that the data know them by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from loaders import catalogue_words as words
from loaders.content import Content
from loaders.files import CSV, CSVW_SUFFIX, File
from loaders.holdings import Agent, DataSetHolding, Holdings, SourceHolding
from loaders.publisher import BadPublisher
from loaders.saying import Account, Value, day
from loaders.void import WHOLE_DESCRIPTION, WHOLE_TITLE
from ontology import addresses, description, iri, log
from ontology.base import CANONICAL
from ontology.description import DCAT, DCATAP, DCTERMS, ELI, FOAF, ODRS, SPDX, VCARD, VOID, XSDTypes
from ontology.kinds import KINDS
from ontology.namespaces import RDF, RDFS, SKOS, XSD
from ontology.schemes import ActorKind
from ontology.text import LANGUAGES, Language, Text

_CATALOG = addresses.address(addresses.CATALOG)
_SERVICE = addresses.address(addresses.SPARQL)
_VOCABULARY = addresses.address("vocabulary")
_PAGES = ("query", "service")
"""The pages about the service: where to write queries, and what its limits are."""

_TYPE_OF = {
    ActorKind.STATE_AGENCY: "NationalAuthority",
    ActorKind.GOVERNMENT: "NationalAuthority",
    ActorKind.PARLIAMENT: "NationalAuthority",
    ActorKind.COUNCIL_OR_COMMITTEE: "NationalAuthority",
    ActorKind.COUNTY_ADMINISTRATIVE_BOARD: "RegionalAuthority",
    ActorKind.REGION: "RegionalAuthority",
    ActorKind.JOINT_BODY: "RegionalAuthority",
    ActorKind.MUNICIPAL_ORGANISATION: "LocalAuthority",
    ActorKind.ASSOCIATION: "NonGovernmentalOrganisation",
    ActorKind.RESEARCH_BODY: "Academia-ScientificOrganisation",
}
"""For each sort of actor the nearest type of publisher in the list that DCAT-AP-SE takes."""

_NAMED: dict[URIRef, URIRef] = {
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.spatial: DCTERMS.Location,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.compressFormat: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCAT.landingPage: FOAF.Document,
    DCATAP.applicableLegislation: ELI.LegalResource,
    DCATAP.availability: SKOS.Concept,
    DCATAP.hvdCategory: SKOS.Concept,
    DCTERMS.type: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
"""What the values of a property are, where they are named by others: a harvester wants to be told."""


def describe_in_dcat(content: Content, holdings: Holdings, files: Iterable[File], triples: int) -> Graph:
    """The catalogue of a release, as a graph on its base.

    Raises BadPublisher where the publisher calls a data set high-value that there is not.
    """
    unknown = sorted(content.publisher.high_value.keys() - {data_set.key for data_set in holdings.data_sets})
    if unknown:
        raise BadPublisher(f"high_value names what is no data set with observations: {', '.join(unknown)}")
    catalogue = _Catalogue(content)
    catalogue.whole(triples)
    catalogue.vocabulary()
    for source in holdings.sources:
        catalogue.source(source)
    for data_set in holdings.data_sets:
        catalogue.data_set(data_set)
    for file in files:
        catalogue.file(file)
    return catalogue.finished()


@dataclass(frozen=True, slots=True)
class _Terms:
    """On what terms a dataset may be used: its licence if one is stated, and what is to be known beside it."""

    licence: URIRef | None
    rights: URIRef | None


class _Catalogue:
    """A catalogue that is being written."""

    def __init__(self, content: Content) -> None:
        self.publisher, self.date, self.release_id = content.publisher, content.reference_date, content.release_id
        self.changes = log.read_log(log.authored_log())  # of the vocabulary
        self.written = Account(content.base)
        self.terms: dict[URIRef, _Terms] = {}
        self._catalog()
        self._publisher()
        self._service()

    def whole(self, triples: int) -> None:
        """All of it, in one file and through the service."""
        self._dataset(addresses.WHOLE, WHOLE_TITLE, WHOLE_DESCRIPTION, (), (description.SWEDEN,))
        self._written_in(addresses.WHOLE)
        queried = self._part(
            "distribution-sparql",
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, words.SERVICE_TITLE),
            (DCTERMS.description, words.SERVICE_DESCRIPTION),
            (DCAT.accessURL, _SERVICE),
            (DCAT.accessService, _SERVICE),
            (DCTERMS.format, description.file_type("SPARQLQ")),
            (DCTERMS.rights, self._statement("each-its-own", words.EACH_ITS_OWN)),
            (DCATAP.availability, description.STABLE),
        )
        followed = self._part(
            "distribution-changes",
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, words.STREAM_TITLE),
            (DCTERMS.description, words.STREAM_DESCRIPTION),
            (DCAT.accessURL, addresses.address(addresses.CHANGES)),
            (DCTERMS.conformsTo, description.EVENT_STREAMS),
            (DCTERMS.format, description.file_type("RDF_TURTLE")),
            (DCTERMS.rights, self._statement("each-its-own", words.EACH_ITS_OWN)),
            (DCATAP.availability, description.STABLE),
        )
        self._say(
            addresses.WHOLE,
            (DCTERMS.modified, day(self.date)),
            (DCAT.version, self.release_id),
            (DCTERMS.conformsTo, _VOCABULARY),
            (DCTERMS.accrualPeriodicity, description.IRREGULAR),
            (VOID.triples, triples),
            *((DCAT.distribution, distribution) for distribution in (queried, followed)),
        )
        self.terms[addresses.WHOLE] = _Terms(None, self._statement("each-its-own", words.EACH_ITS_OWN))

    def vocabulary(self) -> None:
        """The terms and concepts, which are the editors' own."""
        dataset = iri.VOCABULARY_GRAPH
        self._dataset(dataset, words.VOCABULARY_TITLE, words.VOCABULARY_DESCRIPTION, (), ())
        self._written_in(dataset)
        self._say(
            dataset,
            (DCTERMS.issued, day(self.changes[0].date)),
            (DCTERMS.modified, day(self.changes[-1].date)),
            (DCTERMS.accrualPeriodicity, description.IRREGULAR),
        )
        self.terms[dataset] = _Terms(description.CC0, None)

    def source(self, source: SourceHolding) -> None:
        """What one source states: a named graph."""
        dataset, name = iri.graph(source.key), f"source--{source.key}"
        title = Text(f"Uppgifter ur: {source.title}", f"Statements from: {source.title}")
        about = words.about_source(source)
        self._dataset(dataset, title, about, (kind.one for kind in source.kinds), source.places)
        self._written_in(dataset, source.languages)
        self._say(
            dataset,
            (DCTERMS.modified, day(source.retrieved)),
            (DCTERMS.conformsTo, _VOCABULARY),
            (DCTERMS.accrualPeriodicity, description.IRREGULAR),
            (DCTERMS.creator, self._agent(source.creator)),
            (DCTERMS.relation, iri.mint("source", source.key)),
            (FOAF.page, URIRef(source.page) if source.page else None),
            (DCTERMS.temporal, self._period(name, source.years)),
            (VOID.triples, source.triples),
        )
        self.terms[dataset] = self._terms(name, source.licence, source.attribution)

    def data_set(self, data_set: DataSetHolding) -> None:
        """One data set of observations; a version of it never changes."""
        dataset, name = iri.mint("dataset", data_set.key), f"dataset--{data_set.key}"
        about = words.about_data_set(data_set)
        categories = self.publisher.high_value.get(data_set.key, ())
        keywords = (KINDS["observation"].one, *data_set.objectives)
        self._dataset(dataset, data_set.title, about, keywords, data_set.places)
        self._written_in(dataset)  # its values have a file in each
        self._say(
            dataset,
            (DCAT.version, data_set.version),
            (DCTERMS.issued, Literal(data_set.issued, datatype=XSD.gYear) if data_set.issued else None),
            (DCTERMS.modified, day(data_set.modified)),
            (DCTERMS.conformsTo, description.DATA_CUBE),
            (DCTERMS.conformsTo, data_set.structure),
            (DCTERMS.provenance, self._origin(data_set)),
            (DCTERMS.accrualPeriodicity, description.NEVER if data_set.version else description.UNKNOWN),
            (DCTERMS.creator, self._agent(data_set.creator)),
            (DCTERMS.relation, iri.graph(data_set.source)),
            (DCTERMS.temporal, self._period(name, data_set.years)),
            (DCAT.temporalResolution, Literal("P1Y", datatype=XSDTypes.duration)),
            *((DCATAP.hvdCategory, description.high_value_category(code)) for code in categories),
            (DCATAP.applicableLegislation, description.HIGH_VALUE if categories else None),
        )
        self.terms[dataset] = self._terms(name, data_set.licence, data_set.attribution, data_set.note)

    def file(self, file: File) -> None:
        """One file as a distribution of what it holds."""
        terms, syntax = self.terms[file.dataset], file.syntax
        checksum = self._part(
            f"checksum-{file.name}",
            (RDF.type, SPDX.Checksum),
            (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
            (SPDX.checksumValue, Literal(file.sha256, datatype=XSDTypes.hexBinary)),
        )
        is_high_value = not syntax.holds_triples and file.stem in self.publisher.high_value
        distribution = self._part(
            f"distribution-{file.name}",
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(syntax.title, lang="en")),
            (DCTERMS.description, syntax.description),
            (DCAT.accessURL, addresses.file(file.name)),
            (DCAT.downloadURL, addresses.file_of_release(self.release_id, file.name)),
            (DCTERMS.format, description.file_type(syntax.file_type)),
            (DCTERMS.conformsTo, syntax.standard),
            (DCTERMS.conformsTo, addresses.file(f"{file.stem}.{CSVW_SUFFIX}") if syntax == CSV else None),
            (DCTERMS.language, description.LANGUAGES[syntax.language] if syntax.language else None),
            (DCAT.mediaType, description.media_type(syntax.media_type)),
            (DCAT.compressFormat, description.media_type("application/gzip") if syntax.is_compressed else None),
            (DCAT.byteSize, Literal(file.bytes, datatype=XSDTypes.nonNegativeInteger)),
            (SPDX.checksum, checksum),
            (DCTERMS.license, terms.licence),
            (DCTERMS.rights, terms.rights),
            (DCATAP.availability, description.STABLE),
            (DCATAP.applicableLegislation, description.HIGH_VALUE if is_high_value else None),
        )
        self._say(file.dataset, (DCAT.distribution, distribution))

    def finished(self) -> Graph:
        """The graph, with what sort of thing each value is that others have named."""
        for predicate, cls in _NAMED.items():
            self.written.name(predicate, (RDF.type, cls))
        for concept in set(self.written.graph.subjects(RDF.type, SKOS.Concept)):
            if isinstance(concept, URIRef):
                self._say(concept, (SKOS.prefLabel, description.LABELS.get(concept)))
        self._say(description.THEMES, (DCTERMS.title, description.THEMES_TITLE))
        return self.written.graph

    def _catalog(self) -> None:
        self._say(
            _CATALOG,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, words.CATALOGUE_TITLE),
            (DCTERMS.description, words.CATALOGUE_DESCRIPTION),
            (DCTERMS.publisher, self.publisher.iri),
            (DCTERMS.license, description.CC0),
            (DCTERMS.modified, day(max(self.date, self.changes[-1].date))),
            (DCTERMS.spatial, description.SWEDEN),
            (FOAF.homepage, URIRef(CANONICAL)),
            (DCAT.themeTaxonomy, description.THEMES),
            (DCAT.service, _SERVICE),
            *((DCTERMS.language, language) for language in description.LANGUAGES.values()),
        )

    def _publisher(self) -> None:
        """Who answers for the catalogue and all in it, and whom to ask."""
        publisher = self.publisher
        self._agent_node(
            publisher.iri, publisher.name.text, description.publisher_type(publisher.type), publisher.homepage
        )
        number = publisher.organisation_number
        self._say(publisher.iri, (DCTERMS.identifier, number))
        if publisher.contact:
            self._part(
                "contact",
                (RDF.type, VCARD.Kind),
                (RDF.type, VCARD.Organization),
                (VCARD.fn, publisher.contact.text),
                (VCARD.hasEmail, description.mail(publisher.contact.email)),
            )

    def _service(self) -> None:
        codes = sorted({code for codes in self.publisher.high_value.values() for code in codes})
        self._say(
            _SERVICE,
            (RDF.type, DCAT.DataService),
            (DCTERMS.title, words.SERVICE_TITLE),
            (DCTERMS.description, words.SERVICE_DESCRIPTION),
            (DCTERMS.publisher, self.publisher.iri),
            (DCAT.contactPoint, self._contact),
            (DCAT.endpointURL, _SERVICE),
            (DCAT.endpointDescription, _SERVICE),
            (DCAT.endpointDescription, addresses.address(addresses.OPENAPI)),
            (DCAT.servesDataset, addresses.WHOLE),
            *((DCAT.servesDataset, iri.mint("dataset", key)) for key in self.publisher.high_value),
            (DCTERMS.conformsTo, description.PROTOCOL),
            (DCTERMS.format, description.file_type("SPARQLQ")),
            (DCTERMS.accessRights, description.PUBLIC),
            (DCTERMS.license, description.CC0),
            (DCAT.theme, description.ENVIRONMENT),
            *((FOAF.page, addresses.address(f"{language}/{page}")) for language in LANGUAGES for page in _PAGES),
            *((DCAT.keyword, keyword) for keyword in words.KEYWORDS),
            *((DCATAP.hvdCategory, description.high_value_category(code)) for code in codes),
            (DCATAP.applicableLegislation, description.HIGH_VALUE if codes else None),
        )

    def _dataset(
        self, dataset: URIRef, title: Text, about: Text, subjects: Iterable[Text], places: Iterable[URIRef]
    ) -> None:
        """What all datasets have."""
        keywords = (Text(subject.sv.lower(), subject.en.lower()) for subject in subjects)
        page = addresses.DATA if dataset == addresses.WHOLE else iri.document(dataset) or addresses.DATA
        self._say(_CATALOG, (DCAT.dataset, dataset))
        self._say(
            dataset,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, str(self.written.base.localise(dataset))),
            (DCTERMS.title, title),
            (DCTERMS.description, about),
            (DCTERMS.publisher, self.publisher.iri),
            (DCAT.contactPoint, self._contact),
            (DCTERMS.accessRights, description.PUBLIC),
            (DCAT.theme, description.ENVIRONMENT),
            (DCAT.landingPage, addresses.address(page)),
            *((DCAT.keyword, keyword) for keyword in (*words.KEYWORDS, *keywords)),
            *((DCTERMS.spatial, place) for place in places),
        )

    def _written_in(self, dataset: URIRef, languages: Iterable[Language] = LANGUAGES) -> None:
        self._say(dataset, *((DCTERMS.language, description.LANGUAGES[language]) for language in languages))

    @property
    def _contact(self) -> URIRef | None:
        return addresses.part(addresses.CATALOG, "contact") if self.publisher.contact else None

    def _agent(self, agent: Agent | None) -> URIRef | None:
        if agent is None:
            return None
        if agent.iri != self.publisher.iri:  # who publishes this is described by its own file alone
            self._agent_node(agent.iri, agent.name, description.publisher_type(_TYPE_OF[agent.kind]), agent.homepage)
        return agent.iri

    def _agent_node(self, agent: URIRef, name: Text, type_: URIRef, homepage: str | None) -> None:
        self._say(
            agent,
            (RDF.type, FOAF.Agent),
            (FOAF.name, name),
            (DCTERMS.type, type_),
            (FOAF.homepage, URIRef(homepage) if homepage else None),
        )

    def _period(self, name: str, years: tuple[str, str] | None) -> URIRef | None:
        """The years from the first day of the first to the last day of the last."""
        if years is None:
            return None
        first, last = years
        return self._part(
            f"period-{name}",
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, day(f"{first}-01-01")),
            (DCAT.endDate, day(f"{last}-12-31")),
        )

    def _origin(self, data_set: DataSetHolding) -> URIRef | None:
        """Where the values come from, where that is not the publisher."""
        if data_set.origin is None:
            return None
        return self._part(
            f"origin-{data_set.key}",
            (RDF.type, DCTERMS.ProvenanceStatement),
            (RDFS.label, words.origin(data_set.origin)),
        )

    def _terms(self, name: str, licence: str | None, attribution: str | None, note: Text | None = None) -> _Terms:
        """The licence as it is stated; how to name the source, and what the licence does not tell."""
        stated = description.licence(licence) if licence else None
        note = note or (None if licence else words.NO_LICENCE)
        if attribution is None and note is words.NO_LICENCE:
            return _Terms(stated, self._statement("no-licence", words.NO_LICENCE))
        if attribution is None and note is None:
            return _Terms(stated, None)
        rights = self._statement(name, note or words.to_name(attribution or ""))
        self._say(rights, (ODRS.attributionText, attribution))  # nobody says in which language it is
        return _Terms(stated, rights)

    def _statement(self, name: str, words: Text) -> URIRef:
        return self._part(
            f"rights-{name}",
            (RDF.type, DCTERMS.RightsStatement),
            (RDF.type, ODRS.RightsStatement),
            (RDFS.label, words),
        )

    def _part(self, name: str, *said: tuple[URIRef, Value]) -> URIRef:
        return self._say(addresses.part(addresses.CATALOG, name), *said)

    def _say(self, subject: URIRef, *said: tuple[URIRef, Value]) -> URIRef:
        return self.written.say(subject, *said)
