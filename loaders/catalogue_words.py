"""What a catalogue says in words: titles, descriptions, keywords, and what applies where no licence is stated."""

from __future__ import annotations

from loaders.holdings import DataSetHolding, SourceHolding
from ontology.text import LANGUAGES, Text

CATALOGUE_TITLE = Text("Miljögrafens datakatalog", "The data catalogue of Miljögrafen")
CATALOGUE_DESCRIPTION = Text(
    "Datamängderna i Miljögrafen: helheten, vad varje källa anger, och varje datamängd med observationer.",
    "The datasets of Miljögrafen: the whole, what each source states, and each data set of observations.",
)
SERVICE_TITLE = Text("Miljögrafens SPARQL-tjänst", "The SPARQL service of Miljögrafen")
SERVICE_DESCRIPTION = Text(
    "Frågor i SPARQL 1.1 över hela utgåvan. Standardgrafen är unionen av alla namngivna grafer.",
    "Queries in SPARQL 1.1 over the whole release. The default graph is the union of all named graphs.",
)
VOCABULARY_TITLE = Text("Miljögrafens vokabulär", "The vocabulary of Miljögrafen")
VOCABULARY_DESCRIPTION = Text(
    "Klasserna, egenskaperna och begreppen som uppgifterna är skrivna med.",
    "The classes, properties and concepts that the statements are written with.",
)
KEYWORDS = (Text("miljömål", "environmental objective"), Text("länkade data", "linked data"))
NO_LICENCE = Text(
    "Ingen licens är antecknad för källan. Hör med den innan du återanvänder uppgifterna, och ange den.",
    "No licence is recorded for the source. Ask it before you reuse the statements, and name it.",
)
STREAM_TITLE = Text("Ändringarna som händelseström", "The changes as an event stream")
STREAM_DESCRIPTION = Text(
    "En ny version av varje sak som har tillkommit, ändrats eller utgått, utgåva för utgåva, för den som har en kopia.",
    "A new version of each thing that was added, changed or withdrawn, release by release, for whoever keeps a copy.",
)
EACH_ITS_OWN = Text(
    "För uppgifterna i varje namngiven graf gäller källans licens; där ingen är antecknad är ingen känd.",
    "The statements of each named graph are under the licence of its source; where none is recorded, none is known.",
)


def about_source(source: SourceHolding) -> Text:
    """What the named graph of a source is, in a sentence or two."""
    kinds = Text(*(", ".join(kind.many.in_(language) for kind in source.kinds) for language in LANGUAGES))
    read = Text(
        f"Uppgifter som Miljögrafen återger ur {source.title} ({source.publisher}), läst {source.retrieved}.",
        f"What Miljögrafen gives from {source.title} ({source.publisher}), read on {source.retrieved}.",
    )
    if not source.kinds:
        return Text(
            f"{read.sv} De lägger till något om saker ur andra källor.",
            f"{read.en} It adds to things of other sources.",
        )
    return Text(f"{read.sv} De gäller: {kinds.sv}.", f"{read.en} It concerns: {kinds.en}.")


def about_data_set(data_set: DataSetHolding) -> Text:
    """What a data set of observations is: its values, its years, who gives it out, and what has to be known of it."""
    first, last = data_set.years
    years = first if first == last else f"{first}–{last}"
    many = ("er", "s") if data_set.values > 1 else ("", "")
    swedish, english = (f" {known}" if (known := data_set.known.in_(language)) else "" for language in LANGUAGES)
    return Text(
        f"{data_set.values} observation{many[0]}, {years}. Utgivare: {data_set.publisher}.{swedish}",
        f"{data_set.values} observation{many[1]}, {years}. Publisher: {data_set.publisher}.{english}",
    )


def to_name(attribution: str) -> Text:
    """How a source asks to be named."""
    return Text(f"Ange källan så här: {attribution}", f"Name the source like this: {attribution}")


def origin(of: str) -> Text:
    """Where the values of a data set were taken from, by its publisher."""
    return Text(f"Värdena kommer från: {of}.", f"The values come from: {of}.")
