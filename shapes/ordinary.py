"""How values are usually written: those that the engines of the gate read alike."""

from __future__ import annotations

import re
from functools import lru_cache

from rdflib import XSD

_YEAR = "[12][0-9]{3}"
_FORMS = {
    str(datatype): re.compile(form)
    for datatype, form in {
        XSD.boolean: "true|false",
        XSD.integer: "0|-?[1-9][0-9]*",
        XSD.decimal: r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
        XSD.double: r"-?(?:0|[1-9][0-9]*)\.[0-9]+",
        XSD.gYear: _YEAR,
        XSD.gYearMonth: f"{_YEAR}-[0-9]{{2}}",
        XSD.date: f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}",
        XSD.dateTime: f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?",
        XSD.anyURI: ".*",
        XSD.nonNegativeInteger: "0|[1-9][0-9]*",
        XSD.hexBinary: "(?:[0-9a-f]{2})+",
        XSD.duration: "P[1-9][0-9]*Y",
    }.items()
}
"""How values of a type are usually written. A day that the calendar lacks is among them: both engines refuse it."""

DECIMAL = _FORMS[str(XSD.decimal)]
"""How decimals are usually written."""

_TYPED = re.compile(r'"(.*)"\^\^<(.*)>')


@lru_cache(10_000)  # years and numbers come many times
def is_ordinary(value: str) -> bool:
    """True for IRIs, texts that do not end in a line break, and values as they are usually written, in N-Triples."""
    if not value.startswith('"'):
        return value.startswith("<")
    if r"\u" in value or r'\n"' in value:
        return False
    typed = _TYPED.fullmatch(value)
    if typed is None:
        return True
    written, datatype = typed[1], typed[2]
    form = _FORMS.get(datatype)
    return form.fullmatch(written) is not None if form else not datatype.startswith(str(XSD))
