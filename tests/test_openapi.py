"""What `/openapi.json` says is so: each operation is asked as its example has it, and no address is missing."""

import re
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from endpoint.app import create_app_of_files
from endpoint.interface.any_data import FILES, SERVICE, Operation
from endpoint.interface.release_interface import RELEASE
from endpoint.operation import FORM
from endpoint.settings import Settings
from loaders.collection import collect
from ontology.base import Base

OPERATIONS = SERVICE + RELEASE
REPLIES = [operation for operation in OPERATIONS if operation.reply]
OF_SPECIFICATIONS = {
    "/data/datapackage.json",
    "/data/{key}.json",
    "/data/{name}",
    "/mcp",
    "/openapi.json",
    "/reconcile",
    "/reconcile/properties",
    "/reconcile/suggest/entity",
    "/reconcile/suggest/property",
    "/reconcile/suggest/type",
    "/timemap/{original}",
}
"""JSON of Frictionless, JSON-stat, MCP, the Reconciliation Service API, OpenAPI and Memento."""
AS_JSON = {"Accept": "application/json"}

NOT_TOLD = {
    "/": "leads to the start page",
    "/about/identifiers": "leads to a page",
    "/catalog.{suffix}": "the same as /catalog",
    "/changes.atom": "the same in the language that is liked best",
    "/changes.{suffix}": "the same as /changes",
    "/changes/all/{page}": "leads to the page in its release",
    "/changes/{page}": "leads to the page in its release, of which the first has none",
    "/data": "leads to /data/",
    "/deliver": "leads to a page",
    "/favicon.ico": "leads to the icon of the pages",
    "/id/dataset/miljograf": "a thing like others",
    "/releases": "leads to /releases/",
    "/releases/{release_id}": "leads to the same with a slash",
    "/res/shapes/{path}": "a document like others",
    "/robots.txt": "for crawlers",
    "/shapes.{suffix}": "the same as /shapes",
    "/sitemap-{part:int}.xml": "for crawlers",
    "/sitemap.xml": "for crawlers",
    "/sizes/{path:path}": "for the pages",
    "/vocabulary.{suffix}": "the same as /vocabulary",
    "/.well-known/sparql-examples.{suffix}": "the same without a suffix",
    "/.well-known/void.{suffix}": "the same without a suffix",
}
"""The addresses that are not told, and why; nor are pages in a language."""


GRAPH = {"graph": "http://localhost:8000/id/graph/vocabulary"}


def address(operation: Operation, release: str, **others: str) -> str:
    """The example of an operation."""
    said = operation.asked | others
    in_path = {one.name: said[one.name].format(release=release) for one in operation.parameters if one.is_in_path}
    return operation.path.format(**{name: quote(value) for name, value in in_path.items()})


def fields(operation: Operation) -> dict[str, str]:
    """What the example asks for beside its path."""
    in_path = {parameter.name for parameter in operation.parameters if parameter.is_in_path}
    of_the_base = GRAPH if operation.path == "/graphs" else {}
    return {name: value for name, value in operation.asked.items() if name not in in_path} | of_the_base


@pytest.fixture(scope="module")
def told(client):
    return client.get("/openapi.json").json()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_description_is_openapi(client, language):
    answer = client.get("/openapi.json", headers={"Accept-Language": language})
    assert answer.headers["Content-Language"] == language
    OpenAPIV31SpecValidator(answer.json()).validate()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")
def test_the_example_of_an_operation_is_answered_as_it_says(client, told, release, operation):
    told_of = told["paths"][operation.path][operation.method]
    asked, there = fields(operation), address(operation, release.id)
    if operation.method == "post":
        form = {"content": urlencode(asked), "headers": {"Content-Type": FORM}}
        message = {"content": operation.body, "headers": {"Content-Type": "application/json"}}
        answer = client.post(there, **(message if operation.body else form))
    else:
        answer = client.get(f"{there}?{urlencode(asked)}" if asked else there)
    assert str(answer.status_code) in told_of["responses"]
    assert answer.status_code < 400, answer.text
    if operation.answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].partition(";")[0] in told_of["responses"]["200"]["content"]
    else:
        assert client.get(answer.headers["Location"], follow_redirects=True).status_code == 200


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")
def test_every_link_in_the_head_of_an_example_leads_somewhere(client, release, operation):
    if operation.method == "get":
        answer = client.get(address(operation, release.id), params=fields(operation))
        for target in re.findall(r"<http://localhost:8000([^>]*)>", answer.headers.get("Link", "")):
            assert client.head(target).status_code < 400, target


def closed(schema):
    """A schema in which an object has no members but those that it names."""
    if isinstance(schema, dict):
        inner = {name: closed(value) for name, value in schema.items()}
        return inner | {"additionalProperties": False} if "properties" in schema else inner
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("operation", REPLIES, ids=lambda operation: operation.path)
def test_json_that_is_ours_alone_is_as_its_schema_says(client, told, release, operation):
    schema = told["paths"][operation.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = client.get(f"{address(operation, release.id)}?{urlencode(fields(operation))}", headers=AS_JSON).json()
    whole = {"components": closed(told["components"]), **schema}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)
    for member in told["components"]["schemas"][operation.reply.__name__]["required"]:
        less = {name: value for name, value in answer.items() if name != member}
        assert not Draft202012Validator(whole).is_valid(less)
    assert not Draft202012Validator(whole).is_valid(answer | {"another": 1})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_member_of_our_json_is_told_in_words(client, language):
    schemas = client.get("/openapi.json", headers={"Accept-Language": language}).json()["components"]["schemas"]
    assert len(schemas) > len({operation.reply for operation in REPLIES})
    for name, schema in schemas.items():
        for member, said in schema["properties"].items():
            assert said["description"].endswith("."), (name, member)


def test_an_identifier_may_lead_on_in_each_way_that_one_can_end(told):
    responses = told["paths"]["/id/{kind}/{key}"]["get"]["responses"]
    assert responses.keys() == {"300", "303", "308", "400", "404", "410"}
    assert "Location" in responses["308"]["headers"]
    assert "Link" in responses["300"]["headers"]


def test_json_without_a_schema_is_that_of_a_specification(told):
    without = {
        path
        for path, methods in told["paths"].items()
        for operation in methods.values()
        if operation["responses"].get("200", {}).get("content", {}).get("application/json") == {"schema": {}}
    }
    assert without <= OF_SPECIFICATIONS


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")
def test_every_media_type_of_an_operation_can_be_had(client, release, operation):
    if operation.method == "post" or 406 not in operation.problems or not operation.answers:
        return
    there, had = address(operation, release.id), set()
    queries = ["ASK {}", "CONSTRUCT {} {}"] if operation.path == "/sparql" else [None]
    for media_type in operation.answers:
        for query in queries:
            asked = fields(operation) | ({"query": query} if query else {})
            answer = client.get(there, params=asked, headers={"Accept": media_type})
            had |= {answer.headers["Content-Type"].partition(";")[0]} if answer.status_code == 200 else set()
    places = {"/res/{kind}/{key}": {"application/geo+json", "text/csv"}}.get(operation.path, set())  # of other things
    assert set(operation.answers) - places <= had


def test_every_address_for_programs_is_told(client, release):
    there = [
        address(operation, release.id, suffix=suffix)
        for operation in OPERATIONS
        for suffix in next((one.values for one in operation.parameters if one.name == "suffix"), ("",))
    ]
    for route in client.app.state.routes:
        path = getattr(route, "path", "")
        if hasattr(route, "path_regex") and path not in NOT_TOLD and not path.startswith(("/static", "/{language:")):
            assert any(map(route.path_regex.match, there)), path


def test_what_is_left_out_is_there(client):
    routes = {getattr(route, "path", "") for route in client.app.state.routes}
    assert NOT_TOLD.keys() <= routes


def test_a_method_that_openapi_does_not_know_is_left_out(told):
    assert set(told["paths"]["/sparql"]) == {"get", "post"}


def test_any_files_are_told_as_they_are_served(tmp_path):
    (tmp_path / "some" / "inner").mkdir(parents=True)
    for place in ("data.ttl", "inner/data.ttl"):
        (tmp_path / "some" / place).write_text("<http://example.org/a> a <http://example.org/B> .")
    base = Base("http://localhost:8000/")
    collection = collect([tmp_path / "some"], [], base, tmp_path / "store")
    with TestClient(create_app_of_files(collection, base, Settings(workers=1, page_workers=1))) as client:
        told = client.get("/openapi.json").json()
        assert set(told["paths"]) == {operation.path for operation in (*SERVICE, *FILES)}
        assert told["info"]["summary"] == "RDF files to be queried."
        routes = {getattr(route, "path", "") for route in client.app.state.routes}
        pages = {path for path in routes if path.startswith(("/static", "/{language:"))} | {"/", "/favicon.ico"}
        assert {re.sub(r"{.*}", "{name}", path) for path in routes - pages} <= set(told["paths"])
        for path in told["paths"]:
            for name in ("data.ttl", "inner/data.ttl"):
                assert client.get(path.replace("{name}", name)).status_code == 200, (path, name)
        assert client.get("/graphs/other.ttl").status_code == 404
        OpenAPIV31SpecValidator(told).validate()


def test_every_parameter_is_known_to_what_answers(client, release):
    for operation in OPERATIONS:
        if operation.method == "get" and not re.search(r"sparql$|graphs", operation.path):
            for parameter in operation.parameters:
                if not parameter.is_in_path:
                    answer = client.get(address(operation, release.id), params={parameter.name: "\x01"})
                    assert "There is no parameter" not in answer.text, (operation.path, parameter.name)


@pytest.mark.parametrize(
    "path", ["/sv/", "/en/mapping", "/sparql", "/res/objective/8", "/res/objective/8.en.html", "/res/spec/Mapping.ttl"]
)
def test_the_catalogue_of_apis_is_found_from_pages_documents_and_the_service(client, path):
    link = client.get(path).headers["Link"]
    (there,) = re.findall(r'<([^>]*)>; rel="api-catalog"', link)
    assert client.get(there).headers["Content-Type"].startswith("application/linkset+json")


def test_all_that_the_catalogue_of_apis_names_is_there(client):
    listed, *described = client.get("/.well-known/api-catalog").json()["linkset"]
    assert [item["href"] for item in listed["item"]] == [links.pop("anchor") for links in described]
    named = [*listed["item"], *(link for links in described for found in links.values() for link in found)]
    for link in named:
        answer = client.get(link["href"], headers={"Accept": link.get("type", "*/*")})
        if answer.status_code == 405:  # it is asked by POST alone
            assert answer.headers["Allow"] == "POST, OPTIONS"
            continue
        assert answer.status_code in ({200, 503} if link["href"].endswith("/ready") else {200, 303})
        assert answer.headers.get("Content-Type", "").startswith(link.get("type", ""))
