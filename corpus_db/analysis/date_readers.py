"""The words of one time expression → its parts, one reader for each kind of expression; without a calendar."""

from __future__ import annotations

import re

from corpus_db.analysis import numerals
from corpus_db.analysis.date_parts import LUNAR, Parts, full_year, lunar_fields, whole_number, within_year
from corpus_db.analysis.date_words import (
    AMOUNT,
    DAY_WORDS,
    MONTH_WORDS,
    PREVIOUS_DAYS,
    PREVIOUS_MONTHS,
    RELATIVE_YEARS,
    SEPARATOR,
    UNITS,
    YEAR,
)


def read(kind: str, raw: str) -> Parts | None:
    """The parts of an expression of a kind of `date_grammar`; None where it has the shape of one and says nothing.

    >>> read("month", "9月5日")[3:6]
    (9, None, 5)
    """
    try:
        return _READERS[kind](raw)
    except ValueError:  # the shape of a date with no number in it (前半个月)
        return None


_YEAR_READ = re.compile(rf"^(?:公元)?(?P<year>{YEAR}|['’]?[0-9零〇一二三四五六七八九]{{2}}) ?年")


def _calendar(raw: str) -> Parts | None:
    match = _YEAR_READ.match(raw)
    if match is None:
        return None
    fields = within_year(raw[match.end() :])
    return None if fields is None else Parts("year", full_year(match["year"]), **fields)


def _relative(raw: str) -> Parts | None:
    word = next(w for w in sorted(RELATIVE_YEARS, key=len, reverse=True) if raw.startswith(w))
    fields = within_year(raw[len(word) :])
    base, shift = RELATIVE_YEARS[word]
    return None if fields is None else Parts(base, shift, **fields)


_FIRST_PLAN = 1966 - 5 * 3  # the third of the five-year plans began in 1966, and one each fifth year since


def _plan(raw: str) -> Parts:
    """“十四五”期间: 2021 to 2025, as the third plan and each after it are counted from 1966."""
    number, _, rest = raw.strip('“"').rpartition("五")
    first = _FIRST_PLAN + 5 * whole_number(number)
    return Parts("years", first, end_year=first + 4, part="early" if "初" in rest else "late" if "末" in rest else None)


def _minguo(raw: str) -> Parts | None:
    number, _, rest = raw.removeprefix("民国").partition("年")
    fields = within_year(rest)
    return None if fields is None else Parts("year", 1911 + whole_number(number), **fields)


def _numbers(raw: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", raw)]


def _iso(raw: str) -> Parts:
    year, month, day = _numbers(raw)
    return Parts("year", year, month=month, day=day)


def _year_month(raw: str) -> Parts:
    year, month = _numbers(raw)
    return Parts("year", year, month=month)


def _compact(raw: str) -> Parts:
    return Parts("year", int(raw[:4]), month=int(raw[4:6]), day=int(raw[6:]))


_YEARS = re.compile(rf"(?P<first>{YEAR})年?{SEPARATOR}(?P<last>{YEAR}|\d\d)年(?P<rest>.*)$")


def _years(raw: str) -> Parts | None:
    match = _YEARS.match(raw)
    if match is None:
        return None
    first, last = full_year(match["first"]), full_year(match["last"])
    if len(match["last"]) == 2:
        last = first // 100 * 100 + int(match["last"])
    fields = within_year(match["rest"])
    if not first < last <= first + 300 or fields is None:
        return None
    return Parts("year", first, end_year=last, **fields)


def _month(raw: str) -> Parts | None:
    fields = within_year(raw)
    return Parts("month", **fields) if fields else None


def _dotted(raw: str) -> Parts | None:
    month, day, *rest = _numbers(raw)
    end_month, end_day = rest if rest else (None, None)
    return Parts("month", month=month, day=day, end_month=end_month, end_day=end_day)


def _days(raw: str) -> Parts:
    numbers = [whole_number(n) for n in re.findall(r"\d+|[一二三四五六七八九十廿]+", raw)]
    return Parts("day", day=numbers[0], end_day=numbers[1] if len(numbers) > 1 else None)


_PARTS_OF_THIS_MONTH = {
    "月初": "early",
    "月底": "late",
    "月末": "late",
    "上半月": "first half",
    "下半月": "second half",
}


def _part(raw: str) -> Parts | None:
    if raw in _PARTS_OF_THIS_MONTH:
        return Parts("day", part=_PARTS_OF_THIS_MONTH[raw])
    fields = within_year(raw)
    return Parts("month", **fields) if fields else None


_CENTURY = re.compile(r"(?P<century>上个?|本|\d+|[一二十九八]+)世纪的?")


def _decade(raw: str) -> Parts | None:
    match = _CENTURY.match(raw)
    rest = raw[match.end() :] if match else raw
    century = 19
    if match:
        word = match["century"]
        century = 19 if word.startswith("上") else 20 if word == "本" else whole_number(word) - 1
    head, _, tail = rest.partition("年代")
    decades = [whole_number(n) for n in re.split(r"[.、~至-]", head)]
    if len(decades) == 1 and len(head) == 3 and head[-1] == "十" and not head[0].isdecimal():  # 八九十年代
        decades = [numerals.DIGITS[head[0]] * 10, numerals.DIGITS[head[1]] * 10]
    base = [d if d > 1000 else century * 100 + d for d in decades]
    if not match and decades[0] in (10, 20):
        base = [100 + b for b in base]
    part = "early" if tail.startswith("初") else "late" if tail[:1] in ("末", "后") or tail == "中后期" else None
    return Parts("decade", base[0], end_year=base[-1] + 9, part=part)


def _century_part(raw: str) -> Parts | None:
    match = _CENTURY.match(raw)
    if match is None:
        return None
    word = match["century"]
    century = 19 if word.startswith("上") else 20 if word == "本" else whole_number(word) - 1
    first = century * 100 + (0 if raw.endswith("初") else 90)
    return Parts("decade", first, end_year=first + 9)


_DISTANCE_READ = re.compile(rf"(?P<amount>{AMOUNT})[多余]?(?P<unit>年半|个半月|个月|个季度|个?星期|周年|年|周|天|日)")


def _amount(raw: str) -> tuple[float, str] | None:
    match = _DISTANCE_READ.search(raw)
    if match is None:
        return None
    amount = 0.5 if match["amount"] == "半" else (numerals.parse(match["amount"]) or numerals.Amount(0)).low
    unit = match["unit"]
    if unit in ("年半", "个半月"):
        amount, unit = amount + 0.5, "年" if unit == "年半" else "个月"
    name = UNITS[unit]
    if name == "quarter":
        return amount * 3, "month"
    if name == "year" and amount != int(amount):
        return amount * 12, "month"
    return (amount, name) if amount else None


def _distance(raw: str) -> Parts | None:
    read = _amount(raw)
    if read is None:
        return None
    return Parts("distance", amount=-read[0] if raw.endswith("前") else read[0], unit=read[1])


def _span(raw: str) -> Parts | None:
    if raw.startswith("前"):
        months = whole_number(re.findall(AMOUNT, raw)[0])
        return Parts("month", month=1, end_month=months) if 2 <= months <= 12 else None
    read = _amount(raw)
    if read is None:
        return None
    ahead = raw.startswith(("未来", "今后", "接下来"))
    return Parts("span", amount=read[0] if ahead else -read[0], unit=read[1])


def _lunar(raw: str) -> Parts | None:
    match = LUNAR.match(raw.replace("大年", "正月"))
    if match is None:
        return None
    fields = lunar_fields(match)
    if raw == "大年三十":
        return Parts("month", name="大年三十")
    return Parts("month", **fields)


def _month_word(raw: str) -> Parts | None:
    for table, base in ((MONTH_WORDS, "this month"), (PREVIOUS_MONTHS, "that month")):
        for word in sorted(table, key=len, reverse=True):
            if raw.startswith(word):
                fields = within_year("1月" + raw[len(word) :]) or {}
                fields["month"] = table[word]
                return Parts(base, **fields)
    return None


def _week(raw: str) -> Parts:
    ahead = raw.count("下") - raw.count("上")
    last = raw[-1]
    day = "一二三四五六日".find("日" if last == "天" else last) + 1 if last not in "周期拜" else 0
    return Parts(
        "week",
        year=ahead,
        day=day or None,
        part="weekend" if last == "末" else None,
        name=None if raw[0] in "周星礼" else "named",
    )


def _day_word(raw: str) -> Parts:
    if raw in DAY_WORDS:
        return Parts("today", day=DAY_WORDS[raw])
    return Parts("that day", day=PREVIOUS_DAYS[raw])


def _festival(raw: str) -> Parts | None:
    fields = within_year(raw)
    return Parts("month", **fields) if fields and "name" in fields else None


_READERS = {
    "iso": _iso, "year_month": _year_month, "compact": _compact, "decade": _decade, "century_part": _century_part,
    "years": _years, "calendar": _calendar, "short_year": _calendar, "plan": _plan, "minguo": _minguo, "relative": _relative,
    "distance": _distance, "span": _span, "lunar": _lunar, "month": _month, "dotted": _dotted, "days": _days,
    "part": _part, "month_word": _month_word, "week": _week, "day_word": _day_word, "festival": _festival,
}  # fmt: skip
