"""Letters that were lost before a text came to us: it was read as another encoding than it was written in."""

from __future__ import annotations

import re

from loaders.told import Wrong
from ontology.text import Text

_LOST = "\ufffd"
_MISREAD = re.compile("Ã[¥¤¶…„–©¼]|â€[“”™œ˜¦]")
"""Letters of Swedish, and marks around them, in UTF-8 that was read as what Windows calls ANSI: Ã¥ for å."""

_UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no document in XML can have."""


def lost_letters(text: str) -> Text | None:
    """Which letters a text has lost, and what to do; None where none is known to be."""
    if _LOST in text:
        return Text(
            "texten har �, som står där en bokstav har gått förlorad; skriv den på nytt",
            "the text has �, which stands where a letter was lost; write it anew",
        )
    if (misread := _MISREAD.search(text)) is not None:
        meant = misread[0].encode("cp1252").decode("utf-8", "replace")
        return Text(
            f"texten har {misread[0]} där den ska ha {meant}: en fil i UTF-8 har öppnats som något annat; "
            "öppna den på nytt som UTF-8",
            f"the text has {misread[0]} where {meant} is meant: a file in UTF-8 was opened as something else; "
            "open it anew as UTF-8",
        )
    return None


def refuse_mistyped(text: str) -> str:
    """The text, where somebody who wrote it by hand meant it so. Raises ValueError."""
    if (lost := lost_letters(text)) is not None:
        raise Wrong(lost)
    if any("\ud800" <= character <= "\udfff" for character in text):  # what stands for bytes that are no letters
        raise Wrong(
            Text(
                "texten är inte UTF-8; skriv den i en terminal som har UTF-8",
                "the text is not UTF-8; write it in a terminal that has UTF-8",
            )
        )
    if not text.isprintable():
        raise Wrong(
            Text(
                "texten har ett styrtecken eller en radbrytning; skriv den på en rad",
                "the text has a control character or a line break; write it in one line",
            )
        )
    return refuse_unwritten(text)


def refuse_unwritten(text: str) -> str:
    """The text, where something is to be seen of it and every format can hold it. Raises ValueError."""
    if not text.strip():
        raise Wrong(
            Text("här finns bara blanktecken; skriv i ord", "there is nothing but white space; write it in words")
        )
    if (found := _UNWRITTEN.search(text)) is not None:
        raise ValueError(f"character {found.start() + 1} is U+{ord(found[0]):04X}, which no text can have")
    return text
