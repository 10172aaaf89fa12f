"""The form of identifiers: DIGG's rules BI-1 to BI-7, each as what must hold of an IRI."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Collection
from functools import cache
from urllib.parse import SplitResult, urlsplit

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
_VERSION = re.compile(r"(?:^|/)(?:v[0-9]+(?:[.-][0-9]+)*|version[0-9.-]*)(?:/|$)", re.ASCII | re.IGNORECASE)
_PLAIN = re.compile(r"(?![vV])[0-9A-Za-z_%-]*+(?:/(?![vV])[0-9A-Za-z_%-]*+)*+")  # no rule can find anything in it
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]+$", re.ASCII | re.IGNORECASE)  # one letter ends the codes of SDG targets


@cache
def _is_domain_name(host: str | None) -> bool:
    """True for a name of the domain name system: no address, no name that only this machine knows."""
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return _DOMAIN.fullmatch(host or "") is not None
    return False


FORM: dict[str, Callable[[SplitResult], bool]] = {
    "BI-1": lambda parts: parts.scheme in {"http", "https"},
    "BI-2": lambda parts: _is_domain_name(parts.hostname),
    "BI-3": lambda parts: "@" not in parts.netloc and parts.port is None,
    "BI-4": lambda parts: not parts.query,
    "BI-5": lambda parts: not parts.fragment,
    "BI-6": lambda parts: _VERSION.search(parts.path) is None,
    "BI-7": lambda parts: _EXTENSION.search(parts.path) is None,
}
"""What each rule on the form of an identifier demands."""

OF_THE_BASE = ("BI-2", "BI-3")
"""The rules that a base for development breaks, and with it every identifier that is built on it."""


def broken_rules(iri: str) -> list[str]:
    """The numbers of the rules that an IRI breaks, in their order."""
    parts = urlsplit(iri)
    return [number for number, holds in FORM.items() if not holds(parts)]


def count_broken(base: str, paths: Collection[str]) -> dict[str, int]:
    """How many IRIs break each rule: they are a base, which ends in a slash, with each of these paths after it.

    Most paths are plain, and then it is the base alone that breaks a rule.
    """
    broken: Counter[str] = Counter()
    is_plain = _PLAIN.fullmatch
    others = [path for path in paths if not is_plain(path)]
    for path in others:
        broken.update(broken_rules(base + path))
    broken.update(dict.fromkeys(broken_rules(base), len(paths) - len(others)))
    return {number: broken[number] for number in FORM}
