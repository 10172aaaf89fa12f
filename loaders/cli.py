"""The commands of the build: `fetch`, `build`, `diff` and `validate`."""

from __future__ import annotations

import json
import sys
import time
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from gzip import BadGzipFile
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit

import click

from loaders.build import Outcome, build
from loaders.changes import as_json, compare, in_words, patch, statements_of
from loaders.client import PATIENT
from loaders.curated import read_all
from loaders.fetch import Fetched, How, Ids, fetch, fewer_than_before
from loaders.indicator_updates import codes_in
from loaders.live import BadSourcesFile, LiveSource, read_live_sources
from loaders.live_rows import NoLiveSource, read_catch
from loaders.lock import Locked
from loaders.options import DATA, SOURCES, TABLES
from loaders.parsing import UnreadableFile
from loaders.progress import Progress
from loaders.publisher import EDITORS, BadPublisher, read_publisher
from loaders.received import delivery_of
from loaders.release import DamagedRelease, NoRelease, Releases, UnreadableRelease, find_release
from loaders.retention import prune
from loaders.seal import BUILD_REPORT
from loaders.sources import clock_fault
from loaders.table import TableProblems
from loaders.validate import validate
from loaders.workshop import Refused
from ontology.base import CANONICAL, BadBase, Base
from shapes.engines import Choice, engine
from shapes.report import Report, Severity

_ENOUGH = 8_000_000_000
"""Bytes of addresses with which no build that was measured had too few; each thread has many that it does not use."""

GATE = click.option(
    "--gate",
    type=click.Choice(Choice, case_sensitive=False),
    default="fast",  # as it is written on a command line
    show_default=True,
    help="The engine that checks the shapes: both find the same, and the reference (pySHACL) takes its time.",
)


class _BaseIri(click.ParamType[Base]):
    """A base IRI, refused with the reason where identifiers cannot be built on it."""

    name = "iri"

    def convert(self, value: str | Base, param: click.Parameter | None, ctx: click.Context | None) -> Base:
        """The base of that IRI."""
        try:
            return value if isinstance(value, Base) else Base(value)
        except BadBase as error:
            self.fail(str(error), param, ctx)


@click.command("fetch")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@DATA
@SOURCES
@TABLES
@click.option("--kpi", "kpis", multiple=True, metavar="ID", help="A key figure of Kolada, such as N00401; repeatable.")
@click.option("--also-kpi", "more", multiple=True, metavar="ID", help="One beside those of the table; repeatable.")
@click.option("--all-kpis", is_flag=True, help="All key figures of Kolada, some 6,000.")
@click.option("--offline", is_flag=True, help="Ask nobody: look whether all that is needed was fetched before.")
@click.option("--anew", is_flag=True, help="Do not go on with a fetch that was interrupted: ask for everything.")
def fetch_command(
    names: tuple[str, ...],
    data: Path,
    sources_files: tuple[Path, ...],
    tables: Path | None,
    kpis: tuple[str, ...],
    more: tuple[str, ...],
    all_kpis: bool,
    offline: bool,
    anew: bool,
) -> None:
    """Fetch live sources into the data folder, where the next build finds them; all of them if none is named.

    Each is asked at the rate that it allows, and for what has changed alone. One that fails stops no other: what was
    got of it before stays, and the exit code is 1. A fetch that was interrupted goes on where it stopped, the same day.

    Of Kolada, the key figures of the indicator table are fetched, unless an option says otherwise.
    What an earlier fetch had and this one has not ends at the next build.
    """
    if bool(kpis) + bool(more) + all_kpis > 1:
        raise click.UsageError(
            "--kpi names all that are wanted, --also-kpi some beside those of the table, --all-kpis all: give one"
        )
    try:
        known = read_live_sources(*sources_files)
        curated = read_all(tables).rows
        if not offline and (fault := clock_fault(curated)):
            click.echo(f"warning: {fault.en}", err=True)
        ids: dict[str, Ids] = {"kolada": None if all_kpis else list(kpis) or [*codes_in("kolada", curated), *more]}
        chosen = [(_named(known, name), ids.get(name)) for name in names or known]
        for source, wanted in chosen:
            _refuse_delivered(data, source.id)
            if fewer := fewer_than_before(data, source.id, wanted):
                click.echo(f"warning: {fewer}", err=True)
        how = How(
            offline,
            anew,
            replace(PATIENT, tell=tell_of_retry),
            show=Progress,
            check=lambda source, cache, catch: read_catch(source, cache, catch, curated),
        )
        failed = 0
        for fetched in fetch(data, chosen, how):
            failed += fetched.why is not None
            _print_fetched(fetched)
    except KeyboardInterrupt as error:
        raise click.ClickException(
            "broken off; what was got is kept, and the same fetch goes on there today"
        ) from error
    except TableProblems as error:
        raise click.ClickException(
            f"the indicator table names the key figures, and cannot be read:\n{error}"
        ) from error
    except (BadSourcesFile, Locked) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or data}: {error.strerror or error}") from error
    sys.exit(1 if failed else 0)


def _refuse_delivered(data: Path, name: str) -> None:
    """Raise ClickException for a source that is called as a delivery: a build would stop at the two."""
    if delivery_of(data, name) is not None:
        raise click.ClickException(
            f"{name}: a delivery is called so too ({data / 'received' / name}); call the source otherwise in the "
            "sources file, or receive the delivery anew with another --id"
        )


def _named(known: Mapping[str, LiveSource], name: str) -> LiveSource:
    if name not in known:
        raise click.BadParameter(f"there is no source {name!r}; there are: {', '.join(known)}", param_hint="SOURCE")
    return known[name]


def tell_of_retry(error: BaseException, seconds: float) -> None:
    """Say that something is tried again, and when."""
    click.echo(f"{error}; trying again in {seconds:.0f} s", err=True)


def _print_fetched(fetched: Fetched) -> None:
    if fetched.why is None:
        click.echo(f"{fetched.source}: {counted(fetched.answers, 'answer')}, of {fetched.kept or 'no whole fetch'}")
        return
    kept = f"what was fetched on {fetched.kept} stays" if fetched.kept else "nothing of it was ever fetched"
    click.echo(f"{fetched.source} failed: {fetched.why}\n  {kept}.", err=True)


@click.command("build")
@DATA
@click.option(
    "--base-iri", type=_BaseIri(), default=CANONICAL, show_default=True, help="What every identifier begins with."
)
@TABLES
@click.option(
    "--publisher",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says who publishes the release, for its catalogue. If not given, the editors do.",
)
@SOURCES
@GATE
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="How many releases to keep, the new one included; older ones are removed. If not given, all are kept.",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Make all of it anew. If not given, what has not changed is taken over from the release that is current.",
)
@click.option(
    "--no-more-warnings",
    is_flag=True,
    help="Publish nothing where the gate gives more warnings than it gave the release that is current.",
)
def build_command(
    data: Path,
    base_iri: Base,
    tables: Path | None,
    publisher: Path | None,
    sources_files: tuple[Path, ...],
    gate: Choice,
    keep: int | None,
    whole: bool,
    no_more_warnings: bool,
) -> None:
    """Build a release from the curated tables and what was fetched, check it, and make it the current one.

    The same on the same base IRI always give the same release; building it again changes nothing. Nobody is asked: what
    was fetched lies in the data folder. Where a table or the gate finds a fault, nothing is published, the earlier
    release stays, and the exit code is 1.
    """
    begun = time.monotonic()

    def progress(step: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.1f} s  {step}", err=True)

    _warn_of_limit()
    try:
        named = read_publisher(publisher) if publisher else EDITORS
        known = read_live_sources(*sources_files)
        outcome = build(data, base_iri, tables, progress, named, gate, known, whole, no_more_warnings)
    except TableProblems as error:
        faults = counted(error.faults, "fault")
        click.echo(f"{error}\n\nNothing was published: mend {faults}, then build again.", err=True)
        sys.exit(1)
    except NoLiveSource as error:
        raise click.ClickException(f"{error}. Nothing was published") from error
    except Refused as error:
        _print_report(error.report)
        if error.most is not None:
            found = counted(error.report.counts()["Warning"], "warning")
            click.echo(f"\n--no-more-warnings: {found}, and the release that is current has {error.most:,}.", err=True)
        click.echo(f"\nNothing was published. The whole report: {error.folder / 'validation.html'}", err=True)
        sys.exit(1)
    except (Locked, BadPublisher, BadSourcesFile) as error:
        raise click.ClickException(str(error)) from error
    except UnreadableRelease as error:
        raise click.ClickException(f"{error}. Nothing was published") from error
    except DamagedRelease as error:
        raise click.ClickException(
            f"{error}. Nothing was published; `miljograf build --whole` needs no dump"
        ) from error
    except OSError as error:
        where = error.filename or data
        raise click.ClickException(f"{where}: {error.strerror or error}. Nothing was published") from error
    try:
        _print_outcome(outcome)
    except BrokenPipeError:  # who reads has read enough
        raise
    except OSError as error:
        told = f"release {outcome.release.id} is published, and not all that there is to tell of it could be written"
        raise click.ClickException(f"{told}: {error.strerror}") from error
    finally:
        if keep is not None:
            _keep(data, keep)


def _warn_of_limit() -> None:
    """Say that a build may get too few addresses: the engine ends a process then, and gives no reason."""
    most, _ = getrlimit(RLIMIT_AS)
    if most != RLIM_INFINITY and most < _ENOUGH:
        click.echo(
            f"warning: a process here may have {most / 1e9:.1f} GB of addresses (ulimit -v). A build of the tables "
            "alone wants 1.8 GB, more than it uses, and one with live sources more; where it gets none, it ends in the "
            "middle without a reason. Nothing is published then, and the earlier release stays",
            err=True,
        )


def _keep(data: Path, number: int) -> None:
    """Keep so many releases, and tell of the others. What was published is, whatever comes of this."""
    try:
        removed = prune(data, number)
    except (Locked, OSError) as error:
        raise click.ClickException(f"{error}. No more releases were removed") from error
    for release_id in removed:
        click.echo(f"Release {release_id} is not kept any more.")
    if (more := len(list(Releases(data).readable())) - number) > 0:
        click.echo(
            f"{counted(more, 'release')} beyond the {number:,} to keep, in use and not removed; "
            "a later build with --keep removes what is free then."
        )


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@DATA
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="In words by kind of thing, the same for programs, or every line that came (A) or went (D), as RDF Patch.",
)
def diff_command(before: str, after: str, data: Path, format_name: str) -> None:
    """Tell what changed from release A to release B.

    A and B are ids of releases, the beginnings of ids, or `current` or `previous`. Releases have no blank nodes, so the
    difference is exact. Bases are left out of account: IRIs are compared and shown on the canonical base.
    """
    try:
        releases = Releases(data)
        old, new = find_release(releases, before), find_release(releases, after)
        if format_name == "patch":
            for is_new, line in patch(statements_of(old), statements_of(new)):
                click.echo(f"{'A' if is_new else 'D'} {line}", nl=False)
            return
        changes = compare(old.id, new.id, statements_of(old), statements_of(new))
    except (NoRelease, DamagedRelease) as error:
        raise click.ClickException(str(error)) from error
    except (BadGzipFile, FileNotFoundError, EOFError, zlib.error) as error:
        raise click.ClickException(f"a dump cannot be read: {error}. `miljograf build` makes it anew") from error
    if format_name == "json":
        click.echo(json.dumps(as_json(changes), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(in_words(changes)))


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True))
@GATE
def validate_command(files: tuple[Path, ...], gate: Choice) -> None:
    """Check RDF files against the shapes; exit with 1 where one is violated.

    All FILEs together are one graph. A folder stands for all RDF files in it. The format follows the file name: .ttl,
    .nt, .nq, .trig, .rdf, .owl, .jsonld, also with .gz. Identifiers may stand on any base. The rules that look beyond
    one statement are run by `build`.
    """
    try:
        found = validate(files, engine(gate))
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    _print_report(found.report)
    click.echo(f"{found.checked:,} things are of classes that the shapes speak of")
    for cls, things in found.unknown.items():
        click.echo(f"not looked at, since no shape speaks of its class: {things:,} of {cls}")
    sys.exit(1 if found.report.stops else 0)


def _print_report(report: Report) -> None:
    for group in report.groups():
        click.echo(f"{group.severity.value}: {group.message.en} ({len(group.findings)})")
        if group.severity is Severity.INFO:
            continue  # listed in the whole report, and never why a release is refused
        for finding in group.findings[:20]:
            where = ": ".join(filter(None, (finding.called, "; ".join(map(str, finding.places))))) or finding.focus
            value = "" if finding.value is None else f": {finding.value}"
            click.echo(f"  {where}{value}")
        if len(group.findings) > 20:
            click.echo(f"  and {len(group.findings) - 20} more")
    click.echo(_in_words(report.counts()))


def _print_outcome(outcome: Outcome) -> None:
    record, today = outcome.release.record, datetime.now(UTC).date().isoformat()
    for live in outcome.freshness:
        if fault := live.fault(today):
            click.echo(fault, err=True)
    if not outcome.is_new:
        done = "it is current again" if outcome.is_current_again else "nothing to do"
        click.echo(f"Release {outcome.release.id} holds exactly this content already: {done}.")
        return
    click.echo(f"Release {outcome.release.id} is published in {outcome.release.path}")
    rows, tables = len(outcome.curated.rows), len(record["tables"])
    click.echo(f"  {record['triples']:,} statements from {rows:,} rows of {tables} tables")
    click.echo("  " + ", ".join(f"{number:,} {kind}" for kind, number in record["counts"].items()))
    if outcome.release.base.is_for_development:
        click.echo(f"  a release for development: others cannot look up what begins with {record['base']}")
    click.echo(f"  gate: {_in_words(record['gate'])}")
    for delivery in record["received"]:
        if delivery["left_out"]:
            lines = counted(delivery["lines"], "line")
            click.echo(
                f"  delivery {delivery['source']}: {delivery['left_out']:,} of {lines} left out, as was accepted"
            )
    reasons = Counter(out.reason for out in outcome.curated.left_out)
    named = f", each named in {outcome.release.path / BUILD_REPORT}" if reasons else ""
    click.echo(f"  left out: {counted(len(outcome.curated.left_out), 'row')}{named}")
    for reason, number in reasons.most_common():
        click.echo(f"    {number:4} because {reason}")


def _in_words(counts: dict[str, int]) -> str:
    violations, warnings = counted(counts["Violation"], "violation"), counted(counts["Warning"], "warning")
    return f"{violations}, {warnings}, {counted(counts['Info'], 'remark')}"


def counted(number: int, noun: str) -> str:
    """A number and its noun, as English has it."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
