"""A number and its unit → a quantity: value, range, kind, and where it ends."""

from __future__ import annotations

import re

from corpus_db.analysis import numerals, qualifiers
from corpus_db.analysis.numerals import NUMERAL, Amount
from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.units import DOUBTS, MINUTES, SECONDS, Unit, is_name, is_place, is_price, is_rank, unit_at
from corpus_db.records import FigureKind

# What a number and its unit say: (amount, kind, unit, currency).
Quantity = tuple[Amount, FigureKind, str | None, str | None]
# Where what was read ends, and the quantity; None: a number that counts nothing, and is to be stepped over.
Reading = tuple[int, Quantity | None]

SEPARATOR = r" ?(?:-{1,2}|~|—{1,2}|–|至|到) ?"
_CURRENCIES = (
    ("CNY", "元", "¥ RMB CNY 人民币"), ("USD", "美元", "$ US$ USD"), ("HKD", "港元", "HK$ HKD"),
    ("TWD", "新台币", "NT$ 新台币"), ("EUR", "欧元", "€ EUR"), ("GBP", "英镑", "£ GBP"), ("KRW", "韩元", "₩"),
    ("INR", "印度卢比", "₹"),
)  # fmt: skip
CURRENCY_SIGNS = {sign: (code, name) for code, name, signs in _CURRENCIES for sign in signs.split()}
SIGN = "|".join(map(re.escape, sorted(CURRENCY_SIGNS, key=len, reverse=True)))

_SIGNS = re.compile(rf"(?P<minus>负|-|零下|)(?:(?P<sign>{SIGN}) ?|)")
_SIGNS_BEGIN = frozenset("负-零").union(sign[0] for sign in CURRENCY_SIGNS)
_BETWEEN = r"[^\d\s，。、；：（）“”]{0,3}?"
_NUMBER = re.compile(
    rf"(?P<first>{NUMERAL})"
    rf"(?:(?={_BETWEEN}[-~—–至到 （(])"  # soon tells that no second number follows
    rf"(?P<between>{_BETWEEN})(?:[(（]含[)）]|){SEPARATOR}(?P<last>{NUMERAL})|)"
)


def _amount(raw: str) -> Amount | None:
    return None if raw[0] == "0" and raw[1:2].isdecimal() else numerals.parse(raw)  # 007 is a code


# The same numerals come back.
_MOST = 1 << 14
_parsed = Remembered(numerals.parse, _MOST)
_amounts = Remembered(_amount, _MOST)


def read(text: str, start: int, limit: int) -> Reading | None:
    """The number that begins at `start` and does not reach `limit`, where a date begins; None: there is none."""
    at, minus, sign = start, "", None
    if text[start] in _SIGNS_BEGIN and (signs := _SIGNS.match(text, start)):
        at, minus, sign = signs.end(), signs["minus"], signs["sign"]
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    end = match.end(1)
    if end > limit:
        return None
    raw = match[1]
    amount = _amounts[raw]
    if amount is None:
        return end, None
    if match.lastindex != 1 and match.end() <= limit and not minus:
        ranged = _range(text, match, amount, sign)
        if ranged is not None:
            return ranged
    if raw[-1] in _MAY_GO_ON or text[end : end + 1] in _MAY_BORROW:
        amount, raw, end, unit = _borrow(text, end, raw, amount)
    else:
        unit = unit_at(text, end, raw)
    if minus:
        amount = amount.times(-1)
    if sign:
        return _signed(sign, end, amount, unit)
    if unit is None:
        return end, _bare(text, start, end, raw, amount)
    return _united(text, start, end, raw, amount, unit)


_BORROWED = frozenset("千兆万")  # magnitudes that belong to a unit where one begins with them: 千米, 兆瓦
_MAY_GO_ON = _BORROWED | frozenset("一")  # the last character of a numeral that may belong to what follows
_MAY_BORROW = frozenset("个分")  # the character behind a numeral that may not be a unit
_BEFORE_ONE = frozenset("万亿千百")


def _borrow(text: str, end: int, raw: str, amount: Amount) -> tuple[Amount, str, int, Unit | None]:
    """The unit behind a numeral, and the numeral that is left where the unit takes a character of it, or adds one."""
    if raw[-1] in _BORROWED and len(raw) > 1 and (unit := unit_at(text, end - 1, raw[:-1])):
        return _parsed[raw[:-1]] or amount, raw[:-1], end - 1, unit
    if text.startswith("个亿", end):  # 几十个亿
        return amount.times(10**8), raw + "亿", end + 2, unit_at(text, end + 2, "亿")
    if SECONDS.match(text, end):
        return amount, raw, end, MINUTES
    unit = unit_at(text, end, raw)
    if unit is None and raw[-1] == "一" and raw[-2:-1] in _BEFORE_ONE:  # 两万一个: 一 belongs to what follows
        return _parsed[raw[:-1]] or amount, raw[:-1], end - 1, None
    return amount, raw, end, unit


def _signed(sign: str, end: int, amount: Amount, unit: Unit | None) -> Reading:
    """¥300, 人民币 8千元, 新台币177亿元: the sign names the currency, a more exact unit behind it too."""
    code, name = CURRENCY_SIGNS[sign]
    if unit is None or unit.kind != "money":
        return end, (amount, "money", name, code)
    if unit.currency != "CNY":
        code, name = unit.currency or code, unit.name
    return end + len(unit.text), (amount, "money", name, code)


def _united(text: str, start: int, number_end: int, raw: str, amount: Amount, unit: Unit) -> Reading:
    """A number with a unit, or the number alone where the two are no quantity."""
    end = number_end + len(unit.text)
    if not raw[0].isascii() and _is_no_number(text, start, end, raw, amount, unit):
        return number_end, None
    if unit.plain and text[end : end + 1] not in _GOES_ON:
        return end, (amount, unit.kind, unit.name, unit.currency)
    if (doubt := DOUBTS.get(unit.text)) and not doubt(text, start, end, amount.low, raw):
        return number_end, None
    if unit.kind == "count" and is_rank(text, start, unit):
        return number_end, None
    if unit.text == "块" and is_price(text, end, raw):
        unit = unit._replace(kind="money", name="元", currency="CNY")
    return _completed(text, end, amount, unit)


def _is_no_number(text: str, start: int, end: int, raw: str, amount: Amount, unit: Unit) -> bool:
    """Whether a numeral in Han characters is part of a word, an article or a name with the unit that ends at `end`."""
    if raw in ("百", "千", "万", "亿"):
        return qualifiers.before(text, start) is None  # 30元/千克: the magnitude belongs to a unit or a word
    if raw == "一":
        return not _is_number(text, start, end, unit)
    if len(raw) == 2 and amount.high is None and unit.text != "折" and all(char in numerals.DIGITS for char in raw):
        return True  # 唯一一个: two digits that are no number together
    return unit.kind == "count" and (is_name(text, start, end) or is_place(text, start, end))


def _range(text: str, match: re.Match[str], first: Amount, sign: str | None) -> Reading | None:
    """4万至20万元, 3~5倍, 5%-8%, 一千到两千万: two numbers with one unit, or the same unit twice."""
    raw, end = match["last"], match.end()
    last, unit, between = _parsed[raw], unit_at(text, end, raw), match["between"]
    if last is None or (unit is None and not (sign or raw[-1] in "万亿")):
        return None
    if between:
        own = unit_at(between, 0, match["first"])
        if own is None or own.text != between or unit is None or own.name != unit.name:
            return None
    low, high = first.low, last.low
    scale = numerals.product(raw.lstrip("0123456789.,，零〇一二两三四五六七八九十百千"))
    if not between and match["first"][-1] not in "万亿" and low < high / scale:
        low *= scale
    if between and low > high:
        low, high = high, low  # 90%-55%
    if not low < high:
        return None
    amount = Amount(low, high, first.more or last.more)
    if sign:
        return _signed(sign, end, amount, unit)
    if unit is None:
        return end, (amount, "count", None, None)
    return _completed(text, end + len(unit.text), amount, unit)


_COMPOUND = {"年": ("个月", 12), "周": ("天", 7), "天": ("小时", 24), "小时": ("分钟", 60), "分钟": ("秒", 60)}
_NEXT_BEGINS = frozenset("零又加带0123456789一二两三四五六七八九十")
_NEXT = re.compile(r"(?:零|又|加|带)?(?P<number>(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十]{1,3}))")
_HALF = re.compile("半(?![年决天导价数岛场])")
_HALF_KINDS = frozenset(("duration", "measure", "money"))
_MORE_KINDS = frozenset(("duration", "measure"))
_MORE = re.compile("多(?![个次位名家])")


def _completed(text: str, end: int, amount: Amount, unit: Unit) -> Reading:
    """What follows a unit and still belongs to the number: 三年半, 1年零5个月, 5元6角, 3年多."""
    factor = 1.0 if unit.text == "折" and amount.low >= 10 else unit.factor  # 五五折, 85折
    amount, name = amount.times(factor), unit.name
    if "多" in unit.text:
        amount = amount._replace(more="多")
    elif "半" in unit.text:
        amount = amount._replace(low=amount.low + 0.5)
    following = text[end : end + 1]
    if following not in _GOES_ON:
        return end, (amount, unit.kind, name, unit.currency)
    if following == "半" and _HALF.match(text, end) and (unit.kind in _HALF_KINDS or unit.text == "成"):
        amount, end = amount._replace(low=amount.low + 0.5 * unit.factor), end + 1
    elif unit.kind == "duration" and amount.high is None and following in _NEXT_BEGINS:
        low, name, longer = _compound(text, end, amount.low, unit.name)
        if longer > end:
            amount, end = amount._replace(low=low), longer
    elif unit.name == "元" and amount.high is None and following in _COINS_BEGIN:
        low, longer = _coins(text, end, amount.low)
        if longer > end:
            amount, end = amount._replace(low=low), longer
    if unit.kind in _MORE_KINDS and amount.more is None and _MORE.match(text, end):
        amount, end = amount._replace(more="多"), end + 1
    if amount.high is not None and amount.high < amount.low:
        amount = amount._replace(high=None)
    return end, (amount, unit.kind, name, unit.currency)


_HUNDREDTHS = re.compile(r"(?<=\d秒)\d{2,3}(?![\d.:万亿])")


def _compound(text: str, end: int, value: float, name: str) -> tuple[float, str, int]:
    """1年零5个月 → 17 个月: smaller units of time that follow, all in the smallest; 9秒83 → 9.83 秒."""
    while name in _COMPOUND and (match := _NEXT.match(text, end)):
        smaller, times = _COMPOUND[name]
        unit = unit_at(text, match.end(), match["number"])
        if name == "小时" and text.startswith("分", match.end()):
            own, length = "分钟", 2 if text.startswith("分钟", match.end()) else 1
        elif name == "分钟" and text.startswith("秒", match.end()):
            own, length = "秒", 1
        elif unit is not None and unit.kind == "duration":
            own, length = unit.name, len(unit.text)
        else:
            break
        part = _parsed[match["number"]]
        if own != smaller or part is None or part.low >= times:
            break
        value, name, end = value * times + part.low, smaller, match.end() + length
    if name == "秒" and (match := _HUNDREDTHS.match(text, end)) and unit_at(text, match.end(), match[0]) is None:
        value, end = round(value + float(f".{match[0]}"), 3), match.end()
    return value, name, end


_COINS_BEGIN = frozenset("又零0123456789一二两三四五六七八九壹贰叁肆伍陆柒捌玖")
_GOES_ON = _NEXT_BEGINS | _COINS_BEGIN | frozenset("半多")
_COINS = re.compile(r"(?:又|零)?(?P<number>\d|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])(?P<coin>角|毛|分)(?!之|钟)")


def _coins(text: str, end: int, value: float) -> tuple[float, int]:
    """123元1角1分 → 123.11"""
    while match := _COINS.match(text, end):
        part = _parsed[match["number"]]
        value += (part.low if part else 0.0) * (0.01 if match["coin"] == "分" else 0.1)
        end = match.end()
    return round(value, 4), end


# 一 is a number only before these kinds; before a measure word it is an article (一个市场).
ONE_KINDS = frozenset(("money", "duration", "measure", "multiple", "percent"))
_ONE_NOT_AFTER = frozenset("这那每某有同新头第又前后上下是任哪统单专万唯之逐")
_ONE_STRICT = frozenset(("天", "年", "周", "秒"))
_ONE_BEFORE = (
    "内", "之内", "以内", "时间", "的时间", "左右", "以上", "多", "期", "以后", "之后", "以来", "后", "前",
    "，", "。", "、", "（",
)  # fmt: skip
_ONE_NEVER = frozenset(("岁", "度", "级", "克", "匹", "方", "里", "桶"))


def _is_number(text: str, start: int, end: int, unit: Unit) -> bool:
    """Whether 一 before a unit is a number: 一个月, 一元, 一倍 are; 一个, 这一年, 有一天 are not."""
    if unit.kind not in ONE_KINDS or unit.han != "yes" or text[max(0, start - 1) : start] in _ONE_NOT_AFTER:
        return False
    if unit.name in _ONE_STRICT:
        return text.startswith(_ONE_BEFORE, end) or qualifiers.before(text, start) is not None
    return unit.text not in _ONE_NEVER


_LARGE = re.compile(r"[万亿兆]")
_NOT_BARE = re.compile(r"[.:/\-]?\d|[A-Za-z_.:/]")
_NOT_ROUGH = re.compile("[号后年月日第平线届期]")
_ROUGH = frozenset(("超过", "近", "约", "逾", "突破", "不足", "不到", "超"))


def _bare(text: str, start: int, end: int, raw: str, amount: Amount) -> Quantity | None:
    """A number without unit counts if it has a magnitude (近百万, 350亿) or a qualifier (1200多); a code does not."""
    qualifier = qualifiers.before(text, start)
    if qualifier is None and "," not in raw and raw.isascii():
        return None
    count: Quantity = (amount, "count", None, None)
    if raw[0] in "百千万亿" and qualifier is None:
        return None
    if _LARGE.search(raw):
        return count if abs(amount.low) >= 1 else None
    if amount.more in ("多", "余") and amount.low >= 10:
        return count
    if _NOT_BARE.match(text, end):
        return None
    if "," in raw or "，" in raw:
        return count
    return count if qualifier in _ROUGH and amount.low >= 10 and not _NOT_ROUGH.match(text, end) else None
