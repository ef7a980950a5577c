"""Words as lengths: where the words of a sentence begin and end, in one character per word, and back.

The words of a sentence need not be stored: they stand in the text. `sentence_bounds.cuts` says how long each is, one
character per token in base 36 (``1`` to ``9``, then ``a`` to ``z`` for 10 to 35), and ``0`` for each character that
belongs to no word: punctuation and spaces. A word of more than 35 characters is cut into pieces of 35. The lengths of a
sentence add up to the sentence, so plain SQL can cut the words from `articles.body` again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from corpus_db.text.tokens import Tokens

Ints = npt.NDArray[np.intp]

_DIGITS = np.frombuffer(b"0123456789abcdefghijklmnopqrstuvwxyz", np.uint8)
LONGEST = len(_DIGITS) - 1  # characters of a word that one digit can tell


def cuts(tokens: Tokens, texts: Ints, starts: Ints, ends: Ints) -> list[str]:
    """The cuts of sentences: of each the number of its text in `tokens`, its start and its end there, in order.

    A word that a sentence's bound goes through is cut there.

    >>> one = Tokens([["他", "说", "：", "“", "电商", "平台", "好", "。"]])
    >>> cuts(one, *map(np.array, ([0, 0, 0], [0, 4, 8], [4, 8, 10])))
    ['1100', '22', '10']
    """
    lengths = tokens.lengths()
    token_ends = np.append(0, np.cumsum(lengths, dtype=np.intp))
    token_starts = token_ends[:-1]
    in_word = np.repeat(tokens.is_word[tokens.ids], lengths)
    first = np.append(~in_word, True)  # of each character: whether a token begins there, every mark being one
    first[token_starts] = True
    for token in np.flatnonzero(lengths > LONGEST):
        first[token_starts[token] : token_ends[token + 1] : LONGEST] = True
    text_starts = token_ends[tokens.bounds][texts]
    starts, ends = starts + text_starts, ends + text_starts
    first[starts] = first[ends] = True
    places = np.flatnonzero(first)
    digits = _DIGITS[np.where(in_word[places[:-1]], np.diff(places), 0)].tobytes().decode("ascii")
    pieces = zip(np.searchsorted(places, starts).tolist(), np.searchsorted(places, ends).tolist(), strict=True)
    return [digits[start:end] for start, end in pieces]


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
