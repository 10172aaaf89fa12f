"""What an answer is written in: as `format=` names it, else as `Accept` likes it; and whether it is to be a page."""

from __future__ import annotations

from collections.abc import Sequence

from endpoint.formats import HTML, Format
from endpoint.negotiation import Values, best_of, liking_of, names_format, version_of
from endpoint.terms import VERSIONS


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
