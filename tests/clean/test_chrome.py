"""Lines of a page: what is chrome and what is not, and what a document ends with."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.chrome import footer, inside, rules
from corpus_db.clean.spans import lines
from tests.clean.sources import EDGE_LINES, UNITS

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


def test_a_button_behind_the_last_line_goes_and_all_lines_stay() -> None:
    page = "他走了。\n第二天，她也走了，只有猫还在 阅读全文>>"
    found = footer(lines(page))
    assert [line.text for line in found.lines] == ["他走了。", "第二天，她也走了，只有猫还在"]
    assert [(page[mark.start : mark.end], mark.reason) for mark in found.marks] == [("阅读全文>>", "page tools")]


@given(st.lists(EDGE_LINES | st.sampled_from(["相关阅读", "某地下雨", "他走了。", "2019-09-07"]), max_size=12))
def test_what_a_document_ends_with_lies_behind_what_stays(page: list[str]) -> None:
    whole = lines("\n".join(page))
    found = footer(whole)
    assert [line.start for line in found.lines] == [line.start for line in whole[: len(found.lines)]]
    taken = sorted(
        [(mark.start, mark.end) for mark in found.marks] + [(line.start, line.end) for line, _ in found.credits]
    )
    kept = found.lines[-1].end if found.lines else 0
    assert all(start < end for start, end in taken)
    assert all(end <= start for (_, end), (start, _) in zip([(0, kept), *taken], taken, strict=False))


@pytest.mark.parametrize("unit", UNITS)
def test_no_line_takes_long(unit: str) -> None:
    line = unit * (320 // len(unit))
    before = time.process_time()
    for _ in range(10):
        rules("end").reason(line)
        rules("top").reason(line)
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize("edge", ["top", "end", "tail"])
def test_what_may_be_anything_is_never_unbounded(edge: str) -> None:
    assert not re.search(r"(?:\.|\])[*+]", rules(edge).pattern.pattern)


@pytest.mark.parametrize(
    "line",
    [
        "第1页 共3页",
        "（第 2 页，共 12 页）",
        "第3/5页",
        "共3页",
        "- 2 -",
        "— 12 —",
        "1 2 3 下一页 尾页",
        "上一页 [1] [2]",
        "展开全文",
        "……阅读全文",
        "展开剩余70%",
        "收起",
        "点击展开剩余部分",
    ],
)
def test_what_is_no_text_wherever_it_stands(line: str) -> None:
    assert inside(line)


@pytest.mark.parametrize(
    "line",
    ["第一页", "第3名", "共3人", "2", "2021", "收起伞", "他翻到下一页。", "阅读", "上一页写着什么", "-2℃", "1 2 3"],
)
def test_short_lines_that_may_be_text(line: str) -> None:
    assert inside(line) is None
