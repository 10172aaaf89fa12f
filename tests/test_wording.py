"""One thing has one name on the pages, in the vocabulary, in the questions and in what the check says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rdflib import Graph, Literal

from endpoint.words import WORDS
from endpoint.words.mapping import CHOICES
from endpoint.words.mapping import WORDS as OF_THE_MATRIX
from ontology.files import vocabulary
from queries.catalogue import questions
from shapes.files import rules, shape_texts

SAID_OTHERWISE = [
    ("en", r"\bnations?\b", r"United Nations"),
    (
        "en",
        r"\bauthorit(?:y|ies)\b",
        r"water authorities|[Ll]ocal authority|[Nn]ational authority|[Rr]egional authority|[Ss]upra-national authority",
    ),
    ("sv", r"\b[Rr]elation(?:en|er|erna)?\b", r"$^"),
]
"""A language, a word that stands for what is called otherwise, and the names of others that have it all the same."""


def said(language: str) -> Iterator[tuple[str, str]]:
    """Every text of ours in a language, with where it stands."""
    for key, text in WORDS.items():
        yield key, text.in_(language)
    for name, choices in CHOICES.items():
        for key, text in choices.items():
            yield f"{name}={key}", text.in_(language)
    for name, question in questions().items():
        yield name, question.header.title.text().in_(language)
        yield name, question.header.answers.text().in_(language)
    shapes = Graph()
    for text in shape_texts().values():
        shapes.parse(data=text, format="turtle")
    for graph in (vocabulary(), shapes):
        for subject, value in graph.subject_objects():
            if isinstance(value, Literal) and value.language == language:
                yield str(subject), str(value)
    for rule in rules():
        yield rule.name, rule.header.message.text().in_(language)


@pytest.mark.parametrize(("language", "word", "names"), SAID_OTHERWISE)
def test_one_thing_has_one_name(language: str, word: str, names: str) -> None:
    texts = list(said(language))
    assert len(texts) > 1000
    assert [place for place, text in texts if re.search(word, re.sub(rf"{names}|{{\w+}}", "", text))] == []


def test_a_mapping_is_no_link_on_the_pages_of_the_matrix() -> None:
    texts = {key: text.en for key, text in OF_THE_MATRIX.items() if key != "embed-new-tab"}
    assert [key for key, text in texts.items() if re.search(r"\b[Ll]inks?\b(?!})", text)] == []
