"""Markdown: what is title, field, text and markup; metadata blocks; digests."""

from __future__ import annotations

import time
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_db.sources import markdown
from tests.sources.reading import body, check_any, check_tiling, dropped, items, read


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**粗**和*斜*和__粗__和~~删~~", "粗和斜和粗和删"),
        ("一个[链接](http://a.cn/x_(y) '题')和[引用][1]", "一个链接和引用"),
        ("适合[小商家][经销商]的办法", "适合[小商家][经销商]的办法"),
        ("见[报告][ 年报 A ]和[同上][]\n\n[年报 a]: http://a.cn", "见报告和同上"),
        ("[![图](a.png)](b.html)后面", "后面"),
        ("![有[方括号](x)的图](a.png)后面", "后面"),
        ("`**代码**`和``a`b``", "**代码**和a`b"),
        (r"\*不是斜体\*", "*不是斜体*"),
        ("3 * 4 * 5 和 a_b_c 和 a__b__c", "3 * 4 * 5 和 a_b_c 和 a__b__c"),
        ("http://a.cn/a_b_c*d*e", "http://a.cn/a_b_c*d*e"),
        ("<http://a.cn>和<b>粗</b>和<T>和a<br/>b", "http://a.cn和粗和<T>和a\nb"),
        ("A&amp;B&nbsp;C&copy 和 &不是;", "A&B\xa0C&copy 和 &不是;"),
        ("注[^1]释", "注释"),
        ("见[[江城|江城市]]的[[早市]]![[图.png]]，[[1]](http://a.cn)", "见江城市的早市，[1]"),
        ("[[:digit:]]{1,3}，[[ $a == $b ]]", "[[:digit:]]{1,3}，[[ $a == $b ]]"),
        ("==重要==的，a==b，x != y == z", "重要的，a==b，x != y == z"),
        ("> [!note] 提示", "提示"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("[没有去处]和](没有来处)", "[没有去处]和](没有来处)"),
        ("一个`没有结尾", "一个`没有结尾"),
        ("一个**没有结尾", "一个**没有结尾"),
        ("> 引用的话", "引用的话"),
        (">> * 层层\t引用", "层层\t引用"),
        ("- 项目", "项目"),
        ("1. 编号留下", "1. 编号留下"),
        ("* [x] 做完了", "做完了"),
        ("[1]: http://a.cn (题)", ""),
        ("* * *", ""),
        ("|---|:-:|", ""),
        ("| 甲 | 乙 |", "| 甲 | 乙 |"),
        ("<!-- 注释 -->", ""),
        ("## 小标题 ##", "小标题"),
        ("## C#", "C#"),
        ("## #", ""),
        ("#不是标题", "#不是标题"),
    ],
)
def test_what_a_line_stands_for(line: str, text: str) -> None:
    source = read("markdown", f"正文。\n{line}\n")
    assert body(source).removeprefix("正文。\n").rstrip("\n") == text
    check_tiling(source)


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            "# 甲\n\nCreated: March 4, 2021\nURL: http://a.cn/1\n作者: 王五",
            {"created": "March 4, 2021", "author": "王五"},
        ),
        ("title: 甲\ntags:\n- 乙\n- 丙\n---", {"title": "甲", "keywords": "乙, 丙"}),
        ("---\ntitle:甲\ndate:2021-03-04\n---", {"title": "甲", "published": "2021-03-04"}),
        ('---\ntitle: 甲\nsource: http://a.cn/1\nauthor: "[[王五]]"\n---', {"url": "http://a.cn/1", "author": "王五"}),
        ("---\ntitle: 【乙】: 甲\ntags: [丙, [丁]]\n---", {"title": "【乙】: 甲", "keywords": "丙, 丁"}),
    ],
)
def test_metadata_as_programs_for_notes_and_blogs_write_it(head: str, fields: dict[str, str]) -> None:
    source = read("markdown", f"{head}\n\n正文。")
    assert source.fields | fields == source.fields
    assert body(source).strip() == "正文。"
    check_tiling(source)


@pytest.mark.parametrize(
    "text",
    [
        "记者：你为什么开店？\n作者：为了生活。\n",
        "# 甲\n\n记者：开店\n作者：生活\n",
        "# 甲\n\n时间：周六上午\n地点：人民公园\n费用：免费\n",
        "# 甲\n\n作者：王五\n发布时间：他说是昨天。\n",
        "# 甲\n\n发布时间：昨天\n\n第一段。\n",
        "时间：周六上午\n---\n完\n",
        "注意: 事项\n提示: 事项\n---\n完\n",
    ],
)
def test_text_that_only_looks_like_metadata_stays(text: str) -> None:
    source = read("markdown", text)
    assert set(source.fields) <= {"title"}
    told = [line for line in text.split("\n") if "：" in line or ": " in line]
    assert [line for line in told if line not in (*body(source).split("\n"), source.fields.get("title"))] == []


def test_code_is_kept_as_it_is() -> None:
    source = read("markdown", "前\n```python\n# 不是标题\n**a** = 1\n```\n后")
    assert body(source) == "前\n# 不是标题\n**a** = 1\n后"


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# 标题\n正文", "标题", "正文"),
        ("标题\n====\n正文", "标题", "正文"),
        ("# **粗**的[标题](http://a.cn) #\n正文", "粗的标题", "正文"),
        ("## 没有一级标题\n正文", "没有一级标题", "正文"),
        ("---\ntitle: 上面的\n---\n# 下面的\n正文", "上面的", "下面的\n正文"),
        ("---\ntitle: 同一个\n---\n# 同一个\n正文", "同一个", "正文"),
        ("正文\n\n# 后来的标题\n正文", "后来的标题", "正文\n\n正文"),
        ("# 标题\n## 小标题\n正文\n小标题二\n---\n完", "标题", "小标题\n正文\n小标题二\n完"),
        ("# 标题\n这一句话不是标题。\n---\n完", "标题", "这一句话不是标题。\n完"),
    ],
)
def test_titles_and_headings(text: str, title: str, rest: str) -> None:
    source = read("markdown", text)
    assert (source.fields["title"], body(source)) == (title, rest)


def test_headings_are_marked() -> None:
    source = read("markdown", "# 标题\n正文\n## 小标题\n正文")
    assert [source.raw[p.start : p.end] for p in source.pieces if p.reason == "heading"] == ["小标题"]


def test_metadata_in_a_quote_block() -> None:
    source = read(
        "markdown",
        "> * 原文地址：[On X](http://a.com/x)\n> * 原文作者：[Li](http://b.com)\n> * 译者：王五\n\n# 标题\n正文",
    )
    assert source.fields == {"original_url": "http://a.com/x", "author": "Li", "translator": "王五", "title": "标题"}
    assert body(source) == "\n正文"


@pytest.mark.parametrize("quote", ["> 他说：这是一句话\n> 然后走了\n", "> 甲：你好\n> 乙：你也好\n> 来源：某报\n"])
def test_a_quotation_is_no_metadata(quote: str) -> None:
    source = read("markdown", f"{quote}\n正文")
    assert source.fields == {}
    assert body(source) == quote.replace("> ", "") + "\n正文"


def test_a_metadata_block_below_text_is_text() -> None:
    assert read("markdown", "正文\n\n> 来源：某报\n").fields == {}


def test_metadata_in_reference_links() -> None:
    source = read(
        "markdown",
        '[#]: subject: "On X"\n[#]: author: "Li http://b.com"\n[#]: collector: (x)\n[#]: <> (date: 2020-01-02)\n\n标题\n==\n正文\n',
    )
    assert source.fields == {
        "original_title": "On X",
        "author": "Li",
        "collector": "x",
        "published": "2020-01-02",
        "title": "标题",
    }
    assert body(source).strip() == "正文"


def test_every_dropped_stretch_has_a_reason() -> None:
    source = read("markdown", "# 标题\n![图](a.png)**粗**<b></b>\n***\n<!-- 注\n释 -->\n")
    assert {reason for reason, _ in dropped(source)} == {"heading mark", "image", "emphasis", "tag", "rule", "comment"}


ARTICLE = "## 第{}条\n\n> 来源：某报\n\n" + "这一条新闻的正文在这里。" * 6 + "\n\n"


def test_a_digest_is_split_and_its_head_kept() -> None:
    found = items("a.md", "# 日报\n\n" + "".join(ARTICLE.format(n) for n in "一二三"))
    assert [item.member for item in found] == ["0", "1", "2", "3"]
    sources = [read("markdown", item.data) for item in found]
    assert [source.fields["title"] for source in sources] == ["日报", "第一条", "第二条", "第三条"]
    assert [source.fields.get("publisher") for source in sources[1:]] == ["某报"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "# 文章\n" + "".join(f"## 第{n}章\n\n{'正文。' * 40}\n\n" for n in "一二三四"),
        "# 文章\n" + ARTICLE.format("一") * 2,  # two sources are no digest
        "# 文章\n" + ARTICLE.format("一") * 3 + "## 结语\n\n" + "正文。" * 40,  # one section has none
    ],
)
def test_chapters_of_one_article_stay_together(text: str) -> None:
    assert [item.member for item in items("a.md", text)] == [None]


MARKS = [
    *list("*_`[]()!<>#-=|\\~&;:：> \n"),
    "```",
    "](",
    "![",
    "<!--",
    "-->",
    "http://",
    "正文",
    "&amp;",
    "[#]: a: b",
    "来源",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*MARKS, "via: "]), max_size=40).map("".join))
@example("\nvia: http://a.cn\n[1]: b\n  * * *\n| --- |\n题\n---\n  ```\n\n# 码\n```\n# 题\n<!-- 注 -->\n　# 文")
def test_the_first_character_of_a_line_says_which_steps_can_take_it(rest: str) -> None:
    text, every_step = "正文" + rest, tuple(step for step, _ in markdown.STEPS)
    with mock.patch.multiple(markdown, STEPS_BY_FIRST={}, OTHER_STEPS=every_step):
        expected = read("markdown", text)
    assert read("markdown", text) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_any_markup_tiles_and_loses_no_letter(text: str) -> None:
    check_any("a.md", text.encode())


@pytest.mark.parametrize(
    "unit", ["[", "![", "](", "`", "*a", "_a ", "<a ", "<!--", "[[a](", "&", "> ", "\\", "# ", "http://"]
)
def test_time_is_linear_in_a_line_of_marks(unit: str) -> None:
    check_time("正文" + unit * (60_000 // len(unit)))


@pytest.mark.parametrize("line", ["<!--\n", "> \n", "> 来源：甲\n> x\n", "- \n", "[1]: \n", "=\n", "## \n"])
def test_time_is_linear_in_lines(line: str) -> None:
    check_time(line * (60_000 // len(line)))


@pytest.mark.parametrize("head", ["# 甲", "甲](", "|", "[#]: a: b", "> 来源：甲", "甲", "* ", "[甲]: ", '](x "'])
def test_time_is_linear_in_a_run_of_spaces(head: str) -> None:
    check_time("#" + head + " " * 100_000 + "x")
    check_time(head + " " * 100_000 + "x")


def check_time(text: str) -> None:
    """Reading takes far less time than it would, were it to grow with the square."""
    start = time.process_time()
    check_tiling(read("markdown", text))
    assert time.process_time() - start < 2
