"""What cells say that people fill: years, numbers, names of things; each refusal says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from loaders.countries import NATION
from loaders.named import Named
from loaders.sheet_cells import Cell
from loaders.told import Wrong
from ontology.schemes import Concept
from ontology.text import Text

T = TypeVar("T")

_NO_MOMENT = Text(
    "det är varken år, månad eller dag; skriv 2026, 2026-03 eller 2026-03-15",
    "this is no year, month or day; write 2026, 2026-03 or 2026-03-15",
)
_YEAR_AS_A_DAY = Text(
    "det är den dag som Excel gör av ett årtal i en cell för datum; formatera cellen som tal, och skriv året med fyra "
    "siffror",
    "this is the day that Excel makes of a year in a cell for dates; format the cell as a number, and write the year "
    "with four digits",
)
_DAYS_OF_YEARS = (("1905-03-14", "1905-09-29"), ("1909-03-15", "1909-09-30"))
"""The days that have the numbers 1900 to 2099: counted from 1900, and from 1904 as in workbooks of old Macintoshes."""
_QUOTED = re.compile(r"[\"”“»](.+)[\"”“»«]")
_NUMBER_OF_AN_ORGANISATION = r"[0-9]{6}-[0-9]{4}"
_NEAR_TO_AN_ACTOR = 0.85  # of the words of the tables' own measures and programmes, none is so near to an actor
_SUM = r"-?(?:[0-9]+|[0-9]{1,3}(?:\s[0-9]{3})+)(?:[,.][0-9]+)?"
"""Digits, or digits with their thousands parted by spaces."""
_MOST_KRONOR = Decimal(10) ** 13
_JOINED = re.compile(r"\s+(?:och|samt|and|&)\s+|[,/+&]")
_NOTHING_KNOWN = {
    "okänt",
    "okänd",
    "ej bedömt",
    "ej bedömd",
    "ej angivet",
    "uppgift saknas",
    "saknas",
    "vet ej",
    "unknown",
}
_NATION_WORDS = {NATION.casefold(), "sverige", "sweden", "hela landet", "riket", "nationell", "the whole country"}


def words(cell: Cell) -> str:
    """The words of a cell on one line, numbers as they are shown."""
    return " ".join((cell.shown or cell.text).split())


def title(cell: Cell) -> str:
    """The words of a title, which has letters."""
    text = words(cell)
    if not _has_letters(text):
        raise Wrong(Text("en rubrik har bokstäver; skriv den i ord", "a title has letters; write it in words"))
    return text


def several(cell: Cell) -> list[str]:
    """What a cell lists, parted by semicolons or line breaks, each once."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in re.split(r"[;\n]", cell.text)))))


def each(parts: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """What every part of a cell says. Raises ExceptionGroup with what is wrong with each that is wrong."""
    found: list[T] = []
    wrong: list[ValueError] = []
    for part in parts:
        try:
            found.append(read(part))
        except ValueError as error:
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("parts of a cell cannot be read", wrong)
    return found


def year(cell: Cell) -> str:
    """A year; of a day, the year."""
    found = re.fullmatch(r"((?:19|20)[0-9]{2})(-[0-9]{2}-[0-9]{2})?", cell.text)
    if found is None or (found[2] and not _is_day(cell.text)):
        raise Wrong(
            Text(
                "det är inget år mellan 1900 och 2099; skriv fyra siffror",
                "this is no year between 1900 and 2099; write four digits",
            )
        )
    _refuse_year_as_a_day(cell.text)
    return found[1]


def _refuse_year_as_a_day(text: str) -> None:
    """Raise Wrong for the day that Excel makes of a year. In CSV that it has saved, it stands as a day too."""
    if len(text) == len("1905-07-17") and any(first <= text <= last for first, last in _DAYS_OF_YEARS):
        raise Wrong(_YEAR_AS_A_DAY)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def moment(cell: Cell) -> str:
    """A year, a month or a day, as precisely as it is written."""
    text = words(cell)
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError as error:
        raise Wrong(_NO_MOMENT) from error
    if re.fullmatch(r"(19|20)[0-9]{2}(-[0-9]{2}){0,2}", text) is None:
        raise Wrong(_NO_MOMENT)
    _refuse_year_as_a_day(text)
    return text


def address(cell: Cell) -> str:
    """The address of a page."""
    text = words(cell)
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text) is None:
        raise Wrong(
            Text(
                "det är ingen adress till en sida; skriv hela, med https://",
                "this is no address of a page; write it whole, with https://",
            )
        )
    return text


def count(cell: Cell) -> int:
    """How many there are of something."""
    if re.fullmatch(r"[1-9][0-9]{0,5}", cell.text) is None:
        raise Wrong(
            Text("det är inget heltal från 1; skriv bara siffror", "this is no whole number from 1; write digits alone")
        )
    return int(cell.text)


def kronor(cell: Cell) -> str:
    """A sum in kronor, with the digits of the source."""
    written = re.sub(r"(?i)(?<!\s)\s*+(kr|kronor|sek|:-)\.?$", "", cell.text)
    text = cell.text if cell.is_number else re.sub(r"\s", "", written).replace(",", ".")
    if not cell.is_number and (text.count(".") > 1 or re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text)):
        raise Wrong(
            Text(
                "punkt och komma kan skilja tusental eller decimaler; skriv bara siffrorna, till exempel 1200000",
                "a point or a comma can part thousands or decimals; write the digits alone, such as 1200000",
            )
        )
    if not cell.is_number and re.fullmatch(_SUM, written) is None:
        raise Wrong(
            Text(
                "det är ingen summa i kronor; skriv ett tal, till exempel 1200000",
                "this is no sum in kronor; write a number, such as 1200000",
            )
        )
    number = Decimal(text)
    if not number.is_finite() or not 0 <= number < _MOST_KRONOR:
        raise Wrong(
            Text(
                "så mycket kan ingen åtgärd kosta; skriv ett antal kronor, till exempel 1200000",
                "this is no sum that a measure can cost; write a number of kronor, such as 1200000",
            )
        )
    return format(number, "f")


_AS_A_DATE = re.compile(r"[0-3]?[0-9]-(jan|feb|mar|apr|ma[jy]|ju[nl]|aug|sep|o[kc]t|nov|dec)", re.IGNORECASE)
"""What Excel makes of 2-1 or 1/2 and writes in a CSV file: 02-jan."""
_AS_A_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-][0-9]{2,}", re.IGNORECASE)
"""What Excel makes of 2E3, and writes in a CSV file: 2,00E+03."""


def designation(cell: Cell) -> str:
    """A designation as part of an identifier: its letters without rings and dots, digits, and hyphens between.

    Any sign parts what it stands between: 1.1 is 1-1, and so it is with a dash of whatever length, and not 11.
    """
    if cell.is_date or _AS_A_DATE.fullmatch(cell.text):
        raise Wrong(
            Text(
                "Excel har gjort ett datum av det; formatera kolumnen som text, och skriv beteckningen på nytt",
                "Excel has made a date of this; format the column as text, and write the designation anew",
            )
        )
    if _AS_A_POWER.fullmatch(words(cell)):
        raise Wrong(
            Text(
                "Excel har gjort ett tal av det, som av 2E3; formatera kolumnen som text, och skriv det på nytt",
                "Excel has made a number of this, as of 2E3; format the column as text, and write the designation anew",
            )
        )
    parts = (" " if _is_sign(one) else one for one in unicodedata.normalize("NFKD", words(cell)))
    plain = "".join(parts).encode("ascii", "ignore").decode()
    key = "-".join(re.findall(r"[A-Za-z0-9]+", plain))
    if not 0 < len(key) <= 60:
        raise Wrong(
            Text(
                "en beteckning har minst en bokstav eller siffra och högst 60; skriv en annan",
                "a designation has at least one letter or digit, and at most 60; write another",
            )
        )
    return key


def _is_sign(character: str) -> bool:
    """True for punctuation, symbols and blanks of every script."""
    return unicodedata.category(character)[0] in "PSZ"


def says_nothing(text: str) -> bool:
    """True for a mark in the place of a word, such as a dash, and for words that say that nothing is known."""
    return all(map(_is_sign, text)) or " ".join(text.casefold().split()) in _NOTHING_KNOWN


def one(named: Named, kind: str, digits: int = 0) -> Callable[[Cell], str]:
    """A reader of the code or the name of one thing; a code that Excel has taken the zeros from gets them back."""

    def read(cell: Cell) -> str:
        if (parts := several(cell))[1:] and not named.keys(kind, words(cell)):
            raise Wrong(
                Text(
                    f"här ska ett enda stå, och det är {len(parts)}; skriv en rad för var och en, eller välj ett",
                    f"this holds {len(parts)} where one can stand; write a line for each, or choose one",
                )
            )
        text = words(cell)
        return named.find(kind, text.zfill(digits) if text.isdigit() else text)

    return read


def all_of(named: Named, kind: str) -> Callable[[Cell], list[str]]:
    """A reader of the codes or names of several things; numbers may be parted by commas too."""

    def read(cell: Cell) -> list[str]:
        if cell.is_number and "." in cell.text:
            shown = words(cell)
            whole, part = (cell.text if "E" in shown else shown).split(".")
            raise Wrong(
                Text(
                    f"Excel har gjort ett decimaltal av det; skriv {whole}; {part} som text",
                    f"Excel has made a decimal of this; write {whole}; {part} as text",
                )
            )
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell.text):
            raise Wrong(
                Text(
                    "Excel har gjort ett datum av det; skriv det som text, till exempel 8; 9",
                    "Excel has made a date of this; write it as text, such as 8; 9",
                )
            )
        parted = (
            several(Cell(cell.place, cell.text.replace(",", ";"))) if re.fullmatch(r"[0-9,;\s]+", cell.text) else None
        )
        return each(parted or several(cell), partial(_find_one, named, kind))

    return read


def _find_one(named: Named, kind: str, name: str) -> str:
    """The key of one thing; where several stand in its place, how they are parted is told."""
    parts = [part for part in map(str.strip, _JOINED.split(name)) if part]
    if len(parts) > 1 and not named.keys(kind, name) and all(named.keys(kind, part) for part in parts):
        written = "; ".join(parts)
        raise Wrong(
            Text(
                f"{name!r}: flera skiljs åt med semikolon; skriv {written}",
                f"{name!r}: several are parted by semicolons; write {written}",
            )
        )
    return named.find(kind, name)


def place(named: Named, mean: Callable[[str, str], None] = lambda _, __: None) -> Callable[[Cell], str]:
    """A reader of a county, or the nation. A county that is written without “län” is told of: `mean` notes it."""
    county = one(named, "county", digits=2)

    def read(cell: Cell) -> str:
        text = words(cell)
        if text.casefold() in _NATION_WORDS:
            return NATION
        if (short := named.county_called(text)) is not None:
            mean(text, named.told("county", short))
            return short
        return county(cell)

    return read


def actors(
    named: Named, keep: Callable[[str], None] = lambda _: None
) -> Callable[[Cell], list[tuple[str | None, str | None]]]:
    """A reader of who takes part: each a known actor by its key, or the words that are written: `keep` notes these.

    What has the form of an organisation number, or is near to the name of an actor, is no words of one's own, unless it
    stands in quotation marks.
    """

    def read_one(name: str) -> tuple[str | None, str | None]:
        if (quoted := _QUOTED.fullmatch(name)) is None:
            number = re.sub(r"^([0-9]{6})([0-9]{4})$", r"\1-\2", name)
            if named.keys("actor", number):
                return named.find("actor", number), None
            _refuse_no_words(named, number)
        own = quoted[1] if quoted else name
        keep(own)
        return None, own

    return lambda cell: each(several(cell), read_one)


def _refuse_no_words(named: Named, name: str) -> None:
    """Raise Wrong for what was written to name an actor, and names none."""
    if not _has_letters(name) and not re.fullmatch(_NUMBER_OF_AN_ORGANISATION, name):
        raise Wrong(
            Text(
                f"{name!r} har ingen bokstav och är inget organisationsnummer; skriv aktörens namn",
                f"{name!r} has no letter and is no organisation number; write the name of the actor",
            )
        )
    if re.fullmatch(_NUMBER_OF_AN_ORGANISATION, name):
        raise Wrong(
            Text(
                f"ingen aktör här har organisationsnumret {name!r}; kontrollera numret, eller skriv namnet",
                f"no actor here has the organisation number {name!r}; check the number, or write the name",
            )
        )
    if meant := named.near("actor", name, _NEAR_TO_AN_ACTOR):
        raise Wrong(
            Text(
                f"aktören {name!r} finns inte här; menas något av detta: {meant}? Skriv numret eller hela namnet, "
                f'eller sätt citattecken om det som ska stå med era egna ord: "{name}"',
                f"there is no actor {name!r}; is one of these meant: {meant}? Write the number or the whole name, "
                f'or put in quotation marks what is to stand in your own words: "{name}"',
            )
        )


def concept(named: Named, scheme: type[Concept]) -> Callable[[Cell], Concept]:
    """A reader of a concept by its code, or its label in either language."""
    return lambda cell: named.concept(scheme, words(cell))
