"""Rows to SQLite: the only module that writes a corpus file.

Rows go in in input order, with no clock and no random number, so the same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db import sql
from corpus_db.prepare import Analysed, Estimate, Prepared
from corpus_db.records import Reject, named

SCHEMA_VERSION = 1
# Bytes of the index that are held in memory before they are written. What merging frees is used by the facts that follow;
# where none follow, the less is written twice, the better.
_HASH, _HASH_ALONE = 16 << 20, 96 << 20
_SORTED = 8 << 20  # bytes of an index that are sorted in memory
_GATHER = 5_000  # rows of a table that are written at once
_KEYWORDS = " " * 112  # room for the keywords, which come at the end: a row that grows would split its page
_FREE_SHARE = 0.02  # of the pages of a file: more than that is worth writing it anew
# What a CHECK of a list of words says of each row takes longer than writing the row: `verify` asks it of the finished file.
_PRAGMAS = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = ON;
PRAGMA cache_size = -32768;
PRAGMA temp_store = FILE;
PRAGMA ignore_check_constraints = ON;
"""


class Store:
    """A corpus file being written. `target.writing` puts it in place or takes it away."""

    def __init__(self, path: Path, *, stranger_index: bool = False, facts: bool = True) -> None:
        self.path = path
        self.statements = sql.schema_statements() + (sql.stranger_statements() if stranger_index else [])
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)  # `merging` is careful
        self.db.executescript(_PRAGMAS)
        self.db.execute(f"PRAGMA application_id = {sql.APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for statement in self.statements:
            self.db.execute(statement)
        for statement in sql.statements("loading"):
            self.db.execute(statement, {"hash": _HASH if facts else _HASH_ALONE})
        self.db.execute("BEGIN")
        self.articles = self.rejects = self.duplicates = 0
        self._unwritten: set[str] = set()  # keys of articles that are not in their table yet
        self._paragraphs = self._sentences = 0

    def add(self, documents: Iterable[Prepared | Reject]) -> None:
        """Write documents, in input order."""
        rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for document in documents:
            if isinstance(document, Reject):
                rows["rejects"].append(document)
                self.rejects += 1
            else:
                self._collect(document, rows)
        for table, batch in rows.items():
            self.insert(table, batch)
        self._unwritten.clear()

    @contextlib.contextmanager
    def gathering(self) -> Iterator[Rows]:
        """Rows to be added to by table; written in large batches, the rest when the block ends."""
        rows = _Gathered(self)
        yield rows
        rows.flush()

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write whole rows of a table, in its column order."""
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        statement = f"INSERT INTO {_INSERTS.get(table, table)} VALUES ({', '.join('?' * len(first))})"
        self.db.execute(statement, first)
        self.db.executemany(statement, rows)

    def add_spellings(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Write rows of `pinyin`: form, name, occurrences, which are summed where the same pair comes again."""
        statement = """INSERT INTO pinyin VALUES (?, ?, ?)
                       ON CONFLICT (form, name) DO UPDATE SET occurrences = occurrences + excluded.occurrences"""
        self.db.executemany(statement, rows)

    def titles(self) -> Iterator[str]:
        """The stated titles, in the order of the articles' ids."""
        for (title,) in self.db.execute("SELECT title FROM articles WHERE title IS NOT NULL ORDER BY id"):
            yield title

    def _collect(self, document: Prepared, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        self.articles += 1
        number = self.articles
        rows["sources"].append((number, *document.source))
        rows["spans"].extend((number, *span) for span in document.spans)
        rows["articles"].append(self._article_row(number, document))
        rows["articles_fts"].append((number, *document.indexed))
        if document.stranger is not None:
            rows["articles_search"].append((number, *document.stranger))
        before = self._paragraphs
        for position, paragraph in enumerate(document.paragraphs, 1):
            self._paragraphs += 1
            rows["paragraph_bounds"].append((self._paragraphs, number, position, *paragraph))
        if document.analysed is not None:
            self._collect_facts(number, before, document.analysed, rows)

    def _collect_facts(
        self, number: int, paragraphs: int, found: Analysed, rows: dict[str, list[tuple[Any, ...]]]
    ) -> None:
        """`paragraphs` is the number of paragraphs before this article's."""
        before, first_paragraph = self._sentences, paragraphs + 1
        self._sentences += len(found.sentences)
        rows["sentence_bounds"] += [
            (before + position, number, first_paragraph + paragraph, position, start, end, cuts)
            for position, (paragraph, start, end, cuts) in enumerate(found.sentences, 1)
        ]
        places = SentenceStarts(before + 1, [start for _, start, *_ in found.sentences])
        for table, facts in (("figures", found.figures), ("dates", found.dates)):
            rows[table] += [(None, number, places.at(fact[0]), *fact) for fact in facts]

    def _article_row(self, number: int, document: Prepared) -> tuple[Any, ...]:
        article = document.article
        estimate = document.analysed.estimate if document.analysed else Estimate()
        when = article.published or estimate.published
        return (
            number, self._key(document), number, article.title, article.title_estimated, article.author,
            article.editor, article.publisher, article.site, article.url, article.section, article.published,
            article.published_precision, estimate.published, estimate.basis, estimate.reference_year,
            int(when[:4]) if when else None, article.views, article.summary, article.body, _KEYWORDS if document.analysed else None, len(article.body),
            document.words, len(document.paragraphs), None,
            json.dumps(article.extra, ensure_ascii=False, sort_keys=True) if article.extra else None,
        )  # fmt: skip

    def _key(self, document: Prepared) -> str:
        """Its own id or its place, with a number behind it where another article already has that key."""
        path, member = document.source[:2]
        wanted = document.key or named(path, member)
        key, n = wanted, 1
        while self._has(key):
            n += 1
            key = f"{wanted}#{n}"
        self._unwritten.add(key)
        return key

    def _has(self, key: str) -> bool:
        """Whether an article already has that key."""
        if key in self._unwritten:
            return True
        return self.db.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone() is not None

    def body(self, article: int) -> str:
        """The body of the article with that id."""
        (body,) = self.db.execute("SELECT body FROM articles WHERE id = ?", (article,)).fetchone()
        return str(body)

    def published(self, article: int) -> str | None:
        """When the article with that id was published, as stated or else as its text implies; None: unknown."""
        row = self.db.execute(
            "SELECT coalesce(published, published_estimated) FROM articles WHERE id = ?", (article,)
        ).fetchone()
        return None if row is None else row[0]

    def sentence_starts(self) -> Iterator[SentenceStarts]:
        """Of each article, in the order of their ids, where its sentences begin."""
        rows = self.db.execute("SELECT article_id, id, start FROM sentence_bounds ORDER BY id")
        row = next(rows, None)
        for article in range(1, self.articles + 1):
            first, starts = row[1] if row else 0, []
            while row is not None and row[0] == article:
                starts.append(row[2])
                row = next(rows, None)
            yield SentenceStarts(first, starts)

    def set_keywords(self, keywords: Iterable[str | None]) -> None:
        """Set the keywords of all articles, in the order of their ids."""
        self.db.executemany(
            "UPDATE articles SET keywords = ? WHERE id = ?", ((k, i) for i, k in enumerate(keywords, 1))
        )

    def set_reprints(self, originals: Iterable[tuple[int, int]]) -> None:
        """Set `reprint_of`: pairs of (article, the earlier one that it repeats)."""
        rows = [(first, article) for article, first in originals]
        self.duplicates = len(rows)
        self.db.executemany("UPDATE articles SET reprint_of = ? WHERE id = ?", rows)

    @contextlib.contextmanager
    def merging(self) -> Iterator[None]:
        """Bring the full-text index into one piece while the block runs, which must leave the database alone.

        All articles must be written. The pages that this frees are used by what is written after it.
        """
        with ThreadPoolExecutor(1) as aside:  # SQLite merges without the interpreter's lock
            merged = aside.submit(self._merge)
            yield
            merged.result()

    def _merge(self) -> None:
        if sql.stranger_statements()[0] in self.statements:
            self.db.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")
        for statement in sql.statements("finish"):
            self.db.execute(statement)

    def finish(self) -> None:
        """Build what follows from all rows together: indexes, views."""
        self.db.execute(f"PRAGMA cache_size = {-_SORTED // 1024}")  # as much goes to each sort, once more
        for statement in (*sql.statements("indexes"), *sql.view_statements()):
            self.db.execute(statement)
        self.db.execute("COMMIT")
        (pages,), (free,) = (
            self.db.execute(f"PRAGMA {count}").fetchone() for count in ("page_count", "freelist_count")
        )
        if free > _FREE_SHARE * pages:
            self.db.execute("VACUUM")

    def close(self) -> None:
        self.db.close()


Rows = dict[str, list[tuple[Any, ...]]]


class _Gathered(defaultdict[str, list[tuple[Any, ...]]]):
    """Rows by table, written whenever one of the tables has gathered enough."""

    def __init__(self, store: Store) -> None:
        super().__init__(list)
        self._store = store

    def __setitem__(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        if len(rows) >= _GATHER:
            self._store.insert(table, rows)
            rows = []
        super().__setitem__(table, rows)

    def flush(self) -> None:
        """Write what is left."""
        for table, rows in self.items():
            self._store.insert(table, rows)
        self.clear()


class SentenceStarts(NamedTuple):
    """Where the sentences of one article begin."""

    first: int  # id of the first sentence
    starts: list[int]

    def at(self, offset: int) -> int | None:
        """The id of the sentence that `offset` lies in; None: the article has none."""
        return self.first + max(0, bisect_right(self.starts, offset) - 1) if self.starts else None


_INSERTS = {
    "articles_fts": "articles_fts (rowid, body_bigrams, body, title_bigrams, title)",
    "articles_search": "articles_search (rowid, title, body)",
}
