"""What an answer is written in: as `format=` names it, else as `Accept` likes it; and whether it is to be a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from endpoint.formats import GRAPHS, HTML, RESULTS, Format
from endpoint.negotiation import Values, best_of, liking_of, names_format, remembered, version_of
from endpoint.terms import VERSIONS


class Liked(NamedTuple):
    """What a client likes best of all that a query can be answered in; None where it accepts none of these."""

    results: Format | None  # for a table
    graph: Format | None
    may_be_a_page: bool  # it names a page; whether it likes one best depends on what the query is answered in
    version_of_results: str | None  # of RDF, as it is asked for with the type
    version_of_graph: str | None


@remembered
def liked_by(accept: Values, named: tuple[str, ...]) -> Liked:
    """What a client likes, by what it accepts and the formats that it names."""
    results, graph = (choose(accept, named, offers) for offers in (RESULTS, GRAPHS))
    versions = (accepted_version(accept, named, written) for written in (results, graph))
    return Liked(results, graph, bool(named) or names_format(accept, HTML), *versions)


def choose(accept: Values, named: Sequence[str], offers: tuple[Format, ...]) -> Format | None:
    """The format to answer in, None where there is none among those offered.

    SPARQLWrapper names a format in several ways at once; the first that we know counts.
    """
    if not named:
        return best_of(accept, offers)
    return next((format_ for name in named for format_ in offers if name in format_.names), None)


def prefers_page(accept: Values, named: Sequence[str], offers: tuple[Format, ...]) -> bool:
    """True where the client likes a page at least as well as any format for programs, as browsers do."""
    if named:
        return any(name in HTML.names for name in named)
    return names_format(accept, HTML) and liking_of(accept, HTML) >= liking_of(accept, best_of(accept, offers))


def accepted_version(accept: Values, named: Sequence[str], written: Format | None) -> str | None:
    """The version of RDF that is asked for as a parameter of the media type."""
    version = None if named else version_of(accept, written)
    return version if version in VERSIONS else None
