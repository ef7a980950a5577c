"""A query that finds nothing → what to ask instead, with what each would find; named as such, never done silently."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus_db.search.language import NOTHING, Filter, Query, Term, match_of, parse
from corpus_db.search.notations import notations
from corpus_db.search.question import content_runs
from corpus_db.search.respelling import homophones, named_alike, near, spelt
from corpus_db.search.searching import filter_sql
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold
from corpus_db.text.segment import words
from corpus_db.text.usage import of_other_regions

MAX_RELAXATIONS = 8
_MAX_TERMS = 6  # of a long query, so many terms are tried
_MAX_CLAUSES = 3
_CLAUSE_CHARS = 6  # a shorter one says too little
_CLAUSE_END = re.compile(r"[,。!?;:、…\n]+")
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?P<path>(?:/\S*)?)")
_SINGLE = re.compile(rf"(?<![^ ])[{CJK}](?: [{CJK}](?![^ ]))+")  # words of one character, side by side
_SCRIPT_BOUND = re.compile(rf"(?<=[{CJK}])(?=[^\W{CJK}])|(?<=[^\W{CJK}])(?=[{CJK}])|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


Kind = Literal[
    "without", "parts", "pinyin", "sound", "character", "usage", "notation", "joined", "address", "about", "clause"
]
_TOLD: dict[Kind, str] = {
    "without": "without {old}",
    "parts": "{old} in parts",
    "pinyin": "{new} for {old} (pinyin)",
    "sound": "{new} for {old} (sounds the same)",
    "character": "{new} for {old} (one character differs)",
    "usage": "{new} for {old} (as another region says it)",
    "notation": "{new} for {old} (written otherwise)",
    "joined": "{new} for {old} (as one word)",
    "address": "{new} for {old} (an address)",
    "about": "what {old} is about",
    "clause": "a part of what was typed",
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

    In this order: names and titles that the whole query is the pinyin of; an address as a filter; two terms as one; a term
    that no article has as another region says it, or with its numbers and days written otherwise; a term in parts (at the
    bounds of scripts or words); another spelling of a term that no article has, or of a part of it, pinyin first; what a
    question is about; a part of a long text; a term in parts that are single characters; without one term, filter, or part
    of the only term.
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
        for name in spelt(db, " ".join(term.text for term in query.terms)):
            yield query._replace(groups=((Term(name),),)), Change("pinyin", whole, name)
    yield from _as_filters(query)
    yield from _joined(query)
    for at, group in groups:
        if not _occurs(db, group):
            for term, how in _otherwise(group):
                yield _replaced(query, at, ((term,),)), Change(how, _typed(group), str(term))
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
    yield from _content(db, query)
    yield from _clauses(query)
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


def _as_filters(query: Query) -> Iterator[tuple[Query, Change]]:
    """An address as that of articles, then as that of their site."""
    for at, group in enumerate(query.groups[:_MAX_TERMS]):
        if len(group) == 1 and (match := _ADDRESS.fullmatch(group[0].text)):
            for field, value in (("url", match["host"] + match["path"]), ("site", match["host"])):
                condition = Filter(field, value)
                changed = _replaced(query, at, ())._replace(filters=(*query.filters, condition))
                yield changed, Change("address", _typed(group), str(condition))


def _joined(query: Query) -> Iterator[tuple[Query, Change]]:
    """Two terms that stand side by side as one: chat gpt → chatgpt."""
    for at, (first, second) in enumerate(pairwise(query.groups[:_MAX_TERMS])):
        if len(first) == len(second) == 1:
            term = first[0]._replace(text=first[0].text + second[0].text, prefix=second[0].prefix)
            groups = (*query.groups[:at], (term,), *query.groups[at + 2 :])
            yield query._replace(groups=groups), Change("joined", f"{first[0]} {second[0]}", str(term))


def _otherwise(group: tuple[Term, ...]) -> Iterator[tuple[Term, Kind]]:
    """The same thing as others write it."""
    for term in group:
        for text in of_other_regions(term.text):
            yield term._replace(text=text), "usage"
        for text in notations(term.text):
            yield term._replace(text=text), "notation"


def _content(db: sqlite3.Connection, query: Query) -> Iterator[tuple[Query, Change]]:
    """What a question is about, without what it is asked with: 请问台风何时登陆 → 台风 登陆."""
    text = " ".join(term.text for term in query.terms)
    cut = file_segmenter(db).cut
    runs = content_runs(text, cut)
    if sum(map(len, runs)) == len(words(text, cut)):
        return
    for found in (["".join(run) for run in runs], [word for run in runs for word in run]):
        terms = tuple(dict.fromkeys(Term(part) for part in found if match_of(Term(part))))
        if not _has_characters(terms) and all(len(group) == 1 for group in query.groups):
            yield query._replace(groups=_each(terms)), Change("about", text)


def _clauses(query: Query) -> Iterator[tuple[Query, Change]]:
    """The longest parts of a text of several clauses: of what was pasted, a character may differ in one alone."""
    if len(query.groups) == 1 == len(query.groups[0]):
        clauses = [clause for clause in _CLAUSE_END.split(query.terms[0].text) if len(clause) >= _CLAUSE_CHARS]
        for clause in sorted(dict.fromkeys(clauses), key=len, reverse=True)[:_MAX_CLAUSES] if len(clauses) > 1 else ():
            yield query._replace(groups=((Term(clause),),)), Change("clause", _typed(query.groups[0]), clause)


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
        for name in spelt(db, term.text):
            yield Term(fold(name), term.title), "pinyin"
        alike = [*named_alike(db, term.text)[:2], *homophones(db, term.text)[:2]]
        for word in alike:
            yield term._replace(text=fold(word), prefix=False), "sound"
        for word in near(db, term.text)[:2]:
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
