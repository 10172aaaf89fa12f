"""How a document in JSON-LD is arranged: by the address, else by `profile` of its media type (JSON-LD 1.1, annex C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from starlette.datastructures import Headers

from endpoint.documents.profiles import iri_of
from endpoint.formats import JSONLD
from endpoint.negotiation import accepted_by, profiles_of
from endpoint.parameters import wrong_value
from ontology.base import Base
from ontology.iri import JSONLD_PROFILES
from ontology.schemes import Profile
from ontology.text import Text


class Form(StrEnum):
    """A form of JSON-LD: with the terms of the context, or with whole IRIs and no context."""

    COMPACTED = "compacted"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a document in JSON-LD can be: a profile of ours in a form, and which profiles of JSON-LD that keeps."""

    profile: Profile
    form: Form
    keeps: tuple[str, ...]
    is_asked_for: bool = False  # by the parameter of the media type

    def names_on(self, base: Base) -> tuple[str, ...]:
        """The IRIs of the profiles that it keeps: those of JSON-LD, then ours."""
        return (*(f"{JSONLD_PROFILES}{name}" for name in self.keeps), iri_of(self.profile, base))

    def content_type(self, base: Base) -> str:
        """The value of the header: with the profiles where one was asked for, or where it is not the usual form."""
        is_usual = self.profile is not Profile.FRAMED and self.form is Form.COMPACTED
        if is_usual and not self.is_asked_for:
            return JSONLD.content_type
        return f'{JSONLD.content_type}; profile="{" ".join(self.names_on(base))}"'


ARRANGEMENTS = (
    Arrangement(Profile.DOCUMENT, Form.COMPACTED, ("compacted", "flattened")),
    Arrangement(Profile.STATEMENTS, Form.COMPACTED, ("compacted", "flattened")),
    Arrangement(Profile.FRAMED, Form.COMPACTED, ("compacted", "framed")),
    Arrangement(Profile.DOCUMENT, Form.EXPANDED, ("expanded", "flattened")),
    Arrangement(Profile.STATEMENTS, Form.EXPANDED, ("expanded", "flattened")),
)
"""All there are, the most usual first."""


def named_form(value: str) -> Form:
    """The form that the address names. Raises Problem, which says what there is."""
    try:
        return Form(value)
    except ValueError:
        there = ", ".join(Form)
        raise wrong_value("form", value, Text(there, there), tuple(Form)) from None


def arranged(headers: Headers, base: Base, profile: Profile | None, form: Form | None, liked: Profile) -> Arrangement:
    """What a client likes best of what the address leaves: a profile and a form of it, where it names them.

    Of the profiles that a media range lists, those that are known here count, and the arrangement that keeps most of
    them is taken; where there is none, that is no reason to refuse, and the usual one is. Raises Problem where the
    address asks for what there is not.
    """
    left = [one for one in ARRANGEMENTS if profile in {None, one.profile} and form in {None, one.form}]
    if not left:
        there = ", ".join(one.form for one in ARRANGEMENTS if one.profile is profile)
        raise wrong_value("form", str(form), Text(there, there), (there,))
    for listed in profiles_of(accepted_by(headers), JSONLD):
        if not listed:
            break
        kept = [sum(name in listed for name in _known(one, base)) for one in left]
        if max(kept):
            most = [one for one, number in zip(left, kept, strict=True) if number == max(kept)]
            best = next((one for one in most if one.profile is liked), most[0])
            return Arrangement(best.profile, best.form, best.keeps, is_asked_for=True)
    return next((one for one in left if one.profile is liked), left[0])


def _known(one: Arrangement, base: Base) -> Iterator[str]:
    """What the profiles that an arrangement keeps may be called."""
    yield from one.names_on(base)
    if base != Base():
        yield iri_of(one.profile, Base())
