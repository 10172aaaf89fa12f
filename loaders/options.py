"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click


def _there(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """The folder. Raises BadParameter for a link that leads nowhere: a folder must not be made in place of a disk."""
    if folder.is_symlink() and not folder.exists():
        told = f"{folder} leads to {folder.readlink()}, which is not there. Is its disk mounted?"
        raise click.BadParameter(told, context, parameter)
    return folder


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_there,
    default=Path("data"),
    show_default=True,
    help="The folder that holds the releases.",
)

TABLES = click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with the curated tables, in place of those of the installed product.",
)

SOURCES = click.option(
    "--sources",
    "sources_files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A TOML file with live sources, in place of that of the product; repeatable. See docs/fetch.md.",
)
