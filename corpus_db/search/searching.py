"""A query → the articles it finds, best first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from corpus_db.search.answers import answer_places
from corpus_db.search.language import Filter, Query, Term, parse, safe, zh_query
from corpus_db.search.marks import Mark, Worth, cut_snippets
from corpus_db.search.question import Question, look_up, match_any, read_question, zh_query_any
from corpus_db.search.ranking import CANDIDATES, Candidate, rerank, worth
from corpus_db.text.fold import fold

Years = int | tuple[int, int]


class Hit(NamedTuple):
    """One article found."""

    key: str
    title: str | None  # as stated, else as estimated
    site: str | None
    published: str | None  # ISO 8601, as stated
    score: float  # larger is better; comparable within one search only
    snippet: str  # about 80 characters of the body
    marks: tuple[Mark, ...]  # (start, end) of the words found, in characters of `snippet`


class _Found(NamedTuple):
    """An article as it is read: the fields of its `Hit`, and the body that the snippet is cut from."""

    id: int
    key: str
    title: str | None
    site: str | None
    published: str | None
    body: str
    score: float
    answers: Sequence[Mark] = ()  # where in the body facts stand that may answer a question


class _Wanted(NamedTuple):
    """Which of the articles that a search finds."""

    where: str  # a condition on `articles` a
    values: list[object]  # that it is bound to; none: it holds of all
    limit: int
    offset: int

    def first(self, limit: int) -> _Wanted:
        """The same articles, the first `limit` of them."""
        return self._replace(limit=limit, offset=0)

    def of(self, rows: list[_Found]) -> list[_Found]:
        """The part that is wanted of rows that were found from the first on."""
        return rows[self.offset : self.offset + self.limit]


# How each filter reads, by field; the value is bound. Text is compared folded.
_CONDITIONS = {
    "author": "instr(zh_fold(a.author), ?) > 0",
    "publisher": "instr(zh_fold(a.publisher), ?) > 0",
    "section": "instr(zh_fold(a.section), ?) > 0",
    "site": "('.' || zh_fold(a.site)) LIKE '%.' || ?",
    "url": "instr(zh_fold(a.url), ?) > 0",
    "date": "a.published LIKE ? || '%'",  # bound to digits and dashes alone
    "year": "a.year BETWEEN ? AND ?",
}
# The values of facets, which are meant as they stand.
_EXACT_CONDITIONS = {
    "site": "a.site = ?",
    "publisher": "a.publisher = ?",
    "section": "a.section = ?",
    "year": "a.year = ?",
    "keyword": "EXISTS (SELECT 1 FROM json_each(a.keywords) WHERE value = ?)",
}


def search(
    db: sqlite3.Connection,
    text: str,
    *,
    any: bool = False,
    limit: int = 20,
    offset: int = 0,
    site: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    section: str | None = None,
    year: Years | None = None,
    exact: Mapping[str, str | int] | None = None,
) -> list[Hit]:
    """The articles that `text` finds, best first.

    `text` is in the query language of `corpus_db.search.language`; with `any`, it is a question or a paragraph, and an
    article need only have some of its words. The filters are those of the query language: `site` also takes its
    subdomains, `author`, `publisher` and `section` any part of the name, `year` one year or (first, last). `exact` is what
    facets give: whole values of site, publisher, section, year, and one keyword.
    """
    query = parse("" if any else text)
    given = {"site": site, "author": author, "publisher": publisher, "section": section}
    filters = [*query.filters, *(Filter(field, fold(safe(value))) for field, value in given.items() if value)]
    if year is not None:
        filters.append(Filter("year", (year, year) if isinstance(year, int) else year))
    wanted = _Wanted(*_narrowed(filters, exact or {}), limit, offset)
    if any:
        question = read_question(db, text)
        found = _answers(db, text, question, wanted)
        return _hits(found, question.terms, [partial(worth, question, one.answers) for one in found])
    if not query.terms:
        found = _listed(db, query, wanted)
    elif char := _lone_character(query):
        found = _with_character(db, char, wanted)
    else:
        found = _ranked(db, query.match, wanted)
    return _hits(found, query.terms)


def _hits(found: Sequence[_Found], terms: Sequence[Term], worth: Sequence[Worth] = ()) -> list[Hit]:
    snippets = cut_snippets([one.body for one in found], terms, worth=worth)
    return [
        Hit(one.key, one.title, one.site, one.published, one.score, snippet.text, snippet.marks)
        for one, snippet in zip(found, snippets, strict=True)
    ]


def found_ids(
    db: sqlite3.Connection, text: str, *, any: bool = False, limit: int, exact: Mapping[str, str | int] | None = None
) -> list[int]:
    """`articles.id` of up to `limit` articles that `search` would find, in no order: to count and to group them."""
    query = parse("" if any else text)
    where, values = _narrowed(query.filters, exact or {})
    if any or query.groups:
        match = zh_query_any(db, text) if any else query.match
        # CROSS: the index first; by year first, every article of the year would be matched by itself.
        articles = "CROSS JOIN articles a ON a.id = f.rowid" if values else ""
        sql = f"SELECT f.rowid FROM articles_fts f {articles} WHERE articles_fts MATCH ? AND {where} LIMIT ?"
    elif query.filters or query.excluded or values:
        match = query.without
        sql = f"""SELECT a.id FROM articles a
                  WHERE a.id NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) AND {where} LIMIT ?"""
    else:
        return []
    return [row[0] for row in db.execute(sql, [match, *values, limit])]


def question_terms(db: sqlite3.Connection, text: str) -> tuple[Term, ...]:
    """The words of a question, to mark them."""
    return read_question(db, text).terms


_COMMON = 0.1  # share of the articles with a character, above which reading on finds enough of them
_COLUMNS = "a.id, a.key, coalesce(a.title, a.title_estimated), a.site, a.published, a.body"


def _ranked(db: sqlite3.Connection, match: str, wanted: _Wanted) -> list[_Found]:
    """The articles that `match` finds, by the index's rank.

    "+" keeps FTS5 from sorting by itself: it would weigh every article twice, once to sort it and once to show its rank.
    """
    where, values, limit, offset = wanted
    articles = "CROSS JOIN articles a ON a.id = f.rowid" if values else ""
    sql = f"""SELECT f.rowid, -f.rank FROM articles_fts f {articles} WHERE articles_fts MATCH ? AND {where}
              ORDER BY +f.rank, f.rowid LIMIT ? OFFSET ?"""
    scores = dict(db.execute(sql, [match, *values, limit, offset]).fetchall())
    sql = f"SELECT {_COLUMNS}, 0.0 FROM articles a WHERE a.id IN (SELECT value FROM json_each(?))"
    found = {one.id: one for row in db.execute(sql, [json.dumps(list(scores))]) for one in [_Found(*row)]}
    return [found[id]._replace(score=score) for id, score in scores.items()]


def _answers(db: sqlite3.Connection, text: str, question: Question, wanted: _Wanted) -> list[_Found]:
    """The candidates of the index in the order of the second stage; behind them, the index's own order goes on."""
    needed = wanted.first(max(CANDIDATES, wanted.offset + wanted.limit))
    found = _ranked(db, match_any(db, text, question.runs), needed)
    places = answer_places(db, question, [one.id for one in found])
    found = [one._replace(answers=places.get(one.id, ())) for one in found]
    first = found[:CANDIDATES]
    scores = rerank(question, [Candidate(one.title or "", one.body, one.score, one.answers) for one in first])
    again = [one._replace(score=score) for one, score in zip(first, scores, strict=True)]
    return wanted.of(sorted(again, key=lambda one: -one.score) + found[CANDIDATES:])


def _lone_character(query: Query) -> str | None:
    """The query's only character, if it is one Han character to be found anywhere."""
    match query.terms:
        case [Term(text=char, title=False)] if len(char) == 1 and not char.isascii() and not query.excluded:
            return char
    return None


def _with_character(db: sqlite3.Connection, char: str, wanted: _Wanted) -> list[_Found]:
    """Articles that have the character as a word first, by rank; behind them, in order, those that have it in a word.

    Ranking by all pairs that begin with the character would cost ten times as much and say no more; and where every
    tenth article has it, reading on until enough are found is quicker than gathering those pairs.
    """
    word = f'{{title body}} : "{char}"'
    needed = wanted.offset + wanted.limit
    found = _ranked(db, word, wanted.first(needed))
    if len(found) < needed:
        shares = look_up(db, "SELECT char, share FROM char_stats WHERE char = json_extract(?, '$[0]')", char)
        if shares.get(char, 0) > _COMMON:
            within, text = "articles a WHERE instr(zh_fold(coalesce(a.title, '') || char(10) || a.body), ?)", char
        else:
            within, text = "articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ?", zh_query(char)
        sql = f"""SELECT {_COLUMNS}, 0.0 FROM {within} AND {wanted.where}
                  AND a.id NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) ORDER BY a.id LIMIT ?"""
        rows = db.execute(sql, [text, *wanted.values, word, needed - len(found)])
        found += [_Found(*row) for row in rows]
    return wanted.of(found)


def _listed(db: sqlite3.Connection, query: Query, wanted: _Wanted) -> list[_Found]:
    """Only filters or excluded words: the newest first."""
    where, values, limit, offset = wanted
    if not (query.filters or query.excluded or values):
        return []
    sql = f"""SELECT {_COLUMNS}, 0.0 FROM articles a
              WHERE a.id NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) AND {where}
              ORDER BY a.published DESC, a.id LIMIT ? OFFSET ?"""
    return [_Found(*row) for row in db.execute(sql, [query.without, *values, limit, offset])]


def _narrowed(filters: Sequence[Filter], exact: Mapping[str, str | int]) -> tuple[str, list[object]]:
    where, values = filter_sql(filters)
    return " AND ".join([where, *(_EXACT_CONDITIONS[field] for field in exact)]), [*values, *exact.values()]


def filter_sql(filters: Sequence[Filter]) -> tuple[str, list[object]]:
    """A condition on `articles` a, and its values: of one field any, of different fields all, of the excluded none."""
    conditions: dict[tuple[str, bool], list[str]] = {}
    values: dict[tuple[str, bool], list[object]] = {}
    for field, value, excluded in filters:
        conditions.setdefault((field, excluded), []).append(_CONDITIONS[field])
        values.setdefault((field, excluded), []).extend(value if isinstance(value, tuple) else (value,))
    clauses = [
        f"coalesce({' OR '.join(found)}, 0) = {0 if excluded else 1}" for (_, excluded), found in conditions.items()
    ]
    return " AND ".join(clauses) or "1", [value for group in values.values() for value in group]
