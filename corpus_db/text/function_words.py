"""Words that say nothing of what a text is about: what questions are asked with, and function words.

They are found like all others; they are only left out of what ranking weighs. Function words are told by the
dictionary's part of speech; interrogatives and light verbs stand in data/question_words.tsv, with the kind of fact that
answers them.
"""

from __future__ import annotations

import re
from functools import cache

from corpus_db import data
from corpus_db.text.segment import tagged

# ICTCLAS tags, by first letter: particles, modal particles, interjections, onomatopoeia, prepositions, conjunctions,
# pronouns.
_TAGS = "uyeopcr"


@cache
def function_words() -> frozenset[str]:
    """All function words of the dictionary, and the light verbs: 的, 因为, 我们, 是, 进行."""
    return _of_kind("light").union(tagged(_TAGS))


@cache
def asking() -> re.Pattern[str]:
    """What finds the words a question is asked with (为什么, 多少, 吗), wherever they stand."""
    return _longest_first(_of_kind("ask"))


def answers(folded: str) -> frozenset[str]:
    """The kinds of fact that answer a folded question: date, duration, money, number, person; none where any text may.

    >>> sorted(answers("谁在什么时候发明了电话")), sorted(answers("一张票多少钱")), sorted(answers("电话是什么"))
    (['date', 'person'], ['money'], [])
    """
    kinds = _kinds_of_answer()
    return frozenset().union(*(kinds[word] for word in _with_answer().findall(folded)))


@cache
def _with_answer() -> re.Pattern[str]:
    return _longest_first(frozenset(_kinds_of_answer()))


@cache
def _kinds_of_answer() -> dict[str, frozenset[str]]:
    rows = data.rows("question_words.tsv")
    return {row["word"]: frozenset(row["answer"].split()) for row in rows if row["answer"]}


def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in data.rows("question_words.tsv") if row["kind"] == kind)


def _longest_first(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
