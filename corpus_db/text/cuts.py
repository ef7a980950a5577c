"""Words as numbers: which word of its sentence each character belongs to, in four bits a character, and back.

The words of a sentence need not be stored: they stand in the text. `sentence_bounds.cuts` has a hexadecimal digit for each
character, two in a byte: ``1`` to ``f`` is the number of its word, counted from 1 and after 15 from 1 again, ``0`` a
character in no word (punctuation, a space); a ``0`` more fills the last byte. Among fifteen words in a row no two have the
same number, so plain SQL finds the words beside a place by `instr` and `trim` on ``hex(cuts)``, without going from word to
word. It is smaller than a character for the length of each word would be: words are short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from corpus_db.text.tokens import Tokens

Ints = npt.NDArray[np.intp]

NUMBERS = 15  # words in a row with numbers of their own


def cuts(tokens: Tokens, texts: Ints, starts: Ints, ends: Ints) -> list[bytes]:
    """The cuts of sentences: of each the number of its text in `tokens`, its start and its end there, in order.

    A word that a sentence's bound goes through is cut there.

    >>> one = Tokens([["他", "说", "：", "“", "电商", "平台", "好", "。"]])
    >>> [cut.hex() for cut in cuts(one, *map(np.array, ([0, 0, 0], [0, 4, 8], [4, 8, 10])))]
    ['1200', '1122', '10']
    """
    lengths = tokens.lengths()
    token_ends = np.append(0, np.cumsum(lengths, dtype=np.intp))
    in_word = np.repeat(tokens.is_word[tokens.ids], lengths)
    text_starts = token_ends[tokens.bounds][texts]
    starts, ends = starts + text_starts, ends + text_starts
    first = np.zeros(len(in_word) + 1, np.bool_)  # of each character: whether a token or a sentence begins there
    first[token_ends] = first[starts] = True
    words = np.cumsum(first[:-1] & in_word)  # so far, this character's among them
    sizes = ends - starts
    before = np.repeat(words[starts] - in_word[starts], sizes)
    chars = np.repeat(starts, sizes) + _within(sizes)
    digits = np.where(in_word[chars], (words[chars] - before - 1) % NUMBERS + 1, 0).astype(np.uint8)
    return _packed(digits, sizes)


def _within(sizes: Ints) -> Ints:
    """0, 1, 2 … within each of some runs."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _packed(digits: npt.NDArray[np.uint8], sizes: Ints) -> list[bytes]:
    """Runs of digits, two in a byte; every run begins a byte."""
    bytes_of = (sizes + 1) // 2
    ends = np.cumsum(bytes_of)
    nibbles = np.zeros(2 * bytes_of.sum(), np.uint8)
    nibbles[np.repeat(2 * (ends - bytes_of), sizes) + _within(sizes)] = digits
    packed = (nibbles[::2] << 4 | nibbles[1::2]).tobytes()
    return [packed[start:end] for start, end in zip((ends - bytes_of).tolist(), ends.tolist(), strict=True)]


def spans(cut: bytes) -> Iterator[tuple[int, int]]:
    """(start, end) of each word of a sentence, counted from the sentence's first character.

    >>> list(spans(bytes.fromhex("12003345")))
    [(0, 1), (1, 2), (4, 6), (6, 7), (7, 8)]
    """
    at = 0
    for number, chars in groupby(cut.hex()):
        end = at + len(list(chars))
        if number != "0":
            yield at, end
        at = end


def words_of(sentence: str, cut: bytes) -> Sequence[str]:
    """The words of a sentence, as they stand in it.

    >>> words_of("他说：“电商好", bytes.fromhex("12003340"))
    ['他', '说', '电商', '好']
    """
    return [sentence[start:end] for start, end in spans(cut)]
