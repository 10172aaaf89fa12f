"""The page that compares the areas of a data set."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "compare": Text("Jämför områden", "Compare areas"),
    "compare-which": Text(
        "Datamängder med värden för flera områden: rangordnade, på karta och sida vid sida.",
        "Data sets with values of several areas: ranked, on a map and side by side.",
    ),
    "compare-no-data-set": Text(
        "Utgåvan har ingen datamängd med värden för flera områden.",
        "The release has no data set with values of several areas.",
    ),
    "compare-all-data-sets": Text("Alla datamängder", "All data sets"),
    "areas.one": Text("område", "area"),
    "areas.many": Text("områden", "areas"),
    "compare-link": Text(
        "Jämför områdena: rangordning, karta och upp till {most} sida vid sida",
        "Compare the areas: ranking, map and up to {most} side by side",
    ),
    "compare-lead": Text("hur områdena förhåller sig till varandra.", "how the areas compare."),
    "compare-choose": Text("Välj områden och år", "Choose areas and years"),
    "compare-from": Text("Från år", "From"),
    "compare-to": Text("Till år", "To"),
    "compare-year": Text("Rangordna efter", "Rank by"),
    "compare-last-year": Text("det sista året", "the last year"),
    "compare-last-over": Text("det sista året som var slut", "the last year that was over"),
    "compare-ranked-over": Text(
        "{year} är det sista av åren som var slut när källan hämtades. Ett senare år väljs under Rangordna efter.",
        "{year} is the last of the years that were over when the source was fetched. A later one can be chosen under "
        "Rank by.",
    ),
    "compare-without-line": Text("Inget värde {first}–{last}:", "No value from {first} to {last}:"),
    "compare-areas": Text("Områden, högst {most}", "Areas, {most} at most"),
    "compare-left-out": Text(
        "{count} områden är valda, och högst {most} får plats sida vid sida. De första {most} visas. Utan plats:",
        "{count} areas are chosen, and at most {most} have room side by side. The first {most} are shown. Left out:",
    ),
    "compare-make-room": Text(
        "Avmarkera ett område för att ge plats åt ett annat.", "Untick an area to make room for another."
    ),
    "compare-offered": Text("Visa de {count} områdena", "Show the {count} areas"),
    "compare-kinds": Text("Sorter av områden", "Kinds of areas"),
    "compare-everywhere": Text("alla", "all"),
    "compare-show": Text("Visa", "Show"),
    "compare-side-by-side": Text("Sida vid sida", "Side by side"),
    "compare-ranked": Text("Rangordning {year}", "Ranking {year}"),
    "compare-ranked-text": Text(
        "Högst värde först. Högt är inte bra eller dåligt i sig, och områdena är olika stora.",
        "The highest value first. High is not good or bad in itself, and the areas differ in size.",
    ),
    "compare-chosen": Text("vald", "chosen"),
    "compare-chosen-marked": Text(
        "De områden som du har valt är markerade med ◆.", "The areas that you have chosen are marked with ◆."
    ),
    "compare-rank": Text("Plats", "Rank"),
    "compare-change": Text("Sedan {year} (procent)", "Since {year} (per cent)"),
    "compare-without-change": Text(
        "Ingen förändring i procent anges där värdet för {year} är noll eller lägre, eller okänt.",
        "No change in per cent is given where the value of {year} is zero or below, or unknown.",
    ),
    "compare-change-over": Text(
        "Ingen förändring anges mellan år som inte båda var slut när källan hämtades.",
        "No change is given between years that were not both over when the source was fetched.",
    ),
    "compare-range": Text("till", "to"),  # between numbers, where a dash would be beside a minus
    "compare-unknown": Text("Inget värde för {year}, alltså okänt:", "No value of {year}, so unknown:"),
    "compare-place": Text("plats {rank} av {all}", "rank {rank} of {all}"),
    "compare-only-within": Text("På karta, bara kommunerna i", "On a map, only the municipalities of"),
    "compare-map": Text("Karta {year}", "Map {year}"),
    "compare-map-text": Text(
        "Länen i klasser med ungefär lika många län i varje. Värdena står i tabellen.",
        "The counties in classes of about as many counties each. The values stand in the table.",
    ),
    "compare-map-text-within": Text(
        "Länets kommuner i klasser med ungefär lika många kommuner i varje. Värdena står i tabellen.",
        "The municipalities of the county in classes of about as many municipalities each. The values stand in the "
        "table.",
    ),
    "compare-map-title": Text("Karta över länen efter värde {year}", "Map of the counties by value {year}"),
    "compare-map-title-within": Text(
        "Karta över länets kommuner efter värde {year}", "Map of the municipalities of the county by value {year}"
    ),
    "compare-no-value": Text("inget värde", "no value"),
    "compare-boundaries": Text(
        "Gränser: Statistiska centralbyrån (CC0), förenklade.", "Boundaries: Statistics Sweden (CC0), simplified."
    ),
    "compare-rounded": Text(
        "Värden från tusen och uppåt visas här utan decimaler.",
        "Values of a thousand or more are shown without decimals.",
    ),
    "compare-evidence": Text("Vad värdena belyser", "What the values shed light on"),
    "compare-evidence-targets": Text("Delmål i Agenda 2030", "Targets of the 2030 Agenda"),
    "compare-evidence-text": Text(
        "Genom kopplingarna från målen ovan. Värdena säger om delmålen bara det som kopplingarna motiverar.",
        "Through the mappings of the goals above. The values say of the targets only what these give reasons for.",
    ),
    "compare-shown-table": Text(
        "Alla områden i rangordningen, de år som visas", "All areas of the ranking, in the years shown"
    ),
}
