"""Does it hold under load? python -m tests.bench.load DB [--clients 50] [--seconds 60] [--seed N] [--setting NAME VALUE]…

Serves DB with ``datasette -i`` and this plugin on a free port of this machine, and has clients ask, each one question
after the other, from a seeded list of 200 addresses made of the corpus' own words, articles and names: pages, feeds,
tables, queries. Prints errors, requests per second, p50, p95, p99 by kind of address, and the server's memory at the
start, in the middle and at the end. Every address is asked once before, so that what it finds is known.

The clients take a part of the same processors: the figures are upper bounds. Needs httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import httpx

from corpus_db import sql

ADDRESSES = 200
_TIMEOUT_S = 60
_PLUGIN = "from corpus_db.serve.datasette import *\n"
# As where `rich` is not installed: with it, Datasette prints a traceback of every error, from a 404 on, for up to a second
# in which nobody is answered.
_SERVER = "import sys; sys.modules['rich'] = None; from datasette.cli import cli; cli()"


class Address(NamedTuple):
    """One address to ask for."""

    kind: str
    path: str


class Answer(NamedTuple):
    """What came back."""

    kind: str
    path: str
    status: str  # HTTP status, or the name of an exception
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--setting", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    options = parser.parse_args()
    listed = addresses(options.db, random.Random(options.seed))
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = start(options.db, port, Path(folder), options.setting)
        try:
            asyncio.run(measure(server.pid, f"http://127.0.0.1:{port}", listed, options))
        finally:
            server.terminate()
            server.wait(timeout=20)


def addresses(path: Path, rng: random.Random) -> list[Address]:
    """`ADDRESSES` of them, the kinds mixed as readers, scripts and crawlers might."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    words = _column(
        db, "SELECT term FROM terms WHERE length(term) > 1 AND articles > 1 ORDER BY occurrences DESC LIMIT 3000"
    )
    names = _column(db, "SELECT name FROM entities ORDER BY id LIMIT 1000")
    keys = _column(db, "SELECT key FROM articles ORDER BY id")
    titles = _column(db, "SELECT title FROM articles WHERE title IS NOT NULL ORDER BY id LIMIT 5000")
    largest = len(keys)
    root = f"/{quote(path.stem)}"
    making = kinds(rng, root, words, names, keys, titles, largest)
    return [next(making) for _ in range(ADDRESSES)]


def kinds(
    rng: random.Random, root: str, words: list[str], names: list[str], keys: list[str], titles: list[str], largest: int
) -> Iterator[Address]:
    """Addresses without end, by weight."""

    def word() -> str:
        return words[min(int(rng.paretovariate(0.5)), len(words)) - 1]  # common ones more often

    def asked(path: str, **args: object) -> str:
        return f"{root}/{path}?{urlencode(args)}"

    def filled(params: Iterable[str]) -> dict[str, object]:
        given = {
            "q": word,
            "name": lambda: rng.choice(names),
            "speaker": lambda: rng.choice(names),
            "key": lambda: rng.choice(keys),
        }
        return {param: given[param]() for param in params if param in given}

    weighted = {
        "search page": (6, lambda: asked("-/search", q=f"{word()} {word()}")),
        "search page, one word": (3, lambda: asked("-/search", q=word())),
        "search page, question": (2, lambda: asked("-/search", q=rng.choice(titles)[:40], any="1")),
        "search page, nothing found": (1, lambda: asked("-/search", q=f"{rng.choice(titles)[:12]}{word()}乚")),
        "search page, far": (1, lambda: asked("-/search", q=word(), page=rng.randrange(2, 9))),
        "article page": (6, lambda: f"{root}/-/article/{rng.randint(1, largest)}"),
        "article page, marked": (3, lambda: f"{root}/-/article/{rng.randint(1, largest)}?{urlencode({'q': word()})}"),
        "article by key": (1, lambda: asked("-/article", key=rng.choice(keys))),
        "name page": (4, lambda: f"{root}/-/entity/{min(int(rng.paretovariate(0.7)), len(names))}"),
        "word page": (2, lambda: asked("-/word", q=word())),
        "home page": (2, lambda: f"{root}/-/home"),
        "feed": (1, lambda: f"{root}/-/feed.atom"),
        "feed of a search": (1, lambda: asked("-/feed.atom", q=word())),
        "llms.txt": (1, lambda: "/llms.txt"),
        "table of results": (2, lambda: asked("ranked", _search=f"{word()} {word()}")),
        "results as JSON": (3, lambda: asked("ranked.json", _search=word(), _shape="objects", _nofacet="1")),
        "table of articles": (1, lambda: asked("articles", _search=word())),
        "row": (1, lambda: f"{root}/articles/{rng.randint(1, largest)}"),
        "facts_figures": (1, lambda: asked("facts_figures.json", _shape="objects", kind="money")),
        **{
            f"query {query.name}": (
                1,
                lambda query=query: asked(f"{query.name}.json", **filled(query.params), _shape="objects"),
            )
            for query in sql.queries()
        },
    }
    labels = list(weighted)
    weights = [weighted[label][0] for label in labels]
    while True:
        (label,) = rng.choices(labels, weights)
        yield Address(label, weighted[label][1]())


def start(path: Path, port: int, folder: Path, settings: list[list[str]]) -> subprocess.Popen[bytes]:
    """The server, answering."""
    command = [sys.executable, "-c", _SERVER, "serve", "-i", str(path), "-p", str(port)]
    for name, value in settings:
        command += ["--setting", name, value]
    if not any(entry.value.startswith("corpus_db.") for entry in entry_points(group="datasette")):
        (folder / "corpus_plugin.py").write_text(_PLUGIN)
        command += ["--plugins-dir", str(folder)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([".", *os.environ.get("PYTHONPATH", "").split(os.pathsep)]),
    }
    log = (folder / "log").open("wb")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    sys.exit((folder / "log").read_text())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def measure(pid: int, root: str, listed: list[Address], options: argparse.Namespace) -> None:
    limits = httpx.Limits(max_connections=options.clients, max_keepalive_connections=options.clients)
    async with httpx.AsyncClient(base_url=root, timeout=_TIMEOUT_S, limits=limits) as http:
        alone = [await ask(http, address) for address in listed]
        memory_mb = [resident_mb(pid)]
        processor_s = processor(pid)
        ends = time.perf_counter() + options.seconds
        answers: list[Answer] = []
        clients = [
            client(http, listed, random.Random(f"{options.seed} {n}"), ends, answers) for n in range(options.clients)
        ]
        watching = asyncio.create_task(watch(pid, options.seconds, memory_mb))
        await asyncio.gather(*clients)
        await watching
    report(alone, answers, memory_mb, options.seconds, processor(pid) - processor_s)


async def client(
    http: httpx.AsyncClient, listed: list[Address], rng: random.Random, ends: float, answers: list[Answer]
) -> None:
    while time.perf_counter() < ends:
        answers.append(await ask(http, rng.choice(listed)))


async def ask(http: httpx.AsyncClient, address: Address) -> Answer:
    begin = time.perf_counter()
    try:
        status = str((await http.get(address.path)).status_code)
    except httpx.HTTPError as error:
        status = type(error).__name__
    return Answer(address.kind, address.path, status, time.perf_counter() - begin)


async def watch(pid: int, seconds: float, memory_mb: list[float]) -> None:
    for _ in range(2):
        await asyncio.sleep(seconds / 2)
        memory_mb.append(resident_mb(pid))


def resident_mb(pid: int) -> float:
    """Memory of the server; NaN where the system has no /proc."""
    status = Path(f"/proc/{pid}/status")
    found = (
        [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")]
        if status.exists()
        else []
    )
    return int(found[0]) / 1024 if found else float("nan")


def processor(pid: int) -> float:
    """Seconds of the processors that the server has taken, which say the same on a busy machine as on a quiet one."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return float("nan")
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def report(
    alone: list[Answer], answers: list[Answer], memory_mb: list[float], seconds: float, processor_s: float
) -> None:
    print("| address | n | alone: worst ms | p50 ms | p95 ms | p99 ms | worst ms |\n|---|---|---|---|---|---|---|")
    for kind in sorted({answer.kind for answer in answers}):
        took = [answer.seconds for answer in answers if answer.kind == kind]
        worst = max((answer.seconds for answer in alone if answer.kind == kind), default=0)
        print(
            f"| {kind} | {len(took)} | {worst * 1_000:.0f} | {' | '.join(f'{ms:.0f}' for ms in percentiles_ms(took))} |"
        )
    bad = [answer for answer in (*alone, *answers) if answer.status not in ("200", "302")]
    figures = dict(
        zip(
            ("p50_ms", "p95_ms", "p99_ms", "worst_ms"),
            map(round, percentiles_ms([a.seconds for a in answers])),
            strict=True,
        )
    )
    summary = {
        "requests": len(answers),
        "per_second": round(len(answers) / seconds, 1),
        "processor_ms_per_request": round(processor_s * 1_000 / max(len(answers), 1)),
        "errors": len(bad),
        **figures,
        "memory_mb": [round(mb) for mb in memory_mb],
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(summary))
    for (status, path), count in Counter((answer.status, answer.path) for answer in bad).most_common(10):
        print(f"{status} × {count}: {path}")


def percentiles_ms(seconds: list[float]) -> tuple[float, float, float, float]:
    """p50, p95, p99 and the largest."""
    cuts = statistics.quantiles([*seconds, *seconds], n=100)
    return cuts[49] * 1_000, cuts[94] * 1_000, cuts[98] * 1_000, max(seconds) * 1_000


def _column(db: sqlite3.Connection, sql: str) -> list[str]:
    return [value for (value,) in db.execute(sql)]


if __name__ == "__main__":
    main()
