"""Answers in Turtle: what is wrong with one is told with its place, and no more is read than is allowed."""

from __future__ import annotations

import pyoxigraph as ox

from loaders.parsing import read_safely, said_of

TURTLE = "text/turtle"


def read_turtle(body: bytes, most: int) -> list[ox.Triple]:
    """The statements of an answer in Turtle. Raises ValueError that says what is wrong, and where.

    `most` is the number of statements that it may have.
    """
    start = body.lstrip()[:9].lower()
    if not start:
        raise ValueError("the answer is empty, where Turtle was asked for")
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise ValueError("this is a web page or XML, where Turtle was asked for")
    triples: list[ox.Triple] = []
    try:
        with read_safely(body, ox.RdfFormat.TURTLE):
            for quad in ox.parse(body, format=ox.RdfFormat.TURTLE):
                triples.append(quad.triple)
                if len(triples) > most:
                    raise ValueError(f"there are more than {most:,} statements")
    except SyntaxError as error:
        where = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
        said = said_of(error)
        if said.startswith("Unexpected end"):
            raise ValueError(f"the Turtle is cut off in line {error.lineno}, column {error.offset}") from error
        raise ValueError(f"this is not Turtle: {where}{said}") from error
    if not triples:
        raise ValueError("there is no statement in it")
    return triples
