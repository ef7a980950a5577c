"""The words of one time expression to its parts: year, month, day, half, festival, distance; without a calendar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus_db.analysis import numerals
from corpus_db.analysis.date_words import (
    AMOUNT,
    DAY_NUMBER,
    DAY_WORDS,
    LUNAR_DAY,
    MONTH_NUMBER,
    MONTH_PART,
    MONTH_WORDS,
    PREVIOUS_DAYS,
    PREVIOUS_MONTHS,
    RELATIVE_YEARS,
    SEPARATOR,
    UNITS,
    YEAR,
)
from corpus_db.analysis.festivals import festivals


class Parts(NamedTuple):
    """What an expression says. `base` is what its year counts from; None where the parts say all."""

    base: str | None  # 'year': `year` is the year; 'published', 'previous': it is that many years away from the anchor
    year: int = 0
    end_year: int | None = None  # 2009年~2010年
    month: int | None = None
    end_month: int | None = None  # 1-7月
    day: int | None = None
    end_day: int | None = None  # 4月12-19日
    part: str | None = None  # part of a year or month: H1 H2 Q1 … Q1-3, early mid late, spring …
    name: str | None = None  # festival, or day, week and month words
    unit: str | None = None  # of a distance: year, month, week, day
    amount: float = 0  # of a distance, in `unit`s: −3 for 3年前
    lunar: bool = False
    joined: bool = False  # with the expression before it, as a range


def _int(raw: str) -> int:
    """A small number in either script: 12, 十二, 二零一三, 元. ValueError for anything else."""
    if raw == "元":
        return 1
    if raw and all(c in numerals.DIGITS for c in raw):  # 九八: two neighbouring digits are an approximation elsewhere
        return int("".join(str(numerals.DIGITS[c]) for c in raw))
    parsed = numerals.parse(raw)
    if parsed is None:
        raise ValueError(f"no number: {raw}")
    return int(parsed.low)


def _full_year(raw: str) -> int:
    """89 → 1989, 08 → 2008, 二零一三 → 2013."""
    digits = raw.lstrip("'’")
    if len(digits) == 4 and not digits.isdecimal() and all(c in numerals.DIGITS for c in digits):
        return int("".join(str(numerals.DIGITS[c]) for c in digits))
    if len(digits) == 2 and all(c in numerals.DIGITS for c in digits):
        year = int("".join(str(numerals.DIGITS[c]) for c in digits))
    else:
        year = _int(digits)
    if year >= 100:
        return year
    return 1900 + year if year > 40 else 2000 + year


_YEAR_READ = re.compile(rf"^(?:公元)?(?P<year>{YEAR}|['’]?[0-9零〇一二三四五六七八九]{{2}}) ?年")
_SUB = re.compile(
    rf"(?:(?P<month>{MONTH_NUMBER}) ?月?(?:份)?{SEPARATOR})?(?P<month2>{MONTH_NUMBER}) ?月(?:份)?"
    rf"(?:的?(?P<month_part>{MONTH_PART})"
    rf"| ?(?P<day>{DAY_NUMBER})(?: ?[日号]?{SEPARATOR}(?P<day2>{DAY_NUMBER}))? ?[日号]?)?$"
)
_PART_NAMES = tuple(
    (re.compile(pattern), part)
    for pattern, part in (
        ("[上前]半年", "H1"), ("[下后]半年", "H2"), ("前[二两2]个?季度", "Q1-2"), ("前[三3]个?季度", "Q1-3"),
        ("第?[一1]季度|[Qq]1", "Q1"), ("第?[二2]季度|[Qq]2", "Q2"),
        ("第?[三3]季度|[Qq]3", "Q3"), ("第?[四4]季度|[Qq]4", "Q4"),
        ("年?初$", "early"), ("年?[底末]|岁末", "late"), ("年?中期?$", "mid"),
        (".?春", "spring"), (".?夏", "summer"), (".?秋", "autumn"), (".?冬", "winter"),
    )
)  # fmt: skip
_MONTH_PARTS = (
    *((f"第{n}周", f"week {i + 1}") for i, pair in enumerate(("一1", "二2", "三3", "四4")) for n in pair),
    ("上半月", "first half"),
    ("下半月", "second half"),
    ("上旬", "early"),
    ("中旬", "mid"),
    ("下旬", "late"),
    ("初", "early"),
    ("底", "late"),
    ("末", "late"),
)
_LUNAR = re.compile(rf"(?:农历|阴历)?(?:(?P<leap>闰)?(?P<month>正|腊|{MONTH_NUMBER})月)?(?P<day>{LUNAR_DAY})?$")


def _sub(rest: str) -> dict[str, object] | None:
    """What stands behind a year: {} for nothing; None where it can not be read."""
    rest = rest.lstrip(" 的度份")
    if not rest:
        return {}
    if match := _SUB.match(rest):
        return _month_fields(match)
    name = rest.strip('“”"').removesuffix("节") if rest.strip('“”"') not in festivals() else rest.strip('“”"')
    if name in festivals():
        return {"name": name}
    if (match := _LUNAR.match(rest)) and match["month"]:
        return _lunar_fields(match)
    if rest.startswith("第") and rest.endswith("周"):
        return {"part": next(part for ending, part in _MONTH_PARTS if ending == rest)}
    for pattern, part in _PART_NAMES:
        if pattern.match(rest):
            return {"part": part}
    return None


def _month_fields(match: re.Match[str]) -> dict[str, object]:
    last = _int(match["month2"])
    first = _int(match["month"]) if match["month"] else last
    if not first <= last:
        return {"month": last}
    fields: dict[str, object] = {"month": first, "end_month": last if match["month"] else None}
    if match["day"]:
        fields["day"] = _int(match["day"])
        fields["end_day"] = _int(match["day2"]) if match["day2"] else None
    if match["month_part"]:
        fields["part"] = next(
            part for ending, part in _MONTH_PARTS if match["month_part"].replace("个", "").endswith(ending)
        )
    return fields


def _lunar_fields(match: re.Match[str]) -> dict[str, object]:
    month = match["month"] or "正"
    number = 1 if month == "正" else 12 if month == "腊" else _int(month)
    return {
        "lunar": True, "month": number, "day": _lunar_day(match["day"]) if match["day"] else None,
        "part": "leap" if match["leap"] else None,
    }  # fmt: skip


def _lunar_day(raw: str) -> int:
    return _int(raw.removeprefix("初").replace("廿", "二十").replace("二十十", "二十") if len(raw) > 1 else raw)


@lru_cache(maxsize=1 << 14)
def read(kind: str, raw: str) -> Parts | None:
    try:
        return _READERS[kind](raw)
    except ValueError:  # the shape of a date with no number in it (前半个月)
        return None


def _calendar(raw: str) -> Parts | None:
    match = _YEAR_READ.match(raw)
    if match is None:
        return None
    fields = _sub(raw[match.end() :])
    return None if fields is None else Parts("year", _full_year(match["year"]), **fields)  # type: ignore[arg-type]


def _relative(raw: str) -> Parts | None:
    word = next(w for w in sorted(RELATIVE_YEARS, key=len, reverse=True) if raw.startswith(w))
    fields = _sub(raw[len(word) :])
    base, shift = RELATIVE_YEARS[word]
    return None if fields is None else Parts(base, shift, **fields)  # type: ignore[arg-type]


def _minguo(raw: str) -> Parts | None:
    number, _, rest = raw.removeprefix("民国").partition("年")
    fields = _sub(rest)
    return None if fields is None else Parts("year", 1911 + _int(number), **fields)  # type: ignore[arg-type]


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
    first, last = _full_year(match["first"]), _full_year(match["last"])
    if len(match["last"]) == 2:
        last = first // 100 * 100 + int(match["last"])
    fields = _sub(match["rest"])
    if not first < last <= first + 300 or fields is None:
        return None
    return Parts("year", first, end_year=last, **fields)  # type: ignore[arg-type]


def _month(raw: str) -> Parts | None:
    fields = _sub(raw)
    return Parts("month", **fields) if fields else None  # type: ignore[arg-type]


def _dotted(raw: str) -> Parts | None:
    month, day, *rest = _numbers(raw)
    end_month, end_day = rest if rest else (None, None)
    return Parts("month", month=month, day=day, end_month=end_month, end_day=end_day)


def _days(raw: str) -> Parts:
    numbers = [_int(n) for n in re.findall(r"\d+|[一二三四五六七八九十廿]+", raw)]
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
    fields = _sub(raw)
    return Parts("month", **fields) if fields else None  # type: ignore[arg-type]


_CENTURY = re.compile(r"(?P<century>上个?|本|\d+|[一二十九八]+)世纪的?")


def _decade(raw: str) -> Parts | None:
    match = _CENTURY.match(raw)
    rest = raw[match.end() :] if match else raw
    century = 19
    if match:
        word = match["century"]
        century = 19 if word.startswith("上") else 20 if word == "本" else _int(word) - 1
    head, _, tail = rest.partition("年代")
    decades = [_int(n) for n in re.split(r"[.、~至-]", head)]
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
    century = 19 if word.startswith("上") else 20 if word == "本" else _int(word) - 1
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
        months = _int(re.findall(AMOUNT, raw)[0])
        return Parts("month", month=1, end_month=months) if 2 <= months <= 12 else None
    read = _amount(raw)
    if read is None:
        return None
    ahead = raw.startswith(("未来", "今后", "接下来"))
    return Parts("span", amount=read[0] if ahead else -read[0], unit=read[1])


def _lunar(raw: str) -> Parts | None:
    match = _LUNAR.match(raw.replace("大年", "正月"))
    if match is None:
        return None
    fields = _lunar_fields(match)
    if raw == "大年三十":
        return Parts("month", name="大年三十")
    return Parts("month", **fields)  # type: ignore[arg-type]


def _month_word(raw: str) -> Parts | None:
    for table, base in ((MONTH_WORDS, "this month"), (PREVIOUS_MONTHS, "that month")):
        for word in sorted(table, key=len, reverse=True):
            if raw.startswith(word):
                fields = _sub("1月" + raw[len(word) :]) or {}
                fields["month"] = table[word]
                return Parts(base, **fields)  # type: ignore[arg-type]
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
    fields = _sub(raw)
    return Parts("month", **fields) if fields and "name" in fields else None  # type: ignore[arg-type]


_READERS = {
    "iso": _iso, "year_month": _year_month, "compact": _compact, "decade": _decade, "century_part": _century_part,
    "years": _years, "calendar": _calendar, "short_year": _calendar, "minguo": _minguo, "relative": _relative,
    "distance": _distance, "span": _span, "lunar": _lunar, "month": _month, "dotted": _dotted, "days": _days,
    "part": _part, "month_word": _month_word, "week": _week, "day_word": _day_word, "festival": _festival,
}  # fmt: skip
