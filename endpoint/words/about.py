"""What the data are, where they come from, how to cite them."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "about-title": Text("Om Miljögrafen", "About Miljögrafen"),
    "about-lead": Text(
        "Miljögrafen återger Sveriges miljömålssystem som länkade öppna data: målen, vem som följer upp dem, länen "
        "och kommunerna, och hur målen hänger ihop med Agenda 2030.",
        "Miljögrafen gives Sweden's environmental objectives system as linked open data: the objectives, who "
        "follows them up, the counties and municipalities, and how the objectives are linked to the 2030 Agenda.",
    ),
    "about-official": Text(
        "Den officiella webbplatsen om miljömålen är sverigesmiljomal.se. Här finns målens namn och en länk till "
        "deras sidor där, inte deras officiella lydelse.",
        "The official site about the objectives is sverigesmiljomal.se. Given here are their names and a link to "
        "their pages there, not their official wording.",
    ),
    "about-official-link": Text("Till sverigesmiljomal.se", "Go to sverigesmiljomal.se"),
    "about-identifiers": Text("Fasta adresser", "Fixed addresses"),
    "about-identifiers-text": Text(
        "Varje sak har en adress som också är dess namn i data. De globala målen och delmålen har FN:s egna. "
        "Adressen svarar med en webbsida eller med data, beroende på vad du ber om.",
        "Each thing has an address that is also its name in the data. The Sustainable Development Goals and their "
        "targets have those of the UN. The address answers with a page or with data, as you ask for.",
    ),
    "about-confidence": Text("Källor och säkerhet", "Sources and confidence"),
    "about-confidence-text": Text(
        "Varje uppgift kommer från en rad i en tabell, och varje rad har en källa och en säkerhet: hur säkert det "
        "är att källan säger det som raden återger. Rader som är osäkra är inte med i utgåvan. Vad redaktionen vet "
        "utan att ha läst en källa för det har redaktionen som källa, och räknas som troligt, aldrig som säkert.",
        "Every statement comes from a row of a table, and every row has a source and a confidence: how sure it is "
        "that the source states what the row says. Rows that are unsure are left out of the release. What the "
        "editors know without having read a source for it has the editors as its source, and counts as likely, "
        "never as certain.",
    ),
    "about-standing": Text("Kopplingar och deras ställning", "Mappings and their standing"),
    "about-standing-text": Text(
        "En koppling mellan ett miljömål och ett globalt mål är en bedömning av någon. En publicerad koppling har "
        "en namngiven utgivare angett. En redaktionell koppling har Miljögrafens redaktion motiverat, med det som "
        "motiveringen vilar på. En föreslagen koppling väntar på granskning, och räknas inte om man inte ber om "
        "den.",
        "A mapping between an objective and a Sustainable Development Goal is somebody's judgement. A published "
        "mapping was stated by a named publisher. An editorial mapping was justified by Miljögrafen's editors, with "
        "what the justification rests on. A proposed mapping awaits review, and does not count unless asked for.",
    ),
    "about-strength-text": Text(
        "Styrka säger hur nära målen hänger ihop och återges bara där den är angiven. Tilltro säger hur väl "
        "motiveringen håller. De är oberoende av varandra.",
        "Strength tells how closely the goals are tied, and is given only where it is stated. Confidence in the "
        "justification tells how well it holds. The two are independent.",
    ),
    "definitions": Text("Definitioner", "Definitions"),
    "about-sources-text": Text(
        "Källorna i utgåvan, och hur många rader som vilar på var och en.",
        "The sources of the release, and how many rows rest on each.",
    ),
    "publisher": Text("Utgivare", "Publisher"),
    "about-licence-text": Text(
        "Det som redaktionen själv anger får användas fritt, utan villkor. Uppgifter från andra källor är ordnade i "
        "en namngiven graf per källa, och för dem gäller källans licens. Där ingen licens är angiven är ingen "
        "antecknad här för källan; hör efter hos den. Ange källan när du använder uppgifterna, med de ord den ber om.",
        "What the editors themselves state may be used freely, without conditions. Statements from other sources "
        "lie in one named graph for each source, and are under its licence. Where no licence is stated, none is "
        "recorded for the source here; check with the source. Name the source when you use the statements, in the "
        "words it asks for.",
    ),
    "privacy": Text("Integritet", "Privacy"),
    "privacy-text": Text(
        "Sidorna sätter inga kakor, hämtar inget från andra servrar och räknar inga besökare. Din nätadress används "
        "medan du får svar, så att ingen tar alla platser, och skrivs inte ner. Det du söker efter, frågar, föreslår "
        "eller laddar upp sparas inte.",
        "The pages set no cookies, fetch nothing from other servers and count no visitors. The address of your network "
        "is used while you are answered, so that nobody takes all the places, and is not written down. What you "
        "search for, ask, propose or upload is not kept.",
    ),
    "privacy-log": Text(
        "Den som driver tjänsten kan föra en logg med tid, sökväg och utfall för varje begäran och en kontrollsumma av "
        "frågan, utan adresser och utan frågans text. En server framför, hos den som driver tjänsten, kan ha en "
        "logg av sitt eget slag.",
        "Whoever runs the service can keep a log with the time, path and outcome of each request and a checksum of "
        "the query, without addresses and without the text of the query. A server in front, of whoever runs the "
        "service, may have a log of its own kind.",
    ),
    "how-to-cite": Text("Så citerar du", "How to cite"),
    "about-cite-text": Text(
        "Ange utgåvan: den ändras aldrig, och samma utgåva ger alltid samma svar.",
        "Name the release: it never changes, and the same release always gives the same answer.",
    ),
}
