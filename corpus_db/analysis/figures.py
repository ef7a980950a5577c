"""Numbers with a meaning: what an article counts, measures and pays, with value, unit and qualifier.

A number is a figure if a unit or measure word of data/units.tsv follows it, or if it is large or qualified enough to be
nothing else (近百万, 1200多). What looks alike and is none is left out by what stands around it: ordinals (第三名),
codes (iPhone 5, XI66781), phone numbers, dates and clock times, and 一 before a measure word, which is an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_db.analysis import counted, date_grammar, figure_beginnings, implied_units, places, qualifiers
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.numerals import HAN, NUMERAL, Amount, parse
from corpus_db.analysis.places import Places
from corpus_db.analysis.quantities import SEPARATOR, Quantity, Reading, read
from corpus_db.data import rows
from corpus_db.records import Figure

_SHARE = re.compile(
    rf"(?P<minus>负)?(?P<of>一?[百千万]{{1,3}}|[{HAN}\d]{{1,6}})分之负?(?P<first>{NUMERAL})(?:{SEPARATOR}(?P<last>{NUMERAL}))?"
)
_FRACTION = re.compile(
    r"(?<![\d第（(/.:])(?P<part>\d{1,2})/(?P<of>\d{1,2})(?![\d/.决A-Za-z])"
    r"(?:(?<=[的近约超过达到占足][1-9]/\d)|(?<=[的近约超过达到占足][1-9]/\d\d)|(?=的|以上|左右|以下))"
)
_DOUBLED = re.compile(r"翻(?:了)?(?:近|约|超)?(?:(?P<times>\d{1,2}|[一两三四五六])?番|倍(?!增))")
_HALF = re.compile("一半|半个?(?P<unit>年|月|小时|钟头|世纪|学期|多月)")
_HALVED = {"年": "年", "月": "个月", "多月": "个月", "小时": "小时", "钟头": "小时", "世纪": "个世纪", "学期": "个学期"}
_NOT_HALF = frozenset("另前后有")
_IDIOM_LIMIT = 7
_SHARE_LIMIT = 8


@cache
def _idioms() -> frozenset[str]:
    return frozenset(row["phrase"] for row in rows("idioms.tsv"))


@cache
def _idiom_beginnings() -> frozenset[str]:
    return frozenset(phrase[:2] for phrase in _idioms())


def find(text: str, dated: Sequence[Expression] | None = None) -> list[Figure]:
    """The figures of an article's body, in order, not overlapping.

    `dated` are the text's time expressions (`dates.expressions`), where they have been read already: what belongs to
    one of them is no figure.

    >>> [(f.raw, f.value, f.value_max, f.unit, f.kind) for f in find("交易额达41.9亿元，增长3~5倍")]
    [('41.9亿元', 4190000000.0, None, '元', 'money'), ('3~5倍', 3.0, 5.0, '倍', 'multiple')]
    """
    begins = places.of(text)
    return find_at(begins, date_grammar.find_at(begins) if dated is None else dated)


def find_at(begins: Places, dated: Sequence[Expression]) -> list[Figure]:
    """`find`, given the places of a text and its time expressions."""
    original, text, starts, _ = begins
    found: list[Figure] = []
    done = 0
    taken = iter(dated)
    span = next(taken, None)
    may_begin = figure_beginnings.pattern().match
    for start in starts:
        if start < done:
            continue
        while span is not None and span.end <= start:
            span = next(taken, None)
        if span is not None and span.start <= start:
            done = span.end
            continue
        if text[start] not in "0123456789" and not may_begin(text, start):
            continue
        reading = _read(text, start, len(text) if span is None else span.start)
        if reading is None:
            continue
        done, quantity = reading
        if quantity is not None:
            figure = _figure(text, start, done, quantity)
            found.append(figure if text is original else figure._replace(raw=original[start:done]))
    return implied_units.added(text, found)


def _read(text: str, start: int, limit: int) -> Reading | None:
    """What stands at `start`, where a figure may begin; None: nothing."""
    if start and text[start - 1] == "第":
        number = read(text, start, limit)
        return (number[0], None) if number else None
    char = text[start]
    if not char.isascii():
        if length := _idiom(text, start):
            return start + length, None
        form = _FORMS.get(char)
        if form and (found := form(text, start)):
            return found
    elif text[start + 1 : start + 2] == "/" and (fraction := _fraction(text, start)):
        return fraction
    if "分之" in text[start : start + _SHARE_LIMIT] and (share := _share(text, start)):
        return share
    return read(text, start, limit)


def _idiom(text: str, start: int) -> int:
    """Length of what is left from `start` on of the set phrase that begins there or two characters before, or 0."""
    idioms = _idioms()
    if text[max(0, start - 2) : start + 2] in idioms:
        return 2
    if text[start : start + 2] not in _idiom_beginnings():
        return 0
    for length in range(_IDIOM_LIMIT, 1, -1):
        if text[start : start + length] in idioms:
            return length
    return 0


def _doubled(text: str, start: int) -> Reading | None:
    """翻番, 翻了两番, 翻倍: 2, 4, 2 times."""
    match = _DOUBLED.match(text, start)
    if match is None:
        return None
    times = parse(match["times"]) if match["times"] else None
    return match.end(), (Amount(2.0 ** (times.low if times else 1)), "multiple", "倍", None)


def _half(text: str, start: int) -> Reading | None:
    """一半 of a whole is 50 %, 半年 half a year."""
    match = _HALF.match(text, start)
    if match is None:
        return None
    if match["unit"]:
        return match.end(), (Amount(0.5), "duration", _HALVED[match["unit"]], None)
    return None if text[start - 1 : start] in _NOT_HALF else (match.end(), (Amount(50.0), "percent", "%", None))


_FORMS = {"翻": _doubled, "一": _half, "半": _half}  # what begins with these characters before it can be a number


def _share(text: str, start: int) -> Reading | None:
    """百分之二十, 千分之三, 三分之一: all in percent."""
    match = _SHARE.match(text, start)
    if match is None:
        return None
    of = parse(match["of"])
    first, last = parse(match["first"]), parse(match["last"]) if match["last"] else None
    if of is None or first is None or not of.low:
        return None
    if text.startswith("决赛", match.end()):
        return match.end(), None
    amount = first if last is None or last.low <= first.low else Amount(first.low, last.low, first.more)
    end = match.end() if last is None or amount.high else match.end("first")
    if amount.more and text[end - 1] == "多" and text.startswith("数", end):  # 三分之二多数
        amount, end = amount._replace(more=None), end - 1
    percent = amount.times((-100.0 if match["minus"] else 100.0) / of.low)
    return end, (percent, "percent", "%", None)


def _fraction(text: str, start: int) -> Reading | None:
    """约1/3, 2/3的人: in percent; 1/8决赛 and (1/3) are none."""
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    part, of = int(match["part"]), int(match["of"])
    return (match.end(), (Amount(float(part)).times(100.0 / of), "percent", "%", None)) if part < of else None


# Units that say themselves what is counted.
_NOUN_UNITS = frozenset(("人", "人次", "用户", "粉丝", "网民", "部门", "分", "次"))


def _figure(text: str, start: int, end: int, quantity: Quantity) -> Figure:
    (low, high, more), kind, unit, currency = quantity
    qualifier = qualifiers.beside(text, start, end) or more
    noun = counted.noun(text, end) if kind == "count" and unit not in _NOUN_UNITS else None
    return Figure(start, text[start:end], low, high, unit, kind, currency, qualifier, noun)
