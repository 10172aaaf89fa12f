"""The page of what can be fetched, the pages of releases and of what changed, and how to cite."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "nav-data": Text("Ladda ner", "Download"),
    "data-title": Text("Ladda ner data", "Download the data"),
    "data-lead": Text(
        "Allt i utgåvan {id}, {triples} uppgifter, går att hämta: som en fil, källa för källa eller som tabeller.",
        "All of release {id}, {triples} statements, can be fetched: as one file, source by source, or as tables.",
    ),
    "data-all": Text("Allt i en fil", "All in one file"),
    "data-all-text": Text(
        "N-Quads, gzip-komprimerad: varje uppgift med den namngivna graf som säger var den kommer från.",
        "N-Quads, compressed with gzip: each statement with the named graph that tells where it comes from.",
    ),
    "data-mappings-text": Text(
        "Kopplingarna mellan miljömålen och Agenda 2030, publicerade och redaktionella, var och en med sin motivering. "
        "De från etappmål och indikatorer är med i filerna här, men inte i matrisen.",
        "The mappings between the objectives and the 2030 Agenda, published and editorial, each with its "
        "justification. Those of milestone targets and indicators are in the files here, but not in the matrix.",
    ),
    "data-mappings-choose": Text("Välj ut några av dem", "Choose some of them"),
    "data-tables": Text("Datamängder som tabeller", "Data sets as tables"),
    "data-tables-text": Text(
        "En rad för varje observation, med källans siffror: CSV i UTF-8. Som en kub: JSON-stat.",
        "A row for each observation, with the digits of the source: CSV in UTF-8. As a cube: JSON-stat.",
    ),
    "data-by-source": Text("Källa för källa", "Source by source"),
    "data-by-source-text": Text(
        "Det som varje källa säger är en namngiven graf, under källans egen licens.",
        "What each source states is a named graph, under the licence of the source.",
    ),
    "data-vocabulary": Text("Vokabulären", "The vocabulary"),
    "data-vocabulary-whole": Text(
        "Vokabulären, begreppen och deras ändringar", "The vocabulary, the concepts and their changes"
    ),
    "data-descriptions": Text("Beskrivningar för program", "Descriptions for programs"),
    "data-catalogue": Text("Datakatalog i DCAT-AP-SE", "Data catalogue in DCAT-AP-SE"),
    "data-void": Text("Vad utgåvan rymmer, i VoID", "What the release holds, in VoID"),
    "data-package": Text("Filerna som datapaket (Frictionless)", "The files as a data package (Frictionless)"),
    "data-sums": Text("Kontrollsummor (SHA-256)", "Checksums (SHA-256)"),
    "data-examples": Text("Exempelfrågor och prefix", "Example questions and prefixes"),
    "data-service": Text("Beskrivning av SPARQL-tjänsten", "Description of the SPARQL service"),
    "data-stream": Text("Ändringarna som händelseström (LDES)", "The changes as an event stream (LDES)"),
    "data-feed": Text("Vad som är nytt, som flöde (Atom)", "What changed, as a feed (Atom)"),
    "data-reconcile": Text(
        "Matcha namn i en egen tabell, till exempel i OpenRefine",
        "Match the names in a table of yours, such as in OpenRefine",
    ),
    "data-models": Text("Låt en språkmodell fråga (MCP)", "Let a language model ask (MCP)"),
    "data-set": Text("Datamängd", "Data set"),
    "data-values": Text("Värden", "Values"),
    "data-years": Text("År", "Years"),
    "data-statements": Text("Uppgifter", "Statements"),
    "data-files": Text("Filer", "Files"),
    "data-whole": Text("Hela datamängden", "The whole data set"),
    "data-not-told": Text(
        "Den här utgåvan gjordes innan utgåvor beskrev sina filer.",
        "This release was made before releases described their files.",
    ),
    # releases
    "releases-title": Text("Utgåvor", "Releases"),
    "releases-lead": Text(
        "Varje utgåva är för sig och ändras aldrig. De som finns kvar svarar på samma sätt som den senaste.",
        "Each release stands for itself and never changes. Those that are kept answer as the newest does.",
    ),
    "releases-text": Text(
        "Sätt /releases/ och utgåvans beteckning före en adress för att få samma sida eller data ur den utgåvan.",
        "Put /releases/ and the id of a release before an address to get the same page or data from that release.",
    ),
    "releases-all": Text("Alla utgåvor", "All releases"),
    "release-made": Text("Gjord", "Made"),
    "release-sources-until": Text("Källor till och med", "Sources up to"),
    "release-more": Text("Mer", "More"),
    "release-this": Text("den du läser", "the one you read"),
    "release-not-kept": Text("finns inte kvar", "not kept any more"),
    "release-beside": Text(
        "Du läser utgåva {id}, på dess egen adress.", "You are reading release {id}, at its own address."
    ),
    "release-newest": Text("Till den senaste utgåvan", "To the newest release"),
    # earlier versions
    "versions-title": Text("Tidigare versioner", "Earlier versions"),
    "versions-of": Text("Tidigare versioner: {name}", "Earlier versions: {name}"),
    "versions-text": Text(
        "Utgåvorna som finns kvar och har det här, den senaste först. Var och en visar det som det var då.",
        "The releases that are kept and have this, the newest first. Each shows it as it was then.",
    ),
    "versions-ended": Text("I utgåva {id} finns det inte.", "It is not in release {id}."),
    "versions-new": Text("Ny i den här utgåvan.", "New in this release."),
    "versions-changed": Text("Ändrad.", "Changed."),
    "versions-changed-before": Text(
        "Ändrad i en utgåva däremellan, som inte finns kvar.", "Changed in a release in between, which is not kept."
    ),
    "versions-same": Text("Oförändrad.", "Unchanged."),
    "versions-from-before": Text(
        "Den äldsta som finns kvar; så här redan i en utgåva före.",
        "The oldest that is kept; it was like this in a release before.",
    ),
    "versions-not-told": Text(
        "Det står inte vad som är nytt i en enskild rad.", "What is new in a single row is not told."
    ),
    "versions-programs": Text(
        "Program får samma lista (TimeMap, RFC 7089):", "Programs get the same list (TimeMap, RFC 7089):"
    ),
    "versions-as-links": Text("som länkar", "as links"),
    # what changed
    "changes-title": Text("Vad som är nytt i utgåva {id}", "What changed in release {id}"),
    "changes-link": Text("Vad som är nytt", "What changed"),
    "changes-lead": Text(
        "Jämfört med utgåva {before}: {added} kom till, {removed} togs bort.",
        "Compared with release {before}: {added} came, {removed} went.",
    ),
    "changes-moved": Text(
        "{number} uppgifter finns i båda, men en annan källa anger dem nu eller också.",
        "{number} statements are in both, but another source states them now, or states them too.",
    ),
    "changes-rows": Text(
        "Tabellrader: {added} nya, {removed} borttagna, {changed} ändrade.",
        "Rows of tables: {added} added, {removed} removed, {changed} changed.",
    ),
    "changes-shifted": Text(
        "Tabellrader som säger samma sak på en annan rad i tabellen: {number}.",
        "Rows of tables that say the same on another line: {number}.",
    ),
    "changes-none": Text("Ingen sak har ändrats.", "No thing has changed."),
    "changes-first": Text("Det här är den första utgåvan.", "This is the first release."),
    "changes-not-told": Text(
        "Den här utgåvan gjordes innan utgåvor sparade vad som var nytt i dem. Kommandot miljograf diff räknar ut det.",
        "This release was made before releases kept what changed in them. The command miljograf diff works it out.",
    ),
    "changes-follow": Text("Följ ändringarna", "Follow the changes"),
    "changes-stream-text": Text(
        "Den som har en kopia av data håller den i takt med en händelseström (LDES): en ny version av varje sak som "
        "har tillkommit, ändrats eller utgått, utgåva för utgåva. Program läser den på /changes.",
        "Whoever has a copy of the data keeps it in step with an event stream (LDES): a new version of each thing that "
        "was added, changed or withdrawn, release by release. Programs read it at /changes.",
    ),
    "changes-stream": Text("Händelseströmmen i Turtle", "The event stream in Turtle"),
    "feed-title": Text("Vad som är nytt i Miljögrafen", "What changed in Miljögrafen"),
    "feed-subtitle": Text(
        "Varje utgåva, med de saker som har tillkommit, ändrats eller utgått.",
        "Each release, with the things that were added, changed or withdrawn.",
    ),
    "changes-feed-text": Text(
        "Den som vill läsa om varje ny utgåva i ord följer flödet i en flödesläsare.",
        "Whoever wants to read of each new release in words follows the feed in a feed reader.",
    ),
    "changes-feed": Text("Flödet i Atom", "The feed in Atom"),
    "changes-added": Text("Nya", "Added"),
    "changes-removed": Text("Borttagna", "Removed"),
    "changes-changed": Text("Ändrade", "Changed"),
    "changes-before": Text("före:", "before:"),
    "changes-after": Text("efter:", "after:"),
    "changes-gone": Text("struket:", "deleted:"),
    "changes-came": Text("tillagt:", "inserted:"),
    "changes-terms": Text("Termer och begrepp", "Terms and concepts"),
    "changes-other": Text("Övrigt", "Other things"),
    "statements.one": Text("uppgift", "statement"),
    "statements.many": Text("uppgifter", "statements"),
    # how to cite
    "cite-bibtex": Text("BibTeX", "BibTeX"),
    "cite-csl": Text("CSL-JSON", "CSL-JSON"),
    "cite-more": Text("För referenshanterare", "For reference managers"),
}
