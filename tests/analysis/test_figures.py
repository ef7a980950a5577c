import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.analysis import dates, figures

FOUND = [
    # text, raw, value, value_max, unit, kind
    ("交易额达41.9亿元", "41.9亿元", 4_190_000_000, None, "元", "money"),
    ("卖了8.7亿件", "8.7亿件", 870_000_000, None, "件", "count"),
    ("花了6万块一年", "6万块", 60_000, None, "元", "money"),
    ("只要50块。", "50块", 50, None, "元", "money"),
    ("赚1元钱", "1元钱", 1, None, "元", "money"),
    ("四角五分钱", "五分钱", 0.05, None, "元", "money"),
    ("123元1角1分", "123元1角1分", 123.11, None, "元", "money"),
    ("三千元", "三千元", 3000, None, "元", "money"),
    ("壹万贰仟元整", "壹万贰仟元整", 12_000, None, "元", "money"),
    ("2000万美元", "2000万美元", 20_000_000, None, "美元", "money"),
    ("５万亿美元", "５万亿美元", 5e12, None, "美元", "money"),
    ("3亿港币", "3亿港币", 300_000_000, None, "港元", "money"),
    ("新台币177.1亿元", "新台币177.1亿元", 17_710_000_000, None, "新台币", "money"),
    ("¥300起", "¥300", 300, None, "元", "money"),
    ("人民币 8千元", "人民币 8千元", 8000, None, "元", "money"),
    ("4万至20万元", "4万至20万元", 40_000, 200_000, "元", "money"),
    ("一千到两千万元", "一千到两千万元", 10_000_000, 20_000_000, "元", "money"),
    ("30元-50元", "30元-50元", 30, 50, "元", "money"),
    ("增长20%", "20%", 20, None, "%", "percent"),
    ("５％", "５％", 5, None, "%", "percent"),
    ("百分之二十", "百分之二十", 20, None, "%", "percent"),
    ("千分之三", "千分之三", 0.3, None, "%", "percent"),
    ("四分之一", "四分之一", 25, None, "%", "percent"),
    ("三成", "三成", 30, None, "%", "percent"),
    ("打八五折", "八五折", 85, None, "%", "percent"),
    ("一半的人", "一半", 50, None, "%", "percent"),
    ("5%至10%", "5%至10%", 5, 10, "%", "percent"),
    ("提高0.6个百分点", "0.6个百分点", 0.6, None, "个百分点", "percent"),
    ("增长3~5倍", "3~5倍", 3, 5, "倍", "multiple"),
    ("增长两倍", "两倍", 2, None, "倍", "multiple"),
    ("翻了一番", "翻了一番", 2, None, "倍", "multiple"),
    ("翻两番", "翻两番", 4, None, "倍", "multiple"),
    ("业绩翻倍", "翻倍", 2, None, "倍", "multiple"),
    ("53名同学", "53名", 53, None, "名", "count"),
    ("三四十家", "三四十家", 30, 40, "家", "count"),
    ("四五个副总", "四五个", 4, 5, "个", "count"),
    ("十几位同事", "十几位", 10, 20, "位", "count"),
    ("数十亿人", "数十亿人", 1_000_000_000, 10_000_000_000, "人", "count"),
    ("几十个亿", "几十个亿", 1_000_000_000, 10_000_000_000, None, "count"),
    ("600多万家", "600多万家", 6_000_000, None, "家", "count"),
    ("1.85亿人次", "1.85亿人次", 185_000_000, None, "人次", "count"),
    ("有13,000人", "13,000人", 13_000, None, "人", "count"),
    ("创造350亿市场", "350亿", 35_000_000_000, None, None, "count"),
    ("5亿用户", "5亿用户", 500_000_000, None, "用户", "count"),
    ("三大战略", "三大", 3, None, "大", "count"),
    ("以上2点", "2点", 2, None, "点", "count"),
    ("开店3个月", "3个月", 3, None, "个月", "duration"),
    ("1年零5个月", "1年零5个月", 17, None, "个月", "duration"),
    ("1小时30分钟", "1小时30分钟", 90, None, "分钟", "duration"),
    ("快了1分43秒", "1分43秒", 103, None, "秒", "duration"),
    ("两年半", "两年半", 2.5, None, "年", "duration"),
    ("8~10年的积累", "8~10年", 8, 10, "年", "duration"),
    ("半年内", "半年", 0.5, None, "年", "duration"),
    ("花了一个月时间", "一个月", 1, None, "个月", "duration"),
    ("过了10余年", "10余年", 10, None, "年", "duration"),
    ("气温-5℃", "-5℃", -5, None, "摄氏度", "measure"),
    ("20公里外", "20公里", 20, None, "公里", "measure"),
    ("3千瓦", "3千瓦", 3, None, "千瓦", "measure"),
    ("十几平方米", "十几平方米", 10, 20, "平方米", "measure"),
    ("从30米高的桥面", "30米", 30, None, "米", "measure"),
    ("四处房产", "四处", 4, None, "处", "count"),
    ("他30岁了", "30岁", 30, None, "岁", "measure"),
    ("气温零下10度", "零下10度", -10, None, "度", "measure"),
    ("成绩为26秒08，", "26秒08", 26.08, None, "秒", "duration"),
    ("以3分37秒5夺冠", "3分37秒", 217, None, "秒", "duration"),
    ("开了一个半小时", "一个半小时", 1.5, None, "小时", "duration"),
    ("为期3个半月", "3个半月", 3.5, None, "个月", "duration"),
    ("等了一个多小时", "一个多小时", 1, None, "小时", "duration"),
    ("全国约1/3的人", "1/3", pytest.approx(100 / 3), None, "%", "percent"),
    ("是去年的1/4。", "1/4", 25, None, "%", "percent"),
    ("三分之二多数", "三分之二", pytest.approx(200 / 3), None, "%", "percent"),
    ("成交2.66万手", "2.66万手", 26_600, None, "手", "count"),
    ("致2死5重伤", "5重伤", 5, None, "重伤", "count"),
    ("达12级台风", "12级台风", 12, None, "级", "measure"),
    ("近万人到场", "万人", 10_000, None, "人", "count"),
    ("捐出上亿元", "亿元", 100_000_000, None, "元", "money"),
    ("销量破万，", "万", 10_000, None, None, "count"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "raw", "value", "value_max", "unit", "kind"), FOUND)
def test_found(text: str, raw: str, value: float, value_max: float | None, unit: str | None, kind: str) -> None:
    figure = figures.find(text)[-1]
    assert (figure.raw, figure.value_max, figure.unit, figure.kind) == (raw, value_max, unit, kind)
    assert figure.value == pytest.approx(value)
    assert figure.start == text.index(raw)


NOT_FIGURES = [
    "iPhone 5的体验", "编号XI66781的产品", "订单号7268736", "电话13912345678", "拨打010-64031234", "1688进货",
    "8848上线", "做O2O", "B2B", "5G网络",
    "T+0提现", "第3名", "第三家", "第598号员工", "1、首先", "2. 其次", "三：给公司", "一分钱一分货", "一时", "一些人",
    "一般", "一个市场", "这一年", "有一天",
    "上午10-12点在线", "下午13点至16点", "四处奔波", "四处举债",
    "统一", "十分好", "万一", "千万不要", "百度", "百货", "四川", "三星手机", "五粮液", "六安", "陆地", "两面",
    "四面八方", "三位一体", "五花八门", "七上八下",
    "2013年", "9月4日", "2006级学生", "前十名", "凌晨三四点", "12:30", "比分3:0", "192.168.1.1", "2.0版", "3.1.4",
    "“两双”", "《四部医典》", "58同城",
    "从0到1", "80后", "90年代", "去年5月", "3天后", "四分之一决赛", "007个", "Win10家庭版", "二维码", "一成不变",
    "三人行", "百年大计", "十八罗汉",
    "七台河市", "五家渠", "三门峡的桥", "1/8决赛", "（1/3）", "2013/9/4", "1/1.7英寸", "万人大会", "每万人", "网上万人",
    "线上万家", "打破百年纪录", "经过万家", "成千上万的人", "10手机",
    "九死一生", "2死者", "两伤战争",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_not_figures(text: str) -> None:
    assert figures.find(text) == []


QUALIFIED = [
    ("超过600万个", "超过"), ("突破了3000万家", "突破"), ("近百万", "近"), ("约1亿美元", "约"), ("约有20家", "约"),
    ("不到5分钟", "不到"),
    ("50%以上", "以上"), ("20%左右", "左右"), ("5000多人", "多"), ("10余年", "余"), ("有上千人", "上"),
    ("着上千亩", "上"), ("身家过亿。", "超过"), ("销量破万台", "突破"), ("近万元", "近"),
    ("附近3家", None), ("签约3家", None), ("3家", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "qualifier"), QUALIFIED)
def test_qualifier(text: str, qualifier: str | None) -> None:
    (figure,) = figures.find(text)
    assert figure.qualifier == qualifier


IMPLIED = [
    ("做到交易额8000万美元，但还差2000万。", ["USD", "USD"]),
    ("销售额分别为30万和45万元。", ["CNY", "CNY"]),
    ("投资5亿元，用户超1000万。", ["CNY", None]),
    ("投资5亿元。还差2000万。", ["CNY", None]),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("罚款50万。", "money"), ("市值超过2万亿", "money"), ("花了20多万，", "money"), ("价值100多万的房子", "money"),
        ("卡里有15万存款", "money"), ("名额2万", "count"), ("评价3万", "count"), ("这款5万", "count"), ("基金5万", "count"),
        ("外资2.2亿股", "count"), ("投资者2.9亿", "count"), ("融资5万户家庭", "count"),
    ],
)  # fmt: skip
def test_a_sum_that_is_called_one_is_money_without_a_currency(text: str, kind: str) -> None:
    (figure,) = figures.find(text)
    assert (figure.kind, figure.currency) == (kind, None)


def test_points_are_shared_by_what_stands_before() -> None:
    assert [f.unit for f in figures.find("高8个和1.2个百分点")] == ["个百分点", "个百分点"]


@pytest.mark.parametrize(("text", "currencies"), IMPLIED)
def test_money_is_implied_only_where_it_is_certain(text: str, currencies: list[str | None]) -> None:
    assert [f.currency for f in figures.find(text)] == currencies


COUNTED = [
    ("53名同学中", "同学"), ("6.7万家中小企业倒闭", "中小企业"), ("2326名“中供”客户", "客户"),
    ("832个贫困县", "贫困县"),
    ("4名人民调解员代表", "人民调解员"), ("三大航司计划", None), ("14个镇、街道", "镇"), ("19头牛滑落", "牛"),
    ("做了3次。", None), ("5000多人", None), ("41.9亿元资金", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "noun"), COUNTED)
def test_noun(text: str, noun: str | None) -> None:
    (figure,) = figures.find(text)
    assert figure.noun == noun


def test_a_count_behind_seconds_is_no_part_of_them() -> None:
    assert [f.raw for f in figures.find("每15秒30次")] == ["15秒", "30次"]


def test_what_belongs_to_a_date_is_no_figure() -> None:
    text = "2013年5月，3天后，10年间"
    assert [f.raw for f in figures.find(text)] == ["10年"]
    assert figures.find(text, dates.expressions(text)) == figures.find(text)


DIGITS_AND_UNITS = (
    "0123456789一二两三十百千万亿几数多余半点分之零负-~至到.,，。%％¥$第每个家人元块角年月天大成折倍 “”《》abkm"
)
WORDS = ["百分之", "美元", "个百分点", "翻了一番", "小时", "人民币"]
PIECES = st.sampled_from([*DIGITS_AND_UNITS, *WORDS])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    end = 0
    for figure in figures.find(text):
        assert figure.raw == text[figure.start : figure.start + len(figure.raw)]
        assert figure.start >= end
        end = figure.start + len(figure.raw)
        assert figure.value_max is None or figure.value <= figure.value_max
        assert (figure.kind == "money") or figure.currency is None
