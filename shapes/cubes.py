"""What a cube is looked at for, as lines have it: terms, cells, and series of observations."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from rdflib import URIRef

from ontology.base import Base
from ontology.namespaces import DCTERMS, MG, QB, RDF, VOID, XSD, SDMXAttribute, SDMXDimension, SDMXMeasure
from shapes.things import with_property

_ESCAPED = re.compile(r"\\(?:[^\"\\]|u.{4}|U.{8})$")
"""A text that ends with a character that is written with a backslash, but for quotation marks and backslashes."""

_LEFT_OUT = ""
_YEAR = 4  # digits

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
        self.source, self.retires, self.kind_name = written(DCTERMS.source), written(MG.retires), written(MG.kindName)
        self.graph_class, self.dimension = written(VOID.Dataset), written(QB.DimensionProperty)
        self.observation_class, self.slice_class = written(QB.Observation), written(QB.Slice)
        self.data_set, self.slice, self.observation = written(QB.dataSet), written(QB.slice), written(QB.observation)
        self.data_set_class, self.unit = written(QB.DataSet), written(SDMXAttribute.unitMeasure)
        self.area, self.period = written(SDMXDimension.refArea), written(SDMXDimension.refPeriod)
        self.of_cubes = {self.data_set, self.observation, self.unit}
        self.of_one_value = {self.period, self.data_set, self.unit}
        self.parts = written(MG.sector), written(SDMXDimension.sex)
        self.structure = written(QB.structure), written(QB.component), written(QB.componentProperty)
        self.of_observations, self.of_series = f"<{base.iri}id/observation/", f"<{base.iri}id/slice/"
        self.data_sets = re.compile(f"{re.escape(f'<{base.iri}id/dataset/')}([^/]+)>")
        year = rf'"([0-9]{{4}})"\^\^{re.escape(written(XSD.gYear))}'
        self.years, self.periods = re.compile(year), re.compile(f"{re.escape(self.period)} {year}")
        self.measure = written(SDMXMeasure.obsValue)
        self.measured = f'{self.measure} "'
        self.of_no_series = {self.source, self.slice, self.observation, *self.structure}


@dataclass(frozen=True, slots=True)
class _Series:
    """Observations of a cell of which the same is said, but for their year and their value."""

    said: list[str]  # the tails of each, without those two
    places: tuple[int, int]  # where the two stand
    seen: list[str]  # the years of the cell


class Series:
    """The series of an area in a data set, of which observations have been looked at.

    What is amiss with one observation of a series is amiss with all of which the same is said but for their year and
    their value, and what it shows to others they show: these need not be looked at. Those of the sexes come by turns.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._head = _LEFT_OUT
        self._by_end: dict[str, _Series] = {}

    def begin(self, said: list[str], key: Key, seen: list[str]) -> None:
        """Begin with an observation that has been looked at, by its tails; `seen` has the years of its cell.

        One that has not one period and one value is no beginning.
        """
        head, end = key
        if head != self._head:
            self._head, self._by_end = head, {}
        two = [*with_property(said, f"{self._terms.period} "), *with_property(said, f"{self._terms.measure} ")]
        if [tail.partition(" ")[0] for tail in two] == [self._terms.period, self._terms.measure]:
            but_for_two = [_LEFT_OUT if tail in two else tail for tail in said]
            self._by_end[end] = _Series(but_for_two, (said.index(two[0]), said.index(two[1])), seen)

    def takes(self, thing: str, said: list[str]) -> bool:
        """Take a thing with these tails and tell so, if it is of a series and nothing of its own is amiss."""
        of = self._by_end.get(thing[len(self._head) + _YEAR :])
        if of is None or len(said) != len(of.said):
            return False
        place, other = of.places
        year, value = self._terms.periods.fullmatch(said[place]), said[other]
        if year is None or not value.startswith(self._terms.measured):
            return False
        if not thing.startswith(self._head) or not thing.startswith(year[1], len(self._head)):
            return False
        but_for_two = said.copy()
        but_for_two[place] = but_for_two[other] = _LEFT_OUT
        if but_for_two != of.said or may_be_stray(value[len(self._terms.measured) - 1 :]):
            return False
        of.seen.append(sys.intern(year[1]))
        return True


def last(term: str) -> str:
    """What stands after the last slash of an IRI."""
    return term[term.rfind("/") + 1 : -1]


def may_be_stray(written: str) -> bool:
    """True for a text that is empty, or begins or ends with white space, or with what could be white space escaped."""
    end = written.rfind('"')
    if end == 1 or written[1].isspace() or written[end - 1].isspace():
        return True
    return "\\" in written and (written[1] == "\\" or _ESCAPED.search(written, 1, end) is not None)
