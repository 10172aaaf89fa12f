"""The public questions in JSON that is ours alone: what may be asked, and the rows of an answer with their types."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from rdflib import URIRef

from endpoint.formats import CSV
from endpoint.interface.replies import AnswerTold, ParameterTold, QuestionsTold, QuestionTold
from endpoint.portions import Portion, no_such_portion
from endpoint.site import Site
from ontology import addresses
from ontology.namespaces import DCAT, DCTERMS, XSD
from queries.catalogue import Question, hold, questions, without_header

_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?")  # as JSON has them
_BOOLEAN = f"{XSD}boolean"


@dataclass(frozen=True)
class Asked:
    """A public question as an address asks it: the parameters that are given, and the things that they are held to."""

    site: Site
    question: Question
    given: Mapping[str, str]
    held: Mapping[str, URIRef]
    suffix: str = ""

    @cached_property
    def text(self) -> str:
        """The query. What no parameter is given for stands for everything."""
        bare = without_header(self.question.on(self.site.authored_on))
        return hold(bare, {name: (thing,) for name, thing in self.held.items()})

    @property
    def address(self) -> str:
        """Where the question is, in no format."""
        return f"{self.site.address}{addresses.QUESTIONS}/{self.question.name}"

    def at(self, portion: Portion) -> str:
        """Where a portion of the answer is, in the format that this is asked in."""
        return portion.address(f"{self.address}.{self.suffix}" if self.suffix else self.address, self.given)


def list_of(site: Site) -> QuestionsTold:
    """All public questions, in the order of their names."""
    return QuestionsTold(
        context={
            "items": "@included",
            "release": str(DCAT.version),
            "title": {"@id": str(DCTERMS.title), "@container": "@language"},
            "answers": {"@id": str(DCTERMS.description), "@container": "@language"},
            **dict.fromkeys(("name", "area", "parameters", "columns", "next")),
        },
        id=f"{site.address}{addresses.QUESTIONS}",
        release=site.id,
        items=[_told(Asked(site, question, {}, {})) for question in questions().values()],
        next=None,
    )


def reply_of(asked: Asked, portion: Portion, content: bytes) -> tuple[AnswerTold, str]:
    """A portion of an answer, and its links: of the results in JSON that begin with it and go one row further.

    Raises Problem for a page beyond the last.
    """
    rows = json.loads(content)["results"]["bindings"]
    if not rows and portion.page > 1:
        raise no_such_portion(portion)
    around = {rel: asked.at(one) for rel, one in portion.around(is_last=len(rows) <= portion.size).items()}
    columns = asked.question.header.expects.columns
    told = AnswerTold(
        context={
            "@vocab": f"{asked.address}#",
            "items": "@included",
            "release": str(DCAT.version),
            **dict.fromkeys(("question", "columns", "next")),
        },
        id=asked.at(portion),
        release=asked.site.id,
        question=asked.question.name,
        columns=columns,
        items=[
            {column: _value(row[column]) if column in row else None for column in columns}
            for row in rows[: portion.size]
        ],
        next=around.get("next"),
    )
    return told, ", ".join([links_of(asked), *(f'<{there}>; rel="{rel}"' for rel, there in around.items())])


def links_of(asked: Asked) -> str:
    """Where the same answer is whole, and where all questions are, as a `Link` header."""
    whole = Portion().address(f"{asked.address}.{CSV.suffix}", asked.given)
    questions_ = f"{asked.site.address}{addresses.QUESTIONS}"
    return f'<{whole}>; rel="alternate"; type="{CSV.media_types[0]}", <{questions_}>; rel="collection"'


def _told(asked: Asked) -> QuestionTold:
    header = asked.question.header
    return QuestionTold(
        asked.address,
        asked.question.name,
        header.title.model_dump(),
        header.answers.model_dump(),
        header.area.name.lower().replace("_", "-"),
        [ParameterTold(name, str(one.kind), one.example, one.required) for name, one in header.parameters.items()],
        header.expects.columns,
    )


def _value(term: dict[str, Any]) -> Any:
    """A term of the results as JSON has it, where JSON has such values; else as JSON-LD says what it is."""
    text, datatype = term["value"], term.get("datatype")
    if term["type"] == "uri":
        return {"@id": text}
    if term["type"] != "literal":
        return {"@id": f"_:{text}"}
    if "xml:lang" in term:
        return {"@value": text, "@language": term["xml:lang"]}
    if datatype == _BOOLEAN:
        return text in {"true", "1"}
    if datatype in _NUMBERS and _NUMBER.fullmatch(text):
        return msgspec.Raw(text.encode())  # with all its digits
    return text if datatype is None else {"@value": text, "@type": datatype}
