"""Is the old file safe at any moment? python -m tests.bench.kill [--times N] [--articles N] [--seed N] [--update]

Builds a corpus again and again and kills the build, workers and all, with SIGKILL at random moments between its start
and its end; with `--update`, an update of one article. After each, the target must be the old file or the complete new one, nothing visible may lie beside it,
and in the end a build must succeed and leave nothing behind. Exits with 1 if not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]


def write(folder: Path, articles: int, version: str) -> None:
    folder.mkdir(exist_ok=True)
    for i in range(articles):
        lines = "".join(f"第{j}家公司在{1990 + j % 30}年成立，{version}第{i}次报道。\n" for j in range(200))
        (folder / f"{i}.txt").write_text(f"题目{i}\n\n{lines}", encoding="utf-8")


def start(folder: Path, target: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "build_db.py", str(folder), "-o", str(target), "--quiet", "--jobs", "2", *options]
    return subprocess.Popen(command, cwd=ROOT)


def timed(folder: Path, target: Path, *options: str) -> tuple[float, str]:
    started = time.monotonic()
    if start(folder, target, *options).wait():
        sys.exit("the build fails even when it is left alone")
    return time.monotonic() - started, digest(target)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy(source: Path, target: Path) -> None:
    """Make `target` a copy of the folder `source`."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--articles", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--update", action="store_true")
    asked = parser.parse_args()
    options = ["--update"] if asked.update else []
    rng = random.Random(asked.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder, place, kept, before = (Path(scratch, name) for name in ("in", "out", "cache", "before"))
        os.environ["XDG_CACHE_HOME"] = str(kept)
        target = place / "corpus.db"
        place.mkdir()
        kept.mkdir()
        write(folder, asked.articles, "新闻")
        target.write_bytes(b"old")
        if asked.update:
            timed(folder, target)
            (folder / "7.txt").write_text("另一个题目\n\n换了一篇。\n", encoding="utf-8")
        old = digest(target)
        for source in (place, kept):
            copy(source, before / source.name)
        seconds, new = timed(folder, target, *options)
        for _ in range(asked.times):
            for source in (place, kept):
                copy(before / source.name, source)
            moment = rng.uniform(0, seconds * 1.05)
            build = start(folder, target, *options)
            time.sleep(moment)
            build.kill()
            build.wait()
            found = {old: "old", new: "new"}.get(digest(target), "DAMAGED")
            stray = [path.name for path in place.iterdir() if path != target and not path.name.startswith(".")]
            print(f"{moment:6.2f} s  {found}  {' '.join(sorted(p.name for p in place.iterdir()))}", flush=True)
            outcomes["stray" if stray else found] += 1
        copy(before / kept.name, kept)
        shutil.copy(before / place.name / target.name, target)
        _, again = timed(folder, target, *options)
        outcomes["next build differs"] += again != new
        outcomes["left behind"] += len(list(place.iterdir())) - 1
    print(", ".join(f"{n} {outcome}" for outcome, n in outcomes.items()))
    sys.exit(any(n for outcome, n in outcomes.items() if outcome not in ("old", "new")))


if __name__ == "__main__":
    main()
