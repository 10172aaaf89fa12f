"""What went wrong: the types of problems, one by one."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "problems-title": Text("Fel och gränser", "Errors and limits"),
    "problems-lead": Text(
        "Ett fel säger vad som var fel, vilken gräns som nåddes och vad som går att göra i stället. Här står vad varje "
        "slags fel betyder.",
        "An error says what was wrong, which limit was met and what can be done instead. Here is what each type of "
        "error means.",
    ),
    "problems-as-data": Text(
        "Program får fel som RFC 9457, application/problem+json; fältet type leder hit. Samma lista som JSON:",
        "Programs get errors as RFC 9457, application/problem+json; the member type leads here. The same list as JSON:",
    ),
    "problems-of-request": Text("Begäran", "The request"),
    "problems-way-request": Text(
        "Samma begäran får samma svar: ändra den.", "The same request gets the same answer: change it."
    ),
    "problems-of-limit": Text("Gränser", "Limits"),
    "problems-way-limit": Text(
        "Gränserna är de som tjänsten har nu. Svaret säger i setting vilken det var, och i limit hur hög den är.",
        "The limits are those that the service has now. The answer says in setting which it was, and in limit how high "
        "it is.",
    ),
    "problems-of-ours": Text("Hos oss", "On our side"),
    "problems-way-ours": Text(
        "Felet är inte i begäran. Försök igen, eller säg till den som driver tjänsten.",
        "The fault is not in the request. Try again, or tell whoever runs the service.",
    ),
    "problems-type": Text("Slag", "Type"),
    "problems-status": Text("Status", "Status"),
    "problems-later": Text(
        "med Retry-After: försök igen efter så många sekunder", "with Retry-After: try again after so many seconds"
    ),
    "problems-setting": Text("Inställning och gräns", "Setting and limit"),
    "take-all": Text("Hela utgåvan som en fil (N-Quads)", "The whole release as one file (N-Quads)"),
    "problems-about": Text("Vad felet betyder", "What this error means"),
    "problems-all": Text("Alla slags fel, med gränser och väg ut", "Every type of error, with limits and the way out"),
}
