"""A file that cannot be read as a table: why, and the way out, in both languages."""

from __future__ import annotations

from collections.abc import Collection

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
STRUCK = Text(
    "det här är överstruket; ta bort det om det inte gäller längre, och annars överstrykningen",
    "this is struck through; remove it if it no longer holds, and otherwise the strikethrough",
)
NEVER_CALCULATED = Text(
    "formeln har inget sparat värde; öppna filen i Excel och spara den, eller skriv värdet",
    "its formula has no value saved with it; open the file in Excel and save it, or write the value",
)


EMPTY = Text(
    "filen är tom; spara tabellen på nytt, eller skicka den på nytt",
    "the file is empty; save the table anew, or send it anew",
)

_OLE = b"\xd0\xcf\x11\xe0"
_PAGES = frozenset({b"<!doc", b"<html", b"<head", b"<tabl", b"<?xml"})
"""How what is no table begins, in small letters."""
_PDF = b"%PDF"
_OTHERS = {
    "content.xml": Text("ett dokument från LibreOffice (.ods)", "a document of LibreOffice (.ods)"),
    "xl/workbook.bin": Text("en binär Excelfil (.xlsb)", "a binary workbook (.xlsb)"),
    "Index/Document.iwa": Text("ett dokument från Numbers", "a document of Numbers"),
    "word/document.xml": Text("ett Worddokument", "a document of Word"),
}
"""What is packed as a workbook is and is none, by a part that it has."""


class Unreadable(Told):
    """A file that cannot be read as a table; the text says why, and the way out."""


def refuse_no_table(start: bytes) -> None:
    """Raise Unreadable for what is neither a workbook nor text, by how it begins."""
    if not start:
        raise Unreadable(EMPTY)
    if start.startswith(_OLE):
        raise Unreadable(OLD)
    if start.startswith(_PDF):
        raise Unreadable(_none_but("en PDF", "a PDF"))
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:5].lower() in _PAGES:
        raise Unreadable(PAGE)


def refuse_no_workbook(parts: Collection[str]) -> None:
    """Raise Unreadable for what is packed as a workbook is and is something else, by its parts."""
    if (found := next((part for part in _OTHERS if part in parts), None)) is not None:
        raise Unreadable(_none_but(*_OTHERS[found]))
    if "[Content_Types].xml" not in parts:
        raise Unreadable(_none_but("ett arkiv med andra filer", "an archive of other files"))


def _none_but(sv: str, en: str) -> Text:
    return Text(
        f"det här är {sv} och ingen Excelfil; spara tabellen som .xlsx eller som ”CSV UTF-8”",
        f"this is {en} and no workbook of Excel; save the table as .xlsx or as “CSV UTF-8”",
    )


def too_many(sv: str, en: str, has: int, most: int, what: str = "") -> Unreadable:
    """A file that has more of something than is read; the texts say where the numbers stand, and what has them."""
    numbers, limits = counted(has), counted(most)
    return Unreadable(
        Text(
            sv.format(has=numbers.sv, most=limits.sv, what=what),
            en.format(has=numbers.en, most=limits.en, what=what),
        )
    )
