"""The terms of the UN's files about its goals that are read there and not used in a release."""

# ruff: noqa: N815 - the names are the local names of the terms
from __future__ import annotations

import re

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.schemes import UnTier

SUBJECTS = re.compile(r"http://(?:eurovoc\.europa\.eu|metadata\.un\.org/thesaurus)/[0-9A-Za-z_]+", re.ASCII)
"""The subject headings, of EuroVoc and UNBIS."""

MATCHES = re.compile(
    r"http://purl\.unep\.org/sdg/SDGIO_[0-9]{8}|http://www\.wikidata\.org/entity/Q[1-9][0-9]*", re.ASCII
)
"""The matches, in SDGIO and Wikidata."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The official languages of the United Nations."""

HISTORY_NOTE = URIRef("http://www.w3.org/2004/02/skos/core#historyNote")
"""What the files say the edition of a series in."""


class UN(DefinedNamespace):
    """The UN's ontology of the goals, as its files use it."""

    _fail = True
    _NS = Namespace("http://metadata.un.org/sdg/ontology#")

    Goal: URIRef
    Target: URIRef
    Indicator: URIRef
    Series: URIRef
    hasTarget: URIRef
    hasIndicator: URIRef
    hasSeries: URIRef
    isTargetOf: URIRef
    isIndicatorOf: URIRef
    isSeriesOf: URIRef
    custodianAgency: URIRef
    tier: URIRef
    SDGCodeCompact: URIRef
    tier_I: URIRef
    tier_II: URIRef
    tier_III: URIRef


TIERS: dict[str, UnTier] = {
    str(UN.tier_I): UnTier.TIER_I,
    str(UN.tier_II): UnTier.TIER_II,
    str(UN.tier_III): UnTier.TIER_III,
}
"""Our concepts by the UN's IRIs of its tiers."""
