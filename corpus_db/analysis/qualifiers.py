"""The word beside a number that says how exact it is: 超过, 近, 左右; by data/qualifiers.tsv."""

from __future__ import annotations

from functools import cache

from corpus_db.data import rows

_LONGEST = 4  # characters, with the 了 or space behind it


@cache
def last_characters() -> frozenset[str]:
    """The characters of which one stands before a number that is qualified."""
    return frozenset(" 了上") | {word[-1] for word in _words("before")}


@cache
def _words(place: str) -> dict[str, str]:
    """Word → the form that is kept, of one place: before, after, not."""
    return {row["word"]: row["kept"] for row in rows("qualifiers.tsv") if row["place"] == place}


def before(text: str, start: int) -> str | None:
    """The qualifier that ends at `start`; 上 only before a bare magnitude (上千).

    >>> before("突破了50万", 3), before("签约3家", 2), before("上千人", 1)
    ('突破', None, '上')
    """
    if not start or text[start - 1] not in last_characters():
        return None
    words, traps = _words("before"), _words("not")
    tail = text[max(0, start - _LONGEST) : start].rstrip(" 了")
    for length in (3, 2, 1):
        word = tail[-length:]
        if word in words and not (length == 1 and tail[-2:] in traps):
            return words[word]
    return "上" if tail[-1:] == "上" and text[start : start + 1] in ("百", "千", "万") else None


def beside(text: str, start: int, end: int) -> str | None:
    """The qualifier of the number that stands at start … end: the one before it, else the one behind it.

    >>> beside("超过20%左右", 2, 5), beside("20%左右", 0, 3)
    ('超过', '左右')
    """
    return before(text, start) or _words("after").get(text[end : end + 2])
