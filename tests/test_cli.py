"""The command `miljograf`, as a person uses it: each verb does one thing, and says what went wrong and what to do."""

import csv
import errno
import gzip
import io
import os
import shutil
import socket
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from resource import RLIM_INFINITY

import pytest
from click.testing import CliRunner

from endpoint.cli import VERBS, main
from endpoint.server import serve
from endpoint.settings import Settings
from loaders.release import Releases
from ontology.base import CANONICAL
from tests.builds import write_few_tables
from tests.conftest import BASE
from tests.serving import free_port
from tests.test_table import append


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(release, tmp_path_factory) -> Path:
    """The folder of the shared release, its files under other names: two processes of tests may build at once."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    lock = shutil.ignore_patterns(".lock")
    return shutil.copytree(release.path.parent.parent, folder, copy_function=os.link, ignore=lock)


def test_build_says_that_the_content_is_there_already(data):
    ended = run("build", "--data", data, "--base-iri", BASE.iri)
    assert ended.exit_code == 0
    assert "holds exactly this content already: nothing to do" in ended.stdout


@pytest.mark.parametrize(("most", "is_told"), [(1_200_000_000, True), (16_000_000_000, False), (RLIM_INFINITY, False)])
def test_build_says_where_it_may_get_too_few_addresses(data, monkeypatch, most, is_told):
    monkeypatch.setattr("loaders.cli.getrlimit", lambda _: (most, most))
    ended = run("build", "--data", data, "--base-iri", BASE.iri)
    assert ended.exit_code == 0
    assert ("warning: a process here may have 1.2 GB of addresses (ulimit -v)." in ended.stderr) == is_told


def test_build_publishes_no_release_with_more_warnings_than_the_current_one_where_it_may_not(tmp_path):
    """A dated name of an actor is to have an English form, whose lack is a warning."""
    data, tables = tmp_path / "data", tmp_path / "tables"
    write_few_tables(tables)
    build = ("build", "--data", data, "--tables", tables, "--base-iri", BASE.iri)
    assert run(*build, "--no-more-warnings").exit_code == 0  # there is none before
    before = Releases(data).current()
    names = tables / "dated_names.csv"
    whole = names.read_text(encoding="utf-8")
    english = next(row["name_en"] for row in csv.DictReader(io.StringIO(whole)) if row["name_en"])
    names.write_text(whole.replace(f",{english},", ",,", 1), encoding="utf-8")
    ended = run(*build, "--no-more-warnings")
    number = before.record["gate"]["Warning"]
    assert ended.exit_code == 1
    more = f"{number + 1} warnings" if number else "1 warning"
    assert f"--no-more-warnings: {more}, and the release that is current has {number}." in ended.stderr
    assert "Nothing was published." in ended.stderr
    assert Releases(data).current().id == before.id
    assert run(*build).exit_code == 0
    assert Releases(data).current().record["gate"]["Warning"] == number + 1
    names.write_text(whole, encoding="utf-8")
    assert run(*build, "--no-more-warnings").exit_code == 0
    names.write_text(whole.replace(f",{english},", ",,", 1), encoding="utf-8")
    assert run(*build, "--no-more-warnings").exit_code == 1  # the release with more of them is there already
    assert Releases(data).current().id == before.id


def test_build_names_every_fault_and_publishes_nothing(tmp_path, tables):
    line = append(tables, "responsibilities", "8,999999-9999,editors,likely")
    ended = run("build", "--data", tmp_path / "data", "--tables", tables)
    assert ended.exit_code == 1
    assert (
        f"responsibilities.csv:{line}, column actor: there is no actor '999999-9999' in actors.csv or bodies.csv"
        in (ended.stderr)
    )
    assert "Nothing was published" in ended.stderr
    assert not (tmp_path / "data" / "current").exists()


@pytest.mark.parametrize(
    "base", ["localhost:8000", "http://localhost:8000", "ftp://a/", "http://u:p@a/", "http://a/?x=/", "http://a b/"]
)
def test_build_refuses_a_base_iri_that_cannot_be_one(tmp_path, base):
    ended = run("build", "--data", tmp_path, "--base-iri", base)
    assert ended.exit_code == 2
    assert repr(base) in ended.stderr


def test_query_answers_a_text_and_a_file(data, tmp_path):
    text = "SELECT ?n { <https://w3id.org/miljograf/id/objective/8> <https://w3id.org/miljograf/spec/number> ?n }"
    (tmp_path / "asked.rq").write_text(text)
    for asked in (text, tmp_path / "asked.rq"):
        assert run("query", asked, "--data", data).stdout == "?n\n8\n"
    assert run("query", text, "--data", data, "--format", "csv").stdout.splitlines() == ["n", "8"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * {", "The query is not valid SPARQL"),
        ("SELECT * { SERVICE <http://a/> {} }", "Queries to other services are not allowed"),
        ("DROP ALL", "This service can only be read"),
    ],
)
def test_query_refuses_in_plain_words(data, query, said):
    ended = run("query", query, "--data", data)
    assert ended.exit_code == 1
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        (RuntimeError("can't start new thread"), "can't start new thread: the machine allows too few processes"),
        (MemoryError(), "there is no more memory, or none is allowed"),
    ],
)
def test_what_the_machine_lacks_is_told_without_a_traceback(tmp_path, monkeypatch, lacks, told):
    def refused(*_):
        raise lacks

    monkeypatch.setattr("loaders.cli.find_release", refused)
    ended = run("diff", "2026", "2027", "--data", tmp_path)
    assert ended.exit_code == 1
    assert ended.stderr.startswith(f"Error: {told}")


@pytest.mark.parametrize("words", [["build"], ["fetch"], ["describe", "objective/8"], ["serve"], ["diff", "1", "2"]])
def test_a_data_folder_that_leads_nowhere_is_told_of_as_such(tmp_path, words):
    (tmp_path / "data").symlink_to(tmp_path / "disk" / "data")
    ended = run(*words, "--data", tmp_path / "data")
    assert ended.exit_code == 2
    assert f"leads to {tmp_path / 'disk' / 'data'}, which is not there. Is its disk mounted?" in ended.stderr
    assert not (tmp_path / "disk").exists()


def test_who_publishes_without_a_terminal_is_told_where_the_password_is_to_be(tmp_path):
    address = "http://localhost:1/"
    ended = run("publish", "--to", address, "--query", address, "--user", "x", "--data", tmp_path)
    assert ended.exit_code == 2
    assert "give the password of --user in MILJOGRAF_PASSWORD: there is no terminal" in ended.stderr


def test_a_query_that_is_piped_in_is_asked(data):
    ended = CliRunner().invoke(main, ["query", "-", "--data", str(data)], input=b"\xef\xbb\xbfSELECT (1 AS ?one) {}")
    assert ended.stdout.splitlines() == ["?one", "1"]
    latin = CliRunner().invoke(main, ["query", "-", "--data", str(data)], input=b"# \xe5")
    assert (latin.exit_code, latin.stderr) == (
        1,
        "Error: what is piped in: line 1 is not UTF-8; save the file as UTF-8\n",
    )


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="pipes have no names here")
def test_a_file_that_is_a_pipe_is_read(data):
    reads, writes = os.pipe()
    os.write(writes, b"SELECT (1 AS ?one) {}")
    os.close(writes)
    assert run("query", f"/dev/fd/{reads}", "--data", data).stdout.splitlines() == ["?one", "1"]
    os.close(reads)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no disk that is always full")
@pytest.mark.parametrize("asked", [("describe", "objective/8"), ("query", "SELECT (1 AS ?one) {}")])
def test_an_answer_that_the_disk_has_no_room_for_is_told(data, asked):
    command = [sys.executable, "-c", "from endpoint.cli import main; main()", *asked, "--data", str(data)]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (ended.returncode, ended.stderr) == (
        1,
        "Error: not all of the answer could be written: No space left on device\n",
    )


def test_what_the_machine_refuses_is_told_without_a_traceback(tmp_path, monkeypatch):
    def refused(_):
        raise PermissionError(errno.EACCES, "Permission denied", "releases")

    monkeypatch.setattr(Path, "iterdir", refused)
    (tmp_path / "releases").mkdir()
    ended = run("diff", "2026", "2027", "--data", tmp_path)
    assert (ended.exit_code, ended.stderr) == (1, "Error: releases: Permission denied\n")


def test_a_query_file_as_editors_on_windows_save_it_is_read(data, tmp_path):
    file = tmp_path / "mine.rq"
    file.write_bytes(b"\xef\xbb\xbfSELECT (1 AS ?one)\r\n{}")
    assert run("query", str(file), "--data", data).stdout.splitlines() == ["?one", "1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "missing.rq"], "missing.rq: No such file"),
        (["query", "latin"], "latin: No such file or directory; is latin.rq meant?"),
        (["query", "queries/questions/nothing"], "queries/questions/nothing: No such file"),
        (["query", "."], ".: Is a directory"),
        (["query", "latin.rq"], "latin.rq: line 1 is not UTF-8; save the file as UTF-8"),
        (["query", "SELECT * " + "{" * 500_000 + "}" * 500_000], "made the query engine stop"),
        (["describe", "foo bar"], "is the IRI of nothing of ours"),
        (["describe", "<x>"], "is the IRI of nothing of ours"),
        (["describe", "http://example.org/"], "is the IRI of nothing of ours"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(data, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.rq").write_bytes("SELECT * { ?s ?p 'å' }".encode("latin-1"))
    ended = run(*arguments, "--data", data)
    assert ended.exit_code == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.output


@pytest.mark.parametrize(
    "name", ["objective/8", "http://localhost:8000/id/objective/8", "https://w3id.org/miljograf/id/objective/8"]
)
def test_describe_prints_what_is_known_about_a_thing(data, name):
    assert '"Levande sjöar och vattendrag"@sv' in run("describe", name, "--data", data).stdout


def test_describe_knows_the_goals_of_the_united_nations(data):
    assert (
        "<http://metadata.un.org/sdg/14.1>"
        in run("describe", "sdg/14.1", "--data", data, "--format", "ntriples").stdout
    )


def test_describe_of_what_is_unknown_says_so(data):
    ended = run("describe", "objective/17", "--data", data)
    assert ended.exit_code == 1
    assert "says nothing of objective/17" in ended.stderr


GOOD = """@base <https://w3id.org/miljograf/id/> .
@prefix mg: <https://w3id.org/miljograf/spec/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<source/editors> a mg:Source ; dcterms:title "Redaktionen"@sv ; mg:sourceKind <../def/source-kind/editorial> ;
    mg:publisherName "Redaktionen" ; mg:retrieved "2026-11-23"^^xsd:date ; mg:statedIn <row/sources/editors> .
<graph/editors> a void:Dataset ; dcterms:source <source/editors> ; mg:statedIn <row/sources/editors> .
<row/sources/editors> a mg:Row ; mg:table "sources" ; mg:line 2 ; dcterms:source <source/editors> ;
    mg:confidence <../def/confidence/certain> .
"""


@pytest.mark.parametrize("base", [CANONICAL, BASE.iri])
def test_validate_exits_with_1_where_a_shape_is_violated_on_any_base(tmp_path, base):
    on_base = GOOD.replace(CANONICAL, base)
    (tmp_path / "good.ttl").write_text(on_base, encoding="utf-8")
    (tmp_path / "bad.ttl").write_text(on_base.replace('mg:publisherName "Redaktionen" ;', ""), encoding="utf-8")
    good, bad = run("validate", tmp_path / "good.ttl"), run("validate", tmp_path / "bad.ttl")
    assert (good.exit_code, bad.exit_code) == (0, 1), good.output + bad.output
    assert "Violation" in bad.stdout


def test_validate_says_what_it_did_not_look_at(tmp_path):
    (tmp_path / "typo.ttl").write_text(GOOD.replace("a mg:Source", "a mg:Sorce"), encoding="utf-8")
    good = run("validate", tmp_path / "typo.ttl")
    assert "2 things are of classes that the shapes speak of" in good.stdout
    assert (
        "not looked at, since no shape speaks of its class: 1 of https://w3id.org/miljograf/spec/Sorce" in good.stdout
    )
    (tmp_path / "empty.ttl").touch()
    assert "0 things are of classes that the shapes speak of" in run("validate", tmp_path / "empty.ttl").stdout


def test_validate_reads_folders_and_what_is_packed(tmp_path):
    folder = tmp_path / "folder" / "inner"
    folder.mkdir(parents=True)
    start = GOOD.index("<graph/editors>")
    (folder / "one.ttl.gz").write_bytes(gzip.compress(GOOD[:start].encode()))
    prefixes = "".join(line for line in GOOD.splitlines(keepends=True) if line.startswith("@"))
    (folder.parent / "other.ttl").write_text(prefixes + GOOD[start:], encoding="utf-8")
    whole, half = run("validate", tmp_path / "folder"), run("validate", folder / "one.ttl.gz")
    assert (whole.exit_code, half.exit_code) == (0, 1), whole.output + half.output
    (folder / "bad.owl").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n</y>', encoding="utf-8"
    )
    ended = run("validate", tmp_path / "folder")
    assert ended.exit_code == 1
    assert f"{folder}/bad.owl:2:" in ended.stderr


@pytest.mark.parametrize("gate", ["fast", "reference"])
def test_validate_names_values_that_are_badly_written(tmp_path, gate):
    values = GOOD.replace('"2026-11-23"^^xsd:date', '"x"^^xsd:date').replace("mg:line 2", 'mg:line "NaN"^^xsd:decimal')
    more = '<row/sources/editors> mg:startYear "24"^^xsd:gYear ; mg:line "7"^^xsd:nonNegativeInteger .'
    (tmp_path / "bad.ttl").write_text(values + more, encoding="utf-8")
    ended = run("validate", tmp_path / "bad.ttl", "--gate", gate)
    assert ended.exit_code == 1
    assert {": x", ": NaN", ": 24", ": 7"} <= {line.partition("editors")[2] for line in ended.stdout.splitlines()}
    assert ended.stderr == ""


def test_a_triple_term_that_pyshacl_would_have_to_read_is_refused(tmp_path):
    (tmp_path / "new.ttl").write_text("<http://e.x/s> <http://e.x/p> <<( <http://e.x/a> <http://e.x/b> 1 )>> .")
    ended = run("validate", tmp_path / "new.ttl", "--gate", "reference")
    assert ended.stderr.startswith("Error: <http://e.x/s> has a triple term as its <http://e.x/p>, and pySHACL, which")
    assert run("validate", tmp_path / "new.ttl").exit_code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "this is no Turtle"),
        ("a.docx", "<a:a> <a:a> <a:a> ."),
        ("a.jsonld", "{"),
        ("a.rdf", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
    ],
)
def test_validate_of_what_is_no_rdf_says_so(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    ended = run("validate", tmp_path / name)
    assert ended.exit_code == 1
    assert name in ended.stderr
    assert "Traceback" not in ended.output


@pytest.mark.parametrize("verb", [["serve"], ["query", "ASK {}"], ["describe", "objective/8"]])
def test_without_a_release_every_verb_says_what_to_do(tmp_path, verb):
    ended = run(*verb, "--data", tmp_path)
    assert ended.exit_code == 1
    assert "there is no release" in ended.stderr
    assert "miljograf build" in ended.stderr


def test_serve_on_a_taken_port_says_so(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--data", data, "--port", port)
    assert ended.exit_code == 1
    assert f"port {port} is taken" in ended.stderr


@pytest.mark.parametrize("host", ["", " "])
def test_serve_does_not_take_no_host_for_every_network(data, monkeypatch, host):
    monkeypatch.setattr("endpoint.verbs.serve", lambda *_: None)
    ended = run("serve", "--data", data, "--host", host)
    assert ended.exit_code == 2
    assert "127.0.0.1 for this machine alone" in ended.stderr


@pytest.mark.parametrize(
    ("host", "shown"),
    [("::1", "localhost"), ("::", "[::]"), ("0.0.0.0", "0.0.0.0"), ("a.example", "a.example")],
)
def test_serve_says_where_it_answers_in_an_address_that_is_one(data, monkeypatch, host, shown):
    told = []
    monkeypatch.setattr("endpoint.server.listen", lambda *_: nullcontext([]))
    monkeypatch.setattr("endpoint.server._answer", lambda *_: None)
    serve(Settings(data), host, 8123, told.append)
    assert [said.split()[3] for said in told] == [f"http://{shown}:8123/"]


def test_serve_does_not_start_where_the_kernel_has_no_wall_unless_that_is_said(data, monkeypatch):
    monkeypatch.setattr("endpoint.server.can_be_kept_off_the_network", lambda: False)
    ended = run("serve", "--data", data, "--port", free_port())
    assert ended.exit_code == 1
    assert "add --allow-weak-isolation if that is acceptable" in ended.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:  # it gets as far as the port
        ended = run("serve", "--data", data, "--port", taken.getsockname()[1], "--allow-weak-isolation")
    assert "is taken" in ended.stderr


def test_every_verb_has_help_worth_reading():
    for verb in ("build", "serve", "validate", "query", "describe"):
        ended = run(verb, "--help")
        assert ended.exit_code == 0
        assert len(ended.stdout.splitlines()) > 8


def test_query_says_where_a_query_is_wrong_and_what_to_write(data):
    ended = run("query", "--data", data, "SELECT ?x { ?x a mg:County }")
    assert ended.exit_code == 1
    assert f"Add a line at the top: PREFIX mg: <{BASE.iri}spec/>" in ended.stderr
    assert "expected one of" not in ended.stderr


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_is_there_by_its_name(name):
    assert run(name, "--help").stdout.startswith(f"Usage: main {name} ")
    assert f"\n  {name} " in run("--help").stdout


def test_a_verb_that_is_none_is_refused():
    ended = run("biuld")
    assert ended.exit_code == 2
    assert "No such command 'biuld'" in ended.stderr


def test_what_needs_no_server_does_not_import_one():
    asked = "import sys; from endpoint.cli import main; main(['validate', '--help'], standalone_mode=False)"
    code = f"{asked}; print({{'fastapi', 'uvicorn'}} & sys.modules.keys())"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout.endswith("\nset()\n")
