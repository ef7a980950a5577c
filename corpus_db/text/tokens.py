"""Tokens of many texts at once: which of them are words, which the index holds, how often each stands in which text.

Every distinct token is looked at once; all that is asked of the places follows by array operations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, compress, islice
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from corpus_db.text.fold import CODE_POINTS, code_points, is_word
from corpus_db.text.function_words import function_words

Key = TypeVar("Key")
Ints = npt.NDArray[np.int32]


class Numbering(defaultdict[Key, int]):
    """Strings, or whatever else, to numbers: from 0 in the order in which they are met.

    >>> numbers = Numbering[str]()
    >>> numbers.of(["电商", "平台", "电商"]).tolist(), list(numbers)
    ([0, 1, 0], ['电商', '平台'])
    """

    def of(self, keys: Iterable[Key], count: int = -1) -> Ints:
        """The numbers of `keys`, of which there are `count`, if the caller knows; a new one gets the next."""
        self.default_factory = self.__len__
        try:
            return np.fromiter(map(self.__getitem__, keys), np.int32, count)
        finally:
            self.default_factory = None  # it holds on to the dictionary that holds it


class Words(NamedTuple):
    """Words of texts, text after text."""

    vocabulary: list[str]
    numbers: npt.NDArray[np.intp]  # of each word in the vocabulary
    sizes: npt.NDArray[np.intp]  # words of each text

    def lists(self) -> list[list[str]]:
        """The words of each text."""
        words = map(self.vocabulary.__getitem__, self.numbers.tolist())
        return [list(islice(words, size)) for size in self.sizes.tolist()]


class Tokens:
    """The tokens of texts, which concatenate to the texts."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        index = Numbering[str]()
        sizes = np.fromiter(map(len, texts), np.intp, len(texts))
        self.texts = texts
        self.ids: Ints = index.of(chain.from_iterable(texts), int(sizes.sum()))
        self.bounds = np.append(0, np.cumsum(sizes)).tolist()  # of each text in `ids`
        self.vocabulary = list(index)
        # Of each of the vocabulary: its length, where it begins in `chars`, whether it is a word.
        self.sizes: Ints = np.fromiter(map(len, self.vocabulary), np.int32, len(self.vocabulary))
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.chars = code_points("".join(self.vocabulary))
        self.is_word = is_word(self.chars[self.starts])

    def lengths(self) -> Ints:
        """Characters of every token, text after text."""
        return self.sizes[self.ids]

    def words(self) -> list[int]:
        """Of each text, how many words it has: its tokens but for punctuation and space.

        >>> Tokens([["b2b", "平台", ",", "好"], []]).words()
        [3, 0]
        """
        so_far = np.append(0, np.cumsum(self.is_word[self.ids]))
        counts: list[int] = np.diff(so_far[self.bounds]).tolist()
        return counts

    def indexed(self) -> Words:
        """What the index's word columns hold: the words, but for lone function characters, which no ranking asks for.

        They are a sixth of a text's words; leaving out all lone characters would cost .01 of MRR@10
        (tests/bench/ranking.py).

        >>> Tokens([["铁", "的", "价格", ",", "因为"], []]).indexed().lists()
        [['铁', '价格', '因为'], []]
        """
        kept = self.is_word & ((self.sizes > 1) | ~_is_function_character()[self.chars[self.starts]])
        chosen = kept[self.ids]
        numbers = np.cumsum(kept) - 1
        counts = np.diff(np.append(0, np.cumsum(chosen))[self.bounds])
        return Words(list(compress(self.vocabulary, kept.tolist())), numbers[self.ids[chosen]], counts)


@cache
def _is_function_character() -> npt.NDArray[np.bool_]:
    """Of every code point."""
    found = np.zeros(CODE_POINTS, np.bool_)
    found[code_points("".join(word for word in function_words() if len(word) == 1))] = True
    return found
