"""How Kolada is asked (API v3): key figures, municipalities and regions, and all values of the one in the other.

The service gives 5,000 items a page and the address of the next page, and takes 25 ids a call.
See https://www.kolada.se/om-oss/api/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from loaders.cache import Answer
from loaders.choices import said_of
from loaders.client import Client, Unfetched
from loaders.json_answers import Page, pages
from loaders.progress import Told

IDS_A_CALL = 25
PER_PAGE = 5000
_PARTS = frozenset({"kpi", "municipality", "period", "values"})
_MOST_LISTS = 20  # pages of all key figures: there are some 6,000
_MOST_VALUES = 40  # pages of 25 key figures in 25 areas: 125,000 values would be 200 years of each


class Kpi(BaseModel):
    """A key figure, as far as it is used here."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{5}$")]
    title: Annotated[str, StringConstraints(min_length=1)]
    description: str | None = None
    is_divided_by_gender: bool = False
    prel_publication_date: str | None = None
    publication_date: str | None = None
    publ_period: str | None = None


class Municipality(BaseModel):
    """A municipality, a region or the nation, as far as it is used here."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    title: Annotated[str, StringConstraints(min_length=1)]
    type: Annotated[str, StringConstraints(pattern=r"^[KL]$")]


def fetch(client: Client, kpis: Sequence[str] | None, told: Told) -> list[Answer]:
    """Every answer that says something of some key figures, or of all where none are named. Raises Unfetched."""
    answers: list[Answer] = []
    found = [kpi.id for kpi in _all(client, "kpi", Kpi, answers)]
    areas = [area.id for area in _all(client, "municipality", Municipality, answers)]
    if kpis is not None and (unknown := sorted(set(kpis) - set(found))):
        raise Unfetched(
            f"{client.source.address}kpi",
            f"there is no key figure {', '.join(unknown)}. Where Kolada has removed one that indicators.csv names, "
            "indicator_statuses.csv can say that its indicator has ended: it is asked for no more",
        )
    questions = [
        f"{client.source.address}data/kpi/{','.join(some)}/municipality/{','.join(there)}?per_page={PER_PAGE}"
        for some in _a_call_each(found if kpis is None else kpis)
        for there in _a_call_each(areas)
    ]
    told(0, len(questions))
    with client.side_by_side() as pool:
        asked = [pool.submit(_values, client, question) for question in questions]
        for number, done in enumerate(as_completed(asked), 1):
            answers += done.result()
            told(number, len(questions))
    return answers


def _values(client: Client, question: str) -> list[Answer]:
    return [answer for answer, _ in pages(client, question, check_values, _MOST_VALUES)]


def _all(client: Client, entity: str, model: type[Any], answers: list[Answer]) -> list[Any]:
    """All entities of a sort; what says so is added to the answers. Raises Unfetched where they are not all there."""
    url = f"{client.source.address}{entity}?per_page={PER_PAGE}"
    got = list(pages(client, url, lambda page: read_list(page, model), _MOST_LISTS))
    found = [one for _, page in got for one in read_list(page, model)]
    if not found:
        raise Unfetched(url, "the list is empty")
    for answer, page in got:
        told, here = page.get("count"), len(page["values"])
        if told is not None and told not in (here, len(found)):
            raise Unfetched(
                answer.url, f"count says {told!r}, and there are {here:,} on the page, {len(found):,} in all"
            )
    answers += [answer for answer, _ in got]
    return found


def _a_call_each(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids in order, as many at once as a call takes."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), IDS_A_CALL):
        yield ordered[start : start + IDS_A_CALL]


def read_list(page: Page, model: type[Any]) -> list[Any]:
    """The entities on a page. Raises ValueError with the place and the fault of the first that is wrong."""
    found = []
    for place, item in enumerate(_items(page)):
        try:
            found.append(model.model_validate(item))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join(map(str, (f"values[{place}]", *fault["loc"])))
            raise ValueError(f"{where}: {said_of(fault)}") from error
    return found


def check_values(page: Page) -> None:
    """Raise ValueError where a page is none of values."""
    for place, item in enumerate(_items(page)):
        if not isinstance(item, dict) or not item.keys() >= _PARTS:
            raise ValueError(f"values[{place}] has not the parts kpi, municipality, period and values")


def _items(page: Page) -> list[Any]:
    items = page.get("values")
    if not isinstance(items, list):
        raise ValueError("there is no list called values")
    if not items and page.get("next_url"):
        raise ValueError("the page is empty and leads on to another: the pages never end")
    return items
