"""Every setting is documented with its default, its option and its error, and every limit is told by the service."""

import asyncio
import re
from dataclasses import fields
from pathlib import Path

import pytest

from endpoint.app import federate, pools
from endpoint.dataset import Dataset
from endpoint.problems import query_failed
from endpoint.service import LIMITS, OF_FEDERATION, limits
from endpoint.settings import _SHARED, BadSetting, Settings, read_settings
from endpoint.verbs import serve_command
from endpoint.workers.launching import Launcher
from endpoint.workers.messages import Task
from endpoint.workers.pool import Pool, QueryFailed
from ontology.base import Base
from ontology.namespaces import MG

DOCUMENT = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))
NAMES = [field.name for field in fields(Settings)]
OF_THE_MACHINE = {
    "at_once",
    "fronts",
    "workers",
    "page_workers",
    "per_network",
    "long_queries",
    "megabytes",
    "held_bytes",
}
NONE = {"spool", "report_to", "accessibility", "allowed_services", "trusted_proxies", "access_log"}
REFUSED_BEFORE = {
    "max_query_bytes": "413 `query-too-long`",
    "max_form_bytes": "413 `form-too-long`",
    "max_batch": "413 `batch-too-large`",
    "max_tool_rows": "413 `tool-too-many-rows`, as the result of the tool",
    "max_tool_bytes": "413 `tool-too-long`, as the result of the tool",
    "connections": "503 `connections`, with `Retry-After`",
    "arrival": "408 `arrival`",
    "allowed_services": "403 `query-federation-not-listed`, 502 `query-service`",
}
"""The errors of requests whose query is not even read."""
_ELSEWHERE = {name: name for name in ("page_deadline", "federated_deadline")}
"""The settings of what is told of a pool of workers that is not that of readers."""
REASONS = {
    "patience": "busy",
    "queue": "queue-full",
    "per_network": "network-busy",
    "long_queries": "no-long-place",
    "deadline": "deadline",
    "page_deadline": "deadline",
    "federated_deadline": "deadline",
    "megabytes": "memory",
    "max_nesting": "too-deep",
    "max_answer_bytes": "too-many-bytes",
    "max_answer_rows": "too-many-rows",
}
"""Why a query fails that meets a limit."""


def told(name: str, what: str) -> str | None:
    """What the table of a setting says."""
    found = re.search(rf"^\| {what} \| (.*) \|$", SECTIONS[name], re.MULTILINE)
    return found[1] if found else None


def test_the_document_tells_every_setting_and_no_other():
    assert list(SECTIONS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_document_tells_the_reason_and_the_default_of_a_setting(name):
    assert len(SECTIONS[name].partition("| | |")[0].split()) > 5
    default = told(name, "default")
    if name in OF_THE_MACHINE | NONE:
        assert default
    else:
        assert default == f"`{getattr(Settings(), name)}`"


@pytest.mark.parametrize("name", NAMES)
def test_the_document_tells_the_option_of_a_setting(name):
    renamed = {"weak_isolation_is_allowed": "allow-weak-isolation", "trusted_proxies": "trusted-proxy"}
    renamed["allowed_services"] = "allow-service"
    options = {option for parameter in serve_command.params for option in parameter.opts}
    option = f"--{renamed.get(name, name.replace('_', '-'))}"
    assert (told(name, "option") or "").partition(",")[0] == (f"`{option}`" if option in options else "")


@pytest.mark.parametrize("name", NAMES)
def test_the_document_tells_the_error_of_a_limit_and_the_error_names_it(name):
    if name not in REASONS:
        assert told(name, "error") == REFUSED_BEFORE.get(name)
        return
    failure = QueryFailed(REASONS[name], seconds=1.5, limit=12345, place=(1, 1), setting=_ELSEWHERE.get(name, ""))
    problem = query_failed(failure)
    later = ", with `Retry-After`" if "Retry-After" in problem.headers else ""
    assert told(name, "error") == f"{problem.status} `{problem.kind}`{later}"
    assert problem.members["setting"] == name
    assert (problem.members["limit"], problem.members["elapsed"]) == (12345, 1.5)
    for text in (problem.detail.sv, problem.detail.en):
        assert "12\N{NO-BREAK SPACE}345" in text
        assert "dump" in text or "ladda ner" in text or "VALUES" in text


@pytest.mark.parametrize("name", NAMES)
def test_the_document_tells_the_property_that_the_description_states_a_limit_with(name):
    term = (LIMITS | OF_FEDERATION).get(name)
    assert told(name, "in the description") == (f"`mg:{term.removeprefix(MG)}`" if term else None)


def test_what_a_query_fails_for_is_in_the_description():
    assert set(REASONS) - {"page_deadline"} <= set(LIMITS | OF_FEDERATION)


@pytest.mark.parametrize("may_federate", [True, False])
def test_limits_of_queries_to_services_of_others_are_told_where_some_may_be_asked(may_federate):
    settings = Settings(fronts=1, allowed_services=("https://service.example.org/sparql",) if may_federate else ())
    told = {str(term).removeprefix(MG): figure.toPython() for term, figure in limits(settings)}
    assert told["maxBodyBytes"] == 310_000
    assert told.get("maxFederatedSeconds") == (30 if may_federate else None)
    assert told.get("maxParallelFederatedQueries") == (2 if may_federate else None)


def test_a_query_that_is_stopped_names_the_setting_of_its_pool(release):
    async def ask():
        pool = Pool(Launcher(release.store), 1, 0.2, named={"deadline": "page_deadline"})
        await pool.open()
        try:
            await pool.ask(Task("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "json"))
        finally:
            await pool.close()

    with pytest.raises(QueryFailed) as raised:
        asyncio.run(ask())
    assert query_failed(raised.value).members["setting"] == "page_deadline"
    assert str(raised.value) == "deadline: "


def test_a_query_of_a_page_and_one_to_others_name_their_own_settings():
    settings = Settings(fronts=1, allowed_services=("https://service.example.org/sparql",))
    pages, readers = pools(Path("nowhere"), settings)
    site = Dataset(id="a", base=Base(), pool=pages, readers=readers)
    federate(site, settings)
    assert (pages.named["deadline"], readers.named) == ("page_deadline", {})
    assert site.federated.named == {"deadline": "federated_deadline", "network-busy": "federated_workers"}


def test_what_front_processes_share_is_told():
    told = re.search(r"They share what the settings (.*?) give:", SECTIONS["fronts"], re.DOTALL)[1]
    assert set(re.findall(r"`(\w+)`", told)) == set(_SHARED)


def test_the_description_and_errors_tell_the_same_limits_which_are_those_of_one_front_process():
    settings = Settings(fronts=2, workers=12, queue=25)
    described = {str(term).removeprefix(MG): figure.toPython() for term, figure in limits(settings)}
    readers = pools(Path("nowhere"), settings)[1]
    assert described["frontProcesses"] == 2
    assert described["maxParallelQueries"] == readers.size == 6
    assert described["maxParallelQueriesOfNetwork"] == readers.per_network == 5
    assert described["maxLongQueries"] == readers.long == 5
    assert described["maxQueuedQueries"] == readers.queue == 13


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"quue": "5"}, "there is no setting quue; there are data, fronts"),
        ({"quue": "5"}, "; is queue meant?"),
        ({"queue": "0"}, "queue: it is to be at least 1, and not '0'"),
        ({"queue": "many"}, "queue: it is to be a whole number, and not 'many'"),
        ({"report_to": "somebody"}, "report_to: write a mail address like name@example.se, and not 'somebody'"),
        ({"deadline": "inf"}, "deadline: "),
        ({"ipv4_network": "33"}, "ipv4_network: "),
        ({"trusted_proxies": ("10.0.0.300",)}, "trusted_proxies: "),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(given, said):
    with pytest.raises(BadSetting, match=re.escape(said)):
        read_settings(given)


def test_what_is_wrong_in_a_file_that_a_setting_names_is_said_of_the_file_alone(tmp_path):
    file = tmp_path / "statement.toml"
    file.write_text("updated = 2026-11-01\n", encoding="utf-8")
    with pytest.raises(BadSetting) as refused:
        read_settings({"accessibility": str(file)})
    assert str(refused.value) == (
        f'accessibility: {file}, operator: it is missing; write it, such as operator = {{ sv = "…", en = "…" }}\n'
        f'{file}, contact: it is missing; write it, such as contact = {{ email = "…" }}'
    )


def test_settings_are_read_from_text():
    settings = read_settings({"queue": "5", "deadline": "2.5", "spool": "/tmp", "trusted_proxies": ("10.0.0.0/8",)})
    assert (settings.queue, settings.deadline, settings.spool) == (5, 2.5, Path("/tmp"))


def test_no_network_may_take_more_places_than_there_are():
    assert Settings(workers=1).per_network == Settings(workers=1).long_queries == 1
    assert Settings(workers=8).per_network == 6
    assert Settings(workers=2, per_network=5).per_network == 2
