"""Any RDF files are served as they are: each a graph by a rule, the format by the name, faults with their place."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from errno import EACCES
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from endpoint.app import create_app_of_files
from endpoint.settings import Settings
from loaders.collection import Collection, collect, find_members
from loaders.parsing import UnreadableFile, find_files
from loaders.validate import validate
from ontology.base import Base
from ontology.stores import HeldStores, size_of
from shapes.engines import engine
from tests.test_cli import run

BASE = Base("http://data.test/")

ONE = {
    "a.ttl": "<a:s> <a:p> <here> .",
    "a.nt": "<a:s> <a:p> <a:o> .\n",
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">\n'
    '<rdf:Description rdf:about="a:s"><a:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
    "a.owl": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">\n'
    '<rdf:Description rdf:about="a:s"><a:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
    "a.jsonld": '{"@id": "a:s", "a:p": {"@id": "a:o"}}',
    "a.json": '{"@id": "a:s", "a:p": {"@id": "a:o"}}',
    "a.trig": "<a:s> <a:p> <a:o> . <a:own> { <a:s> <a:p> <a:other> }",
    "a.nq": "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:other> <a:own> .\n",
}
"""One file of each kind. Each says one thing in no graph of its own; the last two another thing in theirs."""


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())


def gathered(tmp_path: Path, *paths: Path, graphs: tuple[str, ...] = ()) -> Collection:
    return collect(paths, graphs, BASE, tmp_path / "store")


def quads(collection: Collection) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(collection.store))}


@pytest.mark.parametrize("name", [*ONE, *(f"{name}.gz" for name in ONE)])
def test_a_file_is_the_graph_of_its_name_and_keeps_the_graphs_it_makes_itself(tmp_path, name):
    write(tmp_path, **{name: ONE[name.removesuffix(".gz")]})
    graph = f"<http://data.test/graphs/{name.removesuffix('.gz')}>"
    said = "<http://data.test/graphs/here>" if "ttl" in name else "<a:o>"
    expected = {f"<a:s> <a:p> {said} {graph}"}
    if name.removesuffix(".gz") in {"a.trig", "a.nq"}:
        expected.add("<a:s> <a:p> <a:other> <a:own>")
    assert quads(gathered(tmp_path, tmp_path / name)) == expected


@pytest.mark.parametrize("name", ["a.ttl", "a.nt", "a.nt.gz", "a.rdf", "a.jsonld", "a.trig"])
def test_a_file_as_editors_on_windows_save_it_is_read(tmp_path, name):
    write(tmp_path, **{name: f"\ufeff{ONE[name.removesuffix('.gz')]}"})
    assert quads(gathered(tmp_path, tmp_path / name))


def test_a_folder_is_all_rdf_files_in_it_and_nothing_else(tmp_path):
    folder = tmp_path / "data"
    write(
        folder, **{"a.ttl": "", "deep/b c.nt.gz": "", "å.nq": "", "package.json": "{", ".git/x.ttl": "?", "read.me": ""}
    )
    names = [member.graph for member in find_members([folder], [], BASE)]
    assert names == [f"http://data.test/graphs/{name}" for name in ("a.ttl", "deep/b%20c.nt", "%C3%A5.nq")]


def test_names_of_graphs_are_given_in_the_order_of_the_files(tmp_path):
    write(tmp_path, **{"a.ttl": "", "b.ttl": "", "c/d.ttl": ""})
    paths = [tmp_path / "c", tmp_path / "a.ttl", tmp_path / "b.ttl"]
    names = [member.graph for member in find_members(paths, ["http://w3.test/", "urn:a"], BASE)]
    assert names == ["http://w3.test/d.ttl", "urn:a", "http://data.test/graphs/b.ttl"]


def test_blank_nodes_of_two_files_are_two(tmp_path):
    write(tmp_path, **{"a.nt": "_:b <a:p> <a:o> .\n", "b.nt": "_:b <a:p> <a:o> .\n"})
    collection = gathered(tmp_path, tmp_path / "a.nt", tmp_path / "b.nt")
    assert len({quad.subject for quad in ox.Store.read_only(str(collection.store))}) == 2


def test_the_same_files_under_the_same_names_have_the_same_id(tmp_path):
    write(tmp_path, **{"a.nt": ONE["a.nt"], "b.nt": ONE["a.nt"], "other/a.nt": ONE["a.nt"]})
    ids = [
        collect([tmp_path / path], [], BASE, tmp_path / f"store{number}").id
        for number, path in enumerate(["a.nt", "other/a.nt", "b.nt"])
    ]
    assert ids[0] == ids[1] != ids[2]


BOMB = '<!DOCTYPE rdf:RDF [<!ENTITYa "ha"><!ENTITY b "&a;&a;">]>' + ONE["a.rdf"].replace("a:o", "&b;")

FAULTS = {
    "a.ttl": ("<a:s> <a:p>\n  <a:o> ;;\n  <a:p <a:o> .", "a.ttl:3:3: this is not Turtle: "),
    "a.nt": ("<a:s> <a:p> <a:o> .\n<a:s> <a:p> a:o .\n", "a.nt:2:13: this is not N-Triples: "),
    "a.nq.gz": ("<a:s> <a:p> <a:o> .\n<a:s> <a:p> a:o .\n", "a.nq.gz:2:13: this is not N-Quads: "),
    "a.rdf": (ONE["a.rdf"].replace("</rdf:D", "</rdf:E"), "a.rdf:2:76: this is not RDF/XML: ill-formed document"),
    "long.rdf": (
        ONE["a.rdf"].replace("<rdf:D", f"<!--{'å' * 5000}\n{'å' * 9000}--><rdf:D").replace("</rdf:D", "</rdf:E"),
        "long.rdf:3:9079: this is not RDF/XML: ill-formed document",
    ),
    "b.rdf": (ONE["a.rdf"].replace('"a:s"', '"ö s"'), "b.rdf:2:33: this is not RDF/XML: "),
    "bomb.owl.gz": (BOMB, "bomb.owl.gz: the XML declares an entity that holds another, or more than 1,000 letters; "),
    "a.jsonld": ('{"@id":\n "a:s",\n}', "a.jsonld:3:1: this is not JSON-LD: "),
    "b.jsonld": ('{"@context": "http://example.org/c"}', "b.jsonld: this is not JSON-LD: its @context stands at"),
    "latin.ttl": ("<a:s> <a:p> <a:o> .\n", "latin.ttl:2:14: this is not Turtle: Invalid UTF-8"),
    "cut.ttl.gz": ("<a:s> <a:p> <a:o> .\n" * 100, "cut.ttl.gz: this is not gzip, or not all of it: "),
    "no.ttl.gz": ("", "no.ttl.gz: this is not gzip, or not all of it: "),
    "a.docx": ("", "a.docx: the name does not tell which format of RDF this is; it ends in .ttl"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_read_is_told_with_the_place(tmp_path, name):
    text, said = FAULTS[name]
    write(tmp_path, **{name: text})
    file = tmp_path / name
    if name == "latin.ttl":
        file.write_bytes(text.encode() + '<a:s> <a:p> "å" .'.encode("latin-1"))
    elif name == "cut.ttl.gz":
        file.write_bytes(file.read_bytes()[:-10])
    elif name == "no.ttl.gz":
        file.write_bytes(b"<a:s> <a:p> <a:o> .")
    for read in (lambda: gathered(tmp_path, file), lambda: validate([file], engine())):
        with pytest.raises(UnreadableFile) as caught:
            read()
        assert str(caught.value).startswith(f"{tmp_path}/{said}")
        assert "Parser error" not in str(caught.value)


def test_a_folder_is_read_wherever_it_lies(tmp_path, monkeypatch):
    write(tmp_path, **{".hidden/data/x.ttl": "<a:s> <a:p> <a:o> .", ".hidden/data/.y/z.ttl": ""})
    assert [file.path.name for file in find_files(tmp_path / ".hidden" / "data")] == ["x.ttl"]
    monkeypatch.chdir(tmp_path / ".hidden" / "data" / ".y")
    assert [file.path.name for file in find_files(Path("../../data"))] == ["x.ttl"]


def test_two_files_are_not_one_graph(tmp_path):
    write(tmp_path, **{"a/x.ttl": "", "b/x.ttl": ""})
    with pytest.raises(UnreadableFile, match=r"would both be the graph <http://data.test/graphs/x.ttl>"):
        list(find_members([tmp_path / "a", tmp_path / "b"], [], BASE))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--file", "none.ttl"], "does not exist"),
        (["--file", "empty"], "no RDF files in this folder"),
        (["--file", "bad.ttl"], "bad.ttl:1:1: this is not Turtle"),
        (["--file", "good.ttl", "--graph", "no iri"], "'no iri' cannot name a graph"),
        (["--file", "good.ttl", "--graph", "a:a", "--graph", "a:b"], "2 names of graphs for 1 files"),
        (["--file", "good.ttl", "--base-iri", "localhost"], "give an absolute IRI"),
        (["--graph", "a:a"], "go with --file"),
        (["good.ttl"], "miljograf serve --file good.ttl"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **{"good.ttl": ONE["a.ttl"], "bad.ttl": "?"})
    (tmp_path / "empty").mkdir()
    ended = run("serve", *arguments)
    assert ended.exit_code in {1, 2}
    assert said in ended.stderr
    assert "Traceback" not in ended.output


def test_what_a_small_store_says_is_written_beside_it_and_held(tmp_path):
    said = "<< <a:s> <a:p> <a:o> >> <a:q> [ <a:r> 'x'@sv, 1.50 ] ."
    write(tmp_path / "some", **{"a.ttl": said, "b.nq": ONE["a.nq"]})
    plain = collect([tmp_path / "some"], [], BASE, tmp_path / "plain")
    assert plain.dump is None
    size = size_of(plain.store)
    small = collect([tmp_path / "some"], [], BASE, tmp_path / "small", size + 1000)
    large = collect([tmp_path / "some"], [], BASE, tmp_path / "large", size // 2)
    assert large.dump is None
    copy = HeldStores(2 * size, small.dump).of(small.store)
    assert set(copy) == set(ox.Store.read_only(str(small.store)))
    assert len(copy) >= 5


def test_files_are_served_where_what_they_say_cannot_be_written_beside_the_store(tmp_path):
    write(tmp_path / "some", **{"a.nt": ONE["a.nt"]})
    (tmp_path / "store.nq").mkdir()
    collection = collect([tmp_path / "some"], [], BASE, tmp_path / "store", 2**30)
    assert collection.dump is None
    assert len(quads(collection)) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    write(folder, **{"a.ttl": "<a:s> <a:p> 1 .", "b.trig": "<a:s> <a:p> 2 . <a:own> { <a:s> <a:p> 3 }"})
    return folder


def served(folder: Path, store: Path, *, is_union: bool = True) -> Iterator[TestClient]:
    collection = collect([folder], [], BASE, store)
    app = create_app_of_files(collection, BASE, Settings(workers=1, page_workers=1), is_union=is_union)
    with TestClient(app, base_url="http://data.test", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def files(folder, tmp_path_factory) -> Iterator[TestClient]:
    yield from served(folder, tmp_path_factory.mktemp("store") / "union")


@pytest.fixture
def apart(folder, tmp_path) -> Iterator[TestClient]:
    """The same files, without a union."""
    yield from served(folder, tmp_path / "apart", is_union=False)


VALUES = "SELECT ?o %s { ?s ?p ?o } ORDER BY ?o"


def values(client: TestClient, chosen: str = "", **parameters: str) -> list[str]:
    answer = client.get("/sparql", params={"query": VALUES % chosen} | parameters, headers={"Accept": "text/csv"})
    return answer.text.split()[1:]


def test_a_query_asks_all_files_or_those_it_chooses(files):
    assert values(files) == ["1", "2", "3"]
    assert values(files, "FROM <http://data.test/graphs/b.trig>") == ["2"]
    assert values(files, **{"default-graph-uri": "a:own"}) == ["3"]


def test_without_a_union_a_query_that_chooses_nothing_asks_nothing(apart):
    assert values(apart) == []
    told = apart.get("/sparql", params={"query": VALUES % ""}).headers["query-remarks"]
    assert "this service then asks none: write GRAPH ?g" in told
    assert values(apart, "FROM <a:own>") == ["3"]
    assert values(apart, **{"default-graph-uri": "a:own"}) == ["3"]
    assert "a sd:Graph" in apart.get("/sparql").text
    assert "UnionDefaultGraph" not in apart.get("/sparql").text


def test_files_can_only_be_read(files):
    assert files.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert values(files) == ["1", "2", "3"]


@pytest.mark.parametrize("path", ["/", "/sv", "/en/"])
def test_a_browser_is_led_to_the_query_page(files, path):
    to = files.get(path).headers["location"]
    assert to in {"/sv/query", "/en/query"}
    page = files.get(to)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "http://data.test/sparql" in page.text


def test_the_queries_to_start_from_can_be_run_on_any_data(files):
    page = files.get("/en/query").text
    assert "Which graphs there are" in page
    shown = files.get("/en/query", params={"query": "SELECT ?o { ?s ?p ?o } ORDER BY ?o"}).text
    assert "3 rows" in shown


def test_what_is_not_there_is_a_page_or_a_problem(files):
    assert files.get("/id/objective/8").status_code == 404
    page = files.get("/en/mapping", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "/en/kinds/objective" not in page.text


def test_a_file_that_leads_nowhere_is_told_and_not_passed_over(tmp_path):
    (tmp_path / "a.ttl").write_text("<a> <b> <c> .")
    (tmp_path / "b.ttl").symlink_to(tmp_path / "gone" / "b.ttl")
    with pytest.raises(UnreadableFile, match=r"b\.ttl: it leads to .*gone/b\.ttl, which is not there"):
        find_files(tmp_path)


def test_a_folder_that_may_not_be_looked_into_is_told_and_not_passed_over(tmp_path, monkeypatch):
    (tmp_path / "a.ttl").write_text("<a> <b> <c> .")
    whole = os.scandir

    def scandir(folder):
        if Path(folder).name in {"closed", ".closed", "lost+found"}:
            raise PermissionError(EACCES, "Permission denied", str(folder))
        return whole(folder)

    monkeypatch.setattr("os.scandir", scandir)
    (tmp_path / ".closed").mkdir()
    (tmp_path / "lost+found").mkdir()
    assert [file.path.name for file in find_files(tmp_path)] == ["a.ttl"]
    (tmp_path / "closed").mkdir()
    with pytest.raises(PermissionError, match="closed"):
        find_files(tmp_path)
