"""Words and names of one article to its keywords, against the document frequencies of the corpus."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from corpus_db.analysis.evidence import Mention
from corpus_db.text.fold import fold
from corpus_db.text.segment import dictionary

COUNT = 8
_NAME_WEIGHT = 1.8  # a name tells more of an article than a word as frequent
_TITLE_WEIGHT = 3  # occurrences that one in the title counts for
_NAMES = 5  # of the keywords at most; the rest are left for what the article is about
_KINDS = frozenset({"person", "organisation", "product", "event"})
_NOUNS = ("n", "vn", "nz", "nt", "an", "l", "j", "eng")


def keywords(
    words: Iterable[str] | Mapping[str, int],
    mentions: Sequence[Mention],
    *,
    documents: int,
    frequency: Callable[[str], int],
    title: Iterable[str] = (),
    count: int = COUNT,
) -> list[str]:
    """The `count` keywords of an article, the most telling first; equal scores in the order of their characters.

    `words` are the words of the body (or how often each stands there) and `title` those of the title; `mentions` the names of
    the body; `documents` the number of articles of the corpus, `frequency` in how many of them a word stands. Only
    nouns of two or more characters and names are keywords. The score is TF-IDF, ``(1 + ln tf) · ln((N + 1) / (df +
    0.5))`` (Salton and Buckley, 1988).

    >>> keywords(["平台", "平台", "价格", "的"], [], documents=10, frequency={"平台": 1, "价格": 9}.get, count=1)
    ['平台']
    """
    forms = "\n".join({fold(mention.raw) for mention in mentions})  # a word inside a name is a piece of that name
    counts = Counter({word: n for word, n in Counter(words).items() if is_keyword(word) and word not in forms})
    for word in title:
        if is_keyword(word) and word not in forms:
            counts[word] += _TITLE_WEIGHT
    names = Counter(mention.name for mention in mentions if mention.kind in _KINDS and len(mention.name) > 1)

    def score(word: str, times: int) -> float:
        return (1 + math.log(times)) * math.log((documents + 1) / (min(frequency(word) or 1, documents) + 0.5))

    known = {word: _NAME_WEIGHT * score(word, times) for word, times in names.items()}
    best_names = sorted(known, key=lambda word: (-known[word], word))[: max(_NAMES, count - len(counts))]
    scored = {name: known[name] for name in best_names}
    scored |= {word: score(word, times) for word, times in counts.items() if word not in known}
    return sorted(scored, key=lambda word: (-scored[word], word))[:count]


@lru_cache(maxsize=1 << 16)
def is_keyword(word: str) -> bool:
    """Whether `word` may be a keyword: a noun of two or more characters.

    >>> is_keyword("平台"), is_keyword("的"), is_keyword("2013")
    (True, False, False)
    """
    if len(word) < 2 or word.isdigit():
        return False
    part = dictionary().get(word)
    return part.startswith(_NOUNS) if part is not None else len(word) > 2 and not word[0].isdigit()
