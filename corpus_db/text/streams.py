"""`bigram_stream` for a whole batch of texts at once: the same tokens, made by array operations.

Han pairs and simple words are written straight from arrays of characters; only stretches with symbols, spaces or
decimal points between Latin words (one in a hundred characters of news) go through the rules of `bigrams` one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from corpus_db.text.bigrams import Token, char_kinds, tokens
from corpus_db.text.fold import Codes, code_points, from_code_points

_HAN, _WORD, _OTHER, _LINE = 1, 2, 3, 0
_KINDS = {"H": _HAN, "D": _WORD, "A": _WORD, "L": _WORD, "N": _LINE}
_SPACE = ord(" ")

Ints = npt.NDArray[np.intp]


@cache
def _kind_table() -> npt.NDArray[np.uint8]:
    """Kind of every code point: Han and the like, word, line end, anything else."""
    table = np.full(0x110000, _OTHER, np.uint8)
    for first, last, kind in char_kinds():
        table[first : last + 1] = _KINDS.get(kind, _OTHER)
    return table


def bigram_streams(folded: Sequence[str]) -> list[str]:
    """``[bigram_stream(text) for text in folded]``, several times faster.

    >>> bigram_streams(["阿里b2b平台", "", "达41.9亿元"])
    ['阿里 里 b2b 平台 台', '', '达 41.9 亿元 元']
    """
    if not folded:
        return []
    joined = "\n".join(folded)
    codes = code_points(joined)
    kinds = _kind_table()[codes]
    mixed = _mixed_stretches(kinds)
    text, at = _plain(codes, kinds, mixed)
    rules = deque((start, _by_rule(joined[max(0, start - 1) : end + 1])) for start, end in mixed)
    streams, start = [], 0
    for length in map(len, folded):
        parts, done = [], at[start]
        while rules and rules[0][0] < start + length:
            place, ruled = rules.popleft()
            parts += [text[done : at[place]], ruled]
            done = at[place]
        parts.append(text[done : at[start + length]])
        streams.append("".join(parts)[:-1])
        start += length + 1
    return streams


def _mixed_stretches(kinds: npt.NDArray[np.uint8]) -> list[tuple[int, int]]:
    """(start, end) of each stretch between Han and line ends that has both word characters and others."""
    foreign = np.flatnonzero(kinds >= _WORD)
    if not len(foreign):
        return []
    breaks = np.flatnonzero(np.diff(foreign) > 1)
    first, last = np.append(0, breaks + 1), np.append(breaks, len(foreign) - 1)
    words = np.add.reduceat(kinds[foreign] == _WORD, first, dtype=np.intp)
    mixed = (words > 0) & (words < last - first + 1)
    return list(zip(foreign[first[mixed]].tolist(), (foreign[last[mixed]] + 1).tolist(), strict=True))


def _plain(codes: Codes, kinds: npt.NDArray[np.uint8], mixed: Sequence[tuple[int, int]]) -> tuple[str, Ints]:
    """The tokens outside `mixed` stretches, each with a space behind it; and where each character's tokens begin."""
    kinds = kinds.copy()
    for start, end in mixed:
        kinds[start:end] = _OTHER
    han, word = kinds == _HAN, kinds == _WORD
    pair, last = han & np.append(han[1:], False), word & ~np.append(word[1:], False)
    sizes = 2 * han + pair + word + last
    ends = np.cumsum(sizes)
    at = np.append(0, ends)
    out = np.full(int(at[-1]), _SPACE, np.uint32)
    first = at[:-1]
    kept = han | word
    out[first[kept]] = codes[kept]
    out[first[pair] + 1] = np.append(codes[1:], 0)[pair]
    return from_code_points(out), at


@lru_cache(maxsize=1 << 16)
def _by_rule(stretch: str) -> str:
    """The tokens of one mixed stretch, given with the character before and behind it."""
    return "".join(f"{token} " for kind, token in tokens(stretch) if kind != Token.HAN)
