"""The query page."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "query-title": Text("Fråga data med SPARQL", "Query the data with SPARQL"),
    "query-label": Text("SPARQL-fråga", "SPARQL query"),
    "limits": Text(
        "En fråga får ta högst {seconds} sekunder. Sidan visar högst {rows} rader och grafer på högst {megabytes} MB.",
        "A query may take {seconds} seconds at most. The page shows {rows} rows and graphs of {megabytes} MB at most.",
    ),
    "completions": Text("Förslag", "Suggestions"),
    "editor-help": Text(
        "Förslag kommer medan du skriver. Ctrl och Enter kör frågan; Tabb går vidare.",
        "Suggestions come while you type. Ctrl and Enter run the query; Tab goes on.",
    ),
    "run": Text("Kör frågan", "Run the query"),
    "result": Text("Resultat", "Result"),
    "rows-open": Text("Fler än {read} rader.", "More than {read} rows."),
    "rows-cut": Text("Här visas de första {shown}.", "The first {shown} are shown."),
    "take-answer": Text("Hela svaret som", "The whole answer as"),
    "no-statements": Text("# Svaret är en tom graf.", "# The answer is an empty graph."),
    "query-help": Text("Hjälp med frågor", "Help with queries"),
    "examples": Text("Exempelfrågor", "Example questions"),
    "question-for-programs": Text(
        "För program har frågan en egen adress:", "For programs the question has an address of its own:"
    ),
    "reads-all": Text("går igenom alla {things}", "goes through all {things}"),
    "reads-all-long": Text(
        "Frågan går igenom alla {things} i utgåvan: ju fler de är, desto längre tid tar den.",
        "The question goes through all {things} of the release: the more there are, the longer it takes.",
    ),
    "values.one": Text("värde", "value"),
    "values.many": Text("värden", "values"),
    "endpoint": Text("Ändpunkt", "Endpoint"),
    "endpoint-text": Text(
        "SPARQL 1.1 med GET eller POST. Ändpunkten kan bara läsas.",
        "SPARQL 1.1 by GET or POST. The endpoint can only be read.",
    ),
    "endpoint-more": Text("Format, gränser och grafer", "Formats, limits and graphs"),
    "classes": Text("Klasser, och antalet saker av varje", "Classes, and the number of things of each"),
    "properties-used": Text(
        "Egenskaper, och antalet uppgifter med varje", "Properties, and the number of statements with each"
    ),
    "chosen-graphs": Text("Frågan ställs till:", "The query is asked of:"),
    "all-graphs": Text("Fråga alla grafer", "Ask all graphs"),
    "programs": Text("Samma fråga i en terminal eller ett program", "The same query in a terminal or a program"),
}
