"""Assessments, reports, and where objectives are assessed regionally."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "map-achievement": Text("Måluppfyllelse i länen enligt {report}", "Achievement in the counties by {report}"),
    "map-not-due": Text("ska inte bedömas här", "not to be assessed here"),
    "map-unknown": Text("okänd, inte registrerad", "unknown, not recorded"),
    "achievement": Text("Måluppfyllelse", "Achievement"),
    "trend": Text("Trend", "Trend"),
    "assessments-text": Text(
        "Måluppfyllelse och trend är två skilda bedömningar. En bedömning som inte är registrerad här är okänd: det "
        "betyder varken nej eller att ingen har bedömt.",
        "Achievement and trend are two assessments. One that is not recorded here is unknown: that means neither no "
        "nor that nobody has assessed.",
    ),
    "report-codes": Text(
        "FU är en fördjupad utvärdering, ÅU en årlig uppföljning och RÅU en regional årlig uppföljning.",
        "FU is an in-depth evaluation, ÅU an annual follow-up and RÅU a regional annual follow-up.",
    ),
    "in-the-nation": Text("Landet", "The country"),
    "in-the-counties": Text("Länen", "The counties"),
    "no-assessment": Text(
        "Ingen bedömning är registrerad här: vad som har bedömts är okänt.",
        "No assessment is recorded here: what has been assessed is unknown.",
    ),
    "unknown": Text("okänd, inte registrerad", "unknown, not recorded"),
    "not-due": Text("ska inte bedömas", "not to be assessed"),
    "only-likely": Text("läsningen av källan är bara trolig", "the reading of the source is only likely"),
    "legend-verdicts": Text(
        "Överst måluppfyllelse, därunder trend där en är registrerad.",
        "Achievement first, below it the trend where one is recorded.",
    ),
    "legend-dash": Text("Ett streck (–): ska inte bedömas.", "A dash (–): not to be assessed."),
    "legend-marks": Text(
        "En punkt (·): okänd, inte registrerad. En stjärna (*): läsningen av källan är bara trolig.",
        "A dot (·): unknown, not recorded. A star (*): the reading of the source is only likely.",
    ),
    "recorded": Text("Registrerat här, av det som skulle bedömas:", "Recorded here, of what was to be assessed:"),
    "recorded-of-due": Text(
        "måluppfyllelse {achievements} av {due}, trend {trends} av {due}.",
        "achievement {achievements} of {due}, trend {trends} of {due}.",
    ),
    "recorded-of-unknown": Text(
        "måluppfyllelse {achievements}, trend {trends}, av ett okänt antal.",
        "achievement {achievements}, trend {trends}, of an unknown number.",
    ),
    "not-complete": Text(
        "Uppföljningen är inte registrerad i sin helhet. Bedömningar som saknas läggs till i tabellen assessments.csv; "
        "när alla finns anges rapporten i complete_years.csv, och då prövas antalet.",
        "The follow-up is not recorded as a whole. Assessments that are missing are added to the table "
        "assessments.csv; when all are there, the report is entered in complete_years.csv, and the number is checked.",
    ),
    "no-shares": Text(
        "Det som är registrerat av en uppföljning som inte är registrerad i sin helhet är inget urval av den. Räkna "
        "därför inga andelar på det.",
        "What is recorded of a follow-up that is not recorded as a whole is no sample of it. So take no shares of it.",
    ),
    "reports-list-text": Text(
        "Rapporterna efter sort. Ingen vägledning har lästs i någon källa än; en sådan skrivs i tabellen reports.csv, "
        "med sorten guidance.",
        "The reports by kind. No guidance was read in a source yet; such a report is written in the table reports.csv, "
        "with the kind guidance.",
    ),
    "numbers": Text("Angivet bara som antal", "Stated as numbers only"),
    "numbers-text": Text(
        "Här anger källan hur många mål som har fått ett omdöme, men inte vilka de är.",
        "Here the source tells how many objectives were given a verdict, but not which they are.",
    ),
    "number-out-of": Text("{number} av {all} mål", "{number} of {all} objectives"),
    "objectives.one": Text("mål", "objective"),
    "objectives.many": Text("mål", "objectives"),
    "not-assessed-here": Text("Ska inte bedömas i länet:", "Not to be assessed in the county:"),
    "due-none": Text(
        "Målet ska inte bedömas i länen från och med {first}.",
        "From {first} on, the objective is not to be assessed in the counties.",
    ),
    "due-all": Text(
        "Målet ska bedömas i alla {number} län från och med {first}.",
        "From {first} on, the objective is to be assessed in all {number} counties.",
    ),
    "due-coastal": Text(
        "Målet ska bedömas i de {number} länen vid kusten från och med {first}.",
        "From {first} on, the objective is to be assessed in the {number} counties on the coast.",
    ),
    "due-mountain": Text(
        "Målet ska bedömas i de {number} fjällänen från och med {first}.",
        "From {first} on, the objective is to be assessed in the {number} counties with mountains.",
    ),
    "no-earlier-rule": Text("För år dessförinnan finns ingen regel.", "For earlier years there is no rule."),
    "assessed-by": Text("Bedömningarna görs av", "The assessments are made by"),
    "reported": Text("Rapporterad i", "Reported in"),
    "assessed": Text("Bedömd år", "Assessed in"),
    "assessed-unknown": Text("inte angivet", "not stated"),
    "the-other-assessment": Text("en egen bedömning", "an assessment of its own"),
}
