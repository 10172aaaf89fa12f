"""Requests that are not HTTP as it is defined: what is wrong with one, and where it leads all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from endpoint.methods import ALL

_LINE = re.compile(rb"[A-Z]+ (/(?![/\\])[^\x00-\x20\x7f]*) HTTP/1\.[01]\r?\n")
"""The line that a request begins with. A path with two slashes would lead to another host."""

_METHOD = re.compile(rb"([A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}) [^\x00-\x20\x7f]+ HTTP/1\.[01]\r?\n")
"""The same with any method (RFC 9110, section 5.6.2)."""

_HOST = re.compile(rb"(?:\[[\w:.%~-]+\]|[\w.~!$&'()*+,;=%-]*)(?::[0-9]*)?", re.ASCII)
"""A host and a port (RFC 3986, sections 3.2.2 and 3.2.3)."""


def as_uri(request: bytes) -> str | None:
    """The address of a request that has an IRI in its line as it is, percent-encoded (RFC 3987, section 3.1).

    None where the line has none, or other bytes than those of UTF-8.
    """
    found = _LINE.match(request)
    if found is None or found[1].isascii():
        return None
    try:
        found[1].decode("utf-8")
    except UnicodeDecodeError:
        return None
    return re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], found[1]).decode("ascii")


def unknown_method(request: bytes) -> str | None:
    """The method of a request where the server has none of that name; else None."""
    found = _METHOD.match(request)
    method = found[1].decode("ascii") if found else ALL[0]
    return None if method in ALL else method


def fault_of_head(headers: Sequence[tuple[bytes, bytes]], version: str) -> str | None:
    """What is wrong with how a request names the host, or how its body comes (RFC 9112, sections 3.2 and 6.1).

    None where nothing is. Which host it is does not matter: addresses stand on the base of the release.
    """
    named = dict(headers)
    if len(named) < len(headers) or b"transfer-encoding" in named:  # few have either
        if any(value.strip().lower() != b"chunked" for name, value in headers if name == b"transfer-encoding"):
            return "The body comes in a transfer coding that is not read here; send it as it is, or chunked."
        if sum(name == b"host" for name, _ in headers) > 1:
            return "There are several Host headers; there must be one."
    host = named.get(b"host")
    if host is None:
        return None if version == "1.0" else "There is no Host header; HTTP/1.1 demands one."
    return None if _HOST.fullmatch(host) else "The Host header does not hold a host and a port."
