"""What the score of a match is made of, in words, as the page of the reconciliation service tells it."""

from __future__ import annotations

from typing import NamedTuple

from endpoint.reconciliation.entities import Sort
from endpoint.reconciliation.likeness import (
    ALONE,
    CODE,
    CODE_PADDED,
    CODE_WITH_KIND,
    FOLDED,
    MOST_BY_WORDS,
    NAMES,
    WITHOUT_KIND,
)
from ontology.text import Text


class Score(NamedTuple):
    """What stands in a cell, what that gives or takes, and an example."""

    what: Text
    points: int
    example: Text


SCORES = (
    Score(
        Text("sakens IRI, eller en kod", "the IRI of the thing, or a code"),
        CODE,
        Text("1280, 12.3, 202100-1975", "1280, 12.3, 202100-1975"),
    ),
    Score(
        Text("en kod med ett ord för vad det är", "a code with a word for what it is"),
        CODE_WITH_KIND,
        Text("Delmål 12.3, kommun 1280", "Target 12.3, municipality 1280"),
    ),
    Score(
        Text("en kod som har tappat sin nolla", "a code that has lost its zero"),
        CODE_PADDED,
        Text("114, av 0114", "114, of 0114"),
    ),
    Score(
        Text("namnet, som det är", "the name, as it is"),
        NAMES[Sort.OWN],
        Text("Malmö, Frisk luft", "Malmö, Clean Air"),
    ),
    Score(
        Text("ett annat namn på saken", "another name of the thing"),
        NAMES[Sort.OTHER],
        Text("Malmö kommun", "Malmö Municipality"),
    ),
    Score(
        Text("ett namn från en annan tid", "a name of another time"),
        NAMES[Sort.DATED],
        Text("Ekonomistyrningsverket", "Ekonomistyrningsverket"),
    ),
    Score(
        Text("utan prickar och ringar, av det", "without dots and rings, less"),
        -FOLDED,
        Text("MALMO", "MALMO"),
    ),
    Score(
        Text("med andra ord för vad det är, av det", "with other words for what it is, less"),
        -WITHOUT_KIND,
        Text("Malmö stad, Länsstyrelsen Skåne", "Malmö stad, Länsstyrelsen Skåne"),
    ),
    Score(
        Text(
            "alla ord i cellen, i namnet på en sak allena: minst",
            "all words of the cell, in the name of one thing alone: at least",
        ),
        ALONE,
        Text("Jordbruksverket", "Jordbruksverket"),
    ),
    Score(
        Text("ord gemensamma, eller nästan: högst", "words in common, or nearly: at most"),
        MOST_BY_WORDS,
        Text("Mamlö, Hav i balans", "Mamlö, Hav i balans"),
    ),
)

FEATURES = {
    "identifier": Text("cellen är sakens IRI", "the cell is the IRI of the thing"),
    "code": Text(
        "cellen är en kod: kommunkod, länskod eller länsbokstav, organisationsnummer, Kolada-id, numret på ett mål",
        "the cell is a code: of a municipality or county, an organisation number, a Kolada id, the number of a goal",
    ),
    "leading_zero": Text("koden saknade sin första nolla", "the code lacked its first zero"),
    "name": Text(
        "hur mycket cellen och namnet har gemensamt, 0 till 1", "how much the cell and the name have in common, 0 to 1"
    ),
    "own_name": Text("namnet är det som saken kallas här", "the name is what the thing is called here"),
    "former_name": Text("namnet gällde en annan tid", "the name is of another time"),
    "letters": Text("å, ä och ö står som i namnet", "å, ä and ö stand as in the name"),
    "kind_words": Text(
        "cellen skiljer sig bara i ord som kommun, stad, län eller mål",
        "the cell differs only in words such as municipality, city, county or goal",
    ),
    "all_words": Text("namnet har alla ord i cellen, i någon form", "the name has all words of the cell, in some form"),
    "beginning": Text("namnet börjar så", "the name begins so"),
    "misspelling": Text("ett ord är nästan ett i namnet", "a word is nearly one in the name"),
    "properties": Text(
        "hur stor del av de andra kolumnerna som stämmer, 0 till 1", "the share of the other columns that agree, 0 to 1"
    ),
}
"""What each feature of a candidate means."""
