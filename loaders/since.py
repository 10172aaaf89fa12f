"""What has changed since earlier releases, and the versions of things, written into a staged release.

What a release describes is made of what the one before it described, and of what has changed.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from loaders import disk
from loaders.changes import FILE, Changes, as_json, changes_since, compare, statements_of
from loaders.content import Content
from loaders.identifiers import Identifiers, identifiers_of
from loaders.near import forget, near
from loaders.pasts import Pasts
from loaders.previous import NothingToTakeOver, Previous, read_before, shared, subjects
from loaders.release import DamagedRelease, Release, Releases
from loaders.versions import described_elsewhere, release_to_go_on_from, write_versions


def described_since(previous: Previous | None, content: Content, pasts: Pasts) -> tuple[Identifiers, frozenset[str]]:
    """The identifiers of a content and the IRIs elsewhere that it describes, as `identifiers_of` finds them.

    Of a release before, what has not changed is taken over: its identifiers are among those of the past.
    """
    before = _described_before(previous, pasts) if previous else None
    if previous is None or previous.differences is None or before is None:
        return identifiers_of(content.base, content.graphs)
    (named, elsewhere), things = before, subjects(previous.differences)
    named_now, elsewhere_now = identifiers_of(content.base, previous.said)
    touched, ours = frozenset(thing[1:-1] for thing in things), content.base.iri
    kept = dict(named)
    for gone in touched.difference(ours + path for path in named_now):
        kept.pop(gone.removeprefix(ours), None)
    kept |= named_now
    in_order = kept if kept.keys() == named.keys() else {path: kept[path] for path in sorted(kept)}
    return in_order, elsewhere - touched | elsewhere_now


def _described_before(previous: Previous, pasts: Pasts) -> tuple[Identifiers, frozenset[str]] | None:
    """What a previous release describes; None where that cannot be told."""
    try:
        elsewhere = described_elsewhere(previous.release)
    except DamagedRelease:
        return None
    named = pasts.named_last(previous.release.id)
    return None if named is None or elsewhere is None else (named, elsewhere)


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
    previous = _current_before(releases, content.release_id)
    changes = None
    if previous is not None:
        if base is not None and base.differences is not None:
            changes = changes_since(base, content)
        else:
            changes = _changes_since(releases.get(previous), content)
        disk.write(staged / FILE, json.dumps(as_json(changes), ensure_ascii=False, indent=1).encode("utf-8"))
    last = release_to_go_on_from(releases, content.base, content.release_id)
    if last is not None and last.id != previous:
        changes = _changes_since(last, content)
    changed = changes.paths_of_changed if last and changes else frozenset()
    if base is not None and last is not None and last.id == base.release.id:
        store = near(base, store).now
    write_versions(content.base, elsewhere, store, staged, last, changed)
    forget()
    return previous


def _current_before(releases: Releases, release_id: str) -> str | None:
    """The id of the release that was current before one that is made; None without one.

    Where a damaged release is made anew, it is the one that was current before that, if it is there still.
    """
    current = releases.current_id()
    if current != release_id:
        return current
    before = releases.current().record.get("previous")
    return next((one.id for one in releases.readable() if one.id == before != release_id), None)


def _changes_since(release: Release, content: Content) -> Changes:
    """What changed from any release to a content; where it is little, only the graphs that differ are read."""
    with suppress(NothingToTakeOver):
        if release.base == content.base and (found := shared(read_before(release), content)).differences is not None:
            return changes_since(found, content)
    return compare(release.id, content.release_id, statements_of(release), content.canonical_nquads)
