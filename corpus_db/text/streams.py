"""`bigram_stream` for many texts at once: the same tokens, as arrays.

A pair is the numbers of its characters. Only stretches of Latin, digits and symbols (some hundredths of the characters of
news) become strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from corpus_db.text.arrays import Bools, Bytes, Ints, looked_up, slices
from corpus_db.text.bigrams import SEPARATORS, Token, char_kinds, tokens
from corpus_db.text.fold import CODE_POINTS, Codes, code_points, from_code_points

_HAN, _WORD, _OTHER, _LINE = 1, 2, 3, 0
_KINDS = {"H": _HAN, "D": _WORD, "A": _WORD, "L": _WORD, "N": _LINE}


class Streams(NamedTuple):
    """The tokens of texts, text after text."""

    first: Codes  # of each token that is one or two characters of Han; 0 in the place of a foreign one
    second: Codes  # 0: it is one character
    foreign: list[str]  # the others, in order
    sizes: Ints  # tokens of each text

    def lists(self) -> list[list[str]]:
        """The tokens of each text."""
        foreign, chars = iter(self.foreign), zip(*map(from_code_points, (self.first, self.second)), strict=True)
        found = (next(foreign) if one == "\0" else one if two == "\0" else one + two for one, two in chars)
        return [list(islice(found, size)) for size in self.sizes.tolist()]


def bigram_streams(folded: Sequence[str]) -> Streams:
    """What ``bigram_stream(text).split()`` is for each of the texts.

    >>> bigram_streams(["阿里b2b平台", "", "达41.9亿元"]).lists()
    [['阿里', '里', 'b2b', '平台', '台'], [], ['达', '41.9', '亿元', '元']]
    """
    joined = "\n".join((*folded, ""))
    codes = code_points(joined)
    kinds = looked_up(_kind_table(), codes)
    han = kinds == _HAN
    stretches = _foreign_stretches(kinds)
    found = _foreign(joined, kinds, stretches)
    is_foreign = np.zeros(len(codes), np.bool_)
    is_foreign[slices(stretches.starts, np.fromiter(map(len, found), np.intp, len(found)))] = True
    first = np.where(han, codes, 0)
    second = np.append(first[1:], np.uint32(0)) * han if len(codes) else first
    tokens_at = np.flatnonzero(han | is_foreign)
    edges = np.append(0, np.cumsum(np.fromiter(map(len, folded), np.intp, len(folded)) + 1))  # of texts
    sizes = np.diff(np.searchsorted(tokens_at, edges))
    return Streams(first[tokens_at], second[tokens_at], list(chain.from_iterable(found)), sizes)


@cache
def _kind_table() -> Bytes:
    """Kind of every code point: Han and the like, word, line end, anything else."""
    table = np.full(CODE_POINTS, _OTHER, np.uint8)
    for first, last, kind in char_kinds():
        table[first : last + 1] = _KINDS.get(kind, _OTHER)
    return table


class _Stretches(NamedTuple):
    """Stretches between Han and line ends that have a word in them."""

    starts: Ints
    ends: Ints
    mixed: Bools  # whether it has anything but word characters, and so must go through the rules


def _foreign_stretches(kinds: Bytes) -> _Stretches:
    foreign = np.flatnonzero(kinds >= _WORD)
    if not len(foreign):
        return _Stretches(foreign, foreign, foreign > 0)
    breaks = np.flatnonzero(np.diff(foreign) > 1)
    first, last = np.append(0, breaks + 1), np.append(breaks, len(foreign) - 1)
    words = np.add.reduceat(kinds[foreign] == _WORD, first, dtype=np.intp)
    kept = words > 0
    return _Stretches(foreign[first[kept]], foreign[last[kept]] + 1, (words < last - first + 1)[kept])


def _foreign(joined: str, kinds: Bytes, stretches: _Stretches) -> list[tuple[str, ...]]:
    """The tokens of each stretch: no more than it has characters."""
    starts, ends, is_mixed = stretches
    texts = [joined[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    found: list[tuple[str, ...]] = list(zip(texts, strict=True))
    # Behind every stretch, and behind the last text, which is before the first, stands a line end if nothing else.
    beside = (kinds[starts - 1] == _HAN) + 2 * (kinds[ends] == _HAN)
    mixed = np.flatnonzero(is_mixed)
    for number, han in zip(mixed.tolist(), beside[mixed].tolist(), strict=True):
        found[number] = _by_rule(texts[number], han)
    return found


@lru_cache(maxsize=1 << 14)
def _by_rule(stretch: str, han: int) -> tuple[str, ...]:
    """The tokens of a stretch; whether it stands behind Han (1), before Han (2), and not at a line end."""
    before, after = "中" if han & 1 else "\n", "中" if han & 2 else "\n"
    found = tokens(f"{before}{stretch}{after}")
    return tuple(token for kind, token in found if kind != Token.HAN and token not in SEPARATORS)
