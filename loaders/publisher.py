"""Who publishes a release: whoever runs the product says so in a file; else it is the editors.

The product is not an authority. The publisher of a release is who answers for this rendering of the sources; the
sources keep their own publishers. The file is TOML::

    name = {sv = "Naturvårdsverket", en = "Swedish Environmental Protection Agency"}
    type = "NationalAuthority"
    organisation_number = "202100-1975"
    homepage = "https://www.naturvardsverket.se/"
    contact = {sv = "Öppna data", en = "Open data", email = "opendata@example.org"}

    [high_value]  # data sets that the publisher must keep as high-value datasets, with the codes of their categories
    ghg-county-2026-08 = ["c_4ba9548e"]
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from rdflib import URIRef

from loaders.lost import refuse_mistyped
from loaders.row import Url
from loaders.spelling import Spelt
from loaders.toml_files import read_toml
from ontology import addresses, description
from ontology.text import Text

Type = Literal[
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
]
Some = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(refuse_mistyped)]
Email = Annotated[
    str,
    Spelt(
        r"[^@\s<>\"{}|\\^`]+@[^@\s<>\"{}|\\^`]+",
        "skriv en e-postadress som namn@example.se",
        "write a mail address like name@example.se",
    ),
]
Category = Annotated[
    str,
    Spelt(
        r"[a-z0-9_]+",
        "skriv små bokstäver a–z, siffror och understreck",
        "write small letters a–z, digits and underscores",
    ),
]


class BadPublisher(ValueError):
    """The file does not say who publishes; the message names every fault."""


def _organisation_number(number: str) -> str:
    """Ten digits whose last is the check digit of the others (Luhn)."""
    digits = [int(digit) for digit in number if digit.isdecimal()]
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
    if sum(digit // 10 + digit % 10 for digit in doubled) % 10:
        raise ValueError(f"{number} is no organisation number: its check digit is wrong")
    return number


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(_Model):
    """A name in both languages."""

    sv: Some
    en: Some

    @property
    def text(self) -> Text:
        """The same as the text of the product."""
        return Text(self.sv, self.en)


class Contact(Name):
    """Whom to turn to with questions about the data."""

    email: Email


class Publisher(_Model):
    """Who publishes a release."""

    name: Name
    type: Type
    organisation_number: (
        Annotated[
            str,
            Spelt(r"[0-9]{6}-[0-9]{4}", "skriv som 202100-1975", "write it like 202100-1975"),
            AfterValidator(_organisation_number),
        ]
        | None
    ) = None
    homepage: Url | None = None
    contact: Contact | None = None
    high_value: dict[str, tuple[Category, ...]] = {}

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if self.high_value and self.contact is None:
            raise ValueError("high-value datasets need a contact (DCAT-AP for high-value datasets)")
        return self

    @property
    def iri(self) -> URIRef:
        """By the organisation number where there is one, as dataportal.se merges publishers; else a part of ours."""
        if self.organisation_number is not None:
            return description.organisation(self.organisation_number)
        return addresses.part(addresses.CATALOG, "publisher")


EDITORS = Publisher(
    name=Name(sv="Miljögrafens redaktion", en="The editors of Miljögrafen"), type="PrivateIndividual(s)"
)
"""The publisher where nobody else says that they are."""


def read_publisher(path: Path) -> Publisher:
    """The publisher that a file names. Raises BadPublisher with the file and every fault, OSError."""
    try:
        told = read_toml(path)
    except ValueError as error:
        raise BadPublisher(str(error)) from error
    try:
        return Publisher.model_validate(told.says)
    except ValidationError as error:
        raise BadPublisher("\n".join(told.faults(error, Publisher))) from error
