"""Each data set in JSON-stat 2.0, a file for each language. One that would be the same is that of the release before.

See https://json-stat.org/full/. What stands under `extension` is ours, as the format leaves it to whoever publishes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from rdflib import URIRef

from loaders import disk
from loaders.cube_names import CATEGORIES, PROPERTIES, Names, category_iri
from loaders.cubes import Cube, Observed, by_data_set, cube_of
from loaders.curated import Curated
from loaders.files import CSV, JSON_STAT
from loaders.json_stat import VERSION
from loaders.live_series import LiveSeries
from loaders.previous import Previous, subjects
from ontology import addresses, iri
from ontology.base import Base
from ontology.namespaces import DCAT, DCTERMS, MG, SKOS
from ontology.text import LANGUAGES, Language, Text

_ROLES = {"time": "year", "geo": "area", "metric": "unit"}
_MOST_REMEMBERED = 10_000
_NOT_OVER = Text(
    "Inte slut när källan hämtades: {years}. Värdena kan gälla en dag eller en del av året, vara beslutade i förväg "
    "eller vara prognoser.",
    "Not over when the source was fetched: {years}. The values may be of a day or a part of the year, decided "
    "beforehand or forecasts.",
)


def write_json_stat(
    curated: Curated, base: Base, directory: Path, previous: Previous | None, made_of: Mapping[str, Iterable[str]]
) -> None:
    """Write each data set into the folder of a release, in Swedish and in English; the digits are those of the source.

    `made_of` has the graphs of the values of each. Where more than values has changed, files are compared, and not what
    they are made of: their names of areas and units come from many graphs.
    """
    describing = _Describing(Names(curated.rows), base)
    before = previous.release.record["files"] if previous else {}
    data_sets = by_data_set(curated.rows)
    same = _same(data_sets, base, previous, made_of) if previous else frozenset()
    written = []
    for key, rows in data_sets.items():
        if previous and key in same:
            for syntax in JSON_STAT.values():
                place = f"{syntax.folder}/{key}.{syntax.suffix}"
                disk.take_over(previous.release.path / place, directory / place)
            continue
        cube = cube_of(rows)
        cells = f'"value":{_values(cube)}{_statuses(cube)}'
        for language, syntax in JSON_STAT.items():
            place = f"{syntax.folder}/{key}.{syntax.suffix}"
            head = _json(describing.head(key, rows, cube, language))
            content = f"{head[:-1]},{cells}}}\n".encode()
            if previous and before.get(place, {}).get("sha256") == sha256(content).hexdigest():
                disk.take_over(previous.release.path / place, directory / place)
            else:
                (directory / place).parent.mkdir(parents=True, exist_ok=True)
                (directory / place).write_bytes(content)
                written.append(directory / place)
    disk.flush_files(written)


def _same(
    data_sets: Mapping[str, list[Observed]], base: Base, previous: Previous, made_of: Mapping[str, Iterable[str]]
) -> frozenset[str]:
    """Data sets of which all is as in a previous release: the values, what is said of them and sources, and all names.

    What has other categories has other values.
    """
    if previous.differences is None:
        return frozenset()
    touched = {base.canonical(subject[1:-1]) for subject in subjects(previous.differences)}
    if any(key.kind in CATEGORIES for key in map(iri.parse, touched) if key):
        return frozenset()
    return frozenset(
        data_set
        for data_set, rows in data_sets.items()
        if previous.has_same(data_set, made_of[data_set]) and touched.isdisjoint(_described_by(data_set, rows))
    )


def _described_by(data_set: str, rows: list[Observed]) -> Iterator[str]:
    """The IRIs of a data set and of the sources that state its values."""
    yield str(iri.mint("dataset", data_set))
    for source in {row.stated_by for row in rows}:
        yield str(iri.mint("source", source))


class _Describing:
    """What a file says before its values."""

    def __init__(self, names: Names, base: Base) -> None:
        self._names, self._base = names, base
        self._category = lru_cache(_MOST_REMEMBERED)(names.category)  # many data sets are of the same areas

    def head(self, key: str, rows: list[Observed], cube: Cube, language: Language) -> dict[str, Any]:
        """What the file of a data set says in a language beside its values."""
        data_set = iri.mint("dataset", key)
        source = self._names.values(data_set, MG.publisherName)
        notes = [rights] if (rights := self._names.text(data_set, DCTERMS.rights, language)) else []
        notes += self._names.texts(data_set, SKOS.note, language)
        if years := ", ".join(_not_over(rows).get("yearsNotOver", ())):
            notes.append(_NOT_OVER.in_(language).format(years=years))
        return {
            "version": VERSION,
            "class": "dataset",
            "href": self._local(data_set),
            "label": self._names.text(data_set, DCTERMS.title, language) or key,
            **({"source": source[0]} if source else {}),
            "updated": self._names.retrieved({row.stated_by for row in rows}),
            **({"note": notes} if notes else {}),
            "link": self._links(key, data_set, language),
            "extension": self._extension(key, data_set, cube, language) | _not_over(rows),
            "id": list(cube.dimensions),
            "size": cube.sizes,
            "role": {role: [name] for role, name in _ROLES.items()},
            "dimension": {name: self._dimension(name, cube, language) for name in cube.dimensions},
        }

    def _links(self, key: str, data_set: URIRef, language: Language) -> dict[str, list[dict[str, str]]]:
        """The licence, and the files that say the same, by the relations of RFC 8288."""
        licence = [{"href": stated} for stated in self._names.values(data_set, DCTERMS.license)]
        others = [JSON_STAT[other] for other in LANGUAGES if other != language]
        return {
            **({"license": licence} if licence else {}),
            "alternate": [
                {"type": syntax.media_type, "href": self._local(addresses.file(f"{key}.{syntax.suffix}"))}
                for syntax in (*others, CSV)
            ],
        }

    def _extension(self, key: str, data_set: URIRef, cube: Cube, language: Language) -> dict[str, Any]:
        """What the format has no place for: the language, how to name the source, and the IRIs of the observations."""
        parts = ("area", "year", *(name for name in cube.dimensions if name in {"sector", "sex"}))
        attribution = self._names.values(data_set, MG.attribution)
        version = self._names.values(data_set, DCAT.version)
        return {
            "language": language,
            **({"version": version[0]} if version else {}),
            **({"attribution": attribution[0]} if attribution else {}),
            "observation": f"{self._base.iri}id/observation/{key}/{'/'.join(f'{{{name}}}' for name in parts)}",
        }

    def _dimension(self, name: str, cube: Cube, language: Language) -> dict[str, Any]:
        codes = cube.dimensions[name]
        labels = {code: self._category(name, code, language) for code in codes}
        things = {code: self._local(thing) for code in codes if (thing := category_iri(name, code))}
        units = {code: {"label": labels[code], "decimals": cube.decimals[code]} for code in codes if name == "unit"}
        return {
            "label": self._names.dimension(name, language),
            "category": {"index": codes, "label": labels, **({"unit": units} if units else {})},
            "extension": {"property": self._local(PROPERTIES[name]), **({"categories": things} if things else {})},
        }

    def _local(self, term: URIRef) -> str:
        return str(self._base.localise(term))


def _not_over(rows: Iterable[Observed]) -> dict[str, list[str]]:
    """The years of a data set that were not over when its source was fetched, where there are any."""
    years = sorted({year for row in rows if isinstance(row, LiveSeries) for year in row.not_over})
    return {"yearsNotOver": years} if years else {}


def _values(cube: Cube) -> str:
    """The values with their digits: by their places where that is shorter than a list with a null for each other."""
    places = [place for place, told in zip(cube.places, cube.told, strict=True) if told.value]
    digits = [told.value for told in cube.told if told.value]
    by_place, nulls = _by_place(places, digits), cube.number - len(places)
    if len(by_place) < sum(map(len, digits)) + len(digits) + len("null,") * nulls:
        return by_place
    listed = ["null"] * cube.number  # never many more than there are values
    for place, value in zip(places, digits, strict=True):
        listed[place] = value
    return f"[{','.join(listed)}]"


def _statuses(cube: Cube) -> str:
    """The words of the source on single cells, also on those without a value."""
    places = [place for place, told in zip(cube.places, cube.told, strict=True) if told.status]
    statuses = [_json(told.status) for told in cube.told if told.status]
    return f',"status":{_by_place(places, statuses)}' if places else ""


def _by_place(places: list[int], told: list[str]) -> str:
    return "{" + ",".join([f'"{place}":{text}' for place, text in zip(places, told, strict=True)]) + "}"


def _json(value: Mapping[str, Any] | str) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
