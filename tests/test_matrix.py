"""The matrix of objectives and goals, from rows to what a reader sees."""

from __future__ import annotations

import pytest
from rdflib import URIRef
from starlette.datastructures import QueryParams

from endpoint.mapping.matrix import (
    COLUMNS,
    ROWS,
    Cell,
    Link,
    arrange,
    by_subject,
    counted,
    natural,
    read_links,
    waiting,
)
from endpoint.mapping.selection import ALLOWED, Level, Selection, Tie, View, read_selection
from endpoint.problems import Problem
from loaders.mappings import Relation
from ontology import iri
from ontology.namespaces import MG
from ontology.schemes import Confidence, Standing, Strength


def row(
    subject: str,
    towards: str,
    standing: str,
    strength: Strength | None = None,
    confidence: Confidence = Confidence.CERTAIN,
) -> dict[str, URIRef]:
    """A row of `pages/mappings`, on the canonical base."""
    kind = {"GEN": "generational-goal"}.get(subject, "strand" if subject.startswith("GEN-") else "objective")
    whole = iri.mint("generational-goal", "GEN") if kind == "strand" else iri.mint(kind, subject)
    goal = towards.partition(".")[0]
    found = {
        "mapping": iri.mint("mapping", f"editors--{kind}-{subject}--{towards}"),
        "subject": iri.mint(kind, subject),
        "whole": whole,
        "relation": MG.contributesTo,
        "object": iri.mint("sdg-target" if "." in towards else "sdg-goal", towards),
        "goal": iri.mint("sdg-goal", goal),
        "standing": iri.concept(Standing(standing)),
        "confidence": iri.concept(confidence),
    }
    return found | ({"strength": iri.concept(strength)} if strength else {})


def links(*rows: dict[str, URIRef]) -> list[Link]:
    return read_links(rows, canonical=str)


def only_cell(*rows: dict[str, URIRef]) -> Cell:
    (cell,) = arrange(links(*rows)).cells.values()
    return cell


def test_rows_are_the_generational_goal_and_the_16_objectives_and_columns_the_17_goals() -> None:
    assert ROWS[:2] == ("GEN", "1")
    assert (len(ROWS), len(COLUMNS)) == (17, 17)


def test_links_to_several_targets_of_a_goal_are_one_cell() -> None:
    cell = only_cell(row("7", "14.1", "editorial"), row("7", "14.2", "editorial"), row("7", "14", "published"))
    assert (cell.row, cell.goal, cell.count, cell.published) == ("7", 14, 3, 1)


def test_strands_count_under_the_generational_goal() -> None:
    assert only_cell(row("GEN", "12.2", "editorial"), row("GEN-5", "12.2", "editorial")).row == "GEN"


@pytest.mark.parametrize(
    ("strengths", "strongest", "marks"),
    [
        ([Strength.INDIRECT, Strength.DIRECT], Strength.DIRECT, 2),
        ([None, Strength.INDIRECT], Strength.INDIRECT, 1),
        ([None], None, 0),
    ],
)
def test_a_cell_shows_the_strongest_strength_that_is_stated(
    strengths: list[Strength | None], strongest: Strength | None, marks: int
) -> None:
    cell = only_cell(*(row("7", f"14.{n}", "editorial", strength) for n, strength in enumerate(strengths, 1)))
    assert (cell.strength, cell.marks) == (strongest, marks)


def test_proposals_do_not_count() -> None:
    found = links(row("7", "14.1", "proposed"), row("7", "14.2", "editorial"))
    assert arrange(found).links == 1


def test_proposals_are_neither_counted_nor_among_what_counts() -> None:
    found = links(row("7", "14.1", "proposed"), row("7", "14.2", "editorial"), row("7", "14", "published"))
    assert [link.standing for link in counted(found)] == [Standing.PUBLISHED, Standing.EDITORIAL]
    assert [link.standing for link in waiting(found)] == [Standing.PROPOSED]
    assert arrange(links(row("7", "14.1", "proposed"))).links == 0


def test_a_published_link_whose_source_was_not_read_for_certain_is_only_likely() -> None:
    likely = row("4", "14", "published", confidence=Confidence.LIKELY)
    firm = row("4", "14.1", "published")
    editorial = row("4", "14.2", "editorial", confidence=Confidence.LIKELY)
    cells = only_cell(likely, editorial), only_cell(likely, firm), only_cell(firm, editorial)
    assert [(cell.published, cell.likely, cell.is_likely) for cell in cells] == [
        (1, 1, True),
        (2, 1, False),
        (1, 0, False),
    ]


def test_a_pair_without_links_has_no_cell() -> None:
    assert arrange(links(row("7", "14.1", "editorial"))).at("7", 1) is None


def test_links_stand_in_the_order_of_objectives_and_targets() -> None:
    found = links(
        row("10", "14.1", "editorial"),
        row("9", "6.a", "editorial"),
        row("9", "6.6", "editorial"),
        row("GEN-2", "15.5", "editorial"),
        row("GEN", "17.14", "editorial"),
    )
    assert [(link.row, str(link.object).rpartition("/")[2]) for link in found] == [
        ("GEN", "15.5"),
        ("GEN", "17.14"),
        ("9", "6.6"),
        ("9", "6.a"),
        ("10", "14.1"),
    ]
    assert [iri.parse(subject) for subject in by_subject(found, str)] == [
        ("generational-goal", "GEN"),
        ("strand", "GEN-2"),
        ("objective", "9"),
        ("objective", "10"),
    ]


def test_a_thing_that_is_no_goal_is_refused() -> None:
    with pytest.raises(ValueError, match="no thing of ours"):
        links(row("7", "14.1", "editorial") | {"whole": URIRef("https://example.org/x")})


def test_keys_sort_as_people_sort_them() -> None:
    assert sorted(["14.a", "14.10", "2", "14.2", "9"], key=natural) == ["2", "9", "14.2", "14.10", "14.a"]


def test_a_selection_is_an_address_in_canonical_order_without_defaults() -> None:
    said = (
        "page=2&sort=-date&strength=not-stated&relation=depends-on&basis=published&goal=12&objective=GEN&level=target"
    )
    selection = read_selection(QueryParams(f"{said}&view=table"))
    assert selection == Selection(
        View.TABLE,
        Level.TARGET,
        "GEN",
        12,
        Standing.PUBLISHED,
        Relation.DEPENDS_ON,
        Tie.NOT_STATED,
        "-date",
        2,
    )
    assert selection.query == f"?view=table&{'&'.join(reversed(said.split('&')))}"
    assert selection.standings == {Standing.PUBLISHED}
    assert selection.but(objective="7", goal=14).query.endswith("&sort=-date")
    assert selection.taken.query == "?objective=GEN&goal=12&basis=published&relation=depends-on&strength=not-stated"


def test_what_is_asked_for_by_default_or_left_empty_is_no_part_of_the_address() -> None:
    assert read_selection(QueryParams("level=goal&sort=objective&page=1&basis=&objective=")).query == ""


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        *((f"{name}=x", name, values) for name, values in ALLOWED.items() if name != "page"),
        ("page=0", "page", ("1–999",)),
        ("objective=17&goal=1", "objective", ("GEN, 1, 2",)),
        ("basis=all", "basis", ("published, editorial, proposed",)),
    ],
)
def test_a_bad_parameter_is_named_with_what_it_can_be(query: str, parameter: str, allowed: tuple[str, ...]) -> None:
    with pytest.raises(Problem) as refused:
        read_selection(QueryParams(query))
    assert refused.value.status == 400
    assert refused.value.members["parameter"] == parameter
    for language in refused.value.detail:
        assert parameter in language
    assert all(value in refused.value.detail.en for value in allowed)
