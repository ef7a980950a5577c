"""Is the old file safe at any moment? python -m tests.bench.kill [--times N] [--articles N] [--seed N]

Builds a corpus again and again and kills the build, workers and all, with SIGKILL at random moments between its start
and its end. After each, the target must be the old file or the complete new one, nothing visible may lie beside it,
and in the end a build must succeed and leave nothing behind. Exits with 1 if not.
"""

from __future__ import annotations

import argparse
import hashlib
import random
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


def start(folder: Path, target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "build_db.py", str(folder), "-o", str(target), "--quiet", "--jobs", "2"]
    return subprocess.Popen(command, cwd=ROOT)


def timed(folder: Path, target: Path) -> tuple[float, str]:
    started = time.monotonic()
    if start(folder, target).wait():
        sys.exit("the build fails even when it is left alone")
    return time.monotonic() - started, digest(target)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--articles", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder, place = Path(scratch, "in"), Path(scratch, "out")
        target = place / "corpus.db"
        place.mkdir()
        write(folder, asked.articles, "新闻")
        seconds, new = timed(folder, target)
        target.write_bytes(b"old")
        for _ in range(asked.times):
            moment = rng.uniform(0, seconds * 1.05)
            build = start(folder, target)
            time.sleep(moment)
            build.kill()
            build.wait()
            found = "old" if target.read_bytes() == b"old" else "new" if digest(target) == new else "DAMAGED"
            stray = [path.name for path in place.iterdir() if path != target and not path.name.startswith(".")]
            print(f"{moment:6.2f} s  {found}  {' '.join(sorted(p.name for p in place.iterdir()))}", flush=True)
            outcomes["stray" if stray else found] += 1
            target.write_bytes(b"old")
        _, again = timed(folder, target)
        outcomes["next build differs"] += again != new
        outcomes["left behind"] += len(list(place.iterdir())) - 1
    print(", ".join(f"{n} {outcome}" for outcome, n in outcomes.items()))
    sys.exit(any(n for outcome, n in outcomes.items() if outcome not in ("old", "new")))


if __name__ == "__main__":
    main()
