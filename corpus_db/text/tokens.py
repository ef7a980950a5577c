"""Tokens of many texts at once: which of them are words, how often each stands in which text.

Every distinct token is looked at once; all that is asked of the places follows by array operations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple, TypeVar

import numpy as np

from corpus_db.text.arrays import Ints32, looked_up
from corpus_db.text.fold import code_points, is_word

Key = TypeVar("Key")


class Numbering(defaultdict[Key, int]):
    """Strings, or whatever else, to numbers: from 0 in the order in which they are met.

    >>> numbers = Numbering[str]()
    >>> numbers.of(["电商", "平台", "电商"]).tolist(), list(numbers)
    ([0, 1, 0], ['电商', '平台'])
    """

    def of(self, keys: Iterable[Key]) -> Ints32:
        """The numbers of `keys`; a new one gets the next."""
        self.default_factory = self.__len__
        try:
            return np.fromiter(map(self.__getitem__, keys), np.int32)
        finally:
            self.default_factory = (
                None  # a method of the dictionary in it is a circle, which would not be freed at once
            )


class Cut(NamedTuple):
    """How texts are cut into tokens, which concatenate to the texts."""

    lengths: Ints32  # characters of every token, text after text
    sizes: Ints32  # tokens of each text


def cut_of(texts: Iterable[Iterable[str]]) -> Cut:
    """How those texts are cut, given as their tokens; they are taken one by one."""
    lengths = [np.fromiter(map(len, tokens), np.int32) for tokens in texts]
    return Cut(np.concatenate([np.empty(0, np.int32), *lengths]), np.fromiter(map(len, lengths), np.int32))


class Tokens:
    """The tokens of texts, which concatenate to the texts."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        """Made as they are asked for, `texts` are taken one by one: the tokens of a text are numbered while the
        processor's cache has them, and let go."""
        index = Numbering[str]()
        ids = [index.of(tokens) for tokens in texts]
        self.ids: Ints32 = np.concatenate([np.empty(0, np.int32), *ids])
        self.bounds = [0, *accumulate(map(len, ids))]  # of each text in `ids`
        self.vocabulary = list(index)
        # Of each of the vocabulary: its length, where it begins in `chars`, whether it is a word.
        self.sizes: Ints32 = np.fromiter(map(len, self.vocabulary), np.int32, len(self.vocabulary))
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.chars = code_points("".join(self.vocabulary))
        self.is_word = is_word(self.chars[self.starts])

    def of(self, ids: Ints32) -> list[str]:
        """The tokens with those numbers.

        >>> Tokens([["b2b", "平台"], ["平台"]]).of(np.array([1, 0]))
        ['平台', 'b2b']
        """
        found: list[str] = np.array(self.vocabulary, object)[ids].tolist()
        return found

    def lengths(self) -> Ints32:
        """Characters of every token, text after text."""
        return looked_up(self.sizes, self.ids)

    def cut(self) -> Cut:
        """How the texts are cut."""
        return Cut(self.lengths(), np.diff(self.bounds).astype(np.int32))
