"""Words to a string of one-letter classes, so that patterns over words are regular expressions over that string.

    s  one-character surname        h  other single Han character that may stand in a name
    f  single function character    N  full name in the dictionary (starts with a surname)
    R  transliterated foreign name  P  place          O  organisation
    T  title                        V  verb of saying
    X  suffix of an organisation    Y  trade that ends a company's name
    q  suffix of a place
    z  proper noun of another kind  n  noun           v  verb
    A  Latin word                   D  number         w  punctuation or space    o  other word
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.text.segment import dictionary_rows

# Part of speech of the jieba dictionary → class. Source: ICTCLAS tag set.
_BY_TAG = {
    "nrt": "R",
    "ns": "P",
    "nt": "O",
    "nz": "z",
    **dict.fromkeys(("n", "vn", "j", "b", "an", "ng", "s", "l", "i", "nrfg", "nr", "t"), "n"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq", "z"), "v"),
}
_PLACE_ENDINGS = frozenset("省市县区州盟旗镇乡村")
_ORG_ENDINGS = ("公司", "集团", "银行", "大学", "学院", "医院", "委员会", "协会", "政府", "法院", "检察院", "研究院", "研究所",
                "出版社", "总局", "公安局", "部队", "党", "院", "局", "部", "厅", "署", "队", "社", "会", "台", "厂", "馆")  # fmt: skip


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


class _Classes(dict[str, str]):
    """Word → class letter; words that the dictionary lacks are judged by their characters, and not kept."""

    def __missing__(self, word: str) -> str:
        char = word[0]
        if char.isdigit() or char in "〇零":
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
    classes = _Classes()
    for word, _, tag_ in dictionary_rows():
        classes[word] = _class(word, tag_, surnames, compound)
    for cue, letter in _BY_CUE:
        for word in cues.words(cue):
            if len(word) > 1 or letter in "fV":
                classes[word] = letter
    for char in _SINGLE_VERBS:
        classes[char] = "f"
    for char in surnames:
        classes[char] = "s"
    for char in _SINGLE_SUFFIXES:
        classes[char] = _SINGLE_SUFFIXES[char]
    for char in cues.words("numeral"):
        classes[char] = "D"
    return classes


_BY_CUE = (("place_suffix", "q"), ("company_noun", "Y"), ("org_suffix", "X"), ("speech", "V"), ("title", "T"), ("particle", "f"))
_SINGLE_SUFFIXES = {**dict.fromkeys("省市县区镇乡村街岛", "q"), **dict.fromkeys("局署厅厂", "X")}
_SINGLE_VERBS = "说问答称道讲谈写喊夸骂劝"


def _class(word: str, tag_: str, surnames: frozenset[str], compound: frozenset[str]) -> str:
    if len(word) == 1:
        return "h"
    if len(word) > 2 and word[-1] in _PLACE_ENDINGS and tag_ in ("ns", "nr", "nrt"):
        return "P"
    if tag_ in ("nr", "nrfg", "nrt") and len(word) <= 4:
        named = (len(word) <= 3 and word[0] in surnames) or (len(word) > 2 and word[:2] in compound)
        return "N" if named else "R"
    if tag_ == "nt" and not word.endswith(_ORG_ENDINGS):
        return "n"
    return _BY_TAG.get(tag_, "o")
