"""What a release offers to programs beside what any data are served through, as `interface` has it."""

from __future__ import annotations

from collections.abc import Sequence

from endpoint.comparison import MOST_AREAS
from endpoint.csvw import METADATA
from endpoint.documents.forms import Form
from endpoint.formats import CSV, DOCUMENTS, GEOJSON, GRAPHS, HTML, JSONLD, WORKBOOK, Format
from endpoint.interface.any_data import (
    IN_A_FORMAT,
    JSON_TYPE,
    LANGUAGE,
    OF_A_GRAPH,
    PLAIN_TYPE,
    Group,
    Operation,
    Parameter,
    in_path,
    types_of,
)
from endpoint.interface.archive_interface import OF_ALL_RELEASES
from endpoint.interface.protocols_interface import PROTOCOLS
from endpoint.interface.questions_interface import ASKED
from endpoint.interface.replies import Suggestions, ValidationTold
from endpoint.mapping.exports import FILES, Extent
from endpoint.mapping.selection import ALLOWED
from endpoint.search.index import MOST_CHARACTERS
from loaders.templates import TEMPLATES
from ontology import addresses
from ontology.kinds import KINDS
from ontology.schemes import Profile
from ontology.text import LANGUAGES, Text

_PAGE = HTML.media_types[0]


def _suffix(formats: Sequence[Format], example: str) -> Parameter:
    return in_path("suffix", _SUFFIX, example, [format_.suffix for format_ in formats])


_SUFFIX = Text("Ändelsen väljer format.", "The suffix chooses the format.")
_KIND = in_path("kind", Text("Vilken sorts sak det är.", "What kind of thing it is."), "objective", tuple(KINDS))
_KEY = in_path(
    "key",
    Text("Sakens nyckel. Snedstreck i den skrivs som de är, inte %2F.",
         "The key of the thing. Slashes in it are written as they are, and not %2F."),
    "8",
)  # fmt: skip

_FILTERS = tuple(
    Parameter(name, says, example, ALLOWED[name])
    for name, says, example in (
        ("objective", Text("Miljökvalitetsmålet, eller GEN för generationsmålet.",
                           "The environmental quality objective, or GEN for the generational goal."), "8"),
        ("goal", Text("Det globala målet.", "The Sustainable Development Goal."), "6"),
        ("level", Text("Hela mål eller delmål.", "Whole goals or targets."), ""),
        ("basis", Text("Vem som står bakom.", "Who stands behind it."), ""),
        ("relation", Text("Sambandet.", "The relation."), ""),
        ("strength", Text("Styrkan.", "The strength."), ""),
    )
)  # fmt: skip

_EXTENT = Parameter(
    "of",
    Text("Vems kopplingar: de som matrisen har rader för, eller även etappmålens och indikatorernas.",
         "Whose mappings: those that the matrix has rows for, or those of milestone targets and indicators too."),
    "",
    tuple(Extent),
)  # fmt: skip

_OF_A_COMPARISON = (
    LANGUAGE,
    in_path("key", Text("Datamängdens nyckel.", "The key of the data set."), "ghg-county-2026-08"),
    Parameter("year", Text("Året som områdena rangordnas för.", "The year that areas are ranked for.")),
    Parameter("from", Text("Första året.", "The first year."), "2015"),
    Parameter("to", Text("Sista året.", "The last year."), "2020"),
    Parameter("kind", Text("Vilken sorts områden.", "Which kind of areas.")),
    Parameter("within", Text("Bara kommunerna i det här länet.", "Only the municipalities of this county.")),
    Parameter("sector", Text("Sektorn, i en datamängd med sådana.", "The sector, in a data set with these.")),
    Parameter(
        "area",
        Text(
            f"Ett område som sidan visar bredvid andra, högst {MOST_AREAS}; filen har alla områden i rangordningen.",
            f"An area that the page shows beside others, {MOST_AREAS} at most; the file has all areas of the ranking.",
        ),
        "14",
        may_repeat=True,
    ),
)

RELEASE = (
    Operation(
        "/id/{kind}/{key}",
        Group.THINGS,
        Text("Saken själv: leder till dokumentet om den. 410 där den har upphört, 308 där den är ersatt, "
             "300 där den är delad.",
             "The thing itself: leads to the document about it. 410 where it has ended, 308 where it was "
             "replaced, 300 where it was divided."),
        (_KIND, _KEY),
        problems=(404, 410),
        also=(300, 308),
    ),
    Operation(
        "/res/{kind}/{key}",
        Group.THINGS,
        Text("Dokumentet om en sak, i det format och på det språk som huvudena ber om.",
             "The document about a thing, in the format and language that the headers ask for."),
        (
            _KIND,
            _KEY,
            Parameter("profile", Text("Hur JSON-LD är ordnad.", "How JSON-LD is arranged."), "", tuple(Profile)),
            Parameter("form", Text("Formen av JSON-LD; expanded har hela IRI:er och ingen kontext.",
                                   "The form of JSON-LD; expanded has whole IRIs and no context."), "", tuple(Form)),
            Parameter("through", Text("Bara det som pekar hit genom en egenskap.",
                                      "Only what points here through one property.")),
            Parameter("page", Text("Sidan av det som pekar hit.", "The page of what points here."), is_number=True),
        ),
        types_of((HTML, *DOCUMENTS, CSV, GEOJSON)),
        (404, 406, 410),
    ),
    Operation(
        "/res/{kind}/{key}.{suffix}",
        Group.THINGS,
        Text("Samma dokument i ett format: samma byte som efter förhandling.",
             "The same document in one format: the same bytes as after negotiation."),
        (_KIND, _KEY, _suffix((*DOCUMENTS, CSV, GEOJSON), "ttl")),
        types_of((*DOCUMENTS, CSV, GEOJSON)),
        (404, 410),
    ),
    Operation(
        "/res/{kind}/{key}.{language}.html",
        Group.THINGS,
        Text("Sidan om en sak.", "The page about a thing."),
        (_KIND, _KEY, LANGUAGE),
        (_PAGE,),
        (404, 410),
    ),
    Operation(
        "/spec/{name}",
        Group.THINGS,
        Text("En term i vokabulären: leder till sitt dokument.", "A term of the vocabulary: leads to its document."),
        (in_path("name", Text("Termens namn.", "The name of the term."), "contributesTo"),),
        problems=(404,),
    ),
    Operation(
        "/def/{scheme}/{concept}",
        Group.THINGS,
        Text("Ett begrepp: leder till dokumentet om det.", "A concept: leads to its document."),
        (
            in_path("scheme", Text("Begreppsschemat.", "The concept scheme."), "confidence"),
            in_path("concept", Text("Begreppet.", "The concept."), "certain"),
        ),
        problems=(404,),
    ),
    Operation(
        "/shapes/{name}",
        Group.THINGS,
        Text("En form som sakerna har prövats mot: leder till filen.",
             "A shape that things were checked against: leads to its file."),
        (in_path("name", Text("Formens namn.", "The name of the shape."), "objective"),),
        problems=(404,),
    ),
    Operation(
        "/context.jsonld",
        Group.THINGS,
        Text("JSON-LD-kontexten som dokumenten använder.", "The JSON-LD context of the documents."),
        answers=types_of((JSONLD,)),
    ),
    Operation(
        "/frames/{kind}.jsonld",
        Group.THINGS,
        Text("JSON-LD-ramen för en sorts sak.", "The JSON-LD frame for one kind of thing."),
        (_KIND,),
        types_of((JSONLD,)),
        (404,),
    ),
    Operation(
        "/graphs/{name}",
        Group.ASKING,
        Text("Allt som en källa säger, på grafens egen adress.", "All that one source states, at the graph's address."),
        (
            in_path("name", Text("Källans nyckel.", "The key of the source."), "vocabulary"),
            *IN_A_FORMAT,
        ),
        types_of(GRAPHS),
        OF_A_GRAPH,
    ),
    Operation(
        "/mappings.{suffix}",
        Group.MAPPINGS,
        Text("Kopplingarna mellan miljömål och globala mål, urvalet som sidan visar; med of=all varje koppling.",
             "The mappings between objectives and global goals, the selection that the page shows; with of=all, every "
             "mapping."),
        (_suffix(FILES, "csv"), *_FILTERS, _EXTENT),
        types_of(FILES),
        (404,),
    ),
    Operation(
        "/suggest",
        Group.FINDING,
        Text("De få saker, begrepp, sidor och exempelfrågor som passar bäst, för den som skriver än.",
             "The few things, terms, pages and example questions that fit best, for who is still typing."),
        (
            Parameter("q", Text(f"Det skrivna, högst {MOST_CHARACTERS} tecken.",
                                f"What is typed, {MOST_CHARACTERS} characters at most."), "hav"),
            Parameter("lang", Text("Språket för namnen.", "The language of the names."), "sv", LANGUAGES),
        ),
        (JSON_TYPE,),
        reply=Suggestions,
    ),
    *PROTOCOLS,
    *(
        Operation(
            f"/{{language}}/compare/{{key}}.{format_.suffix}",
            Group.FINDING,
            says,
            _OF_A_COMPARISON,
            types_of((format_,)),
            (404,),
        )
        for format_, says in (
            (CSV, Text("En datamängds områden jämförda, som tabell.", "The areas of a data set compared, as a table.")),
            (WORKBOOK, Text("Samma tabell i Excel, med ord.", "The same table in Excel, in words.")),
        )
    ),
    *(
        Operation(path, Group.DESCRIPTION, says, answers=types_of(GRAPHS), problems=(406,))
        for path, says in (
            ("/catalog", Text("Katalogen i DCAT-AP-SE, att skörda.", "The catalogue in DCAT-AP-SE, to be harvested.")),
            ("/.well-known/void", Text("Vad utgåvan rymmer, i VoID.", "What the release holds, in VoID.")),
            ("/.well-known/sparql-examples", Text("Exempelfrågorna och prefixen.", "Example queries and prefixes.")),
            ("/vocabulary", Text("Hela vokabulären.", "The whole vocabulary.")),
            ("/shapes", Text("Alla former som sakerna har prövats mot.",
                             "All the shapes that things were checked against.")),
        )
    ),
    Operation(
        f"/{addresses.API_CATALOG}",
        Group.DESCRIPTION,
        Text("Vad program kan fråga, som länkar (RFC 9727).", "What programs can ask, as links (RFC 9727)."),
        answers=("application/linkset+json",),
    ),
    Operation(
        "/validation.{suffix}",
        Group.DESCRIPTION,
        Text("Vad kontrollen av utgåvan fann.", "What the checking of the release found."),
        (in_path("suffix", _SUFFIX, "json", ("json", "ttl")),),
        (JSON_TYPE, *types_of(GRAPHS[:1])),
        (404,),
        reply=ValidationTold,
    ),
    Operation(
        "/data/",
        Group.FILES,
        Text("Filerna som kan hämtas: leder till listan.", "The files that can be fetched: leads to the list."),
        problems=(406,),
    ),
    Operation(
        "/data/datapackage.json",
        Group.FILES,
        Text("Filerna som ett Frictionless-datapaket.", "The files as a Frictionless data package."),
        answers=(JSON_TYPE,),
    ),
    Operation(
        "/data/{key}.csv-metadata.json",
        Group.FILES,
        Text("Vad kolumnerna i en datamängds tabell betyder.", "What the columns of the table of a data set mean."),
        (in_path("key", Text("Datamängdens nyckel.", "The key of the data set."), "ghg-county-2026-08"),),
        METADATA.media_types,
        (404,),
    ),
    Operation(
        "/data/SHA256SUMS",
        Group.FILES,
        Text("Filernas kontrollsummor.", "The checksums of the files."),
        answers=(PLAIN_TYPE,),
    ),
    Operation(
        "/data/{name}",
        Group.FILES,
        Text("En fil, hel eller i delar (Range).", "One file, whole or in ranges."),
        (in_path("name", Text("Filens namn.", "The name of the file."), "all.nq.gz"),),
        ("application/gzip", JSON_TYPE, *types_of((CSV, *GRAPHS))),
        (404, 412, 416),
    ),
    Operation(
        "/data/{key}.json",
        Group.FILES,
        Text("En datamängd i JSON-stat 2.0, med namn på det språk som huvudena ber om.",
             "A data set in JSON-stat 2.0, with names in the language that the headers ask for."),
        (in_path("key", Text("Datamängdens nyckel.", "The key of the data set."), "ghg-county-2026-08"),),
        (JSON_TYPE,),
        (404, 412, 416),
    ),
    *ASKED,
    *OF_ALL_RELEASES,
    Operation(
        "/templates/{name}.{language}.{suffix}",
        Group.FILES,
        Text("En tom mall att lämna åtgärder, program eller bedömningar i.",
             "An empty template to deliver measures, programmes or assessments in."),
        (
            in_path("name", Text("Vad som lämnas.", "What is delivered."), "measures",
                     tuple(TEMPLATES)),
            LANGUAGE,
            in_path("suffix", _SUFFIX, "csv", ("csv", "xlsx")),
        ),
        types_of((CSV, WORKBOOK)),
        (404,),
    ),
)  # fmt: skip
"""What a release is served through beside that."""
