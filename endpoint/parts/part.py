"""A part of the page of a thing: what stands beside what its document says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef

from endpoint.dataset import Row
from endpoint.documents.document import Document
from endpoint.site import Site


@dataclass(frozen=True, slots=True)
class Shown:
    """What a part shows: what its template finds under the name `shown`, and the sources of that.

    `is_long` where it is so much that the page is made beside the event loop.
    """

    context: Mapping[str, object] = field(default_factory=dict)
    sources: frozenset[URIRef] = frozenset()
    is_long: bool = False


FEW = frozenset({"country", "county", "generational-goal", "objective", "report", "source"})
"""The kinds of which a release has some dozens of things, or hundreds: what the parts of their pages show, which are
made of the most or take the most to count, is kept with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the pages of some kinds of thing.

    `of` names the kinds, `template` the file in `templates/parts/` without its suffix, and `told` the properties
    towards the thing that the part tells in its own way, so that the page need not list them again. `is_of_values` is
    True where what it shows grows with the observations: that is never kept.
    """

    template: str
    of: tuple[str, ...]
    gather: Callable[[Site, Document], Awaitable[Shown]]
    told: tuple[URIRef, ...] = ()
    is_of_values: bool = False

    @property
    def path(self) -> str:
        """The template."""
        return f"parts/{self.template}.html"

    async def show(self, site: Site, document: Document, kind: str) -> Shown:
        """What the part shows on the page of a thing of a kind, in whatever language."""
        if kind not in FEW or self.is_of_values:
            return await self.gather(site, document)
        return await site.keep((self.template, document.thing), lambda: self.gather(site, document))


def sources_of(*answers: list[Row]) -> frozenset[URIRef]:
    """The sources that the rows of some answers name in the column `source`."""
    return frozenset(URIRef(row["source"]) for rows in answers for row in rows if "source" in row)
