"""Time expressions to days: `date_grammar` reads what is written, this module says when it was.

An expression that names its year stands for itself. The others hang on an anchor: the day of publication, or, where the
site's date is only a reprint's, the year that the text's own dates imply (`reference_year`); 次年, 同年, 当年 and 3天后
hang on what the narrative named last.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.analysis import date_grammar, festivals, periods
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.periods import Day, Period
from corpus_db.records import DateBasis, DateMention, DatePrecision

expressions = date_grammar.find


class Anchor(NamedTuple):
    """What dates without a year count from. `day` is None where only the year is known."""

    year: int
    day: Day | None
    basis: DateBasis
    near: Day | None = None  # a day near the time of writing, for festivals: `day`, or the last one that the text names


def find(text: str, published: Day | None, found: Sequence[Expression] | None = None) -> list[DateMention]:
    """The time expressions of an article, resolved to days; those that nothing fixes are left out.

    `published` is what the site states; `found` are the text's `expressions`, where they have been read already.

    >>> [(m.raw, m.start_date, m.end_date) for m in find("2000年10月上线，次年7月盈利", None)]
    [('2000年10月', '2000-10-01', '2000-10-31'), ('次年7月', '2001-07-01', '2001-07-31')]
    """
    found = expressions(text) if found is None else found
    return _Narrative(text, anchor(found, published)).mentions(found)


def anchor(found: Sequence[Expression], published: Day | None) -> Anchor | None:
    """What the undated expressions of a text count from; None where neither the site nor the text says."""
    reference = reference_year(found, published)
    if reference is None:
        return None
    if published and reference[0] == published.year:
        return Anchor(published.year, published, "published", published)
    return Anchor(reference[0], None, "text", _last_day(found, reference[0]))


def _last_day(found: Sequence[Expression], year: int) -> Day | None:
    """The last day of `year` that a text names by month and day, with the year or without."""
    bases = [("year", year), ("month", 0)]
    dated = [e.parts for e in found if (e.parts.base, e.parts.year) in bases and e.parts.month and not e.parts.lunar]
    return max((day for p in dated if p.day and (day := periods.day_or_none(year, p.month or 1, p.day))), default=None)


_GAP_YEARS = 2  # last year's dates are in every article; two years without a date make a reprint likely
_NEAR_DAYS = 60
_SAME_DAYS = 15
_FRESH_DAYS = 15


def reference_year(found: Sequence[Expression], published: Day | None) -> tuple[int, str] | None:
    """The year that a text speaks from, and why: 'published', 'future year', 'latest date', 'half year' or 'timeline'.

    The publication date's year, unless the text shows that it is older: it speaks of an earlier year as to come, or its
    latest date lies years back, next to its dates without a year, of which none is fresh at the day of publication.
    None where no date is stated and the text gives no such evidence.
    """
    years = [e for e in found if e.parts.base == "year" and e.kind != "minguo"]
    now = [e for e in years if not e.future]
    if published is None:
        return _spoken_year(found, years)
    to_come = [e.parts.year for e in years if e.future and published.year - _GAP_YEARS < e.parts.year < published.year]
    if to_come and max(_last_year(e) for e in years) == max(to_come):
        return max(to_come), "future year"
    latest = max((_last_year(e) for e in now), default=published.year)
    if latest <= published.year - _GAP_YEARS and _speaks_near(found, latest, published):
        return latest, "latest date"
    return published.year, "published"


def _spoken_year(found: Sequence[Expression], years: Sequence[Expression]) -> tuple[int, str] | None:
    """The latest year named, where the text shows that it is its own.

    Measured on dated news with the date hidden: the latest year alone is right in .52 of the articles; a full date of
    it within 15 days of a date without year in .95, a half or quarter of it (2023年上半年) in .91.
    """
    if not years or any(e.future and _last_year(e) == max(map(_last_year, years)) for e in years):
        return None
    latest = max(_last_year(e) for e in years)
    full, bare = _dated(found, latest)
    if any(abs(_year_day(a) - _year_day(b)) <= _SAME_DAYS for a in full for b in bare):
        return latest, "latest date"
    if any(e.parts.year == latest and (e.parts.part or "")[:1] in ("H", "Q") and e.parts.part for e in years):
        return latest, "half year"
    named = {e.parts.year for e in years}
    this_year = any(e.parts.base == "published" and e.parts.year == 0 for e in found)
    return (latest, "timeline") if this_year and {latest - 1, latest - 2, latest - 3} <= named else None


def _dated(found: Sequence[Expression], year: int) -> tuple[list[Parts], list[Parts]]:
    """(full dates of `year`, dates of month and day without a year)."""
    full = [e.parts for e in found if e.parts.base == "year" and _last_year(e) == year]
    bare = [e.parts for e in found if e.kind in ("month", "dotted")]
    return [p for p in full if p.month and p.day], [p for p in bare if p.month and p.day]


def _year_day(parts: Parts) -> int:
    return (parts.month or 1) * 30 + (parts.day or 1)


def _last_year(expression: Expression) -> int:
    return expression.parts.end_year or expression.parts.year


def _speaks_near(found: Sequence[Expression], year: int, published: Day) -> bool:
    """Whether the dates without a year cluster about a full date of `year`, and none is fresh at publication."""
    full, bare = _dated(found, year)
    relative = any(e.kind in ("relative", "part") and e.parts.base != "previous" for e in found)
    if not full or not bare or not relative:
        return False
    if any(0 <= _days_after(p, published) <= _FRESH_DAYS for p in bare):
        return False
    return any(abs(_year_day(a) - _year_day(b)) <= _NEAR_DAYS for a in full for b in bare)


def _days_after(parts: Parts, day: Day) -> int:
    """Days from the last month and day of `parts` to `day`."""
    then = periods.day_or_none(day.year, parts.month or 1, min(parts.day or 1, 28))
    return (day - then).days % 365 if then else 365


_SPEAKS_NOW = ("relative", "month", "part", "day_word", "month_word", "week", "dotted", "days", "festival")


def estimate_published(text: str, found: Sequence[Expression] | None = None) -> tuple[str, str] | None:
    """(ISO year, the words it rests on) for an article that states no date; None where the text does not say.

    The latest year that it names and does not speak of as to come, if it also speaks of 今年, 8月 or the like.

    >>> estimate_published("2017年上半年盈利。今年8月上线")
    ('2017', '2017年上半年, 今年8月')
    """
    found = expressions(text) if found is None else found
    reference = reference_year(found, None)
    spoken = [
        e for e in found if e.kind in _SPEAKS_NOW and e.parts.base in ("published", "month", "today", "this month")
    ]
    if reference is None or not spoken:
        return None
    year = next(e for e in found if e.parts.base == "year" and not e.future and _last_year(e) == reference[0])
    words = [text[e.start : e.end] for e in (year, *_strongest(spoken))]
    return str(reference[0]), ", ".join(dict.fromkeys(words))


def _strongest(spoken: list[Expression]) -> list[Expression]:
    """今年 says more than a bare month; two are enough."""
    return sorted(spoken, key=lambda e: (e.parts.base != "published" or e.parts.year != 0, e.start))[:2]


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_COMPARED = re.compile(r"(?:比|较|相比|同比)$")
_COMPARED_AFTER = re.compile(r"的?(?:同期|同比|相比|以来)")
_NEAR_CHARS = 120  # 当年 means the year named just before, else the old days
_REMEMBERED = re.compile("(?:追忆|回忆|想起|怀念|重温|不复|一如|比起)$")
_JOIN = re.compile(r"[ (（含)）]{0,3}(?:-{1,2}|~|～|—{1,2}|–|－|至|到)[ ]?$")
_OPEN, _CLOSE = frozenset("(（"), frozenset(")）")
_APPOSED = re.compile(r"[ ，,（(]?$")


class _Narrative:
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
        year = self.anchor.year
        if self.anchor.day or (self.anchor.near and e.parts.name):
            near = self.anchor.near or Day(year, 1, 1)
            year = _nearest_year(e, near, date_grammar.is_future(self.text, e.end))
        return _basis(periods.period(year, e.parts), self.anchor.basis)

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


_RESOLVERS = {
    "year": _Narrative.explicit, "published": _Narrative.published, "previous": _Narrative.previous,
    "paragraph": _Narrative.paragraphs, "month": _Narrative.month_only, "day": _Narrative.day_only, "today": _Narrative.today,
    "that day": _Narrative.that_day, "this month": _Narrative.this_month, "that month": _Narrative.that_month,
    "week": _Narrative.week, "distance": _Narrative.distance, "span": _Narrative.span, "decade": _Narrative.decade,
}  # fmt: skip
_UNIT_PRECISION: dict[str, DatePrecision] = {"year": "year", "month": "month", "week": "day", "day": "day"}


def _basis(period: Period | None, basis: DateBasis) -> tuple[Period, DateBasis] | None:
    return None if period is None else (period, basis)


def _nearest_year(expression: Expression, day: Day, ahead: bool) -> int:
    """The year of a month or festival that names none: this one, or the neighbour where that is much nearer."""
    parts = expression.parts
    if parts.name:
        years = [
            (abs((there - day).days), year)
            for year in range(day.year - 1, day.year + 2)
            if (there := festivals.day_of(parts.name, year))
        ]
        return min(years)[1] if years else day.year
    if parts.month is None or parts.lunar:
        return day.year
    if parts.month - day.month >= 9 and not ahead:
        return day.year - 1
    return day.year + 1 if ahead and day.month - parts.month >= 9 else day.year
