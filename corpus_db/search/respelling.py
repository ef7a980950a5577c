"""What was typed and stands nowhere → what it may have been meant to be, of the words and names that the file knows."""

from __future__ import annotations

import sqlite3
from itertools import islice, product

from corpus_db.search.question import look_up
from corpus_db.text.pinyin import sounds, typed

_MAX_SPELT = 4  # names for one spelling
_PREFIX_LETTERS = 4  # of a spelling, from which on it may be the beginning of one
_MAX_FORMS = 32  # spellings of a text whose characters have several readings


def spelt(db: sqlite3.Connection, text: str) -> list[str]:
    """Names and titles that `text` is the pinyin or the initials of, or from four letters on begins that of."""
    form = typed(text)
    if form is None or len(form) < 2:
        return []
    sql = """SELECT name, sum(occurrences) FROM pinyin WHERE form >= json_extract(?1, '$[0]') AND form <= ?2
             GROUP BY name ORDER BY max(form = json_extract(?1, '$[0]')) DESC, sum(occurrences) DESC, name LIMIT ?3"""
    last = f"{form}zzzzzzzz" if len(form) >= _PREFIX_LETTERS else form
    return list(look_up(db, sql, [form], last, _MAX_SPELT))


def named_alike(db: sqlite3.Connection, text: str) -> list[str]:
    """Names as long as `text` with the same pinyin, tones aside, the most common first: 全红禅 → 全红婵."""
    heard = [sounds(char) for char in text]
    if not 2 <= len(text) <= 8 or not all(heard):
        return []
    forms = ["".join(form) for form in islice(product(*map(sorted, heard)), _MAX_FORMS)]
    sql = """SELECT name, max(occurrences) FROM json_each(?1) JOIN pinyin ON form = value
             WHERE length(name) = length(?2) AND name <> ?2 GROUP BY name ORDER BY max(occurrences) DESC, name"""
    return list(look_up(db, sql, forms, text))


def homophones(db: sqlite3.Connection, text: str) -> list[str]:
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


def near(db: sqlite3.Connection, text: str) -> list[str]:
    """Words and names one edit away from `text`, which must have three Han or four Latin characters."""
    if len(text) < (4 if text.isascii() else 3):
        return []
    # One edit leaves the first or the last character as it was.
    sql = """SELECT term, max(articles) FROM (
               SELECT term, articles FROM terms UNION ALL SELECT name, occurrences FROM pinyin), json_each(?1)
             WHERE length(term) BETWEEN ?2 - 1 AND ?2 + 1
             AND (substr(term, 1, 1) = substr(value, 1, 1) OR substr(term, -1) = substr(value, -1))
             GROUP BY term ORDER BY max(articles) DESC, term"""
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
