"""From request headers to a format and a language (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from starlette.datastructures import Headers
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import dump_options_header, parse_accept_header, parse_options_header

from endpoint.formats import Format
from ontology.text import LANGUAGES, Language

F = TypeVar("F", bound=Format)


def choose_format(headers: Headers, offers: Sequence[F]) -> F | None:
    """The format that the client likes best; the first offered where it likes several equally.

    None where it accepts none of them. No `Accept` at all means anything.
    """
    accept = _accept(headers)
    if accept is None:
        return offers[0] if offers else None
    liked = [(_quality(accept, offer), offer) for offer in offers]
    best = max((quality for quality, _ in liked), default=0)
    return next((offer for quality, offer in liked if quality == best and quality > 0), None)


def quality_of(headers: Headers, format_: Format | None) -> float:
    """How much the client likes a format, 0 to 1; 0 where there is none."""
    accept = _accept(headers)
    if format_ is None:
        return 0
    return 1 if accept is None else _quality(accept, format_)


def choose_language(headers: Headers) -> Language:
    """The language of the product that the client likes best; Swedish where it names neither."""
    accept = parse_accept_header(", ".join(headers.getlist("accept-language")), LanguageAccept)
    best, liked = "sv", 0.0
    for language in LANGUAGES:
        quality = max((q for tag, q in accept if tag.partition("-")[0].lower() == language), default=0.0)
        if quality > liked:
            best, liked = language, quality
    return "en" if best == "en" else "sv"


def _quality(accept: MIMEAccept, format_: Format) -> float:
    """How much a format is liked: by its own media type, or by another name that is asked for as such."""
    by_name = {media_type.lower(): quality for media_type, quality in accept}
    own, *others = format_.media_types
    return max(accept.quality(own), *(by_name.get(other, 0) for other in others), 0)


def _accept(headers: Headers) -> MIMEAccept | None:
    """The `Accept` headers together, None where there are none; a charset asked for is not a condition."""
    values = headers.getlist("accept")
    if not values or not "".join(values).strip():
        return None
    return parse_accept_header(", ".join(_without_charset(", ".join(values))), MIMEAccept)


def _without_charset(value: str) -> Iterable[str]:
    for part in value.split(","):
        media_type, options = parse_options_header(part)
        options.pop("charset", None)
        yield dump_options_header(media_type, options) if media_type else part
