"""A query that finds nothing → what to ask instead, with what each would find; named as such, never done silently."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal, NamedTuple

from corpus_db.search.language import NOTHING, Query, Term, match_of, parse
from corpus_db.search.question import look_up
from corpus_db.search.searching import filter_sql
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold
from corpus_db.text.pinyin import sounds, typed
from corpus_db.text.segment import words

MAX_RELAXATIONS = 8
_MAX_SPELT = 4  # names for one spelling
_PREFIX_LETTERS = 4  # of a spelling, from which on it may be the beginning of one
_MAX_TERMS = 6  # of a long query, so many terms are tried
_MAX_FORMS = 32  # spellings of a text whose characters have several readings
_SINGLE = re.compile(rf"(?<![^ ])[{CJK}](?: [{CJK}](?![^ ]))+")  # words of one character, side by side
_SCRIPT_BOUND = re.compile(rf"(?<=[{CJK}])(?=[^\W{CJK}])|(?<=[^\W{CJK}])(?=[{CJK}])")


Kind = Literal["without", "parts", "pinyin", "sound", "character"]
_TOLD: dict[Kind, str] = {
    "without": "without {old}",
    "parts": "{old} in parts",
    "pinyin": "{new} for {old} (pinyin)",
    "sound": "{new} for {old} (sounds the same)",
    "character": "{new} for {old} (one character differs)",
}


class Change(NamedTuple):
    """How a query differs from the one that was typed.

    >>> print(Change("sound", "淘保", "淘宝"))
    淘宝 for 淘保 (sounds the same)
    """

    kind: Kind
    old: str  # what was typed
    new: str = ""  # what stands in its place, if it is another spelling

    def __str__(self) -> str:
        return _TOLD[self.kind].format(old=self.old, new=self.new)


@dataclass(frozen=True)
class Relaxation:
    """A query close to the one that was typed, which finds something."""

    query: str  # to be typed
    count: int  # articles it finds
    why: Change


def relaxations(db: sqlite3.Connection, text: str) -> list[Relaxation]:
    """The nearest queries to `text` that find something, each changed in one place; none where `text` itself does.

    In this order: names and titles that the whole query is the pinyin of; a term in parts (at the bounds of scripts or
    words); another spelling of a term that no article has, or of a part of it, pinyin first; a term in parts that are
    single characters; without one term, filter, or part of the only term.
    """
    query = parse(text)
    if not query.groups or _count(db, query):
        return []
    offered: set[str] = set()
    found = []
    for changed_query, change in _changed(db, query):
        typed_anew = str(changed_query)
        if typed_anew not in offered and (count := _count(db, changed_query)):
            found.append(Relaxation(typed_anew, count, change))
        offered.add(typed_anew)
        if len(found) == MAX_RELAXATIONS:
            break
    return found


def _changed(db: sqlite3.Connection, query: Query) -> Iterator[tuple[Query, Change]]:
    groups = list(enumerate(query.groups))[:_MAX_TERMS]
    if len(groups) > 1 and all(len(group) == 1 for group in query.groups):
        whole = " ".join(map(_typed, query.groups))
        for name in _spelt(db, " ".join(term.text for term in query.terms)):
            yield query._replace(groups=((Term(name),),)), Change("pinyin", whole, name)
    in_parts = [(at, group, parts) for at, group in groups for parts in _in_parts(db, group)]
    for at, group, parts in in_parts:
        if not _has_characters(parts):
            yield _replaced(query, at, _each(parts)), Change("parts", _typed(group))
    for at, group in groups:
        if not _occurs(db, group):
            for term, how in _respelled(db, group):
                yield _replaced(query, at, ((term,),)), Change(how, _typed(group), str(term))
            for terms, change in _mended(db, group):
                yield _replaced(query, at, _each(terms)), change
    for at, group, parts in in_parts:
        if _has_characters(parts):
            yield _replaced(query, at, _each(parts)), Change("parts", _typed(group))
    for at, group in groups:
        yield _replaced(query, at, ()), Change("without", _typed(group))
    for at, term in enumerate(query.excluded):
        yield query._replace(excluded=query.excluded[:at] + query.excluded[at + 1 :]), Change("without", f"-{term}")
    for at, condition in enumerate(query.filters):
        yield query._replace(filters=query.filters[:at] + query.filters[at + 1 :]), Change("without", str(condition))
    for at, _, parts in in_parts if len(groups) == 1 else ():  # else a term less is near enough
        for part in parts if len(parts) <= _MAX_TERMS else ():
            kept = tuple(other for other in parts if other != part)
            if not _has_characters(kept):
                yield _replaced(query, at, _each(kept)), Change("without", str(part))


def _count(db: sqlite3.Connection, query: Query) -> int:
    if query.match == NOTHING:
        return 0
    where, values = filter_sql(query.filters)
    articles = "articles_fts f JOIN articles a ON a.id = f.rowid" if values else "articles_fts"
    sql = f"SELECT count(*) FROM {articles} WHERE articles_fts MATCH ? AND {where}"
    return int(db.execute(sql, [query.match, *values]).fetchone()[0])


def _replaced(query: Query, at: int, by: tuple[tuple[Term, ...], ...]) -> Query:
    return query._replace(groups=query.groups[:at] + by + query.groups[at + 1 :])


def _each(terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
    """Groups of one term each: all must occur."""
    return tuple((term,) for term in terms)


def _occurs(db: sqlite3.Connection, group: tuple[Term, ...]) -> bool:
    return _count(db, Query((group,), (), ())) > 0


def _has_characters(parts: tuple[Term, ...]) -> bool:
    """Whether there is a single Han character among them, which says little, or nothing at all."""
    return not parts or any(len(part.text) == 1 and not part.text.isascii() for part in parts)


def _typed(group: tuple[Term, ...]) -> str:
    return " OR ".join(map(str, group))


def _in_parts(db: sqlite3.Connection, group: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """A lone term at its script bounds (微软office → 微软, office), then at its word bounds too."""
    if len(group) > 1:
        return
    term = group[0]
    tried = [[term.text]]
    for parts in (_SCRIPT_BOUND.split(term.text), words(term.text, file_segmenter(db).cut)):
        if parts not in tried:
            tried.append(parts)
            found = (term._replace(text=part, prefix=False) for part in parts)
            yield tuple(dict.fromkeys(part for part in found if match_of(part)))


def _respelled(db: sqlite3.Connection, group: tuple[Term, ...]) -> Iterator[tuple[Term, Kind]]:
    """Words of the corpus that a term may have been meant to be, the most common first."""
    for term in group:
        for name in _spelt(db, term.text):
            yield Term(fold(name), term.title), "pinyin"
        alike = [*_named_alike(db, term.text)[:2], *_homophones(db, term.text)[:2]]
        for word in alike:
            yield term._replace(text=fold(word), prefix=False), "sound"
        for word in _near(db, term.text)[:2]:
            yield term._replace(text=fold(word), prefix=False), "character"


def _mended(db: sqlite3.Connection, group: tuple[Term, ...]) -> Iterator[tuple[tuple[Term, ...], Change]]:
    """A lone term with another spelling of a part that no article has: 女足世介杯 → 女足世界杯, or its two parts.

    The segmenter cuts a misspelt word into single characters: where some stand side by side, they are one part again.
    """
    if len(group) > 1:
        return
    term = group[0]
    spaced = " ".join(words(term.text, file_segmenter(db).cut))
    texts = _SINGLE.sub(lambda characters: characters[0].replace(" ", ""), spaced).split()
    parts = [term._replace(text=text, prefix=False) for text in texts]
    for at, part in enumerate(parts[:_MAX_TERMS]):
        if len(parts) > 1 and len(part.text) > 1 and not _occurs(db, (part,)):
            for meant, how in _respelled(db, (part,)):
                mended = (*parts[:at], meant, *parts[at + 1 :])
                change = Change(how, str(part), str(meant))
                yield (term._replace(text="".join(one.text for one in mended), prefix=False),), change
                yield mended, change


def _spelt(db: sqlite3.Connection, text: str) -> list[str]:
    """Names and titles that `text` is the pinyin or the initials of, or from four letters on begins that of."""
    form = typed(text)
    if form is None or len(form) < 2:
        return []
    sql = """SELECT name, sum(occurrences) FROM pinyin WHERE form >= json_extract(?1, '$[0]') AND form <= ?2
             GROUP BY name ORDER BY max(form = json_extract(?1, '$[0]')) DESC, sum(occurrences) DESC, name LIMIT ?3"""
    last = f"{form}zzzzzzzz" if len(form) >= _PREFIX_LETTERS else form
    return list(look_up(db, sql, [form], last, _MAX_SPELT))


def _named_alike(db: sqlite3.Connection, text: str) -> list[str]:
    """Names as long as `text` with the same pinyin, tones aside, the most common first: 全红禅 → 全红婵."""
    heard = [sounds(char) for char in text]
    if not 2 <= len(text) <= 8 or not all(heard):
        return []
    forms = ["".join(form) for form in islice(product(*map(sorted, heard)), _MAX_FORMS)]
    sql = """SELECT name, max(occurrences) FROM json_each(?1) JOIN pinyin ON form = value
             WHERE length(name) = length(?2) AND name <> ?2 GROUP BY name ORDER BY max(occurrences) DESC, name"""
    return list(look_up(db, sql, forms, text))


def _homophones(db: sqlite3.Connection, text: str) -> list[str]:
    """Words with the same pinyin, tones aside: 淘保 → 淘宝."""
    heard = [sounds(char) for char in text]
    if not 2 <= len(text) <= 8 or not all(heard):
        return []
    firsts = look_up(db, "SELECT DISTINCT substr(term, 1, 1), 1 FROM terms WHERE ? <> ''", "")
    alike = [char for char in firsts if sounds(char) & heard[0]]
    sql = """SELECT term, articles FROM json_each(?) JOIN terms ON term >= value AND term < value || char(1114111)
             WHERE length(term) = length(?2) ORDER BY articles DESC, term"""
    found = look_up(db, sql, alike, text)
    return [
        word
        for word in found
        if word != text and all(sounds(char) & sound for char, sound in zip(word, heard, strict=True))
    ]


def _near(db: sqlite3.Connection, text: str) -> list[str]:
    """Words one edit away from `text`, which must have three Han or four Latin characters."""
    if len(text) < (4 if text.isascii() else 3):
        return []
    # One edit leaves the first or the last character as it was.
    sql = """SELECT term, articles FROM json_each(?1), terms WHERE length(term) BETWEEN ?2 - 1 AND ?2 + 1
             AND (substr(term, 1, 1) = substr(value, 1, 1) OR substr(term, -1) = substr(value, -1))
             ORDER BY articles DESC, term"""
    return [word for word in look_up(db, sql, [text], len(text)) if _one_edit(word, text)]


def _one_edit(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes `b` of `a`.

    >>> _one_edit("taobao", "toabao"), _one_edit("taobao", "taoba"), _one_edit("taobao", "tabao1")
    (True, True, False)
    """
    if a == b:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
