"""Tagged text to places where a person's name may stand, each with the odds that it does.

Chinese full names by surname, characters and neighbours; transliterated names by characters; nicknames (老毕, 小西)
and forms of address (张女士, 王某) by pattern. A title is evidence for the name next to it and never part of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.namemodel import NameModel, name_model
from corpus_db.analysis.tagging import Tagged
from corpus_db.records import NameEvidence

_SURNAME = re.compile(r"s(?=[shfnzvoNRTVDPq])")
_FULL = re.compile(r"N")
_AFTER_TITLE = re.compile(r"(?<=[OzXPYA]T)([shoz]{1,3})(?=w)")
_NICKNAME = re.compile(r"(?<![shf])[shf]s(?![shf])")
_FOREIGN = re.compile(r"(?:[shR]{3,}|R[shR]*|[shR]+R)")
_DOT = re.compile(r"(?<=[\u4e00-\u9fff])[·∙﹒-](?=[\u4e00-\u9fff])")
_FLOOR = -3.5  # log odds below which a place is not worth keeping
_NONE, _CLOSE = -99.0, 2.0  # log odds: of no reading; by which a rival reading may win and the loser still be kept
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


class _Place(NamedTuple):
    """Words first … last as a name, with their log odds."""

    odds: float
    first: int
    last: int


def find(tagged: Tagged) -> Iterator[NameEvidence]:
    """Every place of a person's name. Of readings that overlap (张阔, 张阔任) the close runners-up are kept, weakly."""
    yield from _addressed(tagged)
    places = [
        place
        for place in (*_chinese(tagged), *_in_dictionary(tagged), *_dotted(tagged), *_transliterated(tagged), *_titled(tagged))
        if place.odds > _FLOOR
    ]
    places.sort(key=lambda place: (-place.odds, place.first))
    taken: dict[int, float] = {}
    for odds, first, last in places:
        rival = max((taken.get(at, _NONE) for at in range(first, last)), default=_NONE)
        if rival == _NONE:
            taken.update(dict.fromkeys(range(first, last), odds))
        elif rival - odds > _CLOSE:
            continue
        else:
            odds = min(odds, odds - rival - 0.5)
        yield from _evidence(tagged, first, last, odds)


def _evidence(tagged: Tagged, first: int, last: int, odds: float) -> Iterator[NameEvidence]:
    start, end = tagged.starts[first], tagged.starts[last]
    if tagged.folded[start:end] not in cues.word_set("not_person"):
        yield NameEvidence(start, tagged.text[start:end], "person", strength(odds))


def _chinese(tagged: Tagged) -> Iterator[_Place]:
    """Surname and one or two characters: 戴珊, 姚劲波, 范婷婷."""
    model = name_model()
    tokens, codes = tagged.tokens, tagged.codes
    last = len(tokens)
    for match in _SURNAME.finditer(codes):
        at = match.start()
        surname, given = tokens[at], tokens[at + 1]
        if len(given) > 2 or given[0] < "\u3400":
            continue
        # Only the likely ones pay for a look at their neighbours.
        if len(given) == 1 and at + 2 < last and len(tokens[at + 2]) == 1 and codes[at + 2] in "shf":
            longer = _odds(model, surname, given, tokens[at + 2]) - _ending(tokens[at + 2])
            if longer > _FLOOR - 3:
                yield _Place(longer + _context(tagged, at, at + 3), at, at + 3)
        odds = _odds(model, surname, given) - _ending(given)
        if odds > _FLOOR - 3 and not (len(given) == 2 and codes[at + 1] in "TVXqP"):
            yield _Place(odds + _context(tagged, at, at + 2), at, at + 2)


def _odds(model: NameModel, surname: str, *given: str) -> float:
    return model.chinese(surname, "".join(given), (surname, *given))


def _ending(given: str) -> float:
    if given[-1] in cues.word_set("name_never_ends"):
        return 5.0
    return 2.5 if given[-1] in cues.word_set("after_name") else 0.0


def _in_dictionary(tagged: Tagged) -> Iterator[_Place]:
    """Words that the dictionary has as personal names, and those with one more character: 王建 + 勋."""
    model = name_model()
    tokens, codes = tagged.tokens, tagged.codes
    address = cues.word_set("address")
    for match in _FULL.finditer(codes):
        at = match.start()
        name = tokens[at]
        if name[1:] in address:
            continue
        if len(name) == 2:
            # The dictionary's count of a name includes its use as a name.
            odds = min(model.chinese(name[0], name[1], (name,)) + 3.0, 2.0)
        else:
            odds = 1.2
        yield _Place(odds - _ending(name) + _context(tagged, at, at + 1), at, at + 1)
        if len(name) == 2 and at + 1 < len(tokens) and codes[at + 1] in "sh":
            odds = model.chinese(name[0], name[1] + tokens[at + 1], (name, tokens[at + 1])) - _ending(tokens[at + 1])
            yield _Place(odds + _context(tagged, at, at + 2), at, at + 2)


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


def _titled(tagged: Tagged) -> Iterator[_Place]:
    """淘宝网总裁语嫣，: two or three characters that stand alone after an organisation's title are a nickname."""
    model = name_model()
    for match in _AFTER_TITLE.finditer(tagged.codes):
        first, last = match.span(1)
        words = tagged.tokens[first:last]
        size = tagged.starts[last] - tagged.starts[first]
        if 2 <= size <= 3 and model.background(*words) < -10 and cues.word_set("particle").isdisjoint(words[-1:]):
            yield _Place(0.6, first, last)


def _addressed(tagged: Tagged) -> Iterator[NameEvidence]:
    """张女士, 李某, 马总, 老毕: a person who is not named in full."""
    model, address, particles = name_model(), cues.word_set("address"), cues.word_set("particle")
    tokens, starts = tagged.tokens, tagged.starts
    for match in _FULL.finditer(tagged.codes):
        name = tokens[match.start()]
        if name[1:] in address:
            start = starts[match.start()]
            yield NameEvidence(start, tagged.text[start : start + len(name)], "person", 0.6)
    for match in _SURNAME.finditer(tagged.codes):
        at = match.start()
        called = tokens[at + 1]
        if called[0] == "总" and (len(called) == 1 or (len(called) == 2 and called[1] in particles)):
            called = "总"
        elif called not in address:
            continue
        elif called == "某" and tagged.folded.startswith("某", starts[at] + 2):
            called = "某某"
        certain = model.surname[tokens[at]] - model.background(tokens[at]) > -3.5 and called != "总"
        raw = tagged.text[starts[at] : starts[at] + 1 + len(called)]
        yield NameEvidence(starts[at], raw, "person", 0.6 if certain else 0.4)
    for match in _NICKNAME.finditer(tagged.codes):
        at = match.start()
        if tokens[at] in "老小阿" and tokens[at + 1] not in particles:
            raw = tagged.text[starts[at] : starts[at + 2]]
            yield NameEvidence(starts[at], raw, "person", 0.55 if _context(tagged, at, at + 2) > 0 else 0.45)


def _dotted(tagged: Tagged) -> Iterator[_Place]:
    """波特·埃利斯曼: parts of transliteration characters around a middle dot."""
    starts = tagged.starts
    if not (dots := [match.start() for match in _DOT.finditer(tagged.folded)]):
        return
    index = {start: i for i, start in enumerate(starts)}
    done = 0
    for dot in dots:
        if dot < done or dot not in index:
            continue
        at = index[dot]
        first, last = _reach(tagged, at, -1), _reach(tagged, at, +1)
        while last < len(tagged.tokens) and _DOT.match(tagged.folded, starts[last]):
            further = _reach(tagged, last, +1)
            if further == last + 1:
                break
            last = further
        if first < at and last > at + 1:
            done = starts[last]
            if starts[last] - starts[first] > 4:
                yield _Place(2.6, first, last)


def _reach(tagged: Tagged, dot: int, step: int) -> int:
    """The bound of the part of a name before (-1) or after (+1) the dot at word `dot`."""
    chars = foreign_chars()
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
def foreign_chars() -> frozenset[str]:
    """Characters of transliterated names that are no function words."""
    foreign = name_model().foreign
    return frozenset(char for char, log in foreign.items() if log > -7.6) - cues.word_set("particle")


def _transliterated(tagged: Tagged) -> Iterator[_Place]:
    """奥巴马, 克雷扎: three or more characters that only transliteration puts side by side."""
    model, chars = name_model(), foreign_chars()
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
        yield _Place(min(odds, 3.0) - 1.5 + _context(tagged, first, end), first, end)
