"""A query without what may hold any word: its texts, its comments and its IRIs.

By the grammar of SPARQL the longest token wins (SPARQL 1.1 Query, section 19.8): `<?b)#>` is an IRI, wherever it
stands. The engine takes the `<` for less-than where a value stands before it within parentheses, and what follows for
part of the query. What would be a whole expression there is left in. What reaches further is neither to be blanked nor
to be read: it would close the parenthesis, or begin a comment or a text that hides more of the query from who reads it.
"""

from __future__ import annotations

import re

_OPAQUE = re.compile(
    r"""
      (?P<text> \"{3} (?:[^"\\]|\\.|\"(?!\"\"))* \"{3} | '{3} (?:[^'\\]|\\.|'(?!''))* '{3}
        | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<escape> \\[^uU] )
    | (?P<comment> \#[^\n\r]* )
    | (?P<bracket> [(){}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_NO_EXPRESSION = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:/)?/|<>")
"""How an IRI begins that is nothing else: no expression begins with a slash, nor has two of them in a row."""

_BEFORE_A_VALUE = frozenset("(,;=<!*/+|&^{")
"""What stands before a value, and so before no less-than. A hyphen, a colon or a full stop may end a name."""

_REACHES_FURTHER = re.compile(r"[#'\\]")
_BLANKS = " \t\r\n"
_VALUE = "v"  # what the last sign of a value is taken for


class NeitherIriNorComparison(ValueError):
    """What the grammar takes for an IRI, and the engine maybe for a comparison; `start` is its place, from 0."""

    def __init__(self, found: re.Match[str]) -> None:
        super().__init__(f"{found[0][:100]} is read as an IRI; where < is less-than, write a blank after it")
        self.start = found.start()


def laid_bare(query: str) -> str:
    """A query with blanks in the place of texts, comments and IRIs; each other sign stands where it stood.

    Raises NeitherIriNorComparison.
    """
    return _OPAQUE.sub(_Reader(), query)


class _Reader:
    """Gives what is left of each token, one after the other."""

    def __init__(self) -> None:
        self._open = [0]  # parentheses in each pair of braces
        self._before = ""  # the last sign that is no blank
        self._end = 0  # of the last token
        self._is_escaped = False  # code points may stand for brackets, which are not counted then

    def __call__(self, found: re.Match[str]) -> str:
        between = found.string[self._end : found.start()].rstrip(_BLANKS)
        if between:
            self._before = between[-1]
            self._is_escaped |= "\\" in between
        self._end = found.end()
        if found.lastgroup == "comment":
            return " " * len(found[0])
        if found.lastgroup == "bracket":
            self._before = found[0]
            self._count(found[0])
            return found[0]
        may_compare = found.lastgroup == "iri" and self._may_compare(found)
        self._before = _VALUE
        if not may_compare:
            return " " * len(found[0])
        inside = found[0][1:-1]
        if _REACHES_FURTHER.search(inside) or not _is_balanced(inside):
            raise NeitherIriNorComparison(found)
        return f" {inside} "

    def _count(self, bracket: str) -> None:
        if bracket == "{":
            self._open.append(0)
        elif bracket == "}":
            self._open = self._open[:-1] or [0]
        else:
            self._open[-1] += 1 if bracket == "(" else -1

    def _may_compare(self, found: re.Match[str]) -> bool:
        """True where the engine may take what is written as an IRI for something else."""
        if _NO_EXPRESSION.match(found[0]):
            return False
        if found.string[found.start() - 1 : found.start()] == "<":  # of a triple term
            return True
        return (self._open[-1] != 0 or self._is_escaped) and self._before not in _BEFORE_A_VALUE


def _is_balanced(text: str) -> bool:
    """True where each parenthesis that is closed was opened, and the other way round."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0
