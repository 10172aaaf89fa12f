"""Documents of things that much points to: `python tests/benchmarks/links.py [LINKS]`. Read, not asserted.

Builds a release, adds a thing that 30 others point to and one that 100,000 do, counts the links as a build does, and
asks for the documents of both, one after the other, nothing kept.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from endpoint.app import pools
from endpoint.documents.bodies import offers
from endpoint.documents.gathering import gather
from endpoint.documents.things import _page
from endpoint.documents.variants import Variant
from endpoint.documents.views import SHOWN, WHOLE, View
from endpoint.documents.writing import serialise
from endpoint.formats import DOCUMENTS
from endpoint.settings import Settings
from endpoint.site import Site
from loaders.links import count_links, write_links
from loaders.release import Release, Releases

FEW = 30
PROPERTY = "relatedObjective"
ROUNDS = 100


def statements(base: str, key: str, links: int) -> Iterator[ox.Quad]:
    """A thing with a name, and what points to it."""
    graph, thing = ox.NamedNode(f"{base}id/graph/editors"), ox.NamedNode(f"{base}def/benchmark/{key}")
    name = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    yield ox.Quad(thing, name, ox.Literal(key, language="sv"), graph)
    for number in range(links):
        other = ox.NamedNode(f"{base}def/benchmark/{key}-{number}")
        yield ox.Quad(other, ox.NamedNode(f"{base}spec/{PROPERTY}"), thing, graph)
        yield ox.Quad(other, name, ox.Literal(f"{key} {number}", language="sv"), graph)


def grown(release: Release, folder: Path, links: int) -> Release:
    """A copy of a release with both things in it."""
    copy = folder / "releases" / release.id
    shutil.copytree(release.path, copy)
    store = ox.Store(str(copy / "store"))
    for key, number in (("few", FEW), ("many", links)):
        store.bulk_extend(statements(release.base.iri, key, number))
    write_links(count_links(store, release.base), copy)
    store.flush()
    return Release.open(copy)


async def measure(release: Release, links: int) -> None:
    """The median time of each form of both documents."""
    site = Site.of(release, *pools(release.store, Settings(release.path.parent.parent)))
    await site.pool.open()
    await site.prepare()
    last = View(page=-(-links // SHOWN))
    print(f"{'':24}{FEW:>10} links{links:>12,} links    ratio")
    for form in ("gathered", "turtle", "jsonld", "html"):
        few, many = [await _median(site, key, form, WHOLE) for key in ("few", "many")]
        print(f"{form:24}{few:>13.2f} ms{many:>15.2f} ms{many / few:>9.2f}")
    for view in (View(page=2), last):
        print(f"{f'turtle, page {view.page:,}':24}{'':>16}{await _median(site, 'many', 'turtle', view):>15.2f} ms")
    await site.pool.close()


async def _median(site: Site, key: str, form: str, view: View) -> float:
    thing, took = URIRef(f"{site.base.iri}def/benchmark/{key}"), []
    for _ in range(ROUNDS):
        site.recent.clear()
        begun = time.perf_counter()
        document = await gather(site, thing, view)
        assert document is not None
        if form == "html":
            await _page(document, Variant(document.stem, language="sv"), "sv", offers(document))
        elif form != "gathered":
            serialise(document, next(format_ for format_ in DOCUMENTS if format_.name == form))
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as temporary:
        build = [sys.executable, "-c", "from endpoint.cli import main; main()", "build", "--data", f"{temporary}/first"]
        subprocess.run(build, check=True, capture_output=True)
        larger = grown(Releases(Path(temporary) / "first").current(), Path(temporary) / "larger", how_many)
        asyncio.run(measure(larger, how_many))
