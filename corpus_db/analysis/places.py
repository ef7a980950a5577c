"""Texts → the places where a figure or a time expression may begin: one look at all characters of many texts.

Most characters of a text begin neither. Those that may are found by array operations: digits by what stands around
their run, the others by the character behind them. What stands there is for `figures` and `date_grammar` to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from string import ascii_letters
from typing import NamedTuple

import numpy as np

from corpus_db.analysis import date_beginnings, figure_beginnings, numerals
from corpus_db.text.arrays import Bytes, Ints, Unsigned16, looked_up
from corpus_db.text.fold import CODE_POINTS, Codes, code_points


class Places(NamedTuple):
    """A text, and where in it something may begin: offsets, ascending; not everything does that may."""

    text: str  # as it stands
    plain: str  # in the spelling of `numerals.plain`
    figures: list[int]
    dates: list[int]


def of(text: str) -> Places:
    """The places of one text.

    >>> of("今年卖了3万件")
    Places(text='今年卖了3万件', plain='今年卖了3万件', figures=[4, 5], dates=[0])
    """
    return of_all([text])[0]


def of_all(texts: Sequence[str]) -> list[Places]:
    """The places of each of many texts."""
    plain = numerals.plain_all(texts)
    codes = code_points("\n".join(["", *plain, ""]))  # a line feed goes together with nothing
    begins = np.cumsum([1, *(len(text) + 1 for text in plain)])  # of each text, and one past the last
    figures, dates = (_by_text(np.sort(found), begins) for found in _find(codes))
    return [Places(*found) for found in zip(texts, plain, figures, dates, strict=True)]


def _by_text(places: Ints, begins: Ints) -> list[list[int]]:
    """Offsets in all texts to offsets in each."""
    edges = np.searchsorted(places, begins)
    offsets = (places - np.repeat(begins[:-1], np.diff(edges))).tolist()
    return [offsets[first:last] for first, last in pairwise(edges.tolist())]


def _find(codes: Codes) -> tuple[Ints, Ints]:
    """Where figures and time expressions may begin, in any order."""
    firsts, seconds, allowed = _pairs()
    begins = looked_up(firsts, codes)
    first = np.flatnonzero(begins > 0)
    may = allowed[begins[first], looked_up(seconds, codes[first + 1])]
    figures, dates = _runs(codes)
    return np.append(figures, first[may & _FIGURE != 0]), np.append(dates, first[may & _DATE != 0])


def _runs(codes: Codes) -> tuple[Ints, Ints]:
    """Where a run of digits may begin a figure, and where a time expression."""
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    edges = np.flatnonzero(digit[1:] != digit[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    around, length = _around(), ends - starts
    before, after = around[codes[starts - 1]], around[codes[ends]]
    goes_on = (before & _IN_WORD != 0) | ((before & _IN_NUMBER != 0) & digit[starts - 2])
    counts = (after & _COUNTED != 0) | (before & _QUALIFIES != 0)
    dated = (after & _DATED != 0) & (length <= date_beginnings.MOST_DIGITS)
    return starts[counts & ~goes_on], starts[dated | (length == date_beginnings.COMPACT)]


_IN_WORD, _IN_NUMBER, _QUALIFIES, _COUNTED, _DATED = 1, 2, 4, 8, 16  # what a character says of the digits beside it
_FIGURE, _DATE = 1, 2  # what may begin with a pair of characters


@cache
def _around() -> Bytes:
    """What each code point says of digits behind it, or before it."""
    around = np.zeros(CODE_POINTS, np.uint8)
    for flag, chars in (
        (_IN_WORD, ascii_letters + "_"),  # they are part of a word
        (_IN_NUMBER, ".,:：/·"),  # they go on with the number before it
        (_QUALIFIES, figure_beginnings.before_digits()),
        (_COUNTED, figure_beginnings.after_digits()),
        (_DATED, date_beginnings.AFTER_ARABIC),
    ):
        around[code_points(chars)] |= flag
    return around


class _Pairs(NamedTuple):
    """What may begin with two characters: ``allowed[first[a], second[b]]``, for those that occur in no pair 0."""

    first: Unsigned16
    second: Unsigned16
    allowed: Bytes


@cache
def _pairs() -> _Pairs:
    tables = {_FIGURE: figure_beginnings.pairs(), _DATE: date_beginnings.pairs()}
    first = _numbered("".join("".join(table) for table in tables.values()))
    second = _numbered("".join("".join(table.values()) for table in tables.values()))
    allowed = np.zeros((first.max() + 1, second.max() + 1), np.uint8)
    for kind, table in tables.items():
        for char, follows in table.items():
            allowed[first[ord(char)], second[code_points(follows)]] |= kind
    return _Pairs(first, second, allowed)


def _numbered(chars: str) -> Unsigned16:
    """Code point → number of the character among `chars`, from 1; 0 for all others."""
    numbers = np.zeros(CODE_POINTS, np.uint16)
    distinct = np.unique(code_points(chars))
    numbers[distinct] = np.arange(1, len(distinct) + 1)
    return numbers
