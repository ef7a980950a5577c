"""Speech told from what only stands in quotation marks, and who said it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.analysis import quotes
from corpus_db.analysis.evidence import Mention


def named(text: str, *names: str) -> list[Mention]:
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            found.append(Mention(at, name, name, "person"))
            at = text.find(name, at + 1)
    return sorted(found)


def said(text: str, *names: str) -> list[tuple[str | None, str | None, str]]:
    return [(quote.speaker, quote.verb, quote.text) for quote in quotes.find(text, named(text, *names))]


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
        ("韦思远来了。“要做好服务，别无他法。”", "韦思远", None, "要做好服务，别无他法。"),
        ("韦思远的观点：“我们要把价值链搬上网。”", "韦思远", None, "我们要把价值链搬上网。"),
        ("据不愿透露姓名的内部人士解读：“卖家是武器。”", "内部人士", "解读", "卖家是武器。"),
        ("“算了吧，做个平台。”网站负责人提出申请。", "网站负责人", "提出", "算了吧，做个平台。"),
        ("公司总裁韦思远：干累活是我的长处。", "韦思远", None, "干累活是我的长处。"),
        ("韦思远说：“他讲过‘“好”字难写’，我信。”", "韦思远", "说", "他讲过‘“好”字难写’，我信。"),
    ],
)
def test_speech(text: str, speaker: str, verb: str | None, quoted: str) -> None:
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
    ],
)
def test_no_speech(text: str) -> None:
    assert said(text, "韦思远") == []


@pytest.mark.parametrize(
    ("text", "speaker", "quoted"),
    [
        # A message is its sender's, not of the one whom it reaches.
        ("罗晓婷打开屏幕，先是来自卖家小棠的一条提醒：“桃子卖完了，请补货。”", "小棠", "桃子卖完了，请补货。"),
        ("罗晓婷接到陌生电话：“我是采购员，要三百份快餐。”", None, "我是采购员，要三百份快餐。"),
        ("罗晓婷在河边听到有人呼救。“救救孩子，快来人！”", None, "救救孩子，快来人！"),
        # The subject beside the verb, even one that is no known name; not the last person who was.
        ("罗晓婷来了。塔博说：“这里很美，也很安静。”", "塔博", "这里很美，也很安静。"),
        ("罗晓婷来了。严进说：“这里很美，也很安静。”", None, "这里很美，也很安静。"),
        ("罗晓婷在一份声明中说：“服务还要做好。”韦思远认为不难。", "罗晓婷", "服务还要做好。"),
        ("“交通很方便，也安全。”8月10日，韦思远向记者介绍。", "韦思远", "交通很方便，也安全。"),
        ("“交通很方便，也安全。”韦思远的女儿很高兴。", None, "交通很方便，也安全。"),
        ("“交通很方便，凭什么不行？”韦思远一进门，罗晓婷就抱怨起来。", "罗晓婷", "交通很方便，凭什么不行？"),
        ("“你为什么要打人，凭什么！”韦思远妻子哭着说。", None, "你为什么要打人，凭什么！"),
        ("罗晓婷说，“走过那段路，很难忘。”韦思远则表示同意。", "罗晓婷", "走过那段路，很难忘。"),
        ("记者罗晓婷8月6日报道：“唱歌是我最大的快乐……”", None, "唱歌是我最大的快乐……"),
        ("罗晓婷发文，“放心，已经宣布放假了”，让不少市民留言大赞。", "罗晓婷", "放心，已经宣布放假了"),
        ("罗晓婷说，“饭后有人来帮忙，再累也值。”对韦思远来说，难忘那天。", "罗晓婷", "饭后有人来帮忙，再累也值。"),
    ],
)
def test_whose_speech_it_is(text: str, speaker: str | None, quoted: str) -> None:
    assert [(found, words) for found, _, words in said(text, "韦思远", "罗晓婷")] == [(speaker, quoted)]


@pytest.mark.parametrize(
    "text",
    ["警察喊话韦思远：你被大家关注了。", "来源：韦思远：新车本周将要交付", "韦思远   版权说明：未经许可不得转载。"],
)
def test_who_is_spoken_to_or_of_does_not_speak(text: str) -> None:
    assert said(text, "韦思远") == []


def test_speaker_of_the_paragraph_before_only_for_a_pronoun_or_a_full_sentence() -> None:
    assert said("韦思远来了。\n他说：“要做好服务。”", "韦思远")[0][0] == "韦思远"
    assert said("韦思远来了。\n车上有人喊：“要做好服务。”", "韦思远")[0][0] is None


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


@pytest.mark.parametrize("piece", ["“", "”", '"', "“好。”", "韦思远说：“", "：", "，“要做好服务。”", "“‘", "说说"])
def test_time_is_linear_on_a_long_line(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    names = named(text[:3000], "韦思远")
    start = time.process_time()
    quotes.find(text, names)
    assert time.process_time() - start < 3
