"""Words to a string of one-letter classes, so that patterns over words are regular expressions over that string.

s  surname                      h  other single Han character that may stand in a name
f  single function character    N  full name in the dictionary (starts with a surname)
R  transliterated foreign name  P  place          L  place of the lexicon       O  organisation
T  title                        V  verb of saying
X  suffix of an organisation    Y  trade that ends a company's name
q  suffix of a place
z  proper noun of another kind  n  noun           v  verb
A  Latin word                   D  number         w  punctuation or space    o  other word
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.text.segment import dictionary_rows

# Part of speech of the jieba dictionary → class. Source: ICTCLAS tag set.
_BY_TAG = {
    "nrt": "R",
    "nz": "z",
    **dict.fromkeys(("n", "vn", "j", "b", "an", "ng", "s", "l", "i", "nrfg", "nr", "t"), "n"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq", "z"), "v"),
}
_PLACE_ENDINGS = frozenset("省市县区州盟旗镇乡村")


class Tagged(NamedTuple):
    """A text with its words: ``text[starts[i]:starts[i + 1]]`` is word i, of class ``codes[i]``."""

    text: str  # as it stands in the article
    folded: str  # the same, folded character for character
    tokens: Sequence[str]  # of `folded`
    starts: list[int]  # len(tokens) + 1 offsets
    codes: str  # len(tokens) letters


def tag(text: str, folded: str, tokens: Sequence[str]) -> Tagged:
    """`text` with its classes; `tokens` concatenate to `folded`, which is as long as `text`."""
    get = _classes().__getitem__
    return Tagged(text, folded, tokens, [0, *accumulate(map(len, tokens))], "".join(map(get, tokens)))


def is_common(word: str) -> bool:
    """Whether the dictionary has `word` as a common noun, a verb or a function word.

    >>> is_common("市场"), is_common("稻香满仓")
    (True, False)
    """
    return word in _classes() and _classes()[word] in ("n", "v", "o", "f", "T", "V", "X", "Y", "q")


def retag(tagged: Tagged, spans: Iterable[tuple[int, int, str]]) -> Tagged:
    """`tagged` with the class of all words between the offsets of each (start, end, class)."""
    codes = list(tagged.codes)
    starts = tagged.starts
    for start, end, letter in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if codes[first:last] == ["X"]:  # 央行, 海军: a name alone, and the end of a longer one
            continue
        codes[first:last] = letter * (last - first)
    return tagged._replace(codes="".join(codes))


class _Classes(dict[str, str]):
    """Word → class letter; words that the dictionary lacks are judged by their characters."""

    def __missing__(self, word: str) -> str:
        letter = _by_form(word)
        if len(self) < _MAX_WORDS:
            self[word] = letter
        return letter


def _by_form(word: str) -> str:
    char = word[0]
    if char.isdigit():
        return "D"
    if char.isascii():
        return "A" if char.isalpha() else "w"
    if not char.isalnum():
        return "w"
    return "h" if len(word) == 1 else "o"


@cache
def _classes() -> _Classes:
    surnames = cues.word_set("surname") | cues.word_set("rare_surname")
    compound = cues.word_set("compound_surname")
    rows = list(dictionary_rows())
    known = {word for word, _, _ in rows}
    places = {word for word, _, part in rows if part == "ns"}
    classes = _Classes()
    for word, count, part in rows:
        classes[word] = _class(word, count, part, surnames, compound, known, places)
    for cue, letter in _BY_CUE:
        for word in cues.words(cue):
            if len(word) > 1 or letter in "fV":
                classes[word] = letter
    classes.update(dict.fromkeys(_SINGLE_VERBS, "f"))
    classes.update(dict.fromkeys(surnames | compound, "s"))
    classes.update(_SINGLE_SUFFIXES)
    classes.update(dict.fromkeys(cues.words("numeral"), "D"))
    classes.update(dict.fromkeys(cues.words("not_place"), "n"))
    classes.update(
        {word: "n" for word in cues.words("not_person") if len(word) > 1 and classes.get(word) in ("N", "R")}
    )
    return classes


_BY_CUE = (
    ("place_suffix", "q"),
    ("company_noun", "Y"),
    ("org_suffix", "X"),
    ("speech", "V"),
    ("title", "T"),
    ("particle", "f"),
)
_SINGLE_SUFFIXES = {**dict.fromkeys("省市县区镇乡村街岛路山桥", "q"), **dict.fromkeys("局署厅厂队", "X")}
_MAX_WORDS = 600_000  # classes kept, words that the dictionary lacks included
_SINGLE_VERBS = "说问答称道讲谈写喊夸骂劝"
_LANDMARKS = frozenset("岛山河江湖海港湾路寺桥关站岭峪沟庄屯堡")
_KINDS_OF_PEOPLE = ("人", "族", "们", "式", "色", "型")
_COMMON = 60  # occurrences in the dictionary's corpus from which a word without a place's ending is rather a common one


def _class(
    word: str,
    count: int,
    part: str,
    surnames: frozenset[str],
    compound: frozenset[str],
    known: set[str],
    places: set[str],
) -> str:
    if len(word) == 1:
        return "h"
    if len(word) > 2 and word[-1] in _PLACE_ENDINGS and part in ("ns", "nr", "nrt"):
        return "P"
    if part == "ns":
        seat = any(word + ending in known for ending in "县市区省州")
        return "P" if count < _COMMON or seat or word[-1] in _LANDMARKS else "n"
    if part == "nr" and (word + "县" in known or word + "市" in known):
        return "P"
    if part in ("nr", "nrfg", "nrt") and len(word) <= 4 and not word.endswith(_KINDS_OF_PEOPLE):
        named = (len(word) <= 3 and word[0] in surnames) or (len(word) > 2 and word[:2] in compound)
        return "N" if named else "R" if part == "nrt" else "n"
    if part in ("nt", "n", "l") and len(word) > 2 and word.endswith(cues.words("institution_ending")):
        return "O" if any(word[:size] in places for size in (2, 3, 4)) else "X"
    return "n" if part == "nt" else _BY_TAG.get(part, "o")
