"""Who said what is quoted."""

from __future__ import annotations

import pytest

from corpus_db.analysis import quotes
from corpus_db.analysis.decisions import Mention
from tests.analysis.quoting import said


@pytest.mark.parametrize(
    ("text", "speaker", "quoted"),
    [
        # A message is its sender's, not of the one whom it reaches.
        ("罗晓婷打开屏幕，先是来自卖家小棠的一条提醒：“桃子卖完了，请补货。”", "小棠", "桃子卖完了，请补货。"),
        ("罗晓婷接到陌生电话：“我是采购员，要三百份快餐。”", None, "我是采购员，要三百份快餐。"),
        ("罗晓婷在河边听到有人呼救。“救救孩子，快来人！”", None, "救救孩子，快来人！"),
        # The subject beside the verb, even one that is no known name; not the last person who was.
        ("罗晓婷来了。塔博说：“这里很美，也很安静。”", "塔博", "这里很美，也很安静。"),
        ("罗晓婷来了。严进说：“这里很美，也很安静。”", "严进", "这里很美，也很安静。"),
        ("罗晓婷在一份声明中说：“服务还要做好。”韦思远认为不难。", "罗晓婷", "服务还要做好。"),
        ("“交通很方便，也安全。”8月10日，韦思远向记者介绍。", "韦思远", "交通很方便，也安全。"),
        ("“交通很方便，也安全。”韦思远的女儿很高兴。", None, "交通很方便，也安全。"),
        ("“交通很方便，凭什么不行？”韦思远一进门，罗晓婷就抱怨起来。", "罗晓婷", "交通很方便，凭什么不行？"),
        ("“你为什么要打人，凭什么！”韦思远妻子哭着说。", None, "你为什么要打人，凭什么！"),
        ("罗晓婷说，“走过那段路，很难忘。”韦思远则表示同意。", "罗晓婷", "走过那段路，很难忘。"),
        ("记者罗晓婷8月6日报道：“唱歌是我最大的快乐……”", None, "唱歌是我最大的快乐……"),
        ("罗晓婷发文，“放心，已经宣布放假了”，让不少市民留言大赞。", "罗晓婷", "放心，已经宣布放假了"),
        ("罗晓婷说，“饭后有人来帮忙，再累也值。”对韦思远来说，难忘那天。", "罗晓婷", "饭后有人来帮忙，再累也值。"),
        # A pronoun to which something is said or done is no subject, nor is one who is judged,
        ("罗晓婷来了。家人替她回答说：“本来就喜欢。”", "家人", "本来就喜欢。"),
        ("翻译家罗晓婷评价韦思远说：“他写得很好，很真。”", "罗晓婷", "他写得很好，很真。"),
        # nor one who stands somewhere behind a quotation that nothing says is speech, or in the next paragraph.
        ("罗晓婷来了。“我很喜欢和大家在一起……”参加活动的小朋友和她的妈妈很高兴。", None, "我很喜欢和大家在一起……"),
        ("罗晓婷来了。她说，会支持，“平时也教育晚辈，要来。”   韦思远说要来。", "罗晓婷", "平时也教育晚辈，要来。"),
        ("罗晓婷来了。“你不能这样走过去！”当记者问她时，没有回答。", None, "你不能这样走过去！"),
        # What was said before goes on, its mark behind it.
        ("罗晓婷表示很难过。“我会打好每一个球，不会放松”。到场的人很多。", "罗晓婷", "我会打好每一个球，不会放松"),
        ("“路还要走很久，不能停。”这名指挥官说，还要等。", "指挥官", "路还要走很久，不能停。"),
        ("民警当即告知孙某：“不要着急，很快就好。”", "民警", "不要着急，很快就好。"),
        # The verb stands further before in the sentence, or right before the mark.
        ("罗晓婷表示很难过，“每天接孩子都能看到他们。”", "罗晓婷", "每天接孩子都能看到他们。"),
        ("罗晓婷便介绍道“各位朋友，本片改编自真事。”", "罗晓婷", "各位朋友，本片改编自真事。"),
        ("工厂回复称，“感谢关注，业务正常。”罗晓婷在网上写道：好。", None, "感谢关注，业务正常。"),
        ("韦思远来了。“路不好走，水很深。”7日，视频发布者告诉记者。", "视频发布者", "路不好走，水很深。"),
        # Who is described at length, named in Latin letters, or behind a title.
        (
            "“岩石一碰就碎，不能恢复。”青石县文化市场综合执法大队一名值班人员说。",
            "值班人员",
            "岩石一碰就碎，不能恢复。",
        ),
        (
            "“岩石一碰就碎，不能恢复。”青石（东平）研究院环境与社会治理学院相关负责人说。",
            "负责人",
            "岩石一碰就碎，不能恢复。",
        ),
        ("最后，当地居民也抱怨说：“物价一年到头都高。”", "当地居民", "物价一年到头都高。"),
        ("一名群众激动地表示：“活动真是太有意义了。”", "群众", "活动真是太有意义了。"),
        ("“义诊活动很暖心，也方便。”居民热孜万·肉孜说。", "热孜万·肉孜", "义诊活动很暖心，也方便。"),
        ("韦思远来了。博客Greenfield同时表示：“还要再等一等。”", "Greenfield", "还要再等一等。"),
        ("分析师Ann de Vries则表示：“价格还会下降。”", "Ann de Vries", "价格还会下降。"),
        ("东平大学中文系教授许子安表示，“作品值得一读再读。”", "许子安", "作品值得一读再读。"),
        ("罗晓婷明确告知“这笔钱应当还给你。”听到这番解释，韦思远笑了。", "罗晓婷", "这笔钱应当还给你。"),
        # What leads to a quotation comes before what follows it: who is told may stand between the verb and the comma.
        ("罗晓婷告诉本报记者，“最开始觉得很难。”韦思远则表示不难。", "罗晓婷", "最开始觉得很难。"),
        ("韦思远来了。导演罗晓婷分享道，“当时他马上答应了。”让人忍不住感叹。", "罗晓婷", "当时他马上答应了。"),
        ("读者说，“这里到处都是新的房子”有网友认为很好。", "读者", "这里到处都是新的房子"),
        # A verb that is no noun is none behind 的 either, and a medium may stand before it.
        ("韦思远来了。公司的韦思远说：“还要再等一等。”", "韦思远", "还要再等一等。"),
        ("一名三十多岁的上班族表示：“明天不敢出门了。”", "上班族", "明天不敢出门了。"),
        ("公司的一位发言人通过电子邮件表示：“费用已经退回。”", "发言人", "费用已经退回。"),
        ("韦思远来了。他的讲话：“费用已经退回。”罗晓婷的女儿笑了。", "韦思远", "费用已经退回。"),
        # What only leads to a described speaker is no part of the words for them.
        ("↓甚至还有网友问道：“那要花多少年？”", "网友", "那要花多少年？"),
    ],
)
def test_whose_speech_it_is(text: str, speaker: str | None, quoted: str) -> None:
    assert [(found, words) for found, _, words in said(text, "韦思远", "罗晓婷")] == [(speaker, quoted)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("青石公司表示：“市场还很困难，再等一等。”", "青石公司"),
        ("青石公司昨日表示：“市场还很困难，再等一等。”", "青石公司"),
        ("“市场还很困难，再等一等。”青石公司表示。", "青石公司"),
        ("青石公司提了价，消息人士表示：“市场还很困难，再等一等。”", "消息人士"),
        ("工厂厂长对青石公司表示：“市场还很困难，再等一等。”", "工厂厂长"),
    ],
)
def test_an_organisation_speaks_right_before_the_verb_unless_it_is_spoken_to(text: str, speaker: str) -> None:
    organisation = Mention(text.index("青石"), "青石公司", "青石公司", "organisation")
    assert [quote.speaker for quote in quotes.find(text, [organisation])] == [speaker]


@pytest.mark.parametrize(
    "text",
    ["警察喊话韦思远：你被大家关注了。", "来源：韦思远：新车本周将要交付", "韦思远   版权说明：未经许可不得转载。"],
)
def test_who_is_spoken_to_or_of_does_not_speak(text: str) -> None:
    assert said(text, "韦思远") == []


def test_speaker_of_the_paragraph_before_only_for_a_pronoun_or_a_full_sentence() -> None:
    assert said("韦思远来了。\n他说：“要做好服务。”", "韦思远")[0][0] == "韦思远"
    assert said("韦思远来了。\n车上有人喊：“要做好服务。”", "韦思远")[0][0] is None


@pytest.mark.parametrize(
    "text",
    [
        "8月5日，媒体以“中国对进口商品为何没了胃口？”为题分析称，还要等。",
        "罗晓婷来了。“功崇惟志，业广惟勤，久久为功”。活动很成功。",
        "网友吐槽“这就是高校吗”“体现的就是一种傲慢态度”。返回首页。",
    ],
)
def test_what_is_quoted_and_not_said(text: str) -> None:
    assert said(text, "罗晓婷") == []
