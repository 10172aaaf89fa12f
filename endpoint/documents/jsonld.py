"""JSON-LD with the context of the product: as a flat graph, compact or expanded, or as a tree with one thing as root.

The context is ours and closed, and our data hold IRIs and literals only. So a few rules say the same as the general
algorithms of JSON-LD 1.1, many times faster; what they write is read by others' processors in the tests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pyoxigraph as ox

from ontology import files as vocabulary_files
from ontology.base import Base
from ontology.kinds import KINDS
from ontology.namespaces import FOAF, RDF, XSD
from shapes.order import properties_of

ADDRESS = "context.jsonld"
"""Where the context is, relative to the base."""

_INTEGER, _BOOLEAN, _STRING = str(XSD.integer), str(XSD.boolean), str(XSD.string)
_TYPE, _TOPIC = str(RDF.type), str(FOAF.primaryTopic)

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the context that names a property: how it reads its values."""

    name: str
    type: str | None = None  # an IRI of a datatype, or @id, or @vocab
    values: str | None = None  # what the values of a scheme begin with
    is_by_language: bool = False


@cache
def context_on(base: str) -> dict[str, Any]:
    """The context on a base."""
    found: dict[str, Any] = json.loads(Base(base).localise_quoted(vocabulary_files.read_text(ADDRESS)))
    return found


@cache
def frame_of(kind: str, base: str) -> dict[str, Any]:
    """The frame that makes the tree of a thing of a kind (JSON-LD 1.1 Framing): what stands inside it, in order."""
    writer, embedded = writer_on(base), {"@embed": "@always", "@omitDefault": True}
    order = [str(Base(base).localise(term)) for term in properties_of(kind)]
    return {
        "@context": f"{base}{ADDRESS}",
        "type": writer.named(str(Base(base).localise(KINDS[kind].cls))),
        **{writer.name_of(term): embedded for term in order if writer.names_things(term)},
        "isPrimaryTopicOf": embedded,
    }


@lru_cache(8)
def writer_on(base: str) -> Writer:
    """What writes JSON-LD for the releases on a base."""
    return Writer(base)


class Writer:
    """Writes statements with the terms of the context."""

    def __init__(self, base: str) -> None:
        self.base = base
        context = context_on(base)["@context"]
        prefixes = {name: value for name, value in context.items() if isinstance(value, str) and value[-1] in "/#"}
        self._prefixes = dict(sorted(prefixes.items(), key=lambda prefix: -len(prefix[1])))  # the longest fits best
        self._terms: dict[str, _Term] = {}
        self._names: dict[str, str] = {}
        for name, said in context.items():
            entry = {"@id": said} if isinstance(said, str) else said
            if name.startswith("@") or name in self._prefixes or not isinstance(entry, dict) or "@id" not in entry:
                continue
            named = self._whole(entry["@id"])
            self._names[named] = name
            coerced = entry.get("@type")
            self._terms[named] = _Term(
                name,
                coerced if coerced in {None, "@id", "@vocab"} else self._whole(coerced),
                entry.get("@context", {}).get("@vocab"),
                entry.get("@container") == "@language",
            )

    def graph(self, triples: Iterable[ox.Triple]) -> Node:
        """A graph: its nodes in the order in which they are first spoken of."""
        nodes = self._nodes(triples)
        return {"@context": f"{self.base}{ADDRESS}", "@graph": [self._node(subject, nodes) for subject in nodes]}

    def expanded(self, triples: Iterable[ox.Triple]) -> list[Node]:
        """The same graph with whole IRIs and without a context: what the first is when it is expanded."""
        return [self._expanded(subject, said) for subject, said in self._nodes(triples).items()]

    def tree(self, triples: Iterable[ox.Triple], root: str, document: str, kind: str | None) -> Node:
        """A thing with all that is said of what it names inside it, and the document that says so."""
        nodes = self._nodes(triples)
        order = [str(Base(self.base).localise(term)) for term in properties_of(kind)] if kind else []
        nodes.get(document, {}).pop(_TOPIC, None)
        found = self._node(root, nodes, order, (root,))
        found["isPrimaryTopicOf"] = self._node(document, nodes, within=(root, document))
        return {"@context": f"{self.base}{ADDRESS}", **found}

    def name_of(self, property_: str) -> str:
        """The term for a property, else its short form."""
        term = self._terms.get(property_)
        return term.name if term else self.short(property_)

    def names_things(self, property_: str) -> bool:
        """True for a property whose values are things, which can stand within others."""
        term = self._terms.get(property_)
        return term is not None and term.type in {"@id", "@vocab"}

    def named(self, iri: str) -> str:
        """A class, or any term of the vocabulary, by its name."""
        return self._names.get(iri) or self.short(iri)

    def short(self, iri: str) -> str:
        """An IRI with a prefix of the context, where that can be read back."""
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _whole(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else name

    @staticmethod
    def _nodes(triples: Iterable[ox.Triple]) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
        nodes: dict[str, dict[str, list[Any]]] = {}
        for triple in triples:
            subject, predicate = triple.subject.value, triple.predicate.value  # type: ignore[union-attr]
            nodes.setdefault(subject, {}).setdefault(predicate, []).append(triple.object)
        return nodes

    def _node(
        self,
        subject: str,
        nodes: Mapping[str, Mapping[str, list[Any]]],
        order: Iterable[str] = (),
        within: tuple[str, ...] | None = None,
    ) -> Node:
        """One node; where it stands within others, those that it names stand within it."""
        said = nodes.get(subject, {})
        found: Node = {"id": self.short(subject)}
        if _TYPE in said:
            found["type"] = _one_or_all([self.named(cls.value) for cls in said[_TYPE]])
        for property_ in (*dict.fromkeys(p for p in order if p in said), *sorted(said.keys() - set(order))):
            if property_ != _TYPE:
                self._add(found, property_, said[property_], nodes, within)
        return found

    def _add(
        self,
        node: Node,
        property_: str,
        values: list[Any],
        nodes: Mapping[str, Mapping[str, list[Any]]],
        within: tuple[str, ...] | None,
    ) -> None:
        term = self._terms.get(property_) or _Term(self.short(property_))
        plain: list[Any] = []
        by_language: dict[str, list[str]] = {}
        other: list[Any] = []  # what a map of languages has no room for
        for value in values:
            if isinstance(value, ox.NamedNode):
                plain.append(self._reference_to(value.value, term, nodes, within))
            elif term.is_by_language and (value.language or value.datatype.value == _STRING):
                by_language.setdefault(value.language or "@none", []).append(value.value)
            elif term.is_by_language:
                other.append(self._literal(value, None))
            else:
                plain.append(self._literal(value, term.type))
        if by_language:
            node[term.name] = {language: _one_or_all(texts) for language, texts in sorted(by_language.items())}
            other += plain
        elif plain:
            node[term.name] = _one_or_all(plain)
        if other:
            node[self.short(property_)] = _one_or_all(other)

    def _reference_to(
        self,
        iri: str,
        term: _Term,
        nodes: Mapping[str, Mapping[str, list[Any]]],
        within: tuple[str, ...] | None,
    ) -> str | Node:
        if within is not None and iri in nodes and iri not in within:
            return self._node(iri, nodes, within=(*within, iri))
        if term.type == "@vocab":
            if term.values and iri.startswith(term.values):
                return iri[len(term.values) :]
            return self.named(iri)
        return self.short(iri) if term.type == "@id" else {"id": self.short(iri)}

    def _expanded(self, subject: str, said: Mapping[str, list[Any]]) -> Node:
        found: Node = {"@id": subject}
        if _TYPE in said:
            found["@type"] = [cls.value for cls in said[_TYPE]]
        for property_ in sorted(said.keys() - {_TYPE}):
            term = self._terms.get(property_)
            found[property_] = [self._value_object(value, term.type if term else None) for value in said[property_]]
        return found

    @staticmethod
    def _value_object(value: ox.NamedNode | ox.Literal, coerced: str | None) -> Node:
        if isinstance(value, ox.NamedNode):
            return {"@id": value.value}
        datatype = value.datatype.value
        if value.language:
            return {"@language": value.language, "@value": value.value}
        if datatype == _STRING:
            return {"@value": value.value}
        return {"@type": datatype, "@value": _native(value.value, datatype) if datatype == coerced else value.value}

    def _literal(self, value: ox.Literal, coerced: str | None) -> object:
        datatype = value.datatype.value
        if value.language:
            return {"@language": value.language, "@value": value.value}
        if datatype == coerced:
            return _native(value.value, datatype)
        if datatype == _STRING:
            return value.value if coerced is None else {"@value": value.value}
        return {"@type": self.named(datatype), "@value": value.value}


def _native(text: str, datatype: str) -> object:
    """A number or truth value of JSON, where that is written in one way only; else the text."""
    if datatype == _INTEGER and text.removeprefix("-").isdecimal() and str(int(text)) == text:
        return int(text)
    return text == "true" if datatype == _BOOLEAN and text in {"true", "false"} else text


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
