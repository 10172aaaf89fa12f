"""The store of a release, opened by the engine to be read alone."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox


def opened(folder: Path | str) -> ox.Store:
    """The store in a folder. The engine wants the name of that in UTF-8, whatever a terminal writes names in.

    Raises OSError and RuntimeError, which say what the engine says.
    """
    try:
        name = os.fsencode(folder).decode("utf-8")
    except UnicodeDecodeError as error:
        raise OSError(f"the name of the folder {folder!r} is not UTF-8, and the engine opens no other") from error
    return ox.Store.read_only(name)
