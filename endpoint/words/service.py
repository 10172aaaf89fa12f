"""The page of the SPARQL service."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "service-title": Text("SPARQL-tjänsten", "The SPARQL service"),
    "service-lead": Text(
        "Här svarar data på frågor i SPARQL 1.1, från program och från den här sidan. Tjänsten kan bara läsas.",
        "Here the data answer questions in SPARQL 1.1, from programs and on these pages. The service can only be read.",
    ),
    "service-address": Text("Adress", "Address"),
    "service-ask": Text("Ställ en fråga", "Ask a question"),
    "service-default": Text("Standardgraf", "Default graph"),
    "service-union": Text(
        "Alla namngivna grafer tillsammans: {number} uppgifter.", "All named graphs together: {number} statements."
    ),
    "service-no-union": Text(
        "Tom. En fråga väljer själv sina grafer, med FROM eller default-graph-uri.",
        "Empty. A query chooses its graphs itself, with FROM or default-graph-uri.",
    ),
    "service-entailment": Text("Härledning", "Entailment"),
    "service-no-entailment": Text("Ingen: bara det som står där.", "None: only what is stated."),
    "service-functions": Text("Funktioner", "Functions"),
    "service-functions-text": Text(
        "De som SPARQL har, och för områden de av GeoSPARQL som beskrivningen räknar upp, som geof:sfIntersects.",
        "Those of SPARQL, and for areas those of GeoSPARQL that the description lists, such as geof:sfIntersects.",
    ),
    "service-federation": Text("Andra tjänster", "Other services"),
    "service-federation-text": Text("Kan frågas med SERVICE:", "Can be asked with SERVICE:"),
    "service-no-federation": Text(
        "Frågas inte: SERVICE avvisas. De får gärna fråga den här.",
        "Are not asked: SERVICE is refused. They are welcome to ask this one.",
    ),
    "service-description": Text("Samma beskrivning för program", "The same description for programs"),
    "service-formats": Text("Format", "Formats"),
    "service-formats-text": Text(
        "Formatet väljs med Accept, eller med format= i adressen. Den första raden gäller där allt är lika välkommet. "
        "Termer från RDF 1.2 ges till den som ber om version=1.2.",
        "The format is chosen with Accept, or with format= in the address. The first row holds where all are equally "
        "welcome. Terms of RDF 1.2 are given to those who ask for version=1.2.",
    ),
    "service-tables": Text("Svar på SELECT och ASK", "Answers to SELECT and ASK"),
    "service-graphs-as": Text(
        "Svar på CONSTRUCT och DESCRIBE, och grafer", "Answers to CONSTRUCT and DESCRIBE, and graphs"
    ),
    "format": Text("Format", "Format"),
    "media-type": Text("Mediatyp", "Media type"),
    "parameter": Text("Parameter", "Parameter"),
    "parameter-means": Text("Betydelse", "Meaning"),
    "service-openapi": Text("Alla adresser för program (OpenAPI)", "All addresses for programs (OpenAPI)"),
    "service-parameters": Text("Parametrar", "Parameters"),
    "parameter-query": Text(
        "Frågan, en gång. Också som kropp: application/sparql-query med POST eller QUERY.",
        "The query, once. As a body too: application/sparql-query by POST or QUERY.",
    ),
    "parameter-default-graph-uri": Text(
        "En graf som standardgrafen ska bestå av. Går före FROM i frågan.",
        "A graph that the default graph is to consist of. Takes precedence over FROM in the query.",
    ),
    "parameter-named-graph-uri": Text("En graf som GRAPH ska finna.", "A graph that GRAPH is to find."),
    "parameter-format": Text("Svarets format, i stället för Accept.", "The format of the answer, in place of Accept."),
    "parameter-timeout": Text("Så många sekunder vill du vänta, högst.", "How many seconds you want to wait at most."),
    "parameter-partial": Text(
        "1: det som ryms inom gränserna för rader och byte, märkt som kapat, i JSON eller XML. Tidsgränsen gäller "
        "ändå.",
        "1: what fits within the limits of rows and bytes, marked as cut, in JSON or XML. The limit of time holds all "
        "the same.",
    ),
    "parameter-version": Text(
        "1.2: svaret får ha tripletermer och texter med riktning.",
        "1.2: the answer may have triple terms and texts with a direction.",
    ),
    "service-empty": Text("Där ett svar är tomt", "Where an answer is empty"),
    "empty-term": Text(
        "En term som inte står i data är inget fel i SPARQL: det som kräver den finner inget, FILTER NOT EXISTS "
        "gäller allt. Så också en term som står där, men som inget har så som frågan vill. Frågesidan pekar ut båda.",
        "A term that is not in the data is no error in SPARQL: what needs it finds nothing, FILTER NOT EXISTS holds "
        "for everything. So too a term that is there, but that nothing has as the query wants it. The query page "
        "points out both.",
    ),
    "empty-language": Text(
        'En text med språk är en annan än samma text utan: skriv "skog"@sv, eller jämför STR(?text). Ett årtal är '
        '"2022"^^xsd:gYear, inte talet 2022: FILTER(?year >= 2022) gäller inget, och då räknas 0.',
        'A text with a language is another than the same text without: write "skog"@sv, or compare STR(?text). A '
        'year is "2022"^^xsd:gYear, not the number 2022: FILTER(?year >= 2022) holds for nothing, and a count is 0.',
    ),
    "empty-graphs": Text(
        "En fråga som väljer grafer får veta vad som står i dem och inget annat. FROM NAMED ger inget utanför GRAPH, "
        "och FROM ger inget inom GRAPH.",
        "A query that chooses graphs is told what stands in them and nothing else. FROM NAMED gives nothing outside of "
        "GRAPH, and FROM gives nothing within it.",
    ),
    "empty-joined": Text(
        "GROUP_CONCAT fogar samman texter och är tom över IRI:er: skriv GROUP_CONCAT(STR(?x)).",
        "GROUP_CONCAT joins texts and is empty over IRIs: write GROUP_CONCAT(STR(?x)).",
    ),
    "empty-names": Text(
        "De globala målen och delmålen har sina namn som mg:shortTitle, och inte som skos:prefLabel: skriv "
        "skos:prefLabel|mg:shortTitle. Datamängder, källor och rapporter har en titel, dcterms:title.",
        "The Sustainable Development Goals and their targets have their names as mg:shortTitle, and not as "
        "skos:prefLabel: write skos:prefLabel|mg:shortTitle. Data sets, sources and reports have a title, "
        "dcterms:title.",
    ),
    "empty-cell": Text(
        "Ett uttryck som går fel, eller en funktion som inte finns här, ger en tom cell och inget fel.",
        "An expression that goes wrong, or a function that does not exist here, gives an empty cell and no error.",
    ),
    "empty-unknown": Text(
        "Det som inte står i data är okänt, inte nej.", "What is not in the data is unknown, not no."
    ),
    "empty-remarks": Text(
        "Program får veta samma sak som frågesidan visar: ett svar som är tomt, eller räknar till 0, har huvudet "
        "Query-Remarks där frågan vill ha något som inget i data har. Detsamma gäller svaret på en fråga med EXISTS "
        "eller MINUS, som annars tar med för mycket i tysthet, och en kolumn som räknas ut och är tom i alla rader.",
        "Programs are told what the query page shows: an answer that is empty, or counts to 0, has the header "
        "Query-Remarks where the query asks for something that nothing in the data has. So has the answer to a query "
        "with EXISTS or MINUS, which would else take in too much in silence, and a column that is computed and is "
        "empty in every row.",
    ),
    "service-limits": Text("Gränser", "Limits"),
    "service-limits-text": Text(
        "En fråga som når en gräns får ett fel som säger vilken; inget svar kapas i tysthet.",
        "A query that meets a limit gets an error that names it; no answer is cut in silence.",
    ),
    "limit": Text("Gräns", "Limit"),
    "figure": Text("Värde", "Figure"),
    "service-graphs": Text("Grafer", "Graphs"),
    "service-graphs-text": Text(
        "Varje graf kan hämtas hel, på /graphs?graph= och grafens IRI, eller läsas som tabell.",
        "Each graph can be taken whole, at /graphs?graph= and its IRI, or read as a table.",
    ),
    "graph": Text("Graf", "Graph"),
    "statements": Text("Uppgifter", "Statements"),
    "take-graph": Text("Hämta", "Take"),
    "as-table": Text("som tabell", "as a table"),
    "no-graphs": Text("Det finns inga grafer.", "There are no graphs."),
}
