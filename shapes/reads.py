"""What rules look at, and which of them find what they found before.

Some rules name all that they look at: each of their patterns has a property that stands in their text, or is one of
some that stand there, and where that is `rdf:type`, so does the class. Their header says so (`named`), and a test holds
it against the algebra of their queries. Statements of other properties, and that things are of other classes, are
nothing to them. So such a rule finds the same in two sets of statements that differ in nothing that it names: the same
patterns have the same solutions in the same graphs, and all else in a query follows from these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.base import Base
from shapes.files import Rule
from shapes.report import BY_RULE, Finding

_PREFIX = re.compile(r"^PREFIX\s+([\w-]+):\s*<([^>]*)>", re.MULTILINE)
_NAMED = re.compile(r"<([^<>\s]+)>|\b([\w-]+):([\w-]+)")


def names(rule: Rule, base: Base) -> frozenset[str]:
    """The IRIs that stand in the text of a rule on a base, and maybe some that stand in what it says of itself."""
    text = base.localise_text(rule.text)
    spaces = dict(_PREFIX.findall(text))
    found = (iri or f"{spaces[prefix]}{name}" for iri, prefix, name in _NAMED.findall(text) if iri or prefix in spaces)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found in other statements than there are now, and what tells the ones from the others.

    `findings` are those of rules and of shapes. `changed` are the IRIs of the properties of statements that came or
    went, and of classes where those said that something is of them.
    """

    findings: tuple[Finding, ...]
    changed: frozenset[str]

    def holds_for(self, rule: Rule, base: Base) -> bool:
        """True where a rule finds what it found."""
        return rule.header.named and self.changed.isdisjoint(names(rule, base))

    def found_by(self, rule: Rule) -> list[Finding]:
        """What a rule found."""
        return [finding for finding in self.findings if finding.component == BY_RULE and finding.cause == rule.name]
