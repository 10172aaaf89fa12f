"""The verbs of the command that answer from a release or from files: `serve`, `query`, `describe`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from endpoint.files import Selection
from endpoint.formats import DOCUMENTS, GRAPHS, RESULTS
from endpoint.local import NotAnswered, Unknown, describe_thing, run_query
from endpoint.server import CannotServe, serve, serve_files
from endpoint.settings import BadSetting, Settings, read_settings
from endpoint.workers.member import CannotStart
from loaders.options import DATA
from loaders.parsing import UnreadableFile
from loaders.plain_text import plain, read_plain
from loaders.release import DamagedRelease, NoRelease, Releases
from ontology.base import BadBase, Base

_IS_A_NAME = re.compile(r"[^\s{}<>]{1,255}")
"""What can be the name of a file and is no query: these have blanks, braces or IRIs."""

_NO_HOST = "name an address: 127.0.0.1 for this machine alone, or 0.0.0.0 for all of its networks"


@click.command("serve")
@DATA
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--fronts",
    type=click.IntRange(0, 64),
    default=Settings.fronts,
    show_default="by the cores",
    help="Processes that read requests.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=Settings.workers,
    show_default=True,
    help="Queries that run at once.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(0.1, 3600),
    default=Settings.deadline,
    show_default=True,
    help="Seconds a query may run.",
)
@click.option(
    "--allow-weak-isolation",
    is_flag=True,
    help="Serve to others although the kernel cannot keep queries off the network.",
)
@click.option(
    "--file",
    "files",
    multiple=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True),
    help="Serve RDF files, or folders of them, in place of a release.",
)
@click.argument("further", metavar="", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="IRI",
    help="The graph that a file becomes, or what the names of the graphs of a folder begin with: one for each, in "
    "their order. If not given: the address of the server, graphs/ and the name of the file.",
)
@click.option("--base-iri", "base", metavar="IRI", help="Where --file is said to be served; the address, if not given.")
@click.option(
    "--union/--no-union",
    default=True,
    show_default=True,
    help="Whether a query of --file that chooses no graphs asks all of them, or none.",
)
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy, or a network of them, whose X-Forwarded-For tells where a client is. May stand several times.",
)
@click.option(
    "--allow-service",
    "allowed_services",
    multiple=True,
    metavar="URL",
    help="A SPARQL service of others that queries may ask with SERVICE. May stand several times.",
)
@click.option("--access-log", metavar="FILE|-", help="Where to keep an account of each request, as lines of JSON.")
@click.option(
    "--set",
    "others",
    multiple=True,
    type=(str, str),
    metavar="NAME VALUE",
    help="Any other setting of docs/settings.md, such as --set queue 20. May stand several times.",
)
def serve_command(
    data: Path,
    host: str,
    port: int,
    fronts: int,
    workers: int,
    deadline: float,
    allow_weak_isolation: bool,
    trusted_proxies: tuple[str, ...],
    allowed_services: tuple[str, ...],
    access_log: str | None,
    others: tuple[tuple[str, str], ...],
    files: tuple[Path, ...],
    further: tuple[Path, ...],
    graphs: tuple[str, ...],
    base: str | None,
    union: bool,
) -> None:
    """Serve the current release: pages, linked data and SPARQL. Or any RDF files, with --file: SPARQL alone.

    Only this machine can connect unless --host says otherwise. Identifiers keep the base IRI that the release was
    built on, whatever the address.

    Each FILE is a named graph: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD or N3 by its ending, also
    compressed (.gz). They are read once, at the start; nothing changes them.
    """
    if not host.strip():  # to the system, no name is every network
        raise click.BadParameter(_NO_HOST, param_hint="--host")
    if not files and further:
        raise click.UsageError(f"RDF files are served with --file: miljograf serve --file {further[0]}")
    if not files and (graphs or base):
        raise click.UsageError("--graph and --base-iri go with --file; to serve a release, give neither.")
    given = {
        "data": data,
        "fronts": fronts,
        "workers": workers,
        "deadline": deadline,
        "weak_isolation_is_allowed": allow_weak_isolation,
        "trusted_proxies": trusted_proxies,
        "allowed_services": allowed_services,
        "access_log": access_log,
        **dict(others),
    }
    try:
        settings = read_settings(given)
        if files:
            selection = Selection((*files, *further), graphs, Base(base) if base else None, union)
            serve_files(selection, settings, host, port, click.echo)
        else:
            serve(settings, host, port, click.echo)
    except BadBase as error:
        raise click.BadParameter(str(error), param_hint="--base-iri") from error
    except (NoRelease, DamagedRelease, UnreadableFile, CannotServe, CannotStart, BadSetting) as error:
        raise click.ClickException(str(error)) from error


@click.command("query")
@click.argument("query", metavar="FILE|TEXT")
@DATA
@click.option(
    "--format",
    "format_name",
    type=click.Choice([f.name for f in RESULTS + GRAPHS]),
    help="tsv for tables and turtle for graphs, if not given.",
)
def query_command(query: str, data: Path, format_name: str | None) -> None:
    """Ask the current release a SPARQL query, given as a FILE or as TEXT, or piped in where that is `-`.

    The default graph is the union of all named graphs. IRIs on the canonical base stand for those of the release.
    """
    text = _text_of(query)
    results = format_name if format_name in {f.name for f in RESULTS} else "tsv"
    graph = format_name if format_name in {f.name for f in GRAPHS} else "turtle"
    try:
        _put_out(run_query(Releases(data).current(), text, results, graph))
    except (NoRelease, DamagedRelease, CannotStart, NotAnswered) as error:
        raise click.ClickException(str(error)) from error


@click.command("describe")
@click.argument("iri", metavar="IRI")
@DATA
@click.option(
    "--format", "format_name", type=click.Choice([f.name for f in DOCUMENTS]), default="turtle", show_default=True
)
def describe_command(iri: str, data: Path, format_name: str) -> None:
    """Print what the current release says about a thing.

    IRI is the identifier of the thing, or the end of it: objective/8, actor/202100-6420, sdg/14.1.
    """
    try:
        _put_out(describe_thing(Releases(data).current(), iri, format_name))
    except (NoRelease, DamagedRelease, CannotStart, Unknown) as error:
        raise click.ClickException(str(error)) from error


def _put_out(answer: bytes) -> None:
    """Print an answer, whole or with word of what was in the way."""
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has read enough
        raise
    except OSError as error:
        raise click.ClickException(f"not all of the answer could be written: {error.strerror}") from error


def _piped() -> str:
    """The query that is piped in."""
    try:
        return plain(sys.stdin.buffer.read())
    except ValueError as error:
        raise click.ClickException(f"what is piped in: {error}") from error


def _text_of(query: str) -> str:
    """The query that an argument is, or that the file it names holds."""
    if query == "-":
        return _piped()
    try:
        is_named = query.endswith(".rq") or _IS_A_NAME.fullmatch(query) is not None
        is_file = is_named or (Path(query).exists() and not Path(query).is_dir())  # also one that is piped
    except (OSError, ValueError):  # a query text can be longer than any file name, or hold what none may
        is_file = False
    if not is_file:
        return query
    try:
        return read_plain(Path(query))
    except OSError as error:
        asked = f"; is {query}.rq meant?" if Path(f"{query}.rq").is_file() else ""
        raise click.ClickException(f"{query}: {error.strerror}{asked}") from error
    except ValueError as error:
        raise click.ClickException(f"{query}: {error}") from error
