"""The commands of the build: `build` and `validate`."""

from __future__ import annotations

import json
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

import click

from loaders.build import Outcome, Refused, build
from loaders.changes import as_json, compare, in_words, patch, statements_of
from loaders.lock import Locked
from loaders.publisher import EDITORS, BadPublisher, read_publisher
from loaders.release import DamagedRelease, NoRelease, Releases, find_release
from loaders.retention import prune
from loaders.table import TableProblems
from loaders.validate import UnreadableFile, validate
from ontology.base import CANONICAL, BadBase, Base
from shapes.engines import Choice, engine
from shapes.report import Report, Severity

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The folder that holds the releases.",
)


GATE = click.option(
    "--gate",
    type=click.Choice(Choice, case_sensitive=False),
    default=Choice.FAST,
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


@click.command("build")
@DATA
@click.option(
    "--base-iri", type=_BaseIri(), default=CANONICAL, show_default=True, help="What every identifier begins with."
)
@click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with the curated tables, in place of those of the installed product.",
)
@click.option(
    "--publisher",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that says who publishes the release, for its catalogue. If not given, the editors do.",
)
@GATE
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="How many releases to keep, the new one included; older ones are removed. If not given, all are kept.",
)
def build_command(
    data: Path, base_iri: Base, tables: Path | None, publisher: Path | None, gate: Choice, keep: int | None
) -> None:
    """Build a release from the curated tables, check it, and make it the current one.

    The same tables on the same base IRI always give the same release; building it again changes nothing. Where a
    table or the gate finds a fault, nothing is published, the earlier release stays, and the exit code is 1.
    """
    begun = time.monotonic()

    def progress(step: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.1f} s  {step}", err=True)

    try:
        named = read_publisher(publisher) if publisher else EDITORS
        outcome = build(data, base_iri, tables, progress, named, gate)
        removed = prune(data, keep) if keep is not None else []
    except TableProblems as error:
        faults = _counted(len(error.problems), "fault")
        click.echo(f"{error}\n\nNothing was published: mend {faults}, then build again.", err=True)
        sys.exit(1)
    except Refused as error:
        _print_report(error.report)
        click.echo(f"\nNothing was published. The whole report: {error.folder / 'validation.html'}", err=True)
        sys.exit(1)
    except (Locked, BadPublisher) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        where = error.filename or data
        raise click.ClickException(f"{where}: {error.strerror or error}. Nothing was published") from error
    _print_outcome(outcome)
    for release_id in removed:
        click.echo(f"Release {release_id} is not kept any more.")


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
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"a dump cannot be read: {error}. `miljograf build` makes it anew") from error
    if format_name == "json":
        click.echo(json.dumps(as_json(changes), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(in_words(changes)))


@click.command("validate")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@GATE
def validate_command(files: tuple[Path, ...], gate: Choice) -> None:
    """Check RDF files against the shapes; exit with 1 where one is violated.

    All FILEs together are one graph. The format follows the file name: .ttl, .nt, .nq, .trig, .rdf, .jsonld.
    Identifiers may stand on any base. The rules that look beyond one statement are run by `build`.
    """
    try:
        report = validate(files, engine(gate))
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    _print_report(report)
    sys.exit(1 if report.stops else 0)


def _print_report(report: Report) -> None:
    for group in report.groups():
        click.echo(f"{group.severity.value}: {group.message.en} ({len(group.findings)})")
        if group.severity is Severity.INFO:
            continue  # listed in the whole report, and never why a release is refused
        for finding in group.findings[:20]:
            where = "; ".join(map(str, finding.places)) or finding.focus
            value = "" if finding.value is None else f": {finding.value}"
            click.echo(f"  {where}{value}")
        if len(group.findings) > 20:
            click.echo(f"  and {len(group.findings) - 20} more")
    click.echo(_in_words(report.counts()))


def _print_outcome(outcome: Outcome) -> None:
    record = outcome.release.record
    if not outcome.is_new:
        click.echo(f"Release {outcome.release.id} holds exactly this content already: nothing to do.")
        return
    click.echo(f"Release {outcome.release.id} is published in {outcome.release.path}")
    rows, tables = len(outcome.curated.rows), len(record["tables"])
    click.echo(f"  {record['triples']:,} statements from {rows:,} rows of {tables} tables")
    click.echo("  " + ", ".join(f"{number:,} {kind}" for kind, number in record["counts"].items()))
    if outcome.release.base.is_for_development:
        click.echo(f"  a release for development: others cannot look up what begins with {record['base']}")
    click.echo(f"  gate: {_in_words(record['gate'])}")
    reasons = Counter(out.reason for out in outcome.curated.left_out)
    click.echo(f"  left out: {_counted(len(outcome.curated.left_out), 'row')}")
    for reason, number in reasons.most_common():
        click.echo(f"    {number:4} because {reason}")


def _in_words(counts: dict[str, int]) -> str:
    violations, warnings = _counted(counts["Violation"], "violation"), _counted(counts["Warning"], "warning")
    return f"{violations}, {warnings}, {_counted(counts['Info'], 'remark')}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
