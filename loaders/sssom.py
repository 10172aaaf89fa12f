"""Sets of mappings as SSSOM TSV: a head in YAML behind `#`, then a table. Each fault of a file is told with its place.

https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from ontology import iri
from ontology.base import BadBase, Base
from ontology.description import CC0
from ontology.namespaces import MG, SEMAPV
from ontology.text import Text

CURATED = "semapv:ManualMappingCuration"
"""The justification of a mapping that a person has made by hand."""

MOST_HEAD = 20_000
"""Characters of a head at most: those that there are have a tenth."""

DEEPEST = 20
"""Lists and mappings within one another in a head, at most: those that there are have two."""

MOST_COLUMNS = 200
"""Columns of a table at most: SSSOM has some fifty, and each is looked up in every row."""

MOST_FAULTS = 50
"""Faults of a file that are told; after so many the reading ends."""

SDG = str(iri.mint("sdg-goal", "1")).removesuffix("1")
"""What the IRIs of the goals and targets of Agenda 2030 begin with."""


class Fault(NamedTuple):
    """What is wrong with a set of mappings: the line of its file and the column, as far as known."""

    line: int | None
    column: str | None
    message: Text


class Line(NamedTuple):
    """One mapping: the line of the file that it stands on, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class MappingSet:
    """What a file holds that could be read: its prefixes, the slots that hold for all its mappings, and these."""

    prefixes: dict[str, str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def base(self) -> Base:
        """The base of the release that the mappings speak of: where its vocabulary stands. Raises BadBase."""
        place = self.prefixes.get("mg", "")
        if not place.endswith(_VOCABULARY):
            raise BadBase(f"curie_map: mg is {place or 'not there'}, and must end in {_VOCABULARY}")
        return Base(place.removesuffix(_VOCABULARY))

    def expand(self, curie: str) -> str:
        """The IRI that a CURIE stands for, on the canonical base; what is no CURIE of the head stays as it is."""
        prefix, _, local = curie.partition(":")
        return self.base.canonical(self.prefixes[prefix] + local if prefix in self.prefixes else curie)


def short(key: iri.Key) -> str:
    """A thing in short, by its kind: `objective:7`, `sdg:14.1`."""
    return f"sdg:{key.key}" if key.kind in {"sdg-goal", "sdg-target"} else f"{key.kind}:{key.key}"


def read_short(written: str) -> iri.Key | None:
    """The thing that is written in short, None where it is none that can be."""
    prefix, _, key = written.partition(":")
    kind = ("sdg-target" if "." in key else "sdg-goal") if prefix == "sdg" else prefix
    try:
        iri.mint(kind, key)
    except (KeyError, iri.BadKey):
        return None
    return iri.Key(kind, key)


def head(base: Base, kinds: Iterable[str], **slots: object) -> dict[str, object]:
    """The head of a set: what its prefixes are, its slots, and CC0 as its licence."""
    prefixes = {kind: f"{base.iri}id/{kind}/" for kind in sorted(kinds) if not kind.startswith(("sdg-goal", "sdg-t"))}
    named = {**prefixes, "mg": base.iri + _VOCABULARY, "sdg": SDG, "semapv": str(SEMAPV)}
    return {"curie_map": named, **slots, "license": str(CC0)}


def write(head: Mapping[str, object], columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A set of mappings as a file: its head, then its rows in these columns."""
    file = io.StringIO()
    for line in yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False, width=10_000).splitlines():
        file.write(f"#{line}\n")
    table = csv.DictWriter(file, columns, dialect="excel-tab", lineterminator="\n")
    table.writeheader()
    table.writerows({name: " ".join(value.split()) for name, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8")


def read(content: bytes, needed: Sequence[str]) -> MappingSet:
    """What a file holds; `needed` are the columns that it must have.

    Never raises for what the file holds: what is not UTF-8, no YAML, no table, or lacks a column gives faults. Of more
    faults than are told, the last one says so.
    """
    if content.startswith(_PACKED):
        return _broken(1, Text(
            "filen är en arbetsbok; ta kopplingarna som SSSOM, som ett kalkylprogram också läser, och spara som text "
            "med tabbar",
            "the file is a workbook; take the mappings as SSSOM, which a spreadsheet program reads too, and save it "
            "as text with tabs",
        ))  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return _broken(line, Text("raden är inte UTF-8", "this line is not UTF-8"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = next((number for number, line in enumerate(lines) if not line.startswith(("#", '"#'))), len(lines))
    slots, faults = _read_head([_of_head(line) for line in lines[:size]])
    prefixes = slots.get("curie_map")
    if not isinstance(prefixes, dict):
        faults.append(
            Fault(None, None, Text("huvudet har ingen curie_map", "the head has no curie_map; is this an SSSOM file?"))
        )
        prefixes = {}
    columns, mappings, of_table = _read_table(lines[size:], size, needed)
    return MappingSet(
        {prefix: place for prefix, place in prefixes.items() if isinstance(prefix, str) and isinstance(place, str)},
        {name: value for name, value in slots.items() if isinstance(name, str) and isinstance(value, str)},
        columns,
        mappings,
        _told([*faults, *of_table]),
    )


def _told(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    more = Text(
        "här har filen fler fel, och resten är inte läst; rätta först dem som står här",
        "here the file has more faults, and the rest is not read; mend those that stand here first",
    )
    return *faults[: MOST_FAULTS - 1], Fault(faults[MOST_FAULTS - 1].line, None, more)


def _of_head(line: str) -> str:
    """A line of a head as it was before a spreadsheet program filled it with tabs, or put quotation marks around."""
    plain = line.rstrip("\t")
    return plain[1:-1].replace('""', '"') if plain.startswith('"') and plain.endswith('"') else plain


def _read_head(lines: Sequence[str]) -> tuple[dict[object, object], list[Fault]]:
    text = textwrap.dedent("\n".join(line[1:] for line in lines))
    if len(text) > MOST_HEAD:
        said = Text(f"huvudet har fler än {MOST_HEAD} tecken", f"the head has more than {MOST_HEAD} characters")
        return {}, [Fault(1, None, said)]
    try:
        if (unread := _of_tokens(yaml.scan(text))) is not None:
            return {}, [Fault(1, None, unread)]
        found = yaml.load(text, _Head)  # noqa: S506 - it builds texts, lists and mappings alone
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = Text("huvudet är inte YAML", "the head is no YAML")
        return {}, [Fault(mark.line + 1 if mark else 1, None, said)]
    return (found if isinstance(found, dict) else {}), []


class _Head(yaml.BaseLoader):
    """Leaves what is written as the text that it is: a number of YAML may be too long to be written again."""


_Head.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Head.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def _of_tokens(tokens: Iterable[yaml.Token]) -> Text | None:
    """What keeps a head from being read further: a few characters of it could become gigabytes, or take a minute."""
    depth = 0
    for token in tokens:
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        if isinstance(token, yaml.AliasToken):
            return Text("huvudet har alias (*)", "the head has aliases (*); write them out")
        if depth > DEEPEST:
            return Text(
                f"huvudet har listor i listor, djupare än {DEEPEST}",
                f"the head has lists within lists, deeper than {DEEPEST}",
            )
    return None


_OPENS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSES = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def _read_table(
    lines: Sequence[str], before: int, needed: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Line, ...], list[Fault]]:
    """The columns, the rows that have a cell in each of them, and the faults; `before` lines come before."""
    faults: list[Fault] = []
    mappings: list[Line] = []
    reader = csv.reader((f"{line}\n" for line in lines), dialect="excel-tab", strict=True)
    columns: list[str] = []
    number = before + 1
    try:
        for cells in reader:
            if not cells:
                pass
            elif not columns:
                columns = cells
                faults += _of_columns(columns, needed, number)
                if len(columns) > MOST_COLUMNS:
                    break
            elif len(cells) != len(columns):
                faults.append(Fault(number, None, Text(
                    f"raden har {len(cells)} celler, och tabellen {len(columns)} kolumner",
                    f"the row has {len(cells)} cells, and the table {len(columns)} columns",
                )))  # fmt: skip
            elif any(cells):
                mappings.append(Line(number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
            if len(faults) > MOST_FAULTS:
                break
            number = before + reader.line_num + 1
    except csv.Error as error:
        said = Text(f"detta är ingen tabell: {error}", f"this is no table: {error}; check the quotation marks")
        faults.append(Fault(number, None, said))
    if not columns:
        faults.append(Fault(number, None, Text("tabellen saknas", "there is no table")))
    return tuple(columns), tuple(mappings), faults


def _of_columns(columns: Sequence[str], needed: Sequence[str], line: int) -> list[Fault]:
    if len(columns) > MOST_COLUMNS:
        return [Fault(line, None, Text(
            f"tabellen har {len(columns)} kolumner, och högst {MOST_COLUMNS} läses; ta bort dem som inte hör till den",
            f"the table has {len(columns)} columns, and at most {MOST_COLUMNS} are read; take away those that are not "
            "its own",
        ))]  # fmt: skip
    lacking = [Fault(line, name, Text("kolumnen saknas", "this column is missing")) for name in needed
               if name not in columns]  # fmt: skip
    twice = [name for name, times in Counter(columns).items() if times > 1]
    more = Text("kolumnen står flera gånger", "this column stands more than once")
    return lacking + [Fault(line, name, more) for name in twice]


def _broken(line: int, message: Text) -> MappingSet:
    return MappingSet(faults=(Fault(line, None, message),))


_PACKED = b"PK\x03\x04"  # how workbooks begin
_VOCABULARY = MG.removeprefix(Base().iri)
