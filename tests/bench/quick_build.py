"""Records → a database with only what search needs: a stand-in for the real build in experiments and tests."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import corpus_db
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold
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
        db.execute(
            "INSERT INTO articles_fts (rowid, title, body, title_bigrams, body_bigrams) VALUES (?, ?, ?, ?, ?)",
            [
                number,
                " ".join(words(folded_title, cut)),
                " ".join(words(folded, cut)),
                bigram_stream(folded_title),
                bigram_stream(folded),
            ],
        )
    db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
    db.commit()
    return db


def read_jsonl(path: str | Path) -> list[dict]:
    """The records of a .jsonl file."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
