"""Tagged text to places of transliterated names: 安德烈·科斯洛夫斯基, 奥巴马, by the characters that spell them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.name_context import Place, context_shift, endings
from corpus_db.analysis.namemodel import name_model
from corpus_db.analysis.tagging import Tagged

_FOREIGN = re.compile(r"[shRNP](?:[shRNP]{2,}|(?<=R)[shRNP]?|(?<=[shNP])R[shRNP]?|(?<=[NP])[shNP]|(?<=[sh])[NP])")
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
                yield first, last, 2.6


def _reach(tagged: Tagged, dot: int, step: int) -> int:
    """The bound of the part of a name before (-1) or after (+1) the dot at word `dot`."""
    chars = foreign_chars()
    at, size = dot + step, 0
    while 0 <= at < len(tagged.tokens):
        token = tagged.tokens[at]
        size += len(token)
        code = tagged.codes[at]
        if size > _MAX_FOREIGN or (len(token) > 1 and code in "vofVTDwAXqL,_/"):
            break
        if not chars.issuperset(token) and not (code == "R" or (step > 0 and code in "sh" and token not in endings())):
            break
        at += step
    return at + 1 if step < 0 else at


@cache
def foreign_chars() -> frozenset[str]:
    """Characters of transliterated names that are no function words."""
    foreign = name_model().foreign
    return frozenset(char for char, log in foreign.items() if log > -7.6) - cues.word_set("particle")


def transliterated(tagged: Tagged) -> Iterator[Place]:
    """奥巴马, 克雷扎: three or more characters that only transliteration puts side by side."""
    model, chars = name_model(), foreign_chars()
    tokens, starts, codes = tagged.tokens, tagged.starts, tagged.codes
    for match in _FOREIGN.finditer(codes):
        first, last = match.span()
        while first < last and not (codes[first] == "R" or chars.issuperset(tokens[first])):
            first += 1
        end = first
        while end < last and (codes[end] == "R" or chars.issuperset(tokens[end])):
            end += 1
        size = starts[end] - starts[first]
        if not 3 <= size <= _MAX_FOREIGN:
            continue
        words = tuple(tokens[first:end])
        odds = model.transliteration("".join(words), words)
        if end - first == 1:
            odds = min(odds + 1.0, 1.5)
        yield first, end, min(odds, 5.0) - 1.5 + context_shift(tagged, first, end)
