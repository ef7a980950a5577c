"""Texts and where their tokens end → the words of the index: those that ranking asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from corpus_db.index.terms import HEAD, Strings
from corpus_db.text.arrays import Bools, Ints, looked_up
from corpus_db.text.bigrams import SEPARATORS
from corpus_db.text.fold import CODE_POINTS, Codes, code_points, is_word
from corpus_db.text.function_words import function_words
from corpus_db.text.tokens import Cut


class Words(NamedTuple):
    """The words of texts, text after text."""

    strings: Strings
    sizes: Ints  # words of each text
    running: list[int]  # words of each text, those included that the index leaves out


def words_of(texts: Sequence[str], cut: Cut) -> Words:
    """The words of folded texts that are cut so: their tokens, but for punctuation and lone function characters.

    Those are a sixth of a text's words; leaving out all lone characters would cost .01 of MRR@10
    (tests/bench/ranking.py).

    >>> found = words_of(["铁的价格,", ""], Cut(np.array([1, 1, 2, 1]), np.array([4, 0])))
    >>> "".join(map(chr, found.strings.first)), found.sizes.tolist(), found.running
    ('铁价', [2, 0], [3, 0])
    """
    joined = "".join(texts)
    codes = np.append(code_points(joined), np.zeros(HEAD, np.uint32))
    ends = np.cumsum(cut.lengths, dtype=np.int64)
    starts = ends - cut.lengths
    running = is_word(codes[starts])
    kept = running & ((cut.lengths > 1) | ~looked_up(_is_function_character(), codes[starts]))
    edges = np.append(0, np.cumsum(cut.sizes))
    of_kept = np.flatnonzero(kept)
    counts, sizes = (np.diff(np.searchsorted(which, edges)) for which in (np.flatnonzero(running), of_kept))
    starts, lengths = starts[of_kept], cut.lengths[of_kept].astype(np.int64)
    if np.any(kept[np.searchsorted(ends, _separators(codes[:-HEAD]), "right")]):
        strings, sizes = _parted(joined, starts, lengths, sizes)
    else:
        long = np.flatnonzero(lengths > HEAD)
        first, second, third = (codes[starts + place] * (lengths > place) for place in range(HEAD))
        strings = Strings(first, second, third, long, _slices(joined, starts[long], lengths[long]))
    return Words(strings, sizes, counts.tolist())


def _parted(joined: str, starts: Ints, lengths: Ints, sizes: Ints) -> tuple[Strings, Ints]:
    """The words as FTS5 parts them, and how many each text has: a user's own names may have spaces in them."""
    parts = [list(filter(None, _SEPARATORS.split(word))) for word in _slices(joined, starts, lengths)]
    so_far = np.append(0, np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts))))
    return Strings.of(list(chain.from_iterable(parts))), np.diff(so_far[np.append(0, np.cumsum(sizes))])


def _slices(joined: str, starts: Ints, lengths: Ints) -> list[str]:
    return [joined[start:end] for start, end in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)]


def indexed_words(tokens: Sequence[str]) -> list[str]:
    """The words that `words_of` has of one text, by the rule itself.

    >>> indexed_words(["铁", "的", "价格", ",", "因为"])
    ['铁', '价格', '因为']
    """
    return [token for token in tokens if token[0].isalnum() and (len(token) > 1 or token not in function_words())]


def _separators(codes: Codes) -> Ints:
    """Where what parts words for FTS5 stands."""
    some = np.flatnonzero(codes < 0x80)  # all of it is ASCII
    return some[_is_separator()[codes[some]]]


_SEPARATORS = re.compile(f"[{re.escape(''.join(sorted(SEPARATORS)))}]")


@cache
def _is_separator() -> Bools:
    return _table("".join(SEPARATORS))


@cache
def _is_function_character() -> Bools:
    return _table("".join(word for word in function_words() if len(word) == 1))


def _table(chars: str) -> Bools:
    """Of every code point, whether it is one of the characters."""
    found = np.zeros(CODE_POINTS, np.bool_)
    found[code_points(chars)] = True
    return found
