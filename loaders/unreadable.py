"""A file that cannot be read as a table: why, and the way out, in both languages."""

from __future__ import annotations

from loaders.told import Told, counted
from ontology.text import Text

OLD = Text(
    "det här är en gammal eller låst Excelfil; spara den som .xlsx utan lösenord",
    "this is an old or a locked Excel file; save it as .xlsx without a password",
)
PAGE = Text(
    "det här är en webbsida, eller en tabell i en som kallas .xls; spara den i Excel som .xlsx",
    "this is a web page, or a table in one that is called .xls; save it in Excel as .xlsx",
)
NO_TEXT = Text(
    "det här är varken text eller .xlsx; spara filen som .xlsx eller som ”CSV UTF-8”",
    "this is no text, and no .xlsx; save it as .xlsx or as “CSV UTF-8”",
)
NO_FILE = Text("det här är ingen vanlig fil", "this is no ordinary file")
ENTITIES = Text(
    "Excelfilen har egna entiteter, och det har ingen fil från Excel",
    "the workbook declares entities of its own, which none of Excel does",
)
NEVER_CALCULATED = Text(
    "formeln har inget sparat värde; öppna filen i Excel och spara den, eller skriv värdet",
    "its formula has no value saved with it; open the file in Excel and save it, or write the value",
)


class Unreadable(Told):
    """A file that cannot be read as a table; the text says why, and the way out."""


def too_many(sv: str, en: str, has: int, most: int, what: str = "") -> Unreadable:
    """A file that has more of something than is read; the texts say where the numbers stand, and what has them."""
    numbers, limits = counted(has), counted(most)
    return Unreadable(
        Text(
            sv.format(has=numbers.sv, most=limits.sv, what=what),
            en.format(has=numbers.en, most=limits.en, what=what),
        )
    )
