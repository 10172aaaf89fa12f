"""What has changed since earlier releases, and the versions of things, written into a staged release."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from loaders.changes import FILE, Changes, as_json, changes_since, compare, statements_of
from loaders.content import Content
from loaders.previous import Previous
from loaders.release import Release, Releases
from loaders.versions import release_to_go_on_from, write_versions


def tell_of_changes(  # noqa: PLR0913, PLR0917 - what is compared, with what, and where it is told
    content: Content,
    elsewhere: frozenset[str],
    staged: Path,
    releases: Releases,
    base: Previous | None,
    store: ox.Store,
) -> str | None:
    """Write down what has changed since the release that is current until now, and the versions of things.

    `elsewhere` are the IRIs that are described and not on the base of the content. Gives the id of that release; None
    without one.
    """
    previous = releases.current_id()
    changes = None
    if previous is not None and previous != content.release_id:
        if base is not None and base.differences is not None:
            changes = changes_since(base, content)
        else:
            changes = _changes_since(releases.get(previous), content)
        disk.write(staged / FILE, json.dumps(as_json(changes), ensure_ascii=False, indent=1).encode("utf-8"))
    last = release_to_go_on_from(releases, content.base, content.release_id)
    if last is not None and last.id != previous:
        changes = _changes_since(last, content)
    changed = changes.paths_of_changed if last and changes else frozenset()
    write_versions(content.base, elsewhere, store, staged, last, changed)
    return previous


def _changes_since(release: Release, content: Content) -> Changes:
    """What changed from any release to a content."""
    return compare(release.id, content.release_id, statements_of(release), content.canonical_nquads)
