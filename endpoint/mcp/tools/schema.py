"""The tool `schema`: what a release holds and how it is put, as its VoID, vocabulary and example queries tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from rdflib import URIRef

from endpoint.mcp.tools.arguments import TEXT, Arguments
from endpoint.mcp.tools.classes import Class, class_named, in_short, label_of
from endpoint.mcp.tools.tool import Answer, Context, Tool
from endpoint.parameters import wrong_value
from endpoint.site import Site
from endpoint.vocabulary import Vocabulary, read_vocabulary
from loaders.void import WHOLE_DESCRIPTION
from ontology import iri
from ontology.text import Language, Text
from queries.catalogue import Question, questions

_MOST_GRAPHS = 100
_MOST_DATA_SETS = 40
_MOST_PROPERTIES = 400


class SchemaArguments(Arguments, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What to tell: an overview, or one part, class or example query of it; of these, all that are asked for."""

    part: (
        Annotated[
            Literal["overview", "properties", "graphs"],
            Meta(
                description="overview: classes, data sets, example queries; else all properties, or the named graphs. "
                "The overview is told where nothing is asked for.",
                extra_json_schema=TEXT,
            ),
        ]
        | None
    ) = None
    class_: Annotated[
        str | None,
        Meta(description="One class with its properties and an example: mg:Municipality, municipality, or its IRI."),
    ] = None
    question: Annotated[
        str | None, Meta(description="The text of one example query, by its name in the overview, ready to ask.")
    ] = None


class TermInUse(msgspec.Struct, frozen=True):
    """A class with its things, or a property with its statements."""

    term: str
    label: str
    number: int


class DataSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """A data set of observations."""

    iri: str
    title: str
    publisher: str
    values: int
    years: Sequence[str] = ()
    licence: str | None = None
    attribution: str | None = None


class Graph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A named graph: what one source states. Where no licence is given, none is stated."""

    iri: str
    title: str
    statements: int
    standing: Literal["editorial", "published"]
    licence: str | None = None
    attribution: str | None = None


class ExampleQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """An example query: its name, and what it answers; its text where it was asked for."""

    name: str
    answers: str
    query: str | None = None


_AS_JSON = {"class_": "class", "data_sets": "dataSets", "left_out": "leftOut"}


class SchemaAnswer(Answer, frozen=True, kw_only=True, rename=_AS_JSON):
    """What there is. `leftOut` says of how many more is not told, and where they are.

    `prefixes` are those of the short names here; a query has to declare the ones that it uses.
    """

    about: str | None = None
    prefixes: dict[str, str] = msgspec.field(default_factory=dict)
    statements: str | None = None
    observations: str | None = None
    classes: Sequence[TermInUse] = ()
    data_sets: Sequence[DataSet] = ()
    questions: Sequence[ExampleQuery] = ()
    properties: Sequence[TermInUse] = ()
    graphs: Sequence[Graph] = ()
    class_: Class | None = None
    question: ExampleQuery | None = None
    left_out: Annotated[str | None, Meta(description="What is not told, and how to ask for it.")] = None


async def schema(context: Context, asked: SchemaArguments) -> SchemaAnswer:
    """What is asked of it. Two queries, the first time. Raises Problem for a class or a question that there is not."""
    site, language = context.site, asked.language
    vocabulary = await site.once(read_vocabulary)
    answer = SchemaAnswer(release=context.release)
    if asked.class_:
        described = class_named(vocabulary, asked.class_, language)
        answer = msgspec.structs.replace(answer, prefixes=site.prefixes, class_=described)
    if asked.question:
        answer = msgspec.structs.replace(answer, question=_question(site, asked.question, language))
    is_whole = not (asked.class_ or asked.question)
    match asked.part or ("overview" if is_whole else None):
        case "overview":
            return _overview(answer, vocabulary, language)
        case "properties":
            return _properties(answer, vocabulary, language)
        case "graphs":
            return _graphs(answer, site, language)
        case None:
            return answer


def _overview(answer: SchemaAnswer, vocabulary: Vocabulary, language: Language) -> SchemaAnswer:
    """The same with the classes, data sets and example queries, and how all is laid out."""
    data_sets = _data_sets(vocabulary.site, language)
    return msgspec.structs.replace(
        answer,
        about=WHOLE_DESCRIPTION.in_(language),
        prefixes=vocabulary.site.prefixes,
        statements=_STATEMENTS.in_(language),
        observations=_OBSERVATIONS.in_(language).format(base=vocabulary.site.base.iri),
        classes=_in_use(vocabulary, vocabulary.uses.things, language),
        data_sets=data_sets[:_MOST_DATA_SETS],
        questions=[_listed(one, language) for one in questions().values()],
        left_out=_left_out(len(data_sets) - _MOST_DATA_SETS, _DATA_SETS, language),
    )


def _properties(answer: SchemaAnswer, vocabulary: Vocabulary, language: Language) -> SchemaAnswer:
    """The same with all properties."""
    listed = _in_use(vocabulary, vocabulary.uses.statements, language)
    left = _left_out(len(listed) - _MOST_PROPERTIES, _PROPERTIES, language)
    return msgspec.structs.replace(
        answer, prefixes=vocabulary.site.prefixes, properties=listed[:_MOST_PROPERTIES], left_out=left
    )


def _graphs(answer: SchemaAnswer, site: Site, language: Language) -> SchemaAnswer:
    """The same with the named graphs."""
    listed = _named_graphs(site, language)
    left = _left_out(len(listed) - _MOST_GRAPHS, _GRAPHS, language)
    return msgspec.structs.replace(answer, graphs=listed[:_MOST_GRAPHS], left_out=left)


def _in_use(vocabulary: Vocabulary, of: Mapping[URIRef, int], language: Language) -> list[TermInUse]:
    """Terms with how much they are used, the most used first."""
    ordered = sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        TermInUse(in_short(vocabulary.site, term), label_of(vocabulary, term, language), number)
        for term, number in ordered
    ]


def _data_sets(site: Site, language: Language) -> list[DataSet]:
    """The data sets of observations, those with the most values first."""
    cards = [card for card in site.cards.values() if card["sort"] == "data-set"]
    return [
        DataSet(
            iri=card["iri"],
            title=card["title"][language],
            publisher=card["publisher"],
            values=card["values"],
            years=card.get("years", ()),
            licence=card.get("licence"),
            attribution=card.get("attribution"),
        )
        for card in sorted(cards, key=lambda card: (-card["values"], card["iri"]))
    ]


def _named_graphs(site: Site, language: Language) -> list[Graph]:
    """The named graphs, those that say the most first."""
    of_editors = site.local(iri.graph(site.editors.rpartition("/")[2]))
    cards = [card for card in site.cards.values() if card["sort"] in {"source", "vocabulary"}]
    return [
        Graph(
            iri=card["iri"],
            title=card["title"][language],
            statements=card["triples"],
            standing="editorial" if card["iri"] == str(of_editors) or card["sort"] == "vocabulary" else "published",
            licence=card.get("licence"),
            attribution=card.get("attribution"),
        )
        for card in sorted(cards, key=lambda card: (-card["triples"], card["iri"]))
    ]


def _listed(question: Question, language: Language) -> ExampleQuery:
    return ExampleQuery(question.name, question.header.answers.text().in_(language))


def _question(site: Site, name: str, language: Language) -> ExampleQuery:
    """An example query with its text on the base of the release, its parameters bound to examples. Raises Problem."""
    found = questions().get(name)
    if found is None:
        there = list(questions())
        raise wrong_value("question", name, Text(", ".join(there), ", ".join(there)), there)
    return msgspec.structs.replace(_listed(found, language), query=found.example(site.authored_on, language))


def _left_out(number: int, what: Text, language: Language) -> str | None:
    return what.in_(language).format(number=number) if number > 0 else None


_STATEMENTS = Text(
    "Varje sak har mg:statedIn till raderna som uppger den; en rad har dcterms:source och mg:confidence: certain, "
    "eller likely. Det som har källan editors är redaktionens eget, och ingen annan står bakom det. En koppling "
    "(mg:Mapping) har mg:standing: published, editorial eller proposed. Varje källa har en namngiven graf, så GRAPH "
    "?graf säger vem som uppger en trippel. Räkna aldrig andelar av bedömningar: bara de som någon källa uppger finns "
    "här.",
    "Every thing has mg:statedIn to the rows that state it; a row has dcterms:source and mg:confidence: certain, or "
    "likely. What has the source editors is the editors' own, and nobody else stands behind it. A mapping "
    "(mg:Mapping) has mg:standing: published, editorial or proposed. Each source has a named graph, so GRAPH ?graph "
    "tells who states a triple. Never reckon shares of the assessments: only those that some source states are here.",
)
_OBSERVATIONS = Text(
    "Värdena är en RDF Data Cube. En datamängd (qb:DataSet) har genom qb:slice en serie (qb:Slice) för varje område, "
    "och för varje sektor eller kön där den är delad; en serie har genom qb:observation en observation för varje år. "
    "En observation har qb:dataSet, sdmx-dimension:refArea, sdmx-dimension:refPeriod (xsd:gYear), "
    "sdmx-measure:obsValue och sdmx-attribute:unitMeasure. Börja från en datamängd, en serie eller ett område. "
    "Adressen är gjord av delarna: {base}id/observation/ datamängd / område / år, och sektor eller kön sist där serien "
    "är delad. En serie har mg:firstYear och mg:lastYear, så det senaste värdet slås upp med adressen. Länens och "
    "kommunernas koder har 2 och 4 siffror, landets är SE.",
    "Values are an RDF Data Cube. A data set (qb:DataSet) has by qb:slice a series (qb:Slice) for each area, and for "
    "each sector or sex where it is divided; a series has by qb:observation an observation for each year. An "
    "observation has qb:dataSet, sdmx-dimension:refArea, sdmx-dimension:refPeriod (xsd:gYear), sdmx-measure:obsValue "
    "and sdmx-attribute:unitMeasure. Begin from a data set, a series or an area. Its address is made of these: "
    "{base}id/observation/ data set / area / year, with sector or sex last where the series is divided. A series has "
    "mg:firstYear and mg:lastYear, so the latest value is looked up by its address. The codes of counties and "
    "municipalities have 2 and 4 digits, that of the country is SE.",
)
_GRAPHS = Text(
    "{number} mindre grafer är utelämnade. Fråga SELECT med GRAPH ?graf för att räkna upp dem, eller sök efter en "
    "källa med find.",
    "{number} smaller graphs are left out. Ask a SELECT with GRAPH ?graph to list them, or look for a source with "
    "find.",
)
_DATA_SETS = Text(
    "{number} datamängder med färre värden är utelämnade. Sök dem med find och kind=dataset.",
    "{number} data sets with fewer values are left out. Look for them with find and kind=dataset.",
)
_PROPERTIES = Text(
    "{number} egenskaper som används mer sällan är utelämnade. Fråga efter en klass för att se dess.",
    "{number} properties that are used less are left out. Ask for a class to see those of it.",
)

TOOL = Tool(
    name="schema",
    title="What there is to ask",
    description=(
        "Tells what the release holds and how it is put: classes with their numbers, prefixes, how statements and "
        "observations are laid out, data sets, and example queries with what each answers. Ask for one class to see "
        "its properties with how many things have each, or for one example query to have its text. Begin here before "
        "writing a query."
    ),
    arguments=SchemaArguments,
    answer=SchemaAnswer,
    run=schema,
)
