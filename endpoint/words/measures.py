"""Action programmes and measures."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "measures-alike": Text("Status för alla:", "The status of all:"),
    "period": Text("Period", "Period"),
    "period-from": Text("från {start}, slutår inte angivet", "from {start}, last year not stated"),
    "period-until": Text("till och med {end}", "until {end}"),
    "period-unknown": Text("period inte angiven", "period not stated"),
    "place-nation": Text("hela landet", "the whole country"),
    "programme-publisher": Text("Utgivare", "Publisher"),
    "led-by": Text("Leds av", "Led by"),
    "partners": Text("Deltar", "Partners"),
    "adopters": Text("Antagen av", "Adopted by"),
    "adopters-text": Text("(fler kan ha antagit den)", "(others may have adopted it)"),
    "not-stated": Text("inte angivet i det som har lästs", "not stated in what was read"),
    "programme-standing": Text("Beslut", "Decision"),
    "programme-draft": Text(
        "Det som har lästs är ett förslag, inte ett beslutat program.",
        "What was read is a draft, not a decided programme.",
    ),
    "programme-neighbour": Text(
        "Hör till ett system som gränsar till miljömålssystemet: {system}.",
        "Belongs to a system next to that of the environmental objectives: {system}.",
    ),
    "programme-system": Text("System", "System"),
    "programme-system-text": Text("(redaktionens sortering)", "(as the editors sort it)"),
    "programme-page": Text("Webbsida", "Web page"),
    "programme-objectives-text": Text(
        "(de som en källa nämner; det kan vara fler)", "(those that a source names; there may be more)"
    ),
    "programme-size": Text("Antal åtgärder", "Number of measures"),
    "programme-recorded-of": Text(
        "{number} av de {all} som en källa räknar till är registrerade här",
        "{number} of the {all} that a source counts are recorded here",
    ),
    "programme-recorded": Text(
        "{number} är registrerade här; fler kan finnas", "{number} recorded here; there may be more"
    ),
    "programme-drafts.one": Text(
        "åtgärd är läst i ett förslag till programmet. Om den står i det beslutade är inte känt här.",
        "measure was read in a draft of the programme. Whether it stands in the decided one is not known here.",
    ),
    "programme-drafts.many": Text(
        "åtgärder är lästa i ett förslag till programmet. Om de står i det beslutade är inte känt här.",
        "measures were read in a draft of the programme. Whether they stand in the decided one is not known here.",
    ),
    "measures.one": Text("åtgärd", "measure"),
    "measures.many": Text("åtgärder", "measures"),
    "programmes.one": Text("åtgärdsprogram", "action programme"),
    "programmes.many": Text("åtgärdsprogram", "action programmes"),
    "no-measures": Text(
        "Inga åtgärder är registrerade här: ingen källa som har lästs räknar upp dem.",
        "No measures are recorded here: no source that was read lists them.",
    ),
    "no-programmes": Text("Inga åtgärdsprogram är registrerade här.", "No action programmes are recorded here."),
    "all-programmes": Text("Alla åtgärdsprogram efter län", "All action programmes by county"),
    "all-measures": Text("Alla åtgärder efter program", "All measures by programme"),
    "measures-recorded-text": Text(
        "De som har lästs i en källa. Listan är inte fullständig.",
        "Those that were read in a source. The list is not complete.",
    ),
    "measure-draft": Text(
        "Läst i ett förslag, inte i ett beslutat program. Om åtgärden står i det beslutade är inte känt här.",
        "Read in a draft, not in a decided programme. Whether the measure stands in the decided one is not known here.",
    ),
    "measure-neighbour": Text(
        "Åtgärden hör till ett system som gränsar till miljömålssystemet: {system}.",
        "The measure belongs to a system next to that of the environmental objectives: {system}.",
    ),
    "stated-by-editors": Text("(redaktionens uppgift)", "(stated by the editors)"),
    "municipality-by-editors": Text(
        "(kommunen är redaktionens uppgift)", "(the municipality is stated by the editors)"
    ),
    "measure-status": Text("Status", "Status"),
    "measure-designation": Text("Beteckning i programmet", "Designation in the programme"),
    "measure-ordinance": Text("Förordning", "Ordinance"),
    "measures-costs-missing": Text(
        "Kostnader finns bara där en källa som har lästs anger dem: de läggs till i tabellen measure_costs.csv, eller "
        "kommer med det som lämnas.",
        "Costs are there only where a source that was read states them: they are added to the table measure_costs.csv, "
        "or come with what is delivered.",
    ),
    "measure-cost": Text("Kostnad", "Cost"),
    "kronor": Text("{sum} kronor", "SEK {sum}"),
    "measure-no-programme": Text("Inget program registrerat", "No programme recorded"),
    "role-lead": Text("Leder", "Leads"),
    "role-partner": Text("Deltar i", "Takes part in"),
    "role-adopted": Text("Har antagit", "Has adopted"),
    "measure-goals": Text("Mål som åtgärden rör", "Goals that the measure concerns"),
    "measure-no-goal": Text(
        "Inget mål anges i det som har lästs. Det betyder inte att åtgärden inte rör något.",
        "No goal is stated in what was read. That does not mean that the measure concerns none.",
    ),
    "measure-proposed": Text("Mål som redaktionen föreslår", "Goals that the editors propose"),
    "measure-proposed-text": Text(
        "Efter åtgärdens ämne, utan motivering. Förslagen väntar på granskning och räknas inte.",
        "By the subject of the measure, without a justification. The proposals await review and do not count.",
    ),
    "basis-of-link": Text("grund", "basis"),
    "measure-others": Text("Andra åtgärder under samma förordning", "Other measures under the same ordinance"),
    "measures-towards-text": Text(
        "De åtgärder som enligt en källa rör målet. Fler kan göra det.",
        "The measures that a source says concern the goal. Others may too.",
    ),
    "measures-towards-none": Text(
        "Ingen källa som har lästs anger en åtgärd som rör målet.",
        "No source that was read states a measure that concerns the goal.",
    ),
    "measures-proposed": Text("Åtgärder som redaktionen föreslår", "Measures that the editors propose"),
    "programmes-list-text": Text(
        "De program som har lästs i en källa, efter län. Nationella program står sist. Koderna är Miljögrafens egna, "
        "utom för det som andra har lämnat.",
        "The programmes that were read in a source, by county. National programmes come last. The codes are "
        "Miljögrafen's own, but for what others have delivered.",
    ),
    "measures-list-text": Text(
        "De åtgärder som har lästs i en källa, efter program. De som vilar på en förordning står sist. Koderna är "
        "Miljögrafens egna, utom för det som andra har lämnat.",
        "The measures that were read in a source, by programme. Those that rest on an ordinance come last. The codes "
        "are Miljögrafen's own, but for what others have delivered.",
    ),
}
