"""Whatever a source may be called, a release can be made of it, and describes it."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from starlette.testclient import TestClient

from endpoint.app import create_app
from endpoint.settings import Settings
from loaders.build import build
from ontology.description import DCAT, DCTERMS, ODRS
from ontology.namespaces import RDF, RDFS
from tests.builds import write_few_tables
from tests.test_assessment_deliveries import filled
from tests.test_deliveries import BASE, SOURCE, run


@pytest.fixture(scope="module", params=["2026-skane", "d-big", "x", "no-licence", "each-its-own"])
def called(request, tmp_path_factory):
    """An id of a delivery, and a client of the release with it."""
    folder = tmp_path_factory.mktemp("called")
    tables, data, name = folder / "tables", folder / "data", request.param
    write_few_tables(tables)
    words = ["--id", name, *SOURCE[2:], "--attribution", "En påhittad källa", "--data", data, "--tables", tables]
    done = run("receive", "assessments", filled(folder, "03;2;nej;;;;RÅU2026"), *words, "--retrieved", "2026-11-26")
    assert done.exit_code == 0, done.stderr
    release = build(data, BASE, tables).release
    with TestClient(create_app(release, Settings(data)), base_url=str(BASE.iri)) as client:
        yield name, client


def test_the_release_has_a_graph_of_the_delivery_and_files_of_it(called):
    name, client = called
    catalogue = Graph().parse(data=client.get("/catalog", headers={"Accept": "text/turtle"}).text, format="turtle")
    graph = URIRef(f"{BASE.iri}id/graph/{name}")
    assert (graph, RDF.type, DCAT.Dataset) in catalogue
    files = {str(catalogue.value(one, DCAT.accessURL)) for one in catalogue.objects(graph, DCAT.distribution)}
    assert files == {f"{BASE.iri}data/{name}.{suffix}" for suffix in ("ttl.gz", "nt.gz")}
    for file in files:
        assert client.get(file).status_code == 200
    for path in (f"/id/source/{name}", f"/id/graph/{name}", f"/graphs/{name}"):
        assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 200, path


def test_each_part_of_the_catalogue_is_of_one_source_alone(called):
    _, client = called
    catalogue = Graph().parse(data=client.get("/catalog", headers={"Accept": "text/turtle"}).text, format="turtle")
    for period in catalogue.subjects(RDF.type, DCTERMS.PeriodOfTime):
        assert len(list(catalogue.objects(period, DCAT.startDate))) == 1, period
    for rights in catalogue.subjects(RDF.type, DCTERMS.RightsStatement):
        labels = list(catalogue.objects(rights, RDFS.label))
        assert len(labels) == len({label.language for label in labels}), rights
        if catalogue.value(rights, ODRS.attributionText):
            files = catalogue.subjects(DCTERMS.rights, rights)
            assert len({catalogue.value(None, DCAT.distribution, file) for file in files}) == 1, rights
