"""Figures of documents beside those of another linked-data server: `make bench-documents`. Read, not asserted.

The other is Trifid over the engine's own server, with the same data. It comes from npm, as package.json beside this
file pins it. Ratios compare within one run; where other work goes on beside it, they say little.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from serving import BIN, SECONDS, WARM, Command, server

OURS, ENGINE, TRIFID = 8194, 8195, 8196
BASE = f"http://localhost:{OURS}/"
DOCUMENTS = 1000

# Each request asks for the next of many documents.
LOAD = """
local paths, n = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
function request()
  n = n + 1
  return wrk.format("GET", paths[(n - 1) % #paths + 1], {["Accept"] = os.getenv("ACCEPT")})
end
"""

CONFIGURATION = f"""
server: {{listener: {{port: {TRIFID}, host: 127.0.0.1}}, logLevel: error}}
globals: {{datasetBaseUrl: "{BASE}", endpoints: {{default: {{url: /query}}}}}}
plugins:
  entity-renderer: {{module: "@zazuko/trifid-entity-renderer"}}
  sparql-proxy:
    module: "@zazuko/trifid-plugin-sparql-proxy"
    paths: /query
    config: {{endpointUrl: "http://127.0.0.1:{ENGINE}/query"}}
"""


def things(dump: bytes) -> list[str]:
    """The paths of things of ours, without rows and observations, in an order of chance that is the same each time."""
    found = set(re.findall(rf"^<{BASE}(id/[a-z-]+/[^>]+)>".encode(), dump, re.MULTILINE))
    kept = sorted(path.decode() for path in found if not re.match(rb"id/(row|graph|observation|slice)/", path))
    random.Random(1).shuffle(kept)
    return kept[:DOCUMENTS]


def rate(port: int, paths: list[str], accept: str, folder: Path) -> float:
    """Documents a second at 8 connections."""
    listed, script = folder / "paths.txt", folder / "load.lua"
    listed.write_text("\n".join(f"/{path}" for path in paths))
    script.write_text(LOAD)
    said = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "-s", script, f"http://127.0.0.1:{port}"],
        env=os.environ | {"PATHS": str(listed), "ACCEPT": accept},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if errors:
        print(f"  {errors[1]} errors at port {port}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(found[1]) if found else 0.0


def main() -> None:
    """Print the figures."""
    modules = Path(__file__).with_name("node_modules")
    if not (shutil.which("wrk") and shutil.which("node") and modules.is_dir()):
        raise SystemExit("wrk and node are Debian packages; make bench-documents installs what package.json names")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [BIN / "miljograf", "build", "--data", folder / "data", "--base-iri", BASE], check=True, capture_output=True
        )
        dump = gzip.decompress(next(folder.glob("data/releases/*/dump/all.nq.gz")).read_bytes())
        (folder / "all.nq").write_bytes(dump)
        (folder / "config.yaml").write_text(CONFIGURATION)
        subprocess.run([BIN / "oxigraph", "load", "-l", folder / "store", "-f", folder / "all.nq"], check=True)
        engine: Command = [BIN / "oxigraph", "serve-read-only", "--union-default-graph", "-l", folder / "store"]
        trifid: Command = [
            shutil.which("node") or "node",
            modules / "trifid" / "server.js",
            "-c",
            folder / "config.yaml",
        ]
        ours: Command = [BIN / "miljograf", "serve", "--data", folder / "data", "--port", str(OURS)]
        paths = things(dump)
        documents = [path.replace("id/", "res/", 1) for path in paths]
        suffixes = {"text/turtle": ".ttl", "text/html": ".en.html"}
        with (
            server([*engine, "-b", f"127.0.0.1:{ENGINE}"], ENGINE, "/query?query=ASK%7B%7D"),
            server(trifid, TRIFID, f"/{paths[0]}"),
        ):
            for accept, suffix in suffixes.items():
                asked = [f"{path}{suffix}" for path in documents]
                theirs = rate(TRIFID, paths, accept, folder)
                with server([*ours, "--set", "cache_bytes", "0"], OURS, *WARM):
                    uncached = rate(OURS, asked, accept, folder)
                with server(ours, OURS, *WARM):
                    rate(OURS, asked, accept, folder)
                    cached = rate(OURS, asked[:100], accept, folder)
                print(
                    f"{accept}: {uncached / theirs:.1f}x ({uncached:.0f} of {theirs:.1f} documents a second); wanted"
                    f" 10x. Kept: {cached / uncached:.1f}x of that; wanted 3x"
                )


if __name__ == "__main__":
    main()
