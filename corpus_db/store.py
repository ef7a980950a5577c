"""Rows to SQLite: a corpus file, written from nothing; `amended` changes one, and nothing else writes to it.

Rows go in in input order, with no clock and no random number, so the same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from corpus_db import sql
from corpus_db.by_table import ByTable
from corpus_db.index.by_fts5 import ByFts5
from corpus_db.index.fulltext import FullText, can_be_written
from corpus_db.index.postings import Postings
from corpus_db.prepared import Analysed, Context, Estimate, Prepared
from corpus_db.records import Article, Reject, SourceRow, named
from corpus_db.span_kinds import SpanKinds
from corpus_db.target import anew
from corpus_db.text.segment import segmenter
from corpus_db.text.sentences import SentenceStarts

_KEYWORDS = " " * 112  # room for the keywords, which come at the end: a row that grows would split its page
# No CHECK is looked at while rows are written, which would take longer than writing them: `verify` has SQLite look at all of
# them in the finished file.
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
_HOLD_LITTLE = "PRAGMA cache_size = -8192"  # kB of pages; as much is sorted in memory where an index is made


class Store:
    """A corpus file being written. `target.writing` puts it in place or takes it away."""

    def __init__(self, path: Path, context: Context, input_bytes: int | None = None) -> None:
        """`input_bytes`: how much there is to come; None: the file is there already."""
        self.path = path
        self.statements = sql.schema_statements() + (sql.stranger_statements() if context.stranger_index else [])
        # `ByFts5.written` lets another thread merge with this connection, while this one leaves it alone.
        # As addresses, in which names that are not UTF-8 can be written too.
        self.db = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None, check_same_thread=False)
        self.db.executescript(_PRAGMAS)
        self.db.execute(f"PRAGMA application_id = {sql.APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {sql.SCHEMA_VERSION}")
        for statement in (*self.statements, *sql.statements("settings")) if input_bytes is not None else ():
            self.db.execute(statement)
        self._index = (
            FullText(self.db, input_bytes)
            if input_bytes is not None and can_be_written(self.db)
            else ByFts5(self.db, segmenter(context.lexicon_words).cut)
        )
        self.db.execute("BEGIN")
        self.ids = array("q")  # of the articles, in input order
        self.duplicates = 0
        self._unwritten: set[str] = set()  # keys of articles that are not in their table yet
        self._paragraphs = self._sentences = 0  # the numbers of the last
        self._kinds = SpanKinds()

    def add(self, documents: Iterable[Prepared | Reject]) -> list[int]:
        """Write documents, in input order; the ids of the articles."""
        rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        first = len(self.ids)
        for document in documents:
            if isinstance(document, Reject):
                rows["rejects"].append(document)
            else:
                self.ids.append(len(self.ids) + 1)
                self._collect(self.ids[-1], document, rows)
        self._write(rows)
        return self.ids[first:].tolist()

    def index(self, postings: Postings, articles: Sequence[int]) -> None:
        """Put the articles just added, whose ids those are, into the full-text index."""
        if isinstance(self._index, FullText) and articles:
            self._index.add(postings, articles[0])

    def let_go(self) -> None:
        """Hold little in memory: copies of this process that begin now would hold it for good."""
        self._index.let_go()
        self.db.execute("COMMIT")  # which writes the pages that are held
        self.db.execute(_HOLD_LITTLE)
        self.db.execute("PRAGMA shrink_memory")
        self.db.execute("BEGIN")

    def _write(self, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        for table, batch in rows.items():
            self.insert(table, batch)
        self._unwritten.clear()

    @contextlib.contextmanager
    def gathering(self) -> Iterator[ByTable]:
        """Rows to be added to by table; written in large batches, the rest when the block ends."""
        rows = ByTable(self.insert)
        yield rows
        rows.flush()

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write whole rows of a table, in its column order."""
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        columns = " (rowid, title, body)" if table == "articles_search" else ""
        statement = f"INSERT INTO {table}{columns} VALUES ({', '.join('?' * len(first))})"
        self.db.execute(statement, first)
        self.db.executemany(statement, rows)

    def replace(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Make those the rows of a table; in key order, if it has a primary key."""
        self.insert(table, rows)

    def add_spellings(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Write rows of `pinyin`: form, name, occurrences, which are summed where the same pair comes again."""
        statement = """INSERT INTO pinyin VALUES (?, ?, ?)
                       ON CONFLICT (form, name) DO UPDATE SET occurrences = occurrences + excluded.occurrences"""
        self.db.executemany(statement, rows)

    def named(self) -> Iterator[tuple[str, int]]:
        """Each name of entities, and how many articles name one so, of whatever kind."""
        yield from self.db.execute("SELECT name, sum(articles) FROM entities GROUP BY name")

    def titles(self) -> Iterator[str]:
        """The stated titles, in the order of the articles' ids."""
        for (title,) in self.db.execute("SELECT title FROM articles WHERE title IS NOT NULL ORDER BY id"):
            yield title

    def _collect(self, number: int, document: Prepared, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Add the rows of an article; `number` is its id."""
        rows["sources"].append(_source_row(number, document.source))
        rows["span_starts"] += self._kinds.starts(number, document)
        rows["span_kinds"] += self._kinds.new()
        rows["articles"].append(self._article_row(number, document))
        if isinstance(self._index, ByFts5):
            self._index.add(number, document.article.title, document.article.body)
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
        return (
            number, self._key(document), number, article.title, article.author, article.editor,
            article.publisher, article.site, article.url, article.section, article.published,
            article.published_precision, estimate.published, estimate.basis, estimate.reference_year,
            document.year, article.views, article.summary, article.body, _KEYWORDS if document.analysed else None, len(article.body),
            document.words, len(document.paragraphs), None,
            json.dumps(article.extra, ensure_ascii=False, sort_keys=True) if article.extra else None,
            *_estimated_title(article),
        )  # fmt: skip

    def _key(self, document: Prepared) -> str:
        """Its own id or its place, with a number behind it where another article already has that key."""
        wanted = self._wanted_key(document)
        key, n = wanted, 1
        while self._has(key):
            n += 1
            key = f"{wanted}#{n}"
        self._unwritten.add(key)
        return key

    @staticmethod
    def _wanted_key(document: Prepared) -> str:
        path, member = document.source[:2]
        return document.key or named(path, member)

    def _has(self, key: str) -> bool:
        """Whether an article already has that key."""
        if key in self._unwritten:
            return True
        return self.db.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone() is not None

    def body(self, number: int) -> str:
        """The body of an article; `number` counts from 0, in input order."""
        (body,) = self.db.execute("SELECT body FROM articles WHERE id = ?", (self.ids[number],)).fetchone()
        return str(body)

    def bodies(self, articles: Sequence[int]) -> list[str]:
        """The bodies of articles, whose ids follow one another."""
        if not articles:
            return []
        asked = "SELECT body FROM articles WHERE id BETWEEN ? AND ? ORDER BY id"
        return [body for (body,) in self.db.execute(asked, (articles[0], articles[-1]))]

    def published(self, number: int) -> str | None:
        """When an article was published, as stated or else as its text implies; None: unknown."""
        asked = "SELECT coalesce(published, published_estimated) FROM articles WHERE id = ?"
        row = self.db.execute(asked, (self.ids[number],)).fetchone()
        return None if row is None else row[0]

    def sentence_starts(self) -> Iterator[SentenceStarts]:
        """Of each article, in the order of their ids, where its sentences begin."""
        rows = self.db.execute("SELECT article_id, id, start FROM sentence_bounds ORDER BY id")
        row = next(rows, None)
        for article in self.ids:
            first, starts = row[1] if row else 0, []
            while row is not None and row[0] == article:
                starts.append(row[2])
                row = next(rows, None)
            yield SentenceStarts(first, starts)

    def sentence_starts_of(self, article: int) -> SentenceStarts:
        """Where the sentences of the article with that id begin."""
        rows = self.db.execute("SELECT id, start FROM sentence_bounds WHERE article_id = ? ORDER BY start", (article,))
        found = rows.fetchall()
        return SentenceStarts(found[0][0] if found else 0, [start for _, start in found])

    def set_keywords(self, articles: Iterable[int], keywords: Iterable[str | None]) -> None:
        """Set the keywords of articles, given by their ids."""
        statement = "UPDATE articles SET keywords = ? WHERE id = ?"
        self.db.executemany(statement, zip(keywords, articles, strict=True))

    def set_reprints(self, originals: Iterable[tuple[int, int]]) -> None:
        """Set `reprint_of`: ids of articles, each with that of the earlier one that it repeats."""
        rows = [(first, article) for article, first in originals]
        self.duplicates = len(rows)
        self.db.executemany("UPDATE articles SET reprint_of = ? WHERE id = ?", rows)

    @contextlib.contextmanager
    def indexing(self, pool: Executor) -> Iterator[None]:
        """Finish the indexes while the block runs, which must leave the database alone. All articles must be written."""
        with self._index.written(pool):
            yield
        if sql.stranger_statements()[0] in self.statements:
            self.db.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")

    def common_tokens(self) -> list[tuple[str, float]]:
        """The rows of that table, once the indexes are finished (`indexing`)."""
        return self._index.common_tokens()

    def finish(self) -> None:
        """Build what follows from all rows together: indexes, views."""
        self.db.execute(_HOLD_LITTLE)
        for statement in (*sql.statements("indexes"), *sql.view_statements()):
            self.db.execute(statement)
        self._write_anew()

    def _write_anew(self) -> None:
        """Write the file a second time, with no room to spare, and close it.

        Rows that come in the order of their keys leave an eighth of each page of a table without rowid empty, and those
        that grow split theirs: 2 % of a file, more where merging has left pages behind.
        """
        self.db.execute("COMMIT")
        self.db.execute("VACUUM INTO ?", (anew(self.path).absolute().as_uri(),))
        self.db.close()
        anew(self.path).replace(self.path)

    def close(self) -> None:
        self.db.close()


def json_list(values: Sequence[str]) -> str | None:
    """A JSON array; None for none, since empty is NULL."""
    return json.dumps(values, ensure_ascii=False) if values else None


def _source_row(number: int, source: SourceRow) -> tuple[Any, ...]:
    path, member, format_, encoding, sha256, size, chars, raw = source
    return number, path, member, format_, encoding, size, chars, bytes.fromhex(sha256), raw


def _estimated_title(article: Article) -> tuple[int | None, int | None]:
    """Where the title that was estimated stands in the body: it is its first sentence."""
    if article.title_estimated is None:
        return None, None
    start = article.body.index(article.title_estimated)
    return start, start + len(article.title_estimated)
