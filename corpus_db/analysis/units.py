"""The unit behind a number, from data/units.tsv, and whether it is one there: 3件 is, 3件事 too, 13人民 is not."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters, digits
from typing import NamedTuple, cast

from corpus_db.analysis.numerals import HAN
from corpus_db.analysis.remembered import Remembered
from corpus_db.data import rows
from corpus_db.records import FigureKind
from corpus_db.text.segment import dictionary


class Unit(NamedTuple):
    """A unit as written; columns as in data/units.tsv, but that letters and digits do not follow a letter."""

    text: str
    kind: FigureKind
    name: str
    factor: float
    currency: str | None
    han: str
    not_before: str
    plain: bool  # behind digits it is all that is to be known: no `DOUBTS`, no rank, no other factor


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    """Units by first character, the longest first."""
    by_char: dict[str, list[Unit]] = {}
    for row in rows("units.tsv"):
        kind = cast(FigureKind, row["kind"])
        text, factor = row["unit"], float(row["factor"] or 1)
        plain = (
            factor == 1 and text not in DOUBTS and text not in _RANKS and text != "块" and not {"多", "半"} & set(text)
        )
        not_before = row["not_before"] + (ascii_letters + digits if text[-1] in ascii_letters else "")
        columns = text, kind, row["name"], factor, row["currency"] or None, row["han"], not_before
        by_char.setdefault(text[0], []).append(Unit(*columns, plain))
    return {char: tuple(sorted(group, key=lambda u: -len(u.text))) for char, group in by_char.items()}


def _may_begin(pair: str) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The longer units that begin with two characters, and those of one character that may stand before the second."""
    group, follows = units().get(pair[:1]), pair[1:]
    if group is None or pair == "个亿":
        return (), ()
    return (
        tuple(unit for unit in group if len(unit.text) > 1 and unit.text[:2] == pair),
        tuple(unit for unit in group if len(unit.text) == 1 and not (follows and follows in unit.not_before)),
    )


_by_pair = Remembered(_may_begin, most=1 << 14)


MINUTES = Unit("分", "duration", "分钟", 1.0, None, "yes", "", True)  # 分 alone is a point, before seconds a minute
SECONDS = re.compile(r"分(?:\d{1,2}(?:\.\d{1,3})?|[一二三四五六七八九十]{1,3})秒")


def unit_at(text: str, position: int, raw: str) -> Unit | None:
    """The unit at `position`, behind the numeral `raw`; None where none stands there, or another word does.

    A space may part digits from their unit (500 公里); it is then part of the unit's text.
    """
    pair = text[position : position + 2]
    longer, alone = _by_pair[pair]
    for unit in longer:
        end = position + len(unit.text)
        begins_word = text[end : end + 1] and text[end] in unit.not_before
        if text.startswith(unit.text, position) and not begins_word and (unit.han == "yes" or _may_follow(unit, raw)):
            return unit
    for unit in alone:
        if unit.han == "yes" or _may_follow(unit, raw):
            return unit
    if pair[:1] == " " and pair != "  " and raw[-1].isascii():
        spaced = unit_at(text, position + 1, raw)
        return spaced and spaced._replace(text=" " + spaced.text)
    return None


def _may_follow(unit: Unit, raw: str) -> bool:
    """Whether a unit of the classes `no` and `after` (data/units.tsv) may stand behind the numeral."""
    if unit.han == "after":
        return raw[-1] in "万亿余多"
    return len(raw) > 1 or raw[0].isascii()


_POINTS_BEFORE = re.compile(r"(?:以上|以下|如下|这|有|了|出|第)\Z")


def _is_points(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """点 counts what was listed (以上2点) or an index (3000点, 12.5点); else it is the hour."""
    return value >= 25 or value % 1 > 0 or bool(_POINTS_BEFORE.search(text, max(0, start - 2), start))


def _is_kinds(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """大 counts a few kinds of things that follow: 三大战略, 十大品牌; not 三百大, nor what is as big as."""
    return 2 <= value <= 20 and "\u4e00" <= text[end : end + 1] <= "\u9fff"


def _is_discount(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """折 is a price in tenths, or in hundredths where two digits say it: 八折, 85折; 十折 is none."""
    return 0 < value < 10 or 10 < value < 100


def _is_grade(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """级 measures earthquakes and winds; 2006级 is a year of students."""
    return value <= 20


def _is_weeks(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """四周 is all around, but before what takes a length of time."""
    return raw != "四" or text.startswith(("的时间", "时间", "内", "之内", "后", "左右"), end)


DOUBTS = {"点": _is_points, "大": _is_kinds, "折": _is_discount, "级": _is_grade, "周": _is_weeks}
_RANKS = frozenset(("名", "位", "强", "大", "家", "席"))


def is_rank(text: str, start: int, unit: Unit) -> bool:
    """前十名 and 前三强 are places in an order."""
    return unit.text in _RANKS and text[start - 1 : start] == "前"


def is_name(text: str, start: int, end: int) -> bool:
    """A Han number with its measure word alone between quotation marks is a name: “两双”."""
    before = text[start - 1 : start]
    return before in ("《", "〈") or (before in ("“", '"', "「") and text[end : end + 1] in ("”", '"', "》", "」"))


def is_place(text: str, start: int, end: int) -> bool:
    """A place of the dictionary begins with the number and its measure word: 七台河, 五家渠, 三门峡."""
    if text[start : start + 2] not in _place_beginnings():
        return False
    parts = dictionary()
    names = (text[start : end + 1], text[start : end + 2])
    return any(parts.get(name) == "ns" or name + "市" in parts for name in names)


@cache
def _place_beginnings() -> frozenset[str]:
    """The first two characters of the places that begin with a number, and have a third."""
    return frozenset(
        word[:2] for word, part in dictionary().items() if part == "ns" and len(word) > 2 and word[0] in HAN
    )


def is_price(text: str, end: int, raw: str) -> bool:
    """块 is money behind a magnitude or at the end of a clause (6万块一年, 花了50块。), else a piece (两块大陆)."""
    return raw[-1] in "万千百" or text[end : end + 1] in "，。、；！？,;!?）)”/"
