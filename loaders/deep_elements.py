"""Elements of RDF/XML that stand in one another in too many levels, refused as the file is read.

The marks are looked for as the parser of the engine finds them, which is not in all as XML has it: a DOCTYPE may stand
anywhere, and ends with the angle bracket that closes its first one, whatever quotes and comments are in it.
"""

from __future__ import annotations

import re

from loaders.deep import MOST_LEVELS, MOST_OF_A_PART, TooDeep, Watched

_MOST = 2 * MOST_LEVELS
"""A thing and its property are two elements; so are a triple term and its statement."""

_TAG = re.compile(
    rb"""<(?:/[^>]*+|[^!?/"'>](?:[^"'>]++|"[^"]*+"|'[^']*+')*+"""
    rb"""|!--(?:[^-]++|-(?!->))*+--|!\[(?:[^\]]++|\](?!\]>))*+\]\]|\?(?:[^?]++|\?(?!>))*+\?)>"""
)
"""A tag, a comment, characters as they are, or an instruction, that is there whole."""

_TAGS = re.compile(rb"(?:[^<]*+" + _TAG.pattern + rb")*+")
_UNTIL = {b"<!--": b"-->", b"<![": b"]]>", b"<?": b"?>", b"</": b">"}
_IN_TAG = re.compile(rb"""["'>]""")
_IN_DOCTYPE = re.compile(rb"[<>]")
_LONGEST = 3  # what tells where a text, a comment or a tag ends


class DeepElement(TooDeep):
    """An element that stands in too many others, by its line."""

    def __init__(self, line: int) -> None:
        super().__init__(
            line,
            f"elements stand in one another in more than {_MOST:,} levels; write the things beside one another, each "
            "with its rdf:about or rdf:nodeID",
        )


class LongPart(TooDeep):
    """A text, a tag or a comment of RDF/XML that is longer than is read, by the line where it has become so."""

    def __init__(self, line: int) -> None:
        super().__init__(
            line, f"a text, tag or comment is longer than {MOST_OF_A_PART:,} bytes, which is the most that is read"
        )


class WatchedElements(Watched):
    """RDF/XML, whose reading raises DeepElement before what nests too deep has been given."""

    _level = 0
    _until = b""  # what ends the part that the rest is in; a `<` for a tag, a `!` for a DOCTYPE
    _quote = b""  # of the value of an attribute that the rest is in
    _brackets = 0  # of a DOCTYPE that are open
    _held = 0  # bytes of a part that has not ended, which the engine keeps

    def _look(self, seen: bytes) -> int:
        kept = self._go_through(seen)
        self._held += len(seen)
        if self._held > MOST_OF_A_PART:
            raise LongPart(self._line(seen, 0))
        return kept

    def _go_through(self, seen: bytes) -> int:
        place = 0
        while place < len(seen):
            if self._until:
                place, is_short = self._leave(seen, place)
                if is_short:
                    return place
                continue
            place = self._count_all(seen, place)
            found = seen.find(b"<", place)
            if found < 0:
                return len(seen)
            if len(seen) - found <= _LONGEST:
                return found
            place = self._enter(seen, found)
        return place

    def _count_all(self, seen: bytes, start: int) -> int:
        """Count the tags from a place on that are there whole, up to what is none; where that begins."""
        tags = _TAGS.match(seen, start)
        end = tags.end() if tags else start
        if end > start:
            self._held = -end
        found = _TAG.findall(seen, start, end)
        closed = sum(tag.startswith(b"</") for tag in found)
        opened = sum(_opens(tag) for tag in found)
        if self._level + opened <= _MOST:
            self._level = max(self._level + opened - closed, 0)
        else:
            for tag in _TAG.finditer(seen, start, end):
                if not tag[0].startswith((b"<!", b"<?")):
                    self._count(seen, tag.end(), is_end=tag[0].startswith(b"</"))
        return end

    def _count(self, seen: bytes, end: int, *, is_end: bool) -> None:
        """Count a tag that ends at a place. Raises DeepElement."""
        if is_end:
            self._level = max(self._level - 1, 0)
        elif not seen.endswith(b"/>", 0, end):
            self._level += 1
            if self._level > _MOST:
                raise DeepElement(self._line(seen, end))

    def _enter(self, seen: bytes, place: int) -> int:
        """Enter what begins at a place and is not there whole, or is no tag; where its inside begins."""
        for start, end in _UNTIL.items():
            if seen.startswith(start, place):
                self._until = end
                return place + len(start)
        self._until, self._brackets = (b"!", 1) if seen.startswith(b"<!", place) else (b"<", 0)
        return place + (2 if self._brackets else 1)

    def _leave(self, seen: bytes, place: int) -> tuple[int, bool]:
        """Where what the rest is in ends or goes on, and whether more is to be seen first."""
        if self._until == b"<":
            return self._in_tag(seen, place)
        if self._until == b"!":
            for bracket in _IN_DOCTYPE.finditer(seen, place):
                self._brackets += 1 if bracket[0] == b"<" else -1
                if not self._brackets:
                    self._until = b""
                    return bracket.end(), False
            return len(seen), True
        end = seen.find(self._until, place)
        if end < 0:
            return max(len(seen) - len(self._until) + 1, place), True
        end += len(self._until)
        if self._until == b">":
            self._count(seen, end, is_end=True)
        self._until = b""
        self._held = -end
        return end, False

    def _in_tag(self, seen: bytes, place: int) -> tuple[int, bool]:
        """The same of a tag, which goes on after each value of an attribute."""
        if self._quote:
            end = seen.find(self._quote, place)
            if end < 0:
                return len(seen), True
            self._quote = b""
            return end + 1, False
        mark = _IN_TAG.search(seen, place)
        if not mark:
            return max(len(seen) - 1, place), True  # it may be the slash before what closes it
        if mark[0] != b">":
            self._quote = mark[0]
        else:
            self._until = b""
            self._count(seen, mark.end(), is_end=False)
            self._held = -mark.end()
        return mark.end(), False


def _opens(tag: bytes) -> bool:
    return not tag.startswith((b"</", b"<!", b"<?")) and not tag.endswith(b"/>")
