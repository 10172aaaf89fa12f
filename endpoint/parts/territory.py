"""The pages of counties and municipalities: for which goals there are indicators with values for such territory."""

from __future__ import annotations

from endpoint.documents import Document
from endpoint.lists import Names, read_labels
from endpoint.matrix import natural
from endpoint.parts.part import Part, Shown
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import Resolution

_RESOLUTIONS = {MG.County: Resolution.COUNTY_OR_REGION, MG.Municipality: Resolution.MUNICIPAL}


async def _indicators_for(site: Site, document: Document) -> Shown:
    """The goals that have indicators with values for a sort of territory, and how many. One query."""
    resolution = next(of for cls, of in _RESOLUTIONS.items() if site.local(cls) in document.types)
    rows = await site.select("pages/indicators-by-goal", resolution=site.local(iri.concept(resolution)))
    counts = {row["goal"]: int(str(row["indicators"])) for row in rows}
    context = {
        "goals": sorted(counts.items(), key=lambda goal: (len(str(goal[0])), natural(str(goal[0])))),
        "names": Names(read_labels(rows, "goal")),
    }
    return Shown(context)


INDICATORS_FOR = Part("indicators-for", ("county", "municipality"), _indicators_for)
