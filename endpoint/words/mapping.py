"""The matrix of objectives and goals, and what a mapping says."""

from __future__ import annotations

from ontology.schemes import Standing
from ontology.text import Text

WORDS: dict[str, Text] = {
    "mapping-title": Text(
        "Så hänger miljömålen ihop med Agenda 2030", "How the objectives are linked to the 2030 Agenda"
    ),
    "mapping-lead": Text(
        "Välj ett miljömål och ett globalt mål för att läsa varför de är kopplade och vad kopplingen vilar på.",
        "Choose an objective and a Sustainable Development Goal to read why they are linked, and what the mapping "
        "rests on.",
    ),
    "basis-counted": Text("Publicerade och redaktionella", "Published and editorial"),
    "pairs": Text(
        "{pairs} av {all} par har någon koppling, {links} sammanlagt.",
        "{pairs} of {all} pairs have a mapping, {links} in all.",
    ),
    "mappings-by-kind": Text(
        "Utgåvans kopplingar till Agenda 2030, efter vad de utgår från:",
        "The mappings of the release to the 2030 Agenda, by what they lead from:",
    ),
    "mappings-without-row": Text(
        "Utgåvan har {links} till, som inte har någon rad här:", "The release has another {links}, with no row here:"
    ),
    "all-in-excel": Text("Alla i Excel", "All of them in Excel"),
    "skip-matrix": Text("Hoppa över matrisen", "Skip the matrix"),
    "legend-direct": Text("direkt", "direct"),
    "legend-indirect": Text("indirekt", "indirect"),
    "legend-not-stated": Text("styrka ej angiven", "strength not stated"),
    "legend-published": Text("publicerad av en namngiven utgivare", "published by a named publisher"),
    "legend-likely": Text(
        "publicerad, men läsningen av källan är bara trolig", "published, but the reading of the source is only likely"
    ),
    "legend-n": Text("n = antal kopplingar", "n = number of mappings"),
    "matrix-caption": Text(
        "Kopplingar mellan miljömål (rader) och globala mål (kolumner). Siffran är antalet kopplingar.",
        "Mappings between objectives (rows) and Sustainable Development Goals (columns). The number counts the "
        "mappings.",
    ),
    "goal": Text("Mål {number} {name}", "Goal {number} {name}"),
    "cell": Text("{objective} – {goal} {name}: {links}, {aside}", "{objective} – {goal} {name}: {links}, {aside}"),
    "strongest": Text("starkast: {strength}", "strongest: {strength}"),
    "of-which": Text("varav {counted}", "of which {counted}"),
    "reading-short": Text("läsningen av källan: {confidence}", "reading of the source: {confidence}"),
    "reading-of": Text(
        "läsningen av källan: {confidence} för {number}", "reading of the source: {confidence} for {number}"
    ),
    "loading": Text("Hämtar …", "Loading …"),
    "why-mapped": Text("Varför är målen kopplade?", "Why are the goals linked?"),
    "page-of-mapping": Text("Kopplingens egen sida", "The mapping's own page"),
    "no-link": Text("Ingen koppling är registrerad.", "No mapping is registered."),
    "no-link-text": Text(
        "Det betyder inte att målen saknar samband, bara att ingen koppling finns i den här utgåvan.",
        "That does not mean that the goals have nothing in common, only that this release holds no mapping.",
    ),
    "how-to-read": Text("Så läser du kopplingarna", "How to read the mappings"),
    "how-to-read-cells": Text(
        "Siffran är antalet kopplingar mellan ett miljömål och ett globalt mål, oftast till enskilda delmål. "
        "Generationsmålets strecksatser räknas under G.",
        "The number counts the mappings between an objective and a Sustainable Development Goal, most of them to "
        "single targets. The strands of the generational goal are counted under G.",
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
        "P means that a named publisher has published one of the mappings, P? that the reading of the source is only "
        "likely. The others have been justified by Miljögrafen's editors; they are not the judgement of the agencies.",
    ),
    "how-to-read-standings": Text(
        "Publicerad: en namngiven utgivare har publicerat kopplingen. Redaktionell: Miljögrafens redaktion har "
        "motiverat den; den är inte en myndighets bedömning.",
        "Published: a named publisher has published the mapping. Editorial: Miljögrafen's editors have justified it; "
        "it is not the judgement of an agency.",
    ),
    "standings-more": Text("Mer om kopplingarna", "More on the mappings"),
    "links-to-whole": Text("Till mål {number} i sin helhet", "To goal {number} as a whole"),
    "links-to-whole-text": Text(
        "De gäller det globala målet. Om de gäller det här delmålet säger de inte.",
        "They are about the goal. Whether they are about this target, they do not say.",
    ),
    "how-to-read-empty": Text(
        "Där ingen siffra står är ingen koppling registrerad.",
        "Where there is no number, no mapping is registered.",
    ),
    "strongest-pairs": Text("Börja här: flest direkta kopplingar", "Begin here: the most direct mappings"),
    "of-which-direct": Text("{links}, varav {number} direkta", "{links}, {number} of them direct"),
    "views": Text("Visa som", "Show as"),
    "filters": Text("Filter", "Filters"),
    "filters-chosen.one": Text("valt", "chosen"),
    "filters-chosen.many": Text("valda", "chosen"),
    "filters-none": Text("inget valt", "none chosen"),
    "every-relation": Text("Alla samband", "Every relation"),
    "every-strength": Text("Alla styrkor", "Every strength"),
    "chosen-objective": Text("Miljömål {number}", "Objective {number}"),
    "all-objectives": Text("Visa alla miljömål", "Show all objectives"),
    "all-goals": Text("Visa alla globala mål", "Show all goals"),
    "by-target": Text("Delmål för delmål", "Target by target"),
    "by-goal-instead": Text("Visa efter mål i stället", "Show by goal instead"),
    "all-targets": Text("Visa delmål för delmål", "Show target by target"),
    "targets-of": Text("Mål {number} {name}: visa delmålen", "Goal {number} {name}: show its targets"),
    "targets-for": Text("Alla delmål för {objective}", "All targets for {objective}"),
    "target": Text("Delmål {number} {name}", "Target {number} {name}"),
    "targets-linked": Text("{linked} av {all} delmål har koppling", "{linked} of {all} targets have a mapping"),
    "matrix-caption-targets": Text(
        "Kopplingar mellan miljömål (rader) och delmålen under mål {number} {name} (kolumner). Siffran är antalet "
        "kopplingar.",
        "Mappings between objectives (rows) and the targets of goal {number} {name} (columns). The number counts the "
        "mappings.",
    ),
    "no-link-registered": Text("ingen koppling registrerad", "no mapping registered"),
    "no-link-filtered": Text(
        "Filtren utelämnar kopplingar. Utan dem kan det finnas någon.",
        "The filters leave mappings out. Without them there may be one.",
    ),
    "nothing-left": Text("Inga kopplingar passar urvalet.", "No mappings fit the selection."),
    "legend-proposed": Text("bara förslag som väntar på granskning", "only proposals that await review"),
    "embed": Text("Bädda in på en annan sida", "Show this on another page"),
    "embed-text": Text(
        "Klistra in koden på din sida. Där visas precis det som är valt här, på samma språk. Höjden räcker för hela "
        "urvalet där ramen är minst 600 bildpunkter bred; i en smalare går det att rulla.",
        "Paste the code into your page. It shows exactly what is chosen here, in the same language. The height is "
        "enough for all of it where the frame is at least 600 pixels wide; a narrower one scrolls.",
    ),
    "embed-show-code": Text("Visa koden", "Show the code"),
    "embed-changed": Text("Koden är ändrad.", "The code has changed."),
    "embed-look": Text("Se hur det ser ut", "See what it looks like"),
    "embed-code": Text("Kod att klistra in", "Code to paste"),
    "embed-release": Text(
        "Den följer med till nya utgåvor. Öppna en äldre utgåva och kopiera koden där för att stanna vid den.",
        "It follows new releases. To stay with one, open that release and copy the code there.",
    ),
    "embed-source": Text("Miljögrafen, utgåva {id}", "Miljögrafen, release {id}"),
    "embed-new-tab": Text("Länkar öppnas i en ny flik.", "Links open in a new tab."),
    "take-these": Text("Hämta {links}:", "Take {links}:"),
    "ask-in-sparql": Text("Fråga i SPARQL", "Ask in SPARQL"),
    "further": Text("Etappmål och indikatorer", "Milestone targets and indicators"),
    "further-text": Text(
        "De rör miljömålet och har egna kopplingar till samma globala mål. De räknas inte i matrisen.",
        "They concern the objective and have mappings of their own to the same goal. The matrix does not count them.",
    ),
    "flow-choose": Text(
        "Ett flöde visar ett mål i taget. Välj ett.", "A flow shows one goal or objective at a time. Choose one."
    ),
    "flow-of-objective": Text("Från ett miljömål", "From an objective"),
    "flow-of-goal": Text("Till ett globalt mål", "To a Sustainable Development Goal"),
    "flow-needs-room": Text(
        "Skärmen är för smal för att rita flödet. Listan visar samma kopplingar.",
        "The screen is too narrow to draw the flow. The list shows the same mappings.",
    ),
    "flow-label": Text(
        "Flöde från miljömål till vänster till globala mål till höger, {links}. Samma uppgifter står i listan under.",
        "Flow from objectives at left to goals at right, {links}. The list below has the same.",
    ),
    "sort-by": Text("Sortera efter", "Sort by"),
    "table-caption": Text("Koppling {first}–{last} av {total}", "Mapping {first}–{last} of {total}"),
    "none-stated": Text("ej angivet", "not stated"),
    "targets.one": Text("delmål", "target"),
    "targets.many": Text("delmål", "targets"),
    "pages": Text("Sidor", "Pages"),
    "page-word": Text("Sida", "Page"),
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
    "as-sssom": Text("Kopplingen som en rad i SSSOM", "The mapping as a row of SSSOM"),
    "in-the-mapping": Text("Se kopplingarna:", "See the mappings:"),
    "in-matrix": Text("i matrisen", "in the matrix"),
    "target-by-target": Text("delmål för delmål", "target by target"),
    "links-as-flow": Text("som flöde", "as a flow"),
    "links-as-table": Text("som tabell", "as a table"),
    "all-reasons": Text("Läs alla skäl på en gång", "Read all the reasons at once"),
    "method": Text("Metod", "Method"),
    "method-by-hand": Text("kopplad för hand, av en människa", "mapped by hand, by a person"),
    "source": Text("Källa", "Source"),
    "read-on": Text("läst {date},", "read {date},"),
    "at-publisher": Text("hos utgivaren", "at the publisher"),
    "sources": Text("Källor", "Sources"),
    "proposal-without-justification": Text(
        "Förslaget har ingen motivering ännu. Det väntar på granskning.",
        "The proposal has no justification yet. It awaits review.",
    ),
    "no-justification": Text(
        "Ingen motivering är återgiven. Läs vidare i källan.", "No justification is given here. Read on in the source."
    ),
    "justification-of": Text("Motivering", "Justification"),
}
CHOICES: dict[str, dict[str, Text]] = {
    "view": {
        "matrix": Text("Matris", "Matrix"),
        "list": Text("Lista", "List"),
        "table": Text("Tabell", "Table"),
        "flow": Text("Flöde", "Flow"),
    },
    "filter": {
        "basis": Text("Vem som står bakom", "Who stands behind"),
        "relation": Text("Samband", "Relation"),
        "strength": Text("Styrka", "Strength"),
    },
    "strength": {
        "direct": Text("direkt", "direct"),
        "indirect": Text("indirekt", "indirect"),
        "not-stated": Text("styrka ej angiven", "strength not stated"),
    },
    "look": {
        "title": Text("Rubrik", "Title"),
        "legend": Text("Teckenförklaring", "Legend"),
        "theme": Text("Färger", "Colours"),
    },
    "title": {"0": Text("dold", "hidden"), "1": Text("synlig", "shown")},
    "legend": {"1": Text("synlig", "shown"), "0": Text("dold", "hidden")},
    "theme": {
        "auto": Text("som läsaren har valt", "as the reader has chosen"),
        "light": Text("ljusa", "light"),
        "dark": Text("mörka", "dark"),
    },
    "let_go": {
        "basis": Text("Visa publicerade och redaktionella", "Show published and editorial"),
        "relation": Text("Visa alla samband", "Show every relation"),
        "strength": Text("Visa alla styrkor", "Show every strength"),
    },
    "sort": {
        "objective": Text("Miljömål", "Objective"),
        "target": Text("Globalt mål eller delmål", "Goal or target"),
        "relation": Text("Samband", "Relation"),
        "strength": Text("Styrka", "Strength"),
        "confidence": Text("Tilltro till motiveringen", "Confidence in the justification"),
        "standing": Text("Ställning", "Standing"),
        "evidence": Text("Vilar på", "Rests on"),
        "date": Text("Datum", "Date"),
    },
}
"""What the views, the filters, the strengths, the looks elsewhere and the columns of the table are called, and how to
let go of a filter."""

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
