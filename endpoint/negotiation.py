"""From request headers to a format and a language (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar, TypeVarTuple
from urllib.request import parse_http_list

from starlette.datastructures import Headers
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_options_header

from endpoint.formats import Format
from ontology.text import LANGUAGES, Language

F = TypeVar("F", bound=Format)
Ts = TypeVarTuple("Ts")
R = TypeVar("R")

Values = tuple[str, ...]
"""The values of a header that may stand several times."""

_SHORT = 500  # characters: headers of real clients are shorter, and few; others are not worth the room


def remembered(read: Callable[[Values, *Ts], R]) -> Callable[[Values, *Ts], R]:
    """A reading of a header that is done once for each of the short ones: it takes longer than many a query.

    A long one is read once for its request, which asks for it several times.
    """
    kept, kept_shortly = lru_cache(1024)(read), lru_cache(2)(read)

    def reading(values: Values, *rest: *Ts) -> R:
        return (kept if sum(map(len, values)) <= _SHORT else kept_shortly)(values, *rest)

    return reading


def accepted_by(headers: Headers) -> Values:
    """What the client accepts, as it says so."""
    return tuple(headers.getlist("accept"))


def choose_format(headers: Headers, offers: Sequence[F]) -> F | None:
    """The format that the client likes best; of several it likes equally, the one it names, then the first offered.

    None where it accepts none of them. No `Accept` at all means anything.
    """
    return best_of(accepted_by(headers), tuple(offers))


def best_of(accept: Values, offers: tuple[F, ...]) -> F | None:
    """The format that is liked best, for what a client accepts."""
    place = _choose(accept, offers)
    return None if place is None else offers[place]


def quality_of(headers: Headers, format_: Format | None) -> float:
    """How much the client likes a format, 0 to 1; 0 where there is none."""
    return liking_of(accepted_by(headers), format_)


def liking_of(accept: Values, format_: Format | None) -> float:
    """How much a format is liked, for what a client accepts."""
    return 0 if format_ is None else _liking(_ranges(accept), format_)[0]


def names_format(accept: Values, format_: Format) -> bool:
    """True where a client accepts a format by one of its names, and not only along with others."""
    return any(found.quality > 0 for found in _by_name(accept, format_))


def version_of(accept: Values, format_: Format | None) -> str | None:
    """The version of a format that a client asks for, None where it asks for none."""
    if format_ is None:
        return None
    return next((found.version for found in _by_name(accept, format_)), None)


@remembered
def profiles_of(accept: Values, format_: Format) -> tuple[Values, ...]:
    """The profiles that a client names with a format, the best liked first; none where it names it without any."""
    ranges = [one for one in _ranges(accept) or () if f"{one.type}/{one.subtype}" in format_.media_types]
    named = [one for one in ranges if one.quality > 0]
    return tuple(one.profiles for one in sorted(named, key=lambda one: (-one.quality, not one.profiles)))


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


class Range(NamedTuple):
    """One media range of an `Accept` header, in small letters, with what is asked for of the type."""

    type: str
    subtype: str
    quality: float
    version: str | None = None
    profiles: Values = ()

    @property
    def nearness(self) -> int:
        """How closely it names what it accepts: a type, all of one kind, or everything."""
        return (self.type != "*") + (self.subtype != "*")


@remembered
def _choose(values: Values, offers: tuple[Format, ...]) -> int | None:
    """The place of the format that is liked best; None where none is."""
    ranges = _ranges(values)
    liked = [_liking(ranges, offer) for offer in offers]
    best = max(liked, default=_NOT_AT_ALL)
    return liked.index(best) if best > _NOT_AT_ALL else None


@remembered
def _by_name(values: Values, format_: Format) -> tuple[Range, ...]:
    """The ranges that name a format, by one of its names each."""
    ranges = _ranges(values) or ()
    near = (_nearest(ranges, name) for name in format_.media_types)
    return tuple(found for found in near if found is not None and found.nearness == _BY_NAME)


_NOT_AT_ALL = (0.0, 0)


def _liking(ranges: tuple[Range, ...] | None, format_: Format) -> tuple[float, int]:
    """How much a format is liked, and how closely it is named. `Accept: x, */*` likes x better than the rest.

    Its own type is liked as the nearest range says; another name of it counts where it is asked for as such.
    """
    if ranges is None:
        return 1.0, 0
    own, *others = (_nearest(ranges, name) for name in format_.media_types)
    if own is not None and own.nearness == _BY_NAME:
        others = []
    near = (own, *(other for other in others if other is not None and other.nearness == _BY_NAME))
    return max(((one.quality, one.nearness) for one in near if one is not None and one.quality), default=_NOT_AT_ALL)


_BY_NAME = 2


def _nearest(ranges: tuple[Range, ...], media_type: str) -> Range | None:
    """The range that rules over a type: the nearest, and the best liked of those."""
    kind, _, subtype = media_type.partition("/")
    ruling = [r for r in ranges if r.type in {kind, "*"} and r.subtype in {subtype, "*"}]
    return max(ruling, key=lambda r: (r.nearness, r.quality), default=None)


@remembered
def _ranges(values: Values) -> tuple[Range, ...] | None:
    """The ranges of all `Accept` headers, None where there is none. What cannot be read is passed over."""
    if not values or not "".join(values).strip():
        return None
    return tuple(found for part in parse_http_list(", ".join(values)) if (found := _range(part)) is not None)


def _range(part: str) -> Range | None:
    """One range. Parameters other than the quality, the version and the profile are no condition.

    What is asked for by these is no condition either: who asks for what there is not gets the type as it is.
    """
    media_type, options = parse_options_header(part)
    kind, slash, subtype = media_type.strip().lower().partition("/")
    try:
        quality = float(options.get("q", 1))
    except ValueError:
        return None
    if not 0 <= quality <= 1 or not (slash or kind == "*"):
        return None
    profiles = tuple(options.get("profile", "").split())
    return Range(kind, subtype if slash else "*", quality, options.get("version"), profiles)
