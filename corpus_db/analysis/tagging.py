"""Words to a string of one-letter classes, so that patterns over words are regular expressions over that string.

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

from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from corpus_db.analysis import cues
from corpus_db.analysis.remembered import Remembered
from corpus_db.text.segment import dictionary, occurrences
from corpus_db.text.tokens import Tokens

# Part of speech of the jieba dictionary → class. Source: ICTCLAS tag set.
_BY_TAG = {
    "nrt": "R",
    "nz": "z",
    **dict.fromkeys(("n", "vn", "j", "b", "an", "ng", "s", "l", "i", "nrfg", "nr", "t"), "n"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq", "z"), "v"),
}
_PLACE_ENDINGS = frozenset("省市县区州盟旗镇乡村")


EDGE = "\x1f\n"  # as a line ends there, no pattern over characters reads on; as nothing stands before that end, none reads it


class Tagged(NamedTuple):
    """Texts, each between two edges, with their words: ``text[starts[i]:starts[i + 1]]`` is word i, of class
    ``codes[i]``.
    """

    text: str  # the texts as they stand in the articles, with `EDGE` before, between and after them
    folded: str  # the same, folded character for character
    tokens: Sequence[str]  # of `folded`
    starts: Sequence[int]  # len(tokens) + 1 offsets
    codes: str  # len(tokens) letters
    bounds: Sequence[tuple[int, int]]  # offsets of each of the texts


_MARK = 0x80  # added to the letter of a marked word


class Tagger:
    """Words to classes, and which of them are in `marked`: one look-up for each distinct word says both."""

    def __init__(self, marked: Container[str] = ()) -> None:
        def letter(word: str) -> str:
            return chr(ord(_letter(word)) | _MARK) if word in marked else _letter(word)

        self._letters = Remembered(letter, _MAX_WORDS)

    def tag(self, texts: Sequence[str], tokens: Tokens, numbers: Sequence[int]) -> tuple[Tagged, list[int]]:
        """`texts` with their classes, and the indices of the marked words; the folded form of text i is text
        ``numbers[i]`` of `tokens`.
        """
        letters = "".join(map(self._letters.__getitem__, tokens.vocabulary)) + "/"
        edge = np.array([len(tokens.vocabulary)], np.int32)  # stands for itself behind the vocabulary
        parts = [tokens.ids[tokens.bounds[number] : tokens.bounds[number + 1]] for number in numbers]
        ids = np.concatenate([edge, *chain.from_iterable((part, edge) for part in parts)])
        codes = np.frombuffer(letters.encode("latin-1"), np.uint8)[ids]
        starts = np.append(0, np.cumsum(np.append(tokens.sizes, len(EDGE))[ids]))
        words = [tokens.texts[number] for number in numbers]
        return Tagged(
            EDGE.join(("", *texts, "")),
            EDGE.join(("", *map("".join, words), "")),
            [EDGE, *chain.from_iterable((*of_text, EDGE) for of_text in words)],
            starts.tolist(),
            (codes & ~np.uint8(_MARK)).tobytes().decode("ascii"),
            _bounds(texts),
        ), np.flatnonzero(codes & _MARK).tolist()


def _bounds(texts: Sequence[str]) -> list[tuple[int, int]]:
    ends = accumulate(len(EDGE) + len(text) for text in texts)
    return [(end - len(text), end) for text, end in zip(texts, ends, strict=True)]


_COMMON_CLASSES = frozenset("nvofeTVXYq")


def is_common(word: str) -> bool:
    """Whether the dictionary has `word` as a common noun, a verb or a function word.

    >>> is_common("市场"), is_common("稻香满仓")
    (True, False)
    """
    return (word in _by_cue() or word in dictionary()) and _letter(word) in _COMMON_CLASSES


def retag(tagged: Tagged, spans: Iterable[tuple[int, int, str]]) -> Tagged:
    """`tagged` with the class of the words first … last of each (first, last, class)."""
    codes, parts, done = tagged.codes, [], 0
    for first, last, letter in spans:
        if codes[first:last] == "X":  # 央行, 海军: a name alone, and the end of a longer one
            letter = "U"
        parts += [codes[done:first], letter * (last - first)]
        done = last
    return tagged._replace(codes="".join([*parts, codes[done:]])) if parts else tagged


def _letter(word: str) -> str:
    """The class of a word: by the cues, else by the dictionary, else by its characters."""
    letter = _by_cue().get(word)
    if letter is None:
        part = dictionary().get(word)
        letter = _by_form(word) if part is None else _by_part(word, part)
    return "n" if letter in "NR" and word in cues.word_set("not_person") else letter


def _by_form(word: str) -> str:
    char = word[0]
    if char.isdigit():
        return "D"
    if char.isascii() and char.isalpha():
        return "A"
    if not char.isalnum():
        return "_" if word in _SPACES else "," if word in _LISTING else "w"
    return "h" if len(word) == 1 else "o"


@cache
def _by_cue() -> dict[str, str]:
    """The words whose class the cues decide."""
    letters = {word: letter for cue, letter in _BY_CUE for word in cues.words(cue) if len(word) > 1 or letter in "fV"}
    letters |= dict.fromkeys(_SINGLE_VERBS, "f")
    letters |= dict.fromkeys(_IN_NO_NAME, "e")
    letters |= dict.fromkeys(_surnames() | cues.word_set("compound_surname"), "s")
    letters |= _SINGLE_SUFFIXES
    letters |= dict.fromkeys(cues.words("numeral"), "D")
    return letters | dict.fromkeys(cues.words("not_place"), "n")


@cache
def _surnames() -> frozenset[str]:
    return cues.word_set("surname") | cues.word_set("rare_surname")


_BY_CUE = (
    ("place_suffix", "q"),
    ("company_noun", "Y"),
    ("org_suffix", "X"),
    ("speech", "V"),
    ("title", "T"),
    ("particle", "f"),
)
_SINGLE_SUFFIXES = {**dict.fromkeys("省市县区镇乡村街岛路山桥", "q"), **dict.fromkeys("局署厅厂队", "X")}
_SPACES, _LISTING = ' \t\u3000“”"‘’「」『』', "、，,:："
_MAX_WORDS = 1 << 16  # classes kept at a time
_IN_NO_NAME = "的了是在被从把给吗呢吧啊们着与及而且她我你这那"
_SINGLE_VERBS = "说问答称道讲谈写喊夸骂劝"
_LANDMARKS = frozenset("岛山河江湖海港湾路寺桥关站岭峪沟庄屯堡")
_KINDS_OF_PEOPLE = ("人", "族", "们", "式", "色", "型")
_COMMON = 60  # occurrences in the dictionary's corpus from which a word without a place's ending is rather a common one


def _by_part(word: str, part: str) -> str:
    """The class of a word of the dictionary, `part` its part of speech there."""
    if len(word) == 1:
        return "h"
    read = _READERS.get(part)
    return read(word, part) if read is not None else _BY_TAG.get(part, "o")


def _place(word: str, part: str) -> str:
    if len(word) > 2 and word[-2:] in cues.word_set("not_place"):
        return "n"  # 宜居城市
    if (len(word) > 2 and word[-1] in _PLACE_ENDINGS) or word[-1] in _LANDMARKS or occurrences()[word] < _COMMON:
        return "P"
    return "P" if any(word + seat in dictionary() for seat in "县市区省州") else "n"


def _person(word: str, part: str) -> str:
    known = dictionary()
    if part != "nrfg" and len(word) > 2 and word[-1] in _PLACE_ENDINGS:
        return "P"
    if part == "nr" and (word + "县" in known or word + "市" in known):
        return "P"
    if len(word) > 4 or word.endswith(_KINDS_OF_PEOPLE):
        return _BY_TAG[part]
    compound = len(word) > 2 and word[:2] in cues.word_set("compound_surname")
    named = (len(word) <= 3 and word[0] in _surnames()) or compound
    return "N" if named else _BY_TAG[part]


def _noun(word: str, part: str) -> str:
    if len(word) == 2 or (part == "n" and word[-2:] in cues.word_set("not_place")):
        return "n"
    if word.endswith(cues.words("institution_ending")):
        return "O" if any(dictionary().get(word[:size]) == "ns" for size in (2, 3, 4)) else "X"
    return "n"


# Parts of speech of the dictionary that do not decide alone.
_READERS = {
    "ns": _place,
    **dict.fromkeys(("nr", "nrfg", "nrt"), _person),
    **dict.fromkeys(("n", "nt", "l"), _noun),
}
