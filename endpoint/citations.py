"""How to cite a release, or a thing as a release describes it: in words, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from loaders.release import Release
from ontology.text import Language, Text

_NAME = Text("Miljögrafen: Sveriges miljömål som länkade öppna data", "Miljögrafen: Sweden's environmental objectives")
_RELEASE = Text("Utgåva", "Release")
_SPECIAL = re.compile(r"([\\{}$&#^_%~])")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in a language; `title` is None for the whole release."""

    release: Release
    language: Language
    address: str
    title: str | None = None

    @property
    def words(self) -> str:
        """A sentence for a list of references."""
        named = f"{self.title}. " if self.title else ""
        release = f"{_RELEASE.in_(self.language)} {self.release.id}"
        return f"{self.author} ({self.year}). {named}{self.name}. {release}. {self.address}"

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX."""
        fields = {
            "author": f"{{{_tex(self.author)}}}",  # an organisation: braces keep its name together
            "title": _tex(f"{self.title} ({self.name})" if self.title else self.name),
            "year": self.year,
            "date": self.date,
            "version": self.release.id,
            "url": self.address,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{miljograf-{self.release.id}{self._key},\n{lines}\n}}\n"

    @property
    def csl(self) -> dict[str, Any]:
        """An item of the Citation Style Language."""
        year, month, day = map(int, self.date.split("-"))
        return {
            "id": f"miljograf-{self.release.id}{self._key}",
            "type": "dataset",
            "title": self.title or self.name,
            **({"container-title": self.name} if self.title else {}),
            "author": [{"literal": self.author}],
            "issued": {"date-parts": [[year, month, day]]},
            "version": self.release.id,
            "URL": self.address,
            "language": self.language,
        }

    @property
    def csl_json(self) -> str:
        """The same as a text of JSON."""
        return msgspec.json.format(msgspec.json.encode([self.csl], enc_hook=str), indent=1).decode("utf-8")

    @property
    def author(self) -> str:
        """Who publishes the release."""
        publisher: dict[str, Any] = self.release.record.get("publisher", {})
        return str(publisher.get("name", {}).get(self.language, "Miljögrafen"))

    @property
    def name(self) -> str:
        """What all of it is called."""
        return _NAME.in_(self.language)

    @property
    def date(self) -> str:
        """The date of the release: that of its newest source."""
        return str(self.release.record["referenceDate"])

    @property
    def year(self) -> str:
        """The year of that date."""
        return self.date[:4]

    @property
    def _key(self) -> str:
        """The end of a key: what the address names after the base, in letters, digits and hyphens."""
        path = self.address.removeprefix(self.release.base.iri)
        return "" if self.title is None else "-" + re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")


def _tex(text: str) -> str:
    """A text in which no character is a command."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[1], f"\\{found[1]}"), text)
