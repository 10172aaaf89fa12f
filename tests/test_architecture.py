"""The shape of the code: which way it imports, what stands where, and that each kind has its neighbours."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from endpoint.parts import parts_of
from loaders.curated import TABLES
from ontology.files import vocabulary
from ontology.kinds import KINDS
from ontology.namespaces import prefixes
from queries import catalogue

ROOT = Path(__file__).parents[1]
PACKAGES = ("ontology", "queries", "shapes", "loaders", "endpoint")
PARTS = sorted(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "endpoint").rglob("*/__init__.py"))
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MOST_LINES = 400

LOCKS = {
    "requirements.lock": ["project", "build"],
    "requirements-dev.lock": ["project", "build", "test"],
    "requirements-assets.lock": ["assets"],
    "requirements-browsers.lock": ["browsers"],
    "requirements-clients.lock": ["clients"],
    "requirements-sssom.lock": ["sssom"],
    "requirements-bench.lock": ["bench"],
}
"""The lock files, and the groups of dependencies that each pins; `project` is what the product needs."""

REACHED_FROM = {
    "milestone-step": "milestone-target/AV3",
    "measure-link": "measure/ATG080",
    "dated-name": "actor/rus",
    "duty": "actor/202100-1975",
    "membership": "actor/miljomalsradet",
    "geometry": "municipality/1280",
    "slice": "dataset/ghg-county-2026-08",
    "observation": "slice/forest-birds-2024/SE",
    "row": "objective/7",
}
"""The kinds that have no list of their own on the pages, and a thing whose page leads to some of each."""

MADE_WITHOUT_A_TABLE = {
    "row": "every row of every table makes one",
    "un-indicator": "the UN's taxonomy is fetched",
    "un-series": "the UN's taxonomy is fetched",
}
"""Kinds that no table defines, and why."""


def name_of(path: Path) -> str:
    """The path of a module from the root of the project."""
    return path.relative_to(ROOT).as_posix()


of_each_module = pytest.mark.parametrize("module", MODULES, ids=name_of)
of_each_package = pytest.mark.parametrize("package", PACKAGES)
of_each_kind = pytest.mark.parametrize("kind", KINDS)


def test_imports_run_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("imported", "left"),
    [
        ("*aside._NEEDED", ["loaders.curated", "loaders.build", "openpyxl"]),
        ("'loaders.build'", ["openpyxl", "pyshacl"]),
    ],
    ids=["a process beside a build", "a build"],
)
def test_what_takes_long_to_import_is_not_imported_where_it_is_not_needed(imported, left):
    code = f"""
import sys
from importlib import import_module
from loaders import aside
for name in ({imported},):
    import_module(name)
print(*(name for name in {left} if name in sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


@pytest.mark.parametrize("package", [*PACKAGES, *PARTS])
def test_the_docstring_of_a_package_lists_exactly_its_modules(package):
    said = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")))
    listed = set(listed_modules(said))
    present = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
    assert listed - present == set(), f"{package}/__init__.py lists what is not there"
    assert present - listed == set(), f"{package}/__init__.py does not list these"


@of_each_package
def test_the_folders_that_the_docstring_of_a_package_lists_are_there(package):
    said = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")))
    listed = re.findall(r"^(\w+)/ ", said, re.MULTILINE)
    there = [folder.name for folder in (ROOT / package).iterdir() if folder.is_dir() and folder.name != "__pycache__"]
    assert sorted(listed) == sorted(there)
    for folder in listed:
        assert any((ROOT / package / folder).iterdir()), f"{package}/{folder} is empty"


@of_each_module
def test_a_module_can_be_read_in_one_sitting(module):
    lines = module.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES


@pytest.mark.parametrize("module", [path for path in MODULES if ROOT / "ontology" not in path.parents], ids=name_of)
def test_an_iri_is_written_in_the_ontology_alone(module):
    found = [f"line {line}: {text[:60]!r}" for line, text in literals(module) if re.search(r"https?://[\w\[]", text)]
    assert found == []


@of_each_module
def test_sparql_stands_in_query_files_alone(module):
    sparql = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^\"']*(\bWHERE\b|\{\s*[?<{]|\{\s*$)", re.DOTALL)
    found = [f"line {line}: {text[:60]!r}" for line, text in literals(module) if sparql.search(text)]
    assert found == []


@of_each_module
def test_no_query_runs_in_the_engine_of_rdflib(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert [name for name in imported(tree) if name.startswith("rdflib.plugins.sparql")] == []
    asked = [
        ast.unparse(call.func.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "query"
    ]
    assert [asker for asker in asked if asker.rpartition(".")[2].strip("_") != "store"] == []


def test_what_serves_opens_stores_to_be_read_alone_and_in_workers_but_for_lookups():
    """The server itself opens one before it starts, to say at once what is wrong with it."""
    opened = set()
    for module in (ROOT / "endpoint").rglob("*.py"):
        for part in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Attribute) and ast.unparse(part).startswith("ox.Store."):
                opened.add((name_of(module), part.attr))
            elif isinstance(part, ast.Call) and ast.unparse(part.func) == "ox.Store":
                opened.add((name_of(module), ast.unparse(part)))
            elif isinstance(part, ast.Attribute) and ast.unparse(part) == "held.of":
                opened.add((name_of(module), "held.of"))
            elif isinstance(part, ast.ImportFrom) and part.module == "ontology.stores":
                opened.update((name_of(module), imported.name) for imported in part.names if imported.name == "opened")
    assert opened == {
        ("endpoint/workers/share.py", "opened"),
        ("endpoint/workers/share.py", "held.of"),  # in the process that workers are copies of
        ("endpoint/workers/lookups.py", "held.of"),
        ("endpoint/server.py", "opened"),
        ("endpoint/workers/lookups.py", "opened"),
        ("endpoint/workers/worker.py", "ox.Store()"),  # an empty one in memory, which only reads queries
        ("endpoint/workers/columns.py", "ox.Store()"),  # another, in the same worker
        ("endpoint/workers/lookups.py", "ox.Store()"),  # and one that says yes or no
    }


@pytest.mark.parametrize("module", sorted((ROOT / "endpoint").rglob("*.py")), ids=name_of)
def test_a_request_is_answered_from_the_dataset_that_it_began_with(module):
    """Another may be served a moment later: what `reload` gave the request is what counts."""
    found = re.findall(r"app\.state\.site", module.read_text(encoding="utf-8"))
    assert found == [] or module.name == "app.py"


@pytest.mark.parametrize("template", sorted((ROOT / "endpoint" / "templates").rglob("*.html")), ids=name_of)
def test_what_all_templates_know_is_imported_by_none(template):
    """`m`, `charts` and `maps` are made once for a release and a language; an import would bring another."""
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"\b(?:import|from) +\"(?:macros|charts|maps)\.html\"", text) == []


@of_each_kind
def test_a_kind_has_all_its_neighbours(kind):
    missing = list(missing_neighbours(kind))
    assert missing == [], f"the kind {kind} lacks {' and '.join(missing)}"


def test_what_a_kind_lacks_is_named_neighbour_by_neighbour(monkeypatch):
    unicorn = dataclasses.replace(
        KINDS["strand"], name="unicorn", cls=URIRef("https://w3id.org/miljograf/spec/Unicorn"), is_listed=False
    )
    monkeypatch.setitem(KINDS, "unicorn", unicorn)
    assert list(missing_neighbours("unicorn")) == [
        "a table in loaders.curated.TABLES whose rows define it",
        "shapes/unicorn.ttl",
        "shapes/examples/unicorn.valid.*.ttl",
        "shapes/examples/unicorn.invalid.*.ttl",
        f"the class {unicorn.cls} in the vocabulary or among the foreign terms",
        "a label and a definition of its class in Swedish and English",
        "a part of its page in endpoint/parts/",
        "a list of its own on the pages, or a page in REACHED_FROM that leads to it",
        "a question in queries/questions/ that asks for it",
    ]


@pytest.mark.parametrize(("kind", "thing"), REACHED_FROM.items())
def test_a_kind_without_a_list_of_its_own_is_reached_by_a_link(client, kind, thing):
    assert not KINDS[kind].is_listed
    for language in ("sv", "en"):
        page = client.get(f"/res/{thing}.{language}.html").text.partition("<main")[2]
        assert f'href="/res/{kind}/' in page


@pytest.mark.parametrize(("lock", "groups"), LOCKS.items())
def test_a_lock_file_pins_everything_that_the_project_asks_for(lock, groups):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = {"project": project["project"]["dependencies"], **project["dependency-groups"]}
    asked = chain(*(known[group] for group in groups))
    pinned = pins(lock)
    loose = [
        line for line in map(Requirement, asked) if not line.specifier.contains(pinned.get(line.name.lower(), "0"))
    ]
    assert loose == [], f"{lock} does not pin these; run `make lock`"


def test_both_lock_files_pin_the_same_versions():
    runtime, development, *_ = map(pins, LOCKS)
    assert runtime.items() <= development.items()


def test_the_decisions_are_numbered_in_a_row():
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [note.name[:5] for note in notes] == [f"{number:04}-" for number, _ in enumerate(notes, start=1)]
    for number, note in enumerate(notes, start=1):
        assert note.read_text(encoding="utf-8").startswith(f"# {number}. ")


def pins(lock: str) -> dict[str, str]:
    """The version of each distribution that a lock file pins."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def listed_modules(docstring: str) -> Iterator[str]:
    """The modules that the docstring of a package lists: `name  what`, or several in `(kinds)  name, name: what`."""
    for entry in re.split(r"\n(?=\S)", docstring):
        if several := re.match(r"\(\w+\)  ([\w\s,]+):", entry):
            yield from re.split(r",\s*", several[1].strip())
        elif one := re.match(r"(\w+)  ", entry):
            yield one[1]


@cache
def literals(module: Path) -> tuple[tuple[int, str], ...]:
    """The string literals of a module with their lines, docstrings left out; read once."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    words = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return tuple(
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words
    )


def imported(tree: ast.Module) -> Iterator[str]:
    """The names of the modules that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def missing_neighbours(kind: str) -> Iterator[str]:
    """What a kind should have beside it and has not."""
    if kind not in MADE_WITHOUT_A_TABLE and not any(model.defines == kind for model in TABLES):
        yield "a table in loaders.curated.TABLES whose rows define it"
    if not (ROOT / "shapes" / f"{kind}.ttl").is_file():
        yield f"shapes/{kind}.ttl"
    for case in ("valid", "invalid"):
        if not any((ROOT / "shapes" / "examples").glob(f"{kind}.{case}.*.ttl")):
            yield f"shapes/examples/{kind}.{case}.*.ttl"
    if (KINDS[kind].cls, RDF.type, OWL.Class) not in whole():
        yield f"the class {KINDS[kind].cls} in the vocabulary or among the foreign terms"
    if not (spoken(kind, RDFS.label) and (spoken(kind, SKOS.definition) or spoken(kind, RDFS.comment))):
        yield "a label and a definition of its class in Swedish and English"
    if not parts_of(kind):
        yield "a part of its page in endpoint/parts/"
    if not KINDS[kind].is_listed and kind not in REACHED_FROM:
        yield "a list of its own on the pages, or a page in REACHED_FROM that leads to it"
    if not any(kind in kinds or terms_of(kind) & words for kinds, words in asked()):
        yield "a question in queries/questions/ that asks for it"


def spoken(kind: str, said: URIRef) -> bool:
    """True where something is said of the class of a kind in both languages."""
    languages = {text.language for text in whole().objects(KINDS[kind].cls, said) if isinstance(text, Literal)}
    return {"sv", "en"} <= languages


@cache
def whole() -> Graph:
    """The vocabulary, read once."""
    return vocabulary()


@cache
def asked() -> list[tuple[set[str], set[str]]]:
    """For each question of the catalogue, the kinds of its parameters and the prefixed names that it uses."""
    return [
        (
            {str(parameter.kind) for parameter in question.header.parameters.values()},
            set(re.findall(r"\b[a-z]+:[A-Za-z]+\b", question.text)),
        )
        for question in catalogue.questions().values()
    ]


def terms_of(kind: str) -> set[str]:
    """The prefixed names of the class of a kind and of the properties that only its things have."""
    cls, graph = KINDS[kind].cls, whole()
    own = {cls, *(term for term in graph.subjects(RDFS.domain, cls) if set(graph.objects(term, RDFS.domain)) == {cls})}
    return {
        f"{prefix}:{term.removeprefix(space)}"
        for term in own
        for prefix, space in prefixes().items()
        if term.startswith(space)
    }
