"""The types of problems there are: one table that answers are made from, and the page that tells what each means."""

from __future__ import annotations

from endpoint.problem_type import ProblemType
from ontology.text import Text

_LESS = (
    "Begränsa frågan, lägg till LIMIT, eller ladda ner utgåvan. Med partial=1 kommer det som ryms, märkt som kapat.",
    "Narrow the query, add LIMIT, or take the dump of the release. With partial=1 comes what fits, marked as cut.",
)

_ALL = (
    ProblemType(
        "query-new-term",
        406,
        Text("Svaret har termer från RDF 1.2", "The answer has terms of RDF 1.2"),
        Text(
            "{message} känns inte igen av äldre program. Be om den med version=1.2, i adressen eller som parameter "
            "till mediatypen i Accept. JSON-LD har inga tripletermer.",
            "{message} is not known to older programs. Ask for it with version=1.2, in the address or as a parameter "
            "of the media type in Accept. JSON-LD has no triple terms.",
        ),
        meaning=Text(
            "Svaret har tripletermer eller texter med skrivriktning, som äldre program inte känner igen. Be om dem med "
            "version=1.2, i adressen eller som parameter till mediatypen i Accept. JSON-LD har inga tripletermer.",
            "The answer has triple terms or texts with a direction, which older programs do not know. Ask for them "
            "with version=1.2, in the address or as a parameter of the media type in Accept. JSON-LD has no triple "
            "terms.",
        ),
    ),
    ProblemType(
        "query-not-in-markup",
        406,
        Text("Svaret går inte att skriva i XML", "The answer cannot be written in XML"),
        Text(
            "Det har ett tecken som XML förbjuder. Be om ett annat format, till exempel JSON eller Turtle.",
            "It has a character that XML forbids. Ask for another format, such as JSON or Turtle.",
        ),
    ),
    ProblemType(
        "query-syntax",
        400,
        Text("Frågan är inte giltig SPARQL", "The query is not valid SPARQL"),
        Text("{message}", "{message}"),
        meaning=Text(
            "Svaret säger vid vilken rad och kolumn läsningen tog slut, och oftast vad som väntades där.",
            "The answer says at which line and column the reading ended, and most often what was expected there.",
        ),
    ),
    ProblemType(
        "query-too-deep",
        400,
        Text("Frågan är för djupt nästlad", "The query nests too deep"),
        Text(
            "Rad {line}, kolumn {column}: mer än {limit} parenteser i varandra, eller steg i rad i en stig, tar för "
            "lång tid. Dela frågan, eller skriv den med VALUES.",
            "Line {line}, column {column}: more than {limit} brackets in one another, or steps in a row in a path, "
            "take too long. Divide the query, or write it with VALUES.",
        ),
        setting="max_nesting",
    ),
    ProblemType(
        "query-evaluation",
        400,
        Text("Frågan kan inte besvaras", "The query cannot be answered"),
        Text("{message}", "{message}"),
        meaning=Text(
            "Frågan kan läsas men inte räknas ut. Svaret säger vad som stod i vägen.",
            "The query can be read, but not be computed. The answer says what stood in the way.",
        ),
    ),
    ProblemType(
        "query-federation",
        403,
        Text("Frågor till andra tjänster är inte tillåtna", "Queries to other services are not allowed"),
        Text(
            "Frågan innehåller {message}. Fråga den andra tjänsten för sig, eller låt den fråga den här.",
            "The query contains {message}. Ask the other service by itself, or let it ask this one.",
        ),
        meaning=Text(
            "SERVICE, som frågar andra tjänster, är inte tillåtet här. Fråga den andra tjänsten för sig, eller låt "
            "den fråga den här.",
            "SERVICE, which asks other services, is not allowed here. Ask the other service by itself, or let it ask "
            "this one.",
        ),
    ),
    ProblemType(
        "query-federation-not-listed",
        403,
        Text("Den tjänsten får inte frågas", "That service may not be asked"),
        Text(
            "Frågor får ställas till: {message}. Skriv adressen i sin helhet: SERVICE <…>.",
            "What may be asked: {message}. Write the address in full: SERVICE <…>.",
        ),
        meaning=Text(
            "Bara de tjänster som svaret räknar upp får frågas. Skriv adressen i sin helhet: SERVICE <…>.",
            "Only the services that the answer lists may be asked. Write the address in full: SERVICE <…>.",
        ),
    ),
    ProblemType(
        "query-service",
        502,
        Text("En annan tjänst svarade inte", "Another service did not answer"),
        Text(
            "{message}. Försök igen, eller skriv SERVICE SILENT för att vara utan den.",
            "{message}. Try again, or write SERVICE SILENT to do without it.",
        ),
        meaning=Text(
            "Tjänsten som frågan vände sig till svarade inte, eller inte så att det gick att läsa. Försök igen, eller "
            "skriv SERVICE SILENT för att vara utan den.",
            "The service that the query turned to did not answer, or not so that it could be read. Try again, or write "
            "SERVICE SILENT to do without it.",
        ),
    ),
    ProblemType(
        "query-update",
        403,
        Text("Den här tjänsten kan bara läsas", "This service can only be read"),
        Text("Uppdateringar tas inte emot.", "Updates are not accepted."),
    ),
    ProblemType(
        "query-deadline",
        503,
        Text("Frågan tog för lång tid", "The query took too long"),
        Text(
            "Den avbröts efter {seconds} s; den fick räkna i {limit} s. Begränsa den, eller ladda ner hela utgåvan och "
            "fråga den själv.",
            "It was stopped after {seconds} s; it had {limit} s. Narrow it, or take the dump of the release and query "
            "that yourself.",
        ),
        setting="deadline",
    ),
    ProblemType(
        "query-busy",
        503,
        Text("Alla frågeplatser är upptagna", "All places for queries are taken"),
        Text(
            "Den väntade i {seconds} s, och får vänta i {limit} s. Försök igen om en stund, eller ladda ner utgåvan.",
            "It waited {seconds} s, and may wait {limit} s. Try again shortly, or take the dump of the release.",
        ),
        setting="patience",
        is_for_later=True,
    ),
    ProblemType(
        "query-queue-full",
        503,
        Text("Kön är full", "The queue is full"),
        Text(
            "Högst {limit} frågor får vänta på sin tur. Försök igen om en stund, eller ladda ner utgåvan.",
            "At most {limit} queries may wait for their turn. Try again shortly, or take the dump of the release.",
        ),
        setting="queue",
        is_for_later=True,
    ),
    ProblemType(
        "query-network-busy",
        429,
        Text("Ditt nät ställer för många frågor på en gång", "Your network asks too many queries at once"),
        Text(
            "Högst {limit} frågor från ett nät besvaras samtidigt. Frågan väntade i {seconds} s. Ställ färre åt "
            "gången, eller ladda ner utgåvan.",
            "At most {limit} queries of one network are answered at once. It waited {seconds} s. Ask fewer at a time, "
            "or take the dump of the release.",
        ),
        setting="per_network",
        is_for_later=True,
    ),
    ProblemType(
        "query-no-long-place",
        503,
        Text("Alla platser för långa frågor är upptagna", "All places for long queries are taken"),
        Text(
            "Den avbröts efter {seconds} s, eftersom högst {limit} frågor får ta lång tid samtidigt. Begränsa den, "
            "försök igen om en stund, eller ladda ner utgåvan.",
            "It was stopped after {seconds} s, since at most {limit} queries may take long at once. Narrow it, try "
            "again shortly, or take the dump of the release.",
        ),
        setting="long_queries",
        is_for_later=True,
    ),
    ProblemType(
        "query-crashed",
        503,
        Text("Frågan fick frågemotorn att sluta", "The query made the query engine stop"),
        Text(
            "Oftast är nästlingen för djup eller mellanresultatet för stort. Skriv om frågan, eller ladda ner utgåvan.",
            "Most often it nests too deep or holds too much at once. Rewrite it, or take the dump of the release.",
        ),
    ),
    ProblemType(
        "query-damaged",
        503,
        Text("Utgåvan kan inte läsas", "The release cannot be read"),
        Text(
            "Databasen är skadad. Den som driver tjänsten behöver bygga om utgåvan.",
            "The store is damaged. Whoever runs this service needs to build the release anew.",
        ),
    ),
    ProblemType(
        "query-memory",
        503,
        Text("Frågan behövde för mycket minne", "The query needed too much memory"),
        Text(
            "Den får ta {limit} MB. Sortera eller gruppera mindre på en gång, eller ladda ner utgåvan.",
            "It may take {limit} MB. Sort or group less at once, or take the dump of the release.",
        ),
        setting="megabytes",
    ),
    ProblemType(
        "query-too-many-bytes",
        503,
        Text("Svaret blev för långt", "The answer is too long"),
        Text(f"Det får ha {{limit}} byte. {_LESS[0]}", f"It may have {{limit}} bytes. {_LESS[1]}"),
        setting="max_answer_bytes",
    ),
    ProblemType(
        "query-too-many-rows",
        503,
        Text("Svaret har för många rader", "The answer has too many rows"),
        Text(f"Det får ha {{limit}} rader. {_LESS[0]}", f"It may have {{limit}} rows. {_LESS[1]}"),
        setting="max_answer_rows",
    ),
    ProblemType(
        "not-found",
        404,
        Text("Finns inte", "Not found"),
        Text("Den här utgåvan säger inget om {named}.", "This release says nothing about {named}."),
        Text(
            "Utgåvan säger inget om det som adressen namnger. Där en annan adress kan vara menad står den i ”instead”.",
            "The release says nothing about what the address names. Where another may be meant, it stands in "
            "“instead”.",
        ),
    ),
    ProblemType(
        "no-such-page",
        404,
        Text("Sidan finns inte", "There is no such page"),
        meaning=Text(
            "Adressen leder ingenstans, eller till en sida efter den sista. /openapi.json har adresserna för program.",
            "The address leads nowhere, or to a page after the last. /openapi.json has the addresses for programs.",
        ),
    ),
    ProblemType(
        "no-graph",
        404,
        Text("Grafen finns inte", "There is no such graph"),
        Text(
            "Ingen graf heter <{graph}>. Tjänstens beskrivning, /sparql, räknar upp dem som finns.",
            "No graph is called <{graph}>. The description of the service, /sparql, lists those there are.",
        ),
    ),
    ProblemType(
        "no-such-release",
        404,
        Text("Det finns ingen sådan utgåva", "There is no such release"),
        Text("Utgåvorna som finns står på /releases/.", "The releases that there are stand at /releases/."),
    ),
    ProblemType(
        "release-removed",
        410,
        Text("Utgåvan finns inte kvar", "The release is not kept any more"),
        Text(
            "Den har funnits, men sparas inte längre här. Samma tabeller ger samma utgåva om de byggs igen.",
            "It was there, and is not kept here any longer. The same tables give the same release if they are built "
            "again.",
        ),
    ),
    ProblemType(
        "bad-parameter",
        400,
        Text("Begäran kan inte förstås", "The request cannot be understood"),
        meaning=Text(
            "En parameter saknas, står för många gånger, eller kan inte ha det värdet. Svaret namnger den i "
            "”parameter”, och säger i ”allowed” vad den kan vara.",
            "A parameter is missing, stands too often, or cannot have that value. The answer names it in "
            "“parameter”, and says in “allowed” what it can be.",
        ),
    ),
    ProblemType(
        "bad-form",
        400,
        Text("Begäran kan inte förstås", "The request cannot be understood"),
        meaning=Text(
            "Formuläret som skickades kan inte läsas. Skicka det som UTF-8, med sina fält och högst en fil.",
            "The form that was sent cannot be read. Send it as UTF-8, with its fields and one file at most.",
        ),
    ),
    ProblemType(
        "not-acceptable",
        406,
        Text("Inget av formaten passar", "None of the formats will do"),
        Text("Det går att få: {named}.", "There is: {named}."),
        Text(
            "Accept godtar inget av de format som finns. Svaret räknar upp dem i ”available”.",
            "Accept takes none of the formats that there are. The answer lists them in “available”.",
        ),
    ),
    ProblemType(
        "method-not-allowed",
        405,
        Text("Metoden går inte här", "This method is not for this address"),
        meaning=Text(
            "Huvudet Allow säger vilka metoder som adressen tar emot.",
            "The header Allow says which methods the address takes.",
        ),
    ),
    ProblemType(
        "unsupported-media-type",
        415,
        Text("Begäran kan inte läsas i den formen", "The request cannot be read in this form"),
        meaning=Text(
            "Kroppen har en mediatyp, en teckenkodning eller en komprimering som inte tas emot. Accept-Post säger vad "
            "som kan skickas.",
            "The body has a media type, a charset or a compression that is not taken. Accept-Post says what can be "
            "sent.",
        ),
    ),
    ProblemType(
        "range-not-satisfiable",
        416,
        Text("Filen är kortare än så", "The file is shorter than that"),
        Text("Den har {size} byte.", "It has {size} bytes."),
        Text(
            "Ingen byte som bads om finns. Svaret säger i ”bytes” hur lång filen är.",
            "No byte that was asked for is there. The answer says in “bytes” how long the file is.",
        ),
    ),
    ProblemType(
        "query-too-long",
        413,
        Text("Frågan är för lång", "The query is too long"),
        Text("Den får vara högst {limit} byte.", "It may have {limit} bytes at most."),
        setting="max_query_bytes",
    ),
    ProblemType(
        "form-too-long",
        413,
        Text("Formuläret är för långt", "The form is too long"),
        Text(
            "Det får ha {limit} byte, med korg och fil. Ladda ner korgen och börja en ny.",
            "It may have {limit} bytes, with basket and file. Download the basket and begin a new one.",
        ),
        setting="max_form_bytes",
    ),
    ProblemType(
        "http",
        400,
        Text("Begäran kan inte besvaras", "The request cannot be answered"),
        meaning=Text(
            "Begäran bryter mot HTTP på ett sätt som svarets status säger.",
            "The request breaks HTTP in a way that the status of the answer says.",
        ),
    ),
    ProblemType(
        "arrival",
        408,
        Text("Begäran kom inte fram hel", "The request did not arrive whole"),
        meaning=Text(
            "Begäran måste ha kommit hel inom {limit} s, och dess huvuden får inte vara för långa (431). Svaret "
            "namnger gränsen i ”setting”. Skicka den igen, i ett stycke.",
            "A request must have arrived whole within {limit} s, and its headers may not be too long (431). The answer "
            "names the limit in “setting”. Send it again, in one piece.",
        ),
        setting="arrival",
    ),
    ProblemType(
        "releases-busy",
        503,
        Text("För många tidigare utgåvor används just nu", "Too many earlier releases are in use just now"),
        Text(
            "Högst {limit} är öppna samtidigt. Försök igen om en stund.",
            "At most {limit} are open at once. Try again shortly.",
        ),
        setting="earlier_releases",
        is_for_later=True,
    ),
    ProblemType(
        "release-damaged",
        503,
        Text("Utgåvan kan inte öppnas", "The release cannot be opened"),
        Text(
            "Dess filer är inte som när den gjordes. Den som driver tjänsten behöver bygga om den.",
            "Its files are not as they were made. Whoever runs this service needs to build it anew.",
        ),
    ),
    ProblemType(
        "fault",
        500,
        Text("Något gick fel hos oss", "Something went wrong on our side"),
        Text("Felet har nummer {number} i loggen.", "The fault has number {number} in the log."),
        Text(
            "Felet är vårt. Numret i svaret står också i loggen: ange det till den som driver tjänsten.",
            "The fault is ours. The number in the answer is in the log too: give it to whoever runs the service.",
        ),
    ),
)

TYPES = {one.kind: one for one in _ALL}
"""All there are, by their kinds."""
