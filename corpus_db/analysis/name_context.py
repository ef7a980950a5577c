"""The words around a place where a name may stand, and its last character, to a shift of the odds that it does."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.tagging import Tagged

_SPACE = ' \t\u3000“”"‘’「」『』'

# What stands beside a name, as a shift of its log odds.
_LEFT_TITLE, _RIGHT_SPEECH, _RIGHT_TITLE = 2.6, 2.4, 2.4
_SENTENCE_EDGE, _LISTED = 0.5, 0.6
_LOOSE_CHARACTER, _DIGIT_BEFORE, _SUFFIX_AFTER = -1.6, -3.0, -3.5


class Place(NamedTuple):
    """Words first … last as a name, with their log odds."""

    odds: float
    first: int
    last: int


def ending_penalty(given: str) -> float:
    """By how much the odds of a name sink with the last character of its given name."""
    return endings().get(given[-1], 0.0)


@cache
def endings() -> dict[str, float]:
    """Last character → by how much the odds of a name sink with it."""
    return dict.fromkeys(cues.words("after_name"), 2.5) | dict.fromkeys(cues.words("name_never_ends"), 5.0)


def context_shift(tagged: Tagged, start: int, end: int) -> float:
    """What the neighbours of words start … end say about their being a name."""
    tokens, codes = tagged.tokens, tagged.codes
    shift = 0.0
    left = start - 1
    while left >= 0 and tokens[left] in _SPACE:
        left -= 1
    before = codes[left] if left >= 0 else "w"
    if before == "T":
        shift += _LEFT_TITLE
    elif before == "h" and left == start - 1:
        shift += _LOOSE_CHARACTER
    elif before in "DA" and left == start - 1:
        shift += _DIGIT_BEFORE if before == "D" else 0.0
    elif before == "w":
        shift += _LISTED if left >= 0 and tokens[left] in "、，,:：" else _SENTENCE_EDGE
    right = end
    while right < len(tokens) and tokens[right] in _SPACE:
        right += 1
    after = codes[right] if right < len(tokens) else "w"
    if after == "V" or (after in "f" and tokens[right] in _SPEECH):
        shift += _RIGHT_SPEECH
    elif after == "T":
        called = tokens[right] in cues.word_set("title_after") and tokens[end - 1] not in endings()
        shift += _RIGHT_TITLE if called else 0.0
    elif right < len(tokens) and tokens[right] in endings():
        shift += _SENTENCE_EDGE
    elif after in "sh" and right == end:
        shift += _LOOSE_CHARACTER / 2
    elif after in "qXUY":
        shift += _SUFFIX_AFTER
    elif after == "w":
        shift += _LISTED
    return shift


_SPEECH = frozenset("说称问答道")
