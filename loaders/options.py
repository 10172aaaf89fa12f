"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The folder that holds the releases.",
)

TABLES = click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with the curated tables, in place of those of the installed product.",
)
