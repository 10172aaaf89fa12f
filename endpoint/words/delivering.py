"""How a county delivers measures and assessments, and the templates to fill."""

from __future__ import annotations

from ontology.text import Text

DELIVERY = Text("Leverans till Miljögrafen", "Delivery to Miljögrafen")
"""The subject of a letter with a filled template."""

WORDS: dict[str, Text] = {
    "deliver-title": Text("Lämna uppgifter", "Deliver data"),
    "deliver-lead": Text(
        "Mallar som en länsstyrelse, eller någon annan, kan fylla i så att uppgifterna kommer med här.",
        "Templates that a county administrative board, or anybody else, can fill so that the data come in here.",
    ),
    "deliver-how": Text("Så går det till", "How it works"),
    "deliver-step-fill": Text(
        "Fyll i mallen i Excel, eller som CSV, med en rad för varje sak. Rubrikerna är på svenska eller engelska. "
        "Kolumner som inte måste fyllas i kan strykas, och kolumner med andra rubriker läses inte.",
        "Fill the template in Excel, or as CSV, with a line for each thing. Headings are in Swedish or English. "
        "Columns that are not needed can be removed, and columns with other headings are not read.",
    ),
    "deliver-step-check": Text(
        "Den som driver tjänsten läser in filen. Varje fel får sin rad, sin kolumn och ett råd. Ingenting tas in så "
        "länge något är fel, om inte den som tar emot säger att raderna utan fel ska med.",
        "Whoever runs the service reads the file. Each fault is told with its line, its column and advice. Nothing is "
        "taken in while anything is wrong, unless who receives it says that the lines without faults are to come in.",
    ),
    "deliver-step-source": Text(
        "Leveransen blir en källa med er som utgivare och er licens. Varje uppgift går att följa till sin rad i filen.",
        "The delivery becomes a source with you as publisher and your licence. Every statement can be traced to its "
        "line of the file.",
    ),
    "deliver-step-again": Text(
        "En ny leverans ersätter den förra. Det som inte längre finns med upphör, och det syns att det har funnits.",
        "A new delivery takes the place of the last. What is not in it any more ends, and it shows that it was there.",
    ),
    "deliver-send": Text("Skicka filen till", "Send the file to"),
    "deliver-otherwise": Text(
        "Har ni redan en tabell, till exempel ett utdrag ur Åtgärdswebben, kan den tas emot som den är: den som driver "
        "tjänsten anger vad era rubriker och era ord betyder.",
        "If you have a table already, such as an extract from Åtgärdswebben, it can be received as it is: whoever runs "
        "the service says what your headings and your words mean.",
    ),
    "deliver-files": Text("Hämta mallen", "Fetch the template"),
    "deliver-workbook": Text("Excel (.xlsx), {language}", "Excel (.xlsx), {language}"),
    "deliver-csv": Text("CSV, {language}", "CSV, {language}"),
    "deliver-columns": Text("Kolumnerna i mallen {template}", "The columns of the template {template}"),
    "deliver-column": Text("Kolumn", "Column"),
    "deliver-other-language": Text("På engelska", "In Swedish"),
    "deliver-needed": Text("Måste fyllas i", "Needed"),
    "deliver-needed-yes": Text("ja", "yes"),
    "deliver-needed-no": Text("nej", "no"),
    "deliver-holds": Text("Innehåll", "What it holds"),
    "deliver-programmes-link": Text("Lämna åtgärdsprogram med en mall", "Deliver action programmes with a template"),
    "deliver-assessments-link": Text("Lämna bedömningar med en mall", "Deliver assessments with a template"),
    "deliver-link": Text("Lämna åtgärder med en mall", "Deliver measures with a template"),
    "deliver-swedish": Text("på svenska", "in Swedish"),
    "deliver-english": Text("på engelska", "in English"),
}
