"""Tagged text to places where a person's name may stand, each with the odds that it does.

Chinese full names by surname, characters and neighbours; transliterated names by characters; nicknames (老毕, 小西)
and forms of address (张女士, 王某) by pattern. A title is evidence for the name next to it and never part of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.namemodel import NameModel, name_model
from corpus_db.analysis.tagging import Tagged
from corpus_db.records import NameEvidence

_SURNAME = re.compile(r"s(?=[shfnzvoNRTVDPq])")
_FULL = re.compile(r"N")
_FOREIGN = re.compile(r"(?:[shR]{3,}|R[shR]*|[shR]+R)")
_DOT = re.compile(r"(?<=[\u4e00-\u9fff])[·•・‧∙﹒](?=[\u4e00-\u9fff])")
_FLOOR = -3.5  # log odds below which a place is not worth keeping
_MAX_FOREIGN = 8  # characters of one part of a transliterated name
_SPACE = " \t\u3000“”\"‘’「」『』"

# What stands beside a name, as a shift of its log odds.
_LEFT_TITLE, _RIGHT_SPEECH, _RIGHT_TITLE = 2.6, 2.4, 2.4
_SENTENCE_EDGE, _LISTED = 0.5, 0.6
_LOOSE_CHARACTER, _DIGIT_BEFORE, _SUFFIX_AFTER = -1.6, -3.0, -2.0


def strength(log_odds: float) -> float:
    """Log odds to a probability, to two places.

    >>> strength(0.0), strength(30.0)
    (0.5, 1.0)
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 2)


def find(tagged: Tagged) -> Iterator[NameEvidence]:
    """Every place of a person's name, overlapping ones included."""
    yield from _chinese(tagged)
    yield from _in_dictionary(tagged)
    yield from _dotted(tagged)
    yield from _transliterated(tagged)


def _evidence(tagged: Tagged, start: int, end: int, log_odds: float) -> Iterator[NameEvidence]:
    if log_odds > _FLOOR:
        first, last = tagged.starts[start], tagged.starts[end]
        yield NameEvidence(first, tagged.text[first:last], "person", strength(log_odds))


def _chinese(tagged: Tagged) -> Iterator[NameEvidence]:
    model = name_model()
    tokens, codes = tagged.tokens, tagged.codes
    last = len(tokens)
    address, particles = cues.word_set("address"), cues.word_set("particle")
    for match in _SURNAME.finditer(codes):
        at = match.start()
        surname, given = tokens[at], tokens[at + 1]
        if given in address or (given[0] == "总" and len(given) == 2 and given[1] in particles):
            yield from _addressed(tagged, at, given if given in address else "总")
            continue
        if len(given) > 2:
            continue
        # Only the likely ones pay for a look at their neighbours.
        base = _odds(model, surname, given)
        if len(given) == 1 and at + 2 < last and len(tokens[at + 2]) == 1 and codes[at + 2] in "shf":
            longer = _odds(model, surname, given, tokens[at + 2]) - _ending(tokens[at + 2])
            if longer > _FLOOR - 3:
                yield from _evidence(tagged, at, at + 3, longer + _context(tagged, at, at + 3))
        if base > _FLOOR - 3 and not (len(given) == 2 and codes[at + 1] in "TVXqP"):
            yield from _evidence(tagged, at, at + 2, base - _ending(given) + _context(tagged, at, at + 2))


def _odds(model: NameModel, surname: str, *given: str) -> float:
    return model.chinese(surname, "".join(given), (surname, *given))


def _ending(given: str) -> float:
    return 2.5 if given[-1] in cues.word_set("after_name") else 0.0


def _in_dictionary(tagged: Tagged) -> Iterator[NameEvidence]:
    """Words that the dictionary has as personal names, and those with one more character: 王建 + 勋."""
    model = name_model()
    tokens, codes = tagged.tokens, tagged.codes
    for match in _FULL.finditer(codes):
        at = match.start()
        name = tokens[at]
        size = 2 if name[:2] in model.surname and len(name) > 2 else 1
        if len(name) - size > 2:
            continue
        # The dictionary's count of a name includes its use as a name: three characters are seldom anything else.
        parts = (name,) if len(name) == 2 else tuple(name)
        odds = min(model.chinese(name[:size], name[size:], parts) + (3.0 if len(name) == 2 else 0.0), 2.0)
        yield from _evidence(tagged, at, at + 1, odds + _context(tagged, at, at + 1))
        if len(name) == 2 and at + 1 < len(tokens) and codes[at + 1] in "sh":
            longer = model.chinese(name[0], name[1] + tokens[at + 1], (name, tokens[at + 1])) - _ending(tokens[at + 1])
            yield from _evidence(tagged, at, at + 2, longer + _context(tagged, at, at + 2))


def _context(tagged: Tagged, start: int, end: int) -> float:
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
        shift += _RIGHT_TITLE if tokens[right] in cues.word_set("title_after") else 0.0
    elif after in "sh" and right == end:
        shift += _LOOSE_CHARACTER / 2
    elif after in "qX":
        shift += _SUFFIX_AFTER
    elif after == "w":
        shift += _LISTED
    return shift


_SPEECH = frozenset("说称问答道")


def _addressed(tagged: Tagged, at: int, address: str) -> Iterator[NameEvidence]:
    """张女士, 李某, 马总: a person who is not named in full."""
    start = tagged.starts[at]
    raw = tagged.text[start : tagged.starts[at + 1] + len(address)]
    certain = name_model().surname[tagged.tokens[at]] - name_model().background(tagged.tokens[at])
    yield NameEvidence(start, raw, "person", 0.6 if certain > -3.5 and address != "总" else 0.4)


def _dotted(tagged: Tagged) -> Iterator[NameEvidence]:
    """波特·埃利斯曼: parts of transliteration characters around a middle dot."""
    text, starts = tagged.text, tagged.starts
    if not (dots := [match.start() for match in _DOT.finditer(text)]):
        return
    index = {start: i for i, start in enumerate(starts)}
    done = 0
    for dot in dots:
        if dot < done or dot not in index:
            continue
        at = index[dot]
        first, last = _reach(tagged, at, -1), _reach(tagged, at, +1)
        while last < len(tagged.tokens) and _DOT.match(text, starts[last]):
            further = _reach(tagged, last, +1)
            if further == last + 1:
                break
            last = further
        if first < at and last > at + 1:
            done = starts[last]
            if starts[last] - starts[first] > 4:
                yield NameEvidence(starts[first], text[starts[first] : done], "person", 0.93)


def _reach(tagged: Tagged, dot: int, step: int) -> int:
    """The bound of the part of a name before (-1) or after (+1) the dot at word `dot`."""
    chars = _foreign_chars()
    at, size = dot + step, 0
    while 0 <= at < len(tagged.tokens):
        token = tagged.tokens[at]
        size += len(token)
        common = len(token) > 1 and tagged.codes[at] in "vofVTDwAfXq"
        if size > _MAX_FOREIGN or common or not chars.issuperset(token):
            break
        at += step
    return at + 1 if step < 0 else at


@cache
def _foreign_chars() -> frozenset[str]:
    foreign = name_model().foreign
    return frozenset(char for char, log in foreign.items() if log > -7.6) - cues.word_set("particle")


def _transliterated(tagged: Tagged) -> Iterator[NameEvidence]:
    """奥巴马, 克雷扎: three or more characters that only transliteration puts side by side."""
    model, chars = name_model(), _foreign_chars()
    tokens, starts = tagged.tokens, tagged.starts
    for match in _FOREIGN.finditer(tagged.codes):
        first, last = match.span()
        while first < last and not chars.issuperset(tokens[first]):
            first += 1
        end = first
        while end < last and chars.issuperset(tokens[end]):
            end += 1
        size = starts[end] - starts[first]
        if not 3 <= size <= _MAX_FOREIGN:
            continue
        words = tuple(tokens[first:end])
        odds = model.transliteration("".join(words), words)
        if end - first == 1:
            odds = min(odds + 1.0, 1.5)
        yield from _evidence(tagged, first, end, min(odds, 3.0) - 1.0 + _context(tagged, first, end))
