"""A question or a pasted paragraph → a MATCH on any of its words and character pairs, and what weighs the texts found.

What a question is asked with (什么, 多少, 吗) and function words part its content into runs; each run gives its words,
and the pairs inside it, across its words too: a pair that no dictionary knows is often a name. FTS5 scores
every posting, so in a large file the most common tokens (table `common_tokens`) are left out, until the rest is quick.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus_db.search.language import NOTHING, Term, parse, safe
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.bigrams import CJK, bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.function_words import answers, asking, function_words

MAX_POSTINGS = 80_000  # a question's tokens may stand in as many articles together: some 20 ms
MAX_WORDS = 24  # of a long text, the rarest words and the pairs in them stand for it
_WORD_COLUMNS, _PAIR_COLUMNS = "{body title}", "{body_bigrams title_bigrams}"

Runs = list[list[str]]  # words of a text that follow each other without a break
_RAREST = 0.001  # share of the articles below which a character is as rare as can be
_PARTS = re.compile(rf"[{CJK}]|[^\W{CJK}]+")  # one Han character, or one Latin word or number


class Question(NamedTuple):
    """What a question says, as the texts that may answer it are weighed by it."""

    folded: str
    runs: Runs  # the words of its content
    rarity: dict[str, float]  # inverse document frequency of each character, Latin word and number of its content
    pairs: tuple[str, ...]  # of its content, across its words
    terms: tuple[Term, ...]  # to be marked: what stands between its function words as a whole, and its words
    answers: frozenset[str]  # kinds of fact that answer it; none: any text may

    def weight(self, text: str) -> float:
        """Of the parts that stand in a short folded text, the rarity."""
        return sum(rarity for part, rarity in self.rarity.items() if part in text)


def read_question(db: sqlite3.Connection, text: str) -> Question:
    """The question that `text` asks; valid for every string."""
    runs = content_runs(text, file_segmenter(db).cut)
    wholes = ["".join(run) for run in runs]
    words = (word for run in runs for word in run if len(word) > 1)
    folded = fold(safe(text))
    return Question(
        folded,
        runs,
        _rarity(db, list(dict.fromkeys(part for whole in wholes for part in _PARTS.findall(whole)))),
        tuple(dict.fromkeys(pair for whole in wholes for pair in _pairs(whole))),
        tuple(dict.fromkeys(map(Term, [*(whole for whole in wholes if len(whole) > 1), *words]))),
        answers(folded),
    )


def _rarity(db: sqlite3.Connection, parts: Sequence[str]) -> dict[str, float]:
    """The inverse document frequency (BM25's) of each part; a Latin word or number counts as rare as can be.

    A year or a model's name is what a question is about, however often a corpus of news has it.
    """
    sql = "SELECT char, share FROM char_stats WHERE char IN (SELECT value FROM json_each(?))"
    shares = look_up(db, sql, [part for part in parts if len(part) == 1])
    rarity = {part: shares.get(part, 0.0) for part in parts}
    return {part: math.log(1 + (1 - share) / (share + _RAREST)) for part, share in rarity.items()}


def zh_query_any(db: sqlite3.Connection, text: str) -> str:
    """The FTS5 MATCH of the articles with any word or character pair of `text`; valid for every string."""
    return match_any(db, text, content_runs(text, file_segmenter(db).cut))


def match_any(db: sqlite3.Connection, text: str, runs: Runs) -> str:
    """The same, by the `content_runs` of the text."""
    runs = _rarest(db, runs)
    if sum(len(word) for run in runs for word in run) < 2:
        return parse(text).match
    tokens = {
        _WORD_COLUMNS: [word for run in runs for word in run],
        _PAIR_COLUMNS: [pair for run in runs for pair in _pairs("".join(run))],
    }
    common = _too_common(db, {token for found in tokens.values() for token in found})
    kept = {columns: [token for token in found if token not in common] for columns, found in tokens.items()}
    return " OR ".join(f"{columns} : ({_any_of(found)})" for columns, found in kept.items() if found) or NOTHING


def content_runs(text: str, cut: Callable[[str], list[str]]) -> Runs:
    """The words of `text` that say what it is about, folded; function words and marks part the runs.

    All words, where nothing else is left.

    >>> from corpus_db.text.segment import segmenter
    >>> content_runs("備貨節的交易額是多少？", segmenter().cut)
    [['备货', '节'], ['交易额']]
    """
    folded = fold(safe(text))
    words = cut(asking().sub("\n", folded))
    return list(_runs(words, function_words())) or list(_runs(cut(folded), frozenset()))


def _runs(words: Iterable[str], breaks: Collection[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for word in words:
        if word[0].isalnum() and word not in breaks:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _pairs(run: str) -> list[str]:
    """The tokens of a run's bigram stream, but for lone characters: what ends a run there need not end it elsewhere."""
    return [token for token in bigram_stream(run).split() if len(token) > 1]


def _any_of(tokens: Iterable[str]) -> str:
    return " OR ".join('"' + token.replace('"', "") + '"' for token in dict.fromkeys(tokens))


def _rarest(db: sqlite3.Connection, runs: Runs) -> Runs:
    """The runs without all but the `MAX_WORDS` rarest words of the file; a word left out is a break."""
    words = list(dict.fromkeys(word for run in runs for word in run))
    if len(words) <= MAX_WORDS:
        return runs
    articles = look_up(db, "SELECT term, articles FROM terms WHERE term IN (SELECT value FROM json_each(?))", words)
    kept = set(sorted(words, key=lambda word: articles.get(word, 0) or float("inf"))[:MAX_WORDS])
    found: Runs = [[]]
    for run in runs:
        for word in run:
            if word in kept:
                found[-1].append(word)
            elif found[-1]:
                found.append([])
        found.append([])
    return [run for run in found if run]


def _too_common(db: sqlite3.Connection, tokens: Collection[str]) -> set[str]:
    """The most common of the tokens, until the others stand in no more than `MAX_POSTINGS` articles; never all."""
    sql = "SELECT token, share FROM common_tokens WHERE token IN (SELECT value FROM json_each(?)) ORDER BY share DESC"
    shares = look_up(db, sql, tokens)
    if not shares:
        return set()
    articles = db.execute("SELECT max(id) FROM articles").fetchone()[0] or 0
    postings = sum(shares.values()) * articles
    common: set[str] = set()
    for token, share in shares.items():
        if postings <= MAX_POSTINGS or len(common) == len(tokens) - 1:
            break
        common.add(token)
        postings -= share * articles
    return common


def look_up(db: sqlite3.Connection, sql: str, values: Collection[str], *others: object) -> dict[str, float]:
    """Two columns of `sql` for the values (bound as JSON); nothing where the file has no such table."""
    try:
        return dict(db.execute(sql, [json.dumps(list(values)), *others]))
    except sqlite3.OperationalError:
        return {}
