"""The start page."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "start": Text("Start", "Start"),
    "start-title": Text(
        "Sveriges miljömål, länkade till Agenda 2030", "Sweden's environmental objectives, linked to the 2030 Agenda"
    ),
    "start-lead": Text(
        "Generationsmålet, de 16 miljökvalitetsmålen och deras kopplingar till de globala målen, som öppna data att "
        "läsa, fråga och bygga vidare på.",
        "The generational goal, the 16 environmental quality objectives and their mappings to the Sustainable "
        "Development Goals, as open data to read, query and build on.",
    ),
    "start-standing": Text(
        "Miljögrafen är ingen myndighets webbplats. Varje uppgift visar sin källa.",
        "Miljögrafen is not the site of an agency. Every statement shows its source.",
    ),
    "start-search": Text(
        "Sök mål, indikator, kommun eller begrepp", "Search goals, indicators, municipalities or terms"
    ),
    "start-searches": Text("övergödning, delmål 14.1, Skåne", "eutrophication, target 14.1, Skåne"),
    "start-all": Text("Allt i utgåvan", "All in the release"),
    "start-about": Text("Läs om uppgifterna", "Read about the data"),
    "open-matrix": Text("Öppna matrisen över miljömål och globala mål", "Open the matrix of objectives and goals"),
    "development": Text("Utgåva för utveckling.", "A release for development."),
    "development-why": Text(
        "Adresserna börjar med {base} och fungerar bara där. Hänvisa inte till dem.",
        "Its addresses begin with {base} and work only there. Do not refer to them.",
    ),
    "doors": Text("Tre sätt att använda uppgifterna", "Three ways to use the data"),
    "door-mapping": Text("Se hur målen hänger ihop", "See how the goals are linked"),
    "door-mapping-text": Text(
        "Öppna matrisen över miljömål och globala mål. Där väljer du en ruta och läser varför målen är kopplade.",
        "Open the matrix of objectives and Sustainable Development Goals. There you choose a cell and read why they "
        "are linked.",
    ),
    "door-data": Text("Hämta länkade data", "Get linked data"),
    "door-data-text": Text(
        "Varje sak har en fast adress som svarar med en webbsida eller data. Länken visar ett miljömål i Turtle.",
        "Each thing has a fixed address that answers with a page or with data. The link shows an objective in Turtle.",
    ),
    "example": Text("Till exempel:", "For example:"),
    "door-query": Text("Ställ frågor med SPARQL", "Ask questions with SPARQL"),
    "door-query-text": Text(
        "Skriv en egen fråga, eller börja från någon av de färdiga. Svaret står under frågan, och går att hämta som "
        "Excel, CSV och JSON.",
        "Write a question of your own, or start from one of the examples. The answer stands below the question, and "
        "can be taken as Excel, CSV and JSON.",
    ),
    "the-objectives": Text("Miljömålen", "The objectives"),
    "the-objectives-text": Text(
        "Antalet visar hur många av de 17 globala målen som varje mål är kopplat till. Förslag räknas inte.",
        "The number shows how many of the 17 Sustainable Development Goals each is linked to. Proposals do not count.",
    ),
    "the-counties-text": Text(
        "Sidan om ett län leder till målen som bedöms där, bedömningarna, indikatorerna, åtgärderna och aktörerna.",
        "The page of a county leads to the objectives assessed there, their assessments, indicators, measures and "
        "actors.",
    ),
    "in-the-release": Text("Det här finns i utgåvan", "What the release holds"),
    "the-release": Text("Om utgåvan", "About the release"),
    "base": Text("Basadress", "Base address"),
    "reference-date": Text("Referensdatum", "Reference date"),
    "reference-date-text": Text(
        "den dag då den senaste källan hämtades", "the day on which the newest source was retrieved"
    ),
    "rows": Text("Rader", "Rows"),
    "rows-of-editors": Text(
        "{rows}, varav {editors} bara vilar på redaktionens egen kunskap",
        "{rows}, of which {editors} rest only on what the editors know",
    ),
}
