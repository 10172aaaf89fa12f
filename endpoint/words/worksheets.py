"""Tables as Excel workbooks: their sheets, their columns, and what they say of themselves."""

from __future__ import annotations

from ontology.text import Text

SHEETS: dict[str, Text] = {
    "mappings": Text("Kopplingar", "Mappings"),
    "values": Text("Värden", "Values"),
    "answer": Text("Svar", "Answer"),
    "about": Text("Om filen", "About the file"),
}
"""What the sheets are called."""

COLUMNS: dict[str, Text] = {
    "subject-key": Text("Miljömål, nummer", "Objective, number"),
    "subject": Text("Miljömål", "Objective"),
    "goal": Text("Globalt mål, nummer", "Goal, number"),
    "object-key": Text("Mål eller delmål, nummer", "Goal or target, number"),
    "object": Text("Globalt mål eller delmål", "Goal or target"),
    "relation": Text("Samband", "Relation"),
    "strength": Text("Styrka", "Strength"),
    "standing": Text("Ställning", "Standing"),
    "confidence": Text("Tilltro till motiveringen", "Confidence in the justification"),
    "justification": Text("Motivering", "Justification"),
    "rests-on": Text("Vilar på", "Rests on"),
    "author": Text("Angiven av", "Stated by"),
    "stated": Text("Datum", "Date"),
    "sources": Text("Källor", "Sources"),
    "reading": Text("Säkerhet i läsningen av källan", "How sure the reading of the source is"),
    "mapping": Text("Kopplingens adress", "Address of the mapping"),
}
"""The headings of the mappings, in the order of the columns."""

VALUES: dict[str, Text] = {
    "code": Text("Områdets kod", "Code of the area"),
    "name": Text("Område", "Area"),
    "sector": Text("Sektor", "Sector"),
    "year": Text("År", "Year"),
    "value": Text("Värde", "Value"),
    "unit": Text("Enhet", "Unit"),
    "observation": Text("Värdets adress", "Address of the value"),
    "status": Text("Källans ord om värdet", "Word of the source for the value"),
}
"""The headings of the values of areas."""

ABOUT: dict[str, Text] = {
    "release": Text("Utgåva", "Release"),
    "date": Text("Källor hämtade till och med", "Sources retrieved up to"),
    "number": Text("Antal kopplingar", "Number of mappings"),
    "address": Text("Filens adress", "Address of the file"),
    "held": Text("Omfattning", "Coverage"),
    "held-text": Text(
        "Kopplingar från generationsmålet, strecksatserna och miljökvalitetsmålen. De från etappmål och indikatorer är "
        "inte med.",
        "Mappings of the generational goal, its strands and the objectives. Those of milestone targets and indicators "
        "are not here.",
    ),
    "rows": Text("Antal rader", "Number of rows"),
    "query": Text("Fråga", "Query"),
    "dataset": Text("Datamängd", "Data set"),
    "publisher": Text("Utgivare", "Publisher"),
    "version": Text("Version", "Version"),
    "attribution": Text("Ange som källa", "Name as the source"),
    "not-stated": Text("ej angivna", "not stated"),
    "missing": Text("Värden som saknas", "Values that are missing"),
    "missing-text": Text(
        "Ett år som inte har någon rad är okänt, inte noll.", "A year that has no row is not known, and not zero."
    ),
    "not-over": Text("År som inte var slut", "Years not over"),
    "terms-of-sources": Text(
        "Varje källas villkor står på källans sida; det som redaktionen anger får användas fritt (CC0 1.0).",
        "The terms of each source stand on its page; what the editors state is free to use (CC0 1.0).",
    ),
    "cut": Text("Kapade texter", "Texts that are cut"),
    "cut-text": Text(
        "{number} texter är längre än en cell i Excel rymmer, 32 767 tecken, och slutar med […]. Hela står i CSV.",
        "{number} texts are longer than a cell of Excel, 32,767 letters, and end in […]. The CSV has the whole.",
    ),
    "all-held-text": Text(
        "Kopplingarna från generationsmålet, strecksatserna, miljökvalitetsmålen, etappmålen och indikatorerna.",
        "Mappings of the generational goal, its strands, the objectives, the milestone targets and the indicators.",
    ),
    "all": Text("Med etappmålens och indikatorernas", "With those of milestone targets and indicators"),
    "rights": Text("Villkor", "Terms"),
    "rights-text": Text(
        "Det som Miljögrafens redaktion anger får användas fritt (CC0 1.0), och så även det här urvalet. En publicerad "
        "koppling är källans uppgift, och källans villkor gäller.",
        "What Miljögrafen's editors state is free to use (CC0 1.0), as is this selection. A published mapping is a "
        "statement of its source, whose terms apply.",
    ),
    "standing": Text("Ställning", "Standing"),
}
"""What the second sheet tells."""
