"""What a reader of the matrix has chosen, and the panel that says why a pair of goals is mapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import URIRef

from endpoint.lists import Labels, read_labels
from endpoint.matrix import BASES, COLUMNS, COUNTED, ROWS, WHOLE, Cell, Matrix
from endpoint.problems import Problem
from endpoint.reasons import Reason, graph_of, read_reason
from endpoint.site import Site
from ontology import iri
from ontology.namespaces import DCTERMS, SKOS
from ontology.schemes import Standing
from ontology.text import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of the matrix asks for."""

    row: str | None = None
    goal: int | None = None
    basis: Standing | None = None

    @property
    def standings(self) -> frozenset[Standing]:
        """The standings that count."""
        return COUNTED if self.basis is None else frozenset({self.basis})

    def address(self, row: str, goal: int) -> str:
        """The query string and fragment that choose a pair and keep the rest."""
        kept = f"&basis={self.basis.value}" if self.basis else ""
        return f"?objective={row}&goal={goal}{kept}#why"

    def address_of(self, basis: Standing | None) -> str:
        """The query string that chooses a basis and keeps the pair."""
        fields = [f"objective={self.row}&goal={self.goal}"] if self.row else []
        fields += [f"basis={basis.value}"] if basis else []
        return "?" + "&".join(fields) if fields else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chosen pair, its cell (None where nothing is registered) and why each of its links is there."""

    whole: URIRef
    goal: URIRef
    cell: Cell | None
    reasons: tuple[Reason, ...]
    labels: Labels


def read_choice(parameters: Mapping[str, str]) -> Choice:
    """What is chosen. Raises Problem, with the parameter and what it may be."""
    row = _one_of(parameters, "objective", ROWS)
    goal = _one_of(parameters, "goal", map(str, COLUMNS))
    basis = _one_of(parameters, "basis", (standing.value for standing in BASES))
    if (row is None) != (goal is None):
        missing = "objective" if row is None else "goal"
        detail = Text(
            f"Parametern {missing} saknas: ett par är både objective och goal.",
            f"The parameter {missing} is missing: a pair is both objective and goal.",
        )
        raise _bad(missing, detail)
    return Choice(row, int(goal) if goal else None, Standing(basis) if basis else None)


async def read_panel(site: Site, table: Matrix, choice: Choice) -> Panel | None:
    """The panel of the chosen pair, None where none is chosen. One query where the pair has links."""
    if choice.row is None or choice.goal is None:
        return None
    kind = "generational-goal" if choice.row == WHOLE else "objective"
    whole = site.local(iri.mint(kind, choice.row))
    goal = iri.mint("sdg-goal", choice.goal)
    cell = table.at(choice.row, choice.goal)
    if cell is None:
        return Panel(whole, goal, None, (), {})
    stated = await site.select("pages/pair", whole=whole, goal=goal)
    graph = graph_of(stated)
    reasons = [read_reason(site, graph, link.mapping) for link in cell.links]
    naming = [row for row in stated if row["property"] in {SKOS.prefLabel, DCTERMS.title}]
    labels = read_labels(naming, "subject", "value")
    return Panel(whole, goal, cell, tuple(reason for reason in reasons if reason), labels)


def _one_of(parameters: Mapping[str, str], name: str, allowed: Iterable[str]) -> str | None:
    value, values = parameters.get(name), tuple(allowed)
    if value is None or value in values:
        return value
    listed = ", ".join(values)
    detail = Text(
        f"Parametern {name} kan inte vara ”{value}”. Den kan vara: {listed}.",
        f"The parameter {name} cannot be “{value}”. It can be: {listed}.",
    )
    raise _bad(name, detail)


def _bad(parameter: str, detail: Text) -> Problem:
    title = Text("Adressen kan inte förstås", "The address cannot be understood")
    return Problem(400, "bad-parameter", title, detail, members={"parameter": parameter})
