"""Figures of the SPARQL endpoint beside those of its engine's own server: `make bench-serving`. Read, not asserted.

Both serve the same million statements on this machine. The load comes from `wrk`; the other server is `oxigraph`, of
the group `bench` in pyproject.toml. Ratios compare within one run; where other work goes on beside it, they say little.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = "http://localhost:8000/"
BIN = Path(sys.executable).parent
GRAPH = f"{HERE}graphs/data.nt"
"""The graph that ours makes of the file. Theirs has the statements in it too: one with a name takes twice the room."""
OURS, THEIRS, HELLO, INLINE = 8194, 8195, 8196, 8197
OBSERVATIONS = 125_000  # of eight statements
SECONDS = os.environ.get("SECONDS", "5")
HELD = os.environ.get("HELD_BYTES", "")
"""The setting `held_bytes` of ours, where another than the usual: these statements take 130 MB on the disk."""
JSON = {"Accept": "application/sparql-results+json"}
Command = list[str | Path]
"""What is started, and what it is told."""

# Each request asks about another of 100,000 things; `{}` in what is asked stands for its IRI.
LOAD = """
local before, after, n = os.getenv("BEFORE"), os.getenv("AFTER"), 0
function request()
  n = n + 1
  local iri = string.format("%%3Chttp%%3A%%2F%%2Flocalhost%%3A8000%%2Fo%%2F%d%%3E", n % 100000)
  local headers = {["Accept"] = os.getenv("ACCEPT"), ["If-None-Match"] = os.getenv("TAG")}
  return wrk.format("GET", before .. (after == "" and "" or iri .. after), headers)
end
"""

WARM = "/metrics", b'miljograf_warmups_total{outcome="ready"}'
"""Where ours says that it has ended what it does by itself after the start, and how."""

TINY = {"ASK": "ASK { {} ?p ?o }", "one subject": "SELECT ?p ?o { {} ?p ?o }"}
TOLD = f"SELECT ?a ?v {{ {{}} <{HERE}area> ?a ; <{HERE}value> ?v }}"
"""A tiny query too, that a worker is told: it has two patterns."""

LONGER = {  # over 3 ms each
    "mean by year": f"SELECT ?y (AVG(?v) AS ?m) {{ ?o <{HERE}area> <{HERE}a/7> ;"
    f" <{HERE}year> ?y ; <{HERE}value> ?v }} GROUP BY ?y",
    "value by area and year": f"SELECT ?v {{ ?o <{HERE}year> 2001 ; <{HERE}area> <{HERE}a/7> ; <{HERE}value> ?v }}",
}
SUM = f"SELECT (SUM(?v) AS ?n) {{ ?o <{HERE}value> ?v }}"
LONG = f"SELECT ?o ?v ?y {{ ?o <{HERE}value> ?v ; <{HERE}year> ?y }} LIMIT 100000"
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f }",
)


@dataclass(frozen=True)
class Figures:
    """What wrk found: requests a second, milliseconds of the 99th percentile, answers that were errors."""

    rate: float
    p99: float
    errors: int


def statements() -> Iterator[str]:
    """Observations as N-Triples: eight statements each."""
    numbers = random.Random(1)
    for n in range(OBSERVATIONS):
        o = f"<{HERE}o/{n}>"
        yield f"{o} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{HERE}Observation> .\n"
        yield f"{o} <{HERE}area> <{HERE}a/{n % 290}> .\n{o} <{HERE}indicator> <{HERE}i/{n // 10_150}> .\n"
        yield f'{o} <{HERE}year> "{1990 + n // 290 % 35}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        yield f'{o} <{HERE}value> "{numbers.uniform(0, 1000):.2f}"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        yield f'{o} <{HERE}status> "ok" .\n{o} <{HERE}sex> <{HERE}both> .\n{o} <{HERE}set> <{HERE}s/{n % 100}> .\n'


@contextmanager
def server(command: Command, port: int, path: str, says: bytes = b"") -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers on a port, for as long as the context lasts; waited for until it `says` something there."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                if says in urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read():
                    break
            except OSError:
                pass
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def load(port: int, path: str, query: str, connections: int, tag: str = "") -> Figures:
    """Ask a query as often as it is answered for some seconds."""
    before, _, after = query.partition("{}")
    asked = f"{path}?query=" + urllib.parse.quote(before)
    environment = os.environ | {
        "BEFORE": asked,
        "AFTER": urllib.parse.quote(after),
        "ACCEPT": JSON["Accept"],
        "TAG": tag,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LOAD)
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", "-s", script.name]
        said = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], env=environment, capture_output=True, text=True, check=True
        ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return Figures(
        float(rate[1]) if rate else 0.0,
        float(late[1]) * scale[late[2]] if late else 0.0,
        int(errors[1]) if errors else 0,
    )


def compare(name: str, query: str, connections: int, goal: str) -> None:
    """One query at both servers."""
    theirs = load(THEIRS, "/query", query, connections)
    ours = load(OURS, "/sparql", query, connections)
    print(
        f"{name}, {connections} connections: {ours.rate / theirs.rate:.2f}x ({ours.rate:,.0f} of {theirs.rate:,.0f} a"
        f" second), p99 {ours.p99:.1f} of {theirs.p99:.1f} ms, {ours.errors} errors; wanted {goal}"
    )


def ask(port: int, path: str, query: str) -> tuple[float, int, str]:
    """Seconds to the last byte of an answer, its bytes and its entity tag."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}?query={urllib.parse.quote(query)}", headers=JSON)
    begun = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        size = len(answer.read())
    return time.perf_counter() - begun, size, answer.headers.get("ETag", "")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that a process holds now."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def busy(process: int) -> float:
    """Seconds of processor time that what a process has started, and that again, has used."""
    total = 0.0
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + busy(child)
    return total


def hostile(ours: subprocess.Popen[bytes]) -> None:
    """What others feel while four clients ask what never ends, and what is left of it."""
    small = TINY["one subject"]
    quiet = load(OURS, "/sparql", small, 2)
    script = (
        "import sys, urllib.request as r\n"
        "for _ in range(20):\n try: r.urlopen(sys.argv[1]).read()\n except OSError: pass\n"
    )
    clients = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                script,
                f"http://127.0.0.1:{OURS}/sparql?timeout=2&query={urllib.parse.quote(query)}",
            ]
        )
        for query in HOSTILE
    ]
    time.sleep(1)
    meanwhile = load(OURS, "/sparql", small, 2)
    for client in clients:
        client.kill()
        client.wait()
    time.sleep(3)
    before = busy(ours.pid)
    time.sleep(1)
    print(
        f"beside four hostile clients: p99 {meanwhile.p99:.1f} ms, quiet {quiet.p99:.1f} ms"
        f" ({meanwhile.p99 / quiet.p99:.1f}x); wanted under 10x. {meanwhile.errors} errors."
        f" Afterwards {busy(ours.pid) - before:.2f} s of processor time in a second; wanted 0"
    )


def isolation(store: Path) -> None:
    """What the workers cost: the same application with its queries in the front process."""
    bare: Command = [BIN / "python", Path(__file__).with_name("bare.py"), "inline", str(INLINE), store, HELD]
    with server(bare, INLINE, "/sparql?query=ASK%7B%7D"):
        inside = load(INLINE, "/sparql", TOLD, 32)
        ours = load(OURS, "/sparql", TOLD, 32)
        print(f"two patterns, isolated: {ours.rate / inside.rate:.2f}x of the same without isolation; wanted 0.85x")


def hello() -> None:
    """What the HTTP server takes by itself."""
    with server([BIN / "python", Path(__file__).with_name("bare.py"), "hello", str(HELLO)], HELLO, "/"):
        print(f"an application that does nothing: {load(HELLO, '/', '', 8).rate:,.0f} a second at 8 connections")


def main() -> None:
    """Print the figures."""
    missing = [
        name for name, there in (("wrk", shutil.which("wrk")), ("oxigraph", (BIN / "oxigraph").exists())) if not there
    ]
    if missing:
        raise SystemExit(f"not found: {', '.join(missing)} (wrk is a Debian package; oxigraph: make bench-serving)")
    with tempfile.TemporaryDirectory() as folder:
        data, store = Path(folder) / "data.nt", Path(folder) / "store"
        with data.open("w") as file:
            file.writelines(statements())
        loading: Command = [BIN / "oxigraph", "load", "-l", store, "-f", data, "--graph", GRAPH]
        subprocess.run(loading, check=True, capture_output=True)
        files: Command = [BIN / "miljograf", "serve", "--file", data, *(["--set", "held_bytes", HELD] if HELD else [])]
        theirs: Command = [
            BIN / "oxigraph",
            "serve-read-only",
            "--union-default-graph",
            "-l",
            store,
            "-b",
            f"127.0.0.1:{THEIRS}",
        ]
        with server(theirs, THEIRS, "/query?query=ASK%7B%7D"):
            with server([*files, "--port", str(OURS), "--set", "cache_bytes", "0"], OURS, *WARM) as ours:
                for connections in (8, 32):
                    compare("ASK, unrepeated", TINY["ASK"], connections, "0.45x")
                    compare("one subject, unrepeated", TINY["one subject"], connections, "0.55x")
                    compare("two patterns, unrepeated", TOLD, connections, "0.55x")
                isolation(store)
                for name, query in LONGER.items():
                    compare(name, query, 8, "0.8x")
                idle = memory(ours)
                theirs_took = min(ask(THEIRS, "/query", LONG)[0] for _ in range(3))
                ours_took = min(ask(OURS, "/sparql", LONG)[0] for _ in range(3))
                print(
                    f"100,000 rows as JSON: {ours_took / theirs_took:.2f}x the time ({ours_took:.2f} of"
                    f" {theirs_took:.2f} s); wanted at most 1.3x. The front process holds {memory(ours) - idle:.0f} MB"
                    " more; wanted under 64"
                )
                hostile(ours)
            with server([*files, "--port", str(OURS)], OURS, *WARM):
                repeated(TINY["one subject"].replace("{}", f"<{HERE}o/1>"), "a tiny query", "0.6x")
                hello()
                repeated(SUM, "a sum over 125,000 values", "50x")


def repeated(query: str, name: str, goal: str) -> None:
    """The same query again and again, and the same by a client that has the answer."""
    _, _, tag = ask(OURS, "/sparql", query)
    theirs = load(THEIRS, "/query", query, 8)
    ours, known = load(OURS, "/sparql", query, 8), load(OURS, "/sparql", query, 8, tag)
    print(
        f"{name}, repeated: {ours.rate / theirs.rate:.2f}x ({ours.rate:,.0f} of {theirs.rate:,.0f} a second), confirmed"
        f" by 304 {known.rate / theirs.rate:.2f}x ({known.rate:,.0f}); wanted {goal}"
    )


if __name__ == "__main__":
    main()
