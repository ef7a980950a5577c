"""Is everything found? python -m tests.bench.recall DB [--samples N] [--seed N]  →  recall and precision against `instr` on folded text.

Samples N substrings of each length, each from another article: of runs of Han, and of mixed runs, which begin and end
where a Latin word or number does; the table counts the different ones. Each is asked as a phrase and as typed into the
search box; the truth is every article whose folded text contains it (with its Latin ends whole). Prints one line a
length and kind; exits with 1 if a recall is not 1.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import sys
from collections.abc import Iterator
from itertools import islice

import corpus_db
from corpus_db.search import zh_query
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold

LENGTHS = (1, 2, 3, 4, 6, 8)
MATCH = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
HAN_RUN = re.compile(f"[{CJK}]+")
MIXED_RUN = re.compile(rf"[{CJK}a-z0-9.+#%/&-]+")
Texts = dict[int, str]  # articles.id → folded title and body


def folded_texts(db: sqlite3.Connection) -> Texts:
    rows = db.execute("SELECT id, coalesce(title, '') || char(10) || body FROM articles")
    return {number: fold(text) for number, text in rows}


def samples(texts: Texts, length: int, kind: str, count: int, rng: random.Random) -> Iterator[str]:
    """`count` substrings of `length` characters, each from an article of its own."""
    shuffled = rng.sample(list(texts), len(texts))
    found = (pieces for number in shuffled if (pieces := pieces_of(texts[number], length, kind)))
    yield from map(rng.choice, islice(found, count))


def pieces_of(text: str, length: int, kind: str) -> list[str]:
    """All substrings of runs of Han, or of mixed runs without cutting a Latin word."""
    run = HAN_RUN if kind == "han" else MIXED_RUN
    starts = [start for match in run.finditer(text) for start in range(match.start(), match.end() - length + 1)]
    found = [(text[start : start + length], start) for start in starts]
    if kind == "han":
        return [piece for piece, _ in found]
    return [piece for piece, start in found if is_mixed(piece) and standing_whole(piece).match(text, start)]


def is_mixed(piece: str) -> bool:
    """Whether it has both scripts, and a letter or digit at either end."""
    return (
        bool(re.search(f"[{CJK}]", piece) and re.search("[a-z0-9]", piece))
        and piece[0].isalnum()
        and piece[-1].isalnum()
    )


def standing_whole(piece: str) -> re.Pattern[str]:
    """Where `piece` stands without cutting a Latin word or number at its ends: 9亿元 does not stand in 41.9亿元."""
    before = "" if HAN_RUN.match(piece[0]) else rf"(?<![^\W{CJK}])(?<!\d\.)|(?<=[a-z])(?=\d+\.\d)|(?<=\d\.\d)(?=[a-z])"
    after = "" if HAN_RUN.match(piece[-1]) else rf"(?![^\W{CJK}]|(?<=\d)\.\d)"
    return re.compile(f"(?:{before}){re.escape(piece)}{after}")


def truth(texts: Texts, piece: str) -> set[int]:
    """The articles that contain `piece`."""
    found = {number for number, text in texts.items() if piece in text}
    if HAN_RUN.fullmatch(piece):
        return found
    whole = standing_whole(piece)
    return {number for number in found if whole.search(texts[number])}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db")
    parser.add_argument("--samples", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    db = corpus_db.connect(options.db)
    texts = folded_texts(db)
    rng = random.Random(options.seed)
    complete = True
    print("| length | kind | asked as | samples | recall | precision |\n|---|---|---|---|---|---|")
    for length in LENGTHS:
        for kind in ("han", "mixed"):
            pieces = list(samples(texts, length, kind, options.samples, rng)) if length > 1 or kind == "han" else []
            answers = {piece: truth(texts, piece) for piece in pieces}
            for asked, query in (("phrase", '"{}"'), ("search box", "{}")):
                hits = found = wanted = 0
                for piece, right in answers.items():
                    got = {number for (number,) in db.execute(MATCH, [zh_query(query.format(piece))])}
                    hits, found, wanted = hits + len(got & right), found + len(got), wanted + len(right)
                    if right - got or got - right:
                        report = f"{piece!r}: missed {sorted(right - got)[:3]}, wrong {sorted(got - right)[:3]}"
                        print(report, file=sys.stderr)
                if wanted:
                    complete &= hits == wanted
                    figures = f"{len(answers)} | {hits / wanted:.6f} | {hits / found:.6f}"
                    print(f"| {length} | {kind} | {asked} | {figures} |", flush=True)
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
