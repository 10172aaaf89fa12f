"""Indicators, and the information systems they are kept in."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "indicator-ended": Text("Indikatorn uppdateras inte längre.", "The indicator is no longer updated."),
    "indicator-no-cadence": Text(
        "Hur ofta indikatorn uppdateras anges inte i någon källa som har lästs. Om den är försenad går därför inte "
        "att säga.",
        "How often the indicator is updated is not stated in any source that was read. So there is no telling "
        "whether it is overdue.",
    ),
    "indicator-no-update": Text(
        "Uppdateras med {months} månaders mellanrum. När den senast uppdaterades är inte registrerat här.",
        "Updated every {months} months. When it was last updated is not recorded here.",
    ),
    "indicator-overdue": Text(
        "Uppdateras med {months} månaders mellanrum, senast den {day}. En ny uppdatering skulle ha kommit till den "
        "{today}.",
        "Updated every {months} months, latest on {day}. A new update was due by {today}.",
    ),
    "indicator-on-time": Text(
        "Uppdateras med {months} månaders mellanrum, senast den {day}.",
        "Updated every {months} months, latest on {day}.",
    ),
    "indicator-updated": Text("Senast uppdaterad den {day}.", "Latest update on {day}."),
    "indicator-newest": Text("De nyaste värdena gäller {year}.", "The newest values are for {year}."),
    "indicator-goals": Text("Följer upp", "Follows up"),
    "indicator-no-values": Text(
        "Utgåvan har inga värden för indikatorn. De finns i källsystemet.",
        "The release has no values of the indicator. They are in the source system.",
    ),
    "evidence": Text("Vad indikatorn belyser i Agenda 2030", "What the indicator sheds light on in the 2030 Agenda"),
    "evidence-text": Text(
        "Genom kopplingarna från målen som indikatorn följer upp. Den mäter målen, och säger om delmålen bara det som "
        "kopplingarna motiverar.",
        "Through the mappings of the goals that the indicator follows up. It measures those, and says of the targets "
        "only what the mappings give reasons for.",
    ),
    "evidence-from": Text("genom", "through"),
    "indicator-main": Text("huvudmål enligt källan", "main objective, says the source"),
    "indicator-main-unstated": Text(
        "Källan säger inte vilket mål som är indikatorns huvudmål.",
        "The source does not say which goal is the main one of the indicator.",
    ),
    "indicator-only-goal": Text(
        "Källan säger inte om det är indikatorns huvudmål.",
        "The source does not say whether that is the main objective of the indicator.",
    ),
    "indicator-no-goal": Text(
        "Ingen källa som har lästs knyter indikatorn till ett mål.",
        "No source that was read ties the indicator to a goal.",
    ),
    "indicator-proposed-for": Text("Föreslagen för", "Proposed for"),
    "indicator-proposal": Text("förslaget", "the proposal"),
    "indicator-system": Text("Källsystem", "Source system"),
    "indicator-page": Text("seriens sida", "the page of the series"),
    "indicator-supplier": Text("Dataleverantör", "Data supplier"),
    "indicator-responsible": Text("Ansvarig", "Responsible"),
    "indicator-official": Text("Officiell statistik", "Official statistics"),
    "indicator-is-official": Text("ja, enligt källan", "yes, says the source"),
    "indicator-is-not-official": Text("nej, enligt källan", "no, says the source"),
    "indicators-text": Text(
        "De som följer upp målet enligt en källa, eller enligt redaktionen där det står så. Värdena finns i "
        "källsystemen.",
        "Those that follow it up according to a source, or according to the editors where that is said. The values "
        "are in the source systems.",
    ),
    "indicator-by-editors": Text("enligt redaktionen", "according to the editors"),
    "indicator-goals-by-editors": Text(
        "Det är redaktionens bedömning; ingen källa har lästs för det.",
        "That is the judgement of the editors; no source was read for it.",
    ),
    "indicators-for-counties": Text("Indikatorer med värden för län", "Indicators with values for counties"),
    "indicators-for-municipalities": Text(
        "Indikatorer med värden för kommuner", "Indicators with values for municipalities"
    ),
    "indicators-for-text": Text(
        "Så många indikatorer har varje mål. Vilka år och vilka områden det finns värden för visar källsystemet.",
        "This is how many indicators each goal has. The source system shows for which years and places there are "
        "values.",
    ),
    "all-indicators": Text("Alla indikatorer efter källsystem", "All indicators by source system"),
    "no-indicator": Text(
        "Ingen är angiven i någon källa som har lästs.", "None is stated in any source that was read."
    ),
    "no-indicator-in-system": Text(
        "Ingen indikator i den här utgåvan är hämtad ur systemet.",
        "No indicator of this release is taken from the system.",
    ),
    "indicators-rest": Text("Visa {number} till", "Show {number} more"),
    "is-proposed-for": Text("föreslås som indikator för", "is proposed as an indicator of"),
    "why-proposed": Text("Varför är indikatorn föreslagen?", "Why is the indicator proposed?"),
    "proposed-indicators": Text("Föreslagna indikatorer", "Proposed indicators"),
    "proposed-indicators-text": Text(
        "De handlar om samma sak som målet, men ingen källa säger att de följer upp det. De väntar på granskning och "
        "räknas inte bland indikatorerna.",
        "They are about the same as the goal, but no source says that they follow it up. They await review, and do "
        "not count among the indicators.",
    ),
    "all-proposed-indicators-text": Text(
        "Indikatorerna handlar om samma sak som målen, men ingen källa säger att de följer upp dem. De väntar på "
        "granskning.",
        "The indicators are about the same as the goals, but no source says that they follow them up. They await "
        "review.",
    ),
    "operated-systems": Text("Förvaltar informationssystem", "Operates information systems"),
    "supplied-indicators": Text("Levererar data till indikatorer", "Supplies data for indicators"),
    "supplied-indicators-text": Text(
        "Bara där källans ord pekar ut aktören. Nämner de flera på en gång eller en gemensam databas står bara namnet "
        "vid indikatorn.",
        "Only where the words of the source point to the actor. Where they name several at once or a joint database, "
        "only the name stands with the indicator.",
    ),
    "indicators-values": Text(
        "Värden som utgåvan har, med diagram och kartor:", "Values that the release has, with charts and maps:"
    ),
    "indicators-list-text": Text(
        "Namnen är källsystemens egna. Några indikatorer är bara föreslagna för ett mål; det står på deras sidor. Hur "
        "ofta indikatorerna uppdateras har inte lästs i någon källa; när de senast ändrades säger bara "
        "Naturvårdsverkets indikator-API, för sina egna och där det är hämtat.",
        "The names are those of the source systems, in Swedish. Some indicators are only proposed for a goal; their "
        "pages say so. How often the indicators are updated has not been read in any source; when they last were "
        "changed, Naturvårdsverket's indicators API alone tells, of its own and where it was fetched.",
    ),
}
