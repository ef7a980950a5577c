"""XML: single items, lists, RSS and Atom, HTML inside elements, and files that no parser takes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.sources import stream
from tests.sources.reading import body, check_any, check_tiling, dropped, items, read, split

RSS = """<?xml version="1.0"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>站</title><!-- <item>不是</item> -->
<item><title>甲 &amp; 乙</title><link>http://a.cn/?a=1&amp;b=2</link><category>要闻</category><category>财经</category>
<description>&lt;p&gt;摘要&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>一&nbsp;段</p><script>var a = "<p>";</script><p>二段</p>]]></content:encoded></item>
<item><title><![CDATA[丙 <b>丁</b>]]></title><description>&lt;p&gt;一&amp;amp;段&lt;/p&gt;&lt;br/&gt;二段</description></item>
</channel></rss>"""


def test_rss() -> None:
    found = items("a.xml", RSS)
    assert [item.member for item in found] == ["1", "2"]
    first, second = map(sources.read, found)
    assert first.fields == {
        "title": "甲 & 乙",
        "url": "http://a.cn/?a=1&b=2",
        "section": "要闻, 财经",
        "summary": "摘要",
    }
    assert body(first) == "一\xa0段\n二段\n"
    assert ("script", 'var a = "<p>";') in dropped(first)
    assert second.fields == {"title": "丙 丁"}
    assert body(second) == "一&段\n\n二段"


def test_atom() -> None:
    (item,) = items(
        "a.atom",
        "<feed><title>站</title><entry><title>甲</title><link href='http://a.cn/1'/><author><name>李四</name></author>"
        "<published>2020-01-02</published><category term='要闻'/>"
        "<content type='xhtml'><div><p>一段</p><p>二段</p></div></content></entry></feed>",
    )
    source = sources.read(item)
    assert source.fields == {
        "title": "甲",
        "url": "http://a.cn/1",
        "author": "李四",
        "published": "2020-01-02",
        "section": "要闻",
    }
    assert (item.member, body(source)) == ("1", "一段\n二段\n\n")


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        (
            "<article id='7' date='2020'><title>甲</title><body><p>正文</p></body></article>",
            {"id": "7", "published": "2020", "title": "甲"},
            "正文\n",
        ),
        ("<doc><标题>甲</标题><正文>正文</正文></doc>", {"title": "甲"}, "正文"),
        ("<doc>正文</doc>", {}, "正文"),
        ("<doc><id>7</id><v><id>8</id></v><content>正文</content></doc>", {"id": "7"}, "正文"),
        (
            "<entry><link rel='alternate' href='http://a.cn/1'/><link rel='edit' href='http://a.cn/2'/>"
            "<author><name>李四</name><uri>http://b.cn</uri></author><content>正文</content></entry>",
            {"url": "http://a.cn/1", "author": "李四", "uri": "http://b.cn"},
            "正文",
        ),
        (
            "<item><content:encoded><![CDATA[<!-- wp:paragraph -->\n<p>正文</p><!-- 注]]></content:encoded></item>",
            {},
            "\n正文\n 注",
        ),
        ("<doc><url>http://a.cn/?a=1&b=2</url><content>正文</content></doc>", {"url": "http://a.cn/?a=1&b=2"}, "正文"),
        ("<doc><title>甲</title><content>没有结尾", {"title": "甲"}, "没有结尾"),
        ("<doc><title>甲</title></b></x><content>1 < 2</content></doc>", {"title": "甲"}, "1 < 2"),
        ("<!DOCTYPE doc [<!ENTITY a 'x'>]><doc><content>&a;正文</content></doc>", {}, "&a;正文"),
        ("<x><title>甲</title><zw>" + "长" * 40 + "</zw></x>", {"title": "甲"}, "长" * 40),
    ],
)
def test_one_item(text: str, fields: dict[str, str], words: str) -> None:
    source = read("xml", text)
    assert (source.fields, body(source)) == (fields, words)
    check_tiling(source)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("<doc><content>一</content></doc>", [None]),
        ("<?xml version='1.0'?>\n<x><title>一</title></x>", [None]),
        ("<doc><content>一</content></doc>\n<doc><content>二</content></doc>", ["1", "2"]),  # no root
        ("<news><item><content>一</content></item></news>", ["1"]),
        ("<docs><doc><doc>一</doc></doc><doc>二</doc></docs>", ["1", "2"]),
        ("<docs><ns:doc><content><![CDATA[</ns:doc>]]>一</content></ns:doc></docs>", ["1"]),
    ],
)
@pytest.mark.parametrize("block", [1, 5, 1 << 18])
def test_records_of_a_file(monkeypatch: pytest.MonkeyPatch, text: str, members: list[str | None], block: int) -> None:
    monkeypatch.setattr(stream, "_BLOCK_BYTES", block)
    assert [item.member for item in items("a.xml", text)] == members


def test_a_list_in_gbk() -> None:
    text = "".join(f"<doc><contenttitle>第{n}条</contenttitle><content>这里是正文。</content></doc>\n" for n in "一二")
    first, second = map(sources.read, items("a.xml", text.encode("gbk")))
    assert (first.fields["title"], second.fields["title"], body(second)) == ("第一条", "第二条", "这里是正文。")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>" * 100_000, "nested too deeply"),
        ("<list><item><title>甲</title>" + "<!--" * 100_000, "broken XML"),
        ("<doc></doc>", "no text"),
        ("<!-- 注释 -->", "no text"),
    ],
)
def test_what_holds_no_article(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        for item in items("a.xml", text):
            sources.read(item)
    assert caught.value.reason == reason


def test_a_record_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_DOCUMENT_BYTES", 1_000)
    monkeypatch.setattr(stream, "_BLOCK_BYTES", 100)
    with pytest.raises(InputError, match="document too large"):
        split("a.xml", "<list><item>" + "长" * 9_000)


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        "<!--",
        "<![CDATA[",
        "&lt;a ",
        "&lt;script&gt;",
        "<item>",
        "</a>",
        "<a b='",
        "&",
        "<a" + "b" * 50_000,
        "<a " + " " * 50_000,
    ],
)
def test_time_is_linear_in_any_mark(unit: str) -> None:
    start = time.process_time()
    check_any("a.xml", ("<doc><content>" + unit * (100_000 // len(unit))).encode())
    assert time.process_time() - start < 2


MARKS = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<content>",
    "</content>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
]
MARKS += [
    "&lt;p&gt;",
    "&amp;lt;",
    "<",
    ">",
    "&",
    "正文",
    " ",
    "\n",
    "<link href='x'/>",
    "<?x?>",
    "<script>",
    "&#0;",
    "&#xd800;",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=25))
def test_any_file_gives_sources_or_reasons(parts: list[str]) -> None:
    check_any("a.xml", "".join(parts).encode())
