"""Terms as numbers that stand in the order of FTS5, which is that of their bytes in UTF-8, which is that of their characters.

A *head* is the first three characters of a term, 21 bits each, and a last bit that says whether there are more of them:
most terms are no longer, and so nothing but a head.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.index.varints import BLOCK, Blocks, blocks_of
from corpus_db.text.arrays import Bools, Bytes, Ints
from corpus_db.text.fold import Codes, code_points, from_code_points
from corpus_db.text.streams import Streams

Heads = npt.NDArray[np.uint64]
Ranks = npt.NDArray[np.unsignedinteger[Any]]
HEAD = 3  # characters
_BITS = 21  # of a character
_MAX_BYTES = 32_768  # of a term: FTS5 cuts off the rest (FTS5_MAX_TOKEN_SIZE)


def is_long(heads: Heads) -> Bools:
    """Whether each head stands for a term that goes on behind it."""
    return (heads & np.uint64(1)).astype(np.bool_)


class Parts(NamedTuple):
    """Terms in three parts, each a small number (0: there is none), which together stand in the order of the terms."""

    first: Ranks  # character
    second: Ranks  # character
    rest: Ranks  # all that comes behind

    def at(self, places: Ints | slice) -> Parts:
        """Those of some of the terms."""
        return Parts(self.first[places], self.second[places], self.rest[places])


class Strings(NamedTuple):
    """Strings by their first characters; 0 where there is none."""

    first: Codes
    second: Codes
    third: Codes
    long: Ints  # which have more of them
    whole: list[str]  # those

    @classmethod
    def of(cls, strings: Sequence[str]) -> Strings:
        """Of strings that are not empty."""
        chars = np.append(code_points("".join(strings)), np.zeros(HEAD, np.uint32))
        sizes = np.fromiter(map(len, strings), np.int64, len(strings))
        starts = np.cumsum(sizes) - sizes
        long = np.flatnonzero(sizes > HEAD)
        first, second, third = (chars[starts + place] * (sizes > place) for place in range(HEAD))
        return cls(first, second, third, long, list(map(strings.__getitem__, long.tolist())))


class Coded:
    """The terms of a portion as parts: those of character pairs, and words."""

    def __init__(self, streams: Streams, words: Strings) -> None:
        foreign = Strings.of(streams.foreign)
        # The second character of a pair is the first of the token behind it.
        self._number_chars(words.first, words.second, foreign.first, foreign.second, streams.first)
        rests = self._number_rests(words, foreign)
        self.words = Parts(self._rank[words.first], self._rank[words.second], rests[: len(words.first)])
        self.bigrams = Parts(
            self._rank[streams.first], self._rank[streams.second], np.zeros(len(streams.first), rests.dtype)
        )
        places = np.flatnonzero(streams.first == 0)
        for part, of_foreign in zip(
            self.bigrams,
            (self._rank[foreign.first], self._rank[foreign.second], rests[len(words.first) :]),
            strict=True,
        ):
            part[places] = of_foreign

    def heads(self, terms: Parts) -> Heads:
        """The heads of terms."""
        found: Heads = self._chars[terms.first].astype(np.uint64) << np.uint64(1 + 2 * _BITS)
        found |= self._chars[terms.second].astype(np.uint64) << np.uint64(1 + _BITS)
        found |= self._rests[terms.rest]
        return found

    def _number_chars(self, *chars: Codes) -> None:
        """Number the characters in their order, from 1."""
        codes = np.concatenate(chars).astype(np.intp)  # in one, and as indexes are: in a third of the time
        present = np.zeros(1 + int(codes.max(initial=0)), np.bool_)
        present[codes] = True
        present[0] = True
        self._chars = np.flatnonzero(present)
        self._rank = np.empty(len(present), _smallest(len(self._chars)))
        self._rank[self._chars] = np.arange(len(self._chars))

    def _number_rests(self, *parts: Strings) -> Ranks:
        """Number what comes behind the second character: by the third, and by all that comes behind that."""
        whole = _cut(list(chain.from_iterable(of.whole for of in parts)))
        self.long_terms = sorted(set(whole))
        number = dict(zip(self.long_terms, range(1, 1 + len(self.long_terms)), strict=True))
        keys = np.concatenate([of.third for of in parts]).astype(np.int64) << 32
        before = np.cumsum([0, *(len(of.first) for of in parts)])
        long = np.concatenate([of.long + start for of, start in zip(parts, before, strict=False)])
        keys[long] |= np.fromiter(map(number.__getitem__, whole), np.int64, len(whole))
        some = np.flatnonzero(keys)  # few: most terms are shorter
        distinct, numbers = np.unique(keys[some], return_inverse=True)
        self._rests = np.append(0, distinct >> 32 << 1 | (distinct & 0xFFFFFFFF > 0)).astype(np.uint64)
        found = np.zeros(len(keys), _smallest(1 + len(distinct)))
        found[some] = 1 + numbers
        return found


def _smallest(count: int) -> npt.DTypeLike:
    """The type of numbers below `count`. Those of 16 bits are put in order several times faster than others."""
    return np.uint16 if count <= 1 << 16 else np.uint32


def _cut(terms: list[str]) -> list[str]:
    """Terms as far as FTS5 reads them; half a character at the end stands as surrogates (PEP 383)."""
    if len(max(terms, key=len, default="")) * 4 <= _MAX_BYTES:
        return terms
    return [term.encode("utf-8", "surrogateescape")[:_MAX_BYTES].decode("utf-8", "surrogateescape") for term in terms]


class Stored(NamedTuple):
    """Terms as FTS5 stores them, joined: in UTF-8, behind the mark of the index that they stand in."""

    data: Bytes
    ends: Ints


_MAIN = ord("0")  # mark of the index of whole terms; those of prefixes have others


def stored(heads: Heads, long_terms: Sequence[str]) -> Stored:
    """The terms of those heads, and the whole of the long ones among them, in order.

    >>> heads = [ord("电") << 43 | ord("商") << 22, ord("电") << 43 | ord("商") << 22 | ord("A") << 1 | 1]
    >>> found = stored(np.array(heads, np.uint64), ["电商ABC"])
    >>> found.data.tobytes().decode(), found.ends.tolist()
    ('0电商0电商ABC', [7, 17])
    """
    chars = np.empty((len(heads), 1 + HEAD), np.uint32)
    chars[:, 0] = _MAIN
    for place in range(HEAD):
        chars[:, HEAD - place] = heads >> np.uint64(1 + place * _BITS) & np.uint64((1 << _BITS) - 1)
    is_char = chars > 0
    ends = np.cumsum(is_char.sum(axis=1))
    out = chars[is_char]
    if long_terms:
        long = np.flatnonzero(is_long(heads))
        sizes = np.fromiter(map(len, long_terms), np.int64, len(long_terms)) - HEAD
        out = np.insert(out, np.repeat(ends[long], sizes), code_points("".join(term[HEAD:] for term in long_terms)))
        added = np.zeros(len(heads), np.int64)
        added[long] = sizes
        ends += np.cumsum(added)
    data = from_code_points(out).encode("utf-8", "surrogateescape")
    return Stored(np.frombuffer(data, np.uint8), np.cumsum(_bytes(out))[ends - 1] if len(ends) else ends)


def _bytes(chars: Codes) -> Ints:
    """How many bytes each character takes; a surrogate stands for one."""
    found = 1 + (chars >= 0x80) + (chars >= 0x800).astype(np.int64) + (chars >= 0x10000)
    found[(chars >= 0xDC80) & (chars <= 0xDCFF)] = 1
    return found


def shared(terms: Stored) -> Ints:
    """How many bytes each term shares with the one before it; the first none."""
    starts = np.append(0, terms.ends)[:-1]
    sizes = terms.ends - starts
    found = np.zeros(len(starts), np.int64)
    reach = np.minimum(sizes[1:], sizes[:-1])
    blocks = blocks_of(np.append(terms.data, np.zeros(BLOCK, np.uint8)))[starts]
    found[1:] = np.minimum(_alike(blocks[1:], blocks[:-1]), reach)
    byte = BLOCK
    alike = 1 + np.flatnonzero(found[1:] == BLOCK)
    while len(alike):
        alike = alike[reach[alike - 1] > byte]
        alike = alike[terms.data[starts[alike] + byte] == terms.data[starts[alike - 1] + byte]]
        byte += 1
        found[alike] = byte
    return found


def _alike(blocks: Blocks, others: Blocks) -> Ints:
    """How many bytes each two blocks begin with alike."""
    differing = blocks ^ others
    lowest = differing & -differing  # bit: a power of two, which a float has exactly
    exponents = np.frexp(lowest.astype(np.float64))[1].astype(np.int64)  # 0: the blocks are the same
    return np.where(differing == 0, BLOCK, exponents - 1 >> 3)
