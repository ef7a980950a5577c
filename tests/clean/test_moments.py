"""Dates as sources print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.moments import STAMP, moment, published


@pytest.mark.parametrize(
    ("printed", "iso", "precision"),
    [
        ("2013-12-04 23:24", "2013-12-04T23:24", "minute"),
        ("2013-12-04T23:24:05", "2013-12-04T23:24:05", "second"),
        ("2013-12-04", "2013-12-04", "day"),
        ("2013-12-39", "2013-12", "month"),
        ("2013-12-4", "2013-12-04", "day"),
        ("2013/12/04 08:05:09", "2013-12-04T08:05:09", "second"),
        ("2013.12.04", "2013-12-04", "day"),
        ("2013年12月4日", "2013-12-04", "day"),
        ("2013年12月4日 星期三 23:24", "2013-12-04T23:24", "minute"),
        ("2013年12月04日23时24分", "2013-12-04T23:24", "minute"),
        ("2013年12月", "2013-12", "month"),
        ("2013年", "2013", "year"),
        ("2013", "2013", "year"),
        ("20131204", "2013-12-04", "day"),
        ("20131204232405", "2013-12-04T23:24:05", "second"),
        ("2013-12-04T23:24:05.123+08:00", "2013-12-04T23:24:05", "second"),
        ("2013-12-04T15:24:05Z", "2013-12-04T15:24:05Z", "second"),
        ("2013-12-04T15:24+00:00", "2013-12-04T15:24+00:00", "minute"),
        ("Wed, 04 Dec 2013 23:24:05 +0800", "2013-12-04T23:24:05", "second"),
        ("1386170645", "2013-12-04T23:24:05", "second"),
        ("1386170645000", "2013-12-04T23:24:05", "second"),
        ("1386170645.123", "2013-12-04T23:24:05", "second"),
        ("Wed Dec 04 23:24:05 CST 2013", "2013-12-04T23:24:05", "second"),
        ("December 4, 2013 11:24 PM", "2013-12-04T23:24", "minute"),
        ("Wednesday, Dec. 4th, 2013", "2013-12-04", "day"),
        ("发布于 2013-12-04 23:24", "2013-12-04T23:24", "minute"),
        ("2013年12月4日 下午11:24", "2013-12-04T23:24", "minute"),
        ("2013/12/04 上午 12:05:09", "2013-12-04T00:05:09", "second"),
        ("2013/12/4 11:24:05 PM", "2013-12-04T23:24:05", "second"),
        ("2013 年 12 月 4 日 23 : 24", "2013-12-04T23:24", "minute"),
        ("12/24/2013 11:24 PM", "2013-12-24T23:24", "minute"),
        ("24.12.2013", "2013-12-24", "day"),
        ("4/4/2013", "2013-04-04", "day"),
        ("Wed, 04 Dec 2013 15:24:05 GMT", "2013-12-04T15:24:05+00:00", "second"),
        ("4 December 2013", "2013-12-04", "day"),
        ("04-Dec-2013 23:24", "2013-12-04T23:24", "minute"),
        ("Wed Dec 04 2013 23:24:05 GMT+0800 (中国标准时间)", "2013-12-04T23:24:05", "second"),
        ("20131204T152405Z", "2013-12-04T15:24:05Z", "second"),
        ("201312042324", "2013-12-04T23:24", "minute"),
        ("20131204 23:24", "2013-12-04T23:24", "minute"),
        ("1386170645000000", "2013-12-04T23:24:05", "second"),
        ("9999999999999", "2286-11-21T01:46:39", "second"),
        ("民國102年12月4日", "2013-12-04", "day"),
        ("二〇一三年十二月四日", "2013-12-04", "day"),
        ("二零一三年十二月", "2013-12", "month"),
    ],
)
def test_published(printed: str, iso: str, precision: str) -> None:
    assert published(printed) == (iso, precision)


@pytest.mark.parametrize(
    "printed", ["", "昨天", "12-04 23:24", "2013-13-01", "2013-02-30", "3小时前", "１２３", "1453", "3021"]
)
def test_no_moment(printed: str) -> None:
    assert published(printed) is None


@pytest.mark.parametrize("printed", ["3/4/2013", "43831", "109/03/04", "13-12-04"])
def test_what_can_be_read_in_two_ways_is_no_moment(printed: str) -> None:
    assert published(printed) is None


@pytest.mark.parametrize("printed", ["1970-01-01 08:00:00", "1970-01-01T00:00:00Z", "0"])
def test_a_field_that_nobody_filled_in_is_no_moment(printed: str) -> None:
    assert published(printed) is None


@given(st.dates(), st.sampled_from([("上午", "AM"), ("下午", "PM")]), st.integers(1, 12), st.integers(0, 59))
def test_a_half_of_the_day_is_read_before_and_behind_the_hour(
    day: date, half: tuple[str, str], hour: int, minute: int
) -> None:
    shown = f"2013/12/{day.day}"
    before, behind = f"{shown} {half[0]}{hour}:{minute:02}", f"{shown} {hour}:{minute:02} {half[1]}"
    assert published(before) == published(behind)
    assert published(before) == published(f"{shown} {hour % 12 + 12 * (half[1] == 'PM')}:{minute:02}")


@given(st.text(max_size=30))
def test_every_string_is_safe(text: str) -> None:
    published(text)
    for match in STAMP.finditer(text):
        moment(match)
