"""Folded documents → what ranking needs to know of the whole corpus: tables `char_stats` and `common_tokens`.

Counted batch by batch, in any order and grouping, with the same result. Memory stays bounded: characters are few, and
shares of tokens are estimated from a sample of at most `SAMPLE` documents, chosen by the hash of their text.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus_db.spool import Spool
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import Codes, characters, code_points, from_code_points
from corpus_db.text.segment import words

Ints = npt.NDArray[np.int32]

SAMPLE = 2_048  # documents: a share of .1 is then known to ± .013 (95 %)
RESERVE = 256  # more that are held, to take the place of those that leave
SMALLEST_SAMPLE = 128  # with fewer there is no table: a corpus of less than some 2,000 documents is fast without it
COMMON_SHARE = 0.05  # tokens in fewer of the documents are not listed
_MOST_PARTS = 64  # counts of characters that are summed up at a time
_HASHES = 1 << 20  # that tokens are told apart by at first
_ONE_IN = 16  # documents considered for the sample: few texts have to leave the process that read them


class IndexStatistics:
    """Counts over documents. It crosses process boundaries; `merge` adds what another one counted."""

    def __init__(self) -> None:
        self.articles = 0
        self._parts: list[tuple[Codes, Ints]] = []  # characters, and how many documents have each; to be summed up
        self._sample: list[tuple[int, str]] = []  # (hash, folded text), the smallest hashes of all documents
        self._limit: int | None = None  # documents of a smaller hash are all held; None: those of any

    def add(self, texts: Sequence[str]) -> None:
        """Counts documents, each given as its folded text."""
        self.articles += len(texts)
        self._parts.append(_documents_by_char(texts))
        for text in texts:
            digest = crc32(text.encode("utf-8", "replace"))
            if digest % _ONE_IN == 0:
                self._sample.append((digest, text))

    def merge(self, other: IndexStatistics) -> None:
        """Adds the counts of `other`."""
        self.articles += other.articles
        self._add_parts(other._parts)
        self._hold(self._sample + other._sample)

    def take(self, other: IndexStatistics) -> bool:
        """Takes off the counts of `other`, which was merged; whether enough documents are left for the sample."""
        self.articles -= other.articles
        self._add_parts([(codes, -counts) for codes, counts in other._parts])
        self._sample = list((Counter(self._sample) - Counter(other._sample)).elements())
        return self._limit is None or sum(digest < self._limit for digest, _ in self._sample) >= SAMPLE

    def sample(self) -> list[tuple[int, str]]:
        """The documents of the sample, each as a hash and its folded text."""
        return heapq.nsmallest(SAMPLE, self._sample)

    def _add_parts(self, parts: list[tuple[Codes, Ints]]) -> None:
        self._parts += parts
        if len(self._parts) > _MOST_PARTS:
            self._parts = [self._summed()]

    def _hold(self, sample: list[tuple[int, str]]) -> None:
        if self._limit is not None:
            sample = [one for one in sample if one[0] <= self._limit]
        if len(sample) > SAMPLE + RESERVE:
            sample = heapq.nsmallest(SAMPLE + RESERVE, sample)
            self._limit = sample[-1][0]
        self._sample = sample

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

    def _summed(self) -> tuple[Codes, Ints]:
        """The distinct characters, ascending, and how many documents have each."""
        if not self._parts:
            return code_points(""), np.empty(0, np.int32)
        parts = [np.concatenate(column) for column in zip(*self._parts, strict=True)]
        total = np.zeros(int(parts[0].max(initial=0)) + 1, np.int32)
        np.add.at(total, *parts)
        codes = np.flatnonzero(total)
        return codes.astype(np.uint32), total[codes]

    def token_rows(self, cut: Callable[[str], list[str]]) -> list[tuple[str, float]]:
        """Rows of `common_tokens`, by token; `cut` is the segmenter that made the index.

        Most tokens are rare, so only those are counted one by one whose hash is common (Park, Chen and Yu 1995,
        doi:10.1145/223784.223813).
        """
        if len(self._sample) < SMALLEST_SAMPLE:
            return []
        sample = self.sample()
        documents, with_hash = Spool[list[str]](), np.zeros(_HASHES, np.int32)
        for _, text in sample:
            tokens = list({*words(text, cut), *bigram_stream(text).split()})
            documents.add(tokens)
            np.add.at(with_hash, _hashes(tokens), 1)
        common, counts = with_hash > COMMON_SHARE * len(sample), Counter[str]()
        for tokens in documents:
            counts.update(compress(tokens, common[_hashes(tokens)].tolist()))
        shares = ((token, round(articles / len(sample), 4)) for token, articles in counts.items())
        return sorted((token, share) for token, share in shares if share > COMMON_SHARE)


def _hashes(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(hash, tokens), np.int64, len(tokens)) % _HASHES


def _documents_by_char(texts: Sequence[str]) -> tuple[Codes, Ints]:
    """The distinct characters of texts, and how many of the texts have each."""
    codes = code_points("".join(texts))
    if not len(codes):
        return codes, np.empty(0, np.int32)
    known = characters(codes)
    column = np.empty(int(known[-1]) + 1, np.int32)  # of each character
    column[known] = np.arange(len(known))
    sizes = np.fromiter(map(len, texts), np.intp, len(texts))
    has = np.zeros((len(texts), len(known)), np.bool_)
    has[np.repeat(np.arange(len(texts)), sizes), column[codes]] = True
    return known, has.sum(axis=0, dtype=np.int32)
