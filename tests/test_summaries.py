"""What the pages of smaller things say first, in both languages, and what stands beneath one that is made of others."""

from __future__ import annotations

import pytest

from tests.expected import rows
from tests.test_pages import get


@pytest.mark.parametrize(
    ("thing", "swedish", "english"),
    [
        ("strand/GEN-3", "Del av Generationsmålet", "Part of The generational goal"),
        ("strand/GEN-3", "bidrar till, direkt", "contributes to, direct"),
        ("specification/7-1", "Miljökvalitetsmål 7 Ingen övergödning", "objective 7 Zero Eutrophication"),
        ("specification/7-1", "Kopplingar som vilar på den här 6", "Mappings that rest on this 6"),
        ("specification/1-1", "Beslut Sveriges riksdag , 2017", "Decision Riksdag , 2017"),
        ("milestone-step/AV3-2025", "Målår 2025 året har passerat", "Target year 2025 the year has passed"),
        ("milestone-step/AV3-2030", "Nivå 60 procent", "Level 60 per cent"),
        ("measure-link/ATG080--objective-7", "Grund föreslås av redaktionen", "Basis proposed by the editors"),
        ("measure-link/ATG020--objective-7", "Källan anger målet.", "The source states the goal."),
        ("report/FU2023-02", "Sorts rapport Underlagsrapport, 2022", "Kind of report Background report, 2022"),
        ("report/RAU2022", "Utgivare inte angivet", "Publisher not stated"),
        ("assessment-count/AU2021-SE-achievement-ja", "ja: 1 av 16 mål", "yes: 1 of 16 objectives"),
        ("assessment-count/AU2020-SE-trend-positiv", "positiv: 2 mål", "positive: 2 objectives"),
        ("sdg-indicator/2020-6.6.1", "vattenekosystemens utbredning", "extent of water ecosystems"),
        ("sdg-indicator/2020-1.1.1", "samma indikator", "the same indicator"),
        ("sdg-indicator/2020-14.1.1", "ungefär samma indikator", "nearly the same indicator"),
        ("sdg-indicator/2020-2.2.3", "Ingen IRI hos FN betyder samma sak.", "means the same."),
        ("information-system/atgardswebben", "Förvaltas av Länsstyrelserna gemensamt", "Operated by Länsstyrelserna"),
        ("dated-name/202100-5984--myndigheten-for-samhallsskydd-och-beredskap", "till 2025-12-31", "to 2025-12-31"),
        ("duty/202100-4151--follows-up-objectives", "SFS 2009:1464, 4 § 2", "Legal basis SFS 2009:1464, 4 § 2"),
        ("membership/miljomalsradet--202100-2353--2016", "för länsstyrelserna", "for the county administrative boards"),
        ("source/rus-om-rus", "Hämtad 2026-11-23", "Retrieved 2026-11-23"),
        ("row/objectives/7", "Står i objectives.csv, rad 8", "Stands in objectives.csv, line 8"),
    ],
)
def test_a_page_begins_with_what_its_thing_says(client, thing, swedish, english):
    for language, said in (("sv", swedish), ("en", english)):
        text = get(client, f"/res/{thing}.{language}.html").text
        assert said in text.partition("Egenskaper" if language == "sv" else "Properties")[0], text[:1500]


@pytest.mark.parametrize(
    ("thing", "beneath"),
    [
        ("generational-goal/GEN", {f"strand/{row['code']}" for row in rows("strands")}),
        ("report/FU2023", {f"report/{row['report']}" for row in rows("report_parts") if row["part_of"] == "FU2023"}),
        ("objective/2", {f"report/{row['report']}" for row in rows("report_parts") if row["objective"] == "2"}),
        ("sdg/17", {f"sdg/{row['code']}" for row in rows("sdg_targets") if row["goal"] == "17"}),
        (
            "sdg/14.1",
            {f"sdg-indicator/2020-{row['code']}" for row in rows("sdg_indicators") if row["target"] == "14.1"},
        ),
        (
            "actor/regeringen",
            {f"milestone-target/{r['target']}" for r in rows("milestone_decisions") if r["decided_by"] == "regeringen"},
        ),
        (
            "actor/202100-1975",
            {f"report/{row['code'].replace('Å', 'A')}" for row in rows("reports") if row["publisher"] == "202100-1975"},
        ),
    ],
)
def test_what_a_thing_is_made_of_stands_beneath_it_whole(client, thing, beneath):
    linked = {str(a["href"]) for a in get(client, f"/res/{thing}.en.html").of("a")}
    assert beneath
    assert {f"/res/{one}.en.html" for one in beneath} <= linked


def test_the_page_of_a_source_counts_the_rows_that_rest_on_it(client):
    page = get(client, "/res/source/rus-om-rus.en.html")
    counted = [row for row in rows("collaborations") if row["source_id"] == "rus-om-rus"]
    assert page.texts[page.texts.index("collaborations.csv") + 1] == str(len(counted)) == "19"


@pytest.mark.parametrize("thing", ["specification/16-1", "milestone-target/AV3", "sdg-indicator/2020-14.1.1"])
def test_the_mappings_that_rest_on_a_thing_are_those_of_the_table(client, thing):
    kind, _, key = thing.partition("/")
    resting = {row["mapping"] for row in rows("mapping_basis") if (row["basis_kind"], row["basis"]) == (kind, key)}
    html = client.get(f"/res/{thing}.sv.html").text.partition('id="resting"')[2].partition("</ul>")[0]
    assert resting
    assert {f"/res/mapping/{mapping}.sv.html" for mapping in resting} == {
        part.partition('"')[0] for part in html.split('href="') if part.startswith("/res/mapping/")
    }
