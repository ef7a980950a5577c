"""How a figure begins that begins with no digit; `figures` reads what stands there."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import qualifiers
from corpus_db.analysis.numerals import HAN
from corpus_db.analysis.quantities import CURRENCY_SIGNS, ONE_KINDS
from corpus_db.analysis.units import units

_ARABIC = "0123456789"
_POINT = "点[零一二两三四五六七八九十]"
_SHARE = "[百千万]?分之"
_CLAUSE_ENDS = "，。；！？、的"  # may follow a magnitude that is all there is: 身家过亿


class _Rule(NamedTuple):
    """What makes one of some characters the likely beginning of a figure."""

    first: str  # these characters
    second: str  # one of these behind it
    rest: str = ""  # and what stands behind the first matches this, if there is more to say


@cache
def _rules() -> tuple[_Rule, ...]:
    beginnings = "".join(units())
    alone = beginnings + _CLAUSE_ENDS
    one = sorted({unit.text for of in units().values() for unit in of if unit.kind in ONE_KINDS and unit.han == "yes"})
    one_counts = "|".join([f"[{HAN}半]", _POINT, _SHARE, *map(re.escape, one)])
    counts = f"[{HAN}{re.escape(beginnings)}多余来几]|{_POINT}|{_SHARE}"
    signs = (
        _Rule(sign[0], sign[1:2] or " " + _ARABIC, f"{re.escape(sign[1:])} ?[{_ARABIC}]") for sign in CURRENCY_SIGNS
    )
    return (
        _Rule("一", HAN + "半点分" + "".join(unit[0] for unit in one), one_counts),
        _Rule("二两三四五六七八九十", HAN + beginnings + "多余来几点分", counts),
        _Rule("百千", beginnings + "万亿余分"),
        _Rule("万", "亿分万"),
        _Rule("万亿", alone, f"(?<=[{''.join(sorted(qualifiers.last_characters()))}][万亿])[{re.escape(alone)}]"),
        _Rule("几数", "十百千万亿"),
        _Rule("半", "年个小"),
        _Rule("零", "点", _POINT),
        _Rule("零", "下", f"下[{_ARABIC}{HAN}]"),
        _Rule("翻", "了一两三四番倍" + _ARABIC),
        _Rule("负", _ARABIC + HAN),
        _Rule("壹贰叁肆伍陆柒捌玖", "拾佰仟万亿元"),
        _Rule("拾", "壹贰叁肆伍陆柒捌玖万亿元"),
        _Rule("-", _ARABIC, f"(?<![0-9A-Za-z]-)[{_ARABIC}]"),
        *signs,
    )


def after_digits() -> str:
    """The characters of which one stands behind digits that are a figure, or `before_digits` in front of them.

    They go on with the number, or with a range, or begin a unit.
    """
    return "".join(units()) + HAN + ".,，kKw多余来 -~—–至到（(/"


def before_digits() -> str:
    """The characters with which the words end that make a figure of a bare number."""
    return "".join(qualifiers.last_characters())


@cache
def pattern() -> re.Pattern[str]:
    """One character that a figure may begin with, by what stands around it."""
    return re.compile("|".join(f"[{rule.first}](?={rule.rest or f'[{re.escape(rule.second)}]'})" for rule in _rules()))


@cache
def pairs() -> dict[str, str]:
    """The first two characters: the first → any second, not all of which are enough.

    >>> "十" in pairs()["几"], pairs()["零"]
    (True, '点下')
    """
    found: dict[str, str] = {}
    for rule in _rules():
        for char in rule.first:
            found[char] = found.get(char, "") + rule.second
    return found
