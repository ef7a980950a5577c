"""Time expressions → days, by what the text has named before them; one resolver for each base of `Parts`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from corpus_db.analysis import date_grammar, festivals, periods
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.narrative import Narrative
from corpus_db.analysis.periods import Day, Period
from corpus_db.records import DateBasis, DatePrecision

Resolved = tuple[Period, DateBasis]

_NEAR_CHARS = 120  # 当年 means the year named just before, else the old days
_REMEMBERED = re.compile(r"(?:追忆|回忆|想起|怀念|重温|不复|一如|比起)\Z")
# 当年招聘…4月1日入职: a paragraph that looks back; its dates without a year are not of the year of writing.
_LONG_AGO = re.compile("当年|那年|彼时|那时|早年|年轻时")
_FRESH_DAYS = 60  # unless they are near the day of publication
_NEWS_DAYS = 7  # before publication, in which a day is told of as news
_FAR_MONTHS = 9  # a month so far from that of writing is rather of the year beside
_SOON_DAYS = 75  # a festival so near ahead is rather meant than the last one


def resolve(told: Narrative, expression: Expression) -> Resolved | None:
    """The days that `expression` names where `told` has come to, and by what; None where nothing fixes them."""
    resolver = _RESOLVERS.get(expression.parts.base or "")
    if resolver is None:
        return None
    try:
        return resolver(told, expression)
    except (ValueError, OverflowError):  # there is no such day (2月30日), or it lies outside the calendar
        return None


def _explicit(told: Narrative, e: Expression) -> Resolved | None:
    return _basis(periods.period(e.parts.year, e.parts), "explicit")


def _published(told: Narrative, e: Expression) -> Resolved | None:
    return told.anchor and _basis(periods.period(told.anchor.year + e.parts.year, e.parts), told.anchor.basis)


def _previous(told: Narrative, e: Expression) -> Resolved | None:
    return None if told.year is None else _basis(periods.period(told.year + e.parts.year, e.parts), "previous")


def _year_before(told: Narrative, e: Expression) -> Resolved | None:
    """上年同期: the year before the one that the paragraph tells of, else before that of writing."""
    if told.subject is None:
        return _published(told, e)
    return _basis(periods.period(told.subject + e.parts.year, e.parts), "previous")


def _paragraphs(told: Narrative, e: Expression) -> Resolved | None:
    near = told.paragraph and e.start - told.year_end <= _NEAR_CHARS
    remembered = _REMEMBERED.search(told.text, max(0, e.start - 3), e.start)
    return _previous(told, e) if near and not remembered else None


def _month_only(told: Narrative, e: Expression) -> Resolved | None:
    if told.sentence is not None and not _is_news(told, e):
        return _basis(periods.period(told.sentence[0], e.parts), told.sentence[1])
    if told.anchor is None:
        return None
    if _looks_back(told, e):
        return _previous(told, e) if told.paragraph else None
    year = told.anchor.year
    if told.anchor.day or (told.anchor.near and e.parts.name):
        year = _nearest_year(told, e, told.anchor.near or Day(year, 1, 1))
    return _basis(periods.period(year, e.parts), told.anchor.basis)


def _is_news(told: Narrative, e: Expression) -> bool:
    """Whether a day without a year, in a sentence that names another, is one of the last before publication:
    将于2025年通车，记者7月23日获悉.
    """
    if told.anchor is None or told.anchor.day is None or e.parts.day is None or e.parts.lunar:
        return False
    if told.sentence is not None and told.sentence[0] == told.anchor.year:
        return False
    day = periods.day_or_none(told.anchor.year, e.parts.month or 0, e.parts.day)
    return day is not None and 0 <= (told.anchor.day - day).days <= _NEWS_DAYS


def _looks_back(told: Narrative, e: Expression) -> bool:
    """Whether the words before a month without a year, in its paragraph, speak of the old days."""
    if told.anchor is None or e.parts.name:
        return False
    near = told.anchor.day and periods.day_or_none(told.anchor.year, e.parts.month or 1, min(e.parts.day or 15, 28))
    if near and told.anchor.day and abs((told.anchor.day - near).days) <= _FRESH_DAYS:
        return False
    low = max(0, e.start - _NEAR_CHARS)
    low = max(low, told.text.rfind("\n", low, e.start) + 1)
    return _LONG_AGO.search(told.text, low, e.start) is not None


def _day_only(told: Narrative, e: Expression) -> Resolved | None:
    parts = e.parts
    if told.month:
        return _basis(periods.period(told.month[0], parts, told.month[1]), "previous")
    if told.anchor is None or told.anchor.day is None:
        return None
    day = told.anchor.day
    year, month = day.year, day.month
    if parts.day and parts.day > day.day:
        late = parts.day > day.day + 10 and not parts.end_day and not _is_future(told, e)
        if late or parts.day > periods.last_of(year, month).day:
            year, month = periods.add_months(year, month, -1)
    return _basis(periods.period(year, parts, month), told.anchor.basis)


def _today(told: Narrative, e: Expression) -> Resolved | None:
    if told.anchor is None or told.anchor.day is None:
        return None
    day = told.anchor.day + datetime.timedelta(e.parts.day or 0)
    return Period(day, day, "day"), told.anchor.basis


def _that_day(told: Narrative, e: Expression) -> Resolved | None:
    if told.day is None:
        return None
    day = told.day.last + datetime.timedelta(e.parts.day or 0)
    return Period(day, day, "day"), "previous"


def _this_month(told: Narrative, e: Expression) -> Resolved | None:
    if told.anchor is None or told.anchor.day is None:
        return None
    year, month = periods.add_months(told.anchor.day.year, told.anchor.day.month, e.parts.month or 0)
    return _basis(periods.period(year, e.parts, month), told.anchor.basis)


def _that_month(told: Narrative, e: Expression) -> Resolved | None:
    if told.month is None:
        return None
    year, month = periods.add_months(*told.month, e.parts.month or 0)
    return _basis(periods.period(year, e.parts, month), "previous")


def _week(told: Narrative, e: Expression) -> Resolved | None:
    if told.anchor is None or told.anchor.day is None:
        return None
    parts, day = e.parts, told.anchor.day
    monday = day + datetime.timedelta(7 * parts.year - day.weekday())
    if parts.day:
        that = monday + datetime.timedelta(parts.day - 1)
        if parts.name is None and that > day and not _is_future(told, e):
            that -= datetime.timedelta(7)
        return Period(that, that, "day"), told.anchor.basis
    first = monday + datetime.timedelta(5 if parts.part == "weekend" else 0)
    return Period(first, monday + datetime.timedelta(6), "day"), told.anchor.basis


def _distance(told: Narrative, e: Expression) -> Resolved | None:
    parts = e.parts
    amount = int(parts.amount)
    if parts.amount > 0 and told.paragraph and (told.day if parts.unit in ("day", "week") else told.year):
        return _distance_from(told, parts.unit, amount)
    told_before = parts.amount > 0 and e.start > 0 and not _is_future(told, e)
    if told.anchor is None or told_before:  # 被拐25年后团聚: later than what was told, not than the day of writing
        return None
    if parts.unit == "year":
        return Period(*periods.whole_year(told.anchor.year + amount), "year"), told.anchor.basis
    if told.anchor.day is None:
        return None
    return Period(*periods.moved(told.anchor.day, parts.unit, amount)), told.anchor.basis


def _distance_from(told: Narrative, unit: str | None, amount: int) -> Resolved | None:
    if unit == "year":
        return Period(*periods.whole_year((told.year or 0) + amount), "year"), "previous"
    if unit == "month" and told.day is None:
        if told.month is None:
            return None
        year, month = periods.add_months(*told.month, amount)
        return _basis(periods.period(year, Parts(None, month=month)), "previous")
    return None if told.day is None else (Period(*periods.moved(told.day.last, unit, amount)), "previous")


def _span(told: Narrative, e: Expression) -> Resolved | None:
    if told.anchor is None:
        return None
    amount = int(e.parts.amount)
    if told.anchor.day is None:
        if e.parts.unit != "year":
            return None
        year = told.anchor.year + min(amount, 1)
        return Period(Day(year, 1, 1), Day(year + abs(amount) - 1, 12, 31), "year"), told.anchor.basis
    other = periods.shifted(told.anchor.day, e.parts.unit, amount)
    first, last = sorted((told.anchor.day, other))
    return Period(first, last, _UNIT_PRECISION[e.parts.unit or "day"]), told.anchor.basis


def _decade(told: Narrative, e: Expression) -> Resolved | None:
    first, last = e.parts.year, e.parts.end_year or e.parts.year + 9
    if e.parts.part == "early":
        last = first + 3
    elif e.parts.part == "late":
        first = last - 4
    return Period(Day(first, 1, 1), Day(last, 12, 31), "decade"), "explicit"


def _years(told: Narrative, e: Expression) -> Resolved | None:
    first, last = e.parts.year, e.parts.end_year or e.parts.year
    low, high = {"early": (first, first), "late": (last, last)}.get(e.parts.part or "", (first, last))
    return Period(Day(low, 1, 1), Day(high, 12, 31), "year"), "explicit"


_RESOLVERS: dict[str, Callable[[Narrative, Expression], Resolved | None]] = {
    "year": _explicit, "published": _published, "previous": _previous,
    "year before": _year_before, "paragraph": _paragraphs, "month": _month_only, "day": _day_only,
    "today": _today, "that day": _that_day, "this month": _this_month,
    "that month": _that_month, "week": _week, "distance": _distance, "span": _span,
    "decade": _decade, "years": _years,
}  # fmt: skip
_UNIT_PRECISION: dict[str, DatePrecision] = {"year": "year", "month": "month", "week": "day", "day": "day"}


def _basis(period: Period | None, basis: DateBasis) -> Resolved | None:
    return None if period is None else (period, basis)


def _is_future(told: Narrative, e: Expression) -> bool:
    return date_grammar.is_future(told.text, e.end)


def _nearest_year(told: Narrative, e: Expression, day: Day) -> int:
    """The year of a month or festival that names none: this one, or the neighbour where that is much nearer."""
    parts = e.parts
    if parts.name:
        away = {
            year: (there - day).days
            for year in range(day.year - 1, day.year + 2)
            if (there := festivals.day_of(parts.name, year))
        }
        if not _is_future(told, e):  # what is told has mostly been
            away = {year: days for year, days in away.items() if days <= _SOON_DAYS}
        return min(away, key=lambda year: abs(away[year]), default=day.year)
    if parts.month is None or parts.lunar or abs(parts.month - day.month) < _FAR_MONTHS:
        return day.year
    if parts.month > day.month:
        return day.year if _is_future(told, e) else day.year - 1
    return day.year + 1 if _is_future(told, e) else day.year
