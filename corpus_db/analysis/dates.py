"""Time expressions → days: `date_grammar` reads what is written, `narrative` when it was.

An expression that names its year stands for itself. The others hang on an anchor: the day of publication, or, where the
site's date is only a reprint's, the year that the text's own dates imply (`reference_year`); 次年, 同年, 当年 and 3天后
hang on what the narrative named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.analysis import date_grammar, periods
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.date_resolvers import resolve
from corpus_db.analysis.narrative import Anchor, Narrative
from corpus_db.analysis.periods import Day, Period
from corpus_db.analysis.remembered import Remembered
from corpus_db.records import DateBasis, DateMention

expressions = date_grammar.find
Reference = tuple[int, str]  # a year, and why that one


def find(text: str, published: Day | None, found: Sequence[Expression] | None = None) -> list[DateMention]:
    """The time expressions of an article, resolved to days; those that nothing fixes are left out.

    `published` is what the site states; `found` are the text's `expressions`, where they have been read already.

    >>> [(m.raw, m.start_date, m.end_date) for m in find("2000年10月上线，次年7月盈利", None)]
    [('2000年10月', '2000-10-01', '2000-10-31'), ('次年7月', '2001-07-01', '2001-07-31')]
    """
    found = expressions(text) if found is None else found
    return find_at(text, published, found, reference_year(found, published))


def find_at(
    text: str, published: Day | None, found: Sequence[Expression], reference: Reference | None
) -> list[DateMention]:
    """`find`, given the text's expressions and the year that it speaks from (`reference_year`)."""
    return _mentions(found, Narrative(text, anchor(found, published, reference))) if found else []


_JOIN = re.compile(r"[ (（含)）]{0,3}(?:-{1,2}|~|～|—{1,2}|–|－|至|到)[ ]?\Z")
_JOIN_CHARS = 5  # of the longest gap in which a joining word is looked for
_APPOSED = frozenset(("", " ", "\n", "，", ",", "（", "("))
_OPEN, _CLOSE = frozenset("(（"), frozenset(")）")


def _mentions(found: Sequence[Expression], told: Narrative) -> list[DateMention]:
    """The mentions of all expressions that can be resolved, ranges joined."""
    result: list[tuple[Expression, Period, DateBasis]] = []
    clock_end = 0
    for expression in found:
        start = expression.start
        told.advance(start)
        if expression.kind == "clock":
            if result and start - result[-1][0].end <= 1:
                clock_end = expression.end
            continue
        resolved = resolve(told, expression)
        if resolved is None:
            continue
        period, basis = resolved
        gap = max(result[-1][0].end, min(clock_end, start)) if result else 0
        if not result or start - gap > _JOIN_CHARS:
            told.note(expression, period)
            result.append((expression, period, basis))
            continue
        before, earlier, earlier_basis = result[-1]
        between = told.text[gap:start]
        if expression.kind == "week" and between in _APPOSED and earlier.precision == "day":
            closed = between in _OPEN and told.text[expression.end : expression.end + 1] in _CLOSE
            result[-1] = before._replace(end=expression.end + closed), earlier, earlier_basis
            continue
        told.note(expression, period)
        if _JOIN.match(between) and earlier.first <= period.last and periods.joinable(earlier, period):
            whole = expression._replace(start=before.start, parts=expression.parts._replace(joined=True))
            both = Period(earlier.first, period.last, periods.finer(earlier, period))
            result[-1] = whole, both, earlier_basis
        else:
            result.append((expression, period, basis))
    return [_mention(told.text, *entry) for entry in result]


def _mention(text: str, expression: Expression, period: Period, basis: DateBasis) -> DateMention:
    start, end, _, parts, _ = expression
    if (parts.joined or parts.end_day or parts.end_month) and text[start - 1 : start] == "从":
        start -= 1  # 从三月到五月 is one phrase
    first, last, precision = period
    return DateMention(start, text[start:end], _iso[first], _iso[last], precision, basis)


_iso = Remembered(Day.isoformat, most=1 << 12)


def anchor(found: Sequence[Expression], published: Day | None, reference: Reference | None) -> Anchor | None:
    """What the undated expressions of a text count from; None where neither the site nor the text says."""
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


def reference_year(found: Sequence[Expression], published: Day | None) -> Reference | None:
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


def _spoken_year(found: Sequence[Expression], years: Sequence[Expression]) -> Reference | None:
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


def estimate_published(text: str) -> tuple[str, str] | None:
    """(ISO year, the words it rests on) for an article that states no date; None where the text does not say.

    The latest year that it names and does not speak of as to come, if it also speaks of 今年, 8月 or the like.

    >>> estimate_published("2017年上半年盈利。今年8月上线")
    ('2017', '2017年上半年, 今年8月')
    """
    found = expressions(text)
    return estimated(text, found, reference_year(found, None))


def estimated(text: str, found: Sequence[Expression], reference: Reference | None) -> tuple[str, str] | None:
    """`estimate_published`, given the text's expressions and the year that it speaks from."""
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
