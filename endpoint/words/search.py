"""Search, and its suggestions."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "search": Text("Sök", "Search"),
    "search-label": Text("Sök i Miljögrafen", "Search Miljögrafen"),
    "search-hint": Text(
        "Ett namn, en del av ett ord, eller en kod: övergödning, Malmö, 14.1, 1280, KL2.",
        "A name, a part of a word, or a code: eutrophication, Malmö, 14.1, 1280, KL2.",
    ),
    "search-title": Text("Sök", "Search"),
    "search-for": Text("Sökning: {typed}", "Search: {typed}"),
    "search-nothing": Text("Inget passar ”{typed}”.", "Nothing fits “{typed}”."),
    "search-things": Text("Saker i data", "Things in the data"),
    "search-nothing-of-things": Text("Ingen sak i data heter ”{typed}”.", "No thing in the data is called “{typed}”."),
    "search-ways": Text(
        "Pröva ett annat ord, färre ord eller bara början av ett. Koder skrivs som de står: 14.1, 1280, KL2.",
        "Try another word, fewer words, or the beginning of one. Codes are written as they stand: 14.1, 1280, KL2.",
    ),
    "search-partly": Text(
        "Inget har alla orden; här är det som har något av dem.", "Nothing has all the words; these have some."
    ),
    "search-read-as": Text(
        "Inget ord börjar på ”{typed}”. Visar träffar på:",
        "No word begins with “{typed}”. Showing hits for:",
    ),
    "search-everything": Text("Alla", "All"),
    "search-kinds": Text("Begränsa till ett slag", "Narrow to a kind"),
    "search-many": Text(
        "Begränsa till ett slag, eller skriv ett ord till.", "Narrow to a kind, or write another word."
    ),
    "search-many-of-kind": Text("Skriv ett ord till för att få färre.", "Write another word to have fewer."),
    "search-terms": Text("Termer och begrepp", "Terms and concepts"),
    "search-term": Text("Term eller begrepp", "Term or concept"),
    "search-pages": Text("Sidor med träffar", "Pages of hits"),
    "search-page": Text("Sida {page} av {pages}", "Page {page} of {pages}"),
    "previous": Text("Föregående", "Previous"),
    "next": Text("Nästa", "Next"),
    "search-this": Text("Sök efter ”{typed}”", "Search for “{typed}”"),
    "suggestions": Text("Förslag", "Suggestions"),
    "guides": Text("Sidor och exempelfrågor", "Pages and example questions"),
    "guides.one": Text("sida eller exempelfråga", "page or example question"),
    "guides.many": Text("sidor och exempelfrågor", "pages and example questions"),
    "guides-beside": Text("Dessutom", "And also"),
    "guides-first": Text("De första {number} av {all}.", "The first {number} of {all}."),
    "guides-questions": Text("Alla exempelfrågor", "All example questions"),
    "preview-source": Text("Miljögrafen, utgåva {id}.", "Miljögrafen, release {id}."),
    "hits.one": Text("träff", "hit"),
    "hits.many": Text("träffar", "hits"),
}
