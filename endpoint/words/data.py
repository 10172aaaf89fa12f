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
    "data-tables": Text("Datamängder som tabeller", "Data sets as tables"),
    "data-tables-text": Text(
        "En rad för varje observation, med källans siffror. CSV i UTF-8.",
        "A row for each observation, with the digits of the source. CSV in UTF-8.",
    ),
    "data-by-source": Text("Källa för källa", "Source by source"),
    "data-by-source-text": Text(
        "Det som varje källa säger är en namngiven graf, under källans egen licens.",
        "What each source states is a named graph, under the licence of the source.",
    ),
    "data-vocabulary": Text("Vokabulären", "The vocabulary"),
    "data-descriptions": Text("Beskrivningar för program", "Descriptions for programs"),
    "data-catalogue": Text("Datakatalog i DCAT-AP-SE", "Data catalogue in DCAT-AP-SE"),
    "data-void": Text("Vad utgåvan rymmer, i VoID", "What the release holds, in VoID"),
    "data-package": Text("Filerna som datapaket (Frictionless)", "The files as a data package (Frictionless)"),
    "data-sums": Text("Kontrollsummor (SHA-256)", "Checksums (SHA-256)"),
    "data-examples": Text("Exempelfrågor och prefix", "Example questions and prefixes"),
    "data-service": Text("Beskrivning av SPARQL-tjänsten", "Description of the SPARQL service"),
    "data-set": Text("Datamängd", "Data set"),
    "data-values": Text("Värden", "Values"),
    "data-years": Text("År", "Years"),
    "data-statements": Text("Uppgifter", "Statements"),
    "data-files": Text("Filer", "Files"),
    "data-not-told": Text(
        "Den här utgåvan gjordes innan utgåvor beskrev sina filer.",
        "This release was made before releases described their files.",
    ),
    # how to cite
    "cite-bibtex": Text("BibTeX", "BibTeX"),
    "cite-csl": Text("CSL-JSON", "CSL-JSON"),
    "cite-more": Text("För referenshanterare", "For reference managers"),
}
