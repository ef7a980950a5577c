"""Every string is a query: python -m tests.bench.fuzz [--count N] [--seed N]  →  the slowest in ms; exits with 1 if one raises or takes 50 ms.

Strings of Han, Latin, FTS5 syntax, controls, emoji, Ext-B and compatibility forms, up to 1 MB. Each is translated by
`zh_query` and `zh_query_any`, and both MATCHes are run on a real FTS5 table; the time is that of the processor.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time

from corpus_db.search import zh_query, zh_query_any
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.segment import segmenter

LIMIT_MS = 50.0
ALPHABETS = (
    "电商平台供应链模式備貨節的了是",
    "abcXYZ0123456789.,",
    "\"*-:()^+{}\\'; \t\n。，：“”「」－＊",
    "\0\x01\x1f\x7f\u200b\u2028\ud800\udfff\ufeff",
    "😀👨‍👩‍👧🇨🇳",
    "\U00020000\U0002a6d6\U000323af",
    "㎡ﬁＡ１，㈱İıé한かカ",
)
WORDS = (" OR ", " AND ", " NOT ", "NEAR(", "title:", "author:", "site:", "year:2013..", ' "', "-")


def any_string(rng: random.Random) -> str:
    length = rng.choice((0, 1, 2, 5, 10, 40, 200, 2_000)) if rng.random() > 0.0005 else 1_000_000
    parts = rng.choices(ALPHABETS, k=rng.randint(1, 4))
    pieces = [rng.choice(rng.choice(parts)) for _ in range(min(length, 1_000))]
    for _ in range(rng.randint(0, 4)):
        pieces.insert(rng.randint(0, len(pieces)), rng.choice(WORDS))
    return ("".join(pieces) * (length // 1_000 + 1))[: length + 40]


def asked(db: sqlite3.Connection, text: str) -> float:
    """Milliseconds of processor time for translating and asking `text`."""
    started = time.process_time()
    for match in (zh_query(text), zh_query_any(db, text)):
        db.execute("SELECT rowid FROM f WHERE f MATCH ?", [match]).fetchall()
    return (time.process_time() - started) * 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(body_bigrams, body, title, title_bigrams, content='')")
    db.execute("INSERT INTO f (rowid, body_bigrams) VALUES (1, ?)", (bigram_stream("电商平台b2b"),))
    segmenter().cut("电商")
    zh_query_any(db, "電商是什么")
    rng = random.Random(options.seed)
    slowest = late = 0.0
    for _ in range(options.count):
        text = any_string(rng)
        ms = asked(db, text)
        if ms >= LIMIT_MS:
            ms = min(ms, asked(db, text))  # the machine may have been busy
        slowest = max(slowest, ms)
        late += ms >= LIMIT_MS
    print(f"{options.count} strings, slowest {slowest:.1f} ms, {late:.0f} at or over {LIMIT_MS:.0f} ms")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
