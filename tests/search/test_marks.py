"""Marks land on the untouched original, and snippets are cut at sentence bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search.language import parse
from corpus_db.search.marks import cut_snippet, cut_snippets, find_marks, render, zh_highlight, zh_snippet
from corpus_db.text.fold import fold


@pytest.mark.parametrize(
    "text, query, marked",
    [
        ("臺灣的備貨節", "备货节", ["備貨節"]),
        ("备货节", "備貨節", ["备货节"]),
        ("共13,000家", "13000", ["13,000"]),
        ("共１３,０００家", "13,000", ["１３,０００"]),
        ("面积㎡大", "m2大", ["㎡大"]),
        ("面积㎡大", "积m2", ["积㎡"]),
        ("ﬁne的", "fine", ["ﬁne"]),
        ("ﬁne的", "f*", ["ﬁ"]),
        ("Ｂ２Ｂ与b2c", "b2b B2C", ["Ｂ２Ｂ", "b2c"]),
        ("b2bc与b2b", "b2b", ["b2b"]),
        ("v2.0与12.0", "v2.0", ["v2.0"]),
        ("v2.0与12.0", "2.0", ["2.0"]),
        ("taobao.com", "taob*", ["taob"]),
        ("41.9亿元与9亿元", "9亿元", ["9亿元"]),
        ("电\u200b商", "电商", ["电\u200b商"]),
        ("电商，平台", '"电商 平台"', ["电商，平台"]),
        ("电商平台", "电商 平台", ["电商", "平台"]),
        ("电商平台", "商平 电商平", ["电商平"]),
        ("电商电商", "电商", ["电商", "电商"]),
        ("C++和c", "c++", ["C++"]),
        ("电商", "-电商 淘宝", []),
        ("电商", "，", []),
    ],
)
def test_what_is_marked(text, query, marked):
    assert [text[start:end] for start, end in find_marks(text, parse(query).terms)] == marked


def test_html_is_escaped_and_the_marks_are_not():
    assert zh_highlight('<b>电商</b> & "', "电商") == "&lt;b&gt;<mark>电商</mark>&lt;/b&gt; &amp; &quot;"


def test_marks_of_ones_own_choice():
    assert render("电商好", [(0, 2)], "[", "]", escape=False) == "[电商]好"


BODY = "第一句说天气。第二句说电商的事！第三句说平台和电商？第四句是结尾，很长，没有别的。"


@pytest.mark.parametrize(
    "query, width, snippet",
    [
        ("电商 平台", 12, "第三句说<mark>平台</mark>和<mark>电商</mark>？"),
        ("电商", 9, "第二句说<mark>电商</mark>的事！"),
        ("电商", 20, "第二句说<mark>电商</mark>的事！第三句说平台和<mark>电商</mark>？"),
        ("结尾 天气", 8, "第一句说<mark>天气</mark>。"),
        ("天气 结尾", 8, "第一句说<mark>天气</mark>。"),
        ("天气 第四句", 8, "<mark>第四句</mark>是结尾，很…"),
        ("别的", 6, "…，没有<mark>别的</mark>。"),
        ("没有的词", 8, "第一句说天气。"),
        ("", 8, "第一句说天气。"),
    ],
)
def test_snippet(query, width, snippet):
    assert zh_snippet(BODY, query, width) == snippet


def test_what_is_shown_is_what_is_worth_most():
    terms = parse("结尾").terms
    shown = cut_snippets([BODY, BODY], terms, 12, [lambda text, _: "天气" in text, lambda _, stretch: stretch[0] > 20])
    assert [snippet.text[:4] for snippet in shown] == ["第一句说", "第四句是"]


def test_a_snippet_of_nothing():
    assert zh_snippet(" \n", "电商") == ""


def test_no_mark_is_cut_in_half():
    assert zh_snippet("1,㎡,电商1", "电商 m2", 4) == "…,<mark>㎡</mark>,<mark>电商</mark>…"


def test_a_snippet_is_one_line():
    assert zh_snippet("标题\n电商平台", "电商", 30) == "<mark>电商</mark>平台"


@given(st.text("电商平台，。！ab1,2㎡ﬁ\n\u200b", max_size=60), st.integers(-1, 30))
def test_the_marks_of_a_snippet_are_matches(body, width):
    snippet = cut_snippet(body, parse("电商 ab m2").terms, width)
    assert "\n" not in snippet.text
    for start, end in snippet.marks:
        assert fold(snippet.text[start:end]) in ("电商", "ab", "m2")


@given(st.text("电商平台，a㎡ﬁ１３，,0\u200b", max_size=40), st.text("电商平台am2fi130", min_size=1, max_size=3))
def test_highlighting_changes_nothing_but_the_marks(text, query):
    highlighted = zh_highlight(text, query)
    assert highlighted.replace("<mark>", "").replace("</mark>", "") == text
