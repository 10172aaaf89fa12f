"""What stands on every page, in lists, and where something went wrong."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    # the frame of every page
    "skip": Text("Hoppa till innehållet", "Skip to content"),
    "menu": Text("Huvudmeny", "Main menu"),
    "menu-short": Text("Meny", "Menu"),
    "crumbs": Text("Du är här", "You are here"),
    "tagline": Text(
        "Sveriges miljömål som länkade öppna data", "Sweden's environmental objectives as linked open data"
    ),
    "any-data": Text("Vilka data som helst, med SPARQL", "Any data, by SPARQL"),
    "any-data-long": Text(
        "Här svarar filer som någon har valt att visa. De är inte Miljögrafens utgåva, och ändras inte medan de visas.",
        "What answers here are files that somebody chose to show. They are not the release of Miljögrafen, and do not "
        "change while they are shown.",
    ),
    "in-other-language": Text("In English", "På svenska"),
    "nav-objectives": Text("Miljömål", "Objectives"),
    "contents": Text("Innehåll", "Contents"),
    "contents-lead": Text(
        "Vad utgåvan rymmer, slag för slag. Talen är hur många saker av varje slag som finns. Vad som bara finns som "
        "del av något annat, som en observation eller en myndighets uppgift, står på dess sida.",
        "What the release holds, kind by kind. The numbers say how many things of each kind there are. What is only a "
        "part of something else, such as an observation or the duty of an agency, stands on the page of that.",
    ),
    "nav-mapping": Text("Koppla mot Agenda 2030", "Map to the SDGs"),
    "nav-query": Text("SPARQL", "SPARQL"),
    "nav-about": Text("Om", "About"),
    "release": Text("Utgåva", "Release"),
    "release-from": Text("{id}, källor hämtade till och med {date}.", "{id}, sources retrieved up to {date}."),
    "licence": Text("Licens", "Licence"),
    "licence-short": Text(
        "Egna uppgifter är fria att använda (CC0 1.0). För uppgifter från andra gäller källans villkor.",
        "Our own statements are free to use (CC0 1.0). For those of others, the terms of the source apply.",
    ),
    "licence-more": Text("Mer om licenser", "More on licences"),
    "licence-not-stated-of": Text("Licens ej angiven: {sources}", "Licence not stated: {sources}"),
    "licence-not-stated": Text("ej angiven", "not stated"),
    "data": Text("Data", "Data"),
    "formats-short": Text(
        "Varje sak finns som webbsida och som data, i Turtle, JSON-LD och fyra format till.",
        "Each thing is there as a page and as data, in Turtle, JSON-LD and four more formats.",
    ),
    "feedback": Text("Synpunkter och fel:", "Feedback and errors:"),
    "no-tracking": Text("Inga kakor, ingen spårning.", "No cookies, no tracking."),
    "copy": Text("Kopiera", "Copy"),
    "copied": Text("Kopierat", "Copied"),
    "not-copied": Text(
        "Det gick inte att kopiera. Texten är markerad.", "It could not be copied. The text is selected."
    ),
    "yes": Text("ja", "yes"),
    "no": Text("nej", "no"),
    "why": Text("Varför", "Why"),
    "other": Text("Övriga", "Others"),
    "in-swedish": Text("(på svenska)", "(in Swedish)"),
    "in-english": Text("(på engelska)", "(in English)"),
    # counted nouns
    "goals.one": Text("globalt mål", "goal"),
    "goals.many": Text("globala mål", "goals"),
    "links.one": Text("koppling", "mapping"),
    "links.many": Text("kopplingar", "mappings"),
    "series.one": Text("serie", "series"),
    "series.many": Text("serier", "series"),
    "rows.one": Text("rad", "row"),
    "rows.many": Text("rader", "rows"),
    "published.one": Text("publicerad", "published"),
    "published.many": Text("publicerade", "published"),
    "sources.one": Text("källa", "source"),
    "sources.many": Text("källor", "sources"),
    "in-release.one": Text("i den här utgåvan", "in this release"),
    "in-release.many": Text("i den här utgåvan", "in this release"),
    # lists
    "empty-list-united-nations": Text(
        "Utgåvan rymmer inget av det här slaget: det hämtas ur Förenta nationernas taxonomi, och den är inte hämtad.",
        "The release holds nothing of this kind: it comes of the United Nations' taxonomy, which was not fetched.",
    ),
    "empty-list-retirement": Text("Ingen identifierare har upphört.", "No identifier has ended."),
    "empty-list": Text(
        "Utgåvan rymmer inget av det här slaget än: ingen rad med källa finns i tabellen. Ingen uppgift betyder inte "
        "att svaret är nej.",
        "The release holds nothing of this kind yet: its table has no row with a source. That nothing is said does "
        "not mean that the answer is no.",
    ),
    "see-also": Text("Se även", "See also"),
    "as-matrix": Text("Visa matrisen", "Show the matrix"),
    "as-list": Text("Alla kopplingar i en lista", "All mappings in a list"),
    # errors
    "problem-status": Text("Fel {status}", "Error {status}"),
    "same-without": Text("Samma sida utan", "The same page without"),
    "way-out": Text("Gå vidare", "Where to go"),
}
