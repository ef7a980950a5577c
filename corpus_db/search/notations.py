"""A folded text with a number or a day in it → other ways to write these: 1000万, 一千万, 10000000; 2023-08-01, 2023年8月1日.

What stands in an article is found as it stands; these are to be offered where what was typed stands nowhere.
"""

from __future__ import annotations

import re

MOST = 8  # of one text
_DIGITS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"亿": 10**8, "万": 10**4}
_READ = re.compile(
    rf"(?:(?P<thousands>[{_DIGITS}])千)?〇?(?:(?P<hundreds>[{_DIGITS}])百)?〇?"
    rf"(?:(?P<ten>十)|(?P<tens>[{_DIGITS}])十)?〇?(?P<ones>[{_DIGITS}])?"
)
_NUMERAL = re.compile(f"[零两十百千{_DIGITS}]+")


def notations(folded: str) -> list[str]:
    """The text with its numbers and days written otherwise, the nearest first; without itself, each once.

    >>> notations("一千万"), notations("10000000"), notations("百分之三十")
    (['1000万', '10000000'], ['1000万', '一千万'], ['30%', '百分之30'])
    >>> notations("2023/8/1")[0], notations("八月一日"), notations("平台")
    ('2023年8月1日', ['8月1日'], [])
    """
    found = [folded]
    for text in found:  # grows: what is written in one other way may be written in a third
        for way in (_day_in_words, _day_in_figures, _percent, _in_digits, _shortened, _in_full, _in_han):
            if len(found) <= MOST and (other := way(text)) not in found:
                found.append(other)
    return found[1:]


def _day_in_words(text: str) -> str:
    """2023-08-01 → 2023年8月1日."""

    def in_words(match: re.Match[str]) -> str:
        return f"{match[1]}年{int(match[2])}月" + (f"{int(match[3])}日" if match[3] else "")

    return re.sub(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)", in_words, text)


def _day_in_figures(text: str) -> str:
    """2023年8月1日 → 2023-08-01."""

    def in_figures(match: re.Match[str]) -> str:
        return f"{match[1]}-{int(match[2]):02}" + (f"-{int(match[3]):02}" if match[3] else "")

    return re.sub(r"(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?", in_figures, text)


def _percent(text: str) -> str:
    """百分之三十 → 30%."""
    return re.sub(rf"百分之([零两十百{_DIGITS}]+|[\d.]+)", lambda match: f"{_in_digits(match[1])}%", text)


def _in_digits(text: str) -> str:
    """一千万 → 1000万, 二〇二三年 → 2023年."""
    text = re.sub(r"(?<![\d.])(\d{1,2})([十百千])(?=[万亿])", lambda m: str(int(m[1]) * _UNITS[m[2]]), text)
    return _NUMERAL.sub(lambda match: _value(match[0]), text)


def _value(numeral: str) -> str:
    """A numeral below 10,000 in digits; as it is, where it is none: 百千, 一二百."""
    digits = numeral.translate(str.maketrans("零两", "〇二"))
    if not any(unit in digits for unit in _UNITS):
        return "".join(str(_DIGITS.index(digit)) for digit in digits)
    parts = _READ.fullmatch(digits)
    if not parts:
        return numeral
    value = 10 if parts["ten"] == "十" else 0  # 十五 is 15, without a digit before the unit
    for name, size in (("thousands", 1000), ("hundreds", 100), ("tens", 10), ("ones", 1)):
        value += _DIGITS.index(parts[name] or "〇") * size
    return str(value)


def _in_han(text: str) -> str:
    """1000万 → 一千万, 8月1日 → 八月一日."""
    text = re.sub(r"(?<!\d)(\d{4})(?=年)", lambda match: "".join(_DIGITS[int(digit)] for digit in match[0]), text)
    text = re.sub(r"(?<![\d.])(\d{1,4})%", r"百分之\1", text)
    return re.sub(
        r"(?<=百分之)\d{1,4}(?![\d.])|(?<![\d.a-z/-])\d{1,4}(?=[\u4e00-\u9fff])",
        lambda match: _numeral(int(match[0])),
        text,
    )


def _numeral(value: int) -> str:
    """A number below 10,000 as it is read."""
    read = "".join(
        _DIGITS[digit] + unit if digit else "零"
        for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1))
        for digit in [value // size % 10]
    )
    read = re.sub("零+", "零", read).strip("零") or "〇"
    return read.removeprefix("一") if read.startswith("一十") else read


def _shortened(text: str) -> str:
    """10000000 → 1000万."""

    def shortened(match: re.Match[str]) -> str:
        large = next(large for large, size in _LARGE.items() if int(match[0]) >= size)
        return f"{int(match[0]) / _LARGE[large]:.6g}{large}"

    return re.sub(r"(?<![\d.])[1-9]\d{1,8}0{3}(?![\d.])", shortened, text)


def _in_full(text: str) -> str:
    """1000万 → 10000000."""
    return re.sub(r"(?<![\d.])(\d{1,4}(?:\.\d{1,4})?)([万亿])", lambda m: f"{float(m[1]) * _LARGE[m[2]]:.0f}", text)
