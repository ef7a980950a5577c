"""Size and recall of the index for programs without a segmenter: python -m tests.bench.stranger FILE [ARTICLES]"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
from collections.abc import Callable

from corpus_db import sql
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter
from corpus_db.text.stranger import stranger_tokens

QUESTIONS = 200
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    arguments = parser.parse_args()
    cut = segmenter().cut
    asked = "SELECT body FROM articles ORDER BY id LIMIT ?"
    rows = sqlite3.connect(arguments.file).execute(asked, [arguments.articles]).fetchall()
    docs = [cut(fold(body)) for (body,) in rows]
    db = sqlite3.connect(":memory:")
    db.execute(sql.stranger_statements()[0])
    db.execute("INSERT INTO articles_search (articles_search, rank) VALUES ('hashsize', 67108864)")
    for number, doc in enumerate(docs, 1):
        db.execute("INSERT INTO articles_search (rowid, body) VALUES (?, ?)", [number, stranger_tokens(doc)])
    db.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")
    size = db.execute("SELECT sum(length(block)) FROM articles_search_data").fetchone()[0]
    text = sum(len(body.encode()) for (body,) in rows)
    print(f"{len(docs)} articles, {text / 1e6:.1f} MB: index {size / text:.2f} x the text")
    folded = ["".join(doc) for doc in docs]
    for name, ask in QUESTIONERS.items():
        print(f"{name}: recall {_recall(db, folded, [ask(docs) for _ in range(QUESTIONS)]):.3f}")


def _words(count: int) -> Callable[[list[list[str]]], str]:
    """Asks for runs of `count` neighbouring words of two characters or more."""

    def ask(docs: list[list[str]]) -> str:
        while True:
            doc = random.choice(docs)
            start = random.randrange(len(doc))
            found = doc[start : start + count]
            if len(found) == count and all(map(_HAN_WORD.fullmatch, found)):
                return "".join(found)

    return ask


def _characters(docs: list[list[str]]) -> str:
    while True:
        run = random.choice(_HAN_WORD.findall("".join(random.choice(docs))) or ["-"])
        if len(run) > 1:
            start = random.randrange(len(run) - 1)
            return run[start : start + 2]


QUESTIONERS = {
    "one word": _words(1),
    "two words": _words(2),
    "three words": _words(3),
    "any two characters": _characters,
}


def _recall(db: sqlite3.Connection, folded: list[str], asked: list[str]) -> float:
    found = wanted = 0
    for text in asked:
        there = {number for number, doc in enumerate(folded, 1) if text in doc}
        rows = db.execute("SELECT rowid FROM articles_search WHERE articles_search MATCH ?", [f'"{text}"'])
        found += len(there & {number for (number,) in rows})
        wanted += len(there)
    return found / wanted


if __name__ == "__main__":
    random.seed(1)
    main()
