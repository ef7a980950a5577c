"""`bigram_stream` for a whole batch of texts at once: the same tokens, made by array operations.

Han pairs and simple words are written straight from arrays of characters; only stretches with symbols, spaces or
decimal points between Latin words (one in a hundred characters of news) go through the rules of `bigrams` one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.text.bigrams import Token, char_kinds, tokens
from corpus_db.text.fold import CODE_POINTS, Codes, code_points, from_code_points

_HAN, _WORD, _OTHER, _LINE = 1, 2, 3, 0
_KINDS = {"H": _HAN, "D": _WORD, "A": _WORD, "L": _WORD, "N": _LINE}
_SPACE = ord(" ")

Ints = npt.NDArray[np.intp]


@cache
def _kind_table() -> npt.NDArray[np.uint8]:
    """Kind of every code point: Han and the like, word, line end, anything else."""
    table = np.full(CODE_POINTS, _OTHER, np.uint8)
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
    ruled = deque(_ruled(joined, kinds, mixed, at))
    streams, start = [], 0
    ends = np.cumsum(np.fromiter(map(len, folded), np.intp, len(folded)) + 1)
    for end, written in zip(ends.tolist(), at[ends - 1].tolist(), strict=True):
        parts, done = [], start
        while ruled and ruled[0].place < end:
            rule = ruled.popleft()
            parts += [text[done : rule.written], rule.tokens]
            done = rule.written
        parts.append(text[done:written])
        streams.append("".join(parts)[:-1])
        start = written
    return streams


class _Ruled(NamedTuple):
    """A stretch that went through the rules."""

    place: int  # where it begins in the texts
    written: int  # where its tokens belong in the plain stream
    tokens: str


def _ruled(joined: str, kinds: npt.NDArray[np.uint8], mixed: Sequence[tuple[int, int]], at: Ints) -> Iterator[_Ruled]:
    starts = np.array([start for start, _ in mixed], np.intp)
    ends = np.array([end for _, end in mixed], np.intp)
    around = np.pad(kinds, 1)  # a line end before the first character and behind the last
    before, after = (np.where(around[places] == _HAN, "中", "\n").tolist() for places in (starts, ends + 1))
    for (start, end), one, other, written in zip(mixed, before, after, at[starts].tolist(), strict=True):
        yield _Ruled(start, written, _by_rule(f"{one}{joined[start:end]}{other}"))


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


@lru_cache(maxsize=1 << 14)
def _by_rule(stretch: str) -> str:
    """The tokens of one mixed stretch, given between two characters of the kind that it stands between, Han or line end."""
    return "".join(f"{token} " for kind, token in tokens(stretch) if kind != Token.HAN)
