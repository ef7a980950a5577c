"""Folded documents → how common their characters are: table `char_stats`.

Counted portion by portion, in any order and grouping, with the same result.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus_db.text.arrays import Ints32, looked_up
from corpus_db.text.fold import Codes, characters, code_points, from_code_points

_MOST_PARTS = 64  # counts of characters that are summed up at a time


class IndexStatistics:
    """Counts over documents. It crosses process boundaries; `merge` adds what another one counted."""

    def __init__(self) -> None:
        self.articles = 0
        self._parts: list[tuple[Codes, Ints32]] = []  # characters, and how many documents have each; to be summed up

    def add(self, texts: Sequence[str]) -> None:
        """Counts documents, each given as its folded text."""
        self.articles += len(texts)
        self._parts.append(_documents_by_char(texts))

    def merge(self, other: IndexStatistics) -> None:
        """Adds the counts of `other`."""
        self.articles += other.articles
        self._add(other._parts)

    def take(self, other: IndexStatistics) -> None:
        """Takes off the counts of `other`, which was merged."""
        self.articles -= other.articles
        self._add([(codes, -counts) for codes, counts in other._parts])

    def _add(self, parts: list[tuple[Codes, Ints32]]) -> None:
        self._parts += parts
        if len(self._parts) > _MOST_PARTS:
            self._parts = [self._summed()]

    def char_rows(self) -> list[tuple[str, float]]:
        """Rows of `char_stats`, by character: letters of any script that stand in at least one document, and their share.

        >>> counted = IndexStatistics()
        >>> counted.add(["电商\\n电脑，b2b", "商人"])
        >>> counted.char_rows()
        [('2', 0.5), ('b', 0.5), ('人', 0.5), ('商', 1.0), ('电', 0.5), ('脑', 0.5)]
        """
        codes, counts = self._summed()
        found = zip(from_code_points(codes), counts.tolist(), strict=True)
        return [(char, round(articles / self.articles, 6)) for char, articles in found if char.isalnum()]

    def _summed(self) -> tuple[Codes, Ints32]:
        """The distinct characters, ascending, and how many documents have each."""
        if not self._parts:
            return code_points(""), np.empty(0, np.int32)
        parts = [np.concatenate(column) for column in zip(*self._parts, strict=True)]
        total = np.zeros(int(parts[0].max(initial=0)) + 1, np.int32)
        np.add.at(total, *parts)
        codes = np.flatnonzero(total)
        return codes.astype(np.uint32), total[codes]


def _documents_by_char(texts: Sequence[str]) -> tuple[Codes, Ints32]:
    """The distinct characters of texts, and how many of the texts have each."""
    codes = code_points("".join(texts))
    if not len(codes):
        return codes, np.empty(0, np.int32)
    known = characters(codes)
    column = np.empty(int(known[-1]) + 1, np.int32)  # of each character
    column[known] = np.arange(len(known))
    sizes = np.fromiter(map(len, texts), np.intp, len(texts))
    has = np.zeros(len(texts) * len(known), np.bool_)  # of each text, which of the characters
    has[np.repeat(np.arange(len(texts)) * len(known), sizes) + looked_up(column, codes)] = True
    return known, has.reshape(len(texts), -1).sum(axis=0, dtype=np.int32)
