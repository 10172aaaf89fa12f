"""What the pages of the site are for, as search tells it: each in words that somebody would look for it by."""

from __future__ import annotations

from ontology.text import Text

PURPOSES: dict[str, Text] = {
    "kinds": Text(
        "Innehållet, slag för slag: allt som finns i utgåvan, i listor.",
        "The contents, kind by kind: all that there is in the release, in lists.",
    ),
    "mapping": Text(
        "Matrisen: hur miljömålen hänger ihop med Agenda 2030 och de globala hållbarhetsmålen, och varför.",
        "The matrix: how the environmental objectives are linked to the 2030 Agenda and the Sustainable Development "
        "Goals (SDG), and why.",
    ),
    "mapping/propose": Text(
        "Ett formulär för den som saknar en koppling mellan ett miljömål och ett globalt mål, eller vill ändra en.",
        "A form for whoever misses a mapping between an objective and a global goal, or wants to change one.",
    ),
    "compare": Text(
        "Län eller kommuner sida vid sida, i rangordning (ranking), i diagram och på karta, med statistik år för år.",
        "Counties or municipalities side by side, in a ranking, in charts and on a map, with statistics year by year.",
    ),
    "query": Text(
        "Ställ egna frågor till data i SPARQL, börja från en exempelfråga, och ta svaret som CSV eller till Excel.",
        "Ask the data questions of your own in SPARQL, begin from an example, and take the answer as CSV or to Excel.",
    ),
    "service": Text(
        "SPARQL-tjänsten för program: adress, API, format, parametrar, gränser, grafer, och varför ett svar är tomt.",
        "The SPARQL endpoint for programs: address, API, formats, parameters, limits, graphs, and why an answer is "
        "empty.",
    ),
    "data": Text(
        "Hämta allt som öppna data: filer i RDF, CSV och JSON-stat, datakatalog (DCAT), flöde (Atom, RSS), och licens "
        "för varje källa.",
        "Fetch everything as open data: files in RDF, CSV and JSON-stat, data catalogue (DCAT), feed (Atom, RSS), and "
        "the licence (license) of each source.",
    ),
    "releases": Text(
        "Tidigare utgåvor och versioner, som finns kvar och kan citeras.",
        "Earlier releases and versions, which are kept and can be cited.",
    ),
    "changes": Text(
        "Nyheter och ändringar sedan utgåvan före, och hur man följer dem i en ström eller ett flöde.",
        "News and changes since the release before, and how to follow them in a stream or a feed.",
    ),
    "about": Text(
        "Vad Miljögrafen är, källor och hur säkra uppgifterna är, licens och villkor, hur man citerar och "
        "hänvisar, och vad som sparas om besökare (integritet, kakor).",
        "What Miljögrafen is, sources and how sure the statements are, licence and terms, how to cite and refer, "
        "and what is kept of visitors (privacy, cookies).",
    ),
    "about/identifiers": Text(
        "Fasta adresser (URI, permalänkar) för allt, hur de slås upp, och vilka regler de följer.",
        "Fixed addresses (URIs, permalinks) of everything, how they are looked up, and which rules they follow.",
    ),
    "vocabulary": Text(
        "Klasser, egenskaper och begrepp som data är skrivna med: ontologi, datamodell, definitioner.",
        "Classes, properties and concepts that the data are written with: ontology, data model, definitions.",
    ),
    "validation": Text(
        "Hur utgåvan har kontrollerats (validering, SHACL), vad som är fel eller saknas, och datakvalitet.",
        "How the release was checked (validation, SHACL), what is wrong or missing, and data quality.",
    ),
    "deliver": Text(
        "Mallar i Excel för den som rapporterar åtgärder och bedömningar, som ett län eller en kommun.",
        "Templates in Excel for whoever reports measures and assessments, such as a county or a municipality.",
    ),
    "reconciliation": Text(
        "Matcha namn i en egen tabell mot sakerna här, i OpenRefine eller med ett program.",
        "Match the names in a table of yours to the things here, in OpenRefine or with a program.",
    ),
    "language-models": Text(
        "Låt en språkmodell, AI eller chattbot slå upp och fråga (MCP).",
        "Let a language model, AI or chatbot look up and ask (MCP).",
    ),
    "problems": Text(
        "Vad varje felmeddelande betyder, tjänstens gränser, och hjälp med vad man kan göra.",
        "What each error message means, the limits of the service, and help with what can be done.",
    ),
    "accessibility": Text(
        "Tillgänglighet för alla: vad som inte fungerar än, och vart man vänder sig.",
        "Accessibility for everyone: what does not work yet, and whom to turn to.",
    ),
}
"""What each page is for, by its path after the language."""
