"""The word beside a number that says how exact it is: 超过, 近, 左右; by data/qualifiers.tsv."""

from __future__ import annotations

from functools import cache

from corpus_db.data import rows
from corpus_db.text.segment import dictionary

_LONGEST = 4  # characters, with the 了 or space behind it
_BARE = frozenset("百千万亿")
# Before such a magnitude alone: the form that is kept, and the parts of speech of words that it may be the end of, and
# then says nothing (网上, 经过, 打破).
_BEFORE_BARE = {"上": ("上", "s t f"), "过": ("超过", "v vq p c d"), "破": ("突破", "v vn")}


@cache
def last_characters() -> frozenset[str]:
    """The characters of which one stands before a number that is qualified."""
    return frozenset((" ", "了", *_BEFORE_BARE)) | {word[-1] for word in _words("before")}


@cache
def _words(place: str) -> dict[str, str]:
    """Word → the form that is kept, of one place: before, after, not."""
    return {row["word"]: row["kept"] for row in rows("qualifiers.tsv") if row["place"] == place}


def before(text: str, start: int) -> str | None:
    """The qualifier that ends at `start`; 上, 过 and 破 only before a bare magnitude (上千), and as no part of a word (网上).

    >>> before("突破了50万", 3), before("签约3家", 2), before("上千人", 1), before("网上千人", 2)
    ('突破', None, '上', None)
    """
    if not start or text[start - 1] not in last_characters():
        return None
    words, traps = _words("before"), _words("not")
    tail = text[max(0, start - _LONGEST) : start].rstrip(" 了")
    for length in (3, 2, 1):
        word = tail[-length:]
        if word in words and not (length == 1 and tail[-2:] in traps):
            return words[word]
    if tail[-1:] not in _BEFORE_BARE or text[start : start + 1] not in _BARE or tail[-2:] in traps:
        return None
    kept, parts = _BEFORE_BARE[tail[-1]]
    return None if len(tail) > 1 and dictionary().get(tail[-2:]) in parts.split() else kept


def beside(text: str, start: int, end: int) -> str | None:
    """The qualifier of the number that stands at start … end: the one before it, else the one behind it.

    >>> beside("超过20%左右", 2, 5), beside("20%左右", 0, 3)
    ('超过', '左右')
    """
    return before(text, start) or _words("after").get(text[end : end + 2])
