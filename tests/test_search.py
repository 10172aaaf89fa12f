"""Search: what is found, in what order, and what becomes of typing errors and of bad input."""

from __future__ import annotations

import random
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import loaders.index
from endpoint import rendering
from endpoint.app import create_app
from endpoint.search.apart import Named, Told, in_words, namesakes
from endpoint.search.index import Index, Wanted, ask_index, distance
from endpoint.search.inflection import are_forms, stem
from endpoint.settings import Settings
from endpoint.site import Site
from endpoint.workers.pool import QueryFailed
from loaders import curated
from loaders.composing import compose
from loaders.index import PLACE, TERM, letters, plain, write_index
from loaders.release import Release, Releases
from ontology.kinds import KINDS
from tests.conftest import BASE
from tests.releases import put
from tests.test_pages import get, table


@pytest.fixture
def index(release: Release) -> Iterator[Index]:
    with closing(Index(release.path / PLACE)) as opened:
        yield opened


def suggested(client: TestClient, typed: str, language: str = "sv") -> list[dict[str, str]]:
    answer = client.get("/suggest", params={"q": typed, "lang": language})
    assert answer.status_code == 200
    found = answer.json()
    assert found["q"] == " ".join(typed.split())
    assert len(found["suggestions"]) <= 8
    return found["suggestions"]


def first(client: TestClient, typed: str, language: str = "sv") -> str:
    return suggested(client, typed, language)[0]["href"]


def test_a_search_field_takes_as_many_letters_as_a_search(client: TestClient, monkeypatch) -> None:
    monkeypatch.setattr(rendering, "MOST_CHARACTERS", 17)
    monkeypatch.setattr(client.app.state.site, "spoken", {})
    for page in ("/sv/search?q=as-many", "/sv/query?query=ASK%7B%7D%23as-many"):
        assert re.findall(r'name="q"[^>]* maxlength="(\d+)"', client.get(page).text) == ["17"], page


def test_no_key_that_is_made_of_our_own_words_stands_before_a_name(client):
    assert not any("code" in found for found in suggested(client, "växthusgasutsläpp i sverige: jord"))
    found = client.get("/sv/search?q=växthusgasutsläpp&type=slice").text
    assert "Växthusgasutsläpp i Sverige: Jordbruk" in found
    assert 'class="key"' not in found
    assert '<span class="key">KL1</span> <a' in client.get("/sv/search?q=KL1").text


def test_an_actor_has_its_organisation_number_before_its_name_and_no_word_of_ours(client: TestClient) -> None:
    found = {one["href"]: one.get("code") for one in suggested(client, "naturvårdsverket") + suggested(client, "rus")}
    assert found["/res/actor/202100-1975.sv.html"] == "202100-1975"
    assert found["/res/actor/rus.sv.html"] is None
    for path in ("/sv/search?q=rus&type=actor", "/res/actor/rus.sv.html", "/sv/kinds/actor", "/sv/mapping/propose"):
        text = client.get(path).text
        assert not re.search(r'<span class="key">[a-z]|<option[^>]*>(?:kolada-|[a-z]+-)', text), path
    assert '<span class="key">202100-1975</span> <a' in client.get("/sv/kinds/actor").text


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        # codes stand first, however they are written
        ("14.1", "/res/sdg/14.1"),
        ("1280", "/res/municipality/1280"),
        ("KL2", "/res/milestone-target/KL2"),
        ("kl2", "/res/milestone-target/KL2"),
        ("8", "/res/objective/8"),
        ("202100-1975", "/res/actor/202100-1975"),
        ("2021001975", "/res/actor/202100-1975"),
        ("N00401", "/res/indicator/kolada-N00401"),
        # so do they after what they are codes of, however that is called
        ("delmål 14.1", "/res/sdg/14.1"),
        ("SDG 14.1", "/res/sdg/14.1"),
        ("target 14.1", "/res/sdg/14.1"),
        ("Agenda 2030 mål 14", "/res/sdg/14"),
        ("globalt mål 7", "/res/sdg/7"),
        ("mål 7", "/res/objective/7"),
        ("miljömål 7", "/res/objective/7"),
        ("objective 7", "/res/objective/7"),
        ("län 12", "/res/county/12"),
        ("precisering 7-1", "/res/specification/7-1"),
        ("precisering 7.1", "/res/specification/7-1"),
        ("miljömålet 7", "/res/objective/7"),
        ("delmålet 14.1", "/res/sdg/14.1"),
        ("miljömål nr 7", "/res/objective/7"),
        ("goal 14", "/res/sdg/14"),
        ("etappmål KL2", "/res/milestone-target/KL2"),
        # names, with and without the marks of letters
        ("övergödning", "/res/objective/7"),
        ("overgodning", "/res/objective/7"),
        ("ÖVERGÖDNING", "/res/objective/7"),
        ("malmo", "/res/municipality/1280"),
        ("naturvardsverket", "/res/actor/202100-1975"),
        ("  frisk   luft ", "/res/objective/2"),
        # a part of a word, and typing errors
        ("gödning", "/res/objective/7"),
        ("overgodnig", "/res/objective/7"),
        ("övregödning", "/res/objective/7"),
        ("naturvårdsvreket", "/res/actor/202100-1975"),
    ],
)
def test_what_is_meant_stands_first(client: TestClient, typed: str, page: str) -> None:
    assert first(client, typed) == f"{page}.sv.html"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_start_page_says_for_example_is_found(client: TestClient, language: str) -> None:
    hero = client.get(f"/{language}/").text.partition('class="on-page"')[0]
    examples = re.findall(r'href="(/\w\w/search\?q=[^"]+)">([^<]+)<', hero)
    assert len(examples) == 3
    assert hero.count('role="search"') == 1
    for address, typed in examples:
        page = client.get(address).text
        assert f'value="{typed}"' in page
        assert 'class="hits"' in page
        assert 'class="notice"' not in page


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("utsläpp", "utsläppen"),
        ("mål", "målen"),
        ("mål", "målet"),
        ("kommun", "kommunerna"),
        ("åtgärd", "åtgärden"),
        ("koppling", "kopplingarna"),
        ("bedömning", "bedömningarna"),
        ("hav", "haven"),
        ("sjöar", "sjön"),
        ("giftfri miljö", "giftfria miljöer"),
        ("objective", "objectives"),
        ("indicator", "indicators"),
        ("municipality", "municipalities"),
        ("county", "counties"),
        ("stad", "städer"),
        ("land", "länder"),
        ("strand", "stränderna"),
    ],
)
def test_any_form_of_a_word_finds_what_has_another(index, written: str, form: str) -> None:
    """The word itself finds more where longer words begin so; what has it as it is written is found by its form."""
    found = index.find(form, "sv")
    assert found.are_exact
    assert found.read_as == {}
    named = re.compile(rf"\b{written}\b")
    with_it = {hit.thing for hit in index.find(written, "sv").hits if named.search(names_of(index, hit.thing))}
    assert with_it
    assert with_it <= {hit.thing for hit in found.hits}


@pytest.mark.parametrize(
    ("typed", "objectives"),
    [("vatten", ["8", "9"]), ("miljö", ["15", "4", "14", "6"]), ("vatten kvalitet", ["9"]), ("marker", ["11"])],
)
def test_a_word_is_found_at_the_end_of_others_after_where_names_begin_so(
    index: Index, typed: str, objectives: list[str]
) -> None:
    hits = index.find(typed, "sv").hits
    assert [hit.key for hit in hits if hit.kind == "objective"] == objectives


def names_of(index: Index, thing: int) -> str:
    """All names of a thing, in small letters."""
    rows = index._connection.execute("select letters from names where thing = ?", (thing,))
    return "\n".join(one for (one,) in rows)


NO_FORMS = [
    ("mark", "märker"),
    ("krav", "kräver"),
    ("vad", "väder"),
    ("ost", "öster"),
    ("sak", "säker"),
    ("gång", "gänger"),
]
"""Words with another vowel, which are no plurals."""


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("städer", "stad"),
        ("storstäderna", "storstad"),
        ("länders", "land"),
        ("händer", "handen"),
        ("ledamöter", "ledamot"),
    ],
)
def test_a_vowel_may_change_in_the_plural(plural: str, singular: str) -> None:
    assert are_forms(plural, singular)
    assert are_forms(singular, plural)
    assert plain(singular).startswith(plain(stem(plural)))
    assert plain(plural).startswith(plain(stem(singular)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("barn", "bara"), ("Solna", "solar"), ("plan", "plant"), ("haven", "have"), ("for", "form"), *NO_FORMS],
)
def test_words_that_only_begin_alike_are_no_forms_of_one(one: str, other: str) -> None:
    assert not are_forms(letters(one), letters(other))
    assert not are_forms(letters(other), letters(one))


@given(*[st.text("aäeinrsdt", max_size=8)] * 2)
def test_forms_are_forms_of_each_other_and_begin_with_the_stem(one: str, other: str) -> None:
    assert are_forms(one, one)
    assert are_forms(one, other) == are_forms(other, one)
    if are_forms(one, other):
        assert plain(other).startswith(plain(stem(one))) or one == other


def test_words_that_tell_nothing_alone_do_not_decide(client: TestClient) -> None:
    assert first(client, "indikatorerna för fåglar") == first(client, "indikatorerna fåglar")
    assert first(client, "arter i skogen") == first(client, "arter skogen")
    assert suggested(client, "i")


@pytest.mark.parametrize("typed", ["utsläpp", "u", "delmål 14.1", "14", "kommunn", "Malmö xyzzy", "skogar i skåne"])
def test_the_first_of_many_are_the_same_as_of_all(index: Index, typed: str) -> None:
    for most in (1, 8):
        few, found = index.find(typed, "sv", Wanted(most=most)), index.find(typed, "sv")
        assert found.hits
        assert (few.hits, few.read_as, few.is_partial) == (found.hits[:most], found.read_as, found.is_partial)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=a", "Narrow to a kind, or write another word."),
        ("q=kommun&type=municipality", "Write another word to have fewer."),
        ("q=halland", None),
    ],
)
def test_whoever_is_given_many_pages_is_told_how_to_have_fewer(
    client: TestClient, query: str, told: str | None
) -> None:
    status = get(client, f"/en/search?{query}").text
    for way in ("Narrow to a kind, or write another word.", "Write another word to have fewer."):
        assert (way in status) == (way == told)


@pytest.mark.parametrize("typed", ["utsläpp", "u", "mål 14", "delmål 14.1", "kommunn", "Malmö xyzzy", "i", "qqqq"])
def test_a_part_of_what_is_found_is_that_part_of_all(index: Index, typed: str) -> None:
    found = index.find(typed, "sv", Wanted(are_counted=True))
    assert found.kinds == Counter(hit.kind for hit in found.hits)
    assert [*found.kinds.values()] == sorted(found.kinds.values(), reverse=True)
    for kind in ("", *found.kinds):
        of_kind = [hit for hit in found.hits if kind in {"", hit.kind}]
        assert found.of(kind) == len(of_kind)
        assert index.find(typed, "sv", Wanted((kind,) if kind else (), 2, 3)).hits == of_kind[2:5]


@pytest.mark.parametrize(
    ("typed", "language", "document"),
    [
        ("luft", "sv", "objective/2"), ("klimat", "sv", "objective/1"), ("skog", "sv", "objective/12"),
        ("vatten", "sv", "objective/8"), ("hav", "sv", "objective/10"), ("air", "en", "objective/2"),
        ("climate", "en", "objective/1"), ("water", "en", "sdg/6"), ("forest", "en", "objective/12"),
    ],
)  # fmt: skip
def test_an_objective_or_goal_comes_first_though_the_word_is_further_in_its_name(
    index: Index, typed: str, language: str, document: str
) -> None:
    found = index.find(typed, language, Wanted(most=2)).hits
    assert f"res/{document}" in {hit.document for hit in found}


def test_what_begins_with_one_letter_comes_before_what_has_it_further_on(index: Index) -> None:
    assert index.name(index.find("a", "sv", Wanted(most=1)).hits, "sv")[0].label.text.startswith("A")


def test_letters_with_marks_are_letters_of_their_own(client: TestClient) -> None:
    with_marks = [one["label"] for one in suggested(client, "länsstyrelsen i") if one["kind"] == "actor"]
    assert with_marks
    assert all("Länsstyrelsen i" in label for label in with_marks)
    assert suggested(client, "habo")[0]["label"] == "Habo"
    assert suggested(client, "håbo")[0]["label"] == "Håbo"


def test_a_match_in_the_other_language_is_shown_with_its_language(client: TestClient) -> None:
    found = suggested(client, "sustainable forests")[0]
    assert (found["label"], found["matched"], found["matchedLanguage"]) == (
        "Levande skogar",
        "Sustainable Forests",
        "en",
    )
    page = client.get("/sv/search", params={"q": "sustainable forests"}).text
    assert '<span lang="en">Sustainable Forests</span>' in page


def test_a_search_is_a_page_of_links_that_are_answered(client: TestClient) -> None:
    page = get(client, "/en/search?q=climate")
    (*links,) = [str(a["href"]) for a in page.of("a") if str(a["href"]).startswith("/res/")]
    assert links
    for link in links:
        assert client.get(link).status_code == 200


def test_hits_are_counted_narrowed_and_turned_page_by_page(client: TestClient) -> None:
    seen: list[str] = []
    for number in range(1, 13):
        page = get(client, f"/sv/search?q=kommun&type=municipality&page={number}")
        seen += [str(a["href"]) for a in page.of("a") if str(a["href"]).startswith("/res/municipality/")]
        if not [a for a in page.of("a") if a.get("rel") == "next"]:
            break
    assert f"{len(seen)} träffar." in " ".join(page.texts)
    assert len(seen) == len(set(seen)) == len(table("municipalities"))


def test_what_was_forgiven_is_said(client: TestClient) -> None:
    for typed in ("overgodnig", "Övergödnig", "övergo\u0308dnig"):
        said = " ".join(get(client, f"/sv/search?q={typed}").texts)
        assert f"Inget ord börjar på ”{normalize('NFC', typed)}”. Visar träffar på: övergödning" in said
    assert "No word begins with “Övergödnig”" in get(client, "/en/search?q=Övergödnig").text
    assert "Inget har alla orden" in get(client, "/sv/search?q=frisk+xyzzyq").text
    assert "Inget passar ”xyzzyq”" in get(client, "/sv/search?q=xyzzyq").text


@pytest.mark.parametrize(
    "typed", ["'", '"', "*", "a OR b NOT", 'letters : "x"', "<script>", "\u202eabc", "%", "()", "-"]
)
def test_whatever_is_typed_is_words_and_not_a_language(client: TestClient, typed: str) -> None:
    suggested(client, typed)
    page = client.get("/sv/search", params={"q": typed})
    assert page.status_code == 200
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/sv/search?q=" + "a" * 201, "200"),
        ("/sv/search?q=a&type=unicorn", "municipality"),
        ("/sv/search?q=a&page=0", "1–"),
        ("/sv/search?q=a&page=99999", "1–"),
        ("/sv/search?q=a&page=%C2%B2", "1–"),
        ("/suggest?q=a&lang=fi", "sv, en"),
        ("/suggest?q=" + "a" * 201, "200"),
    ],
)
def test_a_wrong_parameter_is_a_400_that_names_what_there_is(client: TestClient, path: str, named: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert named in answer.json()["detail"]


def test_every_page_has_a_field_with_a_label_and_an_unknown_address_offers_search(client: TestClient) -> None:
    page = get(client, "/sv/kinds/objective")
    (field,) = page.of("input")
    assert field["id"] in [label["for"] for label in page.of("label")]
    assert "/sv/search?q=levande%20skogar" in [a["href"] for a in get(client, "/sv/levande-skogar", 404).of("a")]


def test_everything_that_has_a_list_of_its_own_is_in_the_index(release: Release) -> None:
    with closing(sqlite3.connect(release.path / PLACE)) as index:
        stored = dict(index.execute("select kind, count(*) from things group by kind").fetchall())
    unnamed = {"mapping"}  # a mapping has no name; it is found from either end
    for kind in KINDS.values():
        if kind.is_listed and kind.name not in unnamed:
            assert stored.get(kind.name, 0) == release.record["counts"].get(kind.name, 0), kind.name


def test_the_index_is_sealed_and_the_same_for_the_same_content(release: Release, few_tables, tmp_path) -> None:
    assert PLACE in release.record["files"]
    content = compose(curated.read_all(few_tables), BASE)
    for name in ("one", "other"):
        write_index(content, tmp_path / name)
    assert len({sha256((tmp_path / name / PLACE).read_bytes()).digest() for name in ("one", "other")}) == 1


def test_a_release_without_an_index_is_served_without_search(few_copied) -> None:
    data = few_copied / "data"
    made = Releases(data).current()
    bare = put(made, data, "2020-01-01-0123456789ab")
    (bare.path / PLACE).unlink()
    with TestClient(create_app(bare, Settings(data, workers=2, watch=3600))) as client:
        assert get(client, "/sv/kinds/objective").of("input") == []
        assert client.get("/suggest?q=a").status_code == 404
    with TestClient(create_app(made, Settings(data, workers=2, watch=3600))) as client:
        assert client.get("/suggest?q=levande").json()["suggestions"]


@pytest.mark.parametrize(
    ("typed", "language", "apart"),
    [
        ("statskontoret", "sv", {"202100-0852": "upphörde 2025-12-31", "202100-5026": "från 1998"}),
        ("skånska åtgärder", "en", {"SKANE-2012": "2012 to 2016", "SKANE-2016": "2016 to 2020"}),
        ("Främmande arter", "sv", {"8-8": "Levande sjöar och vattendrag", "12-6": "Levande skogar"}),
    ],
)
def test_things_of_one_name_are_told_apart_by_their_times_or_what_they_belong_to(client, typed, language, apart):
    found = {one["code"]: one.get("apart") for one in suggested(client, typed, language) if "code" in one}
    assert apart.items() <= found.items()
    text = get(client, f"/{language}/search?q={typed}").text
    assert all(f" · {words}" in text for words in apart.values())


def test_terms_of_one_name_are_told_apart_by_what_programs_call_them(client):
    found = {one["href"]: one["apart"] for one in suggested(client, "sektor") if one["kind"] == TERM and "apart" in one}
    assert found["/res/spec/sector.sv.html"] == "spec/sector"
    assert found["/res/spec/Sector.sv.html"] == "spec/Sector"


def test_of_namesakes_the_one_that_is_still_there_comes_first(client):
    ended = {row["actor"] for row in table("actor_ends")}
    actors_of = defaultdict(set)
    for row in table("actor_names"):
        actors_of[row["name_sv"]].add(row["actor"])
    told = {name: actors for name, actors in actors_of.items() if len(actors) == 2 and len(actors & ended) == 1}
    assert told
    for name, actors in told.items():
        first, second, *_ = (one["href"] for one in suggested(client, name) if one["kind"] == "actor")
        (there,), (gone,) = actors - ended, actors & ended
        assert (first, second) == (f"/res/actor/{there}.sv.html", f"/res/actor/{gone}.sv.html")


def test_what_is_the_same_of_namesakes_tells_nothing_and_who_has_none_is_told_nothing():
    one, other = Told("2022", "2025", ("Skåne",)), Told("2022", "2026", ("Skåne",))
    assert in_words("measure", [one, other], "sv") == ["2022 till 2025", "2022 till 2026"]
    assert in_words("measure", [one, one], "sv") == ["", ""]
    assert in_words("actor", [Told("", "2025", ()), Told("", "", ())], "en") == ["ended 2025", ""]
    things = [Named("actor", "Boverket", "a"), Named("source", "boverket", "b"), Named("actor", "boverket", "a")]
    assert namesakes(things) == []


def test_namesakes_are_found_where_what_tells_them_apart_cannot_be_asked(client, monkeypatch):
    async def failing(*_args, **_terms):
        raise QueryFailed("timeout")

    monkeypatch.setattr(Site, "select_among", failing)
    found = [one for one in suggested(client, "Statskontoret?") if one["kind"] == "actor"]
    assert len(found) == 2
    assert all("apart" not in one for one in found)


@pytest.mark.parametrize(("more", "found"), [(0, "res/source/kemikalie"), (2_000, None)])
def test_a_misspelt_word_is_held_against_a_bounded_number_of_others(tmp_path, more: int, found: str | None) -> None:
    words = ["kemikalie", *(f"{number}source" for number in range(100, 100 + more))]
    with closing(sqlite3.connect(tmp_path / "search.sqlite")) as made, made:
        made.execute("create table things (document text)")
        made.executemany("insert into things values (?)", [(f"res/source/{word}",) for word in words])
    with closing(Index(tmp_path / "search.sqlite")) as index:
        assert index.near("res/source/kemiklaie") == found
        assert index.near("res/source/kemilaiek") is None
        assert index.near("res/sources/kemiklaie") is None


def test_folding_keeps_what_it_says() -> None:
    assert letters("Éva ÅÄÖ Å") == "eva åäö å"
    assert plain("Éva ÅÄÖ") == "eva aao"
    # Damerau-Levenshtein, worked out by hand
    assert [distance(*pair) for pair in (("ab", "ba"), ("abc", "abc"), ("abc", "ac"), ("kitten", "sitting"))] == [
        1,
        0,
        1,
        3,
    ]


def in_one(text: str) -> tuple[str, str]:
    """A text without marks but those of å, ä and ö, and without any: all of it at once, letter by letter."""
    own, back = str.maketrans("åäö", "\ue000\ue001\ue002"), str.maketrans("\ue000\ue001\ue002", "åäö")

    def bare(some: str) -> str:
        return "".join(
            each for each in unicodedata.normalize("NFKD", some.casefold()) if not unicodedata.combining(each)
        )

    return bare(unicodedata.normalize("NFC", text).casefold().translate(own)).translate(back), bare(text)


def test_a_text_is_folded_word_by_word_as_the_whole_of_it_would_be():
    drawn = random.Random(90)
    signs = "aÅåÄÖéß İıſΣς\u0301\u0308\u030a\u0327\u00a0\u2028\t  -\u1112\u1161\u11ab\u00a8½ﬁ"
    texts = ["".join(drawn.choices(signs, k=drawn.randrange(12))) for _ in range(3000)]
    for text in [*texts, " \u0308a", "a  b ", "", " "]:
        assert (letters(text), plain(text)) == in_one(text), ascii(text)


def test_what_is_longer_than_a_word_is_not_remembered(monkeypatch):
    made = Counter[str]()

    class Counting:
        combining = unicodedata.combining

        def normalize(self, _form: str, word: str) -> str:
            made[word] += 1
            return unicodedata.normalize("NFKD", word)

    monkeypatch.setattr(loaders.index, "unicodedata", Counting())
    short, long = "öknäs" * 8, "ökenås" * 7
    for _ in range(2):
        assert plain(f"{short} {long}") == f"{'oknas' * 8} {'okenas' * 7}"
    assert made == {short: 1, long: 2}


def test_what_was_typed_is_not_said_again_as_markup(client):
    answer = client.get("/suggest", params={"q": "<b>luft"})
    assert b"<b>" not in answer.content
    assert answer.json()["q"] == "<b>luft"


def test_an_index_that_has_gone_tells_nothing(tmp_path):
    assert ask_index(tmp_path / "index.sqlite", lambda index: index.near("res/objective/x")) is None
