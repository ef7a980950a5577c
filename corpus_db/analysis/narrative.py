"""One reading of a text from front to back: each time expression to days, by the anchor and by what was named last."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus_db.analysis import date_grammar, festivals, periods
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.periods import Day, Period
from corpus_db.records import DateBasis, DateMention, DatePrecision


class Anchor(NamedTuple):
    """What dates without a year count from. `day` is None where only the year is known."""

    year: int
    day: Day | None
    basis: DateBasis
    near: Day | None = None  # a day near the time of writing, for festivals: `day`, or the last one that the text names


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_COMPARED = re.compile(r"(?:比|较|相比|同比)$")
_COMPARED_AFTER = re.compile(r"的?(?:同期|同比|相比|以来)")
_NEAR_CHARS = 120  # 当年 means the year named just before, else the old days
_REMEMBERED = re.compile("(?:追忆|回忆|想起|怀念|重温|不复|一如|比起)$")
# 当年招聘…4月1日入职: a paragraph that looks back; its dates without a year are not of the year of writing.
_LONG_AGO = re.compile("当年|那年|彼时|那时|早年|年轻时")
_FRESH_DAYS = 60  # unless they are near the day of publication
_SOON_DAYS = 75  # a festival so near ahead is rather meant than the last one
_JOIN = re.compile(r"[ (（含)）]{0,3}(?:-{1,2}|~|～|—{1,2}|–|－|至|到)[ ]?$")
_OPEN, _CLOSE = frozenset("(（"), frozenset(")）")
_APPOSED = re.compile(r"[ ，,（(]?$")


class Narrative:
    """One reading of a text from front to back, with what it named last."""

    def __init__(self, text: str, anchor: Anchor | None) -> None:
        self.text = text
        self.anchor = anchor
        self.year: int | None = None  # the last year named
        self.day: Period | None = None  # the last day named
        self.sentence: tuple[int, DateBasis] | None = None  # the year named in this sentence, comparisons apart
        self.month: tuple[int, int] | None = None  # the year and month named in this sentence
        self.paragraph = False  # whether `year` was named in this paragraph
        self.year_end = 0  # where the last year was named
        self.end = 0

    def mentions(self, found: Sequence[Expression]) -> list[DateMention]:
        """The mentions of all expressions that can be resolved, ranges joined."""
        result: list[tuple[Expression, Period, DateBasis]] = []
        clock_end = 0
        for expression in found:
            self._advance(expression.start)
            if expression.kind == "clock":
                if result and expression.start - result[-1][0].end <= 1:
                    clock_end = expression.end
                continue
            resolved = self._resolve(expression)
            if resolved is None:
                continue
            period, basis = resolved
            previous = result[-1] if result else None
            if previous:
                between = self.text[max(previous[0].end, min(clock_end, expression.start)) : expression.start]
                if (
                    expression.kind == "week"
                    and _APPOSED.match(between)
                    and len(between) < 2
                    and previous[1].precision == "day"
                ):
                    end = expression.end + (
                        self.text[expression.end : expression.end + 1] in _CLOSE and between in _OPEN
                    )
                    result[-1] = (previous[0]._replace(end=end), *previous[1:])
                    continue
                if (
                    len(between) < 6
                    and _JOIN.match(between)
                    and previous[1].first <= period.last
                    and periods.joinable(previous[1], period)
                ):
                    whole = expression._replace(start=previous[0].start, parts=expression.parts._replace(joined=True))
                    result[-1] = (
                        whole,
                        Period(previous[1].first, period.last, periods.finer(previous[1], period)),
                        previous[2],
                    )
                    self._note(expression, period)
                    continue
            self._note(expression, period)
            result.append((expression, period, basis))
        return [self._mention(*entry) for entry in result]

    def _mention(self, expression: Expression, period: Period, basis: DateBasis) -> DateMention:
        start, parts = expression.start, expression.parts
        if (parts.joined or parts.end_day or parts.end_month) and self.text[start - 1 : start] == "从":
            start -= 1  # 从三月到五月 is one phrase
        return DateMention(
            start,
            self.text[start : expression.end],
            period.first.isoformat(),
            period.last.isoformat(),
            period.precision,
            basis,
        )

    def _advance(self, start: int) -> None:
        if start <= self.end:
            return
        if match := _SENTENCE_END.search(self.text, self.end, start):
            self.sentence = self.month = None
            if "\n" in self.text[match.start() : start]:
                self.paragraph = False
                self.day = None
        self.end = start

    def _note(self, expression: Expression, period: Period) -> None:
        if period.precision == "decade" or expression.parts.base in ("span", "today", "week"):
            return
        self.year, self.paragraph, self.year_end = period.last.year, True, expression.end
        if period.precision == "day":
            self.day = period
        compared = _COMPARED.search(self.text, max(0, expression.start - 2), expression.start)
        if compared or _COMPARED_AFTER.match(self.text, expression.end):
            return
        if expression.parts.base in ("year", "published", "previous", "paragraph"):
            of_anchor = expression.parts.base == "published" and self.anchor
            self.sentence = (period.last.year, self.anchor.basis if of_anchor and self.anchor else "previous")
        if expression.parts.month and not expression.parts.lunar:
            self.month = (period.last.year, period.last.month)

    def _resolve(self, expression: Expression) -> tuple[Period, DateBasis] | None:
        resolver = _RESOLVERS.get(expression.parts.base or "")
        if resolver is None:
            return None
        try:
            return resolver(self, expression)
        except (ValueError, OverflowError):  # there is no such day (2月30日), or it lies outside the calendar
            return None

    def explicit(self, e: Expression) -> tuple[Period, DateBasis] | None:
        return _basis(periods.period(e.parts.year, e.parts), "explicit")

    def published(self, e: Expression) -> tuple[Period, DateBasis] | None:
        return self.anchor and _basis(periods.period(self.anchor.year + e.parts.year, e.parts), self.anchor.basis)

    def previous(self, e: Expression) -> tuple[Period, DateBasis] | None:
        return None if self.year is None else _basis(periods.period(self.year + e.parts.year, e.parts), "previous")

    def paragraphs(self, e: Expression) -> tuple[Period, DateBasis] | None:
        near = self.paragraph and e.start - self.year_end <= _NEAR_CHARS
        remembered = _REMEMBERED.search(self.text, max(0, e.start - 3), e.start)
        return self.previous(e) if near and not remembered else None

    def month_only(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.sentence is not None:
            return _basis(periods.period(self.sentence[0], e.parts), self.sentence[1])
        if self.anchor is None:
            return None
        if self._looks_back(e):
            return self.previous(e) if self.paragraph else None
        year = self.anchor.year
        if self.anchor.day or (self.anchor.near and e.parts.name):
            near = self.anchor.near or Day(year, 1, 1)
            year = _nearest_year(e, near, date_grammar.is_future(self.text, e.end))
        return _basis(periods.period(year, e.parts), self.anchor.basis)

    def _looks_back(self, e: Expression) -> bool:
        """Whether the words before a month without a year, in its paragraph, speak of the old days."""
        low = max(self.text.rfind("\n", 0, e.start) + 1, e.start - _NEAR_CHARS)
        if self.anchor is None or e.parts.name or _LONG_AGO.search(self.text, low, e.start) is None:
            return False
        near = self.anchor.day and periods.day_or_none(self.anchor.year, e.parts.month or 1, min(e.parts.day or 15, 28))
        return not (near and self.anchor.day and abs((self.anchor.day - near).days) <= _FRESH_DAYS)

    def day_only(self, e: Expression) -> tuple[Period, DateBasis] | None:
        parts = e.parts
        if self.month:
            return _basis(periods.period(self.month[0], parts._replace(month=self.month[1])), "previous")
        if self.anchor is None or self.anchor.day is None:
            return None
        day = self.anchor.day
        year, month = day.year, day.month
        ahead = date_grammar.is_future(self.text, e.end)
        late = parts.day and parts.day > day.day + 10 and not ahead and not parts.end_day
        if late or (parts.day and parts.day > periods.last_of(year, month).day):
            year, month = periods.add_months(year, month, -1)
        return _basis(periods.period(year, parts._replace(month=month)), self.anchor.basis)

    def today(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.anchor is None or self.anchor.day is None:
            return None
        day = self.anchor.day + datetime.timedelta(e.parts.day or 0)
        return Period(day, day, "day"), self.anchor.basis

    def that_day(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.day is None:
            return None
        day = self.day.last + datetime.timedelta(e.parts.day or 0)
        return Period(day, day, "day"), "previous"

    def this_month(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.anchor is None or self.anchor.day is None:
            return None
        year, month = periods.add_months(self.anchor.day.year, self.anchor.day.month, e.parts.month or 0)
        return _basis(periods.period(year, e.parts._replace(month=month)), self.anchor.basis)

    def that_month(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.month is None:
            return None
        year, month = periods.add_months(*self.month, e.parts.month or 0)
        return _basis(periods.period(year, e.parts._replace(month=month)), "previous")

    def week(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.anchor is None or self.anchor.day is None:
            return None
        parts, day = e.parts, self.anchor.day
        monday = day + datetime.timedelta(7 * parts.year - day.weekday())
        if parts.day:
            that = monday + datetime.timedelta(parts.day - 1)
            if parts.name is None and that > day and not date_grammar.is_future(self.text, e.end):
                that -= datetime.timedelta(7)
            return Period(that, that, "day"), self.anchor.basis
        first = monday + datetime.timedelta(5 if parts.part == "weekend" else 0)
        return Period(first, monday + datetime.timedelta(6), "day"), self.anchor.basis

    def distance(self, e: Expression) -> tuple[Period, DateBasis] | None:
        parts = e.parts
        amount = int(parts.amount)
        if parts.amount > 0 and self.paragraph and (self.day if parts.unit in ("day", "week") else self.year):
            return self._distance_from(parts.unit, amount)
        if self.anchor is None:
            return None
        if parts.unit == "year":
            return Period(*periods.whole_year(self.anchor.year + amount), "year"), self.anchor.basis
        if self.anchor.day is None:
            return None
        return Period(*periods.moved(self.anchor.day, parts.unit, amount)), self.anchor.basis

    def _distance_from(self, unit: str | None, amount: int) -> tuple[Period, DateBasis] | None:
        if unit == "year":
            return Period(*periods.whole_year((self.year or 0) + amount), "year"), "previous"
        if unit == "month" and self.day is None:
            if self.month is None:
                return None
            year, month = periods.add_months(*self.month, amount)
            return _basis(periods.period(year, Parts(None, month=month)), "previous")
        return None if self.day is None else (Period(*periods.moved(self.day.last, unit, amount)), "previous")

    def span(self, e: Expression) -> tuple[Period, DateBasis] | None:
        if self.anchor is None:
            return None
        amount = int(e.parts.amount)
        if self.anchor.day is None:
            if e.parts.unit != "year":
                return None
            year = self.anchor.year + min(amount, 1)
            return Period(Day(year, 1, 1), Day(year + abs(amount) - 1, 12, 31), "year"), self.anchor.basis
        other = periods.shifted(self.anchor.day, e.parts.unit, amount)
        first, last = sorted((self.anchor.day, other))
        return Period(first, last, _UNIT_PRECISION[e.parts.unit or "day"]), self.anchor.basis

    def decade(self, e: Expression) -> tuple[Period, DateBasis] | None:
        first, last = e.parts.year, e.parts.end_year or e.parts.year + 9
        if e.parts.part == "early":
            last = first + 3
        elif e.parts.part == "late":
            first = last - 4
        return Period(Day(first, 1, 1), Day(last, 12, 31), "decade"), "explicit"


_RESOLVERS: dict[str, Callable[[Narrative, Expression], tuple[Period, DateBasis] | None]] = {
    "year": Narrative.explicit, "published": Narrative.published, "previous": Narrative.previous,
    "paragraph": Narrative.paragraphs, "month": Narrative.month_only, "day": Narrative.day_only,
    "today": Narrative.today, "that day": Narrative.that_day, "this month": Narrative.this_month,
    "that month": Narrative.that_month, "week": Narrative.week, "distance": Narrative.distance, "span": Narrative.span,
    "decade": Narrative.decade,
}  # fmt: skip
_UNIT_PRECISION: dict[str, DatePrecision] = {"year": "year", "month": "month", "week": "day", "day": "day"}


def _basis(period: Period | None, basis: DateBasis) -> tuple[Period, DateBasis] | None:
    return None if period is None else (period, basis)


def _nearest_year(expression: Expression, day: Day, ahead: bool) -> int:
    """The year of a month or festival that names none: this one, or the neighbour where that is much nearer."""
    parts = expression.parts
    if parts.name:
        away = {
            year: (there - day).days
            for year in range(day.year - 1, day.year + 2)
            if (there := festivals.day_of(parts.name, year))
        }
        if not ahead:  # what is told has mostly been
            away = {year: days for year, days in away.items() if days <= _SOON_DAYS}
        return min(away, key=lambda year: abs(away[year]), default=day.year)
    if parts.month is None or parts.lunar:
        return day.year
    if parts.month - day.month >= 9 and not ahead:
        return day.year - 1
    return day.year + 1 if ahead and day.month - parts.month >= 9 else day.year
