"""The types of problems there are: one table that answers are made from, and the page that tells what each means."""

from __future__ import annotations

from endpoint.problem_type import ProblemType
from endpoint.query_problems import OF_QUERIES
from ontology.text import Text

_ALL = (
    *OF_QUERIES,
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
        Text(
            "På {path} finns ingenting. Adresserna för program står i /openapi.json; läsare börjar på /.",
            "There is nothing at {path}. The addresses for programs stand in /openapi.json; readers begin at /.",
        ),
        Text(
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
        Text(
            "Ingen utgåva heter {release}. Utgåvorna som finns står på /releases/.",
            "No release is called {release}. The releases that there are stand at /releases/.",
        ),
    ),
    ProblemType(
        "release-removed",
        410,
        Text("Utgåvan finns inte kvar", "The release is not kept any more"),
        Text(
            "Utgåvan {release} har funnits, men sparas inte längre här. De som finns kvar står på /releases/. Samma "
            "tabeller ger samma utgåva om de byggs igen.",
            "The release {release} was there, and is not kept here any longer. Those that are kept stand at "
            "/releases/. The same tables give the same release if they are built again.",
        ),
    ),
    ProblemType(
        "no-memento",
        404,
        Text("Det finns inga tidigare versioner", "There are no earlier versions"),
        Text(
            "Ingen utgåva som finns kvar har {named} som sak, dokument, graf eller fil. Utgåvorna står på /releases/.",
            "No release that is kept has {named} as a thing, a document, a graph or a file. The releases stand at "
            "/releases/.",
        ),
        Text(
            "Det som söks efter tid (Memento) ska vara adressen till en sak, ett dokument, en graf eller en fil här, "
            "och finnas i någon utgåva. Utgåvorna som finns kvar står på /releases/.",
            "What is sought by time (Memento) has to be the address of a thing, a document, a graph or a file here, "
            "and to be in some release. The releases that are kept stand at /releases/.",
        ),
    ),
    ProblemType(
        "bad-datetime",
        400,
        Text("Tidpunkten kan inte läsas", "The datetime cannot be read"),
        Text(
            "Accept-Datetime är ”{said}”. Den skrivs så här, i GMT: {example}.",
            "Accept-Datetime is “{said}”. It is written like this, in GMT: {example}.",
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
        "precondition-failed",
        412,
        Text("Det som finns är ett annat", "What is there is another"),
        Text(
            "Det uppfyller inte If-Match eller If-Unmodified-Since. Be om det utan dem för att få det.",
            "It does not meet If-Match or If-Unmodified-Since. Ask for it without them to get it.",
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
        Text(
            "Den har {size} byte. Be om en tidigare del, eller om hela filen.",
            "It has {size} bytes. Ask for an earlier part, or for the whole file.",
        ),
        Text(
            "Ingen byte som bads om finns. Svaret säger i ”bytes” hur lång filen är.",
            "No byte that was asked for is there. The answer says in “bytes” how long the file is.",
        ),
    ),
    ProblemType(
        "query-too-long",
        413,
        Text("Frågan är för lång", "The query is too long"),
        Text(
            "Den får vara högst {limit} byte. Dela upp den, eller fråga om färre saker åt gången.",
            "It may have {limit} bytes at most. Divide it, or ask about fewer things at a time.",
        ),
        setting="max_query_bytes",
    ),
    ProblemType(
        "form-too-long",
        413,
        Text("Formuläret är för långt", "The form is too long"),
        Text(
            "Det får ha {limit} byte, med allt i det. Skicka färre åt gången; en korg laddas ner och börjas om.",
            "It may have {limit} bytes, with all in it. Send fewer at a time; a basket is downloaded and begun anew.",
        ),
        setting="max_form_bytes",
    ),
    ProblemType(
        "batch-too-large",
        413,
        Text("För många frågor på en gång", "Too many queries at once"),
        Text(
            "Högst {limit} ryms i en omgång. Manifestet säger det i batchSize: dela upp dem.",
            "A batch may have {limit}. The manifest says so in batchSize: send them in several.",
        ),
        setting="max_batch",
    ),
    ProblemType(
        "bad-message",
        400,
        Text("Meddelandet kan inte förstås", "The message cannot be understood"),
        meaning=Text(
            "Det som skickades till /mcp är inget meddelande i JSON-RPC 2.0 som protokollet tillåter, eller dess "
            "huvuden säger något annat. Svaret säger vad, med felets kod i ”code”.",
            "What was sent to /mcp is no message in JSON-RPC 2.0 that the protocol allows, or its headers say "
            "otherwise. The answer says what, with the code of the error in “code”.",
        ),
    ),
    ProblemType(
        "origin-not-allowed",
        403,
        Text("Den webbplatsen får inte fråga här", "That site may not ask here"),
        Text(
            "Tjänsten är till för en enda dator, och ”{origin}” är en sida från en annan. Fråga från ett program, "
            "eller från en sida på localhost.",
            "This service is for one machine alone, and “{origin}” is a page from another. Ask from a program, or "
            "from a page on localhost.",
        ),
    ),
    ProblemType(
        "tool-too-many-rows",
        413,
        Text("Svaret har för många rader", "The answer has too many rows"),
        Text(
            "En språkmodell får {limit} rader på en gång, och ingen kapad tabell. Räkna, gruppera eller filtrera i "
            "frågan, eller ta några i taget med ORDER BY, LIMIT och OFFSET. /sparql ger alla.",
            "A language model is given {limit} rows at once, and no cut table. Count, group or filter in the query, or "
            "take some at a time with ORDER BY, LIMIT and OFFSET. /sparql gives all.",
        ),
        setting="max_tool_rows",
    ),
    ProblemType(
        "tool-too-long",
        413,
        Text("Svaret är för långt", "The answer is too long"),
        Text(
            "En språkmodell får {limit} byte på en gång, och inget kapat svar. Välj färre kolumner eller rader, och "
            "låt bli geometrier. /sparql ger allt.",
            "A language model is given {limit} bytes at once, and no cut answer. Choose fewer columns or rows, and "
            "leave geometries out. /sparql gives all.",
        ),
        setting="max_tool_bytes",
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
        "ill-formed",
        400,
        Text("Begäran är inte HTTP", "The request is not HTTP"),
        meaning=Text(
            "Det som kom fram kan inte läsas som HTTP/1.1: raden, ett huvud eller kroppen är inte som den ska, eller "
            "huvudet Host saknas, står flera gånger eller innehåller något annat än värd och port.",
            "What arrived cannot be read as HTTP/1.1: the line, a header or the body is not as it must be, or the "
            "header Host is missing, stands several times, or holds something other than a host and a port.",
        ),
    ),
    ProblemType(
        "address-too-long",
        414,
        Text("Adressen är för lång", "The address is too long"),
        meaning=Text(
            "Adressen i begäran är längre än som läses; ”limit” säger hur många byte. Skicka en lång fråga i kroppen "
            "av en POST.",
            "The address in the request is longer than is read; “limit” says how many bytes. Send a long query in the "
            "body of a POST.",
        ),
    ),
    ProblemType(
        "headers-too-long",
        431,
        Text("Begärans huvuden är för långa", "The headers of the request are too long"),
        meaning=Text(
            "Begärans huvuden har tillsammans fler byte än som läses; ”limit” säger hur många. Skicka kortare.",
            "The headers of the request have more bytes together than are read; “limit” says how many. Send shorter "
            "ones.",
        ),
    ),
    ProblemType(
        "arrival",
        408,
        Text("Begäran kom inte fram hel", "The request did not arrive whole"),
        Text(
            "Begäran måste ha kommit hel inom {limit} s. Skicka den igen, i ett stycke.",
            "A request must have arrived whole within {limit} s. Send it again, in one piece.",
        ),
        setting="arrival",
    ),
    ProblemType(
        "connections",
        503,
        Text("För många är anslutna just nu", "Too many are connected just now"),
        Text(
            "Högst {limit} anslutningar är öppna samtidigt. Försök igen om en stund.",
            "At most {limit} connections are open at once. Try again shortly.",
        ),
        setting="connections",
        is_for_later=True,
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
            "Dess filer är inte som när den gjordes, eller får inte läsas. Den som driver den ser i loggen vilket.",
            "Its files are not as they were made, or may not be read. Whoever runs it sees in its log which.",
        ),
    ),
    ProblemType(
        "fault",
        500,
        Text("Något gick fel hos oss", "Something went wrong on our side"),
        Text(
            "Felet har nummer {number} i loggen: ange det till den som driver tjänsten.",
            "The fault has number {number} in the log: give it to whoever runs the service.",
        ),
        Text(
            "Felet är vårt. Numret i svaret står också i loggen: ange det till den som driver tjänsten.",
            "The fault is ours. The number in the answer is in the log too: give it to whoever runs the service.",
        ),
    ),
)

TYPES = {one.kind: one for one in _ALL}
"""All there are, by their kinds."""
