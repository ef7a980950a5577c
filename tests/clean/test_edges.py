"""Bylines, breadcrumbs, chrome and credits: one line each, and what it is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.byline import breadcrumb, byline
from corpus_db.clean.chrome import rules
from corpus_db.clean.credits import credit, trailing
from corpus_db.clean.header import header
from corpus_db.clean.spans import lines


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


CHROME = {
    "neighbour link": ["下一页:", "上一篇：某地下雨", "返回列表", "没有了"],
    "comment box": ["0/300", "发表评论", "网友评论(12)", "共 3 条评论", "暂无评论"],
    "share button": ["微博发布", "分享到：微信 微博", "QQ空间", "打印本页", "点赞(3)", "微信扫一扫"],
    "upload notice": ["部分图片内容来自于网友投稿", "本文图片均来自网络", "以上内容由网友上传，与本站无关"],
    "copyright notice": ["版权所有 © 2018", "未经授权，不得转载", "转载请注明出处", "免责声明：以上内容不构成投资建议"],
    "list heading": ["最新文章", "精选专题", "热门阅读", "大家都在搜", "相关阅读：", "猜你喜欢", "编辑推荐"],
    "site link": ["关于我们 | 联系我们 | 网站地图"],
    "advertisement": ["广告"],
}


@pytest.mark.parametrize(("reason", "line"), [(reason, line) for reason, found in CHROME.items() for line in found])
def test_chrome(reason: str, line: str) -> None:
    assert rules("end").reason(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "谢谢大家!",
        "下一步，市里将修建三座桥。",
        "最新的一份报告在星期五公布",
        "他在文章里声明自己没有去过那里",
        "我们的评论员王小明认为，这件事还没有完。",
        "推荐他去的是他的老师",
        "热门的行业不一定适合你",
        "2016年1月25日",
        "作者和他的猫",
        "分享是一种美德",
    ],
)
def test_no_chrome(line: str) -> None:
    assert rules("end").reason(line) is None
    assert rules("top").reason(line) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（记者 王小明）", [("author", "王小明")]),
        ("（责任编辑：李丽）", [("editor", "李丽")]),
        ("(来源：东城日报)", [("publisher", "东城日报")]),
        ("【编辑:李丽】", [("editor", "李丽")]),
    ],
)
def test_trailing_credit(text: str, found: list[tuple[str, str]]) -> None:
    ends = trailing("他走了。" + text)
    assert ends is not None
    assert (ends[0], [(one.field, one.value) for one in ends[1]]) == (4, found)


@pytest.mark.parametrize(
    "text", ["他走了（完）", "他走了（见下图）", "（2019年9月7日）", "他说（大意）：走了", "他走了)"]
)
def test_no_trailing_credit(text: str) -> None:
    assert trailing(text) is None


def test_a_header_stops_at_the_first_text() -> None:
    page = lines("题目\n作者：王小明\n第一段在这里，写得不长。\n来源：东城日报")
    head = header(page, {})
    assert (head.end, head.fields) == (2, {"title": "题目", "author": "王小明"})


@given(st.text(alphabet="作者来源:： 2019-07/|浏览35（）()、a大中小首页>\t\u3000", max_size=160))
def test_every_line_is_safe(line: str) -> None:
    found = byline(line)
    if found is not None:
        assert [one.start for one in found] == sorted(one.start for one in found)
        assert all(one.start < one.end <= len(line) for one in found)
    breadcrumb(line)
    credit(line)
    trailing(line)


@pytest.mark.parametrize(
    "unit", ["来源", "作者：", "首页 > ", "2019-09-07 ", "转载", "未经授权", "1", "©", "分享到", "（", " "]
)
def test_no_line_takes_long(unit: str) -> None:
    line = unit * (320 // len(unit))
    before = time.process_time()
    for _ in range(10):
        rules("end").reason(line)
        rules("top").reason(line)
        byline(line[:160])
        breadcrumb(line[:160])
        trailing(line + ")")
    assert time.process_time() - before < 0.5


def test_patterns_are_linear_tables() -> None:
    assert not re.search(r"\.\*|\.\+", rules("end").pattern.pattern)  # every repetition has a bound
