"""Tagged text → places of transliterated names: 安德烈·科斯洛夫斯基, 奥巴马, by the characters that spell them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import numpy as np

from corpus_db.analysis import cues
from corpus_db.analysis.name_context import Place, context_shift, endings
from corpus_db.analysis.namemodel import name_model
from corpus_db.analysis.tagging import FOREIGN, MAY_BE_FOREIGN, Tagged

# Of each class: 2 a name of this kind by the dictionary, 1 what a part of one may be, 0 another.
_PART = np.zeros(128, np.uint8)
_PART[list(MAY_BE_FOREIGN.encode())] = 1
_PART[ord("R")] = 2
# What a word is in a foreign name, by its class and marks: none (.), a part that is not spelt so (x), a character that
# is (y), a longer word that is (Y).
_SPELLING = np.frombuffer(b"....xyxYyyYY", np.uint8).reshape(3, 4)
_LIKELY = [re.compile("yyy"), re.compile("Y")]  # three characters at least
_TITLED = 1.5  # log odds that only a title or a verb of saying beside a name adds
_DOTTED = 3.6  # log odds of a name with a dot
_AFTER_PARTICLE = "VvwD,_/"  # 埃比坦言, not 阿什顿比抖森小
_DOTS = "·∙﹒-"
_DOT = [re.compile(rf"{dot}(?=[\u4e00-\u9fff])") for dot in _DOTS]  # of one character, a pattern is found far sooner
_MAX_FOREIGN = 8  # characters of one part of a transliterated name


def dotted(tagged: Tagged) -> Iterator[Place]:
    """安德烈·科斯洛夫斯基: parts of transliteration characters around a middle dot."""
    starts, folded = tagged.starts, tagged.folded
    dots = {match.start() for dot in _DOT for match in dot.finditer(folded)}
    done = 0
    for dot in sorted(dots):
        at = bisect_left(starts, dot)
        if dot < done or starts[at] != dot:
            continue
        first, last = _reach(tagged, at, -1), _reach(tagged, at, +1)
        while starts[last] in dots:
            further = _reach(tagged, last, +1)
            if further == last + 1:
                break
            last = further
        if first < at and last > at + 1:
            done = starts[last]
            if starts[last] - starts[first] > 4:
                # A title or a verb beside it speaks for a part of it, too, which it must not lose to.
                beside = context_shift(tagged, first, last)
                yield first, last, _DOTTED + (beside if beside > _TITLED else 0.0)


def _reach(tagged: Tagged, dot: int, step: int) -> int:
    """The bound of the part of a name before (-1) or after (+1) the dot at word `dot`."""
    chars, particles, tokens = foreign_chars(), cues.word_set("particle"), tagged.tokens
    at, size = dot + step, 0
    while 0 <= at < len(tokens):
        token = tokens[at]
        size += len(token)
        code, beside = tagged.codes[at], at == dot + step
        if size > _MAX_FOREIGN or (len(token) > 1 and code in "vofVTDwAXq,_/") or (code == "L" and beside):
            break
        spelt = chars.issuperset(token)
        if not spelt and not (code == "R" or (step > 0 and code in "sh" and token not in endings())):
            break
        if step > 0 and not beside and token in particles and tagged.codes[at + 1] not in _AFTER_PARTICLE:
            break
        at += step
    return at + 1 if step < 0 else at


@cache
def foreign_chars() -> frozenset[str]:
    """Characters of transliterated names that are no function words, or are seldom these there (内马尔, 索比亚宁)."""
    foreign, particles = name_model().foreign, cues.word_set("particle")
    likely = frozenset(char for char, log in foreign.items() if log > (-6.2 if char in particles else -7.6))
    return likely - cues.word_set("never_transliterates")


def transliterated(tagged: Tagged) -> Iterator[Place]:
    """奥巴马, 克雷扎: three or more characters that only transliteration puts side by side."""
    model = name_model()
    tokens, starts, codes = tagged.tokens, tagged.starts, tagged.codes
    spelling = _spelling(tagged)
    done = 0
    for at in sorted([match.start() for likely in _LIKELY for match in likely.finditer(spelling)]):
        if at < done:
            continue
        begin, done = spelling.rfind(".", 0, at) + 1, spelling.find(".", at)
        if codes[begin:done] in _TOO_FEW:
            continue
        first = begin
        while spelling[first] == "x":
            first += 1
        last = first + 1
        while spelling[last] in "yY":
            last += 1
        if not 3 <= starts[last] - starts[first] <= _MAX_FOREIGN:
            continue
        words = tuple(tokens[first:last])
        odds = model.transliteration("".join(words), words)
        if last - first == 1:
            odds = min(odds + 1.0, 1.5)
        if odds < _IN_DICTIONARY and _is_in_dictionary(tagged, first, last):
            odds = _IN_DICTIONARY
        yield first, last, min(odds, 5.0) - 1.5 + context_shift(tagged, first, last)


_IN_DICTIONARY = (
    1.2  # log odds of a word that the dictionary has as a transliterated name, or of a name that it is part of
)


def _is_in_dictionary(tagged: Tagged, first: int, last: int) -> bool:
    """Whether words first … last are or hold a name of the dictionary (泽 + 连斯基), and are no part of a dotted one."""
    tokens, codes = tagged.tokens, tagged.codes
    if tokens[first - 1] in _DOTS or tokens[last] in _DOTS:
        return False
    if last - first == 1:
        return codes[first] == "R"
    return any(codes[at] in "NR" and len(tokens[at]) > 2 for at in range(first, last))


_TOO_FEW = frozenset(["s", "h", "N", "P", "ss", "sh", "hs", "hh"])


def _spelling(tagged: Tagged) -> str:
    """The words as letters of `_SPELLING`."""
    part = _PART[np.frombuffer(tagged.codes.encode("ascii"), np.uint8)]
    spelt = tagged.marks // FOREIGN & 3  # FOREIGN, LONG
    spelling: str = _SPELLING[part, spelt].tobytes().decode("ascii")
    return spelling
