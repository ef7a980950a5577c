"""What a source states about itself, as printed, → values as the tables hold them.

>>> published("2013年12月4日 23:24").iso, views("1.2万"), site_of("https://www.example.com/a/1")
('2013-12-04T23:24', 12000, 'example.com')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus_db import data

_GAP = r"[\s\u3000\xa0]{0,3}"
_MONTH, _DATE = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
_DAY = (
    rf"(?P<year>(?:19|20)\d\d)(?:{_GAP}年{_GAP}(?P<m1>{_MONTH}){_GAP}月(?:{_GAP}(?P<d1>{_DATE}){_GAP}[日号])?"
    rf"|(?P<sep>[-/.])(?P<m2>{_MONTH})(?:(?P=sep)(?P<d2>{_DATE}))?(?!\d))"
)
_CLOCK = (
    r"(?P<hour>2[0-3]|[01]?\d)(?:[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d)(?:\.\d{1,9})?)?"
    r"|[时点](?P<minute2>[0-5]?\d)分(?:(?P<second2>[0-5]?\d)秒)?)(?!\d)(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
# A date with at least a month, and the time of day where it follows.
STAMP = re.compile(
    rf"{_DAY}(?:[日T,，\s\u3000\xa0]{{0,3}}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[T\s\u3000\xa0]{{0,3}}{_CLOCK})?"
)
_ISO = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?")
_ISO_PRECISION = {10: "day", 16: "minute", 19: "second"}  # by length
_STATED_CHARS = 40  # of a value that may hold more than the moment: 发布于 2021-03-04 08:05
_SECONDS = re.compile(r"(?<=^\d{10})\.\d{1,9}$")  # parts of a second since 1970, as Python counts
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_ENGLISH = re.compile(
    r"(?:[A-Z][a-z]{2,8},?\s)?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\.?\s([0-3]?\d)(?:st|nd|rd|th)?,?\s"
    r"((?:19|20)\d\d)(?:,?\s(?:at\s)?([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:\s?([AaPp][Mm]))?)?"
)
_COUNT = r"\d[\d,]{0,15}(?:\.\d{1,4})?\s?[万亿wWkK]?\+?"
COUNT = re.compile(_COUNT)
_SCALE = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1_000}
_CHINA = timezone(timedelta(hours=8))

# Names under which sites' software signs for whoever pressed the button.
_ACCOUNTS = frozenset(
    [
        "admin",
        "administrator",
        "root",
        "webmaster",
        "editor",
        "author",
        "user",
        "guest",
        "test",
        "system",
        "manager",
        "管理员",
        "网站管理员",
        "系统管理员",
        "超级管理员",
        "站长",
        "小编",
        "本站",
        "本站编辑",
        "网站编辑",
        "编辑部",
        "网络",
        "互联网",
        "原创",
        "转载",
        "未知",
        "系统",
        "会员",
        "游客",
    ]
)
_ROLE_BEFORE_NAME = re.compile(
    r"^(?:(?:本报|本刊|本网|特约|见习|实习)?(?:记者|通讯员|作者|编辑)[:：\s]{1,3}|[文撰][/／|｜:：]\s?)"
)

# What stands before the address of a page in that of its copy: the moment of the copy, and how it is shown.
_ARCHIVED = re.compile(r"https?://[^\s?#]{1,99}/\d{14}(?:[a-z]{2}_)?/(?=https?://)")
_STAFF_NUMBER = re.compile(r"[\s_][A-Z]{1,3}\d{2,5}$")


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
    text = text.strip()
    if _ISO.fullmatch(text) and (iso := _from_iso(text)):
        return iso
    if text.isascii() and (digits := _SECONDS.sub("", text)).isdecimal():
        return _from_digits(digits)
    match = STAMP.match(text) or (STAMP.search(text) if len(text) <= _STATED_CHARS else None)
    if match is None:
        if re.fullmatch(r"(?:19|20)\d\d年?", text):
            return Moment(text[:4], "year")
        return _from_mail(text)
    return moment(match)


def moment(match: re.Match[str]) -> Moment | None:
    """The moment of a match of `STAMP`; None where the calendar has no such day.

    >>> moment(STAMP.search("于2019/9/7 9:05发布"))
    Moment(iso='2019-09-07T09:05', precision='minute')
    """
    year, m1, d1, _, m2, d2, hour, minute1, second1, minute2, second2, zone = match.groups()
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
    iso += f"T{int(hour):02}:{int(minute1 or minute2):02}"
    second = second1 or second2
    return Moment(f"{iso}:{int(second):02}{zone}", "second") if second else Moment(iso + zone, "minute")


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
    if len(text) == 8:
        return published(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if len(text) == 14:
        return published(f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:{text[10:12]}:{text[12:]}")
    if len(text) in (10, 13):
        moment = datetime.fromtimestamp(int(text[:10]), _CHINA)
        return Moment(moment.replace(tzinfo=None).isoformat(), "second")
    return None


def _from_mail(text: str) -> Moment | None:
    if not text.isascii():
        return None
    if written := _ENGLISH.fullmatch(text):
        return _from_english(written)
    try:
        moment = parsedate_to_datetime(text.replace("CST", "+0800"))  # China's time, as Java prints it
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None or moment.utcoffset() == timedelta(hours=8):
        return Moment(moment.replace(tzinfo=None).isoformat(), "second")
    return Moment(moment.isoformat(), "second")


def _from_english(match: re.Match[str]) -> Moment | None:
    """The moment of a match of `_ENGLISH`: March 4, 2021 8:00 AM."""
    month, day, year, hour, minute, half = match.groups()
    number = _MONTHS.find(month[:3].lower()) // 3 + 1
    clock = ""
    if hour is not None:
        afternoon = 12 if (half or "").lower() == "pm" else 0
        clock = f" {int(hour) % 12 + afternoon if half else int(hour)}:{minute}"
    return published(f"{year}-{number}-{day}{clock}")


def views(text: str) -> int | None:
    """A count as printed → the number; None where it is none.

    >>> views("1,160"), views("3.5万+"), views("很多")
    (1160, 35000, None)
    """
    match = COUNT.fullmatch(text.strip())
    if match is None:
        return None
    printed = match[0].rstrip("+").replace(",", "").lower()
    scale = _SCALE.get(printed[-1], 1)
    return round(float(printed.rstrip("万亿wk ")) * scale)


def site_of(url: str) -> str | None:
    """The host of `url`, in lower case, without port and ``www.``; None where it names none.

    >>> site_of("http://WWW.Example.com.cn:8080/x"), site_of("/article/24144")
    ('example.com.cn', None)
    """
    if "//" not in url:
        return None
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def original_address(url: str) -> str:
    """The address of a page, where `url` is that of a copy in a web archive (Wayback Machine, pywb).

    >>> original_address("https://web.archive.org/web/20210304080000/http://www.example.com/a")
    'http://www.example.com/a'
    """
    archived = _ARCHIVED.match(url)
    return url[archived.end() :] if archived else url


def stated_site(stated: Mapping[str, str]) -> str | None:
    """The site that a source's fields name: its `site`, or the host of its `url`.

    >>> stated_site({"url": "https://www.example.com/a"}), stated_site({"site": "某网"}), stated_site({})
    ('example.com', '某网', None)
    """
    site = stated.get("site", "").strip()
    return site_of(site) or site or site_of(stated.get("url", ""))


def is_account(name: str) -> bool:
    """Whether `name` is an account of the site's software rather than a writer. 匿名 (anonymous) is what a page states.

    >>> is_account("admin"), is_account("管理员"), is_account("匿名")
    (True, True, False)
    """
    return name.strip().lower() in _ACCOUNTS


def person(text: str) -> str:
    """A byline's name without the word for its bearer's job, and without a staff number.

    >>> person("本报记者 王小明"), person("文/李四"), person("王五 CN070"), person("记者站")
    ('王小明', '李四', '王五', '记者站')
    """
    if not text:
        return ""
    name = _STAFF_NUMBER.sub("", text.strip())
    return _ROLE_BEFORE_NAME.sub("", name).strip() or text.strip()


class Label(NamedTuple):
    """A row of data/labels.tsv."""

    field: str
    weak: bool  # proves nothing by itself: 文, 图, 记者


@cache
def labels() -> dict[str, Label]:
    """Label as printed, in lower case and without spaces → the field it announces."""
    return {label.lower(): Label(field, "weak" in more) for label, field, *more in data.cells("labels.tsv")}


@cache
def label_pattern() -> re.Pattern[str]:
    """Matches a label with its colon or bar, longest first; a label's characters may be spaced out (作　者：)."""
    spaced = sorted(labels(), key=len, reverse=True)
    one = "|".join(r"[ \u3000\xa0]{0,2}".join(map(re.escape, label)) for label in spaced)
    return re.compile(
        rf"(?P<label>{one})[ \u3000\xa0]{{0,2}}(?P<mark>[:：/／|｜丨])[ \u3000\xa0]{{0,2}}", re.IGNORECASE
    )


def label_of(printed: str) -> Label:
    """The row of a label as printed.

    >>> label_of("作　者").field
    'author'
    """
    return labels()["".join(printed.split()).lower()]
