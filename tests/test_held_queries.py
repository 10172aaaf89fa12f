"""Query texts whose variables are held to terms."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, URIRef

from ontology.base import CANONICAL, Base
from ontology.namespaces import MG
from queries.catalogue import hold, query

TERMS = {"predicate": [RDF.type], "object": [SKOS.Concept]}


def test_variables_that_are_held_to_one_term_each_stand_together_where_a_query_begins():
    text = query("about/stated").asking(Base(), TERMS)
    assert f"VALUES (?predicate ?object) {{ (<{RDF.type}> <{SKOS.Concept}>) }}" in text
    assert text.count("VALUES") == 1


def test_a_variable_that_is_held_to_several_terms_stands_by_itself():
    text = query("about/stated").asking(Base(), {**TERMS, "subject": [SKOS.Concept, SKOS.ConceptScheme]})
    assert f"VALUES ?subject {{ <{SKOS.Concept}> <{SKOS.ConceptScheme}> }}" in text
    assert text.count("VALUES") == 2


@pytest.mark.parametrize("several", [False, True])
def test_it_gives_what_the_terms_allow(several):
    store = ox.Store()
    subjects = [URIRef(f"urn:of-{number}") for number in range(3)]
    for number, subject in enumerate(subjects):
        of = SKOS.ConceptScheme if number == 2 else SKOS.Concept
        store.add(ox.Quad(*map(ox.NamedNode, (subject, RDF.type, of))))
    terms = {**TERMS, "object": [SKOS.Concept, SKOS.ConceptScheme]} if several else TERMS
    found = store.query(hold("SELECT ?subject WHERE { ?subject ?predicate ?object }", terms))
    expected = subjects if several else subjects[:2]
    assert sorted(str(row["subject"]) for row in found) == [f"<{subject}>" for subject in expected]


def test_an_indicator_that_follows_up_no_goal_is_evidence_of_none():
    store = ox.Store()
    keys = ("dataset/a", "indicator/a", "objective/1")
    dataset, indicator, objective = (URIRef(f"{CANONICAL}id/{key}") for key in keys)
    said = [(dataset, MG.valuesOf, indicator), (indicator, SKOS.prefLabel, "a"), (objective, SKOS.prefLabel, "b")]
    for subject, predicate, term in said:
        thing = ox.NamedNode(term) if isinstance(term, URIRef) else ox.Literal(term, language="sv")
        store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), thing))
    (found,) = store.query(query("pages/data-evidence").asking(Base(), {"dataset": [dataset]}))
    assert (found["indicator"].value, found["goal"], found["goalLabel"]) == (str(indicator), None, None)
