"""From request headers to a format and a language (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar, TypeVarTuple

from starlette.datastructures import Headers
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import dump_options_header, parse_accept_header, parse_options_header

from endpoint.formats import Format
from ontology.text import LANGUAGES, Language

F = TypeVar("F", bound=Format)
Ts = TypeVarTuple("Ts")
R = TypeVar("R")

Values = tuple[str, ...]
"""The values of a header that may stand several times."""

_SHORT = 500  # characters: headers of real clients are shorter, and few; others are not worth the room


def remembered(read: Callable[[Values, *Ts], R]) -> Callable[[Values, *Ts], R]:
    """A reading of a header that is done once for each of the short ones: it takes longer than many a query."""
    kept = lru_cache(1024)(read)

    def reading(values: Values, *rest: *Ts) -> R:
        return (kept if sum(map(len, values)) <= _SHORT else read)(values, *rest)

    return reading


def choose_format(headers: Headers, offers: Sequence[F]) -> F | None:
    """The format that the client likes best; the first offered where it likes several equally.

    None where it accepts none of them. No `Accept` at all means anything.
    """
    place = _choose(tuple(headers.getlist("accept")), tuple(offers))
    return None if place is None else offers[place]


def quality_of(headers: Headers, format_: Format | None) -> float:
    """How much the client likes a format, 0 to 1; 0 where there is none."""
    return 0 if format_ is None else _liking(_accept(tuple(headers.getlist("accept"))), format_)


def choose_language(headers: Headers) -> Language:
    """The language of the product that the client likes best; Swedish where it names neither."""
    return language_of(tuple(headers.getlist("accept-language")))


@remembered
def language_of(accept_language: Values) -> Language:
    """The language that the values of the header like best."""
    accept = parse_accept_header(", ".join(accept_language), LanguageAccept)
    best, liked = "sv", 0.0
    for language in LANGUAGES:
        quality = max((q for tag, q in accept if tag.partition("-")[0].lower() == language), default=0.0)
        if quality > liked:
            best, liked = language, quality
    return "en" if best == "en" else "sv"


@remembered
def _choose(values: Values, offers: tuple[Format, ...]) -> int | None:
    """The place of the format that is liked best; None where none is."""
    accept = _accept(values)
    liked = [_liking(accept, offer) for offer in offers]
    best = max(liked, default=0)
    return liked.index(best) if best > 0 else None


def _liking(accept: MIMEAccept | None, format_: Format) -> float:
    return 1 if accept is None else _quality(accept, format_)


def _quality(accept: MIMEAccept, format_: Format) -> float:
    """How much a format is liked: by its own media type, or by another name that is asked for as such."""
    by_name = {media_type.lower(): quality for media_type, quality in accept}
    own, *others = format_.media_types
    return max(accept.quality(own), *(by_name.get(other, 0) for other in others), 0)


@remembered
def _accept(values: Values) -> MIMEAccept | None:
    """The `Accept` headers together, None where there are none; a charset asked for is not a condition."""
    if not values or not "".join(values).strip():
        return None
    return parse_accept_header(", ".join(_without_charset(", ".join(values))), MIMEAccept)


def _without_charset(value: str) -> Iterable[str]:
    for part in value.split(","):
        media_type, options = parse_options_header(part)
        options.pop("charset", None)
        yield dump_options_header(media_type, options) if media_type else part
