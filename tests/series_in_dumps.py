"""What the dump of a release says of its series, held against what it says of their observations."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict

import pyoxigraph as ox

from loaders.release import Release
from ontology.namespaces import MG, QB, RDF, SDMXDimension

_AREA = re.compile("/slice/([^/]+/[^/]+)")


def years_and_addresses(release: Release) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """The first and the last year of each series: as it says, and as its observations do.

    Raises AssertionError where the address of one is not that of its series with the year after the area.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(release.dump) as lines:
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            said[quad.subject.value][quad.predicate.value].append(quad.object.value)
    ends = [str(release.base.localise(end)) for end in (MG.firstYear, MG.lastYear)]
    told, found = {}, {}
    for thing, properties in said.items():
        if str(QB.Slice) in properties[str(RDF.type)]:
            (first,), (last,) = (properties[end] for end in ends)
            years = []
            for observation in properties[str(QB.observation)]:
                (year,) = said[observation][str(SDMXDimension.refPeriod)]
                assert observation == _AREA.sub(rf"/observation/\1/{year}", thing)
                years.append(year)
            told[thing], found[thing] = (first, last), (min(years), max(years))
    return told, found
