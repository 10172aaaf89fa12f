"""The command `miljograf`: each of its verbs is one call of the library, and is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

VERBS: Mapping[str, tuple[str, str]] = {
    "build": ("loaders.cli", "build_command"),
    "describe": ("endpoint.verbs", "describe_command"),
    "diff": ("loaders.cli", "diff_command"),
    "fetch": ("loaders.cli", "fetch_command"),
    "mappings": ("loaders.deciding", "mappings_group"),
    "publish": ("loaders.elsewhere", "publish_command"),
    "query": ("endpoint.verbs", "query_command"),
    "receive": ("loaders.receiving", "receive_command"),
    "serve": ("endpoint.verbs", "serve_command"),
    "template": ("loaders.receiving", "template_command"),
    "validate": ("loaders.cli", "validate_command"),
}
"""The module of each verb, and what the verb is called there."""


class Verbs(click.Group):
    """A group whose commands are in `VERBS`: most need a part of the program, and the whole takes seconds to import."""

    def invoke(self, ctx: click.Context) -> object:
        """Do what a verb says. What the machine refuses, and the verb does not tell of, is told without a traceback."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads has read enough
            raise
        except MemoryError as error:
            raise click.ClickException("there is no more memory, or none is allowed (`ulimit -v`)") from error
        except RuntimeError as error:
            if "start new thread" not in str(error):
                raise
            raise click.ClickException(f"{error}: the machine allows too few processes (`ulimit -u`)") from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name, None where there is none."""
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="miljograf")
def main() -> None:
    """Sweden's environmental objectives system as validated, versioned, linked open data.

    Build a release from the curated tables, then serve it: `miljograf build`, `miljograf serve`.
    """
