"""Which profile of a document is wanted: by the address, else by `Accept-Profile` (DIGG UM-5)."""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.datastructures import Headers

from endpoint.parameters import wrong_value
from ontology import iri
from ontology.base import Base
from ontology.schemes import Profile
from ontology.text import Text

_LISTED = re.compile(r"<([^<>]*)>((?:\s*;[^,<>]*)?)(?:,|$)")
_QUALITY = re.compile(r"(?:^|;)\s*q=(0(?:\.[0-9]{1,3})?|1(?:\.0{1,3})?)\s*(?:;|$)")


def named_profile(value: str) -> Profile:
    """The profile that the address names. Raises Problem, which says what there is."""
    try:
        return Profile(value)
    except ValueError:
        there = ", ".join(Profile)
        raise wrong_value("profile", value, Text(there, there), tuple(Profile)) from None


def liked_profile(headers: Headers, base: Base) -> Profile | None:
    """The profile of ours that `Accept-Profile` likes best; None where it names none."""
    best, liked = None, 0.0
    listed = headers.getlist("accept-profile")
    ours = _ours(base) if listed else {}
    for named, parameters in _LISTED.findall(", ".join(listed)):
        match = _QUALITY.search(parameters)
        quality = float(match[1]) if match else 1.0
        if named in ours and quality > liked:
            best, liked = ours[named], quality
    return best


@lru_cache
def _ours(base: Base) -> dict[str, Profile]:
    """The profiles by their IRIs, on the canonical base and on that of a release."""
    return {
        str(named): profile
        for profile in Profile
        for named in (iri.concept(profile), base.localise(iri.concept(profile)))
    }


@lru_cache
def iri_of(profile: Profile, base: Base) -> str:
    """The IRI of a profile on a base."""
    return str(base.localise(iri.concept(profile)))
