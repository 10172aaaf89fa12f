"""The types of problems that queries end in, in one table."""

from __future__ import annotations

from endpoint.problem_type import ProblemType
from ontology.text import Text

_LESS = (
    "Begränsa frågan, lägg till LIMIT, eller ladda ner utgåvan. Med partial=1 kommer det som ryms, märkt som kapat.",
    "Narrow the query, add LIMIT, or take the dump of the release. With partial=1 comes what fits, marked as cut.",
)

OF_QUERIES = (
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
        "query-deep-term",
        406,
        Text("Svaret har för djupa tripletermer", "The answer has triple terms that nest too deep"),
        Text(
            "Sidor, arbetsböcker och verktyg läser tripletermer i högst {limit} nivåer. Välj delarna med SUBJECT, "
            "PREDICATE och OBJECT, eller be /sparql om svaret med version=1.2.",
            "Pages, workbooks and tools read triple terms of {limit} levels at most. Select the parts with SUBJECT, "
            "PREDICATE and OBJECT, or ask /sparql for the answer with version=1.2.",
        ),
        Text(
            "En tripleterm i svaret har en annan i sig, i fler nivåer än sidor, arbetsböcker och verktyg läser; "
            "”limit” säger hur många. Välj delarna med SUBJECT, PREDICATE och OBJECT, eller be /sparql om svaret med "
            "version=1.2.",
            "A triple term in the answer has another in it, in more levels than pages, workbooks and tools read; "
            "“limit” says how many. Select the parts with SUBJECT, PREDICATE and OBJECT, or ask /sparql for the answer "
            "with version=1.2.",
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
        Text(
            "Uppdateringar tas inte emot. Fråga med SELECT, ASK, CONSTRUCT eller DESCRIBE.",
            "Updates are not accepted. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.",
        ),
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
        leads_to_all=True,
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
        leads_to_all=True,
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
        leads_to_all=True,
    ),
    ProblemType(
        "query-queue-share",
        429,
        Text("Ditt nät fyller kön", "Your network fills the queue"),
        Text(
            "Högst {limit} frågor får vänta på sin tur, och ditt nät har fler där än något annat. Ställ färre åt "
            "gången, försök igen om en stund, eller ladda ner utgåvan.",
            "At most {limit} queries may wait for their turn, and your network has more there than any other. "
            "Ask fewer at a time, try again shortly, or take the dump of the release.",
        ),
        setting="queue",
        is_for_later=True,
        leads_to_all=True,
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
        leads_to_all=True,
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
        leads_to_all=True,
    ),
    ProblemType(
        "query-crashed",
        503,
        Text("Frågan fick frågemotorn att sluta", "The query made the query engine stop"),
        Text(
            "Oftast är nästlingen för djup eller mellanresultatet för stort. Skriv om frågan, eller ladda ner utgåvan.",
            "Most often it nests too deep or holds too much at once. Rewrite it, or take the dump of the release.",
        ),
        leads_to_all=True,
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
        leads_to_all=True,
    ),
    ProblemType(
        "query-no-room",
        503,
        Text("Det finns ingen plats för svaret", "There is no room for the answer"),
        Text(
            "Disken för långa svar är full. Försök igen om en stund, eller begränsa frågan.",
            "The disk for long answers is full. Try again shortly, or narrow the query.",
        ),
        Text(
            "Ett långt svar väntar i en fil, och disken för dem är full. Försök igen om en stund, eller begränsa "
            "frågan. Den som driver tjänsten ger dem en annan mapp med inställningen spool.",
            "A long answer waits in a file, and the disk for these is full. Try again shortly, or narrow the query. "
            "Whoever runs the service gives them another folder with the setting spool.",
        ),
        is_for_later=True,
    ),
    ProblemType(
        "query-too-many-bytes",
        503,
        Text("Svaret blev för långt", "The answer is too long"),
        Text(f"Det får ha {{limit}} byte. {_LESS[0]}", f"It may have {{limit}} bytes. {_LESS[1]}"),
        setting="max_answer_bytes",
        leads_to_all=True,
    ),
    ProblemType(
        "query-too-many-rows",
        503,
        Text("Svaret har för många rader", "The answer has too many rows"),
        Text(f"Det får ha {{limit}} rader. {_LESS[0]}", f"It may have {{limit}} rows. {_LESS[1]}"),
        setting="max_answer_rows",
        leads_to_all=True,
    ),
)
"""Their kinds are `query-` and the reason of `pool.QueryFailed`."""
