"""Records → a database with only what search needs: a stand-in for the real build in experiments and tests."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import corpus_db
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.sql import statements
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.function_words import indexed_words
from corpus_db.text.segment import segmenter, words

SCHEMA = Path(corpus_db.__file__).with_name("sql") / "schema.sql"


def quick_build(records: Iterable[dict[str, str]], target: str | Path = ":memory:") -> sqlite3.Connection:
    """A database of records with `id`, `title`, `text`, and as they have them `site`, `author`, `published` …"""
    db = sqlite3.connect(target)
    db.executescript(SCHEMA.read_text("utf-8"))
    db.execute("INSERT INTO sources VALUES (1, 'quick', NULL, 'json', 'utf-8', '', 0, 0, NULL)")
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('hashsize', 67108864)")
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 0)")
    cut = segmenter().cut
    statistics = IndexStatistics()
    terms: Counter[str] = Counter()
    for number, record in enumerate(records, 1):
        title, body = record.get("title") or "", record["text"]
        published = record.get("published") or None
        db.execute(
            """INSERT INTO articles (id, key, source_id, title, author, publisher, site, section, published, year, body,
               chars, words, paragraphs) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)""",
            [
                number,
                record["id"],
                title or None,
                record.get("author") or None,
                record.get("publisher") or None,
                record.get("site") or None,
                record.get("section") or None,
                published,
                int(published[:4]) if published else None,
                body,
                len(body),
            ],
        )
        folded_title, folded = fold(title), fold(body)
        title_words, body_words = words(folded_title, cut), words(folded, cut)
        terms.update({*title_words, *body_words})
        statistics.add(folded_title, folded)
        db.execute(
            "INSERT INTO articles_fts (rowid, title, body, title_bigrams, body_bigrams) VALUES (?, ?, ?, ?, ?)",
            [
                number,
                " ".join(indexed_words(title_words)),
                " ".join(indexed_words(body_words)),
                bigram_stream(folded_title),
                bigram_stream(folded),
            ],
        )
    db.executemany("INSERT INTO terms (term, occurrences, articles) VALUES (?1, ?2, ?2)", sorted(terms.items()))
    db.executemany("INSERT INTO char_stats VALUES (?, ?)", statistics.char_rows())
    db.executemany("INSERT INTO common_tokens VALUES (?, ?)", statistics.token_rows(cut))
    for statement in statements("finish"):
        db.execute(statement)
    db.commit()
    return db


def read_jsonl(path: str | Path) -> list[dict]:
    """The records of a .jsonl file."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
