"""The templates that a county can fill: their columns, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.schemes import Achievement, Concept, MeasureStatus, ProgrammeStanding, ProgrammeSystem, Trend
from ontology.text import Text

SCHEMES: Mapping[str, type[Concept]] = {
    scheme.scheme(): scheme for scheme in (ProgrammeSystem, ProgrammeStanding, MeasureStatus, Achievement, Trend)
}
"""The schemes whose concepts a cell may hold."""


CODES = Text("Koder", "Codes")
"""What the sheet with the codes is called, which has headings of the template and is not filled."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it holds, and the kind of thing or the scheme whose codes it holds."""

    name: str
    heading: Text
    holds: Text
    is_needed: bool = False
    codes: str = ""
    is_one: bool = False
    """Of a column with codes: a cell holds one of them, never several."""


@dataclass(frozen=True, slots=True)
class Template:
    """A table that others fill: what it is called, and its columns in order."""

    name: str
    title: Text
    is_for: Text
    columns: tuple[Column, ...]
    defines: str
    """The kind of thing that a line tells of."""

    def column_called(self, heading: str) -> Column | None:
        """The column with a heading, in either language, whatever its case, or by its name."""
        asked = _plain(heading)
        for column in self.columns:
            if asked in {_plain(column.heading.sv), _plain(column.heading.en), column.name}:
                return column
        return None


def _plain(heading: str) -> str:
    return " ".join(heading.replace("*", " ").split()).casefold()


_SEVERAL = Text("flera skiljs åt med semikolon", "several are parted by semicolons")

_PLACE = Column(
    "place",
    Text("Län", "County"),
    Text(
        "Länet, med kod eller namn; SE för hela landet.",
        "The county, by code or name; SE for the whole country.",
    ),
    is_needed=True,
    codes="county",
    is_one=True,
)

_PERIOD = (
    Column(
        "start_year",
        Text("Startår", "First year"),
        Text("Det första året, fyra siffror.", "The first year, four digits."),
    ),
    Column(
        "end_year",
        Text("Slutår", "Last year"),
        Text("Det sista året, fyra siffror.", "The last year, four digits."),
    ),
)

PROGRAMMES = Template(
    "programmes",
    Text("Åtgärdsprogram", "Action programmes"),
    Text(
        "Regionala åtgärdsprogram som inte redan finns här, en rad för varje program. Lämna dem före sina åtgärder.",
        "Regional action programmes that are not here yet, a line for each. Deliver them before their measures.",
    ),
    (
        Column(
            "id",
            Text("Beteckning", "Designation"),
            Text(
                "En kort beteckning, till exempel 2026: samma varje gång ni lämnar programmet. Åtgärderna nämner den.",
                "A short designation, such as 2026: the same each time you deliver the programme. Measures name it.",
            ),
            is_needed=True,
        ),
        Column(
            "title_sv",
            Text("Rubrik", "Title in Swedish"),
            Text("Programmets namn.", "The name of the programme."),
            True,
        ),
        Column(
            "title_en",
            Text("Rubrik på engelska", "Title in English"),
            Text(
                "Programmets namn på engelska, om det finns.", "The name of the programme in English, if there is one."
            ),
        ),
        _PLACE,
        Column(
            "system",
            Text("System", "System"),
            Text(
                "Det system som programmet hör till, oftast miljömålssystemet: ett av dem i listan.",
                "The system that the programme belongs to, most often that of the objectives: one of the list.",
            ),
            is_needed=True,
            codes="programme-system",
            is_one=True,
        ),
        Column(
            "publishers",
            Text("Utgivare", "Publishers"),
            Text(
                "De som ger ut programmet: organisationsnummer, namnet på en aktör, eller era egna ord; "
                f"{_SEVERAL.sv}.",
                f"Who publishes it: organisation number, the name of an actor, or your own words; {_SEVERAL.en}.",
            ),
        ),
        *_PERIOD,
        Column(
            "standing",
            Text("Ställning", "Standing"),
            Text("Om programmet är beslutat eller ett förslag.", "Whether the programme is decided or a draft."),
            codes="programme-standing",
            is_one=True,
        ),
        Column(
            "decided",
            Text("Beslutat", "Decided"),
            Text(
                "När det beslutades: 2026, 2026-03 eller 2026-03-15.",
                "When it was decided: 2026, 2026-03 or 2026-03-15.",
            ),
        ),
        Column(
            "page",
            Text("Webbsida", "Web page"),
            Text("Adressen till en sida om programmet.", "The address of a page about it."),
        ),
        Column(
            "size",
            Text("Antal åtgärder", "Number of measures"),
            Text("Hur många åtgärder programmet har sammanlagt.", "How many measures the programme has in all."),
        ),
    ),
    "action-programme",
)

MEASURES = Template(
    "measures",
    Text("Åtgärder", "Measures"),
    Text(
        "Åtgärderna i ett regionalt åtgärdsprogram eller i ett utdrag ur Åtgärdswebben, en rad för varje åtgärd.",
        "The measures of a regional programme, or of an extract from Åtgärdswebben, a line for each measure.",
    ),
    (
        Column(
            "id",
            Text("Beteckning", "Designation"),
            Text(
                "Vad ni själva kallar åtgärden, till exempel HS1: samma varje gång ni lämnar den, och ingen annans.",
                "What you call the measure yourselves, such as HS1: the same each time you deliver it, and no other's.",
            ),
            is_needed=True,
        ),
        Column(
            "title_sv", Text("Rubrik", "Title in Swedish"), Text("Åtgärdens namn.", "The name of the measure."), True
        ),
        Column(
            "title_en",
            Text("Rubrik på engelska", "Title in English"),
            Text("Åtgärdens namn på engelska, om det finns.", "The name of the measure in English, if there is one."),
        ),
        Column(
            "programme",
            Text("Program", "Programme"),
            Text(
                "Åtgärdsprogrammet: kod eller namn på sidan Åtgärdsprogram, eller er beteckning för det ni har lämnat.",
                "The action programme: code or name on the page Action programmes, or what you delivered it as.",
            ),
            codes="action-programme",
            is_one=True,
        ),
        Column(
            "lead",
            Text("Ansvarig", "Lead"),
            Text(
                f"Den som leder: organisationsnummer, namnet på en aktör, eller era egna ord; {_SEVERAL.sv}.",
                f"Who leads: organisation number, the name of an actor, or your own words; {_SEVERAL.en}.",
            ),
        ),
        Column(
            "partners",
            Text("Medverkande", "Partners"),
            Text(
                f"De som deltar, skrivna som ansvarig; {_SEVERAL.sv}.",
                f"Who takes part, written as lead; {_SEVERAL.en}.",
            ),
        ),
        Column(
            "objectives",
            Text("Miljökvalitetsmål", "Objectives"),
            Text(
                f"De miljökvalitetsmål som åtgärden gäller, med nummer 1–16 eller namn; {_SEVERAL.sv}.",
                f"The objectives that the measure concerns, by number 1–16 or name; {_SEVERAL.en}.",
            ),
            codes="objective",
        ),
        Column(
            "targets",
            Text("Etappmål", "Milestone targets"),
            Text(
                f"De etappmål som åtgärden gäller, med kod eller namn; {_SEVERAL.sv}.",
                f"The milestone targets that the measure concerns, by code or name; {_SEVERAL.en}.",
            ),
            codes="milestone-target",
        ),
        _PLACE,
        Column(
            "municipality",
            Text("Kommun", "Municipality"),
            Text(
                "Kommunen, med kod eller namn, om åtgärden är en enda kommuns egen.",
                "The municipality, by code or name, where the measure is one municipality's own.",
            ),
        ),
        *_PERIOD,
        Column(
            "status",
            Text("Status", "Status"),
            Text(
                "Hur långt åtgärden har kommit: ett av orden i listan.",
                "How far the measure has come: one of the list.",
            ),
            codes="measure-status",
            is_one=True,
        ),
        Column(
            "cost",
            Text("Kostnad (kronor)", "Cost (kronor)"),
            Text(
                "Hela kostnaden i kronor, ett tal: 1 200 000, inte 1,2 mkr.",
                "The whole cost in kronor, a number: 1 200 000, not 1.2 million.",
            ),
        ),
    ),
    "measure",
)

ASSESSMENTS = Template(
    "assessments",
    Text("Bedömningar", "Assessments"),
    Text(
        "Bedömningarna av miljökvalitetsmålen i en uppföljning, en rad för varje mål i länet eller i landet.",
        "The assessments of the objectives in a follow-up, a line for each objective in the county or the country.",
    ),
    (
        _PLACE,
        Column(
            "objective",
            Text("Miljökvalitetsmål", "Objective"),
            Text(
                "Ett miljökvalitetsmål, med nummer eller namn; ett som länet ska bedöma det året.",
                "One objective, by number or name; one that the county is to assess that year.",
            ),
            is_needed=True,
            codes="objective",
            is_one=True,
        ),
        Column(
            "achievement",
            Text("Måluppfyllelse", "Achievement"),
            Text(
                "Om målet nås: ja, delvis eller nej. En tom cell betyder att det inte är angivet, inte nej.",
                "Whether the objective is reached: ja, delvis or nej. An empty cell means not stated, not no.",
            ),
            codes="achievement",
            is_one=True,
        ),
        Column(
            "trend",
            Text("Trend", "Trend"),
            Text(
                "Utvecklingsriktningen: positiv, neutral, negativ eller oklar.",
                "The direction: positiv, neutral, negativ or oklar.",
            ),
            codes="trend",
            is_one=True,
        ),
        Column(
            "assessed_in",
            Text("Bedömd år", "Assessed in"),
            Text(
                "Året då måluppfyllelsen bedömdes, om det är känt: det kan vara före rapportens år.",
                "The year in which the achievement was assessed, where known; it may be before that of the report.",
            ),
        ),
        Column(
            "reported_in",
            Text("Rapporterad år", "Reported in"),
            Text(
                "Rapportens år; det ska stämma med rapporten.",
                "The year of the report; it is to agree with the report.",
            ),
        ),
        Column(
            "report",
            Text("Rapport", "Report"),
            Text(
                "Uppföljningen, med sin kod, till exempel RÅU2026.",
                "The follow-up, by its code, such as RÅU2026.",
            ),
            is_needed=True,
            codes="report",
            is_one=True,
        ),
    ),
    "assessment",
)

TEMPLATES: Mapping[str, Template] = {template.name: template for template in (PROGRAMMES, MEASURES, ASSESSMENTS)}
"""The templates by their names."""
