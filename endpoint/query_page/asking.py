"""What the query page shows: the question as it is written, its examples, and the answer or why there is none."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from msgspec.structs import replace

from endpoint.dataset import Dataset
from endpoint.formats import GRAPHS, JSON, RESULTS, TURTLE, Format
from endpoint.guard import Reading, inspect
from endpoint.lists import Names, alphabetical
from endpoint.operation import Limits, Operation, Serialisation, fault_of, task_for
from endpoint.problems import Problem, query_failed
from endpoint.query_page.answers import Shown, Table, read_answer
from endpoint.query_page.computed import in_vain
from endpoint.query_page.naming import names_of
from endpoint.query_page.remarks import finds_nothing, remarks_on
from endpoint.terms import NEWEST
from endpoint.workers.pool import Answer, QueryFailed
from ontology import addresses
from ontology.base import Base
from ontology.kind import Area
from ontology.text import Language, Text
from queries.catalogue import Query, Question, without_header

PAGE_BYTES = 4 * 1024 * 1024
"""How much of an answer a page reads; `/sparql` gives longer ones. Of a longer table it shows the first rows."""

_PAGE = Limits(PAGE_BYTES, rows=0, in_memory=PAGE_BYTES)


@dataclass(frozen=True, slots=True)
class Example:
    """A public question to start from, as a reader would type it: what it is about, and what it answers.

    `reads` is what it goes through all of. Its answer is at `stem`, with a suffix and what is `asked`.
    """

    title: Text
    query: str
    area: Area | None = None
    answers: Text | None = None
    reads: str | None = None
    stem: str = ""
    asked: str = ""
    question: Question | None = None


_NAMELESS = Names({})
_HELD = r"VALUES \?{} \{{([^}}]*)\}}"
_COMMENT = re.compile(r"(?m)^\s*#.*$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a query: an answer, or the problem that there is none."""

    shown: Shown | None = None
    problem: Problem | None = None
    names: Names = _NAMELESS
    remarks: Sequence[Text] = ()

    @property
    def found(self) -> bool:
        """Whether the answer has any row."""
        return bool(self.shown and self.shown.table and self.shown.table.rows)

    @property
    def formats(self) -> tuple[Format, ...]:
        """What the same answer can be had in."""
        return GRAPHS if self.shown and self.shown.turtle is not None else RESULTS


async def ask(dataset: Dataset, operation: Operation) -> Outcome:
    """Run a reader's query, within the limits of the pool and of a page; with names and remarks, a query each."""
    try:
        text = operation.query or ""
        answer = await _run(dataset, operation, inspect(text, operation.most_nested, operation.services))
        shown = read_answer(answer)
        names = await names_of(dataset, shown.iris())
        is_empty = finds_nothing(answer, text)
        told = await remarks_on(dataset, text, shown.table, operation.graphs, is_empty=is_empty)
        return Outcome(shown, names=names, remarks=[*told, *in_vain(answer, text, told)])
    except QueryFailed as failure:
        return Outcome(problem=query_failed(failure, fault=fault_of(failure, dataset, operation)))


async def read_rows(dataset: Dataset, operation: Operation, most: int) -> Table | None:
    """As many rows of a reader's SELECT; None for another form of query. Raises Problem where there is no answer."""
    try:
        reading = inspect(operation.query or "", operation.most_nested, operation.services)
        if reading.form in {"ASK", "CONSTRUCT", "DESCRIBE"}:
            return None
        return read_answer(await _run(dataset, operation, reading), most).table
    except QueryFailed as failure:
        raise query_failed(failure, fault=fault_of(failure, dataset, operation)) from failure


async def _run(dataset: Dataset, operation: Operation, reading: Reading) -> Answer:
    """What a page has room for of an answer. Raises QueryFailed."""
    cut = replace(operation, is_partial=True)
    task = task_for(dataset, cut, reading, Serialisation(JSON, TURTLE, NEWEST), _PAGE)
    return await dataset.workers_for(task).ask(task, operation.timeout)


def examples(asked: Iterable[Query], base: Base, language: Language) -> list[Example]:
    """Queries to start from, each ready to run: parameters of questions have a value to change."""
    return [
        Example(
            query.header.title.text(),
            _as_typed(query, base, language),
            _area(query),
            _answers(query),
            query.header.reads if isinstance(query, Question) else None,
            *_address(query),
            query if isinstance(query, Question) else None,
        )
        for query in asked
    ]


def example_of(text: str, known: Sequence[Example], site: Dataset) -> Example | None:
    """The example that a text is, whatever the form has made of its line ends, and whatever it is asked about."""
    words = text.split()
    for example in known:
        if example.query.split() == words:
            return example
    for example in known:
        if example.question and _unbound(example.query, example.question) == _unbound(text, example.question):
            stem, asked = _asked_about(text, example.question, site)
            return dataclasses.replace(example, stem=stem, asked=asked)
    return None


def _unbound(text: str, question: Question) -> list[str]:
    """The words of a query without comments, and without what the parameters of a question are held to."""
    for name in question.header.parameters:
        text = re.sub(_HELD.format(name), "", text)
    return _COMMENT.sub("", text).split()


def _asked_about(text: str, question: Question, site: Dataset) -> tuple[str, str]:
    """Where a question is answered about what a text holds it to; nowhere if that is more than one thing at once."""
    given = {}
    for name, parameter in question.header.parameters.items():
        held = {one for values in re.findall(_HELD.format(name), text) for one in values.split()}
        keys = [key for one in held if (key := site.key_of(one.strip("<>"))) and key.kind == str(parameter.kind)]
        if len(keys) != len(held) or len(held) > 1 or (parameter.required and not held):
            return "", ""
        if keys:
            given[name] = keys[0].key
    return f"/{addresses.QUESTIONS}/{question.name}", f"?{urlencode(given)}" if given else ""


def by_area(asked: Iterable[Example], language: Language) -> list[tuple[Area | None, list[Example]]]:
    """The same by the part of the system that they are about, in the order of their titles; others come first."""
    found = sorted(asked, key=lambda example: alphabetical(example.title.in_(language)))
    divided = [(area, [example for example in found if example.area is area]) for area in (None, *Area)]
    return [(area, inside) for area, inside in divided if inside]


def _area(query: Query) -> Area | None:
    return query.header.area if isinstance(query, Question) else None


def _address(query: Query) -> tuple[str, str]:
    """Where a public question is answered by itself, and the parameters of its example; nowhere for another query."""
    if not isinstance(query, Question):
        return "", ""
    examples_ = {name: parameter.example for name, parameter in query.header.parameters.items()}
    return f"/{addresses.QUESTIONS}/{query.name}", f"?{urlencode(examples_)}" if examples_ else ""


def _answers(query: Query) -> Text | None:
    return query.header.answers.text() if isinstance(query, Question) else None


def _as_typed(query: Query, base: Base, language: Language) -> str:
    return query.example(base, language) if isinstance(query, Question) else without_header(query.on(base))
