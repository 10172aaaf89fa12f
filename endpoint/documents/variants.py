"""The forms of a document: which one an address and the headers of a request ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams

from endpoint.documents.forms import Arrangement, Form, arranged, named_form
from endpoint.documents.profiles import liked_profile, named_profile
from endpoint.documents.views import WHOLE, View, read_view
from endpoint.formats import CSV, DOCUMENTS, GEOJSON, HTML, JSONLD, UNDIVIDED, Format
from endpoint.negotiation import choose_format, choose_language, quality_of
from endpoint.parameters import bad_parameter
from endpoint.problems import Problem, not_acceptable, without_form
from ontology.base import Base
from ontology.schemes import Profile
from ontology.text import LANGUAGES, Language, Text

_SUFFIXED = (HTML, *DOCUMENTS, CSV, GEOJSON)
PARAMETERS = ("profile", "form", "through", "page")


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a document: the path after `/res/` without its suffix, and what is fixed of the rest."""

    stem: str
    format: Format | None = None
    language: Language | None = None
    profile: Profile | None = None
    view: View = WHOLE
    form: Form | None = None
    arrangement: Arrangement | None = None
    """What it is in JSON-LD, once that is settled."""

    @property
    def suffix(self) -> str:
        """What the path ends with for this form: `.ttl`, `.sv.html`; nothing where the form is open."""
        if self.language is not None:
            return f".{self.language}.html"
        return f".{self.format.suffix}" if self.format else ""

    @property
    def address(self) -> str:
        """The path of this form on the host, with the parameters that differ from the usual."""
        usual = self.profile in {None, Profile.DOCUMENT}
        asked = {} if usual else {"profile": str(self.profile)}
        asked |= {"form": str(self.form)} if self.form is Form.EXPANDED else {}
        asked |= self.view.parameters()
        path = f"/res/{self.stem}{self.suffix}"
        return f"{path}?{urlencode(asked, safe=':/')}" if asked else path

    def in_(self, format_: Format, language: Language | None = None) -> Variant:
        """The same in another format or language, in the usual profile."""
        return Variant(self.stem, format_, language, view=self.view)

    def settled(self, headers: Headers, offers: Sequence[Format], base: Base) -> Variant:
        """The form that a client likes best among those that the address leaves.

        Raises Problem where it accepts none of them, or asks for a profile that the format does not have.
        """
        profile = self.profile or liked_profile(headers, base) or Profile.DOCUMENT
        asked, having = self._asked_of_few()
        if asked:
            if self.format is not None and self.format not in having:
                raise _not_of(self.format, asked, having)
            offers = [format_ for format_ in offers if format_ in having]
        chosen = self.format or choose_format(headers, offers)
        if chosen is None:
            raise not_acceptable(tuple(offers))
        if (
            profile is Profile.FRAMED
            and self.format is None
            and quality_of(headers, JSONLD) >= quality_of(headers, chosen)
        ):
            chosen = JSONLD
        if chosen is HTML:
            return replace(self, format=HTML, language=self.language or choose_language(headers), profile=None)
        if chosen is JSONLD:
            found = arranged(headers, base, self.profile, self.form, profile)
            return replace(self, format=JSONLD, profile=found.profile, form=found.form, arrangement=found)
        fits = chosen in DOCUMENTS and profile is not Profile.FRAMED
        return replace(self, format=chosen, profile=profile if fits else Profile.DOCUMENT)

    def _asked_of_few(self) -> tuple[dict[str, str], tuple[Format, ...]]:
        """What the address asks for that not all formats have, and those that do: a profile is one of data."""
        if self.form is not None or self.profile is Profile.FRAMED:
            name, value = ("form", self.form) if self.form else ("profile", self.profile)
            return {name: str(value)}, (JSONLD,)
        return ({} if self.profile is None else {"profile": str(self.profile)}), DOCUMENTS


def read_variant(path: str, asked: QueryParams) -> Variant:
    """What an address fixes: the path after `/res/`, and its parameters.

    Only a listed suffix at the very end counts: `14.c` is a key, `14.c.ttl` is its Turtle. Raises Problem, which names
    the parameter that is wrong.
    """
    profile = named_profile(asked["profile"]) if "profile" in asked else None
    form = named_form(asked["form"]) if "form" in asked else None
    view = read_view(asked)
    stem, format_, language = read_suffix(path)
    if format_ in UNDIVIDED and not view.is_whole:
        raise _undivided(format_, view)
    return Variant(stem, format_, language, profile, view, form)


def read_suffix(path: str) -> tuple[str, Format | None, Language | None]:
    """A path without its suffix, and the format and language that the suffix is of."""
    for language in LANGUAGES:
        if path.endswith(f".{language}.html"):
            return path.removesuffix(f".{language}.html"), HTML, language
    for format_ in _SUFFIXED:
        if path.endswith(f".{format_.suffix}"):
            return path.removesuffix(f".{format_.suffix}"), format_, None
    return path, None, None


def _undivided(format_: Format, view: View) -> Problem:
    """A part is asked for of a table or a map."""
    (name, *_) = view.parameters()
    return bad_parameter(name, Text(
        f"Parametern {name} finns inte för .{format_.suffix}, som är helt. Ta bort den.",
        f"There is no parameter {name} of .{format_.suffix}, which is whole. Leave it out.",
    ))  # fmt: skip


def _not_of(format_: Format, asked: Mapping[str, str], having: Sequence[Format]) -> Problem:
    """What a parameter asks for is not there in the format of the suffix."""
    ((name, value),) = asked.items()
    there = ", ".join(f".{one.suffix}" for one in having)
    return bad_parameter(name, Text(
        f"Det finns ingen {name}={value} för .{format_.suffix}. Hämta {there}, eller ta bort parametern.",
        f"There is no {name}={value} of .{format_.suffix}. Take {there}, or leave the parameter out.",
    ))  # fmt: skip


def format_beside_a_page(headers: Headers, address: str, suffix: str | None) -> Format:
    """The format of a document whose page has an address of its own: by its suffix, else as the headers like it.

    HTML where that page is liked best. Raises Problem.
    """
    if suffix is not None:
        named = next((format_ for format_ in DOCUMENTS if format_.suffix == suffix), None)
        if named is None:
            raise without_form(address, suffix, DOCUMENTS)
        return named
    liked = choose_format(headers, (*DOCUMENTS, HTML))
    if liked is None:
        raise not_acceptable((*DOCUMENTS, HTML))
    return liked
