"""Words as lengths: where the words of a sentence begin and end, in one character per word, and back.

The words of a sentence need not be stored: they stand in the text. `sentence_bounds.cuts` says how long each is, one
character per token in base 36 (``1`` to ``9``, then ``a`` to ``z`` for 10 to 35), and ``0`` for each character that
belongs to no word: punctuation and spaces. A word of more than 35 characters is cut into pieces of 35. The lengths of a
sentence add up to the sentence, so plain SQL can cut the words from `articles.body` again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus_db.text.tokens import Tokens

_DIGITS = np.frombuffer(b"0123456789abcdefghijklmnopqrstuvwxyz", np.uint8)
LONGEST = len(_DIGITS) - 1  # characters of a word that one digit can tell

Bounds = Sequence[tuple[int, int]]  # (start, end) of each sentence of a text


def cuts(tokens: Tokens, bounds: Sequence[Bounds]) -> list[list[str]]:
    """The cuts of every sentence of many texts, given the tokens of each text (all of it) and its sentences.

    A word that a sentence's bound goes through is cut there.

    >>> cuts(Tokens([["他", "说", "：", "“", "电商", "平台", "好", "。"], []]), [[(0, 4), (4, 8), (8, 10)], []])
    [['1100', '22', '10'], []]
    """
    if not any(map(len, bounds)):
        return [[] for _ in bounds]
    lengths = tokens.lengths()
    ends = np.append(0, np.cumsum(lengths, dtype=np.intp))
    starts = ends[:-1]
    in_word = np.repeat(tokens.is_word[tokens.ids], lengths)
    first = np.append(~in_word, True)  # of each character: whether a token begins there, every mark being one
    first[starts] = True
    for token in np.flatnonzero(lengths > LONGEST):
        first[starts[token] : starts[token] + lengths[token] : LONGEST] = True
    edges = np.fromiter(_shifted(ends[tokens.bounds].tolist(), bounds), np.intp)
    first[edges] = True
    places = np.flatnonzero(first)
    digits = _DIGITS[np.where(in_word[places[:-1]], np.diff(places), 0)].tobytes().decode("ascii")
    at = iter(np.searchsorted(places, edges).tolist())
    pieces = (digits[start:end] for start, end in zip(at, at, strict=True))
    return [[next(pieces) for _ in sentences] for sentences in bounds]


def _shifted(starts: Sequence[int], bounds: Sequence[Bounds]) -> Iterator[int]:
    """Start and end of each sentence, counted from the beginning of the first text; `starts` is where each text begins."""
    for at, sentences in zip(starts, bounds, strict=False):
        for start, end in sentences:
            yield at + start
            yield at + end


def spans(cut: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each word of a sentence, counted from the sentence's first character.

    >>> list(spans("1100221"))
    [(0, 1), (1, 2), (4, 6), (6, 8), (8, 9)]
    """
    at = 0
    for digit in cut:
        length = int(digit, 36)
        if length:
            yield at, at + length
        at += length or 1


def words_of(sentence: str, cut: str) -> Sequence[str]:
    """The words of a sentence, as they stand in it.

    >>> words_of("他说：“电商好", "110021")
    ['他', '说', '电商', '好']
    """
    return [sentence[start:end] for start, end in spans(cut)]
