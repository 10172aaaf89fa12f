"""The page of the reconciliation service."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "reconciliation-title": Text("Matcha namn i en tabell", "Match the names in a table"),
    "reconciliation-lead": Text(
        "Har du en kolumn med kommuner, län, myndigheter eller mål? Tjänsten säger vilken sak varje cell menar, "
        "så att tabellen får adresser som går att följa och kolumner som går att hämta.",
        "Do you have a column of municipalities, counties, agencies or goals? This service says which thing each cell "
        "means, so that the table gets addresses to follow and columns to fetch.",
    ),
    "reconciliation-protocol": Text(
        "Den talar version 0.2 av W3C-gruppens Reconciliation Service API, liksom OpenRefine och andra program.",
        "It speaks version 0.2 of the Reconciliation Service API of a W3C group, as OpenRefine and other programs do.",
    ),
    "reconciliation-address": Text("Adress", "Address"),
    "reconciliation-other": Text("Med namn på engelska", "With names in Swedish"),
    "reconciliation-batch": Text("Frågor i en omgång", "Queries in a batch"),
    "reconciliation-limit-setting": Text("högst {limit}", "{limit} at most"),
    "reconciliation-steps": Text("I OpenRefine", "In OpenRefine"),
    "reconciliation-step-start": Text("Välj i kolumnens meny:", "Choose in the menu of the column:"),
    "reconciliation-step-add": Text("Lägg till tjänsten med adressen ovan:", "Add the service with the address above:"),
    "reconciliation-step-type": Text(
        "Välj typ, till exempel Kommun. Med en typ räknas bara sådana saker.",
        "Choose a type, such as Municipality. With a type, only such things count.",
    ),
    "reconciliation-step-evidence": Text(
        "Låt gärna andra kolumner avgöra: en kolumn med län mot egenskapen ”i län” skiljer Habo från Håbo.",
        "Let other columns decide where you can: counties, for the property “in county”, tell Habo from Håbo.",
    ),
    "reconciliation-step-judge": Text(
        "Starta. Det som är säkert väljs av sig självt. Resten visas med poäng, och i korthet när du pekar på det.",
        "Start. What is certain is chosen by itself. The rest is shown with scores, and in short when you point at it.",
    ),
    "reconciliation-step-extend": Text("Hämta fler kolumner:", "Fetch more columns:"),
    "reconciliation-step-iris": Text("Hämta sakernas adresser:", "Fetch the addresses of the things:"),
    "reconciliation-score": Text("Hur poängen blir till", "How the score is made"),
    "reconciliation-score-text": Text(
        "Poängen går från 0 till 100. Den som är ensam om den högsta, och har minst {match}, väljs som träff.",
        "The score goes from 0 to 100. The one that alone has the highest, of {match} at least, is taken for a match.",
    ),
    "reconciliation-what": Text("Det som står i cellen", "What stands in the cell"),
    "reconciliation-points": Text("Poäng", "Score"),
    "reconciliation-example": Text("Till exempel", "For example"),
    "reconciliation-evidence-text": Text(
        "Där andra kolumner ges räknas namnet till sju tiondelar och kolumnerna till tre.",
        "Where other columns are given, the name counts for seven tenths and the columns for three.",
    ),
    "reconciliation-features": Text("Vad svaret säger om poängen", "What an answer says of the score"),
    "reconciliation-feature": Text("Namn i svaret", "Name in the answer"),
    "reconciliation-feature-means": Text("Betyder", "Means"),
    "reconciliation-types": Text("Typerna", "The types"),
    "reconciliation-types-text": Text(
        "Var och en kan skrivas som sin IRI eller sitt kortnamn.", "Each can be written as its IRI or its short name."
    ),
    "reconciliation-short": Text("Kortnamn", "Short name"),
    "reconciliation-programs": Text("Från program", "From programs"),
    "reconciliation-programs-text": Text(
        "Id är sakens IRI, så att den går att länka till direkt. Alla adresser och parametrar står i",
        "An id is the IRI of the thing, so that it can be linked to as it is. All addresses and parameters stand in",
    ),
}
