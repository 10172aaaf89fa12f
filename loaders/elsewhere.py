"""The command `publish`: a release into a SPARQL engine elsewhere."""

from __future__ import annotations

import os
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click
import httpx2

from loaders.cli import counted, tell_of_retry
from loaders.client import PATIENT
from loaders.graph_store import AT_ONCE, GraphStore, Login, NotDone
from loaders.options import DATA
from loaders.progress import Progress
from loaders.publishing import publish
from loaders.release import DamagedRelease, NoRelease, Releases, find_release

PASSWORD = "MILJOGRAF_PASSWORD"  # noqa: S105 - the name of the variable


class _Address(click.ParamType[str]):
    """An address of the web, without a name or a password in it."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address as it is."""
        try:
            parts = urlsplit(value)
            is_one = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and " " not in value
            httpx2.URL(value).raw_host.decode("ascii").encode("idna")  # a host that no name server can be asked for
        except (ValueError, httpx2.InvalidURL):
            is_one = False
        if not is_one:
            self.fail(f"{value!r} is no address that begins with http:// or https:// and a host", param, ctx)
        if parts.username is not None:
            self.fail(f"name the user with --user and give the password in {PASSWORD}, not in an address", param, ctx)
        return value


@click.command("publish")
@click.argument("name", metavar="[RELEASE]", default="current")
@click.option(
    "--to", "graphs", required=True, type=_Address(), help="Where it takes graphs (Graph Store HTTP Protocol)."
)
@click.option(
    "--query", "queries", required=True, type=_Address(), help="Where it answers queries (SPARQL 1.1 Protocol)."
)
@DATA
@click.option("--user", help=f"Who asks, if it wants to know. The password is asked for, or taken from {PASSWORD}.")
@click.option(
    "--at-once", type=click.IntRange(1), default=AT_ONCE, show_default=True, help="Statements in one request."
)
@click.option("--whole", is_flag=True, help="Put all graphs anew, those that have not changed too.")
def publish_command(
    name: str, graphs: str, queries: str, data: Path, user: str | None, at_once: int, whole: bool
) -> None:
    """Put a release into a SPARQL engine elsewhere: Virtuoso, Fuseki, GraphDB, Oxigraph and others.

    RELEASE is an id, the beginning of one, or `current` or `previous`. Its named graphs replace those of the same
    names; those that are left of an earlier release are taken away, and graphs of others stay. In the end the engine is
    asked whether it holds what it was given: the exit code is 1 where it does not. Done again, only what has changed is
    put.
    """
    patience = replace(PATIENT, tell=tell_of_retry)
    login = Login(user, os.environ.get(PASSWORD) or _asked()) if user else None
    try:
        releases = Releases(data)
        release = find_release(releases, name)
        with GraphStore(graphs, queries, login, at_once, patience) as store, Progress("publish", "graphs put") as told:
            done = publish(release, releases, store, told, whole)
    except (NoRelease, DamagedRelease, NotDone) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt as error:
        raise click.ClickException(
            "broken off; where graphs had begun to change, no release is said to be there until one is published anew"
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"a dump cannot be read: {error}. `miljograf build` makes it anew") from error
    put = counted(done.put, "graph")
    click.echo(
        f"Release {release.id} is at {queries}: {put} put, {done.same:,} as before, {done.removed:,} taken away."
    )


def _asked() -> str:
    """The password that a person gives. Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"give the password of --user in {PASSWORD}: there is no terminal to ask for it at")
    password: str = click.prompt("Password", hide_input=True)
    return password
