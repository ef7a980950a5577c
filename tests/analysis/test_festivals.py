import datetime

import pytest

from corpus_db.analysis import festivals

# First days of Chinese years, by the official holiday calendars of those years.
NEW_YEARS = [
    "1949-01-29",
    "1985-02-20",
    "2000-02-05",
    "2008-02-07",
    "2012-01-23",
    "2013-02-10",
    "2020-01-25",
    "2023-01-22",
    "2033-01-31",
]


@pytest.mark.parametrize("day", NEW_YEARS)
def test_new_year(day: str) -> None:
    expected = datetime.date.fromisoformat(day)
    assert festivals.day_of("春节", expected.year) == expected
    assert festivals.day_of("除夕", expected.year) == expected - datetime.timedelta(1)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("双十一", "2013-11-11"), ("端午节", "2019-06-07"), ("中秋节", "2020-10-01"), ("中秋节", "2013-09-19"),
        ("元宵节", "2018-03-02"),
        ("清明节", "2019-04-05"), ("清明节", "2020-04-04"), ("感恩节", "2019-11-28"), ("母亲节", "2021-05-09"),
        ("七夕", "2017-08-28"),
    ],
)  # fmt: skip
def test_day_of(name: str, day: str) -> None:
    expected = datetime.date.fromisoformat(day)
    assert festivals.day_of(name, expected.year) == expected


def test_years_of_the_table_join() -> None:
    years = festivals.lunar_years()
    for year, lunar in years.items():
        assert len(lunar.lengths) == (13 if lunar.leap_month else 12)
        if year + 1 in years:
            assert lunar.first + datetime.timedelta(sum(lunar.lengths)) == years[year + 1].first


def test_leap_month_stands_behind_its_month() -> None:
    assert festivals.lunar_day(2020, 4, 1, leap=True) == datetime.date(2020, 5, 23)
    assert festivals.lunar_day(2020, 5, 5) == datetime.date(2020, 6, 25)
    assert festivals.lunar_day(2019, 4, 1, leap=True) is None


def test_every_festival_has_a_day() -> None:
    assert all(festivals.day_of(name, 2013) for name in festivals.festivals())
    assert festivals.day_of("春节", 1850) is None
