"""What tests of fetching share: a sources file that names a service of theirs, and key figures as some tables have."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.live import BadSourcesFile, read_live_sources
from tests.services.kolada import NATION, key_figure
from tests.services.service import Service

OWN_SOURCES = Path(__file__).parents[1] / "loaders" / "live.toml"
KPIS = [
    key_figure(code, title=title, municipality_type="A", is_divided_by_gender=divided, **dates)
    for dates in [{"publication_date": "2026-06-09", "publ_period": "2024"}]
    for code, title, divided in [
        ("N00401", "Utsläpp till luft av växthusgaser totalt, ton CO2-ekv/inv", False),
        ("N00510", "Utsläpp till luft av flyktiga organiska ämnen totalt, ton NMVOC", False),
        ("N00945", "Dagar som män tar ut, andel (%)", True),
        ("N99999", "Ett nyckeltal som ingen tabell nämner, antal", False),
    ]
]
PLACES = [
    NATION,
    {"id": "0003", "title": "Region Uppsala", "type": "L"},
    {"id": "0009", "title": "Region Gotland", "type": "L"},
    {"id": "0305", "title": "Håbo", "type": "K"},
    {"id": "0380", "title": "Uppsala", "type": "K"},
]


def sources_file(folder: Path, service: Service, name: str = "kolada", **changes: object) -> Path:
    """A sources file of one source, which is the service; the rest is as the file of the product has it."""
    own = tomllib.loads(OWN_SOURCES.read_text(encoding="utf-8"))[name]
    rate = service.rate.calls / service.rate.seconds if service.rate else 1000
    lines: dict[str, Any] = {**own, "address": service.address, "is_private": True, "calls_per_second": rate, **changes}
    notes = {f"note.{language}": words for language, words in lines.pop("note").items()}
    file = folder / "live.toml"
    told = [f"{line} = {json.dumps(value, ensure_ascii=False)}" for line, value in (lines | notes).items()]
    file.write_text("\n".join([f"[{name}]", *told, ""]), encoding="utf-8")
    return file


def fault_of(file: Path, old: str, new: str) -> str:
    """What is said of a copy of a sources file in which something stands in the place of something else."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadSourcesFile) as error:
        read_live_sources(file)
    return str(error.value)
