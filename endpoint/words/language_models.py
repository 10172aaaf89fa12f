"""The page that says how language models ask."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "models-title": Text("Låt en språkmodell fråga", "Let a language model ask"),
    "models-lead": Text(
        "En assistent som talar Model Context Protocol (MCP) kan söka upp saker här, läsa hur de hänger ihop, ställa "
        "frågor och svara med källor. Den kan bara läsa, och ingen inloggning behövs.",
        "An assistant that speaks the Model Context Protocol (MCP) can look things up here, read how they are tied "
        "together, ask queries, and answer with sources. It can only read, and needs no login.",
    ),
    "models-address": Text("Adress", "Address"),
    "models-transport": Text("Transport", "Transport"),
    "models-revisions": Text("Versioner av protokollet", "Versions of the protocol"),
    "models-most": Text("Mest på en gång", "Most at once"),
    "models-most-setting": Text("{rows} rader och {bytes} byte", "{rows} rows and {bytes} bytes"),
    "models-connect": Text("Anslut", "Connect"),
    "models-connect-text": Text(
        "Lägg till adressen som en server i din assistent. Där servrar står i en inställningsfil ser det oftast ut så "
        "här:",
        "Add the address as a server in your assistant. Where servers stand in a file of settings, it mostly looks "
        "like this:",
    ),
    "models-tools": Text("Verktygen", "The tools"),
    "models-tool": Text("Verktyg", "Tool"),
    "models-tool-what": Text("Vad det gör", "What it does"),
    "models-find": Text(
        "Söker saker på namn eller kod, på svenska eller engelska, och ger deras adresser.",
        "Looks for things by name or code, in Swedish or English, and gives their addresses.",
    ),
    "models-schema": Text(
        "Berättar vad som finns: klasser med antal, egenskaper, datamängder, grafer, hur värden är ordnade, och "
        "exempelfrågor.",
        "Tells what there is: classes with numbers, properties, data sets, graphs, how values are laid out, and "
        "example queries.",
    ),
    "models-query": Text(
        "Besvarar en fråga i SPARQL, med samma gränser som tjänsten för alla andra. En tabell ges hel eller inte alls.",
        "Answers a query in SPARQL, within the same limits as the service for all others. A table is given whole or "
        "not at all.",
    ),
    "models-answers": Text("Vad ett svar säger", "What an answer says"),
    "models-answers-release": Text(
        "Utgåvan som det gäller, med en adress där det kan frågas igen.",
        "The release that it is of, with an address where it can be asked again.",
    ),
    "models-answers-iris": Text(
        "Sakernas adresser, så att varje uppgift kan slås upp.",
        "The addresses of the things, so that each claim can be looked up.",
    ),
    "models-answers-sources": Text(
        "Vilka källor som uppger något om sakerna, hur säkert, med licens och hur de ska anges; det som bara "
        "redaktionen står bakom är märkt editorial.",
        "Which sources state something of the things, how surely, with licence and attribution; what only the editors "
        "stand behind is marked editorial.",
    ),
    "models-answers-errors": Text(
        "Varför det inte blev något svar: rad och kolumn, gränsen som nåddes, vad som nog menades.",
        "Why there is no answer: line and column, the limit that was met, what may have been meant.",
    ),
    "models-care": Text(
        "Modellen kan ändå ha fel. Följ adresserna innan du litar på svaret.",
        "The model may be wrong all the same. Follow the addresses before you rely on what it says.",
    ),
}
