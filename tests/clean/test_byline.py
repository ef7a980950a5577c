"""Bylines and breadcrumbs: one line each, and what it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from corpus_db.clean.byline import breadcrumb, byline
from tests.clean.sources import EDGE_LINES, UNITS


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("作者:admin 发表时间:2020-10-04 浏览:35 人物", "uploader=admin published=2020-10-04 views=35 section=人物"),
        ("2019-09-07 09:59 来源：东城日报", "published=2019-09-07 09:59 publisher=东城日报"),
        ("东城日报 2019-09-07 09:59", "publisher=东城日报 published=2019-09-07 09:59"),
        ("2019-09-07 王小明", "published=2019-09-07 author=王小明"),
        ("作者：王小明来源：东城日报发布时间：2019-09-07", "author=王小明 publisher=东城日报 published=2019-09-07"),
        ("来源 | 东城日报  编辑 | 李丽", "publisher=东城日报 editor=李丽"),
        ("文/王小明 图/李丽 2019-09-07", "author=王小明 photographer=李丽 published=2019-09-07"),
        ("【责任编辑：李丽】", "editor=李丽"),
        ("1160浏览", "views=1160"),
        ("阅读(1,234) 评论(5)", "views=1234 None=5"),
        ("阅读量：3.5万", "views=3.5万"),
        ("2019年9月7日 09:59 | 字号：大 中 小 | 打印", "published=2019年9月7日 09:59 None None"),
        ("发布时间：2019-09-07 作者：网站管理员", "published=2019-09-07 uploader=网站管理员"),
    ],
)
def test_byline(line: str, found: str) -> None:
    got = byline(line)
    assert got is not None
    shown = [
        f"{one.field}={one.value.replace(',', '')}" if one.field or one.value.isdecimal() else "None" for one in got
    ]
    assert " ".join(shown) == found


@pytest.mark.parametrize(
    "line",
    [
        "",
        "王小明",
        "东城日报",
        "时间：越来越多的人搬到了城外。",
        "作者说，他不知道。",
        "记者：您好，请问您是谁？",
        "来源：本报综合了各方面的消息，内容很长，不像是一个来源。",
        "2019-09-07，他到了东城，第二天又走了。",
        "文/白之争由来已久，至今也没有一个结果",
        "35人参加了会议",
    ],
)
def test_no_byline(line: str) -> None:
    assert byline(line) is None


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("首页  /  要闻  /  人物", "要闻/人物"),
        ("首页 > 新闻 > 国内", "新闻/国内"),
        ("您的位置：首页 » 科技 » 正文", "科技"),
        ("某某网首页＞财经＞正文", "财经"),
        ("当前位置： 首页", ""),
        ("北京/上海/广州", None),
        ("A>B", None),
        ("首页的设计改了三次。", None),
    ],
)
def test_breadcrumb(line: str, section: str | None) -> None:
    assert breadcrumb(line) == section


@given(EDGE_LINES)
def test_every_line_is_safe(line: str) -> None:
    breadcrumb(line)
    found = byline(line) or []
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.start < one.end <= len(line) for one in found)


@pytest.mark.parametrize("unit", UNITS)
def test_no_line_takes_long(unit: str) -> None:
    line = unit * (160 // len(unit))
    before = time.process_time()
    for _ in range(10):
        byline(line)
        breadcrumb(line)
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize("part", ["他说，这不是栏目", "这是一个长得没有哪个网站会拿来做栏目名称的一行文字啊"])
def test_a_line_with_a_sentence_in_it_is_no_breadcrumb(part: str) -> None:
    assert breadcrumb(f"首页 > {part} > 正文") is None
