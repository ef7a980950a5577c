"""Headers: how far the first lines of a document are no text, and what they state."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.header import header
from corpus_db.clean.spans import lines
from tests.clean.sources import EDGE_LINES


def test_a_header_stops_at_the_first_text() -> None:
    page = lines("题目\n作者：王小明\n第一段在这里，写得不长。\n来源：东城日报")
    head = header(page, {})
    assert (head.end, head.fields) == (2, {"title": "题目", "author": "王小明"})


@given(st.lists(EDGE_LINES | st.sampled_from(["题目在这里", "他走了。", "首页 > 要闻"]), max_size=12), st.booleans())
def test_marks_lie_in_the_header_in_order(page: list[str], lone_title: bool) -> None:
    whole = lines("\n".join(page))
    found = header(whole, {}, lone_title=lone_title)
    assert 0 <= found.end <= len(whole)
    limit = whole[found.end - 1].end if found.end else 0
    places = sorted((mark.start, mark.end) for mark in found.marks)
    assert all(start < end <= limit for start, end in places)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))


def test_buttons_among_the_facts_of_a_line_are_chrome() -> None:
    page = lines("题目\n2019-09-07 09:59 | 打印 | 阅读 3\n第一段在这里，写得不长。")
    marks = header(page, {}).marks
    assert [(mark.role, mark.reason) for mark in marks] == [
        ("title", "title"),
        ("field", "published"),
        ("chrome", "page tools"),
        ("field", "views"),
    ]


def test_what_the_reader_states_is_not_looked_for() -> None:
    page = lines("另一个题目\n2019-09-07 09:59\n第一段在这里。")
    assert "title" not in header(page, {"title": "题目"}).fields
