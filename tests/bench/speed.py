"""How fast a build is, in ratios of one run: python -m tests.bench.speed RECORDS.jsonl[.gz] [--articles N]

The yardsticks, over the same articles (JSON lines with `text`): the common recipe (words by jieba, joined by spaces, with
sqlite-utils and `enable_fts`, one process), and the floor (FTS5, at its defaults, fed with ready-made words and pairs of
characters, then `optimize`). Prints MB of UTF-8 text a second, and a file's size over its text's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from corpus_db.text.segment import segmenter

ROOT = Path(__file__).parents[2]
_HAN = re.compile("[\u3400-\u9fff]+")
_RECIPE_SHARE = 10  # one article in so many goes through the recipe, which takes longest and as long for each


def load(records: Path, articles: int) -> list[str]:
    """The texts of the first articles."""
    opener = gzip.open if records.suffix == ".gz" else open
    with opener(records, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, articles)]


def recipe(texts: Sequence[str], folder: Path) -> Callable[[], None]:
    """The common recipe."""
    import jieba
    import sqlite_utils

    jieba.setLogLevel(60)
    jieba.initialize()

    def run() -> None:
        table = sqlite_utils.Database(folder / "recipe.db")["articles"]
        table.insert_all(({"id": i, "words": " ".join(jieba.cut(text))} for i, text in enumerate(texts)), pk="id")
        table.enable_fts(["words"])

    return run


def floor(texts: Sequence[str], folder: Path) -> Callable[[], None]:
    """FTS5 fed with tokens that are there already."""
    rows = [(i, " ".join(segmenter().cut(text)), pairs(text)) for i, text in enumerate(texts, 1)]

    def run() -> None:
        db = sqlite3.connect(folder / "floor.db")
        db.execute("CREATE VIRTUAL TABLE f USING fts5(words, pairs, content='')")
        db.executemany("INSERT INTO f (rowid, words, pairs) VALUES (?, ?, ?)", rows)
        db.execute("INSERT INTO f (f) VALUES ('optimize')")
        db.commit()
        db.close()

    return run


def pairs(text: str) -> str:
    return " ".join(pair for run in _HAN.findall(text) for pair in map(str.__add__, run, run[1:]))


def built(source: Path, target: Path, *options: str) -> Callable[[], None]:
    """A build of ours, start and verification included."""
    command = [sys.executable, "build_db.py", str(source), "-o", str(target), "--quiet", "--no-keep", *options]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL) and None


def mb_a_second(run: Callable[[], None], mb: float) -> float:
    started = time.perf_counter()
    run()
    return mb / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    asked = parser.parse_args()
    texts = load(asked.records, asked.articles)
    some = texts[::_RECIPE_SHARE]
    mb, some_mb = (sum(len(text.encode()) for text in group) / 1e6 for group in (texts, some))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "articles.jsonl"
        source.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")
        by_recipe = mb_a_second(recipe(some, folder), some_mb)
        by_floor = mb_a_second(floor(texts, folder), mb)
        print(f"common recipe {by_recipe:.2f} MB/s, FTS5 floor {by_floor:.2f} MB/s\n")
        print("| build | MB/s | of the common recipe | of the FTS5 floor | file, of the text |\n|---|---|---|---|---|")
        for name, options in (("--only search", ["--only", "search"]), ("in full", []), ("--no-raw", ["--no-raw"])):
            target = folder / "corpus.db"
            speed = mb_a_second(built(source, target, *options), mb)
            size = target.stat().st_size / 1e6 / mb
            print(
                f"| {name} | {speed:.2f} | {speed / by_recipe:.1f} | {speed / by_floor:.2f} | {size:.2f} |", flush=True
            )
    print(f"\nload of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
