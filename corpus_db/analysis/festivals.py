"""Named days and dates of the Chinese calendar → days; the only module that reads the calendar's tables."""

from __future__ import annotations

import datetime
from functools import cache
from typing import NamedTuple

from corpus_db.data import rows


class Festival(NamedTuple):
    """A day with a name: `rule` as in data/festivals.tsv."""

    name: str
    rule: str
    bare: bool  # may be read as a date where nothing around it says so


class LunarYear(NamedTuple):
    """One year of the Chinese calendar."""

    first: datetime.date
    leap_month: int | None
    lengths: tuple[int, ...]  # days of each month in order, the leap month behind the month it repeats


@cache
def festivals() -> dict[str, Festival]:
    """Festivals by name."""
    return {row["name"]: Festival(row["name"], row["rule"], row["bare"] == "yes") for row in rows("festivals.tsv")}


@cache
def lunar_years() -> dict[int, LunarYear]:
    """The Chinese calendar from 1900 to 2100, by the solar year in which the lunar one begins."""
    years = {}
    for row in rows("lunar.tsv"):
        first = datetime.date.fromisoformat(row["new_year"])
        lengths = tuple(29 + int(long) for long in row["months"])
        years[first.year] = LunarYear(first, int(row["leap_month"]) if row["leap_month"] else None, lengths)
    return years


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> datetime.date | None:
    """The solar day of a date of the Chinese calendar; None outside 1900–2100 or where there is no such day.

    >>> lunar_day(2013, 1, 1)
    datetime.date(2013, 2, 10)
    """
    lunar = lunar_years().get(year)
    if lunar is None or not 1 <= month <= 12:
        return None
    index = month - 1
    if lunar.leap_month and (month > lunar.leap_month or (leap and month == lunar.leap_month)):
        index += 1
    if (leap and month != lunar.leap_month) or not 1 <= day <= lunar.lengths[index]:
        return None
    return lunar.first + datetime.timedelta(sum(lunar.lengths[:index]) + day - 1)


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[datetime.date, datetime.date] | None:
    """First and last solar day of a month of the Chinese calendar, or None."""
    first = lunar_day(year, month, 1, leap=leap)
    if first is None:
        return None
    last = lunar_day(year, month, 30, leap=leap) or lunar_day(year, month, 29, leap=leap)
    return (first, last) if last else None


def day_of(name: str, year: int) -> datetime.date | None:
    """The day of a festival in a year; None where the table does not reach it.

    >>> day_of("除夕", 2013), day_of("双十一", 2013), day_of("清明", 2020)
    (datetime.date(2013, 2, 9), datetime.date(2013, 11, 11), datetime.date(2020, 4, 4))
    """
    kind, _, rest = festivals()[name].rule.rpartition(" ")
    try:
        if kind == "S":
            return datetime.date(year, 4, _qingming(year))
        if kind == "W":
            month, nth, weekday = map(int, rest.split("-"))
            return _nth_weekday(year, month, nth, weekday)
        if rest == "12-end":  # the eve of the year's own first day: 2013年除夕 is in February 2013
            first = lunar_day(year, 1, 1)
            return first - datetime.timedelta(1) if first else None
        month, day = map(int, rest.split("-"))
        return lunar_day(year, month, day) if kind == "L" else datetime.date(year, month, day)
    except ValueError:
        return None


def _qingming(year: int) -> int:
    # Day of April by Y·D + C − L (Shou Xing's formula, good from 1901 to 2100).
    constant = 5.59 if year < 2000 else 4.81
    return int((year % 100) * 0.2422 + constant) - (year % 100) // 4


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
