"""The noun that a number counts: what follows its measure word, by the dictionary's parts of speech."""

from __future__ import annotations

from corpus_db.text.segment import dictionary

_SIZES = (5, 4, 3, 2, 1)  # characters of a word, the longest first
_MOST_WORDS = 3
_MOST_CHARS = 8
_QUOTED_CHARS = 8
# ICTCLAS tags. A name may stand before the noun (4个拦河水电站), but is seldom counted itself.
_NOUNS = frozenset(("n", "nz", "nt", "j", "l", "an"))
_AFTER_NOUN = frozenset("的和与及或在被将等均也都已会是有到让各就中里内后前才又再还却则时")
_PERSON = ("员", "者")  # who does what the noun says: 调解 + 员
_BEFORE_NOUNS = frozenset(("a", "b", "ns", "nr", "nrt", "vn", "eng", "s")) | _NOUNS


def noun(text: str, end: int) -> str | None:
    """The noun that begins at `end`, with what stands before it and belongs to it; None where no noun follows.

    >>> noun("53名同学中", 3), noun("6.7万家中小企业倒闭", 5), noun("做了3次。", 4)
    ('同学', '中小企业', None)
    """
    if text[end : end + 1] == "的":
        end += 1
    if text[end : end + 1] == "“":
        end = _past_quoted(text, end)
    start = end
    parts, last = dictionary(), None
    for _ in range(_MOST_WORDS):
        if not "\u4e00" <= text[end : end + 1] <= "\u9fff":
            break
        for size in _SIZES:
            word = text[end : end + size]
            part = parts.get(word)
            if part is not None:
                break
        if part not in _BEFORE_NOUNS or (len(word) == 1 and part != "n"):
            break
        end += len(word)
        if end - start > _MOST_CHARS:
            break
        if part in _NOUNS and (len(word) > 1 or _ends(text, end)):
            last = end
    if last and text[last : last + 1] in _PERSON:
        last += 1
    return text[start:last] if last else None


def _ends(text: str, at: int) -> bool:
    """Whether a noun of one character ends at `at`, and does not begin a word that the dictionary lacks (微 + 博)."""
    han = "\u4e00" <= text[at : at + 1] <= "\u9fff"
    return not han or text[at] in _AFTER_NOUN or text[at : at + 2] in dictionary()


def _past_quoted(text: str, start: int) -> int:
    """2326名“中供”客户: what is quoted may stand before the noun."""
    if text[start : start + 1] != "“":
        return start
    end = text.find("”", start, start + _QUOTED_CHARS)
    return start if end < 0 else end + 1
