"""Numbers with a meaning: what an article counts, measures and pays, with value, unit and qualifier.

A number is a figure if a unit or measure word of data/units.tsv follows it, or if it is large or qualified enough to be
nothing else (近百万, 1200多). What looks alike and is none is left out by what stands around it: ordinals (第三名),
codes (iPhone 5, XI66781), phone numbers, dates and clock times, and 一 before a measure word, which is an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple, cast

from corpus_db.analysis import counted, date_grammar, numerals
from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.festivals import rows
from corpus_db.analysis.numerals import HAN, NUMERAL
from corpus_db.records import Figure, FigureKind


class Unit(NamedTuple):
    """A unit as written; columns as in data/units.tsv."""

    text: str
    kind: FigureKind
    name: str
    factor: float
    currency: str | None
    han: str
    not_before: str


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    """Units by first character, the longest first."""
    by_char: dict[str, list[Unit]] = {}
    for row in rows("units.tsv"):
        kind = cast(FigureKind, row["kind"])
        factor = float(row["factor"] or 1)
        unit = Unit(row["unit"], kind, row["name"], factor, row["currency"] or None, row["han"], row["not_before"])
        by_char.setdefault(unit.text[0], []).append(unit)
    return {char: tuple(sorted(group, key=lambda u: -len(u.text))) for char, group in by_char.items()}


BEFORE = frozenset(
    "超过 接近 将近 大约 大概 不到 不足 突破 至少 最多 最高 最低 高达 多达 约为 约有 约合 仅有 仅为 只有 几乎 不超过 不少于 不低于 "
    "不高于 低于 高于 少于 多于 超出 少说 逾 超 近 约 仅".split()
)
AFTER = frozenset("左右 以上 以下 上下 以内 之内 之多 有余 开外 不到 不等".split())
_NOT_QUALIFIERS = frozenset(("最近", "附近", "签约", "违约", "合约", "预约", "邀约", "节约", "条约", "解约", "纽约", "大约", "新近", "临近", "靠近", "公约"))

_SEPARATOR = r" ?(?:-{1,2}|~|—{1,2}|–|至|到) ?"
_CURRENCY_SIGNS = {
    "¥": ("CNY", "元"), "RMB": ("CNY", "元"), "CNY": ("CNY", "元"), "人民币": ("CNY", "元"), "$": ("USD", "美元"), "US$": ("USD", "美元"),
    "USD": ("USD", "美元"), "HK$": ("HKD", "港元"), "HKD": ("HKD", "港元"), "NT$": ("TWD", "新台币"), "新台币": ("TWD", "新台币"),
    "€": ("EUR", "欧元"), "EUR": ("EUR", "欧元"), "£": ("GBP", "英镑"), "GBP": ("GBP", "英镑"), "₩": ("KRW", "韩元"), "₹": ("INR", "印度卢比"),
}  # fmt: skip
_SIGN = "|".join(map(re.escape, sorted(_CURRENCY_SIGNS, key=len, reverse=True)))

# 一 is a number only before these kinds; before a measure word it is an article (一个市场).
_ONE_KINDS = frozenset(("money", "duration", "measure", "multiple", "percent"))
_DIGITS = "[零一二两三四五六七八九十]"


@cache
def _candidate() -> re.Pattern[str]:
    """One character that a figure may begin with, by what stands around it."""
    first = re.escape("".join(units()))
    one = sorted({re.escape(u.text) for group in units().values() for u in group if u.kind in _ONE_KINDS and u.han == "yes"})
    return re.compile(
        "[0-9一二两三四五六七八九十百千万亿几数半翻负零壹贰叁肆伍陆柒捌玖拾¥$€£₩₹RCHUNEGJ人新-](?:"
        r"(?<=[0-9])(?<![0-9A-Za-z_][0-9])(?<![0-9][.,:/·][0-9])"
        rf"|(?<=一)(?=[{HAN}]|点{_DIGITS}|{'|'.join(one)}|半|[百千万]?分之)"
        rf"|(?<=[二两三四五六七八九十])(?=[{HAN}{first}多余来几]|点{_DIGITS}|[百千万]?分之)"
        rf"|(?<=[百千])(?=[万亿余分{first}])|(?<=万)(?=[亿分万])|(?<=[几数])(?=[十百千万亿])|(?<=半)(?=[年个小])|(?<=零)(?=点{_DIGITS})"
        rf"|(?<=翻)(?=了|[一两三四番倍]|[0-9])|(?<=负)(?=[0-9{HAN}])|(?<=[壹贰叁肆伍陆柒捌玖])(?=[拾佰仟万亿元])|(?<=拾)(?=[壹贰叁肆伍陆柒捌玖万亿元])"
        rf"|(?<=[¥$€£₩₹])(?= ?[0-9])|(?<=[RCHUNEGJ人新])(?<=(?=(?:{_SIGN}) ?[0-9]).)|(?<=-)(?<![0-9A-Za-z]-)(?=[0-9]))"
    )


_NUMBER = re.compile(
    rf"(?P<sign>[负-])?(?:(?P<currency>{_SIGN}) ?)?(?P<first>{NUMERAL})"
    rf"(?:(?P<unit>[^\d\s，。、；：（）“”]{{0,3}}?)(?:[(（]含[)）])?{_SEPARATOR}(?P<last>{NUMERAL}))?"
)
_SHARE = re.compile(rf"(?P<sign>负)?(?P<of>[一]?[百千万]{{1,3}}|[{HAN}\d]{{1,6}})分之(?P<share>负?(?:{NUMERAL})(?:{_SEPARATOR}(?:{NUMERAL}))?)")
_DOUBLED = re.compile(r"翻(?:了)?(?:近|约|超)?(?:(?P<times>\d{1,2}|[一两三四五六])?番|倍(?!增))")
_HALF = re.compile(r"(?:(?P<share>一半)|半个?(?P<unit>年|月|小时|钟头|世纪|学期|多月))")
_IDIOM_LIMIT = 7
_SHARE_LIMIT = 8


@cache
def _idioms() -> frozenset[str]:
    return frozenset(row["phrase"] for row in rows("idioms.tsv"))


def find(text: str, dated: Sequence[Expression] | None = None) -> list[Figure]:
    """The figures of an article's body, in order, not overlapping.

    `dated` are the text's time expressions (`dates.expressions`), where they have been read already: what belongs to
    one of them is no figure.

    >>> [(f.raw, f.value, f.value_max, f.unit, f.kind) for f in find("交易额达41.9亿元，增长3~5倍")]
    [('41.9亿元', 4190000000.0, None, '元', 'money'), ('3~5倍', 3.0, 5.0, '倍', 'multiple')]
    """
    spans = date_grammar.find(text) if dated is None else dated
    original, text = text, numerals.plain(text)
    found: list[Figure] = []
    done = 0
    taken = iter(spans)
    span = next(taken, None)
    for candidate in _candidate().finditer(text):
        start = candidate.start()
        if start < done:
            continue
        while span is not None and span.end <= start:
            span = next(taken, None)
        if span is not None and span.start <= start:
            done = span.end
            continue
        read = _read(text, start, len(text) if span is None else span.start)
        if read is None:
            continue
        done, figure = read
        if figure is not None:
            found.append(figure._replace(raw=original[figure.start : done]) if text is not original else figure)
    return _with_implied_money(text, found)


def _read(text: str, start: int, limit: int) -> tuple[int, Figure | None] | None:
    """(end, figure) of what stands at `start`; a figure of None: a phrase to step over; None: nothing."""
    char = text[start]
    if char == "翻":
        return _doubled(text, start)
    before = text[start - 1] if start else ""
    if before in ("第", "每") and before == "第":
        number = _NUMBER.match(text, start)
        return (number.end("first"), None) if number else None
    if not char.isascii():
        phrase = _idiom(text, start)
        if phrase:
            return start + phrase, None
        if char == "半" or text.startswith("一半", start):
            return _half(text, start)
    if "分之" in text[start : start + _SHARE_LIMIT] and (share := _share(text, start)) is not None:
        return share
    number = _NUMBER.match(text, start)
    return None if number is None else _number(text, number, limit)


def _idiom(text: str, start: int) -> int:
    """Length of the set phrase that begins at `start`, or 0."""
    idioms = _idioms()
    for length in range(_IDIOM_LIMIT, 1, -1):
        if text[start : start + length] in idioms:
            return length
    return 0


def _doubled(text: str, start: int) -> tuple[int, Figure | None] | None:
    match = _DOUBLED.match(text, start)
    if match is None:
        return None
    if text.startswith("倍", match.end() - 1):
        value = 2.0
    else:
        parsed = numerals.parse(match["times"]) if match["times"] else None
        value = 2.0 ** (parsed[0] if parsed else 1)
    return match.end(), _figure(text, start, match.end(), value, None, None, ("multiple", "倍", None))


def _half(text: str, start: int) -> tuple[int, Figure | None] | None:
    match = _HALF.match(text, start)
    if match is None:
        return None
    if match["share"]:
        if text[start - 1 : start] in ("另", "前", "后", "有"):
            return None
        return match.end(), _figure(text, start, match.end(), 50.0, None, None, ("percent", "%", None))
    name = {"年": "年", "月": "个月", "多月": "个月", "小时": "小时", "钟头": "小时", "世纪": "个世纪", "学期": "个学期"}[match["unit"]]
    return match.end(), _figure(text, start, match.end(), 0.5, None, None, ("duration", name, None))


def _share(text: str, start: int) -> tuple[int, Figure | None] | None:
    """百分之二十, 千分之三, 三分之一: all in percent."""
    match = _SHARE.match(text, start)
    if match is None:
        return None
    of = _parse(match["of"])
    low, _, high = re.sub(_SEPARATOR, "~", match["share"].replace("负", "")).partition("~")
    first, last = _parse(low), _parse(high) if high else None
    if of is None or first is None or not of[0]:
        return None
    if text.startswith("决赛", match.end()):
        return match.end(), None
    scale = (-100.0 if match["sign"] or match["share"].startswith("负") else 100.0) / of[0]
    top = last[0] if last else first[1]
    end = match.end()
    return end, _figure(text, start, end, first[0] * scale, None if top is None else top * scale, first[2], ("percent", "%", None))


@lru_cache(maxsize=1 << 14)
def _parse(raw: str) -> tuple[float, float | None, str | None] | None:
    return numerals.parse(raw)


Kept = tuple[FigureKind, str | None, str | None]  # kind, unit name, currency
_BORROWED = frozenset("千兆万")  # magnitudes that belong to a unit where one begins with them: 千米, 兆瓦


def _number(text: str, match: re.Match[str], limit: int) -> tuple[int, Figure | None] | None:
    start, end = match.start(), match.end("first")
    raw = match["first"]
    sign = match["currency"]
    if end > limit:
        return None
    amount = _parse(raw)
    if amount is None or (raw[0] == "0" and len(raw) > 1 and raw[1].isdecimal()):
        return end, None
    if match["last"] and match.end() <= limit:
        ranged = _range(text, match, amount)
        if ranged is not None:
            return ranged
    unit = _MINUTES if _SECONDS.match(text, end) else _unit(text, end, raw)
    if unit is None and raw[-1] in _BORROWED and len(raw) > 1 and (unit := _unit(text, end - 1, raw[:-1])) is not None:
        end -= 1
        amount = _parse(raw[:-1]) or amount
    if unit is None and text.startswith("个亿", end):  # 几十个亿
        end, amount = end + 2, (amount[0] * 10**8, amount[1] and amount[1] * 10**8, amount[2])
        unit = _unit(text, end, "亿")
        if unit is None:
            return end, _figure(text, start, end, *amount, ("count", None, None))
    if unit is None and len(raw) > 2 and raw[-1] in "一二三四五六七八九" and raw[-2] in "万亿千百":
        shorter = _parse(raw[:-1])  # 六万一年: the digit belongs to what follows
        if shorter is not None and raw[-1] == "一":
            end, amount = end - 1, shorter
    low, high, more = amount
    if match["sign"]:
        low, high = -low, None if high is None else -high
    if sign:
        code, name = _CURRENCY_SIGNS[sign]
        end += len(unit.text) if unit and unit.kind == "money" else 0
        if unit and unit.kind == "money" and unit.currency != "CNY":
            code, name = unit.currency or code, unit.name
        return end, _figure(text, start, end, low, high, more, ("money", name, code))
    if unit is None:
        kept = _bare(text, start, end, raw, amount)
        return (end, _figure(text, start, end, low, high, more, kept) if kept else None)
    if raw == "一" and not _one(text, start, end + len(unit.text), unit):
        return end, None
    end += len(unit.text)
    if (doubt := _DOUBTS.get(unit.text)) and not doubt(text, start, end, low, raw):
        return end, None
    if unit.kind == "count" and (_is_rank(text, start, unit) or _is_name(text, start, end, raw)):
        return end, None
    if unit.text == "块" and _is_price(text, end, raw):
        unit = unit._replace(kind="money", name="元", currency="CNY")
    low, high, more, end, kept = _with_unit(text, end, low, high, more, unit)
    return end, _figure(text, start, end, low, high, more, kept)


_POINTS_BEFORE = re.compile("(?:以上|以下|如下|这|有|了|出|第)$")


def _is_points(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """点 counts what was listed (以上2点) or an index (3000点, 12.5点); else it is the hour."""
    return value >= 25 or value % 1 > 0 or bool(_POINTS_BEFORE.search(text, max(0, start - 2), start))


def _is_kinds(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """大 counts a few kinds of things that follow: 三大战略, 十大品牌; not 三百大, nor what is as big as."""
    return 2 <= value <= 20 and "\u4e00" <= text[end : end + 1] <= "\u9fff"


def _is_discount(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """折 is a price in tenths, or in hundredths where two digits say it: 八折, 85折; 十折 is none."""
    return 0 < value < 10 or 10 < value < 100


def _is_grade(text: str, start: int, end: int, value: float, raw: str) -> bool:
    """级 measures earthquakes and winds; 2006级 is a year of students."""
    return value <= 20


_DOUBTS = {"点": _is_points, "大": _is_kinds, "折": _is_discount, "级": _is_grade}
_RANKS = frozenset(("名", "位", "强", "大", "家", "席"))


def _is_rank(text: str, start: int, unit: Unit) -> bool:
    """前十名 and 前三强 are places in an order."""
    return unit.text in _RANKS and text[start - 1 : start] == "前"


def _is_name(text: str, start: int, end: int, raw: str) -> bool:
    """A Han number with its measure word alone between quotation marks is a name: “两双”."""
    if not raw[0].isascii() and text[start - 1 : start] in ("《", "〈"):
        return True
    return not raw[0].isascii() and text[start - 1 : start] in ("“", '"', "「") and text[end : end + 1] in ("”", '"', "》", "」")


def _is_price(text: str, end: int, raw: str) -> bool:
    """块 is money behind a magnitude or at the end of a clause (6万块一年, 花了50块。), else a piece (两块大陆)."""
    return raw[-1] in "万千百" or text[end : end + 1] in "，。、；！？,;!?）)”/"


def _range(text: str, match: re.Match[str], first: tuple[float, float | None, str | None]) -> tuple[int, Figure | None] | None:
    """4万至20万元, 3~5倍, 5%-8%, 一千到两千万: two numbers with one unit, or the same unit twice."""
    end = match.end()
    last = _parse(match["last"])
    unit = _unit(text, end, match["last"])
    between = match["unit"]
    if last is None or (unit is None and not (match["currency"] or match["last"][-1] in "万亿")):
        return None
    if between:
        own = _unit(between, 0, match["first"])
        if own is None or own.text != between or unit is None or own.kind != unit.kind:
            return None
    low, high = first[0], last[0]
    tail = match["last"].lstrip("0123456789.,，零〇一二两三四五六七八九十百千")
    if tail and not between and match["first"][-1] not in "万亿" and low < high / (scale := _scale(tail)):
        low *= scale
    if between and low > high:
        low, high = high, low  # 90%-55%
    if not low < high or match["sign"]:
        return None
    more = first[2] or last[2]
    if match["currency"]:
        code, name = _CURRENCY_SIGNS[match["currency"]]
        return end, _figure(text, match.start(), end, low, high, more, ("money", name, code))
    if unit is None:
        return end, _figure(text, match.start(), end, low, high, more, ("count", None, None))
    end += len(unit.text)
    low, top, more, end, kept = _with_unit(text, end, low, high, more, unit)
    return end, _figure(text, match.start(), end, low, top, more, kept)


def _scale(tail: str) -> float:
    scale = 1.0
    for char in tail:
        scale *= numerals.MAGNITUDES.get(char, 1)
    return scale


def _unit(text: str, position: int, raw: str) -> Unit | None:
    """The unit at `position`, behind the numeral `raw`; None where none stands there, or another word does."""
    length = len(text)
    if position < length and text[position] == " ":
        position += 1
        if position < length and not text[position].isascii() and raw[-1].isascii() is False:
            return None
    if position >= length:
        return None
    for unit in units().get(text[position], ()):
        end = position + len(unit.text)
        if not text.startswith(unit.text, position):
            continue
        if end < length and (text[end] in unit.not_before or (unit.text[-1].isascii() and unit.text[-1].isalpha() and text[end].isascii() and text[end].isalnum())):
            continue
        if unit.han == "no" and not raw[0].isascii() and len(raw) == 1:
            continue
        if unit.text == "个" and text.startswith("亿", end):
            return None
        if unit.han == "after" and raw[-1] not in "万亿余多":
            continue
        return unit if text[position - 1] != " " else unit._replace(text=" " + unit.text)
    return None


_COMPOUND = {"年": ("个月", 12.0), "周": ("天", 7.0), "天": ("小时", 24.0), "小时": ("分钟", 60.0), "分钟": ("秒", 60.0)}
_MINUTES = Unit("分", "duration", "分钟", 1.0, None, "yes", "")  # 分 alone is a point, before seconds a minute
_SECONDS = re.compile(r"分(?:\d{1,2}(?:\.\d{1,3})?|[一二三四五六七八九十]{1,3})秒")
_NEXT = re.compile(rf"(?:零|又|加|带)?(?P<number>(?:\d{{1,4}}(?:\.\d{{1,3}})?|[一二两三四五六七八九十]{{1,3}}))")
_PARTS_OF_TIME = {"月": "个月", "分": "分钟", "秒": "秒", "个多月": "个月"}
_HALF_KINDS = frozenset(("duration", "measure", "money"))


def _with_unit(
    text: str, end: int, low: float, high: float | None, more: str | None, unit: Unit
) -> tuple[float, float | None, str | None, int, Kept]:
    """What follows a unit and still belongs to the number: 三年半, 1年零5个月, 5元6角, 3年多."""
    factor = 1.0 if unit.text == "折" and low >= 10 else unit.factor  # 五五折, 85折
    low, high, name = low * factor, None if high is None else high * factor, unit.name
    follows = text[end : end + 1]
    if "多" in unit.text:
        more = "多"
    if follows == "半" and (unit.kind in _HALF_KINDS or unit.text == "成") and text[end + 1 : end + 2] not in ("年", "决", "天", "导", "价", "数", "岛", "场"):
        low, end = low + 0.5 * unit.factor, end + 1
    elif unit.kind == "duration" and unit.name in _COMPOUND and high is None:
        low, name, end = _compound(text, end, low, unit.name)
    elif unit.kind == "money" and unit.name == "元" and high is None and (follows.isdecimal() or follows in "一二三四五六七八九壹贰叁肆伍陆柒捌玖零又"):
        low, end = _coins(text, end, low)
    elif follows == "多" and unit.kind in ("duration", "measure") and more is None and text[end + 1 : end + 2] not in ("个", "次", "位", "名", "家"):
        more, end = "多", end + 1
    return low, high, more, end, (unit.kind, name, unit.currency)


def _compound(text: str, end: int, value: float, name: str) -> tuple[float, str, int]:
    while name in _COMPOUND and (match := _NEXT.match(text, end)):
        smaller, times = _COMPOUND[name]
        unit = _unit(text, match.end(), match["number"])
        if name == "小时" and text.startswith("分", match.end()):
            own, length = "分钟", 2 if text.startswith("分钟", match.end()) else 1
        elif name == "分钟" and text.startswith("秒", match.end()):
            own, length = "秒", 1
        elif unit is not None and unit.kind == "duration":
            own, length = unit.name, len(unit.text)
        else:
            break
        part = _parse(match["number"])
        if own != smaller or part is None or part[0] >= times:
            break
        value, name, end = value * times + part[0], smaller, match.end() + length
    return value, name, end


_COINS = re.compile(r"(?:又|零)?(?P<number>\d|[一二两三四五六七八九壹贰叁肆伍陆柒捌玖])(?P<coin>角|毛|分)(?!之|钟)")


def _coins(text: str, end: int, value: float) -> tuple[float, int]:
    while match := _COINS.match(text, end):
        part = _parse(match["number"])
        value += (part[0] if part else 0.0) * (0.01 if match["coin"] == "分" else 0.1)
        end = match.end()
    return round(value, 4), end


_ONE_NOT_AFTER = frozenset("这那每某有同新头第又前后上下是任哪统单专万唯之逐")
_ONE_STRICT = {"天", "年", "周", "秒"}
_ONE_BEFORE = ("内", "之内", "以内", "时间", "左右", "以上", "多", "期", "以后", "之后", "的时间", "以来", "，", "。", "、", "（", "后", "前")


def _one(text: str, start: int, end: int, unit: Unit) -> bool:
    """Whether 一 before a unit is a number: 一个月, 一元, 一倍 are; 一个, 这一年, 有一天 are not."""
    if unit.kind not in _ONE_KINDS or unit.han != "yes":
        return False
    if start and text[start - 1] in _ONE_NOT_AFTER:
        return False
    if unit.name in _ONE_STRICT:
        return text.startswith(_ONE_BEFORE, end) or _qualifier_before(text, start) is not None
    return unit.text not in ("岁", "度", "级", "克", "匹", "方", "里", "桶")


_LARGE = re.compile(r"[万亿兆]")
_NOT_BARE_AFTER = re.compile(r"[.:/\-]?\d|[A-Za-z_.:/]")


def _bare(text: str, start: int, end: int, raw: str, amount: tuple[float, float | None, str | None]) -> Kept | None:
    """A number without unit counts if it has a magnitude (近百万, 350亿) or a qualifier (1200多); a code does not."""
    if raw[0] in "百千万" and _qualifier_before(text, start) is None and text[start - 1 : start] not in ("上", "成"):
        return None
    if _LARGE.search(raw):
        return None if amount[0] < 1 else ("count", None, None)
    if amount[2] in ("多", "余") and amount[0] >= 10:
        return "count", None, None
    if "," in raw or "，" in raw:
        return None if _NOT_BARE_AFTER.match(text, end) else ("count", None, None)
    if amount[0] >= 10 and _qualifier_before(text, start) in ("超过", "近", "约", "逾", "突破", "不足", "不到", "超"):
        return None if _NOT_BARE_AFTER.match(text, end) or text[end : end + 1] in "号后年月日第平线届期" else ("count", None, None)
    return None


def _qualifier_before(text: str, start: int) -> str | None:
    tail = text[max(0, start - 4) : start].rstrip(" 了")
    for length in (3, 2, 1):
        word = tail[-length:]
        if word in BEFORE and not (length == 1 and tail[-2:] in _NOT_QUALIFIERS):
            return word.rstrip("为有") or word
    return None


_NOUN_UNITS = frozenset(("人", "人次", "用户", "粉丝", "网民", "部门", "分", "次"))  # units that say themselves what is counted


def _figure(text: str, start: int, end: int, low: float, high: float | None, more: str | None, kept: Kept) -> Figure:
    if high is not None and high < low:
        low, high = high, low
    kind, unit, currency = kept
    qualifier = _qualifier_before(text, start)
    if qualifier is None and text[start - 1 : start] == "上" and text[start] in "百千万":
        qualifier = "上"
    if qualifier is None:
        after = text[end : end + 2]
        qualifier = after if after in AFTER else more
    thing = counted.noun(text, end) if kind == "count" and unit not in _NOUN_UNITS else None
    return Figure(start, text[start:end], low, high, unit, kind, currency, qualifier, thing)


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_MONEY_WORDS = re.compile("[差亏赚花投款额价费薪资债贷税]|收入|利润|营收|成本|市值|奖金")
_CLAUSE_ENDS = "，。、；！？,;!?\n）)” "


def _with_implied_money(text: str, found: list[Figure]) -> list[Figure]:
    """A large number without unit takes the money of its sentence where it is certain.

    Before a coordinated amount (30万和45万元), or behind one, at the end of a clause that speaks of money
    (做到8000万美元，还差2000万。).
    """
    for i, figure in enumerate(found):
        if figure.kind != "count" or figure.unit is not None:
            continue
        end = figure.start + len(figure.raw)
        following = found[i + 1] if i + 1 < len(found) else None
        if following and following.kind == "money" and text[end : following.start] in ("、", "和", "与", "及", "或", "或者", "至", "到"):
            found[i] = figure._replace(unit=following.unit, kind="money", currency=following.currency)
            continue
        previous = found[i - 1] if i else None
        if previous and previous.kind == "money" and text[end : end + 1] in _CLAUSE_ENDS:
            between = text[previous.start : figure.start]
            clause = re.split("[，,；;、]", between)[-1]
            if not _SENTENCE_END.search(between) and _MONEY_WORDS.search(clause):
                found[i] = figure._replace(unit=previous.unit, kind="money", currency=previous.currency)
    return found
