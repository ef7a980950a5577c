"""HTML inside a value: what is a mark and what stays text, in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.sources.markup import marks, shown

PARTS = [
    "<p>",
    "</p>",
    "<br/>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "&lt;b&gt;",
    "&amp;nbsp;",
    "&",
    "<",
    "a",
    "甲",
    "\n",
]


@given(st.lists(st.sampled_from(PARTS)).map("".join), st.booleans())
def test_marks_come_in_order(text: str, escaped: bool) -> None:
    edges = [edge for mark in marks(text, 0, len(text), escaped=escaped) for edge in (mark.start, mark.end)]
    assert [0, *edges, len(text)] == sorted([0, *edges, len(text)])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲<script>a < b</script>乙", "甲乙"),
        ("<b>甲</b><script>乙", "甲乙"),
        ("<script>甲</script>乙<script>丙</script>丁", "乙丁"),
        ("<b>甲</b><!-- 乙 -->丙<!-- 丁", "甲丙 丁"),
        ("<b>甲</b><my-tag>乙", "甲乙"),
        ("甲<my-tag>乙", "甲<my-tag>乙"),
        ("甲<div", "甲<div"),
    ],
)
def test_what_a_value_shows(value: str, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<style>", "<p ", "<!--<script>", "&lt;p ", "&lt;!--", "&", "</"])
@pytest.mark.parametrize("escaped", [False, True])
def test_time_is_linear(unit: str, escaped: bool) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    for _ in marks(text, 0, len(text), escaped=escaped):
        pass
    assert time.process_time() - start < 2
