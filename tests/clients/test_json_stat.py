"""The toolkit of the author of JSON-stat reads a data set from its address, and has the values of the table."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.clients.conftest import installed
from tests.json_stat import table_cells

READ = Path(__file__).parent / "json_stat" / "read.js"

if shutil.which("node") is None or shutil.which("npm") is None:
    pytest.skip("node or npm is not installed", allow_module_level=True)


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder in which the toolkit is installed, as the lock file says."""
    return installed("json_stat")


@pytest.mark.parametrize("data_set", ["ghg-county-2026-08", "ghg-sector-2026-08", "forest-birds-2024"])
def test_the_toolkit_reads_the_values_of_the_table(folder, endpoint, data_set):
    command = ["node", str(READ), str(folder / "package.json"), f"{endpoint}/data/{data_set}.json"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout, parse_float=Decimal, parse_int=Decimal)
    with urlopen(f"{endpoint}/data/{data_set}.csv") as table:
        expected = {key: Decimal(said.value) for key, said in table_cells(table.read()).items()}
    found = {
        frozenset((name, code) for name, code in cell.items() if name not in {"value", "status"}): cell["value"]
        for cell in told["cells"]
        if cell["value"] is not None
    }
    assert found == expected
    assert (told["class"], told["role"]["time"], told["role"]["geo"]) == ("dataset", ["year"], ["area"])
    assert told["names"][0] == "område"
    assert told["unit"].keys() == {"label", "decimals"}
