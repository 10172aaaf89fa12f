"""What a cube is looked at for, as lines have it: terms and cells."""

from __future__ import annotations

import re

from rdflib import URIRef

from ontology.base import Base
from ontology.namespaces import DCTERMS, MG, QB, RDF, VOID, XSD, SDMXAttribute, SDMXDimension

_ESCAPED = re.compile(r"\\(?:[^\"\\]|u.{4}|U.{8})$")
"""A text that ends with a character that is written with a backslash, but for quotation marks and backslashes."""

Part = tuple[str, str]
"""A sector or a sex: the dimension and its value."""

Cell = tuple[str, str, Part | None]
"""What the observations of a series have alike: data set, area and part."""

Key = tuple[str, str]
"""How the IRIs of the observations of a cell begin, up to their year, and how they end."""


class Terms:
    """The terms that are looked for, as they are written on a base."""

    def __init__(self, base: Base) -> None:
        def written(term: URIRef) -> str:
            return f"<{base.localise(term)}>"

        self.type, self.row, self.stated_in = written(RDF.type), written(MG.Row), written(MG.statedIn)
        self.table = written(MG.table)
        self.source, self.retires, self.kind_name = written(DCTERMS.source), written(MG.retires), written(MG.kindName)
        self.graph_class, self.dimension = written(VOID.Dataset), written(QB.DimensionProperty)
        self.observation_class, self.slice_class = written(QB.Observation), written(QB.Slice)
        self.data_set, self.slice, self.observation = written(QB.dataSet), written(QB.slice), written(QB.observation)
        self.data_set_class, self.unit = written(QB.DataSet), written(SDMXAttribute.unitMeasure)
        self.area, self.period = written(SDMXDimension.refArea), written(SDMXDimension.refPeriod)
        self.slice_structure, self.slice_key = written(QB.sliceStructure), written(QB.sliceKey)
        self.first_year, self.last_year = written(MG.firstYear), written(MG.lastYear)
        self.of_series_alone = {self.observation, self.slice_structure, self.first_year, self.last_year}
        self.of_cubes = {self.data_set, self.unit, *self.of_series_alone}
        self.of_one_value = {self.period, self.data_set, self.unit}
        self.parts = written(MG.sector), written(SDMXDimension.sex)
        self.structure = written(QB.structure), written(QB.component), written(QB.componentProperty)
        self.of_observations, self.of_series = f"<{base.iri}id/observation/", f"<{base.iri}id/slice/"
        self.data_sets = re.compile(f"{re.escape(f'<{base.iri}id/dataset/')}([^/]+)>")
        self.year = written(XSD.gYear)
        self.years = re.compile(rf'"([0-9]{{4}})"\^\^{re.escape(self.year)}')
        self.made_of = (*self.structure, self.slice_key)
        self.of_no_series = {self.source, self.table, self.slice, *self.of_series_alone, *self.made_of}


def last(term: str) -> str:
    """What stands after the last slash of an IRI."""
    return term[term.rfind("/") + 1 : -1]


def is_of_table(row: str, table: str) -> bool:
    """True for a row whose IRI names the table; both are taken as they are written."""
    return f"/id/row/{table[1:-1]}/" in row


def may_be_stray(written: str) -> bool:
    """True for a text that is empty, or begins or ends with white space, or with what could be white space escaped."""
    end = written.rfind('"')
    if end == 1 or written[1].isspace() or written[end - 1].isspace():
        return True
    return "\\" in written and (written[1] == "\\" or _ESCAPED.search(written, 1, end) is not None)
