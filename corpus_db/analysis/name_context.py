"""The words around a place where a name may stand, and its last character → a shift of the odds that it does."""

from __future__ import annotations

from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.tagging import Tagged
from corpus_db.text.segment import dictionary

# What stands beside a name, as a shift of its log odds.
_SENTENCE_EDGE, _LISTED = 0.5, 0.6
_LOOSE_CHARACTER, _DIGIT = -1.6, -3.0
_SPEECH, _TITLE_AFTER = 2.6, 2.4
_BYLINE = 2.0  # before a closing bracket: (记者 韦思远); behind 文/
_CREDITS = frozenset(":/|丨")  # behind what someone did
_LOCATIVE = -1.0  # behind what a place follows
_PLACE, _REGION, _NOUN = -8.0, -4.0, -1.0  # right behind a name: 毛伊 + 县, 敖德萨 + 地区, 白羽 + 肉鸡
_MOST_NOUN = 3  # characters; longer nouns of the dictionary are phrases: 表示同意
# By the class of the word before the name, and by that of the word before a space or a quotation mark.
_BEFORE_SPACE = {"T": 2.6, ",": _LISTED, "w": _SENTENCE_EDGE, "/": _SENTENCE_EDGE}
_BEFORE = _BEFORE_SPACE | {"h": _LOOSE_CHARACTER, "D": _DIGIT}
# By the class of the word behind it, likewise.
_AFTER_SPACE = {**dict.fromkeys("qXUY", -3.5), **dict.fromkeys("w,/", _LISTED)}
_AFTER = _AFTER_SPACE | dict.fromkeys("sh", _LOOSE_CHARACTER / 2) | {"R": -8.0, "q": _PLACE}  # 乔尔杰 + 维奇

Place = tuple[int, int, float]  # words first … last (not included) as a name, with their log odds


def ending_penalty(given: str) -> float:
    """By how much the odds of a name sink with the last character of its given name."""
    return endings().get(given[-1], 0.0)


@cache
def endings() -> dict[str, float]:
    """Last character → by how much the odds of a name sink with it."""
    return dict.fromkeys(cues.words("after_name"), 2.5) | dict.fromkeys(cues.words("name_never_ends"), 5.0)


def context_shift(tagged: Tagged, start: int, end: int) -> float:
    """What the neighbours of words start … end say about their being a name."""
    codes = tagged.codes
    left, right = start - 1, end
    before = codes[left]
    if before != "_":
        shift = _BEFORE.get(before, 0.0)
        word = tagged.tokens[left]
        if word in _CREDITS and (codes[left - 1] == "T" or tagged.tokens[left - 1] in cues.word_set("credit")):
            shift = _BYLINE
        elif word in cues.word_set("locative"):
            shift += _LOCATIVE
    else:
        while codes[left] == "_":
            left -= 1
        shift = _BEFORE_SPACE.get(codes[left], 0.0)
    while codes[right] == "_":
        right += 1
    after, word = codes[right], tagged.tokens[right]
    if after == "V" or (after == "f" and word in _VERBS):
        return shift + _SPEECH
    if word == ")" and tagged.tokens[end - 1] not in endings():
        return shift + _BYLINE
    if after == "T":
        called = word in cues.word_set("title_after") and tagged.tokens[end - 1] not in endings()
        return shift + _TITLE_AFTER if called else shift
    if word in endings():
        return shift + _SENTENCE_EDGE
    if right > end:
        return shift + _AFTER_SPACE.get(after, 0.0)
    if after == "n":
        return shift + _nouns_after[word]
    if word in cues.word_set("place_suffix"):
        return shift + _PLACE
    if after in "sh" and (codes[right + 1] == "q" or tagged.tokens[right + 1] in cues.word_set("after_place")):
        return shift + _PLACE  # 冯渠 + 沟 + 乡
    return shift + _AFTER.get(after, 0.0)


def _noun_after(word: str) -> float:
    """What a common noun right behind a name says: persons have their titles there, and what they did."""
    if word in cues.word_set("after_place"):
        return _REGION
    return _NOUN if len(word) <= _MOST_NOUN and dictionary().get(word) == "n" else 0.0


_nouns_after = Remembered(_noun_after, most=1 << 13)


_VERBS = frozenset("说称问答道")
