"""Tagged text → places where a person's name may stand, each with the odds that it does.

Chinese full names by surname, characters and neighbours; transliterated names by characters; nicknames (老葛, 小西)
and forms of address (张女士, 王某) by pattern. A title is evidence for the name next to it and never part of it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.foreign_names import dotted, foreign_chars, transliterated
from corpus_db.analysis.name_context import Place, context_shift, ending_penalty, endings
from corpus_db.analysis.namemodel import Scores, name_model, scores
from corpus_db.analysis.tagging import Tagged
from corpus_db.records import Heard

_SURNAME = re.compile(r"s(?=[shfnzvoNRTVDPq])")
_SURNAMES = "s" * 9  # so many side by side are a list of surnames, and no names
_LIST_OF_SURNAMES = re.compile(f"{_SURNAMES}s*")
_FULL = re.compile(r"N")
# Patterns begin with a letter, not with what precedes it: the `re` module then skips to the next such letter.
_AFTER_TITLE = re.compile(r"T(?<=[OzXPYA]T)([shoz]{1,3})(?=[w,_])")
_NICKNAME = re.compile(r"s(?<=[shf]s)(?<![shf][shf]s)(?![shf])")
_FLOOR = -2.2  # log odds below which a place is not worth keeping
_CLOSE = 2.0  # log odds by which a reading may lose and still be kept
_WITHHELD = "某"  # 李某云: what follows 某 is part of a name where no further word follows it
_PART_OF_ALL = 3
_AGAIN = 3  # times that a character follows a name, and nothing else does, to be part of it
_SAID = frozenset("说称问答道谈讲表认指等和与对的在任某氏摄撰")  # that follow many a name each time it stands in a text
_ENDS_NAME = frozenset("w,_/VT")
_LOOSE = 3.5  # log odds
_CUT = 1.0  # log odds: single characters that the cut leaves stand side by side more often than chance has it
_COMMON = -11.0  # log P of a word from which it is rather part of a compound: 安全 + 观, 高 + 水平
_MOST_SHIFT = 4.0  # the most that neighbours can add

# The log odds from which on a probability is so many hundredths, 1 … 100, rounded.
_HUNDREDTHS = [math.log((2 * n - 1) / (201 - 2 * n)) for n in range(1, 101)]

# Bears a name, but nobody's.
_STORMS = [re.compile(rf"{storm}[“”\"‘’「」]?[\u4e00-\u9fff]{{2,4}}") for storm in ("台风", "飓风", "热带风暴")]


def strength(log_odds: float) -> float:
    """Log odds to a probability, to two places.

    >>> strength(0.0), strength(30.0)
    (0.5, 1.0)
    """
    return bisect_right(_HUNDREDTHS, log_odds) / 100


def find(tagged: Tagged) -> Iterator[Heard]:
    """Every place of a person's name. Of readings that overlap (彭阔, 彭阔任) the close runners-up are kept, weakly."""
    codes = tagged.codes
    if _SURNAMES in codes:
        codes = _LIST_OF_SURNAMES.sub(lambda run: "w" * len(run[0]), codes)
    surnames = [match.start() for match in _SURNAME.finditer(codes)]
    yield from _addressed(tagged, surnames)
    places = [
        place
        for place in (
            *_chinese(tagged, surnames),
            *_in_dictionary(tagged),
            *dotted(tagged),
            *transliterated(tagged),
            *_titled(tagged),
        )
        if place[2] > _FLOOR
    ]
    text, folded, starts, no_people = tagged.text, tagged.folded, tagged.starts, _not_people()
    storms = sorted([match.span() for storm in _STORMS for match in storm.finditer(folded)])
    for first, last, odds in _readings(places):
        start, end = starts[first], starts[last]
        if folded[start:end] not in no_people and not (storms and _overlaps(storms, start)):
            yield start, text[start:end], "person", strength(odds)


def _overlaps(spans: Sequence[tuple[int, int]], start: int) -> bool:
    at = bisect_right(spans, (start, math.inf)) - 1
    return at >= 0 and start < spans[at][1]


def _readings(places: list[Place]) -> Iterator[Place]:
    """The best of the readings that overlap, and those that lose to it by little, with odds that say so."""
    places.sort(key=_FIRST)
    rivals: list[Place] = []
    end = 0
    for place in places:
        first, last, _ = place
        if first >= end:
            yield from rivals if len(rivals) < 2 else _settled(rivals)
            rivals = []
        rivals.append(place)
        if last > end:
            end = last
    yield from rivals if len(rivals) < 2 else _settled(rivals)


_FIRST = itemgetter(0)


def _settled(rivals: list[Place]) -> Iterator[Place]:
    rivals.sort(key=lambda place: (-place[2], place[0]))
    if len(rivals) == 2:
        (_, _, best), (first, last, odds) = rivals
        yield rivals[0]
        if best - odds < _CLOSE:
            yield first, last, odds - best - 0.5
        return
    taken: dict[int, float] = {}  # word → odds of the reading that holds it
    for first, last, odds in rivals:
        words = range(first, last)
        best = max([taken.get(word, _FLOOR) for word in words])
        if best == _FLOOR:
            taken.update(dict.fromkeys(words, odds))
            yield first, last, odds
        elif best - odds < _CLOSE:
            yield first, last, odds - best - 0.5


@cache
def _not_people() -> frozenset[str]:
    return cues.word_set("not_person")


def _chinese(tagged: Tagged, surnames_at: Sequence[int]) -> Iterator[Place]:
    """Surname and one or two characters: 余涛, 韦思远, 罗婷婷. See `NameModel.chinese` for the odds, inlined here."""
    surnames, pairs, onlies, firsts, seconds = _scores()
    tokens, codes, penalties = tagged.tokens, tagged.codes, endings()
    least = _FLOOR - _MOST_SHIFT
    for at in surnames_at:
        given = tokens[at + 1]
        if len(given) > 2 or given[0] < "\u3400":
            continue
        # Only the likely ones pay for a look at their neighbours.
        base = surnames[tokens[at]]
        if len(given) == 2:
            if codes[at + 1] not in "TVXUqPL" and (odds := base + pairs[given]) > least:
                yield at, at + 2, odds - penalties.get(given[1], 0.0) + context_shift(tagged, at, at + 2)
            continue
        odds, second = base + onlies[given] - _CUT, tokens[at + 2]
        if odds > least:
            name = odds - penalties.get(given, 0.0) + context_shift(tagged, at, at + 2)
            doubtful = second in penalties and second != given and second not in _SAID
            if doubtful and _always_follows(tagged, at):
                if second not in cues.word_set("name_never_ends"):  # 沈侗 + 曾, not 韩垛 + 镇
                    yield at, at + 3, name + context_shift(tagged, at, at + 3)
                continue
            yield at, at + 2, name
        if codes[at + 2] in "shf" and len(second) == 1:
            odds = base + firsts[given] + seconds[second] - _CUT
            if given == _WITHHELD:
                odds -= 0.0 if codes[at + 3] in _ENDS_NAME or _is_repeated(tagged, at) else _LOOSE
            elif codes[at + 3] in "sh" and foreign_chars().issuperset("".join(tokens[at : at + 4])):  # 施蒂利 + 克
                odds -= _LOOSE
            if odds > least:
                yield at, at + 3, odds - penalties.get(second, 0.0) + context_shift(tagged, at, at + 3)


def _always_follows(tagged: Tagged, at: int) -> bool:
    """Whether what two words from `at` on make comes again and again in its text, and always before the same character."""
    start, end = tagged.starts[at], tagged.starts[at + 2]
    of_text = tagged.bounds[bisect_right(tagged.bounds, (start, math.inf)) - 1]
    times = tagged.text.count(tagged.text[start:end], *of_text)
    return times >= _AGAIN and times == tagged.text.count(tagged.text[start : end + 1], *of_text)


def _is_repeated(tagged: Tagged, at: int) -> bool:
    """Whether 李某云, three words from `at` on, comes again in its text, and is a good part of what begins with 李某."""
    start, end = tagged.starts[at], tagged.starts[at + 3]
    of_text = tagged.bounds[bisect_right(tagged.bounds, (start, math.inf)) - 1]
    times = tagged.text.count(tagged.text[start:end], *of_text)
    return times > 1 and times * _PART_OF_ALL >= tagged.text.count(tagged.text[start : end - 1], *of_text)


class _Scores(NamedTuple):
    """The terms of `NameModel.chinese`, each less what its words weigh in running text; reckoned once a word."""

    surname: Scores
    pair: Scores  # a given name of two characters that are one word
    only: Scores  # of one character
    first: Scores  # of two characters that are two words
    second: Scores


@cache
def _scores() -> _Scores:
    model = name_model()
    word = model.word
    return _Scores(
        scores(lambda surname: model.surname.get(surname, -12.0) - word[surname]),
        scores(lambda given: model.first.get(given[0], -9.5) + model.second.get(given[1], -9.5) - word[given]),
        scores(lambda given: model.only.get(given, -9.5) - word[given]),
        scores(lambda given: model.first.get(given, -9.5) - word[given]),
        scores(lambda given: model.second.get(given, -9.5) - word[given]),
    )


def _in_dictionary(tagged: Tagged) -> Iterator[Place]:
    """Words that the dictionary has as personal names, and those with one more character: 李建 + 树."""
    model, odds_of, penalties = name_model(), _odds_in_dictionary(), endings()
    tokens, codes = tagged.tokens, tagged.codes
    for match in _FULL.finditer(codes):
        at = match.start()
        name, after = tokens[at], tokens[at + 1]
        odds = odds_of[name]
        if odds == -math.inf:
            continue
        if codes[at - 1] == "h" and len(name) > 2 and foreign_chars().issuperset(tokens[at - 1] + name):
            odds -= _LOOSE  # 泽 + 连斯基
        yield at, at + 1, odds + context_shift(tagged, at, at + 1)
        if len(name) == 2 and codes[at + 1] in "sh":
            odds = model.chinese(name[0], name[1] + after, (name, after)) - penalties.get(after, 0.0)
            yield at, at + 2, odds + context_shift(tagged, at, at + 2)


@cache
def _odds_in_dictionary() -> Scores:
    """Of names of the dictionary, whatever stands beside them; those that are forms of address (王某) are none."""
    model, address = name_model(), cues.word_set("address")

    def odds(name: str) -> float:
        if name[1:] in address:
            return -math.inf
        if len(name) == 2:
            # The dictionary's count of a name includes its use as a name.
            return min(model.chinese(name[0], name[1], (name,)) + 3.0, 2.0) - ending_penalty(name)
        compound = model.background(name[:2]) >= _COMMON or model.background(name[1:]) >= _COMMON
        return (-1.5 if compound else 1.2) - ending_penalty(name)

    return scores(odds)


def _titled(tagged: Tagged) -> Iterator[Place]:
    """淘宝网总裁青黛，: two or three characters that stand alone after an organisation's title are a nickname."""
    model = name_model()
    for match in _AFTER_TITLE.finditer(tagged.codes):
        first, last = match.span(1)
        words = tagged.tokens[first:last]
        size = tagged.starts[last] - tagged.starts[first]
        if 2 <= size <= 3 and model.background(*words) < -10 and cues.word_set("particle").isdisjoint(words[-1:]):
            yield first, last, 0.6


def _addressed(tagged: Tagged, surnames_at: Sequence[int]) -> Iterator[Heard]:
    """张女士, 李某, 马总, 老葛: a person who is not named in full."""
    address = _called()
    tokens, codes, starts = tagged.tokens, tagged.codes, tagged.starts
    for at in [match.start() for match in _FULL.finditer(codes) if tokens[match.start()][1:] in address]:
        yield starts[at], tagged.text[starts[at] : starts[at + 1]], "person", 0.6
    particles, markers = cues.word_set("particle"), cues.word_set("object_marker")
    for at in [at for at in surnames_at if tokens[at + 1] in address]:
        if tokens[at] in markers:  # 向医生: to the doctor
            continue
        called = address[tokens[at + 1]]
        if called == "某" and tagged.folded.startswith("某", starts[at + 2]):
            called = "某某"
        certain = _scores().surname[tokens[at]] > -3.5 and called != "总"
        raw = tagged.text[starts[at] : starts[at + 1] + len(called)]
        yield starts[at], raw, "person", 0.6 if certain else 0.4
    for match in _NICKNAME.finditer(tagged.codes):
        at = match.start() - 1
        if tokens[at] in "老小阿" and tokens[at + 1] not in particles:
            raw = tagged.text[starts[at] : starts[at + 2]]
            yield starts[at], raw, "person", 0.55 if context_shift(tagged, at, at + 2) > 0 else 0.45


@cache
def _called() -> dict[str, str]:
    """Word after a surname → the form of address in it. 总 also begins words that the cut prefers (马 + 总和)."""
    return {f"总{char}": "总" for char in cues.words("particle")} | {word: word for word in cues.words("address")}
