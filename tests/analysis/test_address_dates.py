"""Days in addresses."""

from __future__ import annotations

import pytest

from corpus_db.analysis.address_dates import estimate_published


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("http://www.example.com/2019/09/07/a.html", "2019-09-07"),
        ("http://www.example.com/2019-09/07/c_1.htm", "2019-09-07"),
        ("http://www.example.com/n1/2019/0907/c1004-1.html", "2019-09-07"),
        ("http://www.example.com/gn/201909/t20190907_123.html", "2019-09-07"),
        ("http://www.example.com/a/20190907/1.html", "2019-09-07"),
        ("http://www.example.com/2019/9/7/1.html", "2019-09-07"),
        ("/2019-09-07-a", "2019-09-07"),
        ("http://www.example.com/201909071234567.html", None),  # a number
        ("http://www.example.com/article/24144", None),
        ("http://www.example.com/2019/0230/1", None),
        ("http://www.example.com/2019/09/", None),
        ("http://2019-09-07.example.com/", None),
        ("", None),
    ],
)
def test_day_in_an_address(address: str, day: str | None) -> None:
    found = estimate_published(address)
    assert (found and found[0]) == day
    assert found is None or found[1] in address
