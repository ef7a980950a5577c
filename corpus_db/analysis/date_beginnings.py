"""Where a time expression may begin, by its first characters; `date_grammar` reads what stands there."""

from __future__ import annotations

import re
from functools import cache

from corpus_db.analysis.date_words import WEEK_DAY
from corpus_db.analysis.festivals import festivals
from corpus_db.analysis.numerals import DIGIT

ARABIC, _HAN = "0123456789", "一二三四五六七八九十"
HAN_FIRST = DIGIT + "十"

# First character → what must follow for an expression to be likely: alternatives, each of which begins with a character
# or a set of characters, for `pairs`.
_WORDS = {
    "今": "[年天日晚晨早]", "去": "年", "明": "[年天日晚早]", "昨": "[天日晚夜]", "后": "[年天半]", "大": "[前后年]",
    "前": f"[年天半二两三23]|[{ARABIC}{_HAN}]{{1,2}}个月", "次": "[年日月]", "翌": "[年日]", "隔": "年",
    "转": "年", "本": "[年月周世星]", "同": "[年日月]", "当": "[年天日月晚]", "这": "[周星礼]|一年|个[月星周礼]",
    "那": "一年|年",
    "上": "[半上年月周星礼世]|一年|个[月周星礼世]", "下": "[半月周星礼下]|个[月周星礼]", "周": WEEK_DAY,
    "星": "期", "礼": f"拜{WEEK_DAY}", "第": "[一二三四1234]季度|[一二三四1234][年天]", "年": "[初底末中三]", "岁": "末",
    "月": "[初底末]", "过": "去", "最": "近", "近": f"[{ARABIC}两{_HAN}半]", "未": "来", "接": "下来",
    "半": "[年个]", "Q": "[1234]", "正": "月", "腊": "月", "闰": f"[{ARABIC}{_HAN}]", "农": "历", "阴": "历",
    "民": "国", "公": "元", "'": f"[{ARABIC}][{ARABIC}]年", "’": f"[{ARABIC}][{ARABIC}]年",
}  # fmt: skip
_AFTER_NUMBER = r"[年月日号周天季点时世]|个[月半星季]|[多余][年天周个]"
# What may stand directly behind digits, and behind the first Han digit, by the two patterns below.
AFTER_ARABIC = "年月日号周天季点时世个多余:：./- ~至到—–"
_AFTER_HAN_DIGIT = DIGIT + "十百千、年月日号周天季点时世个多余~至到—-"
_ARABIC_REST = (
    rf"(?:[0-9]{{7}}(?![0-9])|[0-9]{{0,5}} ?(?:{_AFTER_NUMBER}|[:：./-]|[ ~至到—–][ ~—至到]?[0-9一二三四五六七八九十]))"
)
_HAN_REST = rf"[{DIGIT}十百千、]{{0,4}}(?:{_AFTER_NUMBER}|[~至到—-])"
_PLAN = "[一二三四五]五(?:规划|计划)?(?:期间|时期|[初末]|以来)"
MOST_DIGITS = 6  # of a number before one of these
COMPACT = 8  # digits of 20131204


@cache
def _rests() -> dict[str, str]:
    """First character → the pattern of what must follow it."""
    rests = {**dict.fromkeys(ARABIC, _ARABIC_REST), **dict.fromkeys(HAN_FIRST, _HAN_REST), **_WORDS}
    for name in festivals():
        first, rest = name[0], re.escape(name[1:])
        rests[first] = f"{rests[first]}|{rest}" if first in rests else rest
    rests["十"] += f"|{_PLAN}"
    quoted = "|".join(("[七八九十][一二三四五]?五", *map(re.escape, festivals())))
    return {**rests, **dict.fromkeys('“"', quoted)}


@cache
def words() -> str:
    """The first characters of expressions that begin with no number."""
    return "".join(char for char in _rests() if char not in ARABIC + HAN_FIRST)


def pattern(firsts: str) -> str:
    """The beginnings of expressions that begin with one of the characters `firsts`."""
    by_rest: dict[str, str] = {}
    for char in firsts:
        by_rest[_rests()[char]] = by_rest.get(_rests()[char], "") + char
    return "|".join(f"[{chars}](?:{rest})" for rest, chars in by_rest.items())


@cache
def pairs() -> dict[str, str]:
    """The first two characters of all expressions but those that begin with a digit: the first → any second.

    >>> pairs()["去"], "年" in pairs()["三"]
    ('年', True)
    """
    seconds = {char: "".join(map(_first, _rests()[char].split("|"))) for char in words()}
    for name in festivals():
        seconds[name[0]] = seconds.get(name[0], "") + name[1]
    return {**seconds, **{char: seconds.get(char, "") + _AFTER_HAN_DIGIT for char in HAN_FIRST}}


def _first(pattern: str) -> str:
    """The characters that a pattern may begin with: a set of them, or one."""
    return pattern[1 : pattern.index("]")] if pattern[0] == "[" else pattern[0]
