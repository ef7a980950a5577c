"""Words → classes: by the cues, else by the dictionary, else by their characters. `tagging` says what the letters mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from corpus_db.analysis import cues
from corpus_db.text.segment import dictionary, occurrences

# Part of speech of the jieba dictionary → class. Source: ICTCLAS tag set.
_BY_TAG = {
    "nrt": "R",
    "nz": "z",
    **dict.fromkeys(("n", "vn", "j", "b", "an", "ng", "s", "l", "i", "nrfg", "nr", "t"), "n"),
    **dict.fromkeys(("v", "vg", "vd", "vi", "vq", "z"), "v"),
}
_PLACE_ENDINGS = frozenset("省市县区州盟旗镇乡村")
_COMMON_CLASSES = frozenset("nvofeTVXYq")


def is_common(word: str) -> bool:
    """Whether the dictionary has `word` as a common noun, a verb or a function word.

    >>> is_common("市场"), is_common("稻香满仓")
    (True, False)
    """
    return (word in _by_cue() or word in dictionary()) and next(word_classes([word])) in _COMMON_CLASSES


def word_classes(words: Sequence[str]) -> Iterator[str]:
    """The letter of each word's class.

    >>> list(word_classes(["王", "说", "教授", "北京", "，"]))
    ['s', 'f', 'T', 'P', ',']
    """
    no_person = cues.word_set("not_person")
    for word, by_cue, part in zip(words, map(_by_cue().get, words), map(dictionary().get, words), strict=True):
        letter = by_cue or (_by_form(word) if part is None else _by_part(word, part))
        yield "n" if letter in "NR" and word in no_person else letter


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
    if len(word) > 2 and word[-2:] in cues.word_set("not_place") and dictionary().get(word[:-1]) != "ns":
        return "n"  # 宜居城市, not 成都市
    if (len(word) > 2 and word[-1] in _PLACE_ENDINGS) or word[-1] in _LANDMARKS or occurrences().get(word, 0) < _COMMON:
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
    if compound or (len(word) <= 3 and word[0] in _surnames()):
        return "N"
    transliterated = len(word) > 2 and cues.word_set("foreign_character").issuperset(word)
    return "R" if transliterated else _BY_TAG[part]


def _noun(word: str, part: str) -> str:
    if len(word) == 2 or (part == "n" and word[-2:] in cues.word_set("not_place")):
        return "n"
    if word.endswith(cues.words("institution_ending")) and not word.endswith(cues.words("no_institution")):
        return "O" if any(dictionary().get(word[:size]) == "ns" for size in (2, 3, 4)) else "X"
    return "n"


# Parts of speech of the dictionary that do not decide alone.
_READERS = {
    "ns": _place,
    **dict.fromkeys(("nr", "nrfg", "nrt"), _person),
    **dict.fromkeys(("n", "nt", "l"), _noun),
}
