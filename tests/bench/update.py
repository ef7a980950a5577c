"""What an update costs against a fresh build, by how much has changed; whether it gives the same rows.

    python -m tests.bench.update RECORDS.jsonl[.gz] [--articles N] [--changed N …] [--only search]

Writes the articles of RECORDS (JSON lines with `text`) as one file each, builds them, then changes so many of them,
each time others, and updates. Ratios are of one run; the cache lies in a folder of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.contents import contents

ROOT = Path(__file__).parents[2]


def write(records: Path, folder: Path, articles: int) -> list[Path]:
    """The articles, one file each."""
    opener = gzip.open if records.suffix == ".gz" else open
    files = []
    with opener(records, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(articles), lines, strict=False):
            files.append(folder / f"{number // 1000:03}" / f"{number:06}.txt")
            files[-1].parent.mkdir(exist_ok=True)
            files[-1].write_text(json.loads(line)["text"], "utf-8")
    return files


def build(folder: Path, target: Path, *options: str) -> tuple[float, float]:
    """Seconds by the clock, and of processor."""
    before, started = os.times(), time.perf_counter()
    command = [sys.executable, "build_db.py", str(folder), "-o", str(target), "--quiet", *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - started, os.times()
    return clock, after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--articles", type=int, default=8_000)
    parser.add_argument("--changed", type=int, nargs="*", default=[0, 1, 80, 800])
    parser.add_argument("--only", choices=["search"])
    asked = parser.parse_args()
    options = ["--only", asked.only] if asked.only else []
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        folder, target, fresh = Path(place, "input"), Path(place, "corpus.db"), Path(place, "fresh.db")
        folder.mkdir()
        files = write(asked.records, folder, asked.articles)
        alone = build(folder, fresh, "--no-keep", *options)
        whole = build(folder, target, *options)
        kept = sum(file.stat().st_size for file in Path(place, "cache").rglob("*.kept"))
        size = sum(file.stat().st_size for file in files)
        print(
            f"{len(files):,} articles, {size / 1e6:.1f} MB: built in {whole[0]:.1f} s, {whole[1]:.1f} s of processor;"
        )
        print(
            f"{whole[1] / alone[1]:.2f} times that of a build that keeps nothing; kept: {kept / size:.2f} times the text"
        )
        for changed in asked.changed:
            for file in rng.sample(files, changed):
                file.write_text(file.read_text("utf-8") + f"\n又及：{rng.random()}。\n", "utf-8")
            clock, processor = build(folder, target, "--update", *options)
            build(folder, fresh, "--no-keep", *options)
            same = (
                "the same rows" if contents(target, entries=False) == contents(fresh, entries=False) else "OTHER ROWS"
            )
            print(
                f"{changed:,} changed: {clock:.1f} s = {clock / whole[0]:.2f}, processor {processor / whole[1]:.2f}; {same}"
            )


if __name__ == "__main__":
    main()
