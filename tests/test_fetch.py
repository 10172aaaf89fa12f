"""Fetching live sources: politely, going on where it stopped, and telling what was wrong and where."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import import_module
from threading import Event
from time import sleep

import httpx2
import pytest
from click.testing import CliRunner

from endpoint.cli import main
from loaders import kolada_api
from loaders.cache import cache_of
from loaders.client import USER_AGENT, Client, Patience, Unfetched, _keep_secure
from loaders.curated import read_all
from loaders.diagram_mapping import DIAGRAM
from loaders.fetch import How, fetch
from loaders.indicator_updates import codes_in
from loaders.internet import NotPublic
from loaders.json_answers import read_json
from loaders.lifecycle import MAY_RETURN
from loaders.live import BadSourcesFile, read_live_sources
from loaders.nv_indicators import SYSTEM
from loaders.statement_mapping import STATEMENTS
from loaders.ways import OWN_WAYS, PXWEB, SPARQL, WAYS, beginnings, tables_of
from tests.builds import write_few_tables
from tests.fetching import KPIS, OWN_SOURCES, PLACES, sources_file
from tests.services import misbehaviour as ways
from tests.services.kolada import Kolada, key_figure
from tests.services.service import Rate
from tests.test_release import stopped_in_1970

QUICK = How(patience=Patience(attempts=3, first_wait=0.01, longest_wait=0.02))
SOME = ["N00401", "N00510"]
DOCS = OWN_SOURCES.parents[1] / "docs"


def kolada(**others):
    return Kolada(
        **{"rate": Rate(50, 1.0), "key_figures": KPIS, "areas": PLACES, "years": (2019, 2020, 2021), **others}
    )


@pytest.fixture
def service():
    with kolada() as running:
        yield running
    assert running.breaches == []


def fetching(tmp_path, service, how=QUICK, ids=SOME, **changes):
    """What became of the source, fetched from a service."""
    source = read_live_sources(sources_file(tmp_path, service, **changes))["kolada"]
    (fetched,) = fetch(tmp_path / "data", [(source, ids)], how)
    return fetched


def kept(tmp_path):
    """All that the cache holds of the last whole fetch, by address."""
    cache = cache_of(tmp_path / "data", "kolada")
    return {url: read_json(cache.body_of(checksum)) for url, checksum in cache.catch().answers}


def held(service):
    """All that the service holds: the value of each key figure, area, year and sex."""
    found = {}
    for figure in service.key_figures:
        for sex in "TKM" if figure["is_divided_by_gender"] else "T":
            for area in service.areas:
                for year in service.years:
                    value = service.value(figure["id"], area["id"], year, sex)
                    if value is not None:
                        found[figure["id"], area["id"], year, sex] = value["value"]
    return found


def got(found):
    """All values in what was kept, as `held` has them."""
    return {
        (item["kpi"], item["municipality"], item["period"], one["gender"]): one["value"] and float(one["value"])
        for url, page in found.items()
        if "/data/" in url
        for item in page["values"]
        for one in item["values"]
    }


# --- what is asked


def test_a_fetch_keeps_every_value_that_the_service_has(tmp_path, service):
    fetched = fetching(tmp_path, service)
    assert (fetched.why, fetched.answers) == (None, 3)
    assert got(kept(tmp_path)) == {key: value for key, value in held(service).items() if key[0] in SOME}


def test_it_names_itself_and_keeps_to_rate_and_sizes(tmp_path):
    figures = [key_figure(f"N{10000 + n}") for n in range(60)]
    places = [{"id": f"{100 + n:04}", "title": f"Ort {n}", "type": "K"} for n in range(60)]
    with kolada(key_figures=figures, areas=places, rate=Rate(20, 1.0), page_size=400) as service:
        fetched = fetching(tmp_path, service, ids=None)
    assert fetched.why is None
    assert service.breaches == []
    assert {request.headers["user-agent"] for request in service.requests} == {USER_AGENT}
    assert fetched.answers == len(set(service.targets())) == len(service.targets())
    assert len(service.targets("&page=")) > 0, "some answers came in more than one page"
    assert got(kept(tmp_path)) == held(service)


def test_a_redirect_counts_as_a_request_of_its_own(tmp_path):
    with kolada(rate=Rate(3, 1.0)) as service:
        service.misbehave(ways.redirecting_once(), times=None, at="per_page=5000")
        fetched = fetching(tmp_path, service)
    assert fetched.why is None
    assert len(service.requests) == 6
    assert service.breaches == []


def test_the_service_of_these_tests_sees_who_breaks_its_rules(tmp_path):
    with kolada(rate=Rate(5, 1.0)) as service:
        fetching(tmp_path, service, ids=None, calls_per_second=500)
        fetching(tmp_path, service, ids=None, calls_per_second=500)
    assert "rate" in {breach.rule for breach in service.breaches}


def test_what_has_not_changed_is_not_sent_again(tmp_path, service):
    fetching(tmp_path, service)
    assert not any("if-none-match" in request.headers for request in service.requests)
    before = kept(tmp_path)
    fetching(tmp_path, service)
    assert service.unchanged == 3
    assert kept(tmp_path) == before


def test_a_key_figure_that_is_not_there_is_named(tmp_path, service):
    assert "there is no key figure N00001" in fetching(tmp_path, service, ids=["N00401", "N00001"]).why


def test_compressed_answers_are_asked_for(tmp_path, service):
    assert fetching(tmp_path, service).why is None
    assert all("gzip" in request.headers["accept-encoding"] for request in service.requests)


# --- trying again, going on, offline


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(tmp_path, service, status):
    service.misbehave(ways.failing(status), at="/data/")
    assert fetching(tmp_path, service).why is None
    assert len(service.targets("/data/")) == 2


def test_it_waits_as_long_as_it_is_asked_to(tmp_path, service):
    service.misbehave(ways.too_many("1"))
    assert fetching(tmp_path, service).why is None
    first, second, *_ = service.requests
    assert second.at - first.at >= 1


def test_it_does_not_wait_for_hours(tmp_path, service):
    service.misbehave(ways.failing(503, after="7200"), times=None, at="/kpi")
    assert "asks us to come back in 2:00:00" in fetching(tmp_path, service).why


@pytest.mark.parametrize("after", ["Fri, 31 Dec 9999 23:59:59 -0100", "Fri, 31 Dec 99999999999999999999 23:59:59 GMT"])
def test_a_date_beyond_the_calendar_asks_it_to_wait_for_nothing(tmp_path, service, after):
    service.misbehave(ways.failing(503, after=after), at="/data/")
    assert fetching(tmp_path, service).why is None


def test_a_fault_that_stays_is_told_with_its_address(tmp_path, service):
    service.misbehave(ways.failing(500), times=None, at="/data/")
    why = fetching(tmp_path, service).why
    assert "/v3/data/kpi/N00401,N00510/municipality/" in why
    assert "status 500" in why
    assert len(service.targets("/data/")) == 3


def test_an_interrupted_fetch_goes_on_where_it_stopped(tmp_path, service):
    service.misbehave(ways.failing(404), times=None, at="/data/")
    assert fetching(tmp_path, service).why
    service.behave()
    asked = len(service.requests)
    assert fetching(tmp_path, service).why is None
    assert [target.partition("?")[0] for target in service.targets()[asked:]] == [
        "/v3/data/kpi/N00401,N00510/municipality/0000,0003,0009,0305,0380"
    ]


def test_what_is_asked_side_by_side_is_not_tried_again_once_the_fetch_is_broken_off(tmp_path, service):
    service.misbehave(ways.failing(503), times=None)
    source = read_live_sources(sources_file(tmp_path, service))["kolada"]
    stubborn = Patience(attempts=300, first_wait=0.01, longest_wait=0.02)
    url = f"{service.address}kpi"
    with Client(source, cache_of(tmp_path, "kolada"), patience=stubborn) as client:
        with suppress(KeyboardInterrupt), client.side_by_side() as pool:
            asked = pool.submit(client.get, url, lambda _: None)
            while not service.requests:
                sleep(0.01)
            raise KeyboardInterrupt
        with pytest.raises(Unfetched, match=r"status 503|given up before it was asked again"):
            asked.result()
    assert len(service.requests) < stubborn.attempts


def test_who_waits_to_try_again_waits_no_more_once_the_fetch_is_broken_off(tmp_path, service):
    service.misbehave(ways.failing(503), times=None)
    source = read_live_sources(sources_file(tmp_path, service))["kolada"]
    waits = Event()
    slow = Patience(first_wait=20, longest_wait=20, tell=lambda _error, _seconds: waits.set())
    with Client(source, cache_of(tmp_path, "kolada"), patience=slow) as client:
        with suppress(KeyboardInterrupt), client.side_by_side() as pool:
            asked = pool.submit(client.get, f"{service.address}kpi", lambda _: None)
            assert waits.wait(60)
            raise KeyboardInterrupt
        with pytest.raises(Unfetched, match="the fetch was given up before it was asked again"):
            asked.result()
    assert len(service.requests) == 1


def test_a_fetch_that_is_broken_off_says_that_it_goes_on(tmp_path, service, monkeypatch):
    def break_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(kolada_api, "fetch", break_off)
    done = run("kolada", "--data", tmp_path / "data", "--sources", sources_file(tmp_path, service), "--kpi", "N00401")
    assert done.exit_code == 1
    assert "broken off; what was got is kept, and the same fetch goes on there today" in done.stderr


def test_a_fetch_anew_asks_for_everything(tmp_path, service):
    service.misbehave(ways.failing(404), times=None, at="/data/")
    fetching(tmp_path, service)
    service.behave()
    asked = len(service.requests)
    fetching(tmp_path, service, How(is_anew=True))
    assert len(service.requests) - asked == 3


def test_offline_asks_nobody(tmp_path, service):
    fetching(tmp_path, service)
    asked = len(service.requests)
    assert fetching(tmp_path, service, How(is_offline=True)).why is None
    assert "never fetched" in fetching(tmp_path, service, How(is_offline=True), ids=["N00945"]).why
    assert len(service.requests) == asked


def test_a_failed_fetch_keeps_what_was_fetched_before(tmp_path, service):
    fetching(tmp_path, service)
    before = kept(tmp_path)
    service.misbehave(ways.failing(404), times=None)
    fetched = fetching(tmp_path, service)
    assert "status 404" in fetched.why
    assert fetched.kept
    assert kept(tmp_path) == before
    assert "status 404" in cache_of(tmp_path / "data", "kolada").failure().why


def test_one_source_that_fails_stops_no_other(tmp_path, service, monkeypatch):
    monkeypatch.setitem(WAYS, "other", WAYS["kolada"])
    source = read_live_sources(sources_file(tmp_path, service))["kolada"]
    away = source.model_copy(update={"id": "other", "address": "http://127.0.0.1:9/v3/"})
    failed, fetched = fetch(tmp_path / "data", [(away, SOME), (source, SOME)], QUICK)
    assert "the connection failed" in failed.why
    assert fetched.why is None


def test_a_body_that_has_changed_on_disk_is_fetched_again(tmp_path, service):
    fetching(tmp_path, service)
    cache = cache_of(tmp_path / "data", "kolada")
    for body in (cache.folder / "bodies").iterdir():
        body.write_bytes(body.read_bytes()[:-1])
    assert fetching(tmp_path, service).why is None
    assert service.unchanged == 0
    assert got(kept(tmp_path)) == {key: value for key, value in held(service).items() if key[0] in SOME}


# --- bad answers


def test_a_redirect_to_a_private_address_is_refused(tmp_path, service):
    with kolada() as inside:
        service.misbehave(ways.redirecting(f"{inside.address}secret"), at="/municipality?")
        why = fetching(tmp_path, service).why
    assert "127.0.0.1, which is no address of the internet" in why
    assert "is_private" not in why
    assert inside.requests == []


@pytest.mark.parametrize("address", [*ways.PRIVATE, "http://[::ffff:127.0.0.1]:1/"])
def test_no_redirect_leads_to_the_inside_by_another_name(tmp_path, service, address):
    service.misbehave(ways.redirecting(address), at="/municipality?")
    assert "which is no address of the internet; it was not asked" in fetching(tmp_path, service).why


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///etc/passwd", "which is no address of the web; it was not asked"),
        ("ftp://ftp.example.org/kpi", "which is no address of the web; it was not asked"),
        (f"http://{'a' * 64}.se/", "is not known to the name service"),
    ],
)
def test_a_redirect_to_what_cannot_be_asked_is_told(tmp_path, service, address, told):
    service.misbehave(ways.redirecting(address), times=None, at="/kpi?")
    why = fetching(tmp_path, service).why
    assert f"{service.address}kpi?per_page=5000: " in why
    assert told in why


def test_a_secure_source_is_not_left_for_one_that_is_not():
    _keep_secure(httpx2.Request("GET", "https://api.kolada.se/v3/kpi"))
    with pytest.raises(NotPublic, match="not secure"):
        _keep_secure(httpx2.Request("GET", "http://api.kolada.se/v3/kpi"))


def test_a_source_at_a_private_address_is_refused_unless_its_file_says_so(tmp_path, service):
    why = fetching(tmp_path, service, is_private=False).why
    assert "no address of the internet; it was not asked. Where it is a mirror of yours" in why
    assert "is_private = true" in why
    assert service.requests == []


def test_redirects_that_never_end_are_refused(tmp_path, service):
    service.misbehave(ways.redirecting(f"{service.address}kpi"), times=None, at="/kpi")
    assert "redirects more than 5 times" in fetching(tmp_path, service).why


def test_a_next_page_elsewhere_is_not_asked_for(tmp_path, service):
    service.misbehave(ways.next_page_at("http://localhost:1/v3/municipality?page=2"), at="/municipality?")
    assert "this is not at http://127.0.0.1" in fetching(tmp_path, service).why


def test_pages_that_lead_back_are_refused(tmp_path, service):
    back = ways.next_page_at(f"{service.address}municipality?per_page=5000")
    service.misbehave(back, times=None, at="/municipality?")
    assert "the pages never end: page 1 leads back" in fetching(tmp_path, service).why


def test_pages_that_go_on_for_ever_are_refused(tmp_path, service):
    service.misbehave(ways.endless(), times=None, at="/municipality?")
    assert "there are more than the 20" in fetching(tmp_path, service).why
    assert len(service.targets("/municipality?")) == 20


BAD = {
    b"<!DOCTYPE html><title>Underh\xc3\xa5ll</title>": "a web page or XML, where JSON was asked for",
    b'{"values": [{"id": "0180", "tit': "the JSON is cut off in line 1, column",
    b'{"values": [\n{"id": "0180",}]}': "this is not JSON: line 2, column",
    b"": "the answer is empty",
    b'{"values": "none"}': "there is no list called values",
    b'{"values": [], "next_url": null}': "the list is empty",
    b'{"values": [{"id": "0180", "title": "Stockholm", "type": "K"}], "count": 312}': "count says 312, and there are 1",
    b'{"values": [], "next_url": 7}': "next_url is 7",
    b'["0180"]': "the JSON is a list",
    b'{"values": ["\xff"]}': "not UTF-8 from byte 13 on",
    b'{"values": NaN}': "NaN is no number",
    b'{"values": [{"id": "180", "title": "Stockholm", "type": "K"}]}': "values[0].id",
    b'{"values": ' + b"[" * 100_000: "nested too deep",
}


@pytest.mark.parametrize("body", BAD)
def test_a_bad_answer_is_told_with_its_address_and_its_place(tmp_path, service, body):
    service.misbehave(ways.saying(body), at="/municipality?")
    why = fetching(tmp_path, service).why
    assert f"{service.address}municipality?per_page=5000: " in why
    assert BAD[body] in why


@pytest.mark.parametrize("way", [ways.cut(), ways.silent()])
def test_an_answer_that_breaks_off_is_tried_again_and_told(tmp_path, service, way):
    service.misbehave(way, times=None, at="/municipality?")
    assert "the connection failed" in fetching(tmp_path, service).why
    assert len(service.targets("/municipality?")) == 3


def test_a_packed_answer_that_has_lost_its_end_is_not_taken_for_a_short_one(tmp_path, service):
    service.misbehave(ways.clipped(), times=None, at="/municipality?")
    assert "the answer broke off: it is packed, and its end is missing" in fetching(tmp_path, service).why
    service.behave()
    service.misbehave(ways.clipped(), at="/municipality?")
    assert fetching(tmp_path, service).why is None
    assert got(kept(tmp_path)) == {value: held(service)[value] for value in got(kept(tmp_path))}


def test_an_answer_that_is_packed_otherwise_than_asked_for_is_told(tmp_path, service):
    service.misbehave(ways.packed_with("br"), at="/kpi?")
    assert "kpi?per_page=5000: it is packed with 'br', and gzip was asked for" in fetching(tmp_path, service).why


def test_an_answer_that_trickles_is_not_waited_for_for_ever(tmp_path, service):
    service.misbehave(ways.slow(0.1), times=None, at="/kpi?")
    how = How(patience=Patience(attempts=2, first_wait=0.01, longest_wait=0.02, longest_answer=0.05))
    assert "the answer was not whole after 0.05 s" in fetching(tmp_path, service, how).why
    assert len(service.targets("/kpi?")) == 2


def test_an_answer_whose_headers_trickle_is_not_waited_for_for_ever(tmp_path, service):
    service.misbehave(ways.trickling_headers(), times=None, at="/kpi?")
    how = How(patience=Patience(attempts=2, first_wait=0.01, longest_wait=0.02, longest_silence=0.2))
    assert "kpi?per_page=5000: it did not answer in time" in fetching(tmp_path, service, how).why
    assert len(service.targets("/kpi?")) == 2


def test_an_answer_that_broke_off_once_is_got_whole(tmp_path, service):
    service.misbehave(ways.cut(), at="/data/")
    assert fetching(tmp_path, service).why is None
    assert got(kept(tmp_path)) == {key: value for key, value in held(service).items() if key[0] in SOME}


@pytest.mark.parametrize("way", [ways.saying(b" " * 3_000_000, is_packed=False), ways.swollen(64 << 20)])
def test_an_answer_that_is_too_long_is_refused(tmp_path, service, way):
    service.misbehave(way, at="/municipality?")
    assert "longer than 2,000,000 bytes" in fetching(tmp_path, service, most_bytes=2_000_000).why


# --- the sources file


def test_every_source_of_the_file_has_a_way_to_be_asked():
    assert {source.way for source in read_live_sources().values()} == set(OWN_WAYS)
    assert set(WAYS) == {*OWN_WAYS, PXWEB, SPARQL, DIAGRAM, STATEMENTS}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_way_names_modules_that_ask_and_read(way):
    assert callable(import_module(way.asks).fetch)
    assert callable(import_module(way.reads).read)
    assert all(re.fullmatch(r"id/(?:dataset|indicator)/[a-z-]+-", start) for start in way.gives)


@pytest.mark.parametrize("name", OWN_WAYS)
def test_a_source_that_is_asked_in_a_way_of_its_own_has_all_its_places(name):
    assert tables_of(name), "TABLES says of which classes the rows are that are read, so that they can end"
    assert {f"id/row/{model.table}/" for model in tables_of(name)} <= set(beginnings(name))
    assert f"`[{name}]`" in (DOCS / "fetch.md").read_text(encoding="utf-8")


def test_what_belongs_to_a_data_set_ends_and_returns_with_it():
    assert set(beginnings("kolada")) > {"id/dataset/kolada-", "id/slice/kolada-", "id/observation/kolada-"}
    assert set(beginnings("nv-indicators")) > {f"id/indicator/{SYSTEM}-", "id/dataset/nv-", "id/slice/nv-"}
    assert all(start.startswith("id/row/un_") for start in beginnings("un-sdg"))
    assert all(path.startswith(MAY_RETURN) for name in OWN_WAYS for path in beginnings(name))


def test_the_page_about_a_new_source_names_places_that_there_are():
    page = (DOCS / "add-a-source.md").read_text(encoding="utf-8")
    places = re.findall(r"`([A-Z_]+)` in `(loaders/[a-z_]+\.py)`", page)
    examples = re.findall(r"\(([a-z-]+\.(?:toml|md))\)", page)
    assert places
    assert examples
    for name, module in places:
        assert re.search(rf"^{name}\b", (DOCS.parent / module).read_text(encoding="utf-8"), re.MULTILINE), name
    for example in examples:
        assert (DOCS / example).is_file()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('address = "https://api.kolada.se/v3/"', 'address = "https://api.kolada.se/v3"', "ends in a slash"),
        ("calls_per_second = 5", "calls_per_second = 0", "kolada.calls_per_second"),
        ("required = false", "", "kolada.required"),
        ("[kolada]", "[kolada", "this is not TOML"),
        ("[kolada]", "kolada = 1", "stands under its name"),
        ("cadence_days", "cadence", "kolada.cadence"),
        ("cadence_days = 30", "cadence_days = true", "kolada.cadence_days"),
        ("required = false", "required = 0", "kolada.required"),
        ("at_once = 4", "at_once = 4.0", "kolada.at_once"),
        ("api.kolada.se", "api.kolada.se:99999", "kolada.address: this is no web address: port out of range"),
        ("[kolada]", "[mirror]", r"mirror: a source is called one of kolada, .* or names a table of PxWeb"),
    ],
)
def test_a_fault_in_the_sources_file_is_named(tmp_path, old, new, told):
    with kolada() as service:
        file = sources_file(tmp_path, service, calls_per_second=5)
    text = file.read_text(encoding="utf-8").replace(
        f'address = "{service.address}"', 'address = "https://api.kolada.se/v3/"'
    )
    if new == "kolada = 1":
        text = "kolada = 1\n"
    assert new == "kolada = 1" or old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadSourcesFile, match=told):
        read_live_sources(file)


def test_sources_stand_in_several_files_and_each_in_one(tmp_path):
    file = tmp_path / "mine.toml"
    text = OWN_SOURCES.read_text(encoding="utf-8").partition("[un-sdg]")[0]
    file.write_text(text.replace("[kolada]", "[mine]") + '[mine.query]\nfile = "a.rq"\n', encoding="utf-8")
    (tmp_path / "a.rq").write_text("CONSTRUCT WHERE { ?a ?b ?c }", encoding="utf-8")
    assert list(read_live_sources(OWN_SOURCES, file)) == [*read_live_sources(), "mine"]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSourcesFile, match=r"mine\.toml: kolada is in another sources file too; leave it in one"):
        read_live_sources(OWN_SOURCES, file)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_sources_file_as_editors_on_windows_save_it_is_read(tmp_path, end):
    file = tmp_path / "live.toml"
    file.write_bytes(b"\xef\xbb\xbf" + OWN_SOURCES.read_bytes().replace(b"\n", end.encode()))
    assert read_live_sources(file) == read_live_sources()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("title = 1".encode("utf-16"), "live.toml: the file is UTF-16; save it as UTF-8"),
        ("a = 1\ntitle = 'Källa'".encode("latin-1"), "live.toml: line 2 is not UTF-8; save the file as UTF-8"),
        (b"a = " + b"9" * 5000, "live.toml: a number has too many digits"),
        (b"a = " + b"[" * 100_000, "live.toml: the TOML is nested too deep"),
    ],
)
def test_a_sources_file_that_is_no_text_is_told_with_the_way_out(tmp_path, content, told):
    file = tmp_path / "live.toml"
    file.write_bytes(content)
    with pytest.raises(BadSourcesFile, match=told):
        read_live_sources(file)


def test_a_sources_file_without_a_source_is_refused(tmp_path):
    (tmp_path / "live.toml").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(BadSourcesFile, match="it names no source"):
        read_live_sources(tmp_path / "live.toml")


# --- the command


def run(*words):
    return CliRunner().invoke(main, ["fetch", *map(str, words)])


def test_the_command_fetches_and_tells(tmp_path, service):
    file = sources_file(tmp_path, service)
    done = run("kolada", "--data", tmp_path / "data", "--sources", file, "--kpi", "N00401")
    assert (done.exit_code, done.stdout[:17]) == (0, "kolada: 3 answers")
    assert "kolada: 1 of 1 questions answered" in done.stderr


def test_a_clock_that_stands_in_1970_is_told_of(tmp_path, service, monkeypatch):
    monkeypatch.setattr("loaders.moments.datetime", stopped_in_1970())
    done = run("--data", tmp_path / "data", "--sources", sources_file(tmp_path, service))
    assert done.stderr.startswith("warning: the clock says that it is ")
    assert service.requests


def test_the_command_fails_where_a_source_does(tmp_path, service):
    service.misbehave(ways.failing(404), times=None)
    file = sources_file(tmp_path, service)
    done = run("--data", tmp_path / "data", "--sources", file)
    assert done.exit_code == 1
    assert "nothing of it was ever fetched" in done.stderr


def test_the_key_figures_of_the_indicator_table_are_asked_for_if_none_is_named(tmp_path, service):
    done = run("kolada", "--data", tmp_path / "data", "--sources", sources_file(tmp_path, service))
    assert "there is no key figure" in done.stderr
    assert "N00511, N00512" in done.stderr


def test_an_unknown_source_is_refused_with_those_there_are(tmp_path):
    done = run("scb", "--data", tmp_path / "data")
    assert done.exit_code == 2
    assert "there is no source 'scb'; there are: kolada" in done.stderr


def test_two_fetches_at_once_are_refused(tmp_path, service):
    seen = []
    file = sources_file(tmp_path, service)
    words = ("--data", tmp_path / "data", "--sources", file, "--kpi", "N00401")
    service.misbehave(ways.meanwhile(lambda: seen.append(run(*words))), at="/kpi?")
    fetching(tmp_path, service)
    assert seen[0].exit_code == 1
    assert "another fetch works in" in seen[0].stderr


def test_the_command_tells_when_it_tries_again(tmp_path, service):
    service.misbehave(ways.failing(503, after="0"))
    file = sources_file(tmp_path, service)
    done = run("kolada", "--data", tmp_path / "data", "--sources", file, "--kpi", "N00401")
    assert done.exit_code == 0
    assert "/v3/kpi?per_page=5000: it answered with status 503; trying again in 0 s" in done.stderr


def test_who_asks_for_fewer_key_figures_than_before_is_told_that_the_others_end(tmp_path, service):
    words = ("kolada", "--data", tmp_path / "data", "--sources", sources_file(tmp_path, service))
    assert run(*words, "--kpi", "N00401", "--kpi", "N00510").stderr.count("warning") == 0
    done = run(*words, "--kpi", "N00401")
    assert re.search(
        r"warning: kolada: 1 of 2 that were fetched on [0-9-]{10} are not asked for now: the next build ends them; "
        r"--also-kpi asks for some beside those of the table",
        done.stderr,
    )
    assert "warning" not in run(*words, "--kpi", "N00401", "--kpi", "N99999").stderr


def test_a_key_figure_that_kolada_has_removed_is_asked_for_until_the_tables_say_that_its_indicator_has_ended(tmp_path):
    write_few_tables(tmp_path / "tables")
    gone, *there = codes_in("kolada", read_all(tmp_path / "tables").rows)
    with Kolada(
        rate=Rate(100, 1.0), key_figures=[key_figure(code) for code in [*there, "N99999"]], areas=PLACES
    ) as service:
        words = ("kolada", "--data", tmp_path / "data", "--sources", sources_file(tmp_path, service))
        done = run(*words, "--tables", tmp_path / "tables")
        assert done.exit_code == 1
        assert f"there is no key figure {gone}. Where Kolada has removed one that indicators.csv names" in done.stderr
        table = tmp_path / "tables" / "indicator_statuses.csv"
        said = table.read_text(encoding="utf-8")
        assert f"kolada-{gone},in-use," in said
        table.write_text(said.replace(f"kolada-{gone},in-use,", f"kolada-{gone},ended,"), encoding="utf-8")
        done = run(*words, "--tables", tmp_path / "tables")
    assert done.exit_code == 0, done.stderr
    assert cache_of(tmp_path / "data", "kolada").catch().asked["ids"] == there


def test_a_key_figure_beside_those_of_the_table_is_fetched_with_them(tmp_path):
    write_few_tables(tmp_path / "tables")
    told = codes_in("kolada", read_all(tmp_path / "tables").rows)
    with Kolada(
        rate=Rate(100, 1.0), key_figures=[key_figure(code) for code in (*told, "N99999")], areas=PLACES
    ) as service:
        words = ("kolada", "--data", tmp_path / "data", "--sources", sources_file(tmp_path, service))
        done = run(*words, "--tables", tmp_path / "tables", "--also-kpi", "N99999")
    assert done.exit_code == 0, done.stderr
    assert cache_of(tmp_path / "data", "kolada").catch().asked["ids"] == sorted([*told, "N99999"])
    assert run(*words, "--also-kpi", "N99999", "--all-kpis").exit_code == 2
