"""Counties and municipalities: where they lie."""

from __future__ import annotations

from ontology.text import Text

WORDS: dict[str, Text] = {
    "place-map": Text("Karta", "Map"),
    "place-map-of-county": Text("Karta: {county} med sina kommuner", "Map: {county} with its municipalities"),
    "place-map-of-municipality": Text(
        "Karta: {municipality} bland kommunerna i {county}", "Map: {municipality} among the municipalities of {county}"
    ),
    "place-map-of-country": Text("Karta: {county} bland länen", "Map: {county} among the counties"),
    "as-data": Text("Som data:", "As data:"),
}
