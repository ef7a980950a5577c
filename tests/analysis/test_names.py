"""Names of one text, evidence over several, and what can be promised of every text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.analysis import lexicon, names
from corpus_db.analysis.decisions import Decisions, Mention
from corpus_db.analysis.evidence import Evidence
from corpus_db.records import NameEvidence
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter
from corpus_db.text.tokens import Tokens

KNOWN = lexicon.load()


def decide(*texts: str) -> tuple[Decisions, list[list[NameEvidence]]]:
    evidence, found = Evidence(), [names.find(text, KNOWN) for text in texts]
    for text, heard in zip(texts, found, strict=True):
        evidence.add(heard, names.joined(text, heard))
    return evidence.settle(KNOWN), found


def mentions(*texts: str) -> list[Mention]:
    decided, found = decide(*texts)
    return [mention for heard in found for mention in decided.mentions(heard)]


def people(*texts: str) -> list[str]:
    return [mention.raw for mention in mentions(*texts) if mention.kind == "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司总裁韦思远说，市场会好。", ["韦思远"]),
        ("记者 章怀瑾 通讯员 蒲方 报道", ["章怀瑾", "蒲方"]),
        ("欧阳静怡表示同意。", ["欧阳静怡"]),
        ("前高管安德烈·科斯洛夫斯基还拍过电影。", ["安德烈·科斯洛夫斯基"]),
        ("罗晓婷教授认为，价格会涨。", ["罗晓婷"]),
        ("从总部调来彭阔任总经理。", ["彭阔"]),
        ("受台风“杜苏芮”影响，停课。", []),
        ("他去了高山，于是和平到来。", []),
        ("金额为常见的平方数。", []),
        # What follows a name that is withheld is no part of it, but where no further word follows, or all of it comes again.
        ("经查，邓某犯危险驾驶罪。", []),
        ("李某云、张某到场。", ["李某云"]),
        ("李某云到场。李某云表态。", ["李某云", "李某云"]),
        # A transliteration goes on where its characters do.
        ("主教练乔尔杰维奇说，要赢球。", ["乔尔杰维奇"]),
        ("主教练施蒂利克，要赢球。", ["施蒂利克"]),
        ("发言人扎哈罗娃表示，不同意。", ["扎哈罗娃"]),
        # What the dictionary has as one is believed, as part of a longer one too, but not of one with a dot.
        ("卢卡申科说，泽连斯基表示同意。", ["卢卡申科", "泽连斯基"]),
        ("发言人德米特里·佩斯科夫说，要赢球。", ["德米特里·佩斯科夫"]),
        ("他深深的谢意，智慧物流。", []),
        # A name with a dot is not lost to its part beside a title, whichever dot it has.
        ("艺术总监米斯塔·科普勒，来了。", ["米斯塔·科普勒"]),
        ("军官名叫戴维・格鲁尔（男）。", ["戴维・格鲁尔"]),
        ("总统阿特萨内·德拉马内·瓦塔里呼吁停火。", ["阿特萨内·德拉马内·瓦塔里"]),
        ("歌手克丽斯塔·埃比坦言，很难。", ["克丽斯塔·埃比"]),
        ("扎威·阿什顿比森林小三岁。", ["扎威·阿什顿"]),
        ("主席傅振中、季维真在演说。", ["傅振中", "季维真"]),
        # What stands behind a transliterated name of a place or a people is no part of it.
        ("他去了库尔戈斯克州。", []),
        ("那里的维京加拉人来了。", []),
        # A line that says who did it gives names away,
        ("（韦思远）返回首页", ["韦思远"]),
        ("画面（记者 姚赟摄）", ["姚赟"]),
        ("文/陆婷婷 编选：网站", ["陆婷婷"]),
        ("校对丨胡来彦责编丨唐波", ["胡来彦", "唐波"]),
        # and what stands where names do not, and only sounds like one, is none.
        ("实现以农稳粮、融合发展。", []),
        ("因城施策，固巢养凤。", []),
        ("粉红燕鸥体型小。", []),
        ("将于美东时间周二召开。", []),
        ("位于夏宁路的小区。", []),
        # What a place's suffix, a region's word, or a character and a suffix follow is a place.
        ("大火烧到毛伊县。", []),
        ("走进冯渠沟乡。", []),
        ("敖德萨地区的居民来了。", []),
        ("罗晓婷村里的人来了。", ["罗晓婷"]),
        ("罗晓婷在社区讲课。", ["罗晓婷"]),
        ("罗晓婷教授在北部山区。", ["罗晓婷"]),
        # What always follows two characters is part of the name, or tells that they are none; a verb of saying is neither.
        ("医师沈侗曾介绍。沈侗曾认为，这是沈侗曾的事。", ["沈侗曾"] * 3),
        ("医师沈侗曾介绍。沈侗认为不是。", ["沈侗"] * 2),
        ("奖项金梧奖启动。金梧奖很大，是金梧奖的事。", []),
        ("医师沈侗说过。沈侗说对，沈侗说不对。", ["沈侗"] * 3),
        ("人民网记者 沈洋摄 人民网记者 沈洋摄 人民网记者 沈洋摄", ["沈洋"] * 3),
    ],
)
def test_people(text: str, expected: list[str]) -> None:
    assert people(text) == expected


def test_a_title_is_no_part_of_a_name() -> None:
    assert people("副总裁 韦思远 教授出席。") == ["韦思远"]


def test_a_nickname_after_an_organisations_title() -> None:
    assert people("淘宝网总裁青黛，也来了。") == ["青黛"]


@pytest.mark.parametrize(
    ("text", "raw", "kind"),
    [
        ("他任职于青川县水务局。", "青川县水务局", "organisation"),
        ("云岭矿业集团宣布停产。", "云岭矿业集团", "organisation"),
        # A place at its beginning is part of the name, and so is an institution that stands before its branch,
        ("今天，绍兴中学放假。", "绍兴中学", "organisation"),
        ("由青川县人民法院审理，东湖区法院协助。", "东湖区法院", "organisation"),
        ("央行政策委员会的意见。", "央行政策委员会", "organisation"),
        ("这是日本电气协会的事。", "日本电气协会", "organisation"),
        # and what no name has ends before it.
        ("身后的庄禾集团也来了。", "庄禾集团", "organisation"),
        # A registered name reaches from the place to the kind of firm; a small place is not in the large one it is named by.
        ("临沂新彭美高置业有限公司也来了。", "临沂新彭美高置业有限公司", "organisation"),
        # The branch that is named behind it is part of it, and so is what says that it is the state's.
        ("银川市公安局兴庆分局刑侦大队发布消息。", "银川市公安局兴庆分局刑侦大队", "organisation"),
        ("晋商银行太原支行合计被罚。", "晋商银行太原支行", "organisation"),
        ("国家税务总局发布消息。", "国家税务总局", "organisation"),
        ("在成都市水务局的会上。", "成都市水务局", "organisation"),
        ("他来自成都市。", "成都市", "place"),
        ("浦东祝桥的雨最大。", "祝桥", "place"),
        ("他住在通海口镇。", "海口镇", "place"),
        ("货物运往马德里。", "马德里", "place"),
        ("走进唐家坪村。", "唐家坪村", "place"),
        ("他在高家营乡。", "高家营乡", "place"),
        ("公司开展“春雷行动”。", "春雷行动", "event"),
        ("上线“稻香满仓”频道。", "稻香满仓", "product"),
        ("他读过《江上的灯》。", "江上的灯", "product"),
        ("新款奥迪A6上市。", "奥迪A6", "product"),
    ],
)
def test_other_kinds(text: str, raw: str, kind: str) -> None:
    assert (raw, kind) in [(mention.raw, mention.kind) for mention in mentions(text)]


def test_a_description_of_a_company_is_no_name() -> None:
    assert [mention.raw for mention in mentions("他求助于越南公司。")] == ["越南"]


@pytest.mark.parametrize(
    "text",
    [
        "这是一家B2B公司。", "七家AI公司来了。", "李宗盛上海演唱会门票。", "推动东北经济社会发展。", "街道党员干部到场。",
        "低碳城市建设加快。", "智慧物流和冷链物流。", "孙某网络侵权。", "陈女士银行账户。", "全国现场会召开。",
        "卢卡申科政府表态。", "默克尔政府宣布加税。", "加强人大代表工作能力建设。", "耗资2200万建永久性方舱医院。",
        "石油天然气集团股份有限公司董事会。",
    ],
)  # fmt: skip
def test_what_only_sounds_like_an_organisation(text: str) -> None:
    assert [mention.raw for mention in mentions(text) if mention.kind == "organisation"] == []


@pytest.mark.parametrize("text", ["“医路有我”开展义诊。", "这是经济强省。", "网上有人炸街扰民。", "他住在大都市。"])
def test_what_only_sounds_like_a_place(text: str) -> None:
    assert [mention.raw for mention in mentions(text) if mention.kind == "place"] == []


def test_institutions_side_by_side() -> None:
    named = mentions("国家医保局会同财政部发文。")
    assert [mention.raw for mention in named] == ["国家医保局", "财政部"]


def test_a_character_twice_abbreviates_no_places() -> None:
    assert mentions("他深深地鞠躬。") == []
    assert [mention.raw for mention in mentions("中德、中日会谈。")] == ["中", "德", "中", "日"]


def test_a_person_who_takes_a_post_is_no_part_of_an_organisation() -> None:
    named = mentions("王小明任乡村事业部总经理，王小明说。")
    assert [(mention.raw, mention.kind) for mention in named] == [("王小明", "person")] * 2


def test_one_pass_gives_the_named_and_the_anonymous() -> None:
    decided, [heard] = decide("记者韦思远说，王女士买了菜。")
    named, anonymous = decided.mentions_and_anonymous(heard)
    assert ([m.raw for m in named], [m.raw for m in anonymous]) == (["韦思远"], ["王女士"])
    assert decided.mentions(heard, anonymous=True) == sorted(named + anonymous)
    assert decided.mentions_and_anonymous([tuple(name) for name in heard]) == (named, anonymous)


def test_a_list_of_surnames_holds_no_names() -> None:
    assert people("王" * 12) == []


def test_bare_numbers_are_names_only_alone() -> None:
    assert [mention.raw for mention in mentions("去1688进货。")] == ["1688"]
    assert mentions("1688年，1688元。") == []


def test_lexicon_joins_aliases_and_names_by_the_form_in_use() -> None:
    decided, found = decide("手机淘宝即手淘。淘宝网又叫淘宝。", "逍遥子就是张勇。")
    named = {mention.raw: mention.name for heard in found for mention in decided.mentions(heard)}
    assert named == {
        **dict.fromkeys(["手机淘宝", "手淘"], "手淘"),
        **dict.fromkeys(["淘宝网", "淘宝"], "淘宝"),
        **dict.fromkeys(["逍遥子", "张勇"], "张勇"),
    }


def test_text_joins_aliases() -> None:
    found = mentions("网络名人韦思远（网名“青石”）来了。青石不说话。")
    assert [(mention.raw, mention.name) for mention in found if mention.kind == "person"] == [
        ("韦思远", "韦思远"),
        ("青石", "韦思远"),
        ("青石", "韦思远"),
    ]


def test_a_form_of_address_is_the_only_person_of_that_surname_here() -> None:
    assert [(m.raw, m.name) for m in mentions("总裁韦思远出席。韦总说不错。") if m.kind == "person"][-1] == (
        "韦总",
        "韦思远",
    )
    assert [m.name for m in mentions("王女士买了菜。")] == []


def test_a_part_of_a_name_with_dots_is_the_only_person_who_was_so_called_before() -> None:
    of_one = mentions("总监米斯塔·科普勒说，对。科普勒说，不对。")
    assert [mention.name for mention in of_one] == ["米斯塔·科普勒"] * 2
    of_two = mentions("总监米斯塔·科普勒和玛莎·科普勒说，对。科普勒说，不对。")
    assert of_two[-1].name == "科普勒"
    earlier = mentions("科普勒说，不对。总监米斯塔·科普勒说，对。")
    assert earlier[0].name == "科普勒"


def test_whoever_bears_a_known_name_is_not_whom_the_lexicon_knows_by_it() -> None:
    assert [mention.name for mention in mentions("唐纳德·特朗普说，特朗普不同意。")] == ["特朗普"] * 2
    assert [mention.name for mention in mentions("贝琳达·特朗普说，特朗普不同意。")] == ["贝琳达·特朗普", "特朗普"]


def test_strong_places_promote_weak_ones_elsewhere() -> None:
    weak = "后来俞涌在那里。"
    strong = ["总裁俞涌说，好。"] * 3
    assert "俞涌" in people(weak, *strong)


def test_evidence_merges_in_any_order() -> None:
    texts = ["总裁韦思远说。", "韦思远（网名“青石”）。", "北京市水务局的韦思远。"]
    parts = []
    for text in texts:
        part = Evidence()
        heard = names.find(text, KNOWN)
        part.add(heard, names.joined(text, heard))
        parts.append(part)
    one, other = Evidence(), Evidence()
    for part in parts:
        one.merge(part)
    for part in reversed(parts):
        other.merge(part)
    assert one.pairs == other.pairs
    assert one.sums == other.sums
    few = Evidence(held=1)
    for part in parts:
        few.merge(part)
    assert list(few.totals().items()) == list(one.totals().items()) != []


def test_tokens_may_be_given() -> None:
    text = "总裁韦思远在ＢＥＩＪＩＮＧ说：淘寶網好……"
    assert names.find(text, KNOWN, segmenter().cut(fold_aligned(text))) == names.find(text, KNOWN)


PIECES = st.lists(
    st.sampled_from(
        [
            "韦思远",
            "说",
            "，",
            "总裁",
            "·",
            "“",
            "”",
            "（网名“",
            "）",
            "阿里",
            "1688",
            "某",
            "省",
            "公司",
            "\n",
            "，",
            "A",
            "𠀀",
            "\x00",
        ]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_every_text_gives_names_at_their_offsets(text: str) -> None:
    heard = names.find(text, KNOWN)
    assert all(text[name.start : name.start + len(name.raw)] == name.raw and 0 <= name.strength <= 1 for name in heard)
    evidence = Evidence()
    evidence.add(heard, names.joined(text, heard))
    ends = [(mention.start, mention.start + len(mention.raw)) for mention in evidence.settle(KNOWN).mentions(heard)]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))


@given(st.lists(PIECES, max_size=5))
@settings(max_examples=100, deadline=None)
def test_texts_read_together_give_what_each_gives(texts: list[str]) -> None:
    folded = list(map(fold_aligned, texts))
    found = names.find_all(texts, folded, Tokens(list(map(segmenter().cut, folded))), KNOWN)
    alone = [names.find(text, KNOWN) for text in texts]
    assert [of_text.names for of_text in found] == alone
    assert [of_text.aliases for of_text in found] == [names.joined(*each) for each in zip(texts, alone, strict=True)]
