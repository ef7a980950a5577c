"""The calendar's arithmetic: months carry over to years, and no date falls out of its month."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis import periods
from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.periods import Day

DAYS = st.dates(Day(1900, 1, 1), Day(2100, 12, 31))
MONTHS = st.integers(-600, 600)


@given(DAYS, MONTHS, MONTHS)
def test_months_add_up(day: Day, some: int, more: int) -> None:
    there = periods.add_months(day.year, day.month, some + more)
    assert there == periods.add_months(*periods.add_months(day.year, day.month, some), more)
    assert (there[0] - day.year) * 12 + there[1] - day.month == some + more
    assert 1 <= there[1] <= 12


@given(DAYS, MONTHS)
def test_a_day_moved_by_months_stays_in_the_month_that_is_meant(day: Day, months: int) -> None:
    there = periods.shifted(day, "month", months)
    assert (there.year, there.month) == periods.add_months(day.year, day.month, months)
    assert there.day == min(day.day, periods.last_of(there.year, there.month).day)


@given(DAYS, st.sampled_from(["day", "week"]), st.integers(-99, 99))
def test_days_and_weeks_move_back_as_they_moved_on(day: Day, unit: str, amount: int) -> None:
    assert periods.shifted(periods.shifted(day, unit, amount), unit, -amount) == day


@given(DAYS, st.sampled_from(["day", "week", "month"]), st.integers(-99, 99))
def test_what_lies_so_far_away_holds_the_day_that_does(day: Day, unit: str, amount: int) -> None:
    first, last, _ = periods.moved(day, unit, amount)
    assert first <= periods.shifted(day, unit, amount) <= last


PARTS = ["H1", "H2", "Q1", "Q2", "Q3", "Q4", "Q1-2", "Q1-3", "early", "mid", "late", "spring", "summer", "autumn"]


@given(st.integers(1901, 2099), st.sampled_from(PARTS))
def test_a_part_of_a_year_lies_in_it(year: int, part: str) -> None:
    first, last, _ = periods.period(year, Parts("year", year, part=part)) or pytest.fail("no days")
    assert Day(year, 1, 1) <= first <= last <= Day(year, 12, 31)
    assert last + datetime.timedelta(1) == Day(*periods.add_months(last.year, last.month, 1), 1)


@given(
    st.integers(1901, 2099), st.integers(1, 12), st.sampled_from(["early", "mid", "late", "first half", "second half"])
)
def test_a_part_of_a_month_lies_in_it(year: int, month: int, part: str) -> None:
    first, last, precision = periods.period(year, Parts("year", year, month=month, part=part)) or pytest.fail("no days")
    assert Day(year, month, 1) <= first < last <= periods.last_of(year, month)
    assert precision == "month"


def test_a_winter_goes_on_into_the_next_year() -> None:
    assert periods.period(2011, Parts("year", 2011, part="winter")) == (Day(2011, 12, 1), Day(2012, 2, 29), "quarter")


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31)])
def test_there_is_no_such_day(month: int, day: int) -> None:
    with pytest.raises(ValueError, match="day"):
        periods.period(2013, Parts("year", 2013, month=month, day=day))
