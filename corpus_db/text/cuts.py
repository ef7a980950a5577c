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

from corpus_db.text.arrays import Ints, looked_up
from corpus_db.text.tokens import Tokens

_DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)
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
    in_word = np.repeat(looked_up(tokens.is_word, tokens.ids), lengths)
    text_starts = token_ends[tokens.bounds][texts]
    starts, ends = starts + text_starts, ends + text_starts
    begins = np.zeros(len(in_word) + 1, np.bool_)  # of each character: whether a word begins there
    begins[token_ends] = begins[starts] = True
    begins[:-1] &= in_word
    words = np.cumsum(begins[:-1], dtype=np.int32)  # up to and with each character
    earlier = np.append(0, words[starts] - begins[starts]).astype(np.int32)  # before each sentence
    words -= np.repeat(earlier, np.diff(starts, prepend=0, append=len(words)))
    digits = _DIGITS[np.where(in_word, (words - 1) % NUMBERS + 1, 0)].tobytes().decode("ascii")
    pieces = zip(starts.tolist(), ends.tolist(), strict=True)
    return [bytes.fromhex(digits[start:end] + "0" * ((end - start) % 2)) for start, end in pieces]


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
