"""Numbers and days, written otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search.notations import MOST, notations


@pytest.mark.parametrize(
    "typed, others",
    [
        ("1千万", ["1000万", "一千万", "10000000"]),
        ("三千五百亿元", ["3500亿元", "350000000000元"]),
        ("1.5万家", ["15000家"]),
        ("2023-08-01", ["2023年8月1日", "二〇二三年八月一日"]),
        ("二〇二三年八月", ["2023年8月", "2023-08"]),
        ("一百零五人", ["105人"]),
        ("百千", []),
        ("一二百", []),
        ("c919", []),
        ("iphone15", []),
        ("192.168.0.1", []),
        ("", []),
    ],
)
def test_other_ways_to_write_it(typed, others):
    assert notations(typed) == others


@given(st.integers(1, 9_999))
def test_what_is_read_is_written_and_the_reverse(number):
    read = notations(f"{number}家")[0]
    assert not any(char.isdigit() and char.isascii() for char in read)
    assert notations(read)[0] == f"{number}家"


@given(st.text("一十百千万亿〇零两0123456789年月日百分之%.-/,a", max_size=12))
def test_every_text_has_few_others_all_different(text):
    found = notations(text)
    assert len(found) == len(set(found) - {text}) <= MOST
