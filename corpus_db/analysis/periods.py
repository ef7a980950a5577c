"""Parts of a date and a year → days: the calendar's arithmetic, without any text."""

from __future__ import annotations

import calendar
import datetime
from functools import lru_cache
from typing import NamedTuple

from corpus_db.analysis import festivals
from corpus_db.analysis.date_parts import Parts
from corpus_db.records import DatePrecision

Day = datetime.date


class Period(NamedTuple):
    """First and last day, inclusive."""

    first: Day
    last: Day
    precision: DatePrecision


_QUARTERS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "Q1-2": (1, 6), "Q1-3": (1, 9)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_HALVES = {"H1": (1, 6), "H2": (7, 12)}
# 年初 is the first quarter, 年底 December, 年中 June and July; 初 中 末 of a month are its three thirds.
_YEAR_PARTS: dict[str, tuple[tuple[int, int], DatePrecision]] = {
    **{name: (months, "quarter") for name, months in (_QUARTERS | _SEASONS).items()},
    **{name: (months, "half") for name, months in _HALVES.items()},
    "early": ((1, 3), "quarter"),
    "mid": ((6, 7), "month"),
    "late": ((12, 12), "month"),
}
_MONTH_THIRDS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "early mid": (1, 20),
    "mid late": (11, 31),
    "first half": (1, 15),
    "second half": (16, 31),
}
_ORDER: tuple[DatePrecision, ...] = ("day", "month", "quarter", "half", "year", "decade")  # the finest first


def finer(a: Period, b: Period) -> DatePrecision:
    """The finer of two precisions: that of a range from the one period to the other."""
    return min(a.precision, b.precision, key=_ORDER.index)


def joinable(a: Period, b: Period) -> bool:
    """Whether the two may be the ends of one range: 3月至5月, 2013年至2015年上半年; not 3日至5月."""
    return a.precision == b.precision or {a.precision, b.precision} <= {"year", "month", "quarter", "half"}


def day_or_none(year: int, month: int, day: int) -> Day | None:
    """A day; None where the calendar has none such."""
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month, 1 to 12, so many months later.

    >>> add_months(2013, 11, 3), add_months(2013, 1, -1)
    ((2014, 2), (2012, 12))
    """
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def last_of(year: int, month: int) -> Day:
    """The last day of a month."""
    return Day(year, month, calendar.monthrange(year, month)[1])


def whole_year(year: int) -> tuple[Day, Day]:
    """The first and the last day of a year."""
    return Day(year, 1, 1), Day(year, 12, 31)


def shifted(day: Day, unit: str | None, amount: int) -> Day:
    """`day` moved by `amount` units (year, month, week, else day), to the last day of a month that has no such day.

    >>> shifted(Day(2012, 1, 31), "month", 1), shifted(Day(2012, 1, 31), "week", -1)
    (datetime.date(2012, 2, 29), datetime.date(2012, 1, 24))
    """
    if unit in ("year", "month"):
        year, month = add_months(day.year, day.month, amount * (12 if unit == "year" else 1))
        return min(Day(year, month, 1) + datetime.timedelta(day.day - 1), last_of(year, month))
    return day + datetime.timedelta(amount * (7 if unit == "week" else 1))


def moved(day: Day, unit: str | None, amount: int) -> tuple[Day, Day, DatePrecision]:
    """The month, week or day that lies `amount` units from `day`."""
    there = shifted(day, unit, amount)
    if unit == "month":
        return Day(there.year, there.month, 1), last_of(there.year, there.month), "month"
    if unit == "week":
        monday = there - datetime.timedelta(there.weekday())
        return monday, monday + datetime.timedelta(6), "day"
    return there, there, "day"


@lru_cache(maxsize=1 << 14)
def period(year: int, parts: Parts, this_month: int | None = None) -> Period | None:
    """The days that `parts` name in `year`, and in `this_month` where that is given; None where they end before they begin.

    Raises `ValueError` where the calendar has no such day.
    """
    if parts.name:
        day = festivals.day_of(parts.name, year)
        return Period(day, day, "day") if day else None
    if parts.lunar:
        return _lunar_period(year, parts)
    month = this_month or parts.month
    if month is None:
        return _year_period(year, parts)
    end_year = parts.end_year or year
    end_month = parts.end_month or month
    if parts.day:
        last = Day(end_year, end_month, parts.end_day or parts.day)
        first = Day(year, month, parts.day)
        return Period(first, last, "day") if first <= last else None
    if parts.part and parts.part.startswith("week"):
        return _nth_week(Day(year, end_month, 1), int(parts.part[-1]))
    if parts.part in _MONTH_THIRDS:
        low, high = _MONTH_THIRDS[parts.part]
        last = last_of(year, end_month)
        return Period(Day(year, end_month, low), last.replace(day=min(high, last.day)), "month")
    first = Day(year, 1, 1) if parts.end_year else Day(year, month, 1)
    return Period(first, last_of(end_year, end_month), "month")


def _nth_week(first: Day, nth: int) -> Period:
    """The week of the nth Monday from `first` on."""
    monday = first + datetime.timedelta(-first.weekday() % 7 + 7 * (nth - 1))
    return Period(monday, monday + datetime.timedelta(6), "day")


def _year_period(year: int, parts: Parts) -> Period:
    if parts.part is None:
        return Period(Day(year, 1, 1), Day(parts.end_year or year, 12, 31), "year")
    if parts.part.startswith("week"):
        return _nth_week(Day(year, 1, 1), int(parts.part[-1]))
    (low, high), precision = _YEAR_PARTS[parts.part]
    last_year = parts.end_year or year
    last = last_of(last_year + 1, high - 12) if high > 12 else last_of(last_year, high)
    return Period(Day(year, 1, 1) if parts.end_year else Day(year, low, 1), last, precision)


def _lunar_period(year: int, parts: Parts) -> Period | None:
    leap = parts.part == "leap"
    if parts.day is None:
        bounds = festivals.lunar_month(year, parts.month or 1, leap=leap)
        return Period(*bounds, "month") if bounds else None
    day = festivals.lunar_day(year, parts.month or 1, parts.day, leap=leap)
    return Period(day, day, "day") if day else None
