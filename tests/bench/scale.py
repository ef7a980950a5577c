"""Memory and speed of a build as the corpus grows.

    python -m tests.bench.scale RECORDS.jsonl.gz MB [MB …] [--jobs N] [--only search] [--keep FOLDER]

Makes so many megabytes of articles out of the sentences of RECORDS (a gzip of JSON lines with `text`), builds them,
and samples the memory of all processes together: `pss`, where a page that several processes share counts once, and
`rss`, where it counts in each. Numbers and one character in a hundred are drawn anew, so that the vocabulary and the
names grow with the corpus, as they do in life; sentences recur, which is harder on the search for copies than life.
Linux only (/proc).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SENTENCES = re.compile("[^。！？]+[。！？]?")
NUMBER = re.compile("[0-9]+")
ARTICLE_CHARS = 700
SITES = 50
_EVERY_SECONDS = 0.5


def articles(records: Path, megabytes: float, seed: int = 0) -> Iterator[str]:
    """JSON lines of recombined articles, `megabytes` of text in all."""
    rng = random.Random(seed)
    with gzip.open(records, "rt", encoding="utf-8") as lines:
        sentences = [s for line in lines for s in SENTENCES.findall(json.loads(line)["text"]) if len(s) > 4]
    chars = "".join(rng.sample(sentences, min(2_000, len(sentences))))
    left, number = megabytes * 1e6, 0
    while left > 0:
        paragraphs, size = [], 0
        while size < ARTICLE_CHARS:
            paragraphs.append("".join(_varied(rng, rng.choice(sentences), chars) for _ in range(3)))
            size += len(paragraphs[-1])
        text = "\n".join(paragraphs)
        left -= len(text.encode())
        number += 1
        record = {
            "id": f"r{number}",
            "title": paragraphs[0][:20],
            "site": f"s{rng.randrange(SITES)}.example",
            "published": f"{rng.randrange(2005, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
            "text": text,
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _varied(rng: random.Random, sentence: str, chars: str) -> str:
    at = rng.randrange(len(sentence))
    changed = sentence[:at] + rng.choice(chars) + sentence[at + 1 :]
    return NUMBER.sub(lambda found: str(rng.randrange(10 ** min(len(found[0]), 9))), changed)


class Memory(threading.Thread):
    """The peak of a process and all its children, sampled twice a second; megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.pss = self.rss = 0.0
        self.stages: dict[str, float] = {}  # stage of the build → its peak, as pss
        self.stage = "start"

    def run(self) -> None:
        while Path(f"/proc/{self.pid}").exists():
            sums = [_kilobytes(pid) for pid in family(self.pid)]
            pss, rss = (sum(column) / 1024 for column in zip(*sums, strict=True)) if sums else (0.0, 0.0)
            self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)
            self.stages[self.stage] = max(self.stages.get(self.stage, 0.0), pss)
            time.sleep(_EVERY_SECONDS)


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(map(int, task.read_text().split()))
            except OSError:
                continue
    return found


def _kilobytes(pid: int) -> tuple[int, int]:
    try:
        rows = dict(line.split(":") for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    except (OSError, ValueError):
        return 0, 0
    return int(rows["Pss"].split()[0]), int(rows["Rss"].split()[0])


# The child tells of its stages, so that a peak has a name.
_CHILD = """
import sys, time
from corpus_db.options import Silent
from corpus_db.pipeline import build
class Told(Silent):
    def stage(self, name, total_bytes):
        print(name, round(time.monotonic() - started, 1), flush=True)
started = time.monotonic()
if __name__ == "__main__":
    report = build([sys.argv[1]], sys.argv[2], progress=Told(), jobs=int(sys.argv[3]) or None, only_search=sys.argv[4] == "search")
    print("end", round(report.seconds, 1), flush=True)
    print(f"{report.articles:,} articles, {report.duplicates:,} duplicates", file=sys.stderr)
"""


def measure(source: Path, target: Path, jobs: int, only: str) -> None:
    """Build `source` in a process of its own and print what it took."""
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, source, target, str(jobs), only], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    memory = Memory(child.pid)
    memory.start()
    began: dict[str, float] = {}
    assert child.stdout is not None
    for line in child.stdout:
        memory.stage, at = line.split()
        began[memory.stage] = float(at)
    if child.wait():
        sys.exit("the build failed")
    memory.join()
    size, seconds = source.stat().st_size / 1e6, began.pop("end")
    ends = [*list(began.values())[1:], seconds]
    print(
        f"{size:.0f} MB in {seconds:.0f} s: {size / seconds:.2f} MB/s, file {target.stat().st_size / size / 1e6:.2f} x"
    )
    print(f"peak of all processes: {memory.pss:.0f} MB pss, {memory.rss:.0f} MB rss")
    for (stage, begin), end in zip(began.items(), ends, strict=True):
        print(f"  {stage:<8}{end - begin:>7.0f} s {memory.stages.get(stage, 0):>6.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("megabytes", type=float, nargs="+")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--only", default="all", choices=["all", "search"])
    parser.add_argument("--keep", type=Path, help="folder for the corpora and the files built of them")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        for size in asked.megabytes:
            source = folder / f"{size:g}.jsonl"
            if not source.exists():
                with source.open("w", encoding="utf-8") as file:
                    file.writelines(articles(asked.records, size))
            measure(source, folder / f"{size:g}.db", asked.jobs, asked.only)


if __name__ == "__main__":
    main()
