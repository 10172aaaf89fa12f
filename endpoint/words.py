"""The words of the pages in both languages: one table, from a key to a text.

Curly brackets are places for values. A noun that is counted has two rows, `.one` and `.many`.
"""

from __future__ import annotations

from ontology.schemes import Standing
from ontology.text import Text

WORDS: dict[str, Text] = {
    # the frame of every page
    "skip": Text("Hoppa till innehållet", "Skip to content"),
    "menu": Text("Huvudmeny", "Main menu"),
    "crumbs": Text("Du är här", "You are here"),
    "tagline": Text(
        "Sveriges miljömål som länkade öppna data", "Sweden's environmental objectives as linked open data"
    ),
    "in-other-language": Text("In English", "På svenska"),
    "nav-objectives": Text("Miljömål", "Objectives"),
    "nav-mapping": Text("Koppla mot Agenda 2030", "Map to the SDGs"),
    "nav-query": Text("SPARQL", "SPARQL"),
    "nav-about": Text("Om", "About"),
    "release": Text("Utgåva", "Release"),
    "release-word": Text("Utgåva", "Release"),
    "release-from": Text("{id}, källor hämtade till och med {date}.", "{id}, sources retrieved up to {date}."),
    "licence": Text("Licens", "Licence"),
    "licence-short": Text(
        "Egna uppgifter är fria att använda (CC0 1.0). För uppgifter från andra gäller källans villkor.",
        "Our own statements are free to use (CC0 1.0). For those of others, the terms of the source apply.",
    ),
    "licence-more": Text("Mer om licenser", "More on licences"),
    "licence-not-stated": Text("ej angiven", "not stated"),
    "data": Text("Data", "Data"),
    "formats-short": Text(
        "Varje sak finns som webbsida, Turtle, JSON-LD, N-Triples och RDF/XML.",
        "Each thing is there as a page, Turtle, JSON-LD, N-Triples and RDF/XML.",
    ),
    "no-tracking": Text("Inga kakor, ingen spårning.", "No cookies, no tracking."),
    "yes": Text("ja", "yes"),
    "no": Text("nej", "no"),
    "why": Text("Varför", "Why"),
    "other": Text("Övriga", "Others"),
    "in-swedish": Text("(på svenska)", "(in Swedish)"),
    "in-english": Text("(på engelska)", "(in English)"),
    # start
    "start": Text("Start", "Start"),
    "start-title": Text(
        "Sveriges miljömål, länkade till Agenda 2030", "Sweden's environmental objectives, linked to Agenda 2030"
    ),
    "start-lead": Text(
        "Generationsmålet, de 16 miljökvalitetsmålen och deras kopplingar till de globala målen, som öppna data att "
        "läsa, fråga och bygga vidare på.",
        "The generational goal, the 16 environmental quality objectives and their links to the Sustainable "
        "Development Goals, as open data to read, query and build on.",
    ),
    "start-standing": Text(
        "Miljögrafen är ingen myndighets webbplats. Varje uppgift visar sin källa.",
        "Miljögrafen is not the site of an agency. Every statement shows its source.",
    ),
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
        "En matris över miljömål och globala mål. Välj en ruta för att läsa varför målen är kopplade.",
        "A matrix of objectives and Sustainable Development Goals. Choose a cell to read why they are linked.",
    ),
    "door-data": Text("Hämta länkade data", "Get linked data"),
    "door-data-text": Text(
        "Varje sak har en fast adress som svarar med en webbsida eller data. Länken visar ett miljömål i Turtle.",
        "Each thing has a fixed address that answers with a page or with data. The link shows an objective in Turtle.",
    ),
    "example": Text("Till exempel:", "For example:"),
    "door-query": Text("Ställ frågor med SPARQL", "Ask questions with SPARQL"),
    "door-query-text": Text(
        "Skriv en egen fråga, eller börja från någon av de färdiga.",
        "Write a question of your own, or start from one of the examples.",
    ),
    "the-objectives": Text("Miljömålen", "The objectives"),
    "the-objectives-text": Text(
        "Antalet visar hur många av de 17 globala målen som varje mål är kopplat till. Förslag räknas inte.",
        "The number shows how many of the 17 Sustainable Development Goals each is linked to. Proposals do not count.",
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
    # counted nouns
    "goals.one": Text("globalt mål", "goal"),
    "goals.many": Text("globala mål", "goals"),
    "links.one": Text("koppling", "link"),
    "links.many": Text("kopplingar", "links"),
    "rows.one": Text("rad", "row"),
    "rows.many": Text("rader", "rows"),
    "published.one": Text("publicerad", "published"),
    "published.many": Text("publicerade", "published"),
    "sources.one": Text("källa", "source"),
    "sources.many": Text("källor", "sources"),
    "in-release.one": Text("i den här utgåvan", "in this release"),
    "in-release.many": Text("i den här utgåvan", "in this release"),
    # lists
    "see-also": Text("Se även", "See also"),
    "as-matrix": Text("Visa matrisen", "Show the matrix"),
    "as-list": Text("Alla kopplingar i en lista", "All mappings in a list"),
    # mappings
    "mapping-title": Text("Så hänger miljömålen ihop med Agenda 2030", "How the objectives are linked to Agenda 2030"),
    "mapping-lead": Text(
        "Välj en ruta för att läsa varför målen är kopplade och vad kopplingen vilar på.",
        "Choose a cell to read why the goals are linked and what the link rests on.",
    ),
    "basis": Text("Kopplingar som räknas", "Links that count"),
    "basis-counted": Text("Publicerade och redaktionella", "Published and editorial"),
    "pairs": Text(
        "{pairs} av {all} par har någon koppling, {links} sammanlagt.",
        "{pairs} of {all} pairs have a link, {links} in all.",
    ),
    "skip-matrix": Text("Hoppa över matrisen", "Skip the matrix"),
    "legend-direct": Text("direkt", "direct"),
    "legend-indirect": Text("indirekt", "indirect"),
    "legend-not-stated": Text("styrka ej angiven", "strength not stated"),
    "legend-published": Text("publicerad av en namngiven utgivare", "published by a named publisher"),
    "legend-likely": Text(
        "publicerad, men läsningen av källan är bara trolig", "published, but the reading of the source is only likely"
    ),
    "legend-n": Text("n = antal kopplingar", "n = number of links"),
    "matrix-caption": Text(
        "Kopplingar mellan miljömål (rader) och globala mål (kolumner). Siffran är antalet kopplingar.",
        "Links between objectives (rows) and Sustainable Development Goals (columns). The number counts the links.",
    ),
    "goal": Text("Mål {number} {name}", "Goal {number} {name}"),
    "cell": Text("{objective} – {goal} {name}: {links}, {aside}", "{objective} – {goal} {name}: {links}, {aside}"),
    "of-which": Text("varav {counted}", "of which {counted}"),
    "reading-short": Text("läsningen av källan: {confidence}", "reading of the source: {confidence}"),
    "reading-of": Text(
        "läsningen av källan: {confidence} för {number}", "reading of the source: {confidence} for {number}"
    ),
    "why-mapped": Text("Varför är målen kopplade?", "Why are the goals linked?"),
    "page-of-mapping": Text("Kopplingens egen sida", "The mapping's own page"),
    "no-link": Text("Ingen koppling är registrerad.", "No link is registered."),
    "no-link-text": Text(
        "Det betyder inte att målen saknar samband, bara att ingen koppling finns i den här utgåvan.",
        "That does not mean that the goals have nothing in common, only that this release holds no link.",
    ),
    "how-to-read": Text("Så läser du matrisen", "How to read the matrix"),
    "how-to-read-cells": Text(
        "Varje ruta är ett miljömål och ett globalt mål. Siffran är antalet kopplingar mellan dem, oftast till "
        "enskilda delmål. Generationsmålets strecksatser räknas på rad G.",
        "Each cell is an objective and a Sustainable Development Goal. The number counts the links between them, "
        "most of them to single targets. The strands of the generational goal are counted in row G.",
    ),
    "how-to-read-strength": Text(
        "Prickarna visar den starkaste angivna styrkan: två för direkt, en för indirekt, ingen där styrkan inte är "
        "angiven.",
        "The dots show the strongest strength that is stated: two for direct, one for indirect, none where none is "
        "stated.",
    ),
    "how-to-read-standing": Text(
        "P betyder att en namngiven utgivare har publicerat någon av kopplingarna, P? att läsningen av källan bara "
        "är trolig. De övriga har Miljögrafens "
        "redaktion motiverat; de är inte myndigheternas bedömning.",
        "P means that a named publisher has published one of the links, P? that the reading of the source is only "
        "likely. The others have been justified by Miljögrafen's editors; they are not the judgement of the agencies.",
    ),
    "how-to-read-empty": Text(
        "En tom ruta betyder att ingen koppling är registrerad.",
        "An empty cell means that no link is registered.",
    ),
    "relation": Text("Samband", "Relation"),
    "object": Text("Globalt mål eller delmål", "Goal or target"),
    "strength": Text("Styrka", "Strength"),
    "strength-not-stated": Text("styrka ej angiven", "strength not stated"),
    "standing": Text("Ställning", "Standing"),
    "reading": Text("Säkerhet i läsningen av källan", "How sure the reading of the source is"),
    "trust": Text("Tilltro till motiveringen", "Confidence in the justification"),
    "rests-on": Text("Vilar på", "Rests on"),
    "author": Text("Angiven av", "Stated by"),
    "stated": Text("Datum", "Date"),
    "source": Text("Källa", "Source"),
    "sources": Text("Källor", "Sources"),
    "no-justification": Text(
        "Ingen motivering är återgiven. Läs vidare i källan.", "No justification is given here. Read on in the source."
    ),
    "justification-of": Text("Motivering", "Justification"),
    # a thing
    "iri": Text("Identifierare", "Identifier"),
    "type": Text("Typ", "Type"),
    "properties": Text("Egenskaper", "Properties"),
    "show-all": Text("Visa alla {number}", "Show all {number}"),
    "incoming": Text("Pekar hit", "What points here"),
    "incoming-text": Text(
        "Andra saker som nämner den här, efter egenskap.", "Other things that name this one, by property."
    ),
    "and-more": Text("och {number} till", "and {number} more"),
    "claims": Text("Var det står", "Where it is stated"),
    "claims-text": Text(
        "Raderna i Miljögrafens tabeller som uppgifterna kommer från. Säkerheten gäller om källan säger det som "
        "raden återger.",
        "The rows of Miljögrafen's tables that the statements come from. Confidence tells how sure it is that the "
        "source states what the row says.",
    ),
    "row": Text("Rad", "Row"),
    "confidence": Text("Säkerhet", "Confidence"),
    "about-the-document": Text("Om dokumentet", "About the document"),
    "formats": Text("Hämta", "Download"),
    "the-query": Text("Frågan bakom sidan", "The query behind the page"),
    "in-sparql": Text("i SPARQL", "in SPARQL"),
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
        "Koderna är Miljögrafens egna. Namnen är korta namn, inte den officiella lydelsen.",
        "The codes are Miljögrafen's own. The names are short names, not the official wording.",
    ),
    # a milestone target
    "milestone-reached": Text("Uppnått, enligt en uppföljning.", "Reached, according to a follow-up."),
    "milestone-not-reached": Text("Inte uppnått, enligt en uppföljning.", "Not reached, according to a follow-up."),
    "milestone-not-reached-in": Text(
        "Inte uppnått, enligt uppföljningen {year}.", "Not reached, according to the follow-up of {year}."
    ),
    "milestone-judged-early": Text(
        "Bedömningen gjordes före målåret {year}.", "The verdict was given before the target year {year}."
    ),
    "milestone-no-year": Text("Etappmålet har inget målår.", "The milestone target has no target year."),
    "milestone-passed": Text(
        "Målåret {year} har passerat. Ingen bedömning av om etappmålet nåddes är registrerad här; utfallet är okänt.",
        "The target year {year} has passed. No verdict on whether the target was reached is recorded here; the "
        "outcome is unknown.",
    ),
    "milestone-in-force": Text("Gäller: ska vara uppnått senast {year}.", "In force: to be reached by {year}."),
    "milestone-level": Text("Nivå", "Level"),
    "milestone-level-text": Text("(Miljögrafens korta ord)", "(Miljögrafen's short words)"),
    "milestone-year": Text("Målår", "Target year"),
    "milestone-decided": Text("Beslut", "Decision"),
    "milestone-theme": Text("Ämne", "Theme"),
    "milestone-no-objective": Text(
        "Inget anges i någon källa som har lästs.", "None is stated in any source that was read."
    ),
    "milestone-proposal": Text("Föreslagen ändring", "Proposed change"),
    "milestone-steps": Text("Steg", "Steps"),
    "milestone-percent": Text("{number} procent", "{number} per cent"),
    "milestone-step-passed": Text("året har passerat", "the year has passed"),
    "milestone-step-ahead": Text("året har inte passerat", "the year has not passed"),
    "links-to-goals": Text("Kopplingar till de globala målen", "Links to the Sustainable Development Goals"),
    "links-to-milestones": Text("Kopplingar från etappmålen", "Links from the milestone targets"),
    "links-to-objectives": Text("Kopplingar från miljömålen", "Links from the objectives"),
    "from-whole": Text("Generationsmålet självt", "The generational goal itself"),
    "proposals": Text("Förslag som väntar på granskning", "Proposals that await review"),
    "proposals-text": Text(
        "Förslagen räknas inte bland kopplingarna.", "The proposals do not count among the mappings."
    ),
    "name-by-editors": Text(
        "Namnet är redaktionens formulering; ingen källa har lästs för det.",
        "The name is the editors' wording; no source was read for it.",
    ),
    "by-editors": Text("redaktionens formulering", "the editors' wording"),
    "whole-goal": Text("målet som helhet", "the goal as a whole"),
    # query
    "query-title": Text("Fråga data med SPARQL", "Query the data with SPARQL"),
    "query-label": Text("SPARQL-fråga", "SPARQL query"),
    "limits": Text(
        "En fråga får ta högst {seconds} sekunder. Sidan visar högst {rows} rader och svar på högst {megabytes} MB.",
        "A query may take {seconds} seconds at most. The page shows {rows} rows and answers of {megabytes} MB at most.",
    ),
    "run": Text("Kör frågan", "Run the query"),
    "result": Text("Resultat", "Result"),
    "rows-cut": Text("Här visas de första {shown}.", "The first {shown} are shown."),
    "take-answer": Text("Hela svaret som", "The whole answer as"),
    "no-statements": Text("# Svaret är en tom graf.", "# The answer is an empty graph."),
    "query-help": Text("Hjälp med frågor", "Help with queries"),
    "examples": Text("Exempelfrågor", "Example questions"),
    "endpoint": Text("Ändpunkt", "Endpoint"),
    "endpoint-text": Text(
        "SPARQL 1.1 med GET eller POST. Ändpunkten kan bara läsas, och frågar inga andra tjänster.",
        "SPARQL 1.1 by GET or POST. The endpoint can only be read, and asks no other services.",
    ),
    "terminal": Text("Samma fråga i en terminal", "The same query in a terminal"),
    # about
    "about-title": Text("Om Miljögrafen", "About Miljögrafen"),
    "about-lead": Text(
        "Miljögrafen återger Sveriges miljömålssystem som länkade öppna data: målen, vem som följer upp dem, länen "
        "och kommunerna, och hur målen hänger ihop med Agenda 2030.",
        "Miljögrafen gives Sweden's environmental objectives system as linked open data: the objectives, who "
        "follows them up, the counties and municipalities, and how the objectives are linked to Agenda 2030.",
    ),
    "about-official": Text(
        "Den officiella webbplatsen om miljömålen är sverigesmiljomal.se. Här finns målens namn och en länk till "
        "deras sidor där, inte deras officiella lydelse.",
        "The official site about the objectives is sverigesmiljomal.se. Given here are their names and a link to "
        "their pages there, not their official wording.",
    ),
    "about-identifiers": Text("Fasta adresser", "Fixed addresses"),
    "about-identifiers-text": Text(
        "Varje sak har en adress som också är dess namn i data. De globala målen och delmålen har FN:s egna. "
        "Adressen svarar med en webbsida eller med data, beroende på vad du ber om.",
        "Each thing has an address that is also its name in the data. The Sustainable Development Goals and their "
        "targets have those of the UN. The address answers with a page or with data, as you ask for.",
    ),
    "about-confidence": Text("Källor och säkerhet", "Sources and confidence"),
    "about-confidence-text": Text(
        "Varje uppgift kommer från en rad i en tabell, och varje rad har en källa och en säkerhet: hur säkert det "
        "är att källan säger det som raden återger. Rader som är osäkra är inte med i utgåvan. Vad redaktionen vet "
        "utan att ha läst en källa för det har redaktionen som källa, och räknas som troligt, aldrig som säkert.",
        "Every statement comes from a row of a table, and every row has a source and a confidence: how sure it is "
        "that the source states what the row says. Rows that are unsure are left out of the release. What the "
        "editors know without having read a source for it has the editors as its source, and counts as likely, "
        "never as certain.",
    ),
    "about-standing": Text("Kopplingar och deras ställning", "Mappings and their standing"),
    "about-standing-text": Text(
        "En koppling mellan ett miljömål och ett globalt mål är en bedömning av någon. En publicerad koppling har "
        "en namngiven utgivare angett. En redaktionell koppling har Miljögrafens redaktion motiverat, med det som "
        "motiveringen vilar på. En föreslagen koppling väntar på granskning, och räknas inte om man inte ber om "
        "den.",
        "A mapping between an objective and a Sustainable Development Goal is somebody's judgement. A published "
        "mapping was stated by a named publisher. An editorial mapping was justified by Miljögrafen's editors, with "
        "what the justification rests on. A proposed mapping awaits review, and does not count unless asked for.",
    ),
    "about-strength-text": Text(
        "Styrka säger hur nära målen hänger ihop och återges bara där den är angiven. Tilltro säger hur väl "
        "motiveringen håller. De är oberoende av varandra.",
        "Strength tells how closely the goals are tied, and is given only where it is stated. Confidence in the "
        "justification tells how well it holds. The two are independent.",
    ),
    "definitions": Text("Definitioner", "Definitions"),
    "about-sources-text": Text(
        "Källorna i utgåvan, och hur många rader som vilar på var och en.",
        "The sources of the release, and how many rows rest on each.",
    ),
    "publisher": Text("Utgivare", "Publisher"),
    "about-licence-text": Text(
        "Det som redaktionen själv anger får användas fritt, utan villkor. Uppgifter från andra källor är ordnade i "
        "en namngiven graf per källa, och för dem gäller källans licens. Där ingen licens är angiven är ingen "
        "antecknad här för källan; hör efter hos den. Ange källan när du använder uppgifterna, med de ord den ber om.",
        "What the editors themselves state may be used freely, without conditions. Statements from other sources "
        "lie in one named graph for each source, and are under its licence. Where no licence is stated, none is "
        "recorded for the source here; check with the source. Name the source when you use the statements, in the "
        "words it asks for.",
    ),
    "how-to-cite": Text("Så citerar du", "How to cite"),
    "about-cite-text": Text(
        "Ange utgåvan: den ändras aldrig, och samma utgåva ger alltid samma svar.",
        "Name the release: it never changes, and the same release always gives the same answer.",
    ),
    # errors
    "problem-status": Text("Fel {status}", "Error {status}"),
    "way-out": Text("Gå vidare", "Where to go"),
}

ONLY: dict[Standing, Text] = {
    Standing.PUBLISHED: Text("Bara publicerade", "Only published"),
    Standing.EDITORIAL: Text("Bara redaktionella", "Only editorial"),
    Standing.PROPOSED: Text("Bara föreslagna", "Only proposed"),
}
"""What a reader asks for who wants the mappings of one standing."""

SHORT_GOALS: dict[int, Text] = {
    1: Text("Fattigdom", "Poverty"),
    2: Text("Hunger", "Hunger"),
    3: Text("Hälsa", "Health"),
    4: Text("Utbildning", "Education"),
    5: Text("Jämställdhet", "Gender"),
    6: Text("Vatten", "Water"),
    7: Text("Energi", "Energy"),
    8: Text("Arbete", "Work"),
    9: Text("Industri", "Industry"),
    10: Text("Ojämlikhet", "Inequality"),
    11: Text("Städer", "Cities"),
    12: Text("Konsumtion", "Consumption"),
    13: Text("Klimat", "Climate"),
    14: Text("Hav", "Ocean"),
    15: Text("Land", "Land"),
    16: Text("Fred", "Peace"),
    17: Text("Partnerskap", "Partnership"),
}
"""A word for each goal, where there is room for no more."""
