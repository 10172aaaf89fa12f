"""What live sources and deliveries give no more: its identifiers end, since they may take it back without a word.

Only what a source that is in the release gave before ends so. Where nothing of a source is there, nothing ends unsaid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from loaders.curated import Curated
from loaders.diagrams import TABLES as DIAGRAM_TABLES
from loaders.diagrams import DiagramDataset, DiagramNewest
from loaders.identifiers import Identifiers
from loaders.klimatbyran_api import name_of
from loaders.lifecycle import History, gone_since
from loaders.live import LiveSources
from loaders.live_rows import FetchedSource, NoLiveSource
from loaders.pxweb import TABLES as PXWEB_TABLES
from loaders.pxweb import PxWebDataset
from loaders.received import ReceivedSource
from loaders.retirements import Retirement
from loaders.row import Row
from loaders.statements import Statements
from loaders.ways import OWN_WAYS, beginnings
from ontology.schemes import Confidence, Fate
from ontology.text import Text

_NO_MORE = Text("Källan ger det inte längre.", "The source does not give it any more.")
_WHY = {
    "klimatbyran": Text(
        "Klimatbyrån har gett ut sina filer på nytt, eller deras utgåva har fått ett namn här; varje utgåva är egna "
        "datamängder under sitt namn. "
        "Den här finns i de utgåvor av Miljögrafen som hade den.",
        "Klimatbyrån has released its files anew, or their release has got a name here; each release is data sets of "
        "its own under its name. "
        "This one is in the releases of Miljögrafen that had it.",
    )
}
"""Why what a source gives no more has ended, where more can be said of it."""


class SourceEnding(Retirement):
    """One identifier of what a source gives no more."""

    table = "live_retirements"


def ended_by_sources(curated: Curated, named: Identifiers, today: str, history: History) -> tuple[Row, ...]:
    """A row for each identifier that an earlier release had and that its source gives no more.

    It has ended on the day of the release that said so first, which is `today` where none did.
    """
    of_source = {source: frozenset(starts) for source, starts in _given(curated)}
    if not of_source:
        return ()
    gone = gone_since(curated, named, history, today)
    found = (
        (source, path, since) for path, since in sorted(gone.items()) if (source := _giver(path, of_source)) is not None
    )
    return tuple(_rows(found))


def refuse_renamed(sources: LiveSources, ended: Iterable[Row], history: History) -> None:
    """Raise NoLiveSource where a release of files is named, and would lose the identifiers that it was published under.

    What an earlier release has said to have ended does not count: whoever named it so knows.
    """
    said = history.pasts.ended
    gone = [row.key for row in ended if isinstance(row, SourceEnding) and not (row.key in said and said[row.key].since)]
    for source in sources.values():
        for release in source.releases:
            name = name_of(release.sha256)
            lost = [path for path in gone if path.startswith("id/dataset/") and path.endswith(f"-{name}")]
            if lost and release.key != name:
                raise NoLiveSource(
                    f"{source.id}: the release that the sources file names {release.key} was published as {name}, and "
                    f"all its identifiers would end ({lost[0]} and so on). Let the sources file say "
                    f'key = "{name}" of it, so that they stay: version, issued and years say the rest. If they are to '
                    "end all the same, say so of each in retirements.csv"
                )


def _given(curated: Curated) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How the identifiers begin of what each source of a release gives."""
    datasets = {row.source_id: row for row in curated.rows if isinstance(row, PxWebDataset | DiagramDataset)}
    saying = {row.source_id: row.table for row in curated.rows if isinstance(row, Statements)}
    for row in curated.rows:
        if isinstance(row, ReceivedSource):
            yield row.id, row.given
        elif isinstance(row, FetchedSource) and row.id in OWN_WAYS:
            yield row.id, tuple(beginnings(row.id))
        elif isinstance(row, FetchedSource) and row.id in datasets:
            dataset = datasets[row.id]
            is_diagram = isinstance(dataset, DiagramDataset)
            tables = DIAGRAM_TABLES if is_diagram else PXWEB_TABLES
            kinds = ("dataset", "slice", "observation", *(f"row/{model.table}" for model in tables))
            of_any = (f"id/row/{DiagramNewest.table}/",) if is_diagram else ()  # its keys are those of indicators
            yield row.id, (*(f"id/{kind}/{dataset.id}" for kind in kinds), *of_any)
        elif isinstance(row, FetchedSource) and row.id in saying:
            yield row.id, (f"id/row/{saying[row.id]}/{row.id}",)


def _giver(path: str, of_source: Mapping[str, Collection[str]]) -> str | None:
    """The source that has given an identifier: of several that give what begins so, the one that says the most of it.

    What a source gives begins so where it ends in a slash or a hyphen, and is else a whole part of a path.
    """
    parts = [at for at, letter in enumerate(path) if letter in "/-"]
    for start in (path, *(part for at in reversed(parts) for part in _starts(path, at))):
        for source, starts in of_source.items():
            if start in starts:
                return source
    return None


def _starts(path: str, at: int) -> Iterator[str]:
    """How a path begins that has a slash or a hyphen at a place, the longest first."""
    yield path[: at + 1]
    if path[at] == "/":
        yield path[:at]


def _rows(found: Iterable[tuple[str, str, str]]) -> Iterator[Row]:
    for line, (source, path, since) in enumerate(found, 2):
        why = _WHY.get(source, _NO_MORE)
        row = SourceEnding(
            identifier=path,
            fate=Fate.WITHDRAWN,
            since=since,
            why_sv=why.sv,
            why_en=why.en,
            source_id=source,
            confidence=Confidence.CERTAIN,
        )
        row._line = line
        yield row
