"""What a time expression says, as parts; and how the words inside a year are read: month, day, half, festival."""

from __future__ import annotations

import re
from typing import NamedTuple, TypedDict

from corpus_db.analysis import numerals
from corpus_db.analysis.date_words import (
    DAY_NUMBER,
    LUNAR_DAY,
    MONTH_NUMBER,
    MONTH_PART,
    SEPARATOR,
)
from corpus_db.analysis.festivals import festivals


class Parts(NamedTuple):
    """What an expression says. `base` is what its year counts from; None where the parts say all."""

    # 'year': `year` is the year, 'years': the first of several; 'published', 'previous': it is that many years away from
    # the anchor; others as in `date_resolvers`; None where the parts say all
    base: str | None
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


def whole_number(raw: str) -> int:
    """A small number in either script: 12, 十二, 二零一三, 元. ValueError for anything else."""
    if raw == "元":
        return 1
    if raw and all(c in numerals.DIGITS for c in raw):  # 九八: two neighbouring digits are an approximation elsewhere
        return int("".join(str(numerals.DIGITS[c]) for c in raw))
    parsed = numerals.parse(raw)
    if parsed is None:
        raise ValueError(f"no number: {raw}")
    return int(parsed.low)


def full_year(raw: str) -> int:
    """89 → 1989, 08 → 2008, 二零一三 → 2013."""
    digits = raw.lstrip("'’")
    if len(digits) == 4 and not digits.isdecimal() and all(c in numerals.DIGITS for c in digits):
        return int("".join(str(numerals.DIGITS[c]) for c in digits))
    if len(digits) == 2 and all(c in numerals.DIGITS for c in digits):
        year = int("".join(str(numerals.DIGITS[c]) for c in digits))
    else:
        year = whole_number(digits)
    if year >= 100:
        return year
    return 1900 + year if year > 40 else 2000 + year


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
    ("上中旬", "early mid"),
    ("中下旬", "mid late"),
    ("上旬", "early"),
    ("中旬", "mid"),
    ("下旬", "late"),
    ("初", "early"),
    ("底", "late"),
    ("末", "late"),
)
LUNAR = re.compile(rf"(?:农历|阴历)?(?:(?P<leap>闰)?(?P<month>正|腊|{MONTH_NUMBER})月)?(?P<day>{LUNAR_DAY})?$")


class WithinYear(TypedDict, total=False):
    """Those of the `Parts` that are said inside a year."""

    month: int
    end_month: int | None
    day: int | None
    end_day: int | None
    part: str | None
    name: str
    lunar: bool


def within_year(rest: str) -> WithinYear | None:
    """What stands behind a year: {} for nothing; None where it can not be read."""
    rest = rest.lstrip(" 的度份")
    if not rest:
        return {}
    if match := _SUB.match(rest):
        return _month_fields(match)
    name = rest.strip('“”"').removesuffix("节") if rest.strip('“”"') not in festivals() else rest.strip('“”"')
    if name in festivals():
        return {"name": name}
    if (match := LUNAR.match(rest)) and match["month"]:
        return lunar_fields(match)
    if rest.startswith("第") and rest.endswith("周"):
        return {"part": next(part for ending, part in _MONTH_PARTS if ending == rest)}
    for pattern, part in _PART_NAMES:
        if pattern.match(rest):
            return {"part": part}
    return None


def _month_fields(match: re.Match[str]) -> WithinYear:
    last = whole_number(match["month2"])
    first = whole_number(match["month"]) if match["month"] else last
    if not first <= last:
        return {"month": last}
    fields: WithinYear = {"month": first, "end_month": last if match["month"] else None}
    if match["day"]:
        fields["day"] = whole_number(match["day"])
        fields["end_day"] = whole_number(match["day2"]) if match["day2"] else None
    if match["month_part"]:
        fields["part"] = next(
            part for ending, part in _MONTH_PARTS if match["month_part"].replace("个", "").endswith(ending)
        )
    return fields


def lunar_fields(match: re.Match[str]) -> WithinYear:
    """The parts of what `LUNAR` matched: month, and day if one is named, of the Chinese calendar."""
    month = match["month"] or "正"
    number = 1 if month == "正" else 12 if month == "腊" else whole_number(month)
    return {
        "lunar": True, "month": number, "day": _lunar_day(match["day"]) if match["day"] else None,
        "part": "leap" if match["leap"] else None,
    }  # fmt: skip


def _lunar_day(raw: str) -> int:
    return whole_number(raw.removeprefix("初").replace("廿", "二十").replace("二十十", "二十") if len(raw) > 1 else raw)
