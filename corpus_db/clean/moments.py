"""A date as a source prints it → ISO 8601, as precise as it is stated; what can be read in two ways is no date.

>>> published("2013年12月4日 23:24").iso, published("3/4/2013")
('2013-12-04T23:24', None)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

_GAP = r"[\s\u3000\xa0]{0,3}"
_MONTH, _DATE = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
_DAY = (
    rf"(?P<year>(?:19|20)\d\d)(?:{_GAP}年{_GAP}(?P<m1>{_MONTH}){_GAP}月(?:{_GAP}(?P<d1>{_DATE}){_GAP}[日号])?"
    rf"|(?P<sep>[-/.])(?P<m2>{_MONTH})(?:(?P=sep)(?P<d2>{_DATE}))?(?!\d))"
)
# Half of the day, before or behind the hour → hours to add to one below 12, as Windows and macOS print it in Chinese.
_HALVES = {**dict.fromkeys(("上午", "凌晨", "早上", "早", "AM"), 0), **dict.fromkeys(("下午", "晚上", "晚", "PM"), 12)}
_CLOCK = (
    rf"(?:(?P<half>{'|'.join(_HALVES)})\s?)?(?P<hour>2[0-3]|[01]?\d)"
    r"(?:\s?[:：]\s?(?P<minute>[0-5]\d)(?:\s?[:：]\s?(?P<second>[0-5]\d)(?:\.\d{1,9})?)?"
    r"|[时時点點](?P<minute2>[0-5]?\d)分(?:(?P<second2>[0-5]?\d)秒)?)(?!\d)(?P<zone>Z|[+-]\d\d:?\d\d)?"
    r"(?:\s?(?P<half2>[AaPp][Mm])(?![A-Za-z]))?"
)
# A date with at least a month, and the time of day where it follows.
STAMP = re.compile(
    rf"{_DAY}(?:[日T,，\s\u3000\xa0]{{0,3}}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[T\s\u3000\xa0]{{0,3}}{_CLOCK})?"
)
_ISO = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?")
_ISO_PRECISION = {10: "day", 16: "minute", 19: "second"}  # by length
_STATED_CHARS = 40  # of a value that may hold more than the moment: 发布于 2021-03-04 08:05
_SECONDS = re.compile(r"(?<=^\d{10})\.\d{1,9}$")  # parts of a second since 1970, as Python counts
_NOT_SET = "1970-01-01"  # what zero is as seconds since 1970: a field that nobody filled in
# 20210304T080910Z, 202103040809, 20210304 08:09: what stands without marks between.
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)[T\s]?(?:(\d\d):?(\d\d)(?::?(\d\d))?(Z|[+-]\d\d:?\d\d)?)?")
# 3/24/2021: month or day first, as Excel writes it by the country; only where one of them can be no month.
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2((?:19|20)\d\d)(?:,?\s{_CLOCK})?")
# 二〇二〇年三月四日, 民國109年3月4日.
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_DAY = r"[一二三四五六七八九十\d]{1,3}"
_IN_CHINESE = re.compile(
    rf"(?:民[国國]\s?(?P<reign>\d{{1,3}})|(?P<year>[一二][〇零○Ｏ一二三四五六七八九]{{3}}))\s?年\s?(?P<month>{_HAN_DAY})\s?月"
    rf"(?:\s?(?P<day>{_HAN_DAY})\s?[日号號])?"
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ENGLISH = re.compile(
    rf"(?:[A-Z][a-z]{{2,8}},?\s)?(?:(?P<m1>{_MONTH_NAME})\.?\s(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?,?\s"
    rf"|(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?[\s-](?P<m2>{_MONTH_NAME})\.?,?[\s-])"
    rf"(?P<year>(?:19|20)\d\d)(?:,?\s(?:at\s)?(?P<clock>[012]?\d:[0-5]\d(?::[0-5]\d)?(?:\s?[AaPp][Mm])?))?"
)
_BEHIND_ZONE = re.compile(r"\s?\(.{2,20}\)$")  # Thu Mar 04 2021 08:09:10 GMT+0800 (中国标准时间)
_CHINA = timezone(timedelta(hours=8))


class Moment(NamedTuple):
    """A date as stated: ISO 8601 and its precision (second, minute, day, month, year)."""

    iso: str
    precision: str


@lru_cache(1024)  # the articles of one site share their days
def published(text: str) -> Moment | None:
    """The moment that `text` states, or None: ISO, Chinese, slashes or dots, e-mail style, or seconds since 1970.

    What names no zone is China's time; another zone than UTC+8 stays in the value.

    >>> published("2016-01-25T18:03:21+08:00")
    Moment(iso='2016-01-25T18:03:21', precision='second')
    >>> published("2016年1月"), published("1453716201").iso, published("2016-02-30")
    (Moment(iso='2016-01', precision='month'), '2016-01-25T18:03:21', None)
    >>> published("January 25, 2016 6:03 PM").iso, published("Mon Jan 25 18:03:21 CST 2016").iso
    ('2016-01-25T18:03', '2016-01-25T18:03:21')
    """
    found = _stated(text.strip())
    return None if found and found.iso.startswith(_NOT_SET) else found


def _stated(text: str) -> Moment | None:
    if _ISO.fullmatch(text) and (iso := _from_iso(text)):
        return iso
    if text.isascii() and (digits := _SECONDS.sub("", text)).isdecimal() and len(digits) not in (8, 12, 14):
        return _from_digits(digits)
    match = STAMP.match(text) or (STAMP.search(text) if len(text) <= _STATED_CHARS else None)
    if match:
        return moment(match)
    if re.fullmatch(r"(?:19|20)\d\d年?", text):
        return Moment(text[:4], "year")
    for pattern, rewritten in _REWRITTEN:
        if (match := pattern.fullmatch(text)) and (written := rewritten(match)):
            return _stated(written)
    return _stated(in_figures) if (in_figures := western(text)) != text else _from_mail(text)


def western(text: str) -> str:
    """`text` with dates in Chinese figures, and in years of the Republic, as STAMP reads them.

    >>> western("民國109年3月4日"), western("二零二〇年十二月二十五日")
    ('2020年3月4日', '2020年12月25日')
    """
    return _IN_CHINESE.sub(_in_figures, text) if "年" in text else text


def _in_figures(match: re.Match[str]) -> str:
    reign, year, month, day = match.groups()
    year = str(1911 + int(reign)) if reign else "".join(str(max(0, _HAN_DIGITS.find(one))) for one in year)
    return f"{year}年{_below_hundred(month)}月" + (f"{_below_hundred(day)}日" if day else "")


def _below_hundred(figures: str) -> int:
    """The number that two or three Chinese figures are: 二十五, 十."""
    if figures.isdecimal():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    return (max(1, _HAN_DIGITS.find(tens or "一")) * 10 if ten else 0) + (_HAN_DIGITS.find(ones) if ones else 0)


def moment(match: re.Match[str]) -> Moment | None:
    """The moment of a match of `STAMP`; None where the calendar has no such day.

    >>> moment(STAMP.search("于2019/9/7 9:05发布"))
    Moment(iso='2019-09-07T09:05', precision='minute')
    """
    year, m1, d1, _, m2, d2, half, hour, minute1, second1, minute2, second2, zone, half2 = match.groups()
    month, day = int(m1 or m2), d1 or d2
    if day is None:
        return Moment(f"{int(year)}-{month:02}", "month")
    try:
        iso = date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
    if hour is None:
        return Moment(iso, "day")
    if zone is None or zone.replace(":", "") == "+0800":
        zone = ""
    iso += f"T{_hour(int(hour), half or half2):02}:{int(minute1 or minute2):02}"
    second = second1 or second2
    return Moment(f"{iso}:{int(second):02}{zone}", "second") if second else Moment(iso + zone, "minute")


def _hour(hour: int, half: str | None) -> int:
    """An hour of a half of the day as one of 24: 12 AM is 0, 12 PM 12."""
    return hour % 12 + _HALVES[half.upper()] if half and hour <= 12 else hour


def _from_iso(text: str) -> Moment | None:
    """What `STAMP` would find, at a third of the cost: nearly all sources state their dates so."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return None
    return Moment(text.replace(" ", "T"), _ISO_PRECISION[len(text)])


def _from_digits(text: str) -> Moment | None:
    if len(text) == 4 and text[:2] in ("19", "20"):
        return Moment(text, "year")
    if len(text) in (10, 13, 16):  # and parts of a second
        moment = datetime.fromtimestamp(int(text[:10]), _CHINA)
        return Moment(moment.replace(tzinfo=None).isoformat(), "second")
    return None


def _from_mail(text: str) -> Moment | None:
    text = _BEHIND_ZONE.sub("", text)
    if not text.isascii():
        return None
    try:
        moment = parsedate_to_datetime(text.replace("CST", "+0800").replace("GMT+", "+"))  # China's, as Java prints it
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None or moment.utcoffset() == timedelta(hours=8):
        return Moment(moment.replace(tzinfo=None).isoformat(), "second")
    return Moment(moment.isoformat(), "second")


def _compact(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = match.groups()
    clock = ":".join(filter(None, (hour, minute, second)))
    return f"{year}-{month}-{day} {clock}{zone or ''}".rstrip()


def _year_last(match: re.Match[str]) -> str:
    """'' where it can be read in two ways."""
    first, _, second, year = match.groups()[:4]
    clock = match[0][match.end(4) :].lstrip(", ")
    if int(first) > 12 or first == second:
        first, second = second, first
    return f"{year}-{first}-{second} {clock}" if int(second) > 12 or first == second else ""


def _english(match: re.Match[str]) -> str:
    number = _MONTHS.find((match["m1"] or match["m2"])[:3].lower()) // 3 + 1
    return f"{match['year']}-{number}-{match['d1'] or match['d2']} {match['clock'] or ''}".rstrip()


# Other ways to write a date → as STAMP reads it.
_REWRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_COMPACT, _compact),
    (_YEAR_LAST, _year_last),
    (_ENGLISH, _english),
)
