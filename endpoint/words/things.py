"""The page of one thing."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "on-this-page": Text("På den här sidan", "On this page"),
    "iri": Text("Identifierare", "Identifier"),
    "type": Text("Typ", "Type"),
    "properties": Text("Egenskaper", "Properties"),
    "properties-shown": Text("Visa egenskaperna, som data har dem", "Show the properties, as data have them"),
    "show-all": Text("Visa alla {number}", "Show all {number}"),
    "further-in-data": Text(
        "{number} till finns i dokumentets övriga format.", "{number} more are in the other formats of the document."
    ),
    "incoming": Text("Pekar hit", "What points here"),
    "incoming-text": Text(
        "Andra saker som nämner den här, efter egenskap.", "Other things that name this one, by property."
    ),
    "and-more": Text("och {number} till", "and {number} more"),
    "page-before": Text("föregående sida", "previous page"),
    "claims": Text("Var det står", "Where it is stated"),
    "claims-text": Text(
        "Raderna i Miljögrafens tabeller som uppgifterna kommer från. Säkerheten gäller om källan säger det som "
        "raden återger.",
        "The rows of Miljögrafen's tables that the statements come from. Confidence tells how sure it is that the "
        "source states what the row says.",
    ),
    "claims-text-delivered": Text(
        "Raderna som uppgifterna kommer från, i filer som andra har levererat och i Miljögrafens tabeller. Säkerheten "
        "gäller om källan säger det som raden återger.",
        "The rows that the statements come from, in files that others have delivered and in Miljögrafen's tables. "
        "Confidence tells how sure it is that the source states what the row says.",
    ),
    "row": Text("Rad", "Row"),
    "confidence": Text("Säkerhet", "Confidence"),
    "about-the-document": Text("Om dokumentet", "About the document"),
    "formats": Text("Hämta", "Download"),
    "the-query": Text("Frågan bakom sidan", "The query behind the page"),
    "in-sparql": Text("i SPARQL", "in SPARQL"),
    "history-changed": Text("Ändrad sedan utgåva {id}.", "Changed since release {id}."),
    "history-difference": Text("Se skillnaden", "See the difference"),
    "history-new": Text("Fanns inte i utgåva {id}.", "Was not in release {id}."),
    "history-same": Text("Oförändrad sedan utgåva {id}.", "Unchanged since release {id}."),
    "retrieved-on": Text("(läst {date})", "(read {date})"),
    "cite-words": Text("hänvisning", "citation"),
    "cite": Text("Citera", "Cite"),
    "followed-up-by": Text("Följs upp av", "Followed up by"),
    "specifications-text": Text(
        "Kortnamn. Numren är Miljögrafens egna och säger bara i vilken ordning preciseringarna står.",
        "Short names. The numbers are Miljögrafen's own and only give the order of the specifications.",
    ),
    "milestones-text": Text(
        "De etappmål som enligt en källa rör målet. Fler kan göra det.",
        "The milestone targets that a source says concern the objective. Others may too.",
    ),
    "all-milestones": Text("Alla etappmål efter ämne", "All milestone targets by theme"),
    "milestones-list-text": Text(
        "Koderna är Miljögrafens egna. Namnen är korta namn, inte den officiella lydelsen. Efter dem står målåret, och "
        "vad en uppföljning säger.",
        "The codes are Miljögrafen's own. The names are short names, not the official wording. After them stands the "
        "target year, and what a follow-up says.",
    ),
    "place": Text("Plats", "Place"),
    "part-of-goal": Text("Del av", "Part of"),
    "place-in-order": Text("Ordning", "Order"),
    "place-in-order-text": Text("(Miljögrafens numrering)", "(as numbered by Miljögrafen)"),
    "listed-in": Text("Listad i", "Listed in"),
    "listed-in-framework": Text("ramverket från {year}", "the framework of {year}"),
    "un-indicator": Text("Hos FN", "With the UN"),
    "un-indicator-same": Text("samma indikator", "the same indicator"),
    "un-indicator-close": Text("ungefär samma indikator", "nearly the same indicator"),
    "un-indicator-none": Text("Ingen IRI hos FN betyder samma sak.", "No IRI of the United Nations means the same."),
    "report-kind": Text("Sorts rapport", "Kind of report"),
    "report-part-of": Text("Ingår i", "Part of"),
    "operated-by": Text("Förvaltas av", "Operated by"),
    "link-basis": Text("Grund", "Basis"),
    "link-stated-text": Text("Källan anger målet.", "The source states the goal."),
    "name-of": Text("Namn på", "Name of"),
    "name-when": Text("Tid", "Time"),
    "published-by-actor": Text("Har gett ut", "Has issued"),
    "source-kind": Text("Sorts källa", "Kind of source"),
    "source-address": Text("Adress", "Address"),
    "source-retrieved": Text("Hämtad", "Retrieved"),
    "source-due": Text("Bör hämtas igen", "To be fetched again"),
    "source-due-text": Text(
        "Så ofta brukar källan ändras. Efter den dagen kan det finnas nyare uppgifter där än här.",
        "So often does the source change. After that day it may have newer facts than stand here.",
    ),
    "source-stale": Text("Inte förnyad sedan", "Stale since"),
    "source-stale-text": Text(
        "Sedan dess har källan inte gått att hämta på nytt. Det som står här är från den dag då den hämtades.",
        "Since then the source could not be fetched anew. What stands here is of the day on which it was retrieved.",
    ),
    "source-says": Text("Vad källan säger", "What the source says"),
    "source-says-text": Text(
        "Så många rader i Miljögrafens tabeller vilar på källan.",
        "So many rows of Miljögrafen's tables rest on the source.",
    ),
    "source-says-all": Text("Läs allt i SPARQL", "Read it all in SPARQL"),
    "rows-said.one": Text("rad", "row"),
    "rows-said.many": Text("rader", "rows"),
    "row-stands-in": Text("Står i", "Stands in"),
    "row-place": Text("{file}, rad {line}", "{file}, line {line}"),
    "report": Text("Rapportera ett fel", "Report an error"),
    "report-text": Text(
        "Öppnar ett brev där sakens adress, utgåvan och raderna är ifyllda.",
        "Opens a letter with the address of the thing, the release and the rows filled in.",
    ),
    "report-write": Text("Skriv till {address}", "Write to {address}"),
}

REPORT: dict[str, Text] = {
    "subject": Text("Fel i Miljögrafen: {thing}", "An error in Miljögrafen: {thing}"),
    "body": Text(
        "Sak: {iri}\nUtgåva: {release}\nRader:\n{rows}\n\nVad är fel?\n\n\nVad borde det stå, och vilken källa säger "
        "det?\n",
        "Thing: {iri}\nRelease: {release}\nRows:\n{rows}\n\nWhat is wrong?\n\n\nWhat should it say, and which source "
        "says so?\n",
    ),
    "more": Text("och {number} till", "and {number} more"),
    "proposals": Text("Förslag på kopplingar till Agenda 2030", "Proposed mappings to the 2030 Agenda"),
}
"""What stands in the letters that a reader can send."""
