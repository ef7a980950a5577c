"""Speech told from what only stands in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.analysis import quotes
from tests.analysis.quoting import named, said


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "quoted"),
    [
        ("韦思远说：“要做好服务。”", "韦思远", "说", "要做好服务。"),
        ("“要做好服务。”韦思远说。", "韦思远", "说", "要做好服务。"),
        ("“服务要做好，”韦思远表示。", "韦思远", "表示", "服务要做好，"),
        ("「要做好服务。」韦思远说。", "韦思远", "说", "要做好服务。"),
        ('韦思远说:"要做好服务。"', "韦思远", "说", "要做好服务。"),
        ("韦思远曾跟罗晓婷说：“要做好服务。”", "韦思远", "说", "要做好服务。"),
        ("韦思远记得，“大家天天加班，凌晨才走。”", "韦思远", "记得", "大家天天加班，凌晨才走。"),
        ("韦思远来了。他说：“要做好服务。”", "韦思远", "说", "要做好服务。"),
        ("东平8月7日电（王利）“以前都是土路，出门不便。”7日，韦思远走来。", None, None, "以前都是土路，出门不便。"),
        ("韦思远来了。“要做好服务，别无他法。”", "韦思远", None, "要做好服务，别无他法。"),
        ("韦思远的观点：“我们要把价值链搬上网。”", "韦思远", None, "我们要把价值链搬上网。"),
        ("据不愿透露姓名的内部人士解读：“卖家是武器。”", "内部人士", "解读", "卖家是武器。"),
        ("“算了吧，做个平台。”网站负责人提出申请。", "网站负责人", "提出", "算了吧，做个平台。"),
        ("公司总裁韦思远：干累活是我的长处。", "韦思远", None, "干累活是我的长处。"),
        ("韦思远说：“他讲过‘“好”字难写’，我信。”", "韦思远", "说", "他讲过‘“好”字难写’，我信。"),
    ],
)
def test_speech(text: str, speaker: str | None, verb: str | None, quoted: str) -> None:
    assert said(text, "韦思远", "罗晓婷") == [(speaker, verb, quoted)]


@pytest.mark.parametrize(
    "text",
    [
        "这是一座“世界工厂”。",
        "公司开展“春雷行动”，推出新品。",
        "招聘口号是“此时此刻，非你莫属”，他记住了。",
        "韦思远称之为“飞行中改发动机”。",
        "韦思远记得，“春雷行动”前客户很少。",
        "韦思远提出“冬天的使命”以及着力点。",
        "韦思远有三个维度：简单、高效、负责。",
        "时间：2016年1月25日下午三点",
        "他读过《从零到一》：一本好书。",
        "落实“清朗网络环境集中整治”专项行动要求，韦思远到会。",
        'play({id:"/video/2023/8/3/d5599ccb.xml"})',
    ],
)
def test_no_speech(text: str) -> None:
    assert said(text, "韦思远") == []


def test_a_caption_takes_the_speaker_of_what_it_repeats() -> None:
    text = "罗晓婷来了。韦思远说：“要做好服务，别无他法。”\n“要做好服务，别无他法。”"
    assert [speaker for speaker, _, _ in said(text, "韦思远", "罗晓婷")] == ["韦思远", "韦思远"]


def test_direct_tells_marks_from_a_colon() -> None:
    text = "韦思远说：“要做好服务。”\n罗晓婷说：还要降低价格。"
    assert [quote.direct for quote in quotes.find(text, named(text, "韦思远", "罗晓婷"))] == [True, False]


PIECES = st.lists(
    st.sampled_from(
        ["“", "”", '"', "「", "」", "韦思远", "说", "：", "，", "。", "他", "\n", "要做好服务", "…", "近日", "收到"]
    ),
    max_size=40,
).map("".join)


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_every_quotation_stands_at_its_offset(text: str) -> None:
    for quote in quotes.find(text, named(text, "韦思远")):
        assert quote.text
        assert text[quote.start : quote.start + len(quote.text)] == quote.text
