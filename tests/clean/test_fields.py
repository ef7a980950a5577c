"""Values as pages print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean import fields


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
    ],
)
def test_published(printed: str, iso: str, precision: str) -> None:
    assert fields.published(printed) == (iso, precision)


@pytest.mark.parametrize(
    "printed", ["", "昨天", "12-04 23:24", "2013-13-01", "2013-02-30", "3小时前", "１２３", "9" * 13]
)
def test_no_moment(printed: str) -> None:
    moment = fields.published(printed)
    assert moment is None or printed == "9" * 13  # year 2286: far, but a day


@given(st.text(max_size=30))
def test_every_string_is_safe(text: str) -> None:
    fields.published(text)
    fields.views(text)
    fields.site_of(text)
    fields.person(text)


@pytest.mark.parametrize(
    ("printed", "count"),
    [("35", 35), ("1,160", 1160), ("1.2万", 12000), ("10万+", 100000), ("3k", 3000), ("-3", None), ("", None)],
)
def test_views(printed: str, count: int | None) -> None:
    assert fields.views(printed) == count


def test_every_label_is_found_in_full() -> None:
    for label, row in fields.labels().items():
        match = fields.label_pattern().match(f"{label}：某")
        assert match is not None
        assert match["label"].lower() == label
        assert fields.label_of(match["label"]) == row


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://web.archive.org/web/20210304080000/http://a.cn/1", "http://a.cn/1"),
        ("http://host:8080/all/20210304080000mp_/https://a.cn/?u=1", "https://a.cn/?u=1"),
        ("https://a.cn/20210304080000/1.html", "https://a.cn/20210304080000/1.html"),
        ("https://a.cn/jump?to=/20210304080000/http://b.cn", "https://a.cn/jump?to=/20210304080000/http://b.cn"),
    ],
)
def test_original_address(url: str, page: str) -> None:
    assert fields.original_address(url) == page
