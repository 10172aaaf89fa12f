"""The rules for identifiers, and how they are kept."""

from __future__ import annotations

from ontology.text import Text

RULES: dict[str, Text] = {
    "BI-1": Text("En identifierare är en http- eller https-adress.", "An identifier is an http or https URL."),
    "BI-2": Text(
        "Den har ett domännamn: ingen IP-adress, ingen lokal värd.",
        "It has a domain name: no IP address, no local host.",
    ),
    "BI-3": Text(
        "Port, användarnamn eller lösenord i identifieraren.", "A port, a user name or a password in the identifier."
    ),
    "BI-4": Text("Frågeparametrar i identifieraren.", "Query parameters in the identifier."),
    "BI-5": Text("Fragment i identifieraren.", "A fragment in the identifier."),
    "BI-6": Text(
        "Versionsnummer i identifieraren. (En version av en datamängd är en sak för sig; det som skiljer den från "
        "andra står i dess nyckel.)",
        "A version number in the identifier. (A version of a data set is a thing of its own; what tells it from "
        "others stands in its key.)",
    ),
    "BI-7": Text("Filändelse i identifieraren.", "A file extension in the identifier."),
    "UM-1": Text(
        "Identifieraren slås upp i DNS och sedan med HTTP hos den servern.",
        "The identifier is looked up by DNS, then by HTTP at that server.",
    ),
    "UM-2": Text(
        "Uppgifter om identifieraren själv fås med HEAD, som huvuden.",
        "Information about the identifier itself is had by HEAD, as headers.",
    ),
    "UM-3": Text(
        "En informationsresurs svarar på GET med 200 och en representation.",
        "An information resource answers GET with 200 and a representation.",
    ),
    "UM-4": Text(
        "Accept, Accept-Language och Accept-Encoding väljer representation. Länkar med alternate räknar upp de andra "
        "och en med canonical visar den främsta.",
        "Accept, Accept-Language and Accept-Encoding choose the representation. Links with alternate list the others, "
        "one with canonical shows the main one.",
    ),
    "UM-5": Text(
        "Accept-Profile väljer en profil; Content-Profile och länkar med profile säger vilken det blev.",
        "Accept-Profile chooses a profile; Content-Profile and links with profile say which it was.",
    ),
    "UM-6": Text(
        "En informationsresurs leder vidare med 307 till en mer specifik. Här svarar varje dokument självt, med 200.",
        "An information resource leads on by 307 to a more specific one. Here each document answers itself, with 200.",
    ),
    "UM-7": Text(
        "En sak som inte är information svarar på HEAD och GET med 303 till en beskrivning av den, i Location och som "
        "länk med describedby.",
        "A thing that is not information answers HEAD and GET with 303 to a description of it, in Location and as a "
        "link with describedby.",
    ),
    "UM-8": Text(
        "Ytterligare beskrivningar som ägaren känner till ges som länkar med describedby.",
        "Further descriptions that the owner knows of are given as links with describedby.",
    ),
    "UM-9": Text(
        "En uppslagstjänst för beskrivningar ges med alternate och visar tillbaka med canonical. Här finns ingen.",
        "A lookup service of descriptions is given with alternate and points back with canonical. There is none here.",
    ),
    "UM-10": Text(
        "En identifierare som har upphört svarar 410 och används aldrig för något annat.",
        "An identifier that has ended answers 410 and is never used for another thing.",
    ),
    "UM-11": Text(
        "En ersatt identifierare svarar 308 med den nya i Location.",
        "A replaced identifier answers 308 with the new one in Location.",
    ),
    "UM-12": Text(
        "Delade eller sammanslagna saker svarar 300, med länkar med successor-version till det som nu gäller.",
        "Divided or merged things answer 300, with successor-version links to what now holds them.",
    ),
}
"""What each of DIGG's rules says, in our words."""

WORDS: dict[str, Text] = {
    "identifiers-title": Text("Identifierare", "Identifiers"),
    "identifiers-lead": Text(
        "Diggs regler för beständiga identifierare, med ett exempel ur den här utgåvan och vad det visade. Exemplen är "
        "riktiga frågor, ställda när sidan hämtades.",
        "DIGG's rules for persistent identifiers, with an example from this release and what it showed. The examples "
        "are real requests, made when the page was fetched.",
    ),
    "identifiers-source": Text(
        "Reglerna är återgivna i korthet efter Myndigheten för digital förvaltning, Beständiga identifierare (2023).",
        "The rules are paraphrased after the Agency for Digital Government, persistent identifiers (2023).",
    ),
    "identifiers-form": Text("Hur en identifierare ser ut", "What an identifier looks like"),
    "identifiers-lookup": Text("Vad som händer när man slår upp den", "What happens when it is looked up"),
    "outcome": Text("Utfall", "Outcome"),
    "identifiers-checked": Text(
        "Utgåvan har {number} identifierare. {broken} av dem bryter mot regeln.",
        "The release has {number} identifiers. {broken} of them break the rule.",
    ),
    "retired": Text("Identifieraren har upphört.", "The identifier has ended."),
    "retired-text": Text(
        "Den används aldrig för något annat. Det den stod för finns kvar i äldre utgåvor.",
        "It is never used for another thing. What it stood for is still in earlier releases.",
    ),
    "retired-versions": Text("Läs den i en äldre utgåva", "Read it in an earlier release"),
    "retired-fate": Text("Vad som hände", "What happened"),
    "retired-since": Text("Sedan", "Since"),
    "retired-successors": Text("I stället gäller", "What holds instead"),
    "identifiers-all": Text("Alla regler, med exempel och utfall", "All rules, with examples and outcomes"),
}
