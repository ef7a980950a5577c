"""Words and names of one article → its keywords, against the document frequencies of the corpus."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_db.records import EntityKind
from corpus_db.text.fold import fold
from corpus_db.text.segment import dictionary

COUNT = 8  # keywords of an article
NAME_WEIGHT = 1.8  # a name tells more of an article than a word as frequent
_NAMES = 5  # of the keywords at most; the rest are left for what the article is about
_REMEMBERED = 1 << 14
_KINDS = frozenset({"person", "organisation", "product", "event"})
Mentioned = tuple[int, str, str, EntityKind]  # a `decisions.Mention`, or the plain tuple that is left of it on disk
_NOUNS = ("n", "vn", "nz", "nt", "an", "l", "j", "eng")


class Chosen(NamedTuple):
    """The keywords of an article, and what they were chosen by."""

    words: list[str]
    names: list[tuple[str, int]]  # that might be keywords, the most telling first; how often each stands in the article
    exhausted: bool  # whether all the words that were given were looked at


def choose(words: Mapping[str, float], mentions: Sequence[Mentioned], rarity: Callable[[str], float]) -> Chosen:
    """The `COUNT` keywords of an article, the most telling first; equal scores in the order of their characters.

    `words` are those of its words that may be keywords (`is_keyword`), the most telling first, each with its TF-IDF
    ``(1 + ln tf) · rarity`` (Salton and Buckley, 1988); `mentions` the names in it, which score by their own TF-IDF;
    `rarity` tells the inverse document frequency of a name. A word inside a name is a piece of that name, and no keyword.

    >>> choose({"平台": 2.9, "价格": 0.1}, [(0, "青石", "韦思远", "person")], {"韦思远": 2.0}.get).words
    ['韦思远', '平台', '价格']
    """
    named = Counter(name for _, _, name, kind in mentions if kind in _KINDS and len(name) > 1)
    scores = {name: NAME_WEIGHT * (1 + math.log(times)) * rarity(name) for name, times in named.items()}
    alone = _best_alone(words, "\n".join({_folded(raw) for _, raw, _, _ in mentions}), COUNT + len(scores))
    names = sorted(scores, key=lambda name: (-scores[name], name))
    best_names = names[: max(_NAMES, COUNT - len(alone))]
    scored = [(-score, word) for word, score in alone if word not in scores]
    scored += [(-scores[name], name) for name in best_names]
    best = [word for _, word in sorted(scored)[:COUNT]]
    return Chosen(best, [(name, named[name]) for name in names], len(alone) < COUNT + len(scores))


def _best_alone(words: Mapping[str, float], forms: str, count: int) -> list[tuple[str, float]]:
    """The first `count` of the words that stand in none of the forms, and those that are as telling as the last."""
    found: list[tuple[str, float]] = []
    for word, score in words.items():
        if len(found) >= count and score < found[-1][1]:
            break
        if word not in forms:
            found.append((word, score))
    return found


def rarity(articles: int, documents: int) -> float:
    """Inverse document frequency of what stands in `articles` of all `documents`: ln((N + 1) / (df + 0.5))."""
    return math.log((documents + 1) / (min(articles or 1, documents) + 0.5))


_folded = lru_cache(_REMEMBERED)(fold)


def is_keyword(word: str) -> bool:
    """Whether `word` may be a keyword: a noun of two or more characters.

    >>> is_keyword("平台"), is_keyword("的"), is_keyword("2013")
    (True, False, False)
    """
    if len(word) < 2 or word.isdigit():
        return False
    part = dictionary().get(word)
    return part.startswith(_NOUNS) if part is not None else len(word) > 2 and not word[0].isdigit()


def described(words: Sequence[str]) -> list[tuple[str | None, bool]]:
    """Of each word its part of speech by the dictionary, and whether it may be a keyword.

    >>> described(["平台", "的"])
    [('n', True), ('uj', False)]
    """
    parts = dictionary()
    return [(parts.get(word), is_keyword(word)) for word in words]
