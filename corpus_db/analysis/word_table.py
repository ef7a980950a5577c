"""A function of words → a table of its results in arrays: thousands of words are looked up at once.

Most words of a text are met seldom. A dictionary of as many words is four times as large, and to find a word there is
to wait for memory three times; here the waiting is for all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.remembered import Remembered
from corpus_db.text.arrays import Unsigned16
from corpus_db.text.tokens import Tokens

_HASH = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 divided by the golden ratio (Knuth, TAOCP 3, 6.4)
_LONGEST = 4  # characters of 16 bits that make a key; longer words are few
_MOST_LONG = 1 << 13
Keys = npt.NDArray[np.uint64]


class WordTable:
    """What `reckon` gives for words, 0 … 65535, reckoned when it is first asked for.

    A word has two places, which it shares with few others: the two that were reckoned last stay.
    """

    def __init__(self, reckon: Callable[[Sequence[str]], Iterable[int]], pairs: int = 1 << 17) -> None:
        """`reckon` gives the numbers of words; `pairs` of places, a power of two, take twenty bytes each."""
        self._reckon = reckon
        self._long = Remembered[str, int](lambda word: next(iter(reckon([word]))), _MOST_LONG)
        self._keys: Keys = np.zeros(2 * pairs, np.uint64)
        self._numbers: Unsigned16 = np.zeros(2 * pairs, np.uint16)
        self._shift = np.uint64(65 - pairs.bit_length())

    def of(self, tokens: Tokens) -> Unsigned16:
        """The number of each word of their vocabulary.

        >>> WordTable(lambda words: map(len, words)).of(Tokens([["电商", "平台经济"], ["互联网时代", "电商", "𠀀"]])).tolist()
        [2, 4, 5, 1]
        """
        words, keys = tokens.vocabulary, _keys(tokens)
        places = 2 * (keys * _HASH >> self._shift).astype(np.intp)
        elsewhere = np.flatnonzero(self._keys.take(places) != keys)
        places[elsewhere] += 1
        found = self._numbers.take(places)
        for at in np.flatnonzero(keys == 0).tolist():
            found[at] = self._long[words[at]]
        new = elsewhere[(self._keys.take(places[elsewhere]) != keys[elsewhere]) & (keys[elsewhere] != 0)]
        if len(new):
            found[new] = np.fromiter(self._reckon([words[at] for at in new.tolist()]), np.uint16, len(new))
            first = places[new] - 1
            self._keys[first + 1], self._numbers[first + 1] = self._keys[first], self._numbers[first]
            self._keys[first], self._numbers[first] = keys[new], found[new]
        return found


# By the length of a word, which of the 64 bits are its characters.
_MASKS = np.array([0, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0], np.uint64)


def _keys(tokens: Tokens) -> Keys:
    """A number for each word of up to four characters of the basic plane; 0 for others."""
    chars, starts = tokens.chars, tokens.starts
    low = np.append(chars.astype("<u2"), np.zeros(_LONGEST, "<u2"))
    four = np.ndarray(len(chars) + 1, "<u8", low.data, strides=(2,))  # the four from each character on, as one number
    keys: Keys = four[starts] & _MASKS[np.minimum(tokens.sizes, _LONGEST + 1)]
    if (others := (chars > 0xFFFF) | (chars == 0)).any():
        keys[np.searchsorted(starts, np.flatnonzero(others), "right") - 1] = 0
    return keys
