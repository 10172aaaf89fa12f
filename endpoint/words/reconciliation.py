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
    "score-code": Text("sakens IRI, eller en kod", "the IRI of the thing, or a code"),
    "score-code-with-kind": Text("en kod med ett ord för vad det är", "a code with a word for what it is"),
    "score-code-padded": Text("en kod som har tappat sin nolla", "a code that has lost its zero"),
    "score-own": Text("namnet, som det är", "the name, as it is"),
    "score-other": Text("ett annat namn på saken", "another name of the thing"),
    "score-dated": Text("ett namn från en annan tid", "a name of another time"),
    "score-folded": Text("utan prickar och ringar, av det", "without dots and rings, less"),
    "score-without-kind": Text("med andra ord för vad det är, av det", "with other words for what it is, less"),
    "score-words": Text("ord gemensamma, eller nästan: högst", "words in common, or nearly: at most"),
    "reconciliation-evidence-text": Text(
        "Där andra kolumner ges räknas namnet till sju tiondelar och kolumnerna till tre.",
        "Where other columns are given, the name counts for seven tenths and the columns for three.",
    ),
    "reconciliation-features": Text("Vad svaret säger om poängen", "What an answer says of the score"),
    "reconciliation-feature": Text("Namn i svaret", "Name in the answer"),
    "reconciliation-feature-means": Text("Betyder", "Means"),
    "feature-identifier": Text("cellen är sakens IRI", "the cell is the IRI of the thing"),
    "feature-code": Text(
        "cellen är en kod: kommunkod, länskod eller länsbokstav, organisationsnummer, Kolada-id, numret på ett mål",
        "the cell is a code: of a municipality or county, an organisation number, a Kolada id, the number of a goal",
    ),
    "feature-leading_zero": Text("koden saknade sin första nolla", "the code lacked its first zero"),
    "feature-name": Text(
        "hur mycket cellen och namnet har gemensamt, 0 till 1", "how much the cell and the name have in common, 0 to 1"
    ),
    "feature-own_name": Text("namnet är det som saken kallas här", "the name is what the thing is called here"),
    "feature-former_name": Text("namnet gällde en annan tid", "the name is of another time"),
    "feature-letters": Text("å, ä och ö står som i namnet", "å, ä and ö stand as in the name"),
    "feature-kind_words": Text(
        "cellen skiljer sig bara i ord som kommun, stad, län eller mål",
        "the cell differs only in words such as municipality, city, county or goal",
    ),
    "feature-beginning": Text("namnet börjar så", "the name begins so"),
    "feature-misspelling": Text("ett ord är nästan ett i namnet", "a word is nearly one in the name"),
    "feature-properties": Text(
        "hur stor del av de andra kolumnerna som stämmer, 0 till 1", "the share of the other columns that agree, 0 to 1"
    ),
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
