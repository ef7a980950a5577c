"""Words → the tokens by which a program that can not segment Chinese still finds what is typed without spaces.

Such a program takes a run of Han for one word. Against the index made here it finds the runs that are one word of the
text or two (電子商務平台), words of two characters inside longer ones, and Latin words with their symbols (1688.com). What
spans three words or more needs the package, or the canned queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus_db.text.bigrams import CJK

# What people type with symbols inside or behind: c++, t+0, 1688.com; without the marks of the sentence around it.
_CHUNK = re.compile(rf"[^\s{CJK}]+")
_AROUND = ".,;:!?()[]{}<>'\"`/\\~|&=*-…"


def stranger_tokens(cut: Sequence[str]) -> str:
    """The tokens, joined by spaces, of a folded text that was cut into `cut`, punctuation and spaces included.

    Each word; each pair of words that nothing parts, written as one; each two characters of a longer word; each run of
    Latin, digits and symbols.

    >>> stranger_tokens(["经济学", "家", ",", "c", "+", "+", " ", "好"])
    '经济学 家 c 好 经济学家 经济 济学 c++'
    """
    words = [piece for piece in cut if piece[0].isalnum()]
    return " ".join((*words, *_pairs(cut), *_inside(words), *_chunks("".join(cut))))


def _pairs(cut: Sequence[str]) -> Iterator[str]:
    for one, other in pairwise(cut):
        if one[0].isalnum() and other[0].isalnum():
            yield one + other


def _inside(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if len(word) > 2 and not word.isascii():
            yield from map(str.__add__, word, word[1:])


def _chunks(text: str) -> Iterator[str]:
    for match in _CHUNK.finditer(text):
        chunk = match[0].strip(_AROUND)
        if not chunk.isalnum() and any(map(str.isalnum, chunk)):
            yield chunk.replace('"', "")
