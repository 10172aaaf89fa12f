"""The authored shapes and rules of this package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from rdflib import Graph

from ontology.base import Base
from queries import header


@dataclass(frozen=True, slots=True)
class Rule:
    """What SHACL cannot say: a query whose rows are the offenders."""

    name: str
    header: header.RuleHeader
    text: str

    @property
    def digest(self) -> str:
        """What its text is known by: a proof is of the text as it was."""
        return sha256(self.text.encode("utf-8")).hexdigest()[:16]


def shape_texts() -> dict[str, str]:
    """The text of each shape file, by the name of its kind."""
    return _texts("", ".ttl")


def shapes(base: Base) -> str:
    """All shapes in one Turtle text, on a base."""
    return base.localise_text("\n".join(shape_texts().values()))


def description_texts() -> dict[str, str]:
    """The text of each file of shapes for what a release says of itself, by the name of the document."""
    return _texts("description", ".ttl")


def description_shapes(name: str) -> Graph:
    """The shapes of one such document, on the canonical base."""
    return Graph(bind_namespaces="none").parse(data=description_texts()[name], format="turtle")


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in order of their names."""
    return tuple(
        Rule(name, header.read(text, header.RuleHeader, f"rules/{name}.rq"), text)
        for name, text in _texts("rules", ".rq").items()
    )


def _texts(folder: str, suffix: str) -> dict[str, str]:
    directory = files("shapes").joinpath(folder)
    found = sorted(entry.name for entry in directory.iterdir() if entry.name.endswith(suffix))
    return {name.removesuffix(suffix): directory.joinpath(name).read_text(encoding="utf-8") for name in found}
