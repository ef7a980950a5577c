"""Terms as numbers that stand in the order of FTS5, which is that of their bytes in UTF-8, which is that of their characters.

A *head* is the first three characters of a term, 21 bits each, and a last bit that says whether there are more of them:
most terms are no longer, and so nothing but a head.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.index.varints import Bytes, Ints, slices
from corpus_db.text.fold import CODE_POINTS, Codes, code_points, from_code_points
from corpus_db.text.streams import Streams
from corpus_db.text.tokens import Numbering, Words

Heads = npt.NDArray[np.uint64]
Ranks = npt.NDArray[np.unsignedinteger[Any]]
HEAD = 3  # characters
_BITS = 21  # of a character
_MAX_BYTES = 32_768  # of a term: FTS5 cuts off the rest (FTS5_MAX_TOKEN_SIZE)


def is_long(heads: Heads) -> npt.NDArray[np.bool_]:
    """Whether each head stands for a term that goes on behind it."""
    return (heads & np.uint64(1)).astype(np.bool_)


class Parts(NamedTuple):
    """Terms in three parts, each a small number (0: there is none), which together stand in the order of the terms."""

    first: Ranks  # character
    second: Ranks  # character
    rest: Ranks  # all that comes behind


class Coded:
    """The terms of a batch of texts as parts."""

    def __init__(self, streams: Streams, words: Words) -> None:
        foreign = Numbering[str]()
        numbers = foreign.of(streams.foreign, len(streams.foreign))
        strings = [*words.vocabulary, *foreign]
        chars = _Chars(strings)
        self._number_chars(chars.first, chars.second, streams.first, streams.second)
        first, second, rest = self._rank[chars.first], self._rank[chars.second], self._number_rests(strings, chars)
        self.words = Parts(first[words.numbers], second[words.numbers], rest[words.numbers])
        self.bigrams = Parts(
            self._rank[streams.first], self._rank[streams.second], np.zeros(len(streams.first), rest.dtype)
        )
        if len(numbers):
            numbers = numbers + len(words.vocabulary)
            places = np.flatnonzero(streams.first == 0)
            for of_bigrams, part in zip(self.bigrams, (first, second, rest), strict=True):
                of_bigrams[places] = part[numbers]

    def heads(self, terms: Parts) -> Heads:
        """The heads of terms."""
        found: Heads = self._chars[terms.first].astype(np.uint64) << np.uint64(1 + 2 * _BITS)
        found |= self._chars[terms.second].astype(np.uint64) << np.uint64(1 + _BITS)
        found |= self._rests[terms.rest]
        return found

    def _number_chars(self, *chars: Codes) -> None:
        """Number the characters in their order, from 1."""
        present = np.zeros(CODE_POINTS, np.bool_)
        for some in chars:
            present[some] = True
        present[0] = True
        self._chars = np.flatnonzero(present)
        self._rank = np.empty(CODE_POINTS, _smallest(len(self._chars)))
        self._rank[self._chars] = np.arange(len(self._chars))

    def _number_rests(self, strings: Sequence[str], chars: _Chars) -> Ranks:
        """Number what comes behind the second character of strings: by the third, and by all that comes behind that."""
        long = np.flatnonzero(chars.sizes > HEAD)
        whole = [_cut(strings[n]) for n in long.tolist()]
        self.long_terms = sorted(set(whole))
        number = dict(zip(self.long_terms, range(1, 1 + len(self.long_terms)), strict=True))
        keys = chars.third.astype(np.int64) << 32
        keys[long] |= np.fromiter(map(number.__getitem__, whole), np.int64, len(whole))
        some = np.flatnonzero(keys)  # a third of them
        distinct, numbers = np.unique(keys[some], return_inverse=True)
        self._rests = np.append(0, distinct >> 32 << 1 | (distinct & 0xFFFFFFFF > 0)).astype(np.uint64)
        found = np.zeros(len(strings), _smallest(1 + len(distinct)))
        found[some] = 1 + numbers
        return found


class _Chars:
    """The first characters of strings; 0 where there is none."""

    def __init__(self, strings: Sequence[str]) -> None:
        chars = np.append(code_points("".join(strings)), np.zeros(HEAD, np.uint32))
        self.sizes = np.fromiter(map(len, strings), np.int64, len(strings))
        starts = np.cumsum(self.sizes) - self.sizes
        self.first, self.second, self.third = (chars[starts + place] * (self.sizes > place) for place in range(HEAD))


def _smallest(count: int) -> npt.DTypeLike:
    """The type of numbers below `count`. Those of 16 bits are put in order several times faster than others."""
    return np.uint16 if count <= 1 << 16 else np.uint32


def _cut(term: str) -> str:
    """A term as far as FTS5 reads it; half a character at the end stands as surrogates (PEP 383)."""
    if len(term) * 4 <= _MAX_BYTES:
        return term
    return term.encode("utf-8", "surrogateescape")[:_MAX_BYTES].decode("utf-8", "surrogateescape")


class Spelt(NamedTuple):
    """Terms as FTS5 stores them, joined: in UTF-8, behind the mark of the index that they stand in."""

    data: Bytes
    ends: Ints


_MAIN = ord("0")  # mark of the index of whole terms; those of prefixes have others


def spelt(heads: Heads, long_terms: Sequence[str]) -> Spelt:
    """The terms of those heads, and the whole of the long ones among them, in order.

    >>> found = spelt(np.array([ord("电") << 43 | ord("商") << 22 | 1], np.uint64), ["电商ABC"])
    >>> found.data.tobytes().decode(), found.ends.tolist()
    ('0电商ABC', [10])
    """
    chars = np.empty((len(heads), 1 + HEAD), np.uint32)
    chars[:, 0] = _MAIN
    for place in range(HEAD):
        chars[:, HEAD - place] = heads >> np.uint64(1 + place * _BITS) & np.uint64((1 << _BITS) - 1)
    long = np.flatnonzero(is_long(heads))
    chars[long, 1:] = 0
    sizes = (chars > 0).sum(axis=1)
    sizes[long] += np.fromiter(map(len, long_terms), np.int64, len(long_terms))
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint32)
    short = np.setdiff1d(np.arange(len(heads)), long, assume_unique=True)
    of_short = chars[short]
    out[slices((ends - sizes)[short], sizes[short])] = of_short[of_short > 0]
    out[(ends - sizes)[long]] = _MAIN
    out[slices((ends - sizes)[long] + 1, sizes[long] - 1)] = code_points("".join(long_terms))
    data = from_code_points(out).encode("utf-8", "surrogateescape")
    return Spelt(np.frombuffer(data, np.uint8), np.cumsum(_bytes(out))[ends - 1] if len(ends) else ends)


def _bytes(chars: Codes) -> Ints:
    """How many bytes each character takes; a surrogate stands for one."""
    found = 1 + (chars >= 0x80) + (chars >= 0x800).astype(np.int64) + (chars >= 0x10000)
    found[(chars >= 0xDC80) & (chars <= 0xDCFF)] = 1
    return found


def shared(terms: Spelt) -> Ints:
    """How many bytes each term shares with the one before it; the first none."""
    starts = np.append(0, terms.ends[:-1])
    sizes = terms.ends - starts
    found = np.zeros(len(starts), np.int64)
    alike = np.arange(1, len(starts))
    reach = np.minimum(sizes[1:], sizes[:-1])
    byte = 0
    while len(alike):
        alike = alike[reach[alike - 1] > byte]
        alike = alike[terms.data[starts[alike] + byte] == terms.data[starts[alike - 1] + byte]]
        byte += 1
        found[alike] = byte
    return found
