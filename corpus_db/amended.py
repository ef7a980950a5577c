"""The file of an earlier build, being made the file of this one: rows leave, rows come, the others stay as they are.

New rows are numbered behind the old ones: in a file that was built whole, ids are in input order; in one that was updated,
what came later stands last.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus_db.analysis import spelt
from corpus_db.analysis.entities import Entity
from corpus_db.analysis.reprints import REPEATING
from corpus_db.differences import differences
from corpus_db.index.by_fts5 import ByFts5
from corpus_db.pieces import pieces
from corpus_db.prepared import Context, Prepared, Rows
from corpus_db.records import EntityKind, Reject
from corpus_db.span_kinds import SpanKinds
from corpus_db.spool import Spool
from corpus_db.store import Store, json_list

_FLUSH = 5_000  # changed rows that are written at once
_PIECE = 100  # articles whose rows are written at once
# Tables with rows of an article, and the column that names it; those that others refer to come last.
_OF_ARTICLE = {
    "quotes": "article_id",
    "mentions": "article_id",
    "dates": "article_id",
    "figures": "article_id",
    "similar": "article_id",
    "sentence_bounds": "article_id",
    "paragraph_bounds": "article_id",
    "span_starts": "source_id",
    "articles": "id",
    "sources": "id",
}


class NotAmendableError(Exception):
    """The file can not be made from the earlier one; it must be built whole."""


class Amended(Store):
    """A copy of an earlier file. First is told what may leave, then all that the new file has, in input order."""

    def __init__(self, path: Path, context: Context) -> None:
        super().__init__(path, context)
        self._leaving = defaultdict[bytes, list[int]](list)  # ids of articles, by digest of their document
        self._rejects: Spool[Reject] = Spool()
        self._coming: Spool[tuple[int, Prepared]] = Spool()
        self._touched: set[int] = set()  # ids of entities whose mentions have changed
        self._spelt: Counter[tuple[str, str]] = Counter()  # (form, name) of `pinyin` → what to add
        self._last = self._largest("articles")
        self._paragraphs, self._sentences = self._largest("paragraph_bounds"), self._largest("sentence_bounds")
        self._kinds = SpanKinds(self.db.execute("SELECT id, role, reason FROM span_kinds"))

    def may_leave(self, documents: Iterable[tuple[int, Prepared]]) -> None:
        """Articles, by id, that leave unless they come again just as they were."""
        for article, document in documents:
            self._leaving[_digest(document)].append(article)

    def stay(self, articles: Iterable[int], rejects: Iterable[Reject]) -> None:
        """The next of the input is there already."""
        self.ids.extend(articles)
        for reject in rejects:
            self._rejects.add(reject)

    def add(self, documents: Iterable[Prepared | Reject]) -> list[int]:
        """The next of the input; what is there already, stays. The rows of the others are written by `amend`."""
        first = len(self.ids)
        for document in documents:
            if isinstance(document, Reject):
                self._rejects.add(document)
            elif found := self._leaving.get(_digest(document)):
                self.ids.append(found.pop(0))
            else:
                self._last += 1
                self.ids.append(self._last)
                self._coming.add((self._last, document))
        return self.ids[first:].tolist()

    @property
    def coming(self) -> int:
        """How many articles have come that are not there yet."""
        return len(self._coming)

    @property
    def leaving(self) -> set[int]:
        """Ids of the articles that have not come again."""
        return {article for articles in self._leaving.values() for article in articles}

    def amend(self, documents: Iterable[tuple[int, Prepared]]) -> set[int]:
        """Take out what leaves, and write what comes; the ids of that. `documents` are all that `may_leave` was told of."""
        if spelt.MAX_TITLES in range(*sorted((self._count("articles"), len(self.ids)))):
            raise NotAmendableError("with so many articles, titles are spelt, or no longer")
        leaving = self.leaving
        for article, document in documents:
            if article in leaving:
                self._take_out(article, document)
        came = set()
        for piece in pieces(self._coming, _PIECE):
            rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
            for article, document in piece:
                came.add(article)
                self._collect(article, document, rows)
                self._spell([document.article.title], 1)
            self._write(rows)
        self.db.execute("DELETE FROM rejects")
        self.insert("rejects", self._rejects)
        return came

    def _take_out(self, article: int, document: Prepared) -> None:
        (key,) = self.db.execute("SELECT key FROM articles WHERE id = ?", (article,)).fetchone()
        if key != self._wanted_key(document) or self._is_numbered(key):
            raise NotAmendableError("another article would get its key")
        self._spell([document.article.title], -1)
        self._touched.update(self._named(article))
        assert isinstance(self._index, ByFts5)
        self._index.remove(article, document.article.title, document.article.body)
        if document.stranger is not None:
            self.db.execute(_TAKE_OUT_OF_SEARCH, (article, *document.stranger))
        others = self.db.execute("SELECT article_id, other_id FROM similar WHERE article_id = ?", (article,)).fetchall()
        self.unpair(others)
        for table, column in _OF_ARTICLE.items():
            self.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (article,))

    def _key(self, document: Prepared) -> str:
        key = super()._key(document)
        if key != self._wanted_key(document):
            raise NotAmendableError("its key depends on the order of the input")
        return key

    def _is_numbered(self, key: str) -> bool:
        """Whether there may be articles whose keys are this one with a number."""
        after = f"{key}#", f"{key}{chr(ord('#') + 1)}"
        return self.db.execute("SELECT 1 FROM articles WHERE key > ? AND key < ?", after).fetchone() is not None

    def replace(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Make those the rows of a table, in key order; only what differs is written."""
        info = self.db.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [name for _, name, _, _, _, place in info if place]  # the first columns
        old = self.db.execute(f'SELECT * FROM "{table}" ORDER BY {", ".join(keys)}')
        put = f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(info))})"
        drop = f"DELETE FROM {table} WHERE ({', '.join(keys)}) = ({', '.join('?' * len(keys))})"
        changed: dict[str, list[tuple[Any, ...]]] = {put: [], drop: []}
        for was, is_ in differences(old, iter(rows), len(keys)):
            if is_:
                changed[put].append(is_)
            else:
                changed[drop].append(was[: len(keys)])
            if len(changed[put]) >= _FLUSH:
                self._flush(changed)
        self._flush(changed)

    def _flush(self, changed: dict[str, list[tuple[Any, ...]]]) -> None:
        """Write changes: of rows that the reader of the table has behind it."""
        for statement, rows in changed.items():
            self.db.executemany(statement, rows)
            rows.clear()

    def set_terms(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write anew what is counted of words; rows of `terms`, whose part of speech is known and not looked at."""
        self.db.executemany(_SET_TERM, rows)

    def drop_terms(self, words: Iterable[str]) -> None:
        """Take out words that nobody says any more."""
        self.db.executemany("DELETE FROM terms WHERE term = ?", ((word,) for word in words))

    def add_counts(self, table: str, rows: Iterable[tuple[str, Any, int, int]]) -> None:
        """Add to rows of `term_years` or `term_sites` occurrences and articles, less than 0 too; those of none are gone."""
        label = {"term_years": "year", "term_sites": "site"}[table]
        changed = [row for row in rows if row[2] or row[3]]
        self.db.executemany(_ADD_COUNTS.format(table=table, label=label), changed)
        gone = f"DELETE FROM {table} WHERE term = ? AND {label} = ? AND articles = 0"
        self.db.executemany(gone, (row[:2] for row in changed))

    def set_reprints(self, originals: Iterable[tuple[int, int]]) -> None:
        """Set `reprint_of` of all articles."""
        new = dict(originals)
        old = dict(self.db.execute("SELECT id, reprint_of FROM articles WHERE reprint_of IS NOT NULL"))
        changed = [(new.get(article), article) for article in {*old, *new} if new.get(article) != old.get(article)]
        self.db.executemany("UPDATE articles SET reprint_of = ? WHERE id = ?", changed)
        self.duplicates = len(new)

    def set_names(self, article: int, mentions: Rows, quotes: Rows) -> None:
        """Make those the rows of `mentions` and `quotes` of an article; the entities are counted by `recounted`."""
        self._touched.update(self._named(article))
        for table in ("mentions", "quotes"):
            self.db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article,))
        self.insert("mentions", mentions)
        self.insert("quotes", quotes)
        self._touched.update(self._named(article))

    def body_of(self, article: int) -> str:
        """The body of the article with that id."""
        (body,) = self.db.execute("SELECT body FROM articles WHERE id = ?", (article,)).fetchone()
        return str(body)

    def set_keywords_of(self, article: int, keywords: str | None) -> None:
        """Set the keywords of the article with that id, a JSON array."""
        self.db.execute("UPDATE articles SET keywords = ?1 WHERE id = ?2 AND keywords IS NOT ?1", (keywords, article))

    def mentions(self, article: int) -> Rows:
        """The entities that an article names (`decisions.Mention`), by position."""
        return self.db.execute(_MENTIONS, (article,)).fetchall()

    def entity_id(self, named: tuple[str, EntityKind]) -> int:
        """The id of an entity, given by name and kind; one that is not there yet is written, to be counted by `recounted`."""
        row = self.db.execute("SELECT id FROM entities WHERE name = ? AND kind = ?", named).fetchone()
        if row is None:
            new = "INSERT INTO entities (name, kind, mentions, articles) VALUES (?, ?, 0, 0) RETURNING id"
            row = self.db.execute(new, named).fetchone()
        return int(row[0])

    def articles_with(self, name: str) -> int:
        """How many articles name an entity so, of whatever kind."""
        ((articles,),) = self.db.execute("SELECT total(articles) FROM entities WHERE name = ?", (name,))
        return int(articles)

    def recounted(self) -> Iterator[tuple[Entity, Entity]]:
        """The entities whose mentions have changed, as they were and as they are; those that nobody names are taken out."""
        for entity in sorted(self._touched):
            name, kind, aliases, *counts = self.db.execute(_ENTITY, (entity,)).fetchone()
            mentions, articles = self.db.execute(_COUNTED, (entity,)).fetchone()
            forms = tuple(form for (form,) in self.db.execute(_OTHER_FORMS, (entity, name)))
            yield (
                Entity(name, kind, tuple(json.loads(aliases or "[]")), *counts),
                Entity(name, kind, forms, mentions, articles),
            )
            if mentions:
                self.db.execute(_SET_ENTITY, (json_list(forms), mentions, articles, entity))
            else:
                self.db.execute("DELETE FROM entities WHERE id = ?", (entity,))

    def _named(self, article: int) -> list[int]:
        return [
            n for (n,) in self.db.execute("SELECT DISTINCT entity_id FROM mentions WHERE article_id = ?", (article,))
        ]

    def repeating(self) -> list[tuple[int, int]]:
        """The ids of articles of which one repeats the other, both ways."""
        marks = ", ".join("?" * len(REPEATING))
        asked = f"SELECT article_id, other_id FROM similar WHERE relation IN ({marks})"
        return self.db.execute(asked, REPEATING).fetchall()

    def unpair(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take out of `similar` pairs of articles, by id."""
        statement = "DELETE FROM similar WHERE (article_id, other_id) IN ((?1, ?2), (?2, ?1))"
        self.db.executemany(statement, pairs)

    def _spell(self, titles: Iterable[str | None], times: int) -> None:
        if len(self.ids) <= spelt.MAX_TITLES:
            self.add_spellings((form, name, times * n) for form, name, n in spelt.of_titles(filter(None, titles)))

    def add_spellings(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Add to the occurrences of rows of `pinyin`; written in the end."""
        for form, name, times in rows:
            self._spelt[form, name] += times

    def finish(self) -> None:
        """Write what was gathered."""
        super().add_spellings((*pair, times) for pair, times in self._spelt.items() if times)
        self.db.execute("DELETE FROM pinyin WHERE occurrences = 0")
        self.db.execute("DELETE FROM span_kinds WHERE id NOT IN (SELECT kind_id FROM span_starts)")
        self._write_anew()

    def _largest(self, table: str) -> int:
        (largest,) = self.db.execute(f"SELECT max(id) FROM {table}").fetchone()
        return largest or 0

    def _count(self, table: str) -> int:
        (rows,) = self.db.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(rows)


_TAKE_OUT_OF_SEARCH = "INSERT INTO articles_search (articles_search, rowid, title, body) VALUES ('delete', ?, ?, ?)"
_MENTIONS = """SELECT m.start, m.raw, e.name, e.kind FROM mentions m JOIN entities e ON e.id = m.entity_id
               WHERE m.article_id = ? ORDER BY m.start"""
_ENTITY = "SELECT name, kind, aliases, mentions, articles FROM entities WHERE id = ?"
_COUNTED = "SELECT count(*), count(DISTINCT article_id) FROM mentions WHERE entity_id = ?"
_OTHER_FORMS = "SELECT raw FROM mentions WHERE entity_id = ? AND raw <> ? GROUP BY raw ORDER BY count(*) DESC, raw"
_SET_TERM = """UPDATE terms SET occurrences = ?3, articles = ?4, first_year = ?5, last_year = ?6, dispersion = ?7
               WHERE term = ?1"""
_ADD_COUNTS = """INSERT INTO {table} VALUES (?, ?, ?, ?) ON CONFLICT (term, {label}) DO UPDATE
                 SET occurrences = occurrences + excluded.occurrences, articles = articles + excluded.articles"""
_SET_ENTITY = "UPDATE entities SET aliases = ?, mentions = ?, articles = ? WHERE id = ?"


def _digest(document: Prepared) -> bytes:
    """Of all that its rows are made from."""
    return hashlib.sha256(repr(document).encode("utf-8", "surrogatepass")).digest()
