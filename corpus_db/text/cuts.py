"""Words as lengths: where the words of a sentence begin and end, in one character per word, and back.

The words of a sentence need not be stored: they stand in the text. `sentence_bounds.cuts` says how long each is, one
character per token in base 36 (``1`` to ``9``, then ``a`` to ``z`` for 10 to 35), and ``0`` for each character that
belongs to no word: punctuation and spaces. A word of more than 35 characters is cut into pieces of 35. The lengths of a
sentence add up to the sentence, so plain SQL can cut the words from `articles.body` again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = len(_DIGITS) - 1
_MARK, _FIRST, _REST, _END = (
    ",|.\n"  # of each character of a text: in no word, first of a word, a further one; between sentences
)
_LENGTHS = [(_FIRST + _REST * (length - 1), _DIGITS[length]) for length in range(_LONGEST, 0, -1)]
_LONG, _SHORT_LENGTHS = _LENGTHS[-10][0], _LENGTHS[-9:]  # words of ten characters are rare: texts without any are quick
_MAX_SHAPES = 1 << 19


class _Shapes(dict[str, str]):
    """Token → its shape, a letter per character."""

    def __missing__(self, token: str) -> str:
        if len(self) >= _MAX_SHAPES:
            self.clear()
        if token[0].isalnum() or token.isalnum():
            shape = "".join(
                _FIRST + _REST * (min(_LONGEST, len(token) - at) - 1) for at in range(0, len(token), _LONGEST)
            )
        else:
            shape = _MARK * len(token)
        self[token] = shape
        return shape


@cache
def _shapes() -> _Shapes:
    return _Shapes()


def cuts(tokens: Iterable[str], bounds: Iterable[tuple[int, int]]) -> list[str]:
    """The cuts of each sentence of a text, given the tokens of all of it and (start, end) of its sentences.

    A word that a sentence's bound goes through is cut there.

    >>> cuts(["他", "说", "：", "“", "电商", "平台", "好", "。"], [(0, 4), (4, 10)])
    ['1100', '2210']
    """
    known = _shapes()
    text = "".join([known[token] for token in tokens])
    shape = _END.join([text[start:end] for start, end in bounds])
    if _END + _REST in shape or shape.startswith(_REST):
        shape = (_END + shape).replace(_END + _REST, _END + _FIRST)[1:]
    for word, digit in _LENGTHS if _LONG in shape else _SHORT_LENGTHS:
        shape = shape.replace(word, digit)
    return shape.replace(_MARK, "0").split(_END)


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
