"""Values of records: whole pages and stretches of HTML in them, and where each character stands in the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Source
from tests.sources.reading import body, check_tiling, items, pieces, read

PAGE = (
    "<!DOCTYPE html><html><head><title>早市开张_某某网</title><script>var a = '<p>';</script></head><body><h1>早市开张</h1>"
    "<div>来源：某某晚报 2021-03-04 08:00</div><div><p>江城的早市昨天开张，来了许多人。</p><p>摊主说：“青菜&nbsp;卖得最快。”</p></div></body></html>"
)


def by_csv(text: str) -> Source:
    """A row that holds `text`."""
    (item,) = items("a.csv", 'title,content\n甲,"' + text.replace('"', '""') + '"\n')
    return sources.read(item)


def by_json(text: str, *, ascii_only: bool = False) -> Source:
    """A record that holds `text`."""
    return read("json", json.dumps({"title": "甲", "content": text}, ensure_ascii=ascii_only))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<div class="a"><p>一</p>\n<p>二</p></div>', "一\n\n二\n\n"),
        ("一<br/>二&nbsp;&ldquo;三&rdquo;", "一\n二\xa0“三”"),
        ("<p>一</p><script>if (a < b) {}</script><style>p{}</style>", "一\n"),
        ("<!-- wp:paragraph --><p>一</p>", "一\n"),
        (f'<p>一<img src="data:image/png;base64,{"iVBOR" * 2_000}">二</p>', "一二\n"),
        ("<p>一<o:p></o:p>😀“二”</p>", "一😀“二”\n"),
        ("&lt;p&gt;一&amp;nbsp;二&lt;/p&gt;&lt;br/&gt;三", "一\xa0二\n\n三"),
        ("<p>用 &lt;/p&gt; 结束</p>", "用 </p> 结束\n"),
        ("用 <div> 分栏，a < b & c", "用 <div> 分栏，a < b & c"),
        ("<p>没有闭合的<!-- 注释</p>", "没有闭合的 注释\n"),
    ],
)
def test_html_is_taken_apart(text: str, shown: str) -> None:
    for source in (by_json(text), by_json(text, ascii_only=True), by_csv(text)):
        assert body(source) == shown
        check_tiling(source)


def test_every_character_of_html_has_its_place() -> None:
    source = read("json", r'{"text": "\u003cp\u003e一\n\"二\"\u003c/p\u003e"}')
    assert pieces(source) == [
        ('{"text": "', "markup", "json", None),
        (r"\u003cp\u003e", "markup", "tag", None),
        ("一", "body", "text", None),
        (r"\n\"", "body", "escape", '\n"'),
        ("二", "body", "text", None),
        (r"\"", "body", "escape", '"'),
        (r"\u003c/p\u003e", "markup", "line break", "\n"),
        ('"}', "markup", "rest", None),
    ]


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_whole_page_is_read_as_a_page(ascii_only: bool) -> None:
    record = {"url": "http://a.cn/1", "html": PAGE}
    source = read("json", json.dumps(record, ensure_ascii=ascii_only))
    page = read("html", PAGE)
    assert (body(source), source.fields) == (body(page), {"url": "http://a.cn/1", **page.fields})
    check_tiling(source)


def test_what_the_record_states_is_believed_before_its_page() -> None:
    assert read("json", json.dumps({"content": PAGE, "title": "乙"})).fields["title"] == "乙"


@pytest.mark.parametrize(
    ("record", "detail"),
    [
        ({"title": "甲", "content": " "}, "its text is empty"),
        ({"title": "甲", "zhengwen": "一"}, "the keys are 'title, zhengwen'"),
        ({}, "nothing in it is text"),
    ],
)
def test_why_a_record_has_no_text(record: dict[str, str], detail: str) -> None:
    with pytest.raises(InputError, match=detail):
        read("json", json.dumps(record))


def test_a_page_without_an_article_is_told_as_such() -> None:
    with pytest.raises(InputError, match="no article in the page"):
        read("json", json.dumps({"html": "<html><body><a href=x>首页</a></body></html>"}))


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<br>",
            "<b",
            ">",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "&amp;",
            "&#32;",
            "&",
            "甲",
            "😀",
            '"',
            "\n",
            "\\",
        ]
    ),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(MARKUP)
def test_a_value_says_the_same_however_it_is_written(text: str) -> None:
    if not text.strip():
        return
    found = []
    for made in (lambda: by_json(text), lambda: by_json(text, ascii_only=True), lambda: by_csv(text)):
        try:
            source = made()
            check_tiling(source)
            found.append(body(source))
        except InputError as error:
            found.append(error.reason)
    assert found[1:] == found[:-1]
