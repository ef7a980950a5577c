"""Words that say nothing of what a text is about: what questions are asked with, and function words.

They are found like all others; they are only left out of what ranking weighs. Function words are told by the
dictionary's part of speech; interrogatives and light verbs stand in data/question_words.tsv.
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
    _, light = _listed()
    return light.union(tagged(_TAGS))


@cache
def asking() -> re.Pattern[str]:
    """What finds the words a question is asked with (为什么, 多少, 吗), wherever they stand."""
    asks, _ = _listed()
    return re.compile("|".join(sorted(map(re.escape, asks), key=len, reverse=True)))


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """The words of kind ask and of kind light."""
    kinds: dict[str, set[str]] = {"ask": set(), "light": set()}
    for word, kind in data.cells("question_words.tsv"):
        kinds[kind].add(word)
    return frozenset(kinds["ask"]), frozenset(kinds["light"])
