"""Words → a string of one-letter classes, so that patterns over words are regular expressions over that string.

s  surname                      h  other single Han character that may stand in a name
f  single function character    e  one that no name has (的, 了)
N  full name in the dictionary (starts with a surname)
R  transliterated foreign name  P  place          L  place of the lexicon       O  organisation
T  title                        V  verb of saying
X  suffix of an organisation    U  one that is a name of the lexicon, too    Y  trade that ends a company's name
q  suffix of a place
z  proper noun of another kind  n  noun           v  verb
A  Latin word                   D  number         o  other word
w  punctuation                  ,  a comma of lists, or a colon              _  space or quotation mark
/  the edge of a text: texts are read many at a time, one after the other, so that what costs something for each text
   (patterns, arrays) costs it once for all of them
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.word_classes import word_classes
from corpus_db.analysis.word_table import WordTable
from corpus_db.text.tokens import Tokens

EDGE = "\x1f\n"  # patterns over characters stop at its line end, and do not take that for one of the text before it
_EDGE_CLASS = "/"

# What a word may be, whatever its class.
NAME, BEGINS_NAME = 1, 2  # of the lexicon: a form, the beginning of a longer one
MEDIUM = 4  # a kind of medium: 晚报, 在线
FOREIGN = 8  # of characters that spell foreign names, and of a class that may be part of one
LONG = 16  # of more than one character
MAY_BE_FOREIGN = "shNP"


class Tagged(NamedTuple):
    """Texts, each between two edges, with their words: ``text[starts[i]:starts[i + 1]]`` is word i, of class
    ``codes[i]``.
    """

    text: str  # the texts as they stand in the articles, with `EDGE` before, between and after them
    folded: str  # the same, folded character for character
    tokens: Sequence[str]  # of `folded`
    starts: Sequence[int]  # len(tokens) + 1 offsets
    codes: str  # len(tokens) letters
    marks: npt.NDArray[np.uint16]  # of each word, the sum of what it is: NAME, MEDIUM, …
    bounds: Sequence[tuple[int, int]]  # offsets of each of the texts

    def marked(self, mark: int) -> list[int]:
        """The words that are any of `mark`."""
        found: list[int] = np.flatnonzero(self.marks & np.uint16(mark)).tolist()
        return found


class Tagger:
    """Words to their classes and marks: one look-up for each distinct word gives both.

    `marks` says which words are NAME, BEGINS_NAME, MEDIUM; `foreign` are the characters of FOREIGN ones.
    """

    def __init__(self, marks: Mapping[str, int], foreign: frozenset[str]) -> None:
        def codes(words: Sequence[str]) -> Iterator[int]:
            for word, letter in zip(words, word_classes(words), strict=True):
                spells = letter in MAY_BE_FOREIGN and foreign.issuperset(word)
                yield (marks.get(word, 0) | FOREIGN * spells | LONG * (len(word) > 1)) << 8 | ord(letter)

        self._codes = WordTable(codes)

    def tag(self, texts: Sequence[str], folded: Sequence[str], tokens: Tokens, numbers: Sequence[int]) -> Tagged:
        """`texts` with their words; `folded` are the same texts folded (`fold_aligned`), whose words are the texts
        with these `numbers` in `tokens`.
        """
        edge = np.array([len(tokens.vocabulary)], np.int32)  # follows the vocabulary
        parts = [edge]
        for number in numbers:
            parts += tokens.ids[tokens.bounds[number] : tokens.bounds[number + 1]], edge
        ids = np.concatenate(parts).astype(np.intp)  # as indexes are: see `arrays.looked_up`
        words = np.array([*tokens.vocabulary, EDGE], object)
        codes = np.append(self._codes.of(tokens), np.uint16(ord(_EDGE_CLASS)))[ids]
        lengths = np.append(tokens.sizes, len(EDGE))[ids]
        return Tagged(
            EDGE.join(("", *texts, "")),
            EDGE.join(("", *folded, "")),
            words[ids].tolist(),
            np.append(0, np.cumsum(lengths)).data,
            (codes & 0xFF).astype(np.uint8).tobytes().decode("ascii"),
            codes >> np.uint16(8),
            _bounds(texts),
        )


def _bounds(texts: Sequence[str]) -> list[tuple[int, int]]:
    ends = accumulate(len(EDGE) + len(text) for text in texts)
    return [(end - len(text), end) for text, end in zip(texts, ends, strict=True)]


def retag(tagged: Tagged, spans: Iterable[tuple[int, int, str]]) -> Tagged:
    """`tagged` with the class of the words first … last of each (first, last, class)."""
    codes, done = tagged.codes, 0
    parts: list[str] = []
    for first, last, letter in spans:
        if last - first == 1 and codes[first] == "X":  # 央行, 海军: a name alone, and the end of a longer one
            letter = "U"
        parts += codes[done:first], letter * (last - first)
        done = last
    return tagged._replace(codes="".join([*parts, codes[done:]])) if parts else tagged
