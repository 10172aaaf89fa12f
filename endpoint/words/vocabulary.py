"""The shapes and the vocabulary: what is allowed, and what the terms mean."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "shapes-of": Text("Former: {what}", "Shapes: {what}"),
    "shapes-target": Text("Gäller saker av klassen", "For things of the class"),
    "shapes-text": Text(
        "Det som utgåvan har prövats mot. Ett fel stoppar en utgåva, en varning gör det inte.",
        "What the release was checked against. A violation stops a release, a warning does not.",
    ),
    "shapes-demands": Text("Krav, i ordning", "Demands, in order"),
    "shapes-property": Text("Egenskap", "Property"),
    "shapes-number": Text("Antal", "Number"),
    "shapes-values": Text("Värden", "Values"),
    "shapes-demand": Text("Krav", "Demand"),
    "exactly": Text("exakt {number}", "exactly {number}"),
    "between": Text("{least} till {most}", "{least} to {most}"),
    "at-least": Text("minst {number}", "at least {number}"),
    "at-most": Text("högst {number}", "at most {number}"),
    "any-number": Text("hur många som helst", "any number"),
    "severity-violation": Text("fel", "violation"),
    "severity-warning": Text("varning", "warning"),
    "severity-info": Text("anmärkning", "remark"),
}
