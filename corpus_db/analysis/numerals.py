"""Numerals, as written in Chinese text → numbers: Arabic, Chinese and mixed, with their magnitudes.

    41.9亿 → 4190000000        三四十 → 30 to 40        十几万 → 100000 to 200000        200亿零四千230 → 20000004230

`plain` brings a text to the one spelling that the patterns here, in `figures` and in `dates` are written in; it keeps
the length, so that offsets stay those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from corpus_db.text.arrays import Bools, looked_up
from corpus_db.text.fold import CODE_POINTS, code_points

_DIGIT_FORMS = "零〇 一壹幺 二两贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖"
DIGITS = {form: digit for digit, forms in enumerate(_DIGIT_FORMS.split()) for form in forms}
MAGNITUDES = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "K": 1000,
    "w": 10**4, "万": 10**4, "亿": 10**8, "兆": 10**12,
}  # fmt: skip
_TENS = {"廿": 20, "卅": 30}

# Traditional and full-width forms that matter to numerals, units and dates → what the patterns are written in.
_PAIRS = (
    "０0 １1 ２2 ３3 ４4 ５5 ６6 ７7 ８8 ９9 ．. ％% ／/ －- −- ﹣- ～~ 〜~ ∼~ ˜~ ＋+ ￥¥ ＄$ 萬万 億亿 "
    "個个 點点 兩两 塊块 歲岁 間间 號号 時时 後后 過过 餘余 幾几 貳贰 參参 陸陆 圓圆 負负 週周 禮礼 節节 "
    "慶庆 陽阳 獎奖 動动 婦妇 兒儿 誕诞 臘腊 閏闰 內内 約约 從从 雙双 開开 來来 頓顿 噸吨 訂订 幣币 臺台 "
    "條条 項项 輛辆 張张 戶户 種种 筆笔 場场 輪轮 單单 隻只 縣县 會会 員员 鐘钟 鍾钟 歐欧 韓韩 蘇苏 紐纽 "
    "鎊镑 盧卢 銖铢 齡龄 頁页 層层 級级 顆颗 棟栋 處处 與与 舊旧 傳传 紀纪 關关 門门 將将 達达 題题 圖图 "
    "較较 連连 無无 沒没 這这 還还 總总 區区 產产 對对 價价 費费 業业 車车 貨货 額额 資资 變变 長长 國国 "
    "頭头 "
)
_SPELLINGS = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_OTHER_SPELLINGS = "０１２３４５６７８９．％／－−﹣～〜∼˜＋￥＄萬億個點兩塊歲號時後過餘幾貳參陸圓負週節臺幣"
_OTHER_SPELLING = re.compile(f"[{_OTHER_SPELLINGS}]")

DIGIT = "零〇一二两三四五六七八九"
FORMAL = "壹贰叁肆伍陆柒捌玖幺"
_MAGNITUDE = "十百千万亿兆拾佰仟"
HAN = DIGIT + FORMAL + _MAGNITUDE + "廿卅"

# Every repetition is bounded, and a match only begins where no digit precedes: the patterns read in linear time. What
# may be missing is written (?:x|), which is tried in half the time of (?:x)?.
# A full-width comma groups digits only beside another comma: 20，300美元 are two numbers.
_GROUPED = r"\d{1,3}(?=[,，])(?:(?:,\d{3}){1,8}|(?:[,，]\d{3}){2,8})(?!\d)"
_DECIMAL = rf"(?:{_GROUPED}|\d{{1,40}})(?:\.\d{{1,16}}|)|\.\d{{1,16}}"
_BIG = r"[百千万亿兆佰仟]"
_SECTION = rf"[零 ]?(?:\d{{1,4}}|[{DIGIT}十]{{1,3}}) ?{_BIG}{{1,2}}"  # 5亿 3000万
_LAST = rf"零?(?:\d{{1,4}}(?![\d.:,%])|[一二三四五六七八九](?![{HAN}]))"  # 1万 600, 3万 五
_MIXED = rf"(?: ?{_BIG}{{1,3}}(?:{_SECTION}){{0,6}}(?:{_LAST}|)|)"
ARABIC = rf"(?:{_DECIMAL})(?:[kKw](?![0-9A-Za-z])|{_MIXED})"
_FORMAL_START = rf"[{FORMAL}拾佰仟](?=[{FORMAL}拾佰仟十百千万亿零元角点块])"
_AFTER_POINT = rf"点[{DIGIT}{FORMAL}]{{1,16}}[万亿]{{0,2}}"
_NOT_SHARE = "(?!(?<=.[百千万])分[之点位])"  # 五十百分点
HAN_NUMERAL = rf"(?:[{DIGIT}十百千万亿兆廿卅]|{_FORMAL_START})[{HAN}]{{0,40}}(?:{_AFTER_POINT}|){_NOT_SHARE}"
SOME = r"[几数](?=[十百千万亿])[十百千万亿]{1,3}"  # 几十, 数百万
MORE = r"(?:[多余来]|(?<=[十百千廿零])几)"  # 十多, 三百余, 二十几
NUMERAL = rf"(?:{ARABIC}|{SOME}|{HAN_NUMERAL})(?:{MORE}(?: ?[百千万亿]{{1,2}}(?![一二三四五六七八九])|)|)"

_NUMERAL = re.compile(rf"(?<![0-9A-Za-z.])(?P<sign>[负-]?)(?P<numeral>{NUMERAL})")


_ALONE = frozenset("百千万亿兆")  # magnitudes that begin another word: 百分, 千克, 万一


class Numeral(NamedTuple):
    """A numeral in a text: its span, and the number or range it stands for."""

    start: int
    end: int
    value: float
    value_max: float | None  # upper end of 三四十, 几百, 十几; None: a single number
    more: str | None  # 多, 余, 来, 几: a little more than `value`


class Amount(NamedTuple):
    """A number, or the range that a numeral names."""

    low: float
    high: float | None = None  # upper end of 三四十, 几百, 十几; None: a single number
    more: str | None = None  # 多, 余, 来, 几: a little more than `low`

    def times(self, factor: float) -> Amount:
        """The amount multiplied, its ends in order."""
        if factor == 1:
            return self
        low, high = _exact(self.low * factor), None if self.high is None else _exact(self.high * factor)
        return Amount(low, high, self.more) if high is None or low <= high else Amount(high, low, self.more)


def plain(text: str) -> str:
    """`text` with half-width digits and the simplified forms of numerals and units; the same length.

    >>> plain("３．５萬個")
    '3.5万个'
    """
    return text.translate(_SPELLINGS) if _OTHER_SPELLING.search(text) else text


def plain_all(texts: Sequence[str]) -> list[str]:
    """`plain` of each of many texts, which one look at all their characters finds to be so already for the most part."""
    other = np.flatnonzero(looked_up(_has_other_spelling(), code_points("".join(texts))))
    found = list(texts)
    for number in np.unique(np.searchsorted(np.cumsum([*map(len, texts)]), other, "right")).tolist():
        found[number] = found[number].translate(_SPELLINGS)
    return found


@cache
def _has_other_spelling() -> Bools:
    table = np.zeros(CODE_POINTS, np.bool_)
    table[code_points(_OTHER_SPELLINGS)] = True
    return table


def find(text: str) -> list[Numeral]:
    """The numerals of a text, whatever they count, in order; a run of digits is one however it is meant.

    >>> [(n.value, n.value_max) for n in find("一百五十二个，十几万人，三四十家，-1.5")]
    [(152.0, None), (100000.0, 200000.0), (30.0, 40.0), (-1.5, None)]
    """
    found = []
    text = plain(text)
    for match in _NUMERAL.finditer(text):
        raw = match["numeral"]
        parsed = None if raw in _ALONE else parse(raw)
        if parsed is None:
            continue
        end = match.end() - (raw[-1] in "多余来")
        found.append(Numeral(match.start(), end, *parsed.times(-1 if match["sign"] else 1)))
    return found


def parse(raw: str) -> Amount | None:
    """The amount of a numeral in `plain` spelling; None if it is none.

    >>> parse("三五百"), parse("100多万"), parse("多")
    (Amount(low=300.0, high=500.0, more=None), Amount(low=1000000.0, high=None, more='多'), None)
    """
    written = raw[:-1] if raw[-1:] in ("万", "亿") else raw
    if written.replace(".", "", 1).isdecimal():  # most are written so: 35, 17.5, 3000万
        return Amount(float(written) if written is raw else _exact(float(written) * MAGNITUDES[raw[-1]]))
    more = None
    scale = 1.0
    if raw[:1] in ("几", "数"):
        some = product(raw[1:])
        return Amount(some, some * 10, raw[0])
    if match := _MORE.search(raw):
        more = match["more"]
        scale = product(match["magnitude"])
        head = raw[: match.start()]
        if more == "几":
            low = _number(head)
            if low is None:
                return None
            return Amount(low, low + _last_magnitude(head), more).times(scale)
    else:
        head = raw
    value = _number(head)
    if value is not None:
        return Amount(value, None, more).times(scale)
    if (bounds := _approximate(head)) is not None:
        return Amount(*bounds, more).times(scale)
    return None


_MORE = re.compile(r"(?P<more>[多余来几]) ?(?P<magnitude>[百千万亿]{0,2})$")
_MIXED_PART = re.compile(rf"\d[\d,，]*(?:\.\d+)?|\.\d+|[{HAN}kKw]")


def product(magnitudes: str) -> float:
    """万亿 → 10**12; 1 for no magnitude."""
    product = 1.0
    for char in magnitudes:
        product *= MAGNITUDES.get(char, 1)
    return product


def _last_magnitude(head: str) -> float:
    return float(MAGNITUDES.get(head[-1], 1))


def _number(raw: str) -> float | None:
    """The single number that a numeral stands for; None where it names two neighbours (三四十) or is no number."""
    if not raw:
        return None
    if "点" in raw:
        whole, _, decimals = raw.partition("点")
        scale = product(decimals.lstrip(DIGIT + FORMAL))
        decimals = "".join(str(DIGITS[c]) for c in decimals if c in DIGITS)
        head = _number(whole)
        return None if head is None else float(f"{head:.0f}.{decimals}") * scale
    parts = _MIXED_PART.findall(raw)
    if not parts:
        return None
    if all(part in DIGITS for part in parts):
        if len(parts) == 2 and DIGITS[parts[1]] == DIGITS[parts[0]] + 1 and DIGITS[parts[0]]:
            return None
        return float("".join(str(DIGITS[part]) for part in parts))
    return _sum(parts)


def _sum(parts: list[str]) -> float | None:
    """Digits and magnitudes to a number: 一千零五万三 → 10053000. None where two digits stand together."""
    total = section = 0.0  # of whole numbers of 万, 亿 and 兆; of what is below 万 so far
    digit: float | None = None  # that stands before the next magnitude
    last, zero = 1.0, False  # the last magnitude, and whether a zero stands behind it: 一万三 is 13000, 一万零三 10003
    for part in parts:
        magnitude = MAGNITUDES.get(part)
        if part in ("零", "〇"):
            zero = True
        elif magnitude is None:
            if digit is not None:
                return None
            digit = _digit(part)
            if part in _TENS:
                section, digit, last = section + digit, None, 10.0
        else:
            if magnitude >= 10**4:
                before = section + (digit or 0)
                total, section = _times_large(total, before, magnitude, bare=digit is None), 0.0
            else:
                section += 1.0 * magnitude if digit is None else _exact(digit * magnitude)
            digit, last, zero = None, float(magnitude), False
    if digit is not None:
        is_short = last >= 100 and not zero and digit < 10 and parts[-1] not in ("零", "〇")
        section += digit * (last / 10 if is_short else 1)
    return total + section


def _digit(part: str) -> float:
    return float(DIGITS[part] if part in DIGITS else _TENS[part] if part in _TENS else _arabic(part))


def _times_large(total: float, section: float, magnitude: int, *, bare: bool) -> float:
    """The sum up to a 万, 亿 or 兆 that stands behind `section`; `bare`: behind no digit.

    一亿五千万: 五千 belongs to 万 alone. 三万亿, 一万五千亿: all that stands before belongs to 亿.
    """
    if section % 1:
        return total + _exact(section * magnitude)
    if section and total and magnitude > _smallest(total):
        return (total + section) * magnitude
    if section:
        return total + section * magnitude
    if total:
        return total * magnitude
    return float(magnitude) if bare else 0.0


def _exact(value: float) -> float:
    """8.7 × 10**8 without the last bit's noise."""
    return value if value % 1 == 0 else float(f"{value:.15g}")


def _smallest(total: float) -> float:
    """The smallest of 万, 亿, 兆 that a sum of them has so far: 5亿 → 10**8."""
    for magnitude in (10**12, 10**8, 10**4):
        if total % magnitude == 0:
            return magnitude
    return 1


def _arabic(raw: str) -> float:
    return float(raw.replace(",", "").replace("，", ""))


_ONE_TO_NINE = "[一二两三四五六七八九]"
_NEIGHBOURS = re.compile(
    rf"(?P<head>[{HAN}]*?)(?P<low>{_ONE_TO_NINE})(?P<high>{_ONE_TO_NINE})(?P<tail>[十百千万亿]{{0,4}})$"
)


def _approximate(raw: str) -> tuple[float, float] | None:
    """(low, high) of two neighbouring digits: 三四十 → 30, 40; 四十五六 → 45, 46; 三万四五 → 34000, 35000."""
    match = _NEIGHBOURS.match(raw)
    if not match or DIGITS[match["low"]] >= DIGITS[match["high"]]:
        return None
    low = _number(match["head"] + match["low"] + match["tail"])
    high = _number(match["head"] + match["high"] + match["tail"])
    return None if low is None or high is None else (low, high)
