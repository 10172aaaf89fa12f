"""Actors: their names over time, duties, collaborations and meetings."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "actor-ended": Text("Aktören har upphört ({end}).", "The actor has ended ({end})."),
    "actor-short-ended": Text("upphörde {end}", "ended {end}"),
    "actor-succeeded-by": Text("Efterträds av", "Succeeded by"),
    "actor-succeeds": Text("Efterträder", "Succeeds"),
    "actor-since": Text("Finns sedan", "Exists since"),
    "actor-names": Text("Namn över tid", "Names over time"),
    "actor-names-text": Text(
        "Ett nytt namn är ingen ny aktör: det är samma organisation.",
        "A new name is no new actor: it is the same organisation.",
    ),
    "from-moment": Text("från {start}", "from {start}"),
    "until-moment": Text("till {end}", "until {end}"),
    "from-until": Text("{start} till {end}", "{start} to {end}"),
    "time-unknown": Text("tiden är inte känd", "the time is not known"),
    "works-in": Text("Verkar i", "Works in"),
    "county-board": Text("Länsstyrelse", "County administrative board"),
    "county-region": Text("Region", "Region"),
    "county-actors": Text("Aktörer i länet", "Actors of the county"),
    "county-actors-text": Text(
        "Länet är ett område. Länsstyrelsen är en statlig myndighet, regionen en självstyrande organisation. "
        "Vilka som deltar i åtgärder är kända bara där källan pekar ut dem.",
        "The county is an area. The county administrative board is a state agency, the region a self-governing "
        "organisation. Who takes part in measures is known only where the source points them out.",
    ),
    "county-others": Text("Andra med en uppgift i länet", "Others with a part in the county"),
    "county-publishes": Text("ger ut {programmes}", "publishes {programmes}"),
    "county-leads": Text("leder {measures}", "leads {measures}"),
    "county-adopted": Text("har antagit {measures}", "has adopted {measures}"),
    "county-partner": Text("deltar i {measures}", "takes part in {measures}"),
    "county-assesses": Text("bedömer mål", "assesses objective"),
    "county-works-with-boards": Text("samarbetar med länsstyrelserna", "works with the county administrative boards"),
    "municipal-organisation": Text("Kommunal organisation", "Municipal organisation"),
    "municipal-organisation-missing": Text(
        "Ingen källa till organisationsnumret har lästs.", "No source of the organisation number was read."
    ),
    "municipality-by-county": Text(
        "Målen bedöms län för län. Bedömningarna, aktörerna, åtgärdsprogrammen och åtgärderna står på länets sida.",
        "The objectives are assessed county by county. The assessments, the actors, the action programmes and the "
        "measures stand on the page of the county.",
    ),
    "municipal-organisations-missing": Text(
        "Kommunala organisationer saknas: ingen källa till deras organisationsnummer har lästs. Rader läggs till i "
        "tabellen municipal_organisations.csv, med nummer, kommunkod, källa och säkerhet.",
        "Municipal organisations are missing: no source of their organisation numbers was read. Rows are added to the "
        "table municipal_organisations.csv, with number, municipality code, source and confidence.",
    ),
    "duties": Text("Uppgifter i miljömålssystemet", "Duties in the environmental objectives system"),
    "legal-basis": Text("Rättslig grund", "Legal basis"),
    "duty": Text("Uppgift", "Duty"),
    "legal-basis-not-read": Text("inte läst", "not read"),
    "paragraph-not-read": Text("paragrafen är inte läst", "the paragraph was not read"),
    "reports-to": Text("Rapporterar till", "Reports to"),
    "follows-up": Text("Följer upp målen", "Follows up the objectives"),
    "council-members": Text("Ledamöter {years}", "Members in {years}"),
    "council-members-text": Text(
        "Bara de år som har lästs i en källa står här.", "Only the years that were read in a source stand here."
    ),
    "council-seats": Text("Ledamot i", "Member of"),
    "for-group": Text("för {group}", "for {group}"),
    "collaborations": Text("Samarbeten", "Collaborations"),
    "collaborations-with": Text("med", "with"),
    "collaboration-since": Text("sedan {year}", "since {year}"),
    "collaboration-by": Text("Aktör", "Actor"),
    "collaboration-counterparts": Text("Motpart", "Counterpart"),
    "collaboration-area": Text("Arbetsområde", "Area of work"),
    "meetings": Text("Möten", "Meetings"),
    "meetings-text": Text(
        "Ett år som saknas är ett år som inte har lästs. ”Aviserat” betyder att källan är en inbjudan eller en plan.",
        "A year that is missing is a year that was not read. “Announced” means that the source is an invitation or a "
        "plan.",
    ),
    "meeting-series": Text("Serie", "Series"),
    "meeting-when": Text("När", "When"),
    "meeting-days-unknown": Text("{year}, dagen är inte känd", "{year}, the day is not known"),
    "meeting-place": Text("Plats", "Place"),
    "meeting-status": Text("Status", "Status"),
    "meeting-theme": Text("Tema", "Theme"),
    "meeting-organisers": Text("Arrangörer", "Organisers"),
    "meeting-partners": Text("Medverkande", "Partners"),
    "meeting-arranged": Text("arrangör", "organiser"),
}
