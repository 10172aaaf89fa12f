"""The answer of a query as an Excel workbook, for who takes it to a spreadsheet."""

from __future__ import annotations

from endpoint import sheets
from endpoint.dataset import Dataset
from endpoint.operation import Operation
from endpoint.parameters import bad_parameter
from endpoint.query_page.answers import Table
from endpoint.query_page.answers import Value as Term
from endpoint.sheets import MOST_CELLS, Column, Value
from endpoint.site import Site
from endpoint.words.worksheets import ABOUT, SHEETS
from ontology.text import Language, Text

_WIDTHS = 12, 60
"""How many letters fit into a column beside one another, at least and at most."""


def check(table: Table | None) -> Table:
    """The table of an answer that a workbook has room for. Raises Problem for a longer one, and for what is none."""
    if table is None:
        raise bad_parameter("query", Text(
            "Bara svaret på en SELECT blir en tabell i Excel. Andra svar finns på /sparql.",
            "Only the answer of a SELECT is a table in Excel. Other answers can be had from /sparql.",
        ))  # fmt: skip
    if not table.columns:
        raise bad_parameter("query", Text(
            "Svaret har inga kolumner, och en tabell i Excel behöver en. Nämn en variabel i frågan, som ?s.",
            "The answer has no columns, and a table in Excel needs one. Name a variable in the query, such as ?s.",
        ))  # fmt: skip
    if not table.fits(MOST_CELLS):
        spaced = f"{MOST_CELLS:,}".replace(",", "\N{NO-BREAK SPACE}")
        raise bad_parameter("query", Text(
            f"Svaret har fler än {spaced} celler, och en arbetsbok får högst så många här. Skriv LIMIT, välj färre "
            "kolumner, eller hämta svaret som CSV från /sparql.",
            f"The answer has more than {MOST_CELLS:,} cells, the most that a workbook is given here. Write LIMIT, "
            "choose fewer columns, or take the answer as CSV from /sparql.",
        ))  # fmt: skip
    return table


def as_workbook(table: Table, dataset: Dataset, operation: Operation, address: str, language: Language) -> bytes:
    """A row for each of the answer, numbers as numbers and all else as text; and what was asked, of which release."""
    columns = [Column(name, _width(table, place)) for place, name in enumerate(table.columns)]
    rows: list[list[Value]] = [[_cell(term) for term in row] for row in table.rows]
    about = {
        "release": dataset.id,
        **({"date": str(dataset.release.record["referenceDate"])} if isinstance(dataset, Site) else {}),
        "rows": str(len(rows)),
        "query": operation.query or "",
        **dict(operation.graphs),
        "address": address,
        **({"rights": ABOUT["terms-of-sources"].in_(language)} if isinstance(dataset, Site) else {}),
    }
    told = [(ABOUT[name].in_(language) if name in ABOUT else name, value) for name, value in about.items()]
    return sheets.as_workbook(sheets.Table(SHEETS["answer"].in_(language), columns, rows), told, language)


def _cell(term: Term | None) -> Value:
    if term is None:
        return None
    return sheets.number(term.text) if term.is_number else term.text


def _width(table: Table, place: int) -> int:
    longest = max((len(term.text) for row in table.rows if (term := row[place])), default=0)
    least, most = _WIDTHS
    return min(max(longest + 2, least), most)
