"""A type of problem (RFC 9457): what it is whatever was asked, and the URI that leads to what it means."""

from __future__ import annotations

from dataclasses import dataclass

from ontology import addresses
from ontology.text import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What a problem is, whatever was asked.

    `says` is what an answer says in its detail, with a figure or a name in the place of `{…}`; nothing where that is
    another each time. `meaning` is what the page of all types says instead, where `says` alone would tell too little.
    `setting` is the setting whose limit was met. `leads_to_all` is True where the way out is to take all of the data.
    """

    kind: str
    status: int
    title: Text
    says: Text = _NOTHING
    meaning: Text = _NOTHING
    setting: str = ""
    is_for_later: bool = False  # the same is answered when fewer ask
    leads_to_all: bool = False

    def detail(self, **shown: object) -> Text:
        """What an answer says."""
        return _filled(self.says, shown)

    def explained(self, limit: str) -> Text:
        """What the page says, with the figure of the limit; an ellipsis stands for what each answer says itself."""
        return _filled(self.meaning if self.meaning.en else self.says, _Open(limit=limit))


class _Open(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"


def _filled(text: Text, shown: dict[str, object]) -> Text:
    return Text(text.sv.format_map(shown), text.en.format_map(shown))


def address_of(kind: str, root: str) -> str:
    """The URI of a type, on the address that a service stands at: where its entry is."""
    return f"{root}{addresses.PROBLEMS}#{kind}"


def figure(limit: float) -> str:
    """A figure as a reader writes it."""
    return f"{limit:,.1f}".removesuffix(".0").replace(",", "\N{NO-BREAK SPACE}")
